//! Folds: which objects and lists of the JSON trees in a tab are open, and which are closed.

use std::collections::HashMap;

use super::Anchor;

/// The parts of a tab's JSON trees, such as objects and lists, that are open. The user chooses how many levels are
/// open, counted from the outermost object, and can open or close single parts. Each tab has its own choices, since the
/// same field may be in the trees of several tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// Number of levels that the user opened in all JSON trees of the tab. `None` if the user chose no number: each
    /// tree then decides which of its parts are open.
    levels: Option<usize>,
    parts: HashMap<Anchor, bool>,
}

impl Folds {
    /// Returns whether `part`, such as an object or a list of a JSON tree, is open. `depth` is the level of the part in
    /// the tree, counted from 0. `by_default` is the result if the user opened or closed neither this part nor levels
    /// of the tree.
    pub fn is_open(&self, part: &Anchor, depth: usize, by_default: bool) -> bool {
        let by_level = || self.levels.map_or(by_default, |levels| depth < levels);
        self.parts.get(part).copied().unwrap_or_else(by_level)
    }

    /// Returns whether the user chose how many levels of the tab's JSON trees are open, counted from the outermost
    /// object.
    pub const fn has_levels(&self) -> bool {
        self.levels.is_some()
    }

    /// Opens the part `part` of a JSON tree, such as an object or a list, or closes it if `open` is false. This choice
    /// takes precedence over the number of open levels.
    pub fn set(&mut self, part: Anchor, open: bool) {
        self.parts.insert(part, open);
    }

    /// Opens one more level in all JSON trees of the tab: the level `closed`, counted from 0, which is that of the
    /// outermost closed part. `by_default` is the number of levels that are open before the user changes it.
    pub fn open_level(&mut self, closed: usize, by_default: usize) {
        let levels = self.levels.unwrap_or(by_default);
        self.set_levels(Some(levels.max(closed.saturating_add(1))));
    }

    /// Closes the deepest open level of all JSON trees of the tab. `deepest` is the number of this level, counted from
    /// 0.
    pub fn close_level(&mut self, deepest: usize) {
        self.set_levels(Some(deepest));
    }

    /// Opens all parts, such as objects and lists, of all JSON trees of the tab.
    pub fn open_all(&mut self) {
        self.set_levels(Some(usize::MAX));
    }

    /// Closes all parts, such as objects and lists, of all JSON trees of the tab.
    pub fn close_all(&mut self) {
        self.set_levels(Some(0));
    }

    /// Discards what the user opened and closed in the JSON trees of the tab. Each tree then decides again which of its
    /// parts are open.
    pub fn reset(&mut self) {
        self.set_levels(None);
    }

    fn set_levels(&mut self, levels: Option<usize>) {
        *self = Self { levels, parts: HashMap::new() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_by_itself_stands_against_what_holds_for_its_level() {
        let mut folds = Folds::default();
        assert!(folds.is_open(&Anchor::of_path("a"), 0, true) && !folds.is_open(&Anchor::of_path("a.b"), 1, false));
        folds.set(Anchor::of_path("a"), false);
        assert!(!folds.is_open(&Anchor::of_path("a"), 0, true));
        folds.set(Anchor::of_path("a"), true);
        assert!(folds.is_open(&Anchor::of_path("a"), 0, false));
    }

    #[test]
    fn levels_hold_everywhere_and_forget_the_parts() {
        let mut folds = Folds::default();
        folds.set(Anchor::of_path("a"), false);
        folds.open_level(2, 2);
        assert!(folds.is_open(&Anchor::of_path("a"), 2, false) && !folds.is_open(&Anchor::of_path("a"), 3, true));
        folds.close_level(1);
        assert!(folds.is_open(&Anchor::of_path("a"), 0, false) && !folds.is_open(&Anchor::of_path("a"), 1, true));
        folds.open_all();
        assert!(folds.is_open(&Anchor::of_path("a"), 99, false));
        folds.set(Anchor::of_path("a"), false);
        folds.open_level(0, 2);
        assert!(folds.is_open(&Anchor::of_path("a"), 99, false), "one part was closed");
        folds.close_level(3);
        assert!(folds.is_open(&Anchor::of_path("a"), 2, false) && !folds.is_open(&Anchor::of_path("a"), 3, true));
        folds.close_all();
        assert!(!folds.is_open(&Anchor::of_path("a"), 0, true));
        folds.reset();
        assert_eq!(folds, Folds::default());
    }
}

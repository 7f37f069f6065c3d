//! Which parts of a tab's trees are open.

use std::collections::HashSet;

/// How many levels are open, and the parts that the user turned against that. Each tab has its own, since one part may
/// stand in the trees of several tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// Levels that the user opened everywhere; none for what the tree opens by itself.
    levels: Option<usize>,
    turned: HashSet<String>,
}

impl Folds {
    /// Whether a part is open: `by_default` is what the tree would do by itself.
    #[must_use]
    pub fn is_open(&self, path: &str, depth: usize, by_default: bool) -> bool {
        let unturned = self.levels.map_or(by_default, |levels| depth < levels);
        unturned != self.turned.contains(path)
    }

    /// Whether the user chose how many levels are open.
    #[must_use]
    pub const fn has_levels(&self) -> bool {
        self.levels.is_some()
    }

    /// Opens a part that is closed, or the other way round.
    pub fn turn(&mut self, path: String) {
        if !self.turned.remove(&path) {
            self.turned.insert(path);
        }
    }

    /// Opens one level more or less everywhere. `by_default` is the number of levels that the tree opens by itself.
    pub fn step(&mut self, deeper: bool, by_default: usize) {
        let levels = self.levels.unwrap_or(by_default);
        self.set(Some(if deeper { levels.saturating_add(1) } else { levels.saturating_sub(1) }));
    }

    /// Opens everything.
    pub fn open_all(&mut self) {
        self.set(Some(usize::MAX));
    }

    /// Closes everything.
    pub fn close_all(&mut self) {
        self.set(Some(0));
    }

    /// As it was at first.
    pub fn reset(&mut self) {
        self.set(None);
    }

    fn set(&mut self, levels: Option<usize>) {
        *self = Self { levels, turned: HashSet::new() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_part_stands_against_what_holds_for_its_level() {
        let mut folds = Folds::default();
        assert!(folds.is_open("a", 0, true) && !folds.is_open("a.b", 1, false));
        folds.turn("a".to_owned());
        assert!(!folds.is_open("a", 0, true));
        folds.turn("a".to_owned());
        assert!(folds.is_open("a", 0, true));
    }

    #[test]
    fn levels_hold_everywhere_and_forget_what_was_turned() {
        let mut folds = Folds::default();
        folds.turn("a".to_owned());
        folds.step(true, 2);
        assert!(folds.is_open("a", 2, false) && !folds.is_open("a", 3, true));
        folds.step(false, 2);
        folds.step(false, 2);
        assert!(folds.is_open("a", 0, false) && !folds.is_open("a", 1, true));
        folds.open_all();
        assert!(folds.is_open("a", 99, false));
        folds.step(true, 2);
        assert!(folds.is_open("a", 99, false), "there is no deeper than all");
        folds.close_all();
        assert!(!folds.is_open("a", 0, true));
        folds.reset();
        assert_eq!(folds, Folds::default());
    }
}

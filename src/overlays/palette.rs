//! The command palette: a list of the actions and settings that are possible now. The user finds an entry by typing
//! some letters of its words.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::{Rect, Size};

use super::centred;
use crate::keys::Action;
use crate::kit::Scroll;
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Line, Role, TextField};
use crate::views::ViewName;

/// Width in columns of the command palette, a list of commands in which the user searches by typing.
const MENU_WIDTH: u16 = 76;
/// Maximum number of entries that the command palette shows at once.
const MAX_VISIBLE_ENTRIES: u16 = 16;

/// What an entry of the command palette does when the user chooses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaletteCommand {
    /// Performs this action, as its key does.
    Act(Action),
    /// Sets this mask level.
    SetMask(Mask),
    /// Shows times in this time zone.
    SetZone(Zone),
    /// Draws the screen with the theme of this name.
    SetTheme(&'static str),
    /// Draws the screen with the theme that the program started with.
    RestoreTheme,
    /// Opens the saved view with this name.
    OpenView(ViewName),
}

/// An entry of the command palette: an action or a setting that is possible now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteEntry {
    /// What the entry does when the user chooses it.
    pub command: PaletteCommand,
    /// The words of the entry that are shown, such as the name of a setting. The typed text is searched in them.
    pub words: Safe,
    /// The present state of what the entry changes, such as ` (now on)`. It is shown whole after the words, even where
    /// these are cut off. Empty if the entry has no such state.
    pub state: Safe,
    /// Further words in which the typed text is searched but which are not shown, such as the name of the action, and
    /// the state.
    pub name: String,
    /// The keys that do the same as the entry; empty if there are none.
    pub keys: Safe,
}

/// An entry of the command palette that matches the typed text.
struct FoundEntry {
    entry: PaletteEntry,
    /// Indexes of the characters in the entry's words that match the typed text, in ascending order.
    matched: Vec<u32>,
}

/// The state of the command palette, a list of commands in which the user searches by typing: the typed text, and the
/// entries that match it.
pub struct PaletteMenu {
    pub(super) scroll: Scroll,
    field: TextField,
    /// The typed text for which the entries were last found; `None` before the first time.
    found_for: Option<String>,
    found: Vec<FoundEntry>,
}

impl PaletteMenu {
    /// Creates the command palette without entries and with an empty text field. [`PaletteMenu::find`] adds the
    /// entries.
    pub(super) fn new() -> Self {
        Self { scroll: Scroll::default(), field: TextField::new(""), found_for: None, found: Vec::new() }
    }

    pub(super) const fn field(&self) -> &TextField {
        &self.field
    }

    pub(super) const fn field_mut(&mut self) -> &mut TextField {
        &mut self.field
    }

    /// Shows those of `entries` that match the typed text, the best match first. `entries` are the entries that are
    /// possible now, the most useful first. The cursor stays on its entry, or goes to the first entry if the typed text
    /// changed.
    pub fn find(&mut self, entries: Vec<PaletteEntry>) {
        let text = self.field.text();
        let is_same_text = self.found_for.as_deref() == Some(text);
        let found = matching(entries, text);
        let chosen = self.chosen().filter(|_| is_same_text);
        let at = chosen.and_then(|chosen| found.iter().position(|found| found.entry.command == *chosen)).unwrap_or(0);
        self.found_for = Some(text.to_owned());
        if !is_same_text {
            self.scroll = Scroll::default();
        }
        self.scroll.to(at, found.len(), usize::from(MAX_VISIBLE_ENTRIES).min(found.len()));
        self.found = found;
    }

    /// Returns what the entry under the cursor of the command palette does; `None` if no entry matches the typed text.
    pub fn chosen(&self) -> Option<&PaletteCommand> {
        self.found.get(self.scroll.at()).map(|found| &found.entry.command)
    }

    /// Returns the number of entries of the command palette that match the typed text.
    pub(super) const fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns the lines of the command palette, `columns` columns wide. There is one line for each matching entry, or
    /// a sentence if no entry matches. A line has the words of the entry with the matching letters marked, and on the
    /// right the keys that do the same.
    pub(super) fn lines(&self, columns: usize) -> Vec<Line> {
        if self.found.is_empty() {
            return vec![Line::new().word(" No action or setting matches", Role::Dim)];
        }
        self.found.iter().map(|found| found.line(columns)).collect()
    }
}

impl FoundEntry {
    /// Returns the words of the entry. If the words about an action are wider than `columns`, only the first clause is
    /// returned, so that the rest is not cut in the middle.
    fn words(&self, columns: usize) -> &str {
        let words = self.entry.words.as_str();
        let is_action = matches!(self.entry.command, PaletteCommand::Act(_));
        if !is_action || self.entry.words.width() <= columns {
            return words;
        }
        let ends = [": ", "; ", ", ", " ("].into_iter().filter_map(|end| words.find(end));
        ends.min().and_then(|end| words.get(..end)).unwrap_or(words)
    }

    fn line(&self, columns: usize) -> Line {
        let keys = &self.entry.keys;
        let room = columns.saturating_sub(keys.width() + 2);
        let state = &self.entry.state;
        let words = self.words(room.saturating_sub(1 + state.width()));
        let words = (0..).zip(Safe::clusters(words)).fold(Line::new().word(" ", Role::Plain), |line, (at, cluster)| {
            let is_matched = self.matched.binary_search(&at).is_ok();
            line.with(cluster, if is_matched { Role::Mark } else { Role::Plain })
        });
        let words = words.fit(room.saturating_sub(state.width())).with(state.clone(), Role::Plain);
        words.fit(room).pad(room).word(" ", Role::Plain).with(keys.clone(), Role::Info).word(" ", Role::Plain)
    }
}

pub(super) fn area(screen: Size) -> Rect {
    // Two borders and the text field.
    centred(screen, MENU_WIDTH, MAX_VISIBLE_ENTRIES + 3)
}

/// Returns the entries that match `text`, the best match first. An entry matches if its words, or its hidden name,
/// contain each word of `text`. If there is no such entry, an entry also matches if other letters are between those of
/// a word. An empty `text` matches all entries, which then keep their order.
fn matching(entries: Vec<PaletteEntry>, text: &str) -> Vec<FoundEntry> {
    let found = matching_as(AtomKind::Substring, entries.clone(), text);
    if found.is_empty() { matching_as(AtomKind::Fuzzy, entries, text) } else { found }
}

/// Returns the entries that match `text`, the best match first. `kind` says how a word of `text` matches.
fn matching_as(kind: AtomKind, entries: Vec<PaletteEntry>, text: &str) -> Vec<FoundEntry> {
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, kind);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, FoundEntry)> = Vec::new();
    for entry in entries {
        let mut matched = Vec::new();
        let score = pattern.indices(Utf32Str::new(entry.words.as_str(), &mut buffer), &mut matcher, &mut matched);
        let by_name = pattern.score(Utf32Str::new(&entry.name, &mut buffer), &mut matcher);
        matched.sort_unstable();
        matched.dedup();
        // A name is short, so a match in it says more than scattered letters of a sentence.
        found.extend(score.max(by_name.map(|score| score + 1)).map(|score| (score, FoundEntry { entry, matched })));
    }
    // The sort is stable: equal matches keep the order of the entries.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu(words: &[&'static str], text: &str) -> PaletteMenu {
        let mut menu = PaletteMenu::new();
        menu.field.paste(text);
        menu.find(entries(words));
        menu
    }

    fn entries(words: &[&'static str]) -> Vec<PaletteEntry> {
        let entry = |(number, words): (u8, &&'static str)| PaletteEntry {
            command: PaletteCommand::Act(Action::Tab(number)),
            words: Safe::from_static(words),
            state: Safe::default(),
            name: String::new(),
            keys: Safe::from_static("x"),
        };
        (0..).zip(words).map(entry).collect()
    }

    fn shown(menu: &PaletteMenu) -> Vec<String> {
        menu.lines(40).iter().map(|line| line.text().trim().to_owned()).collect()
    }

    fn marked(menu: &PaletteMenu) -> String {
        let line = menu.lines(40).remove(0);
        let marked = line.pieces.iter().filter(|piece| piece.role == Role::Mark);
        marked.map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn without_a_text_all_entries_are_in_their_order() {
        let menu = menu(&["b", "a", "c"], "");
        assert_eq!(menu.len(), 3);
        assert!(shown(&menu)[0].starts_with("b "));
        assert_eq!(marked(&menu), "");
    }

    #[test]
    fn the_best_match_is_first_and_its_letters_are_marked() {
        let words = ["Load all pages", "Times in the local zone", "Tab 3: OCR", "Narrow the list"];
        for (text, first, letters) in [("OcR", "Tab 3: OCR", "OCR"), ("lap", "Load all pages", "Lap")] {
            let menu = menu(&words, text);
            assert!(shown(&menu)[0].starts_with(first), "{:?}", shown(&menu));
            assert_eq!(marked(&menu), letters);
        }
        assert_eq!(shown(&menu(&words, "zzz")), ["No action or setting matches"]);
    }

    #[test]
    fn scattered_letters_match_only_where_no_entry_has_the_text() {
        let words = ["Next time zone", "Show everything unmasked", "Tab 5: Timeline", "Export the marked or the query"];
        let found = shown(&menu(&words, "time"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|line| line.to_lowercase().contains("time")), "{found:?}");
        assert_eq!(menu(&words, "tmln").len(), 1, "no entry has this text");
    }

    #[test]
    fn every_typed_word_must_match_in_any_order() {
        let words = ["Mask: hide ID numbers only", "Mask: hide all identity data", "Load all pages"];
        let menu = menu(&words, "all mask");
        assert_eq!(menu.len(), 1);
        assert!(shown(&menu)[0].starts_with("Mask: hide all identity data"));
    }

    #[test]
    fn the_cursor_stays_on_its_entry_until_the_text_changes() {
        let mut menu = menu(&["a", "b", "c"], "");
        menu.scroll.to(2, 3, 3);
        menu.find(entries(&["a", "b", "c"]).split_off(1));
        assert_eq!(menu.chosen(), Some(&PaletteCommand::Act(Action::Tab(2))));
        menu.field.insert('b');
        menu.find(entries(&["a", "b", "c"]));
        assert_eq!(menu.chosen(), Some(&PaletteCommand::Act(Action::Tab(1))));
    }

    #[test]
    fn the_first_clause_of_every_help_is_whole_and_true_on_a_narrow_screen() {
        use crate::keys::{Context, Keymap};
        let keymap = Keymap::built_in().expect("the table of keys");
        let panes = [Context::Everywhere, Context::List, Context::Detail];
        let here = |action: Action| match action {
            Action::Palette | Action::Interrupt => None,
            _ => Some(keymap.chords_in(&panes, action)),
        };
        let mut shown = String::new();
        let bindings =
            keymap.bindings().iter().filter(|binding| panes.iter().any(|pane| binding.context.contains(pane)));
        for (binding, keys) in bindings.filter_map(|binding| Some((binding, here(binding.action)?))) {
            let entry = PaletteEntry {
                command: PaletteCommand::Act(binding.action),
                words: Safe::sanitize(&binding.help),
                state: Safe::default(),
                name: String::new(),
                keys: Safe::sanitize(&keys),
            };
            // The width inside the palette on a screen of 40 columns.
            let line = FoundEntry { entry, matched: Vec::new() }.line(38).text();
            assert!(!line.contains('…'), "{}: {line}", binding.action);
            shown.push_str(&format!(
                "{}: {}\n",
                binding.action,
                line.strip_suffix(&format!("{keys} ")).unwrap_or(&line)
            ));
        }
        for (action, words) in [
            ("refresh", "Refresh or retry"),
            ("copy", "Copy menu"),
            ("toggle_mask", "Mask more or less"),
            ("show_news", "New or changed rows"),
            ("open", "Act on the line"),
            ("left", "Left"),
            ("next_error", "Next finding or error"),
            ("previous_error", "Previous finding or error"),
        ] {
            let is_line =
                |line: &str| line.split_once(": ").is_some_and(|(name, text)| name == action && text.trim() == words);
            assert!(shown.lines().any(is_line), "{action}: {shown}");
        }
    }

    #[test]
    fn no_width_makes_a_line_too_wide() {
        let menu =
            menu(&["Choose the column to sort by; choosing the same one again reverses the order", "김민준 の"], "");
        for columns in 0..60 {
            for line in menu.lines(columns) {
                assert!(line.width() <= columns.max(4), "{columns}: {:?}", line.text());
            }
        }
    }
}

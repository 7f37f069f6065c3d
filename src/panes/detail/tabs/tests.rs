//! What the tests of several tabs need: a context of a JSON text, and the lines of a tab as text.

use std::sync::LazyLock;

use super::super::{Anchor, Folds, FullRecord, Relatives, Tab, TabChoices, TabContext, TabLine, ViewOptions};
use crate::keys::{Action, Keymap};
use crate::submission::Document;
use crate::submission::codes::Codes;
use crate::text::Mask;
use crate::time::Zone;

mod agreement;
mod claims;
mod fields;
mod kinds;

/// Columns from which lines must fit: in a narrower pane they are cut.
const NARROWEST: usize = 36;

/// Read once: it takes longer than the lines of a tab.
static CODES: LazyLock<Codes> = LazyLock::new(|| Codes::built_in().expect("the shipped file reads"));

/// How a tab is looked at.
pub(super) struct View {
    pub(super) columns: usize,
    pub(super) mask: Mask,
    pub(super) revealed: Option<String>,
    pub(super) folds: Folds,
    pub(super) relatives: Relatives,
    pub(super) choices: TabChoices,
    pub(super) whole: bool,
}

impl View {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns,
            mask: Mask::Ids,
            revealed: None,
            folds: Folds::default(),
            relatives: Relatives::default(),
            choices: TabChoices::default(),
            whole: true,
        }
    }

    pub(super) fn mask(self, mask: Mask) -> Self {
        Self { mask, ..self }
    }

    pub(super) fn folded(mut self, path: &str) -> Self {
        self.folds.set(Anchor::of_path(path), false);
        self
    }

    pub(super) fn opened(self, path: &str) -> Self {
        self.open(Anchor::of_path(path))
    }

    pub(super) fn open(mut self, part: Anchor) -> Self {
        self.folds.set(part, true);
        self
    }

    pub(super) fn lines(&self, tab: Tab, json: &str) -> Vec<TabLine> {
        let document = Document::parse_copy(json.as_bytes(), self.whole);
        let options = ViewOptions {
            mask: self.mask,
            zone: Zone::utc(jiff::tz::TimeZone::UTC),
            columns: self.columns,
            revealed: self.revealed.clone(),
            choices: self.choices,
            pictures_hint: None,
        };
        let context = TabContext {
            document: &document,
            list: None,
            options: &options,
            codes: &CODES,
            folds: &self.folds,
            relatives: &self.relatives,
            full_record: FullRecord::default(),
        };
        let lines = tab.lines(context);
        for line in lines.iter().filter(|_| self.columns >= NARROWEST) {
            assert!(line.line.width() <= self.columns, "wider than {}: {}", self.columns, line.line.text());
        }
        lines
    }

    /// The lines as text, without the spaces at their ends.
    pub(super) fn text(&self, tab: Tab, json: &str) -> String {
        let lines = self.lines(tab, json);
        lines.iter().map(|line| line.line.text().trim_end().to_owned() + "\n").collect()
    }
}

#[test]
fn the_table_of_keys_has_every_tab_under_its_number_and_name() {
    let keymap = Keymap::built_in().expect("the shipped table reads");
    let keys = keymap.bindings().iter().filter_map(|binding| match binding.action {
        Action::Tab(number) => Some((number, binding.chords(), binding.help.clone())),
        _ => None,
    });
    let tabs = Tab::ALL.iter().map(|tab| {
        let number = tab.number();
        (number, number.to_string(), format!("Tab {number}: {}", tab.label()))
    });
    assert_eq!(keys.collect::<Vec<_>>(), tabs.collect::<Vec<_>>());
}

#[test]
fn a_number_or_a_section_names_one_tab() {
    for tab in Tab::ALL.iter().copied() {
        assert_eq!(Tab::numbered(tab.number()), Some(tab));
        assert_eq!(Tab::from_section(tab.section()), Some(tab));
    }
    assert_eq!(Tab::numbered(0), None);
    assert_eq!(Tab::numbered(9), None);
    assert_eq!(Tab::from_section("Summary"), None);
}

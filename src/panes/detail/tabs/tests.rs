//! What the tests of several tabs need: a context of a JSON text, and the lines of a tab as text.

use std::sync::LazyLock;

use super::super::{Choices, Folds, Relatives, Tab, TabContext, TabLine, ViewOptions};
use crate::submission::Document;
use crate::submission::codes::Codes;
use crate::text::Mask;
use crate::time::Zone;

mod claims;
mod fields;
mod kinds;

/// Columns from which lines must fit: in a narrower pane they are cut.
const NARROWEST: usize = 36;

/// Read once: it takes longer than the lines of a tab.
static CODES: LazyLock<Codes> = LazyLock::new(|| Codes::shipped().expect("the shipped file reads"));

/// How a tab is looked at.
pub(super) struct View {
    pub(super) columns: usize,
    pub(super) mask: Mask,
    pub(super) revealed: Option<String>,
    pub(super) folds: Folds,
    pub(super) relatives: Relatives,
    pub(super) choices: Choices,
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
            choices: Choices::default(),
            whole: true,
        }
    }

    pub(super) fn mask(self, mask: Mask) -> Self {
        Self { mask, ..self }
    }

    pub(super) fn folded(mut self, path: &str) -> Self {
        self.folds.set(path.to_owned(), false);
        self
    }

    pub(super) fn opened(mut self, path: &str) -> Self {
        self.folds.set(path.to_owned(), true);
        self
    }

    pub(super) fn lines(&self, tab: Tab, json: &str) -> Vec<TabLine> {
        let document = Document::read(json.as_bytes(), self.whole);
        let options = ViewOptions {
            mask: self.mask,
            zone: Zone::utc(jiff::tz::TimeZone::UTC),
            columns: self.columns,
            revealed: self.revealed.clone(),
            choices: self.choices,
        };
        let context = TabContext {
            document: &document,
            list: None,
            options: &options,
            codes: &CODES,
            folds: &self.folds,
            relatives: &self.relatives,
        };
        let lines = super::lines(tab, context);
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

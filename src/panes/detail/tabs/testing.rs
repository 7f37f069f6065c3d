//! Draws tabs of the detail pane as text, for tests.

use super::super::{
    Anchor, Folds, FullRecord, ListAnswer, Relatives, Tab, TabChoices, TabContext, TabLine, ViewOptions,
};
use crate::submission::Document;
use crate::submission::answers::Differences;
use crate::submission::codes::Codes;
use crate::text::Mask;
use crate::time::Zone;

/// A submission, and the options (such as mask level and width) with which a test draws its tabs.
pub(super) struct TabCase {
    document: Document,
    list: Option<ListAnswer>,
    options: ViewOptions,
    codes: Codes,
    folds: Folds,
    relatives: Relatives,
    full_record: FullRecord,
}

impl TabCase {
    /// Creates a case whose submission is the full record `json`, drawn at 78 columns and the default mask level.
    pub(super) fn new(json: &str) -> Self {
        let options = ViewOptions {
            mask: Mask::Ids,
            zone: Zone::default(),
            columns: 78,
            revealed: None,
            choices: TabChoices::default(),
            pictures_hint: None,
        };
        let codes = Codes::built_in().expect("the shipped codes");
        Self {
            document: Document::parse_copy(json.as_bytes(), true),
            list: None,
            options,
            codes,
            folds: Folds::default(),
            relatives: Relatives::default(),
            full_record: FullRecord::default(),
        }
    }

    /// Creates a case whose submission is the list record `json`, drawn at 78 columns and the default mask level.
    pub(super) fn listed(json: &str) -> Self {
        Self { document: Document::parse_copy(json.as_bytes(), false), ..Self::new("{}") }
    }

    /// Creates a case whose submission is the record `json` of a file that is perhaps not a full record.
    pub(super) fn in_file(json: &str) -> Self {
        Self { full_record: FullRecord::NotInFile, ..Self::listed(json) }
    }

    /// Adds the list record `json` of the same submission to this case. The tabs then compare the full record with it.
    pub(super) fn with_list(mut self, json: &str) -> Self {
        let list = Document::parse_copy(json.as_bytes(), false);
        let differences = Differences::of(&list, &self.document);
        self.list = Some(ListAnswer { document: list, newer: false, differences });
        self
    }

    pub(super) fn columns(mut self, columns: usize) -> Self {
        self.options.columns = columns;
        self
    }

    pub(super) fn zone(mut self, zone: Zone) -> Self {
        self.options.zone = zone;
        self
    }

    pub(super) fn mask(mut self, mask: Mask) -> Self {
        self.options.mask = mask;
        self
    }

    pub(super) fn revealed(mut self, path: &str) -> Self {
        self.options.revealed = Some(path.to_owned());
        self
    }

    pub(super) fn choices(mut self, choices: TabChoices) -> Self {
        self.options.choices = choices;
        self
    }

    pub(super) fn opened(mut self, path: &str) -> Self {
        self.folds.set(Anchor::of_path(path), true);
        self
    }

    pub(super) fn folded(mut self, path: &str) -> Self {
        self.folds.set(Anchor::of_path(path), false);
        self
    }

    pub(super) fn lines(&self, tab: Tab) -> Vec<TabLine> {
        let Self { document, list, options, codes, folds, relatives, full_record } = self;
        let full_record = *full_record;
        tab.lines(TabContext { document, list: list.as_ref(), options, codes, folds, relatives, full_record })
    }

    pub(super) fn text(&self, tab: Tab) -> String {
        let lines: Vec<String> = self.lines(tab).iter().map(|line| line.line.text().trim_end().to_owned()).collect();
        lines.join("\n")
    }

    /// Asserts that no line of the tab `tab` is wider than the pane.
    pub(super) fn fits(&self, tab: Tab) {
        for line in self.lines(tab) {
            assert!(line.line.width() <= self.options.columns, "{}: {}", self.options.columns, line.line.text());
        }
    }
}

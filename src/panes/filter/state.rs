//! State of the filter bar: the applied query, the editor and the history.

use jiff::civil::Date;

use super::Editor;
use crate::keys::Action;
use crate::query::{Query, Vocabulary};

/// Maximum number of filters in the history. The history is kept only in memory.
const HISTORY: usize = 100;

/// The filter bar: the applied query, the editor if the user edits the bar, and the history.
pub struct Filter {
    applied: Query,
    editor: Option<Editor>,
    history: Vec<String>,
}

/// Result of an action in the filter bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterResult {
    /// The user still edits the bar.
    Editing,
    /// The text was applied and the editor was closed.
    Applied,
    /// The editor was closed without a change. The bar shows the applied text again.
    Restored,
    /// The text was not applied, since it has a problem. The editor stays open.
    Refused,
}

impl Filter {
    /// Creates a filter bar whose applied text is `text`.
    pub fn new(text: &str, today: Date) -> Self {
        Self { applied: Query::parse(text, today), editor: None, history: Vec::new() }
    }

    /// Returns the applied query.
    pub const fn applied(&self) -> &Query {
        &self.applied
    }

    /// Returns the editor; `None` if the user does not edit the bar.
    pub const fn editor(&self) -> Option<&Editor> {
        self.editor.as_ref()
    }

    /// Returns the query whose local terms filter the list: the typed query while the user edits the bar, otherwise the
    /// applied query.
    pub fn narrowing(&self) -> &Query {
        self.editor.as_ref().map_or(&self.applied, Editor::narrowing)
    }

    /// Returns the query that belongs to the text in the bar.
    pub(super) fn displayed(&self) -> &Query {
        self.editor.as_ref().map_or(&self.applied, Editor::query)
    }

    /// Opens the editor with the applied text, unless it is open already.
    pub fn open(&mut self, today: Date, seen: &Vocabulary) {
        if self.editor.is_none() {
            self.editor = Some(Editor::open(self.applied.text(), today, seen));
        }
    }

    /// Performs an action in the editor: applies the typed filter, restores the applied filter, or edits the text.
    pub fn update(&mut self, action: Action, today: Date, seen: &Vocabulary) -> FilterResult {
        let Some(editor) = &mut self.editor else { return FilterResult::Restored };
        match action {
            Action::ApplyFilter if !editor.query().problems().is_empty() => FilterResult::Refused,
            Action::ApplyFilter => {
                // From now on the bar shows the corrected text, as it was read.
                let text = editor.query().corrected().unwrap_or_else(|| editor.text().to_owned()).trim().to_owned();
                self.editor = None;
                self.applied = Query::parse(&text, today);
                if !text.is_empty() && self.history.last() != Some(&text) {
                    self.history.push(text);
                    let extra = self.history.len().saturating_sub(HISTORY);
                    self.history.drain(..extra);
                }
                FilterResult::Applied
            }
            Action::RestoreFilter | Action::Interrupt => {
                self.editor = None;
                FilterResult::Restored
            }
            _ => {
                editor.edit(action, &self.history, today, seen);
                FilterResult::Editing
            }
        }
    }

    /// Inserts a character into the edited text; does nothing if no editor is open.
    pub fn insert(&mut self, c: char, today: Date, seen: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.insert(c, today, seen);
        }
    }

    /// Inserts a pasted text into the edited text; does nothing if no editor is open.
    pub fn paste(&mut self, text: &str, today: Date, seen: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.paste(text, today, seen);
        }
    }
}

//! Applied and edited text.

use jiff::civil::Date;

use super::Editor;
use crate::keys::Action;
use crate::query::{Query, Vocabulary};

/// Lines of history kept, in memory only.
const HISTORY: usize = 100;

/// The state of the filter bar.
pub struct Filter {
    applied: Query,
    editor: Option<Editor>,
    history: Vec<String>,
}

/// What a key in the bar came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterResult {
    /// Still editing.
    Editing,
    /// The text was applied and the bar left.
    Applied,
    /// What was applied is again and the bar was left.
    Restored,
    /// The text has a problem: nothing was applied.
    Refused,
}

impl Filter {
    /// A bar with an applied text.
    pub fn new(text: &str, today: Date) -> Self {
        Self { applied: Query::parse(text, today), editor: None, history: Vec::new() }
    }

    /// The applied query.
    pub const fn applied(&self) -> &Query {
        &self.applied
    }

    /// The editor, while the bar is edited.
    pub const fn editor(&self) -> Option<&Editor> {
        self.editor.as_ref()
    }

    /// The query whose local terms narrow the list: as typed while the bar is edited, else as applied.
    pub fn narrowing(&self) -> &Query {
        self.editor.as_ref().map_or(&self.applied, Editor::narrowing)
    }

    /// The query of the text that the bar shows.
    pub(super) fn displayed(&self) -> &Query {
        self.editor.as_ref().map_or(&self.applied, Editor::query)
    }

    /// Opens the bar on the applied text.
    pub fn open(&mut self, today: Date, seen: &Vocabulary) {
        if self.editor.is_none() {
            self.editor = Some(Editor::open(self.applied.text(), today, seen));
        }
    }

    /// An order of a key.
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

    /// Types a character.
    pub fn insert(&mut self, c: char, today: Date, seen: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.insert(c, today, seen);
        }
    }

    /// Types a pasted text.
    pub fn paste(&mut self, text: &str, today: Date, seen: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.paste(text, today, seen);
        }
    }
}

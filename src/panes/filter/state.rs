//! State of the filter bar: the applied query, the editor of the filter text, and the earlier filters (the history).

use jiff::civil::Date;

use super::Editor;
use crate::keys::Action;
use crate::query::{Query, Tester, Vocabulary};

/// Maximum number of earlier filters that are kept for the user to recall. They are kept only in memory.
const MAX_HISTORY: usize = 100;

/// The filter bar: the applied query, the editor if the user edits the bar, and the earlier filters (the history).
pub struct Filter {
    applied: Query,
    editor: Option<Editor>,
    history: Vec<String>,
    /// Who tests the server terms of the filter (the terms that the service can test, such as `email:`): the service,
    /// or this program if the rows come from a file.
    tester: Tester,
}

/// Result of an action of the user in the filter bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterResult {
    /// The user still edits the filter text.
    Editing,
    /// The filter text was applied and the editor was closed.
    Applied,
    /// The editor was closed and its text was discarded. The bar shows the applied filter text again.
    Restored,
    /// The filter text was not applied, since a word of it is not a valid term. The editor stays open.
    Refused,
}

impl Filter {
    /// Creates a filter bar whose applied filter text is `text`. Dates in the text are read relative to `today`.
    pub fn new(text: &str, today: Date) -> Self {
        Self { applied: Query::parse(text, today), editor: None, history: Vec::new(), tester: Tester::Service }
    }

    /// Creates a filter bar as [`Self::new`] does, but for the rows of a file. There is no service then, so this
    /// program tests all terms of the filter itself.
    pub fn offline(text: &str, today: Date) -> Self {
        Self { applied: Query::parse_offline(text, today), tester: Tester::Program, ..Self::new("", today) }
    }

    /// Parses a filter text as this bar does: for requests to the service, or for the rows of a file. Dates in the text
    /// are read relative to `today`.
    pub fn parse(&self, text: &str, today: Date) -> Query {
        Query::parse_for(text, today, self.tester)
    }

    /// Returns the query of the applied filter text.
    pub const fn applied(&self) -> &Query {
        &self.applied
    }

    /// Returns the editor of the filter text; `None` if the user does not edit the bar.
    pub const fn editor(&self) -> Option<&Editor> {
        self.editor.as_ref()
    }

    /// Returns the query that filters the loaded rows by its local terms (the terms that this program tests). This is
    /// the typed query while the user edits the filter bar, otherwise the applied query.
    pub fn local_filter(&self) -> &Query {
        self.editor.as_ref().map_or(&self.applied, Editor::local_filter)
    }

    /// Returns the query of the filter text that the bar shows. While the user edits the text, this is the typed text,
    /// otherwise the applied text.
    pub fn displayed(&self) -> &Query {
        self.editor.as_ref().map_or(&self.applied, Editor::query)
    }

    /// Opens the editor with the applied filter text, unless an editor is open already. Dates in the text are read
    /// relative to `today`. `vocabulary` holds the values in the loaded submissions, which the editor offers as
    /// completions.
    pub fn open(&mut self, today: Date, vocabulary: &Vocabulary) {
        if self.editor.is_none() {
            self.editor = Some(Editor::open(self.applied.text(), self.tester, today, vocabulary));
        }
    }

    /// Opens the editor as [`Self::open`] does, with a blank after the applied filter text. So the user types a further
    /// term, and does not change the last one.
    pub fn open_for_term(&mut self, today: Date, vocabulary: &Vocabulary) {
        if self.editor.is_none() {
            self.editor = Some(Editor::open_after(self.applied.text(), self.tester, today, vocabulary));
        }
    }

    /// Removes the applied filter, as if the user had applied an empty filter text. The removed text is kept in the
    /// history. Returns whether a filter was applied before. `today` is the current day.
    pub fn clear(&mut self, today: Date) -> bool {
        let text = self.applied.text().trim().to_owned();
        let had_filter = !text.is_empty();
        self.remember(text);
        self.editor = None;
        self.applied = self.parse("", today);
        had_filter
    }

    /// Applies the filter text `text`, which was not typed in the bar but comes from a saved view, for example. Closes
    /// the editor. Dates in the text are read relative to `today`.
    pub fn apply(&mut self, text: &str, today: Date) {
        self.editor = None;
        self.applied = self.parse(text.trim(), today);
        self.remember(text.trim().to_owned());
    }

    /// Adds a filter text to the history of earlier filters, as the newest one. Does nothing if the text is empty or
    /// equals the newest text of the history.
    fn remember(&mut self, text: String) {
        if !text.is_empty() && self.history.last() != Some(&text) {
            self.history.push(text);
            let extra = self.history.len().saturating_sub(MAX_HISTORY);
            self.history.drain(..extra);
        }
    }

    /// Opens the editor with the filter text `text`, which is not applied yet. Dates in the text are read relative to
    /// `today`. `vocabulary` holds the values in the loaded submissions, which the editor offers as completions.
    pub fn open_with(&mut self, text: &str, today: Date, vocabulary: &Vocabulary) {
        self.editor = Some(Editor::open(text, self.tester, today, vocabulary));
    }

    /// Puts the completion at the index `index` of the shown menu into the edited text, and offers completions for the
    /// text after it. Does nothing if no editor is open, or if the menu has no such completion. `today` and
    /// `vocabulary` are those of [`Self::open`].
    pub fn take_completion(&mut self, index: usize, today: Date, vocabulary: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.take_completion(index, today, vocabulary);
        }
    }

    /// Performs an action of the user in the editor: applies the typed filter, restores the applied filter, or edits
    /// the text. Does nothing and returns [`FilterResult::Restored`] if no editor is open. Dates in the text are read
    /// relative to `today`. `vocabulary` holds the values in the loaded submissions, which the editor offers as
    /// completions.
    pub fn update(&mut self, action: Action, today: Date, vocabulary: &Vocabulary) -> FilterResult {
        let Some(editor) = &mut self.editor else { return FilterResult::Restored };
        match action {
            Action::ApplyFilter if !editor.query().problems().is_empty() => FilterResult::Refused,
            Action::ApplyFilter => {
                // From now on the bar shows the corrected text, as it was read.
                let text = editor.query().corrected().unwrap_or_else(|| editor.text().to_owned());
                self.apply(text.trim(), today);
                FilterResult::Applied
            }
            Action::RestoreFilter | Action::Interrupt => {
                self.editor = None;
                FilterResult::Restored
            }
            _ => {
                editor.edit(action, &self.history, today, vocabulary);
                FilterResult::Editing
            }
        }
    }

    /// Inserts a character at the cursor of the edited filter text; does nothing if no editor is open. Dates in the
    /// text are read relative to `today`. `vocabulary` holds the values in the loaded submissions, which are offered as
    /// completions.
    pub fn insert(&mut self, c: char, today: Date, vocabulary: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.insert(c, today, vocabulary);
        }
    }

    /// Inserts a pasted text at the cursor of the edited filter text; does nothing if no editor is open. Dates in the
    /// text are read relative to `today`. `vocabulary` holds the values in the loaded submissions, which are offered as
    /// completions.
    pub fn paste(&mut self, text: &str, today: Date, vocabulary: &Vocabulary) {
        if let Some(editor) = &mut self.editor {
            editor.paste(text, today, vocabulary);
        }
    }
}

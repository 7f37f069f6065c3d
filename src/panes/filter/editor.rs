//! The editor of the filter text.

use jiff::civil::Date;

use crate::keys::Action;
use crate::query::{Completions, Query, Vocabulary, complete};
use crate::ui::TextField;

/// The filter text while the user edits it, and the query that is parsed from the text.
pub struct Editor {
    field: TextField,
    /// Parser of the filter text.
    parse: fn(&str, Date) -> Query,
    query: Query,
    /// The query without the word at the cursor, while that word may still become a key: `sta` may become `status:`.
    /// `None` if the word cannot become a key.
    settled: Option<Query>,
    completions: Completions,
    /// Index of the filter of the history that is shown, counted from the newest filter. `None` if the text that the
    /// user typed is shown.
    recalled: Option<usize>,
    /// The text that the user had typed before an older filter of the history was shown.
    draft: String,
}

impl Editor {
    /// Creates an editor for a filter text, with the cursor at the end of the text. `parse` is the parser of the text.
    /// Dates in the text are read relative to `today`. `seen` holds the values in the loaded submissions, which are offered as completions.
    pub fn open(text: &str, parse: fn(&str, Date) -> Query, today: Date, seen: &Vocabulary) -> Self {
        let mut editor = Self {
            field: TextField::new(text),
            parse,
            query: parse(text, today),
            settled: None,
            completions: Completions::default(),
            recalled: None,
            draft: String::new(),
        };
        editor.read(today, seen);
        editor
    }

    /// Returns the filter text as the user typed it.
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// Returns the query that is parsed from the filter text as typed so far.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Returns the query whose local terms filter the list while the user types. A word that may become a key is left
    /// out of this query: `sta` may become `status:`, so the list is not searched for `sta`.
    pub fn narrowing(&self) -> &Query {
        self.settled.as_ref().unwrap_or(&self.query)
    }

    /// Returns the possible completions of the word at the cursor. The Tab key takes the first candidate.
    pub const fn completions(&self) -> &Completions {
        &self.completions
    }

    /// Returns the position of the cursor in bytes from the start of the filter text.
    pub fn cursor(&self) -> usize {
        self.field.cursor()
    }

    /// Inserts a character at the cursor of the filter text. Dates in the text are read relative to `today`. `seen`
    /// holds the values in the loaded submissions, which are offered as completions.
    pub fn insert(&mut self, c: char, today: Date, seen: &Vocabulary) {
        self.field.insert(c);
        self.recalled = None;
        self.read(today, seen);
    }

    /// Inserts a pasted text at the cursor of the filter text; line breaks in the pasted text become spaces. Dates in
    /// the text are read relative to `today`. `seen` holds the values in the loaded submissions, which are offered as
    /// completions.
    pub fn paste(&mut self, text: &str, today: Date, seen: &Vocabulary) {
        self.field.paste(text);
        self.recalled = None;
        self.read(today, seen);
    }

    /// Performs the action of an editing key: changes the filter text, completes the word at the cursor, or shows an
    /// older or newer filter of `history`. The last filter of `history` is the newest. Dates in the text are read
    /// relative to `today`. `seen` holds the values in the loaded submissions, which are offered as completions.
    pub fn edit(&mut self, action: Action, history: &[String], today: Date, seen: &Vocabulary) {
        match action {
            Action::OlderFilter => self.recall(history, self.recalled.map_or(0, |at| at + 1)),
            Action::NewerFilter => match self.recalled {
                Some(0) => {
                    self.recalled = None;
                    self.field = TextField::new(&self.draft);
                }
                Some(at) => self.recall(history, at - 1),
                None => {}
            },
            Action::Complete => {
                self.take_completion();
                self.recalled = None;
            }
            _ => {
                let before = self.text().to_owned();
                if !self.field.edit(action) {
                    return;
                }
                // What was edited is a draft of its own, which the history keeps while it is walked.
                if self.text() != before {
                    self.recalled = None;
                }
            }
        }
        self.read(today, seen);
    }

    fn recall(&mut self, history: &[String], at: usize) {
        let Some(text) = history.iter().rev().nth(at) else { return };
        if self.recalled.is_none() {
            self.draft = self.text().to_owned();
        }
        self.field = TextField::new(text);
        self.recalled = Some(at);
    }

    fn take_completion(&mut self) {
        let Some(candidate) = self.completions.candidates.first() else { return };
        let text = self.text();
        let span = &self.completions.replace;
        let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else { return };
        let head = format!("{before}{}", candidate.insert.as_str());
        let column = head.chars().count();
        self.field = TextField::with_cursor(&format!("{head}{after}"), column);
    }

    fn read(&mut self, today: Date, seen: &Vocabulary) {
        if self.query.text() != self.text() {
            self.query = (self.parse)(self.text(), today);
        }
        self.completions = complete(self.text(), self.cursor(), today, seen);
        let replace = self.completions.replace.clone();
        let key = self
            .completions
            .candidates
            .iter()
            .any(|candidate| candidate.insert.as_str().ends_with([':', '<', '=', '>']));
        let rest = self.text().get(..replace.start).zip(self.text().get(replace.end..));
        self.settled = rest
            .filter(|_| key && !replace.is_empty())
            .map(|(before, after)| (self.parse)(&format!("{before}{after}"), today));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_edited_line_of_the_history_is_kept_while_the_history_is_walked() {
        let (today, seen) = (date(2026, 11, 21), Vocabulary::default());
        let history = ["status:pending".to_owned(), "status:rejected".to_owned()];
        for (edit, edited) in [(Action::DeleteWord, "status:"), (Action::WordLeft, "")] {
            let mut editor = Editor::open("", Query::parse, today, &seen);
            let mut press = |action| editor.edit(action, &history, today, &seen);
            press(Action::OlderFilter);
            press(edit);
            press(Action::OlderFilter);
            // An edited line is a new one, behind which the newest comes again; one that was only moved in is not.
            let older = if edited.is_empty() { "status:pending" } else { "status:rejected" };
            assert_eq!(editor.text(), older, "{edit:?}");
            let mut press = |action| editor.edit(action, &history, today, &seen);
            press(Action::NewerFilter);
            if edited.is_empty() {
                press(Action::NewerFilter);
            }
            assert!(editor.text().len() <= edited.len(), "{edit:?}: {}", editor.text());
        }
    }
}

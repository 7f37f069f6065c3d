//! The text while it is edited.

use jiff::civil::Date;
use tui_textarea::{CursorMove, TextArea};

use crate::keys::Action;
use crate::query::{Completions, Query, Vocabulary, complete};

/// The longest text that the bar takes, in characters; a paste is cut there.
const LONGEST: usize = 1_024;

/// One line being edited, with what it means so far.
pub struct Editor {
    area: TextArea<'static>,
    query: Query,
    /// The query without a word that is still becoming a key, where there is one.
    settled: Option<Query>,
    completions: Completions,
    /// The line of the history that is shown, counted from the newest; none for what was typed.
    recalled: Option<usize>,
    /// What was typed before the history was opened.
    draft: String,
}

impl Editor {
    /// Opens a text with the cursor at its end.
    #[must_use]
    pub fn open(text: &str, today: Date, seen: &Vocabulary) -> Self {
        let mut editor = Self {
            area: area(text),
            query: Query::parse(text, today),
            settled: None,
            completions: Completions::default(),
            recalled: None,
            draft: String::new(),
        };
        editor.read(today, seen);
        editor
    }

    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// What the text means so far.
    #[must_use]
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// The query whose local terms narrow the list: `sta` on its way to `status:` is not searched for yet.
    #[must_use]
    pub fn narrowing(&self) -> &Query {
        self.settled.as_ref().unwrap_or(&self.query)
    }

    /// What could stand at the cursor; Tab takes the first candidate.
    #[must_use]
    pub const fn completions(&self) -> &Completions {
        &self.completions
    }

    /// The cursor as a byte offset into the text.
    #[must_use]
    pub fn cursor(&self) -> usize {
        let column = self.area.cursor().1;
        let text = self.text();
        text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
    }

    /// Types a character.
    pub fn insert(&mut self, c: char, today: Date, seen: &Vocabulary) {
        if !c.is_control() && self.text().chars().count() < LONGEST {
            self.area.insert_char(c);
            self.recalled = None;
            self.read(today, seen);
        }
    }

    /// Types a pasted text as one line.
    pub fn paste(&mut self, text: &str, today: Date, seen: &Vocabulary) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line: String = joined.chars().filter(|c| !c.is_control()).take(room).collect();
        self.area.insert_str(line);
        self.recalled = None;
        self.read(today, seen);
    }

    /// An editing key.
    pub fn edit(&mut self, action: Action, history: &[String], today: Date, seen: &Vocabulary) {
        match action {
            Action::LineStart => self.area.move_cursor(CursorMove::Head),
            Action::LineEnd => self.area.move_cursor(CursorMove::End),
            Action::CharLeft => self.area.move_cursor(CursorMove::Back),
            Action::CharRight => self.area.move_cursor(CursorMove::Forward),
            Action::WordLeft => self.area.move_cursor(CursorMove::WordBack),
            Action::WordRight => self.area.move_cursor(CursorMove::WordForward),
            Action::DeleteBefore => drop(self.area.delete_char()),
            Action::DeleteUnder => drop(self.area.delete_next_char()),
            Action::DeleteWord => self.delete_word(),
            Action::DeleteToStart => drop(self.area.delete_line_by_head()),
            Action::DeleteToEnd => drop(self.area.delete_line_by_end()),
            Action::OlderFilter => self.recall(history, self.recalled.map_or(0, |at| at + 1)),
            Action::NewerFilter => match self.recalled {
                Some(0) => {
                    self.recalled = None;
                    self.area = area(&self.draft);
                }
                Some(at) => self.recall(history, at - 1),
                None => {}
            },
            Action::Complete => self.take_completion(),
            _ => return,
        }
        self.read(today, seen);
    }

    /// Readline's ctrl-w: back to the last blank, not to the last punctuation.
    fn delete_word(&mut self) {
        let before = self.text().get(..self.cursor()).unwrap_or_default();
        let kept = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let characters = before.get(kept..).unwrap_or_default().chars().count();
        for _ in 0..characters {
            self.area.delete_char();
        }
    }

    fn recall(&mut self, history: &[String], at: usize) {
        let Some(text) = history.iter().rev().nth(at) else { return };
        if self.recalled.is_none() {
            self.draft = self.text().to_owned();
        }
        self.area = area(text);
        self.recalled = Some(at);
    }

    fn take_completion(&mut self) {
        let Some(candidate) = self.completions.candidates.first() else { return };
        let text = self.text();
        let span = &self.completions.replace;
        let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else { return };
        let head = format!("{before}{}", candidate.insert.as_str());
        let column = head.chars().count();
        self.area = area(&format!("{head}{after}"));
        self.area.move_cursor(CursorMove::Jump(0, u16::try_from(column).unwrap_or(u16::MAX)));
    }

    fn read(&mut self, today: Date, seen: &Vocabulary) {
        if self.query.text() != self.text() {
            self.query = Query::parse(self.text(), today);
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
            .map(|(before, after)| Query::parse(&format!("{before}{after}"), today));
    }
}

fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(vec![text.to_owned()]);
    area.set_max_histories(0);
    area.move_cursor(CursorMove::End);
    area
}

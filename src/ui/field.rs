//! One line of text that is edited, with readline's keys.

use tui_textarea::{CursorMove, TextArea};

use crate::keys::Action;

/// The longest text, in characters; a paste is cut there.
const LONGEST: usize = 1_024;

/// A line being edited. No `Debug`: people type identity data.
pub struct TextField(TextArea<'static>);

impl TextField {
    /// Opens a text with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(vec![text.to_owned()]);
        area.set_max_histories(0);
        area.move_cursor(CursorMove::End);
        Self(area)
    }

    /// The same with the cursor before the character at `column`.
    pub fn with_cursor(text: &str, column: usize) -> Self {
        let mut field = Self::new(text);
        field.0.move_cursor(CursorMove::Jump(0, u16::try_from(column).unwrap_or(u16::MAX)));
        field
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        self.0.lines().first().map_or("", String::as_str)
    }

    /// The cursor as a byte offset into the text.
    pub fn cursor(&self) -> usize {
        let column = self.0.cursor().1;
        let text = self.text();
        text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
    }

    /// Types a character, if there is room for it.
    pub fn insert(&mut self, c: char) {
        if !c.is_control() && self.text().chars().count() < LONGEST {
            self.0.insert_char(c);
        }
    }

    /// Types a pasted text as one line.
    pub fn paste(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line: String = joined.chars().filter(|c| !c.is_control()).take(room).collect();
        self.0.insert_str(line);
    }

    /// An editing key; tells whether it was one.
    pub fn edit(&mut self, action: Action) -> bool {
        match action {
            Action::LineStart => self.0.move_cursor(CursorMove::Head),
            Action::LineEnd => self.0.move_cursor(CursorMove::End),
            Action::CharLeft => self.0.move_cursor(CursorMove::Back),
            Action::CharRight => self.0.move_cursor(CursorMove::Forward),
            Action::WordLeft => self.0.move_cursor(CursorMove::WordBack),
            Action::WordRight => self.0.move_cursor(CursorMove::WordForward),
            Action::DeleteBefore => drop(self.0.delete_char()),
            Action::DeleteUnder => drop(self.0.delete_next_char()),
            Action::DeleteWord => self.delete_word(),
            Action::DeleteToStart => drop(self.0.delete_line_by_head()),
            Action::DeleteToEnd => drop(self.0.delete_line_by_end()),
            _ => return false,
        }
        true
    }

    /// Readline's ctrl-w: back to the last blank, not to the last punctuation.
    fn delete_word(&mut self) {
        let before = self.text().get(..self.cursor()).unwrap_or_default();
        let kept = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let characters = before.get(kept..).unwrap_or_default().chars().count();
        for _ in 0..characters {
            self.0.delete_char();
        }
    }
}

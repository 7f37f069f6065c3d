//! A text field of one line with the editing keys of readline.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;
use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::{Line, Role, Theme, paint};
use crate::keys::Action;
use crate::text::Safe;

/// Maximum length in characters of the text in a text field. A pasted text that would exceed it is cut.
const MAX_TEXT_CHARS: usize = 1_024;

/// A text field of one line.
///
/// The type implements no `Debug`, since people type identity data into the field.
pub struct TextField(TextArea<'static>);

impl TextField {
    /// Creates a text field with the text `text`, and the cursor at the end of the text.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(vec![text.to_owned()]);
        area.set_max_histories(0);
        area.move_cursor(CursorMove::End);
        Self(area)
    }

    /// Creates a field with the text `text`, and the cursor before the character at index `column` of the text, counted
    /// from 0.
    pub fn with_cursor(text: &str, column: usize) -> Self {
        let mut field = Self::new(text);
        field.0.move_cursor(CursorMove::Jump(0, u16::try_from(column).unwrap_or(u16::MAX)));
        field
    }

    /// Returns the text in this field as the user typed it.
    pub fn text(&self) -> &str {
        self.0.lines().first().map_or("", String::as_str)
    }

    /// Returns the position of the cursor as a byte offset into the text.
    pub fn cursor(&self) -> usize {
        let column = self.0.cursor().1;
        let text = self.text();
        text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
    }

    /// Inserts a character at the cursor. Does nothing for a control character. Also does nothing if the text has its
    /// maximum length of 1024 characters.
    pub fn insert(&mut self, c: char) {
        if !c.is_control() && self.text().chars().count() < MAX_TEXT_CHARS {
            self.0.insert_char(c);
        }
    }

    /// Inserts a pasted text at the cursor as one line: each run of white space becomes one space. White space at the
    /// start or end of the pasted text is kept only where it separates two words.
    pub fn paste(&mut self, text: &str) {
        let room = MAX_TEXT_CHARS.saturating_sub(self.text().chars().count());
        let (before, after) = self.text().split_at_checked(self.cursor()).unwrap_or_default();
        let separates = |blank: Option<char>, next: Option<char>| {
            blank.is_some_and(char::is_whitespace) && next.is_some_and(|c| !c.is_whitespace())
        };
        let first = if separates(text.chars().next(), before.chars().next_back()) { " " } else { "" };
        let last = if separates(text.chars().next_back(), after.chars().next()) { " " } else { "" };
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let joined = if joined.is_empty() { first.to_owned() } else { format!("{first}{joined}{last}") };
        let line: String = joined.chars().filter(|c| !c.is_control()).take(room).collect();
        self.0.insert_str(line);
    }

    /// Performs an editing action, such as deleting a word or moving the cursor. Returns `false`, and does nothing, if
    /// the action is not an editing action.
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

    /// Deletes the word before the cursor, as ctrl-w does in readline: the word begins after the last blank, and
    /// punctuation is a part of the word.
    fn delete_word(&mut self) {
        let before = self.text().get(..self.cursor()).unwrap_or_default();
        let kept = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let characters = before.get(kept..).unwrap_or_default().chars().count();
        for _ in 0..characters {
            self.0.delete_char();
        }
    }

    /// Draws the field in `row`, a row of the screen: the text `label`, then the typed text. Places the terminal's
    /// cursor at the cursor of the field.
    pub fn view(&self, frame: &mut Frame<'_>, row: Rect, label: &'static str, theme: &Theme) {
        let line = Line::new().word(label, Role::Accent);
        let before = line.width();
        let (typed, column) = self.window(usize::from(row.width).saturating_sub(before + 1));
        let line = Line { pieces: [line.pieces, typed.pieces].concat() };
        frame.render_widget(Clear, row);
        frame.render_widget(paint(&line, theme), row);
        let x = row.x.saturating_add(u16::try_from(column + before).unwrap_or_default());
        frame.set_cursor_position((x.min(row.right().saturating_sub(1)), row.y));
    }

    /// Returns the part of the typed text that fits into `columns` columns and contains the cursor, and the column of
    /// the cursor in it. The sign `…` replaces text to the left of that part.
    fn window(&self, columns: usize) -> (Line, usize) {
        let (before, after) = self.text().split_at_checked(self.cursor()).unwrap_or((self.text(), ""));
        let (mut shown, after) = (Safe::sanitize(before), Safe::sanitize(after));
        let mut cut = "";
        while shown.width() + cut.width() > columns && !shown.is_empty() {
            cut = "…";
            let rest = shown.as_str().graphemes(true).skip(1).collect::<String>();
            shown = Safe::sanitize(&rest);
        }
        let column = shown.width() + cut.width();
        let line = Line::new().word(cut, Role::Dim).with(shown, Role::Strong).with(after, Role::Strong);
        (line.fit(columns.max(1)), column)
    }
}

//! Lines of safe text that consists of pieces with roles. A [`Line`] is a line of ratatui before colours are applied.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Painted, Span};
use ratatui::widgets::Clear;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Role, Theme};
use crate::text::Safe;

/// Piece of a line: a text with one role. The role is the purpose of the text, such as a heading; a theme decides how
/// it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: Safe,
    /// The purpose of the text, such as a heading or a warning.
    pub role: Role,
}

impl Piece {
    /// Creates a piece of a line from a text. `role` is the purpose of the text, such as a heading or a warning; a
    /// theme decides how text with this role looks.
    pub const fn new(text: Safe, role: Role) -> Self {
        Self { text, role }
    }

    /// Creates a piece of a line from a word of this program (not from data). `role` is the purpose of the word, such
    /// as a heading or a warning; a theme decides how text with this role looks.
    pub const fn word(text: &'static str, role: Role) -> Self {
        Self { text: Safe::from_static(text), role }
    }
}

/// A line of text before colours are applied: pieces of text with roles. Tests compare such lines, and the search of
/// the detail pane searches their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The pieces of the line, from left to right.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// Returns an empty line.
    pub const fn new() -> Self {
        Self { pieces: Vec::new() }
    }

    /// Returns a line of `columns` blanks.
    pub fn indent(columns: usize) -> Self {
        Self::new().pad(columns)
    }

    /// Adds a piece to the end of the line: a text, and its role, such as a heading or a warning. A theme decides how
    /// text with this role looks.
    #[must_use]
    pub fn with(mut self, text: Safe, role: Role) -> Self {
        self.pieces.push(Piece::new(text, role));
        self
    }

    /// Adds blanks at the end of the line until it is `columns` columns wide.
    #[must_use]
    pub fn pad(self, columns: usize) -> Self {
        match columns.saturating_sub(self.width()) {
            0 => self,
            missing => self.with(Safe::default().pad(missing), Role::Plain),
        }
    }

    /// Adds a text as a table column at the end of the line. The text is cut or padded to `columns` screen columns, and
    /// one blank follows.
    #[must_use]
    pub fn column(self, text: &Safe, role: Role, columns: usize) -> Self {
        self.with(text.pad(columns), role).word(" ", Role::Plain)
    }

    /// Adds the pieces of the line `other` at the end of this line.
    #[must_use]
    pub fn with_line(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// Adds a word of this program (not of data) at the end of the line. `role` is the purpose of the word, such as a
    /// heading.
    #[must_use]
    pub fn word(self, text: &'static str, role: Role) -> Self {
        self.with(Safe::from_static(text), role)
    }

    /// Returns the text of all pieces of the line as one string.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Cuts the line to `columns` columns; the sign `…` is the last character if text is missing. A line that fits is
    /// unchanged.
    #[must_use]
    pub fn fit(self, columns: usize) -> Self {
        if self.width() <= columns {
            return self;
        }
        let mut left = columns;
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces {
            let width = piece.text.width();
            if width >= left {
                // With something after it the piece never fits, so that the sign for what is missing is set.
                let text = Safe::concat(&[piece.text, Safe::from_static("…")]).fit(left);
                pieces.push(Piece::new(text, piece.role));
                break;
            }
            left -= width;
            pieces.push(piece);
        }
        Self { pieces }
    }

    /// Cuts the line to `columns` columns, before a word where that is possible, so that no heading ends within a word.
    /// The sign `…` is the last character if text is missing. A line that fits is unchanged.
    #[must_use]
    pub fn fit_words(self, columns: usize) -> Self {
        if self.width() <= columns {
            return self;
        }
        let text = self.text();
        let mut width = 0;
        let mut end = None;
        for (at, word) in text.split_word_bound_indices() {
            // The sign for missing text needs a column.
            if width + 1 > columns {
                break;
            }
            if word == " " && !text.get(..at).unwrap_or_default().trim().is_empty() {
                end = Some(width);
            }
            width += crate::text::columns(word);
        }
        end.map_or_else(|| self.clone().fit(columns), |end| self.clone().fit(end + 1))
    }

    /// Cuts the line to `columns` columns, if possible without cutting a statement. Of the parts of the line, which the
    /// sign `·` separates, those for which there is no room are left out; the sign `…` at the end says so. The first
    /// part and parts with the role of a failure or a warning always remain: if there is no room for them, the line is
    /// cut before a word. A line that fits is unchanged.
    #[must_use]
    pub fn fit_parts(self, columns: usize) -> Self {
        if self.width() <= columns {
            return self;
        }
        let room = columns.saturating_sub(2);
        let parts = self.parts();
        let must_remain = |at: usize, part: &Self| at == 0 || part.has_warning();
        // Each separator takes a column.
        let needed = parts.iter().enumerate().filter(|(at, part)| must_remain(*at, part));
        let mut used = needed.map(|(_, part)| part.width() + 1).sum::<usize>().saturating_sub(1);
        let mut kept = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let width = part.width() + 1;
            if must_remain(at, &part) {
                kept.push(part);
            } else if used + width <= room {
                used += width;
                kept.push(part);
            }
        }
        let separator = || Self::new().word("·", Role::Dim);
        let kept =
            kept.into_iter().reduce(|line, part| line.with_line(separator()).with_line(part)).unwrap_or_default();
        if kept.width() > room { kept.fit_words(columns) } else { kept.with_line(separator()).word("…", Role::Dim) }
    }

    /// Returns whether a piece of the line has the role of a failure or a warning.
    fn has_warning(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece.role, Role::Bad | Role::Warn) && !piece.text.is_empty())
    }

    /// Returns the parts of the line between the separators `·`, in their order, without parts that are blank. A dot
    /// within a word is no separator.
    fn parts(&self) -> Vec<Self> {
        let mut parts = vec![Self::new()];
        for piece in &self.pieces {
            for word in piece.text.as_str().split_inclusive(' ') {
                let text = if word.trim_end() == "·" { word.trim_start_matches('·') } else { word };
                if text.len() < word.len() {
                    parts.push(Self::new());
                }
                if let Some(last) = parts.last_mut().filter(|_| !text.is_empty()) {
                    last.pieces.push(Piece::new(Safe::sanitize(text), piece.role));
                }
            }
        }
        parts.retain(|part| !part.text().trim().is_empty());
        parts
    }

    /// Returns the width of the line in columns.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.width()).sum()
    }
}

impl From<Piece> for Line {
    fn from(piece: Piece) -> Self {
        Self { pieces: vec![piece] }
    }
}

/// Converts a line into a line of ratatui, with the style that the theme gives to each role.
#[expect(clippy::disallowed_methods, reason = "the one way of text into a frame, and it is safe text")]
pub fn paint<'a>(line: &'a Line, theme: &Theme) -> Painted<'a> {
    Painted::from_iter(line.pieces.iter().map(|piece| Span::styled(piece.text.as_str(), theme.style(piece.role))))
}

/// Draws the line on which a cursor is, such as the chosen entry of a menu. `cursor` is the role (such as
/// [`Role::Cursor`]) whose style is drawn over the whole area `area`, so that the line has one colour. Only characters
/// with the role [`Role::Mark`] keep their own style, since their meaning has no other sign.
#[expect(clippy::disallowed_methods, reason = "the one way of text into a frame, and it is safe text")]
pub fn draw_cursor_line(frame: &mut Frame<'_>, area: Rect, line: &Line, cursor: Role, theme: &Theme) {
    let style = |role| if role == Role::Mark { theme.style(role) } else { Style::new() };
    let painted =
        Painted::from_iter(line.pieces.iter().map(|piece| Span::styled(piece.text.as_str(), style(piece.role))));
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, theme.style(cursor));
    frame.render_widget(painted, area);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_says_so() {
        let line = || Line::new().word("abc", Role::Plain).word("def", Role::Dim);
        assert_eq!(line().fit(6).text(), "abcdef");
        assert_eq!(line().fit(5).text(), "abcd…");
        assert_eq!(line().fit(3).text(), "ab…");
        assert_eq!(line().fit(0).text(), "");
    }

    #[test]
    fn a_heading_is_cut_before_a_word() {
        let line = || Line::new().word(" previous query · ", Role::Warn).word("50 loaded", Role::Strong);
        assert_eq!(line().fit_words(27).text(), " previous query · 50 loaded");
        assert_eq!(line().fit_words(26).text(), " previous query · 50…");
        assert_eq!(line().fit_words(20).text(), " previous query ·…");
        assert_eq!(line().fit_words(14).text(), " previous…");
        assert_eq!(line().fit_words(6).text(), " prev…", "a word that is longer than the room");
        assert_eq!(line().fit_words(0).text(), "");
    }
}

//! A line of safe text in pieces, each with its role.

use ratatui::text::{Line as Painted, Span};

use super::{Role, Theme};
use crate::text::Safe;

/// Some text with one role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: Safe,
    /// What it is.
    pub role: Role,
}

impl Piece {
    /// Text of any origin, with its role.
    pub const fn new(text: Safe, role: Role) -> Self {
        Self { text, role }
    }

    /// A word of our own.
    #[must_use]
    pub const fn word(text: &'static str, role: Role) -> Self {
        Self { text: Safe::word(text), role }
    }
}

/// A line of a screen before it is painted: what tests read and what search searches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces, left to right.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// An empty line.
    #[must_use]
    pub const fn blank() -> Self {
        Self { pieces: Vec::new() }
    }

    /// Adds a piece.
    #[must_use]
    pub fn with(mut self, text: Safe, role: Role) -> Self {
        self.pieces.push(Piece::new(text, role));
        self
    }

    /// Adds a word of our own.
    #[must_use]
    pub fn word(self, text: &'static str, role: Role) -> Self {
        self.with(Safe::word(text), role)
    }

    /// Its text without roles.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The line cut to a number of columns, with `…` where something is missing.
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
                // With something behind it the piece never fits, so that the sign for what is missing is set.
                let text = Safe::concat(&[piece.text, Safe::word("…")]).fit(left);
                pieces.push(Piece::new(text, piece.role));
                break;
            }
            left -= width;
            pieces.push(piece);
        }
        Self { pieces }
    }

    /// Columns that it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.width()).sum()
    }
}

/// Turns a line into what the terminal library draws.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one way of text into a frame, and it is safe text")]
pub fn paint<'a>(line: &'a Line, theme: &Theme) -> Painted<'a> {
    Painted::from_iter(line.pieces.iter().map(|piece| Span::styled(piece.text.as_str(), theme.style(piece.role))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_says_so() {
        let line = || Line::blank().word("abc", Role::Plain).word("def", Role::Dim);
        assert_eq!(line().fit(6).text(), "abcdef");
        assert_eq!(line().fit(5).text(), "abcd…");
        assert_eq!(line().fit(3).text(), "ab…");
        assert_eq!(line().fit(0).text(), "");
    }
}

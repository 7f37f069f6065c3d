//! The backend with which ratatui draws. After every cell of ambiguous width (terminals differ on how many columns it
//! takes), it places the terminal's cursor explicitly.
//!
//! Without this correction, one Devanagari or emoji cluster shifts the rest of its line.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr as _;

use super::width_guard::is_agreed;

/// A backend for ratatui that moves the terminal's cursor explicitly after a character of ambiguous width. Terminals do
/// not agree on the width of such a character, so the terminal's cursor may be at another column than ratatui assumes.
pub struct CursorSafeBackend<W: Write>(CrosstermBackend<W>);

impl<W: Write> CursorSafeBackend<W> {
    /// Creates a backend that draws to `writer`, such as the terminal.
    pub const fn new(writer: W) -> Self {
        Self(CrosstermBackend::new(writer))
    }
}

impl<W: Write> CursorSafeBackend<W> {
    /// Writes blanks to the columns that `cell` takes, before the cell is drawn at column `x` and row `y`. If a
    /// terminal draws the cell narrower, its last column would otherwise keep earlier text, such as a letter of a name.
    fn blank(&mut self, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        let mut blank = cell.clone();
        blank.reset();
        blank.set_style(cell.style());
        let columns = u16::try_from(cell.symbol().width()).unwrap_or(u16::MAX);
        self.0.draw((x..x.saturating_add(columns)).map(|x| (x, y, &blank)))
    }
}

impl<W: Write> Backend for CursorSafeBackend<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        // Each call of the inner backend places the cursor first, so a call ends after a cell of ambiguous width.
        let cells: Vec<_> = content.collect();
        for run in cells.split_inclusive(|(_, _, cell)| !is_agreed(cell.symbol())) {
            match run {
                [agreed @ .., (x, y, cell)] if !is_agreed(cell.symbol()) && cell.symbol().width() > 1 => {
                    self.0.draw(agreed.iter().copied())?;
                    self.blank(*x, *y, cell)?;
                    self.0.draw([(*x, *y, *cell)].into_iter())?;
                }
                run => self.0.draw(run.iter().copied())?,
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // The terminal is never asked: its answer would arrive among the keys, and a terminal that does not answer
        // would end the program. Every frame places the cursor itself.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        super::terminal::size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(symbols: &[&str]) -> String {
        let mut bytes = Vec::new();
        let cells: Vec<Cell> = symbols.iter().map(|symbol| Cell::from(symbol.chars().next().unwrap())).collect();
        let placed = (0..).zip(&cells).map(|(x, cell)| (x, 0, cell));
        CursorSafeBackend::new(&mut bytes).draw(placed).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_wide_ambiguous_cell_leaves_nothing_of_what_stood_there() {
        // The emulator draws it one column wide, the library counts two.
        let narrow = "\u{ff80}\u{ff9e}";
        let mut bytes = b"\x1b[1;1Hab".to_vec();
        let mut cell = Cell::default();
        #[expect(clippy::disallowed_methods, reason = "a cluster that is known")]
        cell.set_symbol(narrow);
        CursorSafeBackend::new(&mut bytes).draw([(0, 0, &cell)].into_iter()).unwrap();
        let mut parser = vt100::Parser::new(1.try_into().unwrap(), 10.try_into().unwrap(), 0);
        parser.process(&bytes);
        assert!(!parser.screen().contents().contains('b'), "{:?}", parser.screen().contents());
    }

    #[test]
    fn the_cursor_is_placed_after_an_ambiguous_cell_and_not_after_others() {
        let places = |text: &str| text.matches('H').count();
        assert_eq!(places(&written(&["a", "b", "c"])), 1);
        assert_eq!(places(&written(&["a", "प", "c"])), 2);
    }
}

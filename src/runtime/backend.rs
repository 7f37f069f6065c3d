//! The terminal library's backend, with the cursor placed anew after every cell whose width terminals disagree about.
//!
//! Without that, one Devanagari or emoji cluster shifts the rest of its line.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::doubt::is_agreed;

/// A backend that trusts no terminal about widths.
pub struct Placed<W: Write>(CrosstermBackend<W>);

impl<W: Write> Placed<W> {
    /// Draws to a writer.
    #[must_use]
    pub const fn new(writer: W) -> Self {
        Self(CrosstermBackend::new(writer))
    }
}

impl<W: Write> Backend for Placed<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        // Each call of the inner backend places the cursor first, so a call ends after a cell that is in doubt.
        let cells: Vec<_> = content.collect();
        for run in cells.split_inclusive(|(_, _, cell)| !is_agreed(cell.symbol())) {
            self.0.draw(run.iter().copied())?;
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
        // The terminal is never asked: its answer would come among the keys, and one that does not answer would end the
        // program. Every frame places the cursor itself.
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
        self.0.size()
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
        Placed::new(&mut bytes).draw(placed).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_cursor_is_placed_after_a_cell_in_doubt_and_not_after_others() {
        let places = |text: &str| text.matches('H').count();
        assert_eq!(places(&written(&["a", "b", "c"])), 1);
        assert_eq!(places(&written(&["a", "प", "c"])), 2);
    }
}

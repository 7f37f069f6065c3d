//! The mouse in an overlay: finds the line that a click points at, and scrolls by the wheel.

use ratatui::layout::{Position, Size};

use super::{LinesPlace, Overlay};
use crate::keys::Keymap;

/// What a click points at while an overlay is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointedAt {
    /// A cell outside of the overlay.
    Outside,
    /// The frame of the overlay, its text field, or a row without a line.
    Frame,
    /// A line of the overlay. The click has moved the cursor to it.
    Line,
}

impl<T: Clone + PartialEq> Overlay<T> {
    /// Moves the cursor of the overlay to the line that is drawn at `cell`, the position of a click, if a line is
    /// there. Returns what is at this position. `screen` is the size of the screen, and `keymap` holds the key
    /// bindings, which the help page lists.
    pub fn point_at(&mut self, cell: Position, screen: Size, keymap: &Keymap) -> PointedAt {
        let LinesPlace { scroll, len, area, rows } = self.lines_place(screen, keymap);
        if !area.contains(cell) {
            return PointedAt::Outside;
        }
        let line = scroll.top() + usize::from(cell.y.saturating_sub(rows.y));
        if !rows.contains(cell) || line >= len {
            return PointedAt::Frame;
        }
        scroll.point(line);
        self.follow_cursor();
        PointedAt::Line
    }

    /// Scrolls the overlay by `lines` lines, down for a positive number. Does nothing if the position of the pointer,
    /// `cell`, is outside of the overlay. `screen` is the size of the screen, and `keymap` holds the key bindings,
    /// which the help page lists.
    pub fn wheel(&mut self, cell: Position, lines: isize, screen: Size, keymap: &Keymap) {
        let LinesPlace { scroll, len, area, rows } = self.lines_place(screen, keymap);
        if area.contains(cell) {
            scroll.wheel(lines, len, usize::from(rows.height));
            self.follow_cursor();
        }
    }
}

//! State of the list pane: its cursor, its order and the columns in view.

use super::columns;
use crate::kit::Scroll;
use crate::store::Sort;

/// The state of the list pane. It does not own the selection: the caller places the cursor on the selected
/// submission.
#[derive(Debug, Default)]
pub struct List {
    scroll: Scroll,
    /// The order of the rows: a column and a direction.
    pub sort: Sort,
    /// Number of columns that are scrolled out of view on the left, without the fixed ones.
    pub(super) sideways: usize,
}

impl List {
    /// Returns the cursor and the position of its window.
    pub const fn scroll(&self) -> Scroll {
        self.scroll
    }

    /// Puts the cursor on the line `line` of `len` lines, in a window of `height` lines.
    pub fn place(&mut self, line: usize, len: usize, height: usize) {
        self.scroll.to(line, len, height);
    }

    /// Resets the cursor and the window to the top, for a list with entirely different rows.
    pub fn restart(&mut self) {
        self.scroll = Scroll::default();
    }

    /// Scrolls the columns sideways by `steps`, except the fixed ones; a positive number shows columns further right.
    pub fn scroll_sideways(&mut self, steps: isize) {
        self.sideways = self.sideways.saturating_add_signed(steps).min(columns::most_sideways());
    }
}

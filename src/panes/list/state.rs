//! Cursor, order and columns of the list.

use super::columns;
use crate::kit::Scroll;
use crate::store::Sort;

/// The state of the list pane. Which submission is selected is not its own: the cursor is placed on it.
#[derive(Debug, Default)]
pub struct List {
    scroll: Scroll,
    /// The order.
    pub sort: Sort,
    /// How many of the scrolling columns are left of the window.
    pub(super) sideways: usize,
}

impl List {
    /// The cursor and its window.
    pub const fn scroll(&self) -> Scroll {
        self.scroll
    }

    /// Puts the cursor on a line of `len`, in a window of a height.
    pub fn place(&mut self, line: usize, len: usize, height: usize) {
        self.scroll.to(line, len, height);
    }

    /// Other rows altogether: the window goes to the top.
    pub fn restart(&mut self) {
        self.scroll = Scroll::default();
    }

    /// Scrolls the columns that do not stay.
    pub fn scroll_sideways(&mut self, steps: isize) {
        self.sideways = self.sideways.saturating_add_signed(steps).min(columns::most_sideways());
    }
}

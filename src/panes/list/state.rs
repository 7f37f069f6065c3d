//! Cursor, selection and order of the list.

use super::columns;
use crate::kit::Scroll;
use crate::store::{RowOrder, Sort};

/// The state of the list pane.
#[derive(Debug, Default)]
pub struct List {
    scroll: Scroll,
    /// The height that the cursor was last placed for.
    height: usize,
    /// The entry under the cursor: the selection follows the entry, not the line.
    selected: Option<u32>,
    /// The order.
    pub sort: Sort,
    /// How many of the scrolling columns are left of the window.
    pub(super) sideways: usize,
}

impl List {
    /// The entry under the cursor.
    #[must_use]
    pub const fn selected(&self) -> Option<u32> {
        self.selected
    }

    /// The height that the cursor was last placed for.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The cursor and its window.
    #[must_use]
    pub const fn scroll(&self) -> Scroll {
        self.scroll
    }

    /// Moves the cursor by lines.
    pub fn by(&mut self, lines: isize, rows: &RowOrder, height: usize) {
        self.height = height;
        self.scroll.by(lines, rows.rows().len(), height);
        self.selected = rows.rows().get(self.scroll.at()).copied();
    }

    /// Puts the cursor on a line.
    pub fn to(&mut self, line: usize, rows: &RowOrder, height: usize) {
        self.height = height;
        self.scroll.to(line, rows.rows().len(), height);
        self.selected = rows.rows().get(self.scroll.at()).copied();
    }

    /// Puts the cursor on an entry, if it is shown.
    pub fn select(&mut self, entry: u32, rows: &RowOrder, height: usize) {
        if let Some(line) = rows.position(entry) {
            self.to(line, rows, height);
        }
    }

    /// The rows changed: the cursor goes with its entry, or to the first row when a filter hides the entry.
    pub fn follow(&mut self, rows: &RowOrder, height: usize) {
        let line = self.selected.and_then(|entry| rows.position(entry)).unwrap_or(0);
        self.to(line, rows, height);
    }

    /// Other rows altogether: the cursor goes to the first.
    pub fn restart(&mut self, rows: &RowOrder, height: usize) {
        self.scroll = Scroll::default();
        self.to(0, rows, height);
    }

    /// Scrolls the columns that do not stay.
    pub fn scroll_sideways(&mut self, steps: isize) {
        self.sideways = self.sideways.saturating_add_signed(steps).min(columns::most_sideways());
    }

    /// Whether so few rows follow below the window that the next page should be asked for.
    #[must_use]
    pub fn nears_end(&self, rows: &RowOrder, height: usize) -> bool {
        self.scroll.at() + height >= rows.rows().len()
    }
}

//! State of the list pane: its cursor, its sort order and its scrolled columns.

use super::columns::{self, SIGNS};
use crate::kit::Scroll;
use crate::store::Sort;
use crate::submission::row::Column;
use crate::time::Zone;

/// The state of the list pane. The pane does not know which submission is selected: the caller places the list cursor
/// on the selected submission.
#[derive(Debug, Default)]
pub struct List {
    scroll: Scroll,
    /// The order of the rows: the column by which they are sorted, and the direction.
    pub sort: Sort,
    /// The columns that the user or a saved view chose, in their order on the screen; `None` means the usual columns.
    pub chosen: Option<Vec<Column>>,
    /// Number of columns that are scrolled out of view on the left. The fixed columns, which are always visible, are
    /// not counted.
    pub(super) sideways: usize,
}

impl List {
    /// Returns a list that shows the columns `chosen`, or the usual columns for `None`, in the order `sort`.
    pub fn new(chosen: Option<Vec<Column>>, sort: Sort) -> Self {
        Self { chosen, sort, ..Self::default() }
    }

    /// Returns the line of the list cursor and the first visible line of the list.
    pub const fn scroll(&self) -> Scroll {
        self.scroll
    }

    /// Places the list cursor on the line with index `line` in a list of `len` lines; `height` is the number of visible
    /// lines.
    pub fn place(&mut self, line: usize, len: usize, height: usize) {
        self.scroll.to(line, len, height);
    }

    /// Returns the columns that are visible in a pane with `width` screen columns inside its frame. They include
    /// companion columns: columns whose value is shown in the cell of another column. `zone` decides how wide times
    /// are. `shows_aml` says whether the list has a column for the AML status.
    pub fn columns(&self, width: usize, zone: &Zone, shows_aml: bool) -> Vec<Column> {
        let listed = self.listed(shows_aml);
        let fitting = columns::fitting(&listed, width.saturating_sub(SIGNS), self.sideways, zone);
        fitting.into_iter().flat_map(|(column, _)| column.with_companion()).collect()
    }

    /// Places the list cursor on the visible line at which the user pointed with the mouse. The visible part stays.
    pub const fn point(&mut self, line: usize) {
        self.scroll.point(line);
    }

    /// Moves the visible part of the list by a number of lines, as a mouse wheel does; a positive number moves down. Moves
    /// the cursor only as far as it must stay visible. Returns the line of the cursor. `len` is the number of all lines,
    /// and `height` the number of visible lines.
    pub fn wheel(&mut self, lines: isize, len: usize, height: usize) -> usize {
        self.scroll.wheel(lines, len, height);
        self.scroll.at()
    }

    /// Returns all columns of the list in their order on the screen, also those that do not fit: the chosen columns, or
    /// else the usual ones. `shows_aml` says whether the usual columns include the AML status.
    pub fn listed(&self, shows_aml: bool) -> Vec<Column> {
        self.chosen.clone().unwrap_or_else(|| columns::listed(shows_aml))
    }

    /// Moves the cursor and the visible part to the top, for a list with entirely different rows.
    pub fn restart(&mut self) {
        self.scroll = Scroll::default();
    }

    /// Scrolls the columns sideways by `steps` columns. The fixed columns on the left stay in place. A positive number
    /// shows columns further right. `shows_aml` says whether the list has a column for the AML status.
    pub fn scroll_sideways(&mut self, steps: isize, shows_aml: bool) {
        let most = columns::most_sideways(&self.listed(shows_aml));
        self.sideways = self.sideways.saturating_add_signed(steps).min(most);
    }
}

//! State of the list pane: its cursor, its sort order and its scrolled columns.

use super::columns::{self, VisibleColumns};
use super::signs::SIGNS_WIDTH;
use crate::kit::{Scroll, Step};
use crate::store::Sort;
use crate::submission::row::Column;
use crate::time::Zone;

/// The state of the list pane: its cursor, sort order and columns. The pane does not know which submission is selected.
/// The caller places the cursor on the line of the selected submission ([`Self::place_cursor`]).
#[derive(Debug, Default)]
pub struct List {
    scroll: Scroll,
    /// The order of the rows: the column by which they are sorted, and the direction.
    pub sort: Sort,
    /// The columns that the user or a saved view chose, in their order on the screen; `None` means the usual columns.
    pub chosen: Option<Vec<Column>>,
    /// Number of steps by which the columns are scrolled sideways. It may exceed the maximum after the columns changed;
    /// the maximum is used then.
    sideways: usize,
}

impl List {
    /// Creates the state of a list that shows the columns `chosen`, or the usual columns if `chosen` is `None`. The
    /// rows are sorted by `sort`.
    pub fn new(chosen: Option<Vec<Column>>, sort: Sort) -> Self {
        Self { chosen, sort, ..Self::default() }
    }

    /// Returns the line of the list cursor and the first visible line of the list.
    pub const fn scroll(&self) -> Scroll {
        self.scroll
    }

    /// Places the list cursor on the line with index `line` in a list of `len` lines; `height` is the number of visible
    /// lines.
    pub fn place_cursor(&mut self, line: usize, len: usize, height: usize) {
        self.scroll.to(line, len, height);
    }

    /// Moves the list cursor by `step`, such as one line or one page, in a list of `len` lines. `height` is the number
    /// of visible lines.
    pub fn step(&mut self, step: Step, len: usize, height: usize) {
        self.scroll.step(step, len, height);
    }

    /// Returns the columns whose values are visible in a pane with `width` screen columns inside its frame. These
    /// include companion columns, whose value is shown in the cell of another column. `zone` decides how wide times
    /// are. `shows_aml` says whether the list has a column for the AML status.
    pub fn columns(&self, width: usize, zone: &Zone, shows_aml: bool) -> Vec<Column> {
        let visible = self.visible(width, zone, shows_aml);
        visible.columns.into_iter().flat_map(|(column, _)| column.with_companion()).collect()
    }

    /// Returns the columns that are drawn in a pane with `width` screen columns inside its frame, with their widths.
    /// Companion columns are not among them. `zone` and `shows_aml` are those of [`Self::columns`].
    pub(super) fn visible(&self, width: usize, zone: &Zone, shows_aml: bool) -> VisibleColumns {
        columns::visible(&self.listed(shows_aml), width.saturating_sub(SIGNS_WIDTH), self.sideways, zone)
    }

    /// Places the list cursor on the visible line with the index `line`, at which the user pointed with the mouse. The
    /// list does not scroll.
    pub const fn point(&mut self, line: usize) {
        self.scroll.point(line);
    }

    /// Scrolls the list by a number of lines, as a mouse wheel does; a positive number scrolls down. The cursor moves
    /// only if it would not be visible otherwise. Returns the line of the cursor. `len` is the number of all lines, and
    /// `height` the number of visible lines.
    pub fn wheel(&mut self, lines: isize, len: usize, height: usize) -> usize {
        self.scroll.wheel(lines, len, height);
        self.scroll.at()
    }

    /// Returns the names of the columns that the user chose, with commas between them, as `--columns` takes them.
    /// `None` for the usual columns.
    pub fn chosen_keys(&self) -> Option<String> {
        let keys = |chosen: &Vec<Column>| chosen.iter().map(|column| column.spec().key).collect::<Vec<_>>().join(",");
        self.chosen.as_ref().map(keys)
    }

    /// Returns all columns of the list in their order on the screen, including those that do not fit. These are the
    /// chosen columns, or the usual ones if no column is chosen. `shows_aml` says whether the usual columns include the
    /// AML status.
    pub fn listed(&self, shows_aml: bool) -> Vec<Column> {
        let chosen = self.chosen.as_ref().filter(|chosen| !chosen.is_empty());
        chosen.cloned().unwrap_or_else(|| columns::default_columns(shows_aml))
    }

    /// Moves the cursor and the visible part to the top, because the list now has entirely different rows.
    pub fn move_to_top(&mut self) {
        self.scroll = Scroll::default();
    }

    /// Returns whether [`Self::scroll_sideways`] with the same arguments would move the columns.
    pub fn can_scroll_sideways(&self, steps: isize, width: usize, zone: &Zone, shows_aml: bool) -> bool {
        self.columns_out_of_view(steps, width, zone, shows_aml) != self.sideways
    }

    /// Scrolls the columns sideways by `steps` columns; a positive number shows columns further right. The fixed
    /// columns on the left stay in place. `width`, `zone` and `shows_aml` are those of [`Self::columns`].
    pub fn scroll_sideways(&mut self, steps: isize, width: usize, zone: &Zone, shows_aml: bool) {
        self.sideways = self.columns_out_of_view(steps, width, zone, shows_aml);
    }

    /// Returns the number of columns that would be out of view on the left after a scroll by `steps` columns. `width`,
    /// `zone` and `shows_aml` are those of [`Self::columns`].
    fn columns_out_of_view(&self, steps: isize, width: usize, zone: &Zone, shows_aml: bool) -> usize {
        let most = columns::max_scroll_steps(&self.listed(shows_aml), width.saturating_sub(SIGNS_WIDTH), zone);
        self.sideways.min(most).saturating_add_signed(steps).min(most)
    }
}

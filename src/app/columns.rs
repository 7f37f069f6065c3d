//! The columns of the list pane: the column chooser, sideways scrolling, and the headings for a CSV of the list.

use super::Model;
use crate::overlays::{ColumnChange, Overlay};
use crate::panes::list::List;
use crate::store::Listing;
use crate::submission::row::{Column, ColumnKind};
use crate::text::Safe;
use crate::ui::Panel;

impl Model {
    /// Returns whether the default columns of the list include the AML status. They do if the AML status or the AML
    /// risk level of any loaded submission is known.
    pub(super) fn shows_aml(&self) -> bool {
        self.listing.value().is_some_and(|listing: &Listing| listing.store.knows_screening())
    }

    /// Returns the width of the list pane inside its frame, in screen columns; `None` while the list is not on the
    /// screen.
    pub(super) fn list_width(&self) -> Option<usize> {
        self.regions()?.list.map(|area| usize::from(Panel::inner_area(area).width))
    }

    /// Returns the columns that the list shows now; empty while the list is not on the screen.
    pub(super) fn list_columns(&self) -> Vec<Column> {
        let columns = |width| self.list.columns(width, &self.zone, self.shows_aml());
        self.list_width().map(columns).unwrap_or_default()
    }

    /// Scrolls the columns of the list sideways by `steps` columns, to the right for a positive number.
    pub(super) fn scroll_sideways(&mut self, steps: isize) {
        if let (Some(width), shows_aml) = (self.list_width(), self.shows_aml()) {
            self.list.scroll_sideways(steps, width, &self.zone, shows_aml);
        }
    }

    /// Returns the headings of a CSV that has the columns of the list, including columns that are scrolled out of view.
    /// The number of attempts is not a field of a submission. Its column is left out unless the user has chosen the
    /// columns.
    pub(super) fn csv_columns(&self) -> Vec<String> {
        let is_chosen = self.list.chosen.is_some();
        let columns = self.list.listed(self.shows_aml()).into_iter();
        Column::csv_headings(columns.filter(|column| is_chosen || column.kind() != ColumnKind::Count))
    }

    /// Opens the column chooser, the overlay in which the user chooses the columns of the list.
    pub(super) fn open_columns(&mut self) {
        self.overlay = Some(Overlay::columns(&self.list.listed(self.shows_aml())));
    }

    /// Applies a change that the user made in the column chooser: the list shows the chosen columns, or its default
    /// columns again. If the user tried to remove the last column, only shows a notice.
    pub(super) fn choose_columns(&mut self, change: ColumnChange) {
        let List { chosen, .. } = &mut self.list;
        match change {
            ColumnChange::Show(columns) => *chosen = Some(columns),
            ColumnChange::Reset => *chosen = None,
            ColumnChange::IsLast => self.notify(Safe::from_static("The list keeps at least one column"), true),
        }
    }

    /// Updates the open column chooser if the list shows its default columns. The default columns change when the AML
    /// status of a loaded submission becomes known.
    pub(super) fn update_column_chooser(&mut self) {
        let usual = self.list.chosen.is_none().then(|| self.list.listed(self.shows_aml()));
        if let (Some(Overlay::Columns(chooser)), Some(usual)) = (&mut self.overlay, usual) {
            chooser.set_usual(&usual);
        }
    }
}

//! The selection: the row under the list cursor, or a submission that the user opened although the list does not show
//! it.

use super::Model;
use super::compare::ComparedSubmissions;
use super::detached::Detached;
use super::marks::MarkedSubmissions;
use super::pictures::SubmissionPictures;
use super::relatives::RelativesBasis;
use super::statistics::CountedRows;
use crate::panes::detail::Subject;
use crate::store::{Content, Store};
use crate::submission::row::Column;
use crate::text::Class;

/// Key that identifies a loaded row, even if the row moves in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKey {
    /// A row with an id: identified by the id of its submission.
    Submission(Box<str>),
    /// A row without an id: identified by its index in the store of loaded submissions.
    Unreadable(u32),
}

impl RowKey {
    fn of(entry: u32, store: &Store) -> Option<Self> {
        let is_readable = store.get(entry)?.is_readable();
        Some(if is_readable { Self::Submission(store.id(entry)?.into()) } else { Self::Unreadable(entry) })
    }

    fn entry(&self, store: &Store) -> Option<u32> {
        match self {
            Self::Submission(id) => store.index_of(id),
            Self::Unreadable(entry) => Some(*entry),
        }
    }

    /// Returns the key that identifies the same row in another store of loaded submissions, such as that of a new
    /// query. Returns `None` for an unreadable row, because only an index in its own store identifies it.
    fn for_another_store(self) -> Option<Self> {
        match self {
            Self::Submission(_) => Some(self),
            Self::Unreadable(_) => None,
        }
    }
}

/// Everything that is selected: the row under the list cursor, the marked submissions, and a submission that the detail
/// pane shows although the list does not. Also keeps data about the selected submissions, such as their pictures, and
/// the counts of the statistics.
#[derive(Default)]
pub(super) struct Selection {
    /// The row under the list cursor; `None` while the list shows no row.
    pub(super) row: Option<RowKey>,
    /// The marked submissions, which the user copies or exports together.
    pub(super) marks: MarkedSubmissions,
    /// The submission that the detail pane shows instead of the selected row, because the list does not show it.
    pub(super) detached: Option<Detached>,
    /// The row that was selected when the user opened the filter bar. If the user leaves the bar without a new filter,
    /// this row is selected again.
    pub(super) before_filter: Option<RowKey>,
    /// The inputs from which the relatives of the shown submission (submissions that are linked to it) were derived
    /// last; `None` before the first time.
    pub(super) related: Option<RelativesBasis>,
    /// The submissions that are being compared; empty while no comparison is open.
    pub(super) compared: ComparedSubmissions,
    /// The fetched pictures of the shown submission.
    pub(super) pictures: SubmissionPictures,
    /// The rows that the statistics have counted, with the counts; `None` before the statistics were opened.
    pub(super) counted: Option<CountedRows>,
}

impl Selection {
    /// Adapts the selection after another store of loaded submissions has replaced the store. A submission stays
    /// selected if the new store contains it.
    pub(super) fn move_to_another_store(&mut self) {
        self.row = self.row.take().and_then(RowKey::for_another_store);
        self.before_filter = self.before_filter.take().and_then(RowKey::for_another_store);
    }
}

impl Model {
    /// Returns the index of a submission in the store of loaded submissions; `None` if the submission is not loaded.
    pub(super) fn entry_of(&self, id: &str) -> Option<u32> {
        self.listing.value()?.store.index_of(id)
    }

    /// Returns the index of the row under the list cursor in the store of loaded submissions; `None` if no row is
    /// selected.
    pub(super) fn selected_entry(&self) -> Option<u32> {
        self.selection.row.as_ref()?.entry(&self.listing.value()?.store)
    }

    /// Moves the list cursor to a line, counted from 0. If the list has fewer lines, moves the cursor to the last line.
    pub(super) fn select_line(&mut self, line: usize) {
        let line = line.min(self.rows.rows().len().saturating_sub(1));
        self.selection.row = self.row_at(line);
        self.selection.detached = None;
        self.ensure_next(line);
    }

    /// Moves the list cursor by a number of lines: down if the number is positive, up if it is negative. The cursor
    /// stops at the first and the last line.
    pub(super) fn select_by(&mut self, lines: isize) {
        self.select_line(self.list.scroll().at().saturating_add_signed(lines));
    }

    fn row_at(&self, line: usize) -> Option<RowKey> {
        RowKey::of(*self.rows.rows().get(line)?, &self.listing.value()?.store)
    }

    /// Moves the list cursor to the line at which the selected row is now; the rows may have moved since the row was
    /// selected. If the list does not show the selected row any more, selects the first row.
    pub(super) fn update_cursor(&mut self) {
        let rows = self.rows.rows();
        let (at, len) = (self.list.scroll().at(), rows.len());
        let line = self.selected_entry().and_then(|entry| match rows.get(at) {
            Some(here) if *here == entry => Some(at),
            _ => self.rows.position(entry),
        });
        if line.is_none() {
            self.selection.row = self.row_at(0);
        }
        self.list.place_cursor(line.unwrap_or(0), len, self.list_height());
    }

    /// Returns the loaded submission at index `entry_index` of the store, in the form that the detail pane shows;
    /// `None` if there is no such submission.
    pub(super) fn subject_of(&self, entry_index: u32) -> Option<Subject> {
        let store = &self.listing.value()?.store;
        let (entry, row) = (store.get(entry_index)?, store.row(entry_index));
        Some(match entry.content() {
            Content::Readable { list, single } => Subject {
                entry: Some(entry_index),
                id: Some(row.id().into()),
                single: single.as_deref().cloned(),
                list: list.clone(),
                is_outdated: entry.is_outdated(),
                unreadable: None,
                id_class: row.class(Column::Id),
            },
            Content::Unreadable { answer, reason } => Subject {
                entry: Some(entry_index),
                id: None,
                single: Some(answer.clone()),
                list: None,
                is_outdated: false,
                unreadable: Some(reason.words()),
                id_class: Class::Open,
            },
        })
    }
}

//! The detached submission: the submission that the user opened although the list does not show it. Either the filter
//! hides the submission, or the list has not loaded it.

use super::Model;
use super::selection::RowKey;
use crate::panes::detail::Subject;
use crate::store::Answer;
use crate::submission::row::{Column, Row};
use crate::text::{Class, Safe};

/// A submission that the detail pane shows although the list cursor is on another row.
///
/// A detached submission is not added to the store of loaded submissions, so it never counts as loaded.
pub(super) struct Detached {
    pub(super) id: Box<str>,
    /// The full record of the submission, and the list row made from the record; `None` until the full record has
    /// arrived.
    pub(super) answer: Option<(Answer, Box<Row>)>,
}

impl Model {
    /// Shows a submission in the detail pane without moving the list cursor. If the list shows the submission, a later
    /// call of [`Self::attach_listed`] moves the list cursor to its row.
    ///
    /// If the submissions come from a file, a submission that is not in the file cannot be fetched. Then only a notice
    /// is shown.
    pub(super) fn open_submission(&mut self, id: &str) {
        if self.is_offline() && self.entry_of(id).is_none() {
            return self.notify(Safe::from_static("Offline: this submission is not in the file"), true);
        }
        self.selection.detached = Some(Detached { id: id.into(), answer: None });
    }

    /// If the list now shows the detached submission, moves the list cursor to its row, so that the submission is no
    /// longer detached. (A detached submission is shown in the detail pane although the list cursor is on another row.)
    /// Otherwise changes nothing.
    pub(super) fn attach_listed(&mut self) {
        let Some(detached) = &self.selection.detached else { return };
        if self.entry_of(&detached.id).is_some_and(|entry| self.rows.position(entry).is_some()) {
            self.selection.row = self.selection.detached.take().map(|detached| RowKey::Submission(detached.id));
        }
    }

    /// Moves the full record of the detached submission into the store of loaded submissions, if the store contains
    /// this submission. A page of the list may just have added it. (A detached submission is shown in the detail pane
    /// although the list cursor is on another row.)
    pub(super) fn keep_detached_answer(&mut self) {
        let Some((detached, listing)) = self.selection.detached.as_mut().zip(self.listing.value_mut()) else { return };
        if listing.store.index_of(&detached.id).is_some()
            && let Some((answer, row)) = detached.answer.take()
        {
            listing.store.take_single(&detached.id, answer, &row, true);
        }
    }

    /// Returns the detached submission (shown in the detail pane although the list cursor is on another row) in the
    /// form that the detail pane needs. Returns `None` if no submission is detached.
    pub(super) fn detached_subject(&self) -> Option<Subject> {
        let detached = self.selection.detached.as_ref()?;
        if let Some(subject) = self.entry_of(&detached.id).and_then(|entry| self.subject_of(entry)) {
            return Some(subject);
        }
        let single = detached.answer.as_ref().map(|(answer, _)| answer.clone());
        let id_class = detached.answer.as_ref().map_or(Class::Open, |(_, row)| row.class(Column::Id));
        Some(Subject {
            entry: None,
            id: Some(detached.id.clone()),
            single,
            list: None,
            is_outdated: false,
            unreadable: None,
            id_class,
        })
    }

    /// Returns a short explanation why the detail pane shows another submission than the one under the list cursor.
    /// Returns `None` if the pane shows the submission under the cursor.
    pub(super) fn detached_reason(&self) -> Option<&'static str> {
        let detached = self.selection.detached.as_ref()?;
        let listing = self.listing.value();
        Some(match self.entry_of(&detached.id) {
            None => "not loaded in the list",
            Some(entry) if listing.is_some_and(|listing| listing.store.changes().is_pending(entry)) => {
                "new, not yet shown in the list"
            }
            Some(_) => "hidden by the filter",
        })
    }
}

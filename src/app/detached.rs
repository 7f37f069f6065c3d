//! Going to another submission: one that the list shows is selected there, any other one is shown for itself.

use super::Model;
use crate::panes::detail::Subject;
use crate::store::Answer;
use crate::submission::row::Row;

/// A submission that is shown although the list cursor is elsewhere: a filter hides it, or the list did not load it. It
/// does not enter the store, so that it never counts as loaded.
pub(super) struct Detached {
    pub(super) id: Box<str>,
    /// What its single answer said, once it came, and the row made of it.
    pub(super) answer: Option<Answer>,
    pub(super) row: Option<Box<Row>>,
}

impl Model {
    /// Shows a submission.
    pub(super) fn visit(&mut self, id: &str) {
        let entry = self.listing.value().and_then(|listing| listing.store.index_of(id));
        let listed = entry.is_some_and(|entry| self.rows.position(entry).is_some());
        self.detached = (!listed).then(|| Detached { id: id.into(), answer: None, row: None });
        self.select_id(Some(id));
        self.show_selected();
    }

    /// What is visited, as the detail shows it; none when nothing is, or the list loaded it.
    pub(super) fn detached_subject(&self) -> Option<Subject> {
        let detached = self.detached.as_ref()?;
        let entry = self.listing.value().and_then(|listing| listing.store.index_of(&detached.id));
        if let Some(subject) = entry.and_then(|entry| self.subject(entry)) {
            return Some(subject);
        }
        let (id, single) = (Some(detached.id.clone()), detached.answer.clone());
        Some(Subject { entry: None, id, single, list: None, unreadable: None })
    }

    /// After a page came: what the list loaded in the meantime is no longer shown for itself. Its answer is kept.
    pub(super) fn attach_listed(&mut self) {
        let Some(detached) = self.detached.as_mut() else { return };
        let Some(listing) = self.listing.value_mut() else { return };
        let Some(entry) = listing.store.index_of(&detached.id) else { return };
        if let Some((answer, row)) = detached.answer.take().zip(detached.row.take()) {
            listing.store.take_single(&detached.id, answer, &row);
            self.arrange();
        }
        if self.rows.position(entry).is_some()
            && let Some(detached) = self.detached.take()
        {
            self.select_id(Some(&detached.id));
        }
    }

    /// Why what is shown is not the submission under the list cursor, if it is not.
    pub(super) fn detached_reason(&self) -> Option<&'static str> {
        let detached = self.detached.as_ref()?;
        match self.listing.value().and_then(|listing| listing.store.index_of(&detached.id)) {
            None => Some("not loaded in the list"),
            Some(entry) if self.listing.value().is_some_and(|listing| listing.store.news().is_held(entry)) => {
                Some("new, not yet shown in the list")
            }
            Some(entry) if self.rows.position(entry).is_none() => Some("hidden by the filter"),
            Some(_) => Some("elsewhere in the list"),
        }
    }
}

//! Going to another submission: one that the list shows is selected there, any other one is shown for itself.

use super::{Effect, Model};
use crate::panes::detail::Subject;
use crate::store::Answer;

/// A submission that is shown although the list cursor is elsewhere: a filter hides it, or the list did not load it. It
/// does not enter the store, so that it never counts as loaded.
pub(super) struct Visit {
    pub(super) id: Box<str>,
    /// What its single answer said, once it came.
    pub(super) answer: Option<Answer>,
}

impl Model {
    /// Shows a submission.
    pub(super) fn visit(&mut self, id: &str, effects: &mut Vec<Effect>) {
        let entry = self.listing.value().and_then(|listing| listing.store.index_of(id));
        let listed = entry.is_some_and(|entry| self.rows.position(entry).is_some());
        self.visit = (!listed).then(|| Visit { id: id.into(), answer: None });
        self.select_id(Some(id));
        self.show_selected(effects);
    }

    /// What is visited, as the detail shows it; none when nothing is, or the list loaded it.
    pub(super) fn visited(&self) -> Option<Subject> {
        let visit = self.visit.as_ref()?;
        let entry = self.listing.value().and_then(|listing| listing.store.index_of(&visit.id));
        if let Some(subject) = entry.and_then(|entry| self.subject(entry)) {
            return Some(subject);
        }
        let (id, single) = (Some(visit.id.clone()), visit.answer.clone());
        Some(Subject { entry: None, id, single, list: None, unreadable: None })
    }

    /// Why what is shown is not the submission under the list cursor, if it is not.
    pub(super) fn aside(&self) -> Option<&'static str> {
        let visit = self.visit.as_ref()?;
        let loaded = self.listing.value().is_some_and(|listing| listing.store.index_of(&visit.id).is_some());
        Some(if loaded { "hidden by the filter" } else { "not loaded in the list" })
    }
}

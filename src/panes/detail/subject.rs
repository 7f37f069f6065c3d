//! The submission in the detail pane, with the answers about this submission.

use super::opened::AnswersToParse;
use crate::store::{Answer, AnswerDigest};
use crate::text::{Class, Safe};

/// What the detail pane shows: a submission, or an unreadable item (an element of the service's list that is no valid
/// submission).
#[derive(Clone)]
pub struct Subject {
    /// The index of the submission or item among the loaded items of the list; `None` for a submission that is not in
    /// the list.
    pub entry: Option<u32>,
    /// The id of the submission; `None` for an unreadable item.
    pub id: Option<Box<str>>,
    /// The newest full record (the service's answer about a single submission); `None` if it was not fetched yet. For
    /// an unreadable item, the bytes of the item.
    pub single: Option<Answer>,
    /// The newest list record (the submission's item on a page of the list); `None` if the list does not contain the
    /// submission.
    pub list: Option<Answer>,
    /// Whether the full record is outdated: the list record changed after the full record was fetched, and contradicts
    /// it.
    pub is_outdated: bool,
    /// The reason why the list item is not a submission; `None` for a submission.
    pub unreadable: Option<Safe>,
    /// The privacy class of the submission's id, which says at which mask levels the id is hidden. It is determined
    /// from the list record.
    pub id_class: Class,
}

impl Subject {
    /// Returns whether the full record of the submission was received. If so, it is shown instead of the list record.
    pub const fn is_whole(&self) -> bool {
        self.single.is_some() && self.unreadable.is_none()
    }

    /// Returns the answer of the service that is shown: the full record if it is known, otherwise the list record (the
    /// submission's item on a page of the list), which leaves fields out. `None` if neither is known.
    pub fn answer(&self) -> Option<&Answer> {
        self.single.as_ref().or(self.list.as_ref())
    }

    /// Returns the answers about the submission that are to be parsed: the shown answer, and the list record to compare
    /// with it. `None` if no answer was received yet.
    pub(super) fn answers(&self) -> Option<AnswersToParse> {
        let (shown, whole) = (self.answer()?, self.is_whole());
        let list = self
            .list
            .as_ref()
            .filter(|list| whole && !list.is_same(shown))
            .map(|list| (list.clone(), list.at > shown.at));
        Some(AnswersToParse { shown: shown.clone(), whole, list })
    }

    /// Returns whether this value and `other` are the same submission, or the same unreadable item of the list.
    /// Submissions are compared by their id, since their index in the store changes if another query is loaded. Items
    /// without an id are compared by their index.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.id == other.id && (self.id.is_some() || self.entry == other.entry)
    }

    /// Returns whether `self` and `other` hold the same answers, received at the same times. If so, what the pane shows
    /// is unchanged. The digests of the answers are compared, not their bytes, which may be compressed.
    pub(super) fn has_same_answers(&self, other: &Self) -> bool {
        let source = |answer: &Answer| (answer.at, answer.digest());
        let sources = |subject: &Self| [&subject.single, &subject.list].map(|answer| answer.as_ref().map(source));
        sources(self) == sources(other)
    }

    /// Returns whether `self` and `other` hold answers with the same bytes, even if these were received at different
    /// times. Only digests of the bytes are compared.
    pub(super) fn has_equal_bytes(&self, other: &Self) -> bool {
        let same = |one: &Option<Answer>, other: &Option<Answer>| match (one, other) {
            (Some(one), Some(other)) => one.is_same(other),
            (None, None) => true,
            _ => false,
        };
        same(&self.single, &other.single) && same(&self.list, &other.list)
    }

    /// Returns whether the full record of the submission is to be fetched: it is missing, or a list record that was
    /// fetched later contradicts it. `false` for an unreadable item, which has no id.
    pub(super) const fn lacks_full_record(&self) -> bool {
        self.id.is_some() && (!self.is_whole() || self.is_outdated)
    }

    /// Returns the digest of the newest list record (the submission's item on a page of the list). A changed digest
    /// tells that the record changed. `None` if the list does not contain the submission.
    pub(super) fn list_digest(&self) -> Option<AnswerDigest> {
        self.list.as_ref().map(Answer::digest)
    }

    /// Returns whether the submission's list record (its item on a page of the list) was fetched after the shown
    /// answer. `false` if there is no list record.
    pub(super) fn is_list_newer(&self) -> bool {
        self.list.as_ref().zip(self.answer()).is_some_and(|(list, shown)| list.at > shown.at)
    }
}

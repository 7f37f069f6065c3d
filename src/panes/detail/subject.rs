//! The submission that the detail shows, with the answers about it.

use bytes::Bytes;

use super::opened::Answers;
use crate::store::Answer;
use crate::text::{Class, Safe};

/// What the detail shows.
#[derive(Clone)]
pub struct Subject {
    /// The entry of the store; none for a submission that the list did not load.
    pub entry: Option<u32>,
    /// The submission; none for an unreadable item.
    pub id: Option<Box<str>>,
    /// What the newest single answer said, or the bytes of an unreadable item.
    pub single: Option<Answer>,
    /// What the newest list answer said.
    pub list: Option<Answer>,
    /// Whether the list said something new since, and contradicts the single answer.
    pub is_outdated: bool,
    /// Why the item is no submission.
    pub unreadable: Option<Safe>,
    /// How private the id is, by what the list knows.
    pub id_class: Class,
}

impl Subject {
    /// Whether a single answer is shown.
    pub const fn is_whole(&self) -> bool {
        self.single.is_some() && self.unreadable.is_none()
    }

    /// The answer that is shown: the single one where it is there, since the list's leaves fields out.
    pub fn answer(&self) -> Option<&Answer> {
        self.single.as_ref().or(self.list.as_ref())
    }

    /// The answers that are to be opened; none where nothing came yet.
    pub(super) fn answers(&self) -> Option<Answers> {
        let (shown, whole) = (self.answer()?, self.is_whole());
        let list = self
            .list
            .as_ref()
            .filter(|list| whole && !list.is_same(shown))
            .map(|list| (list.raw.clone(), list.at > shown.at));
        Some(Answers { raw: shown.raw.clone(), whole, list })
    }

    /// The entry tells items apart that have no id; of a submission it changes when another query is loaded.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.id == other.id && (self.id.is_some() || self.entry == other.entry)
    }

    /// Whether both hold the same answers, not only equal ones: what is shown changes only with these. Bytes that are
    /// alive have an address of their own, so that nothing long is compared.
    pub(super) fn has_same_answers(&self, other: &Self) -> bool {
        let source = |answer: &Answer| (answer.at, answer.raw.as_ptr(), answer.raw.len());
        let sources = |subject: &Self| [&subject.single, &subject.list].map(|answer| answer.as_ref().map(source));
        sources(self) == sources(other)
    }

    /// Whether both answers are the same bytes as before: then only the times may differ.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let same = |one: &Option<Answer>, other: &Option<Answer>| match (one, other) {
            (Some(one), Some(other)) => one.is_same(other),
            (None, None) => true,
            _ => false,
        };
        same(&self.single, &other.single) && same(&self.list, &other.list)
    }

    /// Whether a full record is to be fetched: it is missing, or the list contradicts it since.
    pub(super) const fn lacks_single(&self) -> bool {
        self.id.is_some() && (!self.is_whole() || self.is_outdated)
    }

    /// What the newest list answer said.
    pub(super) fn list_bytes(&self) -> Option<&Bytes> {
        self.list.as_ref().map(|list| &list.raw)
    }

    /// Whether the list answer came after the single one.
    pub(super) fn is_list_newer(&self) -> bool {
        self.list.as_ref().zip(self.answer()).is_some_and(|(list, shown)| list.at > shown.at)
    }
}

//! An element of `Items`: a submission, or what is none.

use bytes::Bytes;

use crate::submission::json::Json;
use crate::submission::read;
use crate::submission::row::Row;
use crate::text::Safe;

/// One element of `Items`: a slice of the page's bytes, and the row made of it. No `Debug`: it is identity data.
#[derive(Clone)]
pub enum Item {
    /// An object with an id.
    Readable {
        /// `submission_id`, of a repeated one the last.
        id: Box<str>,
        /// The item as sent.
        raw: Bytes,
        /// What the list shows of it, made where the answer is read and not on the loop.
        row: Box<Row>,
    },
    /// Anything else.
    Unreadable {
        /// The item as sent.
        raw: Bytes,
        /// Why.
        reason: Unreadable,
    },
}

impl Item {
    /// Reads an element of `Items` in the body of an answer.
    pub(super) fn read(item: Json<'_>, body: &Bytes) -> Self {
        let raw = body.slice_ref(item.as_sent().as_bytes());
        if !item.is_object() {
            return Self::Unreadable { raw, reason: Unreadable::NoObject };
        }
        let id = item.members().filter(|(key, _)| key == "submission_id").last();
        match id.and_then(|(_, id)| id.string()).filter(|id| !id.is_empty()) {
            Some(id) => Self::listed(id.into(), raw),
            None => Self::Unreadable { raw, reason: Unreadable::NoId },
        }
    }

    /// A submission as a list answer holds it: what it does not carry is not fetched.
    #[must_use]
    pub fn listed(id: Box<str>, raw: Bytes) -> Self {
        let row = Box::new(read::row(&raw, false));
        Self::Readable { id, raw, row }
    }

    /// The same as a single answer: what it does not carry is not there.
    #[must_use]
    pub fn whole(self) -> Self {
        match self {
            Self::Readable { id, raw, row } => Self::Readable { id, raw, row: Box::new(row.whole()) },
            unreadable @ Self::Unreadable { .. } => unreadable,
        }
    }

    /// The id of a submission; an unreadable item has none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Readable { id, .. } => Some(id),
            Self::Unreadable { .. } => None,
        }
    }

    /// The item as sent: one valid JSON value.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        match self {
            Self::Readable { raw, .. } | Self::Unreadable { raw, .. } => raw,
        }
    }
}

/// Why an item cannot be listed as a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not an object.
    NoObject,
    /// It has no `submission_id` that is a string with something in it.
    NoId,
}

impl Unreadable {
    /// The reason in words.
    #[must_use]
    pub const fn words(self) -> Safe {
        match self {
            Self::NoObject => Safe::word("it is no object"),
            Self::NoId => Safe::word("it has no submission_id that is a text with something in it"),
        }
    }
}

//! An element of `Items`: a submission, or another item.

use bytes::Bytes;
use jiff::Timestamp;

use crate::submission::json::Json;
use crate::submission::read;
use crate::submission::row::{Room, Row};
use crate::text::Safe;

/// Bytes of an id: more cannot be asked for in a URL.
const LONGEST_ID: usize = 4096;

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

/// An element of `Items` before its row is made: of many that are sent for one submission, one is wanted.
pub(super) struct Element {
    /// The item as sent.
    pub(super) raw: Bytes,
    /// Its id, or why it has none.
    pub(super) id: Result<Box<str>, Unreadable>,
}

impl Element {
    /// Reads an element of `Items` in the body of an answer.
    pub(super) fn read(item: Json<'_>, body: &Bytes) -> Self {
        let raw = body.slice_ref(item.as_sent().as_bytes());
        if !item.is_object() {
            return Self { raw, id: Err(Unreadable::NoObject) };
        }
        let sent = item.members().filter(|(key, _)| key == "submission_id").last().map(|(_, id)| id);
        // Escaped, a character takes up to six.
        let is_long = sent.is_some_and(|id| id.as_sent().len() > 6 * LONGEST_ID + 2);
        let id = sent.filter(|_| !is_long).and_then(Json::string).filter(|id| !id.is_empty());
        let id = match id {
            Some(id) if id.len() <= LONGEST_ID => Ok(id.into()),
            None if !is_long => Err(Unreadable::NoId),
            _ => Err(Unreadable::LongId),
        };
        Self { raw, id }
    }

    /// The item of a list, with its row.
    pub(super) fn listed(self, room: &mut Room) -> Item {
        match self.id {
            Ok(id) => {
                let row = Box::new(read::row_within(room, &self.raw, false));
                Item::Readable { id, raw: self.raw, row }
            }
            Err(reason) => Item::Unreadable { raw: self.raw, reason },
        }
    }
}

impl Item {
    /// A submission as a list answer holds it: what it does not carry is not fetched.
    pub fn listed(id: Box<str>, raw: Bytes) -> Self {
        let row = Box::new(read::row(&raw, false));
        Self::Readable { id, raw, row }
    }

    /// The same as a single answer: what it does not carry is not there.
    #[must_use]
    pub fn as_full_record(self) -> Self {
        match self {
            Self::Readable { id, raw, row } => Self::Readable { id, raw, row: Box::new(row.of_full_record()) },
            unreadable @ Self::Unreadable { .. } => unreadable,
        }
    }

    /// Notes in the row when the item came.
    pub fn set_loaded(&mut self, at: Timestamp) {
        if let Self::Readable { row, .. } = self {
            row.set_loaded(at);
        }
    }

    /// The id of a submission; an unreadable item has none.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Readable { id, .. } => Some(id),
            Self::Unreadable { .. } => None,
        }
    }

    /// When a submission was created, if that can be read.
    pub fn created(&self) -> Option<Timestamp> {
        match self {
            Self::Readable { row, .. } => row.created(),
            Self::Unreadable { .. } => None,
        }
    }

    /// The item as sent: one valid JSON value.
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
    /// Its `submission_id` is so long that it cannot be asked for.
    LongId,
}

impl Unreadable {
    /// The reason in words.
    pub const fn words(self) -> Safe {
        match self {
            Self::NoObject => Safe::from_static("not a JSON object"),
            Self::NoId => Safe::from_static("no submission_id, or an empty one"),
            Self::LongId => Safe::from_static("submission_id longer than 4,096 bytes"),
        }
    }
}

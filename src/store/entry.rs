//! One loaded item: a submission with the answers about it, or an item that cannot be read.

use bytes::Bytes;
use jiff::Timestamp;

use super::entry_parts::EntryParts;
use crate::api::Unreadable;
use crate::submission::assessment::Screening;
use crate::submission::findings::Grade;
use crate::submission::row::{Column, NO_ROW, Row};

/// One answer about one submission (list data or full record): the received bytes and the time of receipt.
#[derive(Clone)]
pub struct Answer {
    /// Bytes of the item (one element of the list `Items`), as received.
    pub raw: Bytes,
    /// Time when this answer of the service was received.
    pub at: Timestamp,
}

impl Answer {
    /// Returns this answer. If its bytes are equal to those of `older` (an earlier answer about the same submission, or
    /// `None`), the result shares the memory of the earlier answer. Equal bytes are then in memory only once, and need
    /// not be parsed again.
    #[must_use]
    pub(super) fn or_same(self, older: Option<&Self>) -> Self {
        match older.filter(|older| older.raw == self.raw) {
            Some(older) => Self { raw: older.raw.clone(), ..self },
            None => self,
        }
    }

    /// Returns whether this answer and `other` share their bytes in memory. Returns false for equal bytes at two places
    /// in memory.
    pub fn is_same(&self, other: &Self) -> bool {
        self.raw.as_ptr_range() == other.raw.as_ptr_range()
    }
}

/// Content of an entry of the store: the service's answers about one submission (list data, full record or both), or an
/// unreadable item.
pub enum Content {
    /// A submission. At least one of its two answers was received.
    Readable {
        /// Newest list data of the submission; `None` if only the full record was received.
        list: Option<Answer>,
        /// Newest full record of the submission; `None` if only list data was received.
        single: Option<Answer>,
    },
    /// An item that is not a JSON object or has no usable id.
    Unreadable {
        /// Bytes of the item (one element of the list `Items`), as received.
        raw: Bytes,
        /// Reason why the item cannot be read.
        reason: Unreadable,
        /// Time when the item was received.
        at: Timestamp,
    },
}

/// One loaded item of the store: a submission, or an item that cannot be read.
pub struct Entry {
    /// Row of the item for the list, made from all answers; `None` for an unreadable item.
    pub(super) row: Option<Box<Row>>,
    /// Row of the list data alone and row of the full record alone; `None` if only one of the two answers was received.
    pub(super) rows: Option<Box<[Row; 2]>>,
    pub(super) content: Content,
    pub(super) is_outdated: bool,
    pub(super) parts: EntryParts,
    pub(super) grade: Option<Grade>,
}

impl Entry {
    /// Creates an entry from the first answer about an item. `row` is `None` for an unreadable item.
    pub(super) fn new(row: Option<Box<Row>>, content: Content) -> Self {
        Self { row, rows: None, content, is_outdated: false, parts: EntryParts::default(), grade: None }
    }

    /// Returns the row of the entry, which combines the submission's data from the list and from the full record. If
    /// both have a value for a column, the row has the value that was received later. The row of an unreadable item is
    /// empty.
    pub fn row(&self) -> &Row {
        self.row.as_deref().unwrap_or(&NO_ROW)
    }

    /// Returns the content of the entry: the service's answers about the submission (list data, full record or both),
    /// or the unreadable item.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// Returns whether the full record of the submission is outdated: newer list data holds values that contradict the
    /// full record.
    pub const fn is_outdated(&self) -> bool {
        self.is_outdated
    }

    /// Returns whether a part of the submission, fetched with `request_type`, was joined to its list data. The bytes of
    /// the list data are then no longer exactly those of one answer.
    pub const fn has_parts(&self) -> bool {
        self.parts.is_joined
    }

    /// Returns the most severe grade of what is known against the submission: of the findings about its full record, and
    /// an alert if any answer says Red Flag. Returns `None` if there is no finding, or if no full record was examined for
    /// findings yet or the examined record is outdated.
    pub fn grade(&self) -> Option<Grade> {
        let screening = self.row().cell(Column::Aml).text().map(Screening::read);
        let flag = screening.filter(|screening| *screening == Screening::RedFlag).map(|_| Grade::Alert);
        self.grade.into_iter().chain(flag).min().filter(|_| !self.is_outdated)
    }

    /// Returns the submission id of the entry; `None` for an unreadable item.
    pub fn id(&self) -> Option<&str> {
        match self.content {
            Content::Readable { .. } => Some(self.row().id()),
            Content::Unreadable { .. } => None,
        }
    }
}

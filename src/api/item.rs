//! The elements of the list `Items` in an answer of the service: submissions, and items that cannot be read.

use bytes::Bytes;
use jiff::Timestamp;

use crate::submission::join::join_records;
use crate::submission::json::Json;
use crate::submission::read;
use crate::submission::row::{Cell, Column, Room, Row};
use crate::text::Safe;

/// Largest length of a submission id, in bytes. A submission with a longer id could not be requested, since the id is
/// sent in a URL.
const MAX_ID_BYTES: usize = 4096;

/// One element of the list `Items` in an answer of the service. It holds its bytes (a slice of the answer). For a
/// submission, it also holds the row for the list on the screen, which is made from the bytes. The type does not
/// implement `Debug`, since an item is identity data.
#[derive(Clone)]
pub enum Item {
    /// A submission: a JSON object with a submission id that can be requested.
    Readable {
        /// Submission id (`submission_id`). If the item holds `submission_id` several times, this is the last of them.
        id: Box<str>,
        /// Bytes of the item, exactly as the service sent them.
        raw: Bytes,
        /// Values of the item that the list on the screen shows. The row is made while the answer is read, so that the
        /// event loop of the screen is not delayed.
        row: Box<Row>,
    },
    /// An item that cannot be listed as a submission.
    Unreadable {
        /// Bytes of the item, exactly as the service sent them.
        raw: Bytes,
        /// Reason why the item cannot be listed as a submission.
        reason: Unreadable,
    },
}

/// One element of the list `Items` of an answer, for which no row for the list on the screen is made yet. Rows are made
/// later because only one element of an answer may be needed, for example if one submission was requested.
#[derive(Clone)]
pub(super) struct AnswerElement {
    /// Bytes of the item, exactly as the service sent them.
    pub(super) raw: Bytes,
    /// Submission id of the element, or the reason why the element has no usable id.
    pub(super) id: Result<Box<str>, Unreadable>,
}

impl AnswerElement {
    /// Reads `item`, one element of the list `Items`, from `body`, the body of the answer that holds the item.
    pub(super) fn read(item: Json<'_>, body: &Bytes) -> Self {
        let raw = body.slice_ref(item.as_sent().as_bytes());
        if !item.is_object() {
            return Self { raw, id: Err(Unreadable::NoObject) };
        }
        let id = read_id(item);
        Self { raw, id }
    }

    /// Converts this element into an [`Item`] with a row for the list on the screen. Fields that the element lacks
    /// count as not fetched, as list data has fewer fields than a full record. `room` is the memory that is left for
    /// texts in rows of the same page. If this memory is used up, the row keeps only the beginning of a longer text.
    pub(super) fn into_list_item(self, room: &mut Room) -> Item {
        match self.id {
            Ok(id) => {
                let row = Box::new(read::row_within(room, &self.raw, false));
                Item::Readable { id, raw: self.raw, row }
            }
            Err(reason) => Item::Unreadable { raw: self.raw, reason },
        }
    }
}

/// Returns the id of `item`, one JSON object. If the object has several members `submission_id`, the last one counts.
///
/// # Errors
/// Returns the reason why the object has no usable id.
pub(crate) fn read_id(item: Json<'_>) -> Result<Box<str>, Unreadable> {
    let sent = item.members().filter(|(key, _)| key == "submission_id").last().map(|(_, id)| id);
    // An escaped character takes up to six bytes.
    let is_long = sent.is_some_and(|id| id.as_sent().len() > 6 * MAX_ID_BYTES + 2);
    let id = sent.filter(|_| !is_long).and_then(Json::string).filter(|id| !id.is_empty());
    match id {
        Some(id) if id.len() <= MAX_ID_BYTES => Ok(id.into()),
        None if !is_long => Err(Unreadable::NoId),
        _ => Err(Unreadable::LongId),
    }
}

impl Item {
    /// Creates a submission with this id from list data. `raw` is the JSON text of the submission. A field that is
    /// missing in the text counts as not fetched, since list data leaves fields out.
    pub fn from_list(id: Box<str>, raw: Bytes) -> Self {
        let row = Box::new(read::row(&raw, false));
        Self::Readable { id, raw, row }
    }

    /// Returns this item, marked as a full record (the answer about a single submission). In the row of a full record,
    /// a missing field counts as empty. In list data, a missing field counts as "not fetched", because list data leaves
    /// fields out.
    #[must_use]
    pub fn as_full_record(self) -> Self {
        match self {
            Self::Readable { id, raw, row } => Self::Readable { id, raw, row: Box::new(row.of_full_record()) },
            unreadable @ Self::Unreadable { .. } => unreadable,
        }
    }

    /// Returns this item (list data of a submission) joined with `part`: a later answer that holds some more fields of
    /// the same submission, such as `aml`. The bytes hold the members of both answers (see [`join_records`]), and the
    /// row is made from these bytes. `room` is the memory that is left for the rows of one page. If one of the two
    /// items is unreadable, this item is returned unchanged.
    #[must_use]
    pub fn joined_with(self, part: &Self, room: &mut Room) -> Self {
        match (self, part) {
            (Self::Readable { id, raw, row: older }, Self::Readable { raw: newer, row: of_part, .. }) => {
                let raw = Bytes::from(join_records(&raw, newer));
                let mut row = Box::new(read::row_within(room, &raw, false));
                // What is computed counts up to the answer with the status.
                let source = if of_part.cell(Column::Status) == Cell::NotFetched { older } else { of_part.clone() };
                source.loaded().into_iter().for_each(|at| row.set_loaded_at(at));
                Self::Readable { id, raw, row }
            }
            (item, _) => item,
        }
    }

    /// Returns this item with its bytes copied to new memory, so that the item does not keep the whole answer in
    /// memory.
    #[must_use]
    pub fn with_own_memory(mut self) -> Self {
        let (Self::Readable { raw, .. } | Self::Unreadable { raw, .. }) = &mut self;
        *raw = Bytes::copy_from_slice(raw);
        self
    }

    /// Stores the time `loaded_at`, at which the item was received, in its row. Does nothing if the item has no row.
    pub fn set_loaded_at(&mut self, loaded_at: Timestamp) {
        if let Self::Readable { row, .. } = self {
            row.set_loaded_at(loaded_at);
        }
    }

    /// Returns the submission id of this item; `None` for an unreadable item.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Readable { id, .. } => Some(id),
            Self::Unreadable { .. } => None,
        }
    }

    /// Returns the time when the submission was created at the service; `None` if the item has no readable creation
    /// time.
    pub fn created_at(&self) -> Option<Timestamp> {
        match self {
            Self::Readable { row, .. } => row.created(),
            Self::Unreadable { .. } => None,
        }
    }

    /// Returns the bytes of the item, exactly as the service sent them. The bytes are one valid JSON value.
    pub const fn raw(&self) -> &Bytes {
        match self {
            Self::Readable { raw, .. } | Self::Unreadable { raw, .. } => raw,
        }
    }
}

/// Reason why an item cannot be listed as a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The item is not a JSON object.
    NoObject,
    /// The item has no `submission_id`, or the `submission_id` is empty or not a string.
    NoId,
    /// The `submission_id` is too long to be requested.
    LongId,
    /// The text of a record in a file is not JSON.
    NotJson,
    /// The record in a file is encrypted with the service's Secure Data Transfer.
    Encrypted,
}

impl Unreadable {
    /// Returns in words why an item of the list is unreadable, such as `not a JSON object`.
    pub const fn words(self) -> Safe {
        match self {
            Self::NoObject => Safe::from_static("not a JSON object"),
            Self::NoId => Safe::from_static("no submission_id, or an empty one"),
            Self::LongId => Safe::from_static("submission_id longer than 4,096 bytes"),
            Self::NotJson => Safe::from_static("not JSON"),
            Self::Encrypted => Safe::from_static("encrypted: decrypt it before opening the file"),
        }
    }
}

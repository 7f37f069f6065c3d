//! One loaded item of the list: a submission with the service's answers about it, or an item that cannot be read as
//! one.

use bytes::Bytes;
use jiff::Timestamp;

use super::entry_parts::EntryParts;
use super::kept::{AnswerDigest, KeptBytes};
use crate::api::Unreadable;
use crate::submission::assessment::Screening;
use crate::submission::findings::Grade;
use crate::submission::row::{Column, Row};

/// One answer of the service about one submission (its list data or its full record): the bytes, which may be packed in
/// memory, and the time of receipt. A clone shares the memory of the bytes.
#[derive(Clone)]
pub struct Answer {
    pub(super) kept: KeptBytes,
    /// Time when this answer of the service was received.
    pub at: Timestamp,
}

impl Answer {
    /// Creates an answer from `raw`, the received bytes of the submission. `at` is the time of receipt.
    pub fn new(raw: Bytes, at: Timestamp) -> Self {
        Self { kept: KeptBytes::outside_blocks(raw), at }
    }

    /// Returns the bytes of the answer, as received. If they are packed, they are unpacked together with those of about
    /// fifty other submissions, which takes about 0.2 ms. The result keeps all these bytes in memory, so the caller
    /// should drop it soon.
    pub fn raw(&self) -> Bytes {
        self.kept.bytes()
    }

    /// Returns the number of bytes of the answer, unpacked.
    pub const fn size(&self) -> usize {
        self.kept.len()
    }

    /// Returns the digest (hash) of the bytes of the answer. Answers with equal digests have equal bytes.
    pub const fn digest(&self) -> AnswerDigest {
        self.kept.digest()
    }

    /// Returns this answer, but sharing the memory of `older` if both have equal bytes, so that the bytes are in memory
    /// only once. `older` is an earlier answer about the same submission, or `None`.
    #[must_use]
    pub(super) fn or_same(self, older: Option<&Self>) -> Self {
        match older.filter(|older| older.is_same(&self)) {
            Some(older) => Self { kept: older.kept.clone(), ..self },
            None => self,
        }
    }

    /// Returns whether this answer and `other` have equal bytes, so that only one of them must be parsed. Nothing is
    /// unpacked for this.
    pub fn is_same(&self, other: &Self) -> bool {
        self.size() == other.size() && self.digest() == other.digest()
    }
}

/// Content of an entry of the store: a submission, as the service's answers describe it, or an item of the list that is
/// not a submission.
pub enum Content {
    /// A submission. Its list data, its full record, or both were received.
    Readable {
        /// Newest list data of the submission; `None` if only the full record was received.
        list: Option<Answer>,
        /// Newest full record of the submission; `None` if only list data was received.
        single: Option<Box<Answer>>,
    },
    /// An item that is not a JSON object or has no usable id.
    Unreadable {
        /// The item as received.
        answer: Answer,
        /// Reason why the item cannot be read.
        reason: Unreadable,
    },
}

/// The findings about one submission, as far as its row in the list tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFindings {
    /// The full record was not opened yet, so that its findings are not known.
    NotChecked,
    /// The full record has no finding.
    NoneFound,
    /// There are findings; this is the grade of the most severe one.
    Worst(Grade),
}

impl From<Option<Grade>> for RowFindings {
    /// Returns the findings of a full record whose most severe finding has this grade; `None` for a record without
    /// findings.
    fn from(grade: Option<Grade>) -> Self {
        grade.map_or(Self::NoneFound, Self::Worst)
    }
}

/// One loaded item of the store: a submission, or an item that cannot be read.
pub struct Entry {
    /// The row of the list data alone and the row of the full record alone, in this order. `None` if not both of them
    /// were received.
    pub(super) rows: Option<Box<[Row; 2]>>,
    pub(super) content: Content,
    pub(super) is_outdated: bool,
    pub(super) parts: EntryParts,
    /// The findings about the full record that was opened last.
    pub(super) findings: RowFindings,
}

impl Entry {
    /// Creates an entry with `content`, the first answer of the service about an item.
    pub(super) fn new(content: Content) -> Self {
        Self {
            rows: None,
            content,
            is_outdated: false,
            parts: EntryParts::default(),
            findings: RowFindings::NotChecked,
        }
    }

    /// Returns the content of the entry: the service's answers about the submission (list data, full record or both),
    /// or the item that cannot be read as a submission.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// Iterates over the one or two answers of the service that the entry holds. For a submission, these are list data,
    /// full record, or both; for an unreadable item, the item itself.
    fn answers(&self) -> impl Iterator<Item = &Answer> {
        let answers = match &self.content {
            Content::Readable { list, single } => [list.as_ref(), single.as_deref()],
            Content::Unreadable { answer, .. } => [Some(answer), None],
        };
        answers.into_iter().flatten()
    }

    /// Iterates over the bytes of each of the one or two answers of the service that the entry holds.
    pub(super) fn kept(&self) -> impl Iterator<Item = &KeptBytes> {
        self.answers().map(|answer| &answer.kept)
    }

    /// Iterates over the bytes of each answer that the entry holds, to change them. The caller may only replace them by
    /// the same bytes in another block of memory.
    pub(super) fn kept_mut(&mut self) -> impl Iterator<Item = &mut KeptBytes> {
        let answers = match &mut self.content {
            Content::Readable { list, single } => [list.as_mut(), single.as_deref_mut()],
            Content::Unreadable { answer, .. } => [Some(answer), None],
        };
        answers.into_iter().flatten().map(|answer| &mut answer.kept)
    }

    /// Returns whether the full record of the submission is outdated: list data that arrived after the full record was
    /// requested contradicts it.
    pub const fn is_outdated(&self) -> bool {
        self.is_outdated
    }

    /// Returns whether the list data of this submission was extended by a part that was requested separately with
    /// `request_type`, such as `aml`. The bytes of the list data are then no longer exactly those of one answer of the
    /// service.
    pub const fn has_parts(&self) -> bool {
        self.parts.is_joined
    }

    /// Returns the findings about the submission, from two sources: its full record, if it was opened, and its row
    /// `row`. A text with invisible characters and the AML status `Red Flag` are alerts that the row itself shows. An
    /// outdated full record counts as not checked.
    pub fn findings(&self, row: &Row) -> RowFindings {
        let screening = row.cell(Column::Aml).text().map(Screening::read);
        match self.findings {
            _ if row.has_invisible() => RowFindings::Worst(Grade::Alert),
            _ if self.is_outdated => RowFindings::NotChecked,
            _ if screening == Some(Screening::RedFlag) => RowFindings::Worst(Grade::Alert),
            findings => findings,
        }
    }

    /// Returns whether the entry is a submission, and not an unreadable item.
    pub const fn is_readable(&self) -> bool {
        matches!(self.content, Content::Readable { .. })
    }
}

//! The opened answers about one submission, and their comparison.

use bytes::Bytes;

use crate::submission::answers::Differences;
use crate::submission::row::Classes;
use crate::submission::{Document, classes_of_both};

/// The answer that is shown, and the list record if the full record is shown.
pub struct ShownAnswer {
    /// The opened answer.
    pub document: Document,
    /// The list record, if the full record is shown and the list holds the submission, too.
    pub list: Option<ListAnswer>,
    /// The privacy classes of the columns of the list row, by both answers.
    pub classes: Option<Classes>,
}

/// The list record of a submission whose full record is shown.
pub struct ListAnswer {
    /// The opened list record.
    pub document: Document,
    /// Whether the list record was fetched after the full record.
    pub newer: bool,
    /// The differences between the list record and the full record.
    pub differences: Differences,
}

impl ListAnswer {
    /// Drops the opened list record to free its memory, and notes that it was not compared: a newer one is being
    /// read.
    pub(super) fn drop_document(&mut self) {
        let differences = Differences { unread: 1, ..Differences::default() };
        *self = Self { document: Document::read(b"{}", false), newer: self.newer, differences };
    }
}

/// Answers to be opened.
pub struct Answers {
    /// The bytes of the answer that is shown.
    pub raw: Bytes,
    /// Whether the shown answer is the full record.
    pub whole: bool,
    /// The bytes of the list record if it is to be compared, and whether it was fetched later than the shown answer.
    pub list: Option<(Bytes, bool)>,
}

impl Answers {
    /// Returns the number of bytes of all answers.
    pub fn len(&self) -> usize {
        self.raw.len() + self.list.as_ref().map_or(0, |(list, _)| list.len())
    }

    /// Returns whether the answers have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Parses and compares the answers; the time for this grows in proportion to their length.
    pub fn open(&self) -> ShownAnswer {
        let mut document = Document::open(&self.raw, self.whole);
        let list = self.list.as_ref().map(|(list, newer)| {
            let mut list = Document::open(list, false);
            // What one of them makes private stays masked in the other one.
            document.share_masked(&mut list);
            let differences = Differences::of(&list, &document);
            ListAnswer { document: list, newer: *newer, differences }
        });
        let classes = list.as_ref().map(|list| classes_of_both(&list.document, &document));
        ShownAnswer { document, list, classes }
    }
}

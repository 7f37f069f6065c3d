//! The answers about one submission, opened and compared.

use bytes::Bytes;

use crate::submission::answers::Differences;
use crate::submission::row::Classes;
use crate::submission::{Document, classes_of_both};

/// The answer that is shown, and what the list said beside it.
pub struct ShownAnswer {
    /// The answer.
    pub document: Document,
    /// The list's, where the single one is shown and both are there.
    pub list: Option<ListAnswer>,
    /// How private the list's row is by both of them.
    pub classes: Option<Classes>,
}

/// What a list answer said of a submission whose single answer is shown.
pub struct ListAnswer {
    /// The answer, opened.
    pub document: Document,
    /// Whether it came after the single answer.
    pub newer: bool,
    /// Where it says otherwise.
    pub differences: Differences,
}

impl ListAnswer {
    /// Gives the answer back and keeps that it was not compared: a newer one is being read.
    pub(super) fn drop_document(&mut self) {
        let differences = Differences { unread: 1, ..Differences::default() };
        *self = Self { document: Document::read(b"{}", false), newer: self.newer, differences };
    }
}

/// Answers to be opened.
pub struct Answers {
    /// The one that is shown.
    pub raw: Bytes,
    /// Whether that is a single answer.
    pub whole: bool,
    /// The list's beside it, and whether it came later.
    pub list: Option<(Bytes, bool)>,
}

impl Answers {
    /// Bytes of all of them.
    pub fn len(&self) -> usize {
        self.raw.len() + self.list.as_ref().map_or(0, |(list, _)| list.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Opens them: work in proportion to their length.
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

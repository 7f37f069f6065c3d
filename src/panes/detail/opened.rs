//! The parsed answers about one submission, and the comparison of these answers.

use crate::kit::Ticket;
use crate::store::Answer;
use crate::submission::answers::Differences;
use crate::submission::findings::{self, Grade};
use crate::submission::row::Classes;
use crate::submission::{Document, classes_of_both};

/// The parsed answer that the detail pane shows: the full record, or the list record (the submission's item on a page
/// of the list). If it is the full record, the list record is kept with it for comparison.
pub struct ShownAnswer {
    /// The parsed answer that is shown: the full record or the list record.
    pub document: Document,
    /// The list record for comparison, if the full record is shown and the list also contains the submission; `None`
    /// otherwise.
    pub list: Option<ListAnswer>,
    /// The privacy class of each cell in the submission's row of the list: it says at which mask levels the cell is
    /// hidden. The classes are determined from the list record and the full record together. `None` if there is no list
    /// record.
    pub classes: Option<Classes>,
    /// The most severe grade (alert, warning or note) of the findings that the Summary tab shows for the full record.
    /// Its differences from the list record count as findings. `None` if there is no finding, or if only the list
    /// record is known.
    pub grade: Option<Grade>,
}

/// The list record (the item on a page of the list) of a submission whose full record is shown, and how the two differ.
pub struct ListAnswer {
    /// The parsed list record.
    pub document: Document,
    /// Whether the list record was fetched after the full record.
    pub newer: bool,
    /// The differences between the list record and the full record.
    pub differences: Differences,
}

impl ListAnswer {
    /// Discards the parsed list record to free its memory. The differences then say that the two records were not
    /// compared. The caller does this while a newer list record is parsed.
    pub(super) fn drop_document(&mut self) {
        let differences = Differences { unread: 1, ..Differences::default() };
        *self = Self { document: Document::parse_copy(b"{}", false), newer: self.newer, differences };
    }
}

/// Answers of the service about the shown submission that are so large that parsing them takes time. A background task
/// parses them, so that the screen does not freeze.
pub struct ParseTask {
    /// The ticket (number) of the background task. The caller passes the ticket back with the parsed answers, see
    /// [`Detail::set_parsed`](super::Detail::set_parsed).
    pub ticket: Ticket,
    /// The answers that the background task is to parse.
    pub answers: AnswersToParse,
}

/// The answers of the service about one submission that are to be parsed.
pub struct AnswersToParse {
    /// The answer that the detail pane shows: the full record or the list record.
    pub shown: Answer,
    /// Whether the shown answer is the full record.
    pub whole: bool,
    /// The list record that is to be compared with the shown answer, and whether the list record was
    /// fetched later than that answer. `None` if there is nothing to compare.
    pub list: Option<(Answer, bool)>,
}

impl AnswersToParse {
    /// Returns the number of bytes that [`Self::parse`] parses: those of the shown answer, plus those of the list
    /// record that is to be compared with it, if there is one.
    pub fn len(&self) -> usize {
        self.shown.size() + self.list.as_ref().map_or(0, |(list, _)| list.size())
    }

    /// Returns whether the service's answers about the submission together have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Parses the service's answers about the submission. If there is a list record beside the full record, the two are
    /// compared. The time for this grows in proportion to the length of the answers.
    pub fn parse(&self) -> ShownAnswer {
        let mut document = Document::parse(&self.shown.raw(), self.whole);
        let list = self.list.as_ref().map(|(list, newer)| {
            let mut list = Document::parse(&list.raw(), false);
            // What one of them makes private stays masked in the other one.
            document.share_masked(&mut list);
            let differences = Differences::of(&list, &document);
            ListAnswer { document: list, newer: *newer, differences }
        });
        let classes = list.as_ref().map(|list| classes_of_both(&list.document, &document));
        let differs = list.as_ref().is_some_and(|list| list.differences.count() + list.differences.unread > 0);
        let findings = self.whole.then(|| findings::worst(&document)).flatten();
        let grade = findings.into_iter().chain(differs.then_some(Grade::Warning)).min();
        ShownAnswer { document, list, classes, grade }
    }
}

//! The entries of the copy menu that copy a text about one or more submissions: ids, e-mail addresses, CSV rows,
//! summaries, and command lines. The submissions are the marked ones, or without marks the one in the detail pane.

use std::borrow::Cow;

use super::compose::{FinishedText, TextKind, TextRequest, as_shown};
use super::copy::CopiedPart;
use super::{Effect, Model};
use crate::access::AccessAction;
use crate::panes::detail::SummaryStyle;
use crate::store::{KnownAnswers, KnownSubmission};
use crate::submission::row::{Cell, Column, Row};
use crate::text::{Safe, counted, grouped};

/// An entry of the copy menu that copies a text about one or more submissions.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct GroupCopy {
    kind: GroupKind,
    /// Whether the text is about the marked submissions. If false, it is about the submission in the detail pane.
    is_of_marks: bool,
    /// Number of values that are copied.
    count: usize,
    /// Number of submissions whose value, such as the e-mail address, was not fetched yet.
    unfetched: usize,
    /// Number of submissions that have no value to copy, such as no e-mail address.
    empty: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GroupKind {
    Ids,
    Emails,
    Csv,
    Summary,
    ShowCall,
    ListCall,
}

impl GroupCopy {
    /// Returns whether the copied text is about the marked submissions.
    pub(super) const fn is_of_marks(&self) -> bool {
        self.is_of_marks
    }

    /// Returns the name of this menu entry, with the number of values that it copies, such as `3 submission ids
    /// (marked)`.
    pub(super) fn label(&self) -> Safe {
        let marked = |noun: &str| Safe::sanitize(&format!("{} (marked)", counted(self.count, noun)));
        match (self.kind, self.is_of_marks) {
            (GroupKind::Ids, _) => marked("submission id"),
            (GroupKind::Emails, true) => marked("e-mail"),
            (GroupKind::Csv, true) => marked("CSV row"),
            (GroupKind::Summary, true) => Safe::sanitize(&format!("{} (marked)", summaries(self.count))),
            (GroupKind::ShowCall, true) => Safe::sanitize(&format!("Command: show {} marked", grouped(self.count))),
            (GroupKind::Emails, false) => Safe::from_static("E-mail"),
            (GroupKind::Csv, false) => Safe::from_static("CSV row"),
            (GroupKind::Summary, false) => Safe::from_static("Summary"),
            (GroupKind::ShowCall, false) => Safe::from_static("Command: show this one"),
            (GroupKind::ListCall, _) => Safe::from_static("Command: list (this filter)"),
        }
    }

    /// Returns a description of the copied text for the notice after the copying, such as `3 submission ids`. It
    /// includes how many submissions have no such value.
    fn noun(&self) -> Safe {
        let noun = match self.kind {
            GroupKind::Ids => counted(self.count, "submission id"),
            GroupKind::Emails => counted(self.count, "e-mail"),
            GroupKind::Csv => format!("{} with a heading", counted(self.count, "CSV row")),
            GroupKind::Summary => summaries(self.count),
            GroupKind::ShowCall => "command line of show".to_owned(),
            GroupKind::ListCall => "command line of this list".to_owned(),
        };
        Safe::sanitize(&format!("{noun}{}", self.missing_values_note()))
    }

    /// Returns the end of a sentence about the submissions without a value to copy, such as
    /// ` · 1 not fetched · 2 without one`. The example means: one value was not fetched, and two submissions have no
    /// such value. Returns an empty text if every submission has a value.
    fn missing_values_note(&self) -> String {
        let lacking = [(self.unfetched, "not fetched"), (self.empty, "without one")];
        let lacking = lacking.iter().filter(|(count, _)| *count > 0);
        lacking.map(|(count, what)| format!(" · {} {what}", grouped(*count))).collect()
    }
}

fn summaries(count: usize) -> String {
    if count == 1 { "1 summary".to_owned() } else { format!("{} summaries", grouped(count)) }
}

impl Model {
    /// Returns the entries of the copy menu that copy a text about submissions: the marked ones, or without marks the
    /// one in the detail pane.
    pub(super) fn group_copies(&self) -> Vec<GroupCopy> {
        let is_of_marks = self.selection.marks.len() > 0;
        let of = |kind, count| GroupCopy { kind, is_of_marks, count, unfetched: 0, empty: 0 };
        let submissions = self.submissions_to_copy();
        let mut copies = Vec::new();
        if !submissions.is_empty() {
            let known = submissions.iter().filter(|one| one.answers.is_some()).count();
            let mut emails = of(GroupKind::Emails, 0);
            for submission in &submissions {
                let row = self.known_row(&submission.id);
                match row.as_ref().map_or(Cell::NotFetched, |row| row.cell(Column::Email)) {
                    Cell::NotFetched | Cell::Unclear => emails.unfetched += 1,
                    Cell::Empty => emails.empty += 1,
                    Cell::Text(_) | Cell::Span(_) => emails.count += 1,
                }
            }
            copies.extend(is_of_marks.then(|| of(GroupKind::Ids, submissions.len())));
            copies.extend((emails.count > 0 || is_of_marks).then_some(emails));
            copies.extend((known > 0).then(|| of(GroupKind::Csv, known)));
            copies.push(of(GroupKind::Summary, submissions.len()));
            copies.push(of(GroupKind::ShowCall, submissions.len()));
        }
        copies.push(of(GroupKind::ListCall, 1));
        copies
    }

    /// Returns the text that the copy menu shows beside the entry `copy`. It is the beginning of the text that the
    /// entry copies, or a description such as `one per line`.
    pub(super) fn group_beginning(&self, copy: &GroupCopy) -> Safe {
        match copy.kind {
            GroupKind::Ids => Safe::from_static("one per line"),
            GroupKind::Emails if copy.is_of_marks => {
                Safe::sanitize(&format!("one per line{}", copy.missing_values_note()))
            }
            GroupKind::Emails => self.emails().into_iter().next().unwrap_or_default(),
            GroupKind::Csv => Safe::from_static("the columns of the list, with a heading"),
            GroupKind::Summary => Safe::from_static("plain text for a ticket"),
            GroupKind::ShowCall => command_words(self.show_call()),
            GroupKind::ListCall => command_words(self.list_call()),
        }
    }

    /// Copies the text of a menu entry about one or more submissions to the clipboard. A CSV or a summary is made by a
    /// background task, which parses the answers about the submissions. Such a text is copied when the task ends.
    pub(super) fn copy_group(&mut self, copy: &GroupCopy) {
        let what = CopiedPart::named(copy.noun(), self.mask);
        let ids = || self.submissions_to_copy().into_iter().map(|one| one.id).collect::<Vec<_>>();
        let text = match copy.kind {
            GroupKind::Ids => Ok((lines(self.shown_ids()), ids())),
            GroupKind::Emails => Ok((lines(self.emails()), ids())),
            GroupKind::ShowCall => self.show_call().map(|call| (call, ids())),
            GroupKind::ListCall => self.list_call().map(|call| (call, Vec::new())),
            GroupKind::Csv => return self.request_text(TextKind::Csv(self.csv_columns()), what),
            GroupKind::Summary => {
                let (zone, codes) = (self.zone.clone(), self.config.codes.clone());
                let style = SummaryStyle { mask: self.mask, zone, codes, is_of_file: self.is_offline() };
                return self.request_text(TextKind::Summary(style), what);
            }
        };
        match text {
            Ok((text, _)) if text.is_empty() => self.notify(Safe::from_static("Nothing to copy here"), false),
            Ok((text, ids)) => self.copy_text(text, what, ids),
            Err(reason) => self.notify(Safe::concat(&[Safe::from_static("Not copied: "), reason]), true),
        }
    }

    fn request_text(&mut self, kind: TextKind, copied: CopiedPart) {
        let ticket = self.tickets.issue();
        self.outgoing.text = Some(ticket);
        let (submissions, mask, longest) = (self.submissions_to_copy(), self.mask, self.max_copy_bytes());
        self.outbox.push(Effect::ComposeText(Box::new(TextRequest {
            ticket,
            kind,
            submissions,
            mask,
            max_bytes: longest,
            what: copied,
        })));
    }

    /// Copies `finished`, a text that a background task made, to the clipboard. The text is dropped if the user
    /// requested another such text or changed the mask level while the task ran.
    pub(super) fn text_finished(&mut self, finished: FinishedText) {
        if self.outgoing.text != Some(finished.ticket) {
            return;
        }
        self.outgoing.text = None;
        if finished.mask != self.mask {
            self.notify(Safe::from_static("Not copied: the mask level has changed meanwhile"), true);
            return;
        }
        match finished.text {
            Some(text) if text.is_empty() => self.notify(Safe::from_static("Nothing to copy here"), false),
            Some(text) => self.copy_text(text, finished.what, finished.ids),
            None => self.notify_too_long(),
        }
    }

    /// Sends a text to the clipboard, and records in the access log that data of the submissions `ids` was copied.
    /// `copied` describes the text for the notice about it.
    fn copy_text(&mut self, text: String, copied: CopiedPart, ids: Vec<Box<str>>) {
        if text.len() > self.max_copy_bytes() {
            return self.notify_too_long();
        }
        if !ids.is_empty() {
            self.outbox.push(Effect::RecordEach(AccessAction::Copy, ids));
        }
        self.send_copy(text, copied);
    }

    /// Returns the submissions that the group entries of the copy menu are about: the marked submissions, or the one in
    /// the detail pane if none is marked.
    pub(super) fn submissions_to_copy(&self) -> Vec<KnownSubmission> {
        if self.selection.marks.len() > 0 {
            return self.marked_submissions();
        }
        let subject = self.detail.subject().filter(|subject| subject.unreadable.is_none());
        let known = subject.and_then(|subject| {
            let (list, single) = (subject.list.clone(), subject.single.clone());
            let answers = (list.is_some() || single.is_some()).then_some(KnownAnswers { list, single });
            Some(KnownSubmission { id: subject.id.clone()?, answers })
        });
        known.into_iter().collect()
    }

    /// Returns the marked submissions. The submissions that the list shows come first, in the order of the list.
    pub(super) fn marked_submissions(&self) -> Vec<KnownSubmission> {
        let store = self.listing.value().map(|listing| &listing.store);
        let marked = self.selection.marks.in_order(store, self.rows.rows());
        marked.into_iter().map(|(id, answers)| KnownSubmission { id, answers }).collect()
    }

    /// Returns the list row of the submission `id`, which is loaded, marked, or in the detail pane. Returns `None` if
    /// no data of the submission is in memory.
    pub(super) fn known_row(&self, id: &str) -> Option<Cow<'_, Row>> {
        let store = self.listing.value().map(|listing| &listing.store);
        let loaded = store.and_then(|store| Some(Cow::Owned(store.row(store.index_of(id)?))));
        let detached = || self.selection.detached.as_ref().filter(|detached| *detached.id == *id)?.answer.as_ref();
        let kept = || self.selection.marks.kept_row(id).or_else(|| detached().map(|(_, row)| &**row));
        loaded.or_else(|| kept().map(Cow::Borrowed))
    }

    /// Returns the ids of the submissions that [`Self::submissions_to_copy`] returns, in the form that may be shown on
    /// the screen. They are masked at the current mask level, and each invisible character is replaced by a visible
    /// mark.
    pub(super) fn shown_ids(&self) -> Vec<Safe> {
        let class = |id: &str| self.known_row(id).map(|row| row.class(Column::Id)).unwrap_or_default();
        self.submissions_to_copy().iter().map(|one| as_shown(&one.id, class(&one.id), self.mask)).collect()
    }

    fn emails(&self) -> Vec<Safe> {
        let email = |one: &KnownSubmission| {
            let row = self.known_row(&one.id)?;
            Some(as_shown(row.cell(Column::Email).text()?, row.class(Column::Email), self.mask))
        };
        self.submissions_to_copy().iter().filter_map(email).collect()
    }
}

/// Returns the command line `call` as the copy menu shows it. If `call` is an error, returns the reason why no command
/// line can be copied.
fn command_words(call: Result<String, Safe>) -> Safe {
    call.map_or_else(|reason| reason, |call| Safe::sanitize(&call))
}

fn lines(texts: Vec<Safe>) -> String {
    Safe::join(&texts, "\n").as_str().to_owned()
}

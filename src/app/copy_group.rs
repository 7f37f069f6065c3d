//! Copying of texts about submissions: ids, e-mail addresses, CSV rows, summaries, and command lines. They are about the
//! marked submissions if there are marks, else about the submission in the detail pane.

use super::compose::{OrderedText, TextKind, TextOrder, as_shown};
use super::copy::CopiedPart;
use super::{Effect, Model};
use crate::access::AccessAction;
use crate::api::Item;
use crate::panes::detail::SummaryStyle;
use crate::store::{KnownAnswers, KnownSubmission};
use crate::submission::row::{Cell, Column, ColumnKind, Row};
use crate::text::{Mask, Safe, counted, grouped, shell_word};

/// An entry of the copy menu that copies a text about one or more submissions.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct GroupCopy {
    kind: GroupKind,
    /// Whether the text is about the marked submissions; otherwise about the submission in the detail pane.
    is_of_marks: bool,
    /// Number of values that are copied.
    count: usize,
    /// Number of submissions whose value was not fetched.
    unfetched: usize,
    /// Number of submissions that have no such value.
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
    /// Returns the name of the entry, with the number of what it copies, such as `3 ids`.
    pub(super) fn label(&self) -> Safe {
        let marked = |noun: &str| Safe::sanitize(&format!("{} (marked)", counted(self.count, noun)));
        match (self.kind, self.is_of_marks) {
            (GroupKind::Ids, _) => marked("id"),
            (GroupKind::Emails, true) => marked("e-mail"),
            (GroupKind::Csv, true) => marked("CSV row"),
            (GroupKind::Summary, true) => Safe::sanitize(&format!("{} (marked)", summaries(self.count))),
            (GroupKind::ShowCall, true) => Safe::sanitize(&format!("Command: show {} marked", grouped(self.count))),
            (GroupKind::Emails, false) => Safe::from_static("E-mail"),
            (GroupKind::Csv, false) => Safe::from_static("CSV row"),
            (GroupKind::Summary, false) => Safe::from_static("Summary"),
            (GroupKind::ShowCall, false) => Safe::from_static("Command: show this one"),
            (GroupKind::ListCall, _) => Safe::from_static("Command: this list"),
        }
    }

    /// Returns what the entry copies, for a notice.
    fn noun(&self) -> Safe {
        let lacking = [(self.unfetched, "not fetched"), (self.empty, "without one")];
        let noun = match self.kind {
            GroupKind::Ids => counted(self.count, "id"),
            GroupKind::Emails => counted(self.count, "e-mail"),
            GroupKind::Csv => format!("{} with a heading", counted(self.count, "CSV row")),
            GroupKind::Summary => summaries(self.count),
            GroupKind::ShowCall => "command line of show".to_owned(),
            GroupKind::ListCall => "command line of this list".to_owned(),
        };
        let lacking = lacking.iter().filter(|(count, _)| *count > 0);
        let lacking: String = lacking.map(|(count, what)| format!(" · {} {what}", grouped(*count))).collect();
        Safe::sanitize(&format!("{noun}{lacking}"))
    }
}

fn summaries(count: usize) -> String {
    if count == 1 { "1 summary".to_owned() } else { format!("{} summaries", grouped(count)) }
}

impl Model {
    /// Returns the entries of the copy menu that are about submissions: the marked ones, or the one in the detail pane.
    pub(super) fn group_copies(&self) -> Vec<GroupCopy> {
        let is_of_marks = self.selection.marks.len() > 0;
        let of = |kind, count| GroupCopy { kind, is_of_marks, count, unfetched: 0, empty: 0 };
        let submissions = self.group();
        let mut copies = Vec::new();
        if !submissions.is_empty() {
            let known = submissions.iter().filter(|one| one.answers.is_some()).count();
            let mut emails = of(GroupKind::Emails, 0);
            for submission in &submissions {
                self.with_row(submission, |row| match row.map_or(Cell::NotFetched, |row| row.cell(Column::Email)) {
                    Cell::NotFetched | Cell::Unclear => emails.unfetched += 1,
                    Cell::Empty => emails.empty += 1,
                    Cell::Text(_) | Cell::Span(_) => emails.count += 1,
                });
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

    /// Returns the beginning of the text that an entry copies, or what the text is, as the copy menu shows it.
    pub(super) fn group_beginning(&self, copy: &GroupCopy) -> Safe {
        match copy.kind {
            GroupKind::Ids => Safe::from_static("one per line"),
            GroupKind::Emails if copy.is_of_marks => {
                let lacking = [(copy.unfetched, "not fetched"), (copy.empty, "without one")];
                let lacking = lacking.iter().filter(|(count, _)| *count > 0);
                let lacking: String = lacking.map(|(count, what)| format!(" · {} {what}", grouped(*count))).collect();
                Safe::sanitize(&format!("one per line{lacking}"))
            }
            GroupKind::Emails => self.emails().into_iter().next().unwrap_or_default(),
            GroupKind::Csv => Safe::from_static("the columns of the list, with a heading"),
            GroupKind::Summary => Safe::from_static("plain text for a ticket"),
            GroupKind::ShowCall | GroupKind::ListCall => match self.call(copy.kind) {
                Ok(call) => Safe::sanitize(&call),
                Err(reason) => reason,
            },
        }
    }

    /// Copies the text of an entry about submissions to the clipboard. Texts for which records must be parsed are made
    /// by a task, and copied when the task ends.
    pub(super) fn copy_group(&mut self, copy: &GroupCopy) {
        let what = CopiedPart::named(copy.noun(), self.mask);
        let ids = || self.group().into_iter().map(|one| one.id).collect::<Vec<_>>();
        let text = match copy.kind {
            GroupKind::Ids => Ok((lines(self.shown_ids()), ids())),
            GroupKind::Emails => Ok((lines(self.emails()), ids())),
            GroupKind::ShowCall => self.call(copy.kind).map(|call| (call, ids())),
            GroupKind::ListCall => self.call(copy.kind).map(|call| (call, Vec::new())),
            GroupKind::Csv => return self.order_text(TextKind::Csv(self.csv_columns()), what),
            GroupKind::Summary => {
                let (zone, codes) = (self.zone.clone(), self.config.codes.clone());
                return self.order_text(TextKind::Summary(SummaryStyle { mask: self.mask, zone, codes }), what);
            }
        };
        match text {
            Ok((text, _)) if text.is_empty() => self.notify(Safe::from_static("Nothing to copy here"), false),
            Ok((text, ids)) => self.copy_text(text, what, ids),
            Err(reason) => self.notify(Safe::concat(&[Safe::from_static("Not copied: "), reason]), true),
        }
    }

    fn order_text(&mut self, kind: TextKind, what: CopiedPart) {
        let ticket = self.tickets.issue();
        self.outgoing.text = Some(ticket);
        let (submissions, mask, longest) = (self.group(), self.mask, self.longest_copy());
        self.outbox.push(Effect::MakeText(Box::new(TextOrder { ticket, kind, submissions, mask, longest, what })));
    }

    /// Copies a text that a task made. A text of an earlier order, or of a mask level that no longer holds, is dropped.
    pub(super) fn text_made(&mut self, made: OrderedText) {
        if self.outgoing.text != Some(made.ticket) {
            return;
        }
        self.outgoing.text = None;
        if made.mask != self.mask {
            self.notify(Safe::from_static("Not copied: the mask level has changed meanwhile"), true);
            return;
        }
        match made.text {
            Some(text) if text.is_empty() => self.notify(Safe::from_static("Nothing to copy here"), false),
            Some(text) => self.copy_text(text, made.what, made.ids),
            None => self.notify_too_long(),
        }
    }

    /// Sends a text to the clipboard, and records in the access log that data of the submissions `ids` was copied.
    fn copy_text(&mut self, text: String, what: CopiedPart, ids: Vec<Box<str>>) {
        if text.len() > self.longest_copy() {
            return self.notify_too_long();
        }
        if !ids.is_empty() {
            self.outbox.push(Effect::RecordEach(AccessAction::Copy, ids));
        }
        self.send_copy(text, what);
    }

    /// Returns the submissions that a text is about: the marked ones, else the one in the detail pane.
    fn group(&self) -> Vec<KnownSubmission> {
        if self.selection.marks.len() > 0 {
            return self.marked();
        }
        let subject = self.detail.subject().filter(|subject| subject.unreadable.is_none());
        let known = subject.and_then(|subject| {
            let (list, single) = (subject.list.clone(), subject.single.clone());
            let answers = (list.is_some() || single.is_some()).then_some(KnownAnswers { list, single });
            Some(KnownSubmission { id: subject.id.clone()?, answers })
        });
        known.into_iter().collect()
    }

    /// Returns the marked submissions, those that the list shows first and in its order.
    pub(super) fn marked(&self) -> Vec<KnownSubmission> {
        let store = self.listing.value().map(|listing| &listing.store);
        let marked = self.selection.marks.in_order(store, self.rows.rows());
        marked.into_iter().map(|(id, answers)| KnownSubmission { id, answers }).collect()
    }

    /// Calls `read` with the row of a submission: that of the list, else one that is made from its answers. The row is
    /// `None` if nothing of the submission is in memory.
    fn with_row<T>(&self, submission: &KnownSubmission, mut read: impl FnMut(Option<&Row>) -> T) -> T {
        let store = self.listing.value().map(|listing| &listing.store);
        if let Some(entry) = store.and_then(|store| store.get(store.index_of(&submission.id)?)) {
            return read(Some(entry.row()));
        }
        match submission.record() {
            Some(Item::Readable { row, .. }) => read(Some(&row)),
            _ => read(None),
        }
    }

    fn shown_ids(&self) -> Vec<Safe> {
        let class = |row: Option<&Row>| row.map(|row| row.class(Column::Id)).unwrap_or_default();
        self.group().iter().map(|one| as_shown(&one.id, self.with_row(one, class), self.mask)).collect()
    }

    fn emails(&self) -> Vec<Safe> {
        let email = |row: Option<&Row>| {
            let row = row?;
            Some(as_shown(row.cell(Column::Email).text()?, row.class(Column::Email), self.mask))
        };
        self.group().iter().filter_map(|one| self.with_row(one, email)).collect()
    }

    /// Returns the headings of the list's columns in a CSV, those that are out of view included. A cell of the list may
    /// come from one of several fields, such as the name, so a column of the list can be several columns of the CSV. The
    /// number of attempts is no field: only a user who chose this column gets the attempts.
    pub(super) fn csv_columns(&self) -> Vec<String> {
        let shows_aml = self.listing.value().is_some_and(|listing| listing.store.knows_screening());
        let mut headings: Vec<String> = Vec::new();
        let is_chosen = self.list.chosen.is_some();
        let columns = self.list.all_columns(shows_aml).into_iter();
        for column in columns.filter(|column| is_chosen || column.kind() != ColumnKind::Count) {
            let of_column = match column.sent_paths() {
                [] => vec![column.csv_heading().into_owned()],
                paths => paths.iter().map(|path| (*path).to_owned()).collect(),
            };
            for heading in of_column {
                if !headings.contains(&heading) {
                    headings.push(heading);
                }
            }
        }
        headings
    }

    /// Returns the command line that shows the same without a screen: `list` for the query of the list, `show` for
    /// submissions.
    ///
    /// # Errors
    /// The reason why there is no such command line: it would have to name a value that the mask hides, or an invisible
    /// character.
    fn call(&self, kind: GroupKind) -> Result<String, Safe> {
        let hidden = Safe::from_static("the command line would name a value that the mask hides");
        let mut words: Vec<String> = vec!["argos-review".to_owned()];
        match kind {
            GroupKind::ShowCall => {
                words.push("show".to_owned());
                words.extend(self.config.call_options.iter().cloned());
                words.extend(self.mask_option());
                let group = self.group();
                for (shown, one) in self.shown_ids().iter().zip(&group) {
                    // A mask, or a mark in place of an invisible character.
                    if shown.as_str() != &*one.id {
                        return Err(hidden);
                    }
                }
                words.extend(group.iter().any(|one| one.id.starts_with('-')).then(|| "--".to_owned()));
                words.extend(group.into_iter().map(|one| one.id.into()));
            }
            _ => {
                let query = self.filter.applied();
                if query.terms().iter().any(|term| term.class().hidden_at(self.mask)) {
                    return Err(hidden);
                }
                let filter = query.with_absolute_dates();
                words.push("list".to_owned());
                let is_option = filter.starts_with('-');
                words.extend((!filter.is_empty() && !is_option).then(|| filter.clone()));
                words.push("--all".to_owned());
                words.extend(self.with_option());
                words.extend(self.list.chosen_keys().map(|keys| format!("--columns={keys}")));
                let sort = self.list.sort;
                let direction = if sort.descending { "desc" } else { "asc" };
                words.push(format!("--sort={}:{direction}", sort.column.spec().key));
                words.extend(self.config.call_options.iter().cloned());
                words.extend(self.mask_option());
                words.extend(is_option.then(|| "--".to_owned()).into_iter().chain(is_option.then_some(filter)));
            }
        }
        let call = command_line(&words);
        if Safe::sanitize_full(&call).as_str() != call {
            return Err(Safe::from_static("the command line would hold an invisible character"));
        }
        Ok(call)
    }

    /// Returns the option that joins the parts which the terms of the filter need; `None` if they need none.
    fn with_option(&self) -> Option<String> {
        let parts = self.term_parts();
        (!parts.is_empty()).then(|| format!("--with={}", parts.words()))
    }

    fn mask_option(&self) -> Option<String> {
        (self.mask != Mask::Ids).then(|| format!("--mask={}", self.mask.label()))
    }
}

/// Returns the words as a line for a shell.
pub(super) fn command_line(words: &[String]) -> String {
    words.iter().map(|word| if is_option(word) { word.clone() } else { shell_word(word) }).collect::<Vec<_>>().join(" ")
}

/// Returns whether a word is an option of this program, which needs no quotes.
fn is_option(word: &str) -> bool {
    word.starts_with("--") && word.chars().all(|c| c.is_ascii_alphanumeric() || "-=_:,.".contains(c))
}

fn lines(texts: Vec<Safe>) -> String {
    Safe::join(&texts, "\n").as_str().to_owned()
}

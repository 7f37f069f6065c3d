//! The comparison of two or three submissions side by side: the choice of the submissions, and the requests for their
//! full records.

use bytes::Bytes;
use jiff::Timestamp;

use super::{Effect, Focus, Model, Slot};
use crate::api::{Item, RecordAnswer};
use crate::failure::Failure;
use crate::keys::Action;
use crate::kit::{RetryWait, Ticket};
use crate::overlays::{ComparedSide, MAX_COMPARED, Overlay};
use crate::panes::detail::{Detail, ShownAnswer, Subject};
use crate::store::{Answer, KnownAnswers};
use crate::submission::Document;
use crate::submission::row::{Cell, Column, Row};
use crate::text::{Class, Safe, grouped};

/// The submissions that are being compared, in the order of their columns on the screen.
#[derive(Default)]
pub(super) struct ComparedSubmissions(Vec<ComparedSubmission>);

/// One of the submissions that are being compared: one column of the comparison.
struct ComparedSubmission {
    id: Box<str>,
    /// If the list has not loaded this submission: the answers of the service about it, and the list row made from
    /// these answers. `None` if there are no such answers.
    unlisted_record: Option<(KnownAnswers, Box<Row>)>,
    /// The answers about the submission and the state of the request for its full record, in the form that the detail
    /// pane uses.
    detail: Detail,
}

impl ComparedSubmission {
    /// Stores the full record of this submission and the list row that was made from the record. Used if the list has
    /// not loaded the submission. The full record and row that were stored before are replaced.
    fn store_unlisted_record(&mut self, (answer, row): (Answer, Box<Row>)) {
        let list = self.unlisted_record.take().and_then(|(known, _)| known.list);
        self.unlisted_record = Some((KnownAnswers { list, single: Some(answer) }, row));
    }
}

impl ComparedSubmissions {
    /// Returns the compared submission that waits for the request `ticket`; `None` if there is no such submission.
    fn waiting_for(&mut self, ticket: Ticket) -> Option<&mut ComparedSubmission> {
        self.0.iter_mut().find(|each| each.detail.full_record_request().awaits(ticket))
    }

    /// Records that the request `ticket` failed and waits for its retry, which `wait` describes. Returns false if
    /// `ticket` belongs to no request for a compared submission.
    pub(super) fn set_waiting(&mut self, ticket: Ticket, wait: &RetryWait) -> bool {
        self.0.iter_mut().any(|each| each.detail.full_record_waits(ticket, wait.clone()))
    }

    /// Returns the retry waits (failure and time of the next try) of the requests for compared submissions that failed
    /// and will be repeated.
    pub(super) fn retry_waits(&self) -> impl Iterator<Item = &RetryWait> {
        self.0.iter().filter_map(|each| each.detail.full_record_request().retry())
    }
}

impl Model {
    /// Handles the compare key: compares the submissions that the user chose. The choice is the first of these that
    /// applies:
    /// - The cursor of the detail pane is on a line that names a linked submission: that submission and the shown one.
    /// - Exactly one submission is marked: the marked submission and the shown one.
    /// - Otherwise: all marked submissions.
    ///
    /// If these are not two or three submissions, a notice says why nothing is compared.
    pub(super) fn compare_selected(&mut self) {
        let marked = self.selection.marks.len();
        if marked > MAX_COMPARED && self.linked_under_cursor().is_none() {
            return self.notify(too_many(marked), true);
        }
        self.compare(self.ids_to_compare());
    }

    /// Returns whether the compare key would compare submissions now. If not, the key only shows a notice that says
    /// why.
    pub(super) fn can_compare(&self) -> bool {
        // The footer asks for this on each frame, so the marks are not put into the order of the list.
        let current = self.detail.subject().and_then(|subject| subject.id.as_deref());
        match (self.linked_under_cursor(), self.selection.marks.len()) {
            (Some(linked), _) => current.is_some_and(|current| current != linked),
            (None, 1) => current.is_some_and(|current| !self.selection.marks.contains(current)),
            (None, marked) => (2..=MAX_COMPARED).contains(&marked),
        }
    }

    /// Returns the ids of the submissions that the compare key compares. The same id may appear twice.
    fn ids_to_compare(&self) -> Vec<Box<str>> {
        let current = self.shown_id();
        match self.linked_under_cursor() {
            Some(linked) => current.into_iter().chain([linked.into()]).collect(),
            None if self.selection.marks.len() == 1 => self.marked_ids().into_iter().chain(current).collect(),
            None => self.marked_ids(),
        }
    }

    /// Returns the id of the linked submission in the line under the cursor of the detail pane. A linked submission is,
    /// for example, another one of the same applicant. Returns `None` if the line names no linked submission, or if
    /// another pane has the focus.
    pub(super) fn linked_under_cursor(&self) -> Option<&str> {
        (self.prefs.focus == Focus::Detail).then(|| self.detail.linked_id()).flatten()
    }

    /// Returns the ids of the marked submissions.
    fn marked_ids(&self) -> Vec<Box<str>> {
        let store = self.listing.value().map(|listing| &listing.store);
        self.selection.marks.in_order(store, self.rows.rows()).into_iter().map(|(id, _)| id).collect()
    }

    /// Opens the comparison of the submissions with these ids. Two or three different ids are needed. With more or
    /// fewer, nothing is opened, and a notice says why.
    pub(super) fn compare(&mut self, ids: Vec<Box<str>>) {
        let ids = without_repetitions(ids);
        let keymap = &self.config.keymap;
        let sentence = match ids.len() {
            0 => {
                let place = if self.prefs.focus == Focus::List { "" } else { " in the list" };
                let marks = keymap.key_remark(Action::Mark, &format!("marks{place}"));
                let keys = marks + &keymap.key_remark(Action::Compare, "compares");
                format!("To compare, mark one, two or three submissions{keys}")
            }
            1 => {
                let key = keymap.key_remark(Action::Compare, "compares");
                format!("Only one submission is chosen: move to another one{key}")
            }
            count if count > MAX_COMPARED => {
                return self.notify(too_many(count), true);
            }
            _ => {
                let file = self.config.file.as_ref().map(|file| file.name.clone());
                let of = |id| {
                    let detail = Detail::default().with_file(file.clone());
                    ComparedSubmission { id, unlisted_record: None, detail }
                };
                self.selection.compared = ComparedSubmissions(ids.into_iter().map(of).collect());
                self.overlay = Some(Overlay::compare());
                return;
            }
        };
        self.notify(Safe::sanitize(&sentence), true);
    }

    /// Returns the full record and the list row of the submission `id` if the user visits it: if the detail pane shows
    /// it although the list does not. Returns `None` for any other submission, or if the full record has not arrived.
    fn visited_answer(&self, id: &str) -> Option<(Answer, Box<Row>)> {
        let detached = self.selection.detached.as_ref().filter(|detached| *detached.id == *id)?;
        detached.answer.clone()
    }

    /// Returns the answers about the marked submission `id` that were kept from an earlier query, and the list row made
    /// from them. Returns `None` if no answers were kept.
    fn answers_of_earlier_query(&self, id: &str) -> Option<(KnownAnswers, Box<Row>)> {
        let known = self.selection.marks.kept_answers(id)?;
        match known.record(id)? {
            Item::Readable { row, .. } => Some((known.clone(), row)),
            Item::Unreadable { .. } => None,
        }
    }

    /// Updates the comparison if it is open. Gives each column the newest answers about its submission, requests
    /// missing full records, and computes the lines on the screen. If the comparison was closed, cancels its requests
    /// and tasks.
    pub(super) fn update_comparison(&mut self) {
        let mut compared = std::mem::take(&mut self.selection.compared);
        if !matches!(self.overlay_under_help(), Some(Overlay::Compare(_))) {
            for (at, each) in (0..).zip(&compared.0) {
                if each.detail.full_record_request().is_loading() {
                    self.outbox.push(Effect::Cancel(Slot::Compared(at)));
                }
                if each.detail.bytes_being_parsed().is_some() {
                    self.outbox.push(Effect::Cancel(Slot::ParseCompared(at)));
                }
            }
            return;
        }
        for (at, each) in (0..).zip(&mut compared.0) {
            self.update_compared_submission(at, each);
        }
        let sides: Vec<ComparedSide<'_>> = compared.0.iter().map(|each| self.compared_side(each)).collect();
        if let Some(Overlay::Compare(view)) = self.overlay.as_mut().map(Overlay::under_help_mut) {
            view.render(&sides, self.mask, self.size);
        }
        self.selection.compared = compared;
    }

    /// Brings one compared submission up to date. Gives its column the newest answers that are known. If necessary,
    /// starts a request for the full record, or a task that parses the answers. `index` is the index of the column,
    /// which also identifies the column's request and task.
    fn update_compared_submission(&mut self, index: u8, submission: &mut ComparedSubmission) {
        let listed = self.entry_of(&submission.id).and_then(|entry| self.subject_of(entry));
        if listed.is_none() && !submission.unlisted_record.as_ref().is_some_and(|(known, _)| known.is_full()) {
            submission.unlisted_record =
                submission.unlisted_record.take().or_else(|| self.answers_of_earlier_query(&submission.id));
            self.visited_answer(&submission.id)
                .into_iter()
                .for_each(|visited| submission.store_unlisted_record(visited));
        }
        let subject = listed.unwrap_or_else(|| {
            let known = submission.unlisted_record.as_ref().map(|(known, _)| known.clone());
            let (list, single) = known.map_or((None, None), |known| (known.list, known.single));
            Subject {
                entry: None,
                id: Some(submission.id.clone()),
                single,
                list,
                is_outdated: false,
                unreadable: None,
                id_class: submission.unlisted_record.as_ref().map_or(Class::Open, |(_, row)| row.class(Column::Id)),
            }
        });
        submission.detail.show(Some(subject), &mut self.tickets);
        // The detail pane may be loading the same record, which then comes into the list as well.
        let is_coming =
            self.detail.full_record_request().is_loading() && self.shown_id().as_ref() == Some(&submission.id);
        if submission.detail.needs_full_record() && !is_coming {
            let ticket = self.tickets.issue();
            if let Some(id) = submission.detail.full_record_requested(ticket) {
                self.outbox.push(Effect::FetchFullRecord { slot: Slot::Compared(index), ticket, id });
            }
        }
        if let Some(reading) = submission.detail.begin_parsing() {
            self.outbox.push(Effect::ParseAnswers(Slot::ParseCompared(index), reading));
        }
    }

    fn compared_side<'e>(&self, submission: &'e ComparedSubmission) -> ComparedSide<'e> {
        let store = self.listing.value().map(|listing| &listing.store);
        let index = self.entry_of(&submission.id);
        let entry = index.and_then(|index| store?.get(index));
        let listed = entry.and(index).and_then(|index| Some(store?.row(index)));
        let row = listed.as_ref().or(submission.unlisted_record.as_ref().map(|(_, row)| &**row));
        let cell = |column: Column| match row.map(|row| (row.cell(column), row.value(column))) {
            None | Some((Cell::NotFetched, _)) => Safe::from_static("·"),
            Some((_, value)) => value.map_or(Safe::from_static("–"), |value| value.masked(self.mask)),
        };
        let detail = &submission.detail;
        let is_whole = detail.has_full_record() && detail.document().is_some_and(Document::is_full_record);
        let record = match row {
            // Nobody knows from which answer the service sent a record of a file.
            Some(_) if self.is_offline() && is_whole => Safe::from_static("from the file"),
            Some(_) if self.is_offline() && detail.bytes_being_parsed().is_some() => {
                Safe::from_static("from the file · reading …")
            }
            Some(_) if self.is_offline() => Safe::from_static("from the file · may lack fields"),
            _ if is_whole => Safe::from_static("full record"),
            None => Safe::from_static(detail.full_record(self.now).reason_words()),
            Some(_) => {
                let state = Safe::from_static(detail.full_record(self.now).reason_words());
                Safe::concat(&[Safe::from_static("list data only · "), state])
            }
        };
        let record = match detail.full_record_request().retry() {
            Some(wait) => Safe::concat(&[record, Safe::from_static(" · "), self.wait_words(wait, "full record")]),
            None => record,
        };
        ComparedSide {
            heading: [detail.shown_id(self.mask).unwrap_or_default(), cell(Column::Status), cell(Column::Name)],
            record,
            failure: detail.full_record_request().failure().map(Failure::line),
            document: detail.document(),
            version: detail.parsed_count(),
        }
    }

    /// Stores `result`, the answer to the request `ticket` for the full record of the compared submission `id`.
    /// `received_at` is the time at which the answer arrived. Returns `None` if the answer was stored. If no compared
    /// submission waits for this request, returns `result` unchanged.
    pub(super) fn compared_loaded(
        &mut self,
        ticket: Ticket,
        id: &str,
        result: Result<RecordAnswer, Failure>,
        received_at: Timestamp,
    ) -> Option<Result<RecordAnswer, Failure>> {
        let Some(each) = self.selection.compared.waiting_for(ticket) else { return Some(result) };
        let is_repaired = matches!(result, Ok(RecordAnswer::Repaired(_)));
        match result {
            Ok(
                RecordAnswer::Found(Item::Readable { raw, row, .. })
                | RecordAnswer::Repaired(Item::Readable { raw, row, .. }),
            ) => {
                let is_overtaken = each.detail.full_record_arrived();
                if let Some(rest) = self.store_record(id, raw, row, received_at, is_overtaken)
                    && let Some(each) = self.selection.compared.0.iter_mut().find(|each| *each.id == *id)
                {
                    each.store_unlisted_record(rest);
                }
            }
            Ok(
                RecordAnswer::NotFound
                | RecordAnswer::Found(Item::Unreadable { .. })
                | RecordAnswer::Repaired(Item::Unreadable { .. }),
            ) => {
                each.detail.full_record_not_found();
            }
            Err(failure) => each.detail.full_record_failed(failure),
        }
        if is_repaired {
            self.notify(super::detail::REPAIRED_ANSWER, true);
        }
        None
    }

    /// Stores a full record in the store of loaded submissions. `raw` is the record as sent, `row` the list row made
    /// from it, and `received_at` the time at which it arrived. `is_overtaken` says whether the list data of the
    /// submission changed while the record was requested. If the list has not loaded the submission, nothing is stored:
    /// returns the record and its row, so that the caller can store them elsewhere.
    ///
    /// Does nothing and returns `None` if the submissions come from a file, because the file already brought all their
    /// data.
    pub(super) fn store_record(
        &mut self,
        id: &str,
        raw: Bytes,
        row: Box<Row>,
        received_at: Timestamp,
        is_overtaken: bool,
    ) -> Option<(Answer, Box<Row>)> {
        if self.is_offline() {
            return None;
        }
        let answer = Answer::new(raw, received_at);
        let is_shown = self.entry_of(id).map(|entry| self.rows.position(entry).is_some());
        let (Some(is_shown), Some(listing)) = (is_shown, self.listing.value_mut()) else { return Some((answer, row)) };
        listing.store.take_single(id, answer, &row, is_overtaken);
        if !is_shown {
            listing.store.let_rows_move();
        }
        None
    }

    /// Stores `answers`, the parsed answers about a compared submission. `ticket` is the background task that parsed
    /// them. Ignores the answers if no compared submission waits for this task.
    pub(super) fn compared_parsed(&mut self, ticket: Ticket, answers: ShownAnswer) {
        let mut answers = Some(answers);
        for each in &mut self.selection.compared.0 {
            if each.detail.awaits_reading(ticket) {
                answers.take().into_iter().for_each(|answers| {
                    each.detail.set_parsed(ticket, answers);
                });
            }
        }
    }

    /// Shows a field of the compared submissions in the JSON tab of the detail pane. The tab shows the submission that
    /// is already in the pane, if it has the field, else the first compared submission with the field. `paths` has the
    /// path of the field in each compared submission; `None` for a submission without the field.
    pub(super) fn open_compared_field(&mut self, paths: &[Option<String>]) {
        let shown = self.shown_id();
        let with_path =
            || self.selection.compared.0.iter().zip(paths).filter_map(|(each, path)| Some((each, path.as_ref()?)));
        let own = with_path().find(|(each, _)| Some(&each.id) == shown.as_ref());
        let Some((id, path)) = own.or_else(|| with_path().next()).map(|(each, path)| (each.id.clone(), path.clone()))
        else {
            return;
        };
        if Some(&id) != shown.as_ref() {
            self.open_submission(&id);
        }
        self.detail.go_to_field(id, &path);
        self.focus(Focus::Detail);
    }
}

/// Returns the notice that `count` submissions are too many to compare.
fn too_many(count: usize) -> Safe {
    let count = grouped(count);
    Safe::sanitize(&format!("{count} submissions are marked: at most {MAX_COMPARED} can be compared"))
}

/// Returns `ids` without repetitions.
fn without_repetitions(mut ids: Vec<Box<str>>) -> Vec<Box<str>> {
    let mut seen: Vec<Box<str>> = Vec::new();
    ids.retain(|id| {
        let is_new = !seen.contains(id);
        seen.push(id.clone());
        is_new
    });
    ids
}

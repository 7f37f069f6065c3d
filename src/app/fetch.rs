//! The key `D`: fetches values that the loaded rows lack. Without them, local terms of the filter (conditions that this
//! program tests itself) cannot be decided.
//!
//! [`MissingParts`] plans the requests: for pages with one part (group of fields, such as `aml`) of each submission, or
//! for full records. Each answer is joined to its loaded row at once, so that received data is kept whenever the fetch
//! stops.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::fetch_run::RunningFetch;
use super::{Effect, Model, Slot};
use crate::api::{Item, Page, RecordAnswer};
use crate::failure::{Failure, FailureKind};
use crate::keys::Action;
use crate::kit::{RetryWait, Ticket};
use crate::overlays::Overlay;
use crate::query::{FetchPlan, MissingParts, PartSet, lacking};
use crate::store::{Answer, End, LackingRow, Listing, PartWalk};
use crate::text::{Safe, counted, megabytes};
use crate::ui::{Line, Role};

/// Largest number of requests that the key `D` sends without a question to the user. The requests fetch values that the
/// loaded rows lack.
const MAX_UNCONFIRMED_REQUESTS: usize = 200;

/// Number of received bytes after which the fetching of values that the loaded rows lack stops. The user can start it
/// again.
const MAX_BYTES_PER_FETCH: usize = 256 << 20;

/// Number of failed requests for full records, one directly after the other, after which the fetching of values that
/// the loaded rows lack stops.
const MAX_FAILURES: usize = 3;

/// State of the fetching of values that the loaded rows lack (key `D`).
#[derive(Default)]
pub(super) enum FetchState {
    /// Nothing is being fetched.
    #[default]
    Idle,
    /// Requests for missing values are running or waiting for their retry.
    Running(Box<RunningFetch>),
    /// The fetch stopped before all values were fetched. The text is the reason.
    Stopped(Safe),
}

impl FetchState {
    /// Returns whether requests for the values that the loaded rows lack are running or waiting for their retry.
    pub(super) const fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }

    fn running(&mut self) -> Option<&mut RunningFetch> {
        if let Self::Running(fetch) = self { Some(fetch) } else { None }
    }

    /// Returns the retry wait (failure and time of the next try) of a request for missing values; `None` if none waits
    /// for its retry.
    pub(super) fn retry(&self) -> Option<&RetryWait> {
        if let Self::Running(fetch) = self { fetch.retry() } else { None }
    }

    /// Records that the request `ticket` failed and waits for its retry. Returns false if `ticket` belongs to no
    /// request for values that the loaded rows lack.
    pub(super) fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        self.running().is_some_and(|fetch| fetch.wait(ticket, wait))
    }
}

/// The reason why values that loaded rows lack are needed.
#[derive(Clone, Copy)]
enum NeededBy {
    /// Terms of the filter cannot be decided without the values.
    Terms,
    /// The visible columns of the list show the values.
    Columns,
}

impl Model {
    /// Returns the plan of the requests that the list offers to send with the key `D`: they fetch values that the
    /// filter tests but some loaded rows lack. Returns `None` in each of these cases:
    /// - No value is missing, or such a fetch is running already.
    /// - The loaded rows belong to an earlier query, or the query requests a single part (group of fields) of each
    ///   submission.
    /// - The submissions come from a file and not from the service.
    /// - The user edits the filter. The key that starts the fetch would then type a letter.
    pub(super) fn fetch_offer(&self) -> Option<FetchPlan> {
        self.fetch_plan_after_typing().filter(|_| self.filter.editor().is_none())
    }

    /// Returns the plan of [`Self::fetch_offer`], also while the user edits the filter.
    pub(super) fn fetch_plan_after_typing(&self) -> Option<FetchPlan> {
        let listing = self.listing.current().filter(|_| !self.is_offline() && !self.fetch.is_running())?;
        fetch_plan(listing, self.rows.missing())
    }

    /// Returns the parts (groups of fields, such as `aml`) that every row needs so that the local terms of the filter
    /// can be decided. Local terms are conditions that this program tests itself. The result is empty if the
    /// submissions come from a file. It is also empty if the query requests a single part of each submission, or one
    /// submission by its id.
    pub(super) fn term_parts(&self) -> PartSet {
        let query = self.filter.applied();
        if self.is_offline() || !query.allows_parts() {
            return PartSet::EMPTY;
        }
        self.listing.value().map_or_else(|| query.tested_parts(), |listing| listing.store.parts_for_terms(query))
    }

    /// Returns the name of the keyboard key that starts the fetch of missing values, such as `D`, for texts that offer
    /// this key. `None` if no key starts the fetch.
    pub(super) fn fetch_key(&self) -> Option<String> {
        self.config.keymap.first_chord(Action::FetchMissing).map(|chord| chord.to_string())
    }

    /// Returns the plan of the requests that fetch the values which the loaded rows lack, and the reason why they are
    /// needed. First choice are values without which terms of the filter are undecided. If no such value is missing,
    /// the choice is the values of the visible columns. Returns `None` if there is nothing to fetch.
    fn plan_for_missing(&self, listing: &Listing) -> Option<(NeededBy, FetchPlan)> {
        // The pass that derives the rows has added up already what the terms need.
        if let Some(plan) = fetch_plan(listing, self.rows.missing()) {
            return Some((NeededBy::Terms, plan));
        }
        let mut sum = MissingParts::default();
        self.for_each_lacking_row(listing, NeededBy::Columns, |row| row.add_to(&mut sum));
        fetch_plan(listing, &sum).map(|plan| (NeededBy::Columns, plan))
    }

    /// Calls `visit` for each loaded row that lacks needed values. `needed_by` says which values are needed: those that
    /// terms of the filter test, or those of the visible columns.
    fn for_each_lacking_row<'m>(
        &'m self,
        listing: &'m Listing,
        needed_by: NeededBy,
        mut visit: impl FnMut(LackingRow<'m>),
    ) {
        let mut visit = |row: LackingRow<'m>| {
            if !row.lacking.is_empty() {
                visit(row);
            }
        };
        match needed_by {
            NeededBy::Terms => listing.store.rows_with_gaps(self.filter.applied(), self.mask).for_each(visit),
            NeededBy::Columns => {
                let (columns, values) = (self.list_columns(), listing.store.row_index());
                for index in self.rows.rows().iter().filter(|index| !values.carries_all(**index)) {
                    let row = values.row(*index);
                    let parts = columns.iter().map(|column| lacking(&row, *column)).fold(PartSet::EMPTY, PartSet::with);
                    if !parts.is_empty() {
                        listing.store.lacking_row(*index, parts).into_iter().for_each(&mut visit);
                    }
                }
            }
        }
    }

    /// Handles the key `D`: fetches the values that the loaded rows lack. If many requests are needed, the user is
    /// first asked whether to send them. If `is_asked` is true, the user has agreed already.
    pub(super) fn fetch_missing(&mut self, is_asked: bool) {
        if self.fetch.is_running() {
            return self.notify(Safe::from_static("What is missing is being fetched already"), false);
        }
        let Some(listing) = self.listing.current() else {
            let text = match self.listing.value() {
                Some(_) if self.listing.is_loading() => {
                    "These rows are of the previous query; the new one is being loaded".to_owned()
                }
                Some(_) => {
                    format!(
                        "These rows are of the previous query. {}",
                        self.config.keymap.press_sentence(Action::Refresh, "retry")
                    )
                }
                None => "Nothing is loaded yet".to_owned(),
            };
            return self.notify(Safe::sanitize(&text), true);
        };
        if let Some(part) = listing.params.request_type {
            let text =
                format!("Not with type:{}: its list has this part only. Remove it from the filter.", part.word());
            return self.notify(Safe::sanitize(&text), true);
        }
        let Some((needed_by, plan)) = self.plan_for_missing(listing) else {
            let text = match self.rows.undecided() {
                0 => {
                    "Nothing is missing: terms are decided, visible columns fetched; a text is searched in the columns only"
                }
                _ => "Nothing can be fetched: rows that the filter does not test have the field without a clear value",
            };
            return self.notify(Safe::from_static(text), false);
        };
        if plan.requests() > MAX_UNCONFIRMED_REQUESTS && !is_asked {
            self.overlay = Some(Overlay::fetch(plan.requests()));
            return;
        }
        let mut walks: VecDeque<PartWalk> =
            plan.parts.iter().map(|part| PartWalk::new(&listing.params, part, None)).collect();
        let mut records = VecDeque::new();
        self.for_each_lacking_row(listing, needed_by, |row| {
            let wanted = row.lacking.without(row.requested);
            walks.iter_mut().filter(|walk| wanted.contains(walk.part())).for_each(|walk| walk.want(&row.id));
            // Parts first, as the offer counts them; what they do not hold is offered again.
            if plan.parts.is_empty() {
                records.push_back(row.id.into());
            }
        });
        let fetch = RunningFetch::new(walks, records, plan.requests());
        self.fetch = FetchState::Running(Box::new(fetch));
        self.request_next_missing();
    }

    /// Sends the next requests for the values that the loaded rows lack. If no request remains, ends the fetching.
    fn request_next_missing(&mut self) {
        let Some(listing) = self.listing.value() else { return self.abort_fetch() };
        let Some(fetch) = self.fetch.running() else { return };
        if let Some((params, cursor)) = fetch.next_page() {
            let ticket = self.tickets.issue();
            self.outbox.push(Effect::FetchPage { slot: Slot::Part, ticket, params, cursor });
            fetch.page_requested(ticket);
            return;
        }
        // A record that was opened in the meantime is not fetched again.
        let is_open =
            |id: &str| listing.store.index_of(id).is_some_and(|index| !listing.store.row_index().carries_all(index));
        while let Some((place, id)) = fetch.next_record(is_open) {
            let ticket = self.tickets.issue();
            self.outbox.push(Effect::FetchFullRecord { slot: Slot::Record(place), ticket, id });
            fetch.record_requested(place, ticket);
        }
        if fetch.is_done() {
            let (done, stop) = (fetch.done(), fetch.take_stop_reason());
            let left =
                listing.store.rows_with_gaps(self.filter.applied(), self.mask).filter(|row| !row.lacking.is_empty());
            let text = fetched_sentence(done, left.count());
            self.fetch = stop.map_or(FetchState::Idle, FetchState::Stopped);
            self.notify(Safe::sanitize(&text), false);
        }
    }

    /// Stores `result`, the answer to the request `ticket`: a page with one part (group of fields, such as `aml`) of
    /// each submission. The parts are joined to the loaded rows. The request belongs to the fetching of values that
    /// these rows lack (key `D`). `received_at` is the time at which the answer arrived. Does nothing if that fetching
    /// does not wait for this request.
    pub(super) fn part_loaded(&mut self, ticket: Ticket, result: Result<Page, Failure>, received_at: Timestamp) {
        let Some(fetch) = self.fetch.running().filter(|fetch| fetch.awaits_page(ticket)) else { return };
        let page = match result {
            Ok(page) => page,
            Err(failure) => return self.fetch_failed(&failure),
        };
        let (repaired, bytes) = (page.repaired, page.bytes);
        if let (Some(taken), Some(listing)) = (fetch.accept_page(page), self.listing.value_mut()) {
            listing.take_part(taken.part, &taken.items, received_at);
            if let Some(end) = &taken.end {
                listing.store.note_requested(taken.part, taken.not_found.iter().map(|id| &**id));
                if let End::Stopped(why) = end {
                    let part = Safe::sanitize(&format!("part {}: ", taken.part.word()));
                    fetch.set_stop_reason(Safe::concat(&[part, why.reason()]));
                }
            }
        }
        if repaired {
            self.notify(super::detail::REPAIRED_ANSWER, true);
        }
        self.continue_fetching(bytes);
    }

    /// Stores `result`, the answer to the request `ticket` for the full record of the submission `id`. The request
    /// belongs to the fetching of values that the loaded rows lack (key `D`). `received_at` is the time at which the
    /// answer arrived. Does nothing if that fetching does not wait for this request.
    pub(super) fn record_loaded(
        &mut self,
        ticket: Ticket,
        id: &str,
        result: Result<RecordAnswer, Failure>,
        received_at: Timestamp,
    ) {
        let Some(fetch) = self.fetch.running() else { return };
        if !fetch.finish_record(ticket) {
            return;
        }
        let is_repaired = matches!(result, Ok(RecordAnswer::Repaired(_)));
        let bytes = match (result, self.listing.value_mut()) {
            (
                Ok(
                    RecordAnswer::Found(Item::Readable { raw, row, .. })
                    | RecordAnswer::Repaired(Item::Readable { raw, row, .. }),
                ),
                Some(listing),
            ) => {
                let bytes = raw.len();
                fetch.record_succeeded();
                listing.store.take_single(id, Answer::new(raw, received_at), &row, false);
                listing.store.let_rows_move();
                bytes
            }
            (Ok(_), Some(listing)) => {
                fetch.record_succeeded();
                listing.store.note_gone(id);
                0
            }
            (Ok(_), None) => 0,
            (Err(failure), _) => {
                let is_same_for_all = matches!(
                    failure.kind,
                    FailureKind::Key | FailureKind::BlockedAddress | FailureKind::QuotaUsedUp | FailureKind::Proxy
                );
                if is_same_for_all || fetch.record_failed() >= MAX_FAILURES {
                    return self.fetch_failed(&failure);
                }
                fetch.set_stop_reason(Safe::from_static(failure.kind.short()));
                0
            }
        };
        if is_repaired {
            self.notify(super::detail::REPAIRED_ANSWER, true);
        }
        self.continue_fetching(bytes);
    }

    fn continue_fetching(&mut self, bytes: usize) {
        let Some(fetch) = self.fetch.running() else { return };
        let came = fetch.add_bytes(bytes);
        if came > MAX_BYTES_PER_FETCH && !fetch.is_done() {
            let text = format!("{} are fetched", megabytes(came));
            return self.stop_fetch(Safe::sanitize(&text));
        }
        self.request_next_missing();
    }

    /// Stops the fetching of values that the loaded rows lack, because a request failed, and shows `failure`. Data that
    /// already arrived is kept.
    pub(super) fn fetch_failed(&mut self, failure: &Failure) {
        self.stop_fetch(Safe::from_static(failure.kind.short()));
        self.notify(failure.line(), true);
    }

    /// Stops the fetch of missing values because the user cancelled it. Returns whether a fetch was running. Values
    /// that were fetched already are kept.
    pub(super) fn stop_fetch_by_user(&mut self) -> bool {
        let is_running = self.fetch.is_running();
        if is_running {
            self.stop_fetch(Safe::from_static(FailureKind::Stopped.short()));
        }
        is_running
    }

    fn stop_fetch(&mut self, reason: Safe) {
        self.abort_fetch();
        self.fetch = FetchState::Stopped(reason);
    }

    /// Ends the fetch of missing values and cancels its requests, without a notice: the rows are replaced or loaded
    /// again.
    pub(super) fn abort_fetch(&mut self) {
        if let FetchState::Running(fetch) = std::mem::take(&mut self.fetch) {
            self.outbox.extend(fetch.slots().map(Effect::Cancel));
        }
    }

    /// Returns a line for the lower border of the list: the progress of the fetch of missing values, or why it stopped
    /// too early. Returns `None` if no fetch is running and none stopped too early.
    pub(super) fn fetch_line(&self) -> Option<Line> {
        match &self.fetch {
            FetchState::Idle => None,
            FetchState::Running(fetch) => {
                let stops = self.back_clause("stops").map(|clause| format!(", {clause}")).unwrap_or_default();
                Some(Line::new().with(Safe::sanitize(&format!(" {}{stops} ", fetch.progress())), Role::Info))
            }
            FetchState::Stopped(why) => {
                let text = Safe::concat(&[Safe::from_static(" not everything fetched: "), why.clone()]);
                Some(Line::new().word(" ✗", Role::Bad).with(text, Role::Plain).word(" ·", Role::Dim))
            }
        }
    }
}

/// Returns the notice for the end of a fetch of missing values. `requests` is the number of answered requests.
/// `remaining` is the number of rows that still lack a value which the filter tests.
fn fetched_sentence(requests: usize, remaining: usize) -> String {
    let requests = counted(requests, "request");
    match remaining {
        0 => format!("Fetched: {requests}"),
        remaining => format!("Fetched: {requests} · {} still hidden: unknown if they match", counted(remaining, "row")),
    }
}

/// Returns the plan of the requests that fetch `missing`, the values that the rows of the list lack.
///
/// Returns `None` if no row lacks a value. Returns `None` too if the query requests a single part (`request_type`, a
/// group of fields) of each submission: its answers never contain another part. If the query requests one submission by
/// its id, its answer already had every part. The plan is then one request, for the full record.
fn fetch_plan(listing: &Listing, missing: &MissingParts) -> Option<FetchPlan> {
    if listing.params.request_type.is_some() {
        return None;
    }
    let plan = missing.plan()?;
    let by_id = listing.params.submission_id.is_some();
    Some(if by_id { FetchPlan { parts: PartSet::EMPTY, records: missing.rows(), pages: 0 } } else { plan })
}

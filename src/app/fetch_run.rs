//! A running fetch of what the loaded rows lack: its open requests, and the requests that follow.

use std::collections::VecDeque;

use super::Slot;
use crate::api::{Item, Page};
use crate::kit::{Request, RetryWait, Ticket};
use crate::query::{Cursor, Params, RequestType};
use crate::store::{End, PartWalk};
use crate::text::Safe;

/// Number of full records that are requested at the same time.
const MAX_PARALLEL_RECORDS: usize = 4;

/// A running fetch of values that the loaded rows lack. First it fetches the pages of answers with one part of each
/// submission (`request_type`), one request at a time. Then it fetches full records, [`MAX_PARALLEL_RECORDS`] at a
/// time.
pub(super) struct RunningFetch {
    /// The parts to fetch. The pages of the first part are being fetched.
    walks: VecDeque<PartWalk>,
    page: Option<Request>,
    /// Ids of the submissions whose full records are not requested yet.
    records: VecDeque<Box<str>>,
    running: [Option<Request>; MAX_PARALLEL_RECORDS],
    /// Number of planned requests, without retries.
    planned: usize,
    /// Number of requests that were answered.
    done: usize,
    /// Number of full records that failed one after the other.
    failures: usize,
    bytes: usize,
    /// Why a part, or a full record, could not be had; the fetch of the others goes on.
    stop: Option<Safe>,
}

/// The items of one page of answers that hold only one part (such as `aml`) of each submission.
/// [`RunningFetch::accept_page`] returns it.
pub(super) struct PartItems {
    pub(super) part: RequestType,
    /// The items of the page.
    pub(super) items: Vec<Item>,
    /// The end of the part's pages, if this was its last page.
    pub(super) end: Option<End>,
    /// Ids of the wanted submissions that no page of the part held. Empty before the end.
    pub(super) not_found: Vec<Box<str>>,
}

impl RunningFetch {
    /// Creates a fetch of values that the loaded rows lack. Each entry of `walks` fetches the pages of answers with one
    /// part of each submission (`request_type`). `records` are the ids of the submissions whose full records are
    /// fetched. `planned` is the number of all these requests, for the progress that the user sees.
    pub(super) fn new(walks: VecDeque<PartWalk>, records: VecDeque<Box<str>>, planned: usize) -> Self {
        Self {
            walks,
            page: None,
            records,
            running: [const { None }; MAX_PARALLEL_RECORDS],
            planned,
            done: 0,
            failures: 0,
            bytes: 0,
            stop: None,
        }
    }

    /// Returns the next request for a page of answers with one part of each submission, such as `aml`: its query
    /// parameters, and the key of the page, which is `None` for the first page. Returns `None` if all parts are
    /// fetched, or if such a request is running.
    pub(super) fn next_page(&mut self) -> Option<(Params, Option<Cursor>)> {
        if self.page.is_some() {
            return None;
        }
        while self.walks.front().is_some_and(|walk| walk.request().is_none()) {
            self.walks.pop_front();
        }
        let (params, cursor) = self.walks.front()?.request()?;
        Some((params.clone(), cursor.cloned()))
    }

    /// Records that `ticket` was sent: the request for the next page of answers with one part of each submission, such
    /// as `aml`.
    pub(super) fn page_requested(&mut self, ticket: Ticket) {
        self.page = Some(Request { ticket, purpose: (), retry: None });
    }

    /// Returns whether the request `ticket` is the running request for a page.
    pub(super) fn awaits_page(&self, ticket: Ticket) -> bool {
        self.page.as_ref().is_some_and(|request| request.ticket == ticket)
    }

    /// Takes `page`, the answer to the running request for a page of a part (such as `aml`). Returns the items of the
    /// page. After the last page of a part, the fetching continues with the next part. Returns `None` if no part is
    /// being fetched.
    pub(super) fn accept_page(&mut self, page: Page) -> Option<PartItems> {
        self.page = None;
        self.done += 1;
        let walk = self.walks.front_mut()?;
        let (part, items) = (walk.part(), walk.take(page));
        let end = walk.request().is_none().then(|| walk.end().clone());
        let not_found = if end.is_some() { walk.wanted().map(Into::into).collect() } else { Vec::new() };
        if end.is_some() {
            self.walks.pop_front();
        }
        Some(PartItems { part, items, end, not_found })
    }

    /// Returns the next full record to request: the place that its request takes (an index among the few requests that
    /// may run at the same time), and the id of the submission. Leaves out submissions for which `is_open` returns
    /// false, because their full record arrived meanwhile, for example. Returns `None` if all places are taken, if no
    /// full record remains to be requested, or while the answers with one part of each submission are being fetched.
    pub(super) fn next_record(&mut self, is_open: impl Fn(&str) -> bool) -> Option<(u8, Box<str>)> {
        if self.page.is_some() {
            return None;
        }
        let place = (0..).zip(&self.running).find(|(_, running)| running.is_none())?.0;
        loop {
            let id = self.records.pop_front()?;
            if is_open(&id) {
                return Some((place, id));
            }
            self.planned = self.planned.saturating_sub(1);
        }
    }

    /// Records that the request `ticket` for a full record was sent. `request_index` is the index of the free place
    /// that the request now takes among the few requests that may run at the same time.
    pub(super) fn record_requested(&mut self, request_index: u8, ticket: Ticket) {
        if let Some(free) = self.running.get_mut(usize::from(request_index)) {
            *free = Some(Request { ticket, purpose: (), retry: None });
        }
    }

    /// Records that the request `ticket` for a full record was answered or failed, and returns whether it was running.
    pub(super) fn finish_record(&mut self, ticket: Ticket) -> bool {
        let is = |running: &&mut Option<Request>| running.as_ref().is_some_and(|request| request.ticket == ticket);
        let place = self.running.iter_mut().find(is);
        let is_running = place.is_some();
        place.into_iter().for_each(|place| *place = None);
        self.done += usize::from(is_running);
        is_running
    }

    pub(super) const fn record_succeeded(&mut self) {
        self.failures = 0;
    }

    /// Counts a full record that could not be fetched, and returns how many failed one after the other.
    pub(super) const fn record_failed(&mut self) -> usize {
        self.failures += 1;
        self.failures
    }

    /// Stores the reason why a part of the submissions (such as `aml`), or a full record, could not be fetched.
    pub(super) fn set_stop_reason(&mut self, reason: Safe) {
        self.stop = Some(reason);
    }

    /// Returns the reason why a part or a full record could not be fetched, and forgets it. `None` if nothing failed
    /// since the last call.
    pub(super) const fn take_stop_reason(&mut self) -> Option<Safe> {
        self.stop.take()
    }

    /// Adds `bytes`, the size of an answer, to the size of all answers of this fetch, and returns the new sum.
    pub(super) const fn add_bytes(&mut self, bytes: usize) -> usize {
        self.bytes += bytes;
        self.bytes
    }

    /// Returns the number of requests of this fetch that were answered so far.
    pub(super) const fn done(&self) -> usize {
        self.done
    }

    /// Returns whether everything was fetched: no request is running, and no page or full record remains to be
    /// requested.
    pub(super) fn is_done(&self) -> bool {
        self.walks.is_empty() && self.records.is_empty() && self.requests().next().is_none()
    }

    fn requests(&self) -> impl Iterator<Item = &Request> {
        self.page.iter().chain(self.running.iter().flatten())
    }

    /// Returns the wait of a failed request for its next try; `None` if no request waits. If several requests wait, the
    /// wait of the last of them in the order of their places is returned.
    pub(super) fn retry(&self) -> Option<&RetryWait> {
        self.requests().filter_map(|request| request.retry.as_ref()).last()
    }

    /// Records that the request `ticket` waits for its retry. Returns whether this request is running.
    pub(super) fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        let running = self.running.iter_mut().flatten();
        let request = self.page.iter_mut().chain(running).find(|request| request.ticket == ticket);
        request.map(|request| request.retry = Some(wait)).is_some()
    }

    /// Returns the slots (see [`Slot`]) of the requests that are running, so that the requests can be cancelled.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> {
        let records = (0..).zip(&self.running).filter(|(_, running)| running.is_some());
        self.page.iter().map(|_| Slot::Part).chain(records.map(|(place, _)| Slot::Record(place)))
    }

    /// Returns a text about the progress, such as `fetching aml: 3 of 15 requests`.
    pub(super) fn progress(&self) -> String {
        let what = self.walks.front().map_or("full records", |walk| walk.part().word());
        let planned = self.planned.max(self.done + self.requests().count());
        format!("fetching {what}: {} of {planned} requests", self.done)
    }
}

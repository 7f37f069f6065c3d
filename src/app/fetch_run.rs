//! A running fetch of values that the loaded rows lack: the requests that are running, and those that follow.

use std::collections::VecDeque;

use super::Slot;
use crate::api::{Item, Page};
use crate::kit::{Request, RetryWait, Ticket};
use crate::query::{Cursor, Params, RequestType};
use crate::store::{End, PartWalk};
use crate::text::Safe;

/// Largest number of requests for full records that run at the same time.
const MAX_PARALLEL_RECORDS: usize = 4;

/// A running fetch of values that the loaded rows lack. First it fetches parts (groups of fields, such as `aml`) of all
/// submissions, page by page, one request at a time. Then it fetches full records, [`MAX_PARALLEL_RECORDS`] at a time.
pub(super) struct RunningFetch {
    /// The parts (groups of fields, such as `aml`) to fetch, each page by page. The pages of the first part are being
    /// fetched.
    walks: VecDeque<PartWalk>,
    page: Option<Request>,
    /// Ids of the submissions whose full records are not requested yet.
    records: VecDeque<Box<str>>,
    running: [Option<Request>; MAX_PARALLEL_RECORDS],
    /// Number of all requests of this fetch, sent or not, without retries.
    planned: usize,
    /// Number of requests of this fetch that were answered.
    done: usize,
    /// Number of requests for full records that failed one after the other since the last success.
    failures: usize,
    bytes: usize,
    /// The reason why a part or a full record could not be fetched; `None` if nothing failed. The fetch of the other
    /// values goes on.
    stop: Option<Safe>,
}

/// One page of answers that contain only one part (group of fields, such as `aml`) of each submission.
/// [`RunningFetch::accept_page`] returns it.
pub(super) struct PartItems {
    pub(super) part: RequestType,
    /// The items of the page, one for each submission. They have only the fields of the part.
    pub(super) items: Vec<Item>,
    /// Why the pages of the part ended; `None` if more pages follow.
    pub(super) end: Option<End>,
    /// Ids of the wanted submissions that are on no page of this part. Empty while more pages follow.
    pub(super) not_found: Vec<Box<str>>,
}

impl RunningFetch {
    /// Creates a fetch of values that the loaded rows lack. Each entry of `walks` fetches one part (group of fields,
    /// such as `aml`) of all submissions, page by page. `records` are the ids of the submissions whose full records are
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

    /// Returns the next request for a page with one part (group of fields, such as `aml`) of each submission. The
    /// result has the query parameters, and the page key that the previous answer named; `None` requests the first
    /// page. Returns `None` if all parts are fetched, or if such a request is running.
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

    /// Records that the request which [`Self::next_page`] returned was sent with this ticket.
    pub(super) fn page_requested(&mut self, ticket: Ticket) {
        self.page = Some(Request { ticket, purpose: (), retry: None });
    }

    /// Returns whether `ticket` belongs to the running request for a page with one part (group of fields, such as
    /// `aml`) of each submission.
    pub(super) fn awaits_page(&self, ticket: Ticket) -> bool {
        self.page.as_ref().is_some_and(|request| request.ticket == ticket)
    }

    /// Accepts `page`, the answer to the running request for a page with one part (group of fields, such as `aml`) of
    /// each submission. Returns the items of the page. After the last page of a part, the fetching continues with the
    /// next part. Returns `None` if no part is being fetched.
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

    /// Returns the next full record to request: the number for [`Slot::Record`] under which the request runs, and the
    /// id of the submission. Leaves out submissions for which `is_open` returns false, for example because their full
    /// record arrived meanwhile. Returns `None` in each of these cases:
    /// - [`MAX_PARALLEL_RECORDS`] requests are running.
    /// - No full record remains to be requested.
    /// - A page with one part of each submission is still being fetched.
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

    /// Records that the request for a full record was sent with this ticket. `request_index` is the number that
    /// [`Self::next_record`] returned for this request.
    pub(super) fn record_requested(&mut self, request_index: u8, ticket: Ticket) {
        if let Some(free) = self.running.get_mut(usize::from(request_index)) {
            *free = Some(Request { ticket, purpose: (), retry: None });
        }
    }

    /// Records that the request `ticket` for a full record was answered or failed. Returns false if no such request was
    /// running.
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

    /// Counts a request for a full record that failed. Returns how many failed one after the other.
    pub(super) const fn record_failed(&mut self) -> usize {
        self.failures += 1;
        self.failures
    }

    /// Stores the reason why a part of the submissions (group of fields, such as `aml`) or a full record could not be
    /// fetched.
    pub(super) fn set_stop_reason(&mut self, reason: Safe) {
        self.stop = Some(reason);
    }

    /// Takes the reason why a part or a full record could not be fetched. Returns `None` if nothing failed since the
    /// last call.
    pub(super) const fn take_stop_reason(&mut self) -> Option<Safe> {
        self.stop.take()
    }

    /// Adds `bytes`, the size of an answer, and returns the size of all answers of this fetch so far.
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

    /// Returns the retry wait (failure and time of the next try) of a failed request; `None` if no request waits. If
    /// several requests wait, returns the wait of one of them.
    pub(super) fn retry(&self) -> Option<&RetryWait> {
        self.requests().filter_map(|request| request.retry.as_ref()).last()
    }

    /// Records that the request `ticket` failed and waits for its retry. Returns false if `ticket` belongs to no
    /// request of this fetch.
    pub(super) fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        let running = self.running.iter_mut().flatten();
        let request = self.page.iter_mut().chain(running).find(|request| request.ticket == ticket);
        request.map(|request| request.retry = Some(wait)).is_some()
    }

    /// Returns the slots of the running requests of this fetch. [`Slot`] identifies a running request, so that it can
    /// be cancelled.
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

//! Rules about requests for pages: when a page is requested, what its answer changes, and when loading continues.

use jiff::Timestamp;

use super::detail::REPAIRED_ANSWER;
use super::offline::{REPAIRED_FILE, add_file_page};
use super::{Effect, Model, Slot};
use crate::api::{Item, NextPage, Page};
use crate::failure::{Failure, FailureKind};
use crate::keys::Action;
use crate::kit::{Remote, Ticket};
use crate::query::{Cursor, Params};
use crate::store::{End, Listing, Stop};
use crate::text::{Safe, megabytes};

/// Largest number of rows whose memory is freed at once (immediately, without a task) when other rows replace them. The
/// memory of more rows is freed in a background task.
const FREED_AT_ONCE: usize = 5_000;

/// A request for a page of the list: which page, and when the loading of further pages stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageRequest {
    pub(super) page: PageKind,
    /// Number of loaded rows at which the loading of further pages stops. `None` means that no further page is loaded
    /// after this one.
    pub(super) load_until: Option<usize>,
}

/// The kind of page that a list request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    /// The first page of the query that the user applied with Enter in the filter bar.
    Query,
    /// The page after the last loaded page.
    Next,
    /// The page of the list on which new submissions are expected, usually the first page. Its rows are merged into the
    /// loaded rows.
    Refresh,
}

impl PageRequest {
    const fn new(page: PageKind) -> Self {
        Self { page, load_until: None }
    }

    /// Returns whether the request is for the first page of a newly applied query. Until its answer arrives, the loaded
    /// rows still belong to the earlier query.
    const fn is_of_another_query(self) -> bool {
        matches!(self.page, PageKind::Query)
    }
}

/// The loaded part of the list of submissions, together with the list request that is running, if any.
pub(super) type ListPages = Remote<Listing, PageRequest>;

impl ListPages {
    /// Returns whether the loaded rows belong to the query that the user applied last.
    pub(super) const fn is_current(&self) -> bool {
        match self {
            Self::Ready(_) => true,
            Self::Loading { request, .. } => !request.purpose.is_of_another_query(),
            Self::Failed { purpose, .. } => !purpose.is_of_another_query(),
            Self::Idle | Self::NotFound => false,
        }
    }

    /// Returns the loaded part of the list. Returns `None` if nothing is loaded, or if the loaded rows belong to an
    /// earlier query than the one that the user applied last.
    pub(super) fn current(&self) -> Option<&Listing> {
        self.value().filter(|_| self.is_current())
    }

    /// Returns the loaded part of the list as a mutable reference. Returns `None` in the same cases as
    /// `current`.
    pub(super) fn current_mut(&mut self) -> Option<&mut Listing> {
        let is_current = self.is_current();
        self.value_mut().filter(|_| is_current)
    }

    /// Returns the number of loaded rows at which the loading of further pages stops. Returns `None` if no request is
    /// running, or if only a single page is requested.
    pub(super) fn load_until(&self) -> Option<usize> {
        self.request()?.purpose.load_until
    }
}

impl Model {
    fn request_page(&mut self, request: PageRequest, params: Params, cursor: Option<Cursor>) {
        if request.page != PageKind::Next {
            // The rows are loaded again or replaced.
            self.abort_fetch();
        }
        let ticket = self.tickets.issue();
        self.listing.start(ticket, request);
        self.outbox.push(Effect::FetchPage { slot: Slot::Page, ticket, params, cursor });
    }

    /// Requests the first page of the query that the user applied last. The rows of the earlier query stay on screen
    /// until the answer arrives.
    pub(super) fn request_first_page(&mut self) {
        let params = self.filter.applied().params().clone();
        // All of a file is read, page after page, so that the first rows are there at once.
        let load_until = self.is_offline().then_some(usize::MAX);
        self.request_page(PageRequest { page: PageKind::Query, load_until }, params, None);
    }

    /// Applies the filter that the filter bar contains to the list. A request is sent only if the query parameters
    /// changed. Local terms of the filter are conditions that this program tests on the loaded rows; they need no
    /// request.
    pub(super) fn apply_filter(&mut self) {
        let loaded = self.listing.current().map(|listing| &listing.params);
        if loaded != Some(self.filter.applied().params()) {
            self.request_first_page();
        }
    }

    /// Requests the next page, if the service has a next page and no list request is running. `load_until` is the
    /// number of loaded rows at which the loading of further pages stops; `None` loads only the next page.
    fn request_next_page(&mut self, load_until: Option<usize>) {
        let Some(listing) = self.listing.current() else { return };
        if self.listing.is_loading() || listing.walk.end() != &End::More {
            return;
        }
        let (params, cursor) = (listing.params.clone(), listing.walk.next().cloned());
        self.request_page(PageRequest { page: PageKind::Next, load_until }, params, cursor);
    }

    /// Requests the next page if the list cursor is near the last row. `line` is the line of the cursor, counted from
    /// 0. After a failed request for a page, moving the cursor does not repeat that request.
    pub(super) fn ensure_next(&mut self, line: usize) {
        if line + self.list_height() >= self.rows.rows().len() {
            if let Some(listing) = self.listing.current_mut()
                && listing.walk.end() == &End::Stopped(Stop::ByUser)
            {
                listing.walk.resume();
            }
            self.request_next_page(None);
        }
    }

    /// Requests the next page if the shown rows do not fill the screen. Requests nothing after a failure or while the
    /// user edits the filter. If the filter has local terms (conditions that this program tests on loaded rows), these
    /// may hide most rows. Further pages are then requested only until one of them contains submissions.
    pub(super) fn fill_list(&mut self) {
        let Remote::Ready(listing) = &self.listing else { return };
        let fills = !self.filter.applied().has_local() || listing.store.is_empty();
        if fills && self.filter.editor().is_none() && self.rows.rows().len() < self.list_height().max(1) {
            self.request_next_page(None);
        }
    }

    /// Starts the loading of all pages, as the key `L` does. Loading pauses when the number of rows reaches a multiple
    /// of the configured cap, or when many bytes arrived. The list then asks whether to load more, and pressing `L`
    /// again continues.
    pub(super) fn start_load_all(&mut self) {
        let Some(listing) = self.listing.current_mut() else {
            match self.listing.request_mut() {
                // The first page is being loaded; all others follow it.
                Some(request) => request.purpose.load_until = Some(self.config.cap),
                None => {
                    let retries = self.config.keymap.key_remark(Action::Refresh, "retries");
                    let what = match self.listing.value() {
                        Some(_) => "These rows are of the previous query",
                        None => "Nothing is loaded",
                    };
                    self.notify(Safe::sanitize(&format!("{what}{retries}")), true);
                }
            }
            return;
        };
        if !listing.walk.resume() {
            let text = match listing.walk.end() {
                End::Complete => Safe::from_static("Everything is loaded"),
                _ => Safe::concat(&[Safe::from_static("Cannot continue: "), listing.scope(None)]),
            };
            self.notify(text, false);
            return;
        }
        listing.begin_loading_all();
        // The configuration rejects a cap of 0, but this public field may hold one.
        let (loaded, cap) = (listing.store.len(), self.config.cap.max(1));
        let load_until = Some((loaded / cap + 1) * cap);
        match self.listing.request_mut() {
            Some(request) => request.purpose.load_until = load_until,
            None => self.request_next_page(load_until),
        }
    }

    /// Returns a sentence for the user that names the key which repeats a failed request.
    pub(super) fn retry_sentence(&self) -> Safe {
        Safe::sanitize(&self.config.keymap.press_sentence(Action::Refresh, "retry"))
    }

    /// Stops what is being loaded: the list request, a fetch of missing values, or a request that waits for its retry.
    /// Returns false if nothing was stopped.
    pub(super) fn stop_loading(&mut self) -> bool {
        if self.is_offline() {
            return false;
        }
        if self.cancel_retries() || self.stop_fetch_by_user() {
            return true;
        }
        let stopped = Failure {
            kind: FailureKind::Stopped,
            sentence: Safe::from_static("You cancelled this request."),
            advice: self.retry_sentence(),
        };
        match self.listing.request().map(|request| request.purpose.page) {
            Some(PageKind::Query) => self.listing.fail(stopped),
            Some(page) => {
                self.listing.end();
                if let Some(listing) = self.listing.value_mut().filter(|_| page == PageKind::Next) {
                    listing.walk.stop(Stop::ByUser);
                }
            }
            None => return false,
        }
        self.outbox.push(Effect::Cancel(Slot::Page));
        true
    }

    /// Refreshes the data, as the key `r` does. If a request failed, repeats that request. Otherwise requests the
    /// list's newest page again, and the full record of the shown submission.
    pub(super) fn refresh(&mut self) {
        if self.listing.is_loading() {
            return;
        }
        let failed = self.listing.failure().is_some();
        let Some(listing) = self.listing.current_mut() else { return self.request_first_page() };
        // The walk keeps its failed page, even if other requests were sent since.
        if matches!(listing.walk.end(), End::Stopped(Stop::Failed(_))) && listing.walk.resume() {
            self.request_next_page(None);
        } else if self.detail.full_record_request().failure().is_some() && !failed {
            self.request_full_record();
        } else {
            self.request_refresh();
        }
    }

    /// Requests the page on which new submissions are expected: the first or the last page (see
    /// `Listing::newest_page`). Also requests the full record of the submission in the detail pane again, if the pane
    /// has the record or if the service answered that there is no such submission. No second request for the full
    /// record is sent while one is running.
    pub(super) fn request_refresh(&mut self) {
        let Some(listing) = self.listing.current() else { return };
        let (params, cursor) = (listing.params.clone(), listing.newest_page().cloned());
        self.request_page(PageRequest::new(PageKind::Refresh), params, cursor);
        // A running request is followed by a second one if its answer contradicts a page that arrived before: see
        // `Detail::full_record_arrived`.
        if (self.detail.has_full_record() || self.detail.full_record_request().is_not_found())
            && !self.detail.full_record_request().is_loading()
        {
            self.request_full_record();
        }
    }

    /// Stores `result`, the answer to the list request `ticket`. `received_at` is the time at which the answer arrived.
    /// If the list does not wait for this request, passes the answer to [`Self::part_loaded`]: it belongs to the
    /// fetching of values that the loaded rows lack (key `D`).
    pub(super) fn page_loaded(&mut self, ticket: Ticket, result: Result<Page, Failure>, received_at: Timestamp) {
        if !self.listing.awaits(ticket) {
            return self.part_loaded(ticket, result, received_at);
        }
        match result {
            Ok(page) => self.store_page(ticket, page, received_at),
            Err(failure) => {
                self.watch_failed(&failure);
                self.page_failed(failure);
            }
        }
    }

    fn store_page(&mut self, ticket: Ticket, page: Page, received_at: Timestamp) {
        let is_offline = self.is_offline();
        if page.repaired {
            self.notify(if is_offline { REPAIRED_FILE } else { REPAIRED_ANSWER }, true);
        }
        let is_overtaken = self.is_overtaken(&page);
        let Some(PageRequest { page: asked, load_until }) = self.listing.end() else { return };
        match (asked, self.listing.value_mut()) {
            (PageKind::Next, Some(listing)) if is_offline => add_file_page(listing, page, received_at),
            (PageKind::Next, Some(listing)) => {
                listing.take(page, received_at);
            }
            (PageKind::Refresh, Some(listing)) if !is_overtaken => {
                let taken = listing.refresh(page, received_at);
                if self.rows.rows().is_empty() {
                    // Without rows on screen, nothing can move.
                    listing.store.news_mut().reveal();
                }
                self.notify_refreshed(taken);
            }
            _ => {
                // What is still to be fetched belongs to the rows that are replaced.
                self.abort_fetch();
                let mut listing = Listing::new(self.filter.applied().params().clone(), ticket, received_at);
                if let Some(earlier) = self.listing.value().filter(|_| listing.params.request_type.is_some()) {
                    listing.store.remember(&earlier.store);
                }
                if is_offline {
                    listing.store.keep_as_received();
                    add_file_page(&mut listing, page, received_at);
                } else {
                    listing.take(page, received_at);
                }
                if let Some(earlier) = self.listing.value() {
                    self.selection.marks.keep_answers(&earlier.store);
                }
                let earlier = std::mem::replace(&mut self.listing, Remote::Ready(listing));
                if earlier.value().is_some_and(|earlier| earlier.store.len() > FREED_AT_ONCE) {
                    self.outbox.push(Effect::Discard(Box::new(earlier)));
                }
                self.selection.move_to_another_store();
                self.list.move_to_top();
            }
        }
        self.keep_detached_answer();
        if let Some(most) = load_until {
            self.continue_loading(most);
        }
    }

    /// Returns whether there is a gap between `page`, the refreshed first page of the list, and the loaded rows. There
    /// is a gap if the page contains none of the loaded rows and more pages follow. The list must then be loaded from
    /// the beginning.
    fn is_overtaken(&self, page: &Page) -> bool {
        let known = |item: &Item| match item {
            Item::Readable { id, .. } => self.entry_of(id).is_some(),
            Item::Unreadable { .. } => false,
        };
        let is_first = self.listing.value().is_none_or(|listing| listing.newest_page().is_none());
        is_first && matches!(page.next, NextPage::More(_)) && !page.items.iter().any(known)
    }

    /// Requests the next page while all pages are being loaded. Pauses when `row_limit` rows are loaded, or when the
    /// loaded rows take too much memory.
    fn continue_loading(&mut self, row_limit: usize) {
        let Some(listing) = self.listing.value_mut() else { return };
        if listing.walk.end() == &End::More && listing.store.len() >= row_limit {
            listing.walk.stop(Stop::Cap(row_limit));
        }
        // The size of a file is limited before the screen opens.
        if self.config.file.is_none() {
            listing.stop_if_heavy();
        }
        let stopped = match listing.walk.end() {
            End::Stopped(Stop::Cap(rows)) => Some(format!("{rows} rows are loaded")),
            End::Stopped(Stop::Bytes(bytes)) => Some(format!("{} are loaded", megabytes(*bytes))),
            _ => None,
        };
        if let Some(stopped) = stopped {
            let continues = self.config.keymap.key_remark(Action::LoadAll, "continues");
            self.notify(Safe::sanitize(&format!("{stopped}: load more?{continues}")), false);
        }
        self.request_next_page(Some(row_limit));
    }

    /// Handles a failed list request: the requested page could not be loaded, because of `failure`, which the list then
    /// shows.
    pub(super) fn page_failed(&mut self, failure: Failure) {
        if self.listing.request().is_some_and(|request| request.purpose.page == PageKind::Next)
            && let Some(listing) = self.listing.value_mut()
        {
            listing.walk.stop(Stop::Failed(Safe::from_static(failure.kind.short())));
        }
        self.listing.fail(failure);
    }
}

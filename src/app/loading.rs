//! Rules about asking for pages: who asks, what an answer means, and when to go on.

use jiff::Timestamp;

use super::detail::MENDED;
use super::{Effect, Model, Slot};
use crate::api::{Item, Next, Page};
use crate::failure::{Failure, FailureKind};
use crate::keys::Action;
use crate::kit::{Remote, Ticket};
use crate::query::{Cursor, Params};
use crate::store::{End, Listing, Stop};
use crate::text::{Safe, megabytes};

/// Why a page of the list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageRequest {
    pub(super) page: AskedPage,
    /// Pages are asked for one after the other until this many rows are loaded.
    pub(super) load_until: Option<usize>,
}

/// Which page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedPage {
    /// The first page of the applied query.
    Query,
    /// The next page.
    Next,
    /// The page where something new is to be expected.
    Refresh,
}

impl PageRequest {
    const fn new(page: AskedPage) -> Self {
        Self { page, load_until: None }
    }

    /// Whether what is loaded answers another query than the applied one until this is answered.
    const fn is_of_another_query(self) -> bool {
        matches!(self.page, AskedPage::Query)
    }
}

/// The list as far as it is loaded, with the request for more of it.
pub(super) type Pages = Remote<Listing, PageRequest>;

impl Pages {
    /// Whether what is loaded answers the applied query.
    pub(super) const fn is_current(&self) -> bool {
        match self {
            Self::Ready(_) => true,
            Self::Loading { request, .. } => !request.purpose.is_of_another_query(),
            Self::Failed { purpose, .. } => !purpose.is_of_another_query(),
            Self::Idle | Self::NotFound => false,
        }
    }

    /// The answer to the applied query as far as it is loaded.
    pub(super) fn current(&self) -> Option<&Listing> {
        self.value().filter(|_| self.is_current())
    }

    /// The same, to change.
    pub(super) fn current_mut(&mut self) -> Option<&mut Listing> {
        let is_current = self.is_current();
        self.value_mut().filter(|_| is_current)
    }

    /// Until how many rows pages are asked for one after the other.
    pub(super) fn load_until(&self) -> Option<usize> {
        self.request()?.purpose.load_until
    }
}

impl Model {
    fn ask_page(&mut self, request: PageRequest, params: Params, cursor: Option<Cursor>) {
        let ticket = self.tickets.issue();
        self.listing.start(ticket, request);
        self.outbox.push(Effect::FetchPage { ticket, params, cursor });
    }

    /// Asks for the first page of the applied query. What is on screen stays until the answer comes.
    pub(super) fn ask_query(&mut self) {
        let params = self.filter.applied().params().clone();
        self.ask_page(PageRequest::new(AskedPage::Query), params, None);
    }

    /// The bar was applied: asks only if the parameters changed; local terms never ask.
    pub(super) fn apply_filter(&mut self) {
        let loaded = self.listing.current().map(|listing| &listing.params);
        if loaded != Some(self.filter.applied().params()) {
            self.ask_query();
        }
    }

    /// Asks for the next page if the walk goes on and nothing is under way.
    fn ask_next(&mut self, load_until: Option<usize>) {
        let Some(listing) = self.listing.current() else { return };
        if self.listing.is_loading() || listing.walk.end() != &End::More {
            return;
        }
        let (params, cursor) = (listing.params.clone(), listing.walk.next().cloned());
        self.ask_page(PageRequest { page: AskedPage::Next, load_until }, params, cursor);
    }

    /// The list cursor moved to a line: asks for the next page when the end nears. A failed page is not asked for again by moving.
    pub(super) fn ensure_next(&mut self, line: usize) {
        if line + self.list_height() >= self.rows.rows().len() {
            if let Some(listing) = self.listing.current_mut()
                && listing.walk.end() == &End::Stopped(Stop::ByUser)
            {
                listing.walk.resume();
            }
            self.ask_next(None);
        }
    }

    /// Fills the screen with rows, but does not walk through everything behind a local term that hides most of them. A
    /// failure is not followed by another request.
    pub(super) fn fill_list(&mut self) {
        let Remote::Ready(listing) = &self.listing else { return };
        let fills = !self.filter.applied().has_local() || listing.store.is_empty();
        if fills && self.filter.editor().is_none() && self.rows.rows().len() < self.list_height().max(1) {
            self.ask_next(None);
        }
    }

    /// `L`: one page after the other until the cursor ends, up to a cap that a second `L` lifts.
    pub(super) fn start_load_all(&mut self) {
        let Some(listing) = self.listing.current_mut() else {
            match self.listing.request_mut() {
                // The first page is under way: everything follows it.
                Some(request) => request.purpose.load_until = Some(self.config.cap),
                None => self.notify(Safe::from_static("Nothing is loaded · r retries"), true),
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
        // The configuration takes no cap of 0, but this field is open to anyone.
        let (loaded, cap) = (listing.store.len(), self.config.cap.max(1));
        let load_until = Some((loaded / cap + 1) * cap);
        match self.listing.request_mut() {
            Some(request) => request.purpose.load_until = load_until,
            None => self.ask_next(load_until),
        }
    }

    /// Stops what is being loaded; tells whether there was something to stop.
    pub(super) fn stop_loading(&mut self) -> bool {
        if self.give_up_waiting() {
            return true;
        }
        let stopped = Failure {
            kind: FailureKind::Stopped,
            sentence: Safe::from_static("You cancelled this request."),
            advice: Safe::from_static("Press r to retry."),
        };
        match self.listing.request().map(|request| request.purpose.page) {
            Some(AskedPage::Query) => self.listing.fail(stopped),
            Some(page) => {
                self.listing.end();
                if let Some(listing) = self.listing.value_mut().filter(|_| page == AskedPage::Next) {
                    listing.walk.stop(Stop::ByUser);
                }
            }
            None => return false,
        }
        self.outbox.push(Effect::Cancel(Slot::Page));
        true
    }

    /// `r`: repeats what failed last, else fetches the first page and the shown submission again.
    pub(super) fn refresh(&mut self) {
        if self.listing.is_loading() {
            return;
        }
        let failed = self.listing.failure().is_some();
        let Some(listing) = self.listing.current_mut() else { return self.ask_query() };
        // The walk remembers a failed page, whatever was asked for since.
        if matches!(listing.walk.end(), End::Stopped(Stop::Failed(_))) && listing.walk.resume() {
            self.ask_next(None);
        } else if self.detail.single().failure().is_some() && !failed {
            self.ask_single();
        } else {
            self.ask_again();
        }
    }

    /// Asks for the page where something new is to be expected, and for the shown submission.
    pub(super) fn ask_again(&mut self) {
        let Some(listing) = self.listing.current() else { return };
        let (params, cursor) = (listing.params.clone(), listing.newest_page().cloned());
        self.ask_page(PageRequest::new(AskedPage::Refresh), params, cursor);
        // One that is under way is followed by another if it contradicts a page that came before it: `Detail::arrived`.
        if (self.detail.shows_single() || self.detail.single().is_not_found()) && !self.detail.single().is_loading() {
            self.ask_single();
        }
    }

    /// An answer to a list request. A stale one changes nothing.
    pub(super) fn page_loaded(&mut self, ticket: Ticket, result: Result<Page, Failure>, at: Timestamp) {
        if !self.listing.awaits(ticket) {
            return;
        }
        match result {
            Ok(page) => self.take_page(ticket, page, at),
            Err(failure) => {
                self.watch_failed(&failure);
                self.page_failed(failure);
            }
        }
    }

    fn take_page(&mut self, ticket: Ticket, page: Page, at: Timestamp) {
        if page.mended {
            self.notify(MENDED, true);
        }
        let is_overtaken = self.is_overtaken(&page);
        let Some(PageRequest { page: asked, load_until }) = self.listing.end() else { return };
        match (asked, self.listing.value_mut()) {
            (AskedPage::Next, Some(listing)) => {
                listing.take(page, at);
            }
            (AskedPage::Refresh, Some(listing)) if !is_overtaken => {
                let taken = listing.refresh(page, at);
                if self.rows.rows().is_empty() {
                    // Nothing is there that could jump.
                    listing.store.news_mut().reveal();
                }
                self.refreshed(taken);
            }
            _ => {
                let mut listing = Listing::new(self.filter.applied().params().clone(), ticket, at);
                listing.take(page, at);
                self.listing = Remote::Ready(listing);
                self.selection.move_to_another_store();
                self.list.restart();
            }
        }
        self.keep_detached_answer();
        if let Some(most) = load_until {
            self.go_on(most);
        }
    }

    /// Whether a refreshed first page goes on to rows that the walk never saw: then it cannot be joined to what is
    /// loaded, and the walk begins again. A refreshed last page always follows what is loaded.
    fn is_overtaken(&self, page: &Page) -> bool {
        let known = |item: &Item| match item {
            Item::Readable { id, .. } => self.entry_of(id).is_some(),
            Item::Unreadable { .. } => false,
        };
        let is_first = self.listing.value().is_none_or(|listing| listing.newest_page().is_none());
        is_first && matches!(page.next, Next::More(_)) && !page.items.iter().any(known)
    }

    /// After a page: the next one of a load of everything.
    fn go_on(&mut self, most: usize) {
        let Some(listing) = self.listing.value_mut() else { return };
        if listing.walk.end() == &End::More && listing.store.len() >= most {
            listing.walk.stop(Stop::Cap(most));
        }
        listing.stop_if_heavy();
        let stopped = match listing.walk.end() {
            End::Stopped(Stop::Cap(rows)) => Some(format!("{rows} rows are loaded")),
            End::Stopped(Stop::Bytes(bytes)) => Some(format!("{} are loaded", megabytes(*bytes))),
            _ => None,
        };
        if let Some(stopped) = stopped {
            let chord = self.config.keymap.first_chord(Action::LoadAll).map(|chord| chord.to_string());
            let text = format!("{stopped} · {} continues", chord.unwrap_or_default());
            self.notify(Safe::sanitize(&text), false);
        }
        self.ask_next(Some(most));
    }

    /// The awaited page could not be had.
    pub(super) fn page_failed(&mut self, failure: Failure) {
        if self.listing.request().is_some_and(|request| request.purpose.page == AskedPage::Next)
            && let Some(listing) = self.listing.value_mut()
        {
            listing.walk.stop(Stop::Failed(Safe::from_static(failure.kind.short())));
        }
        self.listing.fail(failure);
    }
}

//! The submissions that one query has returned so far, with the state of the fetching of further pages.

use jiff::Timestamp;

use crate::api::{Item, NextPage, Page};
use crate::kit::Ticket;
use crate::query::{Cursor, Params, RequestType, Vocabulary};
use crate::text::Safe;

use super::{End, MergeStats, Stop, Store, Walk};

/// Number of received bytes after which the program stops the loading of all pages and asks the user whether to
/// continue. It is five times the size of 10,000 real submissions. The setting `load_cap` sets a similar limit for the
/// number of rows.
const MOST_BYTES: usize = 256 << 20;

/// The submissions that one query to the service has returned so far, and the state of the fetching of further pages.
pub struct Listing {
    /// Query parameters, which the request for every page sends.
    pub params: Params,
    /// Ticket (identifying number) of the request for the first page. The ticket distinguishes two listings with equal
    /// query parameters.
    pub ticket: Ticket,
    /// The submissions that are loaded so far.
    pub store: Store,
    /// State of the fetching of all pages: the page key of the next request, or the reason why the fetching stopped.
    pub walk: Walk,
    /// Time when the first page was received.
    pub first_at: Timestamp,
    /// Time when the newest further page of the query was received; the same as `first_at` before that.
    pub last_at: Timestamp,
    /// Time when a loaded page was last fetched again (refreshed); `None` if that never happened.
    pub refreshed_at: Option<Timestamp>,
    /// Number of bytes of all pages that were received since the last call of [`Self::begin_loading_all`].
    came: usize,
    /// Creation time (`created_at`) of the submission that was received first; `None` if no creation time is known yet.
    /// If this time is earlier than `last`, that of the submission that was received last, the service sends the oldest
    /// submissions first.
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    vocabulary: Vocabulary,
}

impl Listing {
    /// Creates an empty listing for a query with the query parameters `params`, before its first page is added.
    /// `ticket` identifies the request for the first page, and `at` is the time of creation.
    pub fn new(params: Params, ticket: Ticket, at: Timestamp) -> Self {
        Self {
            params,
            ticket,
            store: Store::default(),
            walk: Walk::default(),
            first_at: at,
            last_at: at,
            refreshed_at: None,
            came: 0,
            first: None,
            last: None,
            vocabulary: Vocabulary::default(),
        }
    }

    /// Adds `page`, the next page of the query, to the listing. `at` is the time when the page was received. Returns
    /// how many items of the page are new and how many changed.
    pub fn take(&mut self, page: Page, at: Timestamp) -> MergeStats {
        let mut created = page.items.iter().filter_map(Item::created_at);
        self.first = self.first.or(created.next());
        self.last = created.next_back().or(self.last);
        let before = self.store.len();
        self.last_at = at;
        self.came += page.bytes;
        let taken = self.store.take_page(page.items, at);
        self.see(before);
        self.walk.advance(taken, page.next);
        taken
    }

    /// Sets the counter of received bytes to 0. Call this when the loading of all pages begins or continues.
    /// [`Self::stop_if_heavy`] checks this counter.
    pub const fn begin_loading_all(&mut self) {
        self.came = 0;
    }

    /// Stops the fetching of pages if 256 MiB or more were received since [`Self::begin_loading_all`]. The user can
    /// then choose to continue.
    pub fn stop_if_heavy(&mut self) {
        if self.came >= MOST_BYTES {
            self.walk.stop(Stop::Bytes(self.came));
        }
    }

    /// Updates the listing with `page`, the newer state of a loaded page that was fetched again. `at` is the time when
    /// it was received. New submissions on the page are held back (not shown until the user wants that), so that the
    /// list on the screen does not jump. Returns how many items of the page are new and how many changed.
    pub fn refresh(&mut self, page: Page, at: Timestamp) -> MergeStats {
        self.refreshed_at = Some(at);
        // The page names a next one now although it was the last: the page behind it may not be loaded. If the newest
        // come first, the pages behind the first one are known.
        if let NextPage::More(cursor) = &page.next
            && (self.walk.last().is_none() || self.runs_upwards())
        {
            self.walk.reopen(cursor.clone());
        }
        if let NextPage::Overfull(items) = page.next {
            self.walk.overflow(items);
        }
        let before = self.store.len();
        let taken = self.store.take_refresh(page.items, at);
        self.see(before);
        taken
    }

    /// Joins `items` to the loaded submissions with the same ids. The items are from a page that holds only the part
    /// `part` (a group of fields, such as `aml`) of each submission. `at` is the time when the page was received. Rows
    /// may move on the screen: with the new values, other rows may match the filter.
    pub fn take_part(&mut self, part: RequestType, items: &[Item], at: Timestamp) {
        self.store.take_part(items, at);
        self.store.note_requested(part, items.iter().filter_map(Item::id));
        self.store.let_rows_move();
        for id in items.iter().filter_map(Item::id) {
            if let Some(index) = self.store.index_of(id) {
                self.vocabulary.see(&self.store.row(index));
            }
        }
    }

    /// Adds values of loaded rows to the vocabulary (the words that the filter input offers to complete what the user
    /// types). These are the rows whose index in the store is `from` or larger.
    fn see(&mut self, from: usize) {
        for index in (0..).take(self.store.len()).skip(from) {
            self.vocabulary.see(&self.store.row(index));
        }
    }

    /// Returns the values of the loaded rows (never identity data) that the filter input offers to complete what the
    /// user types.
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns the page key of the page on which new submissions are expected; `None` for the first page. This is the
    /// last page if all pages are loaded and the service sends the oldest submissions first, otherwise the first page.
    /// The order of the service is found out from the loaded submissions, since the documentation does not say it.
    pub fn newest_page(&self) -> Option<&Cursor> {
        self.walk.last().filter(|_| self.walk.end() == &End::Complete && self.runs_upwards())
    }

    fn runs_upwards(&self) -> bool {
        self.first.zip(self.last).is_some_and(|(first, last)| first < last)
    }

    /// Returns a text such as `50 loaded · more`: the number of loaded rows and the state of the fetching of pages (see
    /// [`End::scope`]). `shown` is the number of rows that match the local terms (conditions of the filter that this
    /// program tests itself); `None` if no local terms hide rows.
    pub fn scope(&self, shown: Option<usize>) -> Safe {
        self.walk.end().scope(self.store.len(), shown)
    }
}

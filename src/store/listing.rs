//! The loaded part of the answer to one query.

use jiff::Timestamp;

use crate::api::{Item, Next, Page};
use crate::kit::Ticket;
use crate::query::{Cursor, Params, Vocabulary};
use crate::text::Safe;

use super::{End, MergeStats, Stop, Store, Walk};

/// Number of bytes after which loading all pages asks the user before it continues, in addition to its limit on rows:
/// five times the size of 10,000 real submissions.
const MOST_BYTES: usize = 256 << 20;

/// The loaded part of the answer to one query: its submissions, and the state of the walk through its pages.
pub struct Listing {
    /// Query parameters of the request; every page repeats them.
    pub params: Params,
    /// Request that the first page answered. It distinguishes two answers to the same parameters.
    pub ticket: Ticket,
    /// Loaded submissions.
    pub store: Store,
    /// State of the walk through the pages.
    pub walk: Walk,
    /// Time when the first page was received, or when the listing was last refreshed.
    pub at: Timestamp,
    /// Number of bytes that were received since loading all pages began.
    came: usize,
    /// `created_at` of the first submission of the walk; `last` is that of the last one.
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    vocabulary: Vocabulary,
}

impl Listing {
    /// Creates an empty listing, before its first page.
    pub fn new(params: Params, ticket: Ticket, at: Timestamp) -> Self {
        Self {
            params,
            ticket,
            store: Store::default(),
            walk: Walk::default(),
            at,
            came: 0,
            first: None,
            last: None,
            vocabulary: Vocabulary::default(),
        }
    }

    /// Adds the next page of the walk.
    pub fn take(&mut self, page: Page, at: Timestamp) -> MergeStats {
        let mut created = page.items.iter().filter_map(Item::created);
        self.first = self.first.or(created.next());
        self.last = created.next_back().or(self.last);
        let before = self.store.len();
        self.came += page.bytes;
        let taken = self.store.take_page(page.items, at);
        self.see(before);
        self.walk.advance(taken, page.next);
        taken
    }

    /// Notes that loading all pages begins or continues: counts the received bytes from 0 again.
    pub const fn begin_loading_all(&mut self) {
        self.came = 0;
    }

    /// Stops the walk if more bytes were received since [`Self::begin_loading_all`] than are loaded without asking
    /// the user.
    pub fn stop_if_heavy(&mut self) {
        if self.came >= MOST_BYTES {
            self.walk.stop(Stop::Bytes(self.came));
        }
    }

    /// Adds a page that was loaded before; new submissions on it are held back.
    pub fn refresh(&mut self, page: Page, at: Timestamp) -> MergeStats {
        self.at = at;
        // The page names a next one now although it was the last: the page behind it may not be loaded. If the newest
        // come first, the pages behind the first one are known.
        if let Next::More(cursor) = &page.next
            && (self.walk.last().is_none() || self.runs_upwards())
        {
            self.walk.reopen(cursor.clone());
        }
        if let Next::Overfull(items) = page.next {
            self.walk.overflow(items);
        }
        let before = self.store.len();
        let taken = self.store.take_refresh(page.items, at);
        self.see(before);
        taken
    }

    /// Adds the values of the rows from an index on to the vocabulary.
    fn see(&mut self, from: usize) {
        for entry in self.store.entries().iter().skip(from) {
            self.vocabulary.see(entry.row());
        }
    }

    /// Returns the values that the loaded rows hold, for completion.
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns the page key of the page on which new submissions are expected; `None` is the first page. The last
    /// page is used if the service answers oldest first and everything is loaded. The documentation does not say in
    /// which order the service answers.
    pub fn newest_page(&self) -> Option<&Cursor> {
        self.walk.last().filter(|_| self.walk.end() == &End::Complete && self.runs_upwards())
    }

    fn runs_upwards(&self) -> bool {
        self.first.zip(self.last).is_some_and(|(first, last)| first < last)
    }

    /// Returns a text that says how much is loaded and how complete that is: see [`End::scope`].
    pub fn scope(&self, shown: Option<usize>) -> Safe {
        self.walk.end().scope(self.store.len(), shown)
    }
}

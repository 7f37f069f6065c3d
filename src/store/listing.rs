//! One query's answer as far as it is loaded.

use jiff::Timestamp;

use crate::api::{Item, Next, Page};
use crate::kit::Ticket;
use crate::query::{Cursor, Params, Vocabulary};
use crate::text::Safe;

use super::{End, MergeStats, Stop, Store, Walk};

/// Bytes of pages after which loading everything asks before it goes on, beside its cap on rows: five times what 10,000 real
/// submissions have.
const MOST_BYTES: usize = 256 << 20;

/// What a query brought so far.
pub struct Listing {
    /// The parameters that were asked with; every page repeats them.
    pub params: Params,
    /// The request that its first page answered: tells two answers to the same parameters apart.
    pub ticket: Ticket,
    /// The submissions.
    pub store: Store,
    /// How far the cursor was walked.
    pub walk: Walk,
    /// When the first page came last.
    pub at: Timestamp,
    /// Bytes that came since loading everything began.
    came: usize,
    /// `created_at` of the first and of the last submission of the walk.
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    vocabulary: Vocabulary,
}

impl Listing {
    /// An empty listing before its first page.
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

    /// Takes the next page of the walk in.
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

    /// Loading everything begins, or goes on.
    pub const fn begin_loading_all(&mut self) {
        self.came = 0;
    }

    /// Stops the walk where more came since than is loaded without asking.
    pub fn stop_if_heavy(&mut self) {
        if self.came >= MOST_BYTES {
            self.walk.stop(Stop::Bytes(self.came));
        }
    }

    /// Takes a page in that was loaded before: what is new is held back.
    pub fn refresh(&mut self, page: Page, at: Timestamp) -> MergeStats {
        self.at = at;
        // The page names a next one now although it was the last: what lies behind it may not be loaded. Where the newest
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

    /// Notes the values of the rows from an index on.
    fn see(&mut self, from: usize) {
        for entry in self.store.entries().iter().skip(from) {
            self.vocabulary.see(entry.row());
        }
    }

    /// The values that the loaded rows hold, for completion.
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Where new submissions are to be looked for: at the first page, or, where the service answers oldest first and
    /// everything is loaded, at the last one. In which order it answers is not documented.
    pub fn newest_page(&self) -> Option<&Cursor> {
        self.walk.last().filter(|_| self.walk.end() == &End::Complete && self.runs_upwards())
    }

    fn runs_upwards(&self) -> bool {
        self.first.zip(self.last).is_some_and(|(first, last)| first < last)
    }

    /// How much is loaded and how far that reaches: see [`End::scope`].
    pub fn scope(&self, shown: Option<usize>) -> Safe {
        self.walk.end().scope(self.store.len(), shown)
    }
}

//! The state of a walk: the next page and, after a stop, the reason of the stop. A walk is the fetching of all pages of
//! a query one after the other.
//!
//! The documentation of the service leaves three questions open. May a page key repeat? May a page before the last be
//! empty? May two pages hold the same submission? So the checks in this module stop a walk that makes no progress, and
//! keep the reason.

use std::collections::HashSet;

use crate::api::NextPage;
use crate::query::Cursor;
use crate::text::{Safe, counted, grouped, megabytes};

use super::MergeStats;

/// Number of empty pages in a row after which the fetching of pages stops.
const MOST_EMPTY: u8 = 10;
/// Number of pages in a row, each with rows but without a new row, after which the fetching stops. Empty pages between
/// these pages are not counted.
const MAX_PAGES_WITHOUT_NEW: u8 = 2;

/// Reason why the fetching of all pages stopped before the last page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The service sent a page key that cannot be sent back.
    CursorUnusable,
    /// The service sent a page key that an earlier page already had.
    CursorRepeats,
    /// Two pages in a row held rows, but only rows that earlier pages already held. Empty pages between them do not
    /// count.
    ServerRepeats,
    /// Ten pages in a row were empty.
    OnlyEmptyPages,
    /// The user stopped the fetching of pages.
    ByUser,
    /// A page held this many items, which is more than the program reads.
    LongPage(usize),
    /// The number of loaded rows reached a limit; the value is the limit.
    Cap(usize),
    /// This many bytes of pages were received, which is more than the program loads without asking the user.
    Bytes(usize),
    /// The file with the submissions contains only a part of them; the value is the reason in a few words.
    FileInPart(Safe),
    /// A page could not be fetched, or too many full records could not be fetched. The value is the reason in a few
    /// words.
    Failed(Safe),
}

impl Stop {
    /// Returns in a few words why the loading of pages stopped, such as `ten empty pages in a row`. The title of the
    /// list on the screen shows this text.
    pub fn reason(&self) -> Safe {
        match self {
            Self::CursorUnusable => Safe::from_static("the server's page key cannot be used"),
            Self::CursorRepeats => Safe::from_static("the server repeats a page key"),
            Self::ServerRepeats => Safe::from_static("the server repeats the same page"),
            Self::OnlyEmptyPages => Safe::from_static("ten empty pages in a row"),
            Self::ByUser => Safe::from_static("cancelled"),
            Self::LongPage(items) => Safe::sanitize(&format!("page of {} items, 10,000 taken", grouped(*items))),
            Self::Cap(rows) => Safe::sanitize(&format!("{} reached", counted(*rows, "row"))),
            Self::Bytes(bytes) => Safe::sanitize(&format!("{} loaded", megabytes(*bytes))),
            Self::FileInPart(why) | Self::Failed(why) => why.clone(),
        }
    }

    /// Returns whether the user may continue the fetching of pages after this stop, for example after `Esc`.
    pub const fn may_resume(&self) -> bool {
        matches!(self, Self::ByUser | Self::Cap(_) | Self::Bytes(_) | Self::Failed(_))
    }
}

/// State of the fetching of all pages: more to load, complete, or stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Another page follows, which is not loaded yet.
    #[default]
    More,
    /// No further page follows: everything is loaded.
    Complete,
    /// The fetching of pages stopped before the last page, for this reason.
    Stopped(Stop),
}

impl End {
    /// Returns a text for the screen: the number of loaded rows and the state of the fetching of pages. The forms are
    /// `N loaded · more`, `N loaded · complete` and `N loaded · stopped: reason`. `shown` is the number of rows that
    /// match the terms which this program tests. If `shown` is not `None`, the text begins with `K shown of `.
    pub fn scope(&self, loaded: usize, shown: Option<usize>) -> Safe {
        let end = match self {
            Self::More => Safe::from_static("more"),
            Self::Complete => Safe::from_static("complete"),
            Self::Stopped(why) => Safe::concat(&[Safe::from_static("stopped: "), why.reason()]),
        };
        let shown = shown.map(|shown| format!("{shown} shown of ")).unwrap_or_default();
        Safe::concat(&[Safe::sanitize(&format!("{shown}{loaded} loaded · ")), end])
    }
}

/// State of a walk, which is the fetching of all pages of a query one after the other. The first request is sent
/// without a page key.
#[derive(Default)]
pub struct Walk {
    next: Option<Cursor>,
    /// Page key with which the last received page was requested; `None` if that page was the first page.
    last: Option<Cursor>,
    seen: HashSet<Cursor>,
    empty: u8,
    barren: u8,
    end: End,
}

impl From<Option<Cursor>> for Walk {
    /// Creates the state of a walk (fetching of all pages) that begins at the page with the page key `next`; `None` is
    /// the first page.
    fn from(next: Option<Cursor>) -> Self {
        Self { seen: next.iter().cloned().collect(), next, ..Self::default() }
    }
}

impl Walk {
    /// Returns the state of the fetching of all pages: more to load, complete, or stopped.
    pub const fn end(&self) -> &End {
        &self.end
    }

    /// Returns the page key of the next request; `None` for the first page.
    pub const fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// Updates the state of the walk (the fetching of all pages) after a page was received. `taken` has the numbers of
    /// items and of new items on this page. `next` is what the page says about the next page, such as its page key.
    pub fn advance(&mut self, taken: MergeStats, next: NextPage) {
        self.last = self.next.take();
        self.empty = if taken.items == 0 { self.empty.saturating_add(1) } else { 0 };
        // An empty page between two others brings nothing new either.
        if taken.new > 0 {
            self.barren = 0;
        } else if taken.items > 0 {
            self.barren = self.barren.saturating_add(1);
        }
        self.end = match next {
            NextPage::Last => End::Complete,
            NextPage::Unusable => End::Stopped(Stop::CursorUnusable),
            NextPage::Overfull(items) => End::Stopped(Stop::LongPage(items)),
            NextPage::FileInPart(why) => End::Stopped(Stop::FileInPart(why)),
            NextPage::More(cursor) => {
                let fresh = self.seen.insert(cursor.clone());
                self.next = Some(cursor);
                if !fresh {
                    End::Stopped(Stop::CursorRepeats)
                } else if self.barren >= MAX_PAGES_WITHOUT_NEW {
                    End::Stopped(Stop::ServerRepeats)
                } else if self.empty >= MOST_EMPTY {
                    End::Stopped(Stop::OnlyEmptyPages)
                } else {
                    End::More
                }
            }
        };
    }

    /// Returns the page key with which the last received page was requested; `None` if that page was the first page.
    pub const fn last(&self) -> Option<&Cursor> {
        self.last.as_ref()
    }

    /// Returns whether a further page can be requested: either now, or after a call of [`Self::resume`] if the fetching
    /// was stopped. False after the last page, and after a stop that cannot be resumed.
    pub fn may_go_on(&self) -> bool {
        match &self.end {
            End::More => true,
            End::Complete => false,
            End::Stopped(why) => why.may_resume(),
        }
    }

    /// Continues the fetching of all pages after it was complete: a refresh of the last page shows that another page
    /// follows now. `next` is the page key of that page. If the fetching was not complete, nothing changes.
    pub fn reopen(&mut self, next: Cursor) {
        if self.end == End::Complete {
            self.seen.insert(next.clone());
            self.next = Some(next);
            self.end = End::More;
        }
    }

    /// Stops the loading of further pages because a refreshed page now holds more items than the program reads; `items`
    /// is their number. The loaded list then no longer counts as complete.
    pub fn overflow(&mut self, items: usize) {
        self.next = None;
        self.end = End::Stopped(Stop::LongPage(items));
    }

    /// Stops the fetching of pages for the reason `why`. Does nothing if all pages were fetched, or if the fetching was
    /// stopped before.
    pub fn stop(&mut self, why: Stop) {
        if self.end == End::More {
            self.end = End::Stopped(why);
        }
    }

    /// Continues the fetching of pages after a stop, if the reason of the stop allows that ([`Stop::may_resume`]).
    /// Returns whether there is a further page to request.
    pub fn resume(&mut self) -> bool {
        if matches!(&self.end, End::Stopped(why) if why.may_resume()) {
            self.end = End::More;
        }
        self.end == End::More
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(id: usize) -> Cursor {
        Cursor { id: id.to_string(), created_at: "2026-11-21T00:00:00.000Z".into() }
    }

    const FULL: MergeStats = MergeStats { items: 50, new: 50, changed: 0 };
    const SEEN: MergeStats = MergeStats { items: 50, new: 0, changed: 0 };
    const EMPTY: MergeStats = MergeStats { items: 0, new: 0, changed: 0 };

    #[test]
    fn walk_ends_when_the_cursor_does() {
        let mut walk = Walk::default();
        walk.advance(FULL, NextPage::More(cursor(1)));
        assert_eq!(walk.end(), &End::More);
        walk.advance(FULL, NextPage::Last);
        assert_eq!(walk.end(), &End::Complete);
        walk.stop(Stop::ByUser);
        assert_eq!(walk.end(), &End::Complete, "an end stays an end");
    }

    #[test]
    fn cycles_of_any_length_stop() {
        for length in 1..=10 {
            let mut walk = Walk::default();
            let pages = (0..100).take_while(|page| {
                walk.advance(FULL, NextPage::More(cursor(page % length)));
                walk.end() == &End::More
            });
            assert_eq!(pages.count(), length);
            assert_eq!(walk.end(), &End::Stopped(Stop::CursorRepeats));
            assert!(!walk.resume());
        }
    }

    #[test]
    fn two_pages_without_a_new_row_stop() {
        let mut walk = Walk::default();
        walk.advance(SEEN, NextPage::More(cursor(1)));
        assert_eq!(walk.end(), &End::More);
        walk.advance(FULL, NextPage::More(cursor(2)));
        walk.advance(SEEN, NextPage::More(cursor(3)));
        assert_eq!(walk.end(), &End::More, "not two running");
        walk.advance(SEEN, NextPage::More(cursor(4)));
        assert_eq!(walk.end(), &End::Stopped(Stop::ServerRepeats));
    }

    #[test]
    fn empty_pages_between_pages_without_a_new_row_do_not_keep_a_walk_alive() {
        let mut walk = Walk::default();
        walk.advance(SEEN, NextPage::More(cursor(1)));
        walk.advance(EMPTY, NextPage::More(cursor(2)));
        assert_eq!(walk.end(), &End::More);
        walk.advance(SEEN, NextPage::More(cursor(3)));
        assert_eq!(walk.end(), &End::Stopped(Stop::ServerRepeats));
    }

    #[test]
    fn ten_empty_pages_stop_and_nine_do_not() {
        let mut walk = Walk::default();
        for page in 0..9 {
            walk.advance(EMPTY, NextPage::More(cursor(page)));
            assert_eq!(walk.end(), &End::More);
        }
        walk.advance(EMPTY, NextPage::More(cursor(9)));
        assert_eq!(walk.end(), &End::Stopped(Stop::OnlyEmptyPages));
    }

    #[test]
    fn a_page_of_more_items_than_are_taken_stops_for_good() {
        let mut walk = Walk::default();
        walk.advance(FULL, NextPage::Overfull(5_590_000));
        let scope = walk.end().scope(10_000, None);
        assert_eq!(scope.as_str(), "10000 loaded · stopped: page of 5,590,000 items, 10,000 taken");
        assert!(!walk.resume());
        let mut walk = Walk::default();
        walk.advance(FULL, NextPage::Last);
        walk.overflow(10_001);
        assert_eq!(walk.end(), &End::Stopped(Stop::LongPage(10_001)));
    }

    #[test]
    fn failure_and_cap_can_be_resumed() {
        for why in [Stop::ByUser, Stop::Cap(10), Stop::Bytes(300_000_000), Stop::Failed(Safe::from_static("x"))] {
            let mut walk = Walk::default();
            walk.stop(why);
            assert!(walk.resume());
            assert_eq!(walk.end(), &End::More);
        }
    }
}

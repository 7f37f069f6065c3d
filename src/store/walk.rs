//! One walk along the service's cursor: where it is, and what stops it.
//!
//! The documentation leaves open whether a cursor may repeat, whether pages may be empty before the end and whether
//! pages overlap; the guards here end a walk that does not get anywhere, and say why.

use std::collections::HashSet;

use crate::api::Next;
use crate::query::Cursor;
use crate::text::{Safe, counted, grouped, megabytes};

use super::MergeStats;

/// Empty pages in a row after which a walk stops.
const MOST_EMPTY: u8 = 10;
/// Pages that hold rows but no new one, with none but empty pages between them, after which a walk stops.
const MAX_PAGES_WITHOUT_NEW: u8 = 2;

/// Why a walk does not move before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The service named another page in a way that cannot be sent back.
    CursorUnusable,
    /// The cursor was seen before in this walk.
    CursorRepeats,
    /// Two pages running held rows but no new one.
    ServerRepeats,
    /// Ten empty pages in a row.
    OnlyEmptyPages,
    /// The user stopped it.
    ByUser,
    /// A page held this many items, more than are taken.
    LongPage(usize),
    /// The cap on rows was reached.
    Cap(usize),
    /// As many bytes came as are loaded without asking.
    Bytes(usize),
    /// A page could not be had.
    Failed(Safe),
}

impl Stop {
    /// The reason in a few words, for the list's title.
    pub fn reason(&self) -> Safe {
        match self {
            Self::CursorUnusable => Safe::from_static("the server's page key cannot be used"),
            Self::CursorRepeats => Safe::from_static("the server repeats a page key"),
            Self::ServerRepeats => Safe::from_static("the server repeats the same page"),
            Self::OnlyEmptyPages => Safe::from_static("ten empty pages in a row"),
            Self::ByUser => Safe::from_static("Esc"),
            Self::LongPage(items) => Safe::sanitize(&format!("page of {} items, 10,000 taken", grouped(*items))),
            Self::Cap(rows) => Safe::sanitize(&format!("{} reached", counted(*rows, "row"))),
            Self::Bytes(bytes) => Safe::sanitize(&format!("{} loaded", megabytes(*bytes))),
            Self::Failed(why) => why.clone(),
        }
    }

    /// Whether the walk may go on when it is asked to.
    pub const fn may_resume(&self) -> bool {
        matches!(self, Self::ByUser | Self::Cap(_) | Self::Bytes(_) | Self::Failed(_))
    }
}

/// How far a walk came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// There is more to load.
    #[default]
    More,
    /// The cursor ended: everything is loaded.
    Complete,
    /// It stopped before its end.
    Stopped(Stop),
}

impl End {
    /// How much is loaded and how far that reaches: always exactly one of `N loaded · more`, `N loaded · complete` and
    /// `N loaded · stopped: reason`, with `K shown of ` before it when local terms hide rows.
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

/// The state of a walk. Its first request has no cursor.
#[derive(Default)]
pub struct Walk {
    next: Option<Cursor>,
    /// The cursor of the last page that came; `None` for the first.
    last: Option<Cursor>,
    seen: HashSet<Cursor>,
    empty: u8,
    barren: u8,
    end: End,
}

impl From<Option<Cursor>> for Walk {
    /// A walk that goes on at a cursor.
    fn from(next: Option<Cursor>) -> Self {
        Self { seen: next.iter().cloned().collect(), next, ..Self::default() }
    }
}

impl Walk {
    /// How far it came.
    pub const fn end(&self) -> &End {
        &self.end
    }

    /// The cursor of the next request; `None` for the first page.
    pub const fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// A page arrived, with the cursor that it carried.
    pub fn advance(&mut self, taken: MergeStats, next: Next) {
        self.last = self.next.take();
        self.empty = if taken.items == 0 { self.empty.saturating_add(1) } else { 0 };
        // An empty page between two others brings nothing new either.
        if taken.new > 0 {
            self.barren = 0;
        } else if taken.items > 0 {
            self.barren = self.barren.saturating_add(1);
        }
        self.end = match next {
            Next::Last => End::Complete,
            Next::Unusable => End::Stopped(Stop::CursorUnusable),
            Next::Overfull(items) => End::Stopped(Stop::LongPage(items)),
            Next::More(cursor) => {
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

    /// The cursor that the last page was asked for with; `None` when that was the first page.
    pub const fn last(&self) -> Option<&Cursor> {
        self.last.as_ref()
    }

    /// The end moved: the page that was the last one names another now.
    pub fn reopen(&mut self, next: Cursor) {
        if self.end == End::Complete {
            self.seen.insert(next.clone());
            self.next = Some(next);
            self.end = End::More;
        }
    }

    /// A page that was loaded before came again, with more items than are taken: nothing is complete any more.
    pub fn overflow(&mut self, items: usize) {
        self.next = None;
        self.end = End::Stopped(Stop::LongPage(items));
    }

    /// Stops it before its end; a walk that ended stays ended.
    pub fn stop(&mut self, why: Stop) {
        if self.end == End::More {
            self.end = End::Stopped(why);
        }
    }

    /// Goes on after a stop that allows it; tells whether there is something to ask for.
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
        walk.advance(FULL, Next::More(cursor(1)));
        assert_eq!(walk.end(), &End::More);
        walk.advance(FULL, Next::Last);
        assert_eq!(walk.end(), &End::Complete);
        walk.stop(Stop::ByUser);
        assert_eq!(walk.end(), &End::Complete, "an end stays an end");
    }

    #[test]
    fn cycles_of_any_length_stop() {
        for length in 1..=10 {
            let mut walk = Walk::default();
            let pages = (0..100).take_while(|page| {
                walk.advance(FULL, Next::More(cursor(page % length)));
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
        walk.advance(SEEN, Next::More(cursor(1)));
        assert_eq!(walk.end(), &End::More);
        walk.advance(FULL, Next::More(cursor(2)));
        walk.advance(SEEN, Next::More(cursor(3)));
        assert_eq!(walk.end(), &End::More, "not two running");
        walk.advance(SEEN, Next::More(cursor(4)));
        assert_eq!(walk.end(), &End::Stopped(Stop::ServerRepeats));
    }

    #[test]
    fn empty_pages_between_pages_without_a_new_row_do_not_keep_a_walk_alive() {
        let mut walk = Walk::default();
        walk.advance(SEEN, Next::More(cursor(1)));
        walk.advance(EMPTY, Next::More(cursor(2)));
        assert_eq!(walk.end(), &End::More);
        walk.advance(SEEN, Next::More(cursor(3)));
        assert_eq!(walk.end(), &End::Stopped(Stop::ServerRepeats));
    }

    #[test]
    fn ten_empty_pages_stop_and_nine_do_not() {
        let mut walk = Walk::default();
        for page in 0..9 {
            walk.advance(EMPTY, Next::More(cursor(page)));
            assert_eq!(walk.end(), &End::More);
        }
        walk.advance(EMPTY, Next::More(cursor(9)));
        assert_eq!(walk.end(), &End::Stopped(Stop::OnlyEmptyPages));
    }

    #[test]
    fn a_page_of_more_items_than_are_taken_stops_for_good() {
        let mut walk = Walk::default();
        walk.advance(FULL, Next::Overfull(5_590_000));
        let scope = walk.end().scope(10_000, None);
        assert_eq!(scope.as_str(), "10000 loaded · stopped: page of 5,590,000 items, 10,000 taken");
        assert!(!walk.resume());
        let mut walk = Walk::default();
        walk.advance(FULL, Next::Last);
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

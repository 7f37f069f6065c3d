//! The settings of a walk over the submissions of a query.

use std::rc::Rc;

use tokio::sync::Semaphore;

use super::RequestCounts;
use crate::api::Item;
use crate::failure::Waiting;
use crate::offline::RecordSource;
use crate::query::{PartSet, Query, Verdict};
use crate::submission::row::{NO_ROW, Row};
use crate::text::Mask;

/// Settings for fetching submissions, shared by all walks over pages of one call of the program.
#[derive(Clone)]
pub struct WalkContext<'a> {
    /// Source of the submissions: the service or a file.
    pub source: &'a RecordSource,
    /// Query whose local terms decide which items are shown.
    pub query: &'a Query,
    /// Mask level. The local terms must not read values that the mask level hides.
    pub mask: Mask,
    /// Parts (`request_type`) that are fetched and joined to the list data. A part is not fetched for a submission that
    /// the local terms hide whatever the part holds. The query parameters of the walk must have no `request_type`.
    pub with: PartSet,
    /// Permits to request full records; `None` if only list data is wanted. No full record is fetched for a submission
    /// that the local terms hide whatever the full record holds.
    pub record_permits: Option<Rc<Semaphore>>,
    /// Number of failed full records in a row after which the walk over pages stops. A failure that every further
    /// request would have too (API key, quota, IP address or proxy refused) stops the walk at once.
    pub max_failures: usize,
    /// Whether the walk, when failed full records stop it, still returns the other items of the fetched page, with their
    /// list data.
    pub keeps_page: bool,
    /// Largest number of items that the walk over pages returns, hidden and unreadable items included. After this
    /// number, the walk stops; `None` means no limit.
    pub max_items: Option<usize>,
    /// Whether the caller fetches all pages of the list. If not, a part is not searched to its end for submissions that
    /// it does not hold: that could take many more pages than those of the list.
    pub fetches_all: bool,
    /// Function that is called before each wait for a retry.
    pub on_wait: Rc<dyn Fn(&Waiting) + 'a>,
    /// Counts of the requests that are sent.
    pub requests: Rc<RequestCounts>,
}

impl WalkContext<'_> {
    /// Returns whether the item matches the terms of the filter that this program tests itself (the local terms), or
    /// that this cannot be decided yet.
    pub(super) fn verdict_on(&self, item: &Item) -> Verdict {
        self.query.judge(row(item), self.mask)
    }

    /// Returns whether the item matches those terms of the filter that this program tests itself (the local terms), or
    /// may match them after further fields of it were fetched.
    pub(super) fn may_show(&self, item: &Item) -> bool {
        self.query.lacking(row(item), self.mask).is_some()
    }

    /// Counts the retry of a failed request. Then calls [`Self::on_wait`] with `waiting`, the description of the wait
    /// before the retry.
    pub(super) fn report_wait(&self, waiting: &Waiting) {
        self.requests.add_retry();
        (self.on_wait)(waiting);
    }
}

/// Returns the row of an item; the row of an unreadable item is empty.
fn row(item: &Item) -> &Row {
    if let Item::Readable { row, .. } = item { row } else { &NO_ROW }
}

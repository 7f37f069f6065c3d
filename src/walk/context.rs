//! The settings of a walk. A walk fetches the submissions of a query page by page.

use std::rc::Rc;

use tokio::sync::Semaphore;

use super::RequestCounts;
use crate::api::Item;
use crate::failure::Waiting;
use crate::offline::RecordSource;
use crate::query::{PartSet, Query, Verdict};
use crate::submission::row::{NO_ROW, Row};
use crate::text::Mask;

/// Settings for fetching submissions, shared by all walks of one run of the program. A walk fetches the submissions of
/// a query page by page.
#[derive(Clone)]
pub struct WalkContext<'a> {
    /// Source of the submissions: the service or a file.
    pub source: &'a RecordSource,
    /// Query whose local terms decide which items are shown. A local term is a condition of the filter that this
    /// program tests itself, since the service has no query parameter for it.
    pub query: &'a Query,
    /// Mask level. Values that it hides are not used to test the filter.
    pub mask: Mask,
    /// Parts of the submissions that are fetched and joined to the list data. A part is a group of fields, such as
    /// `aml`, that the service sends when `request_type` names it. A part is not fetched for a submission that the
    /// filter hides in any case, whatever the part holds. The query parameters of the walk must have no `request_type`.
    pub with: PartSet,
    /// Permits to request full records (the answers about single submissions); `None` if only list data is wanted. No
    /// full record is requested for a submission that the filter hides in any case, whatever the full record holds.
    pub record_permits: Option<Rc<Semaphore>>,
    /// The walk stops when this number of full records in a row could not be fetched. It stops at once after a failure
    /// that every further request would have too: the API key, quota, IP address or proxy is refused.
    pub max_failures: usize,
    /// Whether the walk, when it stops because full records could not be fetched, still returns the remaining items of
    /// the current page. These items then have only their list data.
    pub keeps_page: bool,
    /// Maximum number of items that the walk returns, hidden and unreadable items included. The walk then stops. `None`
    /// means no limit.
    pub max_items: Option<usize>,
    /// Whether the caller fetches all pages of the list. If true, pages of a part (such as `aml`) are fetched until
    /// every submission has the part or no page follows. If false, this search ends after a few pages without a find,
    /// because it could take many more pages than the list.
    pub fetches_all: bool,
    /// Function that is called before each wait for the retry of a failed request.
    pub on_wait: Rc<dyn Fn(&Waiting) + 'a>,
    /// Counts of the requests that the walks send.
    pub requests: Rc<RequestCounts>,
}

impl WalkContext<'_> {
    /// Returns whether the item matches the local terms: the conditions of the filter that this program tests itself.
    /// The verdict can also be that this is undecided until further fields are fetched.
    pub(super) fn verdict_on(&self, item: &Item) -> Verdict {
        self.query.judge(row(item), self.mask)
    }

    /// Returns whether the item matches the local terms, or may match them after further fields of it were fetched. The
    /// local terms are the conditions of the filter that this program tests itself.
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

/// Returns the row of an item: the values of its columns in the list. The row of an unreadable item is empty.
fn row(item: &Item) -> &Row {
    if let Item::Readable { row, .. } = item { row } else { &NO_ROW }
}

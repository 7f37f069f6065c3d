//! One query's answer as far as it is loaded.

use jiff::Timestamp;

use crate::kit::Remote;
use crate::query::Params;
use crate::text::Safe;

use super::{End, Store, Walk};

/// What a query brought so far.
pub struct Listing {
    /// The parameters that were asked with; every page repeats them.
    pub params: Params,
    /// The submissions.
    pub store: Store,
    /// How far the cursor was walked.
    pub walk: Walk,
    /// The request for the next page or for a refresh, if one is under way or failed.
    pub more: Remote<()>,
    /// When the first page came last.
    pub at: Timestamp,
}

impl Listing {
    /// An empty listing before its first page.
    #[must_use]
    pub fn new(params: Params, at: Timestamp) -> Self {
        Self { params, store: Store::default(), walk: Walk::default(), more: Remote::Idle, at }
    }

    /// How much is loaded and how far that reaches: always exactly one of `N loaded · more`, `N loaded · complete` and
    /// `N loaded · stopped: reason`, with `K shown of ` before it when local terms hide rows.
    #[must_use]
    pub fn scope(&self, shown: Option<usize>) -> Safe {
        let loaded = self.store.len();
        let end = match self.walk.end() {
            End::More => Safe::word("more"),
            End::Complete => Safe::word("complete"),
            End::Stopped(why) => Safe::concat(&[Safe::word("stopped: "), why.reason()]),
        };
        let shown = shown.map(|shown| format!("{shown} shown of ")).unwrap_or_default();
        Safe::concat(&[Safe::of(&format!("{shown}{loaded} loaded · ")), end])
    }
}

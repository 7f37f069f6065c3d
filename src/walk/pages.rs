//! Fetches the pages of one query one after the other and returns each submission once. Of earlier pages, only digests
//! of the submission ids are kept in memory.

use super::IdDigests;
use crate::api::{Item, Page, RequestError};
use crate::failure::{Failure, Waiting};
use crate::offline::RecordSource;
use crate::query::{Cursor, Params};
use crate::store::{End, MergeStats, Stop, Walk};
use crate::text::Safe;

/// Items of one page of the list, without those that an earlier page held.
pub struct NewItems {
    /// Items that no earlier page held, in the order of the answer, each with the digest of its id. An unreadable item
    /// has no id and no digest (`None`), and always counts as new.
    pub items: Vec<(Item, Option<u128>)>,
    /// Length in bytes of the answer that held the page, after decompression.
    pub bytes: usize,
    /// Whether the answer that held the page was invalid JSON and was repaired.
    pub repaired: bool,
}

/// A walk over all pages of one query: each call of [`PageWalk::next`] fetches the next page. The walk also stops if
/// the server makes no progress, for example if it sends the same page key again: see [`Walk`].
pub struct PageWalk<'a> {
    source: &'a RecordSource,
    params: Params,
    walk: Walk,
    seen_ids: IdDigests,
    /// Number of unreadable items of the next page that are left out. An earlier run of the program already returned
    /// them: see [`Self::after_unreadable`].
    met_unreadable: u64,
    /// The next page, if it was requested before the walk began: see [`Self::with_first`].
    ready: Option<Page>,
}

impl<'a> PageWalk<'a> {
    /// Creates a walk, which fetches the pages of a query one after the other. `params` are the query parameters of the
    /// query. The walk starts at the page key `next`, which an earlier answer named to request the page after it;
    /// `None` is the first page. `seen_ids` holds digests of submission ids. Submissions with these ids are left out,
    /// since an earlier run of the program already returned them.
    pub fn new(source: &'a RecordSource, params: Params, next: Option<Cursor>, seen_ids: IdDigests) -> Self {
        Self { source, params, walk: Walk::from(next), seen_ids, met_unreadable: 0, ready: None }
    }

    /// Leaves out the first `count` unreadable items of the first page, since an earlier run of the program already
    /// returned them. Digests cannot detect these items, since unreadable items have no id.
    #[must_use]
    pub const fn after_unreadable(mut self, count: u64) -> Self {
        self.met_unreadable = count;
        self
    }

    /// Uses `page`, which was requested before the walk began, as the first page of the walk. With `None`, the walk
    /// requests its first page itself.
    #[must_use]
    pub fn with_first(mut self, page: Option<Page>) -> Self {
        self.ready = page;
        self
    }

    /// Returns whether [`Self::next`] will send a request: further pages follow, and the next one was not given to
    /// [`Self::with_first`].
    pub fn sends_request(&self) -> bool {
        self.ready.is_none() && self.walk.end() == &End::More
    }

    /// Fetches the next page and returns the items in it that were not returned before. Returns `None` if no page
    /// follows, for example after the last page. `on_wait` is called before each wait for a retry.
    ///
    /// # Errors
    /// Returns the reason why the page could not be fetched. No further pages follow then.
    pub async fn next(&mut self, on_wait: impl FnMut(Waiting)) -> Option<Result<NewItems, RequestError>> {
        if self.walk.end() != &End::More {
            return None;
        }
        let (source, params, cursor) = (self.source, &self.params, self.walk.next());
        let page = match self.ready.take() {
            Some(page) => Ok(page),
            None => source.with_retry(|| source.fetch_page(params, cursor), on_wait).await,
        };
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                self.walk.stop(Stop::Failed(Safe::from_static(Failure::from(&error).kind.short())));
                return Some(Err(error));
            }
        };
        let count = page.items.len();
        let mut items = Vec::with_capacity(count);
        for item in page.items {
            let digest = item.id().map(|id| self.seen_ids.digest_of(id));
            if digest.is_none() && self.met_unreadable > 0 {
                self.met_unreadable -= 1;
                continue;
            }
            if digest.is_none_or(|digest| self.seen_ids.insert(digest)) {
                items.push((item, digest));
            }
        }
        self.met_unreadable = 0;
        let taken = MergeStats { items: count, new: items.len(), ..MergeStats::default() };
        self.walk.advance(taken, page.next);
        Some(Ok(NewItems { items, bytes: page.bytes, repaired: page.repaired }))
    }

    /// Returns the query parameters with which the pages are requested, without a page key.
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// Returns the state of the fetching of all pages: more to load, complete, or stopped.
    pub const fn end(&self) -> &End {
        self.walk.end()
    }

    /// Returns the page key (what the last answer names to request the next page) with which the next page will be
    /// requested. `None` for the first page.
    pub const fn cursor(&self) -> Option<&Cursor> {
        self.walk.next()
    }

    /// Stops the fetching of pages for the reason `reason`, which [`Self::end`] then returns. If the fetching is
    /// already complete or stopped, nothing changes.
    pub fn stop(&mut self, reason: Stop) {
        self.walk.stop(reason);
    }
}

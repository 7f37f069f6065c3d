//! Fetches all submissions of a query page by page, with their full records if requested. Checks for each submission
//! the local terms of the query: the conditions that this program checks itself, since the service has no query
//! parameter for them.

use std::collections::VecDeque;
use std::rc::Rc;

use futures_util::stream::LocalBoxStream;
use futures_util::{StreamExt, stream};
use tokio::sync::Semaphore;

use super::{IdDigests, NewItems, PageWalk};
use crate::api::{Client, Item, Single};
use crate::failure::{Failure, FailureKind, Waiting};
use crate::query::{Cursor, Params, Query, Verdict};
use crate::store::{End, Stop};
use crate::submission::classes_together;
use crate::submission::row::{NO_ROW, Row};
use crate::text::{Mask, Safe};

/// Largest number of full records that are requested at the same time. Several walks (a walk fetches all pages of one
/// query) share this limit if they share the permits in [`WalkContext::singles`].
pub const SINGLES_AT_ONCE: usize = 4;

/// Largest size in bytes of a full record that waits in memory, because earlier items of the list are not returned yet.
/// A larger full record is dropped, and fetched again when it is the next to return. So at most one such large record
/// is in memory. A real full record has about ten thousand bytes.
const LARGEST_WAITING: usize = 4 << 20;

/// Settings for fetching submissions page by page. All fetching of one call of the program has the same settings:
/// `export` with several jobs, for example, fetches the pages of several days at the same time.
#[derive(Clone)]
pub struct WalkContext<'a> {
    /// Client that sends the requests.
    pub client: &'a Client,
    /// Query whose local terms (conditions that this program checks, not the service) decide which items are shown.
    pub query: &'a Query,
    /// Mask level. The local terms must not read values that the mask level hides.
    pub mask: Mask,
    /// Permits to request full records; `None` if only list data is wanted. No full record is fetched for a submission
    /// that the local terms already hide by its list data.
    pub singles: Option<Rc<Semaphore>>,
    /// Number of failed full records in a row after which the walk over pages stops. A failure that every further
    /// request would have too (API key, quota, IP address or proxy refused) stops the walk at once.
    pub most_failures: usize,
    /// Largest number of items that the walk over pages returns, hidden and unreadable items included. After this
    /// number, the walk stops; `None` means no limit.
    pub most_items: Option<usize>,
    /// Function that is called before each wait for a retry.
    pub on_wait: Rc<dyn Fn(&Waiting) + 'a>,
}

/// One result of [`SubmissionWalk::next`]: an item, the end of a page, or a failure.
pub enum WalkStep {
    /// The next submission or unreadable item of the page.
    Found(WalkedItem),
    /// The end of a page: all items of the page were returned.
    PageEnd(PageEnd),
    /// A page could not be fetched. No further results follow.
    PageFailed(Failure),
}

/// One item (a submission or an unreadable item) that the fetching of all pages returns. `found_in` says from which
/// answer the item comes. `verdict` says whether the item matches the conditions that this program checks itself.
pub struct WalkedItem {
    /// Submission or unreadable item. Its bytes are those of the full record if a full record was fetched, otherwise
    /// those of the list data. Its row holds the values of all received answers.
    pub item: Item,
    /// Kind of the answer from which the bytes of the item come: list data or full record.
    pub found_in: ItemSource,
    /// Verdict of the local terms of the query on the item: shown, hidden or undecided.
    pub verdict: Verdict,
    /// Digest of the submission id; `None` for an unreadable item.
    pub digest: Option<u128>,
    /// Whether the answer with the item was invalid JSON and was repaired.
    pub mended: bool,
}

/// Origin of an item: list data or full record, and the reason if the full record is missing.
pub enum ItemSource {
    /// The item comes from list data; the full record was not requested.
    List,
    /// The item comes from the full record.
    Single,
    /// The item comes from list data, since the service no longer finds the submission.
    ListButGone,
    /// The item comes from list data, since the full record could not be fetched.
    ListAfter(Failure),
}

/// Report at the end of a page: the size of the page, and the page key of the next page.
pub struct PageEnd {
    /// Length in bytes of the answer that held the page, after decompression.
    pub bytes: usize,
    /// Whether the answer that held the page was invalid JSON and was repaired.
    pub mended: bool,
    /// State of the fetching of all pages: more to load, complete, or stopped.
    pub end: End,
    /// Page key of the next page; `None` if no page follows.
    pub next: Option<Cursor>,
}

/// A walk over all submissions of a query: fetches page after page. Each call of [`SubmissionWalk::next`] returns one
/// result, such as the next submission.
pub struct SubmissionWalk<'a> {
    context: WalkContext<'a>,
    pages: PageWalk<'a>,
    /// Page whose items are being returned one by one; `None` between two pages.
    page: Option<OpenPage<'a>>,
    items: usize,
    failures: usize,
    stop: Option<Stop>,
}

/// Page of list data whose items are being returned one by one. If full records are requested, each item is returned
/// only after its full record was fetched.
struct OpenPage<'a> {
    /// Items that were not returned yet, in the order of the page, each with the digest of its id (`None` for an
    /// unreadable item).
    rest: VecDeque<(Item, Option<u128>)>,
    /// Stream that fetches the full records of the items of `rest`; `None` while nothing is fetched.
    fetching: Option<LocalBoxStream<'a, Fetched>>,
    bytes: usize,
    mended: bool,
    /// Whether the page held more items than [`WalkContext::most_items`] allows, so that the last items were left out.
    is_cut: bool,
}

/// Result of fetching the full record for one item of list data.
enum Fetched {
    Ready(WalkedItem),
    /// The full record was too large to be kept in memory and was dropped. The full record must be fetched again for
    /// the value, an item of list data.
    TooLarge(WalkedItem),
}

impl<'a> SubmissionWalk<'a> {
    /// Creates a walk over the pages of the query with the query parameters `params`. The walk starts with the page
    /// that has the page key `next`; `None` is the first page. `met` holds digests of submission ids. Submissions with
    /// these ids are left out, since an earlier run of the program already returned them.
    pub fn new(context: WalkContext<'a>, params: Params, next: Option<Cursor>, met: IdDigests) -> Self {
        let pages = PageWalk::new(context.client, params, next, met);
        Self { context, pages, page: None, items: 0, failures: 0, stop: None }
    }

    /// Leaves out the first `count` unreadable items of the first page, since an earlier run of the program already
    /// returned them.
    #[must_use]
    pub fn after_unreadable(mut self, count: u64) -> Self {
        self.pages = self.pages.after_unreadable(count);
        self
    }

    /// Returns the state of the fetching of all pages: more to load, complete, or stopped.
    pub fn end(&self) -> End {
        self.stop.clone().map_or_else(|| self.pages.end().clone(), End::Stopped)
    }

    /// Returns the next item, the end of a page, or a failure, and sends requests as needed. Returns `None` after the
    /// end of the last page, or after the walk stopped.
    pub async fn next(&mut self) -> Option<WalkStep> {
        if self.stop.is_some() {
            return None;
        }
        let page = match &mut self.page {
            Some(page) => page,
            None => match self.pages.next(|waiting| (self.context.on_wait)(&waiting)).await? {
                Ok(new) => {
                    let page = self.open(new);
                    self.page.insert(page)
                }
                Err(error) => return Some(WalkStep::PageFailed(Failure::from(&error))),
            },
        };
        let (bytes, mended, is_cut) = (page.bytes, page.mended, page.is_cut);
        let fetching = page.fetching.get_or_insert_with(|| self.context.fetch_all(page.rest.clone()));
        let mut found = match fetching.next().await {
            Some(Fetched::Ready(found)) => found,
            Some(Fetched::TooLarge(found)) => self.context.look_up(found).await,
            None => {
                self.page = None;
                if let Some(most) = self.context.most_items.filter(|most| self.items >= *most) {
                    self.pages.stop(Stop::Cap(most));
                    self.stop = is_cut.then_some(Stop::Cap(most));
                }
                let (end, next) = (self.end(), self.pages.cursor().cloned());
                return Some(WalkStep::PageEnd(PageEnd { bytes, mended, end, next }));
            }
        };
        page.rest.pop_front();
        let is_last = page.rest.is_empty() && self.pages.end() == &End::Complete;
        found.mended |= mended;
        self.stop = self.stop_after(&found.found_in).filter(|_| !is_last);
        Some(WalkStep::Found(found))
    }

    /// Gives back the permits that this walk holds, and ends its unfinished requests. Each permit allows one request
    /// for a full record. The next call of [`Self::next`] sends the ended requests again. Without this method, a walk
    /// that waits in the middle of a page would keep permits that another walk needs.
    pub fn release_permits(&mut self) {
        if let Some(page) = &mut self.page {
            page.fetching = None;
        }
    }

    /// Prepares the items of a page to be returned one by one. Items above the limit [`WalkContext::most_items`] are
    /// dropped.
    fn open(&mut self, new: NewItems) -> OpenPage<'a> {
        let NewItems { mut items, bytes, mended } = new;
        let room = self.context.most_items.map_or(usize::MAX, |most| most.saturating_sub(self.items));
        let is_cut = items.len() > room;
        items.truncate(room);
        self.items += items.len();
        OpenPage { rest: items.into(), fetching: None, bytes, mended, is_cut }
    }

    /// Returns the reason why the fetching of pages must stop after the current item; `None` if it can go on.
    /// `found_in` says whether the item is list data or a full record, and whether its full record could not be
    /// fetched. Also counts how many full records in a row could not be fetched. After [`WalkContext::most_failures`]
    /// of them, the fetching stops.
    fn stop_after(&mut self, found_in: &ItemSource) -> Option<Stop> {
        match found_in {
            ItemSource::List => None,
            ItemSource::Single | ItemSource::ListButGone => {
                self.failures = 0;
                None
            }
            ItemSource::ListAfter(failure) => {
                self.failures += 1;
                let is_same_for_all = matches!(
                    failure.kind,
                    FailureKind::Key | FailureKind::BlockedAddress | FailureKind::QuotaUsedUp | FailureKind::Proxy
                );
                let is_last = is_same_for_all || self.failures >= self.context.most_failures;
                is_last.then(|| Stop::Failed(Safe::from_static(failure.kind.short())))
            }
        }
    }
}

impl<'a> WalkContext<'a> {
    /// Returns a stream of the items of a page, each with its full record if [`Self::singles`] requests full records.
    /// No full record is fetched for an item if its list data already fails the local terms (the terms that this
    /// program tests).
    fn fetch_all(&self, items: VecDeque<(Item, Option<u128>)>) -> LocalBoxStream<'a, Fetched> {
        let context = self.clone();
        let fetched = stream::iter(items).map(move |(item, digest)| {
            let context = context.clone();
            async move { context.fetch(item, digest).await }
        });
        fetched.buffered(SINGLES_AT_ONCE).boxed_local()
    }

    fn judge(&self, item: &Item) -> Verdict {
        match item {
            Item::Readable { row, .. } => self.query.judge(row, self.mask),
            Item::Unreadable { .. } => self.query.judge(&NO_ROW, self.mask),
        }
    }

    /// Fetches the full record for `item`, an item of list data. Does not fetch it if only list data is wanted, or if
    /// the local terms of the filter (conditions that this program checks itself) already hide the item. `digest` is
    /// the digest of the item's id. It is `None` for an unreadable item, which has no full record.
    async fn fetch(&self, item: Item, digest: Option<u128>) -> Fetched {
        let verdict = self.judge(&item);
        let listed = WalkedItem { item, found_in: ItemSource::List, verdict, digest, mended: false };
        let (Some(permits), Some(_)) = (self.singles.as_ref().filter(|_| verdict != Verdict::Hidden), digest) else {
            return Fetched::Ready(listed);
        };
        let _permit = permits.acquire().await;
        let unread = WalkedItem { item: listed.item.clone(), found_in: ItemSource::List, ..listed };
        let found = self.look_up(listed).await;
        if matches!(found.found_in, ItemSource::Single) && found.item.raw().len() > LARGEST_WAITING {
            return Fetched::TooLarge(unread);
        }
        Fetched::Ready(found)
    }

    /// Requests the full record for `listed`, an item of list data. Returns the full record as an item, or `listed`
    /// with the reason why the full record is missing.
    async fn look_up(&self, listed: WalkedItem) -> WalkedItem {
        let Item::Readable { id, .. } = &listed.item else { return listed };
        let answer = self.client.with_retry(|| self.client.single(id), |waiting| (self.on_wait)(&waiting)).await;
        let mended = matches!(answer, Ok(Single::Mended(_)));
        match answer {
            Ok(Single::Found(single) | Single::Mended(single)) => {
                let item = merged(&listed.item, single);
                WalkedItem { verdict: self.judge(&item), item, found_in: ItemSource::Single, mended, ..listed }
            }
            Ok(Single::NotFound) => WalkedItem { found_in: ItemSource::ListButGone, ..listed },
            Err(error) => WalkedItem { found_in: ItemSource::ListAfter(Failure::from(&error)), ..listed },
        }
    }
}

/// Returns `single`, the full record of a submission, with a row that also holds the values that only `listed`, the
/// list data of the same submission, has. If the value of a field is private in one of the two answers, the field
/// counts as private in the row, and can be masked.
fn merged(listed: &Item, single: Item) -> Item {
    match (listed, single) {
        (Item::Readable { row: older, raw: list, .. }, Item::Readable { id, raw, row: newer }) => {
            let row = Row::merged(&newer, older).reclassed(classes_together(list, &raw));
            Item::Readable { id, raw, row: Box::new(row) }
        }
        (_, single) => single,
    }
}

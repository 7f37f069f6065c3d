//! Walks through the submissions of a query: fetches their full records if requested, and judges them by the local
//! terms.

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

/// Number of full records that are requested at the same time, by all walks that share their permits.
pub const SINGLES_AT_ONCE: usize = 4;

/// Largest full record, in bytes, that waits for its turn while others are fetched. A larger one is dropped and
/// fetched again when its turn comes, so that at most one of them is in memory. A real full record has about ten
/// thousand bytes.
const LARGEST_WAITING: usize = 4 << 20;

/// Settings that all walks of one call share.
#[derive(Clone)]
pub struct WalkContext<'a> {
    /// Client that sends the requests.
    pub client: &'a Client,
    /// Query whose local terms judge each item.
    pub query: &'a Query,
    /// Mask level; the local terms may not read what it hides.
    pub mask: Mask,
    /// Permits to request full records; `None` if list data is enough. A full record is not fetched if the local
    /// terms already hide the submission by its list data.
    pub singles: Option<Rc<Semaphore>>,
    /// Number of full records in a row that fail before the walk stops. A failure that every further request would
    /// meet (the key, the quota, the address, the proxy) stops the walk at once.
    pub most_failures: usize,
    /// Number of items of list answers after which the walk stops.
    pub most_items: Option<usize>,
    /// Function that is called before each wait for a retry.
    pub on_wait: Rc<dyn Fn(&Waiting) + 'a>,
}

/// Next step of a walk.
pub enum WalkStep {
    /// A submission or an unreadable item.
    Found(WalkedItem),
    /// The end of a page was reached.
    PageEnd(PageEnd),
    /// A page could not be fetched, and the walk ended.
    PageFailed(Failure),
}

/// An item with what the walk found out about it.
pub struct WalkedItem {
    /// The item, with the bytes of the full record if that was fetched, and else those of the list data. Its row
    /// holds the values of both.
    pub item: Item,
    /// Answer from which the bytes come.
    pub found_in: ItemSource,
    /// Verdict of the local terms on the item.
    pub verdict: Verdict,
    /// Digest of the item's id; `None` for an unreadable item.
    pub digest: Option<u128>,
    /// Whether an answer that held the item was invalid JSON and was repaired.
    pub mended: bool,
}

/// Answer from which an item comes.
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

/// State of the walk after a page.
pub struct PageEnd {
    /// Length of the answer after decompression, in bytes.
    pub bytes: usize,
    /// Whether the answer was invalid JSON and was repaired.
    pub mended: bool,
    /// How far the walk is.
    pub end: End,
    /// Page key of the next page.
    pub next: Option<Cursor>,
}

/// A walk through the submissions of a query.
pub struct SubmissionWalk<'a> {
    context: WalkContext<'a>,
    pages: PageWalk<'a>,
    /// Page whose items are being returned.
    page: Option<OpenPage<'a>>,
    items: usize,
    failures: usize,
    stop: Option<Stop>,
}

/// A page whose items are being fetched.
struct OpenPage<'a> {
    /// Items that were not returned yet, in order, each with the digest of its id.
    rest: VecDeque<(Item, Option<u128>)>,
    /// Stream that fetches the items of `rest`; `None` while nothing is fetched.
    fetching: Option<LocalBoxStream<'a, Fetched>>,
    bytes: usize,
    mended: bool,
    /// Whether the page held more items than the walk may take.
    is_cut: bool,
}

/// An item whose turn has come.
enum Fetched {
    Ready(WalkedItem),
    /// The full record was too large to wait; it must be fetched again for this list item.
    TooLarge(WalkedItem),
}

impl<'a> SubmissionWalk<'a> {
    /// Creates a walk that starts at a page key, or at the first page for `None`. Submissions in `met` are left out.
    pub fn new(context: WalkContext<'a>, params: Params, next: Option<Cursor>, met: IdDigests) -> Self {
        let pages = PageWalk::new(context.client, params, next, met);
        Self { context, pages, page: None, items: 0, failures: 0, stop: None }
    }

    /// Leaves out the first `count` unreadable items of the first page, which were met before.
    #[must_use]
    pub fn after_unreadable(mut self, count: u64) -> Self {
        self.pages = self.pages.after_unreadable(count);
        self
    }

    /// Returns how far the walk is.
    pub fn end(&self) -> End {
        self.stop.clone().map_or_else(|| self.pages.end().clone(), End::Stopped)
    }

    /// Returns the next step of the walk; `None` once the walk has ended.
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

    /// Gives the permits of the walk back. When the walk continues, it requests the unfinished full records again. A
    /// walk that waits in the middle of a page would otherwise hold the permits that the walk before it needs.
    pub fn release_permits(&mut self) {
        if let Some(page) = &mut self.page {
            page.fetching = None;
        }
    }

    /// Prepares the items of a page to be returned, at most as many as the walk may still take.
    fn open(&mut self, new: NewItems) -> OpenPage<'a> {
        let NewItems { mut items, bytes, mended } = new;
        let room = self.context.most_items.map_or(usize::MAX, |most| most.saturating_sub(self.items));
        let is_cut = items.len() > room;
        items.truncate(room);
        self.items += items.len();
        OpenPage { rest: items.into(), fetching: None, bytes, mended, is_cut }
    }

    /// Applies the failure rule to an item; returns the reason if the walk must stop.
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
    /// Returns a stream of the items of a page, which fetches their full records if these are requested. Items that
    /// the list data already hides are not fetched.
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

    /// Fetches the full record for an item of a list answer, unless there is no need.
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

    /// Requests the full record of a list item, and returns it in place of that item.
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

/// Returns the full record, with a row that also holds what only the list data says. What is private in one of the
/// two is private in the row.
fn merged(listed: &Item, single: Item) -> Item {
    match (listed, single) {
        (Item::Readable { row: older, raw: list, .. }, Item::Readable { id, raw, row: newer }) => {
            let row = Row::merged(&newer, older).reclassed(classes_together(list, &raw));
            Item::Readable { id, raw, row: Box::new(row) }
        }
        (_, single) => single,
    }
}

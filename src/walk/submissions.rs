//! Every submission of a query, from its single answer where that is asked for, and judged by the local terms.

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

/// Single submissions that are requested at the same time, by all walks that share their permits.
pub const SINGLES_AT_ONCE: usize = 4;

/// Largest single submission, in bytes, that waits for its turn while others are fetched. A larger one is dropped and
/// fetched again when its turn comes, so that one at most is in memory. A real one has some ten thousand bytes.
const LARGEST_WAITING: usize = 4 << 20;

/// What all walks of one call share.
#[derive(Clone)]
pub struct WalkContext<'a> {
    /// Whom to ask.
    pub client: &'a Client,
    /// Its local terms judge each item.
    pub query: &'a Query,
    /// What the local terms may not read.
    pub mask: Mask,
    /// Permits for single submissions; `None` where the list answers are enough. Submissions that the list answer hides
    /// already are not fetched.
    pub singles: Option<Rc<Semaphore>>,
    /// The failure rule: how many single submissions in a row may fail before the walk stops. A failure that every further
    /// request would meet (the key, the quota, the address, the proxy) stops it at once.
    pub most_failures: usize,
    /// Items of list answers after which the walk stops.
    pub most_items: Option<usize>,
    /// Called before each wait for another try.
    pub on_wait: Rc<dyn Fn(&Waiting) + 'a>,
}

/// What a walk met next.
pub enum WalkStep {
    /// A submission or an unreadable item.
    Found(WalkedItem),
    /// The end of a page.
    PageEnd(PageEnd),
    /// A page could not be fetched; the walk ended.
    PageFailed(Failure),
}

/// An item with what the walk knows of it.
pub struct WalkedItem {
    /// The bytes of the single answer if it came, else of the list answer. The row holds what either of them says.
    pub item: Item,
    /// Where its bytes are from.
    pub found_in: ItemSource,
    /// What the local terms make of it.
    pub verdict: Verdict,
    /// The digest of its id; unreadable items have none.
    pub digest: Option<u128>,
    /// An answer that it was in was no valid JSON and was mended.
    pub mended: bool,
}

/// The answer that an item is from.
pub enum ItemSource {
    /// The list answer: the single one was not asked for.
    List,
    /// The single answer.
    Single,
    /// The list answer, since the service does not find the submission any more.
    ListButGone,
    /// The list answer, since the single one could not be fetched.
    ListAfter(Failure),
}

/// How far the walk is after a page.
pub struct PageEnd {
    /// Length of the answer after decompression, in bytes.
    pub bytes: usize,
    /// The answer was no valid JSON and was mended.
    pub mended: bool,
    /// How far the walk got.
    pub end: End,
    /// The cursor of the next page.
    pub next: Option<Cursor>,
}

/// A walk under way.
pub struct SubmissionWalk<'a> {
    context: WalkContext<'a>,
    pages: PageWalk<'a>,
    /// The page whose items are being given out.
    page: Option<OpenPage<'a>>,
    items: usize,
    failures: usize,
    stop: Option<Stop>,
}

/// A page whose items are being fetched.
struct OpenPage<'a> {
    /// What was not given out yet, in order.
    rest: VecDeque<(Item, Option<u128>)>,
    /// The same while it is being fetched.
    fetching: Option<LocalBoxStream<'a, Fetched>>,
    bytes: usize,
    mended: bool,
    /// It held more items than the walk was to take.
    is_cut: bool,
}

/// An item whose turn has come.
enum Fetched {
    Ready(WalkedItem),
    /// Its single answer was too large to wait: the list's item is to be looked up again.
    TooLarge(WalkedItem),
}

impl<'a> SubmissionWalk<'a> {
    /// A walk from a cursor on, `None` for the first page, without the submissions that were met before.
    pub fn new(context: WalkContext<'a>, params: Params, next: Option<Cursor>, met: IdDigests) -> Self {
        let pages = PageWalk::new(context.client, params, next, met);
        Self { context, pages, page: None, items: 0, failures: 0, stop: None }
    }

    /// The same without the first unreadable items of the first page, which were met before.
    #[must_use]
    pub fn after_unreadable(mut self, count: u64) -> Self {
        self.pages = self.pages.after_unreadable(count);
        self
    }

    /// How far it got.
    pub fn end(&self) -> End {
        self.stop.clone().map_or_else(|| self.pages.end().clone(), End::Stopped)
    }

    /// What it meets next; `None` once it ended.
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

    /// Gives its permits back, and asks again for the single submissions under way when the walk goes on. A walk that waits
    /// with a part of a page would otherwise hold the permits that the walk before it needs.
    pub fn release_permits(&mut self) {
        if let Some(page) = &mut self.page {
            page.fetching = None;
        }
    }

    /// Takes a page in.
    fn open(&mut self, new: NewItems) -> OpenPage<'a> {
        let NewItems { mut items, bytes, mended } = new;
        let room = self.context.most_items.map_or(usize::MAX, |most| most.saturating_sub(self.items));
        let is_cut = items.len() > room;
        items.truncate(room);
        self.items += items.len();
        OpenPage { rest: items.into(), fetching: None, bytes, mended, is_cut }
    }

    /// The failure rule.
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
    /// Fetches what a page lists, as far as the list answer leaves it open and single submissions are asked for.
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

    /// An item of a list answer, looked up unless there is no need.
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

    /// The single submission in place of the list's item.
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

/// The single answer, with a row that also holds what only the list answer says. What either of them makes private is
/// private in it.
fn merged(listed: &Item, single: Item) -> Item {
    match (listed, single) {
        (Item::Readable { row: older, raw: list, .. }, Item::Readable { id, raw, row: newer }) => {
            let row = Row::merged(&newer, older).reclassed(classes_together(list, &raw));
            Item::Readable { id, raw, row: Box::new(row) }
        }
        (_, single) => single,
    }
}

//! One walk along the cursor, with local terms and single submissions where they are asked for.

use std::rc::Rc;

use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::sync::Semaphore;

use super::progress::Progress;
use crate::api::{Client, Item, Single};
use crate::failure::Failure;
use crate::query::{Cursor, Params, Query, Verdict};
use crate::store::{End, Prints, Stream};
use crate::submission::row::NO_ROW;

/// Single submissions that are fetched side by side, whatever the number of walks.
pub(super) const DETAILS: usize = 4;

/// What one step of a walk brought.
pub(super) enum Step {
    /// A page.
    Page(Page),
    /// A page or a submission of it could not be had; the walk ends.
    Failed(Failure),
}

/// A page as it is to be written.
pub(super) struct Page {
    /// What the local terms leave.
    pub(super) items: Vec<Item>,
    /// Of the ids of everything that the page brought.
    pub(super) prints: Vec<u128>,
    /// Submissions that no page before held.
    pub(super) loaded: usize,
    /// Those on which the local terms have nothing to decide by.
    pub(super) undecided: usize,
    /// Those that were gone when they were asked for one by one.
    pub(super) gone: usize,
    pub(super) mended: bool,
    pub(super) bytes: usize,
    /// How far the walk is after it.
    pub(super) end: End,
    /// The cursor of the page after it.
    pub(super) next: Option<Cursor>,
}

/// What all walks of an export have in common.
#[derive(Clone)]
pub(super) struct Way<'a> {
    pub(super) client: &'a Client,
    pub(super) query: &'a Query,
    /// Bounds the single submissions under way, if they are asked for.
    pub(super) detail: Option<Rc<Semaphore>>,
    pub(super) progress: Rc<Progress>,
}

/// A walk under way.
pub(super) struct Walker<'a> {
    way: Way<'a>,
    stream: Stream<'a>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(way: Way<'a>, params: Params, next: Option<Cursor>, prints: Prints) -> Self {
        let stream = Stream::resumed(way.client, params, next).remembering(prints);
        Self { way, stream }
    }

    /// The next page; `None` once the walk ended.
    pub(super) async fn next(&mut self) -> Option<Step> {
        let way = &self.way;
        let batch = match self.stream.next(|waiting| way.progress.wait(&waiting)).await? {
            Ok(batch) => batch,
            Err(error) => return Some(Step::Failed(Failure::from(&error))),
        };
        let loaded = batch.items.len();
        let mut items = batch.items;
        // What the list decides needs no look at the single submission.
        items.retain(|item| way.judge(item) != Verdict::Hidden);
        let (mut gone, mut mended) = (0, batch.mended);
        if way.detail.is_some() {
            let fetched = stream::iter(items).map(|item| way.fetch(item)).buffered(DETAILS);
            let fetched: Vec<Fetched> = match fetched.try_collect().await {
                Ok(fetched) => fetched,
                Err(failure) => return Some(Step::Failed(failure)),
            };
            gone = fetched.iter().filter(|fetched| fetched.gone).count();
            mended |= fetched.iter().any(|fetched| fetched.mended);
            items = fetched.into_iter().map(|fetched| fetched.item).collect();
        }
        let mut undecided = 0;
        items.retain(|item| {
            let verdict = way.judge(item);
            undecided += usize::from(verdict == Verdict::Undecided);
            verdict == Verdict::Shown
        });
        Some(Step::Page(Page {
            items,
            prints: batch.prints,
            loaded,
            undecided,
            gone,
            mended,
            bytes: batch.bytes,
            end: self.stream.end().clone(),
            next: self.stream.cursor().cloned(),
        }))
    }
}

/// What became of a list's item.
struct Fetched {
    item: Item,
    /// The service knows no such submission any more.
    gone: bool,
    /// The answer was no valid JSON and has been mended.
    mended: bool,
}

impl Way<'_> {
    fn judge(&self, item: &Item) -> Verdict {
        match item {
            Item::Readable { row, .. } => self.query.judge(row),
            Item::Unreadable { .. } => self.query.judge(&NO_ROW),
        }
    }

    /// The single submission in the place of the list's item, which stays where it is gone.
    async fn fetch(&self, item: Item) -> Result<Fetched, Failure> {
        let as_it_is = |item| Fetched { item, gone: false, mended: false };
        let (Item::Readable { id, .. }, Some(permits)) = (&item, &self.detail) else { return Ok(as_it_is(item)) };
        let _permit = permits.acquire().await;
        let ask = || self.client.single(id);
        match self.client.patiently(ask, |waiting| self.progress.wait(&waiting)).await {
            Ok(Single::Found(found)) => Ok(as_it_is(found)),
            Ok(Single::Mended(found)) => Ok(Fetched { mended: true, ..as_it_is(found) }),
            Ok(Single::NotFound) => Ok(Fetched { gone: true, ..as_it_is(item) }),
            Err(error) => Err(Failure::from(&error)),
        }
    }
}

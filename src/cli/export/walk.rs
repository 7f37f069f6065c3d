//! One walk along the cursor, with local terms and single submissions where they are asked for.

use std::rc::Rc;

use futures_util::stream::LocalBoxStream;
use futures_util::{StreamExt, stream};
use tokio::sync::Semaphore;

use super::progress::Progress;
use crate::api::{Client, Item, Single};
use crate::cli::LARGE;
use crate::failure::Failure;
use crate::query::{Cursor, Params, Query, Verdict};
use crate::store::{Batch, End, Prints, Stream};
use crate::submission::row::NO_ROW;
use crate::text::Mask;

/// Single submissions that are fetched side by side, whatever the number of walks.
pub(super) const DETAILS: usize = 4;

/// Bytes of single submissions after which those that came are written before the rest of their page is fetched.
const PORTION: usize = 8 << 20;

/// What one step of a walk brought.
pub(super) enum Step {
    /// A page.
    Page(Page),
    /// A page or a submission of it could not be had; the walk ends.
    Failed(Failure),
}

/// A page as it is to be written, or a part of it.
#[derive(Default)]
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
    /// More of the page follows: until then the walk stands where it was.
    pub(super) is_part: bool,
}

/// What all walks of an export have in common.
#[derive(Clone)]
pub(super) struct Way<'a> {
    pub(super) client: &'a Client,
    pub(super) query: &'a Query,
    pub(super) mask: Mask,
    /// Bounds the single submissions under way, if they are asked for.
    pub(super) detail: Option<Rc<Semaphore>>,
    pub(super) progress: Rc<Progress>,
}

/// A walk under way.
pub(super) struct Walker<'a> {
    way: Way<'a>,
    stream: Stream<'a>,
    /// The page that was not given to its end.
    fetching: Option<Fetching<'a>>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(way: Way<'a>, params: Params, next: Option<Cursor>, prints: Prints) -> Self {
        let stream = Stream::resumed(way.client, params, next).remembering(prints);
        Self { way, stream, fetching: None }
    }

    /// The next page, or a part of one whose single submissions are large; `None` once the walk ended.
    pub(super) async fn next(&mut self) -> Option<Step> {
        let mut fetching = match self.fetching.take() {
            Some(fetching) => fetching,
            None => {
                let way = &self.way;
                match self.stream.next(|waiting| way.progress.wait(&waiting)).await? {
                    Ok(batch) => self.begin(batch),
                    Err(error) => return Some(Step::Failed(Failure::from(&error))),
                }
            }
        };
        let (mut items, mut prints, mut held) = (Vec::new(), Vec::new(), 0);
        let (mut gone, mut undecided, mut mended) = (0, 0, false);
        while let Some((fetched, print)) = fetching.items.next().await {
            let fetched = match fetched {
                Ok(Fetched { again: true, item, .. }) => self.way.fetch_alone(item).await,
                fetched => fetched,
            };
            let fetched = match fetched {
                Ok(fetched) => fetched,
                Err(failure) => return Some(Step::Failed(failure)),
            };
            gone += usize::from(fetched.gone);
            mended |= fetched.mended;
            prints.extend(print);
            match self.way.judge(&fetched.item) {
                Verdict::Shown => {
                    held += if self.way.detail.is_some() { fetched.item.raw().len() } else { 0 };
                    items.push(fetched.item);
                }
                Verdict::Undecided => undecided += 1,
                Verdict::Hidden => {}
            }
            if held > PORTION {
                let part = Page { items, prints, gone, undecided, mended, is_part: true, ..Page::default() };
                self.fetching = Some(fetching);
                return Some(Step::Page(part));
            }
        }
        let rest = fetching.page;
        prints.extend(rest.prints);
        Some(Step::Page(Page { items, prints, gone, undecided, mended: mended | rest.mended, ..rest }))
    }

    /// Begins to fetch what a page lists, as far as the list leaves it open and single submissions are asked for.
    fn begin(&self, batch: Batch) -> Fetching<'a> {
        let (mut asked, mut hidden) = (Vec::new(), Vec::new());
        let loaded = batch.items.len();
        let mut prints = batch.prints.into_iter();
        for item in batch.items {
            let print = item.id().and_then(|_| prints.next());
            // What the list decides needs no look at the single submission.
            if self.way.judge(&item) == Verdict::Hidden {
                hidden.extend(print);
            } else {
                asked.push((item, print));
            }
        }
        let way = self.way.clone();
        let fetched = stream::iter(asked).map(move |(item, print)| {
            let way = way.clone();
            async move { (way.fetch(item).await, print) }
        });
        let (end, next) = (self.stream.end().clone(), self.stream.cursor().cloned());
        let (bytes, mended) = (batch.bytes, batch.mended);
        let page = Page { prints: hidden, loaded, mended, bytes, end, next, ..Page::default() };
        Fetching { items: fetched.buffered(DETAILS).boxed_local(), page }
    }
}

/// A page whose items are being fetched one by one, and what is known of it besides.
struct Fetching<'a> {
    items: LocalBoxStream<'a, (Result<Fetched, Failure>, Option<u128>)>,
    page: Page,
}

/// What became of a list's item.
struct Fetched {
    item: Item,
    /// The service knows no such submission any more.
    gone: bool,
    /// The answer was no valid JSON and has been mended.
    mended: bool,
    /// It is too large to wait beside others: it is to be fetched once more, when its turn comes.
    again: bool,
}

impl Way<'_> {
    fn judge(&self, item: &Item) -> Verdict {
        match item {
            Item::Readable { row, .. } => self.query.judge(row, self.mask),
            Item::Unreadable { .. } => self.query.judge(&NO_ROW, self.mask),
        }
    }

    /// The single submission in the place of the list's item, which stays where it is gone.
    async fn fetch(&self, item: Item) -> Result<Fetched, Failure> {
        let as_it_is = Fetched { item, gone: false, mended: false, again: false };
        let Some(permits) = &self.detail else { return Ok(as_it_is) };
        let _permit = permits.acquire().await;
        let as_listed = as_it_is.item.clone();
        let fetched = self.fetch_alone(as_it_is.item).await?;
        Ok(if fetched.item.raw().len() > LARGE { Fetched { item: as_listed, again: true, ..fetched } } else { fetched })
    }

    /// The same of one that nothing waits beside.
    async fn fetch_alone(&self, item: Item) -> Result<Fetched, Failure> {
        let as_it_is = |item| Fetched { item, gone: false, mended: false, again: false };
        let Item::Readable { id, .. } = &item else { return Ok(as_it_is(item)) };
        let ask = || self.client.single(id);
        match self.client.patiently(ask, |waiting| self.progress.wait(&waiting)).await {
            Ok(Single::Found(found)) => Ok(as_it_is(found)),
            Ok(Single::Mended(found)) => Ok(Fetched { mended: true, ..as_it_is(found) }),
            Ok(Single::NotFound) => Ok(Fetched { gone: true, ..as_it_is(item) }),
            Err(error) => Err(Failure::from(&error)),
        }
    }
}

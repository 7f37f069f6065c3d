//! The pages of one query, each submission once; of what went by only digests of the ids are kept.

use super::IdDigests;
use crate::api::{Client, Error, Item};
use crate::failure::{Failure, Waiting};
use crate::query::{Cursor, Params};
use crate::store::{End, MergeStats, Stop, Walk};
use crate::text::Safe;

/// What is new on one page.
pub struct NewItems {
    /// The items that no page before held, in the service's order, each with the digest of its id. An unreadable item
    /// has no id, so it is always new.
    pub items: Vec<(Item, Option<u128>)>,
    /// Length of the answer after decompression, in bytes.
    pub bytes: usize,
    /// The answer was no valid JSON and was mended.
    pub mended: bool,
}

/// The pages of one query, with the guards of [`Walk`].
pub struct PageWalk<'a> {
    client: &'a Client,
    params: Params,
    walk: Walk,
    met: IdDigests,
    /// Unreadable items of the first page that were met before.
    met_unreadable: u64,
}

impl<'a> PageWalk<'a> {
    /// Pages from a cursor on, `None` for the first page, without the submissions that were met before.
    pub fn new(client: &'a Client, params: Params, next: Option<Cursor>, met: IdDigests) -> Self {
        Self { client, params, walk: Walk::from(next), met, met_unreadable: 0 }
    }

    /// The same without the first unreadable items of the first page: they have no id that would tell that they were met.
    #[must_use]
    pub const fn after_unreadable(mut self, count: u64) -> Self {
        self.met_unreadable = count;
        self
    }

    /// The next page; `None` once the walk ended. `on_wait` is called before each wait for another try.
    ///
    /// # Errors
    /// Why the page could not be fetched. The walk is stopped then.
    pub async fn next(&mut self, on_wait: impl FnMut(Waiting)) -> Option<Result<NewItems, Error>> {
        if self.walk.end() != &End::More {
            return None;
        }
        let (client, params, cursor) = (self.client, &self.params, self.walk.next());
        let page = match client.with_retry(|| client.page(params, cursor), on_wait).await {
            Ok(page) => page,
            Err(error) => {
                self.walk.stop(Stop::Failed(Safe::from_static(Failure::from(&error).kind.short())));
                return Some(Err(error));
            }
        };
        let count = page.items.len();
        let mut items = Vec::with_capacity(count);
        for item in page.items {
            let digest = item.id().map(|id| self.met.of(id));
            if digest.is_none() && self.met_unreadable > 0 {
                self.met_unreadable -= 1;
                continue;
            }
            if digest.is_none_or(|digest| self.met.insert(digest)) {
                items.push((item, digest));
            }
        }
        self.met_unreadable = 0;
        let taken = MergeStats { items: count, new: items.len(), ..MergeStats::default() };
        self.walk.advance(taken, page.next);
        Some(Ok(NewItems { items, bytes: page.bytes, mended: page.mended }))
    }

    /// How far it got.
    pub const fn end(&self) -> &End {
        self.walk.end()
    }

    /// The cursor of the next request; `None` for the first page.
    pub const fn cursor(&self) -> Option<&Cursor> {
        self.walk.next()
    }

    /// Stops it before its end.
    pub fn stop(&mut self, why: Stop) {
        self.walk.stop(why);
    }
}

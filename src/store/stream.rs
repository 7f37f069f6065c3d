//! A walk without a screen: page after page, each submission once, nothing kept of what went by but its ids.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::{End, Stop, Taken, Walk};
use crate::api::{Client, Error, Item};
use crate::failure::{Failure, Waiting};
use crate::query::{Cursor, Params};
use crate::text::Safe;

/// What one page brought.
pub struct Batch {
    /// The items that no page before held, in the order that the service sent.
    pub items: Vec<Item>,
    /// Items that a page before held already.
    pub repeated: usize,
    /// Length of the answer after decompression.
    pub bytes: usize,
    /// The answer was no valid JSON and has been mended.
    pub mended: bool,
}

/// The walk of one query, with the guards of [`Walk`].
pub struct Stream<'a> {
    client: &'a Client,
    params: Params,
    walk: Walk,
    seen: Seen,
}

impl<'a> Stream<'a> {
    /// A walk that begins at the first page.
    #[must_use]
    pub fn new(client: &'a Client, params: Params) -> Self {
        Self { client, params, walk: Walk::default(), seen: Seen::default() }
    }

    /// A walk that goes on at a cursor. What it met before is told with [`know`](Self::know).
    #[must_use]
    pub fn resumed(client: &'a Client, params: Params, next: Option<Cursor>) -> Self {
        Self { walk: Walk::from(next), ..Self::new(client, params) }
    }

    /// Takes note of an id that a page before held.
    pub fn know(&mut self, id: &str) {
        self.seen.insert(id.as_bytes());
    }

    /// The next page; `None` once the walk ended. `tell` hears of every wait before another try.
    ///
    /// # Errors
    /// Why a page could not be had; the walk is stopped then.
    pub async fn next(&mut self, tell: impl FnMut(Waiting)) -> Option<Result<Batch, Error>> {
        if self.walk.end() != &End::More {
            return None;
        }
        let (client, params, cursor) = (self.client, &self.params, self.walk.next());
        let page = match client.patiently(|| client.page(params, cursor), tell).await {
            Ok(page) => page,
            Err(error) => {
                self.walk.stop(Stop::Failed(Safe::word(Failure::from(&error).kind.short())));
                return Some(Err(error));
            }
        };
        let count = page.items.len();
        let mut items = page.items;
        let seen = &mut self.seen;
        // What is no submission has no id that would tell whether it was there before.
        items.retain(|item| match item {
            Item::Readable { id, .. } => seen.insert(id.as_bytes()),
            Item::Unreadable { .. } => true,
        });
        let taken = Taken { items: count, new: items.len(), ..Taken::default() };
        self.walk.advance(taken, page.next);
        Some(Ok(Batch { repeated: count - items.len(), items, bytes: page.bytes, mended: page.mended }))
    }

    /// How far it came.
    #[must_use]
    pub const fn end(&self) -> &End {
        self.walk.end()
    }

    /// The cursor of the next request; `None` for the first page.
    #[must_use]
    pub const fn cursor(&self) -> Option<&Cursor> {
        self.walk.next()
    }

    /// Stops it before its end.
    pub fn stop(&mut self, why: Stop) {
        self.walk.stop(why);
    }
}

/// The ids met so far, as 16 bytes each: a walk of a million submissions remembers them in some tens of megabytes. Two ids
/// that come to the same are as good as impossible, and nobody outside can look for them.
#[derive(Default)]
struct Seen {
    ids: HashSet<u128>,
    hashers: [RandomState; 2],
}

impl Seen {
    /// Takes an id in; tells whether it is new.
    fn insert(&mut self, id: &[u8]) -> bool {
        let [high, low] = &self.hashers;
        let print = u128::from(high.hash_one(id)) << 64 | u128::from(low.hash_one(id));
        self.ids.insert(print)
    }
}

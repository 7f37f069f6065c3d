//! A walk without a screen: page after page, each submission once, nothing kept of what went by but its ids.

use std::collections::HashSet;

use rand::RngExt;
use sha2::{Digest, Sha256};

use super::{End, Stop, Taken, Walk};
use crate::api::{Client, Error, Item};
use crate::failure::{Failure, Waiting};
use crate::query::{Cursor, Params};
use crate::text::Safe;

/// What one page brought.
pub struct Batch {
    /// The items that no page before held, in the order that the service sent.
    pub items: Vec<Item>,
    /// The prints of the ids among them.
    pub prints: Vec<u128>,
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
    seen: Prints,
}

impl<'a> Stream<'a> {
    /// A walk that begins at the first page.
    #[must_use]
    pub fn new(client: &'a Client, params: Params) -> Self {
        Self { client, params, walk: Walk::default(), seen: Prints::default() }
    }

    /// A walk that goes on at a cursor. What it met before is told with [`know`](Self::know).
    #[must_use]
    pub fn resumed(client: &'a Client, params: Params, next: Option<Cursor>) -> Self {
        Self { walk: Walk::from(next), ..Self::new(client, params) }
    }

    /// Takes note of an id that a page before held.
    pub fn know(&mut self, id: &str) {
        let print = self.seen.of(id);
        self.seen.insert(print);
    }

    /// The same walk, with what an earlier one met.
    #[must_use]
    pub fn remembering(self, seen: Prints) -> Self {
        Self { seen, ..self }
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
        let (seen, mut prints) = (&mut self.seen, Vec::new());
        // What is no submission has no id that would tell whether it was there before.
        items.retain(|item| match item {
            Item::Readable { id, .. } => {
                let print = seen.of(id);
                let new = seen.insert(print);
                prints.extend(new.then_some(print));
                new
            }
            Item::Unreadable { .. } => true,
        });
        let taken = Taken { items: count, new: items.len(), ..Taken::default() };
        self.walk.advance(taken, page.next);
        let repeated = count - items.len();
        Some(Ok(Batch { items, prints, repeated, bytes: page.bytes, mended: page.mended }))
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

/// Ids that a long walk has room for from the start, in some two megabytes: a set that grows is copied each time, and holds
/// both.
const ROOM: usize = 100_000;

/// The ids met so far, as 16 bytes each: a walk of a million submissions remembers them in some tens of megabytes. Two ids
/// that come to the same are as good as impossible, and nobody without the key can look for them or tell an id from its
/// print. With the same key they are the same in another process.
#[derive(Clone)]
pub struct Prints {
    key: [u8; 16],
    met: HashSet<u128>,
}

/// With a key of its own.
impl Default for Prints {
    fn default() -> Self {
        Self::keyed(rand::rng().random())
    }
}

impl Prints {
    /// None yet.
    #[must_use]
    pub fn keyed(key: [u8; 16]) -> Self {
        Self { key, met: HashSet::new() }
    }

    /// The same with room for a long walk.
    #[must_use]
    pub fn roomy(mut self) -> Self {
        self.met.reserve(ROOM);
        self
    }

    /// The print of an id.
    #[must_use]
    pub fn of(&self, id: &str) -> u128 {
        let digest = Sha256::new().chain_update(self.key).chain_update(id).finalize();
        digest.iter().take(16).fold(0, |print, byte| print << 8 | u128::from(*byte))
    }

    /// Takes a print in; tells whether it is new.
    pub fn insert(&mut self, print: u128) -> bool {
        self.met.insert(print)
    }
}

//! The state of a walk over the pages of one part (`request_type`) of a query whose rows are already known.
//!
//! The list of a query leaves fields out. The same query with `request_type` sends one part of each submission, which
//! is joined to the known row by the submission id. This module sends no request: the caller fetches the page that
//! [`PartWalk::request`] names, and passes the answer to [`PartWalk::take`]. The checks of [`Walk`] against a server
//! that makes no progress apply.

use std::collections::HashSet;

use crate::api::{Item, Page};
use crate::query::{Cursor, Params, RequestType};

use super::{End, MergeStats, Stop, Walk};

/// A walk over pages whose items hold only one part of each submission, such as `aml`. It looks for certain
/// submissions, the wanted ones, to complete their rows. The walk ends when each wanted submission was found, or after
/// the last page.
pub struct PartWalk {
    part: RequestType,
    params: Params,
    walk: Walk,
    /// Ids of the submissions that the walk looks for and has not found yet.
    wanted: HashSet<Box<str>>,
    /// Ids that the pages of the part held so far.
    seen: HashSet<Box<str>>,
    pages: usize,
}

impl PartWalk {
    /// Creates a walk that fetches pages whose items hold only the part `part` (such as `aml`) of each submission.
    /// `query` are the query parameters with which the loaded rows were fetched; the walk adds the part to them. It
    /// starts at the page key `next`; `None` is the first page. It looks for no submission until [`Self::want`] is
    /// called.
    pub fn new(query: &Params, part: RequestType, next: Option<Cursor>) -> Self {
        let params = Params { request_type: Some(part), ..query.clone() };
        Self { part, params, walk: Walk::from(next), wanted: HashSet::new(), seen: HashSet::new(), pages: 0 }
    }

    /// Returns the part of submissions, such as `aml`, that the fetched pages hold.
    pub const fn part(&self) -> RequestType {
        self.part
    }

    /// Adds the submission with the id `id` to the wanted submissions, which are looked for on the fetched pages. This
    /// must be done before [`Self::take`] gets the page with this submission.
    pub fn want(&mut self, id: &str) {
        self.wanted.insert(id.into());
    }

    /// Returns whether the submission with the id `id` is wanted: it was added with [`Self::want`], and was neither
    /// found on a page nor removed with [`Self::forget`].
    pub fn wants(&self, id: &str) -> bool {
        self.wanted.contains(id)
    }

    /// Iterates, in no particular order, over the ids of the wanted submissions: those that were added with
    /// [`Self::want`], and were neither found on a page nor removed with [`Self::forget`].
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(|id| &**id)
    }

    /// Removes the submission with the id `id` from the wanted submissions, which are looked for on the fetched pages.
    pub fn forget(&mut self, id: &str) {
        self.wanted.remove(id);
    }

    /// Returns the number of wanted submissions: those that were added with [`Self::want`], and were neither found on a
    /// page nor removed with [`Self::forget`].
    pub fn missing(&self) -> usize {
        self.wanted.len()
    }

    /// Returns the number of pages that [`Self::take`] got so far.
    pub const fn pages(&self) -> usize {
        self.pages
    }

    /// Returns the query parameters and the page key (`None` for the first page) of the next request. Returns `None` if
    /// all wanted submissions were found, if the last page was taken, or if the fetching was stopped.
    pub fn request(&self) -> Option<(&Params, Option<&Cursor>)> {
        let is_open = self.walk.end() == &End::More && !self.wanted.is_empty();
        is_open.then(|| (&self.params, self.walk.next()))
    }

    /// Takes `page`, the answer to [`Self::request`]. Returns its items, in the order of the page, without those of
    /// submissions that were on an earlier page. The returned submissions are removed from the wanted ones. Items
    /// without a readable id are dropped, since they cannot be joined to a row.
    pub fn take(&mut self, page: Page) -> Vec<Item> {
        self.pages += 1;
        let count = page.items.len();
        let mut found = Vec::with_capacity(count);
        for item in page.items {
            if let Some(id) = item.id()
                && self.seen.insert(id.into())
            {
                self.wanted.remove(id);
                found.push(item);
            }
        }
        let taken = MergeStats { items: count, new: found.len(), changed: 0 };
        self.walk.advance(taken, page.next);
        found
    }

    /// Returns the state of the fetching of the part's pages: more to load, complete, or stopped.
    pub const fn end(&self) -> &End {
        self.walk.end()
    }

    /// Stops the fetching of the part's pages for the reason `why`. No further page is fetched, unless [`Self::resume`]
    /// is called.
    pub fn stop(&mut self, why: Stop) {
        self.walk.stop(why);
    }

    /// Continues the fetching of the part's pages after a stop, if the reason of the stop allows that. Returns whether
    /// there is a further page to request.
    pub fn resume(&mut self) -> bool {
        self.walk.resume() && self.request().is_some()
    }
}

#[cfg(test)]
mod tests;

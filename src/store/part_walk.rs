//! Fetches one part (a group of fields, such as `aml`) of the submissions of a query whose rows are already loaded. The
//! pages of the part are requested one after the other.
//!
//! The list of a query leaves fields out. The same query with `request_type` sends one part of each submission, which
//! is joined to the known row by the submission id. This module sends no request: the caller fetches the page that
//! [`PartWalk::request`] names, and passes the answer to [`PartWalk::take`]. As in [`Walk`], the fetching stops if the
//! server makes no progress.

use std::collections::HashSet;

use crate::api::{Item, Page};
use crate::query::{Cursor, Params, RequestType};

use super::{End, MergeStats, Stop, Walk};

/// State of the fetching of pages whose items hold only one part of each submission (a group of fields, such as `aml`).
/// Its purpose is to complete the rows of certain submissions, the wanted ones. It ends when all wanted submissions
/// were found, or after the last page.
pub struct PartWalk {
    part: RequestType,
    params: Params,
    walk: Walk,
    /// Ids of the wanted submissions, which were not found on a page yet.
    wanted: HashSet<Box<str>>,
    /// Ids of all submissions that were on the pages of the part so far.
    seen: HashSet<Box<str>>,
    pages: usize,
}

impl PartWalk {
    /// Creates the state for fetching the part `part` (such as `aml`) of submissions. `query` holds the query
    /// parameters with which the rows were loaded. `next` is the page key of the first request; `None` for the first
    /// page. No submission is wanted until [`Self::want`] is called.
    pub fn new(query: &Params, part: RequestType, next: Option<Cursor>) -> Self {
        let params = Params { request_type: Some(part), ..query.clone() };
        Self { part, params, walk: Walk::from(next), wanted: HashSet::new(), seen: HashSet::new(), pages: 0 }
    }

    /// Returns the part of submissions, such as `aml`, that the fetched pages hold.
    pub const fn part(&self) -> RequestType {
        self.part
    }

    /// Adds the submission with the id `id` to the wanted submissions, whose part is searched on the pages. Call this
    /// before [`Self::take`] gets the page with this submission.
    pub fn want(&mut self, id: &str) {
        self.wanted.insert(id.into());
    }

    /// Returns whether the submission with the id `id` is wanted: it was added with [`Self::want`], and was neither
    /// found on a page nor removed with [`Self::forget`].
    pub fn wants(&self, id: &str) -> bool {
        self.wanted.contains(id)
    }

    /// Iterates over the ids of the wanted submissions, in no particular order. They were added with [`Self::want`],
    /// and were neither found on a page nor removed with [`Self::forget`].
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(|id| &**id)
    }

    /// Removes the submission with the id `id` from the wanted submissions, so that its part is no longer searched on
    /// the pages.
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
    /// no request is needed: all wanted submissions were found, the last page was taken, or the fetching was stopped.
    pub fn request(&self) -> Option<(&Params, Option<&Cursor>)> {
        let is_open = self.walk.end() == &End::More && !self.wanted.is_empty();
        is_open.then(|| (&self.params, self.walk.next()))
    }

    /// Processes `page`, the answer to [`Self::request`]. Returns its items in the order of the page, without
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

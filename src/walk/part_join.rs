//! Joins one part of the submissions to the pages of a list while the list is fetched.
//!
//! The pages of the part are fetched as far as the rows of the list need them. If both lists have the same order, each
//! page of the list needs one page of the part. An answer of the part whose row comes later is kept until then.

use std::collections::HashMap;

use super::{IdDigests, WalkContext};
use crate::api::{Item, page_failure};
use crate::failure::Failure;
use crate::query::{Cursor, Params, PartSet, RequestType};
use crate::store::{End, PartWalk, Stop};
use crate::submission::row::{Room, Row};
use crate::text::Safe;

/// Largest total size, in bytes, of the answers of one part (such as `aml`) that are kept until the list has their
/// rows. If the total is larger, the fetching of the part stops. This can happen if the service sends the part in
/// another order than the list.
const MAX_AHEAD_BYTES: usize = 256 << 20;

/// Number of successive pages of a part without an answer for any row of a page of the list, after which no more pages
/// of the part are fetched for that page of the list. There is no such limit if all pages of the list are fetched.
const MAX_FRUITLESS_PAGES: usize = 2;

/// An item of a page of the list, and which parts of the submission (such as `aml`) were added to it.
#[derive(Clone)]
pub(super) struct PageItem {
    pub(super) item: Item,
    /// Digest of the submission id; `None` for an unreadable item.
    pub(super) digest: Option<u128>,
    /// Parts that were joined to the item.
    pub(super) joined: PartSet,
    /// Parts that were requested for the item, but not found or not fetched.
    pub(super) omitted: PartSet,
    /// Whether an answer of a part was invalid JSON and was repaired.
    pub(super) repaired: bool,
}

/// Reason why the fetching of a part of the submissions, such as `aml`, ended before the part was joined to every row.
pub struct PartStop {
    /// The part whose pages were fetched.
    pub part: RequestType,
    /// The reason in a few words.
    pub reason: Stop,
    /// The failed request, if a request failed.
    pub failure: Option<Failure>,
}

impl PartStop {
    /// Returns in a few words of which part the fetching stopped and why, such as `part aml: the server repeats a page
    /// key`.
    pub fn reason(&self) -> Safe {
        let part = Safe::sanitize(&format!("part {}: ", self.part.word()));
        Safe::concat(&[part, self.reason.reason()])
    }
}

/// Fetches one part of the submissions, such as `aml`, and joins its values to the rows of the list. If the service
/// sends the part of a submission before the submission's row, the part is kept here until the row arrives.
pub(super) struct PartJoin {
    query: Params,
    walk: PartWalk,
    /// Whether the walk began at the page key of a resumed list, and not at the first page.
    began_inside: bool,
    /// Answers of the part whose rows were not received yet, by submission id, each with whether it was repaired.
    ahead: HashMap<Box<str>, (Item, bool)>,
    /// Total size, in bytes, of the answers in `ahead`.
    ahead_bytes: usize,
    /// Digests of the ids of the list's submissions that were received already.
    passed: IdDigests,
    is_reported: bool,
}

impl PartJoin {
    /// Prepares the fetching of `part`, whose values are joined to a list with the query parameters `query`. The
    /// fetching of the list and of the part begins at the page key `next`; `None` is the first page.
    pub(super) fn new(query: &Params, part: RequestType, next: Option<Cursor>) -> Self {
        Self {
            query: query.clone(),
            began_inside: next.is_some(),
            walk: PartWalk::new(query, part, next),
            ahead: HashMap::new(),
            ahead_bytes: 0,
            passed: IdDigests::default(),
            is_reported: false,
        }
    }

    /// Fetches one part of the submissions (such as `aml`), and joins it to the items of one page of the list. The part
    /// is not joined to items that cannot match the terms of the filter that this program tests itself. Sends the
    /// requests that are needed for this. If the fetching of the part stopped too early, returns the reason; the reason
    /// is returned only once.
    pub(super) async fn join(&mut self, context: &WalkContext<'_>, items: &mut [PageItem]) -> Option<PartStop> {
        let mut room = Room::default();
        let mut open: HashMap<Box<str>, &mut PageItem> = HashMap::new();
        for listed in items {
            let Some(id) = listed.item.id().map(Box::<str>::from) else { continue };
            self.passed.insert(self.passed.digest_of(&id));
            let ahead = self.ahead.remove(&id);
            self.ahead_bytes -= ahead.as_ref().map_or(0, |(part, _)| size(part));
            match ahead {
                _ if !context.may_show(&listed.item) => {}
                Some((part, repaired)) => listed.join(self.walk.part(), &part, repaired, &mut room),
                None => {
                    self.walk.want(&id);
                    open.insert(id, listed);
                }
            }
        }
        let failure = self.fetch(context, &mut open, &mut room).await;
        let is_complete = open.is_empty();
        for (id, listed) in open {
            self.walk.forget(&id);
            listed.omitted = listed.omitted.with(PartSet::of(self.walk.part()));
        }
        match self.walk.end() {
            // A stop behind the last row that is needed is no loss.
            End::Stopped(reason) if !is_complete && !self.is_reported => {
                self.is_reported = true;
                Some(PartStop { part: self.walk.part(), reason: reason.clone(), failure })
            }
            _ => None,
        }
    }

    /// Fetches pages of the part, such as `aml`, and joins their items to the items of `open`, which still lack it. An
    /// item that got its part is removed from `open`. Ends when `open` is empty, when there is no further page, or when
    /// two pages in a row had no part for an item of `open` (unless [`WalkContext::fetches_all`] is true). `room` is
    /// the memory that is left for the rows of one page. Returns the failure if a request failed.
    async fn fetch(
        &mut self,
        context: &WalkContext<'_>,
        open: &mut HashMap<Box<str>, &mut PageItem>,
        room: &mut Room,
    ) -> Option<Failure> {
        let source = context.source;
        let mut fruitless = 0;
        loop {
            if fruitless >= MAX_FRUITLESS_PAGES && !context.fetches_all {
                return None;
            }
            let Some((params, next)) = self.walk.request() else {
                if self.walk.missing() == 0 || self.walk.end() != &End::Complete || !self.began_inside {
                    return None;
                }
                self.restart();
                continue;
            };
            context.requests.add_part(self.walk.part());
            let page = match source
                .with_retry(|| source.fetch_page(params, next), |waiting| context.report_wait(&waiting))
                .await
            {
                Ok(page) => page,
                Err(error) => {
                    let failure = page_failure(&error, params);
                    self.walk.stop(Stop::Failed(Safe::from_static(failure.kind.short())));
                    return Some(failure);
                }
            };
            let (repaired, missing) = (page.repaired, open.len());
            for part in self.walk.take(page) {
                let Some(id) = part.id().map(Box::<str>::from) else { continue };
                if let Some(listed) = open.remove(&id) {
                    listed.join(self.walk.part(), &part, repaired, room);
                } else if !self.passed.contains(self.passed.digest_of(&id)) {
                    self.ahead_bytes += size(&part);
                    let before = self.ahead.insert(id, (part.with_own_memory(), repaired));
                    self.ahead_bytes -= before.map_or(0, |(part, _)| size(&part));
                }
            }
            fruitless = if open.len() < missing { 0 } else { fruitless + 1 };
            if self.ahead_bytes > MAX_AHEAD_BYTES {
                self.walk.stop(Stop::Bytes(self.ahead_bytes));
            }
        }
    }

    /// Starts the fetching of the part again, at its first page. Before, it started at the page key at which the
    /// fetching of the list started. If the service sends the part in another order than the list, a submission of the
    /// list can be before that page key.
    fn restart(&mut self) {
        let mut walk = PartWalk::new(&self.query, self.walk.part(), None);
        self.walk.wanted().for_each(|id| walk.want(id));
        (self.walk, self.began_inside) = (walk, false);
    }
}

/// Returns about how many bytes of memory are needed to keep an item.
fn size(item: &Item) -> usize {
    item.raw().len() + size_of::<Row>()
}

impl PageItem {
    pub(super) const fn new(item: Item, digest: Option<u128>) -> Self {
        Self { item, digest, joined: PartSet::EMPTY, omitted: PartSet::EMPTY, repaired: false }
    }

    /// Joins `answer`, which holds the part `part` of the submission, to this item of a page. `repaired` says whether
    /// the JSON of the answer was damaged and had to be repaired. `room` is the memory that is left for the rows of one
    /// page.
    fn join(&mut self, part: RequestType, answer: &Item, repaired: bool, room: &mut Room) {
        self.item = self.item.clone().joined_with(answer, room);
        self.joined = self.joined.with(PartSet::of(part));
        self.repaired |= repaired;
    }
}

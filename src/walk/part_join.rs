//! Joins one part of the submissions to the pages of a list while the list is fetched. A part is a group of fields,
//! such as `aml`, that the service sends when `request_type` names it.
//!
//! A part is requested in pages, like the list. Only the pages of the part that the fetched rows of the list need are
//! fetched. If both have the same order, each page of the list needs one page of the part. If the part of a submission
//! arrives before its row, the part is kept until the row arrives.

use std::collections::HashMap;

use super::{IdDigests, WalkContext};
use crate::api::{Item, page_failure};
use crate::failure::Failure;
use crate::query::{Cursor, Params, PartSet, RequestType};
use crate::store::{End, PartWalk, Stop};
use crate::submission::row::{Room, Row};
use crate::text::Safe;

/// Largest total size, in bytes, of the answers of one part (such as `aml`) that arrived before their rows of the list
/// and are kept. If the total is larger, the fetching of the part stops. This can happen if the service sends the part
/// in another order than the list.
const MAX_AHEAD_BYTES: usize = 256 << 20;

/// Number of fruitless pages of a part (such as `aml`) in a row, after which the search for the parts of a list page
/// ends. A page is fruitless if it has no part for any row of that list page. There is no such limit if all pages of
/// the list are fetched.
const MAX_FRUITLESS_PAGES: usize = 2;

/// An item of a page of the list, with the parts (groups of fields, such as `aml`) that were joined to it so far.
#[derive(Clone)]
pub(super) struct PageItem {
    pub(super) item: Item,
    /// Digest of the submission id; `None` for an unreadable item.
    pub(super) digest: Option<u128>,
    /// Parts (groups of fields, such as `aml`) that were joined to the item.
    pub(super) joined: PartSet,
    /// Parts (groups of fields, such as `aml`) that were requested for the item, but not found or not fetched.
    pub(super) omitted: PartSet,
    /// Whether an answer that was joined to the item was invalid JSON and was repaired.
    pub(super) repaired: bool,
}

/// Report that the fetching of a part of the submissions, such as `aml`, ended before every row of the list had the
/// part.
pub struct PartStop {
    /// The part that could not be fetched completely.
    pub part: RequestType,
    /// The reason why the fetching of the part ended.
    pub reason: Stop,
    /// The failure of the request; `None` if the fetching ended for another reason than a failed request.
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
    /// Whether the fetching of the part began inside of the list, at a page key, because an earlier fetching of the
    /// list was continued. If false, it began at the first page.
    began_inside: bool,
    /// Answers with the part of submissions whose rows of the list have not arrived yet, by submission id. The `bool`
    /// says whether the answer was repaired.
    ahead: HashMap<Box<str>, (Item, bool)>,
    /// Total size, in bytes, of the answers in `ahead`.
    ahead_bytes: usize,
    /// Digests of the ids of the submissions whose rows of the list have arrived.
    passed: IdDigests,
    is_reported: bool,
}

impl PartJoin {
    /// Prepares the fetching of `part`, whose values are joined to a list with the query parameters `query`. Both start
    /// at the page key `next`, which an earlier answer named to request the page after it. `None` is the first page.
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

    /// Fetches the part (such as `aml`) for the items of one page of the list, and joins it to them. Items that cannot
    /// match the local terms (conditions of the filter that this program tests itself) do not get the part. If the
    /// fetching of the part stopped too early, returns the reason. The reason is returned only once.
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

    /// Fetches pages of the part (such as `aml`), and joins the part to the items of `open`, which lack it. An item
    /// that got the part is removed from `open`. Ends if `open` is empty, if no page follows, or if
    /// [`MAX_FRUITLESS_PAGES`] pages in a row had no part for an item of `open`. The last limit does not apply if
    /// [`WalkContext::fetches_all`] is true. `room` is the memory that is left for the texts of the rows of one page.
    /// Returns the failure if a request failed.
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

    /// Starts the fetching of the part again, at its first page. Until now, it started at the page key at which the
    /// fetching of the list started. If the service sends the part in another order than the list, the part of a
    /// submission may come before that page key.
    fn restart(&mut self) {
        let mut walk = PartWalk::new(&self.query, self.walk.part(), None);
        self.walk.wanted().for_each(|id| walk.want(id));
        (self.walk, self.began_inside) = (walk, false);
    }
}

/// Returns about how many bytes of memory an item takes.
fn size(item: &Item) -> usize {
    item.raw().len() + size_of::<Row>()
}

impl PageItem {
    pub(super) const fn new(item: Item, digest: Option<u128>) -> Self {
        Self { item, digest, joined: PartSet::EMPTY, omitted: PartSet::EMPTY, repaired: false }
    }

    /// Joins `answer`, which holds the part `part` of the same submission, to this item. `repaired` says whether the
    /// JSON of the answer was invalid and was repaired. `room` is the memory that is left for the texts of the rows of
    /// one page.
    fn join(&mut self, part: RequestType, answer: &Item, repaired: bool, room: &mut Room) {
        self.item = self.item.clone().joined_with(answer, room);
        self.joined = self.joined.with(PartSet::of(part));
        self.repaired |= repaired;
    }
}

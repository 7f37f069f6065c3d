//! Fetches all submissions of a query page by page, with their full records if requested. Checks for each submission
//! the local terms of the query: the conditions that this program checks itself, since the service has no query
//! parameter for them.

use std::collections::VecDeque;

use futures_util::stream::LocalBoxStream;
use futures_util::{StreamExt, stream};

use super::part_join::{PageItem, PartJoin, PartStop};
use super::{IdDigests, NewItems, PageWalk, WalkContext};
use crate::api::{Item, Page, RecordAnswer, page_failure, record_failure};
use crate::failure::{Failure, FailureKind};
use crate::query::{Cursor, Params, PartSet, Verdict};
use crate::store::{End, Stop};
use crate::submission::classes_together;
use crate::submission::row::Row;
use crate::text::Safe;

/// Largest number of full records (answers about a single submission) that are requested at the same time. Several
/// walks (a walk fetches all pages of one query) share this limit if they share the permits in
/// [`WalkContext::record_permits`].
pub const MAX_PARALLEL_RECORDS: usize = 4;

/// Largest size in bytes of a full record (the answer about a single submission) that waits in memory until all earlier
/// items of the list are returned. A larger full record is dropped, and fetched again when it is the next to return. So
/// at most one such large record is in memory. A real full record has about ten thousand bytes.
const MAX_WAITING_BYTES: usize = 4 << 20;

/// One result of [`SubmissionWalk::next`]: an item, the end of a page, or a failure.
pub enum WalkStep {
    /// The next submission or unreadable item of the page.
    Found(WalkedItem),
    /// The end of a page: all items of the page were returned.
    PageEnd(PageEnd),
    /// A page could not be fetched. No further results follow.
    PageFailed(Failure),
    /// The fetching of a part stopped too early. Items from here on lack the part; further results follow.
    PartStopped(PartStop),
}

/// One item (a submission or an unreadable item) that the fetching of all pages returns. `found_in` says from which
/// answer the item comes. `verdict` says whether the item matches the conditions that this program checks itself.
pub struct WalkedItem {
    /// Submission or unreadable item. Its bytes are those of the full record if a full record was fetched, otherwise
    /// those of the list data. Its row holds the values of all received answers.
    pub item: Item,
    /// Kind of the answer from which the bytes of the item come: list data or full record.
    pub found_in: ItemSource,
    /// Verdict of the local terms of the query on the item: shown, hidden or undecided.
    pub verdict: Verdict,
    /// Digest of the submission id; `None` for an unreadable item.
    pub digest: Option<u128>,
    /// Whether the answer with the item was invalid JSON and was repaired.
    pub repaired: bool,
    /// Number of the page of the list that held the item, counted from 1.
    pub page: usize,
    /// Parts that were joined to the list data of the item.
    pub joined: PartSet,
    /// Parts that were requested for the item and could not be had: the list of the part does not hold the submission,
    /// or its fetching stopped too early.
    pub omitted: PartSet,
}

/// Answer that an item comes from: list data (a page of the list, with fewer fields) or full record (the answer about a
/// single submission). Also says why the full record is missing, if it was requested.
pub enum ItemSource {
    /// The item comes from list data; the full record was not requested.
    List,
    /// The item comes from the full record, or from a record of a file that counts as a full record.
    FullRecord,
    /// The item comes from list data, since the service no longer finds the submission.
    ListButGone,
    /// The item comes from list data, since the full record could not be fetched.
    ListAfter(Failure),
    /// The item comes from list data, since failed full records stopped the walk before its full record was fetched.
    ListUnasked,
}

/// Report at the end of a page: the size of the page, and the page key of the next page.
pub struct PageEnd {
    /// Length in bytes of the answer that held the page, after decompression.
    pub bytes: usize,
    /// Whether the answer that held the page was invalid JSON and was repaired.
    pub repaired: bool,
    /// State of the fetching of all pages: more to load, complete, or stopped.
    pub end: End,
    /// Page key of the next page; `None` if no page follows.
    pub next: Option<Cursor>,
}

/// Function that gets the items of each fetched page and may remove some of them. It is called before full records and
/// parts are requested for these items. Its second argument says whether more pages follow this one.
pub type PageGate<'a> = Box<dyn FnMut(&mut NewItems, &End) + 'a>;

/// A walk over all submissions of a query: fetches page after page. Each call of [`SubmissionWalk::next`] returns one
/// result, such as the next submission.
pub struct SubmissionWalk<'a> {
    context: WalkContext<'a>,
    pages: PageWalk<'a>,
    /// Page whose items are being returned one by one; `None` between two pages.
    page: Option<OpenPage<'a>>,
    /// Number of pages of the list that were fetched.
    count: usize,
    /// Fetching of each part, those that the local terms test first: they may spare requests for the others.
    joins: Vec<PartJoin>,
    /// Parts whose fetching stopped too early, which are not reported yet.
    stopped_parts: VecDeque<PartStop>,
    items: usize,
    failures: usize,
    stop: Option<Stop>,
    gate: Option<PageGate<'a>>,
}

/// Page of the list whose items are being returned one by one. If full records (the answers about single submissions)
/// are requested, each item is returned only after its full record was fetched.
struct OpenPage<'a> {
    /// Items that were not returned yet, in the order of the page.
    rest: VecDeque<PageItem>,
    /// Stream that fetches the full records of the items of `rest`; `None` while nothing is fetched.
    fetching: Option<LocalBoxStream<'a, Fetched>>,
    bytes: usize,
    repaired: bool,
    /// Whether the page held more items than [`WalkContext::max_items`] allows, so that the last items were left out.
    is_cut: bool,
}

/// Result of requesting the full record (the answer about a single submission) for one item of a page of the list.
enum Fetched {
    Ready(WalkedItem),
    /// The full record was too large to be kept in memory and was dropped. The full record must be fetched again for
    /// the value, an item of list data.
    TooLarge(WalkedItem),
}

impl<'a> SubmissionWalk<'a> {
    /// Creates a walk over the pages of the query with the query parameters `params`. The walk starts with the page
    /// that has the page key `next`; `None` is the first page. `met` holds digests of submission ids. Submissions with
    /// these ids are left out, since an earlier run of the program already returned them.
    pub fn new(context: WalkContext<'a>, params: Params, next: Option<Cursor>, met: IdDigests) -> Self {
        let tested = context.query.tested_parts();
        // The answer to a query by id is a full record, which has all parts.
        let with = if params.submission_id.is_some() { PartSet::EMPTY } else { context.with };
        let parts = with.common(tested).iter().chain(with.without(tested).iter());
        let joins = parts.map(|part| PartJoin::new(&params, part, next.clone())).collect();
        let pages = PageWalk::new(context.source, params, next, met);
        let stopped_parts = VecDeque::new();
        Self {
            context,
            pages,
            page: None,
            count: 0,
            joins,
            stopped_parts,
            items: 0,
            failures: 0,
            stop: None,
            gate: None,
        }
    }

    /// Leaves out the first `count` unreadable items of the first page, since an earlier run of the program already
    /// returned them.
    #[must_use]
    pub fn after_unreadable(mut self, count: u64) -> Self {
        self.pages = self.pages.after_unreadable(count);
        self
    }

    /// Uses `page` as the first page instead of requesting it, since the caller has requested it before. `None` changes
    /// nothing.
    #[must_use]
    pub fn with_first(mut self, page: Option<Page>) -> Self {
        self.pages = self.pages.with_first(page);
        self
    }

    /// Makes this walk call `gate` for each fetched page and return only the items that `gate` leaves.
    #[must_use]
    pub fn with_gate(mut self, gate: PageGate<'a>) -> Self {
        self.gate = Some(gate);
        self
    }

    /// Returns the state of the fetching of all pages: more to load, complete, or stopped.
    pub fn end(&self) -> End {
        self.stop.clone().map_or_else(|| self.pages.end().clone(), End::Stopped)
    }

    /// Returns the next item, the end of a page, or a failure, and sends requests as needed. Returns `None` after the
    /// end of the last page, or after the walk stopped.
    pub async fn next(&mut self) -> Option<WalkStep> {
        if self.stop.is_some() {
            return self.next_unasked().map(WalkStep::Found);
        }
        if self.page.is_none() {
            if self.pages.sends_request() {
                self.context.requests.add_page();
            }
            let mut new = match self.pages.next(|waiting| self.context.report_wait(&waiting)).await? {
                Ok(new) => new,
                Err(error) => return Some(WalkStep::PageFailed(page_failure(&error, self.pages.params()))),
            };
            self.count += 1;
            if let Some(gate) = &mut self.gate {
                gate(&mut new, self.pages.end());
            }
            let mut page = self.begin_page(new);
            for join in &mut self.joins {
                self.stopped_parts.extend(join.join(&self.context, page.rest.make_contiguous()).await);
            }
            self.page = Some(page);
        }
        if let Some(stopped) = self.stopped_parts.pop_front() {
            return Some(WalkStep::PartStopped(stopped));
        }
        let page = self.page.as_mut()?;
        let (bytes, repaired, is_cut) = (page.bytes, page.repaired, page.is_cut);
        let fetching = page.fetching.get_or_insert_with(|| self.context.fetch_all(page.rest.clone()));
        let mut found = match fetching.next().await {
            Some(Fetched::Ready(found)) => found,
            Some(Fetched::TooLarge(found)) => self.context.fetch_full_record(found).await,
            None => {
                self.page = None;
                if let Some(most) = self.context.max_items.filter(|most| self.items >= *most) {
                    self.pages.stop(Stop::Cap(most));
                    self.stop = is_cut.then_some(Stop::Cap(most));
                }
                let (end, next) = (self.end(), self.pages.cursor().cloned());
                return Some(WalkStep::PageEnd(PageEnd { bytes, repaired, end, next }));
            }
        };
        page.rest.pop_front();
        let is_last = page.rest.is_empty() && self.pages.end() == &End::Complete;
        found.repaired |= repaired;
        found.page = self.count;
        self.stop = self.stop_after(&found.found_in).filter(|_| !is_last);
        Some(WalkStep::Found(found))
    }

    /// Returns the next item of the page in which failed full records stopped the walk, with its list data.
    fn next_unasked(&mut self) -> Option<WalkedItem> {
        let page = self.page.as_mut().filter(|_| self.context.keeps_page)?;
        page.fetching = None;
        let PageItem { item, digest, joined, omitted, repaired } = page.rest.pop_front()?;
        let is_wanted = digest.is_some() && self.context.may_show(&item);
        let found_in = if is_wanted { ItemSource::ListUnasked } else { ItemSource::List };
        let (verdict, repaired) = (self.context.verdict_on(&item), repaired || page.repaired);
        Some(WalkedItem { item, found_in, verdict, digest, repaired, page: self.count, joined, omitted })
    }

    /// Gives back the permits that this walk holds, and ends its unfinished requests. Each permit allows one request
    /// for a full record. The next call of [`Self::next`] sends the ended requests again. Without this method, a walk
    /// that waits in the middle of a page would keep permits that another walk needs.
    pub fn release_permits(&mut self) {
        if let Some(page) = &mut self.page {
            page.fetching = None;
        }
    }

    /// Prepares the items of a page to be returned one by one. Items above the limit [`WalkContext::max_items`] are
    /// dropped.
    fn begin_page(&mut self, new_items: NewItems) -> OpenPage<'a> {
        let NewItems { mut items, bytes, repaired } = new_items;
        let room = self.context.max_items.map_or(usize::MAX, |most| most.saturating_sub(self.items));
        let is_cut = items.len() > room;
        items.truncate(room);
        self.items += items.len();
        let rest = items.into_iter().map(|(item, digest)| PageItem::new(item, digest)).collect();
        OpenPage { rest, fetching: None, bytes, repaired, is_cut }
    }

    /// Returns the reason why the fetching of pages must stop after the current item; `None` if it can go on.
    /// `found_in` says which answer the item comes from, and whether its full record (the answer about the single
    /// submission) could not be fetched. Also counts how many full records in a row could not be fetched. After
    /// [`WalkContext::max_failures`] of them, the fetching stops.
    fn stop_after(&mut self, found_in: &ItemSource) -> Option<Stop> {
        match found_in {
            ItemSource::List | ItemSource::ListUnasked => None,
            ItemSource::FullRecord | ItemSource::ListButGone => {
                self.failures = 0;
                None
            }
            ItemSource::ListAfter(failure) => {
                self.failures += 1;
                let is_same_for_all = matches!(
                    failure.kind,
                    FailureKind::Key | FailureKind::BlockedAddress | FailureKind::QuotaUsedUp | FailureKind::Proxy
                );
                let is_last = is_same_for_all || self.failures >= self.context.max_failures;
                is_last.then(|| Stop::Failed(Safe::from_static(failure.kind.short())))
            }
        }
    }
}

impl<'a> WalkContext<'a> {
    /// Returns a stream of the items of a page. If [`Self::record_permits`] requests full records (the answers about
    /// single submissions), each item has its full record. No full record is fetched for an item that is certain not to
    /// match the terms of the filter that this program tests itself, even if further values of it become known.
    fn fetch_all(&self, items: VecDeque<PageItem>) -> LocalBoxStream<'a, Fetched> {
        let context = self.clone();
        let fetched = stream::iter(items).map(move |listed| {
            let context = context.clone();
            async move { context.fetch(listed).await }
        });
        fetched.buffered(MAX_PARALLEL_RECORDS).boxed_local()
    }

    /// Returns `listed`, an item of a page of the list, with its full record (the answer about the single submission).
    /// The full record is not requested in two cases: only list data is wanted, or the item cannot match the terms of
    /// the filter that this program tests itself, whatever the full record holds.
    async fn fetch(&self, listed: PageItem) -> Fetched {
        let PageItem { item, digest, joined, omitted, repaired } = listed;
        let (verdict, may_show) = (self.verdict_on(&item), self.may_show(&item));
        // A record of a file may prove to be a full record.
        let is_full = matches!(&item, Item::Readable { row, .. } if self.source.is_file() && row.carries_all());
        let found_in = if is_full { ItemSource::FullRecord } else { ItemSource::List };
        let listed = WalkedItem { item, found_in, verdict, digest, repaired, page: 0, joined, omitted };
        let (Some(permits), Some(_)) = (self.record_permits.as_ref().filter(|_| may_show), digest) else {
            return Fetched::Ready(listed);
        };
        let _permit = permits.acquire().await;
        let unread = WalkedItem { item: listed.item.clone(), found_in: ItemSource::List, ..listed };
        let found = self.fetch_full_record(listed).await;
        if matches!(found.found_in, ItemSource::FullRecord) && found.item.raw().len() > MAX_WAITING_BYTES {
            return Fetched::TooLarge(unread);
        }
        Fetched::Ready(found)
    }

    /// Requests the full record (the answer about the single submission) for `listed`, an item of a page of the list.
    /// Returns the full record as an item, or `listed` with the reason why the full record is missing.
    async fn fetch_full_record(&self, listed: WalkedItem) -> WalkedItem {
        let Item::Readable { id, .. } = &listed.item else { return listed };
        self.requests.add_record();
        let answer =
            self.source.with_retry(|| self.source.fetch_record(id), |waiting| self.report_wait(&waiting)).await;
        let repaired = matches!(answer, Ok(RecordAnswer::Repaired(_)));
        match answer {
            Ok(RecordAnswer::Found(single) | RecordAnswer::Repaired(single)) => {
                let item = merged(&listed.item, single);
                WalkedItem {
                    verdict: self.verdict_on(&item),
                    item,
                    found_in: ItemSource::FullRecord,
                    repaired,
                    ..listed
                }
            }
            Ok(RecordAnswer::NotFound) => WalkedItem { found_in: ItemSource::ListButGone, ..listed },
            Err(error) => WalkedItem { found_in: ItemSource::ListAfter(record_failure(&error)), ..listed },
        }
    }
}

/// Returns `single`, the answer about a single submission, with a row that also holds the values that only `listed`,
/// the same submission in a page of the list, has. If the value of a field is private in only one of the two answers,
/// it counts as private in the row, and can be masked.
fn merged(listed: &Item, single: Item) -> Item {
    match (listed, single) {
        (Item::Readable { row: older, raw: list, .. }, Item::Readable { id, raw, row: newer }) => {
            let row = Row::merged(&newer, older).reclassed(classes_together(list, &raw));
            Item::Readable { id, raw, row: Box::new(row) }
        }
        (_, single) => single,
    }
}

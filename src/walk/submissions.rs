//! Fetches all submissions of a query page by page, with their full records (the answers about single submissions) if
//! requested. Tests each submission with the local terms of the query: the conditions that this program tests itself,
//! since the service has no query parameter for them.

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

/// Largest size in bytes of a full record (the answer about a single submission) that may wait in memory for its turn.
/// It waits until all earlier items of the list are returned. A larger full record is dropped, and fetched again when
/// its turn comes. So at most one such large record is in memory. A real full record has about ten thousand bytes.
const MAX_WAITING_BYTES: usize = 4 << 20;

/// One result of [`SubmissionWalk::next`]: an item, the end of a page, or a failure.
pub enum WalkStep {
    /// The next item of the page: a submission, or an item that cannot be read.
    Found(WalkedItem),
    /// All items of the page were returned.
    PageEnd(PageEnd),
    /// A page of the list could not be fetched. No further results follow.
    PageFailed(Failure),
    /// The fetching of a part of the submissions (such as `aml`) stopped too early. The items from here on lack the
    /// part, and further results follow.
    PartStopped(PartStop),
}

/// One item of the list that a walk returns: a submission, or an item that cannot be read.
pub struct WalkedItem {
    /// The submission or unreadable item. Its bytes are those of the full record if a full record was fetched,
    /// otherwise those of the list data. Its row holds the values of all received answers.
    pub item: Item,
    /// Where the bytes of the item come from: list data or full record.
    pub found_in: ItemSource,
    /// Whether the item matches the local terms (the conditions that this program tests itself): shown, hidden or
    /// undecided.
    pub verdict: Verdict,
    /// Digest of the submission id, which identifies the submission in later pages; `None` for an unreadable item.
    pub digest: Option<u128>,
    /// Whether an answer with data of the item was invalid JSON and was repaired.
    pub repaired: bool,
    /// Number of the page of the list that held the item, counted from 1.
    pub page: usize,
    /// Parts (groups of fields, such as `aml`) that were joined to the list data of the item.
    pub joined: PartSet,
    /// Parts (such as `aml`) that were requested for the item but not found, or whose fetching stopped too early.
    pub omitted: PartSet,
}

/// Answer that an item comes from: list data (a page of the list, with fewer fields) or full record (the answer about a
/// single submission). Also says why the full record is missing, if it was requested.
pub enum ItemSource {
    /// The item comes from list data. The full record was not requested.
    List,
    /// The item comes from the full record, or from a record of a file that has all data of a full record.
    FullRecord,
    /// The item comes from list data. The full record was requested, but the service no longer finds the submission.
    ListButGone,
    /// The item comes from list data. The full record could not be fetched because of this failure.
    ListAfter(Failure),
    /// The item comes from list data. Its full record was not requested any more, since earlier full records could not
    /// be fetched and so stopped the walk.
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
    /// Page key of the next page (what the service's answer names to request it); `None` if no page follows.
    pub next: Option<Cursor>,
}

/// Function that is called with the items of each fetched page, and may remove some of them. It is called before full
/// records and parts are requested for the items. Its second argument says whether more pages follow.
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
    /// One fetcher for each part of the submissions, such as `aml`. First are the parts that the local terms test,
    /// since they may hide an item and so save further requests.
    joins: Vec<PartJoin>,
    /// Reports of parts whose fetching stopped too early, which [`Self::next`] has not returned yet.
    stopped_parts: VecDeque<PartStop>,
    items: usize,
    failures: usize,
    stop: Option<Stop>,
    gate: Option<PageGate<'a>>,
}

/// Page of the list whose items are being returned one by one. If full records (the answers about single submissions)
/// are requested, an item is returned when its full record was fetched.
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
    /// The full record was too large to be kept in memory, and was dropped. The value is the item with its list data,
    /// for which the full record must be fetched again.
    TooLarge(WalkedItem),
}

impl<'a> SubmissionWalk<'a> {
    /// Creates a walk over the pages of the query with the query parameters `params`. The walk starts at the page key
    /// `next`, which an earlier answer named to request the page after it; `None` is the first page. `met` holds
    /// digests of submission ids. Submissions with these ids are left out, since an earlier run of the program already
    /// returned them.
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

    /// Uses `page`, which the caller has requested before, as the first page. `None` changes nothing.
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
    /// last result.
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

    /// Returns the next item of the current page with its list data only. This is for a walk that stopped because full
    /// records could not be fetched. Returns `None` at the end of the page, or if [`WalkContext::keeps_page`] is false.
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
    /// for a full record. The next call of [`Self::next`] sends the ended requests again. Another walk can use the
    /// permits until then.
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
    /// Returns a stream of the items of a page. If [`Self::record_permits`] is set, each item has its full record (the
    /// answer about a single submission). No full record is requested for an item that the local terms of the filter
    /// hide in any case, whatever the full record holds.
    fn fetch_all(&self, items: VecDeque<PageItem>) -> LocalBoxStream<'a, Fetched> {
        let context = self.clone();
        let fetched = stream::iter(items).map(move |listed| {
            let context = context.clone();
            async move { context.fetch(listed).await }
        });
        fetched.buffered(MAX_PARALLEL_RECORDS).boxed_local()
    }

    /// Returns `listed`, an item of a page of the list, with its full record (the answer about the single submission).
    /// The full record is not requested if only list data is wanted. It is not requested either if the local terms of
    /// the filter hide the item in any case.
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

/// Returns `single`, the answer about a single submission, with a more complete row. `listed` is the same submission in
/// a page of the list; values that only `listed` has are added to the row. A value that is private in one of the two
/// answers counts as private in the row.
fn merged(listed: &Item, single: Item) -> Item {
    match (listed, single) {
        (Item::Readable { row: older, raw: list, .. }, Item::Readable { id, raw, row: newer }) => {
            let row = Row::merged(&newer, older).reclassed(classes_together(list, &raw));
            Item::Readable { id, raw, row: Box::new(row) }
        }
        (_, single) => single,
    }
}

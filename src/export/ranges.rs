//! An export to a file with several jobs: it fetches several lists at the same time, each into a file of its own, and
//! joins the files at the end.
//!
//! A list is the answers of the service to one query. [`super::chain`] says which lists are fetched, and where each of
//! them ends.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::mem;
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;

use super::chain::{ChainList, ChainRow, ListChain, ListEnd, newest_first};
use super::date_range::DateRange;
use super::division;
use super::job::ExportEnd;
use super::run::{ExportRun, failed, stopped};
use super::target::ExportTarget;
use super::walk::{ExportPage, FetchedPart, RunningFetch, fetch, request};
use crate::api::{Item, Page, page_failure};
use crate::failure::Failure;
use crate::output::SubmissionWriter;
use crate::query::Params;
use crate::store::End;
use crate::walk::{IdDigests, NewItems, SubmissionWalk, WalkContext};

/// Describes one of the lists of an export with several jobs when its fetching begins. `number` is the number of the
/// list. `first` is its first page if this page was fetched before. `params` are the query parameters of the whole
/// query, from which those of the list are made.
struct ListBegin<'a> {
    number: usize,
    first: Option<Page>,
    params: &'a Params,
}

/// A fetched page, or a part of a page, of one of the lists of an export with several jobs.
struct ListPage {
    page: ExportPage,
    /// State of the list after this page.
    list: ChainList,
    /// Number of unreadable items at the beginning of the page that belong to the list before this one.
    unreadable_of_list_before: u64,
}

impl ListPage {
    /// Returns whether more of the list must be fetched.
    const fn goes_on(&self) -> bool {
        match (self.list.end, &self.page.end) {
            (_, None) => true,
            (ListEnd::Closed(_) | ListEnd::Complete, Some(_)) | (_, Some((End::Stopped(_), _))) => false,
            _ => true,
        }
    }
}

impl ExportRun {
    /// Exports the query that has the query parameters `params`. If its range of dates has several days, `jobs` lists
    /// are fetched at the same time, each of which begins with another day. Otherwise, fetches one list, page after
    /// page. Returns how the export ended.
    pub(super) async fn export_ranges(&mut self, context: WalkContext<'_>, params: &Params, jobs: usize) -> ExportEnd {
        if DateRange::of(params, true).is_none_or(|range| range.days() < 2) {
            return self.export_as_one_list(context, params.clone()).await;
        }
        if let Err(error) = self.keep_header() {
            return ExportEnd::Output(error);
        }
        let (chain, pages) = match self.begin(&context, params, jobs).await {
            Ok(begun) => begun,
            Err(end) => return end,
        };
        if let Some(chain) = chain
            && let Some(end) = self.export_lists(&context, params, jobs, chain, pages).await
        {
            return end;
        }
        // The order of the service is not known, so the whole list is fetched from its first page on.
        match self.restart_as_one_list() {
            Ok(()) => self.export_as_one_list(context, params.clone()).await,
            Err(error) => ExportEnd::Output(error),
        }
    }

    /// Takes the header of the exported table out of the writer, and keeps it until the first rows of range 0 are
    /// written. Range 0 is the first stretch of days in the file. Rows of later stretches may be fetched before.
    fn keep_header(&mut self) -> io::Result<()> {
        self.writer.write_header()?;
        self.header = mem::take(self.writer.inner_mut());
        Ok(())
    }

    /// Returns the chain of lists (the lists that are fetched at the same time) with which the export begins or
    /// continues. Returns `None` if the whole query must be fetched as one list. Also returns pages that were fetched
    /// already: the first pages of the lists, each under the number of its list. They were fetched to find out whether
    /// the service sends the newest or the oldest submission first. The error is the end of the export.
    ///
    /// The lists of these pages are chosen as if the service sent the newest submission first. If it sends the oldest
    /// first, all answers may name the same page key (the key with which the next page is requested). A service that
    /// remembers a filter together with a page key would then mix up the lists. In this case no pages are returned, and
    /// the first pages are requested again later.
    async fn begin(
        &mut self,
        context: &WalkContext<'_>,
        params: &Params,
        jobs: usize,
    ) -> Result<(Option<ListChain>, BTreeMap<usize, Page>), ExportEnd> {
        let one = (None, BTreeMap::new());
        let range = |newest_first| DateRange::of(params, newest_first);
        let (Some(guess), false) = (range(true), self.record.is_one_list) else { return Ok(one) };
        if let Some(range) = self.record.newest_first.and_then(range) {
            return Ok((Some(ListChain::resumed(range, jobs, &self.record)), BTreeMap::new()));
        }
        let begins = division::equal_ranges(guess.days(), u32::try_from(jobs).unwrap_or(1));
        let pages = begins.iter().map(|day| first_page(context, guess.params(params, *day)));
        let pages: Vec<Page> =
            join_all(pages).await.into_iter().collect::<Result<_, Failure>>().map_err(|it| failed(&it))?;
        let digests = IdDigests::keyed(self.record.key());
        let rows: Vec<Vec<ChainRow>> =
            pages.iter().map(|page| page.items.iter().map(|it| row(it, &digests)).collect()).collect();
        self.record.newest_first = newest_first(&rows);
        let Some(range) = self.record.newest_first.and_then(range) else { return Ok(one) };
        let pages = if range.newest_first { pages.into_iter().enumerate().collect() } else { BTreeMap::new() };
        Ok((Some(ListChain::new(range, jobs)), pages))
    }

    /// Fetches the lists of `chain`, at most `jobs` at the same time, and joins their files at the end. `pages` holds
    /// the first pages that were fetched before, each under the number of its list. Returns how the export ended.
    /// Returns `None` if the service does not sort by creation time, so that the lists cannot be joined.
    async fn export_lists(
        &mut self,
        context: &WalkContext<'_>,
        params: &Params,
        jobs: usize,
        chain: ListChain,
        mut pages: BTreeMap<usize, Page>,
    ) -> Option<ExportEnd> {
        let mut waiting = VecDeque::from(chain.unfinished_lists());
        let chain = Rc::new(RefCell::new(chain));
        let mut running = FuturesUnordered::new();
        loop {
            while running.len() < jobs {
                let Some(number) = waiting.pop_front().or_else(|| chain.borrow_mut().begin_further_list()) else {
                    break;
                };
                let begin = ListBegin { number, first: pages.remove(&number), params };
                match self.walk(context, &chain, begin) {
                    Ok(walk) => running.push(numbered(number, fetch(walk))),
                    Err(error) => return Some(ExportEnd::Output(error)),
                }
            }
            let Some((number, walk, fetched)) = running.next().await else { break };
            if chain.borrow().is_broken() {
                // No late request of another list may follow the first one of the whole list.
                while running.next().await.is_some() {}
                return None;
            }
            let Some(page) = page_of_list(number, fetched, &chain) else { continue };
            let page = match page {
                Ok(page) => page,
                Err(end) => return Some(end),
            };
            if page.goes_on() {
                running.push(numbered(number, request(walk).await));
            }
            if let Err(end) = self.write_page_of_list(number, page) {
                return Some(end);
            }
        }
        let order = chain.borrow().list_order()?;
        Some(match self.join(&order).await {
            Ok(()) => ExportEnd::Complete,
            Err(error) => ExportEnd::Output(error),
        })
    }

    /// Returns a [`SubmissionWalk`], which fetches the pages of one list of `chain` one after the other. `begin`
    /// describes this list. If pages of the list were recorded before, the walk begins with the page after these. It
    /// leaves out rows that belong to other lists.
    fn walk<'a>(
        &mut self,
        context: &WalkContext<'a>,
        chain: &Rc<RefCell<ListChain>>,
        begin: ListBegin<'_>,
    ) -> io::Result<SubmissionWalk<'a>> {
        let ListBegin { number, first, params } = begin;
        let list = chain.borrow().list(number).map_or(0, |list| list.begin);
        let params = chain.borrow().range.params(params, list);
        let recorded = self.record.range(number).map(|range| (range.cursor(), range.unreadable_of_page));
        let (cursor, unreadable) = recorded.unwrap_or_default();
        let digests = self.digests(number)?;
        let walk = SubmissionWalk::new(context.clone(), params, cursor, digests);
        let chain = Rc::clone(chain);
        let gate = move |new: &mut NewItems, end: &End| {
            let row = |(item, digest): &(Item, Option<u128>)| ChainRow { digest: *digest, created: item.created_at() };
            let rows: Vec<ChainRow> = new.items.iter().map(row).collect();
            let taken = chain.borrow_mut().take_page(number, &rows, *end == End::Complete);
            new.items.truncate(taken.skip + taken.keep);
            new.items.drain(..taken.skip.min(new.items.len()));
        };
        Ok(walk.after_unreadable(unreadable).with_first(first).with_gate(Box::new(gate)))
    }

    /// Writes `fetched`, the next page (or a part of a page) of the list `number`. This is one of the lists that are
    /// fetched at the same time. If the export must end, the error says how it ends.
    fn write_page_of_list(&mut self, number: usize, fetched: ListPage) -> Result<(), ExportEnd> {
        let ListPage { page, list, unreadable_of_list_before } = fetched;
        let (list_end, end) = (list.end, page.end.clone());
        self.write_and_record(number, page, Some((list, unreadable_of_list_before))).map_err(ExportEnd::Output)?;
        match (list_end, end) {
            (ListEnd::Closed(_) | ListEnd::Complete, _) => Ok(()),
            (_, Some((End::Stopped(why), _))) => Err(ExportEnd::Stopped(why.reason(), None)),
            _ => Ok(()),
        }
    }

    /// Joins the files of all ranges (stretches of days that were fetched at the same time) at the end of the export.
    /// `order` holds the numbers of the ranges in the order of their rows; the first number is 0. Their rows are
    /// appended to those of range 0. Ranges that are not in `order` are dropped.
    async fn join(&mut self, order: &[usize]) -> io::Result<()> {
        let others: Vec<usize> = self.record.ranges().map(|it| it.0).filter(|number| !order.contains(number)).collect();
        others.into_iter().try_for_each(|number| self.drop_range(number))?;
        if !self.header.is_empty() {
            self.append(0, self.record.clone(), &[])?;
        }
        for number in order.iter().skip(1) {
            let mut record = self.record.clone();
            let Some(joined) = record.range(*number).cloned() else { continue };
            record.drop_range(*number);
            let first = record.range_mut(0, 0);
            first.end = joined.end;
            first.rows += joined.rows;
            first.loaded += joined.loaded;
            first.unreadable += joined.unreadable;
            if let ExportTarget::File(files) = &mut self.target {
                self.record = files.join(*number, record)?.clone();
            }
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// Starts the export over: fetches the whole query as one list from now on, and drops the rows that were written.
    /// These rows may belong to a wrong list. For example, a service may remember a filter together with a page key
    /// (the key with which a page is requested). If several lists had the same page key, it then mixed them up.
    fn restart_as_one_list(&mut self) -> io::Result<()> {
        let mut record = self.record.clone();
        record.start_over();
        record.is_one_list = true;
        self.counts.clear();
        self.writer = SubmissionWriter::new(self.format, &record.plan.columns, self.mask, Vec::new());
        self.keep_header()?;
        if let ExportTarget::File(files) = &mut self.target {
            self.record = files.start_over(record)?.clone();
        }
        Ok(())
    }

    fn drop_range(&mut self, number: usize) -> io::Result<()> {
        self.counts.remove(&number);
        let mut record = self.record.clone();
        record.drop_range(number);
        if let ExportTarget::File(files) = &mut self.target {
            self.record = files.drop_range(number, record)?.clone();
        }
        Ok(())
    }
}

/// Returns the future `fetch`, which fetches the next page of the list `number`, with this number in its result.
async fn numbered(number: usize, fetch: RunningFetch<'_>) -> (usize, SubmissionWalk<'_>, FetchedPart) {
    let (walk, fetched) = fetch.await;
    (number, walk, fetched)
}

/// Returns `fetched`, the next page (or a part of a page) of the list `number` of `chain`, together with the state of
/// this list. Returns `None` after the last page, and for a list that was dropped because it begins with a row that
/// another list has. If the page could not be fetched, the error says how the export ends.
fn page_of_list(
    number: usize,
    fetched: FetchedPart,
    chain: &RefCell<ListChain>,
) -> Option<Result<ListPage, ExportEnd>> {
    let page = match fetched? {
        Err(stop) => return Some(Err(stopped(stop))),
        Ok(page) => page,
    };
    let mut chain = chain.borrow_mut();
    let unreadable_of_list_before = chain.unreadable_of_list_before(number);
    let list = chain.list(number)?.clone();
    Some(Ok(ListPage { page, list, unreadable_of_list_before }))
}

/// Requests the first page of the list with the query parameters `params`. `context` has the source of the submissions.
/// A failed request is repeated if a retry may help.
async fn first_page(context: &WalkContext<'_>, params: Params) -> Result<Page, Failure> {
    context.requests.add_page();
    let source = context.source;
    let page = source.with_retry(|| source.fetch_page(&params, None), |waiting| (context.on_wait)(&waiting)).await;
    page.map_err(|error| page_failure(&error, &params))
}

fn row(item: &Item, digests: &IdDigests) -> ChainRow {
    ChainRow { digest: item.id().map(|id| digests.digest_of(id)), created: item.created_at() }
}

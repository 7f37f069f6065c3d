//! The run of an export: fetches the pages, writes them, and stores after each page how far the export has come.
//!
//! The command `export` and the export from the screen use the same run; each says in its own words how the run ended.

use std::collections::BTreeMap;
use std::io;
use std::mem;
use std::rc::Rc;

use tokio::sync::Semaphore;

use super::chain::{ChainList, ListEnd};
use super::files::ExportFiles;
use super::job::{ExportEnd, ExportJob, WrittenPage};
use super::range_record::RangeEnd;
use super::record::{ExportRecord, random_key};
use super::row_counts::RowCounts;
use super::target::{self, ExportTarget};
use super::walk::{ExportPage, PageStop, fetch, request};
use crate::api::Item;
use crate::failure::{Failure, Waiting};
use crate::offline::RecordSource;
use crate::output::{LineFormat, SubmissionWriter};
use crate::query::{Params, Query, Verdict};
use crate::store::{End, Stop};
use crate::submission::row::NO_ROW;
use crate::text::{Mask, Safe};
use crate::walk::{
    IdDigests, ItemSource, MAX_PARALLEL_RECORDS, RequestCounts, SubmissionWalk, WalkContext, WalkedItem,
};

/// A running export: its target, its record of how far it has come, and its counts.
pub(crate) struct ExportRun {
    pub(crate) writer: SubmissionWriter<Vec<u8>>,
    pub(super) target: ExportTarget,
    pub(crate) record: ExportRecord,
    pub(crate) resumed: bool,
    /// Whether a fetched page came and was recorded, in this run of the program or in an earlier run that it continues.
    /// If not, the partial file holds nothing of use.
    pub(crate) came: bool,
    /// Filter of the export. It also tells which fields the undecided rows lack.
    pub(crate) query: Query,
    pub(super) mask: Mask,
    pub(super) format: LineFormat,
    parts: Vec<Params>,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub(crate) is_offline: bool,
    /// Number of pages, of all lists together, that this run of the program has written.
    pages: usize,
    pub(crate) requests: Rc<RequestCounts>,
    /// Counts of the fetched rows, by the number of their range (one of the stretches of days that are fetched at the
    /// same time).
    pub(super) counts: BTreeMap<usize, RowCounts>,
    /// Header of the file. It is written before the first rows of range 0, the first of the stretches of days that are
    /// fetched at the same time.
    pub(super) header: Vec<u8>,
    /// Function that is called after each written page, or part of a page.
    on_page: Box<dyn Fn(WrittenPage)>,
}

impl ExportRun {
    /// Creates an export that has not fetched or written anything yet in this run of the program. `on_page` is called
    /// after each written page, or part of a page. The target of `job` must not be [`ExportTarget::Done`].
    pub(crate) fn new(job: ExportJob, on_page: impl Fn(WrittenPage) + 'static) -> Self {
        let ExportJob { query, parts, plan, mask, format, target } = job;
        let mut writer = SubmissionWriter::new(format, &plan.columns, mask, Vec::new());
        let record = match &target {
            ExportTarget::File(files) => files.record.clone(),
            ExportTarget::Stream(_) | ExportTarget::Done => ExportRecord::new(plan, random_key()),
        };
        if record.range(0).is_some_and(|range| range.bytes > 0) {
            writer = writer.continued();
        }
        let resumed = matches!(&target, ExportTarget::File(files) if files.resumed);
        Self {
            writer,
            target,
            resumed,
            came: resumed && record.has_bytes(),
            record,
            query,
            mask,
            format,
            parts,
            is_offline: false,
            pages: 0,
            requests: Rc::default(),
            counts: BTreeMap::new(),
            header: Vec::new(),
            on_page: Box::new(on_page),
        }
    }

    /// Fetches and writes all pages of `source`, and returns how the export ended. `on_wait` is called before each
    /// wait for a retry. If the returned future is dropped before its end, what was written stays recorded.
    pub(crate) async fn fetch(&mut self, source: &RecordSource, on_wait: Rc<dyn Fn(&Waiting)>) -> ExportEnd {
        let (query, parts) = (self.query.clone(), mem::take(&mut self.parts));
        let (jobs, detail) = (usize::from(self.record.plan.jobs), self.record.plan.detail);
        self.is_offline = source.is_file();
        let context = WalkContext {
            source,
            query: &query,
            mask: self.mask,
            with: self.record.plan.parts(),
            record_permits: detail.then(|| Rc::new(Semaphore::new(MAX_PARALLEL_RECORDS))),
            // A file is complete or is resumed later: its content must not depend on a failure.
            max_failures: 1,
            keeps_page: false,
            max_items: None,
            fetches_all: true,
            on_wait,
            requests: Rc::clone(&self.requests),
        };
        match &*parts {
            [params] if jobs == 1 || self.is_stream() => self.export_as_one_list(context, params.clone()).await,
            [params] => self.export_ranges(context, params, jobs).await,
            _ => self.export_days(context, parts, jobs).await,
        }
    }

    /// Completes the output of the export: writes the header if no row was written, and gives the exported file its
    /// final name. Returns [`ExportEnd::Complete`], or [`ExportEnd::Output`] if a write failed.
    pub(crate) fn complete_output(&mut self) -> ExportEnd {
        let done = self.writer.write_header().and_then(|()| self.append(0, self.record.clone(), &[]));
        let done = done.and_then(|()| match &mut self.target {
            ExportTarget::File(files) => files.finish(),
            ExportTarget::Stream(_) | ExportTarget::Done => Ok(()),
        });
        done.map_or_else(ExportEnd::Output, |()| ExportEnd::Complete)
    }

    /// Removes the temporary files of the export if nothing was written to them. They are kept if this run of the
    /// program, or an earlier run that it continues, has written something.
    pub(crate) fn discard_if_empty(&self) {
        if let (Some(files), false, false) = (self.files(), self.came, self.resumed) {
            files.discard();
        }
    }

    /// Returns the files of the export; `None` if the export writes to a stream.
    pub(crate) fn files(&self) -> Option<&ExportFiles> {
        match &self.target {
            ExportTarget::File(files) => Some(files),
            ExportTarget::Stream(_) | ExportTarget::Done => None,
        }
    }

    /// Returns whether the export writes to a stream, such as standard output.
    pub(crate) const fn is_stream(&self) -> bool {
        matches!(self.target, ExportTarget::Stream(_))
    }

    /// Returns whether the export fetched the query as one list, page after page, although the user wanted several
    /// jobs. The reason is that the service possibly does not sort by time. If the list has only one page, returns
    /// false.
    pub(crate) const fn had_one_list(&self) -> bool {
        self.record.is_one_list && self.pages > 1
    }

    /// Returns in words how many submissions were loaded, such as `150 loaded`. If the filter or an option may hide
    /// some of them, also says how many were written, as in `12 shown of 150 loaded`.
    pub(crate) fn scope(&self) -> String {
        let (rows, loaded, unreadable) = (self.record.rows(), self.record.loaded(), self.record.unreadable());
        let left_out = self.record.plan.readable_only && unreadable > 0;
        if self.query.has_local() || left_out {
            format!("{rows} shown of {loaded} loaded")
        } else {
            format!("{loaded} loaded")
        }
    }

    /// Returns the counts of all rows that this run of the program has fetched for the export.
    pub(crate) fn counts(&self) -> RowCounts {
        let mut all = RowCounts::default();
        self.counts.values().for_each(|counts| all.merge(counts));
        all
    }

    /// Returns the digests of the ids of all submissions that were recorded for the range `number`, now or in an
    /// earlier run of the program. These submissions are not written again. A range is one of the stretches of days
    /// that are fetched at the same time. For a stream, the result is empty.
    pub(super) fn digests(&mut self, number: usize) -> io::Result<IdDigests> {
        match &mut self.target {
            ExportTarget::File(files) => files.digests(number),
            ExportTarget::Stream(_) | ExportTarget::Done => Ok(IdDigests::keyed(self.record.key())),
        }
    }

    /// Exports the whole query as one list. An export to a file requests the next page before it writes the current one.
    /// Returns how the export ended.
    pub(super) async fn export_as_one_list(&mut self, context: WalkContext<'_>, params: Params) -> ExportEnd {
        let Some(range) = self.record.range(0) else { return ExportEnd::Complete };
        if range.end == RangeEnd::Complete {
            return ExportEnd::Complete;
        }
        let (cursor, unreadable) = (range.cursor(), range.unreadable_of_page);
        let digests = match self.digests(0) {
            Ok(digests) => digests.with_reserved_ids(),
            Err(error) => return ExportEnd::Output(error),
        };
        let walk = SubmissionWalk::new(context, params, cursor, digests).after_unreadable(unreadable);
        let mut fetching = fetch(walk);
        while let (walk, Some(page)) = fetching.await {
            // A stream may be read so slowly that the answer would be too late. Pages of a file come at once: a second
            // one would only take memory.
            let is_slow = self.is_offline || self.is_stream();
            fetching = if is_slow || page.is_err() { fetch(walk) } else { request(walk).await };
            if let Some(outcome) = self.write_page(page) {
                return outcome;
            }
            // The pages of a file come without any wait: here the caller gets the chance to stop the export.
            tokio::task::yield_now().await;
        }
        ExportEnd::Complete
    }

    /// Writes `page`, the next page of an export that fetches the whole query as one list. Returns the reason why the
    /// export must end; `None` if it can go on.
    pub(super) fn write_page(&mut self, page: Result<ExportPage, PageStop>) -> Option<ExportEnd> {
        let page = match page {
            Ok(page) => page,
            Err(stop) => return Some(stopped(stop)),
        };
        let end = page.end.clone();
        if let Err(error) = self.write_and_record(0, page, None) {
            return Some(ExportEnd::Output(error));
        }
        match end {
            Some((End::Stopped(why), _)) => Some(ExportEnd::Stopped(why.reason(), None)),
            _ => None,
        }
    }

    /// Writes a page, or a part of a page, that was fetched for the range `number`, and records that it was written. A
    /// range is one of the stretches of days that are fetched at the same time. `list` is `None` if the whole query is
    /// fetched as one list. In an export with several jobs, `list` has two values. The first is the state of the list
    /// that the range fetches. The second is the number of unreadable items at the beginning of the page that belong to
    /// the previous list.
    pub(super) fn write_and_record(
        &mut self,
        number: usize,
        page: ExportPage,
        list: Option<(ChainList, u64)>,
    ) -> io::Result<()> {
        let ExportPage { found, bytes, repaired, end } = page;
        let digests: Vec<u128> = found.iter().filter_map(|found| found.digest).collect();
        let mut counts = RowCounts { repaired, ..RowCounts::default() };
        let (mut rows, mut unreadable, mut unreadable_of_page) = (0, 0, 0);
        for found in &found {
            counts.omitted.add(found);
            let WalkedItem { item, found_in, verdict, repaired, joined, omitted, .. } = found;
            if let Item::Readable { row, .. } = item
                && let Some(lacking) = self.query.lacking(row, self.mask)
            {
                counts.missing_parts.add(lacking, joined.with(*omitted), self.pages + 1);
            }
            counts.gone += usize::from(matches!(found_in, ItemSource::ListButGone));
            counts.repaired |= repaired;
            let is_unreadable = item.id().is_none();
            counts.searched.add(&self.query, if let Item::Readable { row, .. } = item { row } else { &NO_ROW });
            unreadable_of_page += u64::from(is_unreadable);
            match verdict {
                Verdict::Undecided => counts.undecided += 1,
                Verdict::Hidden => {}
                Verdict::Shown => {
                    unreadable += u64::from(is_unreadable);
                    if !(is_unreadable && self.record.plan.readable_only) {
                        self.writer.write_item(item)?;
                        rows += 1;
                    }
                }
            }
        }
        let mut record = self.record.clone();
        let range = record.range_mut(number, list.as_ref().map_or(0, |(list, _)| list.begin));
        range.loaded += found.len() as u64;
        range.prints += digests.len() as u64;
        range.rows += rows;
        range.unreadable += unreadable;
        range.unreadable_of_page += unreadable_of_page;
        let mut moves_on = true;
        if let Some((list, unreadable_of_list_before)) = &list {
            range.unreadable_of_page += unreadable_of_list_before;
            range.first = list.first.iter().map(|digest| digest_text(*digest)).collect();
            // A page on which another list begins is requested again if the export stops before that is certain.
            moves_on = matches!(list.end, ListEnd::Open | ListEnd::Complete);
            if let (ListEnd::Closed(at), true) = (list.end, end.is_some()) {
                range.end = RangeEnd::Closed(digest_text(at));
            }
            if end.is_some() && list.end != ListEnd::Open {
                range.bounds = list.bounds_as_text();
            }
        }
        if let Some((end, next)) = &end
            && moves_on
        {
            if *end == End::Complete {
                range.end = RangeEnd::Complete;
            }
            // After a page without a usable page key, the same page is requested again; its items are known then.
            if !matches!(end, End::Stopped(Stop::CursorUnusable | Stop::LongPage(_))) {
                range.set_cursor(next.as_ref());
                range.unreadable_of_page = 0;
                range.bounds = list.as_ref().and_then(|(list, _)| list.bounds_as_text());
            }
        }
        self.append(number, record, &digests)?;
        self.came = true;
        self.counts.entry(number).or_default().merge(&counts);
        self.pages += usize::from(end.is_some());
        (self.on_page)(WrittenPage { rows, bytes, is_page_end: end.is_some() });
        Ok(())
    }

    /// Writes the pending lines of the writer to the target of the export. If the target is a file, the lines are rows
    /// of the range `number`. Then `digests` (of the ids of the fetched submissions) and `record` (how far the export
    /// has come) are stored as well. A range is one of the stretches of days that are fetched at the same time.
    pub(super) fn append(&mut self, number: usize, record: ExportRecord, digests: &[u128]) -> io::Result<()> {
        let mut lines = mem::take(self.writer.inner_mut());
        if number == 0 && !self.header.is_empty() {
            lines.splice(0..0, mem::take(&mut self.header));
        }
        self.record = match &mut self.target {
            ExportTarget::File(files) => files.append(number, &lines, digests, record)?.clone(),
            ExportTarget::Stream(stream) => {
                target::print(stream, &lines)?;
                record
            }
            ExportTarget::Done => record,
        };
        Ok(())
    }
}

/// Converts `stop`, the reason why a page could not be fetched completely, into the end of the export.
pub(super) fn stopped(stop: PageStop) -> ExportEnd {
    match stop {
        PageStop::Failed(failure) => failed(&failure),
        PageStop::Part(stop) => ExportEnd::Stopped(stop.reason(), stop.failure.map(|failure| failure.line())),
    }
}

pub(super) fn failed(failure: &Failure) -> ExportEnd {
    ExportEnd::Stopped(Safe::from_static(failure.kind.short()), Some(failure.line()))
}

/// Returns the digest of a submission id as an export's record contains it: in 32 hexadecimal digits.
fn digest_text(digest: u128) -> String {
    format!("{digest:032x}")
}

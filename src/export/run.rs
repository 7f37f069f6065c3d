//! The run of an export: fetches the pages, writes them, and stores after each page how far the export has come.
//!
//! The command `export` and the export from the screen use the same run; each says in its own words how the run ended.

use std::collections::HashSet;
use std::io;
use std::mem;
use std::rc::Rc;

use futures_util::{StreamExt, stream};
use tokio::sync::{Semaphore, mpsc};

use super::job::{ExportEnd, ExportJob, WrittenPage};
use super::record::{Record, salt};
use super::target::{self, Files, Target};
use super::walk::{ExportPage, PageStop, next_page};
use crate::api::Item;
use crate::failure::{Failure, Waiting};
use crate::offline::RecordSource;
use crate::output::SubmissionWriter;
use crate::query::{MissingParts, Params, Query, SearchedRows, Verdict};
use crate::store::{End, Stop};
use crate::submission::row::NO_ROW;
use crate::text::{Mask, Safe};
use crate::walk::{
    IdDigests, ItemSource, OmittedParts, RequestCounts, SINGLES_AT_ONCE, SubmissionWalk, WalkContext, WalkedItem,
};

/// Maximum number of fetched pages of one day that wait to be written. An export may fetch several days at the same
/// time, but writes the days one after the other.
const AHEAD: usize = 2;
/// Number of submissions that are used to check an export day by day. First, one request for the whole range of dates
/// is sent. The first submissions in its answer must also be in the answers for the single days. They would be missing
/// if the service excluded the first or the last day of a range of dates.
const EXPECTED: usize = 50;

/// A running export: its target, its record of how far it has come, and its counts.
pub(crate) struct ExportRun {
    pub(crate) writer: SubmissionWriter<Vec<u8>>,
    target: Target,
    pub(crate) record: Record,
    pub(crate) resumed: bool,
    /// Whether the export wrote anything, in this call or in an earlier call that this call continues.
    pub(crate) came: bool,
    pub(crate) undecided: usize,
    /// The rows of this call in which the search texts of the filter were searched.
    pub(crate) searched: SearchedRows,
    /// Filter of the export, to find out what undecided rows lack.
    pub(crate) query: Query,
    mask: Mask,
    parts: Vec<Params>,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub(crate) is_offline: bool,
    /// What the written and the undecided rows lack.
    pub(crate) wanting: MissingParts,
    /// Number of pages of the list that this call has written.
    pages: usize,
    pub(crate) omitted: OmittedParts,
    pub(crate) requests: Rc<RequestCounts>,
    pub(crate) gone: usize,
    pub(crate) mended: bool,
    /// Digests of the ids that were written, if the export fetches several days, because a submission could occur in
    /// two days; else `None`.
    met: Option<IdDigests>,
    /// Function that is called after each written page, or part of a page.
    on_page: Box<dyn Fn(WrittenPage)>,
}

impl ExportRun {
    /// Prepares the run of an export. `on_page` is called after each written page, or part of a page. The target of
    /// `job` must not be [`Target::Done`].
    pub(crate) fn new(job: ExportJob, on_page: impl Fn(WrittenPage) + 'static) -> Self {
        let ExportJob { query, parts, plan, mask, format, target } = job;
        let mut writer = SubmissionWriter::new(format, &plan.columns, mask, Vec::new());
        let record = match &target {
            Target::File(files) => files.record.clone(),
            Target::Stream(_) | Target::Done => Record::new(plan, salt()),
        };
        if record.bytes > 0 {
            writer = writer.continued();
        }
        let resumed = matches!(&target, Target::File(files) if files.resumed);
        Self {
            writer,
            target,
            resumed,
            came: resumed && record.bytes > 0,
            record,
            undecided: 0,
            searched: SearchedRows::default(),
            query,
            mask,
            parts,
            is_offline: false,
            wanting: MissingParts::default(),
            pages: 0,
            omitted: OmittedParts::default(),
            requests: Rc::default(),
            gone: 0,
            mended: false,
            met: None,
            on_page: Box::new(on_page),
        }
    }

    /// Fetches and writes all pages of `source`, and returns how the export ended. `on_wait` is called before each
    /// wait for a retry. If the returned future is dropped before its end, what was written stays recorded.
    pub(crate) async fn fetch(&mut self, source: &RecordSource, on_wait: Rc<dyn Fn(&Waiting)>) -> ExportEnd {
        let (query, mut parts) = (self.query.clone(), mem::take(&mut self.parts));
        let (jobs, detail) = (usize::from(self.record.plan.jobs), self.record.plan.detail);
        self.is_offline = source.is_file();
        let context = WalkContext {
            source,
            query: &query,
            mask: self.mask,
            with: self.record.plan.parts(),
            singles: detail.then(|| Rc::new(Semaphore::new(SINGLES_AT_ONCE))),
            // A file is complete or is resumed later: its content must not depend on a failure.
            most_failures: 1,
            most_items: None,
            fetches_all: true,
            on_wait,
            requests: Rc::clone(&self.requests),
        };
        match self.order(&context, &mut parts, jobs).await {
            None if jobs == 1 => self.one(context, parts).await,
            None => self.days(context, &parts, jobs).await,
            Some(end) => end,
        }
    }

    /// Completes the output of the export: writes the header if no row was written, and gives the exported file its
    /// final name.
    pub(crate) fn complete(&mut self) -> ExportEnd {
        let done = self.writer.header().and_then(|()| self.append(self.record.clone(), &[]));
        let done = done.and_then(|()| match &mut self.target {
            Target::File(files) => files.finish(),
            Target::Stream(_) | Target::Done => Ok(()),
        });
        done.map_or_else(ExportEnd::Output, |()| ExportEnd::Complete)
    }

    /// Removes the temporary files of the export if neither this run of the program nor an earlier run that it
    /// continues has written anything to them.
    pub(crate) fn discard_nothing(&self) {
        if let (Some(files), false, false) = (self.files(), self.came, self.resumed) {
            files.discard();
        }
    }

    /// Returns the files of the export; `None` if the export writes to a stream.
    pub(crate) fn files(&self) -> Option<&Files> {
        match &self.target {
            Target::File(files) => Some(files),
            Target::Stream(_) | Target::Done => None,
        }
    }

    /// Returns whether the export writes to a stream, such as standard output.
    pub(crate) const fn is_stream(&self) -> bool {
        matches!(self.target, Target::Stream(_))
    }

    /// Returns the number of written and loaded submissions in words, as in `12 shown of 150 loaded`.
    pub(crate) fn scope(&self) -> String {
        let Record { rows, loaded, unreadable, .. } = self.record;
        let left_out = self.record.plan.readable_only && unreadable > 0;
        if self.query.has_local() || left_out {
            format!("{rows} shown of {loaded} loaded")
        } else {
            format!("{loaded} loaded")
        }
    }

    /// Returns the digests of the ids of all submissions that an earlier call of `export` wrote. Submissions with these
    /// ids are not written again. The digests are moved out of `self`, so a second call returns an empty set. For a new
    /// export or a stream, the result is empty.
    fn digests(&mut self) -> IdDigests {
        match &mut self.target {
            Target::File(files) => mem::take(&mut files.digests),
            Target::Stream(_) | Target::Done => IdDigests::keyed(self.record.key()),
        }
    }

    /// Puts `parts` into the order in which the service sorts submissions: newest or oldest first. With several `jobs`
    /// (requests at the same time), each of `parts` is the query for one day. If the order is not known yet, requests
    /// the first page of all days together to find it out. With one job, changes nothing. Returns the reason why the
    /// export must end, such as a failed request; `None` if the export can go on.
    async fn order(&mut self, context: &WalkContext<'_>, parts: &mut [Params], jobs: usize) -> Option<ExportEnd> {
        if jobs > 1 && self.record.newest_first.is_none() {
            let (newest, oldest) = (parts.first()?, parts.last()?);
            let range = Params { start_date: oldest.start_date, ..newest.clone() };
            let source = context.source;
            let page = source.with_retry(|| source.page(&range, None), |waiting| (context.on_wait)(&waiting));
            let page = match page.await {
                Ok(page) => page,
                Err(error) => return Some(failed(&Failure::from(&error))),
            };
            let created: Vec<_> = page.items.iter().filter_map(Item::created).collect();
            let newest_first = created.is_sorted_by(|a, b| a >= b);
            if !newest_first && !created.is_sorted() {
                let advice = Safe::from_static("The service does not sort by time: export without --jobs.");
                return Some(ExportEnd::Stopped(Safe::from_static("no order"), Some(advice)));
            }
            self.record.newest_first = Some(newest_first);
            let digests = IdDigests::keyed(self.record.key());
            let ids = page.items.iter().filter_map(id).take(EXPECTED);
            self.record.expected = ids.map(|id| written(digests.of(id))).collect();
        }
        if self.record.newest_first == Some(false) {
            parts.reverse();
        }
        None
    }

    /// Exports the whole query with one job (one request at a time): the next page is requested only after the current
    /// page is written. Returns how the export ended.
    async fn one(&mut self, context: WalkContext<'_>, parts: Vec<Params>) -> ExportEnd {
        let part = self.record.part;
        let Some(params) = parts.into_iter().nth(part) else { return ExportEnd::Complete };
        let mut walk = SubmissionWalk::new(context, params, self.record.cursor(), self.digests().roomy())
            .after_unreadable(self.record.unreadable_of_page);
        while let Some(page) = next_page(&mut walk).await {
            if let Some(outcome) = self.take(part, page) {
                return outcome;
            }
            // The pages of a file come without any wait: here the caller gets the chance to stop the export.
            tokio::task::yield_now().await;
        }
        ExportEnd::Complete
    }

    /// Exports the query day by day; `parts` holds the query parameters of each day. The pages of `jobs` days are
    /// fetched at the same time, and the days are written one after the other. Returns how the export ended.
    async fn days(&mut self, context: WalkContext<'_>, parts: &[Params], jobs: usize) -> ExportEnd {
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        let digests = self.digests();
        self.met = Some(digests.clone());
        let (begun, mut next) = (self.record.part, self.record.cursor());
        for (part, params) in parts.iter().enumerate().skip(begun) {
            let (sender, receiver) = mpsc::channel(AHEAD);
            // Each day has its own digests; the resumed day also has those of the earlier call.
            let digests = if part == begun { digests.clone() } else { IdDigests::keyed(self.record.key()) };
            let walk = SubmissionWalk::new(context.clone(), params.clone(), next.take(), digests);
            let unreadable = if part == begun { self.record.unreadable_of_page } else { 0 };
            senders.push((walk.after_unreadable(unreadable), sender));
            receivers.push((part, receiver));
        }
        let walks = stream::iter(senders).map(|(mut walk, sender)| async move {
            while let Some(page) = next_page(&mut walk).await {
                if sender.send(page).await.is_err() {
                    break;
                }
            }
        });
        let mut walks = std::pin::pin!(walks.buffer_unordered(jobs).collect::<Vec<()>>());
        let mut writing = std::pin::pin!(async {
            for (part, mut receiver) in receivers {
                while let Some(page) = receiver.recv().await {
                    if let Some(outcome) = self.take(part, page) {
                        return outcome;
                    }
                }
            }
            if self.record.expected.is_empty() { ExportEnd::Complete } else { ExportEnd::Torn }
        });
        tokio::select! {
            biased;
            outcome = &mut writing => outcome,
            _ = &mut walks => writing.await,
        }
    }

    fn take(&mut self, part: usize, page: Result<ExportPage, PageStop>) -> Option<ExportEnd> {
        let page = match page {
            Ok(page) => page,
            Err(PageStop::Failed(failure)) => return Some(failed(&failure)),
            Err(PageStop::Part(stop)) => {
                return Some(ExportEnd::Stopped(stop.reason(), stop.failure.map(|failure| failure.line())));
            }
        };
        let end = page.end.clone();
        if let Err(error) = self.commit(part, page) {
            return Some(ExportEnd::Output(error));
        }
        match end {
            Some((End::Stopped(why), _)) => Some(ExportEnd::Stopped(why.reason(), None)),
            _ => None,
        }
    }

    fn commit(&mut self, part: usize, page: ExportPage) -> io::Result<()> {
        let ExportPage { mut found, bytes, mended, end } = page;
        if let Some(met) = &mut self.met {
            found.retain(|found| found.digest.is_none_or(|digest| met.insert(digest)));
        }
        let digests: Vec<u128> = found.iter().filter_map(|found| found.digest).collect();
        let mut record = self.record.clone();
        record.loaded += found.len() as u64;
        record.prints += digests.len() as u64;
        let (mut rows, mut undecided, mut gone) = (0, 0, 0);
        for found in &found {
            self.omitted.add(found);
            let WalkedItem { item, found_in, verdict, mended, joined, omitted, .. } = found;
            if let Item::Readable { row, .. } = item
                && let Some(lacking) = self.query.lacking(row, self.mask)
            {
                self.wanting.add(lacking, joined.with(*omitted), self.pages + 1);
            }
            gone += usize::from(matches!(found_in, ItemSource::ListButGone));
            self.mended |= mended;
            let is_unreadable = item.id().is_none();
            self.searched.add(&self.query, if let Item::Readable { row, .. } = item { row } else { &NO_ROW });
            record.unreadable_of_page += u64::from(is_unreadable);
            match verdict {
                Verdict::Undecided => undecided += 1,
                Verdict::Hidden => {}
                Verdict::Shown => {
                    record.unreadable += u64::from(is_unreadable);
                    if !(is_unreadable && record.plan.readable_only) {
                        self.writer.item(item)?;
                        rows += 1;
                    }
                }
            }
        }
        record.rows += rows;
        record.part = part;
        let brought = digests.iter().map(|digest| written(*digest)).collect::<HashSet<String>>();
        let due = record.expected.iter().take_while(|print| brought.contains(*print)).count();
        record.expected.drain(..due);
        if let Some((end, next)) = &end {
            record.part += usize::from(*end == End::Complete);
            // After a page without a usable page key, the same page is requested again; its items are known then.
            if !matches!(end, End::Stopped(Stop::CursorUnusable | Stop::LongPage(_))) {
                record.set_cursor(next.as_ref());
                record.unreadable_of_page = 0;
            }
        }
        self.append(record, &digests)?;
        self.came = true;
        self.undecided += undecided;
        self.gone += gone;
        self.mended |= mended;
        self.pages += usize::from(end.is_some());
        (self.on_page)(WrittenPage { rows, bytes, is_page_end: end.is_some() });
        Ok(())
    }

    /// Writes the lines that are pending in the writer to the target of the export. If the target is a file, also
    /// writes `prints`, the digests of the submission ids, and then `record`, which says how far the export has come.
    fn append(&mut self, record: Record, prints: &[u128]) -> io::Result<()> {
        let lines = mem::take(self.writer.out());
        self.record = match &mut self.target {
            Target::File(files) => files.append(&lines, prints, record)?.clone(),
            Target::Stream(stream) => {
                target::print(stream, &lines)?;
                record
            }
            Target::Done => record,
        };
        Ok(())
    }
}

fn failed(failure: &Failure) -> ExportEnd {
    ExportEnd::Stopped(Safe::from_static(failure.kind.short()), Some(failure.line()))
}

fn written(digest: u128) -> String {
    format!("{digest:032x}")
}

fn id(item: &Item) -> Option<&str> {
    match item {
        Item::Readable { id, .. } => Some(id),
        Item::Unreadable { .. } => None,
    }
}

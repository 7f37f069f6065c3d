//! The work of an export, as one future: fetches the pages, writes them, stores after each page how far the export has
//! come, and reports the end.

use std::collections::HashSet;
use std::io;
use std::mem;
use std::rc::Rc;

use futures_util::{StreamExt, stream};
use tokio::sync::{Semaphore, mpsc};

use super::progress::ExportProgress;
use super::record::{ExportPlan, Record, salt};
use super::target::{self, Target};
use super::walk::{ExportPage, PageStop, next_page};
use crate::api::Item;
use crate::cli::out;
use crate::cli::output::{LineFormat, SubmissionWriter};
use crate::cli::parts::OmittedParts;
use crate::failure::{Failure, Waiting};
use crate::offline::RecordSource;
use crate::query::{MissingParts, Params, Query, SearchedRows, Verdict};
use crate::store::{End, Stop};
use crate::submission::row::NO_ROW;
use crate::text::{Mask, Safe};
use crate::walk::{IdDigests, ItemSource, RequestCounts, SINGLES_AT_ONCE, SubmissionWalk, WalkContext, WalkedItem};

/// Maximum number of fetched pages of one day that wait to be written. An export may fetch several days at the same
/// time, but writes the days one after the other.
const AHEAD: usize = 2;
/// Number of submissions that are used to check an export day by day. First, one request for the whole range of dates
/// is sent. The first submissions in its answer must also be in the answers for the single days. They would be missing
/// if the service excluded the first or the last day of a range of dates.
const EXPECTED: usize = 50;

/// The query, the options and the target of an export.
pub(super) struct Job {
    pub(super) query: Query,
    /// The query parameters of each part of the export. The parts are the whole query, or its days from the newest to
    /// the oldest.
    pub(super) parts: Vec<Params>,
    pub(super) plan: ExportPlan,
    pub(super) mask: Mask,
    pub(super) format: LineFormat,
    pub(super) target: Target,
}

/// Reason for the end of an export.
pub(super) enum ExportEnd {
    /// All submissions of the query were written.
    Complete,
    /// The fetching of pages stopped: the reason in two or three words, and a sentence for the user.
    Stopped(Safe, Option<Safe>),
    /// The single days were exported one by one, but they lack submissions that the whole range of dates contains.
    Torn,
    /// Lines could not be written to the target of the export.
    Output(io::Error),
}

/// Runs the export `job` with the submissions of `source`, and returns the exit code.
pub(super) async fn run(source: RecordSource, job: Job) -> u8 {
    let progress = Rc::new(ExportProgress::begin());
    let Job { query, mut parts, plan, mask, format, target } = job;
    let mut writer = SubmissionWriter::new(format, &plan.columns, mask, Vec::new());
    let record = match &target {
        Target::Done => {
            out::eprint("The file was complete already.");
            return 0;
        }
        Target::File(files) => files.record.clone(),
        Target::Stream(_) => Record::new(plan, salt()),
    };
    if record.bytes > 0 {
        writer = writer.continued();
    }
    let (jobs, detail) = (usize::from(record.plan.jobs), record.plan.detail);
    let with = record.plan.parts();
    let requests = Rc::new(RequestCounts::default());
    let told = Rc::clone(&progress);
    let context = WalkContext {
        source: &source,
        query: &query,
        mask,
        with,
        singles: detail.then(|| Rc::new(Semaphore::new(SINGLES_AT_ONCE))),
        // A file is complete or is resumed later: its content must not depend on a failure.
        most_failures: 1,
        most_items: None,
        fetches_all: true,
        on_wait: Rc::new(move |waiting: &Waiting| told.wait(waiting)),
        requests: Rc::clone(&requests),
    };
    let is_offline = source.is_file();
    let mut work = Work::new(writer, target, record, progress, &query, mask, requests);
    work.is_offline = is_offline;
    let outcome = match work.order(&context, &mut parts, jobs).await {
        None if jobs == 1 => work.one(context, parts).await,
        None => work.days(context, &parts, jobs).await,
        Some(outcome) => outcome,
    };
    work.end(outcome)
}

/// A running export: its target, its record of how far it has come, and its counts.
pub(super) struct Work {
    pub(super) writer: SubmissionWriter<Vec<u8>>,
    pub(super) target: Target,
    pub(super) record: Record,
    pub(super) progress: Rc<ExportProgress>,
    pub(super) resumed: bool,
    /// Whether the export wrote anything, in this call or in an earlier call that this call continues.
    pub(super) came: bool,
    pub(super) undecided: usize,
    /// The rows of this call in which the search texts of the filter were searched.
    pub(super) searched: SearchedRows,
    /// Filter of the export, to find out what undecided rows lack.
    pub(super) query: Query,
    mask: Mask,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub(super) is_offline: bool,
    /// What the written and the undecided rows lack.
    pub(super) wanting: MissingParts,
    /// Number of pages of the list that this call has written.
    pages: usize,
    pub(super) omitted: OmittedParts,
    pub(super) requests: Rc<RequestCounts>,
    pub(super) gone: usize,
    pub(super) mended: bool,
    /// Digests of the ids that were written, if the export fetches several days, because a submission could occur in
    /// two days; else `None`.
    met: Option<IdDigests>,
    pub(super) ended: bool,
}

impl Work {
    fn new(
        writer: SubmissionWriter<Vec<u8>>,
        target: Target,
        record: Record,
        progress: Rc<ExportProgress>,
        query: &Query,
        mask: Mask,
        requests: Rc<RequestCounts>,
    ) -> Self {
        let resumed = matches!(&target, Target::File(files) if files.resumed);
        let met = None;
        let (undecided, gone, mended, ended, came) = (0, 0, false, false, resumed && record.bytes > 0);
        Self {
            writer,
            target,
            record,
            progress,
            resumed,
            came,
            undecided,
            searched: SearchedRows::default(),
            query: query.clone(),
            mask,
            is_offline: false,
            wanting: MissingParts::default(),
            pages: 0,
            omitted: OmittedParts::default(),
            requests,
            gone,
            mended,
            met,
            ended,
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
        self.progress.add(rows, bytes, end.is_some());
        Ok(())
    }

    /// Writes the lines that are pending in the writer to the target of the export. If the target is a file, also
    /// writes `prints`, the digests of the submission ids, and then `record`, which says how far the export has come.
    pub(super) fn append(&mut self, record: Record, prints: &[u128]) -> io::Result<()> {
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

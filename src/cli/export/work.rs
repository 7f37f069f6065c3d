//! The one future of an export: walks, writes after each page how far it came, and says how it ended.

use std::collections::HashSet;
use std::io;
use std::mem;
use std::rc::Rc;

use futures_util::{StreamExt, stream};
use tokio::sync::{Semaphore, mpsc};

use super::progress::ExportProgress;
use super::record::{ExportPlan, Record, salt};
use super::target::{self, Target};
use super::walk::{ExportPage, next_page};
use crate::api::{Client, Item};
use crate::cli::out;
use crate::cli::output::{LineFormat, SubmissionWriter};
use crate::failure::{Failure, Waiting};
use crate::query::{Params, Query, Verdict};
use crate::store::{End, Stop};
use crate::text::{Mask, Safe};
use crate::walk::{IdDigests, ItemSource, SINGLES_AT_ONCE, SubmissionWalk, WalkContext, WalkedItem};

/// Pages of one day that wait until the days before it are written.
const AHEAD: usize = 2;
/// Submissions by which the days are held against the whole range: where the service counts the first or the last day out,
/// each day alone is empty.
const EXPECTED: usize = 50;

/// What is to be done.
pub(super) struct Job {
    pub(super) query: Query,
    /// What to ask for, one walk after the other; days from the newest to the oldest.
    pub(super) parts: Vec<Params>,
    pub(super) plan: ExportPlan,
    pub(super) mask: Mask,
    pub(super) format: LineFormat,
    pub(super) target: Target,
}

/// Why the walking ended.
pub(super) enum ExportEnd {
    Complete,
    /// With a reason in two or three words, and what to say beside it.
    Stopped(Safe, Option<Safe>),
    /// The days together are not what the range is.
    Torn,
    /// Lines could not be written.
    Output(io::Error),
}

/// Does it, and gives the exit code.
pub(super) async fn run(client: Client, job: Job) -> u8 {
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
    let told = Rc::clone(&progress);
    let context = WalkContext {
        client: &client,
        query: &query,
        mask,
        singles: detail.then(|| Rc::new(Semaphore::new(SINGLES_AT_ONCE))),
        // A file is whole or goes on later: what is written must not depend on what just failed.
        most_failures: 1,
        most_items: None,
        on_wait: Rc::new(move |waiting: &Waiting| told.wait(waiting)),
    };
    let mut work = Work::new(writer, target, record, progress, query.has_local());
    let outcome = match work.order(&context, &mut parts, jobs).await {
        None if jobs == 1 => work.one(context, parts).await,
        None => work.days(context, &parts, jobs).await,
        Some(outcome) => outcome,
    };
    work.end(outcome)
}

/// An export under way.
pub(super) struct Work {
    pub(super) writer: SubmissionWriter<Vec<u8>>,
    pub(super) target: Target,
    pub(super) record: Record,
    pub(super) progress: Rc<ExportProgress>,
    pub(super) narrowed: bool,
    pub(super) resumed: bool,
    /// Something was written, in this call or before.
    pub(super) came: bool,
    pub(super) undecided: usize,
    pub(super) gone: usize,
    pub(super) mended: bool,
    /// Days may hold one submission twice, as far as anyone knows.
    met: Option<IdDigests>,
    pub(super) ended: bool,
}

impl Work {
    fn new(
        writer: SubmissionWriter<Vec<u8>>,
        target: Target,
        record: Record,
        progress: Rc<ExportProgress>,
        narrowed: bool,
    ) -> Self {
        let resumed = matches!(&target, Target::File(files) if files.resumed);
        let met = None;
        let (undecided, gone, mended, ended, came) = (0, 0, false, false, resumed && record.bytes > 0);
        Self { writer, target, record, progress, narrowed, resumed, came, undecided, gone, mended, met, ended }
    }

    /// What an earlier call met.
    fn digests(&mut self) -> IdDigests {
        match &mut self.target {
            Target::File(files) => mem::take(&mut files.digests),
            Target::Stream(_) | Target::Done => IdDigests::keyed(self.record.key()),
        }
    }

    /// Finds out in which order the service answers, and puts the days in it.
    async fn order(&mut self, context: &WalkContext<'_>, parts: &mut [Params], jobs: usize) -> Option<ExportEnd> {
        if jobs > 1 && self.record.newest_first.is_none() {
            let (newest, oldest) = (parts.first()?, parts.last()?);
            let range = Params { start_date: oldest.start_date, ..newest.clone() };
            let client = context.client;
            let page = client.with_retry(|| client.page(&range, None), |waiting| (context.on_wait)(&waiting));
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

    /// One walk: a page is asked for once the one before is written.
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

    /// A walk a day, some of them side by side, written one after the other.
    async fn days(&mut self, context: WalkContext<'_>, parts: &[Params], jobs: usize) -> ExportEnd {
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        let digests = self.digests();
        self.met = Some(digests.clone());
        let (begun, mut next) = (self.record.part, self.record.cursor());
        for (part, params) in parts.iter().enumerate().skip(begun) {
            let (sender, receiver) = mpsc::channel(AHEAD);
            // Each day remembers what it met itself; the one that goes on, also what it met before.
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

    fn take(&mut self, part: usize, page: Result<ExportPage, Failure>) -> Option<ExportEnd> {
        let page = match page {
            Ok(page) => page,
            Err(failure) => return Some(failed(&failure)),
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
        for WalkedItem { item, found_in, verdict, mended, .. } in &found {
            gone += usize::from(matches!(found_in, ItemSource::ListButGone));
            self.mended |= mended;
            let is_unreadable = item.id().is_none();
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
            // Behind a page that cannot be gone on from, the page itself is asked for again: what it holds is known then.
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
        self.progress.add(rows, bytes, end.is_some());
        Ok(())
    }

    /// Writes what the writer holds.
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

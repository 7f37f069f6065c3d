//! An export that the user starts in the interactive program: of the rows that are in memory, or of all pages of the
//! query. Both are written with the files and formats of the command `export`.

use std::io;
use std::path::PathBuf;
use std::rc::Rc;

use jiff::civil::Date;
use tokio::sync::oneshot;

use super::files::ExportFiles;
use super::job::{ExportEnd, ExportJob, WrittenPage};
use super::record::{ExportPlan, ExportSource, random_key};
use super::refusal::TargetRefusal;
use super::report::{ExportGap, ExportReport, ReportEnd};
use super::run::ExportRun;
use super::target::{ExportTarget, check_new};
use crate::access::AccessAction;
use crate::api::Item;
use crate::failure::Waiting;
use crate::offline::RecordSource;
use crate::output::{LineFormat, SubmissionWriter};
use crate::query::{PartSet, Query};
use crate::store::{KnownAnswers, KnownRow};
use crate::text::{Mask, Safe};

/// Size in bytes of the lines that are collected before they are written to the file. It applies to the export of rows
/// that are in memory already.
const PORTION_BYTES: usize = 1 << 20;

/// The user's order in the interactive program to export submissions: which submissions, in which format and to which
/// file.
pub struct ExportOrder {
    /// Path of the file to write.
    pub path: PathBuf,
    /// Whether the user allows that an existing file at the path is replaced. Then a stopped export to the same path is
    /// started over, too.
    pub replace: bool,
    /// Format of the file.
    pub format: LineFormat,
    /// Headings of the columns of a CSV; empty for NDJSON.
    pub columns: Vec<String>,
    /// Mask level of the written values.
    pub mask: Mask,
    /// The day from which relative dates of the filter are counted.
    pub today: Date,
    /// Parts (groups of fields such as `aml`) that are fetched for all pages of a query and joined to the list data.
    pub with: PartSet,
    /// Command line with which the user can continue this export if it ends early. The report of the export shows it.
    /// `None` if it cannot be shown.
    pub resume_call: Option<Safe>,
    /// The submissions to write.
    pub rows: ExportRows,
}

/// The rows of an export that the user started in the interactive program.
pub enum ExportRows {
    /// Rows that the interactive program has in memory already.
    Known {
        /// The rows, in the order of the file.
        rows: Vec<KnownRow>,
        /// What the exported file lacks compared with what the user wanted, such as submissions that were not loaded.
        /// The report of the export tells the user about each gap.
        gaps: Vec<ExportGap>,
    },
    /// All submissions of a query, page by page.
    Query(Query),
}

/// Something that happened in a running export, for the display of its progress.
pub enum ExportEvent {
    /// Rows were written.
    Written {
        /// Number of rows that the exported file has now.
        rows: u64,
        /// Number of pages that were fetched; 0 for rows in memory.
        pages: u64,
    },
    /// A request failed, and the export waits before it sends the request again.
    Waits(Waiting),
}

/// Result of an export that the user started in the interactive program: whether it began, and how it ended.
pub enum ExportOutcome {
    /// Nothing was written, since the file, or a file of a stopped export, exists already. The sentence for the user
    /// names the existing file.
    Exists(Safe),
    /// Nothing was written for another reason, which the sentence for the user says.
    Refused(Safe),
    /// The export began and has ended, completely or too early. The report says how.
    Ended(Box<ExportReport>),
}

/// Runs the export `order`, which the user started in the interactive program. `records` is the server or file from
/// which the submissions come. `source` describes the same server or file; the export stores the description, so that
/// only an export from the same server can be continued. `on_event` is called when rows were written, and before each
/// wait for a retry. The export ends early when `stop` receives a message.
pub async fn run(
    order: ExportOrder,
    records: &RecordSource,
    source: &ExportSource,
    on_event: impl Fn(ExportEvent) + 'static,
    stop: oneshot::Receiver<()>,
) -> ExportOutcome {
    // As the log of the command `export` says it.
    let records = records.with_call_name("export");
    if let Err(refusal) = source.check_kept(&order.path) {
        return refused(refusal);
    }
    if let Err(refusal) = check_new(&order.path, order.replace) {
        return refused(refusal);
    }
    let key = random_key();
    let plan = ExportPlan {
        query: match &order.rows {
            ExportRows::Query(query) => query.with_absolute_dates(),
            ExportRows::Known { .. } => String::new(),
        },
        today: order.today.to_string(),
        mask: order.mask.label().to_owned(),
        format: order.format.word().to_owned(),
        columns: order.columns.clone(),
        detail: false,
        with: order.with.words(),
        readable_only: false,
        jobs: 1,
        fingerprint: source.fingerprint(&key),
        host: source.host.clone(),
    };
    let files = match ExportFiles::create(&order.path, plan.clone(), key, order.replace) {
        Ok(files) => files,
        Err(refusal) => return refused(refusal),
    };
    let report = match order.rows {
        ExportRows::Known { rows, gaps } => {
            let writer = SubmissionWriter::new(order.format, &plan.columns, order.mask, Vec::new());
            KnownExport { files, writer, mask: order.mask, full: 0, listed: 0, unreadable: 0, gone: 0, gaps }
                .run(&rows, &records, &on_event, stop)
        }
        ExportRows::Query(query) => {
            let parts = vec![query.params().clone()];
            let target = ExportTarget::File(Box::new(files));
            let job = ExportJob { query, parts, plan, mask: order.mask, format: order.format, target };
            let report = run_query_export(job, &records, Rc::new(on_event), stop).await;
            ExportReport { resume_call: order.resume_call, ..report }
        }
    };
    ExportOutcome::Ended(Box::new(report))
}

fn refused(refusal: TargetRefusal) -> ExportOutcome {
    match refusal {
        TargetRefusal::FileExists(path) => ExportOutcome::Exists(Safe::sanitize(&format!("{} exists", path.display()))),
        TargetRefusal::PartExists { part, .. } => {
            ExportOutcome::Exists(Safe::sanitize(&format!("{} belongs to a stopped export", part.display())))
        }
        TargetRefusal::Unusable(sentence) => ExportOutcome::Refused(Safe::sanitize(&sentence)),
    }
}

/// Runs the export `job`: fetches all pages of its query from `records` and writes them. Returns the report of the
/// export. `on_event` is called after each written page and before each wait for a retry. The export ends early when
/// `stop` receives a message.
async fn run_query_export(
    job: ExportJob,
    records: &RecordSource,
    on_event: Rc<dyn Fn(ExportEvent)>,
    stop: oneshot::Receiver<()>,
) -> ExportReport {
    let (mask, has_local, columns) = (job.mask, job.query.has_local(), job.plan.columns.clone());
    let (of_pages, of_waits) = (Rc::clone(&on_event), on_event);
    let counts = std::cell::Cell::new((0, 0));
    let on_page = move |page: WrittenPage| {
        let (rows, pages) = counts.get();
        let (rows, pages) = (rows + page.rows, pages + u64::from(page.is_page_end));
        counts.set((rows, pages));
        of_pages(ExportEvent::Written { rows, pages });
    };
    let mut run = ExportRun::new(job, on_page);
    let on_wait = Rc::new(move |waiting: &Waiting| of_waits(ExportEvent::Waits(waiting.clone())));
    let end = tokio::select! {
        biased;
        // The sender is dropped when the program ends.
        _ = stop => None,
        end = run.fetch(records, on_wait) => Some(end),
    };
    let end = match end {
        Some(ExportEnd::Complete) => Some(run.complete_output()),
        end => end,
    };
    let end = match end {
        None => ReportEnd::StoppedByUser,
        Some(ExportEnd::Complete) => ReportEnd::Written,
        Some(ExportEnd::Stopped(why, sentence)) => ReportEnd::Stopped(why, sentence),
        Some(ExportEnd::Torn) => ReportEnd::Stopped(Safe::from_static("no order"), None),
        Some(ExportEnd::Output(error)) => ReportEnd::Failed(unwritable(&error)),
    };
    let is_written = matches!(end, ReportEnd::Written);
    let part = run
        .files()
        .filter(|files| !is_written && run.came && files.is_partial_in_place())
        .map(ExportFiles::partial_name);
    if !is_written {
        run.discard_if_empty();
    }
    let why = if run.is_offline {
        "the file does not carry the fields of the filter"
    } else {
        "list data does not carry the fields of the filter"
    };
    let counts = run.counts();
    let undecided = counts.undecided;
    let gaps = (undecided > 0).then(|| ExportGap::undecided(undecided, why)).into_iter().collect();
    let mut notes = Vec::new();
    let mut note = |words: String| notes.push(Safe::sanitize(&words));
    // The menu promised the parts that the terms need, so only other values are missing.
    if undecided > 0
        && let Some(option) = counts.missing_parts.option(run.query.allows_parts()).filter(|_| !run.is_offline)
    {
        note(format!("To fetch what is missing: the command export with {option}."));
    }
    counts.omitted.sentence().into_iter().for_each(|sentence| note(format!("{sentence}.")));
    counts.searched.line().into_iter().for_each(|line| note(format!("{line}.")));
    counts.searched.columns_only().into_iter().for_each(|line| note(format!("{line}.")));
    run.query.unsearched(mask).into_iter().for_each(|line| note(format!("{line}.")));
    if run.record.unreadable() > 0 {
        note(format!("Unreadable items, written as sent: {}.", run.record.unreadable()));
    }
    notes.extend(columns_note(&run.writer));
    notes.extend(run.writer.remarks().unread("it is hidden completely.").map(|line| Safe::sanitize(&line)));
    if counts.repaired {
        notes
            .push(Safe::from_static("An answer was damaged and was repaired: its rows are not byte for byte as sent."));
    }
    ExportReport {
        name: run.files().map(ExportFiles::name).unwrap_or_default(),
        part,
        can_continue: true,
        resume_call: None,
        end,
        rows: run.record.rows(),
        loaded: has_local.then_some(run.record.loaded()),
        full: 0,
        joined: run.record.plan.parts(),
        listed: if run.is_offline { 0 } else { run.record.rows() - run.record.unreadable().min(run.record.rows()) },
        mask,
        columns,
        gaps,
        notes,
    }
}

/// A running export of rows that are in memory already, for which no pages are fetched.
struct KnownExport {
    files: ExportFiles,
    writer: SubmissionWriter<Vec<u8>>,
    mask: Mask,
    full: u64,
    listed: u64,
    unreadable: u64,
    /// Number of submissions that the user chose but that are not written, since none of their data is in memory.
    gone: u64,
    gaps: Vec<ExportGap>,
}

impl KnownExport {
    fn run(
        mut self,
        rows: &[KnownRow],
        records: &RecordSource,
        on_event: &impl Fn(ExportEvent),
        mut stop: oneshot::Receiver<()>,
    ) -> ExportReport {
        let ids = rows.iter().filter_map(|row| match row {
            KnownRow::Submission(submission) => submission.answers.as_ref().map(|_| &*submission.id),
            KnownRow::Unreadable { .. } => None,
        });
        let end = if records.record(AccessAction::List, ids).is_err() {
            ReportEnd::Failed(Safe::from_static("The access log cannot be written, so nothing is written."))
        } else {
            match self.write(rows, on_event, &mut stop) {
                Ok(true) => ReportEnd::Written,
                Ok(false) => ReportEnd::StoppedByUser,
                Err(error) => ReportEnd::Failed(unwritable(&error)),
            }
        };
        if !matches!(end, ReportEnd::Written) {
            // The rows are in memory, so nothing is lost.
            self.files.discard();
        }
        let mut gaps = std::mem::take(&mut self.gaps);
        if self.gone > 0 {
            let submissions =
                if self.gone == 1 { "1 submission was".to_owned() } else { format!("{} submissions were", self.gone) };
            let sentence = Safe::sanitize(&format!("Not in memory, not written: {}.", self.gone));
            gaps.push(ExportGap {
                words: Safe::sanitize(&format!("{submissions} not in memory")),
                sentence: Some(sentence),
            });
        }
        let mut notes = Vec::new();
        if self.unreadable > 0 {
            notes.push(Safe::sanitize(&format!("Unreadable items, written as sent: {}.", self.unreadable)));
        }
        notes.extend(columns_note(&self.writer));
        notes.extend(self.writer.remarks().unread("it is hidden completely.").map(|line| Safe::sanitize(&line)));
        ExportReport {
            name: self.files.name(),
            part: None,
            can_continue: false,
            resume_call: None,
            end,
            rows: self.full + self.listed + self.unreadable,
            loaded: None,
            full: if records.is_file() { 0 } else { self.full },
            joined: PartSet::EMPTY,
            listed: if records.is_file() { 0 } else { self.listed },
            mask: self.mask,
            columns: Vec::new(),
            gaps,
            notes,
        }
    }

    /// Writes all `rows` and gives the file its final name. `stop` receives a message when the user stops the export;
    /// then the function returns false. `on_event` is called each time rows were written to the file.
    fn write(
        &mut self,
        rows: &[KnownRow],
        on_event: &impl Fn(ExportEvent),
        stop: &mut oneshot::Receiver<()>,
    ) -> io::Result<bool> {
        for row in rows {
            match row {
                KnownRow::Submission(submission) => match submission.record() {
                    Some(item) => {
                        self.writer.write_item(&item)?;
                        let is_full = submission.answers.as_ref().is_some_and(KnownAnswers::is_full);
                        *(if is_full { &mut self.full } else { &mut self.listed }) += 1;
                    }
                    None => self.gone += 1,
                },
                KnownRow::Unreadable { answer, reason } => {
                    self.writer.write_item(&Item::Unreadable { raw: answer.raw(), reason: *reason })?;
                    self.unreadable += 1;
                }
            }
            if self.writer.inner_mut().len() > PORTION_BYTES {
                self.append()?;
                on_event(ExportEvent::Written { rows: self.full + self.listed + self.unreadable, pages: 0 });
            }
            if !matches!(stop.try_recv(), Err(oneshot::error::TryRecvError::Empty)) {
                return Ok(false);
            }
        }
        self.writer.write_header()?;
        self.append()?;
        self.files.finish()?;
        Ok(true)
    }

    fn append(&mut self) -> io::Result<()> {
        let lines = std::mem::take(self.writer.inner_mut());
        let rows = self.full + self.listed + self.unreadable;
        let mut record = self.files.record.clone();
        let range = record.range_mut(0, 0);
        (range.rows, range.loaded, range.unreadable) = (rows, rows, self.unreadable);
        self.files.append(0, &lines, &[], record).map(drop)
    }
}

fn columns_note(writer: &SubmissionWriter<Vec<u8>>) -> Option<Safe> {
    let columns_without_field = writer.columns_without_field();
    let words = format!("Empty columns, since no answer carried them: {}.", columns_without_field.join(", "));
    (!columns_without_field.is_empty()).then(|| Safe::sanitize(&words))
}

fn unwritable(error: &io::Error) -> Safe {
    Safe::sanitize(&format!("The file cannot be written: {error}."))
}

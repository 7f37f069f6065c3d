//! One call of `export`: runs the export, and prints how it ended.

use std::io;
use std::rc::Rc;

use super::progress::ExportProgress;
use crate::cli::exit::NOTHING;
use crate::cli::{PARTIAL, standard_output};
use crate::export::{ExportEnd, ExportJob, ExportRun, ExportTarget};
use crate::failure::Waiting;
use crate::offline::RecordSource;
use crate::query::PartSet;
use crate::text::counted;

/// A running call of `export`: the export itself, and its progress, which is printed to stderr.
struct ExportCommand {
    run: ExportRun,
    progress: Rc<ExportProgress>,
    ended: bool,
}

/// Runs the export `job` with the submissions of `source`, and returns the exit code.
pub(super) async fn run(source: RecordSource, job: ExportJob) -> u8 {
    if matches!(job.target, ExportTarget::Done) {
        standard_output::eprint("The file was complete already.");
        return 0;
    }
    let progress = Rc::new(ExportProgress::begin());
    let (of_pages, of_waits) = (Rc::clone(&progress), Rc::clone(&progress));
    let run = ExportRun::new(job, move |page| of_pages.add(page));
    let mut call = ExportCommand { run, progress, ended: false };
    let end = call.run.fetch(&source, Rc::new(move |waiting: &Waiting| of_waits.wait(waiting))).await;
    call.end(end)
}

impl ExportCommand {
    /// Ends the export. If all submissions were written, completes the output. Prints the result, and returns the exit
    /// code. `outcome` says why the export ended.
    fn end(mut self, outcome: ExportEnd) -> u8 {
        self.ended = true;
        self.progress.end();
        let outcome = match outcome {
            ExportEnd::Complete => self.run.complete_output(),
            outcome => outcome,
        };
        match outcome {
            // The reader closed the pipe because it needs no more, so no message is printed.
            ExportEnd::Output(error) if self.run.is_stream() && error.kind() == io::ErrorKind::BrokenPipe => 0,
            ExportEnd::Complete => {
                self.remarks();
                standard_output::eprint(&self.progress.line());
                let name = self.run.files().map_or(String::new(), |files| format!(": {}", files.name()));
                standard_output::eprint(&format!("{} · complete{name}", self.run.scope()));
                if self.run.counts().omitted.is_none() { 0 } else { PARTIAL }
            }
            ExportEnd::Output(error) => {
                self.remarks();
                let replaces =
                    if error.kind() == io::ErrorKind::AlreadyExists { "; --resume --force replaces it" } else { "" };
                standard_output::eprint(&format!("argos-review: the output cannot be written: {error}{replaces}"));
                self.stopped("output failed");
                let is_lost = self.run.files().is_some_and(|files| !files.is_partial_in_place());
                if self.run.came && !is_lost { PARTIAL } else { NOTHING }
            }
            ExportEnd::Torn => {
                standard_output::eprint(
                    "argos-review: the days together do not bring what the whole range brings first: \
                     export without --jobs",
                );
                if let Some(files) = self.run.files() {
                    files.discard();
                }
                NOTHING
            }
            ExportEnd::Stopped(_, Some(sentence)) if !self.run.came => {
                standard_output::eprint(&format!("argos-review: {}", sentence.as_str()));
                self.run.discard_if_empty();
                NOTHING
            }
            ExportEnd::Stopped(why, sentence) => {
                self.remarks();
                if let Some(sentence) = sentence {
                    standard_output::eprint(&format!("argos-review: {}", sentence.as_str()));
                }
                self.stopped(why.as_str());
                PARTIAL
            }
        }
    }

    /// Prints remarks about the written rows to stderr, for example that a column has no value in any row.
    fn remarks(&self) {
        let columns_without_field = self.run.writer.columns_without_field();
        let counts = self.run.counts();
        if !columns_without_field.is_empty() && !self.run.resumed {
            standard_output::eprint(&format!(
                "Empty columns, which no answer carried: {}.",
                columns_without_field.join(", ")
            ));
        }
        match (self.run.record.unreadable(), self.run.record.plan.readable_only) {
            (0, _) => {}
            (count, true) => standard_output::eprint(&format!("Unreadable items, left out: {count}.")),
            (count, false) => {
                standard_output::eprint(&format!(
                    "Unreadable items, written as sent: {count}; --readable-only leaves them out."
                ));
            }
        }
        if counts.undecided > 0 {
            let count = counts.undecided;
            let data = if self.run.is_offline { "the file does" } else { "the answers do" };
            standard_output::eprint(&format!(
                "{count} rows are undecided and left out: {data} not carry the fields of the filter."
            ));
        }
        counts.searched.line().into_iter().for_each(|line| standard_output::eprint(&format!("{line}.")));
        counts.searched.columns_only().into_iter().for_each(|line| standard_output::eprint(&format!("{line}.")));
        let plan = &self.run.record.plan;
        if !plan.detail {
            // A resumed export knows only the pages of this call.
            let missing_parts = counts.missing_parts.clone().with_all(PartSet::of_paths(columns_without_field));
            let option = missing_parts
                .option(self.run.query.allows_parts())
                .filter(|_| !self.run.resumed && !self.run.is_offline);
            option
                .into_iter()
                .for_each(|option| standard_output::eprint(&format!("To fetch what is missing: {option}.")));
        }
        counts.omitted.sentence().into_iter().for_each(|sentence| standard_output::eprint(&sentence));
        if plan.detail || !plan.with.is_empty() {
            standard_output::eprint(&self.run.requests.line());
        }
        if counts.gone > 0 {
            standard_output::print_gone_records(counts.gone);
        }
        if let Some(sentence) = self.run.writer.remarks().unread("it is hidden completely.") {
            standard_output::eprint(&sentence);
        }
        if self.run.had_one_list() {
            standard_output::eprint("--jobs had no effect: it is not certain that the service sorts by time.");
        }
        if counts.repaired {
            standard_output::eprint(
                "An answer was damaged and was repaired: its rows are not byte for byte what was sent.",
            );
        }
    }

    /// Prints to stderr that the export is incomplete, why (`reason`), and how the user can continue the export.
    fn stopped(&self, reason: &str) {
        self.run.discard_if_empty();
        let then = match self.run.files() {
            Some(files) if files.is_partial_in_place() => {
                let name = files.name();
                let rows = match self.run.record.further_ranges() {
                    0 => format!("{name}.partial has"),
                    files => format!("{name}.partial and {} beside it have", counted(files, "file")),
                };
                format!("; {rows} the rows so far; the same call with --resume continues")
            }
            Some(_) if self.run.came => "; the partial file is gone, so --resume cannot continue".to_owned(),
            Some(_) | None => String::new(),
        };
        standard_output::eprint(&format!("{} · stopped: {reason}{then}", self.run.scope()));
    }
}

/// Prints a report if a signal interrupts the export. A signal drops the running export at any point, without a call of
/// [`ExportCommand::end`].
impl Drop for ExportCommand {
    fn drop(&mut self) {
        if !self.ended {
            self.progress.end();
            self.stopped("interrupted");
        }
    }
}

//! The end of an export: the final messages and the exit code.

use std::io;

use super::record::Record;
use super::target::{Files, Target};
use super::work::{ExportEnd, Work};
use crate::cli::exit::NOTHING;
use crate::cli::{PARTIAL, out, parts};
use crate::query::PartSet;

impl Work {
    /// Ends the export: completes its output if all submissions were written, prints the result, and returns the exit
    /// code. `outcome` says why the export ended.
    pub(super) fn end(mut self, outcome: ExportEnd) -> u8 {
        self.ended = true;
        self.progress.end();
        let outcome = match outcome {
            ExportEnd::Complete => self.complete(),
            outcome => outcome,
        };
        match outcome {
            // The reader closed the pipe because it needs no more, so no message is printed.
            ExportEnd::Output(error) if self.is_stream() && error.kind() == io::ErrorKind::BrokenPipe => 0,
            ExportEnd::Complete => {
                self.remarks();
                out::eprint(&self.progress.line());
                let name = self.files().map_or(String::new(), |files| format!(": {}", files.name()));
                out::eprint(&format!("{} · complete{name}", self.scope()));
                if self.omitted.is_none() { 0 } else { PARTIAL }
            }
            ExportEnd::Output(error) => {
                self.remarks();
                out::eprint(&format!("argos-review: the output cannot be written: {error}"));
                self.stopped("output failed");
                let is_lost = self.files().is_some_and(|files| !files.is_held());
                if self.came && !is_lost { PARTIAL } else { NOTHING }
            }
            ExportEnd::Torn => {
                out::eprint(
                    "argos-review: the days together do not bring what the whole range brings first: \
                     export without --jobs",
                );
                if let Some(files) = self.files() {
                    files.discard();
                }
                NOTHING
            }
            ExportEnd::Stopped(_, Some(sentence)) if !self.came => {
                out::eprint(&format!("argos-review: {}", sentence.as_str()));
                self.discard_nothing();
                NOTHING
            }
            ExportEnd::Stopped(why, sentence) => {
                self.remarks();
                if let Some(sentence) = sentence {
                    out::eprint(&format!("argos-review: {}", sentence.as_str()));
                }
                self.stopped(why.as_str());
                PARTIAL
            }
        }
    }

    /// Completes the output of the export: writes the header if no row was written, and gives the exported file its
    /// final name.
    fn complete(&mut self) -> ExportEnd {
        let done = self.writer.header().and_then(|()| self.append(self.record.clone(), &[]));
        let done = done.and_then(|()| match &mut self.target {
            Target::File(files) => files.finish(),
            Target::Stream(_) | Target::Done => Ok(()),
        });
        done.map_or_else(ExportEnd::Output, |()| ExportEnd::Complete)
    }

    /// Prints remarks about the written rows, such as columns without any value.
    fn remarks(&self) {
        let uncarried = self.writer.uncarried();
        if !uncarried.is_empty() && !self.resumed {
            out::eprint(&format!("Empty columns, which no answer carried: {}.", uncarried.join(", ")));
        }
        match (self.record.unreadable, self.record.plan.readable_only) {
            (0, _) => {}
            (count, true) => out::eprint(&format!("Unreadable items, left out: {count}.")),
            (count, false) => {
                out::eprint(&format!("Unreadable items, written as sent: {count}; --readable-only leaves them out."));
            }
        }
        if self.undecided > 0 {
            let count = self.undecided;
            out::eprint(&format!(
                "{count} rows are undecided and left out: the answers do not carry the fields of the filter."
            ));
        }
        self.searched.line().into_iter().for_each(|line| out::eprint(&format!("{line}.")));
        self.searched.columns_only().into_iter().for_each(|line| out::eprint(&format!("{line}.")));
        let plan = &self.record.plan;
        if !plan.detail {
            // A resumed export knows only the pages of this call.
            let wanting = self.wanting.clone().with_all(PartSet::of_paths(uncarried));
            let option = wanting.option(parts::are_allowed(&self.query)).filter(|_| !self.resumed && !self.is_offline);
            option.into_iter().for_each(|option| out::eprint(&format!("To fetch what is missing: {option}.")));
        }
        self.omitted.sentence().into_iter().for_each(|sentence| out::eprint(&sentence));
        if plan.detail || !plan.with.is_empty() {
            out::eprint(&self.requests.line());
        }
        if self.gone > 0 {
            out::gone(self.gone);
        }
        if let Some(sentence) = self.writer.remarks().unread("it is hidden completely.") {
            out::eprint(&sentence);
        }
        if self.mended {
            out::eprint("An answer was damaged and was repaired: its rows are not byte for byte what was sent.");
        }
    }

    /// Prints that the export is incomplete, the reason `why`, and how the user can continue the export.
    pub(super) fn stopped(&self, why: &str) {
        self.discard_nothing();
        let then = match self.files() {
            Some(files) if files.is_held() => {
                let name = files.name();
                format!("; {name}.partial has the rows so far; the same call with --resume continues")
            }
            Some(_) if self.came => "; the partial file is gone, so --resume cannot continue".to_owned(),
            Some(_) | None => String::new(),
        };
        out::eprint(&format!("{} · stopped: {why}{then}", self.scope()));
    }

    /// Removes the temporary files of the export if neither this run of the program nor an earlier run that it
    /// continues has written anything to them.
    fn discard_nothing(&self) {
        if let (Some(files), false, false) = (self.files(), self.came, self.resumed) {
            files.discard();
        }
    }

    fn scope(&self) -> String {
        let Record { rows, loaded, unreadable, .. } = self.record;
        let left_out = self.record.plan.readable_only && unreadable > 0;
        if self.query.has_local() || left_out {
            format!("{rows} shown of {loaded} loaded")
        } else {
            format!("{loaded} loaded")
        }
    }

    fn files(&self) -> Option<&Files> {
        match &self.target {
            Target::File(files) => Some(files),
            Target::Stream(_) | Target::Done => None,
        }
    }

    const fn is_stream(&self) -> bool {
        matches!(self.target, Target::Stream(_))
    }
}

/// Reports that a signal interrupted the export. A signal drops the work at any point, without a call of [`Work::end`].
impl Drop for Work {
    fn drop(&mut self) {
        if !self.ended {
            self.progress.end();
            self.stopped("interrupted");
        }
    }
}

//! The export that the user starts on the screen: the rows to write, the progress of the running export, and its end.

use std::path::PathBuf;

use jiff::Timestamp;

use super::model::NOTICE_TIME;
use super::{Effect, Model};
use crate::export::{ExportEvent, ExportGap, ExportOrder, ExportOutcome, ExportRows};
use crate::keys::{Action, Chord};
use crate::kit::Ticket;
use crate::output::LineFormat;
use crate::overlays::{ExportChoice, ExportMenuData, ExportScope, Overlay};
use crate::query::PartSet;
use crate::store::{Content, End, KnownAnswers, KnownRow, KnownSubmission};
use crate::text::{Safe, counted, grouped};

/// A running export.
pub(super) struct RunningExport {
    ticket: Ticket,
    /// The user's choice in the export menu. It is needed again if the user is asked whether an existing file may be
    /// replaced.
    choice: ExportChoice,
    rows: u64,
    pages: u64,
    /// The failed request that the export waits to repeat, in words for the footer; `None` if it does not wait.
    waiting: Option<Safe>,
    /// Whether the user has stopped this export, which has not ended yet.
    is_stopping: bool,
    /// Time at which the user pressed the quit key and was asked to press it again to quit during the export. `None`
    /// before the first press.
    quit_asked: Option<Timestamp>,
}

impl Model {
    /// Opens the export menu. While an export runs, only shows a notice.
    pub(super) fn open_export(&mut self) {
        if self.outgoing.export.is_some() {
            let words = format!("An export is running{}", self.stop_key());
            self.notify(Safe::sanitize(&words), true);
            return;
        }
        // The time to the second: a file with this name exists only if it was made in the same second.
        let at = self.now.strftime("%Y%m%d-%H%M%S");
        self.overlay = Some(Overlay::export(&format!("argos-{at}.ndjson")));
    }

    /// Updates the data about the list that the open export menu shows, such as the number of rows and of marked
    /// submissions. Does nothing if the menu is not open.
    pub(super) fn update_export_menu(&mut self) {
        if !matches!(self.overlay, Some(Overlay::Export(_))) {
            return;
        }
        let facts = ExportMenuData {
            marked: self.selection.marks.len(),
            shown: self.rows.rows().len(),
            is_complete: self.listing.current().is_some_and(|listing| listing.walk.end() == &End::Complete),
            is_of_file: self.is_offline(),
            joined: self.term_parts(),
            columns: self.csv_columns().len(),
            mask: self.mask,
        };
        if let Some(Overlay::Export(menu)) = &mut self.overlay
            && menu.menu_data() != Some(&facts)
        {
            menu.set_menu_data(facts);
        }
    }

    /// Starts the export that the user chose in the export menu. If `replace` is true, an existing file may be
    /// replaced. Does nothing while another export runs. If `choice` has a path that names no file, opens the menu
    /// again with the reason.
    pub(super) fn start_export(&mut self, choice: ExportChoice, replace: bool) {
        if self.outgoing.export.is_some() {
            return;
        }
        let path = match self.typed_path(&choice.path) {
            Ok(path) => path,
            Err(sentence) => {
                self.overlay = Some(Overlay::export_refused(choice, Safe::from_static(sentence)));
                return;
            }
        };
        let ticket = self.tickets.issue();
        let rows = match choice.scope {
            ExportScope::Marked => ExportRows::Known {
                rows: self.marked_submissions().into_iter().map(KnownRow::Submission).collect(),
                gaps: Vec::new(),
            },
            ExportScope::Shown => ExportRows::Known { rows: self.shown_rows(), gaps: self.export_gaps() },
            ExportScope::Query => ExportRows::Query(self.filter.applied().clone()),
        };
        let mut order = ExportOrder {
            path,
            replace,
            format: if choice.is_csv { LineFormat::Csv } else { LineFormat::Ndjson },
            columns: if choice.is_csv { self.csv_columns() } else { Vec::new() },
            mask: self.mask,
            today: self.today(),
            with: if choice.scope == ExportScope::Query { self.term_parts() } else { PartSet::EMPTY },
            resume_call: None,
            rows,
        };
        order.resume_call = self.resume_call(&order);
        let running =
            RunningExport { ticket, choice, rows: 0, pages: 0, waiting: None, is_stopping: false, quit_asked: None };
        self.outgoing.export = Some(running);
        self.outbox.push(Effect::Export { ticket, order: Box::new(order) });
    }

    /// Returns the path of the export file that the user typed, with the home folder in place of `~`. If the path names
    /// no file, the error is a sentence for the user.
    pub(super) fn typed_path(&self, typed: &str) -> Result<PathBuf, &'static str> {
        if typed == "-" {
            return Err("the screen cannot write to standard output; type ./- for a file of this name");
        }
        if typed.ends_with('/') {
            return Err("the path ends with /, as the path of a folder; add the name of a file");
        }
        if typed == "~" {
            return Err("~ is your home folder; add the name of a file, or type ./~ for a file of this name");
        }
        Ok(match (typed.strip_prefix("~/"), &self.config.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(typed),
        })
    }

    /// Returns the rows that the list shows, each with those answers of the service about its submission that are in
    /// memory. A row can also be an item that cannot be read as a submission.
    fn shown_rows(&self) -> Vec<KnownRow> {
        let Some(listing) = self.listing.value() else { return Vec::new() };
        let known = |index: &u32| {
            let entry = listing.store.get(*index)?;
            Some(match entry.content() {
                Content::Unreadable { answer, reason } => {
                    KnownRow::Unreadable { answer: answer.clone(), reason: *reason }
                }
                Content::Readable { .. } => {
                    let (id, answers) = (listing.store.id(*index)?.into(), KnownAnswers::of(entry));
                    KnownRow::Submission(KnownSubmission { id, answers })
                }
            })
        };
        self.rows.rows().iter().filter_map(known).collect()
    }

    /// Returns the reasons why an export of the shown rows would not contain every submission that matches the query.
    /// One reason is that the list is not completely loaded.
    fn export_gaps(&self) -> Vec<ExportGap> {
        let mut gaps = Vec::new();
        if self.listing.current().is_none() {
            gaps.push(ExportGap { words: Safe::from_static("the rows belong to the previous query"), sentence: None });
        }
        if let Some(listing) = self.listing.value().filter(|listing| listing.walk.end() != &End::Complete) {
            let scope = listing.scope(None);
            gaps.push(ExportGap {
                words: Safe::from_static("the list was not complete"),
                sentence: Some(Safe::sanitize(&format!("The list was not complete: {scope}."))),
            });
        }
        let undecided = self.rows.undecided();
        let why = "loaded data does not carry the fields of the filter";
        gaps.extend((undecided > 0).then(|| ExportGap::undecided(undecided, why)));
        let pending = self.rows.pending();
        if pending > 0 {
            let (rows, is) = (counted(pending, "new row"), if pending == 1 { "is" } else { "are" });
            gaps.push(ExportGap {
                words: Safe::sanitize(&format!("{rows} {is} left out")),
                sentence: Some(Safe::sanitize(&format!("{rows} {is} left out: the list does not show them yet."))),
            });
        }
        gaps
    }

    /// Returns whether an export runs that the user has not stopped yet.
    pub(super) fn can_stop_export(&self) -> bool {
        self.outgoing.export.as_ref().is_some_and(|running| !running.is_stopping)
    }

    /// Stops the running export. Returns false if no export runs, or if the user has stopped it already.
    pub(super) fn stop_export(&mut self) -> bool {
        let Some(running) = self.outgoing.export.as_mut().filter(|running| !running.is_stopping) else { return false };
        running.is_stopping = true;
        self.outbox.push(Effect::StopExport);
        true
    }

    /// Handles the quit key: quits the program. While an export runs, the first key press only shows a notice. A second
    /// key press quits while the notice is shown. `held_chord` is the chord (key with modifiers) that the user holds
    /// down. A repetition by a held chord does not count as a second key press.
    pub(super) fn quit(&mut self, held_chord: Option<Chord>) {
        let key = self.config.keymap.first_chord(Action::Quit).map_or_else(String::new, |chord| chord.to_string());
        let words = format!("An export is running: {key} again quits and keeps the partial file");
        let Some(running) = &mut self.outgoing.export else { return self.outbox.push(Effect::Quit(0)) };
        let is_asked = running.quit_asked.is_some_and(|at| self.now.duration_since(at).unsigned_abs() < NOTICE_TIME);
        if is_asked && held_chord.is_none() {
            return self.outbox.push(Effect::Quit(0));
        }
        running.quit_asked = Some(self.now);
        self.notify(Safe::sanitize(&words), true);
    }

    /// Stores the progress of the export with this ticket, for the footer. Ignores events of other exports.
    pub(super) fn export_event(&mut self, ticket: Ticket, event: &ExportEvent) {
        let Some(running) = self.outgoing.export.as_mut().filter(|running| running.ticket == ticket) else { return };
        match event {
            ExportEvent::Written { rows, pages } => {
                (running.rows, running.pages, running.waiting) = (*rows, *pages, None);
            }
            ExportEvent::Waits(waiting) => {
                let seconds = waiting.time.as_secs() + u64::from(waiting.time.subsec_nanos() > 0);
                let reason = waiting.failure.sentence.as_str().trim_end_matches('.');
                let (next, most) = (waiting.next, waiting.most);
                let words = format!("{reason} · next request after {seconds} s (try {next} of {most})");
                running.waiting = Some(Safe::sanitize(&words));
            }
        }
    }

    /// Handles the end of the export with this ticket, and shows how it ended. If the file exists, asks whether it may
    /// be replaced. If the path cannot be used, opens the export menu again, so that the user can correct the path.
    /// While an overlay or a text field is open, only shows a notice.
    pub(super) fn export_ended(&mut self, ticket: Ticket, outcome: ExportOutcome) {
        let Some(running) = self.outgoing.export.take_if(|running| running.ticket == ticket) else { return };
        let is_free = self.overlay.is_none() && self.filter.editor().is_none() && self.detail.search_field().is_none();
        let (overlay, notice, is_bad) = match outcome {
            ExportOutcome::Exists(sentence) => {
                (Overlay::replace(sentence.clone(), running.choice), Safe::concat(&[NOT_WRITTEN, sentence]), true)
            }
            ExportOutcome::Refused(sentence) => {
                let notice = Safe::concat(&[NOT_WRITTEN, sentence.clone()]);
                (Overlay::export_refused(running.choice, sentence), notice, true)
            }
            ExportOutcome::Ended(report) => {
                let sentences = report.sentences();
                let first = sentences.first().cloned().unwrap_or_default();
                (Overlay::export_report(sentences), first, !report.is_written())
            }
        };
        if is_free {
            self.overlay = Some(overlay);
        } else {
            self.notify(notice, is_bad);
        }
    }

    /// Returns the progress of the running export for the footer; `None` if no export runs.
    pub(super) fn export_line(&self) -> Option<Safe> {
        let running = self.outgoing.export.as_ref()?;
        if running.is_stopping {
            return Some(Safe::from_static("Export: stopping …"));
        }
        let count = |number: u64| grouped(usize::try_from(number).unwrap_or(usize::MAX));
        let mut words = format!("Export: {} rows written", count(running.rows));
        if running.pages > 0 {
            words = format!("{words}, {} pages", count(running.pages));
        }
        if let Some(waiting) = &running.waiting {
            words = format!("{words} · {waiting}");
        }
        Some(Safe::sanitize(&format!("{words}{}", self.stop_key())))
    }

    /// Returns the end of a sentence that names the key that stops the export, such as ` · Esc stops it`. Returns an
    /// empty text while the key for "back" would not stop the export, for example because an overlay is open.
    fn stop_key(&self) -> String {
        if self.back_stops_export() { self.config.keymap.key_remark(Action::Back, "stops it") } else { String::new() }
    }

    /// Returns whether the key for "back" would stop the running export now. The key does something else first while a
    /// text field or an overlay is open. The same holds while a request waits for its retry, all pages are being
    /// loaded, or missing values are being fetched.
    pub(super) fn back_stops_export(&self) -> bool {
        let is_running = self.outgoing.export.as_ref().is_some_and(|running| !running.is_stopping);
        is_running && self.contexts() == self.pane_contexts() && !self.back_cancels()
    }
}

const NOT_WRITTEN: Safe = Safe::from_static("Not written: ");

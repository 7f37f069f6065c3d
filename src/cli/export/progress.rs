//! The progress of an export on stderr. On a terminal, one line is updated; otherwise a new line is printed at
//! intervals.

use std::cell::RefCell;
use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::Instant;

use crate::cli::standard_output;
use crate::export::WrittenPage;
use crate::failure::Waiting;

/// Number of pages between two progress lines if stderr is not a terminal.
const PAGES_PER_LINE: u64 = 25;

/// Counts of the rows, pages and bytes that this call of `export` has loaded and written.
pub(super) struct ExportProgress(RefCell<ProgressCounts>);

struct ProgressCounts {
    bar: Option<ProgressBar>,
    started: Instant,
    rows: u64,
    bytes: u64,
    pages: u64,
    retries: u64,
}

impl ExportProgress {
    pub(super) fn begin() -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.with_style(
                ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
            )
        });
        Self(RefCell::new(ProgressCounts { bar, started: Instant::now(), rows: 0, bytes: 0, pages: 0, retries: 0 }))
    }

    /// Adds a page that was written (completely or in part) to the counts, and updates the progress line.
    pub(super) fn add(&self, page: WrittenPage) {
        let WrittenPage { rows, bytes, is_page_end } = page;
        let mut counts = self.0.borrow_mut();
        counts.rows += rows;
        counts.bytes += bytes as u64;
        counts.pages += u64::from(is_page_end);
        match &counts.bar {
            Some(bar) => {
                bar.set_message(counts.line());
                bar.tick();
            }
            None if is_page_end && counts.pages.is_multiple_of(PAGES_PER_LINE) => {
                standard_output::eprint(&counts.line());
            }
            None => {}
        }
    }

    /// Prints to stderr that a request failed, why, and after what time it will be sent again. This function itself
    /// does not wait.
    pub(super) fn wait(&self, waiting: &Waiting) {
        let mut counts = self.0.borrow_mut();
        counts.retries += 1;
        let seconds = waiting.time.as_secs_f64();
        let why = waiting.failure.sentence.as_str();
        let line = format!("{why} Retry {} of {} in {seconds:.1} s.", waiting.next, waiting.most);
        match &counts.bar {
            Some(bar) => {
                bar.set_message(line);
                bar.tick();
            }
            None => standard_output::eprint(&line),
        }
    }

    /// Removes the progress line at the end of the export.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.0.borrow().bar {
            bar.finish_and_clear();
        }
    }

    /// Returns the progress of the export as a line of text: rows, rows per second, megabytes, pages and retries.
    pub(super) fn line(&self) -> String {
        self.0.borrow().line()
    }
}

impl ProgressCounts {
    fn line(&self) -> String {
        let Self { rows, bytes, pages, retries, .. } = self;
        let seconds = self.started.elapsed().as_millis().max(1);
        let rate = u128::from(*rows) * 1000 / seconds;
        let (mega, tenth) = (bytes / 1_000_000, bytes / 100_000 % 10);
        let s = |count: u64| if count == 1 { "" } else { "s" };
        let (rows, pages) = (format!("{rows} row{}", s(*rows)), format!("{pages} page{}", s(*pages)));
        let retries = if *retries == 1 { "1 retry".to_owned() } else { format!("{retries} retries") };
        format!("{rows} · {rate} rows/s · {mega}.{tenth} MB · {pages} · {retries}")
    }
}

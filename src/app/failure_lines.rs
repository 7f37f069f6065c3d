//! A failure while there is something to show: its sentence and advice in the last lines of the pane, so that both can be
//! read to their end.

use super::Model;
use crate::failure::Failure;
use crate::text::Safe;

/// Lines that a failure takes at most.
const MAX_LINES: usize = 3;
/// Lines of a pane that are kept for what it shows.
const MIN_CONTENT: usize = 4;

impl Model {
    /// What failed of the list while rows are shown.
    fn list_failure(&self) -> Option<&Failure> {
        self.listing.failure().filter(|_| !self.rows.rows().is_empty())
    }

    /// The failure of the list in lines, in a pane of this width and height.
    pub(super) fn list_failure_lines(&self, columns: usize, lines: usize) -> Vec<Safe> {
        wrapped(self.list_failure(), columns, lines)
    }

    /// The failure of the single answer in lines, where the list's answer is shown.
    pub(super) fn detail_failure_lines(&self, columns: usize, lines: usize) -> Vec<Safe> {
        let failure = self.detail.single().failure().filter(|_| self.detail.document().is_some());
        wrapped(failure, columns, lines)
    }
}

fn wrapped(failure: Option<&Failure>, columns: usize, lines: usize) -> Vec<Safe> {
    let room = lines.saturating_sub(MIN_CONTENT).min(MAX_LINES);
    let Some(failure) = failure.filter(|_| room > 0) else { return Vec::new() };
    // Two columns for the sign.
    let mut wrapped = failure.line().wrap(columns.saturating_sub(2).max(1));
    if wrapped.len() > room {
        wrapped.truncate(room);
        if let Some(last) = wrapped.last_mut() {
            *last = Safe::concat(&[last.clone(), Safe::from_static("…")]).fit(columns.saturating_sub(2));
        }
    }
    wrapped
}

//! Texts of failed requests in the last lines of a pane that also shows data. A text is wrapped, so that the user can
//! read the whole sentence and the advice.

use super::Model;
use crate::failure::Failure;
use crate::text::Safe;

/// Largest number of lines of a pane that the text about a failed request takes.
const MAX_LINES: usize = 3;
/// Number of lines of a pane that always remain for its content, even if a failed request is shown below the content.
const MIN_CONTENT: usize = 4;

impl Model {
    /// Returns the text about the failed list request, wrapped into the last lines of the list pane. While the list
    /// request or the fetch of missing values waits for a retry, the text is about this wait. Empty if no such request
    /// failed, or if the list shows no rows. `columns` and `lines` are the width and height of the pane in characters.
    pub(super) fn list_failure_lines(&self, columns: usize, lines: usize) -> Vec<Safe> {
        if self.rows.rows().is_empty() {
            return Vec::new();
        }
        let wait = self.list_wait().map(|(wait, what)| self.wait_text(wait, what));
        wrapped(wait.or_else(|| self.listing.failure().map(|failure| self.described(failure).line())), columns, lines)
    }

    /// Returns the text about the failed request for the full record, wrapped into the last lines of the detail pane.
    /// While the request waits for its retry, the text is about this wait. `columns` and `lines` are the width and
    /// height of the pane in characters. The result is empty if the request did not fail, or while the pane shows no
    /// data of a submission.
    pub(super) fn detail_failure_lines(&self, columns: usize, lines: usize) -> Vec<Safe> {
        if self.detail.document().is_none() {
            return Vec::new();
        }
        let request = self.detail.full_record_request();
        let wait = request.retry().map(|wait| self.wait_text(wait, "full record"));
        wrapped(wait.or_else(|| request.failure().map(|failure| self.described(failure).line())), columns, lines)
    }

    /// Returns `failure` as it is described now: a base URL that has answered a request is not doubted.
    pub(super) fn described(&self, failure: &Failure) -> Failure {
        let has_answered = self.listing.value().is_some() && !self.is_offline();
        if has_answered { failure.clone().after_success() } else { failure.clone() }
    }
}

fn wrapped(text: Option<Safe>, columns: usize, lines: usize) -> Vec<Safe> {
    let room = lines.saturating_sub(MIN_CONTENT).min(MAX_LINES);
    let Some(text) = text.filter(|_| room > 0) else { return Vec::new() };
    // Two columns for the sign.
    let mut wrapped = text.wrap(columns.saturating_sub(2).max(1));
    if wrapped.len() > room {
        wrapped.truncate(room);
        if let Some(last) = wrapped.last_mut() {
            *last = Safe::concat(&[last.clone(), Safe::from_static("…")]).fit(columns.saturating_sub(2));
        }
    }
    wrapped
}

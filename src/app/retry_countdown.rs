//! Requests that wait for a retry after a failure: the countdown on the screen, and the cancelling of the wait.

use std::time::Duration;

use jiff::Timestamp;

use super::loading::PageKind;
use super::{Effect, Model, Slot};
use crate::failure::Waiting;
use crate::kit::{RetryWait, Ticket};
use crate::text::Safe;
use crate::ui::{Line, Role};

impl Model {
    /// Stores that the request `ticket` in `slot` failed at the time `failed_at` and waits for its retry. Starts the
    /// countdown on screen. `waiting` has the failure and the length of the wait. Does nothing for an outdated request,
    /// which a newer one has replaced.
    pub(super) fn store_retry_wait(&mut self, slot: Slot, ticket: Ticket, waiting: Waiting, failed_at: Timestamp) {
        let wait = RetryWait::new(waiting, failed_at);
        let is_awaited = match slot {
            Slot::Page => self.listing.wait(ticket, wait),
            Slot::FullRecord => self.detail.full_record_waits(ticket, wait),
            Slot::Part | Slot::Record(_) => self.fetch.wait(ticket, wait),
            Slot::Compared(_) => self.selection.compared.set_waiting(ticket, &wait),
            Slot::Picture(_) => self.selection.pictures.wait(ticket, &wait),
            _ => false,
        };
        if is_awaited {
            self.start_countdown();
        }
    }

    /// Starts the timer that ends when a countdown on screen shows the next second. Starts no timer if no request waits
    /// for its retry.
    pub(super) fn start_countdown(&mut self) {
        let waits = [self.listing.retry(), self.detail.full_record_request().retry(), self.fetch.retry()];
        let others = self.selection.compared.retry_waits().chain(self.selection.pictures.retries());
        let waits = waits.into_iter().flatten().chain(others);
        let left = waits.map(|wait| wait.left(self.now)).filter(|left| !left.is_zero());
        let delay =
            left.map(|left| Duration::from_nanos(u64::from((left - Duration::from_nanos(1)).subsec_nanos()) + 1));
        if let Some(delay) = delay.min() {
            self.start_timer(Slot::Countdown, delay);
        }
    }

    /// Returns the retry wait in words, such as `retrying next page in 7 s (try 2 of 3) · Esc cancels`: what is requested
    /// again, when, the number of the attempt, and the key that cancels the wait. If several requests wait, the text
    /// says that the key cancels them together. `what` is what is requested, such as `next page`.
    pub(super) fn wait_words(&self, wait: &RetryWait, what: &str) -> Safe {
        let Waiting { next, most, .. } = wait.waiting;
        let does = match self.cancellable_waits() {
            0 | 1 => "cancels",
            2 => "cancels both",
            _ => "cancels all",
        };
        let cancels = self.back_clause(does).map(|clause| format!(" · {clause}")).unwrap_or_default();
        Safe::sanitize(&format!("{} (try {next} of {most}){cancels}", self.when_words(wait, what)))
    }

    /// Returns what is requested again and when, such as `retrying next page in 7 s`.
    fn when_words(&self, wait: &RetryWait, what: &str) -> String {
        // Before the first attempt of a request, the program may wait too, since the service asked for a pause.
        let does = if wait.waiting.next > 1 { "retrying" } else { "requesting" };
        match wait.seconds_left(self.now) {
            0 => format!("{does} {what} now"),
            seconds => format!("{does} {what} in {seconds} s"),
        }
    }

    /// Returns the whole text about a retry wait, the reason of the failure first, such as `The service is not
    /// available (503) · retrying next page in 7 s (try 2 of 3) · Esc cancels`. `what` is what is requested.
    pub(super) fn wait_text(&self, wait: &RetryWait, what: &str) -> Safe {
        let reason = wait.waiting.failure.sentence.as_str().trim_end_matches('.');
        let words = self.wait_words(wait, what);
        Safe::concat(&[Safe::sanitize(reason), Safe::from_static(" · "), words])
    }

    /// Returns the text about a retry wait as two sentences for a pane without content: the reason of the failure, and
    /// what is requested again. `what` is what is requested, such as `first page`.
    pub(super) fn wait_sentences(&self, wait: &RetryWait, what: &str) -> Vec<Safe> {
        let words = self.wait_words(wait, what);
        let (first, rest) = words.as_str().split_at(words.as_str().chars().next().map_or(0, char::len_utf8));
        let words = Safe::sanitize(&format!("{}{rest}.", first.to_uppercase()));
        vec![wait.waiting.failure.sentence.clone(), words]
    }

    /// Returns the retry wait as a text for the border of a pane. `what` is what is requested. If `is_text_shown` is
    /// true, the pane already shows the whole text. Then the border has only what is requested again, and when. Otherwise
    /// the short name of the failure follows.
    pub(super) fn wait_line(&self, wait: &RetryWait, what: &str, is_text_shown: bool) -> Line {
        let line = Line::new().word(" ✗ ", Role::Bad).with(Safe::sanitize(&self.when_words(wait, what)), Role::Warn);
        let line = if is_text_shown {
            line
        } else {
            line.word(" · ", Role::Dim).word(wait.waiting.failure.kind.short(), Role::Warn)
        };
        line.word(" ", Role::Plain)
    }

    /// Returns the retry wait as a short text for a narrow border of a pane that already shows the whole text.
    pub(super) fn short_wait_line(&self, wait: &RetryWait) -> Line {
        let what = if wait.waiting.next > 1 { "retry" } else { "request" };
        let words = match wait.seconds_left(self.now) {
            0 => format!(" {what} now "),
            seconds => format!(" {what} in {seconds} s "),
        };
        Line::new().with(Safe::sanitize(&words), Role::Plain)
    }

    /// Returns the retry wait of the list request, or else that of the fetch of missing values, and what is requested,
    /// such as `next page`. Returns `None` if neither waits for a retry.
    pub(super) fn list_wait(&self) -> Option<(&RetryWait, &'static str)> {
        let page = self.listing.request().map(|request| request.purpose.page);
        let what = match page {
            Some(PageKind::Next) => "next page",
            Some(PageKind::Refresh) => "refresh",
            Some(PageKind::Query) | None => "first page",
        };
        let missing = || self.fetch.retry().map(|wait| (wait, "missing values"));
        self.listing.retry().map(|wait| (wait, what)).or_else(missing)
    }

    /// Returns the number of retry waits that [`Self::cancel_retries`] would cancel.
    pub(super) fn cancellable_waits(&self) -> usize {
        let waits = [self.listing.retry(), self.detail.full_record_request().retry(), self.fetch.retry()];
        waits.into_iter().flatten().count()
    }

    /// Cancels the retry waits of the list request, of the full record in the detail pane, and of the fetch of missing
    /// values. The failure that caused the wait becomes the result of the request. Returns false if none of these waits
    /// for a retry.
    pub(super) fn cancel_retries(&mut self) -> bool {
        let failure = |wait: &RetryWait| wait.waiting.failure.clone();
        let (single, page) =
            (self.detail.full_record_request().retry().map(failure), self.listing.retry().map(failure));
        let missing = self.fetch.retry().map(failure);
        let gives_up = single.is_some() || page.is_some() || missing.is_some();
        missing.into_iter().for_each(|failure| self.fetch_failed(&failure));
        if let Some(failure) = single {
            self.detail.full_record_failed(failure);
            self.outbox.push(Effect::Cancel(Slot::FullRecord));
        }
        if let Some(failure) = page {
            self.outbox.push(Effect::Cancel(Slot::Page));
            self.page_failed(failure);
        }
        gives_up
    }
}

//! Requests that wait for a retry after a failure: the countdown on the screen, and the cancelling of the wait.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Slot};
use crate::failure::Waiting;
use crate::keys::Action;
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

    /// Returns the retry wait in words, such as `Retry 1 of 3 in 5 s`: the number of the retry, the time until it
    /// starts, and the key that cancels it.
    pub(super) fn wait_words(&self, wait: &RetryWait) -> Safe {
        let left = wait.left(self.now);
        let when = match left.as_secs() + u64::from(left.subsec_nanos() > 0) {
            0 => "now".to_owned(),
            seconds => format!("in {seconds} s"),
        };
        let Waiting { next, most, .. } = wait.waiting;
        let cancels = self.remark_here(Action::Back, "cancels");
        Safe::sanitize(&format!("Retry {next} of {most} {when}{cancels}."))
    }

    /// Returns the retry wait as one line: the number and time of the retry, then the reason of the failure. The retry
    /// comes first, so that it can be read even if the rest of the line is cut off.
    pub(super) fn wait_line(&self, wait: &RetryWait) -> Line {
        Line::new()
            .word(" ✗ ", Role::Bad)
            .with(self.wait_words(wait), Role::Warn)
            .word(" ", Role::Plain)
            .with(wait.waiting.failure.sentence.clone(), Role::Plain)
            .word(" ", Role::Plain)
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

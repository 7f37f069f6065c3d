//! Requests that wait before they are tried again: what is shown of it, and how it is given up.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Slot};
use crate::failure::Waiting;
use crate::keys::Action;
use crate::kit::{RetryWait, Ticket};
use crate::text::Safe;
use crate::ui::{Line, Role};

impl Model {
    /// A request failed and waits. A stale one changes nothing.
    pub(super) fn waits(&mut self, slot: Slot, ticket: Ticket, waiting: Waiting, at: Timestamp) {
        let wait = RetryWait::new(waiting, at);
        let is_awaited = match slot {
            Slot::Page => self.listing.wait(ticket, wait),
            Slot::Single => self.detail.wait(ticket, wait),
            _ => false,
        };
        if is_awaited {
            self.count_down();
        }
    }

    /// Comes back when the next shown second begins, while something waits.
    pub(super) fn count_down(&mut self) {
        let waits = [self.listing.retry(), self.detail.single().retry()];
        let left = waits.into_iter().flatten().map(|wait| wait.left(self.now)).filter(|left| !left.is_zero());
        let delay =
            left.map(|left| Duration::from_nanos(u64::from((left - Duration::from_nanos(1)).subsec_nanos()) + 1));
        if let Some(delay) = delay.min() {
            self.start_timer(Slot::Countdown, delay);
        }
    }

    /// When it is tried again, in words.
    pub(super) fn wait_words(&self, wait: &RetryWait) -> Safe {
        let left = wait.left(self.now);
        let when = match left.as_secs() + u64::from(left.subsec_nanos() > 0) {
            0 => "now".to_owned(),
            seconds => format!("in {seconds} s"),
        };
        let Waiting { next, most, .. } = wait.waiting;
        let esc = self.config.keymap.first_chord(Action::Back).map(|chord| format!(" · {chord} cancels"));
        Safe::sanitize(&format!("Retry {next} of {most} {when}{}.", esc.unwrap_or_default()))
    }

    /// The same with the reason. The wait comes first: it must be read even where the rest is cut.
    pub(super) fn wait_line(&self, wait: &RetryWait) -> Line {
        Line::new()
            .word(" ✗ ", Role::Bad)
            .with(self.wait_words(wait), Role::Warn)
            .word(" ", Role::Plain)
            .with(wait.waiting.failure.sentence.clone(), Role::Bad)
            .word(" ", Role::Plain)
    }

    /// Gives up what waits; tells whether something did. What it failed with is the failure.
    pub(super) fn give_up_waiting(&mut self) -> bool {
        let failure = |wait: &RetryWait| wait.waiting.failure.clone();
        let (single, page) = (self.detail.single().retry().map(failure), self.listing.retry().map(failure));
        let gives_up = single.is_some() || page.is_some();
        if let Some(failure) = single {
            self.detail.failed(failure);
            self.outbox.push(Effect::Cancel(Slot::Single));
        }
        if let Some(failure) = page {
            self.outbox.push(Effect::Cancel(Slot::Page));
            self.page_failed(failure);
        }
        gives_up
    }
}

//! Requests that wait before they are tried again: what is shown of it, and how it is given up.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Msg, Slot};
use crate::failure::{Failure, Waiting};
use crate::keys::Action;
use crate::kit::Ticket;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// A wait that began.
pub(super) struct RetryWait {
    waiting: Waiting,
    until: Timestamp,
}

impl RetryWait {
    pub(super) const fn failure(&self) -> &Failure {
        &self.waiting.failure
    }
}

impl Model {
    /// A request failed and waits. A stale one changes nothing.
    pub(super) fn waits(&mut self, slot: Slot, ticket: Ticket, waiting: Waiting, at: Timestamp) {
        let until = at.checked_add(waiting.time).unwrap_or(at);
        let wait = RetryWait { waiting, until };
        match slot {
            Slot::Page if self.page.is_newest(ticket) => self.page_wait = Some(wait),
            Slot::Single if self.detail.awaits(ticket) => self.single_wait = Some(wait),
            _ => return,
        }
        self.count_down();
    }

    /// A second went by: what is over is no longer counted.
    pub(super) fn second(&mut self, ticket: Ticket) {
        if self.seconds.is_newest(ticket) {
            self.count_down();
        }
    }

    /// Comes back when the next shown second begins, while something waits.
    fn count_down(&mut self) {
        let waits = [&self.page_wait, &self.single_wait];
        let left = waits.into_iter().flatten().map(|wait| self.left(wait)).filter(|left| !left.is_zero());
        let delay =
            left.map(|left| Duration::from_nanos(u64::from((left - Duration::from_nanos(1)).subsec_nanos()) + 1));
        if let Some(delay) = delay.min() {
            let ticket = self.seconds.renew();
            self.outbox.push(Effect::After { slot: Slot::Second, delay, msg: Msg::Second(ticket) });
        }
    }

    fn left(&self, wait: &RetryWait) -> Duration {
        wait.until.duration_since(self.now).try_into().unwrap_or(Duration::ZERO)
    }

    /// When it is tried again, in words.
    pub(super) fn wait_words(&self, wait: &RetryWait) -> Safe {
        let left = self.left(wait);
        let when = match left.as_secs() + u64::from(left.subsec_nanos() > 0) {
            0 => "now".to_owned(),
            seconds => format!("in {seconds} s"),
        };
        let Waiting { next, most, .. } = wait.waiting;
        let esc = self.config.keymap.first_chord(Action::Back).map(|chord| format!(", {chord} gives up"));
        Safe::of(&format!("Try {next} of {most} {when}{}.", esc.unwrap_or_default()))
    }

    /// The same with the reason. The wait comes first: it must be read even where the rest is cut.
    pub(super) fn wait_line(&self, wait: &RetryWait) -> Line {
        Line::blank()
            .word(" ✗ ", Role::Bad)
            .with(self.wait_words(wait), Role::Warn)
            .word(" ", Role::Plain)
            .with(wait.failure().sentence.clone(), Role::Bad)
            .word(" ", Role::Plain)
    }

    /// Gives up what waits; tells whether something did. What it failed with is the failure.
    pub(super) fn give_up_waiting(&mut self) -> bool {
        let single = self.single_wait.take();
        if let Some(wait) = &single {
            self.detail.failed(wait.waiting.failure.clone());
            self.outbox.push(Effect::Cancel(Slot::Single));
        }
        let page = self.page_wait.take();
        if let Some(wait) = &page {
            self.page.renew();
            self.outbox.push(Effect::Cancel(Slot::Page));
            self.page_failed(wait.waiting.failure.clone());
        }
        single.is_some() || page.is_some()
    }
}

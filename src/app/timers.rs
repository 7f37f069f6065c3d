//! The timers: at most one a slot, each with the ticket that its end must carry.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Slot};
use crate::kit::Ticket;

/// A timer that runs.
#[derive(Debug)]
struct Timer {
    ticket: Ticket,
    /// When it ends by the clock: its message may come later than a key after the machine has slept.
    ends: Option<Timestamp>,
}

/// The timers that run.
#[derive(Debug, Default)]
pub(super) struct Timers(HashMap<Slot, Timer>);

impl Timers {
    pub(super) fn is_running(&self, slot: Slot) -> bool {
        self.0.contains_key(&slot)
    }

    /// Whether the timer of a slot runs although its time is over by the clock.
    pub(super) fn is_due(&self, slot: Slot, now: Timestamp) -> bool {
        self.0.get(&slot).and_then(|timer| timer.ends).is_some_and(|ends| ends <= now)
    }

    /// Forgets the timer of a slot, so that its end changes nothing.
    pub(super) fn forget(&mut self, slot: Slot) {
        self.0.remove(&slot);
    }
}

impl Model {
    /// Starts the timer of a slot; a new one replaces an old one.
    pub(super) fn start_timer(&mut self, slot: Slot, delay: Duration) {
        let ticket = self.tickets.issue();
        let ends = self.now.checked_add(delay).ok();
        self.timers.0.insert(slot, Timer { ticket, ends });
        self.outbox.push(Effect::After { slot, ticket, delay });
    }

    /// Ends the timer of a slot.
    pub(super) fn stop_timer(&mut self, slot: Slot) {
        self.timers.forget(slot);
        self.outbox.push(Effect::Cancel(slot));
    }

    /// A timer ran out. A stale one changes nothing.
    pub(super) fn timer_fired(&mut self, slot: Slot, ticket: Ticket) {
        if self.timers.0.get(&slot).is_some_and(|timer| timer.ticket == ticket) {
            self.timer_ended(slot);
        }
    }

    /// The time of a slot is over.
    pub(super) fn timer_ended(&mut self, slot: Slot) {
        self.timers.forget(slot);
        match slot {
            Slot::Debounce => self.cursor_rested(),
            Slot::Notice => self.notice = None,
            Slot::Reveal => self.detail.hide_revealed(),
            Slot::Idle => self.blank(),
            Slot::AutoRefresh => self.poll_due(),
            Slot::Countdown => self.count_down(),
            // Requests, not timers.
            Slot::Page | Slot::Single | Slot::Read => {}
        }
    }
}

//! The timers: at most one a slot, each with the ticket that its end must carry.

use std::collections::HashMap;
use std::time::Duration;

use super::{Effect, Model, Slot};
use crate::kit::Ticket;

/// The tickets of the timers that run.
#[derive(Debug, Default)]
pub(super) struct Timers(HashMap<Slot, Ticket>);

impl Timers {
    pub(super) fn is_running(&self, slot: Slot) -> bool {
        self.0.contains_key(&slot)
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
        self.timers.0.insert(slot, ticket);
        self.outbox.push(Effect::After { slot, ticket, delay });
    }

    /// Ends the timer of a slot.
    pub(super) fn stop_timer(&mut self, slot: Slot) {
        self.timers.forget(slot);
        self.outbox.push(Effect::Cancel(slot));
    }

    /// A timer ran out. A stale one changes nothing.
    pub(super) fn timer_fired(&mut self, slot: Slot, ticket: Ticket) {
        if self.timers.0.get(&slot) != Some(&ticket) {
            return;
        }
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

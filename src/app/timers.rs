//! The timers of the program, at most one in each slot (a place for one timer). Each timer has a ticket, and the
//! message that reports its end carries the same ticket.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Slot};
use crate::keys::Action;
use crate::kit::Ticket;

/// A running timer.
#[derive(Debug)]
struct Timer {
    ticket: Ticket,
    /// Time at which the timer ends; `None` if this time is later than the clock can represent. It is compared with the
    /// clock, because after the machine has slept the message of the timer may arrive later than a key.
    ends: Option<Timestamp>,
}

/// All running timers, and the action and time of the last key press.
#[derive(Debug, Default)]
pub(super) struct Timers {
    /// The running timer of each slot. A slot is the place for one timer, such as the timer that hides the notice.
    running: HashMap<Slot, Timer>,
    /// The action of the last pressed key, and the time of the key press; `None` if the key had no action.
    pub(super) pressed: Option<(Action, Timestamp)>,
}

impl Timers {
    pub(super) fn is_running(&self, slot: Slot) -> bool {
        self.running.contains_key(&slot)
    }

    /// Returns whether the timer in `slot` (a place for one timer) should have ended at the time `now`, but its message
    /// has not arrived. This happens if the machine slept.
    pub(super) fn is_due(&self, slot: Slot, now: Timestamp) -> bool {
        self.running.get(&slot).and_then(|timer| timer.ends).is_some_and(|ends| ends <= now)
    }

    /// Removes the timer in a slot (a place for one timer). The message at the end of the timer then changes nothing.
    pub(super) fn forget(&mut self, slot: Slot) {
        self.running.remove(&slot);
    }
}

impl Model {
    /// Starts a timer in a slot (a place for one timer). The timer ends after `delay`. If the slot has a running timer,
    /// the new timer replaces the running one.
    pub(super) fn start_timer(&mut self, slot: Slot, delay: Duration) {
        let ticket = self.tickets.issue();
        let ends = self.now.checked_add(delay).ok();
        self.timers.running.insert(slot, Timer { ticket, ends });
        self.outbox.push(Effect::After { slot, ticket, delay });
    }

    /// Stops the timer in a slot (a place for one timer), if the slot has a running timer.
    pub(super) fn stop_timer(&mut self, slot: Slot) {
        self.timers.forget(slot);
        self.outbox.push(Effect::Cancel(slot));
    }

    /// Handles the message of the timer `ticket` in `slot`, which ran out. If the timer was stopped or replaced
    /// meanwhile, its message changes nothing.
    pub(super) fn timer_fired(&mut self, slot: Slot, ticket: Ticket) {
        if self.timers.running.get(&slot).is_some_and(|timer| timer.ticket == ticket) {
            self.timer_ended(slot);
        }
    }

    /// Handles the end of the timer in a slot (a place for one timer): removes the timer and does what it was started
    /// for, such as hiding the notice.
    pub(super) fn timer_ended(&mut self, slot: Slot) {
        self.timers.forget(slot);
        match slot {
            Slot::Debounce => self.cursor_stayed(),
            Slot::Notice => self.notice = None,
            Slot::Reveal => {
                self.detail.hide_revealed();
                self.hide_pictures();
            }
            Slot::Idle => self.blank(),
            Slot::AutoRefresh => self.poll_due(),
            Slot::Countdown => self.start_countdown(),
            // The pass after each message counts the next rows.
            Slot::Statistics => {}
            // Tasks, not timers.
            Slot::Page
            | Slot::Part
            | Slot::Record(_)
            | Slot::FullRecord
            | Slot::ParseAnswers
            | Slot::Picture(_)
            | Slot::Copy
            | Slot::Text
            | Slot::Export
            | Slot::Views
            | Slot::Compared(_)
            | Slot::ParseCompared(_) => {}
        }
    }
}

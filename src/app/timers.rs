//! The timers: at most one per slot (a place for one task or timer). Each timer has a ticket, and the message at its
//! end carries the same ticket.

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
    /// Time of the clock at which the timer ends; `None` if this time is later than the clock can represent. After the
    /// machine has slept, the message of the timer may arrive later than a key.
    ends: Option<Timestamp>,
}

/// All running timers, and the action and time of the last key press.
#[derive(Debug, Default)]
pub(super) struct Timers {
    /// The running timers. The key is the slot: the place for one timer, such as the timer that hides the notice.
    running: HashMap<Slot, Timer>,
    /// The action of the last key, and when the key was pressed; `None` if the last key had no action.
    pub(super) pressed: Option<(Action, Timestamp)>,
}

impl Timers {
    pub(super) fn is_running(&self, slot: Slot) -> bool {
        self.running.contains_key(&slot)
    }

    /// Returns whether the timer in `slot` (a place for one timer) is still running although it should have ended at
    /// the time `now` of the clock, for example because the machine slept.
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

    /// Handles the message of a timer that ran out. A timer that was stopped or replaced is outdated, and its message
    /// changes nothing. `ticket` identifies the timer.
    pub(super) fn timer_fired(&mut self, slot: Slot, ticket: Ticket) {
        if self.timers.running.get(&slot).is_some_and(|timer| timer.ticket == ticket) {
            self.timer_ended(slot);
        }
    }

    /// Removes the timer in a slot (a place for one timer), and runs the work that is due at its end, such as hiding
    /// the notice.
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

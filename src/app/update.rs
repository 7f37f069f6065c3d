//! Entry point of the model: passes each message to its handler, and returns the effects that the handlers caused.

use jiff::Timestamp;

use super::{Effect, Model, Msg, Slot};
use crate::text::{Mask, Safe};

impl Model {
    /// Changes the model as a message requires, and returns the effects (work outside of the model) that must be run.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        self.handle(msg);
        self.update_derived_state();
        std::mem::take(&mut self.outbox)
    }

    fn handle(&mut self, msg: Msg) {
        match msg {
            Msg::Clock(now) => self.set_now(now),
            Msg::Key(event) => {
                self.watch_idle();
                // Clear the old notice so it is not mistaken for this key's result.
                self.notice = None;
                if self.blanked {
                    self.blanked = false;
                } else {
                    self.key(&event);
                }
            }
            // Bytes that look like a report of the mouse, while the terminal was told to send none.
            Msg::Mouse(_) if !self.prefs.mouse => {}
            Msg::Mouse(input) => {
                self.watch_idle();
                self.notice = None;
                if self.blanked {
                    self.blanked = false;
                } else {
                    self.mouse(input);
                }
            }
            Msg::Paste(text) => {
                self.watch_idle();
                if self.blanked {
                    self.blanked = false;
                } else {
                    self.paste(&text);
                }
            }
            Msg::Resize(size) => self.size = size,
            Msg::CellSize(cell) => {
                if let Ok(drawing) = &mut self.config.drawing {
                    drawing.cell = cell;
                }
            }
            Msg::Resumed => self.mask_again(),
            Msg::Stop => self.suspend(),
            Msg::PageLoaded { ticket, result, at } => self.page_loaded(ticket, result, at),
            Msg::Waiting { slot, ticket, waiting, at } => self.store_retry_wait(slot, ticket, waiting, at),
            Msg::FullRecordLoaded { ticket, id, result, at } => self.full_record_loaded(ticket, &id, result, at),
            Msg::PictureLoaded { ticket, result } => self.picture_loaded(ticket, result),
            Msg::AnswersParsed { ticket, opened } => self.answers_parsed(ticket, *opened),
            Msg::TimerFired { slot, ticket } => self.timer_fired(slot, ticket),
            Msg::Unrecorded => {
                self.mask_again();
                let message = Safe::from_static("The access log cannot be written, so nothing is shown unmasked");
                self.notify(message, true);
            }
            Msg::CopyEnded { what, result } => self.copy_ended(&what, result),
            Msg::TextFinished(made) => self.text_finished(*made),
            Msg::ExportEvent { ticket, event } => self.export_event(ticket, &event),
            Msg::ExportEnded { ticket, outcome } => self.export_ended(ticket, outcome),
            Msg::ViewsChanged { change, result } => self.views_changed(change, result),
            Msg::KeyHidden => {
                self.notify(Safe::from_static("The service sent the API key back: it is shown as •••"), true);
            }
        }
    }

    /// Sets the current time. Also hides a revealed value, or blanks the screen, if the time for it is over but the
    /// message of the timer has not arrived. This happens after the machine has slept: a key may arrive before that
    /// message.
    fn set_now(&mut self, now: Timestamp) {
        self.now = now;
        for slot in [Slot::Idle, Slot::Reveal] {
            if self.timers.is_due(slot, now) {
                self.timer_ended(slot);
            }
        }
    }

    /// Restarts the timer that blanks the screen after a time without input.
    pub(super) fn watch_idle(&mut self) {
        if let Some(delay) = self.config.blank_after {
            self.start_timer(Slot::Idle, delay);
        }
    }

    /// Blanks the screen after the idle time, so that no identity data stays visible.
    pub(super) fn blank(&mut self) {
        self.blanked = true;
        self.mask_again();
    }

    /// Suspends the program, as ctrl-z does, and removes the pictures from memory first.
    pub(super) fn suspend(&mut self) {
        self.wipe_pictures();
        self.outbox.push(Effect::Suspend);
    }

    /// Ends the mask level `none` (nothing is masked), hides revealed values, and removes the pictures from memory. The
    /// new mask level is the configured one, or `ids` if `none` is configured. Called after a pause, for example when
    /// the screen was blanked, since another person may use the program now.
    fn mask_again(&mut self) {
        if self.mask == Mask::None {
            let at_start = self.config.mask;
            self.mask = if at_start == Mask::None { Mask::Ids } else { at_start };
        }
        self.detail.hide_revealed();
        self.wipe_pictures();
        // The notice may say that nothing is masked, or that a value is shown.
        self.notice = None;
    }
}

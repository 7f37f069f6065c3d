//! Rules that connect the list pane and the detail pane: which submission the detail pane shows, and when the full
//! record of the submission is fetched.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Slot};
use crate::access::AccessAction;
use crate::api::{Item, RecordAnswer};
use crate::failure::Failure;
use crate::keys::Action;
use crate::kit::Ticket;
use crate::overlays::Overlay;
use crate::panes::detail::ShownAnswer;
use crate::text::{Mask, Safe};

/// Time that the list cursor must stay on a row before the full record of the row's submission is fetched.
const DEBOUNCE: Duration = Duration::from_millis(180);
/// Time that a masked value, revealed by the user, stays visible.
pub(super) const REVEAL: Duration = Duration::from_secs(10);

/// Notice about an answer of the service that was almost JSON and was repaired by this program.
pub(super) const REPAIRED_ANSWER: Safe =
    Safe::from_static("The answer was not valid JSON: it was repaired, and is not shown as sent");

impl Model {
    /// Returns the id of the submission under the list cursor; `None` if the list has no row there, or the row is
    /// unreadable and has no id.
    #[cfg(test)]
    pub(super) fn selected_id(&self) -> Option<Box<str>> {
        self.listing.value()?.store.id(self.selected_entry()?).map(Into::into)
    }

    /// Updates which submission the detail pane shows: the detached submission if there is one, else the submission
    /// under the list cursor. A detached submission is one that the user opened although the list cursor is elsewhere.
    /// If the shown submission changes, the request for the full record of the earlier one is cancelled.
    pub(super) fn update_subject(&mut self) {
        let subject = self.detached_subject().or_else(|| self.subject_of(self.selected_entry()?));
        let is_none = subject.is_none();
        if self.detail.show(subject, &mut self.tickets) && !is_none {
            self.outbox.push(Effect::Cancel(Slot::FullRecord));
            self.timers.forget(Slot::Debounce);
        }
    }

    /// Starts the timer [`DEBOUNCE`] if the full record of the shown submission must be fetched and the timer is not
    /// running. When the timer ends, the full record is requested.
    pub(super) fn update_debounce(&mut self) {
        if self.needs_full_record() && !self.timers.is_running(Slot::Debounce) {
            self.start_timer(Slot::Debounce, DEBOUNCE);
        }
    }

    /// Returns whether the detail pane is on screen.
    pub(super) fn detail_is_visible(&self) -> bool {
        self.regions().is_some_and(|regions| regions.detail.is_some())
    }

    /// Returns whether the full record of the shown submission must be fetched now. All of these conditions must hold:
    /// - The full record is missing.
    /// - The detail pane is visible, or the pictures are open.
    /// - No comparison covers the detail pane.
    /// - The user does not edit the filter. During editing, rows move under the cursor with every typed letter, and no
    ///   request is sent before Enter.
    fn needs_full_record(&self) -> bool {
        let is_compared = matches!(self.overlay_under_help(), Some(Overlay::Compare(_)));
        let is_used = self.detail_is_visible() || self.pictures_view().is_some();
        self.detail.needs_full_record() && self.filter.editor().is_none() && is_used && !is_compared
    }

    /// Handles the end of the time that the list cursor must stay on a row ([`DEBOUNCE`]). Requests the full record of
    /// the shown submission if it must be fetched.
    pub(super) fn cursor_stayed(&mut self) {
        if self.needs_full_record() {
            self.request_full_record();
        }
    }

    /// Requests the full record of the shown submission.
    pub(super) fn request_full_record(&mut self) {
        let ticket = self.tickets.issue();
        if let Some(id) = self.detail.full_record_requested(ticket) {
            self.outbox.push(Effect::FetchFullRecord { slot: Slot::FullRecord, ticket, id });
        }
    }

    /// Stores `parsed`, the answers of the service about the shown submission, which the background task `ticket` has
    /// parsed. If the detail pane does not wait for this task, passes the answers to the comparison. The parsed answers
    /// may show that more values must be masked; such values are then masked in the list row as well.
    pub(super) fn answers_parsed(&mut self, ticket: Ticket, parsed: ShownAnswer) {
        let classes = parsed.classes;
        if !self.detail.awaits_reading(ticket) {
            return self.compared_parsed(ticket, parsed);
        }
        self.detail.set_parsed(ticket, parsed);
        let answers = self
            .detail
            .subject()
            .and_then(|subject| Some((subject.id.as_deref()?, [subject.list.as_ref()?, subject.single.as_ref()?])));
        let Some(((classes, (id, answers)), listing)) = classes.zip(answers).zip(self.listing.value_mut()) else {
            return;
        };
        listing.store.take_classes(id, answers, classes);
        let entry = listing.store.index_of(id);
        if entry.and_then(|entry| self.rows.position(entry)).is_none() {
            listing.store.let_rows_move();
        }
    }

    /// Stores `result`, the answer to the request `ticket` for the full record of the submission `id`. `received_at` is
    /// the time at which the answer arrived. If the detail pane does not wait for this request, the answer goes to the
    /// comparison ([`Self::compared_loaded`]). If the comparison does not wait for it either, it goes to the fetching
    /// of values that the loaded rows lack ([`Self::record_loaded`]).
    pub(super) fn full_record_loaded(
        &mut self,
        ticket: Ticket,
        id: &str,
        result: Result<RecordAnswer, Failure>,
        received_at: Timestamp,
    ) {
        if !self.detail.full_record_request().awaits(ticket) {
            if let Some(result) = self.compared_loaded(ticket, id, result, received_at) {
                self.record_loaded(ticket, id, result, received_at);
            }
            return;
        }
        if matches!(result, Ok(RecordAnswer::Repaired(_))) {
            self.notify(REPAIRED_ANSWER, true);
        }
        match result {
            Ok(
                RecordAnswer::Found(Item::Readable { raw, row, .. })
                | RecordAnswer::Repaired(Item::Readable { raw, row, .. }),
            ) => {
                let is_overtaken = self.detail.full_record_arrived();
                if let Some(record) = self.store_record(id, raw, row, received_at, is_overtaken)
                    && let Some(detached) = &mut self.selection.detached
                    && *detached.id == *id
                {
                    detached.answer = Some(record);
                }
            }
            Ok(
                RecordAnswer::NotFound
                | RecordAnswer::Found(Item::Unreadable { .. })
                | RecordAnswer::Repaired(Item::Unreadable { .. }),
            ) => {
                self.detail.full_record_not_found();
            }
            Err(failure) => self.detail.full_record_failed(failure),
        }
    }

    /// Returns the id of the submission that the detail pane shows; `None` if the pane shows no submission, or shows an
    /// unreadable row, which has no id.
    pub(super) fn shown_id(&self) -> Option<Box<str>> {
        self.detail.subject()?.id.clone()
    }

    /// Handles the key that reveals a value: shows the masked value under the cursor of the detail pane for the time
    /// [`REVEAL`].
    pub(super) fn reveal(&mut self) {
        if self.detail.reveal(self.mask) {
            self.outbox.push(Effect::Record(AccessAction::Reveal, self.shown_id()));
            self.start_timer(Slot::Reveal, REVEAL);
            // At mask all, this key shows more.
            let is_hidden_by_key = self.mask == Mask::Ids;
            let hides = || self.config.keymap.key_remark(Action::ToggleMask, "hides it");
            let hides = if is_hidden_by_key { hides() } else { String::new() };
            self.notify(Safe::sanitize(&format!("Value shown for ten seconds{hides}")), true);
        } else {
            self.notify(Safe::from_static("This line has no masked value"), false);
        }
    }
}

//! The update of derived state after every message, always in the same order (`update_derived_state`).
//!
//! The handlers of messages change the stored state, such as the loaded submissions, the filter and the selection. From
//! the stored state, `update_derived_state` derives the rows, the cursor, the shown submission, its relatives (linked
//! submissions) and the lines of text. It also requests missing data. Each function that it calls does nothing if its
//! inputs have not changed since the last call. Data that is not visible is neither parsed nor laid out.

use super::{Effect, Model, Slot};
use crate::overlays::Overlay;
use crate::panes::detail::ViewOptions;

impl Model {
    pub(super) fn update_derived_state(&mut self) {
        self.update_tour();
        self.update_rows();
        self.attach_listed();
        self.fill_list();
        self.update_marks();
        self.update_cursor();
        self.update_subject();
        self.update_debounce();
        self.update_document();
        self.update_pictures();
        self.update_lines();
        self.update_copy_menu();
        self.update_column_chooser();
        self.update_export_menu();
        self.update_statistics();
        self.update_comparison();
        self.update_palette();
        self.request_packing();
        self.place_pictures();
    }

    fn update_rows(&mut self) {
        match self.listing.value() {
            Some(listing) => self.rows.update(listing, self.filter.local_filter(), self.mask, self.list.sort),
            None => self.rows = Default::default(),
        }
    }

    /// Requests that a background task compresses the loaded submissions in memory (packs them), except for the newest.
    fn request_packing(&mut self) {
        let order = self.listing.value_mut().and_then(|listing| listing.store.to_pack());
        self.outbox.extend(order.map(Effect::Pack));
    }

    /// Parses the answer of the service about the shown submission (full record or list record), if the visible detail
    /// pane, the copy menu or the pictures need it. Small answers are parsed at once, large ones by a background task.
    fn update_document(&mut self) {
        let is_used = self
            .overlay
            .as_ref()
            .is_some_and(|overlay| matches!(overlay, Overlay::Copy(..)) || overlay.pictures().is_some());
        if (is_used || self.detail_is_visible())
            && let Some(reading) = self.detail.begin_parsing()
        {
            self.outbox.push(Effect::ParseAnswers(Slot::ParseAnswers, reading));
        }
        self.keep_grade();
    }

    /// Stores the grade of the submission in the detail pane with its list row. So the list can show the grade without
    /// parsing the full record again. The grade (alert, warning or note) is that of the most severe finding.
    fn keep_grade(&mut self) {
        if let Some(((id, answer, grade), listing)) = self.detail.grade().zip(self.listing.value_mut()) {
            listing.store.take_grade(id, answer, grade);
        }
    }

    fn update_lines(&mut self) {
        if !self.detail_is_visible() {
            return self.detail.discard_lines();
        }
        self.update_relatives();
        let size = self.detail_size();
        let options = ViewOptions {
            mask: self.mask,
            zone: self.zone.clone(),
            columns: usize::from(size.width),
            revealed: self.detail.revealed().map(str::to_owned),
            choices: self.detail.choices(),
            pictures_hint: self.pictures_hint(),
        };
        let full_record = self.detail.full_record(self.now);
        self.detail.render(&options, &self.config.codes, usize::from(size.height), full_record);
    }
}

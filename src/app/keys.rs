//! Handling of keys: finds the action of a key and runs the action. Key bindings belong to contexts, such as an open
//! menu, the focused pane or the whole screen. The key is looked up in the active contexts, from the innermost to the
//! outermost.

use crossterm::event::KeyEvent;

use super::copy::CopyEntry;
use super::palette::zone_words;
use super::{Effect, Focus, Model};
use crate::access::AccessAction;
use crate::keys::{Action, Chord, Context};
use crate::overlays::{self, Overlay};
use crate::panes::detail::{DetailResult, Tab};
use crate::panes::filter::Filter;
use crate::store::Sort;
use crate::text::{Mask, Safe};
use crate::time::Zone;

/// Exit code after ctrl-c: the code that a shell reports for a program that the signal SIGINT ended.
const INTERRUPTED: u8 = 130;

impl Model {
    /// Returns the contexts in which a key is looked up, such as an open menu or the focused pane, from the innermost
    /// to the outermost.
    pub(super) fn contexts(&self) -> &'static [Context] {
        if let Some(overlay) = &self.overlay {
            match overlay {
                Overlay::Pictures(_) => &[Context::Pictures],
                _ if overlay.field().is_some() => &[Context::Prompt],
                _ => &[Context::Overlay],
            }
        } else if self.filter.editor().is_some() {
            &[Context::Filter]
        } else if self.detail.search_field().is_some() {
            &[Context::Search]
        } else {
            self.pane_contexts()
        }
    }

    /// Returns the contexts (parts of the screen in which a key binding is valid) of the focused pane, from the
    /// innermost to the outermost.
    pub(super) const fn pane_contexts(&self) -> &'static [Context] {
        match self.prefs.focus {
            Focus::List => &[Context::List, Context::Everywhere],
            Focus::Detail => &[Context::Detail, Context::Everywhere],
        }
    }

    pub(super) fn key(&mut self, event: &KeyEvent) {
        let Some(chord) = Chord::of(event) else { return };
        let keymap = &self.config.keymap;
        let is_prompt = self.overlay.as_ref().is_some_and(|overlay| overlay.field().is_some());
        let is_text = is_prompt || self.filter.editor().is_some() || self.detail.search_field().is_some();
        // A letter of another keyboard layout counts as the key at the same place, except while text is typed.
        let in_place = chord.on_latin_layout().filter(|_| !is_text || chord.typed().is_none());
        let action = keymap.resolve(self.contexts(), chord);
        let action = action.or_else(|| keymap.resolve(self.contexts(), in_place?));
        let held = self.is_held(action);
        match (action, chord.typed()) {
            (Some(Action::Suspend), _) => self.suspend(),
            (Some(Action::Redraw), _) => self.outbox.push(Effect::Redraw),
            (Some(Action::ToggleMask), _) if self.overlay.is_some() => self.set_mask(self.mask.toggled()),
            (Some(action), _) if matches!(self.overlay, Some(Overlay::Pictures(_))) => {
                self.pictures_action(action, held);
            }
            (Some(action), _) if self.overlay.is_some() => self.overlay_action(action),
            (Some(action), _) if self.filter.editor().is_some() => self.filter_action(action),
            (Some(action), _) if self.detail.search_field().is_some() => self.search_action(action),
            (Some(action), _) => self.perform(action, held.then_some(chord)),
            (None, Some(c)) if is_prompt => self.overlay.iter_mut().for_each(|overlay| overlay.type_char(c)),
            (None, Some(c)) if self.detail.search_field().is_some() => self.detail.type_search(c),
            (None, Some(c)) if self.filter.editor().is_some() => {
                self.with_filter(|filter, today, seen| filter.insert(c, today, seen));
            }
            (None, Some(_)) if in_place.is_none() && chord.is_foreign() => {
                self.notify(
                    Safe::from_static("Keys are Latin letters: switch the keyboard layout or input method"),
                    true,
                );
            }
            _ => {}
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Some(overlay) = &mut self.overlay {
            overlay.paste(text);
        } else if self.filter.editor().is_some() {
            self.with_filter(|filter, today, seen| filter.paste(text, today, seen));
        } else {
            self.detail.paste_search(text);
        }
    }

    pub(super) fn search_action(&mut self, action: Action) {
        let height = usize::from(self.detail_size().height);
        let outcome = self.detail.update_search(action, self.mask, height);
        self.handle_detail_result(outcome);
    }

    pub(super) fn overlay_action(&mut self, action: Action) {
        let Some(overlay) = &mut self.overlay else { return };
        match overlay.update(action, self.size, &self.config.keymap) {
            overlays::OverlayResult::Open => {}
            overlays::OverlayResult::Closed => self.overlay = self.overlay.take().and_then(Overlay::below),
            overlays::OverlayResult::ChooseColumns(change) => self.choose_columns(change),
            overlays::OverlayResult::Copy(copied) => {
                self.overlay = None;
                self.copy(&copied);
            }
            overlays::OverlayResult::Export(choice, replace) => {
                self.overlay = None;
                self.start_export(choice, replace);
            }
            overlays::OverlayResult::Run(command) => {
                self.overlay = None;
                self.run_command(command);
            }
            overlays::OverlayResult::Unmask => {
                self.overlay = None;
                self.set_mask(Mask::None);
            }
            overlays::OverlayResult::Fetch => {
                self.overlay = None;
                self.fetch_missing(true);
            }
            overlays::OverlayResult::Help => self.open_help_over(),
            overlays::OverlayResult::View(request) => self.view_request(request),
            overlays::OverlayResult::OpenField(paths) => {
                self.overlay = None;
                self.open_compared_field(&paths);
            }
            overlays::OverlayResult::AddTerm(term) => {
                self.overlay = None;
                self.add_term(&term);
            }
            overlays::OverlayResult::EditTerm(term) => {
                self.overlay = None;
                self.edit_term(&term);
            }
            overlays::OverlayResult::SortBy(column) => {
                self.overlay = None;
                let again = self.list.sort.column == column;
                let descending = if again { !self.list.sort.descending } else { column.kind().is_measure() };
                self.list.sort = Sort { column, descending };
            }
        }
    }

    /// Returns the open overlay; `None` if no overlay is open. If the help page covers another overlay, returns the
    /// covered one.
    pub(super) fn overlay_under_help(&self) -> Option<&Overlay<CopyEntry>> {
        self.overlay.as_ref().map(Overlay::under_help)
    }

    /// Opens the help page. An open overlay is kept under the help page.
    fn open_help_over(&mut self) {
        let place = self.help_place();
        self.overlay = Some(Overlay::help_over(place, self.overlay.take()));
    }

    /// Performs an action of a pane or of the whole screen. `held_chord` is the chord (key with modifiers) that the
    /// user holds down, if the action is a repetition by that chord. Some actions, such as a refresh, are not repeated
    /// then. `held_chord` is `None` if the key was just pressed.
    pub(super) fn perform(&mut self, action: Action, held_chord: Option<Chord>) {
        let once = match action {
            Action::Refresh | Action::LoadAll | Action::FetchMissing | Action::Watch => held_chord,
            Action::ShowNews if self.prefs.focus == Focus::List => held_chord,
            _ => None,
        };
        if let Some(chord) = once {
            return self.notify_held_key(chord);
        }
        match action {
            Action::Refresh | Action::LoadAll | Action::FetchMissing | Action::Watch if self.is_offline() => {
                self.notify_offline(action);
            }
            Action::Quit => self.quit(held_chord),
            Action::Interrupt => {
                if !self.stop_export() && !self.stop_loading() {
                    self.outbox.push(Effect::Quit(INTERRUPTED));
                }
            }
            Action::Help => self.overlay = Some(Overlay::help(self.help_place())),
            Action::Palette => self.overlay = Some(Overlay::palette()),
            Action::Suspend => self.suspend(),
            Action::Redraw => self.outbox.push(Effect::Redraw),
            Action::ChooseColumns => self.open_columns(),
            Action::Views => self.open_views(),
            Action::Sort => self.overlay = Some(Overlay::sort(self.list.sort.column)),
            Action::EditFilter => self.edit_filter(Filter::open),
            Action::AddTerm => self.edit_filter(Filter::open_for_term),
            Action::ClearFilter => self.clear_filter(),
            Action::Statistics => self.open_statistics(),
            Action::Pictures => self.open_pictures(),
            Action::Compare => self.compare_selected(),
            // With two panes, the next and the previous pane are the same.
            Action::NextPane | Action::PreviousPane => self.focus(self.prefs.focus.other()),
            Action::ToggleMouse => self.toggle_mouse(),
            Action::ZoomPane => {
                self.prefs.zoomed = !self.prefs.zoomed;
                self.outbox.push(Effect::Redraw);
            }
            Action::NarrowList | Action::WidenList => {
                self.prefs.step_share(action == Action::WidenList);
            }
            Action::NextSubmission => self.select_by(1),
            Action::PreviousSubmission => self.select_by(-1),
            Action::LoadAll => self.start_load_all(),
            Action::FetchMissing => self.fetch_missing(false),
            Action::Refresh => self.refresh(),
            Action::Watch => self.toggle_watch(),
            Action::ShowNews => self.show_news(),
            Action::ToggleMask => self.set_mask(self.mask.toggled()),
            Action::Unmask if self.mask == Mask::All => self.overlay = Some(Overlay::unmask()),
            Action::Unmask => self.set_mask(Mask::None),
            Action::NextZone => self.set_zone(self.zone.next()),
            Action::Back => self.back(),
            Action::Open if self.prefs.focus == Focus::List => {
                if self.detail.subject().is_some() {
                    self.focus(Focus::Detail);
                }
            }
            Action::Reveal => self.reveal(),
            Action::Copy => self.open_copy(),
            Action::Export => self.open_export(),
            Action::NextTab => self.open_tab(self.detail.tab().stepped(1)),
            Action::Tab(number) => Tab::numbered(number).into_iter().for_each(|tab| self.open_tab(tab)),
            Action::PreviousTab => self.open_tab(self.detail.tab().stepped(-1)),
            Action::JumpBack => self.detail_action(action),
            _ => {
                if self.prefs.focus == Focus::List {
                    self.list_action(action);
                } else {
                    self.detail_action(action);
                }
            }
        }
    }

    /// Shows a notice such as `r is held down: it acts once`. The user holds down `chord` (a key with modifiers), but
    /// its action is performed only once. Shows no notice while the list, or values that its rows lack, are being
    /// fetched, since their progress is on the screen.
    fn notify_held_key(&mut self, chord: Chord) {
        if !self.listing.is_loading() && !self.fetch.is_running() {
            self.notify(Safe::sanitize(&format!("{chord} is held down: it acts once")), false);
        }
    }

    fn open_tab(&mut self, tab: Tab) {
        self.detail.open_tab(tab);
        if self.regions().is_some_and(|regions| regions.detail.is_none()) {
            self.focus(Focus::Detail);
        }
    }

    /// Changes the time zone in which the screen shows all times.
    pub(super) fn set_zone(&mut self, zone: Zone) {
        let words = zone_words(&zone);
        self.zone = zone;
        self.notify(words, false);
    }

    pub(super) fn set_mask(&mut self, mask: Mask) {
        self.mask = mask;
        // A revealed value must not stay visible after the mask changes.
        self.detail.hide_revealed();
        self.hide_pictures();
        if mask == Mask::None {
            self.outbox.push(Effect::Record(AccessAction::Unmask, None));
        }
        self.notify(Safe::from_static(mask.notice()), mask == Mask::None);
    }

    /// Handles the key for "back". Does the first of these that applies:
    /// - cancels the wait for a retry, the fetch of values that the loaded rows lack, or the loading of all pages
    /// - stops the running export
    /// - ends the search in the detail pane
    /// - moves the focus from the detail pane to the list
    /// - ends the zoom, in which one pane fills the screen
    /// - stops the running list request
    /// - hides the demo's guided tour, a line on the screen that suggests what to try next
    fn back(&mut self) {
        // The border tells the user that this key cancels these, so they come first.
        if self.cancel_retries()
            || self.stop_fetch_by_user()
            || self.listing.load_until().is_some() && self.stop_loading()
            || self.stop_export()
        {
            return;
        }
        if self.prefs.focus == Focus::Detail && self.detail.end_search() {
            // The matches of the search are no longer marked.
        } else if self.prefs.focus == Focus::Detail {
            self.focus(Focus::List);
        } else if self.prefs.zoomed {
            self.prefs.zoomed = false;
        } else if !self.stop_loading() {
            self.prefs.tour = None;
        }
    }

    /// Returns whether the key for "back" would hide the demo's guided tour, and nothing else.
    pub(super) fn back_ends_tour(&self) -> bool {
        let stops = self.back_cancels() || self.can_stop_export() || self.listing.is_loading();
        let leaves = self.prefs.focus == Focus::Detail || self.prefs.zoomed;
        self.prefs.tour.is_some() && self.contexts() == self.pane_contexts() && !stops && !leaves
    }

    /// Returns whether the key for "back" would now cancel something that is being fetched. This can be the wait for a
    /// retry, the fetch of values that the loaded rows lack, or the loading of all pages.
    pub(super) fn back_cancels(&self) -> bool {
        let waits = self.listing.retry().is_some() || self.detail.full_record_request().retry().is_some();
        let loads_all = self.listing.load_until().is_some() && !self.is_offline();
        waits || loads_all || self.fetch.is_running()
    }

    pub(super) fn focus(&mut self, focus: Focus) {
        let before = self.regions();
        self.prefs.focus = focus;
        if self.regions() != before {
            self.outbox.push(Effect::Redraw);
        }
    }

    fn list_action(&mut self, action: Action) {
        match action {
            Action::Mark => self.toggle_mark(),
            Action::UnmarkAll => self.unmark_all(),
            Action::Left => self.scroll_sideways(-1),
            Action::Right => self.scroll_sideways(1),
            _ => {
                let height = self.list_height();
                if let Some(step) = action.step(height) {
                    self.list.step(step, self.rows.rows().len(), height);
                    self.select_line(self.list.scroll().at());
                }
            }
        }
    }

    fn detail_action(&mut self, action: Action) {
        let height = usize::from(self.detail_size().height);
        let outcome = self.detail.update(action, self.mask, height);
        self.handle_detail_result(outcome);
    }

    /// Handles the result of an action in the detail pane, if the result concerns more than this pane: shows a notice,
    /// or opens another submission.
    fn handle_detail_result(&mut self, outcome: DetailResult) {
        match outcome {
            DetailResult::Done => {}
            DetailResult::Notice(text) => self.notify(text, false),
            DetailResult::OpenSubmission(id) => self.open_submission(&id),
        }
    }
}

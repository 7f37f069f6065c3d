//! Handling of keys: finds the action of a key and runs the action. The key is looked up in the active contexts, such
//! as an open menu, the focused pane or the whole screen, from the innermost to the outermost.

use crossterm::event::KeyEvent;
use jiff::civil::Date;

use super::{Effect, Focus, Model};
use crate::access::AccessAction;
use crate::keys::{Action, Chord, Context};
use crate::overlays::{self, Overlay};
use crate::panes::detail::{DetailResult, Tab};
use crate::panes::filter::{self, Filter};
use crate::query::Vocabulary;
use crate::store::{Listing, Sort};
use crate::text::{Mask, Safe};

/// Exit code after ctrl-c: the code that a shell reports for a program that the signal SIGINT ended.
const INTERRUPTED: u8 = 130;

impl Model {
    /// Returns the contexts in which a key is looked up, such as an open menu or the focused pane, from the innermost
    /// to the outermost.
    pub(super) fn contexts(&self) -> &'static [Context] {
        if let Some(overlay) = &self.overlay {
            if overlay.field().is_some() { &[Context::Prompt] } else { &[Context::Overlay] }
        } else if self.filter.editor().is_some() {
            &[Context::Filter]
        } else if self.detail.searching().is_some() {
            &[Context::Search]
        } else {
            match self.prefs.focus {
                Focus::List => &[Context::List, Context::Everywhere],
                Focus::Detail => &[Context::Detail, Context::Everywhere],
            }
        }
    }

    pub(super) fn key(&mut self, event: &KeyEvent) {
        let Some(chord) = Chord::of(event) else { return };
        let keymap = &self.config.keymap;
        let is_prompt = self.overlay.as_ref().is_some_and(|overlay| overlay.field().is_some());
        let is_text = is_prompt || self.filter.editor().is_some() || self.detail.searching().is_some();
        // A letter of another keyboard layout counts as the key at the same place, except while text is typed.
        let in_place = chord.in_place().filter(|_| !is_text || chord.typed().is_none());
        let action = keymap.resolve(self.contexts(), chord);
        let action = action.or_else(|| keymap.resolve(self.contexts(), in_place?));
        let held = self.is_held(action);
        match (action, chord.typed()) {
            (Some(Action::Suspend), _) => self.outbox.push(Effect::Suspend),
            (Some(Action::Redraw), _) => self.outbox.push(Effect::Redraw),
            (Some(action), _) if self.overlay.is_some() => self.overlay_action(action),
            (Some(action), _) if self.filter.editor().is_some() => self.filter_action(action),
            (Some(action), _) if self.detail.searching().is_some() => self.search_action(action),
            (Some(action), _) => self.act(action, held),
            (None, Some(c)) if is_prompt => self.overlay.iter_mut().for_each(|overlay| overlay.type_char(c)),
            (None, Some(c)) if self.detail.searching().is_some() => self.detail.type_search(c),
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

    fn search_action(&mut self, action: Action) {
        let height = usize::from(self.detail_size().height);
        let outcome = self.detail.update_search(action, self.mask, height);
        self.follow(outcome);
    }

    /// Calls `edit` and returns its result. `edit` gets the filter, today's date, and the values of the loaded rows
    /// that the filter can offer as completions.
    fn with_filter<T>(&mut self, edit: impl FnOnce(&mut Filter, Date, &Vocabulary) -> T) -> T {
        let (today, nothing) = (self.today(), Vocabulary::default());
        edit(&mut self.filter, today, self.listing.value().map_or(&nothing, Listing::vocabulary))
    }

    fn filter_action(&mut self, action: Action) {
        let corrected = self.filter.editor().and_then(|editor| editor.query().correction_line(self.mask));
        match self.with_filter(|filter, today, seen| filter.update(action, today, seen)) {
            filter::FilterResult::Applied => {
                if let Some(corrected) = corrected {
                    self.notify(corrected, true);
                }
                self.prefs.focus = Focus::List;
                self.apply_filter();
            }
            filter::FilterResult::Refused => {
                self.notify(Safe::from_static("Filter not applied: fix the marked term"), true);
            }
            filter::FilterResult::Editing => {}
            filter::FilterResult::Restored => {
                let before = self.selection.before_filter.take();
                self.selection.row = before.or(self.selection.row.take());
            }
        }
    }

    fn overlay_action(&mut self, action: Action) {
        let Some(overlay) = &mut self.overlay else { return };
        match overlay.update(action, self.size, &self.config.keymap) {
            overlays::OverlayResult::Open => {}
            overlays::OverlayResult::Closed => self.overlay = None,
            overlays::OverlayResult::Copy(copied) => {
                self.overlay = None;
                self.copy(&copied);
            }
            overlays::OverlayResult::Unmask => {
                self.overlay = None;
                self.set_mask(Mask::None);
            }
            overlays::OverlayResult::Fetch => {
                self.overlay = None;
                self.fetch_missing(true);
            }
            overlays::OverlayResult::View(request) => self.view_request(request),
            overlays::OverlayResult::SortBy(column) => {
                self.overlay = None;
                let again = self.list.sort.column == column;
                let descending = if again { !self.list.sort.descending } else { column.kind().is_measure() };
                self.list.sort = Sort { column, descending };
            }
        }
    }

    fn act(&mut self, action: Action, held: bool) {
        match action {
            Action::Refresh | Action::LoadAll | Action::FetchMissing | Action::Watch if held => self.joined(action),
            Action::ShowNews if held && self.prefs.focus == Focus::List => self.joined(action),
            Action::Quit => self.outbox.push(Effect::Quit(0)),
            Action::Interrupt => {
                if !self.stop_loading() {
                    self.outbox.push(Effect::Quit(INTERRUPTED));
                }
            }
            Action::Help => self.overlay = Some(Overlay::help()),
            Action::Views => self.open_views(),
            Action::Sort => self.overlay = Some(Overlay::sort(self.list.sort.column)),
            Action::EditFilter => {
                self.selection.detached = None;
                self.selection.before_filter = self.selection.row.clone();
                self.with_filter(Filter::open);
            }
            // With two panes, the next and the previous pane are the same.
            Action::NextPane | Action::PreviousPane => self.focus(self.prefs.focus.other()),
            Action::ZoomPane => {
                self.prefs.zoomed = !self.prefs.zoomed;
                self.outbox.push(Effect::Redraw);
            }
            Action::NarrowList | Action::WidenList => {
                let share = self.prefs.list_share;
                let share = if action == Action::NarrowList { share.saturating_sub(5) } else { share + 5 };
                self.prefs.list_share = share.clamp(25, 75);
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
            Action::NextZone => {
                self.zone = self.zone.next();
                let zone = self.zone.label();
                self.notify(Safe::concat(&[Safe::from_static("Times in "), zone]), false);
            }
            Action::Back => self.back(),
            Action::Open if self.prefs.focus == Focus::List => {
                if self.detail.subject().is_some() {
                    self.focus(Focus::Detail);
                }
            }
            Action::Reveal => self.reveal(),
            Action::Copy => self.open_copy(),
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

    /// Shows a notice such as `r is held down: it acts once`, since the user holds down the key of `action`. Shows no
    /// notice while the list or what its rows lack is being fetched.
    fn joined(&mut self, action: Action) {
        if !self.listing.is_loading() && !self.fetch.is_running() {
            let chord = self.config.keymap.first_chord(action).map(|chord| chord.to_string()).unwrap_or_default();
            self.notify(Safe::sanitize(&format!("{chord} is held down: it acts once")), false);
        }
    }

    fn open_tab(&mut self, tab: Tab) {
        self.detail.open_tab(tab);
        if self.regions().is_some_and(|regions| regions.detail.is_none()) {
            self.focus(Focus::Detail);
        }
    }

    fn set_mask(&mut self, mask: Mask) {
        self.mask = mask;
        // A revealed value must not stay visible after the mask changes.
        self.detail.hide_revealed();
        if mask == Mask::None {
            self.outbox.push(Effect::Record(AccessAction::Unmask, None));
        }
        let text = Safe::concat(&[Safe::from_static("masked: "), Safe::from_static(mask.label())]);
        self.notify(text, mask == Mask::None);
    }

    /// Handles the key for "back". Does the first of these that applies:
    /// - cancels the wait for a retry, the fetch of what the rows lack, or the loading of all pages
    /// - ends the search in the detail pane
    /// - moves the focus to the list
    /// - ends the zoom
    /// - stops the running list request
    /// - ends the demo's tour
    fn back(&mut self) {
        // The countdown tells the user that this key cancels it, so it comes first.
        if self.give_up_waiting()
            || self.stop_fetch_by_user()
            || self.listing.load_until().is_some() && self.stop_loading()
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

    fn focus(&mut self, focus: Focus) {
        let before = self.regions();
        self.prefs.focus = focus;
        if self.regions() != before {
            self.outbox.push(Effect::Redraw);
        }
    }

    fn list_action(&mut self, action: Action) {
        match action {
            Action::Top => self.select_line(0),
            Action::Bottom => self.select_line(usize::MAX),
            Action::Left => self.scroll_sideways(-1),
            Action::Right => self.scroll_sideways(1),
            _ => {
                if let Some(lines) = action.lines(self.list_height()) {
                    self.select_by(lines);
                }
            }
        }
    }

    fn scroll_sideways(&mut self, steps: isize) {
        let shows_aml = self.listing.value().is_some_and(|listing| listing.store.knows_screening());
        self.list.scroll_sideways(steps, shows_aml);
    }

    fn detail_action(&mut self, action: Action) {
        let height = usize::from(self.detail_size().height);
        let outcome = self.detail.update(action, self.mask, height);
        self.follow(outcome);
    }

    /// Handles the result of an action in the detail pane, if the result concerns more than this pane: shows a notice,
    /// or opens another submission.
    fn follow(&mut self, outcome: DetailResult) {
        match outcome {
            DetailResult::Done => {}
            DetailResult::Told(text) => self.notify(text, false),
            DetailResult::Visit(id) => self.open_submission(&id),
        }
    }
}

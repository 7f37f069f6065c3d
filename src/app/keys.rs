//! What keys do where: contexts from the inside out, then the order that the table gives.

use crossterm::event::KeyEvent;

use super::{Effect, Focus, Model};
use crate::access::Deed;
use crate::keys::{Action, Chord, Context};
use crate::kit::Remote;
use crate::overlays::{self, Overlay};
use crate::panes::detail::{Outcome, Tab};
use crate::panes::filter;
use crate::store::Sort;
use crate::text::{Mask, Safe};

/// Exit code of ctrl-c, as a shell reports a program that SIGINT ended.
const INTERRUPTED: u8 = 130;

impl Model {
    /// Where keys go, from the inside out.
    pub(super) const fn contexts(&self) -> &'static [Context] {
        if self.overlay.is_some() {
            &[Context::Overlay]
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

    pub(super) fn key(&mut self, event: &KeyEvent, effects: &mut Vec<Effect>) {
        let Some(chord) = Chord::of(event) else { return };
        let keymap = &self.setting.keymap;
        let is_text = self.filter.editor().is_some() || self.detail.searching().is_some();
        // A key that types a letter of another layout means the key that lies there, but where text is typed.
        let in_place = chord.in_place().filter(|_| !is_text || chord.typed().is_none());
        let action = keymap.resolve(self.contexts(), chord);
        let action = action.or_else(|| keymap.resolve(self.contexts(), in_place?));
        let held = self.is_held(action);
        match (action, chord.typed()) {
            (Some(Action::Suspend), _) => effects.push(Effect::Suspend),
            (Some(Action::Redraw), _) => effects.push(Effect::Redraw),
            (Some(action), _) if self.overlay.is_some() => self.overlay_action(action, effects),
            (Some(action), _) if self.filter.editor().is_some() => self.filter_action(action, effects),
            (Some(action), _) if self.detail.searching().is_some() => self.search_action(action, effects),
            (Some(action), _) => self.act(action, held, effects),
            (None, Some(c)) if self.detail.searching().is_some() => self.detail.type_search(c),
            (None, Some(c)) if self.filter.editor().is_some() => {
                let today = self.today();
                self.filter.insert(c, today, &self.seen);
                self.arrange();
                self.show_selected(effects);
            }
            (None, Some(_)) if in_place.is_none() && chord.is_foreign() => {
                self.tell(
                    Safe::word("keys are Latin letters: switch the keyboard layout or input method"),
                    true,
                    effects,
                );
            }
            _ => {}
        }
    }

    pub(super) fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.filter.editor().is_some() {
            let today = self.today();
            self.filter.paste(text, today, &self.seen);
            self.arrange();
            self.show_selected(effects);
        } else {
            self.detail.paste_search(text);
        }
    }

    fn search_action(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let height = usize::from(self.detail_size().height);
        let outcome = self.detail.update_search(action, self.mask, height);
        self.follow(outcome, effects);
    }

    fn filter_action(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let today = self.today();
        let corrected = self.filter.editor().and_then(|editor| editor.query().correction_line(self.mask));
        match self.filter.update(action, today, &self.seen) {
            filter::Outcome::Applied => {
                if let Some(corrected) = corrected {
                    self.tell(corrected, true, effects);
                }
                self.prefs.focus = Focus::List;
                self.apply_filter(effects);
                self.show_selected(effects);
                self.settle_soon(effects);
            }
            filter::Outcome::Refused => {
                self.tell(Safe::word("the filter has a problem: nothing was asked for"), true, effects);
            }
            filter::Outcome::Editing => {
                self.arrange();
                self.show_selected(effects);
            }
            filter::Outcome::Restored => {
                self.arrange();
                let before = self.before_filter.take();
                self.select_id(before.as_deref());
                self.show_selected(effects);
                self.settle_soon(effects);
                self.ensure_rows(effects);
            }
        }
    }

    fn overlay_action(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Some(overlay) = &mut self.overlay else { return };
        match overlay.update(action, self.size, &self.setting.keymap) {
            overlays::Outcome::Open => {}
            overlays::Outcome::Closed => self.overlay = None,
            overlays::Outcome::Copy(at) => {
                self.overlay = None;
                self.copy(at, effects);
            }
            overlays::Outcome::Unmask => {
                self.overlay = None;
                self.set_mask(Mask::None, effects);
            }
            overlays::Outcome::SortBy(column) => {
                self.overlay = None;
                let again = self.list.sort.column == column;
                let descending = if again { !self.list.sort.descending } else { column.kind().is_measure() };
                self.list.sort = Sort { column, descending };
                self.arrange();
                self.show_selected(effects);
            }
        }
    }

    fn act(&mut self, action: Action, held: bool, effects: &mut Vec<Effect>) {
        match action {
            Action::Refresh | Action::LoadAll | Action::Watch if held => self.joined(action, effects),
            Action::ShowNews if held && self.prefs.focus == Focus::List => self.joined(action, effects),
            Action::Quit => effects.push(Effect::Quit(0)),
            Action::Interrupt => {
                if !self.stop_loading(effects) {
                    effects.push(Effect::Quit(INTERRUPTED));
                }
            }
            Action::Help => self.overlay = Some(Overlay::help()),
            Action::Sort => self.overlay = Some(Overlay::sort(self.list.sort.column)),
            Action::EditFilter => {
                let today = self.today();
                self.visit = None;
                self.show_selected(effects);
                self.before_filter = self.selected_id();
                self.filter.open(today, &self.seen);
            }
            // With two panes the next one is the one before, too.
            Action::NextPane | Action::PreviousPane => self.focus(self.prefs.focus.other(), effects),
            Action::ZoomPane => {
                self.prefs.zoomed = !self.prefs.zoomed;
                effects.push(Effect::Redraw);
                self.resized(effects);
            }
            Action::NarrowList | Action::WidenList => {
                let share = self.prefs.list_share;
                let share = if action == Action::NarrowList { share.saturating_sub(5) } else { share + 5 };
                self.prefs.list_share = share.clamp(25, 75);
                self.resized(effects);
            }
            Action::NextSubmission => self.move_list(1, effects),
            Action::PreviousSubmission => self.move_list(-1, effects),
            Action::LoadAll => self.start_load_all(effects),
            Action::Refresh => self.refresh(effects),
            Action::Watch => self.toggle_watch(effects),
            Action::ShowNews => self.show_news(effects),
            Action::ToggleMask => self.set_mask(self.mask.toggled(), effects),
            Action::Unmask if self.mask == Mask::All => self.overlay = Some(Overlay::unmask()),
            Action::Unmask => self.set_mask(Mask::None, effects),
            Action::NextZone => {
                self.zone = self.zone.next();
                let zone = self.zone.label();
                self.tell(Safe::concat(&[Safe::word("times in "), zone]), false, effects);
            }
            Action::Back => self.back(effects),
            Action::Open if self.prefs.focus == Focus::List => {
                if self.detail.subject().is_some() {
                    self.focus(Focus::Detail, effects);
                }
            }
            Action::Reveal => self.reveal(effects),
            Action::Copy => self.open_copy(effects),
            Action::NextTab => self.open_tab(self.detail.tab().stepped(1), effects),
            Action::Tab(number) => Tab::numbered(number).into_iter().for_each(|tab| self.open_tab(tab, effects)),
            Action::PreviousTab => self.open_tab(self.detail.tab().stepped(-1), effects),
            Action::JumpBack => self.detail_action(action, effects),
            _ => {
                if self.prefs.focus == Focus::List {
                    self.list_action(action, effects);
                } else {
                    self.detail_action(action, effects);
                }
            }
        }
    }

    /// The key of an action is held down: it asked once, and what is under way goes on.
    fn joined(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let is_loading = match &self.listing {
            Remote::Ready(listing) => listing.more.is_loading(),
            listing => listing.is_loading(),
        };
        if !is_loading {
            let chord = self.setting.keymap.first_chord(action).map(|chord| chord.to_string()).unwrap_or_default();
            self.tell(Safe::of(&format!("{chord} is held down: it acts once")), false, effects);
        }
    }

    fn open_tab(&mut self, tab: Tab, effects: &mut Vec<Effect>) {
        self.detail.open_tab(tab);
        if self.regions().is_some_and(|regions| regions.detail.is_none()) {
            self.focus(Focus::Detail, effects);
        }
    }

    fn set_mask(&mut self, mask: Mask, effects: &mut Vec<Effect>) {
        self.mask = mask;
        // A text to search for is looked for in what may be seen.
        if self.filter.narrowing().unsearched(Mask::All).is_some() {
            self.arrange();
            self.show_selected(effects);
        }
        // Whoever hides more wants it hidden now.
        self.detail.hide_all();
        if mask == Mask::None {
            effects.push(Effect::Record(Deed::Unmask, None));
        }
        let text = Safe::concat(&[Safe::word("masked: "), Safe::word(mask.label())]);
        self.tell(text, mask == Mask::None, effects);
    }

    /// One step back: a load of everything is stopped, the list gets the focus, the zoom ends, a request is stopped.
    fn back(&mut self, effects: &mut Vec<Effect>) {
        // What counts down says that this ends it.
        if self.give_up_waiting(effects) || self.load_all.is_some() && self.stop_loading(effects) {
            return;
        }
        if self.prefs.focus == Focus::Detail && self.detail.end_search() {
            // What was looked for is no longer marked.
        } else if self.prefs.focus == Focus::Detail {
            self.focus(Focus::List, effects);
        } else if self.prefs.zoomed {
            self.prefs.zoomed = false;
            self.resized(effects);
        } else {
            self.stop_loading(effects);
        }
    }

    fn focus(&mut self, focus: Focus, effects: &mut Vec<Effect>) {
        let before = self.regions();
        self.prefs.focus = focus;
        if self.regions() != before {
            effects.push(Effect::Redraw);
        }
        self.resized(effects);
    }

    /// The areas changed: cursors stay in their windows, and a detail that came into view is fetched.
    pub(super) fn resized(&mut self, effects: &mut Vec<Effect>) {
        let height = self.list_height();
        self.list.follow(&self.rows, height);
        self.settle_soon(effects);
    }

    fn move_list(&mut self, lines: isize, effects: &mut Vec<Effect>) {
        let height = self.list_height();
        self.visit = None;
        self.list.by(lines, &self.rows, height);
        self.show_selected(effects);
        self.ensure_next(effects);
    }

    fn list_action(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let height = self.list_height();
        match action {
            Action::Left | Action::Right => {}
            // The cursor moves: what was visited is left.
            _ => self.visit = None,
        }
        match action {
            Action::Top => self.list.to(0, &self.rows, height),
            Action::Bottom => self.list.to(usize::MAX, &self.rows, height),
            Action::Left => self.list.scroll_sideways(-1),
            Action::Right => self.list.scroll_sideways(1),
            _ => {
                if let Some(lines) = action.lines(height) {
                    self.list.by(lines, &self.rows, height);
                }
            }
        }
        self.show_selected(effects);
        self.ensure_next(effects);
    }

    fn detail_action(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let height = usize::from(self.detail_size().height);
        let outcome = self.detail.update(action, self.mask, height);
        self.follow(outcome, effects);
    }

    /// What an order came to, where it concerns more than the detail.
    fn follow(&mut self, outcome: Outcome, effects: &mut Vec<Effect>) {
        match outcome {
            Outcome::Done => {}
            Outcome::Told(text) => self.tell(text, false, effects),
            Outcome::Visit(id) => self.visit(&id, effects),
        }
    }
}

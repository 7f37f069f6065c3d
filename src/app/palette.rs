//! The command palette: its entries, which are the actions and settings that are possible now, and what an entry does
//! when the user chooses it.

use super::{Effect, Focus, Model};
use crate::keys::{Action, Binding, Context};
use crate::overlays::{HelpPlace, Overlay, PaletteCommand, PaletteEntry};
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::Theme;

impl Model {
    /// Updates the entries of the command palette (the list in which the user finds an action by typing), if it is
    /// open.
    pub(super) fn update_palette(&mut self) {
        let Some(Overlay::Palette(_)) = &self.overlay else { return };
        let entries = self.palette_entries();
        if let Some(Overlay::Palette(menu)) = &mut self.overlay {
            menu.find(entries);
        }
    }

    /// Returns all entries of the command palette, the list in which the user finds an action by typing. The possible
    /// actions come first, in the order of the footer; then follow the saved views and the settings, such as the mask
    /// level and the theme.
    fn palette_entries(&self) -> Vec<PaletteEntry> {
        let mut entries: Vec<PaletteEntry> = self.possible_here().into_iter().map(|found| self.entry(found)).collect();
        entries.extend(self.view_entries());
        entries.extend(self.mask_entries());
        entries.extend(self.zone_entries());
        entries.extend(self.theme_entries());
        entries
    }

    /// Returns the key bindings of the actions that are possible in the pane with the focus, one for each action. They
    /// have the order of the footer, and those that move the cursor come last. Two actions are left out: opening the
    /// palette, and interrupting the program as ctrl-c does.
    fn possible_here(&self) -> Vec<&Binding> {
        let (contexts, tab) = (self.pane_contexts(), self.detail.tab().number());
        let mut bindings: Vec<&Binding> = Vec::new();
        for binding in self.config.keymap.bindings().iter().filter(|binding| binding.is_valid(contexts, tab)) {
            let is_known = bindings.iter().any(|known| known.action == binding.action);
            let is_shown = !matches!(binding.action, Action::Palette | Action::Interrupt);
            if is_shown && !is_known && self.is_possible_in_pane(binding.action) {
                bindings.push(binding);
            }
        }
        // Moving by the palette is possible, but no one looks for it there.
        let moves = |action: Action| action.step(1).is_some() || matches!(action, Action::Left | Action::Right);
        bindings.sort_by_key(|binding| (moves(binding.action), binding.footer.is_none(), binding.footer));
        bindings
    }

    fn entry(&self, binding: &Binding) -> PaletteEntry {
        let state = match binding.action {
            Action::Watch => Some(self.is_watching()),
            Action::ToggleMouse => Some(self.prefs.mouse),
            Action::ZoomPane => Some(self.prefs.zoomed),
            _ => None,
        };
        let state = state.map_or("", |is_on| if is_on { " (now on)" } else { " (now off)" });
        let chords = self.config.keymap.chords_in(self.pane_contexts(), binding.action);
        let words = match binding.action {
            Action::NextZone => self.next_zone_words(),
            _ => binding.help.clone(),
        };
        PaletteEntry {
            command: PaletteCommand::Act(binding.action),
            words: Safe::sanitize(&words),
            state: Safe::from_static(state),
            name: format!("{}{state}", binding.action.to_string().replace('_', " ")),
            keys: Safe::sanitize(&chords),
        }
    }

    /// Returns the palette entries that open a saved view. Names that the user chose are masked as in the menu of
    /// views.
    fn view_entries(&self) -> impl Iterator<Item = PaletteEntry> {
        let views = self.config.views.all.all().into_iter().map(|(view, _)| view);
        views.map(|view| {
            let words = Safe::concat(&[Safe::from_static("Open the saved view: "), view.shown_name(self.mask)]);
            setting(PaletteCommand::OpenView(view.name), words)
        })
    }

    fn mask_entries(&self) -> impl Iterator<Item = PaletteEntry> {
        let levels = [
            (Mask::Ids, "Mask: hide ID numbers only"),
            (Mask::All, "Mask: hide all identity data"),
            (Mask::None, "Mask: hide nothing, show everything"),
        ];
        let others = levels.into_iter().filter(|(mask, _)| *mask != self.mask);
        others.map(|(mask, words)| setting(PaletteCommand::SetMask(mask), Safe::from_static(words)))
    }

    /// Returns the words of the action that switches to the next time zone. They name both zones, or say that the
    /// switch changes no time, since the computer's zone is UTC too.
    fn next_zone_words(&self) -> String {
        let next = self.zone.next();
        let labels = [self.zone.label(), next.label()];
        let has = |is: fn(&str) -> bool| labels.iter().any(|label| is(label.as_str()));
        if has(|label| label == "UTC") && has(is_local) && self.zone.shows_same_times(&next) {
            return "Switch the time zone (no effect: local is UTC)".to_owned();
        }
        let [shown, next] = labels;
        format!("Switch the time zone: {} → {}", shown.as_str(), next.as_str())
    }

    /// Returns the palette entries that choose a time zone. There is no entry for a zone that [`Zone::shows_same_times`]
    /// recognises as the shown one. If the computer's zone is UTC too, one entry names both.
    fn zone_entries(&self) -> impl Iterator<Item = PaletteEntry> {
        let zones = std::iter::successors(Some(self.zone.next()), |zone| Some(zone.next()));
        let zones = zones.take_while(|zone| *zone != self.zone).filter(|zone| !zone.shows_same_times(&self.zone));
        let zones: Vec<Zone> = zones.collect();
        let local = zones.iter().find(|zone| is_local(zone.label().as_str())).cloned();
        let utc = zones.iter().find(|zone| zone.label().as_str() == "UTC").cloned();
        let is_once = utc.zip(local).is_some_and(|(utc, local)| utc.shows_same_times(&local));
        zones.into_iter().filter_map(move |zone| {
            let label = zone.label();
            let is_local = is_local(label.as_str());
            let is_both = is_once && label.as_str() == "UTC";
            let more = if is_both { " (this computer's too)" } else { "" };
            let words = Safe::concat(&[zone_words(&zone), Safe::from_static(more)]);
            // People look for the entry by the word of the headings, too.
            let name = if is_local || is_both { "local time zone" } else { "" }.to_owned();
            let entry = PaletteEntry { name, ..setting(PaletteCommand::SetZone(zone), words) };
            (!is_local || !is_once).then_some(entry)
        })
    }

    /// Returns the palette entries that change the theme: one for every named theme except the one in use. The theme of
    /// the user's configuration may have no name; it has an entry while another theme is in use.
    fn theme_entries(&self) -> impl Iterator<Item = PaletteEntry> {
        let is_other = |name: &&str| Theme::named(name).is_some_and(|theme| theme != self.config.theme.shown);
        let is_own = Theme::names().all(|name| Theme::named(name).as_ref() != Some(&self.config.theme.configured));
        let own = (is_own && self.config.theme.shown != self.config.theme.configured)
            .then(|| setting(PaletteCommand::RestoreTheme, Safe::from_static("Theme: yours, from the configuration")));
        Theme::names()
            .filter(is_other)
            .map(|name| setting(PaletteCommand::SetTheme(name), Safe::sanitize(&format!("Theme: {name}"))))
            .chain(own)
    }

    fn set_theme(&mut self, theme: Theme) {
        self.config.theme.shown = theme;
        self.outbox.push(Effect::Redraw);
    }

    /// Runs the command of the palette entry that the user chose.
    pub(super) fn run_command(&mut self, command: PaletteCommand) {
        match command {
            PaletteCommand::Act(action) => self.perform(action, None),
            // It asks first, as the key does.
            PaletteCommand::SetMask(Mask::None) => self.perform(Action::Unmask, None),
            PaletteCommand::SetMask(mask) => self.set_mask(mask),
            PaletteCommand::SetZone(zone) => self.set_zone(zone),
            PaletteCommand::OpenView(name) => self.open_view(&name),
            PaletteCommand::SetTheme(name) => Theme::named(name).into_iter().for_each(|theme| self.set_theme(theme)),
            PaletteCommand::RestoreTheme => self.set_theme(self.config.theme.configured.clone()),
        }
    }
}

impl Model {
    /// Returns the part of the screen whose keys the help page lists first: the open overlay, or else the pane with the
    /// focus and its tab.
    pub(super) fn help_place(&self) -> HelpPlace {
        if self.pictures_view().is_some() {
            return HelpPlace { pane: Context::Pictures, tab: None };
        }
        if self.overlay.is_some() {
            return HelpPlace { pane: Context::Overlay, tab: None };
        }
        let tab = self.detail.tab();
        let focus = self.prefs.focus;
        HelpPlace { pane: focus.context(), tab: (focus == Focus::Detail).then(|| (tab.number(), tab.label())) }
    }
}

/// Returns whether a label of a time zone names the zone of the computer.
fn is_local(label: &str) -> bool {
    label == "local" || label.starts_with("local ")
}

/// Returns the words for times in the time zone `zone`, such as `Time zone: this computer's (Asia/Seoul)`.
pub(super) fn zone_words(zone: &Zone) -> Safe {
    let label = zone.label();
    let label = label.as_str();
    let words = match label.strip_prefix("local ") {
        Some(name) => format!("Time zone: this computer's ({name})"),
        None if is_local(label) => "Time zone: this computer's".to_owned(),
        None => format!("Time zone: {label}"),
    };
    Safe::sanitize(&words)
}

/// Returns a palette entry without a key, for a saved view or a value of a setting, such as a theme. `command` is run
/// when the user chooses the entry, and `words` is its text.
fn setting(command: PaletteCommand, words: Safe) -> PaletteEntry {
    PaletteEntry { command, words, state: Safe::default(), name: String::new(), keys: Safe::default() }
}

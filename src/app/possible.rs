//! The actions that are possible now, which means that they would change something. Footer and palette show only these.

use super::{Focus, Model, Regions};
use crate::keys::{Action, Chord};
use crate::overlays::Overlay;
use crate::panes::detail::Tab;
use crate::query::lacking;
use crate::text::Mask;

impl Model {
    /// Returns whether the action has an effect in the overlay, text field or pane that receives the keys now. The
    /// action must have a key there.
    pub(super) fn is_possible(&self, action: Action) -> bool {
        if let Some(overlay) = &self.overlay {
            return match overlay {
                Overlay::Pictures(view) => self.is_possible_in_pictures(view, action),
                Overlay::Views(menu) if action == Action::DeleteView => {
                    menu.chosen().is_some_and(|name| self.config.views.all.saved(name).is_some())
                }
                overlay => overlay.is_possible(action),
            };
        }
        if let Some(editor) = self.filter.editor() {
            return match action {
                Action::Complete | Action::CompletePrevious => !editor.menu().completions.candidates.is_empty(),
                Action::ApplyFilter => self.filter.displayed().problems().is_empty(),
                _ => true,
            };
        }
        self.detail.search_field().is_some() || self.is_possible_in_pane(action)
    }

    /// Returns the first key of the action; `None` if this key does not start the action in the overlay, text field or
    /// pane that receives the keys now.
    pub(super) fn key_here(&self, action: Action) -> Option<Chord> {
        let keymap = &self.config.keymap;
        keymap.first_chord(action).filter(|chord| keymap.resolve(self.contexts(), *chord) == Some(action))
    }

    /// Returns whether each tab has its number as its key, and these keys show the tabs now.
    pub(super) fn are_digits_tab_keys(&self) -> bool {
        Tab::ALL.iter().map(|tab| tab.number()).all(|number| {
            self.key_here(Action::Tab(number)).is_some_and(|chord| chord.to_string() == number.to_string())
        })
    }

    /// Returns a clause with the key of an action and its effect, such as `n shows them`. `does` is the text after the
    /// key. Returns `None` if the key does not start the action now.
    pub(super) fn clause_here(&self, action: Action, does: &str) -> Option<String> {
        self.key_here(action).map(|chord| format!("{chord} {does}"))
    }

    /// Returns the clause of [`Self::clause_here`] as the end of a sentence, such as ` · n shows them`. Returns an
    /// empty text if the key does not start the action now.
    pub(super) fn remark_here(&self, action: Action, does: &str) -> String {
        self.clause_here(action, does).map(|clause| format!(" · {clause}")).unwrap_or_default()
    }

    /// Returns the clause of [`Self::clause_here`] for the key "back" as a key of the panes. Returns `None` while an
    /// overlay is open, since the key then closes the overlay.
    pub(super) fn back_clause(&self, does: &str) -> Option<String> {
        self.clause_here(Action::Back, does).filter(|_| self.overlay.is_none())
    }

    /// Returns whether the action has an effect now in the pane with the focus, or on the whole screen. An open overlay
    /// or text field does not change the result.
    pub(super) fn is_possible_in_pane(&self, action: Action) -> bool {
        match action {
            // The copy menu always has the command line of the list.
            Action::EditFilter | Action::Help | Action::Palette | Action::Quit | Action::Copy => true,
            Action::LoadAll | Action::FetchMissing | Action::Refresh | Action::Watch if self.is_offline() => false,
            Action::LoadAll => self.can_load_all(),
            Action::FetchMissing => self.can_fetch_missing(),
            Action::Refresh => !self.listing.is_loading(),
            Action::ShowNews => self.listing.value().is_some_and(|listing| !listing.store.changes().is_empty()),
            Action::Unmask => self.mask != Mask::None,
            Action::ZoomPane | Action::NarrowList | Action::WidenList => self.changes_layout(action),
            Action::NextTab | Action::PreviousTab => self.detail.subject().is_some(),
            Action::Tab(number) => self.detail.tab().number() != number || !self.detail_is_visible(),
            Action::NextSubmission => self.list.scroll().at() + 1 < self.rows.rows().len(),
            Action::PreviousSubmission => self.list.scroll().at() > 0 && !self.rows.rows().is_empty(),
            Action::Sort | Action::Mark | Action::Statistics => !self.rows.rows().is_empty(),
            Action::Compare => self.can_compare(),
            Action::Pictures => self.can_open_pictures(),
            Action::UnmarkAll => self.selection.marks.len() > 0,
            Action::ClearFilter => !self.filter.applied().text().trim().is_empty(),
            Action::Export => self.outgoing.export.is_none(),
            Action::Back => self.can_go_back(),
            Action::JumpBack => self.detail.is_possible(action, self.mask),
            _ if self.prefs.focus == Focus::Detail => self.detail.is_possible(action, self.mask),
            Action::Open => self.detail.subject().is_some(),
            Action::Left => self.scrolls_sideways(-1),
            Action::Right => self.scrolls_sideways(1),
            _ if action.step(1).is_some() => self.rows.rows().len() > 1,
            _ => true,
        }
    }

    /// Returns whether further pages follow the loaded ones, and the key for loading all pages can load them.
    pub(super) fn may_load_all(&self) -> bool {
        self.listing.current().is_some_and(|listing| listing.walk.may_go_on())
    }

    fn can_load_all(&self) -> bool {
        match self.listing.current() {
            Some(listing) => self.listing.load_until().is_none() && listing.walk.may_go_on(),
            None => self.listing.is_loading() && self.listing.load_until().is_none(),
        }
    }

    /// Returns whether the key `D` can fetch a value that loaded rows lack. It fetches values that the filter tests,
    /// and values of the visible cells of the list.
    fn can_fetch_missing(&self) -> bool {
        let Some(listing) = self.listing.current().filter(|_| !self.fetch.is_running()) else { return false };
        if listing.params.request_type.is_some() {
            return false;
        }
        let columns = self.list_columns();
        let lacks = |index: &u32| {
            let row = listing.store.row(*index);
            columns.iter().any(|column| !lacking(&row, *column).is_empty())
        };
        let visible = self.list.scroll().window(self.rows.rows().len(), self.list_height());
        self.fetch_offer().is_some() || self.rows.rows().get(visible).is_some_and(|rows| rows.iter().any(lacks))
    }

    /// Returns whether `action`, such as zooming a pane, would change the areas of the screen now. Only actions about
    /// the layout may be passed.
    fn changes_layout(&self, action: Action) -> bool {
        let mut prefs = self.prefs;
        match action {
            Action::ZoomPane => prefs.zoomed = !prefs.zoomed,
            _ => prefs.step_share(action == Action::WidenList),
        }
        Regions::of(self.size, prefs) != Regions::of(self.size, self.prefs)
    }

    /// Returns whether the action [`Action::Back`] has an effect now. The action can stop the loading or an export, end
    /// the guided tour, or leave the detail pane or an enlarged pane.
    fn can_go_back(&self) -> bool {
        let waits = self.listing.retry().is_some() || self.detail.full_record_request().retry().is_some();
        let focused = self.prefs.focus == Focus::Detail || self.prefs.zoomed || self.prefs.tour.is_some();
        waits || focused || self.can_stop_export() || self.fetch.is_running() || self.listing.is_loading()
    }

    fn scrolls_sideways(&self, steps: isize) -> bool {
        let can = |width| self.list.can_scroll_sideways(steps, width, &self.zone, self.shows_aml());
        self.list_width().is_some_and(can)
    }
}

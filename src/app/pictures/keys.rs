//! The keys in the overlay with the pictures: the effect of each key, and the reason why a key has no effect now.

use super::super::Model;
use crate::keys::Action;
use crate::kit::Remote;
use crate::overlays::{NO_PICTURES, Overlay, PicturePane, PicturesView};
use crate::picture::PictureView;
use crate::submission::PictureKind;
use crate::text::{Mask, Safe};

/// The notice for the key that fetches, if the service does not have the picture or the picture cannot be shown.
const NO_RETRY: &str = "Fetching this picture again would not help";

impl Model {
    /// Performs an action in the overlay with the pictures. If the action has no effect now, shows a notice that says
    /// why. `is_held` says whether the user holds down the key.
    pub(in crate::app) fn pictures_action(&mut self, action: Action, is_held: bool) {
        if let Some(why) = self.pictures_view().and_then(|view| self.pictures_refusal(view, action)) {
            return self.notify(why, false);
        }
        match action {
            Action::Back | Action::Interrupt => self.overlay = None,
            Action::Help => self.overlay = Some(Overlay::help_over(self.help_place(), self.overlay.take())),
            Action::NextTab | Action::PreviousTab => {
                let forward = action == Action::NextTab;
                self.pictures_view_mut().into_iter().for_each(|view| view.step(forward));
                self.turn_picture_page();
            }
            Action::PairPictures => {
                self.pictures_view_mut().into_iter().for_each(PicturesView::toggle_pair);
                self.turn_picture_page();
            }
            Action::Pictures if !is_held => self.ask_pictures(true),
            Action::Reveal if !is_held => self.reveal_pictures(),
            Action::Unmask if self.mask == Mask::All => self.overlay = Some(Overlay::unmask()),
            Action::Unmask => self.set_mask(Mask::None),
            _ => self.move_picture(action),
        }
    }

    /// Zooms, moves or turns the active picture. If only cut-outs of it are shown, scrolls these.
    pub(in crate::app) fn move_picture(&mut self, action: Action) {
        let Some(pane) = self.pictures_view().and_then(|view| self.active_pane(view)) else { return };
        if self.first_places(pane).is_some() {
            match action {
                Action::Up => self.pictures_view_mut().into_iter().for_each(|view| view.step_place(false)),
                Action::Down => self.pictures_view_mut().into_iter().for_each(|view| view.step_place(true)),
                _ => {}
            }
        } else if let Some(changed) = self.pictures_view().and_then(|view| self.changed_view(view, action)) {
            self.pictures_view_mut().into_iter().for_each(|view| view.set_view(changed));
        }
    }

    /// Returns the area of the screen in which the overlay shows the active picture; `None` if it shows no picture.
    fn active_pane(&self, view: &PicturesView) -> Option<PicturePane> {
        view.panes(self.size).into_iter().find(|pane| pane.kind == view.active())
    }

    /// Returns the zoom, position and turn of the active picture after `action`. Returns `None` if the action changes
    /// none of these, or if the picture is not shown as a whole.
    fn changed_view(&self, view: &PicturesView, action: Action) -> Option<PictureView> {
        let own = view.view_of(view.active());
        let area = self.active_pane(view)?.area;
        let (picture, drawing) = (self.whole_picture(view.active())?, self.config.drawing.as_ref().ok()?);
        let moved = |right, down| own.moved(picture, area.as_size(), drawing.cell, right, down);
        Some(match action {
            Action::Closer => own.zoomed_in(),
            Action::Wider => own.zoomed_out(),
            Action::RotatePicture => own.turned(),
            Action::Left => moved(-1, 0),
            Action::Right => moved(1, 0),
            Action::Up => moved(0, -1),
            Action::Down => moved(0, 1),
            _ => return None,
        })
    }

    /// Returns whether at least one of the two actions changes which part of the active picture is visible.
    fn moves_with(&self, view: &PicturesView, actions: [Action; 2]) -> bool {
        let part = |own: PictureView| {
            let (picture, area) = (self.whole_picture(view.active())?, self.active_pane(view)?.area);
            Some(own.part(picture, area.as_size(), self.config.drawing.as_ref().ok()?.cell))
        };
        let now = part(view.view_of(view.active()));
        actions.into_iter().any(|action| self.changed_view(view, action).and_then(part) != now)
    }

    /// Returns whether the action has an effect now in the overlay `view` with the pictures.
    pub(in crate::app) fn is_possible_in_pictures(&self, view: &PicturesView, action: Action) -> bool {
        let is_all_shown = || view.shown().iter().all(|kind| self.shows_whole(*kind));
        let is_reveal_done = action == Action::Reveal && is_all_shown();
        let is_unmask_done = action == Action::Unmask && self.mask == Mask::None;
        !is_reveal_done && !is_unmask_done && self.pictures_refusal(view, action).is_none()
    }

    /// Returns the sentence that says why the action has no effect in the overlay with the pictures; `None` if it has
    /// an effect.
    fn pictures_refusal(&self, view: &PicturesView, action: Action) -> Option<Safe> {
        let (is_none, names_one) = (view.shown().is_empty(), view.named().kinds().len() == 1);
        match action {
            Action::Closer | Action::Wider => self.view_refusal(view, action, "zoom"),
            Action::RotatePicture => self.view_refusal(view, action, "turn"),
            Action::Left | Action::Right | Action::Up | Action::Down => self.view_refusal(view, action, "move"),
            Action::Pictures | Action::Reveal | Action::NextTab | Action::PreviousTab if is_none => Some(NO_PICTURES),
            Action::Pictures => self.fetch_refusal(view),
            Action::Reveal if self.mask == Mask::None => Some(Safe::from_static("Nothing is masked")),
            Action::Reveal if self.mask == Mask::All => Some(Safe::from_static("At mask all no picture is shown")),
            Action::Reveal if view.shown().iter().all(|kind| !self.can_be_shown(*kind)) => {
                Some(Safe::from_static(NO_RETRY))
            }
            Action::NextTab | Action::PreviousTab if names_one => {
                Some(Safe::from_static("The record names no other picture"))
            }
            Action::PairPictures if !view.has_pair() => {
                Some(Safe::from_static("The record does not name both ID front and Selfie"))
            }
            _ => None,
        }
    }

    /// Returns the sentence that says why `action` does not zoom, move or turn the active picture now; `None` if it
    /// does. `verb` names the action in the sentence, such as `zoom`.
    fn view_refusal(&self, view: &PicturesView, action: Action, verb: &str) -> Option<Safe> {
        let Some(pane) = self.active_pane(view) else { return Some(NO_PICTURES) };
        let (keymap, own) = (&self.config.keymap, view.view_of(pane.kind));
        let is_upright = matches!(action, Action::Up | Action::Down);
        let scrolls = self.first_places(pane).map(|count| is_upright && count > 1);
        let say = |sentence: String| Some(Safe::sanitize(&sentence));
        match (scrolls, action) {
            (Some(true), _) => None,
            (Some(false), _) if is_upright => say("All places of shown fields are on the screen".to_owned()),
            (Some(false), _) => {
                let reveals = keymap.key_remark(Action::Reveal, "shows the whole picture");
                say(format!("Only places are shown: nothing to {verb}{reveals}"))
            }
            _ if self.whole_picture(pane.kind).is_none() => {
                say(format!("{} is not shown: nothing to {verb}", pane.kind.label()))
            }
            (None, Action::Closer) if own.zoomed_in() == own => say("This is the closest zoom".to_owned()),
            (None, Action::Wider) if own.zoomed_out() == own => say("The whole picture is shown".to_owned()),
            (None, Action::Left | Action::Right) if !self.moves_with(view, [Action::Left, Action::Right]) => {
                say(format!("The whole width is shown{}", keymap.key_remark(Action::Closer, "zooms in")))
            }
            (None, Action::Up | Action::Down) if !self.moves_with(view, [Action::Up, Action::Down]) => {
                say(format!("The whole height is shown{}", keymap.key_remark(Action::Closer, "zooms in")))
            }
            (None, _) => None,
        }
    }

    /// Returns whether the picture of this kind can be shown: false if its request failed and a retry would not help.
    fn can_be_shown(&self, kind: PictureKind) -> bool {
        self.selection.pictures.of(kind).failure().is_none_or(|failure| failure.kind.retry_may_help())
    }

    /// Returns the sentence that says why the key for pictures would fetch nothing now; `None` if it would fetch a
    /// picture. Each shown picture may be fetched already, on its way, or forbidden by the mask level.
    fn fetch_refusal(&self, view: &PicturesView) -> Option<Safe> {
        let pictures = &self.selection.pictures;
        let is_fetched = |kind: &PictureKind| match pictures.of(*kind) {
            Remote::Loading { .. } | Remote::Ready(_) => false,
            Remote::Failed { failure, .. } => self.may_hold(*kind) && failure.kind.retry_may_help(),
            Remote::Idle | Remote::NotFound => self.may_hold(*kind),
        };
        if view.shown().iter().any(is_fetched) {
            return None;
        }
        let label = view.active().label();
        let sentence = match pictures.of(view.active()) {
            Remote::Loading { .. } => format!("{label} is being fetched"),
            Remote::Ready(_) => format!("{label} is fetched already"),
            Remote::Failed { failure, .. } if !failure.kind.retry_may_help() => NO_RETRY.to_owned(),
            _ if self.mask == Mask::All => {
                let changes = self.config.keymap.key_remark(Action::ToggleMask, "changes the mask");
                format!("At mask all no picture is fetched{changes}")
            }
            _ => {
                let reveals = self.config.keymap.key_remark(Action::Reveal, "shows it for ten seconds");
                format!("The mask hides {label}{reveals}")
            }
        };
        Some(Safe::sanitize(&sentence))
    }
}

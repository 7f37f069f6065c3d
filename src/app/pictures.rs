//! The pictures of the shown submission: when they are fetched, what of them a mask level shows, and when they are
//! wiped.
//!
//! Only a key of the user fetches a picture. The decoded pictures are dropped, and with that overwritten, as soon as the
//! shown submission changes, the mask level forbids them, the screen is blanked or suspended, or the overlay is closed.
//! Only the front of the document is kept after that, for the OCR tab, and only if the record has places in it.

mod content;
mod place;

use content::upright_turn;

use std::sync::Arc;

use super::detail::REVEAL;
use super::{Effect, Model, Slot};
use crate::access::AccessAction;
use crate::failure::{Failure, FailureKind};
use crate::keys::Action;
use crate::kit::{Remote, RetryWait, Ticket};
use crate::overlays::{Overlay, PicturesView};
use crate::panes::detail::Tab;
use crate::picture::{Picture, PictureFault, PlacedPicture};
use crate::submission::ocr_places::OcrPlaces;
use crate::submission::{Document, NamedPictures, PictureKind};
use crate::text::{Mask, Safe};

/// Result of the request for a picture: the decoded picture, why it cannot be decoded, or why it was not fetched.
pub type PictureResult = Result<Result<Arc<Picture>, PictureFault>, Failure>;

/// The fetched pictures of one submission.
#[derive(Default)]
pub(super) struct SubmissionPictures {
    /// The id of the submission.
    id: Option<Box<str>>,
    each: [Remote<Arc<Picture>>; 4],
    /// Kinds of the pictures that the user reveals. They are shown as soon as none of them is being fetched.
    revealing: Vec<PictureKind>,
    /// Whether the user asked for pictures before the full record came, which says what of them the mask level shows.
    is_early: bool,
    /// Kinds of the pictures that are shown although the mask level hides them.
    revealed: Vec<PictureKind>,
    /// The pictures of the current frame.
    placed: Vec<PlacedPicture>,
}

impl SubmissionPictures {
    /// Returns the picture of this kind, or the state of the request for it.
    pub(super) fn of(&self, kind: PictureKind) -> &Remote<Arc<Picture>> {
        const IDLE: &Remote<Arc<Picture>> = &Remote::Idle;
        self.each.get(kind.index()).unwrap_or(IDLE)
    }

    /// Records that the request `ticket` for a picture failed and will be repeated after `wait`. Returns whether a
    /// picture still waits for this request.
    pub(super) fn wait(&mut self, ticket: Ticket, wait: &RetryWait) -> bool {
        self.each.iter_mut().any(|each| each.wait(ticket, wait.clone()))
    }

    /// Returns when each request for a picture that failed is repeated.
    pub(super) fn retries(&self) -> impl Iterator<Item = &RetryWait> {
        self.each.iter().filter_map(Remote::retry)
    }

    /// Returns the pictures of the current frame, each at its place.
    pub(super) fn placed(&self) -> &[PlacedPicture] {
        &self.placed
    }
}

/// Returns the slot in which the request for a picture of this kind runs. A new request in a slot aborts the earlier
/// one.
fn slot(kind: PictureKind) -> Slot {
    Slot::Picture(kind)
}

impl Model {
    /// Opens the overlay with the pictures of the shown submission, and fetches the first one. In the Attempts tab, the
    /// front of the document and the selfie are shown side by side. A sentence says why nothing can be shown.
    pub(super) fn open_pictures(&mut self) {
        let toggle = || self.config.keymap.key_remark(Action::ToggleMask, "changes the mask");
        let sentence = if self.is_offline() {
            Safe::from_static("Pictures are not in a file, and offline nothing is fetched")
        } else if !self.config.pictures {
            Safe::from_static("Pictures are off: the setting pictures is \"off\"")
        } else if self.shown_id().is_none() {
            Safe::from_static("No submission is shown whose pictures could be fetched")
        } else if self.mask == Mask::All {
            Safe::sanitize(&format!("At mask all no picture is fetched or shown{}", toggle()))
        } else if let Err(lack) = &self.config.drawing {
            Safe::sanitize(&lack.to_string())
        } else {
            let is_pair = self.detail.tab() == Tab::Attempts && self.detail_is_visible();
            self.overlay = Some(Overlay::Pictures(Box::new(PicturesView::new(self.named_pictures(), is_pair))));
            // From now on a change of the shown submission closes the overlay, also if nothing was fetched.
            self.selection.pictures.id = self.shown_id();
            return self.ask_pictures(false);
        };
        self.notify(sentence, true);
    }

    /// Returns whether the key for pictures shows pictures, and does not only say why it shows none.
    pub(super) fn can_open_pictures(&self) -> bool {
        let is_allowed = self.config.pictures && self.config.drawing.is_ok() && self.mask != Mask::All;
        is_allowed && !self.is_offline() && self.shown_id().is_some()
    }

    /// Returns which pictures of the shown submission exist, according to its record; [`NamedPictures::Untold`] while
    /// no record is parsed.
    fn named_pictures(&self) -> NamedPictures {
        self.detail.document().map_or(NamedPictures::Untold, NamedPictures::of)
    }

    /// Returns the pictures if they are open, also below the help page.
    pub(super) fn pictures_view(&self) -> Option<&PicturesView> {
        self.overlay.as_ref().and_then(Overlay::pictures)
    }

    fn pictures_view_mut(&mut self) -> Option<&mut PicturesView> {
        self.overlay.as_mut().and_then(Overlay::pictures_mut)
    }

    /// Performs an action while the pictures are shown. `is_held` says whether its key is held down.
    pub(super) fn pictures_action(&mut self, action: Action, is_held: bool) {
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

    /// Finishes a change from one picture of the overlay to another: hides the pictures that the user had revealed, and
    /// fetches those that are shown now.
    fn turn_picture_page(&mut self) {
        self.hide_pictures();
        self.ask_pictures(false);
    }

    fn move_picture(&mut self, action: Action) {
        let Some(view) = self.pictures_view() else { return };
        let (kind, own) = (view.active(), view.view_of(view.active()));
        let area = view.panes(self.size).into_iter().find(|pane| pane.kind == kind).map(|pane| pane.area);
        let (Some(area), Some(picture), Ok(drawing)) = (area, self.whole_picture(kind), &self.config.drawing) else {
            return;
        };
        let moved = |right, down| own.moved(picture, area.as_size(), drawing.cell, right, down);
        let changed = match action {
            Action::Closer => own.zoomed_in(),
            Action::Wider => own.zoomed_out(),
            Action::RotatePicture => own.turned(),
            Action::Left => moved(-1, 0),
            Action::Right => moved(1, 0),
            Action::Up => moved(0, -1),
            Action::Down => moved(0, 1),
            _ => return,
        };
        self.pictures_view_mut().into_iter().for_each(|view| view.set_view(changed));
    }

    /// Returns the picture of this kind if it is fetched and may be shown as a whole.
    fn whole_picture(&self, kind: PictureKind) -> Option<&Arc<Picture>> {
        self.selection.pictures.of(kind).value().filter(|_| self.shows_whole(kind))
    }

    /// Returns whether the mask level allows to show the whole picture of this kind.
    fn shows_whole(&self, kind: PictureKind) -> bool {
        match self.mask {
            Mask::None => true,
            Mask::Ids => self.selection.pictures.revealed.contains(&kind),
            Mask::All => false,
        }
    }

    /// Returns whether the mask level allows the program to have the picture of this kind in memory: if the picture is
    /// not masked, if the user reveals it, or if it is the front and a text that can be cut out of it is not masked.
    fn may_hold(&self, kind: PictureKind) -> bool {
        match self.mask {
            Mask::None => true,
            Mask::Ids => {
                let is_revealed = self.shows_whole(kind) || self.selection.pictures.revealing.contains(&kind);
                is_revealed || kind == PictureKind::Front && self.has_shown_place()
            }
            Mask::All => false,
        }
    }

    /// Returns the places in the front of the shown submission's document at which the OCR read texts.
    fn ocr_places(&self) -> OcrPlaces {
        self.detail.document().map_or_else(OcrPlaces::default, |record| OcrPlaces::of(record, self.mask))
    }

    /// Returns whether the OCR read a text in the front of the document that the mask level does not hide.
    fn has_shown_place(&self) -> bool {
        self.ocr_places().places.iter().any(|place| !place.is_hidden)
    }

    /// Fetches those of the shown pictures that may be fetched and were not fetched. `again` says whether a picture whose
    /// request failed is fetched again.
    fn ask_pictures(&mut self, again: bool) {
        let kinds = self.pictures_view().map(PicturesView::shown).unwrap_or_default();
        let is_forbidden = kinds.iter().any(|kind| !self.may_hold(*kind));
        self.selection.pictures.is_early = self.mask == Mask::Ids && is_forbidden && !self.has_full_record();
        for kind in kinds {
            let is_asked = match self.selection.pictures.of(kind) {
                Remote::Idle | Remote::NotFound => true,
                Remote::Failed { .. } => again,
                Remote::Loading { .. } | Remote::Ready(_) => false,
            };
            if is_asked && self.may_hold(kind) && self.config.drawing.is_ok() {
                self.ask_picture(kind);
            }
        }
    }

    fn has_full_record(&self) -> bool {
        self.detail.document().is_some_and(Document::is_full_record)
    }

    fn ask_picture(&mut self, kind: PictureKind) {
        let Some(id) = self.shown_id().filter(|_| self.config.pictures && !self.is_offline()) else { return };
        let ticket = self.tickets.issue();
        let pictures = &mut self.selection.pictures;
        pictures.id = Some(id.clone());
        if let Some(each) = pictures.each.get_mut(kind.index()) {
            each.start(ticket, ());
            self.outbox.push(Effect::FetchPicture { slot: slot(kind), ticket, id, kind });
        }
    }

    /// Takes the answer to the request for a picture that has the number `ticket`. If this request is no longer
    /// awaited, for example because another submission was chosen, the answer is dropped, and the pixels of its picture
    /// are overwritten in memory.
    pub(super) fn picture_loaded(&mut self, ticket: Ticket, result: PictureResult) {
        let Some(each) = self.selection.pictures.each.iter_mut().find(|each| each.awaits(ticket)) else { return };
        match result {
            Ok(Ok(picture)) => *each = Remote::Ready(picture),
            Ok(Err(fault)) => each.fail(Failure {
                kind: FailureKind::Garbled,
                sentence: Safe::sanitize(&fault.to_string()),
                advice: Safe::from_static("It cannot be shown here."),
            }),
            Err(failure) => each.fail(failure),
        }
        self.reveal_when_complete();
    }

    /// Reveals the shown pictures for ten seconds. Pictures that were not fetched are fetched first.
    fn reveal_pictures(&mut self) {
        if self.mask != Mask::Ids {
            let sentence = match self.mask {
                Mask::All => "At mask all no picture is shown",
                _ => "Nothing is masked",
            };
            return self.notify(Safe::from_static(sentence), false);
        }
        self.selection.pictures.revealing = self.pictures_view().map(PicturesView::shown).unwrap_or_default();
        self.ask_pictures(true);
        self.reveal_when_complete();
    }

    /// Shows the pictures that the user reveals, once none of them is being fetched.
    fn reveal_when_complete(&mut self) {
        let pictures = &mut self.selection.pictures;
        if pictures.revealing.is_empty() || pictures.revealing.iter().any(|kind| pictures.of(*kind).is_loading()) {
            return;
        }
        let revealing = std::mem::take(&mut pictures.revealing);
        if revealing.iter().all(|kind| pictures.of(*kind).value().is_none()) {
            return;
        }
        pictures.revealed = revealing;
        self.detail.hide_revealed();
        self.outbox.push(Effect::Record(AccessAction::Reveal, self.shown_id()));
        self.start_timer(Slot::Reveal, REVEAL);
        let hides = self.config.keymap.key_remark(Action::ToggleMask, "hides it");
        self.notify(Safe::sanitize(&format!("Shown for ten seconds{hides}")), true);
    }

    /// Hides revealed pictures again.
    pub(super) fn hide_pictures(&mut self) {
        self.selection.pictures.revealed.clear();
        self.selection.pictures.revealing.clear();
        self.selection.pictures.is_early = false;
    }

    /// Drops all fetched pictures, which wipes them, and cancels the requests for others.
    pub(super) fn wipe_pictures(&mut self) {
        self.hide_pictures();
        self.selection.pictures.placed.clear();
        for kind in [PictureKind::Front, PictureKind::Back, PictureKind::Selfie, PictureKind::Address] {
            self.drop_picture(kind);
        }
    }

    fn drop_picture(&mut self, kind: PictureKind) {
        let Some(each) = self.selection.pictures.each.get_mut(kind.index()) else { return };
        if std::mem::take(each).is_loading() {
            self.outbox.push(Effect::Cancel(slot(kind)));
        }
    }

    /// Drops the pictures that are not needed or not allowed any more: those of another submission, those that the mask
    /// level forbids, and after the overlay was closed all but the front, which the OCR tab needs.
    pub(super) fn update_pictures(&mut self) {
        if self.selection.pictures.id.is_some() && self.selection.pictures.id != self.shown_id() {
            self.wipe_pictures();
            self.selection.pictures.id = None;
            if self.pictures_view().is_some() {
                self.overlay = None;
            }
        }
        let told = self.pictures_view().map(|_| (self.named_pictures(), upright_turn(&self.ocr_places())));
        if let Some((view, (named, read))) = self.pictures_view_mut().zip(told) {
            view.set_named(named);
            view.set_read_turn(read);
        } else {
            self.hide_pictures();
        }
        // The user asked already.
        if self.selection.pictures.is_early && self.has_full_record() {
            self.ask_pictures(false);
        }
        if self.selection.pictures.each.iter().all(|each| matches!(each, Remote::Idle)) {
            return;
        }
        let is_open = self.pictures_view().is_some();
        for kind in [PictureKind::Front, PictureKind::Back, PictureKind::Selfie, PictureKind::Address] {
            let is_kept = kind == PictureKind::Front
                && self.selection.pictures.of(kind).value().is_some()
                && !self.ocr_places().places.is_empty();
            if !self.may_hold(kind) || !is_open && !is_kept {
                self.drop_picture(kind);
            }
        }
    }

    /// Returns whether the action has an effect while the pictures are shown.
    pub(super) fn is_possible_in_pictures(&self, view: &PicturesView, action: Action) -> bool {
        let pictures = &self.selection.pictures;
        match action {
            Action::Pictures => view.shown().iter().any(|kind| {
                let is_missing = matches!(pictures.of(*kind), Remote::Idle | Remote::Failed { .. });
                is_missing && self.may_hold(*kind)
            }),
            Action::NextTab | Action::PreviousTab => view.named().kinds().len() > 1,
            Action::PairPictures => view.has_pair(),
            Action::Reveal => self.mask == Mask::Ids && !view.shown().iter().all(|kind| self.shows_whole(*kind)),
            Action::Unmask => self.mask != Mask::None,
            Action::Closer | Action::Wider | Action::RotatePicture => self.whole_picture(view.active()).is_some(),
            Action::Left | Action::Right | Action::Up | Action::Down => {
                self.whole_picture(view.active()).is_some() && view.view_of(view.active()).percent() > 100
            }
            _ => true,
        }
    }
}

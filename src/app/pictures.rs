//! The pictures of the shown submission: when they are fetched, which areas of them a mask level shows, and when they
//! are wiped (overwritten in memory).
//!
//! A picture is fetched only when the user presses a key. The decoded pictures are dropped and wiped in each of these
//! cases:
//! - Another submission is shown, or the mask level forbids the pictures.
//! - The screen is blanked, or the program is suspended.
//! - The overlay with the pictures is closed. The front of the document is kept for the OCR tab, if the record says
//!   where the OCR read texts in it.

mod content;
mod cut_outs;
mod keys;
mod place;

use cut_outs::upright_turn;

use std::sync::Arc;

use strum::VariantArray as _;

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

/// Result of the request for a picture. The outer error says why the picture was not fetched. The inner error says why
/// the fetched picture cannot be decoded.
pub type PictureResult = Result<Result<Arc<Picture>, PictureFault>, Failure>;

/// The pictures of one submission, as far as they are fetched.
#[derive(Default)]
pub(super) struct SubmissionPictures {
    /// The id of the submission; `None` before any pictures were requested.
    id: Option<Box<str>>,
    each: [Remote<Arc<Picture>>; 4],
    /// Kinds of the masked pictures that the user asked to reveal. They are revealed together, when none of them is
    /// being fetched any more.
    revealing: Vec<PictureKind>,
    /// Whether the user asked for pictures before the full record arrived. Only the full record says which areas of
    /// them the mask level shows.
    is_early: bool,
    /// Kinds of the pictures that are revealed now: they are shown although the mask level hides them.
    revealed: Vec<PictureKind>,
    /// Kinds of the pictures that the service sent, including those that were wiped since or cannot be shown.
    found: Vec<PictureKind>,
    /// The pictures that the current frame shows, each with its area of the screen.
    placed: Vec<PlacedPicture>,
}

impl SubmissionPictures {
    /// Returns the picture of this kind with the state of the request for it.
    pub(super) fn of(&self, kind: PictureKind) -> &Remote<Arc<Picture>> {
        const IDLE: &Remote<Arc<Picture>> = &Remote::Idle;
        self.each.get(kind.index()).unwrap_or(IDLE)
    }

    /// Records that the request `ticket` for a picture failed and waits for its retry. Returns false if no picture
    /// waits for the request `ticket`.
    pub(super) fn wait(&mut self, ticket: Ticket, wait: &RetryWait) -> bool {
        self.each.iter_mut().any(|each| each.wait(ticket, wait.clone()))
    }

    /// Returns the retry waits (failure and time of the next try) of the picture requests that failed and will be
    /// repeated.
    pub(super) fn retries(&self) -> impl Iterator<Item = &RetryWait> {
        self.each.iter().filter_map(Remote::retry)
    }

    /// Returns the pictures that the current frame shows, each with its area of the screen.
    pub(super) fn placed(&self) -> &[PlacedPicture] {
        &self.placed
    }
}

fn label(kind: PictureKind) -> Safe {
    Safe::from_static(kind.label())
}

/// Returns the failure to show for a picture file that cannot be decoded. `fault` is the reason.
fn unreadable(fault: PictureFault) -> Failure {
    let (kind, advice) = match fault.retry_may_help() {
        true => (FailureKind::Garbled, "It may have been damaged on its way."),
        false => (FailureKind::UnreadablePicture, "It cannot be shown here."),
    };
    Failure { kind, sentence: Safe::sanitize(&fault.to_string()), advice: Safe::from_static(advice) }
}

/// Returns the slot (place for one task) in which the request for a picture of this kind runs. A new request in the
/// slot aborts the earlier one.
fn slot(kind: PictureKind) -> Slot {
    Slot::Picture(kind)
}

impl Model {
    /// Opens the overlay with the pictures of the shown submission, and fetches the first picture. From the Attempts
    /// tab, the overlay shows the front of the document and the selfie side by side. If no picture can be shown, only
    /// shows a notice with the reason.
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

    /// Returns whether the key for pictures would open the overlay with the pictures now. If not, the key only shows a
    /// notice that says why.
    pub(super) fn can_open_pictures(&self) -> bool {
        let is_allowed = self.config.pictures && self.config.drawing.is_ok() && self.mask != Mask::All;
        is_allowed && !self.is_offline() && self.shown_id().is_some()
    }

    /// Returns a sentence that names the key for pictures; `None` if this key cannot show pictures now.
    pub(super) fn pictures_hint(&self) -> Option<Safe> {
        let press = || Safe::sanitize(&self.config.keymap.press_sentence(Action::Pictures, "see the pictures"));
        self.can_open_pictures().then(press)
    }

    /// Returns which pictures the shown submission has according to its record; [`NamedPictures::Untold`] while no
    /// record is parsed.
    fn named_pictures(&self) -> NamedPictures {
        self.detail.document().map_or_else(NamedPictures::default, NamedPictures::of)
    }

    /// Returns those kinds of pictures for which it is unknown whether the submission has one. The record does not name
    /// such a picture, and the service has not answered yet whether it has it.
    fn unknown_pictures(&self, view: &PicturesView) -> Vec<PictureKind> {
        let pictures = &self.selection.pictures;
        let is_missing = |kind| pictures.of(kind).failure().is_some_and(|of| of.kind == FailureKind::NoPicture);
        let is_known = |kind| view.named().names(kind) || pictures.found.contains(&kind) || is_missing(kind);
        view.named().kinds().iter().copied().filter(|kind| !is_known(*kind)).collect()
    }

    /// Limits the scrolling of the cut-outs (texts cut out of the document's front), so that no room is left empty
    /// after the last one.
    fn fit_places(&mut self) {
        let panes = self.pictures_view().map(|view| view.panes(self.size)).unwrap_or_default();
        let first_places = panes.into_iter().find_map(|pane| self.first_places(pane));
        if let Some((view, first_places)) = self.pictures_view_mut().zip(first_places) {
            view.fit_places(first_places);
        }
    }

    /// Returns the overlay with the pictures if it is open, even under the help page. Returns `None` otherwise.
    pub(super) fn pictures_view(&self) -> Option<&PicturesView> {
        self.overlay.as_ref().and_then(Overlay::pictures)
    }

    fn pictures_view_mut(&mut self) -> Option<&mut PicturesView> {
        self.overlay.as_mut().and_then(Overlay::pictures_mut)
    }

    /// Called after the overlay has turned to other pictures. Hides revealed pictures that are no longer shown, and
    /// fetches the pictures that are shown now.
    fn turn_picture_page(&mut self) {
        let shown = self.pictures_view().map(PicturesView::shown).unwrap_or_default();
        let pictures = &mut self.selection.pictures;
        let hidden: Vec<Safe> = pictures.revealed.extract_if(.., |kind| !shown.contains(kind)).map(label).collect();
        pictures.revealing.retain(|kind| shown.contains(kind));
        pictures.is_early = false;
        self.ask_pictures(false);
        self.reveal_when_complete();
        if !hidden.is_empty() {
            let names = Safe::join(&hidden, " and ");
            self.notify(Safe::concat(&[names, Safe::from_static(" hidden again")]), false);
        }
    }

    /// Returns the picture of this kind if it is fetched and the mask level allows to show all of it; otherwise `None`.
    fn whole_picture(&self, kind: PictureKind) -> Option<&Arc<Picture>> {
        self.selection.pictures.of(kind).value().filter(|_| self.shows_whole(kind))
    }

    /// Returns whether the whole picture of this kind may be shown: nothing is masked, or the user has revealed the
    /// picture.
    fn shows_whole(&self, kind: PictureKind) -> bool {
        match self.mask {
            Mask::None => true,
            Mask::Ids => self.selection.pictures.revealed.contains(&kind),
            Mask::All => false,
        }
    }

    /// Returns whether the program may have the picture of this kind in memory. It may in each of these cases:
    /// - The picture is not masked.
    /// - The user reveals the picture.
    /// - The picture is the front and contains an unmasked text that can be cut out.
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

    /// Returns the areas in the picture of the document's front at which the OCR read texts. Each area says whether the
    /// mask level hides its text. The area of a value that the user has revealed is not hidden.
    fn ocr_places(&self) -> OcrPlaces {
        let Some(record) = self.detail.document() else { return OcrPlaces::default() };
        let places = OcrPlaces::of(record, self.mask);
        match self.detail.revealed() {
            Some(path) => places.with_revealed(path),
            None => places,
        }
    }

    /// Returns whether the OCR read a text in the front of the document that the mask level does not hide.
    fn has_shown_place(&self) -> bool {
        self.ocr_places().places.iter().any(|place| !place.is_hidden)
    }

    /// Fetches those of the shown pictures that may be fetched and are not fetched yet. If `again` is true, also
    /// fetches pictures whose request failed before.
    fn ask_pictures(&mut self, again: bool) {
        let kinds = self.pictures_view().map(PicturesView::shown).unwrap_or_default();
        let is_forbidden = kinds.iter().any(|kind| !self.may_hold(*kind));
        self.selection.pictures.is_early = self.mask == Mask::Ids && is_forbidden && !self.has_full_record();
        for kind in kinds {
            let is_asked = match self.selection.pictures.of(kind) {
                Remote::Idle | Remote::NotFound => true,
                Remote::Failed { failure, .. } => again && failure.kind.retry_may_help(),
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

    /// Stores `result`, the answer to the request `ticket` for a picture. The answer is dropped if no picture waits for
    /// this request, for example because another submission is shown now. The pixels of a dropped picture are
    /// overwritten in memory.
    pub(super) fn picture_loaded(&mut self, ticket: Ticket, result: PictureResult) {
        let pictures = &mut self.selection.pictures;
        let Some((kind, each)) =
            PictureKind::VARIANTS.iter().zip(&mut pictures.each).find(|(_, each)| each.awaits(ticket))
        else {
            return;
        };
        if result.is_ok() && !pictures.found.contains(kind) {
            pictures.found.push(*kind);
        }
        match result {
            Ok(Ok(picture)) => *each = Remote::Ready(picture),
            Ok(Err(fault)) => each.fail(unreadable(fault)),
            Err(failure) => each.fail(failure),
        }
        self.reveal_when_complete();
    }

    /// Handles the key that reveals masked values: reveals the shown pictures for ten seconds. Pictures that are not
    /// fetched yet are fetched first.
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

    /// Reveals the pictures that the user asked to reveal, if none of them is being fetched any more.
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

    /// Hides revealed pictures again, including those that the user asked to reveal and that are still being fetched.
    pub(super) fn hide_pictures(&mut self) {
        self.selection.pictures.revealed.clear();
        self.selection.pictures.revealing.clear();
        self.selection.pictures.is_early = false;
    }

    /// Drops all fetched pictures, which overwrites them in memory, and cancels the running requests for pictures.
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

    /// Drops the pictures that are no longer needed or allowed: those of another submission, and those that the mask
    /// level forbids. After the overlay was closed, drops all pictures except the front, which the OCR tab needs.
    pub(super) fn update_pictures(&mut self) {
        if self.selection.pictures.id.is_some() && self.selection.pictures.id != self.shown_id() {
            self.wipe_pictures();
            self.selection.pictures.id = None;
            self.selection.pictures.found.clear();
            if self.pictures_view().is_some() {
                self.overlay = None;
            }
        }
        let told = self.pictures_view().map(|_| (self.named_pictures(), upright_turn(&self.ocr_places())));
        if let Some((view, (named, read))) = self.pictures_view_mut().zip(told) {
            view.set_named(named);
            view.set_read_turn(read);
            self.fit_places();
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
            // A failure is said until the pictures are closed.
            let remote = self.selection.pictures.of(kind);
            let is_failure = remote.failure().is_some() && remote.value().is_none();
            let is_forbidden = !self.may_hold(kind) && !is_failure;
            if is_forbidden || !is_open && !is_kept {
                self.drop_picture(kind);
            }
        }
    }
}

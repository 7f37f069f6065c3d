//! Contents of the overlay with the pictures. For each picture, the overlay shows the whole picture, cut-outs of the
//! picture, or sentences in its place.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::super::Model;
use crate::keys::Action;
use crate::kit::Remote;
use crate::overlays::{PicturePane, PicturesProps, PicturesView};
use crate::picture::{Picture, PicturePart, PlacedPicture, QuarterTurn};
use crate::submission::PictureKind;
use crate::text::{Mask, Safe};

/// One line of the area with cut-outs: its screen line and its text. If a picture part is drawn below the line, the
/// third value has the area on the screen and the part.
pub(super) type CutOut = (Rect, Safe, Option<(Rect, PicturePart)>);

/// Content of the area of one picture in the overlay.
pub(super) enum PaneContent<'a> {
    /// Sentences in place of the picture, such as the reason why it is not shown.
    Sentences(Vec<Safe>),
    /// The picture, and the part of it that is visible at its zoom. The mask level hides nothing of it.
    Whole(&'a Arc<Picture>, PicturePart),
    /// The picture, and the texts that are cut out of it, because the mask level hides the rest.
    Places(&'a Arc<Picture>, Vec<CutOut>),
}

impl Model {
    /// Returns the content of `pane`, the area of one picture in the overlay `view`.
    fn pane_content(&self, view: &PicturesView, pane: PicturePane) -> PaneContent<'_> {
        let kind = pane.kind;
        let remote = self.selection.pictures.of(kind);
        let drawing = match &self.config.drawing {
            Ok(drawing) => drawing,
            Err(lack) => return PaneContent::Sentences(vec![Safe::sanitize(&lack.to_string())]),
        };
        if let Some(picture) = self.whole_picture(kind) {
            let part = view.view_of(kind).part(picture, pane.area.as_size(), drawing.cell);
            return PaneContent::Whole(picture, part);
        }
        let keymap = &self.config.keymap;
        let reveals = || Safe::sanitize(&keymap.press_sentence(Action::Reveal, "show it for ten seconds"));
        let sentence = |text: &str| Safe::sanitize(&format!("{}: {text}", kind.label()));
        match (self.mask, remote) {
            (Mask::All, _) => PaneContent::Sentences(vec![
                Safe::from_static("At mask all no picture is fetched or shown."),
                Safe::sanitize(&keymap.press_sentence(Action::ToggleMask, "change the mask")),
            ]),
            (_, Remote::Loading { request, .. }) => PaneContent::Sentences(match &request.retry {
                Some(wait) => self.wait_sentences(wait, kind.label()),
                None => vec![sentence("being fetched …")],
            }),
            (_, Remote::Failed { failure, .. }) => {
                let mut sentences = vec![sentence("not shown"), failure.sentence.clone(), failure.advice.clone()];
                if failure.kind.retry_may_help() {
                    let action = if self.may_hold(kind) { Action::Pictures } else { Action::Reveal };
                    sentences.push(Safe::sanitize(&keymap.press_sentence(action, "try again")));
                }
                PaneContent::Sentences(sentences)
            }
            (Mask::Ids, Remote::Ready(picture)) if kind == PictureKind::Front => {
                self.cut_outs(picture, view, pane.area)
            }
            (Mask::Ids, Remote::Ready(_)) => {
                PaneContent::Sentences(vec![sentence("fetched, and shown as soon as the other picture is")])
            }
            (Mask::Ids, _) if !self.may_hold(kind) => {
                // The full record says which places of the front the mask level shows.
                let why = match kind == PictureKind::Front && !self.has_full_record() {
                    true => {
                        format!("not fetched: what mask ids shows of it is not known ({})", self.full_record_words())
                    }
                    false => "not fetched, since mask ids hides it".to_owned(),
                };
                PaneContent::Sentences(vec![sentence(&why), reveals()])
            }
            _ => PaneContent::Sentences(vec![
                sentence("not fetched"),
                Safe::sanitize(&keymap.press_sentence(Action::Pictures, "fetch it")),
            ]),
        }
    }

    /// Returns why the full record has not arrived, in words such as `loading full record …`.
    fn full_record_words(&self) -> &'static str {
        self.detail.full_record(self.now).reason_words()
    }

    /// Returns the pictures that the overlay draws in the current frame. Each entry is an area of the screen, a
    /// picture, and the part of the picture that is drawn there.
    pub(super) fn overlay_parts(&self, view: &PicturesView) -> Vec<(Rect, Arc<Picture>, PicturePart)> {
        let mut parts = Vec::new();
        for pane in view.panes(self.size) {
            match self.pane_content(view, pane) {
                PaneContent::Sentences(_) => {}
                PaneContent::Whole(picture, part) => parts.push((pane.area, Arc::clone(picture), part)),
                PaneContent::Places(picture, places) => {
                    let drawn = places.into_iter().filter_map(|(_, _, drawn)| drawn);
                    parts.extend(drawn.map(|(area, part)| (area, Arc::clone(picture), part)));
                }
            }
        }
        parts
    }

    /// Draws the overlay with the pictures of the shown submission.
    pub(in crate::app) fn view_pictures(&self, frame: &mut Frame<'_>, view: &PicturesView) {
        let (mut sentences, mut captions) = (Vec::new(), Vec::new());
        for pane in view.panes(self.size) {
            match self.pane_content(view, pane) {
                PaneContent::Sentences(own) => sentences.push((pane, own)),
                PaneContent::Whole(..) => {}
                PaneContent::Places(_, places) => {
                    captions.extend(places.into_iter().map(|(row, caption, _)| (row, caption)));
                }
            }
        }
        let props = PicturesProps {
            id: self.detail.shown_id(self.mask).unwrap_or_default(),
            sentences: &sentences,
            captions: &captions,
            unknown: &self.unknown_pictures(view),
            foot: self.picture_foot(view),
            theme: &self.config.theme.shown,
        };
        view.draw(frame, &props);
        self.selection.pictures.placed().iter().for_each(|placed| placed.draw(frame.buffer_mut()));
    }

    /// Returns the text below the active picture: its name, its size as sent, its zoom and how far it is turned. On a
    /// narrow screen, name and size are left out. Empty if no whole picture is shown.
    fn picture_foot(&self, view: &PicturesView) -> Safe {
        let kind = view.active();
        let Some(picture) = self.whole_picture(kind) else { return Safe::default() };
        let (size, own) = (picture.sent_size(), view.view_of(kind));
        let turned = match own.turn() {
            QuarterTurn::None => "",
            QuarterTurn::Right => " · turned by 90°",
            QuarterTurn::Half => " · turned by 180°",
            QuarterTurn::Left => " · turned by 270°",
        };
        let reason = match (own.turn(), view.read_turn(kind)) {
            (_, QuarterTurn::None) => "",
            (turn, read) if turn == read => ", as the OCR read it",
            (QuarterTurn::None, _) => " · as it was sent",
            _ => "",
        };
        let zoom = match own.percent() {
            100 => "fit".to_owned(),
            percent => format!("{percent} % of fit"),
        };
        let state = format!("{zoom}{turned}{reason}");
        let whole = Safe::sanitize(&format!(" {} {}×{} · {state} ", kind.label(), size.width, size.height));
        // The corners of the border, and one cell of it.
        if whole.width() + 3 <= usize::from(self.size.width) { whole } else { Safe::sanitize(&format!(" {state} ")) }
    }
}

/// Returns the pictures to draw for `parts`, each scaled to its area of the screen. Pictures in `before`, those of the
/// frame before, that have not changed are used again, because scaling takes time. `drawing` says how the terminal
/// draws pictures.
pub(super) fn placed(
    before: Vec<PlacedPicture>,
    parts: Vec<(Rect, Arc<Picture>, PicturePart)>,
    drawing: crate::picture::PictureDrawing,
) -> Vec<PlacedPicture> {
    let mut before = before;
    let mut place = |(area, picture, part): (Rect, Arc<Picture>, PicturePart)| match before
        .iter()
        .position(|old| old.is_of(area, &picture, &part, drawing))
    {
        Some(at) => before.swap_remove(at),
        None => PlacedPicture::new(area, &picture, part, drawing),
    };
    parts.into_iter().filter(|(area, ..)| !area.is_empty()).map(&mut place).collect()
}

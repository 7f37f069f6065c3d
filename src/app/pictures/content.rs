//! What the overlay with the pictures shows: for each picture the whole of it, cut-outs of it, or sentences.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use strum::VariantArray as _;

use super::super::Model;
use crate::keys::Action;
use crate::kit::Remote;
use crate::overlays::{PicturePane, PicturesProps, PicturesView};
use crate::picture::{
    CornersFault, Picture, PictureNumber, PicturePart, PicturePoint, PictureProtocol, PictureSize, PlacedPicture,
    QuarterTurn,
};
use crate::submission::ocr_places::{OcrPlace, OcrPlaces};
use crate::text::{Mask, Safe};

/// Number of lines of one cut-out in the overlay, without its caption.
const CUT_OUT_LINES: u16 = 4;

/// While a mask hides other texts, a text is cut out of the front of the document only if its place takes at most one
/// over this number of the whole picture.
const LARGEST_PLACE: f64 = 8.0;

/// A text that is cut out of the front of the document: the screen line of its caption, the caption, and, if the text
/// is drawn, its area on the screen and its part of the picture.
type CutOut = (Rect, Safe, Option<(Rect, PicturePart)>);

/// What is shown in the area of one picture.
enum PaneContent<'a> {
    /// Sentences in place of the picture.
    Sentences(Vec<Safe>),
    /// The whole picture, as it is zoomed and moved.
    Whole(&'a Arc<Picture>, PicturePart),
    /// Cut-outs of the picture.
    Places(&'a Arc<Picture>, Vec<CutOut>),
}

impl Model {
    /// Returns what the area `pane` shows.
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
                Some(wait) => vec![wait.waiting.failure.sentence.clone(), self.wait_words(wait)],
                None => vec![sentence("being fetched …")],
            }),
            (_, Remote::Failed { failure, .. }) => PaneContent::Sentences(vec![
                sentence("not shown"),
                failure.sentence.clone(),
                failure.advice.clone(),
                Safe::sanitize(&keymap.press_sentence(Action::Pictures, "try again")),
            ]),
            (Mask::Ids, Remote::Ready(picture)) => self.cut_outs(picture, pane.area),
            (Mask::Ids, _) if !self.may_hold(kind) => {
                PaneContent::Sentences(vec![sentence("not fetched, since mask ids hides it"), reveals()])
            }
            _ => PaneContent::Sentences(vec![
                sentence("not fetched"),
                Safe::sanitize(&keymap.press_sentence(Action::Pictures, "fetch it")),
            ]),
        }
    }

    /// Returns what is shown of the front of the document at mask `ids`: only the texts that this mask level does not
    /// hide, each cut out of `picture`, as many as fit into `area`.
    fn cut_outs<'a>(&self, picture: &'a Arc<Picture>, area: Rect) -> PaneContent<'a> {
        let places = self.ocr_places();
        let shown: Vec<&OcrPlace> = places.places.iter().filter(|place| !place.is_hidden).collect();
        let mut rows = area;
        let mut take = |height: u16| {
            let height = height.min(rows.height);
            let taken = Rect { height, ..rows };
            rows = Rect { y: rows.y + height, height: rows.height - height, ..rows };
            taken
        };
        let (top, mut lines) = (take(1), Vec::new());
        let draws_cells = self.config.drawing.is_ok_and(|drawing| drawing.protocol == PictureProtocol::HalfBlocks);
        let mut left = if draws_cells { usize::MAX } else { usize::from(PictureNumber::COUNT) };
        for place in &shown {
            let part = self.place_part(picture, &places, place);
            if part.is_ok() && left == 0 {
                break;
            }
            left -= usize::from(part.is_ok());
            let (caption, drawn) = (take(1), if part.is_ok() { take(CUT_OUT_LINES) } else { Rect::default() });
            if caption.is_empty() || part.is_ok() && drawn.is_empty() {
                break;
            }
            let words = part.as_ref().err().copied().unwrap_or("place inferred");
            lines.push((caption, named(place, words), part.ok().map(|part| (drawn, part))));
        }
        let fitting = match (lines.len(), shown.len()) {
            (some, all) if some < all => format!(" ({some} of {all} fit)"),
            _ => String::new(),
        };
        let reveals = self.config.keymap.press_sentence(Action::Reveal, "show all for ten seconds");
        let head = Safe::sanitize(&format!("Only places of shown fields{fitting}. {reveals}"));
        lines.insert(0, (top, head, None));
        PaneContent::Places(picture, lines)
    }

    /// Returns the part of the front that shows the text of `place`.
    ///
    /// # Errors
    /// Returns in words why the place is not drawn. While a mask hides other texts, a place is not drawn either if it is
    /// large, touches the place of a hidden text, or if such a place cannot be read: it would show what the mask hides.
    pub(super) fn place_part(
        &self,
        picture: &Picture,
        places: &OcrPlaces,
        place: &OcrPlace,
    ) -> Result<PicturePart, &'static str> {
        let turn = upright_turn(places);
        let corners = place.corners.ok_or("not drawn: the coordinates are not four corners")?;
        let part = picture.cut_out(points(corners), turn).map_err(|fault| match fault {
            CornersFault::Outside => "not drawn: a corner is outside of the picture",
            CornersFault::NoArea => "not drawn: the corners enclose no area",
            CornersFault::NotANumber => "not drawn: a coordinate is not a number",
        })?;
        if self.mask == Mask::None {
            return Ok(part);
        }
        let all = picture.sent_size();
        let own = around(corners, turn, all);
        let share = (own.1 - own.0) * (own.3 - own.2) * LARGEST_PLACE;
        if share > f64::from(all.width) * f64::from(all.height) {
            return Err("not drawn: the place is too large to be that of one field");
        }
        let hidden = || places.places.iter().filter(|other| other.is_hidden);
        let is_read = |place: &OcrPlace| place.corners.is_some_and(|four| four.iter().all(is_finite));
        if !hidden().all(is_read) {
            return Err("not drawn: the place of a hidden field cannot be read");
        }
        // In a turned picture the corners may also be meant otherwise: before the turn, or after another one.
        let turns = if turn == QuarterTurn::None { &[QuarterTurn::None][..] } else { QuarterTurn::VARIANTS };
        let touches = hidden()
            .filter_map(|other| other.corners)
            .flat_map(|corners| turns.iter().map(move |turn| around(corners, *turn, all)))
            .any(|other| own.0 < other.1 && other.0 < own.1 && own.2 < other.3 && other.2 < own.3);
        if touches { Err("not drawn: the place touches that of a hidden field") } else { Ok(part) }
    }

    /// Returns what the overlay draws in the current frame: for each area of the screen, a picture and the part of it
    /// that is drawn there.
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
            foot: self.picture_foot(view),
            theme: &self.config.theme,
        };
        view.draw(frame, &props);
        self.selection.pictures.placed().iter().for_each(|placed| placed.draw(frame.buffer_mut()));
    }

    /// Returns the words below the picture: its name, its size as sent, its zoom and how it is turned. On a narrow screen
    /// these are only its zoom and how it is turned. Empty if no whole picture is shown.
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
        let state = format!("{} %{turned}{reason}", own.percent());
        let whole = Safe::sanitize(&format!(" {} {}×{} · {state} ", kind.label(), size.width, size.height));
        // The corners of the border, and one cell of it.
        if whole.width() + 3 <= usize::from(self.size.width) { whole } else { Safe::sanitize(&format!(" {state} ")) }
    }
}

/// Returns the turn after which the text of the front is upright. The OCR's angle says how far the document is turned in
/// the picture as sent, so the picture is turned back.
pub(super) fn upright_turn(places: &OcrPlaces) -> QuarterTurn {
    QuarterTurn::from_degrees(-places.degrees).unwrap_or_default()
}

fn named(place: &OcrPlace, words: &'static str) -> Safe {
    Safe::concat(&[place.name.clone(), Safe::from_static(" · "), Safe::from_static(words)])
}

fn points(corners: [(f64, f64); 4]) -> [PicturePoint; 4] {
    corners.map(|(x, y)| PicturePoint { x, y })
}

fn is_finite(corner: &(f64, f64)) -> bool {
    corner.0.is_finite() && corner.1.is_finite()
}

/// Returns the upright rectangle around four corners: left, right, top and bottom. The corners are places of the picture
/// after `turn`; the rectangle is one of the picture before the turn, which has the size `size`.
fn around(corners: [(f64, f64); 4], turn: QuarterTurn, size: PictureSize) -> (f64, f64, f64, f64) {
    let corners = points(corners).map(|at| at.turned_back(turn, size));
    let least = |of: fn(&PicturePoint) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&PicturePoint) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    (least(|at| at.x), most(|at| at.x), least(|at| at.y), most(|at| at.y))
}

/// Returns the placed pictures for `parts`. Those of `before` that are the same are kept, since placing scales them.
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

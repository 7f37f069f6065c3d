//! The cut-outs of the document's front: the texts in the picture that the mask level shows, and how many of them fit
//! on the screen.

use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Rect;
use strum::VariantArray as _;

use super::super::Model;
use super::content::PaneContent;
use crate::keys::Action;
use crate::overlays::{PicturePane, PicturesView};
use crate::picture::{
    CornersFault, Picture, PictureNumber, PicturePart, PicturePoint, PictureProtocol, PictureSize, QuarterTurn,
};
use crate::submission::PictureKind;
use crate::submission::ocr_places::{OcrPlace, OcrPlaces};
use crate::text::{Mask, Safe};

/// Number of lines that one cut-out takes in the overlay, without its caption.
const CUT_OUT_LINES: u16 = 4;
/// Smallest number of lines in which a cut-out is drawn, if there is no room for [`CUT_OUT_LINES`].
const MIN_CUT_OUT_LINES: u16 = 2;
/// Number of lines above all cut-outs. They say how many cut-outs there are.
const HEAD_LINES: u16 = 1;

/// Limit for the size of a text that is cut out. The area of the text times this number must not exceed the area of the
/// whole picture. The limit applies only while the mask level hides other texts.
const LARGEST_PLACE: f64 = 8.0;

/// Largest number of lines of a caption that says why a text is not drawn.
const MOST_CAPTION_LINES: usize = 2;

/// A text in the front of the document: its caption, in lines, and the part of the picture that shows the text. The
/// part is `None` if the text is not drawn.
type CaptionedPart = (Vec<Safe>, Option<PicturePart>);

impl Model {
    /// Returns the content of `area` for the front of the document at mask `ids`: the texts that this mask level does
    /// not hide, each cut out of `picture`. The cut-outs begin with the one to which the user scrolled in `view`, as
    /// many as fit. The first line says how many there are and which of them are shown.
    pub(super) fn cut_outs<'a>(&self, picture: &'a Arc<Picture>, view: &PicturesView, area: Rect) -> PaneContent<'a> {
        let parts = self.shown_parts(picture, area.width);
        let first = view.first_place().min(first_places(&parts, area.height, self.most_cut_outs()) - 1);
        let from = parts.get(first..).unwrap_or_default();
        let count = fitting(from, area.height, self.most_cut_outs());
        let mut rows = area;
        let mut take = |height: u16| {
            let height = height.min(rows.height);
            let taken = Rect { height, ..rows };
            rows = Rect { y: rows.y + height, height: rows.height - height, ..rows };
            taken
        };
        let scrolls = view.active() == PictureKind::Front && count < parts.len();
        let head = self.cut_outs_head(first..first + count, parts.len(), scrolls, usize::from(area.width));
        let mut lines = vec![(take(HEAD_LINES), head, None)];
        for (caption, part) in from.iter().take(count) {
            lines.extend(caption.iter().map(|line| (take(1), line.clone(), None)));
            if let Some((last, part)) = lines.last_mut().zip(part.clone()) {
                last.2 = Some((take(CUT_OUT_LINES), part));
            }
        }
        PaneContent::Places(picture, lines)
    }

    /// Returns how many scroll positions `pane` has for the cut-outs. Each position has another cut-out at the top.
    /// Returns 1 if all cut-outs fit, and `None` if `pane` does not show cut-outs.
    pub(super) fn first_places(&self, pane: PicturePane) -> Option<usize> {
        let is_cut_out = self.mask == Mask::Ids && pane.kind == PictureKind::Front && !self.shows_whole(pane.kind);
        let picture = self.selection.pictures.of(pane.kind).value().filter(|_| is_cut_out)?;
        Some(first_places(&self.shown_parts(picture, pane.area.width), pane.area.height, self.most_cut_outs()))
    }

    /// Returns the texts in the front that the mask level does not hide. Each has its caption, wrapped to `columns`
    /// columns, and the part of `picture` that shows it.
    fn shown_parts(&self, picture: &Picture, columns: u16) -> Vec<CaptionedPart> {
        let places = self.ocr_places();
        let captioned = |place: &OcrPlace| {
            let part = self.place_part(picture, &places, place);
            let words = part.as_ref().err().copied().unwrap_or("place inferred");
            let caption = Safe::concat(&[place.name.clone(), Safe::from_static(" · "), Safe::from_static(words)]);
            let mut lines = caption.wrap(usize::from(columns.max(1)));
            lines.truncate(if part.is_ok() { 1 } else { MOST_CAPTION_LINES });
            (lines, part.ok())
        };
        places.places.iter().filter(|place| !place.is_hidden).map(captioned).collect()
    }

    /// Returns the largest number of cut-outs that the terminal can draw at the same time.
    fn most_cut_outs(&self) -> usize {
        let draws_cells = self.config.drawing.is_ok_and(|drawing| drawing.protocol == PictureProtocol::HalfBlocks);
        if draws_cells { usize::MAX } else { usize::from(PictureNumber::COUNT) }
    }

    /// Returns the line above the cut-outs, the longest variant that fits into `columns` columns. `shown` are the
    /// indexes of the cut-outs on the screen, and `count` is the number of all cut-outs. If `scrolls` is true, the line
    /// names the keys that scroll to the others.
    fn cut_outs_head(&self, shown: Range<usize>, count: usize, scrolls: bool, columns: usize) -> Safe {
        let keymap = &self.config.keymap;
        let of = match (shown.start + 1, shown.end) {
            (1, end) if end == count => count.to_string(),
            (first, last) if first == last => format!("{first} of {count}"),
            (first, last) => format!("{first}–{last} of {count}"),
        };
        let keys = [Action::Down, Action::Up].map(|action| keymap.first_chord(action)).into_iter().flatten();
        let keys: Vec<String> = keys.map(|chord| chord.to_string()).collect();
        let scroll = if scrolls && !keys.is_empty() { format!(" · {} scroll", keys.join("/")) } else { String::new() };
        let reveals = |what| keymap.key_remark(Action::Reveal, what);
        let lines = [
            format!("Only places of shown fields: {of}{scroll}{}", reveals("shows the whole picture for ten seconds")),
            format!("Only places of shown fields: {of}{scroll}{}", reveals("shows the whole picture")),
            format!("Only places of shown fields: {of}{scroll}"),
            format!("Only places: {of}{scroll}"),
        ];
        let lines = lines.map(|line| Safe::sanitize(&line));
        let fitting = lines.iter().find(|line| line.width() <= columns);
        fitting.or(lines.last()).cloned().unwrap_or_default()
    }

    /// Returns the part of `picture`, the front of the document, that shows the text of `place`. A place is the area in
    /// the picture at which the OCR read a text; `places` are all of them.
    ///
    /// # Errors
    /// The reason, in words, why the text is not drawn, such as wrong coordinates. While a mask hides other texts, the
    /// part must not show any of them. A place is then not drawn if it is large, or if it touches the place of a hidden
    /// text. If the place of a hidden text cannot be read, no place is drawn.
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
}

/// Returns the turn that makes the text in the picture of the front upright. The OCR's angle says how far the document
/// is turned in the picture as sent, so the result is the opposite turn.
pub(super) fn upright_turn(places: &OcrPlaces) -> QuarterTurn {
    QuarterTurn::from_degrees(-places.degrees).unwrap_or_default()
}

/// Returns how many of `parts`, counted from the first, fit into an area of `height` lines. At most `most` pictures can
/// be drawn.
fn fitting(parts: &[CaptionedPart], height: u16, most: usize) -> usize {
    let (mut rows, mut left, mut count) = (height.saturating_sub(HEAD_LINES), most, 0);
    for (caption, part) in parts {
        let caption = u16::try_from(caption.len()).unwrap_or(u16::MAX);
        let lines = |of_picture| caption.saturating_add(if part.is_some() { of_picture } else { 0 });
        if rows < lines(MIN_CUT_OUT_LINES) || part.is_some() && left == 0 {
            break;
        }
        rows = rows.saturating_sub(lines(CUT_OUT_LINES));
        left -= usize::from(part.is_some());
        count += 1;
    }
    count
}

/// Returns how many scroll positions an area of `height` lines has for `parts`. Each position has another part at the
/// top, and the last position shows the last part. Returns 1 if all parts fit. At most `most` pictures can be drawn at
/// the same time.
fn first_places(parts: &[CaptionedPart], height: u16, most: usize) -> usize {
    let ends_all = |first: &usize| {
        let from = parts.get(*first..).unwrap_or_default();
        fitting(from, height, most) == from.len()
    };
    // An area without room for one of them begins with each.
    (0..parts.len()).find(ends_all).unwrap_or(parts.len().saturating_sub(1)) + 1
}

fn points(corners: [(f64, f64); 4]) -> [PicturePoint; 4] {
    corners.map(|(x, y)| PicturePoint { x, y })
}

fn is_finite(corner: &(f64, f64)) -> bool {
    corner.0.is_finite() && corner.1.is_finite()
}

/// Returns the smallest upright rectangle around four corners, as left, right, top and bottom. The corners are
/// coordinates in the picture after `turn`. The result has coordinates in the picture before the turn, whose size is
/// `size`.
fn around(corners: [(f64, f64); 4], turn: QuarterTurn, size: PictureSize) -> (f64, f64, f64, f64) {
    let corners = points(corners).map(|at| at.turned_back(turn, size));
    let least = |of: fn(&PicturePoint) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&PicturePoint) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    (least(|at| at.x), most(|at| at.x), least(|at| at.y), most(|at| at.y))
}

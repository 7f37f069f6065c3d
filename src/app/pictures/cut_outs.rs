//! The cut-outs of the document's front: which places a mask level shows, and how many of them fit on the screen.

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

/// Number of lines of one cut-out in the overlay, without its caption.
const CUT_OUT_LINES: u16 = 4;
/// Smallest number of lines in which a cut-out is drawn, if there is no room for [`CUT_OUT_LINES`].
const MIN_CUT_OUT_LINES: u16 = 2;
/// Number of lines above all cut-outs, which say how many there are.
const HEAD_LINES: u16 = 1;

/// While a mask hides other texts, a text is cut out of the front of the document only if its place takes at most one
/// over this number of the whole picture.
const LARGEST_PLACE: f64 = 8.0;

/// Largest number of lines of the caption of a text that is not drawn, which says why.
const MOST_CAPTION_LINES: usize = 2;

/// The caption of a text in the front of the document, in lines, and the part of the picture that shows the text. `None`
/// if the text is not drawn.
type CaptionedPart = (Vec<Safe>, Option<PicturePart>);

impl Model {
    /// Returns what is shown of the front of the document at mask `ids`: only the texts that this mask level does not
    /// hide, each cut out of `picture`, as many as fit into `area` from the first one of `view` on. The first line says
    /// how many there are and which of them are shown.
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

    /// Returns with how many different cut-outs the first line of the area can begin: 1 if all of them fit into `pane`.
    /// `None` if `pane` does not show cut-outs.
    pub(super) fn first_places(&self, pane: PicturePane) -> Option<usize> {
        let is_cut_out = self.mask == Mask::Ids && pane.kind == PictureKind::Front && !self.shows_whole(pane.kind);
        let picture = self.selection.pictures.of(pane.kind).value().filter(|_| is_cut_out)?;
        Some(first_places(&self.shown_parts(picture, pane.area.width), pane.area.height, self.most_cut_outs()))
    }

    /// Returns the texts that the mask level does not hide: for each its caption in an area of `columns` columns, and its
    /// part of `picture`.
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

    /// Returns how many cut-outs can be drawn at the same time.
    fn most_cut_outs(&self) -> usize {
        let draws_cells = self.config.drawing.is_ok_and(|drawing| drawing.protocol == PictureProtocol::HalfBlocks);
        if draws_cells { usize::MAX } else { usize::from(PictureNumber::COUNT) }
    }

    /// Returns the line above the cut-outs, as long as fits into `columns`. `shown` are the indexes of the shown ones
    /// among all `count`; `scrolls` says whether keys move to the others.
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
}

/// Returns the turn after which the text of the front is upright. The OCR's angle says how far the document is turned in
/// the picture as sent, so the picture is turned back.
pub(super) fn upright_turn(places: &OcrPlaces) -> QuarterTurn {
    QuarterTurn::from_degrees(-places.degrees).unwrap_or_default()
}

/// Returns how many of `parts`, from the first one on, fit into an area of `height` lines, if at most `most` pictures are
/// drawn.
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

/// Returns with how many of `parts` an area of `height` lines can begin, so that it ends with the last one: 1 if all of
/// them fit.
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

/// Returns the upright rectangle around four corners: left, right, top and bottom. The corners are places of the picture
/// after `turn`; the rectangle is one of the picture before the turn, which has the size `size`.
fn around(corners: [(f64, f64); 4], turn: QuarterTurn, size: PictureSize) -> (f64, f64, f64, f64) {
    let corners = points(corners).map(|at| at.turned_back(turn, size));
    let least = |of: fn(&PicturePoint) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&PicturePoint) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    (least(|at| at.x), most(|at| at.x), least(|at| at.y), most(|at| at.y))
}

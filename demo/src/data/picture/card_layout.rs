//! Places the values of an identity document on the front of its card. The card is drawn by these places, and the
//! `coordinates` in `OCR_raw` are made of them, so that each value is where the record says.

use embedded_graphics::geometry::{Point, Size};
use embedded_graphics::primitives::Rectangle;

use super::lettering::{self, DrawnChar, Lettering, signed};

/// Width and height of the front and the back of a card, in pixels.
pub(in super::super) const CARD: Size = Size::new(1_000, 630);

/// The part of the front that holds values; the face is to the left of it.
const FIELDS: Rectangle = Rectangle::new(Point::new(310, 104), Size::new(660, 496));

/// Width of half a row, for values that need no more.
const HALF: u32 = 325;
/// Space around the letters of a value, inside of the place of the value.
const MARGIN: Size = Size::new(5, 2);
/// Height of the label above a value.
const LABEL: u32 = 11;
/// Largest height in pixels of a row of values on the front of a card: the label, the value below it, and the space
/// around both.
const ROW: u32 = 64;

/// A value that is printed on the front of a card.
pub(in super::super) struct CardField {
    /// The name of the value in `OCR_raw`; the card has it as a label.
    pub(in super::super) name: &'static str,
    /// The text that the card shows.
    pub(in super::super) text: String,
}

/// The place of a value on the front of a card.
pub(in super::super) struct FieldPlace {
    /// The upper left corner of the label.
    pub(super) label: Point,
    /// The rectangle that encloses the letters of the value, and nothing else.
    pub(in super::super) place: Rectangle,
    pub(super) lettering: Lettering,
    pub(super) lines: Vec<Vec<DrawnChar>>,
}

impl FieldPlace {
    /// Returns the upper left corner of the first letter.
    pub(super) fn text_at(&self) -> Point {
        self.place.top_left + MARGIN
    }
}

/// Returns where each of `fields` is printed on the front of a card, in the order of `fields`. The front is upright and
/// has the size [`CARD`].
pub(in super::super) fn places(fields: &[CardField]) -> Vec<FieldPlace> {
    let texts: Vec<Vec<DrawnChar>> = fields.iter().map(|field| lettering::characters(&field.text)).collect();
    let slots = slots(&texts);
    let rows = slots.iter().map(|slot| slot.row + 1).max().unwrap_or(1);
    let row = (FIELDS.size.height / rows).min(ROW);
    let room = row.saturating_sub(LABEL + 2 * MARGIN.height + 2);
    let place = |(text, slot): (&Vec<DrawnChar>, CardSlot)| {
        let label = FIELDS.top_left + Point::new(signed(slot.left), signed(slot.row * row));
        let (lettering, lines) = fit(text, slot.width - 2 * MARGIN.width, room);
        let size = lettering.size(&lines) + MARGIN * 2;
        let place = Rectangle::new(label + Point::new(0, signed(LABEL)), size);
        FieldPlace { label, place, lettering, lines }
    };
    texts.iter().zip(slots).map(place).collect()
}

/// The part of a row on the front of a card that one value gets.
struct CardSlot {
    row: u32,
    left: u32,
    width: u32,
}

/// Distributes the values, each with its characters in `texts`, over rows on the front of a card. Two short values share
/// a row.
fn slots(texts: &[Vec<DrawnChar>]) -> Vec<CardSlot> {
    let mut slots: Vec<CardSlot> = Vec::with_capacity(texts.len());
    for text in texts {
        let is_short = text.len() <= Lettering::large(2).columns(HALF - 2 * MARGIN.width);
        let width = if is_short { HALF } else { FIELDS.size.width };
        let slot = match slots.last() {
            Some(last) if is_short && last.left == 0 && last.width == HALF => {
                CardSlot { row: last.row, left: FIELDS.size.width - HALF, width }
            }
            Some(last) => CardSlot { row: last.row + 1, left: 0, width },
            None => CardSlot { row: 0, left: 0, width },
        };
        slots.push(slot);
    }
    slots
}

/// Returns the largest letters with which `text` fits into `width` times `height` pixels, and its lines. A text that is
/// too long for the smallest letters loses its end.
fn fit(text: &[DrawnChar], width: u32, height: u32) -> (Lettering, Vec<Vec<DrawnChar>>) {
    let fitted = |lettering: Lettering| {
        let lines = lettering::wrap(text, lettering.columns(width));
        (lettering.size(&lines).height <= height).then_some((lettering, lines))
    };
    fitted(Lettering::large(2)).or_else(|| fitted(Lettering::large(1))).unwrap_or_else(|| {
        let mut lines = lettering::wrap(text, Lettering::SMALL.columns(width));
        lines.truncate((height / 10).max(1) as usize);
        (Lettering::SMALL, lines)
    })
}

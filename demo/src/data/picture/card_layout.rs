//! Computes where the values of an identity document are on the front of its card. Both the drawing of the card and the
//! `coordinates` in `OCR_raw` use these positions, so that each value is where the record says.

use embedded_graphics::geometry::{Point, Size};
use embedded_graphics::primitives::Rectangle;

use super::lettering::{self, DrawnChar, Lettering, signed};

/// Width and height of the front and the back of a card, in pixels.
pub(in super::super) const CARD: Size = Size::new(1_000, 630);

/// Rectangle on the front of a card in which the values are printed, in pixels. The face is to the left of it.
const FIELDS: Rectangle = Rectangle::new(Point::new(310, 104), Size::new(660, 496));

/// Width in pixels of half a row on the front of a card, which a short value gets.
const HALF: u32 = 325;
/// Distance in pixels between the letters of a value and the rectangle that encloses them.
const MARGIN: Size = Size::new(5, 2);
/// Height in pixels of the label above a value.
const LABEL: u32 = 11;
/// Largest height in pixels of a row of values on the front of a card: the label, the value below it, and the space
/// around both.
const ROW: u32 = 64;

/// A value that is printed on the front of a card.
pub(in super::super) struct CardField {
    /// The key of the value in `OCR_raw`, such as `birth_date`. The card shows it as a label above the value.
    pub(in super::super) name: &'static str,
    /// The value as it is printed on the card.
    pub(in super::super) text: String,
}

/// Where and how a value is printed on the front of a card.
pub(in super::super) struct FieldPlace {
    /// The position of the label above the value: its upper left corner.
    pub(super) label: Point,
    /// The rectangle that encloses the letters of the value, without the label.
    pub(in super::super) place: Rectangle,
    pub(super) lettering: Lettering,
    pub(super) lines: Vec<Vec<DrawnChar>>,
}

impl FieldPlace {
    /// Returns the upper left corner of the first letter of the value.
    pub(super) fn text_at(&self) -> Point {
        self.place.top_left + MARGIN
    }
}

/// Returns where and how each of the values `fields` is printed on the front of a card, in the order of `fields`. The
/// front is upright and has the size [`CARD`].
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

/// The part of a row on the front of a card in which one value is printed. It consists of the number of the row, the
/// left edge in pixels and the width in pixels.
struct CardSlot {
    row: u32,
    left: u32,
    width: u32,
}

/// Distributes values over rows on the front of a card. Each entry of `texts` holds the characters of one value. Two
/// short values share a row.
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

/// Returns the largest letters with which `text` fits into `width` times `height` pixels, and the lines into which
/// `text` is broken. If the text does not fit even with the smallest letters, its end is cut off.
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

//! Draws text with bitmap fonts. The fonts have Latin letters (also with accents), Greek and Cyrillic. A character of
//! any other script, such as Hangul, Chinese or Arabic, is drawn as a box with the digits of its Unicode code point. So
//! two different names look different. All text is drawn from left to right.

use embedded_graphics::geometry::{OriginDimensions, Point, Size};
use embedded_graphics::image::GetPixel;
use embedded_graphics::mono_font::{
    MonoFont, ascii, iso_8859_1, iso_8859_2, iso_8859_5, iso_8859_7, iso_8859_9, iso_8859_13, iso_8859_14, iso_8859_16,
};
use embedded_graphics::pixelcolor::{BinaryColor, Rgb888};
use embedded_graphics::primitives::{PointsIter as _, Rectangle};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::canvas::DemoCanvas;

/// Fonts with letters of 10 times 20 pixels. A letter is drawn with the first of these fonts that has it.
const LARGE: [&MonoFont<'static>; 8] = [
    &iso_8859_1::FONT_10X20,
    &iso_8859_2::FONT_10X20,
    &iso_8859_9::FONT_10X20,
    &iso_8859_5::FONT_10X20,
    &iso_8859_7::FONT_10X20,
    &iso_8859_13::FONT_10X20,
    &iso_8859_14::FONT_10X20,
    &iso_8859_16::FONT_10X20,
];

/// Fonts with letters of 6 times 10 pixels. A letter is drawn with the first of these fonts that has it.
const SMALL: [&MonoFont<'static>; 5] = [
    &iso_8859_1::FONT_6X10,
    &iso_8859_2::FONT_6X10,
    &iso_8859_9::FONT_6X10,
    &iso_8859_5::FONT_6X10,
    &iso_8859_7::FONT_6X10,
];

/// The font of the small digits inside of a box that replaces a character.
const DIGITS: &MonoFont<'static> = &ascii::FONT_4X6;

/// The character that a font returns for a character that it lacks.
const UNKNOWN: char = '?';

/// A size of letters, with the fonts of this size.
#[derive(Clone, Copy)]
pub(in super::super) struct Lettering {
    fonts: &'static [&'static MonoFont<'static>],
    cell: Size,
    scale: u32,
}

impl Lettering {
    /// Letters of 6 times 10 pixels.
    pub(super) const SMALL: Self = Self { fonts: &SMALL, cell: Size::new(6, 10), scale: 1 };

    /// Returns a size of letters: 10 times 20 pixels, multiplied by `scale` in both directions.
    pub(super) const fn large(scale: u32) -> Self {
        Self { fonts: &LARGE, cell: Size::new(10, 20), scale }
    }

    /// Returns the width and height in pixels that the text lines `lines` take up on the picture.
    pub(super) fn size(self, lines: &[Vec<DrawnChar>]) -> Size {
        let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
        Size::new(small(columns) * self.width(), small(lines.len()) * self.cell.height * self.scale)
    }

    /// Returns the number of characters of this size that fit side by side into `width` pixels.
    pub(super) fn columns(self, width: u32) -> usize {
        (width / self.width()) as usize
    }

    /// Draws the text lines `lines` below each other in one colour. `top_left` is the upper left corner of the first
    /// line.
    pub(super) fn draw(self, canvas: &mut DemoCanvas, lines: &[Vec<DrawnChar>], top_left: Point, colour: Rgb888) {
        let mut top = top_left.y;
        for line in lines {
            let mut left = top_left.x;
            for char in line {
                self.draw_char(canvas, *char, Point::new(left, top), colour);
                left += signed(self.width());
            }
            top += signed(self.cell.height * self.scale);
        }
    }

    /// Draws the text `text` in one line and one colour. `top_left` is the upper left corner of the line.
    pub(super) fn write(self, canvas: &mut DemoCanvas, text: &str, top_left: Point, colour: Rgb888) {
        self.draw(canvas, &[characters(text)], top_left, colour);
    }

    const fn width(self) -> u32 {
        self.cell.width * self.scale
    }

    fn draw_char(self, canvas: &mut DemoCanvas, char: DrawnChar, top_left: Point, colour: Rgb888) {
        match glyph(self.fonts, char.base) {
            Some((font, index)) => draw_glyph(canvas, font, index, top_left, self.scale, colour),
            None => self.draw_box(canvas, char.base, top_left, colour),
        }
        let scale = signed(self.scale);
        let stroke = Size::new(self.cell.width / 2 * self.scale, self.scale);
        let left = top_left.x + signed(self.cell.width) * scale / 4;
        if char.marked_above {
            canvas.fill(Rectangle::new(Point::new(left, top_left.y + scale), stroke), colour);
        }
        if char.marked_below {
            let bottom = top_left.y + (signed(self.cell.height) - 2) * scale;
            canvas.fill(Rectangle::new(Point::new(left, bottom), stroke), colour);
        }
    }

    /// Draws a box in place of the character `char`, with the last four hexadecimal digits of its code point, two in
    /// each row. A box of small letters has no digits, as they do not fit.
    fn draw_box(self, canvas: &mut DemoCanvas, char: char, top_left: Point, colour: Rgb888) {
        let scale = signed(self.scale);
        let (width, height) = (self.cell.width * self.scale, (self.cell.height - 2) * self.scale);
        let corner = top_left + Point::new(0, scale);
        let flat = Size::new(width, self.scale);
        let upright = Size::new(self.scale, height);
        let lower = corner + Point::new(0, signed(height) - scale);
        let right = corner + Point::new(signed(width) - scale, 0);
        for (from, size) in [(corner, flat), (lower, flat), (corner, upright), (right, upright)] {
            canvas.fill(Rectangle::new(from, size), colour);
        }
        let code = format!("{:04X}", u32::from(char));
        let room = signed(self.cell.height) > 12;
        let digits = code.chars().rev().take(4).zip([(1, 1), (0, 1), (1, 0), (0, 0)]);
        for (digit, (column, row)) in digits.filter(|_| room) {
            let offset = Point::new((2 + 4 * column) * scale, (3 + 7 * row) * scale);
            if let Some((font, index)) = glyph(&[DIGITS], digit) {
                draw_glyph(canvas, font, index, corner + offset, self.scale, colour);
            }
        }
    }
}

/// One character as it is drawn: its letter, and whether a stroke above or below the letter replaces an accent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) struct DrawnChar {
    base: char,
    marked_above: bool,
    marked_below: bool,
}

/// Converts a text into the characters that are drawn. Full-width letters become plain ones, and invisible characters,
/// such as direction marks, are left out. An accent that no font has becomes a stroke.
pub(super) fn characters(text: &str) -> Vec<DrawnChar> {
    let mut drawn: Vec<DrawnChar> = Vec::new();
    for char in text.nfkc().filter(|char| !is_invisible(*char)) {
        if glyph(&LARGE, char).is_some() {
            drawn.push(DrawnChar { base: char, marked_above: false, marked_below: false });
            continue;
        }
        for part in std::iter::once(char).nfd() {
            match (canonical_combining_class(part), drawn.last_mut()) {
                (0, _) | (_, None) => {
                    let base = if glyph(&LARGE, part).is_some() { part } else { char };
                    drawn.push(DrawnChar { base, marked_above: false, marked_below: false });
                    if base == char {
                        break;
                    }
                }
                (202 | 218..=222, Some(last)) => last.marked_below = true,
                (_, Some(last)) => last.marked_above = true,
            }
        }
    }
    drawn
}

/// Breaks the characters `text` into lines of at most `columns` characters. A line is broken at its last space, or
/// within a word if it has no space.
pub(super) fn wrap(text: &[DrawnChar], columns: usize) -> Vec<Vec<DrawnChar>> {
    let mut left = text.to_vec();
    let mut lines = Vec::new();
    while left.len() > columns.max(1) {
        let space = left.iter().take(columns.max(1) + 1).rposition(|char| char.base == ' ');
        let end = space.filter(|at| *at > 0).unwrap_or(columns.max(1));
        let rest = left.split_off(end);
        lines.push(std::mem::replace(&mut left, rest));
        if left.first().is_some_and(|char| char.base == ' ') {
            left.remove(0);
        }
    }
    lines.push(left);
    lines
}

/// Finds the first of `fonts` that has the character `char`. Returns this font and the index of the character in it;
/// `None` if no font has the character.
fn glyph(fonts: &[&'static MonoFont<'static>], char: char) -> Option<(&'static MonoFont<'static>, usize)> {
    fonts.iter().find_map(|font| {
        let index = font.glyph_mapping.index(char);
        (char == UNKNOWN || index != font.glyph_mapping.index(UNKNOWN)).then_some((*font, index))
    })
}

fn draw_glyph(canvas: &mut DemoCanvas, font: &MonoFont<'_>, index: usize, top_left: Point, scale: u32, colour: Rgb888) {
    let cell = font.character_size;
    let per_row = (font.image.size().width / cell.width).max(1);
    let index = small(index);
    let start = Point::new(signed(index % per_row * cell.width), signed(index / per_row * cell.height));
    for offset in Rectangle::new(Point::zero(), cell).points() {
        if font.image.pixel(start + offset) == Some(BinaryColor::On) {
            canvas.fill(Rectangle::new(top_left + offset * signed(scale), Size::new_equal(scale)), colour);
        }
    }
}

/// Returns whether a character is invisible, so that nothing is drawn for it: a control character, a character without
/// width, or a mark for the direction of a text.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn signed(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

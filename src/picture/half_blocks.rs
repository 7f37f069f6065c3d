//! Draws pixels as characters with two colours each. The character `▀` shows its upper half in the foreground colour
//! and its lower half in the background colour.

use std::fmt;

use image::Rgb;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use ratatui::style::Color;
use zeroize::Zeroize as _;

use super::drawing::{CellSize, ColourDepth};
use super::geometry::PictureSize;
use super::part::{Picture, PicturePart};

/// Levels that red, green and blue can each have in a terminal's palette of 256 colours. The palette has a colour for
/// each combination of the three levels. The first of these colours has the number 16.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];
/// Number of the first of the 24 greys in a terminal's palette of 256 colours. Their levels are 8, 18, … 238.
const GREYS: u8 = 232;

/// A part of a picture, converted to cells of the terminal with two colours each. When the value is dropped, the
/// colours are overwritten in memory.
pub(super) struct HalfBlocks {
    size: Size,
    /// The colours of the upper and the lower half of each cell, row by row. The lower half is `None` if the picture
    /// ends above it.
    cells: Vec<([u8; 3], Option<[u8; 3]>)>,
    colours: ColourDepth,
}

impl HalfBlocks {
    /// Computes the colours of both halves of each cell for `part` of `picture`. The part is scaled as large as
    /// possible into an area of `area` cells, with its own proportions. `cell` is the size of a cell in pixels.
    /// `colours` says which colours the terminal can show.
    pub(super) fn new(picture: &Picture, part: &PicturePart, area: Size, cell: CellSize, colours: ColourDepth) -> Self {
        let fitted = cell.fit_scaled(part.size(), area, 2);
        let (columns, halves) = (fitted.width, fitted.height);
        let size = Size { width: columns, height: halves.div_ceil(2) };
        if size.area() == 0 {
            return Self { size: Size::default(), cells: Vec::new(), colours };
        }
        let target = PictureSize { width: columns.into(), height: halves.into() };
        let pixels = picture.pixels_of(part).scaled(target);
        let of = |x: u16, y: u16| pixels.get_pixel_checked(x.into(), y.into()).map(|Rgb(colour)| *colour);
        let cells = (0..size.height).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let cells = cells.map(|(x, y)| (of(x, 2 * y).unwrap_or_default(), of(x, 2 * y + 1))).collect();
        Self { size, cells, colours }
    }

    pub(super) const fn size(&self) -> Size {
        self.size
    }

    /// Draws the cells into the buffer, with their upper left corner at `at`. Cells outside of the buffer are left out.
    pub(super) fn draw(&self, buffer: &mut Buffer, at: Position) {
        let rows = (at.y..).zip(self.cells.chunks_exact(usize::from(self.size.width).max(1)));
        for (y, row) in rows {
            for (x, (upper, lower)) in (at.x..).zip(row) {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    self.draw_cell(cell, *upper, *lower);
                }
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "one character of this module, and no text")]
    fn draw_cell(&self, cell: &mut Cell, upper: [u8; 3], lower: Option<[u8; 3]>) {
        cell.reset();
        cell.set_char('▀').set_fg(self.colour(upper));
        if let Some(lower) = lower {
            cell.set_bg(self.colour(lower));
        }
    }

    const fn colour(&self, colour: [u8; 3]) -> Color {
        match self.colours {
            ColourDepth::True => {
                let [red, green, blue] = colour;
                Color::Rgb(red, green, blue)
            }
            ColourDepth::Indexed => Color::Indexed(nearest(colour)),
        }
    }
}

impl Drop for HalfBlocks {
    fn drop(&mut self) {
        self.cells.zeroize();
    }
}

/// Shows the size only, since the colours are identity data.
impl fmt::Debug for HalfBlocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HalfBlocks({}×{})", self.size.width, self.size.height)
    }
}

/// Returns the number of the colour nearest to `colour` in a palette of 256 colours. Only the colours of [`CUBE`] and
/// the greys are considered.
const fn nearest(colour: [u8; 3]) -> u8 {
    let [red, green, blue] = colour;
    let (r, g, b) = (cube_step(red), cube_step(green), cube_step(blue));
    let mean = (red as u16 + green as u16 + blue as u16) / 3;
    let step = if mean < 3 {
        0
    } else if mean > 233 {
        23
    } else {
        (mean - 3) / 10
    };
    let level = 8 + 10 * step;
    let cube = distance(colour, [level_of(r), level_of(g), level_of(b)]);
    if distance(colour, [level, level, level]) < cube { GREYS + low_byte(step) } else { 16 + 36 * r + 6 * g + b }
}

/// Returns the index of the level in [`CUBE`] that is nearest to `level`.
const fn cube_step(level: u8) -> u8 {
    match level {
        0..=47 => 0,
        48..=114 => 1,
        115..=154 => 2,
        155..=194 => 3,
        195..=234 => 4,
        235.. => 5,
    }
}

const fn level_of(step: u8) -> u16 {
    let [none, one, two, three, four, five] = CUBE;
    (match step {
        0 => none,
        1 => one,
        2 => two,
        3 => three,
        4 => four,
        _ => five,
    }) as u16
}

const fn low_byte(value: u16) -> u8 {
    let [_, low] = value.to_be_bytes();
    low
}

const fn distance(colour: [u8; 3], other: [u16; 3]) -> u32 {
    let [red, green, blue] = colour;
    let [r, g, b] = other;
    square(red, r) + square(green, g) + square(blue, b)
}

const fn square(level: u8, other: u16) -> u32 {
    let difference = (level as u16).abs_diff(other) as u32;
    difference * difference
}

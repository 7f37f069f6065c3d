//! Sizes, points and rectangles of pictures in pixels, and turns by multiples of 90 degrees.

use std::ops::Range;

/// Width and height of a picture in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSize {
    /// Number of pixels in each row of the picture.
    pub width: u32,
    /// Number of rows of pixels.
    pub height: u32,
}

impl PictureSize {
    /// Returns the number of pixels of a picture with this size.
    pub const fn pixels(self) -> u64 {
        self.width as u64 * self.height as u64
    }

    /// Returns the size that a picture of this size has after the turn `turn`.
    #[must_use]
    pub const fn turned(self, turn: QuarterTurn) -> Self {
        match turn {
            QuarterTurn::None | QuarterTurn::Half => self,
            QuarterTurn::Right | QuarterTurn::Left => Self { width: self.height, height: self.width },
        }
    }
}

/// A point in a picture, in pixels from its left and upper edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PicturePoint {
    /// Distance from the left edge in pixels.
    pub x: f64,
    /// Distance from the upper edge in pixels.
    pub y: f64,
}

/// A turn of a picture by a multiple of 90 degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::VariantArray)]
pub enum QuarterTurn {
    /// No turn.
    #[default]
    None,
    /// A turn by 90 degrees clockwise.
    Right,
    /// A turn by 180 degrees.
    Half,
    /// A turn by 90 degrees counter-clockwise.
    Left,
}

impl QuarterTurn {
    /// Returns the multiple of 90 degrees that is nearest to a turn by `degrees` clockwise. For a few degrees, as of a
    /// skewed picture, this is [`QuarterTurn::None`]. Returns `None` if `degrees` is not finite.
    pub fn from_degrees(degrees: f64) -> Option<Self> {
        if !degrees.is_finite() {
            return None;
        }
        let quarters = (degrees.rem_euclid(360.0) / 90.0).round();
        Some(match quarters {
            1.0 => Self::Right,
            2.0 => Self::Half,
            3.0 => Self::Left,
            _ => Self::None,
        })
    }

    /// Returns the turn that is 90 degrees further clockwise than this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::None => Self::Right,
            Self::Right => Self::Half,
            Self::Half => Self::Left,
            Self::Left => Self::None,
        }
    }
}

impl PicturePoint {
    /// Converts this point of a turned picture into the same point of the picture before the turn. The picture was
    /// turned by `turn`, and its size before the turn was `size`.
    #[must_use]
    pub fn turned_back(self, turn: QuarterTurn, size: PictureSize) -> Self {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let Self { x, y } = self;
        match turn {
            QuarterTurn::None => self,
            QuarterTurn::Right => Self { x: y, y: height - x },
            QuarterTurn::Half => Self { x: width - x, y: height - y },
            QuarterTurn::Left => Self { x: width - y, y: x },
        }
    }
}

/// A rectangle of whole pixels: the columns from `x.start` to `x.end - 1` of the rows from `y.start` to `y.end - 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PixelRect {
    pub(super) x: Range<u32>,
    pub(super) y: Range<u32>,
}

impl PixelRect {
    pub(super) const fn whole(size: PictureSize) -> Self {
        Self { x: 0..size.width, y: 0..size.height }
    }

    pub(super) fn size(&self) -> PictureSize {
        let length = |range: &Range<u32>| range.end.saturating_sub(range.start);
        PictureSize { width: length(&self.x), height: length(&self.y) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.x.is_empty() || self.y.is_empty()
    }

    /// Converts this rectangle of a turned picture into the same rectangle of the picture before the turn. The picture
    /// was turned by `turn`, and its size before the turn was `size`.
    pub(super) fn turned_back(self, turn: QuarterTurn, size: PictureSize) -> Self {
        let mirrored =
            |range: Range<u32>, length: u32| length.saturating_sub(range.end)..length.saturating_sub(range.start);
        let Self { x, y } = self;
        match turn {
            QuarterTurn::None => Self { x, y },
            QuarterTurn::Right => Self { x: y, y: mirrored(x, size.height) },
            QuarterTurn::Half => Self { x: mirrored(x, size.width), y: mirrored(y, size.height) },
            QuarterTurn::Left => Self { x: mirrored(y, size.width), y: x },
        }
    }
}

/// Converts `value`, a computed length or position in pixels, to whole pixels by cutting off its fraction. The result
/// is at most `most`. It is zero for a value below zero and for NaN.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value is limited before")]
pub(super) fn whole_pixels(value: f64, most: u32) -> u32 {
    if value.is_nan() { 0 } else { value.clamp(0.0, f64::from(most)) as u32 }
}

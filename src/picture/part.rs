//! A decoded picture, and the part of it that is drawn.

use std::fmt;

use super::corners::{self, CornersFault};
use super::geometry::{PicturePoint, PictureSize, PixelRect, QuarterTurn};
use super::pixels::Pixels;
use super::scale_down::first_sent;

/// A decoded picture without any metadata, scaled down if the picture in the file is large. Its pixels are overwritten
/// in memory when it is dropped.
pub struct Picture {
    sent: PictureSize,
    pixels: Pixels,
}

/// A part of a picture, and the turn with which it is drawn. The part is a rectangle of the pixels that are kept in
/// memory. Of a large picture, fewer pixels are kept than its file has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PicturePart {
    pub(super) rect: PixelRect,
    pub(super) turn: QuarterTurn,
}

impl Picture {
    pub(super) const fn new(sent: PictureSize, pixels: Pixels) -> Self {
        Self { sent, pixels }
    }

    /// Returns the size of the picture as the service sent it, after the turn that its EXIF orientation asks for.
    /// Coordinates in the service's OCR data are in pixels of this size.
    pub const fn sent_size(&self) -> PictureSize {
        self.sent
    }

    /// Returns the size in which the picture is kept in memory, at most 2,000 pixels on the longer side.
    pub fn kept_size(&self) -> PictureSize {
        self.pixels.size()
    }

    /// Returns the part that is the whole picture, turned by `turn` when it is drawn.
    pub fn whole(&self, turn: QuarterTurn) -> PicturePart {
        PicturePart { rect: PixelRect::whole(self.kept_size()), turn }
    }

    /// Returns the part of the picture that is inside the smallest upright rectangle around the four corners `four`.
    /// The part is drawn with the turn `turn`. Only pixels that are completely inside the rectangle belong to the part.
    ///
    /// The corners may be in any order. They are points of the picture at its sent size
    /// ([`sent_size`](Self::sent_size)), after it was turned by `turn`.
    ///
    /// # Errors
    /// Returns a [`CornersFault`] if a corner is outside of the picture, or if no whole pixel is inside of the
    /// rectangle. Corners are never moved into the picture.
    pub fn cut_out(&self, four: [PicturePoint; 4], turn: QuarterTurn) -> Result<PicturePart, CornersFault> {
        let sent = corners::rectangle(four, self.sent.turned(turn))?.turned_back(turn, self.sent);
        let kept = self.kept_size();
        let rect = PixelRect {
            x: inner(&sent.x, kept.width, self.sent.width),
            y: inner(&sent.y, kept.height, self.sent.height),
        };
        if rect.is_empty() { Err(CornersFault::NoArea) } else { Ok(PicturePart { rect, turn }) }
    }

    /// Returns the pixels of the part `part` of this picture, turned as the part says.
    pub(super) fn pixels_of(&self, part: &PicturePart) -> Pixels {
        self.pixels.cut(&part.rect).turned(part.turn)
    }
}

impl PicturePart {
    /// Returns the size of this part after its turn, in pixels of the picture that is kept in memory.
    pub fn size(&self) -> PictureSize {
        self.rect.size().turned(self.turn)
    }
}

/// Converts `range`, a range of pixels of the picture as sent, to pixels of the scaled-down picture that is kept in
/// memory. The result has only kept pixels that lie completely in `range`. Both ranges are along one side of the
/// picture, which has `kept` kept pixels and `sent` sent pixels.
fn inner(range: &std::ops::Range<u32>, kept: u32, sent: u32) -> std::ops::Range<u32> {
    // Kept pixel k covers the sent pixels from `first_sent(k)` to `first_sent(k + 1)`.
    let scaled = |at: u32| u32::try_from(u64::from(at) * u64::from(kept) / u64::from(sent.max(1))).unwrap_or(kept);
    let mut start = scaled(range.start);
    while start < kept && first_sent(start, kept, sent) < range.start {
        start += 1;
    }
    let mut end = scaled(range.end).saturating_add(1).min(kept);
    while end > start && first_sent(end, kept, sent) > range.end {
        end -= 1;
    }
    start..end
}

/// Shows the size only, since the pixels are identity data.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}×{})", self.sent.width, self.sent.height)
    }
}

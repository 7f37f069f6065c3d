//! Pixels of a picture that are overwritten in memory when they are dropped.

use std::fmt;
use std::ops::Deref;

use image::imageops::{self, FilterType};
use image::{GenericImageView as _, RgbImage};
use zeroize::Zeroize as _;

use super::geometry::{PictureSize, PixelRect, QuarterTurn};

/// Size in bytes of a large allocation. The memory allocator of Linux (glibc) always takes such an allocation from the
/// system as a block of its own. When the block is freed, it returns to the system at once. Bytes that are reserved but
/// never written take no memory.
const OWN_BLOCK: usize = (32 << 20) + (1 << 16);
/// Minimum size, in bytes of pixels, of a picture that counts as large. For a large picture, at least [`OWN_BLOCK`]
/// bytes are reserved. So its memory returns to the system as soon as it is dropped.
const LARGE: usize = 1 << 20;

/// Returns a picture of the size `size` with black pixels. The memory of a large picture returns to the system as soon
/// as the picture is dropped.
pub(super) fn black(size: PictureSize) -> RgbImage {
    let length = usize::try_from(size.pixels().saturating_mul(3)).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(if length < LARGE { length } else { length.max(OWN_BLOCK) });
    bytes.resize(length, 0);
    RgbImage::from_raw(size.width, size.height, bytes).unwrap_or_default()
}

/// Pixels with red, green and blue, 8 bits each. They are overwritten in memory when they are dropped.
pub(super) struct Pixels(RgbImage);

impl Pixels {
    pub(super) const fn new(image: RgbImage) -> Self {
        Self(image)
    }

    pub(super) fn size(&self) -> PictureSize {
        PictureSize { width: self.0.width(), height: self.0.height() }
    }

    /// Returns a copy of the pixels inside of `rect`. If `rect` reaches beyond the picture, the copy is smaller.
    pub(super) fn cut(&self, rect: &PixelRect) -> Self {
        let all = self.size();
        let (left, top) = (rect.x.start.min(all.width), rect.y.start.min(all.height));
        let (right, bottom) = (rect.x.end.clamp(left, all.width), rect.y.end.clamp(top, all.height));
        let mut cut = black(PictureSize { width: right - left, height: bottom - top });
        imageops::replace(&mut cut, &*self.0.view(left, top, right - left, bottom - top), 0, 0);
        Self(cut)
    }

    pub(super) fn turned(self, turn: QuarterTurn) -> Self {
        match turn {
            QuarterTurn::None => self,
            QuarterTurn::Right => Self(imageops::rotate90(&self.0)),
            QuarterTurn::Half => Self(imageops::rotate180(&self.0)),
            QuarterTurn::Left => Self(imageops::rotate270(&self.0)),
        }
    }

    /// Returns the pixels scaled to `size`.
    pub(super) fn scaled(self, size: PictureSize) -> Self {
        if self.size() == size {
            return self;
        }
        Self(imageops::resize(&self.0, size.width, size.height, FilterType::CatmullRom))
    }
}

impl Deref for Pixels {
    type Target = RgbImage;

    fn deref(&self) -> &RgbImage {
        &self.0
    }
}

impl Drop for Pixels {
    fn drop(&mut self) {
        self.0.as_flat_samples_mut().as_mut_slice().zeroize();
    }
}

/// Shows the size only, since the pixels are identity data.
impl fmt::Debug for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pixels({}×{})", self.0.width(), self.0.height())
    }
}

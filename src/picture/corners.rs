//! The part of a picture between four corners that the service sent.

use super::geometry::{PicturePoint, PictureSize, PixelRect, whole_pixels};

/// Reason why the part of a picture that lies between four corners cannot be cut out. Its text is one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CornersFault {
    /// At least one of the four corners is outside of the picture.
    #[error("A corner is outside of the picture.")]
    Outside,
    /// The rectangle around the corners contains no whole pixel, as when all corners are at 0,0.
    #[error("The corners enclose no area.")]
    NoArea,
    /// A coordinate of a corner is not a finite number.
    #[error("A coordinate is not a number.")]
    NotANumber,
}

/// Returns the whole pixels inside of the smallest upright rectangle that contains the four corners. `size` is the size
/// of the picture. It is an error if a corner is outside of the picture.
pub(super) fn rectangle(corners: [PicturePoint; 4], size: PictureSize) -> Result<PixelRect, CornersFault> {
    if corners.iter().any(|corner| !corner.x.is_finite() || !corner.y.is_finite()) {
        return Err(CornersFault::NotANumber);
    }
    let inside = |at: f64, length: u32| (0.0..=f64::from(length)).contains(&at);
    if !corners.iter().all(|corner| inside(corner.x, size.width) && inside(corner.y, size.height)) {
        return Err(CornersFault::Outside);
    }
    let side = |of: fn(&PicturePoint) -> f64, length: u32| {
        let low = corners.iter().map(of).fold(f64::INFINITY, f64::min).ceil();
        let high = corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max).floor();
        whole_pixels(low, length)..whole_pixels(high, length)
    };
    let rect = PixelRect { x: side(|corner| corner.x, size.width), y: side(|corner| corner.y, size.height) };
    if rect.is_empty() { Err(CornersFault::NoArea) } else { Ok(rect) }
}

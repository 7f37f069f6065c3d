//! The sixel protocol for pictures, which foot, mlterm, xterm and many other terminals know.

use icy_sixel::{EncodeOptions, SixelImage};
use image::Rgb;
use zeroize::Zeroizing;

use super::pixels::Pixels;

/// Number of colours of an encoded picture. Every terminal with sixel allows this number.
const COLOURS: u16 = 256;

/// Returns the escape sequence that shows `pixels` at the cursor; `None` if they cannot be encoded.
pub(super) fn encode(pixels: &Pixels) -> Option<Zeroizing<Vec<u8>>> {
    let opaque = pixels.pixels().flat_map(|Rgb([red, green, blue])| [*red, *green, *blue, u8::MAX]).collect();
    let [width, height] = [pixels.width(), pixels.height()].map(|side| usize::try_from(side).unwrap_or_default());
    let image = SixelImage::try_from_rgba(opaque, width, height).ok()?;
    let options = EncodeOptions { max_colors: COLOURS, ..EncodeOptions::default() };
    image.encode_with(&options).ok().map(|text| Zeroizing::new(text.into_bytes()))
}

//! Scales a decoded picture down to the size that is kept in memory, and draws its transparent parts over white.

use image::{ColorType, Rgb, RgbImage};

use super::geometry::PictureSize;
use super::pixels::black;

/// Maximum number of pixels on the longer side of a picture that is kept in memory.
const LONGEST: u32 = 2_000;
/// Maximum number of bytes of a picture that is kept in memory.
pub(super) const MAX_BYTES: u64 = 3 * LONGEST as u64 * LONGEST as u64;

/// Returns the picture `decoded`, scaled down so that its longer side has at most [`LONGEST`] pixels. `colour` is the
/// pixel layout of `decoded`, and `sent` its size. Transparent pixels are drawn over white. Returns `None` for a pixel
/// layout that no decoder of this program produces.
///
/// Each pixel of the result is the mean of the decoded pixels that it covers. Each decoded pixel counts for exactly one
/// pixel of the result. So a cut-out of the result contains nothing from outside of it.
pub(super) fn scale_down(decoded: &[u8], colour: ColorType, sent: PictureSize) -> Option<RgbImage> {
    let kept = kept_size(sent);
    let read = reader(colour)?;
    let step = usize::from(colour.bytes_per_pixel());
    let columns = usize::try_from(kept.width).ok()?;
    // For each kept column, the number of the first sent column after it.
    let ends: Vec<u32> = (1..=kept.width).map(|column| first_sent(column, kept.width, sent.width)).collect();
    let mut sums = vec![[0_u64; 3]; columns];
    let mut image = black(kept);
    let mut lines = decoded.chunks_exact(step * usize::try_from(sent.width).ok()?);
    for (row, pixels) in (0..kept.height).zip(image.chunks_exact_mut(3 * columns)) {
        sums.fill([0; 3]);
        let height = first_sent(row + 1, kept.height, sent.height) - first_sent(row, kept.height, sent.height);
        for line in lines.by_ref().take(usize::try_from(height).ok()?) {
            let mut sent_pixels = line.chunks_exact(step);
            let mut start = 0;
            for (sum, end) in sums.iter_mut().zip(&ends) {
                for pixel in sent_pixels.by_ref().take(usize::try_from(end - start).ok()?) {
                    let Rgb(colours) = read(pixel);
                    for (sum, colour) in sum.iter_mut().zip(colours) {
                        *sum += u64::from(colour);
                    }
                }
                start = *end;
            }
        }
        let mut start = 0;
        for ((pixel, sum), end) in pixels.chunks_exact_mut(3).zip(&sums).zip(&ends) {
            let count = u64::from(end - start) * u64::from(height);
            start = *end;
            for (colour, sum) in pixel.iter_mut().zip(sum) {
                *colour = u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX);
            }
        }
    }
    Some(image)
}

fn kept_size(sent: PictureSize) -> PictureSize {
    let longer = sent.width.max(sent.height);
    if longer <= LONGEST {
        return sent;
    }
    let side = |length: u32| {
        let length = (u64::from(length) * u64::from(LONGEST) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(length).unwrap_or(LONGEST).max(1)
    };
    PictureSize { width: side(sent.width), height: side(sent.height) }
}

/// Returns the number of the first row of the sent picture that is covered by row `at` of the scaled-down picture.
/// `sent` and `kept` are the numbers of rows of the two pictures. The function also works for columns.
pub(super) fn first_sent(at: u32, kept: u32, sent: u32) -> u32 {
    u32::try_from(u64::from(at) * u64::from(sent) / u64::from(kept.max(1))).unwrap_or(u32::MAX)
}

/// A function that converts one pixel of a decoded picture, given as bytes, to red, green and blue.
type PixelReader = fn(&[u8]) -> Rgb<u8>;

/// Returns the function that reads one pixel of a decoded picture whose pixels have the layout `colour`; `None` for a
/// layout that no decoder of this program makes.
fn reader(colour: ColorType) -> Option<PixelReader> {
    Some(match colour {
        ColorType::L8 => |pixel| grey(at(pixel, 0), u8::MAX),
        ColorType::La8 => |pixel| grey(at(pixel, 0), at(pixel, 1)),
        ColorType::Rgb8 => |pixel| Rgb([at(pixel, 0), at(pixel, 1), at(pixel, 2)]),
        ColorType::Rgba8 => |pixel| over_white([at(pixel, 0), at(pixel, 1), at(pixel, 2)], at(pixel, 3)),
        ColorType::L16 => |pixel| grey(wide(pixel, 0), u8::MAX),
        ColorType::La16 => |pixel| grey(wide(pixel, 0), wide(pixel, 1)),
        ColorType::Rgb16 => |pixel| Rgb([wide(pixel, 0), wide(pixel, 1), wide(pixel, 2)]),
        ColorType::Rgba16 => |pixel| over_white([wide(pixel, 0), wide(pixel, 1), wide(pixel, 2)], wide(pixel, 3)),
        _ => return None,
    })
}

fn at(pixel: &[u8], channel: usize) -> u8 {
    pixel.get(channel).copied().unwrap_or_default()
}

/// Returns the channel of a pixel at the index `channel`, reduced from 16 bits to 8. The 16 bits are in the byte order
/// of this machine.
fn wide(pixel: &[u8], channel: usize) -> u8 {
    let value = u16::from_ne_bytes([at(pixel, 2 * channel), at(pixel, 2 * channel + 1)]);
    u8::try_from((u32::from(value) + 128) / 257).unwrap_or(u8::MAX)
}

fn grey(level: u8, alpha: u8) -> Rgb<u8> {
    over_white([level; 3], alpha)
}

fn over_white(colours: [u8; 3], alpha: u8) -> Rgb<u8> {
    let alpha = u16::from(alpha);
    Rgb(colours.map(|colour| {
        let mixed = u16::from(colour) * alpha + 255 * (255 - alpha);
        u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
    }))
}

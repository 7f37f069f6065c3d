//! Decodes picture files, within limits on bytes, pixels and memory.

use std::io::{Cursor, ErrorKind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::LimitErrorKind;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError, Limits};
use zeroize::Zeroizing;

use super::fault::PictureFault;
use super::geometry::PictureSize;
use super::kind::ContentKind;
use super::part::Picture;
use super::pixels::Pixels;
use super::{jpeg_frame, scale_down, webp_frames};

/// Maximum number of bytes of a file that is decoded as a picture.
pub const MAX_FILE_BYTES: usize = 12 << 20;
/// Maximum number of pixels of a picture that is decoded.
pub const MAX_PIXELS: u64 = 40_000_000;
/// Maximum number of bytes of memory that decoding one picture takes, including the file and the decoded picture.
pub const MAX_DECODE_MEMORY: u64 = 256 << 20;

/// Memory in bytes that decoding takes besides the memory for the pixels. It is for the file, the decoder's copy of the
/// file, the scaled-down picture, and tables.
const BESIDE_PIXELS: u64 = 2 * MAX_FILE_BYTES as u64 + scale_down::MAX_BYTES + (4 << 20);
/// Maximum memory in bytes that the PNG decoder may take for lines and for other data besides the pixels.
const PNG_LINES: u64 = 16 << 20;

impl Picture {
    /// Decodes a JPEG, PNG or WebP picture. The first bytes of the file decide which of them it is. Only the first
    /// picture of an animation is read. The picture is turned as its EXIF orientation says, transparent parts are drawn
    /// over white, and a large picture is scaled down.
    ///
    /// # Errors
    /// Returns a [`PictureFault`] if the file is not such a picture or is damaged. A file that exceeds
    /// [`MAX_FILE_BYTES`], [`MAX_PIXELS`] or [`MAX_DECODE_MEMORY`] is an error too.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureFault> {
        if bytes.is_empty() {
            return Err(PictureFault::Empty);
        }
        if bytes.len() > MAX_FILE_BYTES {
            return Err(PictureFault::TooManyBytes);
        }
        match ContentKind::of(bytes) {
            Some(ContentKind::Jpeg) => jpeg(bytes),
            Some(ContentKind::Png) => png(bytes),
            Some(ContentKind::WebP) => webp(bytes),
            other => Err(PictureFault::Kind(other)),
        }
    }
}

fn jpeg(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let frame = jpeg_frame::read(bytes)?;
    check_pixels(frame.size)?;
    check_memory(frame.size, frame.bytes_per_pixel)?;
    read(JpegDecoder::new(Cursor::new(bytes)).map_err(fault)?)
}

fn png(bytes: &[u8]) -> Result<Picture, PictureFault> {
    // A picture that claims too many pixels fails before the decoder takes memory for a line.
    let header = bytes.get(16..24).and_then(|size| size.split_first_chunk::<4>());
    if let Some((width, rest)) = header
        && let Some(height) = rest.first_chunk::<4>()
    {
        check_pixels(PictureSize { width: u32::from_be_bytes(*width), height: u32::from_be_bytes(*height) })?;
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(PNG_LINES);
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(fault)?;
    check_memory(size_of(&decoder), u64::from(decoder.color_type().bytes_per_pixel()))?;
    read(decoder)
}

fn webp(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    let size = size_of(&decoder);
    check_pixels(size)?;
    let frames = webp_frames::read(bytes);
    if frames.largest > size.pixels() {
        return Err(PictureFault::Damaged);
    }
    let is_plain = !frames.is_lossless && !decoder.has_animation() && decoder.color_type() == ColorType::Rgb8;
    check_memory(size, if is_plain { webp_frames::PLAIN_BYTES } else { webp_frames::MOST_BYTES })?;
    read(decoder)
}

fn size_of(decoder: &impl ImageDecoder) -> PictureSize {
    let (width, height) = decoder.dimensions();
    PictureSize { width, height }
}

fn check_pixels(size: PictureSize) -> Result<(), PictureFault> {
    match size.pixels() {
        0 => Err(PictureFault::Damaged),
        1..=MAX_PIXELS => Ok(()),
        _ => Err(PictureFault::TooManyPixels),
    }
}

fn check_memory(size: PictureSize, bytes_per_pixel: u64) -> Result<(), PictureFault> {
    let needed = size.pixels().saturating_mul(bytes_per_pixel).saturating_add(BESIDE_PIXELS);
    if needed > MAX_DECODE_MEMORY { Err(PictureFault::TooMuchMemory) } else { Ok(()) }
}

fn read(mut decoder: impl ImageDecoder) -> Result<Picture, PictureFault> {
    let size = size_of(&decoder);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODE_MEMORY);
    decoder.set_limits(limits).map_err(fault)?;
    // Damaged metadata does not matter: the picture is then shown as it is.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colour = decoder.color_type();
    let length = usize::try_from(decoder.total_bytes()).map_err(|_| PictureFault::TooMuchMemory)?;
    let mut decoded = Zeroizing::new(vec![0; length]);
    decoder.read_image(&mut decoded).map_err(fault)?;
    let kept = scale_down::scale_down(&decoded, colour, size).ok_or(PictureFault::Unsupported)?;
    drop(decoded);
    let mut image = DynamicImage::ImageRgb8(kept);
    image.apply_orientation(orientation);
    let pixels = Pixels::new(image.into_rgb8());
    let is_turned = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let sent = if is_turned { PictureSize { width: size.height, height: size.width } } else { size };
    Ok(Picture::new(sent, pixels))
}

/// Converts the error of a decoder into a fault. The text of the error is dropped, since it may hold parts of the file.
fn fault(error: ImageError) -> PictureFault {
    match error {
        ImageError::Unsupported(_) => PictureFault::Unsupported,
        ImageError::Limits(error) if error.kind() == LimitErrorKind::InsufficientMemory => PictureFault::TooMuchMemory,
        ImageError::Limits(_) => PictureFault::TooManyPixels,
        ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => PictureFault::CutOff,
        _ => PictureFault::Damaged,
    }
}

//! Encodes placed pictures as escape sequences, for terminals that draw pixels themselves.
//!
//! The runtime writes three things to a terminal: the text of frames, mode changes, and [`PictureBytes`]. Only this
//! module creates [`PictureBytes`], from decoded pixels and numbers. So no other bytes of a picture file reach the
//! terminal.

use std::fmt;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use ratatui::layout::Rect;
use zeroize::{Zeroize as _, Zeroizing};

use super::drawing::{CellSize, PictureDrawing, PictureProtocol};
use super::geometry::{PictureSize, whole_pixels};
use super::part::PicturePart;
use super::pixels::Pixels;
use super::placed::PlacedPicture;
use super::{iterm2, kitty, sixel};

/// Maximum number of bytes of one encoded picture. A longer one would block a slow connection.
pub const MAX_ENCODED: usize = 2 << 20;
/// Maximum number of pixels of a picture that is encoded. More would take long, because colours must be chosen for
/// sixel.
const MAX_ENCODED_PIXELS: f64 = 1_500_000.0;
/// Factor by which width and height of a picture are multiplied each time that the encoded picture is too long.
const SHRINK: f64 = 0.8;
/// Maximum number of times that a picture is encoded until the result is short enough. After each attempt, the picture
/// is made smaller.
const MAX_ATTEMPTS: u32 = 24;
/// Quality of the JPEG pictures that this module makes, from 1 to 100.
const JPEG_QUALITY: u8 = 90;

/// Escape sequences that show pictures on the terminal or delete them. Only this module makes them. They are
/// overwritten in memory when they are dropped.
#[derive(Default, PartialEq, Eq)]
pub struct PictureBytes {
    bytes: Vec<u8>,
    keeps: bool,
}

impl PictureBytes {
    /// Returns the bytes of the escape sequences, to be written to the terminal.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns whether any of the escape sequences shows a picture that the terminal keeps. Such a picture must be
    /// deleted later by a further escape sequence, such as those of [`delete_all`].
    pub const fn must_be_deleted(&self) -> bool {
        self.keeps
    }

    /// Returns whether there are no escape sequences to write to the terminal.
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends the escape sequences that show `placed` at its place on the screen. If the terminal keeps pictures, they
    /// replace the picture with the same `number`. `screen` is the area of the whole screen. Appends nothing in three
    /// cases:
    ///
    /// - The picture is drawn as half blocks (as text).
    /// - Its place has no cells.
    /// - It cannot be encoded in at most [`MAX_ENCODED`] bytes.
    pub fn show(&mut self, placed: &PlacedPicture, number: PictureNumber, screen: Rect) {
        let drawing = placed.drawing();
        let mut area = placed.area();
        // After a sixel picture the cursor is below it, and in the last row this would scroll the screen.
        if drawing.protocol == PictureProtocol::Sixel && area.bottom() >= screen.bottom() {
            area.height = area.height.saturating_sub(1);
        }
        if area.is_empty() {
            return;
        }
        let encoded = match drawing.protocol {
            PictureProtocol::HalfBlocks => return,
            PictureProtocol::Kitty => {
                shortest(placed, area, |pixels| Some(kitty::transmit(&png(pixels)?, number, area.as_size())))
            }
            PictureProtocol::Iterm2 => {
                shortest(placed, area, |pixels| Some(iterm2::inline(&jpeg(pixels)?, area.as_size())))
            }
            PictureProtocol::Sixel => shortest(placed, area, sixel::encode),
        };
        if let Some(encoded) = encoded {
            self.place(area);
            self.bytes.extend_from_slice(&encoded);
            self.keeps |= drawing.protocol == PictureProtocol::Kitty;
        }
    }

    /// Appends the escape sequence that deletes the picture with the number `number`, for a terminal that keeps
    /// pictures.
    pub fn delete(&mut self, number: PictureNumber) {
        self.bytes.extend_from_slice(kitty::delete(number).as_bytes());
    }

    fn place(&mut self, area: Rect) {
        let (row, column) = (u32::from(area.y) + 1, u32::from(area.x) + 1);
        self.bytes.extend_from_slice(format!("\x1b[{row};{column}H").as_bytes());
    }
}

impl Drop for PictureBytes {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Shows the length only, since the pixels are identity data.
impl fmt::Debug for PictureBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PictureBytes({})", self.bytes.len())
    }
}

/// A number that identifies a picture on the screen, from 0 to [`PictureNumber::COUNT`] - 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureNumber(u8);

impl PictureNumber {
    /// Number of pictures that may be on the screen at the same time.
    pub const COUNT: u8 = 8;

    /// Returns all numbers that a picture on the screen can have, in ascending order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// Returns the number that is sent to the terminal for this picture. Other programs on the same terminal number
    /// their pictures too, probably from 1. So the numbers of this program begin elsewhere.
    pub(super) const fn id(self) -> u32 {
        // The letters "ARG", so that another program hardly uses the same numbers.
        0x4152_4700 + self.0 as u32
    }
}

/// Returns the escape sequences that delete all pictures of this program from a terminal that keeps pictures. The
/// terminal sends no answer to them, not even for a picture that does not exist.
pub fn delete_all() -> String {
    PictureNumber::all().map(kitty::delete).collect()
}

/// Encodes a picture with `encode`, to be shown in the cells `area`. Uses fewer pixels if the result is longer than
/// [`MAX_ENCODED`]. Returns `None` if `encode` returns `None`, or if the result is still too long after
/// [`MAX_ATTEMPTS`] attempts.
fn shortest(
    placed: &PlacedPicture,
    area: Rect,
    encode: impl Fn(&Pixels) -> Option<Zeroizing<Vec<u8>>>,
) -> Option<Zeroizing<Vec<u8>>> {
    let PictureDrawing { cell, protocol, .. } = placed.drawing();
    let mut size = pixels_of(area, cell, placed.part(), protocol);
    for _ in 0..MAX_ATTEMPTS {
        let pixels = placed.picture().pixels_of(placed.part()).scaled(size);
        let encoded = encode(&pixels)?;
        if encoded.len() <= MAX_ENCODED {
            return Some(encoded);
        }
        size = scaled(size, SHRINK);
    }
    None
}

/// Returns the size in pixels to which `part` of a picture is scaled before it is encoded for the cells `area`. `cell`
/// is the size of one cell in pixels. If the terminal scales pictures itself, the result is no larger than the part.
fn pixels_of(area: Rect, cell: CellSize, part: &PicturePart, protocol: PictureProtocol) -> PictureSize {
    let full = PictureSize {
        width: u32::from(area.width) * u32::from(cell.width),
        height: u32::from(area.height) * u32::from(cell.height),
    };
    let pixels = f64::from(full.width) * f64::from(full.height);
    let limited = scaled(full, (MAX_ENCODED_PIXELS / pixels).sqrt().min(1.0));
    let own = part.size();
    match protocol {
        // A band of sixels has six rows of pixels, and a band that is not full may reach into the next row of cells.
        PictureProtocol::Sixel => PictureSize { height: (limited.height / 6 * 6).max(1), ..limited },
        _ if own.width < limited.width && own.height < limited.height => own,
        _ => limited,
    }
}

fn scaled(size: PictureSize, factor: f64) -> PictureSize {
    let side = |length: u32| whole_pixels((f64::from(length) * factor).floor(), length).max(1);
    PictureSize { width: side(size.width), height: side(size.height) }
}

fn png(pixels: &Pixels) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    let encoder = PngEncoder::new_with_quality(&mut *bytes, CompressionType::Fast, FilterType::Adaptive);
    encoder.write_image(pixels.as_raw(), pixels.width(), pixels.height(), ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

fn jpeg(pixels: &Pixels) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    let encoder = JpegEncoder::new_with_quality(&mut *bytes, JPEG_QUALITY);
    encoder.write_image(pixels.as_raw(), pixels.width(), pixels.height(), ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

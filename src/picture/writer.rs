//! Encodes placed pictures for terminals that draw pixels themselves.
//!
//! [`PictureBytes`] are the only bytes beside frames and modes that the runtime writes to a terminal. They are made
//! here, from decoded pixels and numbers.

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

/// Number of bytes of the longest encoded picture, so that a slow connection is not blocked for long.
pub const MAX_ENCODED: usize = 2 << 20;
/// Number of pixels of the largest picture that is encoded: choosing the colours for sixel takes long.
const MAX_ENCODED_PIXELS: f64 = 1_500_000.0;
/// Factor by which both sides shrink while the encoded picture is too long.
const SHRINK: f64 = 0.8;
/// Maximum number of times that a picture is encoded until the result is short enough. After each attempt, the picture
/// is made smaller.
const MAX_ATTEMPTS: u32 = 24;
/// Quality of the JPEG pictures that are made here, from 1 to 100.
const JPEG_QUALITY: u8 = 90;

/// Escape sequences that show pictures or delete them. Only this module makes them. They are overwritten when they are
/// dropped.
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

    /// Returns whether one of the escape sequences shows a picture that the terminal keeps until a further sequence
    /// deletes it, such as those of [`delete_all`].
    pub const fn must_be_deleted(&self) -> bool {
        self.keeps
    }

    /// Returns whether there are no escape sequences to write to the terminal.
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends the escape sequences that show a picture at its place on the screen. A terminal that keeps pictures
    /// distinguishes them by `number`, and replaces a picture that has the same number. `screen` is the area of the
    /// whole screen. Appends nothing if the picture is drawn as half blocks (as text), if its place has no cells, or if
    /// it cannot be encoded in at most [`MAX_ENCODED`] bytes.
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

    /// Appends the sequence that deletes the picture with the number `number` from a terminal that keeps pictures.
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

/// Shows the length only.
impl fmt::Debug for PictureBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PictureBytes({})", self.bytes.len())
    }
}

/// Number of a picture on the screen, from 0 to [`PictureNumber::COUNT`] - 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureNumber(u8);

impl PictureNumber {
    /// Number of pictures that may be on the screen at the same time.
    pub const COUNT: u8 = 8;

    /// Returns all numbers that a picture on the screen can have, in ascending order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// Returns the number by which the terminal knows the picture. Other programs on the same terminal use its numbers
    /// as well, so the numbers of this program do not begin at 1.
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

/// Encodes a picture with `encode` for its place on the screen, the cells `area`. Uses fewer pixels if the result is
/// longer than [`MAX_ENCODED`]. Returns `None` if `encode` does, or if the result is still too long after
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

/// Returns the width and height in pixels in which the part `part` of a picture is sent to be shown in the cells
/// `area`. `cell` is the size of one cell in pixels. A terminal that scales pictures gets no more pixels than the part
/// has.
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

//! Recognises the kind of a file, such as JPEG or PDF, by its first bytes.

use std::fmt;

/// Number of bytes at the start of a file that are searched for the beginning of a text format such as SVG.
const TEXT_START: usize = 1024;

/// A kind of file, recognised by the content of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// A JPEG picture, which the program reads.
    Jpeg,
    /// A PNG picture, which the program reads.
    Png,
    /// A WebP picture, which the program reads.
    WebP,
    /// A GIF picture.
    Gif,
    /// A HEIC or HEIF picture.
    Heic,
    /// An AVIF picture.
    Avif,
    /// A TIFF picture. Raw pictures of many cameras count as TIFF, too.
    Tiff,
    /// A BMP picture.
    Bmp,
    /// A JPEG XL picture.
    JpegXl,
    /// A JPEG 2000 picture.
    Jpeg2000,
    /// An SVG drawing.
    Svg,
    /// A PDF document.
    Pdf,
    /// A web page.
    Html,
    /// Data in JSON.
    Json,
    /// Data that is compressed with gzip.
    Gzip,
    /// A ZIP archive.
    Zip,
}

impl ContentKind {
    /// Returns the kind of the file with the content `bytes`; `None` if it is not recognised.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::WebP,
            [b'G', b'I', b'F', b'8', ..] => Self::Gif,
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => return Self::of_brand(brand),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Self::Tiff,
            [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Self::JpegXl,
            [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => Self::Jpeg2000,
            [b'%', b'P', b'D', b'F', ..] => Self::Pdf,
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'P', b'K', 3, 4, ..] => Self::Zip,
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Self::Bmp,
            _ => return Self::of_text(bytes),
        })
    }

    /// Returns the kind of a file in the container format of MPEG-4. `brand` holds the bytes after `ftyp`, of which the
    /// first four name the kind, such as `avif`. `None` for an unknown name.
    fn of_brand(brand: &[u8]) -> Option<Self> {
        match brand.get(..4)? {
            b"avif" | b"avis" => Some(Self::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some(Self::Heic),
            _ => None,
        }
    }

    fn of_text(bytes: &[u8]) -> Option<Self> {
        let start = bytes.get(..TEXT_START).unwrap_or(bytes);
        let text = String::from_utf8_lossy(start).to_ascii_lowercase();
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.as_bytes().first()? {
            b'{' | b'[' => Some(Self::Json),
            b'<' if text.contains("<svg") => Some(Self::Svg),
            b'<' if text.contains("<html") || text.contains("<!doctype html") || text.contains("<head") => {
                Some(Self::Html)
            }
            _ => None,
        }
    }

    /// Returns whether this program can decode files of this kind: JPEG, PNG and WebP pictures.
    pub const fn is_readable(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::WebP)
    }
}

/// Writes the name of the kind with its article, such as `a PDF document`.
impl fmt::Display for ContentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "a JPEG picture",
            Self::Png => "a PNG picture",
            Self::WebP => "a WebP picture",
            Self::Gif => "a GIF picture",
            Self::Heic => "a HEIC picture",
            Self::Avif => "an AVIF picture",
            Self::Tiff => "a TIFF picture",
            Self::Bmp => "a BMP picture",
            Self::JpegXl => "a JPEG XL picture",
            Self::Jpeg2000 => "a JPEG 2000 picture",
            Self::Svg => "an SVG drawing",
            Self::Pdf => "a PDF document",
            Self::Html => "a web page",
            Self::Json => "JSON data",
            Self::Gzip => "gzip data",
            Self::Zip => "a ZIP archive",
        })
    }
}

//! Encodes a drawn picture as a file: PNG or JPEG.

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

/// Quality of the JPEG files, from 1 to 100.
const QUALITY: u8 = 80;

/// A picture as the bytes of a file, and the media type of this file, such as `image/png`.
pub(super) struct EncodedPicture {
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl EncodedPicture {
    pub(super) fn png(picture: &DynamicImage) -> Self {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Up);
        // Encoding into memory does not fail; a picture without bytes would be noticed.
        let _ = picture.write_with_encoder(encoder);
        Self { media_type: "image/png", bytes }
    }

    pub(super) fn jpeg(picture: &DynamicImage) -> Self {
        let mut bytes = Vec::new();
        let _ = picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY));
        Self { media_type: "image/jpeg", bytes }
    }
}

/// How a viewer must turn the stored picture of a JPEG file to show it upright. This is the value of the EXIF tag
/// `Orientation`.
#[derive(Clone, Copy)]
pub(super) enum ExifTurn {
    /// The value 6: the viewer turns the picture clockwise by 90 degrees.
    Quarter,
    /// The value 3: the viewer turns the picture by 180 degrees.
    Half,
    /// The value 8: the viewer turns the picture clockwise by 270 degrees.
    ThreeQuarters,
}

impl EncodedPicture {
    /// Encodes `picture` as a JPEG file with turned pixels. The EXIF data of the file say that a viewer must turn them
    /// back by `turn`.
    pub(super) fn exif_turned(picture: &DynamicImage, turn: ExifTurn) -> Self {
        let (stored, orientation) = match turn {
            ExifTurn::Quarter => (picture.rotate270(), 6),
            ExifTurn::Half => (picture.rotate180(), 3),
            ExifTurn::ThreeQuarters => (picture.rotate90(), 8),
        };
        let mut file = Self::jpeg(&stored);
        // The segment belongs directly behind the two bytes with which each JPEG begins.
        file.bytes.splice(2..2, exif(orientation));
        file
    }
}

/// Returns the EXIF segment of a JPEG file, with one tag: `Orientation`, whose value is `orientation`.
fn exif(orientation: u8) -> Vec<u8> {
    let tiff: [&[u8]; 4] = [
        // Big endian, and the directory begins after these eight bytes.
        b"MM\0*\0\0\0\x08",
        // One entry: tag 0x0112, type 3 (a number of two bytes), one value.
        b"\0\x01\x01\x12\0\x03\0\0\0\x01",
        &[0, orientation, 0, 0],
        // No further directory.
        b"\0\0\0\0",
    ];
    let body = [b"Exif\0\0".as_slice(), &tiff.concat()].concat();
    let length = u16::try_from(body.len() + 2).unwrap_or(0).to_be_bytes();
    [[0xff, 0xe1].as_slice(), &length, &body].concat()
}

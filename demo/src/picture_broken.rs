//! Broken answers to requests for pictures. The number of a submission determines how its answers are broken, so that
//! the first rows of the list show all kinds.

use axum::http::StatusCode;
use image::DynamicImage;
use serde_json::json;

use super::delivery::HttpAnswer;
use super::picture_file::EncodedPicture;

/// Number of different kinds of broken answers.
const KINDS: usize = 10;

/// Number of bytes of an answer with a picture that is too large: one more than 12 MiB.
const TOO_LARGE_BYTES: usize = 12 * 1_024 * 1_024 + 1;

/// Width and height, in pixels, that the header of a broken picture file claims. A picture of this size would need
/// gigabytes of memory.
const HUGE_SIDE: u32 = 60_000;

const PAGE: &str = "<!DOCTYPE html>\n<html><body><h1>Image viewer</h1><p>Please log in.</p></body></html>\n";

/// The bytes of a GIF file with one pixel. The documentation does not name GIF as a picture format of the service.
const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// Returns a broken answer in place of the picture `file`. `index` is the number of the submission (0 is the newest),
/// and determines what is wrong.
pub(super) fn answer(index: usize, file: EncodedPicture) -> HttpAnswer {
    let EncodedPicture { media_type, mut bytes } = file;
    match index % KINDS {
        0 => {
            bytes.truncate(bytes.len() / 2);
            HttpAnswer::file(Some(media_type), bytes)
        }
        1 => HttpAnswer::file(Some("image/gif"), GIF.to_vec()),
        2 => HttpAnswer::page(StatusCode::OK, PAGE),
        3 => HttpAnswer::json(StatusCode::OK, &json!({ "message": "The image is being prepared" })),
        4 => HttpAnswer::file(Some("image/png"), huge()),
        5 => HttpAnswer::file(Some(media_type), Vec::new()),
        6 => {
            bytes.resize(TOO_LARGE_BYTES.max(bytes.len()), 0);
            HttpAnswer::file(Some(media_type), bytes)
        }
        7 => HttpAnswer::file(Some(media_type), bytes).cut(),
        8 => HttpAnswer::file(Some("image/jpeg"), PDF.to_vec()),
        _ => {
            let start = bytes.len().min(64);
            bytes.iter_mut().skip(start).for_each(|byte| *byte ^= 0xa5);
            HttpAnswer::file(Some(media_type), bytes)
        }
    }
}

/// Returns a small PNG file whose header claims a picture of [`HUGE_SIDE`] times [`HUGE_SIDE`] pixels.
fn huge() -> Vec<u8> {
    let small = EncodedPicture::png(&DynamicImage::new_rgb8(16, 16)).bytes;
    let part = |from: usize, to: usize| small.get(from..to).unwrap_or_default();
    let side = HUGE_SIDE.to_be_bytes();
    // The checksum covers the name of the chunk, width, height, and five bytes about the kind of pixels.
    let head = [part(12, 16), &side, &side, part(24, 29)].concat();
    [part(0, 12), &head, &crc(&head).to_be_bytes(), part(33, small.len())].concat()
}

/// Returns the CRC-32 checksum of `bytes`, as PNG files have it at the end of each chunk.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_is_that_of_the_png_standard() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
    }
}

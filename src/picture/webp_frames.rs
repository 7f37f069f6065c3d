//! Reads the sizes of the frames of a WebP file, to compute how much memory decoding the file takes. The frames are
//! read because the decoder reserves memory for a frame before it checks that the frame is as large as the picture.

use memchr::memmem;

/// Bytes of memory for each pixel that decoding a lossy WebP picture without transparency takes.
pub(super) const PLAIN_BYTES: u64 = 5;
/// Bytes of memory for each pixel that decoding any other WebP picture takes: lossless, transparent or animated. An
/// animation keeps several copies of its frame.
pub(super) const MOST_BYTES: u64 = 14;

/// The properties of a WebP file that decide how much memory decoding it takes.
pub(super) struct WebPFrames {
    /// Number of pixels of the largest frame; 0 if the file has no frame that could be read.
    pub(super) largest: u64,
    /// Whether any frame of the file is compressed without loss.
    pub(super) is_lossless: bool,
}

/// Finds all frames of the WebP file with the content `bytes`. A frame is found by the name `VP8`, anywhere in the
/// file.
pub(super) fn read(bytes: &[u8]) -> WebPFrames {
    let mut frames = WebPFrames { largest: 0, is_lossless: false };
    for at in memmem::find_iter(bytes, b"VP8") {
        // After the name: the length of the chunk in four bytes, then the header of the frame.
        let pixels = match bytes.get(at + 3..).unwrap_or_default() {
            [b' ', _, _, _, _, _, _, _, 0x9d, 0x01, 0x2a, a, b, c, d, ..] => {
                let side = |low: &u8, high: &u8| u64::from(u16::from_le_bytes([*low, *high]) & 0x3fff);
                side(a, b) * side(c, d)
            }
            [b'L', _, _, _, _, 0x2f, a, b, c, d, ..] => {
                frames.is_lossless = true;
                let bits = u32::from_le_bytes([*a, *b, *c, *d]);
                let side = |bits: u32| u64::from(bits & 0x3fff) + 1;
                side(bits) * side(bits >> 14)
            }
            _ => 0,
        };
        frames.largest = frames.largest.max(pixels);
    }
    frames
}

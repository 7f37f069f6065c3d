//! Writes WebP files: lossless pictures of one colour, and containers written by hand.

use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// Returns a lossless WebP file whose pixels all have the colour `pixel` (red, green, blue, transparency).
pub fn plain(size: (u32, u32), pixel: [u8; 4]) -> Vec<u8> {
    let pixels = usize::try_from(size.0 * size.1).expect("a small picture");
    let mut file = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut file);
    encoder.write_image(&pixel.repeat(pixels), size.0, size.1, ExtendedColorType::Rgba8).expect("a picture");
    file
}

/// Returns a WebP file (a RIFF container) with these chunks. Each chunk has a name and a content.
pub fn container(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut content = b"WEBP".to_vec();
    for (name, data) in chunks {
        chunk(&mut content, name, data);
    }
    let mut file = Vec::new();
    chunk(&mut file, b"RIFF", &content);
    file
}

/// Returns the header chunk of an extended WebP file (`VP8X`), with the flags `flags` and a width and height.
pub fn header(flags: u8, size: (u32, u32)) -> (&'static [u8; 4], Vec<u8>) {
    (b"VP8X", [&[flags, 0, 0, 0][..], &low(size.0 - 1), &low(size.1 - 1)].concat())
}

/// Returns an animated WebP file. Each picture of the animation has the size `size` and one of the colours.
pub fn animation(size: (u32, u32), colours: &[[u8; 4]]) -> Vec<u8> {
    let mut chunks = vec![header(0x12, size), (b"ANIM", vec![0; 6])];
    for colour in colours {
        // The picture without the head of its file.
        let picture = plain(size, *colour).split_off(12);
        let place = [&[0; 6][..], &low(size.0 - 1), &low(size.1 - 1), &[100, 0, 0, 2]].concat();
        chunks.push((b"ANMF", [place, picture].concat()));
    }
    container(&chunks)
}

/// Returns the first bytes of a lossy frame. Its header names the size `size`, but its pixels are missing.
pub fn lossy_frame(size: (u16, u16)) -> Vec<u8> {
    [&[0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a][..], &size.0.to_le_bytes(), &size.1.to_le_bytes(), &[0; 40]].concat()
}

/// Returns the first bytes of a lossless frame. Its header names the size `size`, but its pixels are missing.
pub fn lossless_frame(size: (u32, u32)) -> Vec<u8> {
    let bits = (size.0 - 1) | (size.1 - 1) << 14;
    [&[0x2f][..], &bits.to_le_bytes(), &[0; 40]].concat()
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend(name);
    file.extend(u32::try_from(data.len()).expect("a chunk").to_le_bytes());
    file.extend(data);
    if data.len() % 2 == 1 {
        file.push(0);
    }
}

fn low(number: u32) -> [u8; 3] {
    let [a, b, c, _] = number.to_le_bytes();
    [a, b, c]
}

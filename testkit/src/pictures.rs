//! Creates picture files for tests: ordinary pictures in all variants, and hostile ones. The files are the same in
//! every run.

pub mod jpeg;
pub mod png;
pub mod webp;

use jpeg::{BASELINE, Jpeg, PROGRESSIVE};
use png::{Png, colour};

/// Expected result when the program decodes a picture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The picture is decoded, with this width and height in pixels.
    Shown(u32, u32),
    /// The picture is refused with this message. An empty text means any message.
    Refused(&'static str),
    /// Either a decoded picture or a refusal is correct, since this depends on the decoder.
    Either,
}

/// A picture file: its name for messages of a failed test, its bytes, and the expected result.
pub type PictureFile = (&'static str, Vec<u8>, Outcome);

use Outcome::{Either, Refused, Shown};

const KINDS: &str = "not a JPEG, PNG or WebP picture.";
const DAMAGED: &str = "The picture is damaged.";
const CUT_OFF: &str = "The picture is cut off.";
const TOO_MANY: &str = "The picture has more than 40 million pixels.";
const MEMORY: &str = "The picture needs too much memory to be decoded.";

/// The colour red as a pixel in YCbCr, which JPEG uses.
pub const RED: [u8; 3] = [64, 64, 255];

/// An escape sequence with a text that is hidden in picture files. Nothing that the program shows may contain it.
pub const PLANTED: &str = "\u{1b}]0;PLANTED-TEXT\u{7}";

/// Returns all picture files of this module: valid files in usual and unusual variants, hostile and damaged files, and
/// files that are no pictures.
pub fn files() -> Vec<PictureFile> {
    [others(), jpegs(), pngs(), webps(), cut_off_files()].concat()
}

fn others() -> Vec<PictureFile> {
    let refused = |name, bytes: &[u8]| (name, bytes.to_vec(), Refused(KINDS));
    vec![
        ("empty", Vec::new(), Refused("The picture is empty.")),
        refused("one byte", b"\xff"),
        refused("GIF", b"GIF89a\x01\0\x01\0\0\0\0;"),
        refused("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        refused("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1"),
        refused("PDF", b"%PDF-1.7\n"),
        refused("TIFF", b"II*\0\x08\0\0\0"),
        refused("BMP", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0"),
        refused("SVG", b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        refused("HTML", b"\n<!DOCTYPE html><html><body>Sign in</body></html>"),
        refused("JSON", b"{\"errorMsg\":\"no image\"}"),
        refused("text", PLANTED.as_bytes()),
        refused("zeros", &[0; 5_000]),
        ("13 MiB", [&b"\xff\xd8\xff"[..], &vec![0; 13 << 20]].concat(), Refused("The picture is larger than 12 MiB.")),
    ]
}

fn jpegs() -> Vec<PictureFile> {
    let planted = |marker, content: &[u8]| {
        let mut jpeg = Jpeg::new(BASELINE, (40, 20), &RED);
        jpeg.segments.push((marker, [content, PLANTED.as_bytes()].concat()));
        jpeg.file()
    };
    let huge = |frame, size, levels: &[u8]| {
        let mut jpeg = Jpeg::new(frame, size, levels);
        jpeg.blocks = 3;
        jpeg.file()
    };
    let cmyk = Jpeg { adobe: true, ..Jpeg::new(BASELINE, (16, 8), &[255, 64, 64, 255]) }.file();
    let absurd = Jpeg {
        segments: vec![(0xe1, [&b"Exif\0\0II*\0\xff\xff\xff\xff"[..], &[0xff; 40]].concat())],
        ..Jpeg::new(BASELINE, (40, 20), &RED)
    };
    let endless = [&b"\xff\xd8"[..], &[0xff; 5_000]].concat();
    vec![
        ("JPEG, baseline", Jpeg::new(BASELINE, (40, 20), &RED).file(), Shown(40, 20)),
        ("JPEG, progressive", Jpeg::new(PROGRESSIVE, (40, 20), &RED).file(), Shown(40, 20)),
        ("JPEG, grey", Jpeg::new(BASELINE, (9, 33), &[200]).file(), Shown(9, 33)),
        ("JPEG, CMYK", cmyk, Shown(16, 8)),
        ("JPEG, one pixel", Jpeg::new(BASELINE, (1, 1), &RED).file(), Shown(1, 1)),
        ("JPEG, lossless", Jpeg::new(0xc3, (40, 20), &RED).file(), Refused("")),
        ("JPEG, no width", Jpeg::new(BASELINE, (0, 20), &RED).file(), Refused("")),
        ("JPEG, no height", Jpeg::new(BASELINE, (40, 0), &RED).file(), Refused("")),
        ("JPEG of 65,535 × 65,535", huge(BASELINE, (65_535, 65_535), &RED), Refused(TOO_MANY)),
        ("progressive JPEG of 6,000 × 6,000", huge(PROGRESSIVE, (6_000, 6_000), &RED), Refused(MEMORY)),
        ("progressive CMYK of 5,000 × 5,000", huge(PROGRESSIVE, (5_000, 5_000), &[0, 0, 0, 0]), Refused(MEMORY)),
        ("progressive JPEG of 5,000 × 5,000", huge(PROGRESSIVE, (5_000, 5_000), &RED), Either),
        ("JPEG with a planted comment", planted(0xfe, b""), Shown(40, 20)),
        ("JPEG with planted EXIF", planted(0xe1, b"Exif\0\0"), Shown(40, 20)),
        ("JPEG with a damaged colour profile", planted(0xe2, b"ICC_PROFILE\0\x01\x01"), Shown(40, 20)),
        ("JPEG with absurd EXIF", absurd.file(), Shown(40, 20)),
        ("JPEG of fill bytes", endless, Refused(CUT_OFF)),
        ("JPEG whose segment is too short", b"\xff\xd8\xff\xe0\0\x01".to_vec(), Refused(DAMAGED)),
    ]
}

fn pngs() -> Vec<PictureFile> {
    let plain = |bits, kind, pixel: &[u8]| Png::plain((8, 6), (bits, kind), pixel).file();
    let claims = |size, bits, kind| {
        let small = Png::plain((2, 2), (bits, kind), &[0; 8]);
        Png { size, ..small }.file()
    };
    let palette = Png::plain((8, 6), (8, colour::PALETTE), &[1]);
    let palette = palette.with(*b"PLTE", vec![255, 255, 255, 255, 0, 0]).with(*b"tRNS", vec![255, 128]);
    let beyond = Png::plain((8, 6), (8, colour::PALETTE), &[9]).with(*b"PLTE", vec![255, 0, 0]);
    let planted = Png::plain((8, 6), (8, colour::RGB), &[255, 0, 0]);
    let planted = planted.with(*b"tEXt", [b"Comment\0", PLANTED.as_bytes()].concat());
    let profile = Png::plain((8, 6), (8, colour::RGB), &[255, 0, 0]).with(*b"iCCP", b"x\0\0not zlib".to_vec());
    let bomb = png::zlib(&vec![0; 1 << 20]);
    let text_bomb =
        Png::plain((8, 6), (8, colour::RGB), &[255, 0, 0]).with(*b"zTXt", [&b"Comment\0\0"[..], &bomb].concat());
    let interlaced = |x: u32, y: u32| if x < 4 && y < 3 { vec![255, 0, 0] } else { vec![0, 0, 255] };
    let mut bad_crc = plain(8, colour::RGB, &[255, 0, 0]);
    bad_crc[30] ^= 1;
    vec![
        ("PNG, RGB", plain(8, colour::RGB, &[255, 0, 0]), Shown(8, 6)),
        ("PNG, RGBA", plain(8, colour::RGBA, &[255, 0, 0, 128]), Shown(8, 6)),
        ("PNG, 16 bits", plain(16, colour::RGB, &[255, 255, 0, 0, 0, 0]), Shown(8, 6)),
        ("PNG, 16 bits with transparency", plain(16, colour::RGBA, &[255, 255, 0, 0, 0, 0, 255, 255]), Shown(8, 6)),
        ("PNG, grey", plain(8, colour::GREY, &[77]), Shown(8, 6)),
        ("PNG, grey with transparency", plain(8, colour::GREY_ALPHA, &[0, 0]), Shown(8, 6)),
        ("PNG, grey of 16 bits", plain(16, colour::GREY, &[77, 0]), Shown(8, 6)),
        ("PNG, one bit", Png::plain((8, 6), (1, colour::GREY), &[]).file_of_lines(&[0, 0x81], 6), Shown(8, 6)),
        ("PNG, palette", palette.file(), Shown(8, 6)),
        ("PNG, a colour beyond the palette", beyond.file(), Either),
        ("PNG, interlaced", Png::interlaced((9, 7), (8, colour::RGB), interlaced).file(), Shown(9, 7)),
        ("PNG, one pixel", Png::plain((1, 1), (8, colour::RGB), &[255, 0, 0]).file(), Shown(1, 1)),
        ("PNG of 65,535 × 65,535", claims((65_535, 65_535), 8, colour::RGB), Refused(TOO_MANY)),
        ("PNG of 2³¹ − 1 squared", claims((0x7fff_ffff, 0x7fff_ffff), 8, colour::RGB), Refused(TOO_MANY)),
        ("PNG of 1 × 40,000,000", claims((1, 40_000_000), 1, colour::GREY), Refused("")),
        ("PNG of 40,000,000 × 1", claims((40_000_000, 1), 8, colour::RGBA), Refused("")),
        ("PNG of 6,000 × 6,000 in 64 bits", claims((6_000, 6_000), 16, colour::RGBA), Refused(MEMORY)),
        ("PNG of no width", claims((0, 5), 8, colour::RGB), Refused(DAMAGED)),
        ("PNG with a planted comment", planted.file(), Shown(8, 6)),
        ("PNG with a damaged colour profile", profile.file(), Either),
        ("PNG with a text of 1 MiB", text_bomb.file(), Either),
        ("PNG with a wrong checksum", bad_crc, Refused(DAMAGED)),
    ]
}

fn webps() -> Vec<PictureFile> {
    let red = [255, 0, 0, 255];
    let inside = |size, frame: (&'static [u8; 4], Vec<u8>)| webp::container(&[webp::header(0, size), frame]);
    let (lossy, lossless) = (webp::lossy_frame((16_383, 16_383)), webp::lossless_frame((16_384, 16_384)));
    let planted = webp::plain((8, 6), red).split_off(20);
    let planted = webp::container(&[
        webp::header(0x0c, (8, 6)),
        (b"VP8L", planted),
        (b"EXIF", PLANTED.as_bytes().to_vec()),
        (b"XMP ", PLANTED.as_bytes().to_vec()),
    ]);
    vec![
        ("WebP", webp::plain((8, 6), red), Shown(8, 6)),
        ("WebP, transparent", webp::plain((8, 6), [0, 0, 0, 0]), Shown(8, 6)),
        ("WebP, animated", webp::animation((8, 6), &[red, [0, 0, 255, 255]]), Shown(8, 6)),
        ("WebP with planted metadata", planted, Shown(8, 6)),
        ("WebP of 16,383 × 16,383", webp::container(&[(b"VP8 ", lossy.clone())]), Refused(TOO_MANY)),
        ("WebP of 16,384 × 16,384", webp::container(&[(b"VP8L", lossless.clone())]), Refused("")),
        ("WebP, a large frame in a small picture", inside((1, 1), (b"VP8 ", lossy)), Refused(DAMAGED)),
        ("WebP, a large frame without loss", inside((1, 1), (b"VP8L", lossless)), Refused(DAMAGED)),
        ("WebP of 2²⁴ × 2", inside((1 << 24, 2), (b"VP8 ", webp::lossy_frame((8, 6)))), Refused("")),
        ("WebP without a frame", webp::container(&[webp::header(0, (8, 6))]), Refused("")),
        ("WebP without a chunk", webp::container(&[]), Refused("")),
    ]
}

/// Returns JPEG, PNG and WebP files that were cut off, each at 29 places. All of them must be refused.
fn cut_off_files() -> Vec<PictureFile> {
    let jpeg = Jpeg::new(BASELINE, (40, 20), &RED).file();
    let png = Png::plain((8, 6), (8, colour::RGB), &[255, 0, 0]).file();
    let webp = webp::plain((64, 48), [255, 0, 0, 255]);
    let mut files = Vec::new();
    for (name, whole) in [("a cut JPEG", jpeg), ("a cut PNG", png), ("a cut WebP", webp)] {
        // The mark at the end of a PNG is not missed.
        let end = if name == "a cut PNG" { whole.len() - 20 } else { whole.len() - 1 };
        files.extend((1..30).map(|part| (name, whole[..(end * part / 30).max(1)].to_vec(), Refused(""))));
    }
    files
}

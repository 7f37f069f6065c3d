//! Ordinary, odd and hostile files: each is a picture, or one sentence.

use argos_testkit::pictures::jpeg::{self, BASELINE, Jpeg};
use argos_testkit::pictures::png::{Png, colour};
use argos_testkit::pictures::{Outcome, PLANTED, RED, files, webp};
use image::Rgb;

use crate::picture::{ContentKind, Picture, PictureFault, PictureSize, QuarterTurn};

fn colours(picture: &Picture) -> Vec<[u8; 3]> {
    picture.pixels_of(&picture.whole(QuarterTurn::None)).pixels().map(|Rgb(colour)| *colour).collect()
}

/// Whether all pixels have nearly this colour: JPEG rounds.
fn is_all(picture: &Picture, colour: [u8; 3]) -> bool {
    let is_near = |pixel: &[u8; 3]| pixel.iter().zip(colour).all(|(level, expected)| level.abs_diff(expected) <= 3);
    colours(picture).iter().all(is_near)
}

#[test]
fn each_file_is_a_picture_or_one_sentence() {
    let files = files();
    assert!(files.len() >= 100, "{}", files.len());
    for (name, bytes, outcome) in files {
        let decoded = Picture::decode(&bytes);
        let said = decoded.as_ref().err().map(ToString::to_string);
        match (&outcome, &decoded) {
            (Outcome::Shown(width, height), Ok(picture)) => {
                assert_eq!(picture.sent_size(), PictureSize { width: *width, height: *height }, "{name}");
            }
            (Outcome::Refused(words), Err(_)) => {
                assert!(said.as_ref().is_some_and(|said| said.ends_with(words)), "{name}: {said:?}");
            }
            (Outcome::Either, _) => {}
            _ => panic!("{name}, {} bytes: {decoded:?} and not {outcome:?}", bytes.len()),
        }
        // One sentence, in which nothing of the file is.
        let said = said.unwrap_or_default();
        assert!(said.is_empty() || said.ends_with('.') && said.matches(". ").count() == 0, "{name}: {said}");
        assert!(said.chars().all(|c| !c.is_control()) && !said.contains("PLANTED"), "{name}: {said}");
        assert!(!format!("{decoded:?}").contains("PLANTED"), "{name}");
    }
}

#[test]
fn kinds_are_named_with_their_article() {
    for (bytes, words) in [
        (&b"%PDF-1.4"[..], "The file is a PDF document, not a JPEG, PNG or WebP picture."),
        (b"\0\0\0\x18ftypheic", "The file is a HEIC picture, not a JPEG, PNG or WebP picture."),
        (b" {\"a\":1}", "The file is JSON data, not a JPEG, PNG or WebP picture."),
        (b"<html>", "The file is a web page, not a JPEG, PNG or WebP picture."),
        (b"<svg>", "The file is an SVG drawing, not a JPEG, PNG or WebP picture."),
        (b"abc", "The file is not a JPEG, PNG or WebP picture."),
    ] {
        assert_eq!(Picture::decode(bytes).unwrap_err().to_string(), words);
    }
    assert_eq!(ContentKind::of(&[0xff, 0xd8, 0xff]).map(ContentKind::is_readable), Some(true));
}

#[test]
fn colours_of_every_variant_are_right() {
    let png = |bits, kind, pixel: &[u8]| Png::plain((8, 6), (bits, kind), pixel).file();
    let palette = Png::plain((8, 6), (8, colour::PALETTE), &[1]);
    let palette = palette.with(*b"PLTE", vec![255, 255, 255, 255, 0, 0]).with(*b"tRNS", vec![255, 128]);
    let [red, pink] = [[255, 0, 0], [255, 127, 127]];
    for (file, expected) in [
        (Jpeg::new(BASELINE, (40, 20), &RED).file(), [242, 0, 0]),
        (Jpeg::new(jpeg::PROGRESSIVE, (40, 20), &RED).file(), [242, 0, 0]),
        (Jpeg::new(BASELINE, (9, 9), &[200]).file(), [200; 3]),
        (png(8, colour::RGB, &red), red),
        (png(8, colour::RGBA, &[255, 0, 0, 128]), pink),
        (png(8, colour::RGBA, &[0, 0, 0, 0]), [255; 3]),
        (png(16, colour::RGB, &[255, 255, 0, 0, 0, 0]), red),
        (png(16, colour::RGBA, &[255, 255, 0, 0, 0, 0, 128, 128]), pink),
        (png(8, colour::GREY, &[77]), [77; 3]),
        (png(8, colour::GREY_ALPHA, &[0, 0]), [255; 3]),
        (png(16, colour::GREY, &[77, 77]), [77; 3]),
        (palette.file(), pink),
        (webp::plain((8, 6), [255, 0, 0, 255]), red),
        (webp::plain((8, 6), [0, 0, 0, 0]), [255; 3]),
        (webp::animation((8, 6), &[[255, 0, 0, 255], [0, 0, 255, 255]]), red),
    ] {
        let picture = Picture::decode(&file).unwrap();
        assert!(is_all(&picture, expected), "{:?} and not {expected:?}", colours(&picture).first());
    }
    // Adobe writes the four levels the other way round: 255 is no ink.
    let cmyk = Jpeg { adobe: true, ..Jpeg::new(BASELINE, (16, 8), &[255, 64, 64, 255]) }.file();
    let [red, green, blue] = colours(&Picture::decode(&cmyk).unwrap())[0];
    assert!(red > 200 && green < 100 && blue < 100, "{red} {green} {blue}");
}

#[test]
fn an_interlaced_picture_has_each_pixel_at_its_place() {
    let pixel = |x: u32, y: u32| vec![u8::try_from(10 * x).unwrap(), u8::try_from(10 * y).unwrap(), 0];
    let picture = Picture::decode(&Png::interlaced((9, 7), (8, colour::RGB), pixel).file()).unwrap();
    let expected = (0..7).flat_map(|y| (0..9).map(move |x| (x, y)));
    let expected: Vec<Vec<u8>> = expected.map(|(x, y)| pixel(x, y)).collect();
    assert_eq!(colours(&picture).iter().map(|pixel| pixel.to_vec()).collect::<Vec<_>>(), expected);
}

#[test]
fn the_orientation_of_the_camera_is_applied_and_everything_else_of_it_dropped() {
    let (width, height) = (4, 2);
    let stored = |x: u32, y: u32| vec![u8::try_from(10 * x).unwrap(), u8::try_from(10 * y).unwrap(), 0];
    for orientation in 0..=9_u16 {
        let mut png = Png::plain((width, height), (8, colour::RGB), &[0, 0, 0]);
        png.lines =
            (0..height).flat_map(|y| [0].into_iter().chain((0..width).flat_map(move |x| stored(x, y)))).collect();
        let picture = Picture::decode(&png.with(*b"eXIf", jpeg::tiff(orientation)).file()).unwrap();
        let (right, bottom) = (width - 1, height - 1);
        let sent = picture.sent_size();
        assert_eq!((sent.width, sent.height), if matches!(orientation, 5..=8) { (2, 4) } else { (4, 2) });
        let from = |x: u32, y: u32| match orientation {
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            8 => (right - y, x),
            _ => (x, y),
        };
        let places = (0..sent.height).flat_map(|y| (0..sent.width).map(move |x| (x, y)));
        let expected: Vec<Vec<u8>> = places.map(|(x, y)| from(x, y)).map(|(x, y)| stored(x, y)).collect();
        let shown: Vec<Vec<u8>> = colours(&picture).iter().map(|pixel| pixel.to_vec()).collect();
        assert_eq!(shown, expected, "orientation {orientation}");
    }
    let turned = Jpeg { segments: vec![(0xe1, jpeg::exif(6))], ..Jpeg::new(BASELINE, (40, 20), &RED) };
    assert_eq!(Picture::decode(&turned.file()).unwrap().sent_size(), PictureSize { width: 20, height: 40 });
}

#[test]
fn a_large_picture_is_kept_small_and_its_size_as_sent_is_known() {
    let file = Png::plain((4_500, 9), (8, colour::GREY), &[9]).file();
    let picture = Picture::decode(&file).unwrap();
    assert_eq!(picture.sent_size(), PictureSize { width: 4_500, height: 9 });
    assert_eq!(picture.kept_size(), PictureSize { width: 2_000, height: 4 });
    assert!(is_all(&picture, [9; 3]));
    let narrow = Picture::decode(&Png::plain((1, 9_000), (8, colour::GREY), &[9]).file()).unwrap();
    assert_eq!(narrow.kept_size(), PictureSize { width: 1, height: 2_000 });
}

#[test]
fn limits_hold_on_both_sides() {
    let mut file = Jpeg::new(BASELINE, (40, 20), &RED).file();
    file.resize(12 << 20, 0);
    assert!(Picture::decode(&file).is_ok(), "12 MiB and no more");
    file.push(0);
    assert_eq!(Picture::decode(&file).unwrap_err(), PictureFault::TooManyBytes);
    let faults = [
        PictureFault::Empty,
        PictureFault::TooManyBytes,
        PictureFault::TooManyPixels,
        PictureFault::TooMuchMemory,
        PictureFault::CutOff,
        PictureFault::Damaged,
        PictureFault::Unsupported,
    ];
    assert!(faults.iter().all(|fault| fault.to_string().starts_with("The picture ")));
    assert!(PLANTED.contains('\u{1b}'));
}

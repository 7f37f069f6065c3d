//! What is written for terminals that draw pixels, judged by the judge of everything that is written.

use argos_testkit::dice::Dice;
use argos_testkit::output_judge::OutputJudge;
use argos_testkit::pictures::jpeg::{BASELINE, Jpeg};
use argos_testkit::pictures::{PLANTED, RED};
use ratatui::layout::Rect;

use super::{different, drawing, picture};
use crate::picture::{
    MAX_ENCODED, Picture, PictureBytes, PictureNumber, PictureProtocol, PlacedPicture, QuarterTurn, delete_all,
};
use std::sync::Arc;

const PIXELS: [PictureProtocol; 3] = [PictureProtocol::Kitty, PictureProtocol::Iterm2, PictureProtocol::Sixel];
const SCREEN: Rect = Rect { x: 0, y: 0, width: 120, height: 40 };

fn shown(picture: &Arc<Picture>, area: Rect, protocol: PictureProtocol) -> PictureBytes {
    let placed = PlacedPicture::new(area, picture, picture.whole(QuarterTurn::None), drawing(protocol));
    let mut bytes = PictureBytes::default();
    bytes.show(&placed, PictureNumber::all().next().unwrap(), SCREEN);
    bytes
}

fn judged(bytes: &[u8]) -> OutputJudge {
    let mut judge = OutputJudge::of_screen();
    judge.allow_pictures();
    judge.watch(bytes);
    assert_eq!(judge.violations(), [""; 0]);
    judge
}

#[test]
fn each_protocol_writes_only_its_own_sequences() {
    let picture = picture(60, 40, different);
    for protocol in PIXELS {
        for area in
            [Rect::new(3, 2, 30, 10), Rect::new(0, 0, 1, 1), Rect::new(0, 0, 120, 40), Rect::new(100, 39, 20, 1)]
        {
            let bytes = shown(&picture, area, protocol);
            let judge = judged(bytes.as_bytes());
            // A sixel picture never touches the last row.
            let expected = usize::from(protocol != PictureProtocol::Sixel || area.y < 39);
            assert_eq!(judge.pictures(), expected, "{protocol:?} {area}");
            assert_eq!(bytes.must_be_deleted(), protocol == PictureProtocol::Kitty);
        }
    }
    assert!(shown(&picture, Rect::new(3, 2, 30, 10), PictureProtocol::HalfBlocks).is_empty());
    assert!(shown(&picture, Rect::new(3, 2, 0, 10), PictureProtocol::Kitty).is_empty());
}

#[test]
fn the_picture_is_placed_before_it_is_written_and_deleted_by_its_own_numbers() {
    let picture = picture(60, 40, different);
    for protocol in PIXELS {
        let bytes = shown(&picture, Rect::new(4, 2, 30, 10), protocol);
        assert!(bytes.as_bytes().starts_with(b"\x1b[3;5H"), "{protocol:?}");
    }
    let judge = judged(&[shown(&picture, SCREEN, PictureProtocol::Kitty).as_bytes(), delete_all().as_bytes()].concat());
    assert_eq!(judge.pictures(), 1);
    assert_eq!(delete_all().matches("a=d,d=I,i=").count(), usize::from(PictureNumber::COUNT));
}

#[test]
fn noise_is_scaled_down_until_it_is_short_enough() {
    let mut dice = Dice::new(5);
    let noise: Vec<u8> = (0..700 * 700).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
    let at = |x: u32, y: u32, step: usize| noise[(usize::try_from(700 * y + x).unwrap() * step) % noise.len()];
    let picture = picture(700, 700, |x, y| [at(x, y, 1), at(x, y, 3), at(x, y, 7)]);
    for protocol in PIXELS {
        let bytes = shown(&picture, SCREEN, protocol);
        assert!(bytes.as_bytes().len() <= MAX_ENCODED + 16, "{protocol:?}: {}", bytes.as_bytes().len());
        assert_eq!(judged(bytes.as_bytes()).pictures(), 1);
    }
}

#[test]
fn no_byte_of_the_file_is_passed_on() {
    let mut jpeg = Jpeg::new(BASELINE, (40, 20), &RED);
    jpeg.segments.push((0xfe, PLANTED.as_bytes().to_vec()));
    let picture = Arc::new(Picture::decode(&jpeg.file()).unwrap());
    for protocol in PIXELS {
        let bytes = shown(&picture, Rect::new(3, 2, 30, 10), protocol);
        judged(bytes.as_bytes());
        assert!(!bytes.as_bytes().windows(7).any(|part| part == b"PLANTED"), "{protocol:?}");
        assert!(!format!("{bytes:?}").contains('\u{1b}'));
    }
}

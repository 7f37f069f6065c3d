//! Pictures: any bytes are a picture or one sentence, every part of a picture is inside of it, and only our own sequences are
//! written.

use std::sync::Arc;

use argos_review::picture::{
    CellSize, ColourDepth, MAX_ENCODED, Picture, PictureBytes, PictureDrawing, PictureNumber, PicturePoint,
    PictureProtocol, PictureView, PlacedPicture, QuarterTurn,
};
use argos_testkit::forbidden::why_forbidden;
use argos_testkit::output_judge::OutputJudge;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

const SCREEN: Rect = Rect { x: 0, y: 0, width: 60, height: 20 };
const PROTOCOLS: [PictureProtocol; 4] =
    [PictureProtocol::Kitty, PictureProtocol::Iterm2, PictureProtocol::Sixel, PictureProtocol::HalfBlocks];

/// The first eight bytes choose the view and the corners; the rest is the file.
pub(crate) fn check(bytes: &[u8]) {
    let Some((choice, file)) = bytes.split_first_chunk::<8>() else { return };
    let picture = match Picture::decode(file) {
        Ok(picture) => Arc::new(picture),
        Err(fault) => {
            let said = fault.to_string();
            assert!(said.ends_with('.') && said.chars().all(|c| why_forbidden(c).is_none()), "{said}");
            return;
        }
    };
    let (sent, kept) = (picture.sent_size(), picture.kept_size());
    assert!(kept.width > 0 && kept.height > 0 && kept.width <= 2_000 && kept.height <= 2_000);
    assert!(kept.width <= sent.width.max(sent.height) && kept.height <= sent.height.max(sent.width));
    let [protocol, zoom, right, down, a, b, c, d] = *choice;
    let protocol = PROTOCOLS.get(usize::from(protocol % 4)).copied().unwrap_or(PictureProtocol::HalfBlocks);
    let cell = CellSize { width: 7 + u16::from(zoom % 5), height: 16 };
    let area = Rect { x: u16::from(a % 50), y: u16::from(b % 18), width: u16::from(c % 60), height: u16::from(d % 20) };
    let area = area.intersection(SCREEN);
    let mut view = PictureView::default();
    for _ in 0..zoom % 16 {
        view = view.zoomed_in();
    }
    for _ in 0..zoom >> 6 {
        view = view.turned();
    }
    view = view.moved(&picture, area.as_size(), cell, right.cast_signed(), down.cast_signed());
    let part = view.part(&picture, Size { width: area.width, height: area.height }, cell);
    assert!(part.size().width > 0 && part.size().height > 0);
    let colours = if zoom & 32 == 0 { ColourDepth::True } else { ColourDepth::Indexed };
    let drawing = PictureDrawing { protocol, colours, cell };
    drawn(&PlacedPicture::new(area, &picture, part, drawing));
    let corner = |x: u8, y: u8| PicturePoint {
        x: (f64::from(x) - 20.0) / 200.0 * f64::from(sent.width),
        y: (f64::from(y) - 20.0) / 200.0 * f64::from(sent.height),
    };
    if let Ok(part) = picture.cut_out([corner(a, b), corner(c, b), corner(c, d), corner(a, d)], QuarterTurn::Right) {
        drawn(&PlacedPicture::new(area, &picture, part, drawing));
    }
}

/// Draws a part and judges what is written.
fn drawn(placed: &PlacedPicture) {
    let mut buffer = Buffer::empty(SCREEN);
    placed.draw(&mut buffer);
    let mut bytes = PictureBytes::default();
    for number in PictureNumber::all().take(1) {
        bytes.show(placed, number, SCREEN);
        bytes.delete(number);
    }
    assert!(bytes.as_bytes().len() <= MAX_ENCODED + 128);
    let mut judge = OutputJudge::of_screen();
    judge.allow_pictures();
    judge.watch(bytes.as_bytes());
    assert!(judge.violations().is_empty(), "{:?}", judge.violations());
}

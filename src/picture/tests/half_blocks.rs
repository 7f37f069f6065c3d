//! Half blocks: which cells get which colours.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::{drawing, picture};
use crate::picture::{ColourDepth, PictureDrawing, PictureProtocol, PlacedPicture, QuarterTurn};

fn drawn(area: Rect, width: u32, height: u32, colours: ColourDepth, pixel: fn(u32, u32) -> [u8; 3]) -> Buffer {
    let picture = picture(width, height, pixel);
    let drawing = PictureDrawing { colours, ..drawing(PictureProtocol::HalfBlocks) };
    let placed = PlacedPicture::new(area, &picture, picture.whole(QuarterTurn::None), drawing);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 6));
    placed.draw(&mut buffer);
    assert!(!placed.is_uncovered(&buffer), "half blocks are cells, and nothing is written beside them");
    buffer
}

#[test]
fn each_cell_shows_two_pixels_one_above_the_other() {
    let pixel = |x: u32, y: u32| [u8::try_from(x * 100).unwrap(), u8::try_from(y * 50).unwrap(), 0];
    let buffer = drawn(Rect::new(1, 1, 2, 2), 2, 4, ColourDepth::True, pixel);
    for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let cell = buffer.cell((x + 1, y + 1)).unwrap();
        let colour = |row: u16| Color::Rgb(u8::try_from(x * 100).unwrap(), u8::try_from(row * 50).unwrap(), 0);
        assert_eq!((cell.symbol(), cell.fg, cell.bg), ("▀", colour(2 * y), colour(2 * y + 1)));
    }
    assert_eq!(buffer.cell((0, 0)).unwrap().symbol(), " ");
}

#[test]
fn below_an_odd_number_of_rows_is_the_background_of_the_terminal() {
    let buffer = drawn(Rect::new(0, 0, 3, 2), 3, 3, ColourDepth::True, |_, _| [1, 2, 3]);
    let cell = buffer.cell((0, 1)).unwrap();
    assert_eq!((cell.symbol(), cell.fg, cell.bg), ("▀", Color::Rgb(1, 2, 3), Color::Reset));
}

#[test]
fn an_area_without_cells_and_one_beyond_the_screen_are_drawn_without_harm() {
    for area in [Rect::ZERO, Rect::new(0, 0, 0, 3), Rect::new(8, 4, 20, 20), Rect::new(900, 900, 5, 5)] {
        drawn(area, 3, 3, ColourDepth::Indexed, |_, _| [1, 2, 3]);
    }
}

/// The levels of a colour from number 16 on, by the definition of 256 colours.
fn levels(number: u8) -> [i32; 3] {
    let step = |step: u8| if step == 0 { 0 } else { 55 + 40 * i32::from(step) };
    match number - 16 {
        cube @ 0..=215 => [cube / 36, cube / 6 % 6, cube % 6].map(step),
        grey => [8 + 10 * (i32::from(grey) - 216); 3],
    }
}

proptest! {
    #[test]
    fn the_nearest_of_256_colours_is_taken(colour: [u8; 3], grey: u8, is_grey: bool) {
        let colour = if is_grey { [grey; 3] } else { colour };
        let picture = picture(1, 1, |_, _| colour);
        let drawing = PictureDrawing { colours: ColourDepth::Indexed, ..drawing(PictureProtocol::HalfBlocks) };
        let placed = PlacedPicture::new(Rect::new(0, 0, 1, 1), &picture, picture.whole(QuarterTurn::None), drawing);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        placed.draw(&mut buffer);
        let Color::Indexed(taken) = buffer.cell((0, 0)).unwrap().fg else { panic!("a number") };
        let distance = |number: u8| -> i32 {
            levels(number).iter().zip(colour).map(|(level, own)| (level - i32::from(own)).pow(2)).sum()
        };
        prop_assert_eq!(distance(taken), (16..=255).map(distance).min().unwrap());
    }
}

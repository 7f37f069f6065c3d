//! Properties of parts, cut-outs, views and fits.

use image::{ColorType, Rgb};
use proptest::prelude::*;
use ratatui::layout::Size;
use strum::VariantArray as _;

use super::{different, picture};
use crate::picture::geometry::PixelRect;
use crate::picture::pixels::Pixels;
use crate::picture::scale_down::scale_down;
use crate::picture::{CellSize, CornersFault, Picture, PicturePoint, PictureSize, PictureView, QuarterTurn};

fn turn() -> impl Strategy<Value = QuarterTurn> {
    proptest::sample::select(QuarterTurn::VARIANTS)
}

fn corners(points: [(f64, f64); 4]) -> [PicturePoint; 4] {
    points.map(|(x, y)| PicturePoint { x, y })
}

/// The corners of an upright rectangle.
fn upright(left: f64, top: f64, right: f64, bottom: f64) -> [PicturePoint; 4] {
    corners([(left, top), (right, top), (right, bottom), (left, bottom)])
}

#[test]
fn degrees_are_rounded_to_quarters() {
    for (degrees, expected) in [
        (0.0, QuarterTurn::None),
        (-1.5, QuarterTurn::None),
        (359.0, QuarterTurn::None),
        (90.0, QuarterTurn::Right),
        (-90.0, QuarterTurn::Left),
        (181.0, QuarterTurn::Half),
        (270.0, QuarterTurn::Left),
        (720.0, QuarterTurn::None),
    ] {
        assert_eq!(QuarterTurn::from_degrees(degrees), Some(expected), "{degrees}");
    }
    assert_eq!(QuarterTurn::from_degrees(f64::NAN), None);
    assert_eq!(QuarterTurn::from_degrees(f64::INFINITY), None);
}

#[test]
fn corners_outside_are_said_and_never_moved_inside() {
    let picture = picture(100, 50, different);
    let cut = |four| picture.cut_out(four, QuarterTurn::None).map(|part| part.size());
    assert_eq!(cut(upright(0.0, 0.0, 100.0, 50.0)), Ok(PictureSize { width: 100, height: 50 }));
    assert_eq!(cut(upright(10.2, 5.0, 20.9, 8.0)), Ok(PictureSize { width: 9, height: 3 }));
    for outside in [
        upright(-0.1, 0.0, 20.0, 20.0),
        upright(0.0, 0.0, 100.1, 20.0),
        upright(0.0, -3.0, 20.0, 20.0),
        upright(0.0, 0.0, 20.0, 51.0),
        corners([(1.0, 1.0), (2.0, 1.0), (1e300, 2.0), (1.0, 2.0)]),
    ] {
        assert_eq!(cut(outside), Err(CornersFault::Outside));
    }
    for flat in [upright(0.0, 0.0, 0.0, 0.0), upright(5.0, 5.0, 90.0, 5.0), upright(5.2, 5.0, 5.9, 20.0)] {
        assert_eq!(cut(flat), Err(CornersFault::NoArea));
    }
    assert_eq!(cut(upright(f64::NAN, 0.0, 1.0, 1.0)), Err(CornersFault::NotANumber));
}

proptest! {
    /// A pixel that is scaled down from the inside holds nothing of the outside.
    #[test]
    fn a_cut_out_holds_no_pixel_of_the_outside(
        (width, height) in (1_u32..5_000, 1_u32..6),
        shares in [0.0..=1.0_f64, 0.0..=1.0, 0.0..=1.0, 0.0..=1.0],
        is_upright: bool,
        turn in turn(),
    ) {
        let sent = if is_upright { PictureSize { width: height, height: width } } else { PictureSize { width, height } };
        let [a, b, c, d] = shares;
        let turned = sent.turned(turn);
        let (x, y) = (f64::from(turned.width), f64::from(turned.height));
        let four = upright(a.min(b) * x, c.min(d) * y, a.max(b) * x, c.max(d) * y);
        // The corners are places after the turn; the pixels are those before it.
        let [one, _, other, _] = four.map(|corner| corner.turned_back(turn, sent));
        let (left, right) = (one.x.min(other.x), one.x.max(other.x));
        let (top, bottom) = (one.y.min(other.y), one.y.max(other.y));
        let is_inside = |column: u32, row: u32| {
            f64::from(column) >= left && f64::from(column + 1) <= right && f64::from(row) >= top && f64::from(row + 1) <= bottom
        };
        let pixels = (0..sent.height).flat_map(|row| (0..sent.width).map(move |column| (column, row)));
        let pixels: Vec<u8> = pixels.map(|(column, row)| if is_inside(column, row) { 9 } else { 200 }).collect();
        let kept = Pixels::new(scale_down(&pixels, ColorType::L8, sent).unwrap());
        let picture = Picture::new(sent, kept);
        if let Ok(part) = picture.cut_out(four, turn) {
            let cut = picture.pixels_of(&part);
            prop_assert_eq!(cut.size(), part.size());
            prop_assert!(cut.pixels().all(|Rgb(pixel)| *pixel == [9; 3]));
        }
    }

    #[test]
    fn the_order_of_corners_does_not_matter(places in proptest::array::uniform4((0.0..=40.0_f64, 0.0..=30.0_f64))) {
        let picture = picture(40, 30, different);
        let [a, b, c, d] = places;
        let cut = |four| picture.cut_out(corners(four), QuarterTurn::None);
        prop_assert_eq!(cut([a, b, c, d]), cut([d, b, a, c]));
        prop_assert_eq!(cut([a, b, c, d]), cut([c, d, b, a]));
    }

    #[test]
    fn a_part_after_a_turn_is_the_part_of_the_turned_picture(
        (left, top, width, height) in (0_u32..9, 0_u32..6, 1_u32..9, 1_u32..6),
        turn in turn(),
    ) {
        let picture = picture(9, 6, different);
        let size = picture.kept_size();
        let turned = picture.pixels_of(&picture.whole(turn));
        let whole = turned.size();
        prop_assert_eq!(whole, size.turned(turn));
        let (right, bottom) = ((left + width).min(whole.width), (top + height).min(whole.height));
        let rect = PixelRect { x: left.min(right)..right, y: top.min(bottom)..bottom };
        let expected = turned.cut(&rect).as_raw().clone();
        let part = crate::picture::PicturePart { rect: rect.turned_back(turn, size), turn };
        prop_assert_eq!(picture.pixels_of(&part).as_raw().clone(), expected);
    }

    #[test]
    fn a_view_stays_inside_and_shows_something(
        (width, height) in (1_u32..300, 1_u32..300),
        (columns, rows) in (0_u16..200, 0_u16..100),
        steps in proptest::collection::vec((0_u8..5, -3_i8..4, -3_i8..4), 0..30),
    ) {
        let picture = picture(width, height, |_, _| [0; 3]);
        let (area, cell) = (Size { width: columns, height: rows }, CellSize::default());
        let mut view = PictureView::default();
        prop_assert_eq!(view.part(&picture, area, cell), picture.whole(QuarterTurn::None));
        for (step, right, down) in steps {
            view = match step {
                0 => view.zoomed_in(),
                1 => view.zoomed_out(),
                2 => view.turned(),
                _ => view.moved(&picture, area, cell, right, down),
            };
            let part = view.part(&picture, area, cell);
            prop_assert!(!part.rect.is_empty());
            prop_assert!(part.rect.x.end <= width && part.rect.y.end <= height);
            prop_assert!(view.percent() >= 100);
        }
    }

    #[test]
    fn a_fit_is_inside_and_keeps_the_proportions(
        (width, height) in (1_u32..4_000, 1_u32..4_000),
        (columns, rows) in (1_u16..300, 1_u16..100),
    ) {
        let area = Size { width: columns, height: rows };
        let cell = CellSize { width: 9, height: 19 };
        let fit = cell.fit(PictureSize { width, height }, area);
        prop_assert!((1..=columns).contains(&fit.width) && (1..=rows).contains(&fit.height));
        prop_assert!(fit.width == columns || fit.height == rows, "it is as large as possible");
        // One side is rounded to half a cell.
        let (across, down) = (f64::from(fit.width) * 9.0 / f64::from(width), f64::from(fit.height) * 19.0 / f64::from(height));
        let slack = 0.51 / f64::from(fit.width.min(fit.height));
        prop_assert!((across / down).ln().abs() <= (1.0 + slack).ln() + slack || fit.width == 1 || fit.height == 1);
    }
}

#[test]
fn zooming_in_and_out_leads_back_and_a_full_turn_too() {
    let picture = picture(200, 100, different);
    let (area, cell) = (Size { width: 40, height: 12 }, CellSize::default());
    let zoomed = PictureView::default().zoomed_in().zoomed_in();
    assert_eq!(zoomed.percent(), 200);
    assert!(zoomed.part(&picture, area, cell).size().width < 200);
    assert_eq!(zoomed.zoomed_out().zoomed_out(), PictureView::default());
    let corner = zoomed.zoomed_in().moved(&picture, area, cell, 100, 100);
    let part = corner.part(&picture, area, cell);
    assert_eq!((part.rect.x.end, part.rect.y.end), (200, 100), "the lower right corner");
    let around = corner.turned().turned().turned().turned();
    assert_eq!(around.part(&picture, area, cell), part);
}

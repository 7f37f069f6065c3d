//! A drawing surface in memory, on which the shapes and letters of the invented documents are drawn.

use std::convert::Infallible;

use embedded_graphics::geometry::{OriginDimensions, Point, Size};
use embedded_graphics::pixelcolor::{Rgb888, RgbColor};
use embedded_graphics::prelude::{DrawTarget, Pixel};
use embedded_graphics::primitives::Rectangle;
use image::{DynamicImage, RgbImage};

/// Number of bytes for each pixel: one each for red, green and blue.
const BYTES: usize = 3;

/// A picture that is being drawn. Drawing outside of its borders has no effect.
pub(super) struct DemoCanvas {
    size: Size,
    bytes: Vec<u8>,
}

impl DemoCanvas {
    /// Returns a canvas of `width` times `height` pixels that are all of the colour `ground`.
    pub(super) fn new(width: u32, height: u32, ground: Rgb888) -> Self {
        let mut canvas = Self { size: Size::new(width, height), bytes: vec![0; area(width, height) * BYTES] };
        canvas.fill(Rectangle::new(Point::zero(), canvas.size), ground);
        canvas
    }

    /// Fills the rectangle `place` with one colour. A part outside of the picture is ignored.
    pub(super) fn fill(&mut self, place: Rectangle, colour: Rgb888) {
        let place = place.intersection(&Rectangle::new(Point::zero(), self.size));
        let (left, top) = (unsigned(place.top_left.x), unsigned(place.top_left.y));
        let (width, height) = (place.size.width as usize * BYTES, place.size.height as usize);
        let row = [colour.r(), colour.g(), colour.b()].repeat(place.size.width as usize);
        let stride = self.size.width as usize * BYTES;
        for line in self.bytes.chunks_exact_mut(stride).skip(top).take(height) {
            if let Some(part) = line.get_mut(left * BYTES..left * BYTES + width) {
                part.copy_from_slice(&row);
            }
        }
    }

    /// Returns the drawn picture as an image.
    pub(super) fn finish(self) -> DynamicImage {
        let picture = RgbImage::from_raw(self.size.width, self.size.height, self.bytes);
        DynamicImage::ImageRgb8(picture.unwrap_or_default())
    }
}

impl OriginDimensions for DemoCanvas {
    fn size(&self) -> Size {
        self.size
    }
}

impl DrawTarget for DemoCanvas {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            self.fill(Rectangle::new(at, Size::new(1, 1)), colour);
        }
        Ok(())
    }

    fn fill_solid(&mut self, place: &Rectangle, colour: Rgb888) -> Result<(), Infallible> {
        self.fill(*place, colour);
        Ok(())
    }
}

fn area(width: u32, height: u32) -> usize {
    width as usize * height as usize
}

/// Converts the coordinate of a pixel into an unsigned number. A negative coordinate, which does not occur, becomes 0.
fn unsigned(coordinate: i32) -> usize {
    usize::try_from(coordinate).unwrap_or(0)
}

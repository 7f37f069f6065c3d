//! Tests of pictures across their files.

mod encoded;
mod files;
mod geometry;
mod half_blocks;
mod memory;
mod mutations;

use std::sync::Arc;

use image::{Rgb, RgbImage};

use super::part::Picture;
use super::pixels::Pixels;
use super::{CellSize, ColourDepth, PictureDrawing, PictureProtocol, PictureSize};

/// A picture whose pixels are given by a function, kept as it is.
fn picture(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Arc<Picture> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb(pixel(x, y)));
    Arc::new(Picture::new(PictureSize { width, height }, Pixels::new(image)))
}

/// A colour for each place, different for all places of a small picture.
fn different(x: u32, y: u32) -> [u8; 3] {
    [u8::try_from(x).unwrap(), u8::try_from(y).unwrap(), 7]
}

fn drawing(protocol: PictureProtocol) -> PictureDrawing {
    PictureDrawing { protocol, colours: ColourDepth::True, cell: CellSize { width: 8, height: 16 } }
}

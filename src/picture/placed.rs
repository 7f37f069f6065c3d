//! A part of a picture at its place on the screen.

use std::sync::{Arc, Weak};

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};

use super::drawing::{PictureDrawing, PictureProtocol};
use super::half_blocks::HalfBlocks;
use super::part::{Picture, PicturePart};

/// A part of a picture at its place on the screen. Creating it scales the part, so a value is kept until the picture,
/// the part or the area changes.
#[derive(Debug)]
pub struct PlacedPicture {
    given: Rect,
    area: Rect,
    picture: Arc<Picture>,
    part: PicturePart,
    drawing: PictureDrawing,
    half_blocks: Option<HalfBlocks>,
}

impl PlacedPicture {
    /// Places a part of a picture in the middle of `area`, as large as possible with its own proportions.
    pub fn new(area: Rect, picture: &Arc<Picture>, part: PicturePart, drawing: PictureDrawing) -> Self {
        let half_blocks = (drawing.protocol == PictureProtocol::HalfBlocks)
            .then(|| HalfBlocks::new(picture, &part, area.as_size(), drawing.cell, drawing.colours));
        let size = match &half_blocks {
            Some(half_blocks) => half_blocks.size(),
            None => drawing.cell.fit(part.size(), area.as_size()),
        };
        let fitted = Rect {
            x: area.x.saturating_add(area.width.saturating_sub(size.width) / 2),
            y: area.y.saturating_add(area.height.saturating_sub(size.height) / 2),
            width: size.width,
            height: size.height,
        };
        Self { given: area, area: fitted, picture: Arc::clone(picture), part, drawing, half_blocks }
    }

    /// Returns whether [`new`](Self::new) with these values would return an equal placed picture. A caller then keeps
    /// this one.
    pub fn is_of(&self, area: Rect, picture: &Arc<Picture>, part: &PicturePart, drawing: PictureDrawing) -> bool {
        self.given == area && Arc::ptr_eq(&self.picture, picture) && self.part == *part && self.drawing == drawing
    }

    /// Returns the cells that the picture takes, which may be fewer than the area that was given.
    pub const fn area(&self) -> Rect {
        self.area
    }

    /// Draws the picture into the buffer of a frame. With half blocks these are the cells of the picture. With any other
    /// protocol the cells are blank, and marked so that ratatui leaves them alone; the runtime writes the pixels after
    /// the frame, unless something else is drawn over one of the cells.
    pub fn draw(&self, buffer: &mut Buffer) {
        if let Some(half_blocks) = &self.half_blocks {
            return half_blocks.draw(buffer, Position { x: self.area.x, y: self.area.y });
        }
        for position in self.area.intersection(buffer.area).positions() {
            if let Some(cell) = buffer.cell_mut(position) {
                cell.reset();
                cell.set_diff_option(CellDiffOption::Skip);
            }
        }
    }

    /// Returns whether all cells of this picture are in the buffer as [`draw`](Self::draw) leaves them for a protocol
    /// other than half blocks.
    pub fn is_uncovered(&self, buffer: &Buffer) -> bool {
        let is_blank = |position| {
            buffer.cell(position).is_some_and(|cell| cell.symbol() == " " && cell.diff_option == CellDiffOption::Skip)
        };
        self.half_blocks.is_none() && !self.area.is_empty() && self.area.positions().all(is_blank)
    }

    /// Returns the picture.
    pub const fn picture(&self) -> &Arc<Picture> {
        &self.picture
    }

    /// Returns the part of the picture that is drawn.
    pub const fn part(&self) -> &PicturePart {
        &self.part
    }

    /// Returns how the picture is drawn.
    pub const fn drawing(&self) -> PictureDrawing {
        self.drawing
    }

    /// Returns what identifies the written pixels: they must be written again when this value changes. The value does
    /// not keep the pixels in memory.
    pub fn identity(&self) -> PlacedIdentity {
        PlacedIdentity {
            area: self.area,
            picture: Arc::downgrade(&self.picture),
            part: self.part.clone(),
            drawing: self.drawing,
        }
    }
}

/// What decides which pixels of a [`PlacedPicture`] are written to the terminal, and where. If it is equal to that of
/// the last frame, nothing has to be written.
#[derive(Clone, Debug)]
pub struct PlacedIdentity {
    area: Rect,
    picture: Weak<Picture>,
    part: PicturePart,
    drawing: PictureDrawing,
}

impl PlacedIdentity {
    /// Returns the cells that the picture takes.
    pub const fn area(&self) -> Rect {
        self.area
    }

    /// Returns the protocol in which the picture is written.
    pub const fn protocol(&self) -> PictureProtocol {
        self.drawing.protocol
    }
}

/// Equal values are written as equal pixels.
impl PartialEq for PlacedIdentity {
    fn eq(&self, other: &Self) -> bool {
        self.area == other.area
            && Weak::ptr_eq(&self.picture, &other.picture)
            && self.part == other.part
            && self.drawing == other.drawing
    }
}

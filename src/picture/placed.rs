//! A part of a picture with its area on the screen.

use std::sync::{Arc, Weak};

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};

use super::drawing::{PictureDrawing, PictureProtocol};
use super::half_blocks::HalfBlocks;
use super::part::{Picture, PicturePart};

/// A part of a picture with its area on the screen. Creating this value scales the part, which takes time. So a caller
/// keeps the value until the picture, the part or the area changes.
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
    /// Places `part` of `picture` in the middle of `area`, as large as possible with its own proportions. `drawing`
    /// says how pictures are drawn on this terminal.
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

    /// Returns whether [`new`](Self::new) with these arguments would create the same value as this one. If so, the
    /// caller keeps this value.
    pub fn is_of(&self, area: Rect, picture: &Arc<Picture>, part: &PicturePart, drawing: PictureDrawing) -> bool {
        self.given == area && Arc::ptr_eq(&self.picture, picture) && self.part == *part && self.drawing == drawing
    }

    /// Returns the area of the screen that the picture takes, in cells. It may be smaller than the area that was given
    /// to [`new`](Self::new).
    pub const fn area(&self) -> Rect {
        self.area
    }

    /// Draws the picture into the buffer of a frame. With half blocks, this sets the cells of the picture. With any
    /// other protocol, the cells are made blank and marked so that ratatui does not write them. The runtime then writes
    /// the pixels after the frame, unless anything else is drawn over one of the cells.
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

    /// Returns whether nothing is drawn over this picture in the buffer: all its cells are as [`draw`](Self::draw) left
    /// them. Always false for half blocks.
    pub fn is_uncovered(&self, buffer: &Buffer) -> bool {
        let is_blank = |position| {
            buffer.cell(position).is_some_and(|cell| cell.symbol() == " " && cell.diff_option == CellDiffOption::Skip)
        };
        self.half_blocks.is_none() && !self.area.is_empty() && self.area.positions().all(is_blank)
    }

    /// Returns the picture of which a part is drawn.
    pub const fn picture(&self) -> &Arc<Picture> {
        &self.picture
    }

    /// Returns the part of the picture that is drawn.
    pub const fn part(&self) -> &PicturePart {
        &self.part
    }

    /// Returns how the picture is drawn: the protocol, the colours and the size of a cell.
    pub const fn drawing(&self) -> PictureDrawing {
        self.drawing
    }

    /// Returns a value that identifies the pixels of this picture and their place on the screen. If it differs from
    /// that of the last frame, the pixels must be written to the terminal. The value does not keep the pixels in
    /// memory.
    pub fn identity(&self) -> PlacedIdentity {
        PlacedIdentity {
            area: self.area,
            picture: Arc::downgrade(&self.picture),
            part: self.part.clone(),
            drawing: self.drawing,
        }
    }
}

/// Identifies the pixels of a [`PlacedPicture`] and their place on the screen. If the identity equals that of the last
/// frame, the pixels are on the terminal already, and are not written again.
#[derive(Clone, Debug)]
pub struct PlacedIdentity {
    area: Rect,
    picture: Weak<Picture>,
    part: PicturePart,
    drawing: PictureDrawing,
}

impl PlacedIdentity {
    /// Returns the area of the screen that the picture takes, in cells.
    pub const fn area(&self) -> Rect {
        self.area
    }

    /// Returns the protocol in which the picture is written to the terminal.
    pub const fn protocol(&self) -> PictureProtocol {
        self.drawing.protocol
    }
}

/// Two identities are equal if they are for the same pixels at the same place.
impl PartialEq for PlacedIdentity {
    fn eq(&self, other: &Self) -> bool {
        self.area == other.area
            && Weak::ptr_eq(&self.picture, &other.picture)
            && self.part == other.part
            && self.drawing == other.drawing
    }
}

//! The zoom, the position and the turn with which a user looks at a picture.

use ratatui::layout::Size;

use super::drawing::CellSize;
use super::geometry::{PictureSize, PixelRect, QuarterTurn, whole_pixels};
use super::part::{Picture, PicturePart};

/// Maximum number of steps by which a picture can be zoomed in. Each step enlarges the picture by the factor
/// [`ZOOM_STEP`].
const MAX_ZOOM: u8 = 12;
/// Factor by which one step of the zoom enlarges the picture.
const ZOOM_STEP: f64 = std::f64::consts::SQRT_2;
/// Fraction of the visible width or height by which one step moves the picture.
const MOVE_STEP: f64 = 0.25;

/// The turn and the zoom with which a user looks at a picture, and the point of the picture in the middle of the
/// visible part. The default is the whole picture, not turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureView {
    /// The turn by which the picture is turned.
    turn: QuarterTurn,
    /// Number of steps by which the picture is zoomed in; 0 shows the whole picture.
    zoom: u8,
    /// The point of the turned picture that is in the middle of the visible part. The numbers are its distances from
    /// the left and the upper edge, as fractions of width and height.
    middle: (f64, f64),
}

/// The whole picture, not turned.
impl Default for PictureView {
    fn default() -> Self {
        Self { turn: QuarterTurn::None, zoom: 0, middle: (0.5, 0.5) }
    }
}

impl PictureView {
    /// Returns how the picture is turned: not at all, or by 90, 180 or 270 degrees.
    pub const fn turn(&self) -> QuarterTurn {
        self.turn
    }

    /// Returns the zoom in percent: 100 if the whole picture is shown, more if it is zoomed in.
    pub fn percent(&self) -> u32 {
        whole_pixels((self.factor() * 100.0).round(), u32::MAX)
    }

    /// Turns the picture by 90 degrees clockwise. The point in the middle of the visible part stays in the middle.
    #[must_use]
    pub fn turned(self) -> Self {
        let (x, y) = self.middle;
        Self { turn: self.turn.next(), middle: (1.0 - y, x), ..self }
    }

    /// Enlarges the picture by one step; does nothing at the largest zoom.
    #[must_use]
    pub fn zoomed_in(self) -> Self {
        Self { zoom: self.zoom.saturating_add(1).min(MAX_ZOOM), ..self }
    }

    /// Makes the picture smaller by one step; does nothing if the whole picture is shown.
    #[must_use]
    pub fn zoomed_out(self) -> Self {
        Self { zoom: self.zoom.saturating_sub(1), ..self }
    }

    /// Moves the visible part by `right` steps to the right and `down` steps down; negative numbers move it left and
    /// up. The visible part does not leave the picture. `area` is the size, in cells, of the area in which the picture
    /// is shown. `cell` is the size of a cell in pixels.
    #[must_use]
    pub fn moved(self, picture: &Picture, area: Size, cell: CellSize, right: i8, down: i8) -> Self {
        let (width, height) = self.shares(picture.kept_size().turned(self.turn), area, cell);
        let moved = |middle: f64, steps: i8, share: f64| {
            let inside = |at: f64| at.clamp(share / 2.0, 1.0 - share / 2.0);
            inside(inside(middle) + f64::from(steps) * MOVE_STEP * share)
        };
        Self { middle: (moved(self.middle.0, right, width), moved(self.middle.1, down, height)), ..self }
    }

    /// Returns the part of `picture` that is visible in an area of `area` cells. `cell` is the size of a cell in
    /// pixels.
    pub fn part(&self, picture: &Picture, area: Size, cell: CellSize) -> PicturePart {
        let kept = picture.kept_size();
        let turned = kept.turned(self.turn);
        let (width, height) = self.shares(turned, area, cell);
        let side = |middle: f64, share: f64, length: u32| {
            let visible = whole_pixels((share * f64::from(length)).round(), length).max(1);
            let start = (middle * f64::from(length) - f64::from(visible) / 2.0).round();
            let start = whole_pixels(start, length - visible);
            start..start + visible
        };
        let rect =
            PixelRect { x: side(self.middle.0, width, turned.width), y: side(self.middle.1, height, turned.height) };
        PicturePart { rect: rect.turned_back(self.turn, kept), turn: self.turn }
    }

    fn factor(&self) -> f64 {
        ZOOM_STEP.powi(i32::from(self.zoom))
    }

    /// Returns the visible fraction of the picture's width, and that of its height; 1 is all of it. `turned` is the
    /// size of the turned picture. `area` is the size, in cells, of the area in which the picture is shown. `cell` is
    /// the size of a cell in pixels.
    fn shares(&self, turned: PictureSize, area: Size, cell: CellSize) -> (f64, f64) {
        let (width, height) = (f64::from(turned.width.max(1)), f64::from(turned.height.max(1)));
        let across = f64::from(area.width.max(1)) * f64::from(cell.width.max(1)) / width;
        let down = f64::from(area.height.max(1)) * f64::from(cell.height.max(1)) / height;
        let scale = across.min(down) * self.factor();
        ((across / scale).min(1.0), (down / scale).min(1.0))
    }
}

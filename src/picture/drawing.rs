//! The way in which pictures are drawn on the terminal: the protocol, the colours and the size of a cell.

use ratatui::layout::Size;

use super::geometry::PictureSize;

/// Protocol in which pictures are sent to the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum PictureProtocol {
    /// The graphics protocol of kitty.
    Kitty,
    /// The inline images of iTerm2.
    Iterm2,
    /// The sixel protocol: pictures as escape sequences with bands of six rows of pixels.
    Sixel,
    /// Half blocks: characters whose upper and lower half have two colours, in any terminal with 256 colours.
    HalfBlocks,
}

impl PictureProtocol {
    /// Returns the word for this protocol in the setting `picture_protocol`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kitty => "kitty",
            Self::Iterm2 => "iterm2",
            Self::Sixel => "sixel",
            Self::HalfBlocks => "half",
        }
    }
}

/// Number of colours that half blocks use to draw a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourDepth {
    /// Any colour: 24 bits for red, green and blue together.
    True,
    /// The 216 colours of the cube and the 24 greys of a terminal with 256 colours.
    Indexed,
}

/// Size of one cell of the terminal in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellSize {
    /// Width in pixels, at least 1.
    pub width: u16,
    /// Height in pixels, at least 1.
    pub height: u16,
}

/// The size that is assumed for a terminal that does not report its size in pixels.
impl Default for CellSize {
    fn default() -> Self {
        Self { width: 8, height: 16 }
    }
}

impl CellSize {
    /// Largest plausible width or height of a cell, in pixels.
    const MOST: u16 = 256;

    /// Returns the size in pixels of one cell of a terminal. `cells` is the size of the terminal in columns and rows,
    /// and `pixels` its size in pixels. Returns `None` if the terminal does not report its size in pixels, or if the
    /// result is implausible.
    pub fn of_window(cells: Size, pixels: Size) -> Option<Self> {
        let width = pixels.width.checked_div(cells.width)?;
        let height = pixels.height.checked_div(cells.height)?;
        let is_plausible = (2..=Self::MOST).contains(&width) && (2..=Self::MOST).contains(&height);
        is_plausible.then_some(Self { width, height })
    }

    /// Returns the number of columns and rows that a picture takes in an area of `area` cells. The picture is drawn as
    /// large as possible without changing its proportions. `picture` is its size in pixels. Unless the area is empty,
    /// both numbers are at least 1.
    pub fn fit(self, picture: PictureSize, area: Size) -> Size {
        let fitted = self.fit_scaled(picture, area, 1);
        Size { width: fitted.width, height: fitted.height }
    }

    /// Returns the size of a picture as [`fit`](Self::fit) does, but with the height in parts of a row. Each row of
    /// cells has `parts` parts; with 2, the height is in half cells.
    pub(super) fn fit_scaled(self, picture: PictureSize, area: Size, parts: u16) -> Size {
        let (width, height) = (f64::from(picture.width.max(1)), f64::from(picture.height.max(1)));
        let (cell_width, part_height) = (f64::from(self.width), f64::from(self.height) / f64::from(parts.max(1)));
        let rows = area.height.saturating_mul(parts.max(1));
        let scale = (f64::from(area.width) * cell_width / width).min(f64::from(rows) * part_height / height);
        let side = |length: f64, most: u16| {
            let whole = super::geometry::whole_pixels(length.round(), most.into());
            u16::try_from(whole).unwrap_or(most).clamp(most.min(1), most)
        };
        Size { width: side(width * scale / cell_width, area.width), height: side(height * scale / part_height, rows) }
    }
}

/// The way in which pictures are drawn on this terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureDrawing {
    /// The protocol in which pictures are sent to the terminal.
    pub protocol: PictureProtocol,
    /// The colours to use with half blocks. Other protocols do not use this field.
    pub colours: ColourDepth,
    /// The size of one cell of the terminal in pixels.
    pub cell: CellSize,
}

/// Half blocks with 256 colours, which most terminals can show.
impl Default for PictureDrawing {
    fn default() -> Self {
        Self { protocol: PictureProtocol::HalfBlocks, colours: ColourDepth::Indexed, cell: CellSize::default() }
    }
}

/// Reason why no pictures are drawn on this terminal. Its text is one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPictures {
    /// The environment variable `NO_COLOR` is set.
    #[error("Pictures need colours, and NO_COLOR is set.")]
    NoColor,
    /// The colour theme is `mono`, which has no colours.
    #[error("Pictures need colours, and the theme mono has none.")]
    Mono,
    /// The environment variable `TERM` does not name a terminal with 256 colours.
    #[error(
        "Pictures need 256 colours, and TERM names a terminal with fewer. The setting picture_protocol overrides this."
    )]
    FewColours,
}

//! The pictures that a terminal shows over its cells, with a protocol such as kitty's. They are written after a frame,
//! and only when something about them has changed.
//!
//! The cells below a picture are blank and are not written again while it is shown. A picture that went away leaves
//! nothing: the terminal is told to delete it, and its cells are written whole.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use crate::picture::{PictureBytes, PictureNumber, PictureProtocol, PlacedIdentity, PlacedPicture};

/// The pictures that the terminal shows over its cells.
#[derive(Debug, Default)]
pub struct ShownPictures {
    shown: Vec<(PictureNumber, PlacedIdentity)>,
    /// Numbers of pictures that are to be deleted from the terminal.
    outdated: Vec<PictureNumber>,
}

impl ShownPictures {
    /// Compares the pictures that the terminal shows with those of a drawn frame, and returns the bytes to write after
    /// the frame. Marks in the frame which cells ratatui must write and which it must leave alone. A picture is shown
    /// only if nothing else is drawn over it.
    pub fn update(&mut self, buffer: &mut Buffer, placed: &[PlacedPicture]) -> PictureBytes {
        let mut bytes = PictureBytes::default();
        let uncovered = placed.iter().filter(|placed| placed.is_uncovered(buffer));
        let wanted: Vec<(&PlacedPicture, PlacedIdentity)> =
            uncovered.map(|placed| (placed, placed.identity())).take(usize::from(PictureNumber::COUNT)).collect();
        let is_wanted = |shown: &PlacedIdentity| wanted.iter().any(|(_, identity)| identity == shown);
        let before = std::mem::take(&mut self.shown);
        let (kept, gone): (Vec<_>, Vec<_>) = before.into_iter().partition(|(_, shown)| is_wanted(shown));
        for (number, shown) in gone {
            write_cells(buffer, shown.area(), |cell| cell != CellDiffOption::Skip);
            if shown.protocol() == PictureProtocol::Kitty {
                self.outdated.push(number);
            }
        }
        // A picture is deleted before its number is used again.
        for number in self.outdated.drain(..) {
            bytes.delete(number);
        }
        self.shown = kept;
        for (placed, identity) in wanted {
            let is_shown = self.shown.iter().any(|(_, shown)| *shown == identity);
            let free = PictureNumber::all().find(|number| self.shown.iter().all(|(used, _)| used != number));
            if let Some(number) = free.filter(|_| !is_shown) {
                write_cells(buffer, identity.area(), |_| true);
                bytes.show(placed, number, buffer.area);
                self.shown.push((number, identity));
            }
        }
        bytes
    }

    /// Forgets all pictures, because the screen was cleared. Those that are still wanted are written again with the next
    /// frame.
    pub fn forget(&mut self) {
        let kept = self.shown.drain(..).filter(|(_, shown)| shown.protocol() == PictureProtocol::Kitty);
        self.outdated.extend(kept.map(|(number, _)| number));
    }
}

/// Makes ratatui write the cells of an area, where `is_meant` returns true for what a cell says about being written.
fn write_cells(buffer: &mut Buffer, area: Rect, is_meant: impl Fn(CellDiffOption) -> bool) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position).filter(|cell| is_meant(cell.diff_option)) {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

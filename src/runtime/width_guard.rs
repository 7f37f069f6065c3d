//! Redraws whole rows that contain characters of ambiguous width.
//!
//! A Devanagari or emoji cluster may take more columns on a terminal than the program counts. Then the cluster covers
//! cells that ratatui considers unchanged and would not write again, such as letters of a name that was masked since.
//! So every row is written whole if it contains such a cell now, or contained such a cell in the frame before.

use std::collections::BTreeSet;

use ratatui::buffer::{Buffer, CellDiffOption};

/// The numbers of the rows on the screen that contained, in the last drawn frame, a character of ambiguous width.
/// Terminals do not agree on how many columns such a character takes.
#[derive(Debug, Default)]
pub struct AmbiguousWidthRows(BTreeSet<u16>);

impl AmbiguousWidthRows {
    /// Marks the rows of the drawn frame `buffer` that ratatui must write whole, instead of only their changed cells.
    /// These are the rows that contain a character of ambiguous width, or contained one in the frame before. Terminals
    /// do not agree on the width of such a character.
    pub fn mark(&mut self, buffer: &mut Buffer) {
        let area = buffer.area;
        let here = |y: &u16| (area.left()..area.right()).any(|x| !is_agreed(symbol(buffer, x, *y)));
        let now: BTreeSet<u16> = (area.top()..area.bottom()).filter(here).collect();
        for y in now.union(&self.0).copied().filter(|y| *y < area.bottom()) {
            for x in area.left()..area.right() {
                // The cells below a picture are left alone: see `pictures`.
                let cell = buffer.cell_mut((x, y)).filter(|cell| cell.diff_option != CellDiffOption::Skip);
                if let Some(cell) = cell {
                    cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                }
            }
        }
        self.0 = now;
    }
}

fn symbol(buffer: &Buffer, x: u16, y: u16) -> &str {
    buffer.cell((x, y)).map_or("", |cell| cell.symbol())
}

/// Returns whether all terminals draw `symbol`, the text of a cell of the screen, with the same number of columns.
pub(super) fn is_agreed(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let one = chars.next().is_none_or(|c| {
        matches!(c,
            '\0'..='\u{2ff}' | '\u{370}'..='\u{3ff}' | '\u{410}'..='\u{44f}' | '\u{2010}'..='\u{2027}'
            | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{25ff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    });
    one && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn whole(buffer: &Buffer, y: u16) -> bool {
        (0..buffer.area.width).all(|x| buffer[(x, y)].diff_option == CellDiffOption::AlwaysUpdate)
    }

    #[test]
    fn a_row_is_written_whole_while_it_contains_an_ambiguous_cell_and_once_more() {
        let area = Rect::new(0, 0, 10, 2);
        let mut rows = AmbiguousWidthRows::default();
        let mut shown = Buffer::with_lines(["प्रिया", "plain 김"]);
        rows.mark(&mut shown);
        assert!(whole(&shown, 0) && !whole(&shown, 1));
        let mut masked = Buffer::empty(area);
        rows.mark(&mut masked);
        assert!(whole(&masked, 0), "what was covered is written again");
        let mut after = Buffer::empty(area);
        rows.mark(&mut after);
        assert!(!whole(&after, 0));
    }

    #[test]
    fn terminals_agree_on_letters_and_frames_and_not_on_clusters() {
        assert!(["a", "김", "│", "佐", "━"].iter().all(|symbol| is_agreed(symbol)));
        assert!(["प्रि", "👩", "e\u{301}"].iter().all(|symbol| !is_agreed(symbol)));
    }
}

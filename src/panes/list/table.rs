//! The list as lines of text without cursor and frame, for output to something other than the full screen.

use super::columns;
use crate::store::Sort;
use crate::submission::row::{Column, Row};
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Line, Piece, Role};

/// Sign before the second column of a row whose texts hold characters that cannot be seen.
pub(super) const HIDES: Piece = Piece::word("!", Role::Warn);

/// The columns of a printed list, with their widths.
pub struct PrintedTable {
    columns: Vec<(Column, usize)>,
    width: usize,
}

impl PrintedTable {
    /// Creates a table of the columns that fit into a width, as on the screen.
    pub fn fitted(width: usize, zone: &Zone) -> Self {
        Self { columns: columns::fitting(width, 0, zone), width }
    }

    /// Creates a table of all the chosen columns; they get narrower if they do not fit.
    pub fn chosen(columns: &[Column], width: usize, zone: &Zone) -> Self {
        Self { columns: columns::chosen(columns, width, zone), width }
    }

    /// Returns the line with the headings of the columns.
    pub fn headings(&self, zone: &Zone, sort: Option<Sort>) -> Line {
        self.line(false, |column, width| (columns::headed(column, width, zone, sort), Role::Label))
    }

    /// Returns the line with the cells of a row.
    pub fn row(&self, row: &Row, mask: Mask, zone: &Zone) -> Line {
        self.line(row.has_invisible(), |column, width| {
            let piece = columns::cell(row, column, mask, zone);
            (piece.text.pad(width), piece.role)
        })
    }

    /// Returns the line for an item that is not a submission.
    pub fn unreadable(&self, reason: &Safe) -> Line {
        Line::new().with(unreadable(reason), Role::Warn).fit(self.width)
    }

    /// Returns whether the mask hides anything of a row in these columns.
    pub fn masks_any(&self, row: &Row, mask: Mask) -> bool {
        self.columns.iter().any(|(column, _)| columns::is_hidden(row, *column, mask))
    }

    fn line(&self, hides: bool, cell: impl Fn(Column, usize) -> (Safe, Role)) -> Line {
        let mut line = Line::new();
        for (at, (column, width)) in self.columns.iter().enumerate() {
            let (text, role) = cell(*column, *width);
            if at > 0 {
                line.pieces.push(if at == 1 && hides { HIDES } else { Piece::word(" ", Role::Plain) });
            }
            line = line.with(text, role);
        }
        line.fit(self.width)
    }
}

/// Returns the text that replaces the cells of a row whose item is unreadable.
pub(super) fn unreadable(reason: &Safe) -> Safe {
    Safe::concat(&[Safe::from_static("unreadable item: "), reason.clone()])
}

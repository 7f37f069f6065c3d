//! The list as lines of text, without cursor and frame: what is printed where there is no screen.

use super::columns;
use crate::store::Sort;
use crate::submission::row::{Column, Row};
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Line, Piece, Role};

/// Is before the second column of a row whose texts hold characters that cannot be seen.
pub(super) const HIDES: Piece = Piece::word("!", Role::Warn);

/// The columns of a printed list.
pub struct PrintedTable {
    columns: Vec<(Column, usize)>,
    width: usize,
}

impl PrintedTable {
    /// Those that fit into a width, as on the screen.
    pub fn fitted(width: usize, zone: &Zone) -> Self {
        Self { columns: columns::fitting(width, 0, zone), width }
    }

    /// Those that were chosen, all of them; they get narrower where they do not fit.
    pub fn chosen(columns: &[Column], width: usize, zone: &Zone) -> Self {
        Self { columns: columns::chosen(columns, width, zone), width }
    }

    /// The words above the columns.
    pub fn headings(&self, zone: &Zone, sort: Option<Sort>) -> Line {
        self.line(false, |column, width| (columns::headed(column, width, zone, sort), Role::Label))
    }

    /// The cells of a row.
    pub fn row(&self, row: &Row, mask: Mask, zone: &Zone) -> Line {
        self.line(row.has_invisible(), |column, width| {
            let piece = columns::cell(row, column, mask, zone);
            (piece.text.pad(width), piece.role)
        })
    }

    /// The line of an item that is no submission.
    pub fn unreadable(&self, reason: &Safe) -> Line {
        Line::new().with(unreadable(reason), Role::Warn).fit(self.width)
    }

    /// Whether the mask hides anything of a row.
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

/// What is in place of a row.
pub(super) fn unreadable(reason: &Safe) -> Safe {
    Safe::concat(&[Safe::from_static("unreadable item: "), reason.clone()])
}

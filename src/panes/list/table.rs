//! The list as lines of text without cursor and frame, for output outside the full screen, such as that of a command.

use super::columns;
use crate::store::Sort;
use crate::submission::row::{Column, Row};
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::{Line, Piece, Role};

/// Sign that is drawn before the second column of a row if any text of the row contains invisible characters.
const INVISIBLE_SIGN: Piece = Piece::word("!", Role::Bad);

/// First columns of a printed list, from left to right. The id comes early, since a user passes it to other commands of
/// this program.
const FIRST_COLUMNS: [Column; 5] = [Column::Status, Column::Name, Column::Created, Column::Id, Column::RejectCode];

/// Minimum and maximum width, in screen columns, of a column with the values at a JSON path.
const PATH_WIDTHS: [usize; 2] = [20, 28];

/// A column of a printed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintedColumn {
    /// A column of the list, such as the status.
    Listed(Column),
    /// The values at a JSON path, such as `kyc.attempts[0].errorCode`.
    Path(String),
}

/// The columns of a printed list, with their widths.
pub struct PrintedTable {
    columns: Vec<(PrintedColumn, usize)>,
    width: usize,
}

impl PrintedTable {
    /// Creates a table with the columns that fit into `width` screen columns: first status, name, creation time, id and
    /// reject code, then the others in the order of the list pane. `zone` is the time zone; it decides how wide times
    /// are. `shows_aml` says whether the table has a column for the AML status if there is room.
    pub fn fitted(width: usize, zone: &Zone, shows_aml: bool) -> Self {
        let rest = columns::default_columns(shows_aml).into_iter().filter(|column| !FIRST_COLUMNS.contains(column));
        let listed: Vec<Column> = FIRST_COLUMNS.into_iter().chain(rest).collect();
        let columns = columns::fit_columns(&listed, width, 0, zone).into_iter();
        Self { columns: columns.map(|(column, columns)| (PrintedColumn::Listed(column), columns)).collect(), width }
    }

    /// Creates a table with all the given columns. If the columns do not fit into `width` screen columns, they get
    /// narrower. `zone` is the time zone; it decides how wide times are.
    pub fn chosen(columns: &[PrintedColumn], width: usize, zone: &Zone) -> Self {
        let [least, most] = PATH_WIDTHS;
        let path_width = |path: &str| Safe::sanitize(path).width().clamp(least, most);
        let mut listed = Vec::new();
        let mut left = width;
        for column in columns {
            match column {
                PrintedColumn::Listed(column) => listed.push(*column),
                PrintedColumn::Path(path) => left = left.saturating_sub(path_width(path) + 1),
            }
        }
        let mut widths = columns::fit_chosen(&listed, left, zone).into_iter().map(|(_, width)| width);
        let width_of = |column: &PrintedColumn| match column {
            PrintedColumn::Listed(_) => widths.next().unwrap_or_default(),
            PrintedColumn::Path(path) => path_width(path),
        };
        let widths: Vec<usize> = columns.iter().map(width_of).collect();
        Self { columns: columns.iter().cloned().zip(widths).collect(), width }
    }

    /// Returns the line with the headings of the table's columns. The heading of a time column also names the time zone
    /// `zone` if there is room. `sort` is the column by which the rows are sorted, and the direction: an arrow after
    /// the heading of this column shows the direction. No heading has an arrow if `sort` is `None`.
    pub fn headings(&self, zone: &Zone, sort: Option<Sort>) -> Line {
        self.line(false, |column, width| match column {
            PrintedColumn::Listed(column) => (columns::padded_heading(*column, width, zone, sort), Role::Label),
            PrintedColumn::Path(path) => (Safe::sanitize(path).fit(width).pad(width), Role::Label),
        })
    }

    /// Returns the line with the cells of a row. The texts are as the mask level `mask` shows them, and the times are
    /// in the time zone `zone`. `of_path` returns the text of the cell for a JSON path.
    pub fn row(&self, row: &Row, mask: Mask, zone: &Zone, of_path: impl Fn(&str) -> Safe) -> Line {
        self.line(row.has_invisible(), |column, width| match column {
            PrintedColumn::Listed(column) => {
                let piece = columns::cell(row, *column, mask, zone);
                (piece.text.pad(width), piece.role)
            }
            PrintedColumn::Path(path) => (of_path(path).fit(width).pad(width), Role::Plain),
        })
    }

    /// Returns the line for a list item that is not a submission; `reason` says why it is not one.
    pub fn unreadable(&self, reason: &Safe) -> Line {
        Line::new().with(unreadable(reason, None), Role::Warn).fit(self.width)
    }

    /// Returns whether the mask level `mask` hides a part of any cell of `row` in this table. Only the columns of the
    /// list are considered, not the columns with values at JSON paths.
    pub fn masks_any(&self, row: &Row, mask: Mask) -> bool {
        let is_hidden = |column: &PrintedColumn| match column {
            PrintedColumn::Listed(column) => columns::is_hidden(row, *column, mask),
            PrintedColumn::Path(_) => false,
        };
        self.columns.iter().any(|(column, _)| is_hidden(column))
    }

    fn line(&self, hides: bool, cell: impl Fn(&PrintedColumn, usize) -> (Safe, Role)) -> Line {
        let mut line = Line::new();
        for (at, (column, width)) in self.columns.iter().enumerate() {
            let (text, role) = cell(column, *width);
            if at > 0 {
                line.pieces.push(if at == 1 && hides { INVISIBLE_SIGN } else { Piece::word(" ", Role::Plain) });
            }
            line = line.with(text, role);
        }
        line.fit(self.width)
    }
}

/// Returns the text that is shown in place of the cells, for a list item that is not a submission. `reason` says why it
/// is not one. `number` is the number of its row, where the rows are numbered.
pub(super) fn unreadable(reason: &Safe, number: Option<usize>) -> Safe {
    let row = number.map_or_else(|| "this row".to_owned(), |number| format!("row {number}"));
    Safe::concat(&[Safe::sanitize(&format!("{row} cannot be read: ")), reason.clone()])
}

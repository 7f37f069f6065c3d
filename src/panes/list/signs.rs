//! The signs in a row of the list: before its first cell, and between the cells.

use crate::store::{Change, RowFindings};
use crate::submission::findings::Grade;
use crate::submission::row::Column;
use crate::ui::{Line, Piece, Role};

/// Headings of the columns of signs at the start of a row. Only the sign for findings has one.
pub(super) const HEADINGS: &str = "  ! ";

/// Width, in screen columns, of the signs at the start of a row.
pub(super) const SIGNS_WIDTH: usize = HEADINGS.len();

/// The properties of a list row that decide which signs are drawn in it. Four signs are drawn before the first cell:
/// `▶` for the row under the cursor, `+` or `~` for a new or changed row, the sign for the findings, and `*` for a
/// marked row. Further signs are drawn between the cells, such as `~` for a changed value.
#[derive(Clone, Copy)]
pub(super) struct RowSign<'a> {
    pub(super) is_cursor: bool,
    pub(super) is_marked: bool,
    pub(super) findings: RowFindings,
    pub(super) is_new: bool,
    pub(super) change: Option<&'a Change>,
}

impl RowSign<'_> {
    /// Returns the signs before the first cell. `finding` is the sign for the findings.
    pub(super) fn start(self, finding: Piece) -> Line {
        let blank = || Piece::word(" ", Role::Plain);
        let cursor = if self.is_cursor { Piece::word("▶", Role::Accent) } else { blank() };
        let change = match self {
            Self { is_new: true, .. } => Piece::word("+", Role::Info),
            Self { change: Some(_), .. } => Piece::word("~", Role::Warn),
            _ => blank(),
        };
        let mark = if self.is_marked { Piece::word("*", Role::Accent) } else { blank() };
        Line { pieces: vec![cursor, change, finding, mark] }.pad(SIGNS_WIDTH)
    }

    /// Returns the separator before the cell of `column`: `~` if the value in the column changed, otherwise a blank.
    pub(super) fn separator(self, column: Column) -> Piece {
        match self.change {
            Some(change) if change.concerns(column) => Piece::word("~", Role::Warn),
            _ => Piece::word(" ", Role::Plain),
        }
    }
}

/// Returns the sign for the most severe finding about a submission: `?` if the full record was not opened yet, so that
/// its findings are not known, and `–` if there is neither an alert nor a warning.
pub(super) const fn finding(findings: RowFindings) -> Piece {
    match findings {
        RowFindings::Worst(grade @ Grade::Alert) => Piece::word(grade.sign(), Role::Bad),
        RowFindings::Worst(grade @ Grade::Warning) => Piece::word(grade.sign(), Role::Warn),
        RowFindings::Worst(Grade::Note) | RowFindings::NoneFound => Piece::word("–", Role::Dim),
        RowFindings::NotChecked => Piece::word("?", Role::Dim),
    }
}

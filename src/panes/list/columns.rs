//! Which columns the list has, how wide each is, and what a cell shows.

use crate::submission::row::{Cell, Column, Row};
use crate::text::{Mask, Safe, Untrusted, Value};
use crate::time::Zone;
use crate::ui::{Piece, Role};

/// The widths of [`Column::LISTED`].
const WIDTHS: [usize; Column::LISTED.len()] = [16, 13, 10, 3, 8, 26, 22, 17, 5, 3, 18, 10, 3, 10, 16];

/// Columns that stay when the rest scrolls.
const FIXED: usize = 2;

/// The columns that fit into a width, with the width of each: the fixed ones, then those from `sideways` on.
///
/// What is left over goes to the screening and then to the name.
pub(super) fn fitting(width: usize, sideways: usize) -> Vec<(Column, usize)> {
    let mut left = width;
    let mut fitting = Vec::new();
    let listed = || Column::LISTED.iter().zip(WIDTHS);
    let rest = listed().skip(FIXED).skip(sideways.min(most_sideways()));
    for ((column, _), columns) in listed().take(FIXED).chain(rest) {
        let needed = columns + usize::from(!fitting.is_empty());
        if needed > left {
            break;
        }
        left -= needed;
        fitting.push((*column, columns));
    }
    for (wider, most) in [(Column::Aml, 6), (Column::Name, 24)] {
        if let Some((_, columns)) = fitting.iter_mut().find(|(column, _)| *column == wider) {
            let more = left.min(most);
            *columns += more;
            left -= more;
        }
    }
    fitting
}

/// How many of the scrolling columns can be scrolled away.
pub(super) const fn most_sideways() -> usize {
    Column::LISTED.len() - FIXED - 1
}

/// What a cell shows: `·` for what was not fetched, `–` for what is empty, else the text as sent.
pub(super) fn cell(row: &Row, column: Column, mask: Mask, zone: &Zone) -> Piece {
    let text = match row.cell(column) {
        // A level without a status must not look like none.
        _ if column == Column::Aml && row.cell(Column::Aml).text().is_none() && aml_level(row).is_some() => {
            return Piece::new(Safe::of(aml_level(row).unwrap_or_default()), Role::Warn);
        }
        Cell::NotFetched => return Piece::word("·", Role::Dim),
        Cell::Empty => return Piece::word("–", Role::Dim),
        Cell::Text(text) => text,
    };
    let shown = match (column, row.created()) {
        (Column::Created, Some(at)) => return Piece::new(zone.short(at), Role::Plain),
        (Column::Aml, _) => match aml_level(row) {
            Some(level) if !level.eq_ignore_ascii_case(text) => {
                Safe::concat(&[Safe::of(level), Safe::word(" "), Safe::of(text)])
            }
            _ => Safe::of(text),
        },
        _ => Value::new(Untrusted::new(text), column.class()).shown(mask),
    };
    let role = match column {
        Column::Status => status_role(text),
        Column::Aml => aml_role(text),
        _ => Role::Plain,
    };
    Piece::new(shown, role)
}

fn aml_level(row: &Row) -> Option<&str> {
    row.cell(Column::AmlLevel).text()
}

/// The role of a status word; an unknown word never looks like an approval.
#[must_use]
pub(super) fn status_role(status: &str) -> Role {
    match status.to_ascii_lowercase().as_str() {
        "approved" => Role::Good,
        "rejected" => Role::Bad,
        "pending" => Role::Warn,
        "incomplete" => Role::Dim,
        _ => Role::Warn,
    }
}

fn aml_role(status: &str) -> Role {
    match status.to_ascii_lowercase().as_str() {
        "red flag" => Role::Bad,
        "not screened" => Role::Plain,
        _ => Role::Warn,
    }
}

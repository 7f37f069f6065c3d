//! Which columns the list has, how wide each is, and what a heading and a cell show.

use crate::store::Sort;
use crate::submission::assessment::{KycStatus, Screening, words};
use crate::submission::row::{Cell, Column, Row};
use crate::text::{Mask, Safe, Untrusted, Value};
use crate::time::Zone;
use crate::ui::{Piece, Role};

/// The widths of [`Column::LISTED`].
const WIDTHS: [usize; Column::LISTED.len()] = [16, 13, 10, 3, 8, 26, 22, 17, 5, 3, 18, 10, 3, 10, 16];

/// Headings and widths of the columns that the list shows only when they are asked for.
const FURTHER: [(Column, &str, usize); 5] = [
    (Column::AmlLevel, "Level", 6),
    (Column::Ip, "IP", 15),
    (Column::Token, "Token", 16),
    (Column::Updated, "Updated", 24),
    (Column::Applicant, "Applicant", 16),
];

/// Columns that a chosen column keeps at least.
const NARROWEST: usize = 3;

/// Columns that stay when the rest scrolls.
const FIXED: usize = 2;

/// The columns that fit into a width, with the width of each: the fixed ones, then those from `sideways` on.
///
/// What is left over goes to the screening and then to the name.
pub(super) fn fitting(width: usize, sideways: usize, zone: &Zone) -> Vec<(Column, usize)> {
    let mut left = width;
    let mut fitting = Vec::new();
    let widths = |((column, _), width)| (column, usual(column, width, zone));
    let listed = || Column::LISTED.into_iter().zip(WIDTHS).map(widths);
    let rest = listed().skip(FIXED).skip(sideways.min(most_sideways()));
    for (column, columns) in listed().take(FIXED).chain(rest) {
        let needed = columns + usize::from(!fitting.is_empty());
        if needed > left {
            break;
        }
        left -= needed;
        fitting.push((column, columns));
    }
    widen(&mut fitting, left);
    fitting
}

/// The same for columns that were chosen: none is left out. Where they do not fit, the widest give way.
pub(super) fn chosen(columns: &[Column], width: usize, zone: &Zone) -> Vec<(Column, usize)> {
    let usual = |column: &Column| (*column, usual(*column, of(*column).1, zone));
    let mut chosen: Vec<(Column, usize)> = columns.iter().map(usual).collect();
    let between = chosen.len().saturating_sub(1);
    let mut needed = between + chosen.iter().map(|(_, columns)| columns).sum::<usize>();
    while needed > width {
        let widest = chosen.iter_mut().rev().max_by_key(|(_, columns)| *columns);
        let Some((_, columns)) = widest.filter(|(_, columns)| *columns > NARROWEST) else { break };
        *columns -= 1;
        needed -= 1;
    }
    widen(&mut chosen, width.saturating_sub(needed));
    chosen
}

fn widen(fitting: &mut [(Column, usize)], mut left: usize) {
    for (wider, most) in [(Column::Aml, 6), (Column::Name, 24)] {
        if let Some((_, columns)) = fitting.iter_mut().find(|(column, _)| *column == wider) {
            let more = left.min(most);
            *columns += more;
            left -= more;
        }
    }
}

/// The usual width of a column in a zone: times may need room for their offset.
fn usual(column: Column, width: usize, zone: &Zone) -> usize {
    if column == Column::Created { zone.short_width() } else { width }
}

/// Heading and usual width of a column.
fn of(column: Column) -> (&'static str, usize) {
    let listed = Column::LISTED.into_iter().zip(WIDTHS).map(|((column, heading), width)| (column, heading, width));
    let known = listed.chain(FURTHER).find(|(known, ..)| *known == column);
    known.map_or(("", NARROWEST), |(_, heading, width)| (heading, width))
}

/// The word above a column.
#[must_use]
pub fn heading(column: Column) -> &'static str {
    of(column).0
}

/// The word above a column in its width: with the zone where times stand, and with the direction of sorting.
pub(super) fn headed(column: Column, width: usize, zone: &Zone, sort: Option<Sort>) -> Safe {
    let mut text = heading(column).to_owned();
    if column == Column::Created && width > 13 {
        text = format!("Created ({})", zone.label().as_str());
    }
    if let Some(sort) = sort.filter(|sort| sort.column == column) {
        // A word may be cut, the direction may not.
        text.truncate(text.floor_char_boundary(width.saturating_sub(1)));
        text.push(if sort.descending { '↓' } else { '↑' });
    }
    Safe::of(&text).pad(width)
}

/// Whether the mask hides anything of a cell.
pub(super) fn is_hidden(row: &Row, column: Column, mask: Mask) -> bool {
    // The cell of the screening status also shows the level.
    let shown = if column == Column::Aml { &[Column::Aml, Column::AmlLevel][..] } else { &[column][..] };
    shown.iter().any(|shown| row.is_hidden(*shown, mask))
}

/// How many of the scrolling columns can be scrolled away.
pub(super) const fn most_sideways() -> usize {
    Column::LISTED.len() - FIXED - 1
}

/// What a cell shows: `·` for what was not fetched, `–` for what is empty, else the text as far as the mask lets it be seen.
pub(super) fn cell(row: &Row, column: Column, mask: Mask, zone: &Zone) -> Piece {
    let level = if column == Column::Aml { aml_level(row) } else { None };
    let text = match (row.cell(column), level) {
        // A level without a status must not look like none.
        (Cell::NotFetched | Cell::Empty, Some(level)) => {
            return Piece::new(shown(row, Column::AmlLevel, level, mask), Role::Warn);
        }
        (Cell::NotFetched, None) => return Piece::word("·", Role::Dim),
        (Cell::Empty, None) => return Piece::word("–", Role::Dim),
        (Cell::Text(text), _) => text,
    };
    let is_hidden = row.is_hidden(column, mask);
    let role = match column {
        _ if is_hidden => Role::Plain,
        Column::Status => status_role(text),
        Column::Aml => aml_role(text),
        _ => Role::Plain,
    };
    if let (Column::Created, Some(at), false) = (column, row.created(), is_hidden) {
        return Piece::new(zone.short(at), role);
    }
    // An unknown word must not look like a documented one, without colour either.
    let sign = if words::judges(column) && words::documented(column, text).is_none() { "?" } else { "" };
    let shown_text = Safe::concat(&[Safe::word(sign), shown(row, column, text, mask)]);
    match level.filter(|level| !words::is(level, text)) {
        Some(level) => {
            let level = shown(row, Column::AmlLevel, level, mask);
            Piece::new(Safe::concat(&[level, Safe::word(" "), shown_text]), role)
        }
        None => Piece::new(shown_text, role),
    }
}

/// The text of a cell as far as the mask lets it be seen, with a sign where the row has the beginning alone.
fn shown(row: &Row, column: Column, text: &str, mask: Mask) -> Safe {
    let shown = Value::new(Untrusted::new(text), row.class(column)).shown(mask);
    let goes_on = row.is_cut(column) && !row.is_hidden(column, mask);
    if goes_on { Safe::concat(&[shown, Safe::word("…")]) } else { shown }
}

fn aml_level(row: &Row) -> Option<&str> {
    row.cell(Column::AmlLevel).text()
}

/// The role of a status word; an unknown word never looks like an approval.
#[must_use]
pub(super) fn status_role(status: &str) -> Role {
    match KycStatus::read(status) {
        KycStatus::Approved => Role::Good,
        KycStatus::Rejected => Role::Bad,
        KycStatus::Incomplete => Role::Dim,
        KycStatus::Pending | KycStatus::Unknown | KycStatus::Contradictory | KycStatus::Missing => Role::Warn,
    }
}

fn aml_role(status: &str) -> Role {
    match Screening::read(status) {
        Screening::RedFlag => Role::Bad,
        Screening::NotScreened => Role::Plain,
        Screening::Unknown | Screening::Missing => Role::Warn,
    }
}

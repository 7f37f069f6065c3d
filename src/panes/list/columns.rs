//! Columns of the list: which columns fit, their widths, and the text of headings and cells.

use crate::store::Sort;
use crate::submission::assessment::{KycStatus, Screening, words};
use crate::submission::row::{Cell, Column, ColumnKind, Row};
use crate::text::{Mask, Safe, Untrusted, Value};
use crate::time::{Zone, coarse_span};
use crate::ui::{Piece, Role};

/// Number of columns on the left of the list that stay visible when the others are scrolled sideways.
const FIXED_COLUMNS: usize = Column::FIXED;

/// Returns the columns that the list can show, in their order on the screen. `shows_aml` says whether the AML status of
/// any row is known. If not, the column of the AML status is left out, because all its cells would say "not fetched".
pub(super) fn default_columns(shows_aml: bool) -> Vec<Column> {
    let companions = || Column::LISTED.into_iter().filter_map(|column| column.spec().companion);
    let is_listed = |column: &Column| companions().all(|companion| companion != *column);
    Column::listed_first().filter(is_listed).filter(|column| shows_aml || *column != Column::Aml).collect()
}

/// Returns those of the columns `listed` that fit into a pane of `width` screen columns, each with its own width. The
/// fixed columns, which are always visible, come first. Of the columns after them, the first `sideways` are left out,
/// since the user scrolled them out of view.
///
/// Space that remains in `width` is given to columns whose values need more than the usual width. The column that needs
/// the least additional space gets it first. `zone` decides how wide times are.
pub(super) fn fit_columns(listed: &[Column], width: usize, sideways: usize, zone: &Zone) -> Vec<(Column, usize)> {
    let mut left = width;
    let mut fitting = Vec::new();
    let sized = || listed.iter().map(|column| (*column, usual_width(*column, zone)));
    let rest = sized().skip(FIXED_COLUMNS).skip(sideways);
    for (column, columns) in sized().take(FIXED_COLUMNS).chain(rest) {
        let needed = columns + usize::from(!fitting.is_empty());
        if needed > left {
            break;
        }
        left -= needed;
        fitting.push((column, columns));
    }
    widen_columns(&mut fitting, left);
    fitting
}

/// The columns of the list that are on the screen after scrolling sideways.
pub(super) struct VisibleColumns {
    /// The columns from left to right, each with its width in screen columns.
    pub(super) columns: Vec<(Column, usize)>,
    /// Whether columns between the fixed columns on the left and the other visible columns are out of view.
    pub(super) more_left: bool,
    /// Whether there are further columns out of view on the right.
    pub(super) more_right: bool,
}

/// Returns the columns that are visible in a pane of `width` screen columns. `sideways` is the number of steps that the
/// user scrolled sideways. `zone` decides how wide times are.
///
/// If there is room for the fixed columns and one more, the result is that of [`fit_columns`]. In a narrower pane, only
/// the fixed columns are visible at first. After the first step sideways, one other column is visible too, and the
/// widest columns get narrower. So each of the `listed` columns can be scrolled into view.
pub(super) fn visible(listed: &[Column], width: usize, sideways: usize, zone: &Zone) -> VisibleColumns {
    let (fixed, rest) = listed.split_at_checked(FIXED_COLUMNS).unwrap_or((listed, &[]));
    let sideways = sideways.min(max_scroll_steps(listed, width, zone));
    let squeezes = leaves_too_little_room(listed, width, zone);
    let skipped = sideways.saturating_sub(usize::from(squeezes));
    let next = rest.get(skipped).filter(|_| sideways > 0 || !squeezes);
    let always: Vec<Column> = fixed.iter().copied().chain(next.copied()).collect();
    let columns = match next {
        Some(_) if is_wider(&always, width, zone) => fit_chosen(&always, width, zone),
        Some(_) => fit_columns(listed, width, skipped, zone),
        None if is_wider(fixed, width, zone) => fit_chosen(fixed, width, zone),
        None => fit_columns(fixed, width, 0, zone),
    };
    let more_right = columns.len() + skipped < listed.len();
    VisibleColumns { columns, more_left: skipped > 0, more_right }
}

/// Returns the maximum number of steps by which the `listed` columns can be scrolled sideways in a pane of `width`
/// screen columns. At this maximum, the fixed columns on the left and at least one other column are visible.
pub(super) fn max_scroll_steps(listed: &[Column], width: usize, zone: &Zone) -> usize {
    listed.len().saturating_sub(FIXED_COLUMNS + 1) + usize::from(leaves_too_little_room(listed, width, zone))
}

/// Returns whether the fixed columns of `listed` leave too little room for the column after them. `width` is the width
/// of the pane in screen columns.
fn leaves_too_little_room(listed: &[Column], width: usize, zone: &Zone) -> bool {
    listed.get(..=FIXED_COLUMNS).is_some_and(|first| is_wider(first, width, zone))
}

/// Returns whether `columns` in their usual widths, with a blank between them, take more than `width` screen columns.
fn is_wider(columns: &[Column], width: usize, zone: &Zone) -> bool {
    let between = columns.len().saturating_sub(1);
    between + columns.iter().map(|column| usual_width(*column, zone)).sum::<usize>() > width
}

/// Returns all of `columns`, each with its width in screen columns. `width` is the width of the whole line. If the
/// columns do not fit, none is left out, but the widest ones get narrower. `zone` decides how wide times are.
pub(super) fn fit_chosen(columns: &[Column], width: usize, zone: &Zone) -> Vec<(Column, usize)> {
    let mut chosen: Vec<(Column, usize)> = columns.iter().map(|column| (*column, usual_width(*column, zone))).collect();
    let between = chosen.len().saturating_sub(1);
    let mut needed = between + chosen.iter().map(|(_, columns)| columns).sum::<usize>();
    while needed > width {
        let can_give = |(column, columns): &&mut (Column, usize)| *columns > min_width(*column);
        let Some((_, columns)) = chosen.iter_mut().rev().filter(can_give).max_by_key(|(_, columns)| *columns) else {
            break;
        };
        *columns -= 1;
        needed -= 1;
    }
    widen_columns(&mut chosen, width.saturating_sub(needed));
    chosen
}

fn widen_columns(fitting: &mut [(Column, usize)], mut left: usize) {
    let growth = |column: Column| {
        let [_, usual, most] = column.spec().widths;
        most - usual
    };
    let mut growing: Vec<&mut (Column, usize)> = fitting.iter_mut().filter(|(column, _)| growth(*column) > 0).collect();
    growing.sort_by_key(|(column, _)| growth(*column));
    for (column, columns) in growing {
        let more = left.min(growth(*column));
        *columns += more;
        left -= more;
    }
}

/// Returns the minimum width of a list column in screen columns, even if the pane is narrow.
const fn min_width(column: Column) -> usize {
    let [least, ..] = column.spec().widths;
    least
}

/// Returns the usual width of a list column in screen columns. A time column may need room for the time zone's offset.
fn usual_width(column: Column, zone: &Zone) -> usize {
    let [_, usual, _] = column.spec().widths;
    if column.kind() == ColumnKind::Time { zone.short_width() } else { usual }
}

/// Returns the heading of a list column, padded to `width` screen columns. The heading of a time column also names the
/// time zone if there is room. `sort` is the column by which the list is sorted, and the direction. The heading of that
/// column has a sign for the direction. `None` if the rows are not sorted.
pub(super) fn padded_heading(column: Column, width: usize, zone: &Zone, sort: Option<Sort>) -> Safe {
    let sort = sort.filter(|sort| sort.column == column);
    let room = width.saturating_sub(usize::from(sort.is_some()));
    let [full, short] = column.spec().headings;
    let mut text = if full.len() <= room { full } else { short }.to_owned();
    let in_zone = format!("{full} ({})", zone.label().as_str());
    if column.kind() == ColumnKind::Time && in_zone.chars().count() <= room {
        text = in_zone;
    }
    if let Some(sort) = sort {
        // A heading is never cut within a word, and the direction is never left out.
        if text.len() > room {
            text.clear();
        }
        text.push(if sort.descending { '↓' } else { '↑' });
    }
    Safe::sanitize(&text).pad(width)
}

/// Returns whether the mask hides a part of the text in the cell of `row` at `column`.
pub(super) fn is_hidden(row: &Row, column: Column, mask: Mask) -> bool {
    let in_place = shows_id(row, column).then_some(Column::Id);
    column.with_companion().chain(in_place).any(|shown| row.is_hidden(shown, mask))
}

/// Returns whether the cell of `row` at `column` shows the id of the submission in place of the missing name.
fn shows_id(row: &Row, column: Column) -> bool {
    column == Column::Name && row.cell(column).text().is_none() && !row.id().is_empty()
}

/// Returns whether the cell of `row` at `column` has the sign `·`, because the value was not fetched.
pub(super) fn is_not_fetched(row: &Row, column: Column) -> bool {
    let has_companion = column.spec().companion.is_some_and(|beside| row.cell(beside).text().is_some());
    matches!(row.cell(column), Cell::NotFetched) && !has_companion && !shows_id(row, column)
}

/// Returns the text of the cell of `row` at `column`, and the role by which the colour theme draws it. The text is `·`
/// for a field that was not fetched, and `–` for an empty field. It is `?` for a value that cannot be determined. Any
/// other value is shown as text, masked as `mask` requires.
pub(super) fn cell(row: &Row, column: Column, mask: Mask, zone: &Zone) -> Piece {
    if shows_id(row, column) {
        let id = cell_text(row, Column::Id, row.id(), mask);
        return Piece::new(Safe::concat(&[Safe::from_static("id "), id]), Role::Dim);
    }
    let companion = column.spec().companion.and_then(|beside| Some((beside, row.cell(beside).text()?)));
    let text = match (row.cell(column), companion) {
        // A level without a status must not look like none.
        (Cell::NotFetched | Cell::Empty, Some((beside, text))) => {
            return Piece::new(cell_text(row, beside, text, mask), Role::Warn);
        }
        (Cell::NotFetched, None) => return Piece::word("·", Role::Dim),
        (Cell::Empty, None) => return Piece::word("–", Role::Dim),
        (Cell::Unclear, _) => return Piece::word("?", Role::Warn),
        (Cell::Span(span), _) => {
            return Piece::new(cell_text(row, column, coarse_span(span).as_str(), mask), Role::Plain);
        }
        (Cell::Text(text), _) => text,
    };
    let is_hidden = row.is_hidden(column, mask);
    let role = match column {
        _ if is_hidden => Role::Plain,
        Column::Status => status_role(text),
        Column::Aml => aml_role(text),
        _ => Role::Plain,
    };
    let time = row.time(column).filter(|_| column.kind() == ColumnKind::Time && !is_hidden);
    if let Some(at) = time {
        return Piece::new(zone.short(at), role);
    }
    // An unknown word must not look like a documented one, without colour either.
    let sign = if words::judges(column) && words::documented_spelling(column, text).is_none() { "?" } else { "" };
    let shown_text = Safe::concat(&[Safe::from_static(sign), cell_text(row, column, text, mask)]);
    match companion.filter(|(_, said)| !words::is(said, text)) {
        Some((beside, said)) => {
            let said = cell_text(row, beside, said, mask);
            Piece::new(Safe::concat(&[said, Safe::from_static(" "), shown_text]), role)
        }
        None => Piece::new(shown_text, role),
    }
}

/// Returns the text of a cell as the mask level shows it. It is followed by `…` if the row holds only the beginning of
/// the text.
fn cell_text(row: &Row, column: Column, text: &str, mask: Mask) -> Safe {
    let shown = Value::new(Untrusted::new(text), row.class(column)).masked(mask);
    let goes_on = row.is_cut(column) && !row.is_hidden(column, mask);
    if goes_on { Safe::concat(&[shown, Safe::from_static("…")]) } else { shown }
}

/// Returns the role by which the colour theme draws a status, such as `approved`. An unknown status is never drawn like
/// an approval.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_told_does_not_look_like_what_is_not_there() {
        let shown = |status: &str, created: &str| {
            let json = format!(r#"{{"submission_id":"a","created_at":"{created}","kyc":{{"result":"{status}"}}}}"#);
            let mut row = crate::submission::read::row(json.as_bytes(), true);
            row.set_loaded_at("2026-11-21T12:00:00Z".parse().expect("a time"));
            cell(&row, Column::Waiting, Mask::None, &Zone::default()).text.as_str().to_owned()
        };
        assert_eq!(shown("approved", "2026-11-21T09:00:00Z"), "–");
        assert_eq!(shown("pending", "2026-11-21T09:00:00Z"), "3 h");
        assert_eq!(shown("pending", "soon"), "?");
        assert_eq!(shown("on hold", "2026-11-21T09:00:00Z"), "?");
    }

    #[test]
    fn every_column_can_be_scrolled_into_view_and_the_fixed_ones_stay() {
        let zone = Zone::default();
        let wide = [Column::Email, Column::UserId, Column::Id, Column::RejectCode, Column::Status];
        let usual = default_columns(true);
        for (listed, width) in
            [(&wide[..], 35), (&wide[..2], 35), (&wide[..1], 20), (&usual, 35), (&usual, 75), (&usual, 57)]
        {
            let most = max_scroll_steps(listed, width, &zone);
            let mut seen = Vec::new();
            for steps in 0..most + 3 {
                let shown = visible(listed, width, steps, &zone);
                let columns: Vec<Column> = shown.columns.iter().map(|(column, _)| *column).collect();
                assert_eq!(
                    columns.get(..FIXED_COLUMNS.min(listed.len())),
                    listed.get(..FIXED_COLUMNS.min(listed.len())),
                    "{steps}"
                );
                let taken = columns.len() - 1 + shown.columns.iter().map(|(_, width)| width).sum::<usize>();
                assert!(taken <= width, "{listed:?} at {width}");
                assert_eq!(shown.more_right, columns.last() != listed.last(), "{steps} of {listed:?} at {width}");
                seen.extend(columns);
            }
            assert!(listed.iter().all(|column| seen.contains(column)), "{listed:?} at {width}: {seen:?}");
            assert!(!visible(listed, width, most, &zone).more_right, "{listed:?} at {width}");
        }
    }
}

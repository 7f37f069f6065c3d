//! The sort menu: the columns that the list can be sorted by.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::submission::row::{Column, ColumnKind};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Width in columns of the name of a column, with a blank on each side.
const NAME_WIDTH: usize = 17;

pub(super) fn columns() -> impl Iterator<Item = Column> {
    Column::listed_first()
}

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 42, u16::try_from(Column::ALL.len()).unwrap_or(u16::MAX).saturating_add(2))
}

pub(super) fn lines(sorted: (Column, bool)) -> Vec<Line> {
    columns()
        .map(|column| {
            let (now, is_descending) = sorted;
            let arrow = match (column.spec().kind, is_descending) {
                _ if now != column => "",
                (ColumnKind::Time, true) => "↓ now: newest first",
                (ColumnKind::Time, false) => "↑ now: oldest first",
                (ColumnKind::Number | ColumnKind::Count, true) => "↓ now: largest first",
                (ColumnKind::Number | ColumnKind::Count, false) => "↑ now: smallest first",
                (ColumnKind::Duration, true) => "↓ now: longest first",
                (ColumnKind::Duration, false) => "↑ now: shortest first",
                (_, true) => "↓ now: Z to A",
                (_, false) => "↑ now: A to Z",
            };
            let name = Safe::sanitize(&format!(" {}", column.full_name()));
            Line::new().with(name.pad(NAME_WIDTH), Role::Plain).word(arrow, Role::Dim)
        })
        .collect()
}

//! The sort menu: the columns that the list can be sorted by.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::submission::row::{Column, ColumnKind};
use crate::text::Safe;
use crate::ui::{Line, Role};

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
                (ColumnKind::Number, true) => "↓ now: largest first",
                (ColumnKind::Number, false) => "↑ now: smallest first",
                (_, true) => "↓ now: Z to A",
                (_, false) => "↑ now: A to Z",
            };
            let heading = Safe::sanitize(&format!(" {}", column.heading()));
            Line::new().with(heading.pad(13), Role::Plain).word(arrow, Role::Dim)
        })
        .collect()
}

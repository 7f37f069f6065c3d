//! The sort menu: the columns that the list can be sorted by.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::submission::row::Column;
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
            let arrow = match sorted {
                (now, true) if now == column => "↓ largest or newest first",
                (now, false) if now == column => "↑ smallest or oldest first",
                _ => "",
            };
            let heading = Safe::sanitize(&format!(" {}", column.heading()));
            Line::new().with(heading.pad(13), Role::Plain).word(arrow, Role::Dim)
        })
        .collect()
}

//! The column chooser: all columns that the list can show, which of them it shows, and their order.

use ratatui::layout::{Rect, Size};

use crate::keys::Action;
use crate::kit::Scroll;
use crate::submission::row::Column;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Width in columns of the column chooser.
const MENU_WIDTH: u16 = 46;
/// Width in columns of the column chooser on a screen with less than [`MIN_WIDE_SCREEN`] columns. It is narrow so that
/// the list is visible next to it.
const NARROW_WIDTH: u16 = 24;
const MIN_WIDE_SCREEN: u16 = 80;
/// Minimum width in columns inside the column chooser at which its lines end with notes, such as `also in the AML
/// column`.
const MIN_WIDTH_WITH_NOTES: usize = 44;
/// Number of rows of the screen above the column chooser: header, filter bar and request line.
const ROWS_ABOVE: u16 = 3;
/// Width in columns of the name of a column.
const NAME_WIDTH: usize = 15;

/// State of the column chooser: all columns in their order, and the cursor on one of them.
pub struct ColumnChooser {
    pub(super) scroll: Scroll,
    /// Every column, each with whether the list shows it.
    rows: Vec<(Column, bool)>,
    /// Whether the list shows its usual columns, which are the default, since the user chose no columns.
    is_usual: bool,
}

/// What the user changed in the column chooser, for the caller to apply to the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnChange {
    /// The list is to show these columns, in this order.
    Show(Vec<Column>),
    /// The list is to show its default columns again.
    Reset,
    /// Nothing is to change: the user tried to hide the only shown column.
    IsLast,
}

impl ColumnChooser {
    /// Creates the column chooser for a list that shows the columns `shown` now.
    pub(super) fn new(shown: &[Column]) -> Self {
        let mut chooser = Self { scroll: Scroll::default(), rows: Vec::new(), is_usual: false };
        chooser.show_first(shown);
        chooser
    }

    /// Makes `usual`, the default columns of the list, the shown columns of the chooser. The caller does this only
    /// while the user has not chosen columns.
    pub fn set_usual(&mut self, usual: &[Column]) {
        self.is_usual = true;
        if !self.shown().eq(usual.iter().copied()) {
            self.show_first(usual);
        }
    }

    /// Sets `shown` as the columns that the list shows. They come first in the chooser, all others follow. The cursor
    /// stays on its column.
    fn show_first(&mut self, shown: &[Column]) {
        let before = self.rows.get(self.scroll.at()).map(|(column, _)| *column);
        self.rows.clear();
        let others = Column::listed_first().filter(|column| !shown.contains(column)).map(|column| (column, false));
        for row in shown.iter().map(|column| (*column, true)).chain(others) {
            if !self.rows.contains(&row) {
                self.rows.push(row);
            }
        }
        let at = self.rows.iter().position(|(column, _)| Some(*column) == before).unwrap_or(0);
        self.scroll.to(at, self.len(), self.len());
    }

    fn shown(&self) -> impl Iterator<Item = Column> {
        self.rows.iter().filter(|(_, is_shown)| *is_shown).map(|(column, _)| *column)
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Performs an action in the column chooser: shows, hides or moves the column under the cursor, or requests the
    /// default columns again. `height` is the number of visible lines. Returns what changed; `None` if the action does
    /// none of these.
    pub(super) fn update(&mut self, action: Action, height: usize) -> Option<ColumnChange> {
        let (at, len) = (self.scroll.at(), self.len());
        match action {
            Action::ToggleColumn | Action::Open => {
                let is_last = self.shown().count() == 1;
                let (_, is_shown) = self.rows.get_mut(at)?;
                if *is_shown && is_last {
                    return Some(ColumnChange::IsLast);
                }
                *is_shown = !*is_shown;
            }
            Action::MoveColumnUp | Action::MoveColumnDown => {
                let to = at.checked_add_signed(if action == Action::MoveColumnUp { -1 } else { 1 });
                if let Some(to) = to.filter(|to| *to < len) {
                    self.rows.swap(at, to);
                    self.scroll.to(to, len, height);
                }
            }
            Action::ResetColumns => return Some(ColumnChange::Reset),
            _ => return None,
        }
        self.is_usual = false;
        Some(ColumnChange::Show(self.shown().collect()))
    }

    /// Returns a line for each column: a check mark if the list shows the column, and the full name of the column. If the
    /// chooser is wide enough, some lines end with a note, such as `also in the AML column`. `columns` is the width
    /// inside the chooser.
    pub(super) fn lines(&self, columns: usize) -> Vec<Line> {
        let shows_aml = self.shown().any(|column| column == Column::Aml);
        let mut place = 0;
        let mut line = |(column, is_shown): &(Column, bool)| {
            place += usize::from(*is_shown);
            let note = match (is_shown, column) {
                _ if columns < MIN_WIDTH_WITH_NOTES => "",
                (true, _) if place <= Column::FIXED => "does not scroll sideways",
                (false, Column::Aml) if self.is_usual => "shown once it is known",
                (false, Column::AmlLevel) if shows_aml => "also in the AML column",
                _ => "",
            };
            let (mark, role) = if *is_shown { (" ✓ ", Role::Plain) } else { ("   ", Role::Dim) };
            let name = Safe::sanitize(column.full_name()).pad(NAME_WIDTH);
            Line::new().word(mark, Role::Good).with(name, role).word("  ", role).word(note, Role::Dim).fit(columns)
        };
        self.rows.iter().map(&mut line).collect()
    }
}

/// Returns the area of the column chooser. It is on the right side of the screen, so that the user sees the list
/// change. It leaves the last line of the screen free, where a notice says why a change is refused.
pub(super) fn area(screen: Size) -> Rect {
    let width = if screen.width < MIN_WIDE_SCREEN { NARROW_WIDTH } else { MENU_WIDTH }.min(screen.width);
    let rows = u16::try_from(Column::ALL.len()).unwrap_or(u16::MAX).saturating_add(2);
    let height = rows.min(screen.height.saturating_sub(ROWS_ABOVE + 1));
    Rect { x: screen.width - width, y: ROWS_ABOVE, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: [Column; 3] = [Column::Status, Column::Name, Column::Created];

    fn press(chooser: &mut ColumnChooser, action: Action) -> Vec<Column> {
        match chooser.update(action, 10) {
            Some(ColumnChange::Show(columns)) => columns,
            other => panic!("{action:?}: {other:?}"),
        }
    }

    #[test]
    fn a_column_is_hidden_shown_and_moved() {
        let mut chooser = ColumnChooser::new(&USUAL);
        assert_eq!(chooser.len(), Column::ALL.len());
        assert_eq!(press(&mut chooser, Action::ToggleColumn), [Column::Name, Column::Created]);
        assert_eq!(press(&mut chooser, Action::Open), USUAL, "at its place again");
        assert_eq!(press(&mut chooser, Action::MoveColumnDown), [Column::Name, Column::Status, Column::Created]);
        assert_eq!(press(&mut chooser, Action::MoveColumnDown), [Column::Name, Column::Created, Column::Status]);
        assert_eq!(press(&mut chooser, Action::MoveColumnUp), [Column::Name, Column::Status, Column::Created]);
        assert_eq!(chooser.scroll.at(), 1, "the cursor goes with its column");
        chooser.scroll.to(0, chooser.len(), 10);
        assert_eq!(press(&mut chooser, Action::MoveColumnUp), [Column::Name, Column::Status, Column::Created]);
        assert_eq!(chooser.update(Action::ResetColumns, 10), Some(ColumnChange::Reset));
        assert_eq!(chooser.update(Action::Down, 10), None);
    }

    #[test]
    fn one_column_remains() {
        let mut chooser = ColumnChooser::new(&[Column::Email]);
        assert_eq!(chooser.update(Action::ToggleColumn, 10), Some(ColumnChange::IsLast));
        assert!(chooser.shown().eq([Column::Email]));
    }

    #[test]
    fn a_repeated_column_has_one_line_and_a_reset_keeps_the_cursor_on_its_column() {
        let mut chooser = ColumnChooser::new(&[Column::Ip, Column::Status, Column::Ip]);
        assert_eq!(chooser.len(), Column::ALL.len());
        assert!(chooser.shown().eq([Column::Ip, Column::Status]));
        chooser.scroll.to(1, chooser.len(), 10);
        chooser.set_usual(&USUAL);
        assert_eq!(chooser.rows[chooser.scroll.at()], (Column::Status, true));
    }
}

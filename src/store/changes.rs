//! New rows and changed rows that a refresh of the list brought, and that the user did not acknowledge yet. New rows
//! are held back (not shown yet), so that the list on the screen does not jump.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::submission::row::{Cell, Column, Row};
use crate::text::Value;

/// Columns in which changes of a row are reported to the user: the status and the time of the last change. Changes in
/// other columns are ignored.
const WATCHED: [Column; 2] = [Column::Status, Column::Updated];

/// Changes of one row since the user last acknowledged all changes (marked them as seen).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Columns whose values changed, each with the earlier value; the earlier value is `None` if the column was empty.
    pub was: Vec<(Column, Option<Value>)>,
    /// Time when the program received the answer that brought the last change of the row.
    pub at: Timestamp,
}

impl Change {
    /// Returns whether the value of `column` changed.
    pub fn concerns(&self, column: Column) -> bool {
        self.was.iter().any(|(changed, _)| *changed == column)
    }
}

/// Set of the new and changed rows that the user did not acknowledge yet. A row is identified by the index of its entry
/// in the store.
#[derive(Debug, Default)]
pub struct Changes {
    held: BTreeSet<u32>,
    fresh: BTreeSet<u32>,
    changed: BTreeMap<u32, Change>,
}

impl Changes {
    /// Holds a new row back: the row with this index is not shown until [`Self::reveal`] is called.
    pub(super) fn hold_back(&mut self, index: u32) {
        self.held.insert(index);
    }

    /// Returns whether the row with this index is held back, that is, new and not shown yet.
    pub fn is_pending(&self, index: u32) -> bool {
        self.held.contains(&index)
    }

    /// Iterates over the indexes of the rows that are held back, that is, new and not shown yet.
    pub(super) fn held_back(&self) -> impl Iterator<Item = u32> {
        self.held.iter().copied()
    }

    /// Returns whether the row with this index is marked as new. The row of a new submission is held back (not shown)
    /// at first. It gets this mark when [`Self::reveal`] shows it.
    pub fn is_new(&self, index: u32) -> bool {
        self.fresh.contains(&index)
    }

    /// Iterates over the indexes of the rows that are marked as new.
    pub fn shown_as_new(&self) -> impl Iterator<Item = u32> {
        self.fresh.iter().copied()
    }

    /// Returns the changes of the row with this index; `None` if the row did not change since the user last
    /// acknowledged all changes (marked them as seen).
    pub fn change(&self, index: u32) -> Option<&Change> {
        self.changed.get(&index)
    }

    /// Returns the number of rows with changes that the user did not acknowledge yet. New rows do not count.
    pub fn changes(&self) -> usize {
        self.changed.len()
    }

    /// Returns whether there are neither new rows, shown or held back (not shown yet), nor changed rows.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.fresh.is_empty() && self.changed.is_empty()
    }

    /// Shows the new rows that were held back (received by a refresh but not shown yet), and marks them as new.
    pub fn reveal(&mut self) {
        self.fresh = std::mem::take(&mut self.held);
    }

    /// Removes the marks of all new and changed rows, because the user acknowledged them. Rows that are held back (new
    /// rows that are not shown yet) stay held back.
    pub fn acknowledge(&mut self) {
        self.fresh.clear();
        self.changed.clear();
    }

    /// Compares the values of one row before (`before`) and after (`after`) an answer was stored, and records the
    /// changes. `index` is the index of the row in the store, and `at` is the time when the answer was received.
    /// Returns whether a column whose changes are reported to the user (`WATCHED`) changed.
    ///
    /// A column that is missing in `before` or `after` counts as unchanged, since list data and full records hold
    /// different fields. A column no longer counts as changed if it returns to the value that it had when the user last
    /// acknowledged all changes.
    pub(super) fn compare(&mut self, index: u32, before: &Row, after: &Row, at: Timestamp) -> bool {
        let text = |row: &Row, column| match row.cell(column) {
            Cell::NotFetched | Cell::Span(_) | Cell::Unclear => None,
            Cell::Empty => Some(None),
            Cell::Text(_) => Some(row.value(column)),
        };
        let differ = |one: &Option<Value>, other: &Option<Value>| {
            one.as_ref().map(Value::text) != other.as_ref().map(Value::text)
        };
        let mut changed = false;
        for column in WATCHED {
            let (Some(before), Some(after)) = (text(before, column), text(after, column)) else { continue };
            if !differ(&before, &after) {
                continue;
            }
            changed = true;
            let change = self.changed.entry(index).or_insert_with(|| Change { was: Vec::new(), at });
            change.at = at;
            if change.concerns(column) {
                change.was.retain(|(known, was)| *known != column || differ(was, &after));
            } else {
                change.was.push((column, before));
            }
        }
        if self.changed.get(&index).is_some_and(|change| change.was.is_empty()) {
            self.changed.remove(&index);
        }
        changed
    }
}

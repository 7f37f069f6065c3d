//! Changes that a refresh brought and that the user did not acknowledge yet: new rows, which are held back so that
//! the list does not jump, and rows that changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::submission::row::{Cell, Column, Row};
use crate::text::Value;

/// Columns whose changes are reported to the user.
const WATCHED: [Column; 2] = [Column::Status, Column::Updated];

/// Differences between a row and its state when the user acknowledged it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Columns that differ, each with its earlier value; `None` for a column that was empty.
    pub was: Vec<(Column, Option<Value>)>,
    /// Time when the last change was received.
    pub at: Timestamp,
}

impl Change {
    /// Returns whether a column differs.
    pub fn concerns(&self, column: Column) -> bool {
        self.was.iter().any(|(changed, _)| *changed == column)
    }
}

/// Rows that are new or changed. A row is identified by the index of its entry.
#[derive(Debug, Default)]
pub struct Changes {
    held: BTreeSet<u32>,
    fresh: BTreeSet<u32>,
    changed: BTreeMap<u32, Change>,
}

impl Changes {
    /// Holds a new row back until [`Self::reveal`] is called.
    pub(super) fn hold_back(&mut self, index: u32) {
        self.held.insert(index);
    }

    /// Returns whether a row is held back.
    pub fn is_pending(&self, index: u32) -> bool {
        self.held.contains(&index)
    }

    /// Returns whether a row is marked as new: it was held back, and is shown now.
    pub fn is_new(&self, index: u32) -> bool {
        self.fresh.contains(&index)
    }

    /// Returns the changes of a row; `None` if it did not change.
    pub fn change(&self, index: u32) -> Option<&Change> {
        self.changed.get(&index)
    }

    /// Returns the number of rows that changed.
    pub fn changes(&self) -> usize {
        self.changed.len()
    }

    /// Returns whether no row is held back or marked.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.fresh.is_empty() && self.changed.is_empty()
    }

    /// Shows the rows that were held back, and marks them as new.
    pub fn reveal(&mut self) {
        self.fresh = std::mem::take(&mut self.held);
    }

    /// Removes all marks; rows that are held back stay held back.
    pub fn acknowledge(&mut self) {
        self.fresh.clear();
        self.changed.clear();
    }

    /// Compares a row with its earlier state; returns whether it changed now. A column that is missing in one of the
    /// two states did not change, since answers carry different fields. A column that returns to the acknowledged
    /// value no longer counts as changed.
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

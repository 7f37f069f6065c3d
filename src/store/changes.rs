//! What a refresh brought that was not taken note of yet: rows held back so that nothing jumps, and rows that changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::submission::row::{Cell, Column, Row};
use crate::text::Value;

/// Fields whose change is told.
const WATCHED: [Column; 2] = [Column::Status, Column::Updated];

/// How a row differs from what was taken note of last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The fields that differ, each with what it said before; `None` for a field that said nothing.
    pub was: Vec<(Column, Option<Value>)>,
    /// When the last change came.
    pub at: Timestamp,
}

impl Change {
    /// Whether a field differs.
    pub fn concerns(&self, column: Column) -> bool {
        self.was.iter().any(|(changed, _)| *changed == column)
    }
}

/// What is new or changed. Indexes are those of the entries.
#[derive(Debug, Default)]
pub struct Changes {
    held: BTreeSet<u32>,
    fresh: BTreeSet<u32>,
    changed: BTreeMap<u32, Change>,
}

impl Changes {
    /// Holds a new row back until it is asked for.
    pub(super) fn hold_back(&mut self, index: u32) {
        self.held.insert(index);
    }

    /// Whether a row is held back.
    pub fn is_pending(&self, index: u32) -> bool {
        self.held.contains(&index)
    }

    /// Whether a row was held back and is shown now.
    pub fn is_new(&self, index: u32) -> bool {
        self.fresh.contains(&index)
    }

    /// How a row changed, if it did.
    pub fn change(&self, index: u32) -> Option<&Change> {
        self.changed.get(&index)
    }

    /// Rows that changed.
    pub fn changes(&self) -> usize {
        self.changed.len()
    }

    /// Whether any row is held back or marked.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.fresh.is_empty() && self.changed.is_empty()
    }

    /// Shows what was held back, and marks it.
    pub fn reveal(&mut self) {
        self.fresh = std::mem::take(&mut self.held);
    }

    /// Takes every mark away; what is held stays.
    pub fn acknowledge(&mut self) {
        self.fresh.clear();
        self.changed.clear();
    }

    /// Compares a row with what it was; tells whether it changed now. A field that the row did not carry before, or does
    /// not carry any more, did not change: answers carry different fields. One that returns to what was noted last is
    /// no change any more.
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

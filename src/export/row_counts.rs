//! What the rows of an export lack, counted for the messages at its end.

use crate::query::{MissingParts, SearchedRows};
use crate::walk::OmittedParts;

/// Counts of the rows that this call of the program has fetched for an export, or for one of its ranges.
#[derive(Clone, Default)]
pub(crate) struct RowCounts {
    /// Number of rows that the local terms can neither show nor hide.
    pub(crate) undecided: usize,
    /// The rows in which the search texts of the filter were searched.
    pub(crate) searched: SearchedRows,
    /// What the written and the undecided rows lack.
    pub(crate) missing_parts: MissingParts,
    pub(crate) omitted: OmittedParts,
    /// Number of submissions that the service no longer found.
    pub(crate) gone: usize,
    /// Whether an answer was damaged and was repaired.
    pub(crate) repaired: bool,
}

impl RowCounts {
    /// Adds the counts of `other` to these. `other` must have counted other rows.
    pub(super) fn merge(&mut self, other: &Self) {
        self.undecided += other.undecided;
        self.searched.merge(other.searched);
        self.missing_parts.merge(&other.missing_parts);
        self.omitted.merge(&other.omitted);
        self.gone += other.gone;
        self.repaired |= other.repaired;
    }
}

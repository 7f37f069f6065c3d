//! Counts of what the rows of an export lack, for the messages at the end of the export.

use crate::query::{MissingParts, SearchedRows};
use crate::walk::OmittedParts;

/// Counts of the rows that this run of the program has fetched, for the whole export or for one of its ranges. A range
/// is one of the stretches of days that are fetched at the same time.
#[derive(Clone, Default)]
pub(crate) struct RowCounts {
    /// Number of rows that lack a field which the filter needs, so that it is not known whether they match the filter.
    pub(crate) undecided: usize,
    /// Counts of the rows in which the search texts of the filter (words that are not of the form `key:value`) were
    /// searched.
    pub(crate) searched: SearchedRows,
    /// Counts of the missing fields: those that the written and the undecided rows lack. Also the parts (groups of
    /// fields such as `aml`) that have these fields.
    pub(crate) missing_parts: MissingParts,
    pub(crate) omitted: OmittedParts,
    /// Number of submissions whose full record the service no longer found.
    pub(crate) gone: usize,
    /// Whether an answer of the service was not valid JSON and was repaired.
    pub(crate) repaired: bool,
}

impl RowCounts {
    /// Adds the counts of `other` to these counts. Both must have counted different rows.
    pub(super) fn merge(&mut self, other: &Self) {
        self.undecided += other.undecided;
        self.searched.merge(other.searched);
        self.missing_parts.merge(&other.missing_parts);
        self.omitted.merge(&other.omitted);
        self.gone += other.gone;
        self.repaired |= other.repaired;
    }
}

//! The part of an export's record that is about one range (one of several stretches of days that are fetched at the
//! same time): how far its list was fetched, and what its files contain.

use serde::{Deserialize, Serialize};

use crate::query::Cursor;

/// Whether the list of a range was fetched to its end. The list is the answers of the service to the query of the
/// range, page after page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RangeEnd {
    /// Further pages of the list must be fetched.
    Open,
    /// The list was fetched up to the first row of another range, which has the rest of the rows. The value is the
    /// digest of that first row.
    Closed(String),
    /// The list was fetched to its last row.
    Complete,
}

/// Record of how far one range of an export has come: the next page, and the counts and digests of the written data.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RangeRecord {
    /// Number of the day with which the list begins, in the order of the service; 0 for the list of the whole query.
    pub(super) begin: u32,
    pub(super) end: RangeEnd,
    /// Digests of the first submission ids of the list; empty if only one range is fetched.
    pub(super) first: Vec<String>,
    /// Creation times of the first and the last row before the next page; `None` if only one range is fetched.
    pub(super) bounds: Option<(String, String)>,
    /// Page key of the next page: the id and the date that the last answer named to request this page. `None` for the
    /// first page.
    next: Option<(String, String)>,
    /// Number of bytes from the start of the range's file of rows that contain complete, recorded rows.
    pub(super) bytes: u64,
    /// Digest of the first [`Self::bytes`] bytes of the range's file of rows.
    pub(super) digest: String,
    /// Number of submissions in the first [`Self::bytes`] bytes of the range's file of rows.
    pub(super) rows: u64,
    /// Number of submissions that were loaded, whether or not they match the filter and were written.
    pub(super) loaded: u64,
    /// Number of unreadable list entries that match the filter, written or not.
    pub(super) unreadable: u64,
    /// Number of unreadable items of the current page. Unreadable items have no id, so this number is needed to skip
    /// the written items when the page is requested again.
    pub(super) unreadable_of_page: u64,
    /// Number of digests in the `.seen` file. The file has one digest for the id of each fetched submission.
    pub(super) prints: u64,
    /// Digest of the content of the `.seen` file, which contains the digests of submission ids.
    pub(super) digest_of_id_digests: String,
}

impl RangeRecord {
    /// Creates the record of a range without rows. Its list begins with the day that has the number `begin` in the
    /// order of the service. `empty` is the digest of an empty file.
    pub(super) fn new(begin: u32, empty: &str) -> Self {
        Self {
            begin,
            end: RangeEnd::Open,
            first: Vec::new(),
            bounds: None,
            next: None,
            bytes: 0,
            digest: empty.to_owned(),
            rows: 0,
            loaded: 0,
            unreadable: 0,
            unreadable_of_page: 0,
            prints: 0,
            digest_of_id_digests: empty.to_owned(),
        }
    }

    /// Returns whether nothing of this range was recorded yet. The files of the range may be missing then.
    pub(super) const fn is_empty(&self) -> bool {
        self.bytes == 0 && self.prints == 0 && self.loaded == 0
    }

    /// Returns the length in bytes of the recorded part of the `.seen` file, which holds the digests of submission ids.
    pub(super) const fn seen_bytes(&self) -> u64 {
        self.prints.saturating_mul(16)
    }

    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.next.as_ref().map(|(id, created_at)| Cursor { id: id.clone(), created_at: created_at.clone() })
    }

    pub(super) fn set_cursor(&mut self, next: Option<&Cursor>) {
        self.next = next.map(|cursor| (cursor.id.clone(), cursor.created_at.clone()));
    }
}

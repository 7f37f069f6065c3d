//! The part of an export's record that is about one range: one list of the service, and the file with its rows.

use serde::{Deserialize, Serialize};

use crate::query::Cursor;

/// How far the list of a range was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RangeEnd {
    /// Further pages follow.
    Open,
    /// The rest of the list is in the range whose first row has this digest.
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
    /// Digests of the first ids of the list, if several ranges are fetched.
    pub(super) first: Vec<String>,
    /// Creation times of the first and the last row up to the next page, if several ranges are fetched.
    pub(super) bounds: Option<(String, String)>,
    /// Page key (id and date) of the next page; `None` for the first page.
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
    /// Number of digests of submission ids in the `.seen` file.
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

    /// Returns whether nothing of this range of the export was written and recorded yet, so that its files may be
    /// missing.
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

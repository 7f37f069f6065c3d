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

/// Record of how far one range of an export has come: the next page to request, and the counts and digests of the
/// written data. A range is one of the stretches of days that are fetched at the same time.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RangeRecord {
    /// Number of the day with which the list of the range begins, in the order of the service. 0 means the first day,
    /// with which the list of the whole query begins.
    pub(super) begin: u32,
    pub(super) end: RangeEnd,
    /// Digests of the first submission ids of the list (at most 8), by which the beginning of this list is found in
    /// another list. Empty if only one range is fetched.
    pub(super) first: Vec<String>,
    /// Creation times of the first and the last row of the list before the page that is requested next. `None` if only
    /// one range is fetched, or if no time is known.
    pub(super) bounds: Option<(String, String)>,
    /// Page key of the next page: the id and the date that the last answer named to request this page. `None` for the
    /// first page.
    next: Option<(String, String)>,
    /// Length in bytes of the recorded content at the start of the file with the rows of this range. Bytes after it are
    /// cut off when the export continues, since they are possibly incomplete.
    pub(super) bytes: u64,
    /// Digest of the first [`Self::bytes`] bytes of the file with the rows of this range.
    pub(super) digest: String,
    /// Number of rows in the first [`Self::bytes`] bytes of the file with the rows of this range.
    pub(super) rows: u64,
    /// Number of submissions that were loaded for this range, whether or not they match the filter and were written.
    pub(super) loaded: u64,
    /// Number of unreadable list items of this range that match the filter, whether or not they were written.
    pub(super) unreadable: u64,
    /// Number of unreadable items of the current page that were already handled. If the page is requested again, as
    /// many unreadable items are skipped, since they have no id by which they are recognised.
    pub(super) unreadable_of_page: u64,
    /// Number of recorded digests (fingerprints, hence `prints`) in the `.seen` file: one of the id of each fetched
    /// submission.
    pub(super) prints: u64,
    /// Digest of the content of the `.seen` file, which contains the digests of submission ids.
    pub(super) digest_of_id_digests: String,
}

impl RangeRecord {
    /// Creates the record of a range that has no rows yet. A range is one of the stretches of days that are fetched at
    /// the same time. The list of submissions of the range begins with the day number `begin` in the order of the
    /// service. `empty` is the digest of an empty file.
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

    /// Returns whether nothing of this range was recorded yet. The files of the range are possibly not created yet
    /// then.
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

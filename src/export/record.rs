//! The record of an export: the data with which a stopped export can continue, stored in a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rand::RngExt;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::digested_file::hex;
use super::paths::ExportPaths;
use super::range_record::{RangeEnd, RangeRecord};
use super::refusal::TargetRefusal;
use crate::private_file::{self, FilePresence, FileRule, Identity};
use crate::query::{PartSet, RequestType};

/// Version of the format in which the record of an export is stored. A record of another version is not read.
const VERSION: u32 = 5;

/// The options with which an export was started. Apart from the filter, these options contain no personal data.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportPlan {
    /// The filter of the export, with relative dates, such as 7 days ago, replaced by absolute dates.
    pub(crate) query: String,
    /// The day from which relative dates, such as 7 days ago, were counted.
    pub(crate) today: String,
    pub(crate) mask: String,
    pub(crate) format: String,
    pub(crate) columns: Vec<String>,
    pub(crate) detail: bool,
    /// Names of the parts (groups of fields such as `aml`) that are joined to the list data, with commas between them.
    #[serde(default)]
    pub(crate) with: String,
    pub(crate) readable_only: bool,
    pub(crate) jobs: u16,
    pub(crate) host: String,
    /// Digest of the server's address and the customer's project. It is computed with the random key of the export. A
    /// continued export must have the same fingerprint.
    pub(crate) fingerprint: String,
}

impl ExportPlan {
    /// Returns the parts of the submissions, such as `aml`, that the option `--with` adds to the list data.
    pub(crate) fn parts(&self) -> PartSet {
        self.with.split(',').filter_map(RequestType::named).collect()
    }

    /// Compares this plan (the options of an export) with `earlier`, the plan of an earlier run. Returns the first
    /// difference in words, such as `another filter`; `None` if both are equal.
    pub(crate) fn differs(&self, earlier: &Self) -> Option<&'static str> {
        let pairs = [
            (self.query == earlier.query, "another filter"),
            (self.mask == earlier.mask, "another --mask"),
            (self.format == earlier.format, "another format"),
            (self.columns == earlier.columns, "other --columns"),
            (self.detail == earlier.detail, if earlier.detail { "--detail" } else { "no --detail" }),
            (self.with == earlier.with, if earlier.with.is_empty() { "no --with" } else { "another --with" }),
            (
                self.readable_only == earlier.readable_only,
                if earlier.readable_only { "--readable-only" } else { "no --readable-only" },
            ),
            (self.jobs == earlier.jobs, "another --jobs"),
            (self.host == earlier.host && self.fingerprint == earlier.fingerprint, "another address or key"),
        ];
        pairs.into_iter().find(|(same, _)| !same).map(|(_, what)| what)
    }
}

/// Record of how far an export has come: its options, and the record of each of its ranges. A range is one of the
/// stretches of days that are fetched at the same time.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportRecord {
    version: u32,
    pub(crate) plan: ExportPlan,
    /// Random key of the digests of submission ids and of the server's fingerprint, in hexadecimal digits.
    pub(crate) key: String,
    /// Whether the service sorts from the newest to the oldest submission. `None` if this is not known yet, or if the
    /// whole query is fetched as one list.
    pub(super) newest_first: Option<bool>,
    /// Whether the export fetches the whole query as one list, page after page, although the user wanted several jobs.
    /// The reason is that the service does not sort by time.
    pub(crate) is_one_list: bool,
    /// The records of the ranges, by the number of the range. A range is one of the stretches of days that are fetched
    /// at the same time. Without several jobs, range 0 is the only one. The rows of range 0 are in the partial file.
    ranges: BTreeMap<usize, RangeRecord>,
}

/// The content of the file that stores the record of an export: the record, which says how far the export has come, and
/// its digest. The digest detects that a person edited the record. An export that continued from an edited record would
/// lose or repeat rows.
#[derive(Serialize, Deserialize)]
struct StoredRecord {
    record: Box<RawValue>,
    digest: String,
}

/// Reason why the record of a stopped export cannot be used to continue it. The record says how far the export has
/// come.
pub(super) enum RecordFault {
    /// The file is not a record, or the record's format has another version.
    Other,
    /// The record was changed after it was written.
    Changed,
}

impl ExportRecord {
    pub(super) fn new(plan: ExportPlan, key: String) -> Self {
        let ranges = BTreeMap::from([(0, RangeRecord::new(0, &digest(&[])))]);
        Self { version: VERSION, plan, key, newest_first: None, is_one_list: false, ranges }
    }

    /// Returns the record of the range `number`; `None` if there is no such range. A range is one of the stretches of
    /// days that are fetched at the same time.
    pub(super) fn range(&self, number: usize) -> Option<&RangeRecord> {
        self.ranges.get(&number)
    }

    /// Returns the record of the range `number`, so that it can be changed. A range is one of the stretches of days
    /// that are fetched at the same time. A missing range is added without rows; its list of submissions begins with
    /// the day number `begin`.
    pub(super) fn range_mut(&mut self, number: usize, begin: u32) -> &mut RangeRecord {
        self.ranges.entry(number).or_insert_with(|| RangeRecord::new(begin, &digest(&[])))
    }

    /// Resets the record to that of a new export: range 0 is its only range and has no rows. A range is one of the
    /// stretches of days that are fetched at the same time.
    pub(super) fn start_over(&mut self) {
        self.ranges = BTreeMap::from([(0, RangeRecord::new(0, &digest(&[])))]);
    }

    /// Removes the range `number` from the record of the export. A range is one of the stretches of days that are
    /// fetched at the same time.
    pub(super) fn drop_range(&mut self, number: usize) {
        self.ranges.remove(&number);
    }

    /// Returns the records of all ranges of the export, each with the number of its range. A range is one of the
    /// stretches of days that are fetched at the same time.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (usize, &RangeRecord)> {
        self.ranges.iter().map(|(number, range)| (*number, range))
    }

    /// Returns whether the export is complete: range 0 was fetched to the last row, and no other range is left. A range
    /// is one of the stretches of days that are fetched at the same time. At the end, the rows of all ranges are joined
    /// to those of range 0.
    pub(super) fn is_complete(&self) -> bool {
        self.ranges().all(|(number, range)| number == 0 && range.end == RangeEnd::Complete)
    }

    /// Returns the number of submissions that were written to the files of the export.
    pub(crate) fn rows(&self) -> u64 {
        self.ranges().map(|(_, range)| range.rows).sum()
    }

    /// Returns the number of submissions that were loaded for the export, whether or not they match the filter and were
    /// written.
    pub(crate) fn loaded(&self) -> u64 {
        self.ranges().map(|(_, range)| range.loaded).sum()
    }

    /// Returns the number of unreadable list items of the export that match the filter, whether or not they were
    /// written.
    pub(crate) fn unreadable(&self) -> u64 {
        self.ranges().map(|(_, range)| range.unreadable).sum()
    }

    /// Returns the number of ranges besides range 0. A range is one of the stretches of days that are fetched at the
    /// same time. Each has a file of its own for its rows, such as `FILE.partial.1`. At the end, the rows are joined to
    /// the file of range 0.
    pub(crate) fn further_ranges(&self) -> usize {
        self.ranges.len().saturating_sub(1)
    }

    /// Returns whether anything was written to the files of the export.
    pub(super) fn has_bytes(&self) -> bool {
        self.ranges().any(|(_, range)| range.bytes > 0)
    }

    /// Parses `text`, the content of the file that stores the record of an export, and returns the record. The record
    /// must have the version [`VERSION`]. The digest in the file must be that of the record; any other digest shows
    /// that the file was changed.
    pub(super) fn parse(text: &[u8]) -> Result<Self, RecordFault> {
        let sealed: StoredRecord = serde_json::from_slice(text).map_err(|_| RecordFault::Other)?;
        let text = sealed.record.get();
        // A record of another version may have other members.
        let record = serde_json::from_str::<Self>(text)
            .ok()
            .filter(|record| record.version == VERSION && record.range(0).is_some());
        let record = record.ok_or(RecordFault::Other)?;
        if digest(text.as_bytes()) == sealed.digest { Ok(record) } else { Err(RecordFault::Changed) }
    }

    /// Writes this record to its file. The earlier record is replaced at once, so that no half-written record can be
    /// read.
    pub(super) fn write(&self, paths: &ExportPaths) -> io::Result<()> {
        let record = serde_json::value::to_raw_value(self)?;
        let digest = digest(record.get().as_bytes());
        let text = serde_json::to_vec_pretty(&StoredRecord { record, digest })?;
        if text.len() > FileRule::Record.limit() {
            return Err(io::Error::other(
                "the filter, the columns or the page key is too long for a resume record of 64 KiB",
            ));
        }
        let new = paths.new_record();
        // A file that a killed process left is reused.
        let mut file = private_file::update(&new, FilePresence::Either).map_err(io::Error::other)?;
        let mut write = || {
            file.set_len(0)?;
            file.write_all(&text)?;
            // Not synced: a record that a power cut damaged is detected by its digest.
            fs::rename(&new, paths.record())
        };
        write().inspect_err(|_| {
            let _ = fs::remove_file(&new);
        })
    }

    /// Returns the key with which the digests of submission ids are computed, as bytes.
    pub(super) fn key(&self) -> [u8; 16] {
        u128::from_str_radix(&self.key, 16).unwrap_or_default().to_be_bytes()
    }
}

/// Creates a random key, in hexadecimal digits. The digests in the record of an export are computed with this key.
pub(crate) fn random_key() -> String {
    let key: u128 = rand::rng().random();
    format!("{key:032x}")
}

/// Description of the server or the files from which an export gets its submissions. A stopped export is continued only
/// with the same server and project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportSource {
    /// Host of the server, as text for the user.
    pub host: String,
    /// Address of the server, and the last characters of the API key, by which the customer's project at ARGOS is
    /// recognised. `config show` prints these characters as well; the rest of the API key is not used.
    pub identity: String,
    /// The opened files from which the submissions come; empty for a server. An export must not replace them, since the
    /// values that the mask hides would be lost.
    pub(crate) files: Vec<Identity>,
}

impl ExportSource {
    /// Checks that an export to `path` does not replace a file from which this source reads its submissions. If it
    /// would, the error says so.
    pub(crate) fn check_kept(&self, path: &Path) -> Result<(), TargetRefusal> {
        let Some(opened) = ExportPaths::new(path).path_of_opened_file(&self.files) else { return Ok(()) };
        let shown = opened.display();
        Err(format!("{shown} is the file that is read: an export never replaces it; choose another name").into())
    }

    /// Returns a digest that identifies the server and the customer's project at ARGOS without naming them. `salt` is a
    /// random key, so that equal servers have different digests in different exports.
    pub(crate) fn fingerprint(&self, salt: &str) -> String {
        let mut fingerprint = digest(format!("{salt}{}", self.identity).as_bytes());
        fingerprint.truncate(16);
        fingerprint
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

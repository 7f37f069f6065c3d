//! The record of an export: the data with which a stopped export can continue, stored in a file.

use std::fs;
use std::io::{self, Write};

use rand::RngExt;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::names::ExportPaths;
use super::summed::hex;
use crate::private_file::{self, FileRule, Presence};
use crate::query::{Cursor, PartSet, RequestType};
use crate::runtime::Origin;

/// Version of the format in which the record of an export is stored. A record of another version is not read.
const VERSION: u32 = 3;

/// The options with which an export was started. Apart from the filter, these options contain no personal data.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExportPlan {
    /// The filter of the export, with relative dates, such as 7 days ago, replaced by absolute dates.
    pub(super) query: String,
    /// The day from which relative dates, such as 7 days ago, were counted.
    pub(super) today: String,
    pub(super) mask: String,
    pub(super) format: String,
    pub(super) columns: Vec<String>,
    pub(super) detail: bool,
    /// Names of the parts that are joined to the list data, with commas between them.
    #[serde(default)]
    pub(super) with: String,
    pub(super) readable_only: bool,
    pub(super) jobs: u16,
    pub(super) host: String,
    /// Digest of the server's address and the project, keyed with the record's key.
    pub(super) fingerprint: String,
}

impl ExportPlan {
    /// Returns the parts of the submissions, such as `aml`, that the option `--with` adds to the list data.
    pub(super) fn parts(&self) -> PartSet {
        self.with.split(',').filter_map(RequestType::named).collect()
    }

    /// Returns in words the first difference between this plan (the options of an export) and the earlier plan `begun`;
    /// `None` if both are equal.
    pub(super) fn differs(&self, begun: &Self) -> Option<&'static str> {
        let pairs = [
            (self.query == begun.query, "another filter"),
            (self.mask == begun.mask, "another --mask"),
            (self.format == begun.format, "another format"),
            (self.columns == begun.columns, "other --columns"),
            (self.detail == begun.detail, if begun.detail { "--detail" } else { "no --detail" }),
            (self.with == begun.with, if begun.with.is_empty() { "no --with" } else { "another --with" }),
            (
                self.readable_only == begun.readable_only,
                if begun.readable_only { "--readable-only" } else { "no --readable-only" },
            ),
            (self.jobs == begun.jobs, "another --jobs"),
            (self.host == begun.host && self.fingerprint == begun.fingerprint, "another address or key"),
        ];
        pairs.into_iter().find(|(same, _)| !same).map(|(_, what)| what)
    }
}

/// Record of how far an export has come: the next page, and the counts and digests of the written data.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    version: u32,
    pub(super) plan: ExportPlan,
    /// Random key of the digests of submission ids and of the server's fingerprint, in hexadecimal digits.
    pub(super) key: String,
    /// Index of the part of the query that is being exported, counted from 0. A part is the whole query, or one day of
    /// its range of dates.
    pub(super) part: usize,
    /// Page key (id and date) of the next page; `None` for the first page of the part.
    next: Option<(String, String)>,
    /// Whether the service sorts from the newest to the oldest; `None` while this is unknown.
    pub(super) newest_first: Option<bool>,
    /// Digests of ids that the single days must still contain: the first ids of the whole range of dates, without the
    /// ids that an exported day has contained.
    pub(super) expected: Vec<String>,
    /// Number of bytes from the start of the partial file that contain complete, recorded rows.
    pub(super) bytes: u64,
    /// Digest of the first [`Self::bytes`] bytes of the partial file.
    pub(super) digest: String,
    /// Number of submissions in the first [`Self::bytes`] bytes of the partial file.
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
    pub(super) prints_digest: String,
}

/// The content of the file that stores the record of an export (how far the export has come): the record and its
/// digest. The digest detects a record that a person edited. An export that continues from such a record would lose or
/// repeat rows.
#[derive(Serialize, Deserialize)]
struct Sealed {
    record: Box<RawValue>,
    digest: String,
}

/// Reason why a stopped export cannot be continued with its record, the file that says how far the export came.
pub(super) enum Unusable {
    /// The file is not a record, or the record's format has another version.
    Other,
    /// The record was changed after it was written.
    Changed,
}

impl Record {
    pub(super) fn new(plan: ExportPlan, key: String) -> Self {
        let empty = digest(&[]);
        Self {
            version: VERSION,
            plan,
            key,
            part: 0,
            next: None,
            newest_first: None,
            expected: Vec::new(),
            bytes: 0,
            digest: empty.clone(),
            rows: 0,
            loaded: 0,
            unreadable_of_page: 0,
            unreadable: 0,
            prints: 0,
            prints_digest: empty,
        }
    }

    /// Parses `text`, the content of the file that records how far an export has come. Checks the version of the
    /// record, and the digest, which shows whether the file was changed.
    pub(super) fn parse(text: &[u8]) -> Result<Self, Unusable> {
        let sealed: Sealed = serde_json::from_slice(text).map_err(|_| Unusable::Other)?;
        let text = sealed.record.get();
        // A record of another version may have other members.
        let record = serde_json::from_str::<Self>(text).ok().filter(|record| record.version == VERSION);
        let record = record.ok_or(Unusable::Other)?;
        if digest(text.as_bytes()) == sealed.digest { Ok(record) } else { Err(Unusable::Changed) }
    }

    /// Writes this record to its file. The earlier record is replaced at once, so that no half-written record can be
    /// read.
    pub(super) fn write(&self, names: &ExportPaths) -> io::Result<()> {
        let record = serde_json::value::to_raw_value(self)?;
        let digest = digest(record.get().as_bytes());
        let text = serde_json::to_vec_pretty(&Sealed { record, digest })?;
        if text.len() > FileRule::Record.limit() {
            return Err(io::Error::other(
                "the filter, the columns or the page key is too long for a resume record of 64 KiB",
            ));
        }
        let new = names.new_record();
        // A file that a killed process left is reused.
        let mut file = private_file::update(&new, Presence::Either).map_err(io::Error::other)?;
        let mut write = || {
            file.set_len(0)?;
            file.write_all(&text)?;
            // Not synced: a record that a power cut damaged is detected by its digest.
            fs::rename(&new, names.record())
        };
        write().inspect_err(|_| {
            let _ = fs::remove_file(&new);
        })
    }

    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.next.as_ref().map(|(id, created_at)| Cursor { id: id.clone(), created_at: created_at.clone() })
    }

    pub(super) fn set_cursor(&mut self, next: Option<&Cursor>) {
        self.next = next.map(|cursor| (cursor.id.clone(), cursor.created_at.clone()));
    }

    /// Returns the key with which the digests of submission ids are computed, as bytes.
    pub(super) fn key(&self) -> [u8; 16] {
        u128::from_str_radix(&self.key, 16).unwrap_or_default().to_be_bytes()
    }
}

/// Creates a random key, in hexadecimal digits. The record of an export contains digests that are computed with this
/// key.
pub(super) fn salt() -> String {
    let key: u128 = rand::rng().random();
    format!("{key:032x}")
}

/// Returns the host of the server, and a fingerprint of the server's address and of the customer's project at ARGOS.
/// The fingerprint is a digest with the key `salt`. The project is recognised by the last characters of the API key,
/// which `config show` prints as well; the rest of the API key is not used.
pub(super) fn source(origin: &Origin, salt: &str) -> (String, String) {
    let (host, what) = match origin {
        Origin::Service { base_url, key, .. } => (base_url.host().to_owned(), format!("{base_url} {}", key.tail())),
        // The demo's port changes with each process, and its scenario does not change the data.
        #[cfg(feature = "demo")]
        Origin::Demo { options, .. } => ("demo".to_owned(), options.today.to_string()),
        // A changed file would mix two states in one export.
        Origin::File(file) => ("file".to_owned(), format!("{} {} {}", file.name().as_str(), file.at(), file.len())),
    };
    let mut fingerprint = digest(format!("{salt}{what}").as_bytes());
    fingerprint.truncate(16);
    (host, fingerprint)
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

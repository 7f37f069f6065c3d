//! What a stopped export needs to go on.

use std::fs;
use std::io::{self, Write};

use rand::RngExt;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::names::ExportPaths;
use super::summed::hex;
use crate::private_file::{self, FileRule, Presence};
use crate::query::Cursor;
use crate::runtime::Origin;

/// The form of the record; another one is not read.
const VERSION: u32 = 3;

/// What was asked for. It holds what the filter holds and nothing else of a person.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExportPlan {
    /// The filter with its dates frozen.
    pub(super) query: String,
    /// The day that its dates counted from.
    pub(super) today: String,
    pub(super) mask: String,
    pub(super) format: String,
    pub(super) columns: Vec<String>,
    pub(super) detail: bool,
    pub(super) readable_only: bool,
    pub(super) jobs: u16,
    pub(super) host: String,
    /// Of address and project, with the record's key.
    pub(super) fingerprint: String,
}

impl ExportPlan {
    /// What the other one was begun with that this one has not.
    pub(super) fn differs(&self, begun: &Self) -> Option<&'static str> {
        let pairs = [
            (self.query == begun.query, "another filter"),
            (self.mask == begun.mask, "another --mask"),
            (self.format == begun.format, "another format"),
            (self.columns == begun.columns, "other --columns"),
            (self.detail == begun.detail, if begun.detail { "--detail" } else { "no --detail" }),
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

/// How far an export came.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    version: u32,
    pub(super) plan: ExportPlan,
    /// Of the prints and the fingerprint.
    pub(super) key: String,
    /// Which part is under way, counted from 0.
    pub(super) part: usize,
    /// Where it goes on: id and date; none for its first page.
    next: Option<(String, String)>,
    /// Whether days run from the newest to the oldest, once known.
    pub(super) newest_first: Option<bool>,
    /// Prints of what the first page of the whole range held and the days have not brought yet.
    pub(super) expected: Vec<String>,
    /// Bytes of the partial file that are whole.
    pub(super) bytes: u64,
    /// Digest of them.
    pub(super) digest: String,
    /// Submissions in them.
    pub(super) rows: u64,
    /// Submissions that came, written or not.
    pub(super) loaded: u64,
    /// Unreadable items that came, written or not.
    pub(super) unreadable: u64,
    /// Unreadable items of the page that is under way: they have no id by which they would be known when it is asked for
    /// again.
    pub(super) unreadable_of_page: u64,
    /// Digests of the received rows.
    pub(super) prints: u64,
    /// Digest of the prints.
    pub(super) prints_digest: String,
}

/// The record as it is on the disk, with a digest of itself: one that was edited would lose or double rows.
#[derive(Serialize, Deserialize)]
struct Sealed {
    record: Box<RawValue>,
    digest: String,
}

/// Why a record cannot be used.
pub(super) enum Unusable {
    /// It is of another version, or no record.
    Other,
    /// It is not what was written.
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

    /// Reads what was written as a record.
    pub(super) fn parse(text: &[u8]) -> Result<Self, Unusable> {
        let sealed: Sealed = serde_json::from_slice(text).map_err(|_| Unusable::Other)?;
        let text = sealed.record.get();
        // A record of another version may have other members.
        let record = serde_json::from_str::<Self>(text).ok().filter(|record| record.version == VERSION);
        let record = record.ok_or(Unusable::Other)?;
        if digest(text.as_bytes()) == sealed.digest { Ok(record) } else { Err(Unusable::Changed) }
    }

    /// Writes it in place of the one before, whole or not at all.
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
        // What a killed process left is taken.
        let mut file = private_file::update(&new, Presence::Either).map_err(io::Error::other)?;
        let mut write = || {
            file.set_len(0)?;
            file.write_all(&text)?;
            // Not synced: what a power cut leaves of it is known by its digest.
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

    /// The key of the prints.
    pub(super) fn key(&self) -> [u8; 16] {
        u128::from_str_radix(&self.key, 16).unwrap_or_default().to_be_bytes()
    }
}

/// A new key.
pub(super) fn salt() -> String {
    let key: u128 = rand::rng().random();
    format!("{key:032x}")
}

/// The host that is asked, and a fingerprint of address and project. Of the API key only what `config show` shows goes in.
pub(super) fn source(origin: &Origin, salt: &str) -> (String, String) {
    let (host, what) = match origin {
        Origin::Service { base_url, key, .. } => (base_url.host().to_owned(), format!("{base_url} {}", key.tail())),
        // Its port changes with each process, and what it plays is no other data.
        #[cfg(feature = "demo")]
        Origin::Demo { options, .. } => ("demo".to_owned(), options.today.to_string()),
    };
    let mut fingerprint = digest(format!("{salt}{what}").as_bytes());
    fingerprint.truncate(16);
    (host, fingerprint)
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

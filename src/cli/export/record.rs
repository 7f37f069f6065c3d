//! What a stopped export needs to go on.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rand::RngExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::target::{create, suffixed};
use crate::query::Cursor;
use crate::runtime::Origin;

/// The form of the record; another one is not read.
const VERSION: u32 = 1;

/// What was asked for. It holds what the filter holds and nothing else of a person.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    /// The filter with its dates frozen.
    pub(super) query: String,
    /// The day that its dates counted from.
    pub(super) today: String,
    pub(super) mask: String,
    pub(super) format: String,
    pub(super) columns: Vec<String>,
    pub(super) detail: bool,
    pub(super) jobs: u16,
    pub(super) host: String,
    /// Of address and project, with the record's key.
    pub(super) fingerprint: String,
}

impl Plan {
    /// What the other one was begun with that this one has not.
    pub(super) fn differs(&self, begun: &Self) -> Option<&'static str> {
        let pairs = [
            (self.query == begun.query, "another filter"),
            (self.mask == begun.mask, "another --mask"),
            (self.format == begun.format, "another format"),
            (self.columns == begun.columns, "other --columns"),
            (self.detail == begun.detail, if begun.detail { "--detail" } else { "no --detail" }),
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
    pub(super) plan: Plan,
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
    /// Submissions in it.
    pub(super) rows: u64,
    /// Submissions that came, written or not.
    pub(super) loaded: u64,
    /// Prints of them.
    pub(super) prints: u64,
}

impl Record {
    pub(super) const fn new(plan: Plan, key: String) -> Self {
        Self {
            version: VERSION,
            plan,
            key,
            part: 0,
            next: None,
            newest_first: None,
            expected: Vec::new(),
            bytes: 0,
            rows: 0,
            loaded: 0,
            prints: 0,
        }
    }

    /// Reads one; `None` for what is none.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = fs::read(path)?;
        Ok(serde_json::from_slice(&text).ok().filter(|record: &Self| record.version == VERSION))
    }

    /// Writes it in the place of the one before, whole or not at all.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let new = suffixed(path, ".new");
        // What a killed process left.
        let _ = fs::remove_file(&new);
        let mut file: File = create(&new)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        fs::rename(&new, path)
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
    let digest = Sha256::new().chain_update(salt).chain_update(what).finalize();
    (host, digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

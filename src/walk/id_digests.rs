//! The ids that a walk met, without the ids.

use std::collections::HashSet;

use rand::RngExt;
use sha2::{Digest, Sha256};

/// Ids that a long walk has room for from the start, in about two megabytes. A set that grows is copied each time, and both
/// copies are in memory meanwhile.
const ROOM: usize = 100_000;

/// The ids met so far, as 16 bytes each: a million take some tens of megabytes. Two ids with one digest are as good as
/// impossible, and without the key nobody can look for an id or tell it from its digest. The same key gives the same
/// digests in another process.
#[derive(Clone)]
pub struct IdDigests {
    key: [u8; 16],
    met: HashSet<u128>,
}

/// Empty, with a random key.
impl Default for IdDigests {
    fn default() -> Self {
        Self::keyed(rand::rng().random())
    }
}

impl IdDigests {
    /// Empty, with this key.
    pub fn keyed(key: [u8; 16]) -> Self {
        Self { key, met: HashSet::new() }
    }

    /// The same with room for a long walk.
    #[must_use]
    pub fn roomy(mut self) -> Self {
        self.met.reserve(ROOM);
        self
    }

    /// The digest of an id.
    pub fn of(&self, id: &str) -> u128 {
        let digest = Sha256::new().chain_update(self.key).chain_update(id).finalize();
        digest.iter().take(16).fold(0, |folded, byte| folded << 8 | u128::from(*byte))
    }

    /// Adds a digest; tells whether it is new.
    pub fn insert(&mut self, digest: u128) -> bool {
        self.met.insert(digest)
    }
}

//! Remembers the ids that a walk met, without keeping the ids.

use std::collections::HashSet;

use rand::RngExt;
use sha2::{Digest, Sha256};

/// Number of ids for which a long walk reserves memory at its start, about two megabytes. A set that grows is copied
/// each time, and both copies are in memory meanwhile.
const ROOM: usize = 100_000;

/// Set of the ids met so far, each as a digest of 16 bytes: a million ids take some tens of megabytes.
///
/// Two ids with the same digest are practically impossible. Without the key, nobody can search for an id or find it
/// from its digest. The same key gives the same digests in another process.
#[derive(Clone)]
pub struct IdDigests {
    key: [u8; 16],
    met: HashSet<u128>,
}

/// Creates an empty set with a random key.
impl Default for IdDigests {
    fn default() -> Self {
        Self::keyed(rand::rng().random())
    }
}

impl IdDigests {
    /// Creates an empty set with this key.
    pub fn keyed(key: [u8; 16]) -> Self {
        Self { key, met: HashSet::new() }
    }

    /// Reserves memory for a long walk.
    #[must_use]
    pub fn roomy(mut self) -> Self {
        self.met.reserve(ROOM);
        self
    }

    /// Returns the digest of an id.
    pub fn of(&self, id: &str) -> u128 {
        let digest = Sha256::new().chain_update(self.key).chain_update(id).finalize();
        digest.iter().take(16).fold(0, |folded, byte| folded << 8 | u128::from(*byte))
    }

    /// Adds a digest; returns whether the digest is new.
    pub fn insert(&mut self, digest: u128) -> bool {
        self.met.insert(digest)
    }
}

//! Remembers which submission ids were already returned. Only digests of the ids are kept, not the ids.

use std::collections::HashSet;

use rand::RngExt;
use sha2::{Digest, Sha256};

/// Number of ids for which memory (about two megabytes) is reserved at the start of a long export. The memory is
/// reserved because a growing set is copied, and both copies are in memory during the copying.
const ROOM: usize = 100_000;

/// Set of the submission ids found so far, each as a digest of 16 bytes. A million ids take some tens of megabytes.
///
/// Two ids with the same digest are practically impossible. Without the key of the set, nobody can find an id from its
/// digest or test whether an id is in the set. The same key gives the same digests in another process.
#[derive(Clone)]
pub struct IdDigests {
    key: [u8; 16],
    met: HashSet<u128>,
}

/// Creates an empty set whose digests are made with a random key.
impl Default for IdDigests {
    fn default() -> Self {
        Self::keyed(rand::rng().random())
    }
}

impl IdDigests {
    /// Creates an empty set whose digests are made with this key.
    pub fn keyed(key: [u8; 16]) -> Self {
        Self { key, met: HashSet::new() }
    }

    /// Returns the set with memory reserved for a large number of ids.
    #[must_use]
    pub fn roomy(mut self) -> Self {
        self.met.reserve(ROOM);
        self
    }

    /// Returns the digest of an id, without adding the digest to the set.
    pub fn of(&self, id: &str) -> u128 {
        let digest = Sha256::new().chain_update(self.key).chain_update(id).finalize();
        digest.iter().take(16).fold(0, |folded, byte| folded << 8 | u128::from(*byte))
    }

    /// Adds a digest to the set. Returns whether the digest is new.
    pub fn insert(&mut self, digest: u128) -> bool {
        self.met.insert(digest)
    }
}

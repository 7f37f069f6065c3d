//! Remembers by digests of their ids which submissions were returned already, so that none is returned twice. The ids
//! themselves are not kept.

use std::collections::HashSet;

use rand::RngExt;
use sha2::{Digest, Sha256};

/// Number of submission ids for which [`IdDigests::with_reserved_ids`] reserves memory (about two megabytes). Without
/// reserved memory, a set is copied when it grows, and for a moment takes the memory of both copies.
const RESERVED_IDS: usize = 100_000;

/// Set of the submission ids found so far, each as a digest of 16 bytes. A million ids take some tens of megabytes.
///
/// Two ids with the same digest are practically impossible. Digests are made with a key. Without this key, nobody can
/// find an id from its digest or test whether an id is in the set. With the same key, another process gets the same
/// digests.
#[derive(Clone)]
pub struct IdDigests {
    key: [u8; 16],
    digests: HashSet<u128>,
}

/// Creates an empty set whose digests are made with a random key.
impl Default for IdDigests {
    fn default() -> Self {
        Self::keyed(rand::rng().random())
    }
}

impl IdDigests {
    /// Creates an empty set of digests of submission ids. The digests are made with `key`, for example the key of an
    /// earlier run of the program.
    pub fn keyed(key: [u8; 16]) -> Self {
        Self { key, digests: HashSet::new() }
    }

    /// Returns this set with memory reserved for 100,000 further ids.
    #[must_use]
    pub fn with_reserved_ids(mut self) -> Self {
        self.digests.reserve(RESERVED_IDS);
        self
    }

    /// Returns the digest of a submission id, made with the secret key of this set. The digest is not added to the set.
    pub fn digest_of(&self, id: &str) -> u128 {
        let digest = Sha256::new().chain_update(self.key).chain_update(id).finalize();
        digest.iter().take(16).fold(0, |folded, byte| folded << 8 | u128::from(*byte))
    }

    /// Returns whether the digest `digest` of a submission id is in the set.
    pub fn contains(&self, digest: u128) -> bool {
        self.digests.contains(&digest)
    }

    /// Adds the digest of a submission id to the set. Returns true if the digest is new, and false if the set had it
    /// before.
    pub fn insert(&mut self, digest: u128) -> bool {
        self.digests.insert(digest)
    }
}

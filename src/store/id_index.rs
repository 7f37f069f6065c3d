//! Finds the entry of a submission by its id.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// Maps the id of each submission to the index of its entry. Only the indexes are stored: the ids are read from the
/// rows of the entries.
#[derive(Default)]
pub(super) struct IdIndex {
    table: HashTable<u32>,
    hasher: RandomState,
    /// Ids that are too long for a row, which holds only their beginning, each with the index of its entry.
    cut: HashMap<Box<str>, u32>,
}

impl IdIndex {
    /// Adds the submission with the id `id`, whose entry has the index `index`. `id_at` is a function that returns, for
    /// the index of any entry, the id in the row of that entry.
    pub(super) fn add<'s>(&mut self, id: &str, index: u32, id_at: impl Fn(u32) -> Option<Cow<'s, str>>) {
        if id_at(index).as_deref() == Some(id) {
            let hash = |index: &u32| self.hasher.hash_one(&*id_at(*index).unwrap_or_default());
            self.table.insert_unique(self.hasher.hash_one(id), index, hash);
        } else {
            self.cut.insert(id.into(), index);
        }
    }

    /// Returns the index of the entry of the submission with the id `id`; `None` if there is no such entry. `id_at` is
    /// a function that returns, for the index of any entry, the id in the row of that entry.
    pub(super) fn find<'s>(&self, id: &str, id_at: impl Fn(u32) -> Option<Cow<'s, str>>) -> Option<u32> {
        let found = self.table.find(self.hasher.hash_one(id), |index| id_at(*index).as_deref() == Some(id));
        found.or_else(|| self.cut.get(id)).copied()
    }
}

//! Moves the bytes of the loaded answers into blocks, and lets go of the bytes of replaced answers.

#[cfg(test)]
use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;

use super::block::{BLOCK, PackOrder};
use super::entries::Store;
#[cfg(test)]
use super::entry::Entry;
use super::kept::KeptBytes;

/// Answers that are to form one block: each with the index of its entry.
#[derive(Default)]
struct NewBlock {
    len: usize,
    parts: Vec<(u32, KeptBytes)>,
}

impl NewBlock {
    fn bytes(&self) -> Bytes {
        match &*self.parts {
            [(_, only)] => only.bytes(),
            parts => {
                let mut bytes = Vec::with_capacity(self.len);
                parts.iter().for_each(|(_, kept)| bytes.extend_from_slice(&kept.bytes()));
                bytes.into()
            }
        }
    }
}

impl Store {
    /// Returns the order to pack the bytes of loaded submissions in a task; `None` if nothing is to be packed. The bytes
    /// of the newest submissions are not packed.
    pub fn to_pack(&mut self) -> Option<PackOrder> {
        self.shelf.due()
    }

    /// Leaves the bytes of all submissions as received, in the memory of the items that are added. For submissions of a
    /// file, which is in memory anyway.
    pub const fn keep_as_received(&mut self) {
        self.shelf.switch_off();
    }

    /// Packs what waits to be packed if it is too much, because no task took an order for it.
    pub(super) fn pack_overdue(&mut self) {
        if self.shelf.is_overdue() {
            self.shelf.due().into_iter().for_each(PackOrder::run);
        }
    }

    /// Moves answers that are in no block yet into blocks: all of them if `all` is set, else only if they fill a block.
    /// Lets go of blocks of which more than half belongs to replaced answers.
    pub(super) fn tidy(&mut self, all: bool) {
        for (id, owners) in self.shelf.take_sparse() {
            for owner in owners {
                let Some(entry) = self.entries.get_mut(owner as usize) else { continue };
                for kept in entry.kept_mut().filter(|kept| kept.block().id == id) {
                    *kept = kept.copied();
                    self.shelf.add(owner, kept);
                }
            }
        }
        let mut owners = self.shelf.take_loose(all);
        owners.sort_unstable();
        owners.dedup();
        let mut block = NewBlock::default();
        for owner in owners {
            let Some(entry) = self.entries.get(owner as usize) else { continue };
            let mut unshared: Vec<KeptBytes> = entry.kept().filter(|kept| kept.is_unshared()).cloned().collect();
            unshared.dedup_by_key(|kept| kept.digest());
            for kept in unshared {
                if block.len + kept.len() > BLOCK {
                    self.seal(&std::mem::take(&mut block));
                }
                block.len += kept.len();
                block.parts.push((owner, kept));
            }
        }
        self.seal(&block);
    }

    /// Makes a block of answers that are in no block yet.
    fn seal(&mut self, new: &NewBlock) {
        if new.parts.is_empty() {
            return;
        }
        let block = self.shelf.block(new.bytes());
        let mut start = 0;
        for (owner, part) in &new.parts {
            let Some(entry) = self.entries.get_mut(*owner as usize) else { continue };
            for kept in entry.kept_mut().filter(|kept| kept.is_unshared() && kept.digest() == part.digest()) {
                *kept = kept.moved(&block, start);
                self.shelf.add(*owner, kept);
            }
            start += part.len();
        }
    }

    /// Packs everything, the newest submissions too.
    #[cfg(test)]
    pub(super) fn pack_all(&mut self) {
        self.tidy(true);
        self.shelf.all().run();
    }

    /// Returns the number of bytes that the answers of all entries take in memory now, packed or not.
    #[cfg(test)]
    pub(super) fn resident(&self) -> usize {
        let blocks = self.entries.iter().flat_map(Entry::kept).map(KeptBytes::block);
        let blocks: HashMap<_, _> = blocks.map(|block| (Arc::as_ptr(block), block)).collect();
        blocks.values().map(|block| block.resident()).sum()
    }

    /// Returns the number of bytes in blocks, before packing, and the number of bytes of all answers.
    #[cfg(test)]
    pub(super) fn kept_len(&self) -> (usize, usize) {
        let answers = self.entries.iter().flat_map(Entry::kept).map(KeptBytes::len).sum();
        (self.shelf.len(), answers)
    }
}

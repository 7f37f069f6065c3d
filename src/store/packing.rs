//! Moves the bytes of the loaded answers into blocks (a block is one piece of memory with several answers), and frees
//! the bytes of replaced answers.

#[cfg(test)]
use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use memmap2::MmapMut;

use super::block::{BLOCK, PackOrder};
use super::entries::Store;
#[cfg(test)]
use super::entry::Entry;
use super::kept::KeptBytes;

/// Answers that will form one block (one piece of memory with several answers), each with the index of its entry.
#[derive(Default)]
struct NewBlock {
    len: usize,
    parts: Vec<(u32, KeptBytes)>,
}

impl NewBlock {
    /// Returns the bytes of the answers, one after the other.
    fn bytes(&self) -> Bytes {
        match &*self.parts {
            [(_, only)] => only.bytes(),
            parts => joined(self.len, parts.iter().map(|(_, kept)| kept.bytes())),
        }
    }
}

/// Copies the bytes of all `parts` into one new piece of memory; `len` is the sum of their lengths. The memory is
/// mapped separately, so that it returns to the operating system as soon as the block is packed. The allocator would
/// keep a part of it.
fn joined(len: usize, parts: impl Iterator<Item = Bytes>) -> Bytes {
    let Ok(mut memory) = MmapMut::map_anon(len) else {
        return parts.collect::<Vec<_>>().concat().into();
    };
    let mut rest = &mut *memory;
    for part in parts {
        let Some((start, end)) = rest.split_at_mut_checked(part.len()) else { break };
        start.copy_from_slice(&part);
        rest = end;
    }
    Bytes::from_owner(memory)
}

impl Store {
    /// Returns an order to pack (compress) the bytes of loaded submissions, which the caller runs in a task. The bytes
    /// of the newest submissions are not packed. Returns `None` if there is nothing else to pack.
    pub fn to_pack(&mut self) -> Option<PackOrder> {
        self.blocks.take_pack_order()
    }

    /// Keeps the bytes of all submissions as they were received, instead of moving them into blocks and packing them.
    /// This is for submissions from a file, whose bytes are in memory anyway.
    pub const fn keep_as_received(&mut self) {
        self.blocks.switch_off();
    }

    /// Packs blocks now if too many of them wait to be packed. Usually a task packs them; too many wait if no caller
    /// requests an order with [`Self::to_pack`].
    pub(super) fn pack_overdue(&mut self) {
        if self.blocks.is_overdue() {
            self.blocks.take_pack_order().into_iter().for_each(PackOrder::run);
        }
    }

    /// Moves answers that are not in a block yet into blocks. If `all` is false, they are moved only if they fill a
    /// block.
    ///
    /// Before that, frees each block in which more than half of the bytes belong to replaced answers. The current
    /// answers in such a block are moved out of it first.
    pub(super) fn move_into_blocks(&mut self, all: bool) {
        for (id, owners) in self.blocks.take_mostly_unused() {
            for owner in owners {
                let Some(entry) = self.entries.get_mut(owner as usize) else { continue };
                for kept in entry.kept_mut().filter(|kept| kept.block().id == id) {
                    *kept = kept.copied();
                    self.blocks.add(owner, kept);
                }
            }
        }
        let mut owners = self.blocks.take_outside_blocks(all);
        owners.sort_unstable();
        owners.dedup();
        let mut block = NewBlock::default();
        for owner in owners {
            let Some(entry) = self.entries.get(owner as usize) else { continue };
            let mut outside_blocks: Vec<KeptBytes> =
                entry.kept().filter(|kept| kept.is_outside_blocks()).cloned().collect();
            outside_blocks.dedup_by_key(|kept| kept.digest());
            for kept in outside_blocks {
                if block.len + kept.len() > BLOCK {
                    self.make_block(&std::mem::take(&mut block));
                }
                block.len += kept.len();
                block.parts.push((owner, kept));
            }
        }
        self.make_block(&block);
    }

    /// Creates a block from the answers in `new`. The answers in the store then refer to their bytes in this block.
    fn make_block(&mut self, new: &NewBlock) {
        if new.parts.is_empty() {
            return;
        }
        let block = self.blocks.block(new.bytes());
        let mut start = 0;
        for (owner, part) in &new.parts {
            let Some(entry) = self.entries.get_mut(*owner as usize) else { continue };
            for kept in entry.kept_mut().filter(|kept| kept.is_outside_blocks() && kept.digest() == part.digest()) {
                *kept = kept.moved(&block, start);
                self.blocks.add(*owner, kept);
            }
            start += part.len();
        }
    }

    /// Moves all answers into blocks and packs all blocks, even the newest, which otherwise stay as received.
    #[cfg(test)]
    pub(super) fn pack_all(&mut self) {
        self.move_into_blocks(true);
        self.blocks.all().run();
    }

    /// Returns the number of bytes that the answers of all entries take in memory now, packed or not.
    #[cfg(test)]
    pub(super) fn resident(&self) -> usize {
        let blocks = self.entries.iter().flat_map(Entry::kept).map(KeptBytes::block);
        let blocks: HashMap<_, _> = blocks.map(|block| (Arc::as_ptr(block), block)).collect();
        blocks.values().map(|block| block.resident()).sum()
    }

    /// Returns two numbers of bytes: the unpacked size of all blocks, which includes replaced answers, and the size of
    /// all current answers.
    #[cfg(test)]
    pub(super) fn kept_len(&self) -> (usize, usize) {
        let answers = self.entries.iter().flat_map(Entry::kept).map(KeptBytes::len).sum();
        (self.blocks.len(), answers)
    }
}

//! The blocks of a store (a block is the bytes of several answers in one piece of memory). For each block, the table
//! knows which entries have bytes in it, and whether it must still be packed.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Weak};

use bytes::Bytes;

use super::block::{BLOCK, BlockId, ByteBlock, PackOrder, SharedByBlocks};
use super::kept::KeptBytes;

/// Total size in bytes of the newest blocks, which stay unpacked: two pages of fifty submissions.
const NEWEST: usize = 2 * BLOCK;

/// Total size in bytes of the blocks that may wait for a task to pack them; the newest blocks ([`NEWEST`]) do not
/// count. If more wait, the store packs them itself.
const MOST_WAITING: usize = 4 << 20;

/// How one block of a store is used: its size, and the entries that have bytes in it.
struct BlockUse {
    len: usize,
    /// Number of bytes of the block that belong to current answers of entries. The other bytes belong to answers that
    /// were replaced.
    used: usize,
    /// Indexes in the store of the entries that had bytes in the block when it was made.
    owners: Vec<u32>,
}

/// The blocks of one store (a block is the bytes of several answers in one piece of memory). It knows which entries
/// have bytes in each block, and which blocks are not packed yet.
#[derive(Default)]
pub(super) struct BlockTable {
    shared: Arc<SharedByBlocks>,
    uses: HashMap<BlockId, BlockUse>,
    /// Indexes in the store of the entries with an answer that was not moved into a block of the store yet.
    outside_blocks: Vec<u32>,
    outside_len: usize,
    /// Blocks in which more than half of the bytes belong to answers that were replaced.
    mostly_unused: Vec<BlockId>,
    /// Blocks that no pack order contains yet, each with its size in bytes, the newest at the end.
    unpacked: VecDeque<(usize, Weak<ByteBlock>)>,
    unpacked_len: usize,
    last_id: BlockId,
    /// Whether answers are never moved into blocks. True for submissions from a file, whose bytes are in memory anyway.
    is_off: bool,
}

impl BlockTable {
    /// Switches the blocks off: from now on, the bytes of each answer stay in the memory in which they were received.
    pub(super) const fn switch_off(&mut self) {
        self.is_off = true;
    }

    /// Records that the answer with the bytes `kept` belongs to the entry with the index `owner`.
    pub(super) fn add(&mut self, owner: u32, kept: &KeptBytes) {
        if kept.is_outside_blocks() {
            self.outside_blocks.push(owner);
            self.outside_len += kept.len();
        } else if let Some(used) = self.uses.get_mut(&kept.block().id) {
            used.used += kept.len();
            used.owners.push(owner);
        }
    }

    /// Records that an entry no longer has the answer with the bytes `kept`, because a newer answer replaced it.
    /// Removes the block that holds these bytes from the table if no current answer has bytes in it.
    pub(super) fn remove(&mut self, kept: &KeptBytes) {
        let id = kept.block().id;
        let Some(used) = self.uses.get_mut(&id) else { return };
        used.used = used.used.saturating_sub(kept.len());
        if used.used == 0 {
            self.uses.remove(&id);
        } else if used.used < used.len / 2 && !self.mostly_unused.contains(&id) {
            self.mostly_unused.push(id);
        }
    }

    /// Removes the blocks in which more than half of the bytes belong to replaced answers. Returns the number of each
    /// such block, with the indexes of the entries that may have bytes in it. The caller moves these bytes to another
    /// block.
    pub(super) fn take_mostly_unused(&mut self) -> Vec<(BlockId, Vec<u32>)> {
        let mostly_unused = std::mem::take(&mut self.mostly_unused);
        mostly_unused.into_iter().filter_map(|id| Some((id, self.uses.remove(&id)?.owners))).collect()
    }

    /// Removes and returns the indexes of the entries with an answer that was not moved into a block yet. The caller
    /// moves these answers into blocks. If `all` is false and the answers do not fill a block yet, nothing is removed
    /// and the result is empty.
    pub(super) fn take_outside_blocks(&mut self, all: bool) -> Vec<u32> {
        if self.is_off || !(all || self.outside_len >= BLOCK) {
            return Vec::new();
        }
        self.outside_len = 0;
        std::mem::take(&mut self.outside_blocks)
    }

    /// Creates a block from `bytes`, unpacked, and adds it to the table. The caller then calls [`Self::add`] for each
    /// answer in the block.
    pub(super) fn block(&mut self, bytes: Bytes) -> Arc<ByteBlock> {
        self.last_id += 1;
        let block = ByteBlock::new(self.last_id, bytes, &self.shared);
        self.uses.insert(block.id, BlockUse { len: block.len(), used: 0, owners: Vec::new() });
        self.unpacked_len += block.len();
        self.unpacked.push_back((block.len(), Arc::downgrade(&block)));
        block
    }

    /// Returns the order to pack (compress) all blocks that no earlier order contains, except the newest ([`NEWEST`]),
    /// which stay unpacked. Returns `None` if there is nothing to pack.
    pub(super) fn take_pack_order(&mut self) -> Option<PackOrder> {
        let mut blocks = Vec::new();
        while self.unpacked_len > NEWEST {
            let Some((len, block)) = self.unpacked.pop_front() else { break };
            self.unpacked_len -= len;
            blocks.push(block);
        }
        let first = blocks.iter().find_map(Weak::upgrade)?;
        self.shared.choose_dictionary(&first.bytes());
        Some(PackOrder { blocks, shared: Arc::clone(&self.shared) })
    }

    /// Returns whether too many blocks wait for a background task to pack them, so that the store must pack them
    /// itself.
    pub(super) const fn is_overdue(&self) -> bool {
        self.unpacked_len > NEWEST + MOST_WAITING
    }

    #[cfg(test)]
    pub(super) fn all(&mut self) -> PackOrder {
        self.unpacked_len = 0;
        let blocks: Vec<_> = self.unpacked.drain(..).map(|(_, block)| block).collect();
        blocks
            .iter()
            .find_map(Weak::upgrade)
            .into_iter()
            .for_each(|first| self.shared.choose_dictionary(&first.bytes()));
        PackOrder { blocks, shared: Arc::clone(&self.shared) }
    }

    /// Returns the size in bytes of all blocks before packing. Answers that are not in a block do not count.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.uses.values().map(|used| used.len).sum()
    }
}

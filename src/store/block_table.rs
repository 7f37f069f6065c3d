//! The blocks of a store: which of them hold the bytes of which entries, and which are to be packed.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Weak};

use bytes::Bytes;

use super::block::{BLOCK, BlockId, ByteBlock, PackOrder, SharedByBlocks};
use super::kept::KeptBytes;

/// Size in bytes of the newest blocks, which are not packed: two pages of fifty submissions.
const NEWEST: usize = 2 * BLOCK;

/// Size in bytes of the blocks that may wait for a task to pack them, besides the newest ([`NEWEST`]). If more wait,
/// the store packs them itself.
const MOST_WAITING: usize = 4 << 20;

/// A block of a store and the entries that have bytes in it.
struct BlockUse {
    len: usize,
    /// Number of bytes of the block that belong to an answer of an entry. The other bytes are of replaced answers.
    used: usize,
    /// Indexes of the entries that had bytes in the block when it was made.
    owners: Vec<u32>,
}

/// The blocks of one store: which entries have bytes in each block, and which blocks are not packed yet.
#[derive(Default)]
pub(super) struct BlockTable {
    shared: Arc<SharedByBlocks>,
    uses: HashMap<BlockId, BlockUse>,
    /// Indexes of the entries with answers that are in no block yet.
    outside_blocks: Vec<u32>,
    outside_len: usize,
    /// Blocks of which more than half belongs to replaced answers.
    mostly_unused: Vec<BlockId>,
    /// Blocks that are not packed, each with its size in bytes, the newest at the end.
    unpacked: VecDeque<(usize, Weak<ByteBlock>)>,
    unpacked_len: usize,
    last_id: BlockId,
    /// Whether the answers stay as received, since their bytes are in memory anyway.
    is_off: bool,
}

impl BlockTable {
    /// From now on leaves the bytes of each answer in the memory in which they were received: no new block is made.
    pub(super) const fn switch_off(&mut self) {
        self.is_off = true;
    }

    /// Notes that the bytes `kept` are an answer of the entry with the index `owner`.
    pub(super) fn add(&mut self, owner: u32, kept: &KeptBytes) {
        if kept.is_outside_blocks() {
            self.outside_blocks.push(owner);
            self.outside_len += kept.len();
        } else if let Some(used) = self.uses.get_mut(&kept.block().id) {
            used.used += kept.len();
            used.owners.push(owner);
        }
    }

    /// Counts that an entry no longer has the answer `kept`, because a newer answer replaced it. Forgets the block of
    /// `kept` if no other answer of an entry is in it.
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

    /// Forgets the blocks of which more than half belongs to replaced answers. Returns the number of each such block,
    /// with the indexes of the entries that may have bytes in it: the caller moves these bytes to another block.
    pub(super) fn take_mostly_unused(&mut self) -> Vec<(BlockId, Vec<u32>)> {
        let mostly_unused = std::mem::take(&mut self.mostly_unused);
        mostly_unused.into_iter().filter_map(|id| Some((id, self.uses.remove(&id)?.owners))).collect()
    }

    /// Takes the indexes of the entries with answers that are in no block yet. The caller moves these answers into
    /// blocks. Returns no index as long as the answers do not fill a block, unless `all` is true.
    pub(super) fn take_outside_blocks(&mut self, all: bool) -> Vec<u32> {
        if self.is_off || !(all || self.outside_len >= BLOCK) {
            return Vec::new();
        }
        self.outside_len = 0;
        std::mem::take(&mut self.outside_blocks)
    }

    /// Makes a block of `bytes` and adds it to the blocks of the store. The caller then counts the answers in it with
    /// [`Self::add`].
    pub(super) fn block(&mut self, bytes: Bytes) -> Arc<ByteBlock> {
        self.last_id += 1;
        let block = ByteBlock::new(self.last_id, bytes, &self.shared);
        self.uses.insert(block.id, BlockUse { len: block.len(), used: 0, owners: Vec::new() });
        self.unpacked_len += block.len();
        self.unpacked.push_back((block.len(), Arc::downgrade(&block)));
        block
    }

    /// Returns the order to pack all blocks that are not packed, except the newest ([`NEWEST`]), which stay as
    /// received. `None` if there are no others.
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

    /// Returns whether the blocks that wait for a background task to pack them have become too large, so that the store
    /// packs them itself.
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

    /// Returns the size in bytes of all blocks before packing. Answers that are in no block do not count.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.uses.values().map(|used| used.len).sum()
    }
}

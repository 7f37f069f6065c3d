//! The bytes of one answer in memory, which may be packed.

use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::block::{ByteBlock, NO_BLOCK};

/// Digest (SHA-256, cut to 16 bytes) of the bytes of one answer. Answers with equal digests have equal bytes, so that
/// answers are compared without unpacking them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AnswerDigest([u8; 16]);

impl AnswerDigest {
    fn of(bytes: &[u8]) -> Self {
        let mut digest = [0; 16];
        digest.iter_mut().zip(Sha256::digest(bytes)).for_each(|(own, byte)| *own = byte);
        Self(digest)
    }
}

/// The bytes of one answer: the block (piece of memory with several answers) that holds them, and their position in it.
/// A clone shares the block.
#[derive(Clone)]
pub(super) struct KeptBytes {
    block: Arc<ByteBlock>,
    start: u32,
    len: u32,
    digest: AnswerDigest,
}

impl KeptBytes {
    /// Creates the value for an answer with the bytes `bytes`, as received. They are not in a block of a store yet.
    pub(super) fn outside_blocks(bytes: Bytes) -> Self {
        let (digest, len) = (AnswerDigest::of(&bytes), u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        Self { block: ByteBlock::outside_blocks(bytes), start: 0, len, digest }
    }

    /// Returns the same bytes as a part of `block`, which holds a copy of them from the position `start` on.
    pub(super) fn moved(&self, block: &Arc<ByteBlock>, start: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        Self { block: Arc::clone(block), start, ..*self }
    }

    /// Returns a copy of the bytes in separate memory, which is not in a block of a store.
    pub(super) fn copied(&self) -> Self {
        Self { block: ByteBlock::outside_blocks(Bytes::copy_from_slice(&self.bytes())), start: 0, ..*self }
    }

    /// Returns the unpacked bytes of the answer. If their block is packed, the whole block is unpacked. The whole block
    /// stays in memory as long as the result, so the caller should drop the result soon.
    pub(super) fn bytes(&self) -> Bytes {
        let all = self.block.bytes();
        let start = self.start as usize;
        // The block has fewer bytes only if there was no memory to unpack it.
        let end = (start + self.len()).min(all.len());
        all.slice(start.min(end)..end)
    }

    pub(super) const fn len(&self) -> usize {
        self.len as usize
    }

    pub(super) const fn digest(&self) -> AnswerDigest {
        self.digest
    }

    pub(super) fn block(&self) -> &Arc<ByteBlock> {
        &self.block
    }

    /// Returns whether the bytes are not in a block of a store yet.
    pub(super) fn is_outside_blocks(&self) -> bool {
        self.block.id == NO_BLOCK
    }
}

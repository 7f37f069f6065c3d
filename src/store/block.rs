//! Blocks: a block is the bytes of several answers of the service in one piece of memory, as received or packed with
//! zstd.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use bytes::Bytes;
use zstd::bulk::{Compressor, Decompressor};
use zstd::compress_bound;
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Largest size in bytes of a block that joins several answers: the size of about fifty submissions. A block of this
/// size is unpacked in about 0.2 ms and packed in about three milliseconds.
pub(super) const BLOCK: usize = 256 << 10;

/// Compression level of zstd. With it, zstd packs about 80 MB a second. Level 3 is three times as fast, but its result
/// is a tenth larger.
const LEVEL: i32 = 7;

/// Size in bytes of the dictionary for packing: a text whose content packed bytes refer to instead of repeating it. It
/// has the length of twelve submissions, and makes packed bytes a tenth smaller.
const DICTIONARY: usize = 64 << 10;

/// Number of blocks that are kept unpacked in memory. Another submission of such a block can be read without unpacking
/// the block again.
const KEPT_UNPACKED: usize = 3;

/// Size in bytes of the largest block that may stay unpacked in memory after it was read.
const MOST_UNPACKED: usize = 1 << 20;

/// Number that identifies a block in its store. An answer that was not moved into a block of the store yet has the
/// number [`NO_BLOCK`].
pub(super) type BlockId = u64;

/// Number of each block that is outside the store's blocks. Such a block holds one answer as it was received, until the
/// answer moves into a block of the store.
pub(super) const NO_BLOCK: BlockId = 0;

/// A block: the bytes of one or more answers of the service in one piece of memory. The type does not implement
/// `Debug`, since the bytes are identity data.
pub(super) struct ByteBlock {
    pub(super) id: BlockId,
    len: usize,
    state: Mutex<BlockState>,
    /// Data that all blocks of the store share, such as the dictionary for packing; `None` for a block that is never
    /// packed.
    shared: Option<Arc<SharedByBlocks>>,
}

/// The bytes of a block, in the form in which they are in memory.
enum BlockState {
    /// The bytes as they were received, not packed yet.
    Plain(Bytes),
    /// The bytes as they were received. They stay so, since packing does not make them smaller.
    Incompressible(Bytes),
    /// The bytes packed with zstd.
    Packed {
        packed: Box<[u8]>,
        /// The unpacked bytes, if they were read a short time ago; otherwise `None`.
        unpacked: Option<Bytes>,
    },
}

/// Data that all blocks of one store share: the list of unpacked blocks, and the dictionary for packing.
#[derive(Default)]
pub(super) struct SharedByBlocks {
    /// The blocks that were unpacked last, the newest at the end.
    recent: Mutex<VecDeque<Weak<ByteBlock>>>,
    /// Text of a few submissions, to which packed bytes refer, since all submissions have the same field names. It is
    /// chosen before the first block is packed. The inner value is `None` if no dictionary could be made.
    dictionary: OnceLock<Option<Dictionary>>,
}

struct Dictionary {
    text: Box<[u8]>,
    decoder: DecoderDictionary<'static>,
}

impl ByteBlock {
    /// Creates a block of a store from unpacked bytes. `id` is the number of the block. `shared` is the data that all
    /// blocks of the store share, such as the dictionary for packing.
    pub(super) fn new(id: BlockId, bytes: Bytes, shared: &Arc<SharedByBlocks>) -> Arc<Self> {
        let (len, shared) = (bytes.len(), Some(Arc::clone(shared)));
        Arc::new(Self { id, len, state: Mutex::new(BlockState::Plain(bytes)), shared })
    }

    /// Creates a block that is outside the store's blocks and has the number [`NO_BLOCK`]. It holds one answer with the
    /// bytes `bytes`, until the answer moves into a block of the store. Such a block is never packed.
    pub(super) fn outside_blocks(bytes: Bytes) -> Arc<Self> {
        Arc::new(Self { id: NO_BLOCK, len: bytes.len(), state: Mutex::new(BlockState::Plain(bytes)), shared: None })
    }

    /// Returns the number of bytes of the block, unpacked.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    fn state(&self) -> MutexGuard<'_, BlockState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the unpacked bytes of the block. If the block is packed, it is unpacked now. The last few unpacked
    /// blocks keep their unpacked bytes in memory.
    pub(super) fn bytes(self: &Arc<Self>) -> Bytes {
        let bytes = match &mut *self.state() {
            BlockState::Plain(bytes)
            | BlockState::Incompressible(bytes)
            | BlockState::Packed { unpacked: Some(bytes), .. } => {
                return bytes.clone();
            }
            BlockState::Packed { packed, unpacked } => {
                // Packed bytes are compared with the received ones before they replace them (see `pack`), so only a
                // lack of memory can fail here.
                let dictionary = self.shared.as_ref().and_then(|shared| shared.dictionary());
                let unpack = |mut decompressor: Decompressor<'_>| decompressor.decompress(packed, self.len);
                let bytes = Bytes::from(decompressor(dictionary).and_then(unpack).unwrap_or_default());
                if bytes.len() > MOST_UNPACKED {
                    return bytes;
                }
                *unpacked = Some(bytes.clone());
                bytes
            }
        };
        self.shared.iter().for_each(|shared| shared.add_recent(self));
        bytes
    }

    /// Packs the bytes of the block. Nothing changes if they are packed already or do not get smaller.
    fn pack(&self, packer: &mut Packer<'_>) {
        let bytes = match &*self.state() {
            BlockState::Plain(bytes) => bytes.clone(),
            BlockState::Incompressible(_) | BlockState::Packed { .. } => return,
        };
        // The block can be read while its bytes are being packed.
        let packed = packer.pack(&bytes);
        *self.state() = match packed {
            Some(packed) => BlockState::Packed { packed, unpacked: None },
            None => BlockState::Incompressible(bytes),
        };
    }

    /// Returns the number of bytes that the block fills in memory.
    #[cfg(test)]
    pub(super) fn resident(&self) -> usize {
        match &*self.state() {
            BlockState::Plain(bytes) | BlockState::Incompressible(bytes) => bytes.len(),
            BlockState::Packed { packed, unpacked } => packed.len() + unpacked.as_ref().map_or(0, Bytes::len),
        }
    }

    fn forget_unpacked(&self) {
        if let BlockState::Packed { unpacked, .. } = &mut *self.state() {
            *unpacked = None;
        }
    }
}

impl SharedByBlocks {
    /// Chooses the beginning of `bytes`, the bytes of some submissions, as the dictionary of the compression: the text
    /// that packed bytes may refer to. Does nothing if a dictionary was chosen before.
    pub(super) fn choose_dictionary(&self, bytes: &[u8]) {
        self.dictionary.get_or_init(|| {
            let text = bytes.get(..DICTIONARY).unwrap_or(bytes);
            let decoder = DecoderDictionary::try_copy(text).ok()?;
            Some(Dictionary { text: text.into(), decoder })
        });
    }

    fn dictionary(&self) -> Option<&Dictionary> {
        self.dictionary.get()?.as_ref()
    }

    /// Records that `block` was just unpacked. Only the last [`KEPT_UNPACKED`] blocks stay unpacked, so the oldest one
    /// drops its unpacked bytes and keeps the packed ones.
    fn add_recent(&self, block: &Arc<ByteBlock>) {
        let oldest = {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.push_back(Arc::downgrade(block));
            if recent.len() > KEPT_UNPACKED { recent.pop_front() } else { None }
        };
        oldest.and_then(|oldest| oldest.upgrade()).into_iter().for_each(|oldest| oldest.forget_unpacked());
    }
}

/// Order to pack (compress) blocks in memory; a block is the bytes of about fifty loaded submissions. The order is run
/// in a task, since packing takes a few milliseconds for each megabyte. The submissions can be read meanwhile.
pub struct PackOrder {
    pub(super) blocks: Vec<Weak<ByteBlock>>,
    /// Data that all blocks of the store share, such as the dictionary for packing.
    pub(super) shared: Arc<SharedByBlocks>,
}

impl PackOrder {
    /// Packs the blocks of this order. A block that the store has dropped since the order was made is skipped.
    pub fn run(self) {
        let dictionary = self.shared.dictionary();
        let encoder = dictionary.and_then(|dictionary| EncoderDictionary::try_copy(&dictionary.text, LEVEL).ok());
        let Ok(mut packer) = Packer::new(encoder.as_ref(), dictionary) else { return };
        for block in self.blocks.iter().filter_map(Weak::upgrade) {
            block.pack(&mut packer);
        }
    }
}

fn decompressor(dictionary: Option<&Dictionary>) -> io::Result<Decompressor<'_>> {
    match dictionary {
        Some(dictionary) => Decompressor::with_prepared_dictionary(&dictionary.decoder),
        None => Decompressor::new(),
    }
}

/// Packs several blocks one after the other: a compressor, a decompressor to check the result, and their buffers.
struct Packer<'d> {
    compressor: Compressor<'d>,
    decompressor: Decompressor<'d>,
    packed: Vec<u8>,
    again: Vec<u8>,
}

impl<'d> Packer<'d> {
    fn new(encoder: Option<&'d EncoderDictionary<'d>>, dictionary: Option<&'d Dictionary>) -> io::Result<Self> {
        let compressor = match encoder {
            Some(encoder) => Compressor::with_prepared_dictionary(encoder)?,
            None => Compressor::new(LEVEL)?,
        };
        Ok(Self { compressor, decompressor: decompressor(dictionary)?, packed: Vec::new(), again: Vec::new() })
    }

    /// Returns `bytes` packed; `None` if they do not get smaller, or if packing fails. To check the result, the packed
    /// bytes are unpacked once and compared with `bytes`.
    fn pack(&mut self, bytes: &[u8]) -> Option<Box<[u8]>> {
        self.packed.clear();
        self.packed.reserve(compress_bound(bytes.len()));
        self.compressor.compress_to_buffer(bytes, &mut self.packed).ok()?;
        self.again.clear();
        self.again.reserve(bytes.len());
        self.decompressor.decompress_to_buffer(&self.packed, &mut self.again).ok()?;
        // A copy of the exact size: the buffers are used again.
        (self.packed.len() < bytes.len() && self.again == bytes).then(|| self.packed.as_slice().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(bytes: Bytes) -> Arc<ByteBlock> {
        ByteBlock::new(1, bytes, &Arc::default())
    }

    fn pack(blocks: &[Arc<ByteBlock>]) {
        let shared = blocks[0].shared.clone().unwrap();
        PackOrder { blocks: blocks.iter().map(Arc::downgrade).collect(), shared }.run();
    }

    #[test]
    fn a_packed_block_is_smaller_and_gives_the_same_bytes() {
        let bytes = Bytes::from(r#"{"submission_id":"a","kyc":{}}"#.repeat(500));
        let block = block(bytes.clone());
        pack(std::slice::from_ref(&block));
        assert!(block.resident() * 10 < bytes.len());
        assert_eq!(block.bytes(), bytes);
        assert!(block.resident() > bytes.len(), "the unpacked bytes stay for the next record");
    }

    #[test]
    fn what_submissions_have_in_common_is_packed_once() {
        let text = |seed: u32| (0..400).map(|at: u32| format!("{:x} ", at.wrapping_mul(seed))).collect::<String>();
        let (common, shared) = (text(2_654_435_761), Arc::<SharedByBlocks>::default());
        shared.choose_dictionary(common.as_bytes());
        let block = ByteBlock::new(1, Bytes::from(format!("{common}{}", text(7))), &shared);
        pack(std::slice::from_ref(&block));
        assert!(block.resident() < common.len() / 2, "{} of {} bytes", block.resident(), block.len());
        assert!(block.bytes().starts_with(common.as_bytes()) && block.bytes().len() == block.len());
    }

    #[test]
    fn bytes_that_do_not_get_smaller_stay_as_they_are() {
        let bytes = Bytes::from_static(b"7");
        let block = block(bytes.clone());
        pack(std::slice::from_ref(&block));
        assert!(matches!(&*block.state(), BlockState::Incompressible(_)));
        assert_eq!(block.bytes(), bytes);
    }

    #[test]
    fn only_the_last_few_blocks_stay_unpacked() {
        let shared = Arc::default();
        let blocks: Vec<_> = (1..=10).map(|id| ByteBlock::new(id, Bytes::from("x".repeat(10_000)), &shared)).collect();
        pack(&blocks);
        assert!(blocks.iter().all(|block| block.bytes().len() == 10_000));
        let unpacked: Vec<BlockId> =
            blocks.iter().filter(|block| block.resident() > 10_000).map(|block| block.id).collect();
        assert_eq!(unpacked, [8, 9, 10]);
    }
}

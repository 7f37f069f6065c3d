//! Buffer that collects the body of an HTTP answer while the body is received.

use bytes::Bytes;
use zeroize::Zeroize;

/// Size, in bytes, of the address space that is reserved for the body of one answer: twice the largest allowed answer.
/// Only the written part of this space takes memory. A freed block of this size returns to the operating system at
/// once, because the C library (glibc) keeps only smaller blocks.
const RESERVED_BYTES: usize = 33 << 20;

/// Smallest size, in bytes, of a complete body that keeps all of its reserved address space. If the body is smaller,
/// [`BodyBuffer::join`] gives the unused space back.
const MIN_UNCOPIED_BYTES: usize = 1 << 20;

/// Received bytes of the body of one answer. Adding bytes never copies the bytes that arrived earlier, so no bytes are
/// in memory twice. Bytes that are not taken out with [`Self::join`] or [`Self::into_bytes`], such as those of an
/// answer that is too large, are wiped.
#[derive(Default)]
pub(super) struct BodyBuffer(Vec<u8>);

impl BodyBuffer {
    /// Returns the number of bytes of the body that were received so far.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Copies `bytes`, the next received piece of the body, to the end of the buffer. Each piece arrives in a large
    /// buffer of the network library. Because the piece is copied, that large buffer can be freed.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.0.capacity() == 0 {
            self.0 = reserve_buffer();
        }
        self.0.extend_from_slice(bytes);
    }

    /// Returns the whole received body as one piece of memory. If the body is smaller than [`MIN_UNCOPIED_BYTES`], the
    /// unused part of the reserved address space is given back to the operating system.
    pub(super) fn join(mut self) -> Bytes {
        if self.0.len() < MIN_UNCOPIED_BYTES {
            self.0.shrink_to_fit();
        }
        std::mem::take(&mut self.0).into()
    }

    /// Returns the whole received body. The unused part of the reserved address space is kept: giving it back could
    /// move the bytes and leave a copy of them in memory.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }
}

impl Drop for BodyBuffer {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}

/// Returns an empty buffer with address space for the largest allowed answer. Its memory returns to the operating
/// system as soon as the buffer is dropped.
pub(super) fn reserve_buffer() -> Vec<u8> {
    Vec::with_capacity(RESERVED_BYTES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_was_pushed_is_joined(sizes in prop::collection::vec(0..300_000_usize, 0..6)) {
            let mut pieces = BodyBuffer::default();
            let mut whole = Vec::new();
            for (byte, size) in (0_u8..).zip(sizes) {
                let bytes = vec![byte; size];
                pieces.push(&bytes);
                whole.extend(bytes);
            }
            prop_assert_eq!(pieces.len(), whole.len());
            prop_assert!(pieces.join() == whole);
        }
    }

    #[test]
    fn bytes_are_not_moved() {
        let mut pieces = BodyBuffer::default();
        pieces.push(b"x");
        let place = pieces.0.as_ptr();
        (0..16).for_each(|_| pieces.push(&[0; 1 << 20]));
        assert_eq!(pieces.0.as_ptr(), place);
    }
}

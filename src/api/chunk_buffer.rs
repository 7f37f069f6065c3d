//! Buffer for the body of an answer while the body arrives.

use bytes::Bytes;

/// Size in bytes of the address space that is reserved for a body: twice the size of the largest answer. Only the part
/// that is written to takes memory. The size is chosen for glibc: a freed block of this size returns to the system at
/// once. After a smaller block is freed, glibc would keep later blocks up to the size of that block.
const ROOM: usize = 33 << 20;

/// Smallest size in bytes of a finished body that keeps its whole address space.
const LARGE: usize = 1 << 20;

/// Received bytes of a body, in the order of arrival. New bytes never move the earlier bytes. The earlier bytes are
/// therefore never in memory twice.
#[derive(Default)]
pub(super) struct Pieces(Vec<u8>);

impl Pieces {
    /// Returns the number of received bytes.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Copies bytes to the end of the buffer. Without the copy, a small piece would keep the large network buffer in
    /// memory in which the piece arrived.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.0.capacity() == 0 {
            self.0.reserve_exact(ROOM);
        }
        self.0.extend_from_slice(bytes);
    }

    /// Returns the whole body. A body smaller than [`LARGE`] gives its unused room back.
    pub(super) fn join(mut self) -> Bytes {
        if self.0.len() < LARGE {
            self.0.shrink_to_fit();
        }
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_was_pushed_is_joined(sizes in prop::collection::vec(0..300_000_usize, 0..6)) {
            let mut pieces = Pieces::default();
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
        let mut pieces = Pieces::default();
        pieces.push(b"x");
        let place = pieces.0.as_ptr();
        (0..16).for_each(|_| pieces.push(&[0; 1 << 20]));
        assert_eq!(pieces.0.as_ptr(), place);
    }
}

//! What has come of a body so far.

use bytes::Bytes;

/// Bytes in pieces of one size. One buffer would be moved each time it is full, and hold up to three times what came
/// while it is; what is too large in the end is never joined.
#[derive(Default)]
pub(super) struct Pieces {
    pieces: Vec<Vec<u8>>,
    length: usize,
}

impl Pieces {
    /// Bytes of a piece: an ordinary page fits into one.
    const SIZE: usize = 256 * 1024;

    /// How many bytes there are.
    pub(super) const fn len(&self) -> usize {
        self.length
    }

    /// Copies bytes to the end: kept as they are, small ones would hold on to the buffers that they came in.
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len();
        while !bytes.is_empty() {
            match self.pieces.last_mut().filter(|piece| piece.len() < Self::SIZE) {
                Some(piece) => {
                    let (fits, rest) = bytes.split_at(bytes.len().min(Self::SIZE - piece.len()));
                    piece.extend_from_slice(fits);
                    bytes = rest;
                }
                None => self.pieces.push(Vec::with_capacity(Self::SIZE)),
            }
        }
    }

    /// All of it in one. Each piece is given back as soon as it is copied.
    pub(super) fn join(self) -> Bytes {
        let mut whole = Vec::with_capacity(self.length);
        self.pieces.into_iter().for_each(|piece| whole.extend_from_slice(&piece));
        whole.into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_was_pushed_is_joined(sizes in prop::collection::vec(0..2 * Pieces::SIZE, 0..6)) {
            let mut pieces = Pieces::default();
            let mut whole = Vec::new();
            for (byte, size) in (0_u8..).zip(sizes) {
                let bytes = vec![byte; size];
                pieces.push(&bytes);
                whole.extend(bytes);
            }
            prop_assert_eq!(pieces.len(), whole.len());
            prop_assert!(pieces.pieces.iter().all(|piece| piece.capacity() == Pieces::SIZE));
            prop_assert!(pieces.join() == whole);
        }
    }
}

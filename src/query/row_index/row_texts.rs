//! One text for each row, all in one block of memory.

use memchr::memmem::Finder;

use crate::kit::growth;

/// Value that means "no index". In `piece_of_row`, it marks a row without a text. In `row_of_piece`, it marks a piece
/// of `bytes` that no row uses any more.
const NO_INDEX: u32 = u32::MAX;

/// One text for each row, all in one block of memory (`bytes`). A piece is the stretch of this block that holds one
/// text of one row.
///
/// When the text of a row changes, the new text is added at the end as a further piece, and the old piece is unused.
/// When more than half of the memory is unused, the block is made again with the used pieces only, in the order of the
/// rows.
#[derive(Default)]
pub(super) struct RowTexts {
    bytes: Vec<u8>,
    /// For each piece of `bytes` (a text of one row), the index of its first byte. A piece ends where the next one
    /// starts.
    starts: Vec<usize>,
    /// For each piece of `bytes`, the index of the row whose text it is; [`NO_INDEX`] for an unused piece.
    row_of_piece: Vec<u32>,
    /// For each row, the number of the piece of `bytes` with its text; [`NO_INDEX`] for a row without a text.
    piece_of_row: Vec<u32>,
    /// Number of bytes in unused pieces, which hold earlier texts of rows.
    unused: usize,
}

impl RowTexts {
    /// Returns the text of the row with the index `at`; empty if the row has none.
    pub(super) fn text(&self, at: usize) -> &[u8] {
        let place = self.piece_of_row.get(at).map_or(usize::MAX, |place| *place as usize);
        let Some(start) = self.starts.get(place) else { return &[] };
        let end = self.starts.get(place + 1).copied().unwrap_or(self.bytes.len());
        self.bytes.get(*start..end).unwrap_or_default()
    }

    /// Replaces the text of the row with the index `at` by `text`.
    pub(super) fn set(&mut self, at: usize, text: &[u8]) {
        let known = self.text(at);
        if known == text {
            return;
        }
        self.unused += known.len();
        if let Some(place) = self.piece_of_row.get_mut(at) {
            self.row_of_piece.get_mut(*place as usize).into_iter().for_each(|row| *row = NO_INDEX);
            *place = NO_INDEX;
        }
        self.add(at, text);
        if self.unused > self.bytes.len() / 2 {
            self.compact();
        }
    }

    fn add(&mut self, at: usize, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        if let Some(more @ 1..) = (at + 1).checked_sub(self.piece_of_row.len()) {
            growth::make_room(&mut self.piece_of_row, more);
            self.piece_of_row.resize(at + 1, NO_INDEX);
        }
        if let Some(place) = self.piece_of_row.get_mut(at) {
            *place = u32::try_from(self.row_of_piece.len()).unwrap_or(NO_INDEX);
            let start = self.bytes.len();
            growth::push(&mut self.starts, start);
            growth::push(&mut self.row_of_piece, u32::try_from(at).unwrap_or(NO_INDEX));
            growth::make_room(&mut self.bytes, text.len());
            self.bytes.extend_from_slice(text);
        }
    }

    /// Returns whether no text was stored, so that the block of memory is empty. Unused texts count as stored.
    pub(super) const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Returns the number of bytes that the texts take, without reserved but unused memory.
    pub(super) const fn len(&self) -> usize {
        self.bytes.len()
            + size_of_val(self.starts.as_slice())
            + size_of_val(self.row_of_piece.as_slice())
            + size_of_val(self.piece_of_row.as_slice())
    }

    fn compact(&mut self) {
        let old = std::mem::take(self);
        self.bytes.reserve(old.bytes.len() - old.unused);
        for at in 0..old.piece_of_row.len() {
            self.add(at, old.text(at));
        }
    }

    /// Searches for the text of `finder` in the rows for which `pending` is true, and sets it to false where the text
    /// is found. `pending` has a value for each row.
    pub(super) fn find(&self, finder: &Finder<'_>, pending: &mut [bool]) {
        let mut piece = 0;
        loop {
            // Most letters are found in most rows already in the first level: the pieces of such rows are passed over.
            let rows = self.row_of_piece.get(piece..).unwrap_or_default();
            let is_pending = |row: &u32| pending.get(*row as usize).copied().unwrap_or_default();
            let Some(passed) = rows.iter().position(is_pending) else { return };
            piece += passed;
            let Some(from) = self.starts.get(piece) else { return };
            let Some(hit) = self.bytes.get(*from..).and_then(|rest| finder.find(rest)) else { return };
            piece = self.piece_of(from + hit, piece);
            let row = self.row_of_piece.get(piece).and_then(|row| pending.get_mut(*row as usize));
            row.into_iter().for_each(|pending| *pending = false);
            piece += 1;
        }
    }

    /// Returns the number of the piece (the text of one row in `bytes`) that contains the byte at the index `hit`. The
    /// search begins at the piece `from`, which must be this piece or an earlier one.
    fn piece_of(&self, hit: usize, from: usize) -> usize {
        // Hits are near to each other or rare: look at the next pieces, then at pieces ever further away.
        let (mut low, mut step) = (from, 1);
        while self.starts.get(low + step).is_some_and(|start| *start <= hit) {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.starts.len());
        let rest = self.starts.get(low..high).unwrap_or_default();
        low + rest.partition_point(|start| *start <= hit).saturating_sub(1)
    }
}

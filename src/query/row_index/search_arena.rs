//! The search forms of all rows in one piece of memory for each level of privacy.

use memchr::memmem::Finder;

use crate::kit::growth;
use crate::submission::row::SearchForms;
use crate::text::Mask;

/// In `piece_of_row`, marks a row without a piece; in `row_of_piece`, marks a piece that belongs to no row.
const NO_INDEX: u32 = u32::MAX;

/// The search forms of the texts of all rows (see [`SearchForms`]), in one piece of memory for each level of privacy. A
/// search at a mask level reads only the pieces of memory that the level shows.
///
/// The forms of a row are added at the end when the row changes, and the old ones are then unused. When more than half
/// of a piece of memory is unused, the used forms are moved together, in the order of the rows.
#[derive(Default)]
pub(in crate::query) struct SearchArena {
    levels: [LevelTexts; SearchForms::LEVELS.len()],
}

impl SearchArena {
    /// Replaces the search forms of the row with the index `at`. `forms` holds them for each level of privacy.
    pub(super) fn set(&mut self, at: usize, forms: &[String; SearchForms::LEVELS.len()]) {
        for (level, form) in self.levels.iter_mut().zip(forms) {
            level.set(at, form.as_bytes());
        }
    }

    /// Searches the text of `finder` in the texts of the rows for which `pending` is true, as far as the mask level
    /// `mask` shows them, and sets `pending` to false for each row in which it is found. `pending` has a value for each
    /// row.
    pub(in crate::query) fn find(&self, finder: &Finder<'_>, mask: Mask, pending: &mut [bool]) {
        self.shown(mask).for_each(|level| level.find(finder, pending));
    }

    /// Returns whether a search finds the text of `finder` in the row with the index `at`. Only texts that the mask
    /// level `mask` shows are searched.
    pub(in crate::query) fn contains(&self, at: usize, finder: &Finder<'_>, mask: Mask) -> bool {
        self.shown(mask).any(|level| finder.find(level.text(at)).is_some())
    }

    fn shown(&self, mask: Mask) -> impl Iterator<Item = &LevelTexts> {
        let levels = self.levels.iter().zip(SearchForms::LEVELS);
        levels.filter(move |(level, class)| !class.hidden_at(mask) && !level.bytes.is_empty()).map(|it| it.0)
    }

    /// Returns one line of the search forms of the row with the index `at`. `part` is the index of the part in
    /// [`SearchForms`], and `line` the number of the line in this part. The result is empty if there is no such line.
    pub(super) fn line(&self, at: usize, (part, line): (usize, usize)) -> &[u8] {
        let Some(text) = self.levels.get(part).map(|level| level.text(at)) else { return &[] };
        let mut start = 0;
        for (number, end) in memchr::memchr_iter(b'\n', text).enumerate() {
            if number == line {
                return text.get(start..end).unwrap_or_default();
            }
            start = end + 1;
        }
        &[]
    }

    pub(super) fn bytes(&self) -> usize {
        let size = |level: &LevelTexts| {
            level.bytes.len()
                + size_of_val(level.starts.as_slice())
                + size_of_val(level.row_of_piece.as_slice())
                + size_of_val(level.piece_of_row.as_slice())
        };
        self.levels.iter().map(size).sum()
    }
}

/// The search forms of all rows for one level of privacy, one after the other.
#[derive(Default)]
struct LevelTexts {
    bytes: Vec<u8>,
    /// For each piece of `bytes`, its first byte. A piece ends where the next one starts.
    starts: Vec<usize>,
    /// For each piece of `bytes`, the row to which it belongs.
    row_of_piece: Vec<u32>,
    /// For each row, the number of its piece.
    piece_of_row: Vec<u32>,
    /// Number of bytes of pieces that belong to no row.
    unused: usize,
}

impl LevelTexts {
    fn text(&self, at: usize) -> &[u8] {
        let place = self.piece_of_row.get(at).map_or(usize::MAX, |place| *place as usize);
        let Some(start) = self.starts.get(place) else { return &[] };
        let end = self.starts.get(place + 1).copied().unwrap_or(self.bytes.len());
        self.bytes.get(*start..end).unwrap_or_default()
    }

    fn set(&mut self, at: usize, form: &[u8]) {
        let known = self.text(at);
        if known == form {
            return;
        }
        self.unused += known.len();
        if let Some(place) = self.piece_of_row.get_mut(at) {
            self.row_of_piece.get_mut(*place as usize).into_iter().for_each(|row| *row = NO_INDEX);
            *place = NO_INDEX;
        }
        self.add(at, form);
        if self.unused > self.bytes.len() / 2 {
            self.compact();
        }
    }

    fn add(&mut self, at: usize, form: &[u8]) {
        if form.is_empty() {
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
            growth::make_room(&mut self.bytes, form.len());
            self.bytes.extend_from_slice(form);
        }
    }

    fn compact(&mut self) {
        let old = std::mem::take(self);
        self.bytes.reserve(old.bytes.len() - old.unused);
        for at in 0..old.piece_of_row.len() {
            self.add(at, old.text(at));
        }
    }

    fn find(&self, finder: &Finder<'_>, pending: &mut [bool]) {
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

    /// Returns the number of the piece that contains the byte at the index `hit`. A piece is the text of one row in
    /// `bytes`. The search begins at the piece `from`, which must not come after that piece.
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

//! All rows of a store in one sort order, kept sorted while rows are added and changed.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Sort;
use crate::query::{IndexMark, RowIndex, SortKey, SortKeys};

/// Number of bytes of a text that are compared in one step. These bytes and a length make one integer of eight bytes:
/// see [`beginning`].
const STEP: usize = 7;

/// Maximum number of steps in which texts are compared. Each step compares the next [`STEP`] bytes of texts that were
/// equal before. After the last step, the rest of the texts is compared at once, since many rows with the same long
/// text would otherwise need many steps.
const STEPS: usize = 4;

/// All rows of a store in one sort order. First are the rows with a value in the sort column, then the other rows, and
/// last the items that cannot be read. Rows with equal values are in the order in which they arrived.
#[derive(Default)]
pub(super) struct SortedRows {
    rows: Vec<u32>,
    /// Position of each row in `rows`, by the index of the row in the store.
    ranks: Vec<u32>,
    /// The sort order, and the state of the store when its rows were sorted last; `None` before the first time.
    basis: Option<(Sort, IndexMark)>,
}

impl SortedRows {
    /// Sorts the rows in `index` by the sort order `sort`. If only few rows were added or changed since the last call
    /// with the same sort order, only these rows are sorted, and then merged into the others.
    pub(super) fn update(&mut self, index: &RowIndex, sort: Sort) {
        let mark = index.mark();
        if self.basis == Some((sort, mark)) {
            return;
        }
        let before = self.basis.filter(|(known, _)| *known == sort).map(|(_, mark)| mark);
        let new = before.and_then(|before| Some((before, index.changes_since(before)?)));
        let order = RowSorter { keys: index.sort_keys(sort.column), descending: sort.descending };
        let all = u32::try_from(index.len()).unwrap_or(u32::MAX);
        match new {
            Some((before, changed)) if (changed.len() + index.len() - before.rows) * 8 < index.len() => {
                self.merge(&order, changed, all);
            }
            _ => self.rows = order.sorted(0..all),
        }
        self.ranks.resize(index.len(), 0);
        for (rank, row) in (0..).zip(&self.rows) {
            self.ranks.get_mut(*row as usize).into_iter().for_each(|known| *known = rank);
        }
        self.basis = Some((sort, mark));
    }

    /// Moves changed rows to their new places in the sort order, and inserts added rows. `order` compares rows,
    /// `changed` has the indexes of the changed rows, and `all` is the number of rows of the store.
    fn merge(&mut self, order: &RowSorter<'_>, changed: &[u32], all: u32) {
        let known = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let mut changed: Vec<u32> = changed.iter().copied().filter(|row| *row < known).collect();
        changed.sort_unstable();
        changed.dedup();
        let mut kept = std::mem::take(&mut self.rows);
        if !changed.is_empty() {
            kept.retain(|row| changed.binary_search(row).is_err());
        }
        self.rows.reserve_exact(all as usize);
        let mut rest = kept.as_slice();
        for row in order.sorted(changed.into_iter().chain(known..all)) {
            let (before, after) = rest.split_at(rest.partition_point(|kept| order.compare(*kept, row).is_lt()));
            self.rows.extend_from_slice(before);
            self.rows.push(row);
            rest = after;
        }
        self.rows.extend_from_slice(rest);
    }

    /// Returns the indexes of the rows for which `shown` is true, in the sort order. `shown` has one element for each
    /// row of the store, at the index of the row.
    pub(super) fn only(&self, shown: &[bool]) -> Vec<u32> {
        // A row is written whether it is shown or not, and overwritten if not: no branch of the processor is mispredicted.
        let (mut rows, mut len) = (vec![0; self.rows.len()], 0);
        for row in &self.rows {
            rows.get_mut(len).into_iter().for_each(|place| *place = *row);
            len += usize::from(shown.get(*row as usize).copied().unwrap_or_default());
        }
        rows.truncate(len);
        rows
    }

    /// Returns the position of a row in the sort order, counted from 0 among all rows, shown or not; `None` if there is
    /// no such row.
    pub(super) fn rank(&self, row: u32) -> Option<u32> {
        self.ranks.get(row as usize).copied()
    }
}

/// Sorts rows by the values of one column.
struct RowSorter<'i> {
    keys: SortKeys<'i>,
    descending: bool,
}

impl<'i> RowSorter<'i> {
    /// Returns `rows` in the sort order. `rows` are indexes of rows, and must be in ascending order.
    fn sorted(&self, rows: impl Iterator<Item = u32>) -> Vec<u32> {
        let (mut numbers, mut texts, mut nothing, mut unreadable) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match self.keys.of(row) {
                _ if self.keys.is_unreadable(row) => unreadable.push(row),
                SortKey::Number(number) => numbers.push((self.directed(number), row)),
                SortKey::Text(text) => texts.push((row, text)),
                SortKey::Nothing => nothing.push(row),
            }
        }
        numbers.sort_unstable();
        let mut sorted: Vec<u32> = numbers.into_iter().map(|(_, row)| row).collect();
        sorted.extend(self.sorted_texts(&texts));
        sorted.append(&mut nothing);
        sorted.append(&mut unreadable);
        sorted
    }

    fn directed(&self, key: u64) -> u64 {
        if self.descending { !key } else { key }
    }

    fn sorted_texts(&self, texts: &[(u32, Cow<'i, [u8]>)]) -> impl Iterator<Item = u32> {
        let mut places: Vec<(u64, u32)> =
            (0..u32::try_from(texts.len()).unwrap_or(u32::MAX)).map(|at| (0, at)).collect();
        self.sort_texts(texts, &mut places, 0);
        places.into_iter().filter_map(|(_, at)| texts.get(at as usize).map(|(row, _)| *row))
    }

    /// Sorts `places` by their texts. A place is a pair: a number that this function computes to compare texts, and an
    /// index in `texts`. Only the bytes from the index `from` on are compared, since all bytes before it are equal.
    fn sort_texts(&self, texts: &[(u32, Cow<'i, [u8]>)], places: &mut [(u64, u32)], from: usize) {
        let rest = |at: u32| texts.get(at as usize).and_then(|(_, text)| text.get(from..)).unwrap_or_default();
        if from >= STEP * STEPS {
            return places.sort_unstable_by(|(_, one), (_, other)| {
                self.in_direction(rest(*one).cmp(rest(*other))).then(one.cmp(other))
            });
        }
        for (key, at) in places.iter_mut() {
            *key = self.directed(beginning(rest(*at)));
        }
        places.sort_unstable();
        let is_longer = |key: u64| self.directed(key) & 0xff > STEP as u64;
        for alike in places.chunk_by_mut(|one, other| one.0 == other.0) {
            if alike.len() > 1 && alike.first().is_some_and(|(key, _)| is_longer(*key)) {
                self.sort_texts(texts, alike, from + STEP);
            }
        }
    }

    const fn in_direction(&self, order: Ordering) -> Ordering {
        if self.descending { order.reverse() } else { order }
    }

    /// Compares two rows, given by their indexes, by their places in the sort order.
    fn compare(&self, one: u32, other: u32) -> Ordering {
        let class = |row: u32, key: &SortKey<'_>| (self.keys.is_unreadable(row), *key == SortKey::Nothing);
        let (key, other_key) = (self.keys.of(one), self.keys.of(other));
        let by_class = class(one, &key).cmp(&class(other, &other_key));
        by_class.then_with(|| self.in_direction(key.cmp(&other_key))).then(one.cmp(&other))
    }
}

/// Returns the first [`STEP`] bytes of a text, followed by its length, as one integer. A length of more than [`STEP`]
/// counts as [`STEP`] + 1. The integers have the same order as the beginnings of the texts. Texts with equal integers
/// are equal, or all longer than [`STEP`] bytes.
fn beginning(text: &[u8]) -> u64 {
    let mut bytes = [0; STEP + 1];
    bytes.iter_mut().zip(text).take(STEP).for_each(|(byte, of_text)| *byte = *of_text);
    let length = u8::try_from(text.len().min(STEP + 1)).unwrap_or(u8::MAX);
    bytes.iter_mut().skip(STEP).for_each(|byte| *byte = length);
    u64::from_be_bytes(bytes)
}

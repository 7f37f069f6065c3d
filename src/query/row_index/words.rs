//! Storage for the words of one column of the list, such as the words of the status. Each distinct word is stored once.
//! For each row, only a small number that identifies its word is stored.

use std::collections::HashMap;

use crate::submission::row::{Cell, Column, Row};

/// Largest number of distinct words that a column stores. The documented vocabularies have at most dozens of words.
/// Only a damaged or hostile service sends more; further words are then read from the rows.
const MOST: usize = 4096;

/// Size in bytes of the longest word that a column stores. Longer words are read from the rows.
const LONGEST: usize = 64;

/// Number of a word in a [`WordColumn`], such as `approved` in the column of the status. Some numbers mean that the
/// row's cell is empty, unclear or not fetched, or that the column does not keep its word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::query) struct WordId(u16);

impl WordId {
    const NOT_FETCHED: Self = Self(0);
    const EMPTY: Self = Self(1);
    const UNCLEAR: Self = Self(2);
    /// Number of every word that the column does not store, because it is too long or there are too many words. Such a
    /// word must be read from the row.
    const NOT_KEPT: Self = Self(3);
    const FIRST: usize = 4;

    pub(in crate::query) const fn is_not_kept(self) -> bool {
        self.0 == Self::NOT_KEPT.0
    }

    pub(in crate::query) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One cell of a column of words, with two facts about its row that a term of the filter needs to decide whether it
/// matches.
#[derive(Clone, Copy)]
pub(in crate::query) struct WordCell<'a> {
    pub(in crate::query) cell: Cell<'a>,
    /// Whether the row holds only the beginning of the cell's text, because the text is too long.
    pub(in crate::query) is_cut: bool,
    /// Whether the attempts of the submission were not fetched. Then the retry codes in the cell may be incomplete.
    /// Always false in columns other than the retry codes.
    pub(in crate::query) lacks_attempts: bool,
}

impl<'a> WordCell<'a> {
    pub(in crate::query) fn of(row: &'a Row, column: Column) -> Self {
        Self {
            cell: row.cell(column),
            is_cut: row.is_cut(column),
            lacks_attempts: column == Column::Retry && row.cell(Column::Attempts) == Cell::NotFetched,
        }
    }
}

/// The words of all rows in one column, such as the status. Each distinct word is stored once. For each row, only the
/// number of its word is stored.
#[derive(Default)]
pub(in crate::query) struct WordColumn {
    ids: Vec<u16>,
    distinct: Vec<(Box<str>, bool, bool)>,
    /// For each text, the numbers ([`WordId`]) of its four variants: whole or cut, each in a row that has or lacks the
    /// attempts. A variant that did not occur yet has the number [`WordId::NOT_KEPT`].
    known: HashMap<Box<str>, [u16; 4]>,
}

impl WordColumn {
    pub(super) fn set(&mut self, at: usize, row: &Row, column: Column) {
        let id = self.id_of(WordCell::of(row, column));
        super::set_or_push(&mut self.ids, at, id.0);
    }

    fn id_of(&mut self, word: WordCell<'_>) -> WordId {
        let text = match word.cell {
            Cell::NotFetched => return WordId::NOT_FETCHED,
            Cell::Empty => return WordId::EMPTY,
            Cell::Unclear | Cell::Span(_) => return WordId::UNCLEAR,
            Cell::Text(text) if text.len() > LONGEST => return WordId::NOT_KEPT,
            Cell::Text(text) => text,
        };
        let form = usize::from(word.is_cut) + 2 * usize::from(word.lacks_attempts);
        if let Some(id) = self.known.get(text).and_then(|ids| ids.get(form)).filter(|id| **id != WordId::NOT_KEPT.0) {
            return WordId(*id);
        }
        let Some(id) = u16::try_from(WordId::FIRST + self.distinct.len()).ok().filter(|_| self.distinct.len() < MOST)
        else {
            return WordId::NOT_KEPT;
        };
        self.distinct.push((text.into(), word.is_cut, word.lacks_attempts));
        let ids = self.known.entry(text.into()).or_insert([WordId::NOT_KEPT.0; 4]);
        ids.get_mut(form).into_iter().for_each(|known| *known = id);
        WordId(id)
    }

    /// Returns the number of the word of each row, in the order of the rows. [`WordId::index`] of such a number is the
    /// index of the word's result in the list that [`Self::map`] returns.
    pub(in crate::query) fn ids(&self) -> impl Iterator<Item = WordId> + Clone {
        self.ids.iter().map(|id| WordId(*id))
    }

    pub(in crate::query) fn id(&self, at: usize) -> WordId {
        self.ids.get(at).map_or(WordId::NOT_FETCHED, |id| WordId(*id))
    }

    /// Returns the number of the word of each row whose index is in `range`.
    pub(in crate::query) fn ids_in(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = WordId> {
        self.ids.get(range).unwrap_or_default().iter().map(|id| WordId(*id))
    }

    /// Calls `of` for each distinct cell of the column, and returns the results. The result for the cell with the
    /// number `id` is at `id.index()`. The result for a word that the column does not store ([`WordId::is_not_kept`])
    /// has no meaning: read the word from its row.
    pub(in crate::query) fn map<T>(&self, mut of: impl FnMut(WordCell<'_>) -> T) -> Vec<T> {
        let plain = |cell| WordCell { cell, is_cut: false, lacks_attempts: false };
        let mut results: Vec<T> = [Cell::NotFetched, Cell::Empty, Cell::Unclear, Cell::Unclear]
            .into_iter()
            .map(|cell| of(plain(cell)))
            .collect();
        let texts = self.distinct.iter();
        results.extend(texts.map(|(text, is_cut, lacks_attempts)| {
            of(WordCell { cell: Cell::Text(text), is_cut: *is_cut, lacks_attempts: *lacks_attempts })
        }));
        results
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.ids.as_slice()) + self.distinct.iter().map(|(text, ..)| 2 * text.len() + 64).sum::<usize>()
    }
}

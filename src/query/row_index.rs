//! The values of many rows, laid out so that a filter or a sort order reads only what it needs.
//!
//! A row on its own keeps its texts in a separate allocation. A test of 100,000 such rows would read 100,000 places in
//! memory. A [`RowIndex`] keeps the values that filters and sort orders compare, column by column. Each distinct word
//! of a column is kept once, and numbers and times are kept as numbers. The search forms of all texts (in lower case,
//! without accents and width) are in a few blocks of memory. A test of all rows with the index gives the same answers
//! as [`Query::judge`](super::Query::judge) for each row.

mod row_texts;
mod search_arena;
mod shapes;
mod sort_keys;
mod spelling;
mod words;

use std::borrow::Cow;

use super::PartSet;
use crate::kit::growth;
use crate::submission::row::{COLUMNS, Cell, Column, ColumnKind, Row, RowTimes, SearchForms};
use row_texts::RowTexts;
pub(super) use search_arena::SearchArena;
pub(super) use shapes::{CellState, RowShape, RowShapes};
pub use sort_keys::{SortKey, SortKeys};
use spelling::Speller;
pub(super) use words::{WordCell, WordColumn, WordId};

/// Value that a column of times has for a row without a time.
const NO_TIME: i64 = i64::MIN;

/// Facts about one row besides its values: whether it can be read, and which parts of its submission were requested.
#[derive(Clone, Copy, Default)]
pub(super) struct RowFetch {
    /// Whether the list item of the row cannot be read as a submission.
    pub(super) is_unreadable: bool,
    /// Whether the service answered that it has no full record of the submission any more. Nothing more can be fetched
    /// then.
    pub(super) is_gone: bool,
    /// The parts of the submission (groups of fields, such as `aml`) that were requested.
    pub(super) requested: PartSet,
}

/// A state of a [`RowIndex`] that the caller remembers: how many rows it had, and how many changes were made until
/// then. With it, [`RowIndex::changes_since`] returns later which rows changed since that state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndexMark {
    /// Number of rows at this moment.
    pub rows: usize,
    changes: u64,
}

/// The values of all rows of a store, column by column, in the order of the rows in the store. The store adds a row
/// with [`Self::push`] and replaces one with [`Self::replace`]. The type has no `Debug`, since it holds identity data.
pub struct RowIndex {
    shapes: RowShapes,
    /// For each column, the word of each row (a short value such as a status); empty for a column without words.
    words: Vec<WordColumn>,
    /// For each column, the number in each row; NaN for a row without a number. Empty for a column without numbers.
    numbers: Vec<Vec<f64>>,
    /// For each column, the time of each row in milliseconds since 1970. Empty for a column that does not hold times.
    times: Vec<Vec<i64>>,
    texts: SearchArena,
    /// For each row, the differences between its texts as sent and their search forms (in lower case, without accents
    /// and width). With the search forms, these differences give back the texts as sent.
    spellings: RowTexts,
    row_times: Vec<RowTimes>,
    fetches: Vec<RowFetch>,
    forms: SearchForms,
    /// Indexes of the rows that were replaced, in the order of the changes. `forgotten` is the number of earlier
    /// changes that were removed from the front of this list.
    changed: Vec<u32>,
    forgotten: u64,
}

impl Default for RowIndex {
    fn default() -> Self {
        Self {
            shapes: RowShapes::default(),
            words: COLUMNS.iter().map(|_| WordColumn::default()).collect(),
            numbers: COLUMNS.iter().map(|_| Vec::new()).collect(),
            times: COLUMNS.iter().map(|_| Vec::new()).collect(),
            texts: SearchArena::default(),
            spellings: RowTexts::default(),
            row_times: Vec::new(),
            fetches: Vec::new(),
            forms: SearchForms::default(),
            changed: Vec::new(),
            forgotten: 0,
        }
    }
}

impl RowIndex {
    /// Adds a row at the end. `is_readable` is false if the list item cannot be read as a submission; `row` is then
    /// empty.
    pub fn push(&mut self, row: &Row, is_readable: bool) {
        let at = self.fetches.len();
        growth::push(&mut self.fetches, RowFetch { is_unreadable: !is_readable, ..RowFetch::default() });
        self.set(at, row);
    }

    /// Replaces the row at the index `index` by `row`. Does nothing if there is no such row.
    pub fn replace(&mut self, index: u32, row: &Row) {
        if (index as usize) < self.fetches.len() {
            self.set(index as usize, row);
            if self.changed.len() > self.fetches.len() / 4 + 64 {
                self.forgotten += self.changed.len() as u64;
                self.changed.clear();
            }
            self.changed.push(index);
        }
    }

    fn set(&mut self, at: usize, row: &Row) {
        self.forms.fill(row);
        self.shapes.set(at, RowShape::of(row, self.forms.has_line_ends()));
        self.texts.set(at, self.forms.parts());
        self.spellings.set(at, &self.spelling_of(row));
        set_or_push(&mut self.row_times, at, row.times());
        for spec in &COLUMNS {
            let (column, place) = (spec.column, spec.column as usize);
            match spec.kind {
                ColumnKind::Text => {}
                ColumnKind::Word | ColumnKind::Words | ColumnKind::Judgement => {
                    self.words.get_mut(place).into_iter().for_each(|words| words.set(at, row, column));
                }
                ColumnKind::Number | ColumnKind::Count | ColumnKind::Duration => {
                    let number = row.number(column).unwrap_or(f64::NAN);
                    self.numbers.get_mut(place).into_iter().for_each(|numbers| set_or_push(numbers, at, number));
                }
                ColumnKind::Time => {
                    let time = row.time(column).map(|at| at.as_nanosecond().div_euclid(1_000_000));
                    let time = time.and_then(|ms| ms.try_into().ok()).unwrap_or(NO_TIME);
                    self.times.get_mut(place).into_iter().for_each(|times| set_or_push(times, at, time));
                }
            }
        }
    }

    /// Returns the differences between the texts of `row` and their search forms (in lower case, without accents and
    /// width). `self.forms` must hold these search forms. With the differences, the texts can be restored from the
    /// search forms.
    fn spelling_of(&self, row: &Row) -> Vec<u8> {
        let mut spelling = Vec::new();
        let mut forms = self.forms.parts().each_ref().map(|part| part.split_terminator('\n'));
        for column in Column::sent() {
            if let Cell::Text(text) = row.cell(column) {
                let form = forms.get_mut(SearchForms::part_of(row.class(column))).and_then(Iterator::next);
                spelling::append(&mut spelling, column, text, form.unwrap_or_default());
            }
        }
        spelling
    }

    /// Returns the row at the index `index`; an empty row if there is no such row. The row is created on each call from
    /// the values in the index, which takes about a microsecond.
    pub fn row(&self, index: u32) -> Row {
        let at = index as usize;
        match (self.shapes.of_row(at), self.row_times.get(at)) {
            (Some(shape), Some(times)) => shape.row_with(*times, self.texts_of(at)),
            _ => Row::default(),
        }
    }

    /// Returns the text in `column` of the row at the index `index`; `None` if the row has no text there.
    pub fn text(&self, index: u32, column: Column) -> Option<Cow<'_, str>> {
        self.texts_of(index as usize).find(|(of, _)| *of == column).map(|(_, text)| text)
    }

    /// Returns whether every column that the service sends was fetched for the row at the index `index`, as
    /// [`Row::carries_all`] does. False if there is no such row.
    pub fn carries_all(&self, index: u32) -> bool {
        self.shapes.of_row(index as usize).is_some_and(RowShape::carries_all)
    }

    /// Iterates over the texts of the row with the index `at`, as they were sent, in the order of the columns.
    fn texts_of(&self, at: usize) -> impl Iterator<Item = (Column, Cow<'_, str>)> {
        let mut forms = self.texts.of_row(at).map(|forms| forms.split_terminator('\n'));
        let mut speller = Speller::new(self.spellings.text(at));
        let shape = self.shapes.of_row(at);
        Column::sent().filter_map(move |column| {
            let shape = shape.filter(|shape| shape.state(column) == CellState::Filled)?;
            let form = forms.get_mut(SearchForms::part_of(shape.class(column))).and_then(Iterator::next);
            Some((column, speller.text(column, form.unwrap_or_default())))
        })
    }

    /// Stores for the row at the index `index` which parts of its submission were requested so far (`requested`).
    /// `is_gone` says whether the service no longer finds the full record.
    pub fn note_fetch(&mut self, index: u32, requested: PartSet, is_gone: bool) {
        if let Some(fetch) = self.fetches.get_mut(index as usize) {
            (fetch.requested, fetch.is_gone) = (requested, is_gone);
        }
    }

    /// Returns the number of rows in the index.
    pub const fn len(&self) -> usize {
        self.fetches.len()
    }

    /// Returns whether the index has no row.
    pub const fn is_empty(&self) -> bool {
        self.fetches.is_empty()
    }

    /// Returns a mark of the present state of the index. [`Self::changes_since`] takes this mark later, to say which
    /// rows were replaced since then.
    pub const fn mark(&self) -> IndexMark {
        IndexMark { rows: self.fetches.len(), changes: self.forgotten + self.changed.len() as u64 }
    }

    /// Returns the indexes of the rows that were replaced since `mark`. An index may occur more than once. Rows that
    /// were added after `mark` and then replaced are among them. Returns `None` if the index no longer knows all these
    /// changes. Every row may have changed then.
    pub fn changes_since(&self, mark: IndexMark) -> Option<&[u32]> {
        let from = mark.changes.checked_sub(self.forgotten)?;
        self.changed.get(usize::try_from(from).ok()?..)
    }

    /// Returns the number of bytes that the values of all rows take, without reserved but unused memory.
    pub fn bytes(&self) -> usize {
        let numbers: usize = self.numbers.iter().map(|column| size_of_val(column.as_slice())).sum();
        let times: usize = self.times.iter().map(|column| size_of_val(column.as_slice())).sum();
        let words: usize = self.words.iter().map(WordColumn::bytes).sum();
        let rows = self.spellings.len() + size_of_val(self.row_times.as_slice());
        numbers + times + words + rows + self.texts.bytes() + self.shapes.bytes() + size_of_val(self.fetches.as_slice())
    }

    pub(super) const fn shapes(&self) -> &RowShapes {
        &self.shapes
    }

    pub(super) const fn texts(&self) -> &SearchArena {
        &self.texts
    }

    pub(super) fn fetches(&self) -> &[RowFetch] {
        &self.fetches
    }

    /// Returns the words of all rows in `column`; `None` if the column does not hold words.
    pub(super) fn words(&self, column: Column) -> Option<&WordColumn> {
        let is_of_words = matches!(column.kind(), ColumnKind::Word | ColumnKind::Words | ColumnKind::Judgement);
        self.words.get(column as usize).filter(|_| is_of_words)
    }

    /// Returns the numbers of all rows in `column`, with NaN for a row without a number. Empty if the column does not
    /// hold numbers.
    pub(super) fn numbers(&self, column: Column) -> &[f64] {
        self.numbers.get(column as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the times of all rows in `column`, in milliseconds since 1970, with `i64::MIN` for a row without a time.
    /// Empty if the column does not hold times.
    pub(super) fn times(&self, column: Column) -> &[i64] {
        self.times.get(column as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the values of all rows in `column`, in the form in which a sort by this column compares them.
    pub fn sort_keys(&self, column: Column) -> SortKeys<'_> {
        SortKeys::new(self, column)
    }
}

/// Replaces the value at the index `at` of `column`, or appends it if there is no such value.
fn set_or_push<T>(column: &mut Vec<T>, at: usize, value: T) {
    match column.get_mut(at) {
        Some(known) => *known = value,
        None => growth::push(column, value),
    }
}

#[cfg(test)]
mod tests;

//! The values of rows by which the list is sorted.

use std::borrow::Cow;

use super::{NO_TIME, RowIndex, WordColumn};
use crate::submission::row::{Column, ColumnKind};
use crate::text::search_form;

/// The value of one row in the sort column, in a form that can be compared. All values of one column are of the same
/// variant, except that `Nothing` occurs in every column.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey<'i> {
    /// A number, a time, or the rank of a word: its position among the sorted words of the column.
    Number(u64),
    /// The text of the cell in its search form: lower case, without accents and differences of width.
    Text(Cow<'i, [u8]>),
    /// The row has no value in the column.
    Nothing,
}

/// The values of all rows in the sort column.
pub struct SortKeys<'i> {
    index: &'i RowIndex,
    source: Source<'i>,
    column: Column,
}

enum Source<'i> {
    Numbers(&'i [f64]),
    Times(&'i [i64]),
    /// The distinct words of the column, and the rank of each in the sort order; `None` for a cell without a word.
    Words(&'i WordColumn, Vec<Option<u32>>),
    /// For each shape of rows (which cells have a value, and how private each text is), the position of the search form
    /// of the text in the column. The numbers are the index of the privacy level and the line within it. `None` if the
    /// text must be read from the row itself.
    Lines(Vec<Option<(usize, usize)>>),
    /// Nothing is prepared: for each row, the text is read from the row when it is compared.
    Rows,
}

impl<'i> SortKeys<'i> {
    pub(super) fn new(index: &'i RowIndex, column: Column) -> Self {
        let source = match column.kind() {
            ColumnKind::Number | ColumnKind::Count | ColumnKind::Duration => Source::Numbers(index.numbers(column)),
            ColumnKind::Time => Source::Times(index.times(column)),
            ColumnKind::Text => Source::Lines(index.shapes.map(|shape| shape.line_of(column))),
            ColumnKind::Word | ColumnKind::Words | ColumnKind::Judgement => match index.words(column) {
                Some(words) if !words.ids().any(super::WordId::is_not_kept) => Source::Words(words, ranks(words)),
                _ => Source::Rows,
            },
        };
        Self { index, source, column }
    }

    /// Returns the value by which the row with the index `row` is sorted.
    pub fn of(&self, row: u32) -> SortKey<'i> {
        let at = row as usize;
        let number = match &self.source {
            Source::Numbers(numbers) => {
                numbers.get(at).filter(|number| !number.is_nan()).map(|number| ordered(*number))
            }
            Source::Times(times) => {
                times.get(at).filter(|time| **time != NO_TIME).map(|time| time.cast_unsigned() ^ (1 << 63))
            }
            Source::Words(words, ranks) => ranks.get(words.id(at).index()).copied().flatten().map(u64::from),
            Source::Lines(lines) => return self.line(row, lines),
            Source::Rows => return self.text(row),
        };
        number.map_or(SortKey::Nothing, SortKey::Number)
    }

    /// Returns whether the item with the index `row` cannot be read as a submission. Such items are sorted after all
    /// rows.
    pub fn is_unreadable(&self, row: u32) -> bool {
        self.index.fetches.get(row as usize).is_none_or(|fetch| fetch.is_unreadable)
    }

    fn line(&self, row: u32, lines: &[Option<(usize, usize)>]) -> SortKey<'i> {
        let at = row as usize;
        let shape = self.index.shapes.ids().get(at).map_or(usize::MAX, |id| *id as usize);
        match lines.get(shape) {
            Some(Some(line)) => match self.index.shapes.of_row(at) {
                Some(shape) if shape.state(self.column) == super::CellState::Filled => {
                    SortKey::Text(self.index.texts.line(at, *line).into())
                }
                _ => SortKey::Nothing,
            },
            _ => self.text(row),
        }
    }

    fn text(&self, row: u32) -> SortKey<'i> {
        let text = self.index.text(row, self.column);
        text.map_or(SortKey::Nothing, |text| SortKey::Text(search_form(&text).into_bytes().into()))
    }
}

/// Returns the rank of each distinct word of a column: its position in the sort order. Words are sorted by their search
/// forms (lower case, without accents), and words with the same search form have the same rank. The rank is `None` for
/// a cell without a word.
fn ranks(words: &WordColumn) -> Vec<Option<u32>> {
    let forms = words.map(|word| word.cell.text().map(search_form));
    let mut sorted: Vec<&String> = forms.iter().flatten().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let rank = |form: &String| sorted.binary_search(&form).ok().and_then(|rank| rank.try_into().ok());
    forms.iter().map(|form| form.as_ref().and_then(rank)).collect()
}

/// Converts `number` to an integer. The integers are in the same order as the numbers by [`f64::total_cmp`].
const fn ordered(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

//! The parts of a row, for the index of all rows, which keeps them in less memory than whole rows.

use super::compact::{CompactClasses, CompactTime};
use super::{Classes, Column, Row};

/// The times of a row that are not texts of its columns: when the row was loaded, and since when the submission has
/// been pending.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RowTimes {
    loaded: CompactTime,
    pending: CompactTime,
}

/// All data from which [`Row::from_parts`] builds a row. Fields that are a bit set have one bit for each column, in the
/// order of [`Column::ALL`].
pub struct RowParts {
    /// The texts of all columns, one after the other, in the order of [`Column::ALL`].
    pub texts: String,
    /// For each column, the byte offset in `texts` at which its text ends.
    pub ends: [u16; Column::ALL.len()],
    /// The privacy class of each column's text, in the order of [`Column::ALL`].
    pub classes: Classes,
    /// Bit set of the columns whose field is in the answer of the service, with or without a value.
    pub carried: u32,
    /// Bit set of the cut columns: the row keeps only the beginning of their text.
    pub cut: u32,
    /// Whether any text has hidden characters that are neither spaces nor line breaks.
    pub has_invisible: bool,
    /// The times of the row that are not texts of its columns.
    pub times: RowTimes,
}

impl Row {
    /// Returns when the row was loaded and since when the submission has been pending, in compact form.
    pub const fn times(&self) -> RowTimes {
        RowTimes { loaded: self.loaded, pending: self.pending }
    }

    /// Builds a row from its parts. The creation time and the numbers are parsed from the texts.
    pub fn from_parts(parts: RowParts) -> Self {
        let RowParts { texts, ends, classes, carried, cut, has_invisible, times } = parts;
        let row = Self {
            texts: Some(texts.into()),
            ends,
            classes: CompactClasses::of(classes),
            carried,
            hides: has_invisible,
            loaded: times.loaded,
            pending: times.pending,
            ..Self::nothing()
        };
        row.with_parsed().with_cut(cut)
    }

    /// Returns whether this row and `other` have the same cells, privacy classes, times and numbers.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same = |column: Column| {
            let is_same_cell = column.is_computed() || self.cell(column) == other.cell(column);
            is_same_cell && self.is_cut(column) == other.is_cut(column)
        };
        let numbers = self.numbers.iter().zip(&other.numbers);
        self.classes == other.classes
            && (self.hides, self.times(), self.created) == (other.hides, other.times(), other.created)
            && numbers.into_iter().all(|(one, other)| one.to_bits() == other.to_bits())
            && Column::ALL.into_iter().all(is_same)
    }
}

//! Defines the types of the table of columns.

use super::Column;
use crate::submission::row::{Cell, Row};
use crate::text::Class;

/// One entry of the table of columns: everything that the program knows of one column. The list, the sort menu,
/// filters, the filter term `has:`, the command line, CSV and README are made from the table.
#[derive(Debug)]
pub struct ColumnSpec {
    /// The column that the entry describes. Entries are in the order of the enum [`Column`].
    pub column: Column,
    /// The key of the column in `--columns`, `--sort` and `has:`, and in filter terms.
    pub key: &'static str,
    /// The headings of the column: first the full heading, then a short heading for a narrow column.
    pub headings: [&'static str; 2],
    /// A further name that `--columns` and `--sort` accept.
    pub alias: Option<&'static str>,
    /// Widths on the screen in terminal columns: the minimum width if many columns are shown, the usual width, and the
    /// maximum width if there is enough space.
    pub widths: [usize; 3],
    /// The source of the column's cells.
    pub source: CellSource,
    /// The privacy class of the column's values, which decides at which mask levels they are hidden.
    pub class: Class,
    /// The kind of the column's values.
    pub kind: ColumnKind,
    /// Noun phrase for help texts about the filter term `has:`. It names the value that a row must have to match the
    /// term with this column, such as `a time of creation`.
    pub holds: &'static str,
    /// The filter term for the column's values, if there is one.
    pub filter: Option<ColumnFilter>,
    /// Another column whose value the list shows in the same cell as the value of this column. The filter term of this
    /// column, and the term `has:`, test the values of both columns.
    pub companion: Option<Column>,
}

/// Source of the values in a column's cells: sent by the service, or computed.
#[derive(Clone, Copy, Debug)]
pub enum CellSource {
    /// The service sends the values at these JSON paths. The first path also names the column; the others are
    /// alternatives.
    Sent(&'static [&'static str]),
    /// This program computes the values with this function, from the fields at these JSON paths.
    Computed(&'static [&'static str], fn(&Row) -> Cell<'static>),
}

/// Kind of a column's values, such as a number or a time. The kind decides how the values are compared, sorted, and
/// written to the screen and to CSV files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// One of a small number of words, such as a country code.
    Word,
    /// Several words with commas between them.
    Words,
    /// A word that states a result for the submission. The word has a meaning only if spelled exactly as documented.
    Judgement,
    /// A number.
    Number,
    /// The number of elements of a list.
    Count,
    /// A date with a time.
    Time,
    /// A duration.
    Duration,
}

impl ColumnKind {
    /// Returns whether a list that is sorted by a column of this kind is sorted by numbers or times, with the largest
    /// or newest first. Columns of other kinds are sorted by their text.
    pub const fn is_measure(self) -> bool {
        matches!(self, Self::Number | Self::Count | Self::Time | Self::Duration)
    }

    /// Returns whether a CSV file has the same text for a column of this kind as the list on the screen. This text has
    /// every value of a field that was sent repeatedly, and keeps the JSON punctuation around a value that is not a
    /// string. So a malformed value looks like an approval neither on the screen nor in the CSV file.
    pub const fn is_read_whole(self) -> bool {
        matches!(self, Self::Judgement | Self::Words)
    }
}

/// Filter term for the values of a column, such as `score<80`. The key of the term is [`ColumnSpec::key`].
#[derive(Debug)]
pub struct ColumnFilter {
    /// An example of the term as the user types it.
    pub example: &'static str,
    /// One line that says what the term filters by.
    pub help: &'static str,
    /// The kind of values that the term accepts.
    pub takes: FilterValue,
}

/// Kind of values that a filter term accepts.
#[derive(Clone, Copy, Debug)]
pub enum FilterValue {
    /// One or more of these words. A value that the user types in quotes may be any text.
    OneOf(&'static [FilterWord]),
    /// Any word, except a word that looks like a mistyped word of the list. The second value is the words for the
    /// accepted values in a message, after "takes": `ID types, as in passport`.
    Any(&'static [FilterWord], &'static str),
    /// A country code of three letters.
    Country,
    /// A comparison with a number, or with a duration if the column holds durations.
    Comparison,
}

/// Word that is a known value of a filter term, with its meaning.
#[derive(Clone, Copy, Debug)]
pub struct FilterWord {
    /// The word as the user types it.
    pub word: &'static str,
    /// The meaning of the word in short; may be empty.
    pub help: &'static str,
}

impl FilterWord {
    /// Creates a filter word from the word that the user types and its meaning for help texts.
    pub const fn new(word: &'static str, help: &'static str) -> Self {
        Self { word, help }
    }
}

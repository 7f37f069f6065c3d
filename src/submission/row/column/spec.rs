//! Defines the types of the table of columns.

use super::Column;
use crate::submission::row::{Cell, Row};
use crate::text::Class;

/// One entry of the table of columns: everything that the program knows of one column. The list, the sort menu,
/// filters, the command line, CSV files and the README are made from it.
#[derive(Debug)]
pub struct ColumnSpec {
    /// The column that the entry describes. Entries are in the order of the enum [`Column`].
    pub column: Column,
    /// The name of the column in `--columns`, in `--sort`, and in filter terms such as `status:` and `has:`.
    pub key: &'static str,
    /// The name of the column where there is room for it, such as `Reject code`: in the sort menu, in the column chooser
    /// and in statistics.
    pub full_name: &'static str,
    /// The headings of the column: first the full heading, then a short heading for a narrow column.
    pub headings: [&'static str; 2],
    /// A further name that `--columns` and `--sort` accept.
    pub alias: Option<&'static str>,
    /// Widths of the column in terminal columns: the minimum, the usual width, and the maximum.
    pub widths: [usize; 3],
    /// Whether the service sends the values of the column, or this program computes them.
    pub source: CellSource,
    /// The privacy class of the column's values, which decides at which mask levels they are hidden.
    pub class: Class,
    /// The kind of the column's values.
    pub kind: ColumnKind,
    /// What the filter term `has:` with this column requires of a row, as a noun phrase for help texts: `a time of
    /// creation`.
    pub holds: &'static str,
    /// The column's filter term, which tests the values of the column, such as `score<80`. `None` for a column without
    /// one.
    pub filter: Option<ColumnFilter>,
    /// Another column whose value the list shows in the same cell. The filter term of this column, and the term `has:`,
    /// test the values of both columns.
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
    /// A word that states a result, such as the KYC status. It has a meaning only if it is spelled as documented.
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
    /// Returns whether columns of this kind are sorted by number or time, with the largest or newest first. Other
    /// columns are sorted by their text.
    pub const fn is_measure(self) -> bool {
        matches!(self, Self::Number | Self::Count | Self::Time | Self::Duration)
    }

    /// Returns whether a CSV file gets the text of the list cell for columns of this kind, instead of the value of the
    /// field. This text shows every value of a repeated field, and the JSON punctuation of a value that is not a
    /// string. So a malformed value does not look like an approval.
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
    /// The kind of values that the user can type in the term.
    pub takes: FilterValue,
}

/// Kind of values that a filter term accepts.
#[derive(Clone, Copy, Debug)]
pub enum FilterValue {
    /// One or more of these words, or any other text in quotes.
    OneOf(&'static [FilterWord]),
    /// Any word, except one that looks like a misspelling of one of these words. The text describes the accepted values
    /// in an error message, after "takes": `ID types, as in passport`.
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

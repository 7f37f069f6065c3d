//! The types of the table of columns.

use super::Column;
use crate::submission::row::{Cell, Row};
use crate::text::Class;

/// One entry of the table of columns. The list, sort menu, filters, `has:`, command line, CSV and README are made from
/// the table.
#[derive(Debug)]
pub struct ColumnSpec {
    /// The column. Entries are in the order of the enum.
    pub column: Column,
    /// The key of the column in `--columns`, `--sort` and `has:`, and in filter terms.
    pub key: &'static str,
    /// The headings of the column: the full one, and a short one for a narrow column.
    pub headings: [&'static str; 2],
    /// A further name that `--columns` and `--sort` accept.
    pub alias: Option<&'static str>,
    /// Widths on the screen: the minimum if many columns are shown, the usual width, and the maximum if there is room.
    pub widths: [usize; 3],
    /// The source of the column's cells.
    pub source: CellSource,
    /// The privacy class of the column's values, by the table of fields.
    pub class: Class,
    /// The kind of the column's values.
    pub kind: ColumnKind,
    /// What a row must have to match `has:` with this column, as a noun phrase for help texts.
    pub holds: &'static str,
    /// The filter term for the column's values, if there is one.
    pub filter: Option<ColumnFilter>,
    /// Another column whose value is shown in the same cell. The filter term and `has:` also look at that column.
    pub companion: Option<Column>,
}

/// The source of a column's cells.
#[derive(Clone, Copy, Debug)]
pub enum CellSource {
    /// The service sends the values at these JSON paths: the first names the column, the others are alternatives.
    Sent(&'static [&'static str]),
    /// This program computes the values with the function, from the fields at these JSON paths.
    Computed(&'static [&'static str], fn(&Row) -> Cell<'static>),
}

/// The kind of a column's values. It decides how values are compared, sorted and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// A word of a small vocabulary.
    Word,
    /// Several words with commas between them.
    Words,
    /// A word that states a result for the submission. It has a meaning only if it is exactly as documented.
    Judgement,
    /// A number.
    Number,
    /// The number of elements of a list.
    Count,
    /// An instant.
    Time,
    /// How long something took or has lasted.
    Duration,
}

impl ColumnKind {
    /// Returns whether rows are sorted by a number, largest or newest first. Other columns are sorted by their text.
    pub const fn is_measure(self) -> bool {
        matches!(self, Self::Number | Self::Count | Self::Time | Self::Duration)
    }

    /// Returns whether a CSV has the text that the list shows. That text has every value of a repeated field, and JSON
    /// punctuation around a value that is not a text, so that a malformed value cannot look like an approval.
    pub const fn is_read_whole(self) -> bool {
        matches!(self, Self::Judgement | Self::Words)
    }
}

/// The filter term of a column. The key of the term is [`ColumnSpec::key`].
#[derive(Debug)]
pub struct ColumnFilter {
    /// An example of the term as the user types it.
    pub example: &'static str,
    /// One line that says what the term filters by.
    pub help: &'static str,
    /// The kind of values that the term accepts.
    pub takes: FilterValue,
}

/// The kind of values that a filter term accepts.
#[derive(Clone, Copy, Debug)]
pub enum FilterValue {
    /// One or more of these words. A value in quotes may be any text.
    OneOf(&'static [FilterWord]),
    /// Any word, except one that looks like a mistyped word of this list. The text names the accepted values in
    /// messages, after "takes".
    Any(&'static [FilterWord], &'static str),
    /// A country code of three letters.
    Country,
    /// A comparison with a number, or with a duration if the column holds durations.
    Comparison,
}

/// A word that is a known value of a key in the filter language.
#[derive(Clone, Copy, Debug)]
pub struct FilterWord {
    /// The word as the user types it.
    pub word: &'static str,
    /// The meaning of the word in short; may be empty.
    pub help: &'static str,
}

impl FilterWord {
    /// Creates a word with its meaning.
    pub const fn new(word: &'static str, help: &'static str) -> Self {
        Self { word, help }
    }
}

//! What the table of columns says of each column.

use super::Column;
use crate::submission::row::{Cell, Row};
use crate::text::Class;

/// One entry of the table of columns. List, sort menu, filter, `has:`, command line, CSV and README follow from it.
#[derive(Debug)]
pub struct ColumnSpec {
    /// The column; entries are in the order of the enum.
    pub column: Column,
    /// Its name in `--columns`, `--sort` and `has:`, and the key of its filter term.
    pub key: &'static str,
    /// The words above it: in full, and for a column that is too narrow for that.
    pub headings: [&'static str; 2],
    /// Another name that `--columns` and `--sort` take.
    pub alias: Option<&'static str>,
    /// Widths on the screen: the least where many columns were chosen, the usual one, and the most where room is left.
    pub widths: [usize; 3],
    /// Where its cells come from.
    pub source: CellSource,
    /// The privacy class of its values, by the table of fields.
    pub class: Class,
    /// What its values are.
    pub kind: ColumnKind,
    /// What a row has for which `has:` holds.
    pub holds: &'static str,
    /// The filter term that asks for its values.
    pub filter: Option<ColumnFilter>,
    /// A column whose value the same cell shows, and for which filter and `has:` look too.
    pub companion: Option<Column>,
}

/// Where the cells of a column come from.
#[derive(Clone, Copy, Debug)]
pub enum CellSource {
    /// The service sends them: the path that names the column first, then those that a cell may also come from.
    Sent(&'static [&'static str]),
    /// This program computes them from what is sent at these paths.
    Computed(&'static [&'static str], fn(&Row) -> Cell<'static>),
}

/// What the values of a column are: how they are compared, sorted and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// A word of a small vocabulary.
    Word,
    /// Several words with commas between them.
    Words,
    /// A word that judges the submission: it counts only as documented, with nothing around it.
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
    /// Whether rows are sorted by a number, the largest or newest first; else they are sorted by their text.
    pub const fn is_measure(self) -> bool {
        matches!(self, Self::Number | Self::Count | Self::Time | Self::Duration)
    }

    /// Whether a CSV writes the text of the list, which is read as a whole: of a repeated field every value, and one that
    /// is no text with its punctuation, so that nothing malformed reads as an approval.
    pub const fn is_read_whole(self) -> bool {
        matches!(self, Self::Judgement | Self::Words)
    }
}

/// A filter term, for its key see [`ColumnSpec::key`].
#[derive(Debug)]
pub struct ColumnFilter {
    /// The term as it is typed.
    pub example: &'static str,
    /// What it asks for, in one line.
    pub help: &'static str,
    /// What it takes.
    pub takes: FilterValue,
}

/// What a filter term takes.
#[derive(Clone, Copy, Debug)]
pub enum FilterValue {
    /// These words. In quotes any value goes, as it is.
    OneOf(&'static [FilterWord]),
    /// Any word, but none that looks like a slip of one of these. The text says what they are, after "takes".
    Any(&'static [FilterWord], &'static str),
    /// Three letters.
    Country,
    /// A comparison with a number, or with a duration where the column holds such.
    Comparison,
}

/// A value that a key of the filter language is known to take.
#[derive(Clone, Copy, Debug)]
pub struct FilterWord {
    /// As it is typed.
    pub word: &'static str,
    /// Its meaning, in a few words; may be empty.
    pub help: &'static str,
}

impl FilterWord {
    /// A word with its meaning.
    pub const fn new(word: &'static str, help: &'static str) -> Self {
        Self { word, help }
    }
}

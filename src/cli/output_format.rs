//! The output formats of the calls: one table, of which each call takes a part.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use strum::VariantArray;

/// How a call prints what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum OutputFormat {
    /// Labelled fields, in the sections of the reviewer's tabs.
    Text,
    /// A row for each submission or count.
    Table,
    /// One JSON value a line.
    Ndjson,
    /// One JSON value: an array of rows, a submission or the counts.
    Json,
    /// RFC 4180, with a header.
    Csv,
}

impl OutputFormat {
    /// The word after `--output`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Table => "table",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// The format of this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|format| format.word() == word)
    }

    /// Reads the formats that a call takes, and refuses every other word with a list of them.
    pub(super) fn among(taken: &'static [Self]) -> impl TypedValueParser<Value = Self> {
        PossibleValuesParser::new(taken.iter().map(|format| format.word()))
            .try_map(|word| Self::named(&word).ok_or("not a format"))
    }
}

//! The output formats of the calls: one table, of which each call takes a part.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// How a call prints what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// Labelled fields.
    Text,
    /// A row for each submission or count.
    Table,
    /// One JSON value a line.
    Ndjson,
    /// JSON as a whole.
    Json,
    /// RFC 4180, with a header.
    Csv,
}

impl OutputFormat {
    const ALL: [Self; 5] = [Self::Text, Self::Table, Self::Ndjson, Self::Json, Self::Csv];

    /// The word after `--output`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Table => "table",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Text => "Labelled fields, in the sections of the reviewer's tabs",
            Self::Table => "Columns to read",
            Self::Ndjson => "One JSON value a line",
            Self::Json => "JSON for programs",
            Self::Csv => "RFC 4180, with a header",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Reads the formats that a call takes, and refuses every other word with a list of them.
    pub(super) fn among(taken: &'static [Self]) -> impl TypedValueParser<Value = Self> {
        let words = taken.iter().map(|format| PossibleValue::new(format.word()).help(format.help()));
        PossibleValuesParser::new(words).try_map(|word| Self::named(&word).ok_or("not a format"))
    }
}

//! The output formats of all subcommands. Each subcommand accepts some of the formats.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use strum::VariantArray;

/// The format in which a subcommand, such as `list`, prints its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum OutputFormat {
    /// Text with one labelled field per line, in sections that correspond to the tabs of the interactive program.
    Text,
    /// A table for people, with one row per submission or count.
    Table,
    /// NDJSON: one JSON value per line.
    Ndjson,
    /// A single JSON value: an array of submissions, one submission, or the counts.
    Json,
    /// CSV as in RFC 4180, with a header line.
    Csv,
}

impl OutputFormat {
    /// Returns the name of the format on the command line, such as `csv` in `--output csv`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Table => "table",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// Returns the format with the name `word`, such as `csv`; `None` if no format has this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|format| format.word() == word)
    }

    /// Returns a parser for the option `--output` that accepts the names of the formats in `accepted`. Every other word
    /// is an error that lists these names.
    pub(super) fn parser_for(accepted: &'static [Self]) -> impl TypedValueParser<Value = Self> {
        PossibleValuesParser::new(accepted.iter().map(|format| format.word()))
            .try_map(|word| Self::named(&word).ok_or("not a format"))
    }
}

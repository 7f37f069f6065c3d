//! Defines the kinds of values that are compared, and the differences in form that each kind ignores.

use super::characters::{is_hyphen, is_punctuation};

/// Difference between two notations of the same value, such as upper and lower case. Two values that differ only so
/// count as equivalent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normalization {
    /// Upper and lower case.
    Case,
    /// The number and kind of spaces.
    Spacing,
    /// Punctuation, such as a comma in an address.
    Punctuation,
    /// Hyphens in a document number.
    Hyphens,
    /// Full-width and half-width characters.
    Width,
    /// Composed and decomposed characters, such as an accent as a character of its own.
    Composition,
    /// The order of the words.
    WordOrder,
    /// Two formats of the same date, such as `1990-03-14` and `14 MAR 1990`.
    Date,
    /// Two formats of the same point in time.
    Time,
    /// `M` and `F` for `male` and `female`.
    Gender,
}

impl Normalization {
    /// Returns the words for this difference between two notations on the screen, such as `date format`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Spacing => "spacing",
            Self::Punctuation => "punctuation",
            Self::Hyphens => "hyphens",
            Self::Width => "width",
            Self::Composition => "accent encoding",
            Self::WordOrder => "order of words",
            Self::Date => "date format",
            Self::Time => "time format",
            Self::Gender => "M/F for male/female",
        }
    }
}

/// Kind of a field's values, such as a name or a date. When two values are compared, the kind decides which differences
/// in notation ([`Normalization`]) are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::submission) enum ValueKind {
    /// Name or address.
    Words,
    /// Number of a document, with or without letters.
    DocumentNumber,
    Date,
    Time,
    Email,
    Gender,
    /// Documented text of any other kind, such as the code of a country.
    Text,
    /// Any kind of value, because the name of the field is not documented.
    Open,
}

impl ValueKind {
    /// Returns the differences in spelling, such as upper and lower case, that are ignored when values of this kind are
    /// compared. Two formats of one date or time are not among them.
    pub(super) const fn spelling(self) -> &'static [Normalization] {
        use Normalization::{Case, Composition, Hyphens, Punctuation, Spacing, Width, WordOrder};
        match self {
            Self::Words => &[Spacing, Punctuation, Case, Width, Composition, WordOrder],
            Self::DocumentNumber => &[Spacing, Hyphens, Case, Width],
            Self::Date | Self::Gender => &[Spacing, Case, Width],
            Self::Text | Self::Open => &[Spacing, Case, Width, Composition],
            Self::Email => &[Case],
            Self::Time => &[],
        }
    }

    /// Returns whether the character `c` only separates the parts of a value of this kind, such as a comma in an
    /// address. If two values differ, the differing characters are marked on the screen, but never such a separator.
    pub(super) fn is_separator(self, c: char) -> bool {
        match self {
            Self::Words => is_punctuation(c),
            Self::DocumentNumber => is_hyphen(c),
            _ => false,
        }
    }
}

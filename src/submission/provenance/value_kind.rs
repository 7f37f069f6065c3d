//! The kinds of values that are compared, and the differences in form that are ignored for each kind.

use super::characters::{is_hyphen, is_punctuation};

/// Difference between two notations of the same value, such as upper and lower case. Comparing ignores it for some
/// kinds of values. Values that differ only in notation count as equivalent.
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
    /// Accents: a letter with an accent as one character, or as two characters.
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
    /// Returns the name of this difference for the screen, such as `date format`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Case => "upper/lower case",
            Self::Spacing => "spacing",
            Self::Punctuation => "punctuation",
            Self::Hyphens => "hyphens",
            Self::Width => "full/half width",
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
    /// Returns the differences in spelling that are ignored between values of this kind, such as upper and lower case.
    /// Other formats of a date, a time or a gender are not among them; `compare` ignores those as well.
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
    /// address. A separator is never marked as a difference on the screen.
    pub(super) fn is_separator(self, c: char) -> bool {
        match self {
            Self::Words => is_punctuation(c),
            Self::DocumentNumber => is_hyphen(c),
            _ => false,
        }
    }
}

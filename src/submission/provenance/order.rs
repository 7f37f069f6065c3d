//! The orders in which compared fields are shown.

/// Order of the fields on the screen that compares the values of their sources (raw OCR, OCR, reviewed, final).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldOrder {
    /// The order in which an identity document is read.
    #[default]
    Document,
    /// By the confidence of the OCR in the value that it read, lowest first.
    Confidence,
}

impl FieldOrder {
    /// Returns the order that is not this one. The key that switches the order on the screen uses it.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Document => Self::Confidence,
            Self::Confidence => Self::Document,
        }
    }

    /// Returns the description of this order for the screen, such as `lowest confidence first`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Document => "in the order of the document",
            Self::Confidence => "lowest confidence first",
        }
    }
}

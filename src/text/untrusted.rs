//! The type of every string that came from outside.

use std::fmt;

use super::Safe;

/// A string as it came from the network (or from a paste): never to be shown, logged or printed as it is.
///
/// There is deliberately no `Display` and no `AsRef<str>`; [`Untrusted::expose`] names the few places that compare,
/// search or send the true value.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Untrusted(Box<str>);

impl Untrusted {
    /// Wraps a text as received.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The true characters, for comparing, searching and sending back; never for showing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is no character at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with every dangerous character made visible.
    #[must_use]
    pub fn safe(&self) -> Safe {
        Safe::of(&self.0)
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untrusted({} bytes)", self.0.len())
    }
}

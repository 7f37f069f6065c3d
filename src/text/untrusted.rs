//! Defines the type of every string that was received from outside.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use bytestring::ByteString;
use compact_str::CompactString;

use super::Safe;

/// Text that this program received from the network or by pasting, unchanged. Untrusted text must never be shown,
/// logged or printed in this form.
///
/// This type has no `Display` and no `AsRef<str>` on purpose. The few functions that compare, search or send the
/// unchanged text call [`Untrusted::expose`].
#[derive(Clone, Default)]
pub struct Untrusted(Text);

/// Storage of an untrusted text. Most texts of an answer of the service are short and are stored in the value itself
/// (`Own`). A very long text is not copied: it refers to the bytes of the answer (`Shared`).
#[derive(Clone)]
enum Text {
    Own(CompactString),
    Shared(Box<ByteString>),
}

impl Default for Text {
    fn default() -> Self {
        Self::Own(CompactString::default())
    }
}

impl Untrusted {
    /// Creates an untrusted text from a string as received.
    pub fn new(text: impl Into<CompactString>) -> Self {
        let mut text = text.into();
        text.shrink_to_fit();
        Self(Text::Own(text))
    }

    /// Creates an untrusted text from a part of an answer of the service, without copying this part. The whole answer
    /// stays in memory as long as the returned value.
    pub fn shared(text: ByteString) -> Self {
        Self(Text::Shared(Box::new(text)))
    }

    /// Returns the text unchanged, for comparing, searching and sending back to the service, but never for showing.
    pub fn expose(&self) -> &str {
        match &self.0 {
            Text::Own(text) => text,
            Text::Shared(text) => text,
        }
    }

    /// Returns whether the text has no characters.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }

    /// Returns the text with every dangerous character replaced by a visible mark.
    pub fn safe(&self) -> Safe {
        Safe::sanitize(self.expose())
    }
}

impl PartialEq for Untrusted {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Untrusted {}

impl PartialOrd for Untrusted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Untrusted {
    fn cmp(&self, other: &Self) -> Ordering {
        self.expose().cmp(other.expose())
    }
}

impl Hash for Untrusted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.expose().hash(state);
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untrusted({} bytes)", self.expose().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_text_is_the_same_as_one_of_its_own_and_is_not_copied() {
        let answer = ByteString::from("before:".to_owned() + &"x".repeat(1_000));
        let (_, part) = answer.split_once(':').unwrap();
        let (shared, own) = (Untrusted::shared(answer.slice_ref(part)), Untrusted::new(part));
        assert_eq!(shared, own);
        assert_eq!(shared.expose().as_ptr(), part.as_ptr());
        assert_eq!(shared.clone().expose().as_ptr(), part.as_ptr());
    }

    #[test]
    fn a_short_text_needs_no_memory_of_its_own() {
        assert_eq!(size_of::<Untrusted>(), 24);
        let text = Untrusted::new("twenty-four bytes, inline");
        assert_eq!(text.expose(), "twenty-four bytes, inline");
    }
}

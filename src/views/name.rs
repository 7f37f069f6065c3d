//! The name of a saved view.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use super::built_in;
use crate::text::typed::invisible_at;
use crate::text::{Class, Mask, Safe, Untrusted, Value};

/// Maximum number of characters of the name of a view. The limit leaves space on the screen for the filter beside the
/// name.
pub(super) const MAX_NAME_CHARS: usize = 40;

/// Name of a saved view: one line of visible characters, in the composed form of Unicode (NFC), so that names which
/// look the same are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ViewName(Box<str>);

/// Reason why a text is not the name of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// The text has no visible character.
    #[error("the name of a view is empty")]
    Empty,
    /// The text has more characters than a name may have (40).
    #[error("the name of a view has at most {MAX_NAME_CHARS} characters")]
    TooLong,
    /// The text has a control character, an invisible character, or a character that reorders text.
    #[error("the name of a view must not have control characters or invisible characters")]
    Invisible,
}

impl ViewName {
    /// Parses the name of a view. Blanks around the name are left out.
    ///
    /// # Errors
    /// A [`NameFault`] if the text is empty, too long, or has characters that cannot be seen.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NameFault::Empty);
        }
        let is_hidden = |(at, c): (usize, char)| c.is_control() || invisible_at(text, at).is_some();
        if text.char_indices().any(is_hidden) || text.contains(|c: char| c.is_whitespace() && c != ' ') {
            return Err(NameFault::Invisible);
        }
        let name: String = text.nfc().collect();
        if name.chars().count() > MAX_NAME_CHARS { Err(NameFault::TooLong) } else { Ok(Self(name.into())) }
    }

    /// Returns an empty name, for a view that the user has not named yet. The empty name equals no name that a user can
    /// type.
    pub fn unnamed() -> Self {
        Self(Box::default())
    }

    /// Returns the name as the screen shows it at the mask level `mask`. At [`Mask::All`], a name that the user chose
    /// is hidden, since it may hold personal data, like the words of a filter. The names of the views that come with
    /// the program are always shown.
    pub fn shown(&self, mask: Mask) -> Safe {
        if built_in::is_name(self) {
            return Safe::sanitize(&self.0);
        }
        Value::new(Untrusted::new(&*self.0), Class::Personal).masked(mask)
    }

    /// Returns a copy of the name for an error message. The copy has the text that the screen shows at the mask level
    /// `mask` ([`Self::shown`]).
    pub(super) fn masked(&self, mask: Mask) -> Self {
        Self(self.shown(mask).as_str().into())
    }

    /// Creates the name of a view that comes with the program, without checking it.
    pub(super) fn built_in(name: &'static str) -> Self {
        Self(name.into())
    }

    /// Returns the name as a text, which must be sanitised before it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether `key`, a key of the file `views.toml`, is this name. Both are compared in the composed form of
    /// Unicode (NFC): an accent in `key` may be a character of its own.
    pub(super) fn is_key(&self, key: &str) -> bool {
        Self::parse(key).is_ok_and(|name| name == *self)
    }
}

impl fmt::Display for ViewName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

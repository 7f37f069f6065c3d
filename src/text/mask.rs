//! Defines privacy classes of values and mask levels, and hides what a mask level hides.

use std::str::FromStr;

use unicode_segmentation::UnicodeSegmentation as _;

use super::sanitise::MAX_READ_BYTES;
use super::{Safe, Untrusted};

/// The bullet that is shown in place of each character that a mask level hides. Files that the program exports with a
/// mask contain it too.
pub const BULLET: char = '•';

/// Minimum number of graphemes of an identity value, such as a passport number, whose end may be shown. A value with
/// fewer graphemes is hidden completely.
const MIN_GRAPHEMES_WITH_END: usize = 6;
/// Maximum number of graphemes that are shown of an identity value. Without this maximum, a third of the value would be
/// shown. In a very long text, this could be the whole number of a passport.
const MAX_VISIBLE_GRAPHEMES: usize = 6;
/// Maximum number of bullets (`•`) that are shown in place of a value, so that the length of a long value is not
/// visible.
const MAX_BULLETS: usize = 24;

/// Mask level: says which identity data the program hides. The header of the screen always shows the mask level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mask {
    /// Hides identity, document, licence, CURP, SSN, serial and account numbers, except for their end (at most a
    /// third). Also hides text that was not parsed, as a whole.
    #[default]
    Ids,
    /// Hides all that [`Mask::Ids`] hides, and also names, e-mail, user id, birth date, addresses, phone, IP, image
    /// links and undocumented fields.
    All,
    /// Hides nothing: all data is shown.
    None,
}

impl Mask {
    /// Returns the mask level after the user pressed the key that switches the level: [`Mask::All`] after
    /// [`Mask::Ids`], and [`Mask::Ids`] after any other level. So this key never switches masking off.
    #[must_use]
    pub const fn toggled(self) -> Self {
        match self {
            Self::Ids => Self::All,
            Self::All | Self::None => Self::Ids,
        }
    }

    /// Returns the word for the mask level in the configuration and on the command line, such as `ids`. A narrow screen
    /// shows it too.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ids => "ids",
            Self::All => "all",
            Self::None => "none",
        }
    }

    /// Returns what the mask level hides, in a few words for the screen, such as `ID numbers`.
    pub const fn hides(self) -> &'static str {
        match self {
            Self::Ids => "ID numbers",
            Self::All => "identity data",
            Self::None => "none",
        }
    }

    /// Returns the mask level as words for a copied text or a report, such as `masked: ID numbers`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Ids => "masked: ID numbers",
            Self::All => "masked: identity data",
            Self::None => "masked: none",
        }
    }

    /// Returns the words of the notice after the user changed the mask level to this one. They also say what is still
    /// shown.
    pub const fn notice(self) -> &'static str {
        match self {
            Self::Ids => self.words(),
            // An ID number with fewer than six letters and digits is hidden completely, see `Value::masked`.
            Self::All => "masked: identity data, except the end of longer ID numbers",
            Self::None => "masked: none, everything is shown",
        }
    }
}

impl FromStr for Mask {
    type Err = UnknownMask;

    fn from_str(word: &str) -> Result<Self, UnknownMask> {
        [Self::Ids, Self::All, Self::None].into_iter().find(|mask| mask.label() == word).ok_or(UnknownMask)
    }
}

/// Error of parsing a mask level: the word is not `ids`, `all` or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mask is one of ids, all, none")]
pub struct UnknownMask;

/// Privacy class of a value: how private the value is, which decides at which mask levels it is hidden. More private
/// classes are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Data that is never masked.
    #[default]
    Open,
    /// Personal data, masked at [`Mask::All`].
    Personal,
    /// Identity numbers, masked at [`Mask::Ids`] and [`Mask::All`]. The end of a value with at least six graphemes is
    /// shown.
    Identity,
    /// Text that was not parsed, so that its content is not known. Such text is masked at the same levels as
    /// [`Class::Identity`], but its end is not shown.
    Unread,
}

impl Class {
    /// Returns whether the mask level `mask` hides values of this privacy class.
    pub const fn hidden_at(self, mask: Mask) -> bool {
        match self {
            Self::Open => false,
            Self::Personal => matches!(mask, Mask::All),
            Self::Identity | Self::Unread => matches!(mask, Mask::Ids | Mask::All),
        }
    }
}

/// A text received from outside, with its privacy class, which says how private the text is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    text: Untrusted,
    class: Class,
}

impl Value {
    /// Creates a value from a text and its privacy class.
    pub fn new(text: Untrusted, class: Class) -> Self {
        Self { text, class }
    }

    /// Returns the unmasked text of the value, for comparing, searching, and copying at [`Mask::None`].
    pub fn text(&self) -> &Untrusted {
        &self.text
    }

    /// Returns the privacy class of the value.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Returns whether the mask level `mask` hides a part of the value or all of it. Returns false if the service has
    /// already masked the value, as in `***-**-****`.
    pub fn is_hidden(&self, mask: Mask) -> bool {
        is_hidden(self.text.expose(), self.class, mask)
    }

    /// Returns the text that may be shown at a mask level, on one line.
    ///
    /// Each hidden grapheme becomes one bullet (`•`), also a hyphen or a blank; there are 24 bullets at most. The end
    /// of an identity value is shown: at most a third of its graphemes, at most a third of its letters and digits, and
    /// at most six graphemes. Nothing is shown of an identity value with fewer than six graphemes or fewer than six
    /// letters and digits, or of any other hidden value. A value that the service masked (`***-**-****`) stays
    /// unchanged. The marks of the result ([`Safe::findings`]) say what the sanitiser found in the whole text, hidden
    /// part included.
    pub fn masked(&self, mask: Mask) -> Safe {
        if !self.is_hidden(mask) {
            return self.text.safe();
        }
        let text = self.text.expose();
        // Only the two ends of a long value are read: more graphemes make no difference, and the cost stays small.
        let first = text.get(..text.floor_char_boundary(MAX_READ_BYTES)).unwrap_or_default();
        let last = text.get(text.ceil_char_boundary(text.len().saturating_sub(MAX_READ_BYTES))..).unwrap_or_default();
        let (mut count, mut telling) = (0, 0);
        for cluster in first.graphemes(true).take(MAX_BULLETS + MAX_VISIBLE_GRAPHEMES) {
            count += 1;
            telling += usize::from(has_letter_or_digit(cluster));
        }
        let has_end =
            self.class == Class::Identity && count >= MIN_GRAPHEMES_WITH_END && telling >= MIN_GRAPHEMES_WITH_END;
        let (mut tail, mut left) = if has_end { ((count / 3).min(MAX_VISIBLE_GRAPHEMES), telling / 3) } else { (0, 0) };
        // The first cluster of a piece may be incomplete, and an incomplete cluster is not shown.
        let whole = last.grapheme_indices(true).filter(|(at, _)| *at > 0 || last.len() == text.len());
        let mut start = last.len();
        for (at, cluster) in whole.rev().take(tail) {
            let needed = usize::from(has_letter_or_digit(cluster));
            let Some(rest) = left.checked_sub(needed) else { break };
            (left, start) = (rest, at);
        }
        tail = last.get(start..).unwrap_or_default().graphemes(true).count();
        let bullets = BULLET.to_string().repeat((count - tail).min(MAX_BULLETS));
        // The value is masked before it is sanitised, so that hidden characters never enter the text.
        Safe::masked(bullets, last.get(start..).unwrap_or_default()).with_findings(self.text.safe().findings())
    }
}

/// Returns whether a grapheme has a letter or digit. Only such a grapheme reveals a part of the masked number or name;
/// hyphens, other signs and blanks reveal nothing.
fn has_letter_or_digit(cluster: &str) -> bool {
    cluster.chars().any(char::is_alphanumeric)
}

/// Returns whether the mask level `mask` hides a part or all of a text with the privacy class `class`. Returns false if
/// the service has already masked the text. All screens, tables and copies use this function.
pub fn is_hidden(text: &str, class: Class, mask: Mask) -> bool {
    class.hidden_at(mask) && !is_masked(text)
}

/// Returns whether the service has masked the text already, as in `***-**-****`. Such a text has only `*`, brackets,
/// blanks, dots, hyphens and slashes.
pub fn is_masked(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '*' | '-' | '/' | ' ' | '.' | '{' | '}' | '(' | ')')) && text.contains('*')
}

//! Privacy classes and what each mask level shows of them.

use std::str::FromStr;

use unicode_segmentation::UnicodeSegmentation as _;

use super::sanitise::WINDOW;
use super::{Safe, Untrusted};

/// Under this many graphemes nothing of an identity value is shown.
const SHORT: usize = 6;
/// At most this many are shown of a longer one: a third of a page of text would be whole numbers.
const TAIL: usize = 6;
/// Bullets at most, so that a long value keeps its length to itself.
const BULLETS: usize = 24;

/// How much identity data is hidden; always visible in the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mask {
    /// Identity, document, licence, CURP, SSN, serial and account numbers show at most their last third.
    #[default]
    Ids,
    /// Also names, e-mail, user id, birth date, addresses, phone, IP, image links and whatever is not documented.
    All,
    /// Nothing is hidden.
    None,
}

impl Mask {
    /// The other of `ids` and `all`; from `none` back to `ids`, so that the key that hides never shows.
    #[must_use]
    pub const fn toggled(self) -> Self {
        match self {
            Self::Ids => Self::All,
            Self::All | Self::None => Self::Ids,
        }
    }

    /// The word for it on the screen, in the configuration and on the command line.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ids => "ids",
            Self::All => "all",
            Self::None => "none",
        }
    }
}

impl FromStr for Mask {
    type Err = UnknownMask;

    fn from_str(word: &str) -> Result<Self, UnknownMask> {
        [Self::Ids, Self::All, Self::None].into_iter().find(|mask| mask.label() == word).ok_or(UnknownMask)
    }
}

/// The word is no mask level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mask is one of ids, all, none")]
pub struct UnknownMask;

/// What kind of identity data a value is; the more private, the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Never masked.
    #[default]
    Open,
    /// Masked at [`Mask::All`].
    Personal,
    /// Masked at [`Mask::Ids`] and [`Mask::All`]; of a longer value the end is shown.
    Identity,
    /// Nobody could tell what it holds, since it was not taken apart: masked like identity data, without an end.
    Unread,
}

impl Class {
    /// Whether a mask level hides anything of this class.
    pub const fn hidden_at(self, mask: Mask) -> bool {
        match self {
            Self::Open => false,
            Self::Personal => matches!(mask, Mask::All),
            Self::Identity | Self::Unread => matches!(mask, Mask::Ids | Mask::All),
        }
    }
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
    pub fn text(&self) -> &Untrusted {
        &self.text
    }

    /// Its class.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Whether a mask level hides anything of it: nothing of what the service masked itself.
    pub fn is_hidden(&self, mask: Mask) -> bool {
        is_hidden(self.text.expose(), self.class, mask)
    }

    /// What may be shown at a mask level, on one line.
    ///
    /// A hidden grapheme is one bullet, separators included, 24 bullets at most. Of an identity value at most a third
    /// is shown, from the end: a third of its graphemes and a third of its letters and digits, at most six, and nothing
    /// under six. Of any other hidden value nothing is shown. What the service masked itself (`***-**-****`) stays as it
    /// is. The marks tell of the whole text, hidden or not.
    pub fn masked(&self, mask: Mask) -> Safe {
        if !self.is_hidden(mask) {
            return self.text.safe();
        }
        let text = self.text.expose();
        // More than this many makes no difference, and a long value costs no more: only its two ends are looked at.
        let first = text.get(..text.floor_char_boundary(WINDOW)).unwrap_or_default();
        let last = text.get(text.ceil_char_boundary(text.len().saturating_sub(WINDOW))..).unwrap_or_default();
        let (mut count, mut telling) = (0, 0);
        for cluster in first.graphemes(true).take(BULLETS + TAIL) {
            count += 1;
            telling += usize::from(is_telling(cluster));
        }
        let has_end = self.class == Class::Identity && count >= SHORT && telling >= SHORT;
        let (mut tail, mut left) = if has_end { ((count / 3).min(TAIL), telling / 3) } else { (0, 0) };
        // The first cluster of a piece may be a part only, and a part is not shown.
        let whole = last.grapheme_indices(true).filter(|(at, _)| *at > 0 || last.len() == text.len());
        let mut start = last.len();
        for (at, cluster) in whole.rev().take(tail) {
            let needed = usize::from(is_telling(cluster));
            let Some(rest) = left.checked_sub(needed) else { break };
            (left, start) = (rest, at);
        }
        tail = last.get(start..).unwrap_or_default().graphemes(true).count();
        let bullets = "•".repeat((count - tail).min(BULLETS));
        // Masked before it is sanitised: what is hidden never enters the text, whatever the sanitiser makes of it.
        Safe::masked(bullets, last.get(start..).unwrap_or_default()).with_marks(self.text.safe().marks())
    }
}

/// Whether a grapheme tells something of a number or a name: signs and blanks between them do not.
fn is_telling(cluster: &str) -> bool {
    cluster.chars().any(char::is_alphanumeric)
}

/// Whether a mask level hides anything of a text of a class: the one rule of every screen, table and copy.
pub fn is_hidden(text: &str, class: Class, mask: Mask) -> bool {
    class.hidden_at(mask) && !is_masked(text)
}

/// Whether the text holds nothing but mask characters and what is between them: the service masked it.
pub fn is_masked(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '*' | '-' | '/' | ' ' | '.' | '{' | '}' | '(' | ')')) && text.contains('*')
}

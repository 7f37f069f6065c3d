//! Text that may reach the terminal.

use std::borrow::Cow;
use std::fmt;

use super::{kind, sanitise, width};

/// What the sanitiser found in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// C0, DEL, C1 or a line break stood in the text.
    pub controls: bool,
    /// A character that reorders what is read.
    pub bidi: bool,
    /// A character that takes no ink, or nobody can say which: zero-width, filler, tag, a space that is not U+0020,
    /// private use, unassigned, a combining mark without a base.
    pub invisible: bool,
    /// The text was longer than what is shown of it.
    pub cut: bool,
}

impl Marks {
    /// What the sanitiser would find in a text, to its end and without making it visible.
    pub fn of(text: &str) -> Self {
        // Most texts are of letters that nothing can hide behind, and there are many.
        if text.chars().all(kind::is_open) { Self::default() } else { sanitise::marks(text) }
    }

    /// Whether the text held a character that had to be made visible: the badge "hidden characters".
    pub const fn any_hidden(self) -> bool {
        self.controls || self.bidi || self.invisible
    }

    /// What was found in either of two texts.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            controls: self.controls || other.controls,
            bidi: self.bidi || other.bidi,
            invisible: self.invisible || other.invisible,
            cut: self.cut || other.cut,
        }
    }
}

/// Text that went through the sanitiser, or was written by us: the only text that views take.
///
/// A control of ASCII is as its picture (`␛`, `␊`), every other character that must not reach a terminal as its
/// number (`‹U+202E›`), and what is more than can be shown as a count (`‹+12›`, `… +12`). Joiners and selectors stay
/// where ordinary spelling or an emoji has them. The text is in the composed form (NFC).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Safe {
    text: Cow<'static, str>,
    marks: Marks,
}

impl Safe {
    /// A word of our own, known when compiled. It is taken as it is.
    pub const fn from_static(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), marks: Marks { controls: false, bidi: false, invisible: false, cut: false } }
    }

    /// Sanitises a field for one line: at most 4 KiB of it, then `… +` and the number of characters left out.
    ///
    /// The cost has a bound that does not grow with the text, but for counting what is left out.
    pub fn sanitize(text: &str) -> Self {
        Self::from_parts(sanitise::field(text))
    }

    /// Sanitises a text however long it is, for one line: for what is printed, or wrapped and scrolled.
    pub fn sanitize_full(text: &str) -> Self {
        Self::from_parts(sanitise::whole(text))
    }

    /// Sanitises a text of several lines, however long. Only `\n` ends a line; every other break is shown as a mark.
    /// There is one line more than there are `\n`.
    pub fn lines(text: &str) -> Vec<Self> {
        text.split('\n').map(Self::sanitize_full).collect()
    }

    /// Sanitises a text however long, and gives it cluster by cluster: for what is marked or cut within. There are as many
    /// pieces as the text has clusters.
    pub fn clusters(text: &str) -> Vec<Self> {
        sanitise::clusters(text).into_iter().map(Self::from_parts).collect()
    }

    /// The pieces one after the other, with all their marks.
    pub fn concat(pieces: &[Self]) -> Self {
        Self::join(pieces, "")
    }

    /// The pieces with a word of our own between them, with all their marks.
    pub fn join(pieces: &[Self], between: &'static str) -> Self {
        let mut text = String::with_capacity(pieces.iter().map(|piece| piece.text.len() + between.len()).sum());
        let mut marks = Marks::default();
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                text.push_str(between);
            }
            text.push_str(&piece.text);
            marks = marks.with(piece.marks);
        }
        Self::from_parts((text, marks))
    }

    /// The characters to show.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What was found while sanitising.
    pub const fn marks(&self) -> Marks {
        self.marks
    }

    /// Bullets of ours and the tail that may be shown behind them.
    pub(super) fn masked(bullets: String, tail: &str) -> Self {
        let (tail, marks) = sanitise::field(tail);
        Self::from_parts((bullets + &tail, marks))
    }

    /// The same text with the marks of what it was made from, too.
    #[must_use]
    pub(super) fn with_marks(self, marks: Marks) -> Self {
        Self { marks: self.marks.with(marks), ..self }
    }

    /// Columns that the text takes on a terminal.
    pub fn width(&self) -> usize {
        width::of(&self.text)
    }

    /// For the modules of this folder, which only ever pass text that was sanitised.
    pub(super) fn from_parts((text, marks): (String, Marks)) -> Self {
        Self { text: Cow::Owned(text), marks }
    }
}

impl fmt::Display for Safe {
    /// Writes the whole text. Widths in the format are ignored: they count characters, use [`Safe::pad`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Safe({} bytes)", self.text.len())
    }
}

impl From<Safe> for Cow<'static, str> {
    fn from(safe: Safe) -> Self {
        safe.text
    }
}

impl From<Safe> for String {
    fn from(safe: Safe) -> Self {
        safe.text.into_owned()
    }
}

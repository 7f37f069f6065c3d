//! Defines the type of text that may be written to the terminal.

use std::borrow::Cow;
use std::fmt;

use super::{kind, sanitise, width};

/// Findings of the sanitiser in a text: which kinds of dangerous characters the text had, and whether the text was cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Whether the text had a C0 or C1 control character, DEL or a line break.
    pub controls: bool,
    /// Whether the text had a character that changes the reading direction.
    pub bidi: bool,
    /// Whether the text had a character that is invisible or may be invisible: zero-width, filler, tag, a space other
    /// than U+0020, private use, unassigned, a combining mark without a base.
    pub invisible: bool,
    /// Whether only a part of the text is shown, because it is too long.
    pub cut: bool,
}

impl Marks {
    /// Returns the findings of the sanitiser in a whole text, without building the visible text.
    pub fn of(text: &str) -> Self {
        // A quick check, because most texts only have visible letters, and there are many texts.
        if text.chars().all(kind::is_open) { Self::default() } else { sanitise::marks(text) }
    }

    /// Returns whether the text had a character that had to be made visible. If so, the screen shows the badge "hidden
    /// characters".
    pub const fn any_hidden(self) -> bool {
        self.controls || self.bidi || self.invisible
    }

    /// Returns the findings in two texts together.
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

/// Text that is safe to show on a terminal: sanitised text, or text of this program. The code that draws the screen
/// accepts no other text.
///
/// An ASCII control character becomes its picture (`␛`, `␊`), any other character that must not reach a terminal
/// becomes its number (`‹U+202E›`), and characters beyond a limit become a count (`‹+12›`, `… +12`). Joiners and
/// variation selectors are kept where ordinary spelling or an emoji needs them. The text is in the composed form (NFC).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Safe {
    text: Cow<'static, str>,
    marks: Marks,
}

impl Safe {
    /// Wraps a text that is part of this program's code, without sanitising it.
    pub const fn from_static(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), marks: Marks { controls: false, bidi: false, invisible: false, cut: false } }
    }

    /// Sanitises a value for one line. At most 4 KiB of the value are shown, followed by `… +` and the number of
    /// characters left out.
    ///
    /// The cost does not grow with the length of the text, except for counting the characters that are left out.
    pub fn sanitize(text: &str) -> Self {
        Self::from_parts(sanitise::field(text))
    }

    /// Sanitises a whole text for one line, without a limit: for text that is printed, or wrapped and scrolled.
    pub fn sanitize_full(text: &str) -> Self {
        Self::from_parts(sanitise::whole(text))
    }

    /// Sanitises a whole text of several lines, without a limit. Only `\n` ends a line; any other line break becomes a
    /// mark. The number of lines is the number of `\n` plus one.
    pub fn lines(text: &str) -> Vec<Self> {
        text.split('\n').map(Self::sanitize_full).collect()
    }

    /// Sanitises a whole text and returns one piece for each grapheme cluster, for text in which parts are marked or
    /// cut.
    pub fn clusters(text: &str) -> Vec<Self> {
        sanitise::clusters(text).into_iter().map(Self::from_parts).collect()
    }

    /// Joins the pieces to one text, and joins their marks.
    pub fn concat(pieces: &[Self]) -> Self {
        Self::join(pieces, "")
    }

    /// Joins the pieces with a text of this program between them, and joins their marks.
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

    /// Returns the characters to show.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the findings of the sanitiser.
    pub const fn marks(&self) -> Marks {
        self.marks
    }

    /// Joins bullets with the visible end of a masked value; sanitises this end first.
    pub(super) fn masked(bullets: String, tail: &str) -> Self {
        let (tail, marks) = sanitise::field(tail);
        Self::from_parts((bullets + &tail, marks))
    }

    /// Returns the text with further marks, such as those of the text that it was made from.
    #[must_use]
    pub(super) fn with_marks(self, marks: Marks) -> Self {
        Self { marks: self.marks.with(marks), ..self }
    }

    /// Returns the number of columns that the text needs on a terminal.
    pub fn width(&self) -> usize {
        width::of(&self.text)
    }

    /// Creates a value from a text that was already sanitised, and its marks. Only the modules of this folder may call
    /// this function.
    pub(super) fn from_parts((text, marks): (String, Marks)) -> Self {
        Self { text: Cow::Owned(text), marks }
    }
}

impl fmt::Display for Safe {
    /// Writes the whole text. Ignores a width in the format, which would count characters; use [`Safe::pad`] instead.
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

//! Text that may reach the terminal.

use std::borrow::Cow;
use std::fmt;

use unicode_width::UnicodeWidthStr;

/// What the sanitiser found in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// C0, DEL, C1 or a line break stood in the text.
    pub controls: bool,
    /// A character that reorders what is read.
    pub bidi: bool,
    /// A character that takes no ink: zero-width, filler, tag, or a space that is not U+0020.
    pub invisible: bool,
    /// The text was longer than what is shown of it.
    pub cut: bool,
}

/// Text that went through the sanitiser, or was written by us: the only text that views take.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Safe {
    text: Cow<'static, str>,
    marks: Marks,
}

impl Safe {
    /// A word of our own, known when compiled.
    #[must_use]
    pub const fn word(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), marks: Marks { controls: false, bidi: false, invisible: false, cut: false } }
    }

    /// Sanitises any text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { text: Cow::Owned(text.chars().filter(|c| !c.is_control()).collect()), marks: Marks::default() }
    }

    /// The characters to show.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What was found while sanitising.
    #[must_use]
    pub const fn marks(&self) -> Marks {
        self.marks
    }

    /// Columns that the text takes on a terminal.
    #[must_use]
    pub fn width(&self) -> usize {
        self.text.width()
    }
}

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Safe({} bytes)", self.text.len())
    }
}

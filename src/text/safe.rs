//! Defines the type of text that may be written to the terminal.

use std::borrow::Cow;
use std::fmt;

use super::{kind, sanitise, width};

/// Findings of the sanitiser (the code that replaces dangerous characters) in a text: which kinds of dangerous
/// characters the text had, and whether the text was cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SanitizerFindings {
    /// Whether the text had a C0 or C1 control character, DEL or a line break.
    pub controls: bool,
    /// Whether the text had a character that changes the reading direction.
    pub bidi: bool,
    /// Whether the text had a character that is invisible or may be invisible: zero-width, filler, tag, a space other
    /// than U+0020, private use, unassigned, a combining mark without a base.
    pub invisible: bool,
    /// Whether the text had a control, reordering or invisible character other than a space or a line break. Such a
    /// text may not be what it seems.
    pub suspect: bool,
    /// Whether only a part of the text is shown, because it is too long.
    pub cut: bool,
}

impl SanitizerFindings {
    /// Returns what the sanitiser (the code that replaces dangerous characters) finds in the whole text: which kinds of
    /// dangerous characters it has. The sanitised text itself is not built.
    pub fn of(text: &str) -> Self {
        // A quick check, because most texts only have visible letters, and there are many texts.
        if text.chars().all(kind::is_certainly_visible) { Self::default() } else { sanitise::findings_in(text) }
    }

    /// Returns whether the text had a control, reordering or invisible character, which the sanitiser replaced by a
    /// visible one. The screen shows the badge "hidden characters" only if [`Self::suspect`] is true.
    pub const fn any_hidden(self) -> bool {
        self.controls || self.bidi || self.invisible
    }

    /// Combines the findings of the sanitiser in two texts: each finding, such as an invisible character, is true in
    /// the result if it is true in `self` or in `other`.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            controls: self.controls || other.controls,
            bidi: self.bidi || other.bidi,
            invisible: self.invisible || other.invisible,
            suspect: self.suspect || other.suspect,
            cut: self.cut || other.cut,
        }
    }
}

/// Text that is safe to show on a terminal: sanitised text, or text of this program. The code that draws the screen
/// accepts no other text.
///
/// An ASCII control character becomes its picture (`␛`, `␊`). Any other character that must not reach a terminal
/// becomes its code point (`‹U+202E›`). Characters that are left out, because the text or a grapheme cluster is too
/// long, become their number (`‹+12›`, `… +12`). Joiners and variation selectors are kept where ordinary spelling or an
/// emoji needs them. The text is in the composed form (NFC).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Safe {
    text: Cow<'static, str>,
    findings: SanitizerFindings,
}

impl Safe {
    /// Wraps a text that is part of this program's code, without sanitising it.
    pub const fn from_static(text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            findings: SanitizerFindings { controls: false, bidi: false, invisible: false, suspect: false, cut: false },
        }
    }

    /// Sanitises a text for one line. If the result would be longer than 4 KiB, the text is cut, and `… +` and the
    /// number of characters left out are appended.
    ///
    /// The time does not grow with the length of the text, except for counting the characters that are left out.
    pub fn sanitize(text: &str) -> Self {
        Self::from_parts(sanitise::sanitise_and_cut(text))
    }

    /// Sanitises a whole text for one line, without a limit of its length. Used for text that is printed, or wrapped
    /// and scrolled.
    pub fn sanitize_full(text: &str) -> Self {
        Self::from_parts(sanitise::sanitise_whole(text))
    }

    /// Sanitises a whole text of several lines, without a limit of its length, and returns the lines. Only `\n` ends a
    /// line; any other line break is replaced by a visible character. The number of lines is the number of `\n` plus
    /// one.
    pub fn lines(text: &str) -> Vec<Self> {
        text.split('\n').map(Self::sanitize_full).collect()
    }

    /// Sanitises a whole text and returns one text for each grapheme cluster (visible character). Used if some
    /// characters of the text are highlighted or cut out.
    pub fn clusters(text: &str) -> Vec<Self> {
        sanitise::sanitise_clusters(text).into_iter().map(Self::from_parts).collect()
    }

    /// Joins the texts `pieces` to one text. The result has the findings of the sanitiser ([`SanitizerFindings`]) of
    /// all pieces.
    pub fn concat(pieces: &[Self]) -> Self {
        Self::join(pieces, "")
    }

    /// Joins the texts `pieces` to one text, with `between` between two pieces. The result has the findings of the
    /// sanitiser ([`SanitizerFindings`]) of all pieces.
    pub fn join(pieces: &[Self], between: &'static str) -> Self {
        let mut text = String::with_capacity(pieces.iter().map(|piece| piece.text.len() + between.len()).sum());
        let mut marks = SanitizerFindings::default();
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                text.push_str(between);
            }
            text.push_str(&piece.text);
            marks = marks.with(piece.findings);
        }
        Self::from_parts((text, marks))
    }

    /// Returns the sanitised text, which may be shown.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns what the sanitiser found in the text before it was sanitised.
    pub const fn findings(&self) -> SanitizerFindings {
        self.findings
    }

    /// Returns the text of a masked value: `bullets`, which hide its beginning, followed by its visible end `tail`.
    /// This function sanitises `tail`.
    pub(super) fn masked(bullets: String, tail: &str) -> Self {
        let (tail, marks) = sanitise::sanitise_and_cut(tail);
        Self::from_parts((bullets + &tail, marks))
    }

    /// Returns this text with the findings `marks` added to its own; findings say which dangerous characters the
    /// sanitiser found. Used for a piece of a longer text: the piece keeps the findings of the longer text.
    #[must_use]
    pub(super) fn with_findings(self, marks: SanitizerFindings) -> Self {
        Self { findings: self.findings.with(marks), ..self }
    }

    /// Returns the number of columns that the text needs on a terminal.
    pub fn width(&self) -> usize {
        width::of(&self.text)
    }

    /// Creates a safe text from a text that was already sanitised, and from what the sanitiser found in it. Only the
    /// modules of the folder `text` may call this function, because it does not sanitise.
    pub(super) fn from_parts((text, marks): (String, SanitizerFindings)) -> Self {
        Self { text: Cow::Owned(text), findings: marks }
    }
}

impl fmt::Display for Safe {
    /// Writes the whole text. A width in the format string, as in `{:10}`, is ignored, because it would count
    /// characters and not terminal columns: use [`Safe::pad`] instead.
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

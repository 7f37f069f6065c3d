//! Holds the parts of a submission that were not parsed: their text, and a description of each part.

use crate::text::{Untrusted, grouped, megabytes};

/// Received text that is not JSON, or JSON text that was not parsed because it is too large. This type has no `Debug`,
/// because the text is identity data.
#[derive(Clone, PartialEq, Eq)]
pub struct RawText {
    text: Untrusted,
    rest: UnparsedKind,
}

/// Kind of a text that was not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnparsedKind {
    /// Text that is not JSON (garbage).
    Garbage,
    /// One JSON value that was not parsed, because it is nested too deeply, is too long, or has a path that is too
    /// long.
    Value,
    /// All elements of a list from the first unparsed one on, with commas between them. The number is their count.
    Elements(usize),
    /// Consecutive members of an object that were not parsed, with commas between them. The number is their count.
    Members(usize),
}

impl RawText {
    pub(super) const fn new(text: Untrusted, rest: UnparsedKind) -> Self {
        Self { text, rest }
    }

    /// Returns the unmasked text as sent, for comparing and searching, never for showing.
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    /// Returns the text of a part that was not parsed, as sent. The text must be sanitised before it is shown.
    pub const fn text(&self) -> &Untrusted {
        &self.text
    }

    /// Returns the kind of this text: one JSON value, several list elements or object members, or text that is not
    /// JSON.
    pub const fn rest(&self) -> UnparsedKind {
        self.rest
    }

    /// Returns the number of list elements or object members in this text. Returns 0 for a single value, and for text
    /// that is not JSON.
    pub const fn unparsed_count(&self) -> usize {
        match self.rest {
            UnparsedKind::Garbage | UnparsedKind::Value => 0,
            UnparsedKind::Elements(count) | UnparsedKind::Members(count) => count,
        }
    }
}

/// Part of a submission that was not parsed, because it is nested too deeply or too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnparsedPart {
    /// The documented path of the part. For an undocumented part, it is the documented beginning of its path, so that
    /// no undocumented key is revealed.
    pub place: &'static str,
    /// Kind of the unparsed text: one value, several elements, or several members.
    pub rest: UnparsedKind,
    /// Number of elements or members of the same list or object that were parsed (opened) before this part; 0 for a
    /// single value.
    pub opened: usize,
    /// Length of the unparsed text in bytes.
    pub bytes: usize,
    /// Whether the part belongs to a documented field. If so, the screen may lack some values of this field.
    pub is_documented: bool,
}

impl UnparsedPart {
    /// Describes this part for the screen: its path and size, such as `aml.raw_data (175,000 of 200,000 elements, 0.3
    /// MB)`. The description contains no text of the submission.
    pub fn words(&self) -> String {
        let place = match (self.place, self.is_documented) {
            ("", true) => "the record",
            ("", false) => "undocumented fields",
            (place, _) => place,
        };
        let of = |left: usize, what: &str| {
            format!("{place} ({} of {} {what}, {})", grouped(left), grouped(left + self.opened), megabytes(self.bytes))
        };
        match self.rest {
            UnparsedKind::Garbage | UnparsedKind::Value => format!("{place} ({})", megabytes(self.bytes)),
            UnparsedKind::Elements(left) => of(left, "elements"),
            UnparsedKind::Members(left) => of(left, "fields"),
        }
    }
}

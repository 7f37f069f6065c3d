//! Text that was not taken apart, and where it is.

use crate::text::{Untrusted, grouped, megabytes};

/// Text that is no JSON, or JSON that was not opened. No `Debug`: it is identity data.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw {
    text: Untrusted,
    rest: Rest,
}

/// What a raw text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// No JSON.
    Garbage,
    /// One value: too deep, too long, or below a path that is too long.
    Value,
    /// Further elements of a list, with their number, with commas between them.
    Elements(usize),
    /// Further members of an object, with their number, with commas between them.
    Members(usize),
}

impl Raw {
    pub(super) const fn new(text: Untrusted, rest: Rest) -> Self {
        Self { text, rest }
    }

    /// The text as sent.
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    /// The same, to be shown through the sanitiser.
    pub const fn text(&self) -> &Untrusted {
        &self.text
    }

    /// What it is.
    pub const fn rest(&self) -> Rest {
        self.rest
    }

    /// How many elements or members it is the text of; 0 for a value, and for what is no JSON.
    pub const fn stands_for(&self) -> usize {
        match self.rest {
            Rest::Garbage | Rest::Value => 0,
            Rest::Elements(count) | Rest::Members(count) => count,
        }
    }
}

/// A part of a submission that was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The documented path that leads there, or as much of it as is documented: nothing that only the sender chose.
    pub place: &'static str,
    /// What was left.
    pub rest: Rest,
    /// How many elements or members were opened beside it.
    pub opened: usize,
    /// Length of its text.
    pub bytes: usize,
    /// Whether it is where the documentation has a field: what is told of such fields is not told of all of them.
    pub is_documented: bool,
}

impl Unread {
    /// Where it is and how much it is, as in `aml.raw_data (175,000 of 200,000 elements, 0.3 MB)`. Nothing in it is the
    /// sender's.
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
            Rest::Garbage | Rest::Value => format!("{place} ({})", megabytes(self.bytes)),
            Rest::Elements(left) => of(left, "elements"),
            Rest::Members(left) => of(left, "fields"),
        }
    }
}

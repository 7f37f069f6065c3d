//! A submission as a tree in which everything stands as it was sent: digits of numbers, order and repetition of keys.
//!
//! For what is read once a screen (the detail); lists are made of the compact [`Row`](super::row::Row). Nothing is
//! dropped: what is too deep or too much to open stays as raw text.

use std::collections::HashSet;
use std::fmt;
use std::slice;

use super::json::{Json, Walk, unescape};
use crate::text::Untrusted;

/// Levels that are opened; what lies deeper is [`Node::Raw`].
const DEPTH: usize = 128;

/// Values that are opened; what comes after them is [`Node::Raw`].
const VALUES: usize = 200_000;

/// A JSON value as it was sent.
#[derive(Clone, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The digits as sent, whatever their number or range.
    Number(Box<str>),
    /// A string without its quotes and escapes. Half of a surrogate pair stays the escape that came (`\ud83d`).
    Text(Untrusted),
    /// An array.
    List(Vec<Self>),
    /// The members in the order sent, repeated keys included.
    Object(Vec<(Untrusted, Self)>),
    /// Text that is not opened: no JSON, deeper than 128 levels, or after the first 200,000 values. In a list it
    /// stands for all further elements, in an object, under an empty key, for all further members.
    Raw(Untrusted),
}

impl Node {
    /// Reads one JSON value. What is not JSON becomes [`Node::Raw`] as a whole. Takes time in proportion to the length.
    #[must_use]
    pub fn read(raw: &[u8]) -> Self {
        match Json::read(raw) {
            Ok(json) => Self::open(&mut Walk(json.as_sent()), 0, &mut { VALUES }),
            Err(_) => Self::Raw(Untrusted::new(String::from_utf8_lossy(raw))),
        }
    }

    fn open(walk: &mut Walk<'_>, depth: usize, left: &mut usize) -> Self {
        *left = left.saturating_sub(1);
        match walk.peek() {
            Some(b'[' | b'{') if depth == DEPTH => Self::Raw(Untrusted::new(walk.value())),
            Some(b'[') => {
                let mut elements = Vec::new();
                walk.bracket();
                while walk.has_more() {
                    if *left == 0 {
                        elements.push(Self::Raw(Untrusted::new(walk.rest())));
                        break;
                    }
                    elements.push(Self::open(walk, depth + 1, left));
                }
                walk.bracket();
                Self::List(elements)
            }
            Some(b'{') => {
                let mut members = Vec::new();
                walk.bracket();
                while walk.has_more() {
                    if *left == 0 {
                        members.push((Untrusted::default(), Self::Raw(Untrusted::new(walk.rest()))));
                        break;
                    }
                    let Some(key) = walk.key() else { break };
                    members.push((Untrusted::new(unescape(key)), Self::open(walk, depth + 1, left)));
                }
                walk.bracket();
                Self::Object(members)
            }
            Some(b'"') => Self::Text(Untrusted::new(unescape(walk.value()))),
            _ => match walk.value() {
                "null" => Self::Null,
                "true" => Self::Bool(true),
                "false" => Self::Bool(false),
                digits => Self::Number(digits.into()),
            },
        }
    }

    /// A member of an object. Of a repeated key the last one, as JavaScript reads it; [`Node::repeated`] tells
    /// whether there are others, [`Node::all`] gives them.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.all(key).next_back()
    }

    /// Every member of an object that has this key, in the order sent.
    pub fn all(&self, key: &str) -> impl DoubleEndedIterator<Item = &Self> {
        self.members().iter().filter(move |(name, _)| name.expose() == key).map(|(_, node)| node)
    }

    /// The members of an object; none for any other kind.
    #[must_use]
    pub fn members(&self) -> &[(Untrusted, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// One or many: the elements of a list, none for `null`, and any other value as the only element, because the
    /// service documents as one what its samples send as a list, and the other way round.
    #[must_use]
    pub fn list(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            Self::Null => &[],
            _ => slice::from_ref(self),
        }
    }

    /// The true characters of a scalar or of raw text, as sent, for comparing and searching; never for showing. `None`
    /// for `null`, a list or an object.
    #[must_use]
    pub fn expose(&self) -> Option<&str> {
        match self {
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(digits) => Some(digits),
            Self::Text(text) | Self::Raw(text) => Some(text.expose()),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The same, to be shown through the sanitiser.
    #[must_use]
    pub fn text(&self) -> Option<Untrusted> {
        self.expose().map(Untrusted::new)
    }

    /// A number, or a string that holds one, for comparing and for bars; to show it, take [`Node::text`]. `None` where
    /// it does not fit.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            Self::Text(text) => text.expose().trim().parse().ok(),
            _ => None,
        }
        .filter(|number: &f64| number.is_finite())
    }

    /// Positions that lead to the first member whose key stands in its object already, here or below: of two verdicts
    /// under one name no reader can tell which one counts.
    #[must_use]
    pub fn repeated(&self) -> Option<Vec<usize>> {
        let mut steps = Vec::new();
        self.find_repeated(&mut steps).then_some(steps)
    }

    /// Whether there is one; if so, `steps` lead to it.
    fn find_repeated(&self, steps: &mut Vec<usize>) -> bool {
        let mut seen = HashSet::new();
        for (at, (key, node)) in self.members().iter().enumerate() {
            steps.push(at);
            if !seen.insert(key) || node.find_repeated(steps) {
                return true;
            }
            steps.pop();
        }
        if let Self::List(elements) = self {
            for (at, node) in elements.iter().enumerate() {
                steps.push(at);
                if node.find_repeated(steps) {
                    return true;
                }
                steps.pop();
            }
        }
        false
    }

    /// The kind in a word for the reader.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Object(_) => "object",
            Self::Raw(_) => "raw text",
        }
    }
}

/// The kind alone: values are identity data.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind_name())
    }
}

#[cfg(test)]
mod tests;

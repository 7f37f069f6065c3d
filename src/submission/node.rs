//! Holds a submission as a tree of JSON values exactly as sent: with the digits of numbers, the order of keys, and
//! repeated keys.
//!
//! The tree is used to show a full record (the answer with all fields of one submission). Lists use the compact
//! [`Row`](super::row::Row) instead. Nothing is dropped: a part that is nested too deeply or too large stays as raw
//! text, and is listed as [`UnparsedPart`].

mod members;
mod parse;
mod raw;

use std::fmt;
use std::slice;

use compact_str::CompactString;

use crate::text::{Untrusted, decimal};
pub use members::Members;
pub(super) use parse::{LEVELS, ParsedTree, parse_checked_tree, parse_tree};
pub use raw::{RawText, UnparsedKind, UnparsedPart};

/// A JSON value as it was sent.
#[derive(Clone, Default, PartialEq)]
pub enum Node {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The digits of a number as sent, with any length and range.
    Number(CompactString),
    /// A string without its quotes and escapes. An escape for a single half of a surrogate pair (`\ud83d`) is kept.
    Text(Untrusted),
    /// The elements of an array. Elements that were not parsed are one [`Node::Raw`] at the end.
    List(Vec<Self>),
    /// The members of an object in the order sent, repeated keys included. Consecutive members that were not parsed are
    /// one [`Node::Raw`] with an empty key.
    Object(Members),
    /// JSON text that was not parsed, because it is nested too deeply or too large; or text that is not JSON.
    Raw(Box<RawText>),
}

impl Node {
    /// Parses the text `raw` of one JSON value. A text that is not JSON becomes one [`Node::Raw`]. The time grows
    /// in proportion to the length of the text.
    #[cfg(test)]
    fn read(raw: &[u8]) -> Self {
        parse_tree(&bytes::Bytes::copy_from_slice(raw)).root
    }

    /// Returns the value of the member `key` of this object. Returns `None` if there is no such member, or if this
    /// value is not an object. If the key is repeated, the last value is returned, as in JavaScript; see also
    /// [`Node::all`].
    pub fn get(&self, key: &str) -> Option<&Self> {
        if let Self::Object(members) = self { members.all(key).next_back() } else { None }
    }

    /// Returns the values of all members of this object with the given key, in the order sent: several values if the
    /// key is repeated.
    pub fn all(&self, key: &str) -> impl DoubleEndedIterator<Item = &Self> {
        let members = if let Self::Object(members) = self { Some(members) } else { None };
        members.into_iter().flat_map(move |members| members.all(key))
    }

    /// Returns the members of this object, each as its key and value. Members that were not parsed are raw
    /// text with an empty key. Empty if this value is not an object.
    pub fn members(&self) -> &[(Untrusted, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// Returns this value as a list: the parsed elements of a list, no element for `null`, and any other value as the
    /// only element. Callers use this for fields that the service sends as a single value or as a list.
    pub fn list(&self) -> &[Self] {
        match self {
            Self::List(elements) => match elements.split_last() {
                Some((last, opened)) if last.is_rest() => opened,
                _ => elements,
            },
            Self::Null => &[],
            _ => slice::from_ref(self),
        }
    }

    /// Returns the number of elements of [`Node::list`], plus the number of elements that were not parsed.
    pub fn count(&self) -> usize {
        self.list().len() + self.unparsed_elements()
    }

    /// Returns the number of elements of this list that were not parsed; 0 if this value is not a list.
    pub fn unparsed_elements(&self) -> usize {
        match self {
            Self::List(elements) => elements.last().map_or(0, Self::unparsed_count),
            _ => 0,
        }
    }

    /// Returns whether this node is the rest of a list or object: one raw text for several elements or members that
    /// were not parsed. Returns false for a node that is one value.
    pub fn is_rest(&self) -> bool {
        self.unparsed_count() > 0
    }

    /// Returns the number of unparsed list elements or object members whose raw text this node holds. Returns 0 for a
    /// node that is one value.
    pub fn unparsed_count(&self) -> usize {
        match self {
            Self::Raw(raw) => raw.unparsed_count(),
            _ => 0,
        }
    }

    /// Returns the unmasked text of a string, a number, `true` or `false`. For [`Node::Raw`], returns the text that was
    /// not parsed. `None` for `null`, a list or an object. The text is for comparing and searching, never for showing.
    pub fn expose(&self) -> Option<&str> {
        match self {
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(digits) => Some(digits),
            Self::Text(text) => Some(text.expose()),
            Self::Raw(raw) => Some(raw.expose()),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Returns the text of a string, a number, `true` or `false`. For [`Node::Raw`], returns the text that was not
    /// parsed. `None` for `null`, a list or an object. The text must be sanitised before it is shown.
    pub fn text(&self) -> Option<Untrusted> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Raw(raw) => Some(raw.text().clone()),
            _ => self.expose().map(Untrusted::new),
        }
    }

    /// Returns the number that this value is: a JSON number, or a string such as `"80"`. Returns `None` for any other
    /// value, or if the number is too large for `f64`. The number is for comparing and for drawing bars; [`Node::text`]
    /// has the digits to show.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(digits) => decimal(digits),
            Self::Text(text) if text.expose().len() <= parse::MAX_NUMBER_DIGITS => decimal(text.expose()),
            _ => None,
        }
    }

    /// Returns the indexes of members and elements, one for each level, that lead from this node to its first repeated
    /// key. Returns `None` if no key is repeated. With a repeated key, nobody knows which of its values is valid.
    pub fn repeated(&self) -> Option<Vec<usize>> {
        let mut steps = Vec::new();
        self.find_repeated(&mut steps).then_some(steps)
    }

    /// Returns whether this value contains an object with a repeated key, at any depth. If so, the indexes that lead
    /// from this node to the repeated key are appended to `steps`.
    fn find_repeated(&self, steps: &mut Vec<usize>) -> bool {
        match self {
            Self::Object(members) => {
                for (at, (key, node)) in members.iter().enumerate().filter(|(_, (_, node))| !node.is_rest()) {
                    steps.push(at);
                    if members.positions(key.expose()).next() != Some(at) || node.find_repeated(steps) {
                        return true;
                    }
                    steps.pop();
                }
            }
            Self::List(elements) => {
                for (at, node) in elements.iter().enumerate() {
                    steps.push(at);
                    if node.find_repeated(steps) {
                        return true;
                    }
                    steps.pop();
                }
            }
            _ => {}
        }
        false
    }

    /// Returns the name of this value's kind for the screen, such as `number`.
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

/// Writes only the kind of the value, because the value itself is identity data.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind_name())
    }
}

#[cfg(test)]
mod tests;

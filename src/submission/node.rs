//! A submission as a tree in which everything is as it was sent: digits of numbers, order and repetition of keys.
//!
//! For what is read once a screen (the detail); lists are made of the compact [`Row`](super::row::Row). Nothing is
//! dropped: what is too deep or too much to open stays as raw text, and the reader is told ([`Unread`]).

mod members;
mod open;
mod raw;

use std::collections::HashSet;
use std::fmt;
use std::slice;

use compact_str::CompactString;

use crate::text::{Untrusted, decimal};
pub use members::Members;
pub(super) use open::{LEVELS, Opened, open};
pub use raw::{Raw, Rest, Unread};

/// A JSON value as it was sent.
#[derive(Clone, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The digits as sent, whatever their number or range.
    Number(CompactString),
    /// A string without its quotes and escapes. Half of a surrogate pair stays the escape that came (`\ud83d`).
    Text(Untrusted),
    /// An array. Elements that were not opened are as one [`Node::Raw`] at its end.
    List(Vec<Self>),
    /// The members in the order sent, repeated keys included. Where some were not opened, one [`Node::Raw`] under an empty
    /// key holds their text.
    Object(Members),
    /// Text that was not taken apart.
    Raw(Box<Raw>),
}

impl Node {
    /// Reads one JSON value. What is not JSON becomes [`Node::Raw`] as a whole. Takes time in proportion to the length.
    #[cfg(test)]
    fn read(raw: &[u8]) -> Self {
        open(&bytes::Bytes::copy_from_slice(raw)).root
    }

    /// A member of an object. Of a repeated key the last one, as JavaScript reads it; [`Node::repeated`] tells
    /// whether there are others, [`Node::all`] gives them.
    pub fn get(&self, key: &str) -> Option<&Self> {
        if let Self::Object(members) = self { members.all(key).next_back() } else { None }
    }

    /// Every member of an object that has this key, in the order sent.
    pub fn all(&self, key: &str) -> impl DoubleEndedIterator<Item = &Self> {
        let members = if let Self::Object(members) = self { Some(members) } else { None };
        members.into_iter().flat_map(move |members| members.all(key))
    }

    /// The members of an object, what was not opened of them included; none for any other kind.
    pub fn members(&self) -> &[(Untrusted, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// One or many: the elements of a list that were opened, none for `null`, and any other value as the only element,
    /// because the service documents as one what its samples send as a list, and the other way round.
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

    /// How many there are of [`Node::list`], those that were not opened included.
    pub fn count(&self) -> usize {
        self.list().len() + self.unopened()
    }

    /// How many elements of a list were not opened.
    pub fn unopened(&self) -> usize {
        match self {
            Self::List(elements) => elements.last().map_or(0, Self::stands_for),
            _ => 0,
        }
    }

    /// Returns whether it is no value but the text of elements or members that were not opened.
    pub fn is_rest(&self) -> bool {
        self.stands_for() > 0
    }

    /// How many elements or members it is the text of; 0 for a value.
    pub fn stands_for(&self) -> usize {
        match self {
            Self::Raw(raw) => raw.stands_for(),
            _ => 0,
        }
    }

    /// The true characters of a scalar or of raw text, as sent, for comparing and searching; never for showing. `None`
    /// for `null`, a list or an object.
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

    /// The same, to be shown through the sanitiser.
    pub fn text(&self) -> Option<Untrusted> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Raw(raw) => Some(raw.text().clone()),
            _ => self.expose().map(Untrusted::new),
        }
    }

    /// A number, or a string that holds one, for comparing and for bars; to show it, take [`Node::text`]. `None` where
    /// it does not fit.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(digits) => decimal(digits),
            Self::Text(text) if text.expose().len() <= open::LONGEST_NUMBER => decimal(text.expose()),
            _ => None,
        }
    }

    /// Positions that lead to the first member whose key is in its object already, here or below: of two verdicts
    /// under one name no reader can tell which one counts.
    pub fn repeated(&self) -> Option<Vec<usize>> {
        let mut steps = Vec::new();
        self.find_repeated(&mut steps).then_some(steps)
    }

    /// Returns whether there is one; if so, `steps` lead to it.
    fn find_repeated(&self, steps: &mut Vec<usize>) -> bool {
        let mut seen = HashSet::new();
        for (at, (key, node)) in self.members().iter().enumerate().filter(|(_, (_, node))| !node.is_rest()) {
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

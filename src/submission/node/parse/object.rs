//! Collects the members of an object while the object is parsed: the parsed members, and those that are skipped to save
//! memory.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::super::Node;
use crate::text::Untrusted;

/// The state of an object that is being parsed.
#[derive(Default)]
pub(super) struct ParsedObject<'a> {
    pub(super) members: Vec<(Untrusted, Node)>,
    /// For each documented path with a parsed value: the path, the number of its parsed values, and the JSON text of
    /// the last one.
    named: Vec<(&'static str, usize, &'a str)>,
    /// Hashes of the keys of the parsed members; `None` until [`Self::holds`] is called for the first time.
    keys: Option<HashSet<u64>>,
    /// The members that were skipped one after the other since the last parsed member; `None` if none was skipped.
    pub(super) rest: Option<SkippedMembers>,
}

/// Consecutive members of an object that were not parsed: the byte range of their text, their number, and whether one
/// of them is documented.
pub(super) struct SkippedMembers {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) members: usize,
    pub(super) is_documented: bool,
}

impl<'a> ParsedObject<'a> {
    /// Returns the number of copies: parsed members of this object with the documented path `path`. It is above 1 if
    /// the key is repeated.
    pub(super) fn copies(&self, path: &str) -> usize {
        self.named.iter().find(|(known, ..)| *known == path).map_or(0, |(_, copies, _)| *copies)
    }

    pub(super) fn note(&mut self, path: &'static str, text: &'a str) {
        match self.named.iter_mut().find(|(known, ..)| *known == path) {
            Some((_, copies, last)) => (*copies, *last) = (*copies + 1, text),
            None => self.named.push((path, 1, text)),
        }
    }

    /// Returns whether `text`, the JSON text of a further value at the documented path `path`, differs from the last
    /// parsed value at this path. Returns false if no value at this path was parsed.
    pub(super) fn differs(&self, path: &str, text: &str) -> bool {
        self.named.iter().any(|(known, _, last)| *known == path && *last != text)
    }

    /// Adds a member with its key and its parsed value `node`. If `node` is the raw text of members that were not
    /// parsed, `key` is empty.
    pub(super) fn push(&mut self, key: Untrusted, node: Node) {
        if let Some(keys) = self.keys.as_mut().filter(|_| !node.is_rest()) {
            keys.insert(number(key.expose()));
        }
        self.members.push((key, node));
    }

    /// Returns whether a member of this object with the key `key` was parsed. Only hashes are compared; two keys with
    /// the same hash count as equal.
    pub(super) fn holds(&mut self, key: &str) -> bool {
        let members = &self.members;
        let opened = || members.iter().filter(|(_, node)| !node.is_rest()).map(|(key, _)| number(key.expose()));
        self.keys.get_or_insert_with(|| opened().collect()).contains(&number(key))
    }

    /// Adds a member to the consecutive members that are skipped (not parsed, but kept as one text). `start` and `end`
    /// are the positions of the member in bytes from the start of the submission. `is_documented` says whether the
    /// member is documented.
    pub(super) fn skip(&mut self, start: usize, end: usize, is_documented: bool) {
        let rest = self.rest.get_or_insert(SkippedMembers { start, end, members: 0, is_documented: false });
        rest.end = end;
        rest.members += 1;
        rest.is_documented |= is_documented;
    }
}

fn number(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

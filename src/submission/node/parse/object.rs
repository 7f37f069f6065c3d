//! Collects the members of an object while the object is parsed: the opened members, and the members that are
//! skipped to save memory.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::super::Node;
use crate::text::Untrusted;

/// The state of an object that is being parsed.
#[derive(Default)]
pub(super) struct ParsedObject<'a> {
    pub(super) members: Vec<(Untrusted, Node)>,
    /// For each documented path of which a value was opened: the path, the number of opened values, and the JSON text
    /// of the last opened value.
    named: Vec<(&'static str, usize, &'a str)>,
    /// Hashes of the keys of the opened members; `None` until [`Self::holds`] is called for the first time.
    keys: Option<HashSet<u64>>,
    /// The consecutive members that were skipped since the last opened member; `None` if none was skipped.
    pub(super) rest: Option<SkippedMembers>,
}

/// Consecutive members of an object that were skipped, that is, not parsed: the byte range of their text, and
/// their number.
pub(super) struct SkippedMembers {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) members: usize,
    pub(super) is_documented: bool,
}

impl<'a> ParsedObject<'a> {
    /// Returns how many members of this object with the documented path `path` were parsed. The number is
    /// above 1 if the key is repeated.
    pub(super) fn copies(&self, path: &str) -> usize {
        self.named.iter().find(|(known, ..)| *known == path).map_or(0, |(_, copies, _)| *copies)
    }

    pub(super) fn note(&mut self, path: &'static str, text: &'a str) {
        match self.named.iter_mut().find(|(known, ..)| *known == path) {
            Some((_, copies, last)) => (*copies, *last) = (*copies + 1, text),
            None => self.named.push((path, 1, text)),
        }
    }

    /// Returns whether `text` differs from the last parsed value of the same key. `text` is the JSON text of a
    /// further value, which is not opened. `path` is the path of both values in the service's documentation. Returns
    /// false if no value of this key was opened.
    pub(super) fn differs(&self, path: &str, text: &str) -> bool {
        self.named.iter().any(|(known, _, last)| *known == path && *last != text)
    }

    /// Adds a member to the object: its key and its parsed value `node`. If `node` is the raw text of one or
    /// more members that were not opened, `key` is empty.
    pub(super) fn push(&mut self, key: Untrusted, node: Node) {
        if let Some(keys) = self.keys.as_mut().filter(|_| !node.is_rest()) {
            keys.insert(number(key.expose()));
        }
        self.members.push((key, node));
    }

    /// Returns whether a member of this object with the given key was opened (parsed into a value). The function
    /// compares hashes, so the result is wrong only if two keys have the same hash.
    pub(super) fn holds(&mut self, key: &str) -> bool {
        let members = &self.members;
        let opened = || members.iter().filter(|(_, node)| !node.is_rest()).map(|(key, _)| number(key.expose()));
        self.keys.get_or_insert_with(|| opened().collect()).contains(&number(key))
    }

    /// Adds a member to the run of consecutive members that are not parsed, but kept together as one text. `start` and
    /// `end` are the positions of the member in bytes from the start of the submission. `is_documented` says whether
    /// the documentation has the member.
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

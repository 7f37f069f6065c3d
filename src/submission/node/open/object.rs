//! Collects the members of an object while it is opened: the opened members, and the members that are skipped.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::super::Node;
use crate::text::Untrusted;

/// The state of an object that is being opened.
#[derive(Default)]
pub(super) struct OpeningObject<'a> {
    pub(super) members: Vec<(Untrusted, Node)>,
    /// For each documented path of which a value was opened: the path, the number of opened values, and the JSON text
    /// of the last one.
    named: Vec<(&'static str, usize, &'a str)>,
    /// Hashes of the opened keys; built at the first call of [`Self::holds`].
    keys: Option<HashSet<u64>>,
    /// The current run of consecutive members that are skipped, if there is one.
    pub(super) rest: Option<Skipped>,
}

/// A run of consecutive members that are skipped: the byte range of their text, and their number.
pub(super) struct Skipped {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) members: usize,
    pub(super) is_documented: bool,
}

impl<'a> OpeningObject<'a> {
    /// Returns the number of opened members that have the key of a documented path.
    pub(super) fn copies(&self, path: &str) -> usize {
        self.named.iter().find(|(known, ..)| *known == path).map_or(0, |(_, copies, _)| *copies)
    }

    pub(super) fn note(&mut self, path: &'static str, text: &'a str) {
        match self.named.iter_mut().find(|(known, ..)| *known == path) {
            Some((_, copies, last)) => (*copies, *last) = (*copies + 1, text),
            None => self.named.push((path, 1, text)),
        }
    }

    /// Returns whether the last opened value of a documented path differs from the JSON text of a further value that is
    /// not opened. Returns false if no value of the path was opened.
    pub(super) fn differs(&self, path: &str, text: &str) -> bool {
        self.named.iter().any(|(known, _, last)| *known == path && *last != text)
    }

    /// Adds an opened member, or the text of skipped members.
    pub(super) fn push(&mut self, key: Untrusted, node: Node) {
        if let Some(keys) = self.keys.as_mut().filter(|_| !node.is_rest()) {
            keys.insert(number(key.expose()));
        }
        self.members.push((key, node));
    }

    /// Returns whether a member with the key was opened. The function compares hashes, so the result is wrong only if
    /// two keys have the same hash.
    pub(super) fn holds(&mut self, key: &str) -> bool {
        let members = &self.members;
        let opened = || members.iter().filter(|(_, node)| !node.is_rest()).map(|(key, _)| number(key.expose()));
        self.keys.get_or_insert_with(|| opened().collect()).contains(&number(key))
    }

    /// Adds a member to the current run of skipped members, or begins a new run. `start` and `end` are byte offsets of
    /// the member from the start of the submission.
    pub(super) fn skip(&mut self, start: usize, end: usize, is_documented: bool) {
        let rest = self.rest.get_or_insert(Skipped { start, end, members: 0, is_documented: false });
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

//! An object on its way to be opened: what was taken in, and what was passed over.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::super::Node;
use crate::text::Untrusted;

/// An object that is being opened.
#[derive(Default)]
pub(super) struct OpeningObject<'a> {
    pub(super) members: Vec<(Untrusted, Node)>,
    /// For each documented key that was opened, how often, and the last value.
    named: Vec<(&'static str, usize, &'a str)>,
    /// Numbers made of the keys that were opened, once they are asked for.
    keys: Option<HashSet<u64>>,
    /// Members running that are not opened.
    pub(super) rest: Option<Skipped>,
}

/// Members running that are passed over: where their text is.
pub(super) struct Skipped {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) members: usize,
    pub(super) is_documented: bool,
}

impl<'a> OpeningObject<'a> {
    /// How often a documented key was opened.
    pub(super) fn copies(&self, path: &str) -> usize {
        self.named.iter().find(|(known, ..)| *known == path).map_or(0, |(_, copies, _)| *copies)
    }

    pub(super) fn note(&mut self, path: &'static str, text: &'a str) {
        match self.named.iter_mut().find(|(known, ..)| *known == path) {
            Some((_, copies, last)) => (*copies, *last) = (*copies + 1, text),
            None => self.named.push((path, 1, text)),
        }
    }

    /// Whether a documented key was opened with another value than this one, which is not.
    pub(super) fn differs(&self, path: &str, text: &str) -> bool {
        self.named.iter().any(|(known, _, last)| *known == path && *last != text)
    }

    /// Takes a member in.
    pub(super) fn push(&mut self, key: Untrusted, node: Node) {
        if let Some(keys) = self.keys.as_mut().filter(|_| !node.is_rest()) {
            keys.insert(number(key.expose()));
        }
        self.members.push((key, node));
    }

    /// Whether a key was opened, as good as certainly.
    pub(super) fn holds(&mut self, key: &str) -> bool {
        let members = &self.members;
        let opened = || members.iter().filter(|(_, node)| !node.is_rest()).map(|(key, _)| number(key.expose()));
        self.keys.get_or_insert_with(|| opened().collect()).contains(&number(key))
    }

    /// Passes over a member.
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

//! Finds two kinds of fields of a submission in one pass: values that the service's documentation does not describe,
//! and keys that occur twice in one JSON object.
//!
//! A screen shows these values and keys, so that no part of an answer is lost. A path is built only for a value that is
//! found. So a pass over megabytes of documented values allocates no text.

use std::collections::HashMap;

use super::node::Node;
use super::places::DocumentedPlace;
use super::{Document, Field};
use crate::text::Untrusted;

/// Maximum number of undocumented values and repeated keys that are kept, both together. Further ones are only counted.
const MOST: usize = 500;

/// Maximum number of bytes of all paths that are kept for one kind of field (undocumented or repeated). The first path
/// of each kind is kept even if it is longer. The limit is necessary because a single key may be nearly as long as the
/// whole submission.
const BYTES: usize = 64 * 1024;

/// Number of bytes that a list position such as `[12]` is estimated to add to the length of a path.
const POSITION: usize = 8;

/// Index, in arrays with two elements such as `kept`, of the element about undocumented values. The other element, at
/// the index [`REPEATED`], is about repeated keys.
const UNDOCUMENTED: usize = 0;
const REPEATED: usize = 1;

/// Maximum number of members of an object in which repeated keys are found by comparing every pair of keys. In larger
/// objects, the keys are hashed.
const SMALL: usize = 32;

/// Undocumented values and repeated keys of one submission. An undocumented value is a value that the service's
/// documentation does not describe. A repeated key occurs more than once in the same JSON object.
#[derive(Clone, Debug, Default)]
pub struct Undocumented<'a> {
    /// Undocumented values in the order sent. Values inside of an undocumented object or list are not listed on their
    /// own. A text in place of a documented object counts as undocumented too.
    pub undocumented: Vec<Field<'a>>,
    /// All members with a repeated key. Members with the same key are next to each other.
    pub repeated: Vec<Field<'a>>,
    /// Number of further undocumented values and repeated members, which are in neither of the two lists above.
    pub more: usize,
}

impl<'a> Undocumented<'a> {
    /// Searches the submission `document` for undocumented values and repeated keys, and returns them.
    pub fn of(document: &'a Document) -> Self {
        let root = document.root();
        let node = root.node();
        let mut walk = UndocumentedWalk { root, steps: Vec::new(), bytes: 0, kept: [0; 2], survey: Self::default() };
        walk.value(node, DocumentedPlace::root());
        walk.survey
    }
}

struct UndocumentedWalk<'a> {
    root: Field<'a>,
    /// Positions (indexes of a member or an element, one for each level) that lead from the whole submission to the
    /// value that is being examined.
    steps: Vec<usize>,
    /// Estimated length in bytes of the path of the value that is being examined.
    bytes: usize,
    /// Number of bytes of the paths that are kept in `survey`: first for undocumented values, then for repeated keys.
    kept: [usize; 2],
    survey: Undocumented<'a>,
}

impl<'a> UndocumentedWalk<'a> {
    fn value(&mut self, node: &Node, place: DocumentedPlace) {
        match node {
            Node::Object(members) => {
                self.repeated(members);
                let opened = members.iter().enumerate().filter(|(_, (_, node))| !node.is_rest());
                for (at, (key, node)) in opened {
                    let above = self.enter(at, key.expose().len() + 1);
                    match place.member(key.expose()) {
                        Some(place) => self.value(node, place),
                        None => {
                            self.undocumented();
                            self.value(node, DocumentedPlace::Within(""));
                        }
                    }
                    self.leave(above);
                }
            }
            Node::List(elements) => {
                for (at, node) in elements.iter().enumerate() {
                    let above = self.enter(at, POSITION);
                    self.value(node, place);
                    self.leave(above);
                }
            }
            Node::Null => {}
            node if node.is_rest() => {}
            _ if place.takes_scalar() => {}
            _ => self.undocumented(),
        }
    }

    fn enter(&mut self, index: usize, bytes: usize) -> usize {
        self.steps.push(index);
        let above = self.bytes;
        self.bytes += bytes;
        above
    }

    fn leave(&mut self, above: usize) {
        self.steps.pop();
        self.bytes = above;
    }

    fn undocumented(&mut self) {
        if self.has_room(UNDOCUMENTED, self.bytes)
            && let Some(field) = self.field()
        {
            self.survey.undocumented.push(field);
        }
    }

    fn repeated(&mut self, members: &[(Untrusted, Node)]) {
        // Most objects are small and repeat nothing, and then comparing costs less than hashing.
        let repeats = |at: usize, key: &Untrusted| members.iter().take(at).any(|(other, _)| other == key);
        if members.len() <= SMALL && !members.iter().enumerate().any(|(at, (key, _))| repeats(at, key)) {
            return;
        }
        let mut places: HashMap<&Untrusted, Vec<usize>> = HashMap::new();
        for (at, (key, _)) in members.iter().enumerate().filter(|(_, (_, node))| !node.is_rest()) {
            places.entry(key).or_default().push(at);
        }
        let mut places: Vec<Vec<usize>> = places.into_values().filter(|places| places.len() > 1).collect();
        places.sort_unstable();
        for at in places.into_iter().flatten() {
            let key = members.get(at).map_or(0, |(key, _)| key.expose().len() + 1);
            let above = self.enter(at, key);
            if self.has_room(REPEATED, self.bytes)
                && let Some(field) = self.field()
            {
                self.survey.repeated.push(field);
            }
            self.leave(above);
        }
    }

    /// Returns whether one more field may be stored in the result of the search, [`Undocumented`]. `kind` says what was
    /// found: [`UNDOCUMENTED`] is an undocumented value, [`REPEATED`] a repeated key. `bytes` is the length of the path
    /// of the field. If this function returns false, it has already added the field to the number of fields that are
    /// not stored.
    fn has_room(&mut self, kind: usize, bytes: usize) -> bool {
        let held = self.survey.undocumented.len() + self.survey.repeated.len();
        let kept = self.kept.get(kind).copied().unwrap_or_default();
        // The screen shows the count of the rest below the undocumented values: the first of them always has room.
        let reserved = usize::from(kind == REPEATED && self.survey.undocumented.is_empty());
        let fits = held + reserved < MOST && (kept == 0 || kept + bytes <= BYTES);
        if fits {
            self.kept.iter_mut().skip(kind).take(1).for_each(|kept| *kept += bytes.max(1));
        } else {
            self.survey.more += 1;
        }
        fits
    }

    fn field(&self) -> Option<Field<'a>> {
        self.steps.iter().try_fold(self.root.clone(), |field, at| field.nth(*at).map(|(_, member)| member))
    }
}

#[cfg(test)]
mod tests;

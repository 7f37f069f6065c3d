//! One walk over a submission: which values no documentation knows, and which keys are more than once.
//!
//! So that a screen can show what no other place shows, and nothing of an answer is lost. Paths are only made for what
//! is found: a walk over megabytes of documented values costs no text.

use std::collections::HashMap;

use super::node::Node;
use super::places::DocumentedPlace;
use super::{Document, Field};
use crate::text::Untrusted;

/// Fields found of either kind at most; the rest is counted.
const MOST: usize = 500;

/// Bytes of paths that are kept for either kind, but for the first path of each: keys may be as long as an answer.
const BYTES: usize = 64 * 1024;

/// Bytes that a path is taken to have for a position in a list.
const POSITION: usize = 8;

/// The kinds of what is found.
const UNDOCUMENTED: usize = 0;
const REPEATED: usize = 1;

/// Members of an object up to which they are compared one by one.
const SMALL: usize = 32;

/// What the documentation leaves unexplained in one submission.
#[derive(Clone, Debug, Default)]
pub struct Undocumented<'a> {
    /// The topmost values that are not documented, in the order sent: a documented object that came as a text, too.
    pub undocumented: Vec<Field<'a>>,
    /// Every occurrence of a key that is more than once in its object, occurrences of one key together.
    pub repeated: Vec<Field<'a>>,
    /// How many more of both kinds there are than are held here.
    pub more: usize,
}

impl<'a> Undocumented<'a> {
    /// Walks over a submission once.
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
    /// Positions that lead from the root to the value.
    steps: Vec<usize>,
    /// About how long the path there would be.
    bytes: usize,
    /// Bytes of the paths that are kept: of what is not documented, of what is repeated.
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

    fn enter(&mut self, at: usize, bytes: usize) -> usize {
        self.steps.push(at);
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

    /// Whether one more of a kind may be kept, with a path of this many bytes; it is counted when not.
    fn has_room(&mut self, kind: usize, bytes: usize) -> bool {
        let held = self.survey.undocumented.len() + self.survey.repeated.len();
        let kept = self.kept.get(kind).copied().unwrap_or_default();
        // The count of what is left out is below what is not documented: the first of that always has room.
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

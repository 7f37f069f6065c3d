//! One walk over a submission: which values no documentation knows, and which keys stand more than once.
//!
//! So that a screen can show what no other place shows, and nothing of an answer is lost. Paths are only made for what
//! is found: a walk over megabytes of documented values costs no text.

use std::collections::HashMap;

use super::fields::FIELDS;
use super::node::Node;
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

/// Containers whose members are open by the documentation.
const OPAQUE: [&str; 1] = ["aml.raw_data"];

/// What the documentation leaves unexplained in one submission.
#[derive(Clone, Debug, Default)]
pub struct Survey<'a> {
    /// The topmost values that are not documented, in the order sent: a documented object that came as a text, too.
    pub undocumented: Vec<Field<'a>>,
    /// Every occurrence of a key that stands more than once in its object, occurrences of one key together.
    pub repeated: Vec<Field<'a>>,
    /// How many more of both kinds there are than are held here.
    pub more: usize,
}

impl<'a> Survey<'a> {
    /// Walks over a submission once.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let mut tree = Branch::default();
        for (path, ..) in FIELDS {
            tree.grow(path, |branch| branch.documented = true);
        }
        for path in OPAQUE {
            tree.grow(path, |branch| branch.opaque = true);
        }
        let root = document.root();
        let node = root.node();
        let mut walk = Walk { root, steps: Vec::new(), bytes: 0, kept: [0; 2], survey: Self::default() };
        walk.value(node, Place::Known([Some(&tree), None]));
        walk.survey
    }
}

/// The documented paths as a tree of keys.
#[derive(Default)]
struct Branch {
    members: Vec<(&'static str, Self)>,
    documented: bool,
    opaque: bool,
}

impl Branch {
    /// Grows a path and does something at its end.
    fn grow(&mut self, path: &'static str, end: fn(&mut Self)) {
        let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
        if self.member(key).is_none() {
            self.members.push((key, Self::default()));
        }
        let branch = self.members.iter_mut().find(|(known, _)| *known == key);
        match (branch, rest) {
            (Some((_, branch)), Some(rest)) => branch.grow(rest, end),
            (Some((_, branch)), None) => end(branch),
            (None, _) => {}
        }
    }

    fn member(&self, key: &str) -> Option<&Self> {
        self.members.iter().find(|(known, _)| *known == key).map(|(_, branch)| branch)
    }
}

/// Where a value stands in the documentation.
#[derive(Clone, Copy)]
enum Place<'t> {
    /// On one documented path, or on two where one of them has an open name.
    Known([Option<&'t Branch>; 2]),
    /// Below something that is shown as a whole.
    Within,
}

impl<'t> Place<'t> {
    /// The place of a member; `None` when no documentation knows it.
    fn member(self, key: &str) -> Option<Self> {
        let Self::Known(branches) = self else { return Some(Self::Within) };
        let mut found = branches.into_iter().flatten().flat_map(|branch| [branch.member(key), branch.member("*")]);
        let mut found = || found.find_map(|branch: Option<&'t Branch>| branch);
        let branches = [Some(found()?), found()];
        let opaque = branches.iter().flatten().any(|branch| branch.opaque);
        Some(if opaque { Self::Within } else { Self::Known(branches) })
    }

    /// Whether a scalar may stand here.
    fn takes_scalar(self) -> bool {
        match self {
            Self::Known(branches) => branches.iter().flatten().any(|branch| branch.documented),
            Self::Within => true,
        }
    }
}

struct Walk<'a> {
    root: Field<'a>,
    /// Positions that lead from the root to the value.
    steps: Vec<usize>,
    /// About how long the path there would be.
    bytes: usize,
    /// Bytes of the paths that are kept: of what is not documented, of what is repeated.
    kept: [usize; 2],
    survey: Survey<'a>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, node: &Node, place: Place<'_>) {
        match node {
            Node::Object(members) => {
                self.repeated(members);
                for (at, (key, node)) in members.iter().enumerate() {
                    let above = self.enter(at, key.expose().len() + 1);
                    match place.member(key.expose()) {
                        Some(place) => self.value(node, place),
                        None => {
                            self.undocumented();
                            self.value(node, Place::Within);
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
        for (at, (key, _)) in members.iter().enumerate() {
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

    /// Whether one more of a kind may be kept, with a path of so many bytes; it is counted when not.
    fn has_room(&mut self, kind: usize, bytes: usize) -> bool {
        let held = self.survey.undocumented.len() + self.survey.repeated.len();
        let kept = self.kept.get(kind).copied().unwrap_or_default();
        // The count of what is left out stands below what is not documented: the first of that always has room.
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

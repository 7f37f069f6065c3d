//! One submission, opened: every value with its path, its name and its privacy class.

mod cells;
mod classification;
mod forms;
mod found;
mod masked_values;
mod privacy;
mod telling;
mod unopened;

use std::fmt;

use bytes::Bytes;

use super::assessment;
use super::fields::{self, DocumentedField};
use super::node::{self, Node, Rest, Unread};
use super::path::{self, Step};
use crate::text::{Untrusted, Value};
pub use cells::{classes, classes_of_both, classes_together, classes_unjudged};
use classification::Classification;
use forms::Forms;
use found::Found;
use masked_values::MaskedValues;
use privacy::Privacy;
pub(super) use privacy::PrivacyPath;

/// One submission as read from its bytes.
pub struct Document {
    root: Node,
    whole: bool,
    /// What its values are known to be: private ones stay masked wherever else they are.
    masked: MaskedValues,
    /// Its forms that ask for identity data.
    forms: Forms,
    /// Positions that lead to the first key that is more than once. No paths are kept: one key may be most of an
    /// answer, and everything below it would repeat it.
    repeated: Option<Vec<usize>>,
    deleted: Option<String>,
    hides: bool,
    /// What was not opened.
    unread: Vec<Unread>,
    more_unread: usize,
    /// Documented paths of which some values were not read.
    contested: Vec<&'static str>,
}

/// What the service shows in place of what was deleted; its documentation does not say in which field.
const DELETED: &str = "Deleted Submission";

impl Document {
    /// Reads a submission. `whole` tells that it came as a single submission, so that what it lacks is empty and not
    /// merely left out of a list. Never fails: what cannot be read, or is too much to open, stays as raw text. Long texts
    /// stay a part of the answer, so that it stays in memory as long as the document does.
    pub fn open(raw: &Bytes, whole: bool) -> Self {
        let node::Opened { root, unread, more: more_unread, contested } = node::open(raw);
        let mut found = Found::default();
        found.value(&root);
        let Found { deleted, hides, .. } = found;
        let Privacy { masked, forms, .. } = Privacy::of(&root);
        let repeated = root.repeated();
        let mut document =
            Self { root, whole, masked, forms, repeated, deleted: None, hides, unread, more_unread, contested };
        document.deleted = deleted.and_then(|steps| document.at(&steps)).map(|field| field.path);
        document
    }

    /// The same of a copy of the bytes.
    pub fn read(raw: &[u8], whole: bool) -> Self {
        Self::open(&Bytes::copy_from_slice(raw), whole)
    }

    /// Another answer about the same submission: what either of them makes private stays masked in both.
    pub fn share_masked(&mut self, other: &mut Self) {
        self.masked.extend(&other.masked);
        other.masked.clone_from(&self.masked);
    }

    /// Whether it came as a single submission.
    pub const fn is_whole(&self) -> bool {
        self.whole
    }

    /// The first member whose key is in its object already; see [`Node::repeated`].
    pub fn repeated(&self) -> Option<Field<'_>> {
        self.at(self.repeated.as_ref()?)
    }

    /// Whether a value or a key holds characters that cannot be seen, far behind what is shown of it too.
    pub const fn has_invisible(&self) -> bool {
        self.hides
    }

    /// Where the service says that the submission was deleted, if it does.
    pub fn deleted(&self) -> Option<&str> {
        self.deleted.as_deref()
    }

    /// The submission itself.
    pub fn root(&self) -> Field<'_> {
        Field { document: self, node: &self.root, path: String::new() }
    }

    /// The field at a path such as `kyc.result` or `kyc.attempts[0].errorCode`; `None` when it was not sent.
    pub fn field(&self, path: &str) -> Option<Field<'_>> {
        let mut field = self.root();
        for step in path::steps(path) {
            field = match (step, field.node) {
                (Step::Key(key), _) => field.child(&key)?,
                (Step::At(at), Node::List(_)) => field.nth(at)?.1,
                // One that is no list counts as a list of itself.
                (Step::At(at), _) => field.each().into_iter().nth(at)?,
            };
        }
        Some(field)
    }

    /// Whether some key is more than once in its object.
    pub(super) const fn repeats(&self) -> bool {
        self.repeated.is_some() || !self.contested.is_empty()
    }

    fn at(&self, steps: &[usize]) -> Option<Field<'_>> {
        steps.iter().try_fold(self.root(), |field, at| field.nth(*at).map(|(_, member)| member))
    }

    /// The text at a path, for comparing; `None` for nothing, null, an object or a list.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.field(path)?.text()
    }
}

/// How much there is: values are identity data.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Document");
        shown.field("whole", &self.whole).field("masked", &self.masked.len()).finish_non_exhaustive()
    }
}

/// A value in a submission, with the path that leads to it.
#[derive(Clone)]
pub struct Field<'a> {
    document: &'a Document,
    node: &'a Node,
    path: String,
}

impl<'a> Field<'a> {
    /// The path with list indexes, such as `kyc.attempts[0].errorCode`. Keys are the service's, so they may be hostile.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The submission that it is in.
    pub(super) const fn document(&self) -> &'a Document {
        self.document
    }

    /// The value.
    pub const fn node(&self) -> &'a Node {
        self.node
    }

    /// A member; `None` when it was not sent or this is no object.
    pub fn child(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.step(key, node))
    }

    /// Every member with a key: more than one where the key is repeated.
    pub(super) fn children(&self, key: &str) -> Vec<Self> {
        self.node.all(key).map(|node| self.step(key, node)).collect()
    }

    /// The members of an object that were opened, as sent.
    pub fn members(&self) -> Vec<(&'a Untrusted, Self)> {
        let opened = self.node.members().iter().filter(|(_, node)| !node.is_rest());
        opened.map(|(key, node)| (key, self.step(key.expose(), node))).collect()
    }

    /// The elements of a list that were opened. A value that is no list counts as a list of itself, null as none: the documentation
    /// leaves open for several fields whether one or many are sent.
    pub fn each(&self) -> Vec<Self> {
        let in_list = matches!(self.node, Node::List(_));
        let nodes = self.node.list().iter().enumerate();
        nodes
            .map(|(at, node)| {
                let path = if in_list { format!("{}[{at}]", self.path) } else { self.path.clone() };
                Field { document: self.document, node, path }
            })
            .collect()
    }

    /// The member of an object, with its key, or the element of a list at a position counted from 0: without building the
    /// fields beside it. `None` beyond the end, and for a scalar.
    pub fn nth(&self, at: usize) -> Option<(Option<&'a Untrusted>, Self)> {
        if let Node::List(elements) = self.node {
            let path = format!("{}[{at}]", self.path);
            return elements.get(at).map(|node| (None, Field { document: self.document, node, path }));
        }
        let (key, node) = self.node.members().get(at)?;
        Some((Some(key), self.step(key.expose(), node)))
    }

    fn step(&self, key: &str, node: &'a Node) -> Self {
        Field { document: self.document, node, path: path::member(&self.path, key) }
    }

    /// The true characters of a scalar as sent, for comparing; `None` for null, an object or a list, for what was not
    /// opened, and for what may not be read as the result that it looks like (see `super::assessment`).
    pub fn text(&self) -> Option<&'a str> {
        self.sent_text().filter(|_| !assessment::is_illegible(self))
    }

    /// The same of any scalar that was opened.
    pub(super) fn sent_text(&self) -> Option<&'a str> {
        let is_unread = matches!(self.node, Node::Raw(raw) if raw.rest() != Rest::Garbage);
        if is_unread { None } else { self.node.expose() }
    }

    /// A number, or a text that holds one, for comparing and for bars; never to be shown.
    pub fn number(&self) -> Option<f64> {
        self.node.number()
    }

    /// Whether there is nothing in it: null, an empty text, an empty list or object.
    pub fn is_empty(&self) -> bool {
        match self.node {
            Node::Null => true,
            Node::List(elements) => elements.is_empty(),
            Node::Object(members) => members.is_empty(),
            node => node.expose().is_none_or(str::is_empty),
        }
    }

    /// The scalar with its privacy class; `None` for null, an object or a list.
    pub fn value(&self) -> Option<Value> {
        self.node.text().map(|text| Value::new(text, self.class()))
    }

    /// What the documentation says of it; `None` for an undocumented field.
    pub fn known(&self) -> Option<DocumentedField> {
        known_at(&self.path)
    }

    /// Calls `each` for every scalar in it, in the order sent.
    pub fn walk(&self, each: &mut impl FnMut(&Self)) {
        self.leaves(&mut |field| {
            if !matches!(field.node, Node::Object(_) | Node::List(_)) {
                each(field);
            }
        });
    }

    /// The same, and for every list and object that holds nothing.
    pub fn leaves(&self, each: &mut impl FnMut(&Self)) {
        self.clone().descend(each);
    }

    /// Makes itself every part of it in turn: with one path for all of them, since a path to each would repeat a long key
    /// as often as values are below it.
    fn descend(&mut self, each: &mut impl FnMut(&Self)) {
        let (node, above) = (self.node, self.path.len());
        match node {
            Node::Object(members) if !members.is_empty() => {
                for (key, member) in members {
                    let step = path::member("", key.expose());
                    if above > 0 && !step.starts_with('[') {
                        self.path.push('.');
                    }
                    self.path.push_str(&step);
                    self.node = member;
                    self.descend(each);
                    self.path.truncate(above);
                }
            }
            Node::List(elements) if !elements.is_empty() => {
                for (at, element) in elements.iter().enumerate() {
                    self.path.push_str(&format!("[{at}]"));
                    self.node = element;
                    self.descend(each);
                    self.path.truncate(above);
                }
            }
            _ => each(self),
        }
        self.node = node;
    }
}

/// What the documentation says of the field at a path; `None` for an undocumented one.
pub(super) fn known_at(path: &str) -> Option<DocumentedField> {
    fields::known(Classification::of(path).pattern())
}

/// Where it is and of which kind it is: values are identity data, of the field and of the document that it is a part
/// of.
impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:?}: {})", self.path, self.node.kind_name())
    }
}

#[cfg(test)]
mod tests;

//! One parsed submission. Each of its values has a path, a key and a privacy class (how much of the value a mask
//! hides).

mod cells;
mod classification;
mod forms;
mod identity_words;
mod masked_values;
mod privacy;
mod scan;
mod unparsed;

use std::fmt;

use bytes::Bytes;

use super::assessment;
use super::fields::DocumentedField;
use super::node::{self, Node, UnparsedKind, UnparsedPart};
use super::path::{self, Step};
use crate::text::{SanitizerFindings, Untrusted, Value};
pub use cells::{classes, classes_of_both, classes_together, classes_unjudged};
use classification::Classification;
use forms::Forms;
use masked_values::MaskedValues;
use privacy::Privacy;
pub(super) use privacy::PrivacyPath;
use scan::DocumentScan;

/// One submission, parsed from its bytes.
pub struct Document {
    root: Node,
    whole: bool,
    /// Private values of the submission. If another field repeats one of these values, a mask hides that field too.
    masked: MaskedValues,
    /// Forms (objects that hold a question and its answer) whose question requests identity data.
    forms: Forms,
    /// Indexes, one for each level, of the members and elements that lead from the whole submission to the first member
    /// with a repeated key. `None` if no key is repeated. They are kept instead of the path, because one key may be
    /// nearly as long as the whole submission.
    repeated: Option<Vec<usize>>,
    /// Path of the value `Deleted Submission`, if one was sent.
    path_of_deletion: Option<String>,
    hidden: SanitizerFindings,
    /// The parts of the submission that were not parsed.
    unparsed_parts: Vec<UnparsedPart>,
    /// Number of further unparsed parts (also called unread), which `unparsed_parts` does not list because there are
    /// too many.
    more_unread: usize,
    /// Documented paths whose value is contested: a key was sent several times in one object with different values.
    /// Some of these values were not parsed.
    contested: Vec<&'static str>,
}

/// Text that the service sends in place of deleted data. The service's documentation does not say in which field it
/// sends the text.
const DELETED: &str = "Deleted Submission";

impl Document {
    /// Parses a submission from its bytes. Parsing never fails: text that is no JSON, or needs too much memory, is kept
    /// as raw text.
    ///
    /// `is_full_record` says that the bytes are a full record (the answer about a single submission). A field that is
    /// absent there has no value. A list record may leave fields out, so an absent field may have a value.
    ///
    /// Long texts are slices of `raw`, so `raw` stays in memory as long as the document.
    pub fn parse(raw: &Bytes, is_full_record: bool) -> Self {
        Self::from_tree(node::parse_tree(raw), is_full_record)
    }

    /// Parses a submission like [`Self::parse`], from JSON bytes that were checked to be JSON before, without checking
    /// them again.
    pub(super) fn parse_checked(raw: &Bytes, is_full_record: bool) -> Self {
        Self::from_tree(node::parse_checked_tree(raw), is_full_record)
    }

    fn from_tree(tree: node::ParsedTree, is_full_record: bool) -> Self {
        let node::ParsedTree { root, unread, unlisted_count: more_unread, contested } = tree;
        let mut scan = DocumentScan::default();
        scan.value(&root);
        let DocumentScan { deleted, hidden, .. } = scan;
        let Privacy { masked, forms, .. } = Privacy::of(&root);
        let repeated = root.repeated();
        let mut document = Self {
            root,
            whole: is_full_record,
            masked,
            forms,
            repeated,
            path_of_deletion: None,
            hidden,
            unparsed_parts: unread,
            more_unread,
            contested,
        };
        document.path_of_deletion = deleted.and_then(|steps| document.field_at(&steps)).map(|field| field.path);
        document
    }

    /// Parses a submission from a copy of the bytes `raw`. `is_full_record` says that the bytes are a full record; see
    /// [`Self::parse`].
    pub fn parse_copy(raw: &[u8], is_full_record: bool) -> Self {
        Self::parse(&Bytes::copy_from_slice(raw), is_full_record)
    }

    /// Makes two records of the same submission, `self` and `other`, share their private values. A value that is
    /// private in one of them is then masked in both.
    pub fn share_masked(&mut self, other: &mut Self) {
        self.masked.extend(&other.masked);
        other.masked.clone_from(&self.masked);
    }

    /// Returns whether the document is a full record (single-submission answer).
    pub const fn is_full_record(&self) -> bool {
        self.whole
    }

    /// Returns the first member whose key was already used by an earlier member of the same object; `None` if no key is
    /// repeated. See [`Node::repeated`].
    pub fn repeated(&self) -> Option<Field<'_>> {
        self.field_at(self.repeated.as_ref()?)
    }

    /// Returns whether a value or a key of the submission contains hidden characters, such as invisible ones or ones
    /// that reorder text. Unusual spaces and line breaks do not count. Values and keys that are too long to be shown
    /// are checked as well.
    pub const fn has_invisible(&self) -> bool {
        self.hidden.suspect
    }

    /// Returns whether a value or a key of the submission contains any hidden characters, including unusual spaces and
    /// line breaks.
    pub const fn has_hidden(&self) -> bool {
        self.hidden.any_hidden()
    }

    /// Returns the path of the value `Deleted Submission`, which marks a deleted submission. Returns `None` if no value
    /// has this text.
    pub fn path_of_deletion(&self) -> Option<&str> {
        self.path_of_deletion.as_deref()
    }

    /// Returns the whole submission as a field with an empty path.
    pub fn root(&self) -> Field<'_> {
        Field { document: self, node: &self.root, path: String::new() }
    }

    /// Returns the field at a path such as `kyc.result` or `kyc.attempts[0].errorCode`; `None` if it was not sent. An
    /// empty path leads to the whole submission.
    pub fn field(&self, path: &str) -> Option<Field<'_>> {
        let mut field = self.root();
        for step in path::steps(path) {
            field = match (step, field.node) {
                (Step::Key(key), _) => field.child(&key)?,
                (Step::At(at), Node::List(_)) => field.nth(at)?.1,
                // A value that is no list counts as a list of itself.
                (Step::At(at), _) => field.elements().into_iter().nth(at)?,
            };
        }
        Some(field)
    }

    /// Returns whether any object of the submission has the same key more than once.
    pub(super) const fn repeats(&self) -> bool {
        self.repeated.is_some() || !self.contested.is_empty()
    }

    fn field_at(&self, steps: &[usize]) -> Option<Field<'_>> {
        steps.iter().try_fold(self.root(), |field, at| field.nth(*at).map(|(_, member)| member))
    }

    /// Returns the text of the field at a path as sent and unmasked. The text is for comparing, not for the screen.
    /// Returns `None` if the field was not sent or has no text (see [`Field::text`]).
    pub fn text(&self, path: &str) -> Option<&str> {
        self.field(path)?.text()
    }
}

/// Prints only the number of masked values and whether the record is a full one. The values are left out, because they
/// are identity data.
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
    /// Returns the path of the field with list indexes, such as `kyc.attempts[0].errorCode`. The keys in the path come
    /// from the service and may be hostile, for example contain control characters.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the submission that contains this field.
    pub(super) const fn document(&self) -> &'a Document {
        self.document
    }

    /// Returns the parsed value of this field, without its path.
    pub const fn node(&self) -> &'a Node {
        self.node
    }

    /// Returns the member with the key `key` of the object in this field. Returns `None` when the member was not sent
    /// or this field is no object.
    pub fn child(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.step(key, node))
    }

    /// Returns all members with the key `key` of the object in this field: more than one if the key is repeated.
    pub(super) fn children(&self, key: &str) -> Vec<Self> {
        self.node.all(key).map(|node| self.step(key, node)).collect()
    }

    /// Returns the members of the object in this field, each with its key, in the order sent. Members that were not
    /// parsed are left out. Returns no members if this field is no object.
    pub fn members(&self) -> Vec<(&'a Untrusted, Self)> {
        let opened = self.node.members().iter().filter(|(_, node)| !node.is_rest());
        opened.map(|(key, node)| (key, self.step(key.expose(), node))).collect()
    }

    /// Returns the elements of the list in this field, without elements that were not parsed. Null counts as an empty
    /// list.
    ///
    /// Any other value counts as a list with this value as its only element. For several fields, the documentation
    /// leaves open whether one value or a list is sent.
    pub fn elements(&self) -> Vec<Self> {
        let in_list = matches!(self.node, Node::List(_));
        let nodes = self.node.list().iter().enumerate();
        nodes
            .map(|(at, node)| {
                let path = if in_list { format!("{}[{at}]", self.path) } else { self.path.clone() };
                Field { document: self.document, node, path }
            })
            .collect()
    }

    /// Returns the member or element at the position `index` (from 0) of the object or list in this field, with the key
    /// of a member. The key of a list element is `None`. Returns `None` if the position is beyond the end, or if this
    /// field is a scalar. The other members are not copied, unlike in [`Self::members`].
    pub fn nth(&self, index: usize) -> Option<(Option<&'a Untrusted>, Self)> {
        if let Node::List(elements) = self.node {
            let path = format!("{}[{index}]", self.path);
            return elements.get(index).map(|node| (None, Field { document: self.document, node, path }));
        }
        let (key, node) = self.node.members().get(index)?;
        Some((Some(key), self.step(key.expose(), node)))
    }

    fn step(&self, key: &str, node: &'a Node) -> Self {
        Field { document: self.document, node, path: path::member(&self.path, key) }
    }

    /// Returns the unchanged characters of a scalar (a text, a number or a boolean), for comparing. Returns `None` for:
    ///
    /// * null, an object or a list
    /// * a value that was not parsed, because it is too long or nested too deeply
    /// * a check's result that cannot be trusted, such as one that was sent twice with different values (see
    ///   `super::assessment`)
    pub fn text(&self) -> Option<&'a str> {
        self.sent_text().filter(|_| !assessment::is_illegible(self))
    }

    /// Returns the characters, as sent, of any scalar that was parsed. Unlike [`Self::text`], it also returns a check's
    /// result that cannot be trusted.
    pub(super) fn sent_text(&self) -> Option<&'a str> {
        let is_unread = matches!(self.node, Node::Raw(raw) if raw.rest() != UnparsedKind::Garbage);
        if is_unread { None } else { self.node.expose() }
    }

    /// Returns the number in this field: a JSON number, or a text that is a number, such as `"80"`. Returns `None` for
    /// any other value. The number is only for comparing and for the length of drawn bars. It is never shown as digits,
    /// because floating point may change them.
    pub fn number(&self) -> Option<f64> {
        self.node.number()
    }

    /// Returns whether the field is empty: null, an empty text, an empty list or an empty object.
    pub fn is_empty(&self) -> bool {
        match self.node {
            Node::Null => true,
            Node::List(elements) => elements.is_empty(),
            Node::Object(members) => members.is_empty(),
            node => node.expose().is_none_or(str::is_empty),
        }
    }

    /// Returns the scalar of this field as a text with its privacy class; `None` for null, an object or a list.
    pub fn value(&self) -> Option<Value> {
        self.node.text().map(|text| Value::new(text, self.class()))
    }

    /// Returns the label, privacy class and meaning that are documented for this field; `None` for an undocumented
    /// field.
    pub fn documentation(&self) -> Option<DocumentedField> {
        documented_field_at(&self.path)
    }

    /// Calls `visit` for every scalar at or below this field, in the order sent.
    pub fn for_each_scalar(&self, visit: &mut impl FnMut(&Self)) {
        self.for_each_leaf(&mut |field| {
            if !matches!(field.node, Node::Object(_) | Node::List(_)) {
                visit(field);
            }
        });
    }

    /// Calls `visit` for every scalar, empty list and empty object at or below this field, in the order sent.
    pub fn for_each_leaf(&self, visit: &mut impl FnMut(&Self)) {
        self.clone().descend(visit);
    }

    /// Calls `visit` for every scalar, empty list and empty object at or below this field.
    ///
    /// While `visit` runs, the node and the path of this field are those of the visited value. Afterwards both are as
    /// before. Changing one path is cheaper than a new path for each value, which would repeat long keys.
    fn descend(&mut self, visit: &mut impl FnMut(&Self)) {
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
                    self.descend(visit);
                    self.path.truncate(above);
                }
            }
            Node::List(elements) if !elements.is_empty() => {
                for (at, element) in elements.iter().enumerate() {
                    self.path.push_str(&format!("[{at}]"));
                    self.node = element;
                    self.descend(visit);
                    self.path.truncate(above);
                }
            }
            _ => visit(self),
        }
        self.node = node;
    }
}

/// Returns the documented field at a path such as `kyc.attempts[0].errorCode`; `None` for an undocumented path.
pub(super) fn documented_field_at(path: &str) -> Option<DocumentedField> {
    Classification::of(path).field().copied()
}

/// Prints only the path of the field and the kind of its value. The values of the field and of its document are left
/// out, because they are identity data.
impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:?}: {})", self.path, self.node.kind_name())
    }
}

#[cfg(test)]
mod tests;

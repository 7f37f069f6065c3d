//! One submission, opened: every value with its path, its name and its privacy class.

use std::collections::HashSet;

use super::fields::{self, Known};
use super::node::Node;
use super::path::{self, Step};
use crate::text::{Class, Safe, Untrusted, Value};

/// Shortest identity value whose repetition elsewhere is masked too: shorter ones would hide unrelated words.
const REPEATED: usize = 4;

/// One submission as read from its bytes.
#[derive(Debug)]
pub struct Document {
    root: Node,
    whole: bool,
    /// Values of identity fields: they stay masked wherever else they stand.
    identities: HashSet<Box<str>>,
    repeated: Vec<Untrusted>,
    deleted: Option<String>,
}

/// What the service shows in the place of what was deleted; its documentation does not say in which field.
const DELETED: &str = "Deleted Submission";

impl Document {
    /// Reads a submission. `whole` tells that it came as a single submission, so that what it lacks is empty and not
    /// merely left out of a list. Never fails: what cannot be read stays as raw text.
    #[must_use]
    pub fn read(raw: &[u8], whole: bool) -> Self {
        let root = Node::read(raw);
        let repeated = root.duplicates();
        let mut document = Self { root, whole, identities: HashSet::new(), repeated, deleted: None };
        let (mut identities, mut deleted) = (HashSet::new(), None);
        document.root().walk(&mut |field| {
            if deleted.is_none() && field.text() == Some(DELETED) {
                deleted = Some(field.path().to_owned());
            }
            if let Some(text) = field.text().filter(|text| text.chars().count() >= REPEATED)
                && field.declared_class() == Class::Identity
            {
                identities.insert(text.into());
            }
        });
        document.identities = identities;
        document.deleted = deleted;
        document
    }

    /// Another answer about the same submission: what either of them calls an identity number stays masked in both.
    pub fn share_identities(&mut self, other: &mut Self) {
        self.identities.extend(other.identities.iter().cloned());
        other.identities.clone_from(&self.identities);
    }

    /// Whether it came as a single submission.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Paths of the keys that stand more than once in their object; see [`Node::duplicates`].
    #[must_use]
    pub fn repeated(&self) -> &[Untrusted] {
        &self.repeated
    }

    /// Where the service says that the submission was deleted, if it does.
    #[must_use]
    pub fn deleted(&self) -> Option<&str> {
        self.deleted.as_deref()
    }

    /// The submission itself.
    #[must_use]
    pub fn root(&self) -> Field<'_> {
        Field { document: self, node: &self.root, path: String::new() }
    }

    /// The field at a path such as `kyc.result` or `kyc.attempts[0].errorCode`; `None` when it was not sent.
    #[must_use]
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

    /// The text at a path, for comparing; `None` for nothing, null, an object or a list.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.field(path)?.text()
    }
}

/// A value in a submission, with the path that leads to it.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    document: &'a Document,
    node: &'a Node,
    path: String,
}

impl<'a> Field<'a> {
    /// The path with list indexes, such as `kyc.attempts[0].errorCode`. Keys are the service's, so they may be hostile.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value.
    #[must_use]
    pub const fn node(&self) -> &'a Node {
        self.node
    }

    /// A member; `None` when it was not sent or this is no object.
    #[must_use]
    pub fn child(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.step(key, node))
    }

    /// The members of an object, as sent.
    #[must_use]
    pub fn members(&self) -> Vec<(&'a Untrusted, Self)> {
        self.node.members().iter().map(|(key, node)| (key, self.step(key.expose(), node))).collect()
    }

    /// The elements of a list. A value that is no list counts as a list of itself, null as none: the documentation
    /// leaves open for several fields whether one or many are sent.
    #[must_use]
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
    #[must_use]
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

    /// The true characters of a scalar as sent, for comparing; `None` for null, an object or a list.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        self.node.expose()
    }

    /// A number, or a text that holds one, for comparing and for bars; never to be shown.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        self.node.number()
    }

    /// Whether there is nothing in it: null, an empty text, an empty list or object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self.node {
            Node::Null => true,
            Node::List(elements) => elements.is_empty(),
            Node::Object(members) => members.is_empty(),
            node => node.expose().is_none_or(str::is_empty),
        }
    }

    /// The scalar with its privacy class; `None` for null, an object or a list.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        self.node.text().map(|text| Value::new(text, self.class()))
    }

    /// What the documentation says of it; `None` for an undocumented field.
    #[must_use]
    pub fn known(&self) -> Option<Known> {
        fields::known(&path::pattern(&self.path))
    }

    /// Its name on the screen: the documented one, else its own key.
    #[must_use]
    pub fn label(&self) -> Safe {
        match self.known() {
            Some(known) => Safe::word(known.label),
            None => match path::steps(&self.path).last() {
                Some(Step::Key(key)) => Safe::of(&key),
                // An element has the name of its list.
                _ => Safe::of(self.path.rsplit('.').next().unwrap_or_default()),
            },
        }
    }

    /// How private it is.
    ///
    /// A field takes the class of the documented field at its path, or of the nearest documented one around it. An
    /// undocumented one is personal, and identity data when its name says so. What repeats an identity value of the
    /// same submission is identity data wherever it stands.
    #[must_use]
    pub fn class(&self) -> Class {
        let declared = self.declared_class();
        let repeats = || self.text().is_some_and(|text| self.document.identities.contains(text));
        if declared != Class::Identity && repeats() { Class::Identity } else { declared }
    }

    fn declared_class(&self) -> Class {
        let path = path::pattern(&self.path);
        if let Some(item) = path.strip_prefix("OCR_raw.").and_then(|rest| rest.strip_suffix(".value")) {
            return match item {
                "rotate" | "gender" | "nationality" | "issue_date" | "expire_date" | "type_of_permit" => Class::Open,
                _ => fields::class_by_name(item),
            };
        }
        fields::known(&path).map_or_else(|| fields::class_by_name(&path), |known| known.class)
    }

    /// Calls `each` for every scalar in it, in the order sent.
    pub fn walk(&self, each: &mut impl FnMut(&Self)) {
        match self.node {
            Node::Object(_) => self.members().iter().for_each(|(_, member)| member.walk(each)),
            Node::List(_) => self.each().iter().for_each(|element| element.walk(each)),
            _ => each(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Mask;

    fn document(json: &str) -> Document {
        Document::read(json.as_bytes(), true)
    }

    #[test]
    fn fields_are_found_by_path() {
        let document = document(r#"{"kyc":{"attempts":[{"errorCode":"A"},{"errorCode":"B"}]}}"#);
        assert_eq!(document.text("kyc.attempts[1].errorCode"), Some("B"));
        assert_eq!(document.text("kyc.attempts[2].errorCode"), None);
        assert_eq!(document.field("kyc.attempts[1].errorCode").unwrap().label().as_str(), "Error code");
    }

    #[test]
    fn one_or_many_read_alike() {
        let one = document(r#"{"pre_verification":{"fraud_score":3}}"#);
        let many = document(r#"{"pre_verification":[{"fraud_score":3}]}"#);
        for document in [one, many] {
            let each = document.field("pre_verification").unwrap().each();
            assert_eq!(each[0].child("fraud_score").unwrap().label().as_str(), "Fraud score");
        }
    }

    #[test]
    fn identity_values_stay_masked_where_they_are_repeated() {
        let document = document(r#"{"data":{"identityNumber":"900101-1234567"},"memo":{"text":"900101-1234567"}}"#);
        let memo = document.field("memo.text").unwrap().value().unwrap();
        assert!(!memo.shown(Mask::Ids).as_str().contains("900101"));
    }

    #[test]
    fn undocumented_fields_are_masked_by_their_names() {
        let document = document(r#"{"new_passport_no":"M12345678","new_thing":"abcdefgh"}"#);
        assert_eq!(document.field("new_passport_no").unwrap().class(), Class::Identity);
        assert_eq!(document.field("new_thing").unwrap().class(), Class::Personal);
    }

    #[test]
    fn ocr_items_take_their_class_from_their_names() {
        let document = document(r#"{"OCR_raw":{"license_number":{"value":"AB12345678","score":3}}}"#);
        assert_eq!(document.field("OCR_raw.license_number.value").unwrap().class(), Class::Identity);
        assert_eq!(document.field("OCR_raw.license_number.score").unwrap().class(), Class::Open);
    }
}

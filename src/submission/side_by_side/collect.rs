//! Collects the fields of several submissions under common paths.

use std::collections::{HashMap, VecDeque};

use super::AlignedCell;
use crate::submission::places::DocumentedPlace;
use crate::submission::provenance::SourceValue;
use crate::submission::webhook::{self, EARLIER_PAYLOADS};
use crate::submission::{Document, Field, Node, path};

/// Maximum number of fields of one submission that are compared. Documented fields have precedence.
pub(super) const MAX_FIELDS: usize = 5_000;

/// Maximum number of elements of one list that are compared.
pub(super) const MAX_ELEMENTS: usize = 50;

/// Paths of values that are each submission's own, so that they always differ and are not compared.
const OWN: [&str; 2] = ["submission_id", EARLIER_PAYLOADS];

/// The fields of several submissions, to be compared: one row for each JSON path that any of the submissions has.
pub(super) struct CollectedFields<'a> {
    pub(super) rows: Vec<CollectedRow<'a>>,
    /// For each submission, whether some of its fields were not collected, because [`MAX_FIELDS`] was reached.
    pub(super) is_cut: Vec<bool>,
    pub(super) has_long_list: bool,
}

/// The values of all submissions at one JSON path, one cell for each submission. A cell is `None` if the submission
/// does not have the path.
pub(super) struct CollectedRow<'a> {
    pub(super) path: String,
    pub(super) cells: Vec<Option<AlignedCell<'a>>>,
}

impl<'a> CollectedFields<'a> {
    pub(super) fn of(documents: &[Option<&'a Document>]) -> Self {
        let is_cut = vec![false; documents.len()];
        let all = Self { rows: Vec::new(), is_cut, has_long_list: false };
        let mut collector =
            FieldCollector { documents, all, places: HashMap::new(), at: 0, taken: 0, later: VecDeque::new() };
        for (at, document) in documents.iter().enumerate().filter_map(|(at, document)| Some((at, (*document)?))) {
            (collector.at, collector.taken) = (at, 0);
            collector.value(document.root(), "", Some(DocumentedPlace::root()));
            // Undocumented values come last, so that the limit never leaves out a documented field for their sake.
            while let Some((field, path)) = collector.later.pop_front() {
                collector.value(field, &path, None);
            }
        }
        collector.all
    }
}

/// Returns whether the field at the JSON path `path` has the corner coordinates of a text in the picture of a document.
/// These coordinates are compared together as one value.
fn is_corners(path: &str) -> bool {
    path.starts_with("OCR_raw.") && path.ends_with(".coordinates")
}

struct FieldCollector<'a, 'd> {
    documents: &'d [Option<&'a Document>],
    all: CollectedFields<'a>,
    /// The index in `all.rows` of the row of each path.
    places: HashMap<String, usize>,
    /// Index of the current submission, whose fields are being collected. `taken` is the number of fields collected
    /// from it.
    at: usize,
    taken: usize,
    /// Undocumented values of the current submission, each with its path. They are collected later, after all
    /// documented fields.
    later: VecDeque<(Field<'a>, String)>,
}

impl<'a> FieldCollector<'a, '_> {
    /// Collects `field`, a field of the current submission, and the values below it under the JSON path `path`. `place`
    /// is its position in the service's documentation; `None` for an undocumented field.
    fn value(&mut self, field: Field<'a>, path: &str, place: Option<DocumentedPlace>) {
        if self.is_full() {
            return;
        }
        let is_opaque = matches!(place, Some(DocumentedPlace::Within(_))) || is_corners(path);
        match field.node() {
            _ if field.is_empty() => self.add(path, AlignedCell::Empty),
            Node::Object(_) | Node::List(_) if is_opaque => self.add(path, AlignedCell::Whole(field)),
            Node::Object(_) => match place.filter(|place| place.is_listed() && !place.has_open_names()) {
                // The documentation leaves open for several fields whether one object or a list is sent.
                Some(_) if !path.ends_with(']') => self.element(field, &format!("{path}[0]"), place),
                _ => self.object(&field, path, place),
            },
            Node::List(elements) => {
                self.all.has_long_list |= field.node().count() > MAX_ELEMENTS;
                if elements.iter().all(|element| element.expose().is_some()) {
                    let each = (0..elements.len().min(MAX_ELEMENTS)).filter_map(|at| field.nth(at));
                    let each: Vec<Field<'a>> =
                        each.map(|(_, field)| field).filter(|field| !field.node().is_rest()).collect();
                    return self.scalars(path, each);
                }
                for at in 0..field.node().list().len().min(MAX_ELEMENTS) {
                    let Some((_, element)) = field.nth(at) else { continue };
                    self.element(element, &format!("{path}[{at}]"), place);
                }
            }
            node if node.is_rest() => {}
            _ => self.scalars(path, vec![field]),
        }
    }

    /// Collects `element`, a list element of the current submission, under the JSON path `path`. `place` is its
    /// position in the service's documentation; `None` if it is undocumented.
    ///
    /// An object that only this submission has becomes one row, if a full record of another submission lacks it.
    /// Otherwise each of its fields becomes a row.
    fn element(&mut self, element: Field<'a>, path: &str, place: Option<DocumentedPlace>) {
        let has = |document: &Document| document.field(path).is_some();
        let known = self.documents.iter().flatten();
        let holders = known.clone().filter(|document| has(document)).count();
        let lacks = known.filter(|document| document.is_full_record() && !has(document)).count();
        if matches!(element.node(), Node::Object(_)) && holders == 1 && lacks > 0 {
            self.add(path, AlignedCell::Whole(element));
        } else {
            self.value(element, path, place);
        }
    }

    fn object(&mut self, object: &Field<'a>, path: &str, place: Option<DocumentedPlace>) {
        let members = object.node().members();
        for (at, (key, node)) in members.iter().enumerate().filter(|(_, (_, node))| !node.is_rest()) {
            let key = key.expose();
            // A repeated key is one row.
            if !object.node().all(key).next().is_some_and(|first| std::ptr::eq(first, node)) {
                continue;
            }
            let path = path::member(path, key);
            if OWN.contains(&&*path) || self.is_told_twice(&path) {
                continue;
            }
            let is_repeated = object.node().all(key).any(|other| other != node);
            let below = place.and_then(|place| place.member(key));
            if is_repeated {
                self.add(&path, AlignedCell::Contested);
            } else if let Some((_, field)) = object.nth(at) {
                if place.is_some() && below.is_none() {
                    if self.later.len() < MAX_FIELDS {
                        self.later.push_back((field, path));
                    } else if let Some(is_cut) = self.all.is_cut.get_mut(self.at) {
                        *is_cut = true;
                    }
                } else {
                    self.value(field, &path, below);
                }
            }
        }
    }

    /// Returns whether the value at `path` of the current submission is told twice: the submission has it under another
    /// key, too. This happens if a webhook's payload (a message of the service to the customer's server) was joined to
    /// the record. For example, `kyc_result.status` of the payload repeats `kyc.result`.
    fn is_told_twice(&self, path: &str) -> bool {
        let document = self.documents.get(self.at).copied().flatten();
        webhook::record_path(path).zip(document).is_some_and(|(path, document)| document.field(&path).is_some())
    }

    fn scalars(&mut self, path: &str, values: Vec<Field<'a>>) {
        let is_illegible = |field: &Field<'a>| field.text().is_none() && !matches!(field.node(), Node::Raw(_));
        match values.as_slice() {
            [] => self.add(path, AlignedCell::Unread),
            [only] if is_illegible(only) => self.add(path, AlignedCell::Whole(only.clone())),
            fields if fields.iter().any(is_illegible) => self.add(path, AlignedCell::Contested),
            _ => self.add(path, AlignedCell::Value(SourceValue::new(values))),
        }
    }

    fn is_full(&mut self) -> bool {
        let is_full = self.taken >= MAX_FIELDS;
        if is_full && let Some(is_cut) = self.all.is_cut.get_mut(self.at) {
            *is_cut = true;
        }
        is_full
    }

    fn add(&mut self, path: &str, cell: AlignedCell<'a>) {
        if self.is_full() || path.is_empty() {
            return;
        }
        self.taken += 1;
        let count = self.documents.len();
        let at = *self.places.entry(path.to_owned()).or_insert_with(|| {
            self.all.rows.push(CollectedRow { path: path.to_owned(), cells: vec![None; count] });
            self.all.rows.len() - 1
        });
        if let Some(place) = self.all.rows.get_mut(at).and_then(|row| row.cells.get_mut(self.at)) {
            *place = Some(cell);
        }
    }
}

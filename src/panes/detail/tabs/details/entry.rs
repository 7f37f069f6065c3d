//! Documented fields as lines of the Details tab: the label, the value as sent, and words in place of an empty value.

use super::super::super::TabContext;
use super::super::super::annotation::annotate;
use super::super::super::lines::TabLines;
use super::sections::DetailsSection;
use crate::submission::{Field, Node};
use crate::text::{Class, Safe};
use crate::time;
use crate::ui::{Annotation, LabelledValue, Line, Role};

/// Width in columns of the label before a value.
const LABEL_WIDTH: usize = 24;

/// Width in columns of the indent of a value below its label. A value is below its label if the label is too long.
const BELOW_LABEL: usize = 2;

/// Maximum number of elements of one list that the Details tab shows; the JSON tab shows all elements.
const MAX_ENTRIES: usize = 200;

/// The lines of the Details tab while they are made, and the number of entries so far. An entry is a label with a
/// value.
pub(super) struct DetailsEntries<'a> {
    pub(super) context: TabContext<'a>,
    pub(super) lines: TabLines<'a>,
    len: usize,
    /// The column of the pane in which the value of the previous entry begins.
    column: usize,
}

impl<'a> DetailsEntries<'a> {
    pub(super) const fn new(context: TabContext<'a>) -> Self {
        Self { context, lines: TabLines::new(context), len: 0, column: 0 }
    }

    /// Returns the number of entries (labels with values) added so far. If the number stays the same while a section is
    /// added, the section is empty.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Adds the fields of a section of the Details tab. If the record holds several objects where the documentation
    /// names one, the fields of each object are added separately.
    pub(super) fn section(&mut self, section: &DetailsSection<'_>) {
        let mut headed = false;
        for paths in section.paths.chunk_by(|one, other| block(one) == block(other)) {
            let blocks = paths.first().and_then(|path| block(path)).map(|block| self.at(block));
            let blocks = blocks.unwrap_or_else(|| vec![self.context.document.root()]);
            for (at, block) in blocks.iter().take(MAX_ENTRIES).enumerate() {
                let fields: Vec<Field<'_>> = paths.iter().filter_map(|path| block.child(key(path))).collect();
                if fields.is_empty() {
                    continue;
                }
                if !std::mem::replace(&mut headed, true) {
                    self.lines.heading(Safe::from_static(section.title));
                }
                if blocks.len() > 1 {
                    let words = Safe::sanitize(&format!("{} of {}", at + 1, blocks.len()));
                    self.lines.push(Line::new().with(words, Role::Dim));
                }
                fields.iter().for_each(|field| self.field(field));
            }
            self.left_out(blocks.len());
        }
    }

    /// Returns every field of the shown record at a documented path, such as `memo.text`. If the path leads through a
    /// list, these are the fields of all elements.
    pub(super) fn at(&self, path: &str) -> Vec<Field<'a>> {
        let mut fields = vec![self.context.document.root()];
        for key in path.split('.') {
            fields = fields.iter().filter_map(|field| field.child(key)).flat_map(|field| field.elements()).collect();
        }
        fields
    }

    /// Adds a sentence with the number of list elements that the tab leaves out; does nothing if it leaves out none.
    /// `count` is the number of all elements in the list.
    pub(super) fn left_out(&mut self, count: usize) {
        if let Some(more) = count.checked_sub(MAX_ENTRIES).filter(|more| *more > 0) {
            self.lines.sentence(&Safe::sanitize(&format!("… and {more} more, in the JSON tab")));
        }
    }

    /// Adds a documented field under its documented label.
    pub(super) fn field(&mut self, field: &Field<'_>) {
        self.labelled(&self.context.label(field), field, None);
    }

    /// Adds a field under the label `label`. `text` is the caller's text about the value; `None` for no such text. Does
    /// nothing for an object with members, since the caller adds the members.
    pub(super) fn labelled(&mut self, label: &Safe, field: &Field<'_>, text: Option<Safe>) {
        match field.node() {
            _ if field.is_empty() => {
                let empty = match field.node() {
                    Node::Null => "null",
                    Node::List(_) => "empty list",
                    Node::Object(_) => "empty object",
                    _ => "empty text",
                };
                self.entry(
                    label,
                    &Safe::from_static("–"),
                    field,
                    Annotation::new(joined(text, Safe::from_static(empty))),
                );
            }
            Node::Object(_) => {}
            Node::List(_) => self.scalars(label, field),
            _ => {
                let open = field.text().filter(|_| field.class() == Class::Open);
                let (value, text) = match open.filter(|text| time::parse_timestamp(text).is_some()) {
                    Some(time) => {
                        let sent = Safe::concat(&[Safe::from_static("as sent "), self.context.masked_value(field)]);
                        (self.context.time(time), joined(text, sent))
                    }
                    None => (self.context.masked_value(field), text),
                };
                self.entry(label, &value, field, annotate(self.context, field, text));
            }
        }
    }

    /// Adds the scalars (texts, numbers, booleans) of the JSON list `field`, below each other. Only the first one has
    /// the label and the documented meaning.
    fn scalars(&mut self, label: &Safe, field: &Field<'_>) {
        let scalars = field.node().list().iter().enumerate().filter(|(_, element)| element.expose().is_some());
        for (nth, (at, _)) in scalars.take(MAX_ENTRIES).enumerate() {
            let Some((_, element)) = field.nth(at) else { continue };
            let annotation = annotate(self.context, &element, None);
            let (label, annotation) = match nth {
                0 => (label.clone(), annotation),
                _ => (Safe::default(), annotation.meaning(None)),
            };
            self.entry(&label, &self.context.masked_value(&element), &element, annotation);
        }
        let others = field.node().list().iter().filter(|element| element.expose().is_none()).count();
        self.left_out(field.node().count().saturating_sub(others));
    }

    /// Adds the label `label`, the value `value` of `field`, and `annotation`, the explanation of the value. If the
    /// label is empty, the value is drawn below the previous value.
    pub(super) fn entry(&mut self, label: &Safe, value: &Safe, field: &Field<'_>, annotation: Annotation) {
        self.len += 1;
        let columns = self.context.options.columns.max(1);
        if !label.is_empty() {
            let width = LABEL_WIDTH.min(columns / 3);
            self.column = if label.width() > width { BELOW_LABEL } else { width + 1 }.min(columns - 1);
        }
        let role = if field.is_empty() { Role::Dim } else { Role::Plain };
        let entry = LabelledValue::new(label.clone(), value.clone(), self.column).role(role).annotation(annotation);
        self.lines.extend_of(field, entry.lines(columns));
    }
}

/// Returns two texts about a value as one text with a dot between them, as in `text · other`. If `text` is `None`,
/// returns `other` alone.
fn joined(text: Option<Safe>, other: Safe) -> Option<Safe> {
    Some(Safe::join(&text.into_iter().chain([other]).collect::<Vec<_>>(), " · "))
}

/// Returns the path of the object that contains the field at a documented path: `memo` for `memo.text`. `None` for a
/// top-level field of the record.
fn block(path: &'static str) -> Option<&'static str> {
    path.rsplit_once('.').map(|(block, _)| block)
}

/// Returns the last key of a documented path: `text` for `memo.text`.
pub(super) fn key(path: &'static str) -> &'static str {
    path.rsplit('.').next().unwrap_or(path)
}

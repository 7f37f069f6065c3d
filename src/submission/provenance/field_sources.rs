//! Holds one field with its values in every source, and whether the values agree.

use enum_map::{Enum, EnumMap};
use strum::EnumCount;

use super::compare::{self, Comparison};
use super::pairs::PAIRS;
use super::value_kind::{Normalization, ValueKind};
use crate::submission::assessment::Judgement;
use crate::submission::{Field, Node};
use crate::text::{Safe, Untrusted};

/// Source of a field's value: one of four objects of a submission. The order is that of recognition, from the printed
/// text to the final value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum, EnumCount)]
pub enum FieldSource {
    /// `OCR_raw`: the text as printed on the document.
    Raw,
    /// `ocr`: the value that the service recognised from the printed text.
    Ocr,
    /// `review`: the value that the applicant confirmed or changed.
    Review,
    /// `data`: the final value, which the submission has after recognition and review.
    Data,
}

impl FieldSource {
    /// The four sources of a field's value, in the order of the enum.
    pub const ALL: [Self; Self::COUNT] = [Self::Raw, Self::Ocr, Self::Review, Self::Data];

    /// Returns the name of the source for the screen, such as `final data` for the object `data`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Raw => "OCR raw",
            Self::Ocr => "OCR",
            Self::Review => "reviewed",
            Self::Data => "final data",
        }
    }

    /// Returns the key of the object that holds the values of this source, such as `ocr`.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Raw => "OCR_raw",
            Self::Ocr => "ocr",
            Self::Review => "review",
            Self::Data => "data",
        }
    }
}

/// Result of comparing the values that one field has in its sources: raw OCR, OCR, reviewed and final data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The field has the same value in all sources that were compared.
    Same,
    /// All values are the same if these differences in form are ignored, such as upper and lower case. Such values are
    /// no mismatch.
    Equivalent(Vec<Normalization>),
    /// At least two sources have different values for the field.
    Differs,
    /// It is unknown whether the values are the same, because at least one cannot be compared. Such a value is too
    /// long, was not parsed, is a list or an object, or is a date in an unknown form.
    Unclear,
    /// There is nothing to compare: fewer than two sources have a value that is not masked by the service.
    Single,
}

impl Agreement {
    /// Compares `one` and `other`, two values of one field, by the rules of the OCR tab. `ocr` is the key of the field
    /// in the object `ocr`, such as `fullName`; it decides the kind of the values.
    ///
    /// Returns [`Agreement::Single`] if the service masked one of the values. Returns [`Agreement::Unclear`] if they
    /// cannot be compared or the key `ocr` is not in [`PAIRS`].
    pub(in crate::submission) fn of_values(ocr: &str, one: &str, other: &str) -> Self {
        let Some(pair) = PAIRS.iter().find(|pair| pair.ocr == ocr) else { return Self::Unclear };
        if compare::is_withheld(one, &[other]) || compare::is_withheld(other, &[one]) {
            return Self::Single;
        }
        match compare::compare(one, other, pair.kind) {
            Comparison::Same => Self::Same,
            Comparison::Equivalent(normalizations) => Self::Equivalent(normalizations),
            Comparison::Differs => Self::Differs,
            Comparison::Unclear => Self::Unclear,
        }
    }

    fn add(&mut self, more: Vec<Normalization>) {
        match self {
            Self::Differs | Self::Unclear => {}
            Self::Equivalent(normalizations) => {
                normalizations.extend(more);
                normalizations.sort_unstable();
                normalizations.dedup();
            }
            Self::Same | Self::Single => *self = Self::Equivalent(more),
        }
    }
}

/// What one source (the object `OCR_raw`, `ocr`, `review` or `data`) has for one field: a value, or the reason why not.
#[derive(Clone, Debug)]
pub enum SourceCell<'a> {
    /// The source has this value for the field.
    Value(SourceValue<'a>),
    /// The source can have this field and was sent, but it has no value for the field.
    Missing,
    /// The field is not to be expected here: the source was not sent, or never has this field.
    Nowhere,
}

/// Value of a field in one source (the object `OCR_raw`, `ocr`, `review` or `data`).
#[derive(Clone, Debug)]
pub struct SourceValue<'a> {
    /// The JSON fields that make up the value: one field, or first and last name, whose texts are joined by a space.
    pub parts: Vec<Field<'a>>,
    /// For each grapheme of the value, whether it differs from the value of another source. Empty if none differs.
    pub marks: Vec<bool>,
    /// Whether a part of the value is masked, by the service with `*` or by this program with `•`. A masked value is
    /// not compared.
    pub withheld: bool,
    /// Whether the value cannot be compared, because it is too long, was not parsed, or is a list or an object.
    is_unread: bool,
    text: Untrusted,
}

impl<'a> SourceValue<'a> {
    pub(in crate::submission) fn new(parts: Vec<Field<'a>>) -> Self {
        let texts: Vec<&str> = parts.iter().filter_map(Field::text).collect();
        let is_long =
            texts.len() > 1 && texts.iter().map(|text| text.len()).sum::<usize>() > compare::MAX_COMPARED_BYTES;
        let is_unread =
            is_long || parts.iter().any(|part| matches!(part.node(), Node::Raw(_) | Node::List(_) | Node::Object(_)));
        // A long text is not copied.
        let text = match parts.as_slice() {
            [one] => one.node().text().filter(|_| one.text().is_some()),
            _ => (!is_unread).then(|| Untrusted::new(texts.join(" "))),
        };
        Self { text: text.unwrap_or_default(), parts, marks: Vec::new(), withheld: false, is_unread }
    }

    /// Returns the unmasked text of the value, for comparing, never for showing.
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    fn mark(&mut self, marks: &[bool]) {
        self.marks.resize(self.marks.len().max(marks.len()), false);
        self.marks.iter_mut().zip(marks).for_each(|(mark, more)| *mark |= more);
    }
}

/// One field with its values in the four sources (raw OCR, OCR, reviewed and final data), and the result of comparing
/// the values.
#[derive(Clone, Debug)]
pub struct FieldSources<'a> {
    /// The name of the field on the screen: the label of this program for a documented field, else the key as sent.
    pub label: Safe,
    /// For each source, the value of the field, or the reason why there is no value.
    pub cells: EnumMap<FieldSource, SourceCell<'a>>,
    /// The confidence of the OCR in the value that it read, as sent; `None` if it was not sent.
    pub score: Option<Field<'a>>,
    /// The member `accepted` as sent: whether the service accepted the value that the OCR read.
    pub accepted: Option<Field<'a>>,
    /// Whether the values of the sources agree: the result of comparing them.
    pub agreement: Agreement,
}

impl<'a> FieldSources<'a> {
    /// Iterates over the values of the field, each with its source, in the order of the sources.
    pub fn values(&self) -> impl Iterator<Item = (FieldSource, &SourceValue<'a>)> {
        self.cells.iter().filter_map(|(source, cell)| match cell {
            SourceCell::Value(value) => Some((source, value)),
            SourceCell::Missing | SourceCell::Nowhere => None,
        })
    }

    /// Iterates over the sources that can have this field but have no value for it ([`SourceCell::Missing`]).
    pub fn missing(&self) -> impl Iterator<Item = FieldSource> {
        self.cells.iter().filter(|(_, cell)| matches!(cell, SourceCell::Missing)).map(|(source, _)| source)
    }

    /// Returns whether the service refused the value that the OCR read: the member `accepted` says that it was not
    /// accepted.
    pub fn is_refused(&self) -> bool {
        self.accepted.as_ref().and_then(Field::judgement) == Some(Judgement::NotPassed)
    }

    /// Compares the values of all sources, and returns the field with the result in [`Self::agreement`]. Graphemes that
    /// differ are marked in the values. `kind` is the kind of the values, such as a date.
    pub(super) fn compared(mut self, kind: ValueKind) -> Self {
        let mut values: Vec<&mut SourceValue<'a>> = self.values_mut().collect();
        let agreement = compare_values(&mut values, kind);
        self.agreement = agreement;
        self
    }

    fn values_mut(&mut self) -> impl Iterator<Item = &mut SourceValue<'a>> {
        self.cells.values_mut().filter_map(|cell| match cell {
            SourceCell::Value(value) => Some(value),
            SourceCell::Missing | SourceCell::Nowhere => None,
        })
    }
}

/// Compares several values of one field with each other and returns the result. Graphemes that differ are marked in the
/// values. Masked values are marked as withheld and not compared. `kind` is the kind of the values, such as a date.
pub(in crate::submission) fn compare_values(values: &mut [&mut SourceValue<'_>], kind: ValueKind) -> Agreement {
    let texts: Vec<Untrusted> = values.iter().map(|value| value.text.clone()).collect();
    let (mut compared, mut distinct): (usize, Vec<Untrusted>) = (0, Vec::new());
    for (at, value) in values.iter_mut().enumerate() {
        let others = texts.iter().enumerate().filter(|(other, text)| *other != at && !text.expose().contains('*'));
        let others: Vec<&str> = others.map(|(_, text)| text.expose()).collect();
        value.withheld = compare::is_withheld(value.expose(), &others);
        if !value.withheld {
            compared += 1;
            if !value.is_unread && !distinct.contains(&value.text) {
                distinct.push(value.text.clone());
            }
        }
    }
    let mut agreement = if compared < 2 { Agreement::Single } else { Agreement::Same };
    for (at, one) in distinct.iter().enumerate() {
        for (next, other) in distinct.iter().enumerate().skip(at + 1) {
            let (one, other) = (one.expose(), other.expose());
            match compare::compare(one, other, kind) {
                Comparison::Same => {}
                Comparison::Unclear if agreement == Agreement::Differs => {}
                Comparison::Unclear => agreement = Agreement::Unclear,
                Comparison::Equivalent(normalizations) => agreement.add(normalizations),
                Comparison::Differs => {
                    agreement = Agreement::Differs;
                    if next == at + 1 {
                        let (in_one, in_other) = compare::differences(one, other, kind);
                        for (text, marks) in [(one, in_one), (other, in_other)] {
                            values
                                .iter_mut()
                                .filter(|value| value.expose() == text)
                                .for_each(|value| value.mark(&marks));
                        }
                    }
                }
            }
        }
    }
    let is_unread = compared > 1 && values.iter().any(|value| value.is_unread);
    if is_unread { Agreement::Unclear } else { agreement }
}

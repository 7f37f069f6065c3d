//! Aligns the fields of two or three submissions, and compares their values by the rules of the OCR tab.
//!
//! Every documented field has its own row, and so has every undocumented value, as far as the submissions were read. A
//! field that list data leaves out is not fetched: it is neither equal to another value nor different from it.

mod agree;
mod collect;
mod groups;

use super::fields::{DocumentedField, TreePlace};
use super::provenance::{Normalization, SourceValue};
use super::{Document, Field, masking, path};
use crate::text::{Mask, Safe};
use collect::CollectedFields;

/// The fields of several submissions side by side.
pub struct SideBySide<'a> {
    /// The fields that at least one of the submissions has a value for, in the order of the groups.
    pub fields: Vec<AlignedField<'a>>,
    /// For each submission, whether it has more fields than are compared.
    pub is_cut: Vec<bool>,
    /// Whether a list of at least one submission has more elements than are compared.
    pub has_long_list: bool,
}

/// One field of several submissions: the value in each of them, and the result of comparing the values.
pub struct AlignedField<'a> {
    /// The path of the field, with positions in lists. An object in place of a list counts as its first element.
    pub path: String,
    /// The name of the group to which the field belongs, such as `Person`.
    pub group: &'static str,
    /// The value in each submission, in the order of the submissions.
    pub cells: Vec<AlignedCell<'a>>,
    /// The result of comparing the values.
    pub alignment: Alignment,
}

/// Content of one cell of the comparison of several submissions: the value that one submission has in one field, or the
/// reason why there is no value.
#[derive(Clone, Debug)]
pub enum AlignedCell<'a> {
    /// A value: one scalar, or a list of scalars.
    Value(SourceValue<'a>),
    /// An object, a list of objects, or a scalar that must not be read as a result. It is compared as a whole.
    Whole(Field<'a>),
    /// The field was sent without a value, or a full record does not have the field.
    Empty,
    /// The field was sent more than once with different values.
    Contested,
    /// The field may be in a part of the submission that was not read.
    Unread,
    /// Only list data is known, and it does not have the field.
    NotFetched,
}

/// Result of comparing the values of one field in several submissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// At least two submissions differ: in their values, or because only one of them has a value.
    Differs,
    /// The values are the same if these differences in form are ignored, such as upper and lower case.
    Equivalent(Vec<Normalization>),
    /// Not known: a value is too long or was not read, was sent twice, or was masked by the service.
    Unclear,
    /// The value is the same in all submissions.
    Same,
    /// The value is the same in at least two submissions; another one does not carry the field or was not read there.
    SameWhereKnown,
    /// Fewer than two submissions carry the field.
    Alone,
    /// The service sends a new value in each answer, such as a link to an image.
    NewEachTime,
}

impl<'a> SideBySide<'a> {
    /// Compares the submissions `documents` field by field. Fields with the same JSON path are put beside each other.
    /// `None` is a submission of which no answer is known yet.
    pub fn of(documents: &[Option<&'a Document>]) -> Self {
        let CollectedFields { rows, is_cut, has_long_list } = CollectedFields::of(documents);
        let mut fields: Vec<AlignedField<'a>> = rows
            .into_iter()
            .filter_map(|row| {
                let mut cells: Vec<AlignedCell<'a>> = row
                    .cells
                    .into_iter()
                    .zip(documents)
                    .zip(&is_cut)
                    .map(|((cell, document), cut)| cell.unwrap_or_else(|| absent_cell(*document, &row.path, *cut)))
                    .collect();
                let alignment = agree::align(&row.path, &mut cells)?;
                Some(AlignedField { group: groups::of(&row.path).1, path: row.path, cells, alignment })
            })
            .collect();
        fields.sort_by_cached_key(|field| groups::rank(&field.path));
        Self { fields, is_cut, has_long_list }
    }

    /// Returns the number of fields for which `is` returns true. The parameter of `is` is the result of comparing the
    /// values of the field.
    pub fn count(&self, is: impl Fn(&Alignment) -> bool) -> usize {
        self.fields.iter().filter(|field| is(&field.alignment)).count()
    }
}

/// Returns the cell for the field at `path`, which was not found in the submission `document`: it is empty, not read,
/// or not fetched. `document` is `None` if no answer about the submission is known yet. `is_cut` says whether the
/// submission has more fields than were collected.
fn absent_cell<'a>(document: Option<&Document>, path: &str, is_cut: bool) -> AlignedCell<'a> {
    let Some(document) = document else { return AlignedCell::NotFetched };
    let pattern = path::pattern(path);
    let is_read = match super::fields::is_place(&pattern) {
        true => document.reads_all(&pattern),
        false => document.is_read_whole(),
    };
    match () {
        () if is_cut || !is_read => AlignedCell::Unread,
        () if document.is_full_record() => AlignedCell::Empty,
        () => AlignedCell::NotFetched,
    }
}

impl AlignedCell<'_> {
    /// Returns the JSON fields whose values this cell holds. The result is empty unless the cell is [`Self::Value`] or
    /// [`Self::Whole`].
    fn parts(&self) -> &[Field<'_>] {
        match self {
            Self::Value(value) => &value.parts,
            Self::Whole(field) => std::slice::from_ref(field),
            Self::Empty | Self::Contested | Self::Unread | Self::NotFetched => &[],
        }
    }

    /// Returns the JSON path at which the submission of this cell has the value. Returns `None` unless the cell is
    /// [`Self::Value`] or [`Self::Whole`].
    pub fn path(&self) -> Option<&str> {
        self.parts().first().map(Field::path)
    }
}

impl AlignedField<'_> {
    /// Returns the name of the field on the screen: its documented label with its positions in lists, such as
    /// `Error code #2`. A field without a documented label is named by its JSON path. A part of the path is hidden if
    /// the mask level `mask` hides it in any of the submissions.
    pub fn label(&self, mask: Mask) -> Safe {
        let positions: Vec<String> = path::steps(&self.path)
            .filter_map(|step| if let path::Step::At(at) = step { Some((at + 1).to_string()) } else { None })
            .collect();
        let pattern = path::pattern(&self.path);
        // The label of an item whose name the service chooses does not name the item, but the path does.
        let has_open_name = |known: &DocumentedField| known.path.contains('*');
        let known = match super::fields::documented_field(&pattern) {
            Some(known) => (!has_open_name(&known)).then_some(known.label),
            None => TreePlace::of(&pattern).is_some_and(TreePlace::is_named).then_some(self.group),
        };
        if let Some(label) = known {
            let number = if positions.is_empty() { String::new() } else { format!(" #{}", positions.join(".")) };
            return Safe::concat(&[Safe::from_static(label), Safe::sanitize(&number)]);
        }
        let fields = self.cells.iter().filter_map(|cell| cell.parts().first());
        let paths: Vec<String> = fields.map(|field| masking::path(field, mask)).collect();
        let hidden = paths.iter().find(|path| **path != self.path);
        // A path of a contested field has no field that could tell its class.
        let fallback = || if mask == Mask::None { self.path.clone() } else { "•••".to_owned() };
        Safe::sanitize(&hidden.or(paths.first()).cloned().unwrap_or_else(fallback))
    }
}

#[cfg(test)]
mod tests;

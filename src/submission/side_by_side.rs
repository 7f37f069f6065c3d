//! Aligns the fields of two or three submissions, and compares their values by the rules of the OCR tab.
//!
//! Every documented field and every undocumented value that was parsed becomes one [`AlignedField`]. The list of
//! submissions leaves out some fields of a full record. Such a field counts as not fetched, neither as equal nor as
//! different.

mod agree;
mod collect;
mod groups;

use super::fields::{DocumentedField, TreePlace};
use super::provenance::{Normalization, SourceValue};
use super::{Document, Field, masking, path};
use crate::text::{Mask, Safe};
use collect::CollectedFields;

/// The fields of several submissions side by side, with the results of comparing them.
pub struct SideBySide<'a> {
    /// The fields for which at least one of the submissions has a value, ordered by group (such as `Person`).
    pub fields: Vec<AlignedField<'a>>,
    /// For each submission, whether some of its fields are not compared, because the limit of fields was reached.
    pub is_cut: Vec<bool>,
    /// Whether some list elements are not compared because a list is too long.
    pub has_long_list: bool,
}

/// One field of several submissions: the value in each of them, and the result of comparing the values.
pub struct AlignedField<'a> {
    /// The path of the field, with list positions. A single object that was sent in place of a documented list counts
    /// as the first element of the list.
    pub path: String,
    /// The name of the group to which the field belongs, such as `Person`.
    pub group: &'static str,
    /// The value in each submission, in the order of the submissions.
    pub cells: Vec<AlignedCell<'a>>,
    /// The result of comparing the values in `cells`.
    pub alignment: Alignment,
}

/// What one submission has for one field: a value, or the reason why there is no value.
#[derive(Clone, Debug)]
pub enum AlignedCell<'a> {
    /// A value: one scalar, or a list of scalars.
    Value(SourceValue<'a>),
    /// An object, a list of objects, or a check's result that cannot be trusted. It is compared as a whole.
    Whole(Field<'a>),
    /// The field was sent without a value, or a full record lacks it.
    Empty,
    /// The value is contested: the field was sent more than once with different values.
    Contested,
    /// The field may be in a part of the submission that was not parsed or not collected.
    Unread,
    /// The value is unknown, because no full record is loaded. There is no answer about the submission, or only a list
    /// record, which lacks the field.
    NotFetched,
}

/// Result of comparing the values of one field in several submissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// At least two submissions differ: in their values, or because only some of them have a value.
    Differs,
    /// The values are the same if these differences in form, such as upper and lower case, are ignored.
    Equivalent(Vec<Normalization>),
    /// It is unknown whether the values are the same. A value is too long, was not parsed, was sent twice, or is masked
    /// by the service.
    Unclear,
    /// The value is the same in all submissions.
    Same,
    /// At least two submissions have the same value. In another submission, the field was not fetched or not parsed.
    SameWhereKnown,
    /// The field was fetched for one submission alone, so there is nothing to compare.
    Alone,
    /// The values differ, but only because the service sends a new value in each answer, such as a link to an image.
    NewEachTime,
}

impl<'a> SideBySide<'a> {
    /// Compares the submissions `documents` field by field. Fields with the same JSON path are aligned. A submission is
    /// `None` if no answer about it is loaded yet.
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

    /// Returns the number of fields whose result fulfils `is`. The function `is` gets the result of comparing the
    /// values of one field.
    pub fn count(&self, is: impl Fn(&Alignment) -> bool) -> usize {
        self.fields.iter().filter(|field| is(&field.alignment)).count()
    }
}

/// Returns the cell for the field at `path`, which was not found in the submission `document`: empty, not parsed, or
/// not fetched. `document` is `None` if no answer about the submission is loaded yet. `is_cut` says whether some fields
/// of the submission were not collected because it has too many.
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
    /// Returns the JSON fields with the values of this cell. Empty unless the cell is [`Self::Value`] or
    /// [`Self::Whole`].
    fn parts(&self) -> &[Field<'_>] {
        match self {
            Self::Value(value) => &value.parts,
            Self::Whole(field) => std::slice::from_ref(field),
            Self::Empty | Self::Contested | Self::Unread | Self::NotFetched => &[],
        }
    }

    /// Returns the JSON path of this cell's value in its submission. Returns `None` unless the cell is [`Self::Value`]
    /// or [`Self::Whole`].
    pub fn path(&self) -> Option<&str> {
        self.parts().first().map(Field::path)
    }
}

impl AlignedField<'_> {
    /// Returns the name of the field on the screen: its documented label with its list positions from 1, such as `Error
    /// code #2`.
    ///
    /// A field without a label has its JSON path as its name. Parts of the path are hidden if the mask level `mask`
    /// hides them in any of the submissions.
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

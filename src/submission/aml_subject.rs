//! Persons that AML matches are about: name, aliases, birth date, gender, countries and lists. They are read from the
//! raw data of the AML screening.
//!
//! The structure of the raw data is not documented. First, the blocks (objects) that hold an id of the match are
//! searched. Then the names of the keys in a block tell which values are the name, the birth date and so on. A value
//! whose key is not understood is not taken; the AML tab shows all of the raw data below. So a missing value means "not
//! found", never "does not exist".

mod blocks;
mod collect;
mod comparison;
mod keys;
mod values;

use std::collections::HashSet;

use enum_map::{Enum, EnumMap};
use strum::VariantArray;

use super::document::{Document, Field};
use super::masking;
use super::path::{self, Step};
use crate::text::{Class, Mask, Safe, Untrusted, Value};
use blocks::IdSearch;
use collect::SubjectCollector;
pub use comparison::{AmlApplicant, SubjectAgreement};
use keys::KeyReader;

/// Key of the member of `aml` that holds the raw data of the screening.
const RAW_DATA: &str = "raw_data";

/// Documented keys under which an AML match holds its ids.
const IDS: [&str; 2] = ["resource_id", "argos_number"];

/// Kind of data about the person of an AML match, in the order on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, VariantArray)]
pub enum SubjectKind {
    /// A name of the person.
    Name,
    /// Another name of the person, such as an alias or a former name.
    Alias,
    /// A birth date of the person, or a part of it, such as the year.
    BirthDate,
    /// The gender of the person.
    Gender,
    /// A country of the person: nationality, residence or any other.
    Country,
    /// A list or another source that names the person, such as a sanctions list.
    List,
}

/// One value about the person of an AML match.
#[derive(Clone, Debug)]
pub struct SubjectValue<'a> {
    /// The fields from which the value is made: one field, or several such as first and last name.
    pub parts: Vec<Field<'a>>,
    /// Whether the raw data says that the date is not exact. Always false for a value that is not a date.
    pub is_approximate: bool,
    text: Untrusted,
    /// Whether the value is a range of birth dates, from a first to a last day.
    is_range: bool,
}

impl<'a> SubjectValue<'a> {
    fn of(field: Field<'a>) -> Self {
        let text = field.node().text().unwrap_or_default();
        Self { parts: vec![field], is_approximate: false, text, is_range: false }
    }

    fn joined(parts: Vec<Field<'a>>, separator: &str) -> Self {
        let texts: Vec<&str> = parts.iter().filter_map(|part| part.node().expose()).collect();
        let text = Untrusted::new(texts.join(separator));
        Self { parts, is_approximate: false, text, is_range: false }
    }

    /// Returns the unmasked text of the value. It may be compared with other values, but must never be shown.
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    /// Returns the text of the value for the screen, masked as the mask level `mask` requires.
    pub fn masked(&self, mask: Mask) -> Safe {
        if let [only] = self.parts.as_slice() {
            return masking::masked(only, mask).unwrap_or_default();
        }
        let own = self.parts.iter().map(Field::class).max().unwrap_or(Class::Personal);
        let class = self.parts.first().map_or(own, |part| part.document().class_of(self.expose()).max(own));
        Value::new(self.text.clone(), class).masked(mask)
    }

    /// Returns whether the value was found in `aml.raw_data`, the raw data of the AML screening. If not, it is an
    /// undocumented member of the AML match itself.
    pub fn is_from_raw_data(&self) -> bool {
        let below_aml = |part: &Field<'_>| {
            let mut keys = path::steps(part.path()).filter(|step| matches!(step, Step::Key(_)));
            matches!(keys.nth(1), Some(Step::Key(key)) if key == RAW_DATA)
        };
        self.parts.iter().any(below_aml)
    }
}

/// Person that an AML match is about, as far as the raw data of the screening and the undocumented members of the match
/// describe the person.
#[derive(Debug, Default)]
pub struct AmlSubject<'a> {
    /// The values that were found about the person, by kind. A text that occurs several times is listed once.
    pub values: EnumMap<SubjectKind, Vec<SubjectValue<'a>>>,
    /// Blocks (objects) of the raw data that hold an id of the match.
    pub blocks: Vec<Field<'a>>,
    /// Number of further values that were found, but are not in `values` because there are too many.
    pub more: usize,
    /// Whether a part of the raw data was not read although it may be about the person.
    pub is_unread: bool,
    /// Whether one of the `blocks` also holds the id of another AML match. Then its values may be about another person.
    pub is_shared: bool,
}

impl<'a> AmlSubject<'a> {
    /// Collects the data about the person of each AML match in `matches`, and returns it in the same order. `document`
    /// is the submission that contains these matches.
    pub fn of_matches(document: &'a Document, matches: &[Field<'a>]) -> Vec<Self> {
        let screenings = document.root().children("aml").into_iter().flat_map(|aml| aml.elements());
        let raw: Vec<Field<'a>> = screenings.flat_map(|aml| aml.children(RAW_DATA)).collect();
        let ids: Vec<Vec<&str>> = matches.iter().map(ids_of).collect();
        let all: HashSet<&str> = ids.iter().flatten().copied().collect();
        let mut keys = KeyReader::default();
        let mut search = IdSearch::new(&ids, &mut keys);
        for (at, raw) in raw.iter().enumerate() {
            search.search(at, raw.node());
        }
        let is_unread = search.is_unread;
        let blocks: Vec<_> =
            (0..matches.len()).map(|at| (search.blocks_of(at, &raw), search.has_more_blocks(at))).collect();
        let mut subjects = Vec::with_capacity(matches.len());
        // One budget for all matches: the work does not grow with the number of matches.
        let mut left = collect::MAX_VISITED_VALUES;
        for ((each, own), (blocks, has_more)) in matches.iter().zip(&ids).zip(&blocks) {
            let mut collector = SubjectCollector::new(own, &all, &mut keys, left);
            collector.collect_match(each);
            for ancestors in blocks {
                collector.collect_block(ancestors);
            }
            left = collector.left;
            let mut subject = collector.finish();
            subject.is_unread |= is_unread || *has_more;
            subjects.push(subject);
        }
        subjects
    }

    /// Returns whether no value about the person was found.
    pub fn is_empty(&self) -> bool {
        self.values.values().all(Vec::is_empty)
    }
}

/// Returns the ids of the AML match `aml_match` (its `resource_id` and `argos_number`), without blanks around them.
/// These ids are searched in `aml.raw_data`, to find the data about the person of the match.
fn ids_of<'a>(aml_match: &Field<'a>) -> Vec<&'a str> {
    let ids = IDS.iter().filter_map(|key| aml_match.child(key)?.node().expose());
    ids.map(str::trim).filter(|id| !id.is_empty()).collect()
}

#[cfg(test)]
mod tests;

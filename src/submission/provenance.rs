//! Compares the values that each field of a submission has in four sources: as printed (`OCR_raw`), as recognised by
//! the service (`ocr`), as confirmed by the applicant (`review`), and final (`data`).
//!
//! Values are compared unmasked, as sent. A table (`PAIRS`) says which values of the four sources belong to the same
//! field. A value that is not in the table becomes a field of its own, so that no value is left out.

mod characters;
mod compare;
mod counts;
mod date;
mod diff;
mod field_sources;
mod order;
mod pairs;
mod spelling;
mod value_kind;

use enum_map::EnumMap;

use super::{Document, Field, Node, fields, masking};
use crate::text::{Class, Mask, Safe, Untrusted};
pub(super) use compare::{Comparison, compare, is_withheld};
pub use counts::AgreementCounts;
pub(super) use field_sources::compare_values;
pub use field_sources::{Agreement, FieldSource, FieldSources, SourceCell, SourceValue};
pub use order::FieldOrder;
use pairs::{FinalValue, PAIRS, SourceNames, snake};
pub use value_kind::Normalization;
pub(super) use value_kind::ValueKind;

/// Maximum number of values that are read from one source, such as the object `ocr`. Further values are only counted.
const MOST: usize = 500;

/// The fields of a submission whose values come from four sources: the objects `OCR_raw`, `ocr`, `review` and `data`.
/// Each field has its value in every source and the result of comparing them.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// The compared fields: first the fields of the table `PAIRS` in its order, then the other fields in the order
    /// sent.
    pub fields: Vec<FieldSources<'a>>,
    /// For each source, in the order of [`FieldSource::ALL`], whether its object was sent with at least one member.
    pub sent: [bool; 4],
    /// The rotation of the document's image that the OCR found; `None` if it was not sent.
    pub rotation: Option<Field<'a>>,
    /// The items of `OCR_raw` as sent.
    pub items: Vec<OcrItem<'a>>,
    /// Number of further values that were not compared, because a source has too many values or was not parsed
    /// completely.
    pub more: usize,
}

/// One item of `OCR_raw`: a text that the OCR read in the image of a document. The names of items are not documented,
/// and any member may be missing.
#[derive(Clone, Debug)]
pub struct OcrItem<'a> {
    /// The name of the item, masked if the mask level requires it.
    pub name: Safe,
    /// The value that the OCR read; `None` if it was not sent or is empty.
    pub value: Option<Field<'a>>,
    /// The confidence of the OCR in the value (documented as 0 to 100); `None` if it was not sent.
    pub score: Option<Field<'a>>,
    /// The member `accepted` as sent: whether the service accepted the value.
    pub accepted: Option<Field<'a>>,
    /// The member `coordinates` as sent: the corners of the text in the image.
    pub coordinates: Option<Field<'a>>,
    /// The name of the item in snake case, which is unmasked and only for comparing.
    key: String,
}

impl<'a> Provenance<'a> {
    /// Compares the values of each field in the objects `OCR_raw`, `ocr`, `review` and `data` of `document`. The mask
    /// level `mask` masks the names of undocumented fields; values are not masked.
    pub fn of(document: &'a Document, mask: Mask) -> Self {
        let root = document.root();
        let blocks =
            FieldSource::ALL.map(|source| root.child(source.path()).filter(|block| !block.members().is_empty()));
        let sent = blocks.each_ref().map(Option::is_some);
        let mut reader = SourcesReader {
            of: Self { fields: Vec::new(), sent, rotation: None, items: Vec::new(), more: 0 },
            blocks,
            mask,
            taken: Vec::new(),
        };
        reader.items();
        // With final data alone there is nothing to compare.
        if sent.iter().take(3).any(|sent| *sent) {
            for pair in &PAIRS {
                reader.pair(pair);
            }
            reader.others();
        }
        reader.of
    }

    /// Sorts the fields and the OCR items in the order `order`, and returns the result. With
    /// [`FieldOrder::Confidence`], those without a readable score come last.
    #[must_use]
    pub fn ordered(mut self, order: FieldOrder) -> Self {
        let confidence = |score: &Option<Field<'_>>| score.as_ref().and_then(Field::number).unwrap_or(f64::INFINITY);
        if order == FieldOrder::Confidence {
            self.fields.sort_by(|one, other| confidence(&one.score).total_cmp(&confidence(&other.score)));
            self.items.sort_by(|one, other| confidence(&one.score).total_cmp(&confidence(&other.score)));
        }
        self
    }

    /// Counts the fields by the result of comparing their values.
    pub fn counts(&self) -> AgreementCounts {
        let mut counts = AgreementCounts::default();
        for field in &self.fields {
            match field.agreement {
                Agreement::Differs => counts.differ += 1,
                Agreement::Equivalent(_) => counts.equivalent += 1,
                Agreement::Same => counts.same += 1,
                Agreement::Unclear => counts.unclear += 1,
                Agreement::Single => counts.single += 1,
            }
            counts.refused += usize::from(field.is_refused());
        }
        counts
    }
}

struct SourcesReader<'a> {
    of: Provenance<'a>,
    blocks: [Option<Field<'a>>; 4],
    mask: Mask,
    /// Names, in snake case, of the items of `OCR_raw` that already belong to a field.
    taken: Vec<String>,
}

impl<'a> SourcesReader<'a> {
    fn items(&mut self) {
        let Some(block) = self.block(FieldSource::Raw).cloned() else { return };
        let count = block.node().members().len();
        let unopened: usize = block.node().members().iter().map(|(_, node)| node.unparsed_count()).sum();
        self.of.more += count.saturating_sub(MOST) + unopened;
        let opened = (0..count.min(MOST)).filter_map(|at| block.nth(at)).filter(|(_, field)| !field.node().is_rest());
        for (name, field) in opened {
            let name = name.map(Untrusted::expose).unwrap_or_default();
            // Documented as an object, but a bare value means the same.
            let is_bare = field.text().is_some() || matches!(field.node(), Node::List(_));
            let value = if is_bare { Some(field.clone()) } else { field.child("value") };
            let value = value.filter(|value| value.text().map_or_else(|| is_compound(value), |text| !text.is_empty()));
            let member = |key| field.child(key).filter(|member: &Field<'_>| !member.is_empty());
            if name == "rotate" {
                self.taken.push(name.to_owned());
                self.of.rotation = value.clone();
                if ["score", "accepted", "coordinates"].into_iter().all(|key| member(key).is_none()) {
                    continue;
                }
            }
            self.of.items.push(OcrItem {
                name: masking::key(&field, self.mask),
                value,
                score: member("score"),
                accepted: member("accepted"),
                coordinates: member("coordinates"),
                key: snake(name),
            });
        }
    }

    /// Adds the field of `pair`, a row of the table `PAIRS`, which names the field in each source. If several items of
    /// `OCR_raw` belong to the field, the most similar one is compared, and each other item becomes a field of its own.
    fn pair(&mut self, pair: &SourceNames) {
        let wanted = |item: &&OcrItem<'a>| pair.raw.contains(&item.key.as_str());
        let mut items: Vec<OcrItem<'a>> = self.of.items.iter().filter(wanted).cloned().collect();
        items.sort_by_key(|item| pair.raw.iter().position(|key| *key == item.key));
        self.taken.extend(items.iter().map(|item| item.key.clone()));
        let raws: Vec<SourceValue<'a>> =
            items.iter().map(|item| SourceValue::new(item.value.iter().cloned().collect())).collect();
        let datas = self.data(&pair.data);
        let (ocr, review) = (self.cell(FieldSource::Ocr, pair.ocr), self.cell(FieldSource::Review, pair.review));
        let fixed = [&ocr, &review].into_iter().filter_map(|cell| match cell {
            SourceCell::Value(value) => Some(value.expose()),
            SourceCell::Missing | SourceCell::Nowhere => None,
        });
        let fixed: Vec<&str> = fixed.collect();
        let chosen = most_similar(
            &raws,
            &[fixed.as_slice(), &datas.iter().map(SourceValue::expose).collect::<Vec<_>>()].concat(),
            pair.kind,
        );
        let data = most_similar(
            &datas,
            &[fixed.as_slice(), &raws.iter().map(SourceValue::expose).collect::<Vec<_>>()].concat(),
            pair.kind,
        );
        let item = chosen.map(|at| items.remove(at));
        let raw = match item.as_ref().and_then(|item| item.value.clone()) {
            Some(value) => SourceCell::Value(SourceValue::new(vec![value])),
            None => self.empty(FieldSource::Raw, true),
        };
        let data = match data.and_then(|at| datas.into_iter().nth(at)) {
            Some(value) => SourceCell::Value(value),
            None => self.empty(FieldSource::Data, !matches!(pair.data, FinalValue::Nowhere)),
        };
        let cells = [raw, ocr, review, data];
        if item.is_some() || cells.iter().any(|cell| matches!(cell, SourceCell::Value(_))) {
            self.add(Safe::from_static(pair.label), cells, item.as_ref(), pair.kind);
        }
        for item in &items {
            self.unmatched(item);
        }
    }

    /// Adds the values whose names are not in the table [`PAIRS`]. Values with the same name in several sources become
    /// one field.
    fn others(&mut self) {
        let items: Vec<OcrItem<'a>> =
            self.of.items.iter().filter(|item| !self.taken.contains(&item.key)).cloned().collect();
        let known = |name: &str| PAIRS.iter().any(|pair| pair.ocr == name);
        let mut ocr = self.scalars_of_source(FieldSource::Ocr, known);
        let known = |name: &str| PAIRS.iter().any(|pair| pair.review == name);
        let mut review = self.scalars_of_source(FieldSource::Review, known);
        let take = |from: &mut Vec<(String, Field<'a>)>, key: &str| {
            let at = from.iter().position(|(known, _)| known == key)?;
            Some(SourceCell::Value(SourceValue::new(vec![from.remove(at).1])))
        };
        for item in items {
            let value = item.value.iter().cloned().map(|value| SourceCell::Value(SourceValue::new(vec![value]))).next();
            let raw = value.unwrap_or(SourceCell::Missing);
            let others = [&mut ocr, &mut review].map(|from| take(from, &item.key).unwrap_or(SourceCell::Nowhere));
            let [ocr, review] = others;
            self.add(item.name.clone(), [raw, ocr, review, SourceCell::Nowhere], Some(&item), ValueKind::Open);
        }
        while !ocr.is_empty() {
            let (key, field) = ocr.remove(0);
            let label = masking::label(&field, self.mask);
            let other = take(&mut review, &key).unwrap_or(SourceCell::Nowhere);
            let cells =
                [SourceCell::Nowhere, SourceCell::Value(SourceValue::new(vec![field])), other, SourceCell::Nowhere];
            self.add(label, cells, None, ValueKind::Open);
        }
        for (_, field) in review {
            let label = masking::label(&field, self.mask);
            let cells = [
                SourceCell::Nowhere,
                SourceCell::Nowhere,
                SourceCell::Value(SourceValue::new(vec![field])),
                SourceCell::Nowhere,
            ];
            self.add(label, cells, None, ValueKind::Open);
        }
    }

    /// Returns the scalars in the object of the source `source`, such as `ocr`, each with its key in snake case. Leaves
    /// out empty texts, and members for whose key `known` returns true. At most [`MOST`] are returned.
    fn scalars_of_source(&mut self, source: FieldSource, known: impl Fn(&str) -> bool) -> Vec<(String, Field<'a>)> {
        let Some(block) = self.block(source) else { return Vec::new() };
        let mut found = Vec::new();
        let mut more = 0;
        for (at, (key, node)) in block.node().members().iter().enumerate() {
            if known(key.expose()) || node.is_rest() || node.expose().is_none_or(str::is_empty) {
                continue;
            }
            if found.len() >= MOST {
                more += 1;
            } else if let Some((_, field)) = block.nth(at) {
                found.push((snake(key.expose()), field));
            }
        }
        self.of.more += more;
        found
    }

    /// Adds `item`, an item of `OCR_raw`, as a field of its own, because its field already has another item. So a
    /// second spelling of a name, such as one in Hangul, is not shown as a mismatch.
    fn unmatched(&mut self, item: &OcrItem<'a>) {
        if let Some(value) = item.value.clone() {
            let cells = [
                SourceCell::Value(SourceValue::new(vec![value])),
                SourceCell::Nowhere,
                SourceCell::Nowhere,
                SourceCell::Nowhere,
            ];
            self.add(item.name.clone(), cells, Some(item), ValueKind::Open);
        }
    }

    fn add(&mut self, label: Safe, cells: [SourceCell<'a>; 4], item: Option<&OcrItem<'a>>, kind: ValueKind) {
        let score = item.and_then(|item| item.score.clone());
        let accepted = item.and_then(|item| item.accepted.clone());
        let (cells, agreement) = (EnumMap::from_array(cells), Agreement::Single);
        self.of.fields.push(FieldSources { label, cells, score, accepted, agreement }.compared(kind));
    }

    fn block(&self, source: FieldSource) -> Option<&Field<'a>> {
        self.blocks.get(source as usize)?.as_ref()
    }

    fn value(&self, source: FieldSource, key: &str) -> Option<Field<'a>> {
        let field = self.block(source)?.child(key)?;
        let is_unread = matches!(field.node(), Node::Raw(_)) || is_compound(&field);
        (is_unread || field.text().is_some_and(|text| !text.is_empty())).then_some(field)
    }

    fn cell(&self, source: FieldSource, key: &str) -> SourceCell<'a> {
        match self.value(source, key) {
            Some(field) => SourceCell::Value(SourceValue::new(vec![field])),
            None => self.empty(source, !key.is_empty()),
        }
    }

    fn empty(&self, source: FieldSource, could: bool) -> SourceCell<'a> {
        if could && self.block(source).is_some() { SourceCell::Missing } else { SourceCell::Nowhere }
    }

    /// Returns the values that may be the final value of a field, from the object `data`. The rule `data` names the
    /// keys to read. The result has several values if the rule leaves open which one counts, such as both orders of
    /// first and last name.
    fn data(&self, data: &FinalValue) -> Vec<SourceValue<'a>> {
        let one = |key: &&str| self.value(FieldSource::Data, key).map(|field| SourceValue::new(vec![field]));
        match data {
            FinalValue::Nowhere => Vec::new(),
            FinalValue::First(keys) => keys.iter().find_map(one).into_iter().collect(),
            FinalValue::Nearest(keys) => keys.iter().filter_map(one).collect(),
            FinalValue::Name(keys) => match keys.iter().find_map(one) {
                Some(name) => vec![name],
                None => {
                    let names = [["first_name", "last_name"], ["last_name", "first_name"]];
                    let named =
                        names.map(|keys| keys.iter().filter_map(|key| self.value(FieldSource::Data, key)).collect());
                    named.into_iter().filter(|parts: &Vec<_>| !parts.is_empty()).map(SourceValue::new).collect()
                }
            },
        }
    }
}

/// Returns whether a field is a list or an object with content, which cannot be compared with a text.
fn is_compound(field: &Field<'_>) -> bool {
    matches!(field.node(), Node::List(_) | Node::Object(_)) && !field.is_empty()
}

/// Returns the privacy class of the item of `OCR_raw` with the name `name`. It is the class of the field in the object
/// `ocr` that is in the same row of the table `PAIRS`. For `rotate`, the angle of the document, it is [`Class::Open`].
/// Returns `None` if the name is not in the table.
pub(super) fn item_class(name: &str) -> Option<Class> {
    if name == "rotate" {
        return Some(Class::Open);
    }
    let key = snake(name);
    let pair = PAIRS.iter().find(|pair| pair.raw.contains(&&*key))?;
    let partner = fields::documented_field(&format!("{}.{}", FieldSource::Ocr.path(), pair.ocr));
    Some(partner.map_or(Class::Personal, |known| known.class))
}

/// Returns the kind of value, such as a date, of the item of `OCR_raw` with the name `name`. Returns `None` if the
/// table `PAIRS` does not have the name.
pub(super) fn item_kind(name: &str) -> Option<ValueKind> {
    let key = snake(name);
    PAIRS.iter().find(|pair| pair.raw.contains(&&*key)).map(|pair| pair.kind)
}

/// Returns whether a text is a date in a form that identity documents use, such as `03/04/1990`.
pub(super) fn is_date(text: &str) -> bool {
    !date::readings(text).is_empty()
}

/// Returns every day that a text can mean. The result is empty if the text is not a date. It has two days if day and
/// month cannot be told apart.
pub(super) fn possible_days(text: &str) -> Vec<jiff::civil::Date> {
    date::readings(text).into_iter().map(|reading| reading.date).collect()
}

/// Returns whether the different texts `one` and `other` may be the same day, but need not be. This is so if one of
/// them can be read with day and month in either order, as `03/04/1990`.
pub(super) fn may_be_same_day(one: &str, other: &str) -> bool {
    let [ones, others] = [one, other].map(date::readings);
    ones.len() + others.len() > 2 && ones.iter().any(|one| others.iter().any(|other| one.date == other.date))
}

/// Returns the index in `values` of the value that is most similar to any of the texts `others`. Of equally similar
/// values, the first wins. Returns `None` if `values` is empty. `kind` decides which differences in form are ignored.
fn most_similar(values: &[SourceValue<'_>], others: &[&str], kind: ValueKind) -> Option<usize> {
    let rank = |value: &SourceValue<'_>| {
        let each = others.iter().map(|other| match compare(value.expose(), other, kind) {
            _ if value.expose().is_empty() => 0,
            Comparison::Same => 3,
            Comparison::Equivalent(_) => 2,
            Comparison::Differs | Comparison::Unclear => 1,
        });
        each.max().unwrap_or(u8::from(!value.expose().is_empty()))
    };
    let ranks: Vec<u8> = values.iter().map(rank).collect();
    let best = ranks.iter().max()?;
    ranks.iter().position(|rank| rank == best)
}

#[cfg(test)]
mod tests;

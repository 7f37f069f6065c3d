//! Where the value of a field comes from: as printed and read (`OCR_raw`), as recognised (`ocr`), as the applicant left it
//! (`review`), as it counts (`data`), and whether these say the same.
//!
//! Pure: values are compared as they were sent, whatever a screen may show of them. What goes with what is a table; a
//! value without a partner has a lineage of its own, so that no value of these blocks is left out.

mod alike;
mod date;
mod lineage;
mod pairs;
mod spots;

use super::{Document, Field, Node, fields, shown};
use crate::text::{Class, Mask, Safe, Untrusted};
pub use alike::Way;
use alike::{Likeness, Shape};
pub use lineage::{Cell, Held, Lineage, Source, State};
use pairs::{Data, PAIRS, Pair, snake};

/// Items and other values without a place in the table that are taken in; the rest is counted.
const MOST: usize = 500;

/// The order in which fields are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As a document is read.
    #[default]
    Document,
    /// The least certain reading first.
    Confidence,
}

impl Order {
    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Document => Self::Confidence,
            Self::Confidence => Self::Document,
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Document => "in the order of the document",
            Self::Confidence => "lowest confidence first",
        }
    }
}

/// Every field that has a provenance, and what the OCR says of its items.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// The fields: those of the table in the order in which a document is read, then the others as sent.
    pub lineages: Vec<Lineage<'a>>,
    /// Whether each source was sent, in the order of [`Source::ALL`].
    pub sent: [bool; 4],
    /// The rotation that the OCR found.
    pub rotation: Option<Field<'a>>,
    /// The items of `OCR_raw` as sent.
    pub items: Vec<Item<'a>>,
    /// Values that are left out because there are too many.
    pub more: usize,
}

/// An item of `OCR_raw`. The service leaves its name open, and any member may be missing.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// Its name as sent.
    pub name: Safe,
    /// What was read, if that is a text or a number.
    pub value: Option<Field<'a>>,
    /// Confidence, 0 to 100 by the documentation.
    pub score: Option<Field<'a>>,
    /// Whether the value was accepted.
    pub accepted: Option<Field<'a>>,
    /// Where it stands in the image: `coordinates` as sent.
    pub coordinates: Option<Field<'a>>,
    key: String,
}

/// How many fields are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// At least two sources differ.
    pub differ: usize,
    /// The same but for their shape.
    pub alike: usize,
    /// The same.
    pub same: usize,
    /// Too long to be compared, or not opened.
    pub unclear: usize,
    /// With nothing to compare.
    pub single: usize,
    /// Read and not accepted.
    pub refused: usize,
}

impl<'a> Provenance<'a> {
    /// Reads and compares the sources of a submission. Names that the service leaves open are as the mask lets them be
    /// seen; values are not masked here.
    #[must_use]
    pub fn of(document: &'a Document, mask: Mask) -> Self {
        let root = document.root();
        let blocks = Source::ALL.map(|source| root.child(source.path()).filter(|block| !block.members().is_empty()));
        let sent = blocks.each_ref().map(Option::is_some);
        let mut reader = Reader {
            of: Self { lineages: Vec::new(), sent, rotation: None, items: Vec::new(), more: 0 },
            blocks,
            mask,
            taken: Vec::new(),
        };
        reader.items();
        // Final data alone has no provenance.
        if sent.iter().take(3).any(|sent| *sent) {
            for pair in &PAIRS {
                reader.pair(pair);
            }
            reader.others();
        }
        reader.of
    }

    /// Fields and items in an order. Of those without a readable score nobody knows how certain they are: they stand last.
    #[must_use]
    pub fn ordered(mut self, order: Order) -> Self {
        let confidence = |score: &Option<Field<'_>>| score.as_ref().and_then(Field::number).unwrap_or(f64::INFINITY);
        if order == Order::Confidence {
            self.lineages.sort_by(|one, other| confidence(&one.score).total_cmp(&confidence(&other.score)));
            self.items.sort_by(|one, other| confidence(&one.score).total_cmp(&confidence(&other.score)));
        }
        self
    }

    /// How many fields are in which state.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for lineage in &self.lineages {
            match lineage.state {
                State::Differs => counts.differ += 1,
                State::Alike(_) => counts.alike += 1,
                State::Same => counts.same += 1,
                State::Unclear => counts.unclear += 1,
                State::Single => counts.single += 1,
            }
            counts.refused += usize::from(lineage.is_refused());
        }
        counts
    }
}

struct Reader<'a> {
    of: Provenance<'a>,
    blocks: [Option<Field<'a>>; 4],
    mask: Mask,
    /// Keys of items that have a place.
    taken: Vec<String>,
}

impl<'a> Reader<'a> {
    fn items(&mut self) {
        let Some(block) = self.block(Source::Raw).cloned() else { return };
        let count = block.node().members().len();
        let unopened: usize = block.node().members().iter().map(|(_, node)| node.stands_for()).sum();
        self.of.more += count.saturating_sub(MOST) + unopened;
        let opened = (0..count.min(MOST)).filter_map(|at| block.nth(at)).filter(|(_, field)| !field.node().is_rest());
        for (name, field) in opened {
            let name = name.map(Untrusted::expose).unwrap_or_default();
            // The documentation makes it an object, but a bare value says the same.
            let value = if field.text().is_some() { Some(field.clone()) } else { field.child("value") };
            let value = value.filter(|value| value.text().is_some_and(|text| !text.is_empty()));
            let member = |key| field.child(key).filter(|member: &Field<'_>| !member.is_empty());
            if name == "rotate" {
                self.taken.push(name.to_owned());
                self.of.rotation = value.clone();
                if ["score", "accepted", "coordinates"].into_iter().all(|key| member(key).is_none()) {
                    continue;
                }
            }
            self.of.items.push(Item {
                name: shown::key(&field, self.mask),
                value,
                score: member("score"),
                accepted: member("accepted"),
                coordinates: member("coordinates"),
                key: snake(name),
            });
        }
    }

    /// One line of the table, and a line for each item more that it could have taken.
    fn pair(&mut self, pair: &Pair) {
        let wanted = |item: &&Item<'a>| pair.raw.contains(&item.key.as_str());
        let mut items: Vec<Item<'a>> = self.of.items.iter().filter(wanted).cloned().collect();
        items.sort_by_key(|item| pair.raw.iter().position(|key| *key == item.key));
        self.taken.extend(items.iter().map(|item| item.key.clone()));
        let raws: Vec<Held<'a>> = items.iter().map(|item| Held::new(item.value.iter().cloned().collect())).collect();
        let datas = self.data(&pair.data);
        let (ocr, review) = (self.cell(Source::Ocr, pair.ocr), self.cell(Source::Review, pair.review));
        let fixed = [&ocr, &review].into_iter().filter_map(|cell| match cell {
            Cell::Held(held) => Some(held.expose()),
            Cell::Missing | Cell::Nowhere => None,
        });
        let fixed: Vec<&str> = fixed.collect();
        let chosen = nearest(
            &raws,
            &[fixed.as_slice(), &datas.iter().map(Held::expose).collect::<Vec<_>>()].concat(),
            pair.shape,
        );
        let data = nearest(
            &datas,
            &[fixed.as_slice(), &raws.iter().map(Held::expose).collect::<Vec<_>>()].concat(),
            pair.shape,
        );
        let item = chosen.map(|at| items.remove(at));
        let raw = match item.as_ref().and_then(|item| item.value.clone()) {
            Some(value) => Cell::Held(Held::new(vec![value])),
            None => self.empty(Source::Raw, true),
        };
        let data = match data.and_then(|at| datas.into_iter().nth(at)) {
            Some(held) => Cell::Held(held),
            None => self.empty(Source::Data, !matches!(pair.data, Data::Nowhere)),
        };
        let cells = [raw, ocr, review, data];
        if item.is_some() || cells.iter().any(|cell| matches!(cell, Cell::Held(_))) {
            self.add(Safe::word(pair.label), cells, item.as_ref(), pair.shape);
        }
        for item in &items {
            self.lone(item);
        }
    }

    /// What has no place in the table; the same name in several sources is taken for the same field.
    fn others(&mut self) {
        let items: Vec<Item<'a>> =
            self.of.items.iter().filter(|item| !self.taken.contains(&item.key)).cloned().collect();
        let known = |name: &str| PAIRS.iter().any(|pair| pair.ocr == name);
        let mut ocr = self.open(Source::Ocr, known);
        let known = |name: &str| PAIRS.iter().any(|pair| pair.review == name);
        let mut review = self.open(Source::Review, known);
        let take = |from: &mut Vec<(String, Field<'a>)>, key: &str| {
            let at = from.iter().position(|(known, _)| known == key)?;
            Some(Cell::Held(Held::new(vec![from.remove(at).1])))
        };
        for item in items {
            let value = item.value.iter().cloned().map(|value| Cell::Held(Held::new(vec![value]))).next();
            let raw = value.unwrap_or(Cell::Missing);
            let others = [&mut ocr, &mut review].map(|from| take(from, &item.key).unwrap_or(Cell::Nowhere));
            let [ocr, review] = others;
            self.add(item.name.clone(), [raw, ocr, review, Cell::Nowhere], Some(&item), Shape::Open);
        }
        while !ocr.is_empty() {
            let (key, field) = ocr.remove(0);
            let (label, other) = (shown::label(&field, self.mask), take(&mut review, &key).unwrap_or(Cell::Nowhere));
            let cells = [Cell::Nowhere, Cell::Held(Held::new(vec![field])), other, Cell::Nowhere];
            self.add(label, cells, None, Shape::Open);
        }
        for (_, field) in review {
            let label = shown::label(&field, self.mask);
            let cells = [Cell::Nowhere, Cell::Nowhere, Cell::Held(Held::new(vec![field])), Cell::Nowhere];
            self.add(label, cells, None, Shape::Open);
        }
    }

    /// The values of a source whose names the table does not hold.
    fn open(&mut self, source: Source, known: impl Fn(&str) -> bool) -> Vec<(String, Field<'a>)> {
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

    /// An item beside another one that took its place: a name in a second script is no mismatch.
    fn lone(&mut self, item: &Item<'a>) {
        if let Some(value) = item.value.clone() {
            let cells = [Cell::Held(Held::new(vec![value])), Cell::Nowhere, Cell::Nowhere, Cell::Nowhere];
            self.add(item.name.clone(), cells, Some(item), Shape::Open);
        }
    }

    fn add(&mut self, label: Safe, cells: [Cell<'a>; 4], item: Option<&Item<'a>>, shape: Shape) {
        let score = item.and_then(|item| item.score.clone());
        let accepted = item.and_then(|item| item.accepted.clone());
        self.of.lineages.push(Lineage { label, cells, score, accepted, state: State::Single }.settled(shape));
    }

    fn block(&self, source: Source) -> Option<&Field<'a>> {
        self.blocks.get(source as usize)?.as_ref()
    }

    fn value(&self, source: Source, key: &str) -> Option<Field<'a>> {
        let field = self.block(source)?.child(key)?;
        let is_unread = matches!(field.node(), Node::Raw(_));
        (is_unread || field.text().is_some_and(|text| !text.is_empty())).then_some(field)
    }

    fn cell(&self, source: Source, key: &str) -> Cell<'a> {
        match self.value(source, key) {
            Some(field) => Cell::Held(Held::new(vec![field])),
            None => self.empty(source, !key.is_empty()),
        }
    }

    fn empty(&self, source: Source, could: bool) -> Cell<'a> {
        if could && self.block(source).is_some() { Cell::Missing } else { Cell::Nowhere }
    }

    /// The values that the final data may stand in.
    fn data(&self, data: &Data) -> Vec<Held<'a>> {
        let one = |key: &&str| self.value(Source::Data, key).map(|field| Held::new(vec![field]));
        match data {
            Data::Nowhere => Vec::new(),
            Data::First(keys) => keys.iter().find_map(one).into_iter().collect(),
            Data::Nearest(keys) => keys.iter().filter_map(one).collect(),
            Data::Name(keys) => match keys.iter().find_map(one) {
                Some(name) => vec![name],
                None => {
                    let names = [["first_name", "last_name"], ["last_name", "first_name"]];
                    let held = names.map(|keys| keys.iter().filter_map(|key| self.value(Source::Data, key)).collect());
                    held.into_iter().filter(|parts: &Vec<_>| !parts.is_empty()).map(Held::new).collect()
                }
            },
        }
    }
}

/// How private an item of `OCR_raw` is whose name the table holds: as private as the field that it goes with.
pub(super) fn item_class(name: &str) -> Option<Class> {
    if name == "rotate" {
        return Some(Class::Open);
    }
    let key = snake(name);
    let pair = PAIRS.iter().find(|pair| pair.raw.contains(&&*key))?;
    let partner = fields::known(&format!("{}.{}", Source::Ocr.path(), pair.ocr));
    Some(partner.map_or(Class::Personal, |known| known.class))
}

/// Whether a text is a date in a form in which documents print dates.
pub(super) fn is_date(text: &str) -> bool {
    !date::readings(text).is_empty()
}

/// Which value comes nearest to the others; the first of those that are equally near.
fn nearest(values: &[Held<'_>], others: &[&str], shape: Shape) -> Option<usize> {
    let rank = |held: &Held<'_>| {
        let each = others.iter().map(|other| match alike::compare(held.expose(), other, shape) {
            _ if held.expose().is_empty() => 0,
            Likeness::Same => 3,
            Likeness::Alike(_) => 2,
            Likeness::Differs | Likeness::Unclear => 1,
        });
        each.max().unwrap_or(u8::from(!held.expose().is_empty()))
    };
    let ranks: Vec<u8> = values.iter().map(rank).collect();
    let best = ranks.iter().max()?;
    ranks.iter().position(|rank| rank == best)
}

#[cfg(test)]
mod tests;

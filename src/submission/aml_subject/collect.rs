//! Collects the data of a person from a block of raw data, by the meaning of its keys.

use std::collections::HashSet;

use super::keys::{self, DatePart, KeyMeaning, NamePart, id_rank};
use super::{AmlSubject, SubjectKind, SubjectValue};
use crate::submission::assessment::words;
use crate::submission::document::Field;
use crate::submission::node::{Node, Rest};
use crate::submission::path::{self, Step};
use crate::submission::provenance;
use crate::text::Untrusted;
use crate::time;

/// Maximum number of values that are visited for all matches of a submission together.
pub(super) const MAX_VISITED: usize = 100_000;

/// Maximum number of values that are visited to find out whether a block also holds the id of another match.
const MAX_CHECKED: usize = 2_000;

/// Maximum number of values of one kind that are kept for one match.
const MAX_KEPT: usize = 50;

/// Keys that hold a value whose meaning a label beside it tells, as in `{"label": "Date of Birth", "value": "1984"}`.
const VALUE_KEYS: [&str; 10] =
    ["value", "values", "text", "content", "val", "data", "date", "fulldate", "dates", "description"];

/// Keys of such a label.
const LABEL_KEYS: [&str; 9] = ["name", "key", "label", "type", "field", "tag", "attribute", "title", "kind"];

/// Where the collector is: below which kind of key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// In the block itself, or in a part of it that holds data of the person.
    Person,
    /// In a part whose key is not understood, or that is about a thing: only lists are taken.
    Strange,
    /// In an address: the country is taken as well.
    Address,
    /// In the place of birth: only the country is taken.
    BirthPlace,
    /// In a value of this kind.
    Kind(SubjectKind),
}

pub(super) struct Collector<'c, 'a> {
    own: &'c [&'a str],
    all: &'c HashSet<&'a str>,
    subject: AmlSubject<'a>,
    /// Number of values that may still be visited.
    pub(super) left: usize,
    /// Whether parts with keys that are not understood count as data of the person.
    is_lenient: bool,
    /// Whether the block is an object around the one that holds the id, so that other objects in it may be about
    /// others.
    is_wide: bool,
}

impl<'c, 'a> Collector<'c, 'a> {
    /// Creates a collector for the match with the ids `own`. `all` are the ids of all matches.
    pub(super) fn new(own: &'c [&'a str], all: &'c HashSet<&'a str>, left: usize) -> Self {
        Self { own, all, subject: AmlSubject::default(), left, is_lenient: false, is_wide: false }
    }

    pub(super) fn finish(self) -> AmlSubject<'a> {
        self.subject
    }

    /// Takes the data from the undocumented members of the match itself.
    pub(super) fn take_match(&mut self, each: &Field<'a>) {
        if matches!(each.node(), Node::Object(_)) {
            self.object(each, Within::Person);
        }
    }

    /// Takes the data from a block. `ancestors` are the values that contain the block, the raw data first, and the
    /// block itself last. If the block has no name and no birth date, the objects around it are read as well, as long
    /// as they hold no other match and no list of further blocks.
    pub(super) fn take_block(&mut self, ancestors: &[Field<'a>]) {
        let Some((block, around)) = ancestors.split_last() else { return };
        self.subject.blocks.push(block.clone());
        self.subject.is_shared |= self.holds_other(block) == Some(true);
        if self.take(block) {
            return;
        }
        for outer in around.iter().rev() {
            let is_list = matches!(outer.node(), Node::List(_));
            if is_list && !is_list_of_ids(outer) || !is_list && self.holds_other(outer) != Some(false) {
                return;
            }
            self.is_wide = true;
            let is_found = !is_list && self.take(outer);
            self.is_wide = false;
            if is_found {
                return;
            }
        }
    }

    /// Takes the data from an object. Returns whether it has a name or a birth date.
    fn take(&mut self, block: &Field<'a>) -> bool {
        let count = |subject: &AmlSubject<'_>| {
            [SubjectKind::Name, SubjectKind::Alias, SubjectKind::BirthDate]
                .map(|kind| subject.values[kind].len())
                .iter()
                .sum::<usize>()
        };
        let before = count(&self.subject);
        self.value(block, Within::Person);
        if count(&self.subject) == before && !self.is_wide {
            self.is_lenient = true;
            self.value(block, Within::Person);
            self.is_lenient = false;
        }
        count(&self.subject) > before
    }

    fn value(&mut self, field: &Field<'a>, within: Within) {
        if self.left == 0 {
            self.subject.is_unread = true;
            return;
        }
        self.left -= 1;
        match field.node() {
            Node::Object(_) if within == Within::Person && self.is_about_other(field) => {}
            Node::Object(_) => self.object(field, within),
            Node::List(elements) => {
                for at in 0..elements.len() {
                    field.nth(at).iter().for_each(|(_, element)| self.value(element, within));
                }
            }
            Node::Raw(raw) => self.subject.is_unread |= raw.rest() != Rest::Garbage,
            Node::Null | Node::Bool(_) => {}
            Node::Number(_) | Node::Text(_) => {
                if let Within::Kind(kind) = within {
                    self.scalar(kind, field);
                }
            }
        }
    }

    /// Reads the members of an object. Members that were not opened are noted as unread.
    fn object(&mut self, field: &Field<'a>, within: Within) {
        let members: Vec<(&str, Field<'a>)> = (0..field.node().members().len())
            .filter_map(|at| field.nth(at))
            .map(|(key, member)| (key.map_or("", |key| key.expose()), member))
            .collect();
        self.subject.is_unread |= members.iter().any(|(_, member)| member.node().is_rest());
        match within {
            Within::Kind(SubjectKind::BirthDate) => self.date(&members),
            Within::Kind(kind @ (SubjectKind::Name | SubjectKind::Alias)) => self.name(&members, kind),
            Within::Kind(kind) => self.labelled(&members, kind),
            Within::BirthPlace => {
                for (key, member) in &members {
                    match KeyMeaning::of(key) {
                        KeyMeaning::Country => self.value(member, Within::Kind(SubjectKind::Country)),
                        KeyMeaning::Other | KeyMeaning::Attribute => {}
                        _ => self.value(member, within),
                    }
                }
            }
            Within::Person | Within::Strange | Within::Address => self.part(&members, within),
        }
    }

    /// Reads an object with data of the person, or of something that belongs to the person.
    fn part(&mut self, members: &[(&str, Field<'a>)], within: Within) {
        let is_person = within == Within::Person;
        if is_person {
            if let Some(meaning) = label_of(members) {
                let is_value = |key: &str| VALUE_KEYS.contains(&key.to_ascii_lowercase().replace('_', "").as_str());
                let is_part = |key: &str| matches!(meaning, KeyMeaning::Birth(_)) && keys::date_member(key).is_some();
                let values: Vec<(&str, Field<'a>)> =
                    members.iter().filter(|(key, _)| is_value(key) || is_part(key)).cloned().collect();
                if !values.is_empty() {
                    match (meaning, kind_of(meaning)) {
                        (_, Some(SubjectKind::BirthDate)) => self.date(&values),
                        (KeyMeaning::BirthPlace, _) => {}
                        (_, Some(kind)) => values.iter().for_each(|(_, value)| self.value(value, Within::Kind(kind))),
                        (_, None) => {}
                    }
                    return;
                }
            }
            // A label that is not understood: the name in it is no name of the person.
            let has = |keys: &[&str]| members.iter().any(|(key, _)| keys.contains(&key.to_ascii_lowercase().as_str()));
            if has(&["value", "values", "val"]) && has(&LABEL_KEYS) {
                return;
            }
            self.composed(members);
        }
        for (key, member) in members {
            let meaning = KeyMeaning::of(key);
            let next = match meaning {
                KeyMeaning::Name(NamePart::Whole) | KeyMeaning::Alias | KeyMeaning::Gender if is_person => {
                    kind_of(meaning).map(Within::Kind)
                }
                KeyMeaning::Birth(DatePart::Whole) if is_person => Some(Within::Kind(SubjectKind::BirthDate)),
                KeyMeaning::BirthPlace if is_person => Some(Within::BirthPlace),
                KeyMeaning::Country if within != Within::Strange => Some(Within::Kind(SubjectKind::Country)),
                KeyMeaning::List => Some(Within::Kind(SubjectKind::List)),
                KeyMeaning::Thing if key.to_lowercase().contains("address") => Some(Within::Address),
                KeyMeaning::Wrapper if is_person => Some(Within::Person),
                KeyMeaning::Unknown if is_person && self.is_lenient => Some(Within::Person),
                KeyMeaning::Wrapper | KeyMeaning::Unknown if within == Within::Address => Some(Within::Address),
                KeyMeaning::Wrapper | KeyMeaning::Unknown | KeyMeaning::Thing => Some(Within::Strange),
                _ => None,
            };
            // A list of objects around the block may hold other persons.
            let is_of_others = self.is_wide
                && next == Some(Within::Person)
                && matches!(member.node(), Node::List(elements) if elements.iter().any(|each| matches!(each, Node::Object(_))));
            if let Some(next) = next.filter(|_| !is_of_others) {
                self.value(member, next);
            }
        }
    }

    /// Takes a name from its parts (first and last name), and a birth date from its parts (year, month, day), which are
    /// members of one object.
    fn composed(&mut self, members: &[(&str, Field<'a>)]) {
        let part = |wanted: NamePart| {
            move |(key, member): &(&str, Field<'a>)| {
                let is_text = matches!(member.node(), Node::Text(_)) && !member.is_empty();
                (is_text && KeyMeaning::of(key) == KeyMeaning::Name(wanted)).then(|| member.clone())
            }
        };
        if !members.iter().any(|member| part(NamePart::Whole)(member).is_some()) {
            let parts: Vec<Field<'a>> = [NamePart::First, NamePart::Middle, NamePart::Last]
                .into_iter()
                .flat_map(|wanted| members.iter().find_map(part(wanted)))
                .collect();
            self.take_name(parts, SubjectKind::Name);
        }
        let dated: Vec<(&str, Field<'a>)> = members
            .iter()
            .filter(|(key, _)| matches!(KeyMeaning::of(key), KeyMeaning::Birth(part) if part != DatePart::Whole))
            .cloned()
            .collect();
        if !dated.is_empty() {
            self.date(&dated);
        }
    }

    fn take_name(&mut self, mut parts: Vec<Field<'a>>, kind: SubjectKind) {
        match (parts.pop(), parts.is_empty()) {
            (Some(only), true) => self.scalar(kind, &only),
            (Some(last), false) => {
                parts.push(last);
                self.keep(kind, SubjectValue::joined(parts, " "));
            }
            (None, _) => {}
        }
    }

    /// Reads an object below the key of a name: its names, or the parts of one name.
    fn name(&mut self, members: &[(&str, Field<'a>)], kind: SubjectKind) {
        let kind = if label_of(members) == Some(KeyMeaning::Alias) { SubjectKind::Alias } else { kind };
        let mut parts: Vec<(NamePart, Field<'a>)> = Vec::new();
        for (key, member) in members {
            let scalar = matches!(member.node(), Node::Text(_)) && !member.is_empty();
            if let Some(part) = keys::name_member(key).filter(|_| scalar) {
                parts.push((part, member.clone()));
                continue;
            }
            let is_label = label_of(&[(key, member.clone())]).is_some();
            match KeyMeaning::of(key) {
                KeyMeaning::Alias => self.value(member, Within::Kind(SubjectKind::Alias)),
                KeyMeaning::Attribute | KeyMeaning::Other | KeyMeaning::Thing => {}
                meaning @ (KeyMeaning::Birth(_) | KeyMeaning::Country | KeyMeaning::Gender | KeyMeaning::List) => {
                    if let Some(kind) = kind_of(meaning) {
                        self.value(member, Within::Kind(kind));
                    }
                }
                _ if is_label => {}
                _ => self.value(member, Within::Kind(kind)),
            }
        }
        parts.sort_by_key(|(part, _)| *part as u8);
        self.take_name(parts.into_iter().map(|(_, field)| field).collect(), kind);
    }

    /// Reads an object below the key of a birth date: a date, its parts, or a range.
    fn date(&mut self, members: &[(&str, Field<'a>)]) {
        let truth = |field: &Field<'a>| field.node().expose().and_then(words::truth);
        let is_approximate = members.iter().any(|(key, member)| {
            KeyMeaning::is_approximate(key) && truth(member) == Some(true)
                || KeyMeaning::is_exact(key) && truth(member) == Some(false)
        });
        let before = self.subject.values[SubjectKind::BirthDate].len();
        let mut parts: [Option<Field<'a>>; 5] = Default::default();
        for (key, member) in members {
            let is_scalar = matches!(member.node(), Node::Text(_) | Node::Number(_)) && !member.is_empty();
            let slot = match keys::date_member(key).filter(|_| is_scalar) {
                Some(DatePart::Year) => Some(0),
                Some(DatePart::Month) => Some(1),
                Some(DatePart::Day) => Some(2),
                Some(DatePart::From) => Some(3),
                Some(DatePart::To) => Some(4),
                Some(DatePart::Whole) | None => None,
            };
            if let Some(slot) = slot.and_then(|slot| parts.get_mut(slot)) {
                *slot = Some(member.clone());
                continue;
            }
            match KeyMeaning::of(key) {
                _ if keys::date_member(key).is_some() => self.value(member, Within::Kind(SubjectKind::BirthDate)),
                KeyMeaning::Birth(_) => self.value(member, Within::Kind(SubjectKind::BirthDate)),
                KeyMeaning::Country => self.value(member, Within::Kind(SubjectKind::Country)),
                KeyMeaning::BirthPlace => self.value(member, Within::BirthPlace),
                KeyMeaning::List => self.value(member, Within::Kind(SubjectKind::List)),
                KeyMeaning::Thing if key.to_lowercase().contains("address") => self.value(member, Within::BirthPlace),
                KeyMeaning::Wrapper | KeyMeaning::Unknown
                    if matches!(member.node(), Node::Object(_) | Node::List(_))
                        || member.node().expose().is_some_and(provenance::is_date) =>
                {
                    self.value(member, Within::Kind(SubjectKind::BirthDate));
                }
                _ => {}
            }
        }
        let [year, month, day, from, to] = parts;
        // A date as a whole says more than its parts beside it.
        let has_whole = self.subject.values[SubjectKind::BirthDate].len() > before;
        if !has_whole {
            match (year, month, day) {
                (Some(year), Some(month), Some(day)) => {
                    self.keep(SubjectKind::BirthDate, written_date(year, month, day))
                }
                (Some(year), ..) => self.keep(SubjectKind::BirthDate, SubjectValue::of(year)),
                (None, ..) => {}
            }
        }
        match (from, to) {
            (Some(from), Some(to)) if from.node().expose() != to.node().expose() => {
                let range = SubjectValue { is_range: true, ..SubjectValue::joined(vec![from, to], " – ") };
                self.keep(SubjectKind::BirthDate, range);
            }
            (Some(one), _) | (None, Some(one)) => self.keep(SubjectKind::BirthDate, SubjectValue::of(one)),
            (None, None) => {}
        }
        if is_approximate {
            self.subject.values[SubjectKind::BirthDate]
                .iter_mut()
                .skip(before)
                .for_each(|date| date.is_approximate = true);
        }
    }

    /// Reads an object below the key of a country, a gender or a list: the member that names it.
    fn labelled(&mut self, members: &[(&str, Field<'a>)], kind: SubjectKind) {
        const NAMES: [&str; 9] =
            ["name", "title", "label", "value", "text", "body", "full_name", "description", "caption"];
        const CODES: [&str; 8] = ["code", "iso", "iso2", "iso3", "alpha2", "alpha3", "alpha_2", "alpha_3"];
        let named = |names: &[&str]| {
            let is_named = |(key, member): &&(&str, Field<'a>)| {
                names.contains(&key.to_lowercase().as_str())
                    && matches!(member.node(), Node::Text(_))
                    && !member.is_empty()
            };
            members.iter().filter(is_named).cloned().collect::<Vec<_>>()
        };
        let mut chosen = named(&NAMES);
        if chosen.is_empty() {
            chosen = named(&CODES);
        }
        chosen.iter().for_each(|(_, member)| self.value(member, Within::Kind(kind)));
        for (key, member) in members {
            let is_same_kind = kind_of(KeyMeaning::of(key)) == Some(kind);
            match member.node() {
                _ if is_same_kind => self.value(member, Within::Kind(kind)),
                Node::Object(_) | Node::List(_)
                    if !matches!(
                        KeyMeaning::of(key),
                        KeyMeaning::Other | KeyMeaning::Attribute | KeyMeaning::Thing
                    ) =>
                {
                    // Texts of a list under another key may be anything.
                    let is_of_objects = member.node().list().iter().all(|each| matches!(each, Node::Object(_)));
                    if is_of_objects {
                        self.value(member, Within::Kind(kind));
                    }
                }
                _ => {}
            }
        }
    }

    fn scalar(&mut self, kind: SubjectKind, field: &Field<'a>) {
        let text = field.node().expose().unwrap_or_default().trim();
        let has_letter = || text.chars().any(char::is_alphabetic);
        let is_link = || text.contains("://");
        let is_time = || provenance::is_date(text) || time::read(text).is_some();
        let fits = match (kind, field.node()) {
            (_, _) if text.is_empty() => false,
            (SubjectKind::BirthDate, _) => text.chars().any(char::is_numeric),
            (_, Node::Text(_)) => has_letter() && !is_link() && !is_time(),
            _ => false,
        };
        if fits {
            self.keep(kind, SubjectValue::of(field.clone()));
        }
    }

    fn keep(&mut self, kind: SubjectKind, value: SubjectValue<'a>) {
        let is_name = matches!(kind, SubjectKind::Name | SubjectKind::Alias);
        let names = [SubjectKind::Name, SubjectKind::Alias];
        let same = if is_name { names.to_vec() } else { vec![kind] };
        let is_known = |kind: &SubjectKind| {
            self.subject.values[*kind].iter().any(|known| known.expose().trim() == value.expose().trim())
        };
        if same.iter().any(is_known) {
            return;
        }
        if self.subject.values[kind].len() < MAX_KEPT {
            self.subject.values[kind].push(value);
        } else {
            self.subject.more += 1;
        }
    }

    /// Returns whether a value holds an id of another match at any depth; `None` if the value is too large to say.
    fn holds_other(&mut self, field: &Field<'a>) -> Option<bool> {
        let most = MAX_CHECKED.min(self.left);
        let mut left = most;
        let holds = holds(field.node(), &mut left, &|text| !self.own.contains(&text) && self.all.contains(text));
        self.left -= most - left;
        if !holds && left == 0 { None } else { Some(holds) }
    }

    /// Returns whether an object is about another entity: it holds no id of this match, but an id of another match or
    /// another documented id. In an object around the block, any other id counts.
    fn is_about_other(&self, field: &Field<'a>) -> bool {
        let mut is_other = false;
        for (key, node) in field.node().members() {
            let Some(text) = node.expose().map(str::trim).filter(|text| !text.is_empty()) else { continue };
            if self.own.iter().any(|own| own.eq_ignore_ascii_case(text)) {
                return false;
            }
            let is_of_match = || self.all.contains(text);
            is_other |= match id_rank(key.expose()) {
                0 => true,
                1 => self.is_wide || is_of_match(),
                _ => false,
            };
        }
        is_other
    }
}

/// Returns a birth date of three parts in the order year, month, day.
fn written_date<'a>(year: Field<'a>, month: Field<'a>, day: Field<'a>) -> SubjectValue<'a> {
    let two = |field: &Field<'a>| format!("{:0>2}", field.node().expose().unwrap_or_default().trim());
    let text = format!("{}-{}-{}", year.node().expose().unwrap_or_default().trim(), two(&month), two(&day));
    SubjectValue { text: Untrusted::new(text), ..SubjectValue::joined(vec![year, month, day], "-") }
}

const fn kind_of(meaning: KeyMeaning) -> Option<SubjectKind> {
    match meaning {
        KeyMeaning::Name(_) => Some(SubjectKind::Name),
        KeyMeaning::Alias => Some(SubjectKind::Alias),
        KeyMeaning::Birth(_) => Some(SubjectKind::BirthDate),
        KeyMeaning::Gender => Some(SubjectKind::Gender),
        KeyMeaning::Country => Some(SubjectKind::Country),
        KeyMeaning::List => Some(SubjectKind::List),
        _ => None,
    }
}

/// Returns the meaning that a member such as `"type": "BIRTH"` gives to the values beside it.
fn label_of(members: &[(&str, Field<'_>)]) -> Option<KeyMeaning> {
    let is_label = |key: &str| {
        let key = key.to_ascii_lowercase().replace('_', "");
        LABEL_KEYS.contains(&key.as_str()) || key.ends_with("type")
    };
    members.iter().filter(|(key, _)| is_label(key)).find_map(|(_, member)| match member.node() {
        Node::Text(text) => KeyMeaning::of_label(text.expose()),
        _ => None,
    })
}

/// Returns whether a list holds ids, by its key.
fn is_list_of_ids(list: &Field<'_>) -> bool {
    matches!(path::steps(list.path()).last(), Some(Step::Key(key)) if id_rank(&key) < 2)
}

/// Returns whether a text for which `is` holds is in a value. At most `left` values are visited.
fn holds(node: &Node, left: &mut usize, is: &impl Fn(&str) -> bool) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    match node {
        Node::Object(members) => members.iter().any(|(key, member)| {
            matches!(member, Node::Object(_) | Node::List(_)) && is(key.expose().trim()) || holds(member, left, is)
        }),
        Node::List(elements) => elements.iter().any(|element| holds(element, left, is)),
        node => node.expose().is_some_and(|text| is(text.trim())),
    }
}

//! Reads names, dates and other values of a person from the members of one object.

use super::SubjectKind;
use super::SubjectValue;
use super::collect::{KeyContext, SubjectCollector};
use super::keys::{self, DatePart, KeyMeaning, NamePart};
use crate::submission::assessment::words;
use crate::submission::document::Field;
use crate::submission::node::Node;
use crate::submission::provenance;
use crate::text::Untrusted;

/// Keys whose value may be described by a label beside it, as `value` in `{"label": "Date of Birth", "value": "1984"}`.
const VALUE_KEYS: [&str; 10] =
    ["value", "values", "text", "content", "val", "data", "date", "fulldate", "dates", "description"];

/// Keys of a label that tells the meaning of the value beside it, as `label` in `{"label": "Date of Birth", "value":
/// "1984"}`.
const LABEL_KEYS: [&str; 7] = ["key", "label", "type", "field", "tag", "attribute", "kind"];

/// Keys whose text is a label if a value is beside it, as in `{"name": "Date of Birth", "value": "1984"}`. Without such
/// a value, the text is the name of a person.
const NAME_KEYS: [&str; 2] = ["name", "title"];

/// Keys of a value that has no meaning without the label beside it, such as `value` in
/// `{"label": "Gender", "value": "F"}`.
const BARE_VALUE_KEYS: [&str; 3] = ["value", "values", "val"];

/// Maximum number of members of an object in which the text under the key `name` or `title` can be a label.
const MAX_LABELLED: usize = 4;

/// One member of an object in the data of an AML match, with the meaning of its key.
#[derive(Clone)]
pub(super) struct Member<'a> {
    pub(super) key: &'a str,
    pub(super) meaning: KeyMeaning,
    pub(super) field: Field<'a>,
}

impl<'a> Member<'a> {
    fn key_is(&self, keys: &[&str]) -> bool {
        keys.contains(&self.key.to_ascii_lowercase().replace('_', "").as_str())
    }

    fn is_text(&self) -> bool {
        matches!(self.field.node(), Node::Text(_)) && !self.field.is_empty()
    }

    fn is_scalar(&self) -> bool {
        matches!(self.field.node(), Node::Text(_) | Node::Number(_)) && !self.field.is_empty()
    }

    pub(super) fn is_address(&self) -> bool {
        self.meaning == KeyMeaning::Thing && self.key.to_lowercase().contains("address")
    }
}

impl<'a> SubjectCollector<'_, 'a> {
    /// Collects the value from an object that consists of a label and a value, such as `{"label": "Date of Birth",
    /// "value": "1984"}`. `members` are the members of the object. Returns whether the object has this form. If the
    /// label is not understood, nothing is collected, since a name beside an unknown label is not a name of the person.
    pub(super) fn labelled_value(&mut self, members: &[Member<'a>]) -> bool {
        let has = |keys: &[&str]| members.iter().any(|member| member.key_is(keys));
        let is_block = members.iter().any(|member| self.is_own_id(&member.field));
        if is_block || members.iter().any(|member| member.is_text() && is_name(member)) && !is_named_value(members) {
            return false;
        }
        let Some(meaning) = self.label_of(members) else {
            return has(&BARE_VALUE_KEYS) && (has(&LABEL_KEYS) || has(&NAME_KEYS));
        };
        let is_part =
            |member: &&Member<'a>| matches!(meaning, KeyMeaning::Birth(_)) && keys::date_member(member.key).is_some();
        let values = members.iter().filter(|member| member.key_is(&VALUE_KEYS) || is_part(member));
        let values: Vec<Member<'a>> = values.cloned().collect();
        match kind_of(meaning) {
            Some(SubjectKind::BirthDate) if !values.is_empty() => self.date(&values),
            Some(kind) => values.iter().for_each(|value| self.value(&value.field, KeyContext::Kind(kind))),
            None => {}
        }
        !values.is_empty()
    }

    /// Returns the meaning that a label gives to the values beside it: in `{"type": "BIRTH", "date": "1984"}`, the
    /// label `BIRTH` makes the date a birth date. `members` are the members of the object. `None` if no label is
    /// understood.
    fn label_of(&mut self, members: &[Member<'a>]) -> Option<KeyMeaning> {
        let is_label = |member: &&Member<'a>| {
            let is_named = member.key_is(&NAME_KEYS) && is_named_value(members);
            member.is_text()
                && (is_named || member.key_is(&LABEL_KEYS) || member.key.to_ascii_lowercase().ends_with("type"))
        };
        members.iter().filter(is_label).find_map(|label| self.keys.label(label.field.node().expose()?))
    }

    /// Adds a name or a birth date that is given in parts to the collected data about the person. The parts are first
    /// and last name (also a middle name), or year, month and day. `members` are the members of the object that may
    /// hold such parts.
    pub(super) fn collect_parts(&mut self, members: &[Member<'a>]) {
        let part = |wanted: NamePart| {
            members.iter().find(|member| member.is_text() && member.meaning == KeyMeaning::Name(wanted))
        };
        if part(NamePart::Whole).is_none() {
            let parts = [NamePart::First, NamePart::Middle, NamePart::Last].into_iter().filter_map(part);
            self.take_name(parts.map(|member| member.field.clone()).collect(), SubjectKind::Name);
        }
        let is_dated =
            |member: &&Member<'a>| matches!(member.meaning, KeyMeaning::Birth(part) if part != DatePart::Whole);
        let dated: Vec<Member<'a>> = members.iter().filter(is_dated).cloned().collect();
        if !dated.is_empty() {
            self.date(&dated);
        }
    }

    fn take_name(&mut self, parts: Vec<Field<'a>>, kind: SubjectKind) {
        match parts.as_slice() {
            [] => {}
            [only] => self.scalar(kind, only),
            _ => self.add_value(kind, SubjectValue::joined(parts, " ")),
        }
    }

    /// Collects the names in an object that is the value of a key such as `name`. `members` are the members of the
    /// object: several names, or the parts of one name (such as first and last name). `kind` says whether they are
    /// names or aliases.
    pub(super) fn name(&mut self, members: &[Member<'a>], kind: SubjectKind) {
        let kind = if self.label_of(members) == Some(KeyMeaning::Alias) { SubjectKind::Alias } else { kind };
        let mut parts: Vec<(NamePart, Field<'a>)> = Vec::new();
        for member in members {
            if let Some(part) = keys::name_member(member.key).filter(|_| member.is_text()) {
                parts.push((part, member.field.clone()));
                continue;
            }
            match member.meaning {
                KeyMeaning::Alias => self.value(&member.field, KeyContext::Kind(SubjectKind::Alias)),
                KeyMeaning::Attribute | KeyMeaning::Other | KeyMeaning::Thing => {}
                KeyMeaning::Birth(_) | KeyMeaning::Country | KeyMeaning::Gender | KeyMeaning::List => {
                    if let Some(kind) = kind_of(member.meaning) {
                        self.value(&member.field, KeyContext::Kind(kind));
                    }
                }
                _ if self.label_of(std::slice::from_ref(member)).is_some() => {}
                _ => self.value(&member.field, KeyContext::Kind(kind)),
            }
        }
        parts.sort_by_key(|(part, _)| *part as u8);
        self.take_name(parts.into_iter().map(|(_, field)| field).collect(), kind);
    }

    /// Collects the person's birth date from `members`, the members of an object that holds a birth date. They may be a
    /// whole date, the parts of a date (such as `year`), or a range of dates.
    pub(super) fn date(&mut self, members: &[Member<'a>]) {
        let truth = |member: &Member<'a>| member.field.node().expose().and_then(words::truth);
        let is_approximate = members.iter().any(|member| {
            KeyMeaning::is_approximate(member.key) && truth(member) == Some(true)
                || KeyMeaning::is_exact(member.key) && truth(member) == Some(false)
        });
        let before = self.subject.values[SubjectKind::BirthDate].len();
        let mut parts = [const { None }; 5];
        let mut has_whole = false;
        for member in members {
            let part = keys::date_member(member.key);
            let slot = match part.filter(|_| member.is_scalar()) {
                Some(DatePart::Year) => Some(0),
                Some(DatePart::Month) => Some(1),
                Some(DatePart::Day) => Some(2),
                Some(DatePart::From) => Some(3),
                Some(DatePart::To) => Some(4),
                Some(DatePart::Whole) | None => None,
            };
            if let Some(slot) = slot.and_then(|slot| parts.get_mut(slot)) {
                *slot = Some(member.field.clone());
                continue;
            }
            let is_date = || member.field.node().expose().is_some_and(provenance::is_date);
            let within = match member.meaning {
                _ if part.is_some() => Some(KeyContext::Kind(SubjectKind::BirthDate)),
                KeyMeaning::Birth(_) => Some(KeyContext::Kind(SubjectKind::BirthDate)),
                KeyMeaning::Country => Some(KeyContext::Kind(SubjectKind::Country)),
                KeyMeaning::List => Some(KeyContext::Kind(SubjectKind::List)),
                KeyMeaning::BirthPlace => Some(KeyContext::BirthPlace),
                KeyMeaning::Thing if member.is_address() => Some(KeyContext::BirthPlace),
                KeyMeaning::Wrapper | KeyMeaning::Unknown if !member.is_scalar() || is_date() => {
                    Some(KeyContext::Kind(SubjectKind::BirthDate))
                }
                _ => None,
            };
            if let Some(within) = within {
                has_whole |= within == KeyContext::Kind(SubjectKind::BirthDate) && member.is_scalar();
                self.value(&member.field, within);
            }
        }
        let [year, month, day, from, to] = parts;
        // A date as a whole says more than its parts beside it.
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) if !has_whole => {
                self.add_value(SubjectKind::BirthDate, written_date(year, month, day));
            }
            (Some(year), ..) if !has_whole => self.add_value(SubjectKind::BirthDate, SubjectValue::of(year)),
            _ => {}
        }
        match (from, to) {
            (Some(from), Some(to)) if from.node() != to.node() => {
                let range = SubjectValue { is_range: true, ..SubjectValue::joined(vec![from, to], " – ") };
                self.add_value(SubjectKind::BirthDate, range);
            }
            (Some(one), _) | (None, Some(one)) => self.add_value(SubjectKind::BirthDate, SubjectValue::of(one)),
            (None, None) => {}
        }
        if is_approximate {
            let dates = self.subject.values[SubjectKind::BirthDate].iter_mut().skip(before);
            dates.for_each(|date| date.is_approximate = true);
        }
    }

    /// Collects the value that an object names, such as `Korea` in `{"name": "Korea", "code": "KR"}`. `members` are the
    /// members of the object. `kind` says whether the value is a country, a gender or a list (such as a sanctions list
    /// that names the person). A code is collected only if there is no name.
    pub(super) fn collect_labelled(&mut self, members: &[Member<'a>], kind: SubjectKind) {
        const NAMES: [&str; 9] =
            ["name", "title", "label", "value", "text", "body", "fullname", "description", "caption"];
        const CODES: [&str; 6] = ["code", "iso", "iso2", "iso3", "alpha2", "alpha3"];
        let named = |keys: &[&str]| -> Vec<Member<'a>> {
            members.iter().filter(|member| member.is_text() && member.key_is(keys)).cloned().collect()
        };
        let mut chosen = named(&NAMES);
        if chosen.is_empty() {
            chosen = named(&CODES);
        }
        chosen.iter().for_each(|member| self.value(&member.field, KeyContext::Kind(kind)));
        for member in members {
            let is_foreign = matches!(member.meaning, KeyMeaning::Other | KeyMeaning::Attribute | KeyMeaning::Thing);
            // Texts of a list under another key may be anything.
            let has_objects_only = || match member.field.node() {
                node @ (Node::Object(_) | Node::List(_)) => {
                    node.list().iter().all(|each| matches!(each, Node::Object(_)))
                }
                _ => false,
            };
            if kind_of(member.meaning) == Some(kind) || !is_foreign && has_objects_only() {
                self.value(&member.field, KeyContext::Kind(kind));
            }
        }
    }
}

/// Returns whether a member `name` or `title` of an object is a label of the value beside it, as in `{"name": "Date of
/// Birth", "value": "1984"}`. `members` are all members of the object. The result is true if they are few, and one of
/// them has a key such as `value`. In any other object, the member may be the name of a person, even if it is a word
/// like Born.
fn is_named_value(members: &[Member<'_>]) -> bool {
    members.len() <= MAX_LABELLED && members.iter().any(|member| member.key_is(&BARE_VALUE_KEYS))
}

fn is_name(member: &Member<'_>) -> bool {
    matches!(member.meaning, KeyMeaning::Name(_))
}

/// Returns a birth date that is made of the fields `year`, `month` and `day`, in the form `1984-05-02`.
fn written_date<'a>(year: Field<'a>, month: Field<'a>, day: Field<'a>) -> SubjectValue<'a> {
    let two = |field: &Field<'a>| format!("{:0>2}", field.node().expose().unwrap_or_default().trim());
    let text = format!("{}-{}-{}", year.node().expose().unwrap_or_default().trim(), two(&month), two(&day));
    SubjectValue { text: Untrusted::new(text), ..SubjectValue::joined(vec![year, month, day], "-") }
}

pub(super) const fn kind_of(meaning: KeyMeaning) -> Option<SubjectKind> {
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

//! Collects the data of the person of an AML match from a block (an object of the raw data that holds an id of the
//! match). The names of the keys tell what the values mean.

use std::collections::HashSet;

use super::keys::{DatePart, KeyMeaning, KeyReader, NamePart};
use super::values::{Member, kind_of};
use super::{AmlSubject, SubjectKind, SubjectValue};
use crate::submission::document::Field;
use crate::submission::node::{Node, UnparsedKind};
use crate::submission::path::{self, Step};
use crate::submission::provenance;
use crate::time;

/// Maximum number of values that are read to collect the data about the persons of all AML matches of a submission
/// together.
pub(super) const MAX_VISITED_VALUES: usize = 30_000;

/// Maximum number of values of a block that are read to find out whether it holds ids of several AML matches. A block
/// is an object of the raw data that holds the id of a match.
const MAX_CHECKED_VALUES: usize = 2_000;

/// Maximum number of values of one kind, such as names, that are kept for the person of one AML match.
const MAX_VALUES_OF_KIND: usize = 50;

/// Describes the part of an AML match's data that is being read, such as an address, as the keys above the part say it.
/// This decides which of the values in the part are collected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyContext {
    /// The block itself, or a part of it that holds data of the person: all kinds of values are collected.
    Person,
    /// A part whose key is not understood, or that is about a thing: only names of lists (such as sanctions lists) are
    /// collected.
    Strange,
    /// An address: names of lists and the country are collected.
    Address,
    /// The place of birth: only the country is collected.
    BirthPlace,
    /// A value of this kind, such as a birth date, which may be an object or a list.
    Kind(SubjectKind),
}

pub(super) struct SubjectCollector<'c, 'a> {
    own: &'c [&'a str],
    all: &'c HashSet<&'a str>,
    pub(super) keys: &'c mut KeyReader,
    pub(super) subject: AmlSubject<'a>,
    /// Number of values that the collector may still read, before it stops to limit the time.
    pub(super) left: usize,
    /// Whether parts with keys that are not understood are read as data of the person.
    is_lenient: bool,
    /// Whether the object that is read is not the block with the id, but an object around it. Other objects in it may
    /// be about other persons.
    is_wide: bool,
}

impl<'c, 'a> SubjectCollector<'c, 'a> {
    /// Creates a collector of the data about the person of one AML match. `own` holds the ids of this match, and `all`
    /// the ids of all matches of the submission. `keys` finds out what the keys in the data mean. `left` is the maximum
    /// number of values that the collector may read.
    pub(super) fn new(own: &'c [&'a str], all: &'c HashSet<&'a str>, keys: &'c mut KeyReader, left: usize) -> Self {
        Self { own, all, keys, subject: AmlSubject::default(), left, is_lenient: false, is_wide: false }
    }

    pub(super) fn finish(mut self) -> AmlSubject<'a> {
        self.subject.is_unread |= self.keys.is_full;
        self.subject
    }

    /// Collects data about the person from the members of the AML match `aml_match` itself. Does nothing if `aml_match`
    /// is not an object.
    pub(super) fn collect_match(&mut self, aml_match: &Field<'a>) {
        if matches!(aml_match.node(), Node::Object(_)) {
            self.object(aml_match, KeyContext::Person);
        }
    }

    /// Collects data of the person from a block: an object in the raw data that holds an id of the AML match.
    /// `ancestors` lists the values that contain the block, the raw data first, and the block itself last. If the block
    /// has no name and no birth date, the objects around it are read as well, from the inside out. The reading ends at
    /// an object that holds an id of another match, and at a list of blocks.
    pub(super) fn collect_block(&mut self, ancestors: &[Field<'a>]) {
        let Some((block, around)) = ancestors.split_last() else { return };
        self.subject.blocks.push(block.clone());
        self.subject.is_shared |= self.holds_other(block) == Some(true);
        if self.collect_object(block) {
            return;
        }
        for outer in around.iter().rev() {
            let is_list = matches!(outer.node(), Node::List(_));
            if is_list && !self.is_list_of_ids(outer) || !is_list && self.holds_other(outer) != Some(false) {
                return;
            }
            self.is_wide = true;
            let is_found = !is_list && self.collect_object(outer);
            self.is_wide = false;
            if is_found {
                return;
            }
        }
    }

    /// Collects data about the person from the object `block`. Returns whether a name, an alias or a birth date was
    /// found in it.
    fn collect_object(&mut self, block: &Field<'a>) -> bool {
        let count = |subject: &AmlSubject<'_>| {
            [SubjectKind::Name, SubjectKind::Alias, SubjectKind::BirthDate]
                .map(|kind| subject.values[kind].len())
                .iter()
                .sum::<usize>()
        };
        let before = count(&self.subject);
        self.value(block, KeyContext::Person);
        if count(&self.subject) == before && !self.is_wide {
            self.is_lenient = true;
            self.value(block, KeyContext::Person);
            self.is_lenient = false;
        }
        count(&self.subject) > before
    }

    pub(super) fn value(&mut self, field: &Field<'a>, context: KeyContext) {
        if self.left == 0 {
            self.subject.is_unread = true;
            return;
        }
        self.left -= 1;
        match field.node() {
            Node::Object(_) => self.object(field, context),
            Node::List(elements) => {
                for at in 0..elements.len() {
                    field.nth(at).iter().for_each(|(_, element)| self.value(element, context));
                }
            }
            Node::Raw(raw) => self.subject.is_unread |= raw.rest() != UnparsedKind::Garbage,
            Node::Null | Node::Bool(_) => {}
            Node::Number(_) | Node::Text(_) => {
                if let KeyContext::Kind(kind) = context {
                    self.scalar(kind, field);
                }
            }
        }
    }

    /// Collects data of the person from the members of the object in the field `field`. `context` says which part of
    /// the data the object is. If some members were not parsed or are too many, the collected data is marked as not
    /// read completely.
    fn object(&mut self, field: &Field<'a>, context: KeyContext) {
        let count = field.node().members().len();
        if count > self.left {
            self.subject.is_unread = true;
            return;
        }
        self.left -= count;
        if context == KeyContext::Person && self.is_about_other(field) {
            return;
        }
        let members: Vec<Member<'a>> = (0..count)
            .filter_map(|at| field.nth(at))
            .map(|(key, field)| {
                let key = key.map_or("", |key| key.expose());
                Member { key, meaning: self.keys.read(key).0, field }
            })
            .collect();
        self.subject.is_unread |= members.iter().any(|member| member.field.node().is_rest());
        match context {
            KeyContext::Kind(SubjectKind::BirthDate) => self.date(&members),
            KeyContext::Kind(kind @ (SubjectKind::Name | SubjectKind::Alias)) => self.name(&members, kind),
            KeyContext::Kind(kind) => self.collect_labelled(&members, kind),
            KeyContext::BirthPlace => {
                for member in &members {
                    match member.meaning {
                        KeyMeaning::Country => self.value(&member.field, KeyContext::Kind(SubjectKind::Country)),
                        KeyMeaning::Other | KeyMeaning::Attribute => {}
                        _ => self.value(&member.field, context),
                    }
                }
            }
            KeyContext::Person | KeyContext::Strange | KeyContext::Address => self.collect_members(&members, context),
        }
    }

    /// Collects data about the person of an AML match from `members`, the members of one object. `context` says whether
    /// the object describes the person, or a thing that belongs to the person, such as an address.
    fn collect_members(&mut self, members: &[Member<'a>], context: KeyContext) {
        let is_person = context == KeyContext::Person;
        if is_person {
            if self.labelled_value(members) {
                return;
            }
            self.collect_parts(members);
        }
        for member in members {
            let next = match member.meaning {
                KeyMeaning::Name(NamePart::Whole) | KeyMeaning::Alias | KeyMeaning::Gender if is_person => {
                    kind_of(member.meaning).map(KeyContext::Kind)
                }
                KeyMeaning::Birth(DatePart::Whole) if is_person => Some(KeyContext::Kind(SubjectKind::BirthDate)),
                KeyMeaning::BirthPlace if is_person => Some(KeyContext::BirthPlace),
                KeyMeaning::Country if context != KeyContext::Strange => Some(KeyContext::Kind(SubjectKind::Country)),
                KeyMeaning::List => Some(KeyContext::Kind(SubjectKind::List)),
                KeyMeaning::Thing if member.is_address() => Some(KeyContext::Address),
                KeyMeaning::Wrapper if is_person => Some(KeyContext::Person),
                KeyMeaning::Unknown if is_person && self.is_lenient => Some(KeyContext::Person),
                KeyMeaning::Wrapper | KeyMeaning::Unknown if context == KeyContext::Address => {
                    Some(KeyContext::Address)
                }
                KeyMeaning::Wrapper | KeyMeaning::Unknown | KeyMeaning::Thing => Some(KeyContext::Strange),
                _ => None,
            };
            // A list of objects around the block may hold other persons.
            let has_objects = || member.field.node().list().iter().any(|each| matches!(each, Node::Object(_)));
            let is_of_others = self.is_wide
                && next == Some(KeyContext::Person)
                && matches!(member.field.node(), Node::List(_))
                && has_objects();
            if let Some(next) = next.filter(|_| !is_of_others) {
                self.value(&member.field, next);
            }
        }
    }

    pub(super) fn scalar(&mut self, kind: SubjectKind, field: &Field<'a>) {
        let text = field.node().expose().unwrap_or_default().trim();
        let has_letter = || text.chars().any(char::is_alphabetic);
        let is_link = || text.contains("://");
        let is_time = || provenance::is_date(text) || time::parse_timestamp(text).is_some();
        let fits = match (kind, field.node()) {
            (_, _) if text.is_empty() => false,
            (SubjectKind::BirthDate, _) => text.chars().any(char::is_numeric),
            (_, Node::Text(_)) => has_letter() && !is_link() && !is_time(),
            _ => false,
        };
        if fits {
            self.add_value(kind, SubjectValue::of(field.clone()));
        }
    }

    /// Adds a value of the kind `kind` to the collected data about the person, unless it was added before. A name that
    /// was also found as an alias is kept only as a name.
    pub(super) fn add_value(&mut self, kind: SubjectKind, value: SubjectValue<'a>) {
        let is_same = |known: &SubjectValue<'_>| known.expose().trim() == value.expose().trim();
        let is_name = self.subject.values[SubjectKind::Name].iter().any(is_same);
        if self.subject.values[kind].iter().any(is_same) || kind == SubjectKind::Alias && is_name {
            return;
        }
        if kind == SubjectKind::Name {
            self.subject.values[SubjectKind::Alias].retain(|known| !is_same(known));
        }
        if self.subject.values[kind].len() < MAX_VALUES_OF_KIND {
            self.subject.values[kind].push(value);
        } else {
            self.subject.more += 1;
        }
    }

    /// Returns whether `field` contains, at any depth, an id of another AML match than the one whose data is collected.
    /// Returns `None` if no such id was found, but the value is too large to be searched completely.
    fn holds_other(&mut self, field: &Field<'a>) -> Option<bool> {
        let most = MAX_CHECKED_VALUES.min(self.left);
        let mut left = most;
        let holds = holds(field.node(), &mut left, &|text| !self.own.contains(&text) && self.all.contains(text));
        self.left -= most - left;
        if !holds && left == 0 { None } else { Some(holds) }
    }

    /// Returns whether the value of `field` is an id of the AML match whose data is collected.
    pub(super) fn is_own_id(&self, field: &Field<'_>) -> bool {
        field.node().expose().is_some_and(|text| self.own.iter().any(|own| own.eq_ignore_ascii_case(text.trim())))
    }

    /// Returns whether the key of `list` says that the list holds ids, as `resource_ids` does.
    fn is_list_of_ids(&mut self, list: &Field<'_>) -> bool {
        matches!(path::steps(list.path()).last(), Some(Step::Key(key)) if self.keys.read(&key).1 < 2)
    }

    /// Returns whether the object `field` of the raw data is about another person or company than the AML match whose
    /// data is collected. False if the object holds an id of this match. Otherwise true in these cases:
    ///
    /// - The object holds a text under a documented key of ids, such as `resource_id`.
    /// - It holds an id of another match under any other key that is meant for ids.
    /// - It holds any text under a key that is meant for ids, while an object around the block is read (`is_wide`).
    fn is_about_other(&mut self, field: &Field<'a>) -> bool {
        let mut is_other = false;
        for (key, node) in field.node().members() {
            let Some(text) = node.expose().map(str::trim).filter(|text| !text.is_empty()) else { continue };
            if self.own.iter().any(|own| own.eq_ignore_ascii_case(text)) {
                return false;
            }
            let is_of_match = self.all.contains(text);
            is_other |= match self.keys.read(key.expose()).1 {
                0 => true,
                1 => self.is_wide || is_of_match,
                _ => false,
            };
        }
        is_other
    }
}

/// Returns whether `node`, or a value inside it at any depth, is a text for which `is` returns true. `left` is the
/// number of values that may still be read, and is counted down. If it is 0 after the call, the search may be
/// incomplete.
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

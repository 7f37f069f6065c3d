//! Determines the privacy classes of the values and names of a submission. Only this module decides what a mask hides.
//!
//! A documented field has the privacy class of its path. An undocumented value is personal data. If its name, the
//! question of its form or the value itself shows identity data, it is identity data. A value that repeats a private
//! value of the same submission is as private as that value. A value that was not opened, or is too long to be judged,
//! is hidden as a whole.

use super::classification::{self, ClassRule, Classification};
use super::forms::{self, Forms, PathHash};
use super::masked_values::{self, MAX_TEXT_BYTES, MaskedValues, is_short};
use super::unparsed::UnparsedSearch;
use super::{Document, Field, identity_words};
use crate::submission::fields::FieldRole;
use crate::submission::node::Node;
use crate::submission::path::{self, Step};
use crate::submission::{codes, provenance};
use crate::text::{Class, decimal};
use crate::time;

/// Maximum length in bytes of an undocumented key that is treated as the name of a field. A longer key, or a key with
/// unusual characters, is treated as data of a person.
const MAX_NAME_BYTES: usize = 64;

/// An undocumented key with at least this number of digits counts as identity data itself, if a key or question above
/// it shows that the values below it are identity data.
const MIN_IDENTITY_DIGITS: usize = 2;

impl Document {
    /// Returns the privacy class of a text that is shown next to the fields of the submission, such as the id in a
    /// title. If the text repeats a private value of the submission, the text is as private as that value.
    pub fn class_of(&self, text: &str) -> Class {
        self.class_raised_by(Class::Open, text)
    }

    /// Returns `class`, or a higher privacy class if `text` repeats a private value of the submission that has a higher
    /// class. A documented word such as `approved` always keeps `class`.
    fn class_raised_by(&self, class: Class, text: &str) -> Class {
        let found = self.masked.class(text);
        // Words are checked last: nearly no value repeats a more private one.
        if found > class && !codes::is_word(text) { found } else { class }
    }

    /// Returns the privacy class of the value `node`. `rule` is the rule that the path of the value gives; the value
    /// itself can raise the class.
    fn judge(&self, rule: ClassRule, node: &Node) -> Class {
        let Some(text) = node.expose() else { return class_by_path(rule) };
        if matches!(node, Node::Raw(_)) || text.len() > MAX_TEXT_BYTES {
            return Class::Unread;
        }
        let class = class_by_text(rule, text);
        match rule {
            // `true` and `false` never count as a repeated value.
            _ if matches!(node, Node::Bool(_)) => class,
            ClassRule::Undocumented { .. } if self.masked.is_open_id(text) => Class::Open,
            ClassRule::Documented { role: FieldRole::Measure, .. } if is_measured(text) => class,
            _ => self.class_raised_by(class, text),
        }
    }
}

impl Field<'_> {
    /// Returns the privacy class of this field, which decides how much of its value a mask hides. For the rules, see
    /// the documentation of this module.
    pub fn class(&self) -> Class {
        PrivacyPath::of(self).class(self.node)
    }

    /// Returns the steps (keys and list positions) that lead to the field, each with the privacy class of its key. Keys
    /// have a privacy class because some answers use identity data as names of members.
    pub fn classed_steps(&self) -> Vec<(Step<'_>, Class)> {
        let mut place = PrivacyPath::root(self.document);
        let classed = path::steps(&self.path).map(|step| {
            place.enter(&step);
            let class = place.key_class();
            (step, class)
        });
        classed.collect()
    }
}

/// Place of a value in a submission, from which the privacy class of the value is derived. The keys that lead to the
/// place decide how private the value is.
pub(in crate::submission) struct PrivacyPath<'d> {
    document: &'d Document,
    place: Classification,
    forms: forms::FollowedPath<'d>,
    key: Class,
}

/// Saved state of a [`PrivacyPath`] (place of a value in a submission) at an object or list. The state is restored when
/// the place moves back from a member or element of this object or list.
pub(in crate::submission) struct SavedPlace<'d> {
    above: classification::SavedClassification,
    forms: forms::FollowedPath<'d>,
    key: Class,
}

impl<'d> PrivacyPath<'d> {
    /// Returns the place of the whole submission, from which [`Self::enter`] leads to its members.
    pub(in crate::submission) fn root(document: &'d Document) -> Self {
        Self { document, place: Classification::default(), forms: document.forms.walk(), key: Class::Open }
    }

    /// Returns the place of `field` in its submission. This place is needed to find the privacy class of the field's
    /// value, see [`Self::class`].
    pub(in crate::submission) fn of(field: &Field<'d>) -> Self {
        let mut place = Self::root(field.document);
        for step in path::steps(&field.path) {
            place.enter(&step);
        }
        place
    }

    /// Moves this place in the submission one step down: from an object or list to the member or element that `step`
    /// leads to. Returns the state that the place had before the move, which [`Self::leave`] restores.
    pub(in crate::submission) fn enter(&mut self, step: &Step<'_>) -> SavedPlace<'d> {
        let forms = self.forms.clone();
        let is_below_identity = self.place.reveals_identity();
        let is_answer = self.forms.step(step, self.place.pattern());
        let above = self.place.enter(step);
        if is_answer {
            self.place.mark_identity();
        }
        let key = match step {
            Step::Key(key) if self.place.has_open_name() && !self.document.masked.is_open_id(key) => {
                self.document.class_raised_by(name_class(key, is_below_identity), key)
            }
            _ => Class::Open,
        };
        SavedPlace { above, forms, key: std::mem::replace(&mut self.key, key) }
    }

    /// Undoes the matching call of [`Self::enter`]: moves this place from a member or element back to its object or
    /// list. `back` is the state that `enter` returned.
    pub(in crate::submission) fn leave(&mut self, back: SavedPlace<'d>) {
        self.place.leave(back.above);
        (self.forms, self.key) = (back.forms, back.key);
    }

    /// Returns the privacy class of `node`, which must be the value at this place in the submission.
    pub(in crate::submission) fn class(&self, node: &Node) -> Class {
        self.document.judge(self.place.rule(), node)
    }

    /// Returns the privacy class of the last key on the path to this place in the submission. If the path ends with a
    /// list position, such as `[0]`, the privacy class is [`Class::Open`].
    pub(in crate::submission) const fn key_class(&self) -> Class {
        self.key
    }
}

/// Private values and forms (objects with a question and an answer) of a submission, found in one pass over all its
/// values.
#[derive(Default)]
pub(super) struct Privacy {
    pub(super) masked: MaskedValues,
    pub(super) forms: Forms,
}

impl Privacy {
    pub(super) fn of(root: &Node) -> Self {
        let mut privacy = Self::default();
        privacy.value(root, &mut Classification::default(), &PathHash::default());
        privacy
    }

    /// Returns whether values at the place `place` of the submission, and values below it, need not be searched for
    /// private values, because they can no longer change what is masked. This is so if the place is undocumented, and
    /// every text that is long enough is treated as identity data already (see [`MaskedValues::is_full`]).
    pub(super) fn is_full_at(&self, place: &Classification) -> bool {
        self.masked.is_full() && place.is_unknown()
    }

    fn value(&mut self, node: &Node, place: &mut Classification, path_hash: &PathHash) {
        match node {
            Node::Object(members) => {
                let form = place.is_form().filter(|form| form.asks(members));
                if form.is_some() {
                    self.forms.insert(path_hash);
                }
                for (key, member) in members {
                    if member.is_rest() {
                        self.value(member, place, path_hash);
                        continue;
                    }
                    let step = Step::Key(key.expose().into());
                    let is_below_identity = place.reveals_identity();
                    let above = place.enter(&step);
                    if form.is_some_and(|form| form.is_answer(key.expose())) {
                        place.mark_identity();
                    }
                    if place.has_open_name() {
                        self.name(key.expose(), is_below_identity);
                    }
                    self.part(member, place, path_hash, &step);
                    place.leave(above);
                }
            }
            Node::List(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    let step = Step::At(at);
                    let above = place.enter(&step);
                    self.part(element, place, path_hash, &step);
                    place.leave(above);
                }
            }
            Node::Null | Node::Bool(_) => {}
            Node::Raw(raw) => UnparsedSearch { privacy: self, place }.read(raw),
            node if node.expose().is_some_and(is_short) => {}
            Node::Number(_) | Node::Text(_) => self.scalar(place.rule(), node.expose().unwrap_or_default()),
        }
    }

    /// Adds the value `text` of a field to the private values, so that other fields that repeat the value are masked as
    /// well. `rule` says which privacy class the path of the field gives to the value.
    pub(super) fn scalar(&mut self, rule: ClassRule, text: &str) {
        if !(self.masked.is_full() && matches!(rule, ClassRule::Undocumented { .. })) {
            self.masked.insert(text, rule, class_by_text(rule, text));
        }
    }

    /// Adds the key `key` of an undocumented field to the private values, so that fields that repeat the key are masked
    /// as well. `is_below_identity` says that a key or question above this key shows that the values below it are
    /// identity data.
    pub(super) fn name(&mut self, key: &str, is_below_identity: bool) {
        if !self.masked.is_full() {
            self.masked.insert(
                key,
                ClassRule::Undocumented { reveals_identity: false },
                name_class(key, is_below_identity),
            );
        }
    }

    fn part(&mut self, node: &Node, place: &mut Classification, path_hash: &PathHash, step: &Step<'_>) {
        match node {
            Node::Object(_) | Node::List(_) => self.value(node, place, &path_hash.step(step)),
            _ => self.value(node, place, path_hash),
        }
    }
}

/// Returns the privacy class that `rule`, the rule for a path, gives to every value at this path. A list, an object or
/// null has this class; the text of a scalar can raise it.
const fn class_by_path(rule: ClassRule) -> Class {
    match rule {
        ClassRule::Documented { class, .. } => class,
        ClassRule::Undocumented { reveals_identity: true } => Class::Identity,
        ClassRule::Undocumented { reveals_identity: false } => Class::Personal,
    }
}

/// Returns the privacy class that a value with the text `text` has by itself. `rule` is the rule for its path. Other
/// values of the submission are not considered.
fn class_by_text(rule: ClassRule, text: &str) -> Class {
    match class_by_path(rule) {
        Class::Personal
            if matches!(rule, ClassRule::Undocumented { .. }) && identity_words::is_identity_number(text) =>
        {
            Class::Identity
        }
        class => class,
    }
}

/// Returns whether a text can get a higher privacy class because it repeats a private value of the submission.
pub(super) fn can_be_repeated(text: &str) -> bool {
    masked_values::is_long_enough(text) && !codes::is_word(text)
}

/// Returns whether a text looks like a measured value: a decimal number, a time or a date.
pub(super) fn is_measured(text: &str) -> bool {
    decimal(text).is_some() || time::parse_timestamp(text).is_some() || provenance::is_date(text)
}

/// Returns the privacy class that `key`, the key of an undocumented field, has by itself. Other values of the
/// submission are not considered. `is_below_identity` says that a key or question above this key shows that the values
/// below it are identity data.
fn name_class(key: &str, is_below_identity: bool) -> Class {
    let digits = key.chars().filter(|c| c.is_numeric()).count();
    if identity_words::is_identity_number(key) || is_below_identity && digits >= MIN_IDENTITY_DIGITS {
        return Class::Identity;
    }
    let mut chars = key.chars();
    let begins = chars.next().is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '@' | '$' | '#'));
    let is_name = key.len() <= MAX_NAME_BYTES
        && begins
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '$'));
    if is_name { Class::Open } else { Class::Personal }
}

#[cfg(test)]
mod tests;

//! Determines the privacy classes (how much a mask hides) of the values and keys of a submission. No other module
//! decides what a mask hides.
//!
//! * A documented field has the privacy class of its path.
//! * An undocumented value is personal data. It is identity data if its key, the question that it answers or the value
//!   itself shows so.
//! * A value that repeats a private value of the same submission is as private as that value.
//! * A value that was not parsed, or is too long to be judged, is hidden as a whole.

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

/// Maximum length in bytes of an undocumented key that counts as the name of a field and is shown. A longer key, or one
/// with unusual characters, counts as data of a person.
const MAX_NAME_BYTES: usize = 64;

/// Minimum number of digits with which an undocumented key counts as identity data. This applies only where a key or
/// question above it shows that the values below are identity data.
const MIN_IDENTITY_DIGITS: usize = 2;

impl Document {
    /// Returns the privacy class of a text that the screen shows besides the fields, such as the id in a title. If the
    /// text repeats a private value of the submission, it is as private as that value; else it is [`Class::Open`].
    pub fn class_of(&self, text: &str) -> Class {
        self.class_raised_by(Class::Open, text)
    }

    /// Returns `class`, or the class of the private value that `text` repeats if that class is higher. A documented
    /// word such as `approved` always keeps `class`.
    fn class_raised_by(&self, class: Class, text: &str) -> Class {
        let found = self.masked.class(text);
        // Words are checked last: nearly no value repeats a more private one.
        if found > class && !codes::is_word(text) { found } else { class }
    }

    /// Returns the privacy class of the value `node`. `rule` is the rule that follows from the path of the value. The
    /// text of the value can raise the class.
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

    /// Returns the steps (keys and list positions) that lead to the field, each with its privacy class. A key has a
    /// privacy class because some answers use identity data as keys. The class of a list position is [`Class::Open`].
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

/// A path in a submission, followed step by step, from which the privacy class of the value there is derived. The keys
/// on the path, and the questions that the value answers, decide how private it is.
pub(in crate::submission) struct PrivacyPath<'d> {
    document: &'d Document,
    place: Classification,
    forms: forms::FollowedPath<'d>,
    key: Class,
}

/// State of a [`PrivacyPath`] before [`PrivacyPath::enter`] added a step (key or list position). [`PrivacyPath::leave`]
/// restores this state.
pub(in crate::submission) struct SavedPlace<'d> {
    above: classification::SavedClassification,
    forms: forms::FollowedPath<'d>,
    key: Class,
}

impl<'d> PrivacyPath<'d> {
    /// Returns the empty path of the whole submission. [`Self::enter`] extends it.
    pub(in crate::submission) fn root(document: &'d Document) -> Self {
        Self { document, place: Classification::default(), forms: document.forms.walk(), key: Class::Open }
    }

    /// Returns the path of `field`. [`Self::class`] then gives the privacy class of the field's value.
    pub(in crate::submission) fn of(field: &Field<'d>) -> Self {
        let mut place = Self::root(field.document);
        for step in path::steps(&field.path) {
            place.enter(&step);
        }
        place
    }

    /// Adds the key or list position `step` to this path. Returns the state before, which [`Self::leave`] restores.
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

    /// Removes the step that the matching call of [`Self::enter`] added to this path. `back` is the state that `enter`
    /// returned.
    pub(in crate::submission) fn leave(&mut self, back: SavedPlace<'d>) {
        self.place.leave(back.above);
        (self.forms, self.key) = (back.forms, back.key);
    }

    /// Returns the privacy class of `node`, which must be the value at this path.
    pub(in crate::submission) fn class(&self, node: &Node) -> Class {
        self.document.judge(self.place.rule(), node)
    }

    /// Returns the privacy class of the last key on this path. If the path ends with a list position, such as `[0]`,
    /// the result is [`Class::Open`].
    pub(in crate::submission) const fn key_class(&self) -> Class {
        self.key
    }
}

/// The private values of a submission, and its forms (objects with a question and an answer). One pass over all values
/// finds them.
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

    /// Returns whether the search for private values can skip the path `place` and everything below it. This is so if
    /// the path is undocumented, and every long enough text is treated as identity data already (see
    /// [`MaskedValues::is_full`]).
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

    /// Stores the value `text` of a field as a private value, so that fields that repeat it are masked as well. `rule`
    /// is the rule for the privacy class of values at its path.
    pub(super) fn scalar(&mut self, rule: ClassRule, text: &str) {
        if !(self.masked.is_full() && matches!(rule, ClassRule::Undocumented { .. })) {
            self.masked.insert(text, rule, class_by_text(rule, text));
        }
    }

    /// Stores the key `key` of an undocumented field as a private value, so that fields that repeat it are masked as
    /// well. `is_below_identity` says whether a key or question above it shows that the values below are identity data.
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

/// Returns the privacy class that the rule `rule` gives to every value at its path. The text of a scalar can raise it.
const fn class_by_path(rule: ClassRule) -> Class {
    match rule {
        ClassRule::Documented { class, .. } => class,
        ClassRule::Undocumented { reveals_identity: true } => Class::Identity,
        ClassRule::Undocumented { reveals_identity: false } => Class::Personal,
    }
}

/// Returns the privacy class of a value with the text `text`, if no other value of the submission is considered. `rule`
/// is the rule for the path of the value.
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

/// Returns whether a text can be a repetition of a private value, which would raise its privacy class. A short text and
/// a documented word cannot.
pub(super) fn can_be_repeated(text: &str) -> bool {
    masked_values::is_long_enough(text) && !codes::is_word(text)
}

/// Returns whether a text is a decimal number, a time or a date.
pub(super) fn is_measured(text: &str) -> bool {
    decimal(text).is_some() || time::parse_timestamp(text).is_some() || provenance::is_date(text)
}

/// Returns the privacy class of `key`, the key of an undocumented field, if no other value of the submission is
/// considered. `is_below_identity` says whether a key or question above it shows that the values below are identity
/// data.
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

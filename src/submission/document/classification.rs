//! Finds the documented field of a value, and the rule for the privacy class of the value.
//!
//! A [`Classification`] follows a path from key to key, so that a pass over all values of an answer reads each key
//! once. Its memory is bounded, however long the keys are.

use super::forms;
use super::identity_words;
use crate::submission::fields::{self, DocumentedField, FieldRole, TreePlace};
use crate::submission::path::{self, Step};
use crate::submission::provenance;
use crate::submission::webhook::{self, EARLIER_PAYLOADS};
use crate::text::Class;

/// Maximum number of bytes of a key in the path of a place; the rest of the key is left out. No documented key is this
/// long, so a longer key never looks like a documented key.
const MAX_KEY_BYTES: usize = 64;

/// Documented path of the object with the OCR items, the texts that were read from the ID document. The name of an item
/// decides how private its value is.
const OCR_ITEMS_PATH: &str = "OCR_raw";

/// Key of the text in an OCR item.
const OCR_TEXT_KEY: &str = "value";

/// Text that replaces a key in [`Classification::pattern`], the path of a place, if the key must be quoted in a path,
/// for example because it contains a dot. No documented key must be quoted.
const QUOTED_KEY: &str = "[.]";

/// Documented fields whose content is not documented.
const UNDOCUMENTED_CONTENT: [&str; 2] = ["additional_list.inputValue", "aml.raw_data"];

/// Rule for the privacy class of a value, derived from the path of the value in a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClassRule {
    /// The field with the value is documented.
    Documented {
        /// The privacy class of the field in the table of documented fields.
        class: Class,
        /// The role of the field, such as a measure.
        role: FieldRole,
    },
    /// The field with the value, or the content of this field, is undocumented. The value itself decides its privacy
    /// class.
    Undocumented {
        /// Whether a key on the path of the value shows that the value is identity data, or a question that the value
        /// answers does.
        reveals_identity: bool,
    },
}

/// Place of a value in a submission, from which the program decides how private the value is. It holds the path of the
/// place without list positions, and what the documentation and the keys on the path say about the privacy of the
/// value.
pub(super) struct Classification {
    pattern: String,
    known: PlaceKnowledge,
}

/// What is known about a place of a value in a submission. It is kept for each object and list on the way to the place,
/// and restored when the place moves back to it.
#[derive(Clone, Copy)]
struct PlaceKnowledge {
    /// The place in the tree of documented paths; `None` if the documentation does not know the place, or knows it only
    /// as an element of the list that was sent as the whole submission.
    place: Option<TreePlace>,
    /// For an OCR item and the text in it: the privacy class that the name of the item gives to the text, if the name
    /// is known. `None` for any other place.
    item: Option<Option<Class>>,
    /// Whether a key on the path shows that the values at this place are identity data, or a question that they answer
    /// does.
    reveals_identity: bool,
    /// Whether the path has at least one step.
    is_below: bool,
    /// Whether the documentation does not know this place.
    is_unknown: bool,
    /// Whether the documentation leaves the name of the last key on the path open, or does not know this key.
    has_open_name: bool,
}

/// Saved state of a [`Classification`] (place in a submission) at an object or list. The state is restored when the
/// place moves back from a member or element of this object or list.
pub(super) struct SavedClassification {
    length: usize,
    known: PlaceKnowledge,
}

/// Creates the place of the whole submission.
impl Default for Classification {
    fn default() -> Self {
        let known = PlaceKnowledge {
            place: Some(TreePlace::root()),
            item: None,
            reveals_identity: false,
            is_below: false,
            is_unknown: false,
            has_open_name: false,
        };
        Self { pattern: String::new(), known }
    }
}

impl Classification {
    /// Returns the classification of the place at a path of a submission, such as `data.name`: what is known there
    /// about the privacy of the values.
    pub(super) fn of(path: &str) -> Self {
        let mut standing = Self::default();
        for step in path::steps(path) {
            standing.enter(&step);
        }
        standing
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Returns whether this place of a value in a submission is undocumented.
    pub(super) const fn is_unknown(&self) -> bool {
        self.known.is_unknown
    }

    /// Returns whether the documentation does not fix the name of the last key on the path to this place in the
    /// submission: the name is open (the service chooses it), or the place is undocumented.
    pub(super) const fn has_open_name(&self) -> bool {
        self.known.has_open_name
    }

    /// Returns whether the values at this place in the submission are known to be identity data. A key on the path to
    /// the place, such as `passport`, may show that, or the question that the values answer.
    pub(super) const fn reveals_identity(&self) -> bool {
        self.known.reveals_identity
    }

    /// Notes that the values at this place of the submission are identity data. The caller does this if the values
    /// answer a question that requests identity data.
    pub(super) const fn mark_identity(&mut self) {
        self.known.reveals_identity = true;
    }

    /// Moves this place in a submission from an object or list to the member or element to which `step` leads. Returns
    /// the state before the move, which [`Self::leave`] restores.
    pub(super) fn enter(&mut self, step: &Step<'_>) -> SavedClassification {
        let above = SavedClassification { length: self.pattern.len(), known: self.known };
        match step {
            Step::Key(key) => {
                let holder = self.known.place;
                self.add_key(key);
                self.update_place(key, holder);
            }
            // The elements of a list in place of the submission are no submissions.
            Step::At(_) if !self.known.is_below => self.known.place = None,
            Step::At(_) => {}
        }
        self.known.is_below = true;
        above
    }

    /// Adds the key `key` to the path of this place.
    fn add_key(&mut self, key: &str) {
        if path::is_quoted(key) {
            self.known.place = None;
            self.pattern.push_str(QUOTED_KEY);
        } else {
            self.known.place = self.known.place.and_then(|place| place.member(key));
            if self.known.is_below {
                self.pattern.push('.');
            }
            self.pattern.push_str(key.get(..key.floor_char_boundary(MAX_KEY_BYTES)).unwrap_or_default());
        }
    }

    /// Updates what is known about this place, such as whether its values are identity data (`reveals_identity`), after
    /// the key `key` was added to its path. `holder` is the documented place of the object that contains `key`.
    fn update_place(&mut self, key: &str, holder: Option<TreePlace>) {
        let known = &mut self.known;
        known.is_unknown = known.is_unknown || known.place.is_none();
        let is_item = !known.is_unknown && holder.is_some_and(|holder| holder.path() == OCR_ITEMS_PATH);
        let item = is_item.then(|| provenance::item_class(key));
        known.has_open_name = match item {
            Some(class) => class.is_none(),
            None => !known.place.is_some_and(TreePlace::is_named),
        };
        // A part of an identity number is as private as the number.
        let is_held = holder.and_then(TreePlace::field).is_some_and(|field| field.class == Class::Identity);
        let named = (known.is_unknown || item == Some(None))
            && !known.reveals_identity
            && identity_words::reveals_identity(key);
        known.reveals_identity |= is_held || named || item == Some(Some(Class::Identity));
        known.item = item.or(known.item.filter(|_| key == OCR_TEXT_KEY));
    }

    /// Undoes the matching call of [`Self::enter`]: moves from a member or element back to its object or list. `above`
    /// is the state that `enter` returned.
    pub(super) fn leave(&mut self, above: SavedClassification) {
        self.pattern.truncate(above.length);
        self.known = above.known;
    }

    /// Returns the documented field at this place; `None` if the place is undocumented.
    pub(super) fn field(&self) -> Option<&'static DocumentedField> {
        self.known.place.and_then(TreePlace::field)
    }

    /// Returns the rule that gives a value at this place in a submission its privacy class.
    pub(super) fn rule(&self) -> ClassRule {
        let undocumented = ClassRule::Undocumented { reveals_identity: self.known.reveals_identity };
        let documented = |class: Class, role: FieldRole| ClassRule::Documented { class, role };
        if self.known.is_unknown {
            let known = self.record_field();
            return known.map_or(undocumented, |known| documented(known.class.max(Class::Personal), FieldRole::Other));
        }
        if let Some(class) = self.known.item {
            return class.map_or(undocumented, |class| documented(class, FieldRole::Other));
        }
        match self.field() {
            Some(field) if !UNDOCUMENTED_CONTENT.contains(&field.path) => documented(field.class, field.role),
            _ => undocumented,
        }
    }

    /// Returns the documented field of a record that holds the same fact as this place: `data.ip_address` for
    /// `ipAddress`. Only a member at the top of a webhook's payload (the data of a message that the service sends by
    /// itself) has such a field. A mask treats the member and the field alike.
    fn record_field(&self) -> Option<DocumentedField> {
        let (list, separator) = self.pattern.split_at_checked(EARLIER_PAYLOADS.len()).unwrap_or_default();
        let member = separator.strip_prefix('.').filter(|_| list == EARLIER_PAYLOADS).unwrap_or(&self.pattern);
        if member.contains('.') {
            return None;
        }
        fields::documented_field(&webhook::record_path(member)?)
    }

    /// Returns the kind of form (object with a question and an answer) that an object at this path may be. Returns
    /// `None` if an object at this path cannot be a form.
    pub(super) fn is_form(&self) -> Option<forms::FormKind> {
        forms::kind(&self.pattern, self.known.is_unknown)
    }
}

#[cfg(test)]
mod tests;

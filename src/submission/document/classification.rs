//! Finds the documented field of a value, and the rule for the privacy class of the value (how much of it a mask
//! hides).
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

/// Maximum number of bytes of one key in [`Classification::pattern`]; the rest of a longer key is left out. No
/// documented key is this long, so a shortened key never equals a documented one.
const MAX_KEY_BYTES: usize = 64;

/// Documented path of the object with the OCR items (texts that were read from the ID document). The name of an item
/// decides how private its text is.
const OCR_ITEMS_PATH: &str = "OCR_raw";

/// Key of the text in an OCR item.
const OCR_TEXT_KEY: &str = "value";

/// Text that replaces a key in [`Classification::pattern`] (the path without list positions) if a path must quote the
/// key. A key with a dot, for example, must be quoted. No documented key must be.
const QUOTED_KEY: &str = "[.]";

/// Documented paths with undocumented content: the documentation names the fields but does not say what their values
/// are.
const UNDOCUMENTED_CONTENT: [&str; 2] = ["additional_list.inputValue", "aml.raw_data"];

/// Rule for the privacy class of a value (how much of it a mask hides), derived from the path of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClassRule {
    /// The field that holds the value is documented.
    Documented {
        /// The privacy class of the field in the table of documented fields.
        class: Class,
        /// The role of the field: a measure (such as a score), an id of the service, or another field.
        role: FieldRole,
    },
    /// The field that holds the value is undocumented, or its content is. The text of the value can raise the privacy
    /// class.
    Undocumented {
        /// Whether the value is known to be identity data, from a key on its path or from the question that it answers.
        reveals_identity: bool,
    },
}

/// What the path of a value in a submission says about the privacy of the value. The path can be followed key by key,
/// with [`Self::enter`] and [`Self::leave`].
pub(super) struct Classification {
    pattern: String,
    known: PlaceKnowledge,
}

/// What the keys on a path, and the documentation of the path, say about the values there. [`Classification::leave`]
/// restores an earlier state.
#[derive(Clone, Copy)]
struct PlaceKnowledge {
    /// The path in the tree of documented paths. `None` if the path is undocumented, or is in a list that was sent in
    /// place of the submission.
    place: Option<TreePlace>,
    /// For an OCR item and its text: the privacy class that the name of the item gives to the text; `Some(None)` if the
    /// name is unknown. `None` for any other path.
    item: Option<Option<Class>>,
    /// Whether values at this path are known to be identity data, from a key on the path or from the question that they
    /// answer.
    reveals_identity: bool,
    /// Whether the path has at least one step (key or list position).
    is_below: bool,
    /// Whether the path is undocumented.
    is_unknown: bool,
    /// Whether the last key of the path is not fixed by the documentation: the service chooses it, or it is
    /// undocumented.
    has_open_name: bool,
}

/// State of a [`Classification`] before [`Classification::enter`] added a step (key or list position) to its path.
/// [`Classification::leave`] restores this state.
pub(super) struct SavedClassification {
    length: usize,
    known: PlaceKnowledge,
}

/// Creates the classification of the whole submission, which has an empty path.
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
    /// Returns the classification of the values at a path such as `data.name`: what the path says about their privacy.
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

    /// Returns whether the path of this classification is undocumented.
    pub(super) const fn is_unknown(&self) -> bool {
        self.known.is_unknown
    }

    /// Returns whether the last key of the path is not fixed by the documentation: the service chooses it, or it is
    /// undocumented.
    pub(super) const fn has_open_name(&self) -> bool {
        self.known.has_open_name
    }

    /// Returns whether the values at this path are known to be identity data. A key on the path, such as `passport`,
    /// may show this, or the question that the values answer.
    pub(super) const fn reveals_identity(&self) -> bool {
        self.known.reveals_identity
    }

    /// Marks the values at this path as identity data. The caller does this for answers to a question that requests
    /// identity data.
    pub(super) const fn mark_identity(&mut self) {
        self.known.reveals_identity = true;
    }

    /// Adds the key or list position `step` to the path of this classification. Returns the state before, which
    /// [`Self::leave`] restores.
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

    /// Adds the key `key` to the path of this classification.
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

    /// Updates what is known about the values at the path, such as `reveals_identity`, after the key `key` was added to
    /// the path. `holder` is the documented path of the object that contains `key`; `None` if it is undocumented.
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

    /// Removes the step that the matching call of [`Self::enter`] added to the path. `above` is the state that `enter`
    /// returned.
    pub(super) fn leave(&mut self, above: SavedClassification) {
        self.pattern.truncate(above.length);
        self.known = above.known;
    }

    /// Returns the documented field at the path of this classification; `None` if the path is undocumented.
    pub(super) fn field(&self) -> Option<&'static DocumentedField> {
        self.known.place.and_then(TreePlace::field)
    }

    /// Returns the rule for the privacy class of a value at the path of this classification.
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

    /// Returns the documented field of a record that holds the same value as the payload member at this path: for
    /// `ipAddress`, the field `data.ip_address`. A payload is the message of a webhook, which the service sends by
    /// itself. A mask treats the member like the field.
    ///
    /// Returns `None` if the path is not a key at the top of a payload, or the record has no such field.
    fn record_field(&self) -> Option<DocumentedField> {
        let (list, separator) = self.pattern.split_at_checked(EARLIER_PAYLOADS.len()).unwrap_or_default();
        let member = separator.strip_prefix('.').filter(|_| list == EARLIER_PAYLOADS).unwrap_or(&self.pattern);
        if member.contains('.') {
            return None;
        }
        fields::documented_field(&webhook::record_path(member)?)
    }

    /// Returns the kind of form (object with a question and an answer) that an object at this path may be. Returns
    /// `None` if it cannot be a form.
    pub(super) fn is_form(&self) -> Option<forms::FormKind> {
        forms::kind(&self.pattern, self.known.is_unknown)
    }
}

#[cfg(test)]
mod tests;

//! Finds the documented field of a value, and the rule for the privacy class of the value.
//!
//! A [`Classification`] follows a path from key to key, so that a pass over all values of an answer reads each key
//! once. Its memory is bounded, however long the keys are.

use super::forms;
use super::telling;
use crate::submission::path::{self, Step};
use crate::submission::webhook::{self, EARLIER_PAYLOADS};
use crate::submission::{fields, provenance};
use crate::text::Class;

/// Number of bytes of a key that are kept. No documented key is this long, so a longer key never looks like a
/// documented key.
const LONGEST: usize = 64;

/// Beginning of the paths of OCR items, the texts that were read from the ID document. The name of an item decides how
/// private its value is.
const ITEMS: &str = "OCR_raw.";

/// Replacement for a key that must be quoted in a path, for example because the key contains a dot. No documented key
/// must be quoted.
const QUOTED: &str = "[.]";

/// Documented fields whose content is not documented.
const OPAQUE: [&str; 2] = ["additional_list.inputValue", "aml.raw_data"];

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
        is_telling: bool,
    },
}

/// Role of a documented field: what kind of value the field holds. Masks treat the roles differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldRole {
    /// The field holds an id that the service assigned.
    ServiceId,
    /// The field holds a time, a date of a document, a score or a count.
    Measure,
    /// The field holds anything else.
    Other,
}

/// Place of a value in a submission, for the question how private the value is. It holds the path of the place without
/// list positions, and what the documentation and the keys on the path say about the privacy of the value.
#[derive(Default)]
pub(super) struct Classification {
    pattern: String,
    /// Whether a key on the path shows that the values at this place are identity data, or a question that they answer
    /// does.
    is_telling: bool,
    /// Whether the path has at least one step.
    is_below: bool,
    /// Whether the documentation does not know this place.
    is_unknown: bool,
    /// Whether the documentation leaves the name of the last key on the path open, or does not know this key.
    has_open_name: bool,
}

/// Saved state of a [`Classification`] (place in a submission) at an object or list. The state is restored when the
/// place moves back from a member or element of this object or list.
pub(super) struct Above {
    length: usize,
    is_telling: bool,
    is_below: bool,
    is_unknown: bool,
    has_open_name: bool,
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
        self.is_unknown
    }

    /// Returns whether the documentation does not fix the name of the last key on the path to this place in the
    /// submission: the name is open (the service chooses it), or the place is undocumented.
    pub(super) const fn has_open_name(&self) -> bool {
        self.has_open_name
    }

    /// Returns whether the values at this place in the submission are known to be identity data. A key on the path to
    /// the place, such as `passport`, may show that, or the question that the values answer.
    pub(super) const fn is_telling(&self) -> bool {
        self.is_telling
    }

    /// Notes that the values at this place of the submission are identity data. The caller does this if the values
    /// answer a question that requests identity data.
    pub(super) const fn mark_telling(&mut self) {
        self.is_telling = true;
    }

    /// Moves this place in a submission from an object or list to the member or element to which `step` leads. Returns
    /// the state before the move, which [`Self::leave`] restores.
    pub(super) fn enter(&mut self, step: &Step<'_>) -> Above {
        let above = Above {
            length: self.pattern.len(),
            is_telling: self.is_telling,
            is_below: self.is_below,
            is_unknown: self.is_unknown,
            has_open_name: self.has_open_name,
        };
        if let Step::Key(key) = step {
            // A part of an identity number is as private as the number.
            let holder = if self.is_unknown { None } else { fields::known(&self.pattern) };
            let is_held = holder.is_some_and(|known| known.class == Class::Identity);
            self.follow(key);
            self.is_unknown = self.is_unknown || !fields::is_place(&self.pattern);
            self.settle(key, is_held);
        }
        self.is_below = true;
        above
    }

    fn follow(&mut self, key: &str) {
        if path::is_quoted(key) {
            self.pattern.push_str(QUOTED);
        } else {
            if self.is_below {
                self.pattern.push('.');
            }
            self.pattern.push_str(key.get(..key.floor_char_boundary(LONGEST)).unwrap_or_default());
        }
    }

    /// Updates what is known about this place, such as whether its values are identity data (`is_telling`), after the
    /// key `key` was added to its path. `is_held` says that the object that contains `key` is a documented field of
    /// identity data.
    fn settle(&mut self, key: &str, is_held: bool) {
        let item = self.pattern.strip_prefix(ITEMS).filter(|item| !self.is_unknown && !item.contains('.'));
        let item = item.map(provenance::item_class);
        self.has_open_name = match item {
            Some(class) => class.is_none(),
            None => self.is_unknown || !fields::is_named(&self.pattern),
        };
        let named = (self.is_unknown || item == Some(None)) && !self.is_telling && telling::is_telling(key);
        self.is_telling |= is_held || named || item == Some(Some(Class::Identity));
    }

    /// Undoes the matching call of [`Self::enter`]: moves from a member or element back to its object or list. `above`
    /// is the state that `enter` returned.
    pub(super) fn leave(&mut self, above: Above) {
        self.pattern.truncate(above.length);
        self.is_telling = above.is_telling;
        self.is_below = above.is_below;
        self.is_unknown = above.is_unknown;
        self.has_open_name = above.has_open_name;
    }

    /// Returns the rule that gives a value at this place in a submission its privacy class.
    pub(super) fn rule(&self) -> ClassRule {
        let undocumented = ClassRule::Undocumented { is_telling: self.is_telling };
        if self.is_unknown
            && let Some(known) = self.record_field()
        {
            return ClassRule::Documented { class: known.class.max(Class::Personal), role: FieldRole::Other };
        }
        if self.is_unknown || OPAQUE.contains(&&*self.pattern) {
            return undocumented;
        }
        if let Some(item) = self.pattern.strip_prefix(ITEMS) {
            let name = item.strip_suffix(".value").unwrap_or(item);
            if !name.contains('.') {
                let class = provenance::item_class(name);
                return class.map_or(undocumented, |class| ClassRule::Documented { class, role: FieldRole::Other });
            }
        }
        let Some(known) = fields::known(&self.pattern) else { return undocumented };
        let role = match known.path {
            path if fields::is_service_id(path) => FieldRole::ServiceId,
            path if fields::is_measure(path) => FieldRole::Measure,
            _ => FieldRole::Other,
        };
        ClassRule::Documented { class: known.class, role }
    }

    /// Returns the documented field that holds the same fact as this place, if this place is a member at the top of a
    /// webhook's payload, such as `ipAddress`. A mask then treats both alike.
    fn record_field(&self) -> Option<fields::DocumentedField> {
        let (list, separator) = self.pattern.split_at_checked(EARLIER_PAYLOADS.len()).unwrap_or_default();
        let member = separator.strip_prefix('.').filter(|_| list == EARLIER_PAYLOADS).unwrap_or(&self.pattern);
        let is_at_top = !member.contains('.');
        fields::known(&webhook::record_path(member).filter(|_| is_at_top)?)
    }

    /// Returns the kind of form (object with a question and an answer) that an object at this path may be. Returns
    /// `None` if an object at this path cannot be a form.
    pub(super) fn is_form(&self) -> Option<forms::FormKind> {
        forms::kind(&self.pattern, self.is_unknown)
    }
}

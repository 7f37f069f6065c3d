//! Finds the documented field of a value, and the privacy class that follows from it.
//!
//! Told step by step, so that a walk over a whole answer looks at each key once; and in bounded room, however long the keys
//! are.

use super::forms;
use super::telling;
use crate::submission::path::{self, Step};
use crate::submission::{fields, provenance};
use crate::text::Class;

/// Bytes of a key that are kept: more than any documented key has, so that a longer one stays another.
const LONGEST: usize = 64;

/// Where the items of the OCR are: their values are as private as their names say.
const ITEMS: &str = "OCR_raw.";

/// Is for a key that a path must quote: no documented key is one, and its dots are no steps.
const QUOTED: &str = "[.]";

/// The documented fields whose content no documentation knows.
const OPAQUE: [&str; 2] = ["additional_list.inputValue", "aml.raw_data"];

/// What the place of a value says of its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClassRule {
    /// A documented field.
    Documented {
        /// Its class in the table of fields.
        class: Class,
        /// What else the table says.
        role: FieldRole,
    },
    /// The field is undocumented: the value itself decides. A name or a question may tell of identity data.
    Undocumented {
        /// Whether it does.
        is_telling: bool,
    },
}

/// What a documented field holds, where that matters to a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldRole {
    /// An id that the service gave.
    ServiceId,
    /// A time, a date of a document, a score or a count.
    Measure,
    /// Anything else.
    Other,
}

/// A path without its list positions, as far as the documentation can know it.
#[derive(Default)]
pub(super) struct Classification {
    pattern: String,
    /// Whether a key above says that the values below it are identity data.
    is_telling: bool,
    /// Whether a step was taken.
    is_below: bool,
    /// Whether the documentation knows no such place.
    is_unknown: bool,
    /// Whether the last key is one that the documentation leaves open, or does not know.
    has_open_name: bool,
}

/// What to go back to.
pub(super) struct Above {
    length: usize,
    is_telling: bool,
    is_below: bool,
    is_unknown: bool,
    has_open_name: bool,
}

impl Classification {
    /// The place at a path.
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

    /// Whether the documentation knows no such place.
    pub(super) const fn is_unknown(&self) -> bool {
        self.is_unknown
    }

    /// Whether the sender chose the last key.
    pub(super) const fn has_open_name(&self) -> bool {
        self.has_open_name
    }

    /// Whether a name or a question says that identity data are here.
    pub(super) const fn is_telling(&self) -> bool {
        self.is_telling
    }

    /// A question tells that identity data are here.
    pub(super) const fn mark_telling(&mut self) {
        self.is_telling = true;
    }

    /// Takes a step further in.
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

    /// Looks at the name of the key that was entered last.
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

    /// Goes back to where the last step was taken.
    pub(super) fn leave(&mut self, above: Above) {
        self.pattern.truncate(above.length);
        self.is_telling = above.is_telling;
        self.is_below = above.is_below;
        self.is_unknown = above.is_unknown;
        self.has_open_name = above.has_open_name;
    }

    /// What the place says of a value here.
    pub(super) fn rule(&self) -> ClassRule {
        let undocumented = ClassRule::Undocumented { is_telling: self.is_telling };
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

    /// Whether this place is a form whose question an object's members ask.
    pub(super) fn is_form(&self) -> Option<forms::FormKind> {
        forms::kind(&self.pattern, self.is_unknown)
    }
}

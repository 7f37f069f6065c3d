//! The values of a submission that masks hide. They are recognised wherever another field repeats them, even in another
//! spelling.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};

use super::classification::ClassRule;
use crate::submission::fields::FieldRole;
use crate::text::{Class, for_each_letter};

/// Minimum number of letters and digits of a private value that is hidden where another field repeats it. With shorter
/// values, masks would hide unrelated words.
const MIN_CHARACTERS: usize = 4;

/// Maximum number of bytes of a text that is compared with the private values of a submission.
pub(super) const MAX_TEXT_BYTES: usize = 64 * 1024;

/// Number of private values of one submission after which only identity data, such as document numbers, is stored. This
/// limit and [`MAX_VALUES`] keep the memory to some megabytes.
///
/// If a value was not stored, every text that is long enough is treated as a repetition of it.
const MAX_VALUES_BEFORE_IDS_ONLY: usize = 50_000;
/// Maximum number of private values that are stored for one submission.
const MAX_VALUES: usize = 100_000;

/// Size in bytes of the buffer in which letters and digits are collected before they are hashed.
const HASHED_BYTES: usize = 64;

/// Hash of the letters and digits of a value and of their count. Spellings of a value with and without spaces have the
/// same hash.
type ValueHash = u64;

/// How private one value of a submission is, merged from all fields that hold the value.
#[derive(Clone, Copy, Debug, Default)]
struct KnownValue {
    /// The highest privacy class that a documented field gives to the value.
    documented: Class,
    /// The highest privacy class that an undocumented field gives to the value.
    undocumented: Class,
    /// Whether the value is an id that the service assigned.
    is_service_id: bool,
}

impl KnownValue {
    /// Merges `self` and `other`, which say how private the same value is in two fields. The result has the higher
    /// privacy class, and is an id of the service if one of the two is.
    fn merged_with(self, other: Self) -> Self {
        Self {
            documented: self.documented.max(other.documented),
            undocumented: self.undocumented.max(other.undocumented),
            is_service_id: self.is_service_id || other.is_service_id,
        }
    }

    /// Returns whether `self` makes a value more private than `other` does, so that merging `self` into `other` would
    /// change `other`. This is so if `self` has a higher privacy class. It is also so if only `self` is an id that the
    /// service assigned.
    fn is_more_private(self, other: Self) -> bool {
        self.documented > other.documented
            || self.undocumented > other.undocumented
            || self.is_service_id && !other.is_service_id
    }
}

/// The private values of a submission, and the ids that the service assigned. Only hashes of the values are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct MaskedValues {
    known: HashMap<ValueHash, KnownValue>,
    /// Privacy of all values that were not stored because of a limit. It applies to every text that is long enough to
    /// be recognised as a repeated value.
    for_any_text: KnownValue,
}

impl MaskedValues {
    /// Stores `text`, the value of a field, so that it is recognised where another field of the submission repeats it.
    /// `class` is the privacy class of the value. `rule` is the rule for its class; it tells whether the field is
    /// documented.
    pub(super) fn insert(&mut self, text: &str, rule: ClassRule, class: Class) {
        let known = match rule {
            ClassRule::Documented { role, .. } => {
                KnownValue { documented: class, is_service_id: role == FieldRole::ServiceId, ..KnownValue::default() }
            }
            ClassRule::Undocumented { .. } => KnownValue { undocumented: class, ..KnownValue::default() },
        };
        if known.is_more_private(self.for_any_text)
            && let Some(value_hash) = value_hash(text)
        {
            self.note(value_hash, known);
        }
    }

    /// Returns whether every text that is long enough is treated as identity data already. Then no value or key of an
    /// undocumented field needs to be stored.
    ///
    /// This is so if the limit of stored values is reached, and identity data in an undocumented field was not stored.
    pub(super) fn is_full(&self) -> bool {
        self.for_any_text.undocumented >= Class::Identity
    }

    /// Returns the privacy class of the private value that `text` repeats; [`Class::Open`] if `text` repeats none. If
    /// some values were not stored because of the limit, every text that is long enough is treated as a repetition of
    /// them.
    pub(super) fn class(&self, text: &str) -> Class {
        self.known(text).map_or(Class::Open, |known| match known {
            KnownValue { is_service_id: true, documented, .. } => documented,
            KnownValue { documented, undocumented, .. } => documented.max(undocumented),
        })
    }

    /// Returns whether a text is an id that the service assigned, such as a submission id. The result is false if a
    /// documented field of the submission makes this text private.
    pub(super) fn is_open_id(&self, text: &str) -> bool {
        self.known(text).is_some_and(|known| known.is_service_id && known.documented == Class::Open)
    }

    /// Adds the private values in `other`, which are those of another record (list record or full record) of the same
    /// submission.
    pub(super) fn extend(&mut self, other: &Self) {
        self.for_any_text = self.for_any_text.merged_with(other.for_any_text);
        other.known.iter().for_each(|(value_hash, known)| self.note(*value_hash, *known));
    }

    fn note(&mut self, value_hash: ValueHash, known: KnownValue) {
        if let Some(before) = self.known.get_mut(&value_hash) {
            *before = before.merged_with(known);
            return;
        }
        let most = if known.documented.max(known.undocumented) < Class::Identity {
            MAX_VALUES_BEFORE_IDS_ONLY
        } else {
            MAX_VALUES
        };
        if self.known.len() < most {
            self.known.insert(value_hash, known);
        } else {
            // If an id is not kept, the only harm is that it may be hidden without need.
            self.for_any_text = self.for_any_text.merged_with(KnownValue { is_service_id: false, ..known });
        }
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    fn known(&self, text: &str) -> Option<KnownValue> {
        if self.known.is_empty() {
            return None;
        }
        Some(self.known.get(&value_hash(text)?).map_or(self.for_any_text, |known| known.merged_with(self.for_any_text)))
    }
}

/// Returns whether a text is long enough to be recognised as a repeated private value. A text that is too long to be
/// compared counts as well.
pub(super) fn is_long_enough(text: &str) -> bool {
    text.len() > MAX_TEXT_BYTES || value_hash(text).is_some()
}

/// Returns whether a text has too few bytes to be recognised as a repeated private value. A text with enough bytes may
/// still have too few letters and digits; see [`is_long_enough`].
pub(super) const fn is_short(text: &str) -> bool {
    text.len() < MIN_CHARACTERS
}

/// Returns the hash of the letters and digits of a text. Spellings of a value with and without spaces have the same
/// hash. Returns `None` if the text is too short to be recognised as a repeated value, or too long to be compared.
fn value_hash(text: &str) -> Option<ValueHash> {
    if is_short(text) || text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let (mut hasher, mut count) = (DefaultHasher::new(), 0);
    let (mut letters, mut held) = ([0; HASHED_BYTES], 0);
    for_each_letter(text, |c| {
        // Hashed many letters at a time, since each call of the hasher takes longer than a letter.
        if held + c.len_utf8() > HASHED_BYTES {
            hasher.write(letters.get(..held).unwrap_or_default());
            held = 0;
        }
        held += letters.get_mut(held..).map_or(0, |free| c.encode_utf8(free).len());
        count += 1;
    });
    hasher.write(letters.get(..held).unwrap_or_default());
    hasher.write_usize(count);
    (count >= MIN_CHARACTERS).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDENTITY: ClassRule = ClassRule::Documented { class: Class::Identity, role: FieldRole::Other };
    const UNKNOWN: ClassRule = ClassRule::Undocumented { reveals_identity: false };
    const ID: ClassRule = ClassRule::Documented { class: Class::Open, role: FieldRole::ServiceId };

    #[test]
    fn a_value_is_known_again_however_it_is_written() {
        let mut values = MaskedValues::default();
        values.insert("900101-1234567", IDENTITY, Class::Identity);
        values.insert("Kim Minjun", UNKNOWN, Class::Personal);
        for text in ["9001011234567", "900101 1234567", "９００１０１－１２３４５６７", "9.001.011.234.567"]
        {
            assert_eq!(values.class(text), Class::Identity, "{text}");
        }
        assert_eq!(values.class("KIM MIN-JUN"), Class::Personal);
        for text in ["900101-1234568", "900101", "Kim", ""] {
            assert_eq!(values.class(text), Class::Open, "{text}");
        }
    }

    #[test]
    fn short_values_are_not_known_again() {
        let mut values = MaskedValues::default();
        values.insert("K-1 2", IDENTITY, Class::Identity);
        assert_eq!((values.class("K12"), values.len()), (Class::Open, 0));
        values.insert("김민준이", IDENTITY, Class::Identity);
        assert_eq!(values.class("김민준이"), Class::Identity, "as many letters as four syllables have");
    }

    #[test]
    fn of_more_values_than_are_kept_any_text_may_be_one() {
        let mut values = MaskedValues::default();
        for at in 0..=MAX_VALUES_BEFORE_IDS_ONLY {
            values.insert(&format!("value {at}"), UNKNOWN, Class::Personal);
        }
        assert_eq!(
            (values.class("whatever"), values.class("Kim"), values.len()),
            (Class::Personal, Class::Open, MAX_VALUES_BEFORE_IDS_ONLY)
        );
        for at in 0..=MAX_VALUES {
            values.insert(&format!("number {at}"), IDENTITY, Class::Identity);
        }
        assert_eq!(
            (values.class("whatever"), values.class("value 1"), values.len()),
            (Class::Identity, Class::Identity, MAX_VALUES)
        );
        let mut other = MaskedValues::default();
        other.insert("T-1234567", ID, Class::Open);
        assert!(other.is_open_id("T1234567"));
        other.extend(&values);
        assert!(!other.is_open_id("T1234567") && other.class("something") == Class::Identity);
    }

    #[test]
    fn an_id_of_the_service_is_hidden_for_a_documented_field_only() {
        let mut values = MaskedValues::default();
        values.insert("R-1234567", ID, Class::Open);
        values.insert("R-1234567", UNKNOWN, Class::Identity);
        assert!(values.is_open_id("R1234567"));
        assert_eq!(values.class("R-1234567"), Class::Open);
        let mut other = MaskedValues::default();
        other.insert("r1234567", IDENTITY, Class::Identity);
        values.extend(&other);
        assert!(!values.is_open_id("R1234567"));
        assert_eq!(values.class("R-1234567"), Class::Identity);
    }
}

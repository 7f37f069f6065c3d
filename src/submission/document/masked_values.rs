//! The values of a submission that a mask hides, known again wherever they are, however they are written.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};

use super::classification::{ClassRule, FieldRole};
use crate::text::{Class, each_letter};

/// Letters and digits from which a value is known again: shorter ones would hide unrelated words.
const SHORTEST: usize = 4;

/// Bytes of a text that are compared; a longer one is never judged by its words alone.
pub(super) const LONGEST: usize = 64 * 1024;

/// Values that are kept of those that are at most personal, and of all: some megabytes. Of more, nobody can say what
/// repeats one, and whatever is long enough to is as private as they are.
const MOST_PERSONAL: usize = 50_000;
const MOST: usize = 100_000;

/// A value as it is known again: a number made of its letters and digits, and of how many they are.
type Print = u64;

/// What is known of a value.
#[derive(Clone, Copy, Debug, Default)]
struct KnownValue {
    /// As what a documented field holds it, if that is more than open.
    documented: Class,
    /// As what an undocumented field holds it.
    undocumented: Class,
    /// The service gave it as an id.
    is_service_id: bool,
}

impl KnownValue {
    /// What both say.
    fn and(self, other: Self) -> Self {
        Self {
            documented: self.documented.max(other.documented),
            undocumented: self.undocumented.max(other.undocumented),
            is_service_id: self.is_service_id || other.is_service_id,
        }
    }

    /// Whether it tells something that another one does not.
    fn tells_more(self, other: Self) -> bool {
        self.documented > other.documented
            || self.undocumented > other.undocumented
            || self.is_service_id && !other.is_service_id
    }
}

/// Values that some field says to be private, and the ids of the service. No text is kept, and nothing is shown of it.
#[derive(Clone, Debug, Default)]
pub(super) struct MaskedValues {
    known: HashMap<Print, KnownValue>,
    /// What holds of every value that is long enough, since there were too many to keep.
    of_any: KnownValue,
}

impl MaskedValues {
    /// Notes a value; `class` is what its field makes of it.
    pub(super) fn insert(&mut self, text: &str, rule: ClassRule, class: Class) {
        let known = match rule {
            ClassRule::Documented { role, .. } => {
                KnownValue { documented: class, is_service_id: role == FieldRole::ServiceId, ..KnownValue::default() }
            }
            ClassRule::Undocumented { .. } => KnownValue { undocumented: class, ..KnownValue::default() },
        };
        if known.tells_more(self.of_any)
            && let Some(print) = print(text)
        {
            self.note(print, known);
        }
    }

    /// Whether nothing that an undocumented field holds, or is named, can tell more than is known.
    pub(super) fn is_full(&self) -> bool {
        self.of_any.undocumented >= Class::Identity
    }

    /// How private a text is for being the value of some field, or for being one that may be.
    pub(super) fn class(&self, text: &str) -> Class {
        self.known(text).map_or(Class::Open, |known| match known {
            KnownValue { is_service_id: true, documented, .. } => documented,
            KnownValue { documented, undocumented, .. } => documented.max(undocumented),
        })
    }

    /// Whether a text is an id of the service, and no documented field says that it is private.
    pub(super) fn is_open_id(&self, text: &str) -> bool {
        self.known(text).is_some_and(|known| known.is_service_id && known.documented == Class::Open)
    }

    /// Takes over what another answer about the same submission says.
    pub(super) fn extend(&mut self, other: &Self) {
        self.of_any = self.of_any.and(other.of_any);
        other.known.iter().for_each(|(print, known)| self.note(*print, *known));
    }

    fn note(&mut self, print: Print, known: KnownValue) {
        if let Some(before) = self.known.get_mut(&print) {
            *before = before.and(known);
            return;
        }
        let most = if known.documented.max(known.undocumented) < Class::Identity { MOST_PERSONAL } else { MOST };
        if self.known.len() < most {
            self.known.insert(print, known);
        } else {
            // An id that is not kept is only hidden where it need not be.
            self.of_any = self.of_any.and(KnownValue { is_service_id: false, ..known });
        }
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    fn known(&self, text: &str) -> Option<KnownValue> {
        if self.known.is_empty() {
            return None;
        }
        Some(self.known.get(&print(text)?).map_or(self.of_any, |known| known.and(self.of_any)))
    }
}

/// Whether a text can be known again, or is too long to tell.
pub(super) fn is_long_enough(text: &str) -> bool {
    text.len() > LONGEST || print(text).is_some()
}

/// Whether the bytes of a text are too few to be known again, whatever they are.
pub(super) const fn is_short(text: &str) -> bool {
    text.len() < SHORTEST
}

/// None for a text that is too short to be known again, or too long to be compared.
fn print(text: &str) -> Option<Print> {
    if is_short(text) || text.len() > LONGEST {
        return None;
    }
    let (mut hasher, mut count) = (DefaultHasher::new(), 0);
    each_letter(text, |c| {
        hasher.write_u32(u32::from(c));
        count += 1;
    });
    hasher.write_usize(count);
    (count >= SHORTEST).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDENTITY: ClassRule = ClassRule::Documented { class: Class::Identity, role: FieldRole::Other };
    const UNKNOWN: ClassRule = ClassRule::Undocumented { is_telling: false };
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
        for at in 0..=MOST_PERSONAL {
            values.insert(&format!("value {at}"), UNKNOWN, Class::Personal);
        }
        assert_eq!(
            (values.class("whatever"), values.class("Kim"), values.len()),
            (Class::Personal, Class::Open, MOST_PERSONAL)
        );
        for at in 0..=MOST {
            values.insert(&format!("number {at}"), IDENTITY, Class::Identity);
        }
        assert_eq!(
            (values.class("whatever"), values.class("value 1"), values.len()),
            (Class::Identity, Class::Identity, MOST)
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

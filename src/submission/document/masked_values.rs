//! The values of a submission that a mask hides, known again wherever they stand, however they are written.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};

use super::standing::{Role, Rule};
use crate::text::{Class, each_letter};

/// Letters and digits from which a value is known again: shorter ones would hide unrelated words.
const SHORTEST: usize = 4;

/// Bytes of a text that are compared; a longer one is never judged by its words alone.
pub(super) const LONGEST: usize = 64 * 1024;

/// A value as it is known again: a number made of its letters and digits, and how many they are.
type Print = (u64, usize);

/// What is known of a value.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// As what a documented field holds it, if that is more than open.
    documented: Class,
    /// As what an undocumented field holds it.
    undocumented: Class,
    /// The service gave it as an id.
    is_service_id: bool,
}

/// Values that some field says to be private, and the ids of the service. No text is kept, and nothing is shown of it.
#[derive(Clone, Debug, Default)]
pub(super) struct MaskedValues(HashMap<Print, Known>);

impl MaskedValues {
    /// Notes a value; `class` is what its field makes of it.
    pub(super) fn insert(&mut self, text: &str, rule: Rule, class: Class) {
        let is_service_id = matches!(rule, Rule::Documented { role: Role::ServiceId, .. });
        if class == Class::Open && !is_service_id {
            return;
        }
        let Some(print) = print(text) else { return };
        let known = self.0.entry(print).or_default();
        match rule {
            Rule::Documented { .. } => known.documented = known.documented.max(class),
            Rule::Undocumented { .. } => known.undocumented = known.undocumented.max(class),
        }
        known.is_service_id |= is_service_id;
    }

    /// How private a text is for being the value of some field.
    pub(super) fn class(&self, text: &str) -> Class {
        self.known(text).map_or(Class::Open, |known| match known {
            Known { is_service_id: true, documented, .. } => documented,
            Known { documented, undocumented, .. } => documented.max(undocumented),
        })
    }

    /// Whether a text is an id of the service, and no documented field says that it is private.
    pub(super) fn is_open_id(&self, text: &str) -> bool {
        self.known(text).is_some_and(|known| known.is_service_id && known.documented == Class::Open)
    }

    /// Takes over what another answer about the same submission says.
    pub(super) fn extend(&mut self, other: &Self) {
        for (print, theirs) in &other.0 {
            let known = self.0.entry(*print).or_default();
            known.documented = known.documented.max(theirs.documented);
            known.undocumented = known.undocumented.max(theirs.undocumented);
            known.is_service_id |= theirs.is_service_id;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn known(&self, text: &str) -> Option<Known> {
        if self.0.is_empty() { None } else { self.0.get(&print(text)?).copied() }
    }
}

/// None for a text that is too short to be known again, or too long to be compared.
fn print(text: &str) -> Option<Print> {
    if text.len() < SHORTEST || text.len() > LONGEST {
        return None;
    }
    let (mut hasher, mut count) = (DefaultHasher::new(), 0);
    each_letter(text, |c| {
        hasher.write_u32(u32::from(c));
        count += 1;
    });
    (count >= SHORTEST).then(|| (hasher.finish(), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDENTITY: Rule = Rule::Documented { class: Class::Identity, role: Role::Other };
    const UNKNOWN: Rule = Rule::Undocumented { is_telling: false };
    const ID: Rule = Rule::Documented { class: Class::Open, role: Role::ServiceId };

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

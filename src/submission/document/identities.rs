//! The identity numbers of a submission, looked up by every line of every tab.

use std::collections::HashMap;

/// Characters of a value, in bytes, that tell it from most others together with its length.
const BEGINNING: usize = 32;

/// How a value begins, and how long it is: so that looking for megabytes costs no walk over them.
type Print = (usize, [u8; BEGINNING]);

/// Values of identity fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Identities(HashMap<Print, Vec<Box<str>>>);

impl Identities {
    pub(super) fn insert(&mut self, text: &str) {
        let alike = self.0.entry(print(text)).or_default();
        if !alike.iter().any(|known| **known == *text) {
            alike.push(text.into());
        }
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        self.0.get(&print(text)).is_some_and(|alike| alike.iter().any(|known| **known == *text))
    }

    pub(super) fn extend(&mut self, other: &Self) {
        other.0.values().flatten().for_each(|text| self.insert(text));
    }

    pub(super) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

fn print(text: &str) -> Print {
    let mut beginning = [0; BEGINNING];
    beginning.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
    (text.len(), beginning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_text_is_found() {
        let mut identities = Identities::default();
        let long = "900101".repeat(20);
        for text in ["M1234567", long.as_str(), long.as_str()] {
            identities.insert(text);
        }
        assert_eq!(identities.len(), 2);
        assert!(identities.contains("M1234567") && identities.contains(&long));
        let other = format!("{}2", long.strip_suffix('1').unwrap());
        assert!(!identities.contains(&other) && !identities.contains("M123456") && !identities.contains(""));
        let mut both = Identities::default();
        both.extend(&identities);
        assert!(both.contains(&long));
    }
}

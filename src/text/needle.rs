//! What a search looks for: a text whose case and composition do not count.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::fold::{fold, fold_into};

/// A text to look for. No `Debug`: people search for identity data.
#[derive(Clone, PartialEq, Eq)]
pub struct Needle(String);

impl Needle {
    /// Looks for a text; none where that holds nothing but spaces.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(fold(text)))
    }

    /// Whether a text holds it. Megabytes of plain ASCII take milliseconds.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        if text.is_ascii() { self.first_ascii(text.as_bytes()).is_some() } else { fold(text).contains(&self.0) }
    }

    /// Where it stands in a text: byte ranges that begin and end between graphemes, none over another.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut free = 0;
        for (start, _) in text.grapheme_indices(true) {
            let rest = text.get(start..).filter(|_| start >= free).unwrap_or_default();
            if let Some(length) = self.begins(rest) {
                free = start + length;
                places.push(start..free);
            }
        }
        places
    }

    /// How many bytes of a text are the needle that it begins with; `None` where it begins with something else.
    fn begins(&self, text: &str) -> Option<usize> {
        let mut folded = String::new();
        for (at, grapheme) in text.grapheme_indices(true) {
            fold_into(&mut folded, grapheme);
            if folded.starts_with(&self.0) {
                return Some(at + grapheme.len());
            }
            if !self.0.starts_with(&folded) {
                return None;
            }
        }
        None
    }

    fn first_ascii(&self, text: &[u8]) -> Option<usize> {
        let needle = self.0.as_bytes();
        let small = *needle.first().filter(|byte| byte.is_ascii())?;
        let starts = memchr::memchr2_iter(small, small.to_ascii_uppercase(), text);
        let mut starts =
            starts.filter(|at| text.get(*at..*at + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle)));
        starts.next()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn needle(text: &str) -> Needle {
        Needle::new(text).expect("something to look for")
    }

    #[test]
    fn case_and_composition_do_not_count() {
        assert!(needle("FACE_not").is_in("error FACE_NOT_FOUND"));
        assert!(needle("müller").is_in("MU\u{308}LLER"));
        assert!(needle("김").is_in("\u{1100}\u{1175}\u{11b7}민준"));
        assert!(!needle("김").is_in("KIM"));
        assert!(Needle::new("  ").is_none());
    }

    #[test]
    fn places_lie_between_graphemes_and_not_over_each_other() {
        assert_eq!(needle("aa").places("aaaAA"), [0..2, 2..4]);
        assert_eq!(needle("e").places("e\u{301}e e"), [3..4, 5..6], "an e with an accent is another letter");
        assert_eq!(needle("ss").places("Straße, Gasse"), [4..6, 11..13]);
    }

    proptest! {
        #[test]
        fn what_has_a_place_is_in_it(text in "[aAbBé ß김]{0,20}", part in "[aAbBé ß김]{1,4}") {
            if let Some(needle) = Needle::new(&part) {
                if !needle.places(&text).is_empty() {
                    prop_assert!(needle.is_in(&text));
                }
                prop_assert_eq!(needle.is_in(&text), fold(&text).contains(&fold(part.trim())));
            }
        }
    }
}

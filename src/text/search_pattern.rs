//! Searches texts for another text, ignoring case, width, accents and composition.

use std::ops::Range;

use memchr::memmem;
use unicode_segmentation::UnicodeSegmentation as _;

use super::fold::{is_plain, search_form, search_form_alone, search_form_into};

/// Number of bytes of a text in search form (without case, width and accents) that are searched at once.
const CHUNK_BYTES: usize = 8 * 1024;

/// Text that the user searches for, in search form (without case, width and accents). This type has no `Debug`, because
/// the text may be identity data.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchPattern(String);

impl SearchPattern {
    /// Creates a pattern from the text that the user searches for. Returns `None` if the text has nothing but spaces
    /// and invisible characters.
    pub fn new(text: &str) -> Option<Self> {
        let form = search_form(text);
        let form = form.trim();
        (!form.is_empty()).then(|| Self(form.to_owned()))
    }

    /// Returns whether a text contains the pattern. Case, width and accents are ignored. A text of some megabytes takes
    /// milliseconds if it has only characters that the search form does not change, such as ASCII. Any other text is
    /// first converted to search form, which takes longer.
    pub fn matches(&self, text: &str) -> bool {
        if text.is_ascii() || text.chars().all(is_plain) {
            self.is_in_plain(text.as_bytes())
        } else {
            let finder = memmem::Finder::new(self.0.as_bytes());
            let mut held = Vec::with_capacity(2 * CHUNK_BYTES);
            fold_pieces(text, |piece| {
                held.extend_from_slice(piece);
                let found = finder.find(&held).is_some();
                // The end of this piece may be the beginning of a match that ends in the next piece.
                held.drain(..(held.len() + 1).saturating_sub(self.0.len()));
                found
            })
        }
    }

    /// Returns the byte range of each place in `text` that matches the pattern. The ranges begin and end at grapheme
    /// boundaries and do not overlap.
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

    /// Returns the length in bytes of the match at the start of `text`; `None` if the text does not start with the
    /// pattern.
    fn begins(&self, text: &str) -> Option<usize> {
        let mut folded = String::new();
        for (at, grapheme) in text.grapheme_indices(true) {
            search_form_into(&mut folded, grapheme);
            if folded.starts_with(&self.0) {
                return Some(at + grapheme.len());
            }
            if !self.0.starts_with(&folded) {
                return None;
            }
        }
        None
    }

    /// Returns whether `text` contains the pattern. `text` must consist of characters that the search form (without
    /// case, width and accents) does not change, except for the case of ASCII letters.
    fn is_in_plain(&self, text: &[u8]) -> bool {
        let needle = self.0.as_bytes();
        let Some((anchor, letter)) = needle.iter().copied().enumerate().find(|(_, byte)| byte.is_ascii_alphabetic())
        else {
            return memmem::find(text, needle).is_some();
        };
        let mut places = memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), text);
        places.any(|at| {
            let part = at.checked_sub(anchor).and_then(|start| text.get(start..start + needle.len()));
            part.is_some_and(|part| part.eq_ignore_ascii_case(needle))
        })
    }
}

/// Converts a text to search form (without case, width and accents) piece by piece. Calls `takes` with each piece until
/// `takes` returns true. Returns whether `takes` returned true. A piece has about [`CHUNK_BYTES`] bytes. A piece is
/// longer only if the text has many characters in a row that may compose with each other.
fn fold_pieces(text: &str, mut takes: impl FnMut(&[u8]) -> bool) -> bool {
    let mut folded = String::with_capacity(2 * CHUNK_BYTES);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        // A run ends before the next character that stands alone: nothing composes across that place.
        let after = rest.char_indices().skip(1).find(|(_, c)| stands_alone(*c)).map_or(rest.len(), |(at, _)| at);
        let (run, next) = rest.split_at_checked(after).unwrap_or((rest, ""));
        if run.len() == first.len_utf8() && stands_alone(first) {
            form_alone(&mut folded, first);
        } else {
            search_form_into(&mut folded, run);
        }
        if folded.len() >= CHUNK_BYTES {
            if takes(folded.as_bytes()) {
                return true;
            }
            folded.clear();
        }
        rest = next;
    }
    takes(folded.as_bytes())
}

/// Appends to `form` the search form (without case, width and accents) of the character `c`. The caller must make sure
/// that Unicode never composes `c` with the character before it.
fn form_alone(form: &mut String, c: char) {
    if is_plain(c) { form.push(c.to_ascii_lowercase()) } else { search_form_alone(form, c) }
}

/// Returns whether Unicode certainly never composes the character `c` with the character before it. A text can be
/// divided before such a character: the search form of each part does not depend on the other part.
fn stands_alone(c: char) -> bool {
    is_plain(c)
        || matches!(c,
            // Latin, Greek and Cyrillic letters, composed or not.
            '\u{a1}'..='\u{2ff}' | '\u{386}' | '\u{388}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

    use super::*;

    fn pattern(text: &str) -> SearchPattern {
        SearchPattern::new(text).expect("something to look for")
    }

    #[test]
    fn case_and_composition_do_not_count() {
        assert!(pattern("FACE_not").matches("error FACE_NOT_FOUND"));
        assert!(pattern("müller").matches("MU\u{308}LLER"));
        assert!(pattern("김").matches("\u{1100}\u{1175}\u{11b7}민준"));
        assert!(!pattern("김").matches("KIM"));
        assert!(SearchPattern::new("  ").is_none() && SearchPattern::new(" \u{200b}\u{3000}").is_none());
        assert!(pattern("jose").matches("Señor José") && pattern("JOSÉ").matches("jose"));
        assert!(pattern("istanbul").matches("İSTANBUL…") && pattern("ıstanbul").matches("ISTANBUL"));
        assert!(pattern("tanaka").matches("Ｔａｎａｋａ") && pattern("ｔａｎａｋａ").matches("Tanaka"));
    }

    #[test]
    fn places_lie_between_graphemes_and_not_over_each_other() {
        assert_eq!(pattern("aa").places("aaaAA"), [0..2, 2..4]);
        assert_eq!(pattern("e").places("e\u{301}e e"), [0..3, 3..4, 5..6]);
        assert_eq!(pattern("jose").places("José, JOSÉ"), [0..5, 7..12]);
        assert_eq!(pattern("tanaka").places("Ｔａｎａｋａ tanaka"), [0..18, 19..25]);
        assert_eq!(pattern("ss").places("Straße, Gasse"), [4..6, 11..13]);
    }

    /// Iterates over all characters that Unicode never composes with the character before them, in order to test each
    /// of them.
    fn alone() -> impl Iterator<Item = char> {
        ('\0'..=char::MAX).filter(|c| stands_alone(*c))
    }

    #[test]
    fn what_stands_alone_folds_by_itself() {
        let differs = |c: &char| {
            let mut folded = String::new();
            form_alone(&mut folded, *c);
            // The letter with an accent keeps the short way from being taken for the whole text.
            let among_others = search_form(&format!("é{c}é"));
            among_others != format!("e{folded}e") || is_plain(*c) && folded != c.to_ascii_lowercase().to_string()
        };
        let odd: Vec<char> = alone().filter(differs).take(100).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }

    #[test]
    fn what_stands_alone_composes_with_nothing_before_it() {
        for c in alone() {
            let Some(first) = search_form(c.encode_utf8(&mut [0; 4])).nfd().next() else { continue };
            assert_eq!(canonical_combining_class(first), 0, "{c:?}");
            assert_eq!(is_nfc_quick(std::iter::once(first)), IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn pieces_are_short_and_together_the_folded_text() {
        let text = "Ünïcode Ελληνικά Йод 김민준 e\u{301}\u{323} ".repeat(10_000);
        let (mut whole, mut longest) = (Vec::new(), 0);
        assert!(!fold_pieces(&text, |piece| {
            whole.extend_from_slice(piece);
            longest = longest.max(piece.len());
            false
        }));
        assert!(longest < 2 * CHUNK_BYTES, "{longest}");
        assert_eq!(String::from_utf8(whole).unwrap(), search_form(&text));
    }

    #[test]
    fn korean_text_is_searched_as_it_is() {
        assert!("김민준 2026년 Kim Min-jun, 서울특별시 「가」".chars().all(is_plain));
        assert!(!"\u{1100}\u{1175}".chars().all(is_plain), "parts of a syllable may compose");
    }

    #[test]
    fn what_begins_in_one_piece_and_ends_in_the_next_is_found() {
        for gap in CHUNK_BYTES - 12..CHUNK_BYTES + 4 {
            let text = format!("é{}Straße김", "x".repeat(gap));
            assert!(pattern("STRASSE김").matches(&text), "{gap}");
            assert!(!pattern("STRASSE김김").matches(&text), "{gap}");
        }
    }

    proptest! {
        #[test]
        fn what_has_a_place_is_in_it(text in "[aAbBé ß김]{0,20}", part in "[aAbBé ß김]{1,4}") {
            if let Some(needle) = SearchPattern::new(&part) {
                if !needle.places(&text).is_empty() {
                    prop_assert!(needle.matches(&text));
                }
                prop_assert_eq!(needle.matches(&text), search_form(&text).contains(search_form(&part).trim()));
            }
        }

        #[test]
        fn a_text_holds_what_its_folded_form_holds(
            text in "([a-cA-C ]|[éøæ\u{301}\u{a0}\u{200b}´]|[가-힣]|[\u{1100}-\u{1112}]|[\u{1161}-\u{1175}]|[\u{11a8}-\u{11c2}]|[ßẞſİıŉςσΣΐΰά]|[\u{300}-\u{345}]|[а-яЁё]|[か-ご\u{3099}]|[ا-يآ\u{653}]|[\u{9c7}\u{9be}\u{9d7}]|[…—·Ａ😀ﬁ]){0,24}",
            from in 0_usize..24,
            length in 1_usize..5,
            other in any::<String>(),
        ) {
            let part: String = text.chars().skip(from).take(length).collect();
            for part in [part.clone(), part.to_uppercase(), search_form(&part), other.chars().take(2).collect()] {
                for text in [&text, &search_form(&text), &other] {
                    if let Some(needle) = SearchPattern::new(&part) {
                        let found = search_form(text).contains(search_form(&part).trim());
                        prop_assert_eq!(needle.matches(text), found, "{:?} {:?}", text, part);
                    }
                }
            }
        }
    }
}

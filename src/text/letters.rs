//! Reduces a text to its letters and digits, without the hyphens, blanks and other signs between them. So a value is
//! recognised in another spelling: `12-34` and `1234`.

use unicode_normalization::UnicodeNormalization as _;

use super::kind::{self, CharKind};

/// Minimum number of digits in a row that [`has_long_number`] takes for the number of a person or a document.
const MIN_TELLING_DIGITS: usize = 5;

/// Calls `visit` with every letter and digit of `text`, one after the other, in lower case. Full-width letters become
/// ordinary ones, and accents are removed; blanks, hyphens and other signs are skipped.
pub fn for_each_letter(text: &str, mut visit: impl FnMut(char)) {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        letters.for_each(|byte| visit(char::from(byte.to_ascii_lowercase())));
    } else {
        // Upper case makes `ß` and `ss` equal. Lower case comes first, since the upper case of `ẞ` is `ẞ` itself.
        let capitals = text.nfkd().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
        let small = capitals.flat_map(char::to_lowercase);
        // Normalised again: marks that were separated by a blank are now adjacent, and must be put in order.
        small.nfkd().filter(|c| c.is_alphanumeric()).nfkd().for_each(visit);
    }
}

/// Returns whether a text has five or more digits in a row, which could be the number of a person or a document.
/// Hyphens, blanks, full stops and invisible characters between the digits are ignored: `12-34 5` has five digits in a
/// row.
pub fn has_long_number(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        if c.is_numeric() {
            run += 1;
        } else if !is_between(c) {
            run = 0;
        }
        run >= MIN_TELLING_DIGITS
    })
}

/// Returns whether a character, such as a hyphen or a blank, can be between two digits without ending the number to
/// which they belong.
fn is_between(c: char) -> bool {
    match c {
        ' ' | '-' | '.' => true,
        c if c.is_ascii_graphic() => false,
        // Hyphens and dashes, the signs of East Asia for them, and full stops of other widths.
        '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => true,
        '\u{b7}' | '\u{2024}' | '\u{3002}' | '\u{30fb}' | '\u{ff0e}' | '\u{ff61}' | '\u{fe52}' => true,
        c => c.is_whitespace() || !matches!(kind::kind_of_char(c), CharKind::Ink),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> String {
        let mut letters = String::with_capacity(text.len());
        for_each_letter(text, |c| letters.push(c));
        letters
    }

    #[test]
    fn only_letters_and_digits_count() {
        let same =
            ["900101-1234567", "9001011234567", " 900101 1234567", "９００１０１－１２３４５６７", "9.001.011.234.567"];
        for text in same {
            assert_eq!(letters(text), "9001011234567", "{text}");
        }
        assert_eq!(letters("José  PÉREZ-Núñez"), letters("jose perez nunez"));
        assert_eq!(letters("Ｋｉｍ Min\u{200b}jun"), "kimminjun");
        assert_eq!(letters("Straße"), letters("STRASSE"));
        assert_eq!(letters("STRA\u{1e9e}E"), letters("Straße"), "the capital sharp s");
        assert_eq!(letters("김 민준"), letters("김민준"));
        assert_ne!(letters("김민준"), letters("김민진"));
        assert_eq!(letters("\u{1e008} \u{c55}"), letters("\u{1e008}\u{c55}"), "marks in another order");
        assert_eq!(letters(" - ./"), "");
    }

    #[test]
    fn a_run_of_five_digits_is_found_whatever_stands_between_them() {
        for text in
            ["12345", "a12-34 5b", "1.2.3.4.5", "１２ ３４５", "12\u{200b}345", "12\u{ad}3\u{2011}45", "x  1 2 3 4 5"]
        {
            assert!(has_long_number(text), "{text}");
        }
        for text in ["", "1234", "12,345", "12/34/56", "1234a5", "12:34:56", "1_2_3_4_5", "abcde"] {
            assert!(!has_long_number(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn neither_case_nor_form_changes_the_letters(text in "([a-zA-Z0-9가-힣é. -]|[\u{300}-\u{310}]){0,20}") {
            prop_assert_eq!(letters(&text), letters(&text.to_uppercase()));
            prop_assert_eq!(letters(&text), letters(&text.nfd().collect::<String>()));
        }

        #[test]
        fn letters_of_letters_are_the_same(text in any::<String>()) {
            let once = letters(&text);
            prop_assert_eq!(letters(&once), once);
        }
    }
}

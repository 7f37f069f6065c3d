//! Maps letters of other keyboard layouts, such as the Russian one, to the characters of the same keys on the Latin
//! layout. The table of key bindings is written for the Latin layout.

use unicode_normalization::UnicodeNormalization as _;

/// Characters of the Latin layout, row by row and from left to right. Only keys that have letters on another layout are
/// included.
const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
/// Characters that the keys of [`LATIN`] type with shift.
const LATIN_SHIFTED: &str = "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~";
/// Letters that the keys of [`LATIN`] type on the Russian layout.
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
const RUSSIAN_SHIFTED: &str = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ";
/// Letters that the keys of [`LATIN`] type on the Korean two-set layout. `_` marks a key without a letter.
const KOREAN: &str = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ__ㅁㄴㅇㄹㅎㅗㅓㅏㅣ__ㅋㅌㅊㅍㅠㅜㅡ___";
/// Letters that the keys of [`LATIN`] type with shift on the Korean two-set layout. `_` marks a key that types no other
/// letter with shift.
const KOREAN_SHIFTED: &str = "ㅃㅉㄸㄲㅆ___ㅒㅖ_______________________";

/// Returns the ASCII character on the key that types `c` on the Korean two-set or Russian layout. For an ASCII
/// character in full width, returns that character. Returns `None` for any other character. `shift` is true if the key
/// was reported with shift, because some Korean letters are the same with and without shift.
pub(super) fn latin_key_of(c: char, shift: bool) -> Option<char> {
    if let '\u{ff01}'..='\u{ff5e}' | '\u{3000}' = c {
        return std::iter::once(c).nfkc().next();
    }
    let on = |layout: &str, keys: &str| {
        // Some terminals send a letter in decomposed form, or send the Korean letter that syllables are made of.
        let same = |other: char| other == c || std::iter::once(other).nfkd().eq(std::iter::once(c).nfkd());
        layout.chars().zip(keys.chars()).find(|(letter, _)| *letter != '_' && same(*letter)).map(|(_, key)| key)
    };
    on(RUSSIAN, LATIN)
        .or_else(|| on(RUSSIAN_SHIFTED, LATIN_SHIFTED))
        .or_else(|| on(KOREAN_SHIFTED, LATIN_SHIFTED))
        .or_else(|| on(KOREAN, if shift { LATIN_SHIFTED } else { LATIN }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_equally_long() {
        for row in [LATIN_SHIFTED, RUSSIAN, RUSSIAN_SHIFTED, KOREAN, KOREAN_SHIFTED] {
            assert_eq!(row.chars().count(), LATIN.chars().count(), "{row}");
        }
    }

    #[test]
    fn letters_lie_where_their_keys_do() {
        for (c, key) in [
            ('ㅓ', 'j'),
            ('ㅏ', 'k'),
            ('ㅂ', 'q'),
            ('ㅃ', 'Q'),
            ('ㅡ', 'm'),
            ('\u{1165}', 'j'),
            ('о', 'j'),
            ('О', 'J'),
            ('л', 'k'),
            ('й', 'q'),
            ('Б', '<'),
            ('ъ', ']'),
            ('ｊ', 'j'),
            ('？', '?'),
            ('\u{3000}', ' '),
        ] {
            assert_eq!(latin_key_of(c, false), Some(key), "{c}");
        }
        assert_eq!(latin_key_of('ㅓ', true), Some('J'));
        assert_eq!(latin_key_of('ㅡ', true), Some('M'));
        for c in ['j', '?', ' ', 'é', 'ο', '가', 'か', '_'] {
            assert_eq!(latin_key_of(c, false), None, "{c}");
        }
    }

    #[test]
    fn no_letter_has_two_places() {
        let all = [RUSSIAN, RUSSIAN_SHIFTED, KOREAN, KOREAN_SHIFTED].concat();
        let mut letters: Vec<char> = all.chars().filter(|c| *c != '_').collect();
        let count = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), count);
    }
}

//! Reads text as people type and paste it, with the characters that input methods, keyboards and documents use in place
//! of ASCII.
//!
//! This module does not decide what the user meant: the parsers of filters, ids and paths know where only ASCII makes
//! sense, and these parsers show the user how they understood the text.

use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

use super::kind::{self, CharKind, JoinerScripts, KEYCAP, VS16, ZWJ, ZWNJ};

/// Returns the ASCII character in whose place people type or print the non-ASCII character `c`: `:` for the full-width
/// `：`. `None` if `c` is ASCII, or is not used in place of an ASCII character.
pub fn ascii(c: char) -> Option<char> {
    Some(match c {
        '\0'..='\x7f' => return None,
        // The full-width forms have the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        '\u{fe55}' | '\u{fe13}' | '\u{2236}' | '\u{a789}' => ':',
        '\u{3001}' | '\u{ff64}' | '\u{fe50}' | '\u{fe51}' | '\u{fe10}' | '\u{fe11}' | '\u{60c}' => ',',
        '\u{3002}' | '\u{ff61}' | '\u{fe52}' | '\u{2024}' => '.',
        '\u{fe6b}' => '@',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{2d7}' | '\u{fe58}' | '\u{fe63}' => '-',
        // The characters that a Japanese keyboard types with the hyphen key.
        '\u{30fc}' | '\u{ff70}' => '-',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{2ba}' | '\u{301d}'..='\u{301f}' => '"',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{2b9}' | '\u{b4}' => '\'',
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{2216}' | '\u{29f5}' | '\u{fe68}' => '\\',
        '\u{2039}' | '\u{fe64}' => '<',
        '\u{203a}' | '\u{fe65}' => '>',
        '\u{fe66}' => '=',
        '\u{fe57}' | '\u{1c3}' => '!',
        '\u{fe4d}'..='\u{fe4f}' => '_',
        '\u{3010}' | '\u{3014}' => '[',
        '\u{3011}' | '\u{3015}' => ']',
        _ => return digit(c),
    })
}

/// Returns the ASCII digit for a decimal digit of any script, such as `3` for the Arabic `٣`; `None` for any other
/// character. The function relies on the fact that the digits of each script have consecutive code points, from zero to
/// nine.
fn digit(c: char) -> Option<char> {
    let is_digit =
        |code: u32| char::from_u32(code).is_some_and(|c| c.general_category() == GeneralCategory::DecimalNumber);
    let code = u32::from(c);
    if !is_digit(code) {
        return None;
    }
    let before = (1..code).take_while(|back| is_digit(code - back)).count();
    char::from_digit(u32::try_from(before % 10).ok()?, 10)
}

/// Returns whether a character is `"`, or is used as an opening or closing double quotation mark in any language.
pub fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』') || ascii(c) == Some('"')
}

/// Returns the character at byte position `offset` of the text if this character is invisible, else `None`. A blank
/// does not count as invisible. A joiner or variation selector does not count, either, where ordinary spelling or an
/// emoji needs it.
pub fn invisible_at(text: &str, offset: usize) -> Option<char> {
    let (before, behind) = text.split_at_checked(offset)?;
    let mut following = behind.chars();
    let c = following.next().filter(|c| !c.is_whitespace())?;
    let is_unseen = kind::kind_of_char(c) == CharKind::Control || kind::is_always_invisible(c);
    (is_unseen && !is_joiner_needed(c, before, following.next())).then_some(c)
}

/// Returns whether ordinary spelling or an emoji needs the joiner or variation selector `c` between the text `before`
/// and the character `next`. `next` is `None` at the end of the text.
fn is_joiner_needed(c: char, before: &str, next: Option<char>) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    // The letter or picture to which marks, skin tones and selectors are attached.
    let base =
        before.chars().rev().find(|c| *c != VS16 && kind::kind_of_char(*c) != CharKind::Attached).unwrap_or(last);
    match c {
        VS16 => kind::is_emoji(last) || kind::takes_keycap(last) && next == Some(KEYCAP),
        ZWJ if kind::is_emoji(base) => next.is_some_and(kind::is_emoji),
        ZWJ | ZWNJ if JoinerScripts::is_virama(last) => true,
        // Between two letters, only U+200C changes what is drawn.
        ZWNJ => {
            let script = JoinerScripts::of_letter(base);
            script.is_some() && script == next.and_then(JoinerScripts::of_letter)
        }
        _ => false,
    }
}

/// Returns the text without its invisible characters, and without blanks at its start and end.
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.char_indices().all(|(at, _)| invisible_at(text, at).is_none()) {
        return Cow::Borrowed(text);
    }
    let seen: String =
        text.char_indices().filter(|(at, _)| invisible_at(text, *at).is_none()).map(|(_, c)| c).collect();
    Cow::Owned(seen.trim().to_owned())
}

/// Returns the text without its invisible characters and without blanks at both ends ([`without_invisible`]), converted
/// to ASCII if every character can be converted. Full-width letters, ligatures and superscripts, for example, can be
/// converted. If one character cannot be converted, no character is.
pub fn in_ascii(text: &str) -> Cow<'_, str> {
    let seen = without_invisible(text);
    if seen.is_ascii() {
        return seen;
    }
    let mut plain = String::with_capacity(seen.len());
    for c in seen.chars() {
        match ascii(c) {
            Some(c) => plain.push(c),
            None => decompose_compatible(c, |c| plain.push(c)),
        }
    }
    if plain.is_ascii() { Cow::Owned(plain.trim().to_owned()) } else { seen }
}

/// Alphabet: one of three alphabets in which many letters look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// The Latin alphabet, with all its accents.
    Latin,
    /// The Greek alphabet, modern and ancient.
    Greek,
    /// The Cyrillic alphabet, of all languages.
    Cyrillic,
}

impl Alphabet {
    /// Returns the English name of the alphabet, such as `Greek`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Greek => "Greek",
            Self::Cyrillic => "Cyrillic",
        }
    }

    fn of(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
                Some(Self::Latin)
            }
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' if c.is_alphabetic() => Some(Self::Greek),
            '\u{400}'..='\u{52f}' if c.is_alphabetic() => Some(Self::Cyrillic),
            _ => None,
        }
    }
}

/// Returns the first letter that follows a letter of another alphabet, such as the Cyrillic `і` in `kіm`. The result is
/// this letter, the alphabet of the letter before it, and its own alphabet; `None` if there is no such letter. Two
/// letters with a hyphen or another sign between them are not compared, because they may belong to different words.
pub fn first_mixed_letter(text: &str) -> Option<(char, Alphabet, Alphabet)> {
    let mut before = None;
    for c in text.chars() {
        let alphabet = Alphabet::of(c);
        if let (Some(before), Some(alphabet)) = (before, alphabet)
            && before != alphabet
        {
            return Some((c, before, alphabet));
        }
        if alphabet.is_some() || kind::kind_of_char(c) != CharKind::Attached {
            before = alphabet;
        }
    }
    None
}

/// Returns what is wrong with a text that should be ASCII, as the end of a sentence such as `it contains ： (U+FF1A),
/// which looks like :`. The mistake is an invisible character, a character that looks like an ASCII character, or
/// letters of two alphabets in one word. `None` if the text has no such mistake.
pub fn non_ascii_problem(text: &str) -> Option<String> {
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii_graphic() && *c != ' ') {
        if invisible_at(text, at).is_some() || (c.is_whitespace() && !c.is_ascii()) {
            return Some(format!("it contains {}, an invisible character", with_code_point(c)));
        }
        if let Some(ascii) = ascii(c) {
            return Some(format!("it contains {}, which looks like {ascii}", with_code_point(c)));
        }
    }
    first_mixed_letter(text).map(|(c, before, alphabet)| {
        format!("it mixes {} and {} letters, at {}", before.word(), alphabet.word(), with_code_point(c))
    })
}

/// Returns a character with its code point, for use in a sentence: `х (U+0445)`. For a character that is not visible by
/// itself, returns the code point only.
pub fn with_code_point(c: char) -> String {
    let number = format!("U+{:04X}", u32::from(c));
    if kind::kind_of_char(c) == CharKind::Ink { format!("{c} ({number})") } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_known_for_what_they_are_typed_for() {
        for (typed, meant) in [
            ("：﹕∶꞉", "::::"),
            ("，、､﹐،", ",,,,,"),
            ("＠﹫", "@@"),
            ("“”„‟″＂〝〞", "\"\"\"\"\"\"\"\""),
            ("–—−‐‑－ー", "-------"),
            ("＜＝＞！", "<=>!"),
            ("。．／［］【】＿", "../[][]_"),
            ("ａＺ０９", "aZ09"),
            ("٢٠۲०９𝟗𝟘", "2020990"),
        ] {
            let read: String = typed.chars().filter_map(ascii).collect();
            assert_eq!(read, meant, "{typed}");
        }
        assert!(('\0'..='\x7f').all(|c| ascii(c).is_none()));
        assert!("김田éжα".chars().all(|c| ascii(c).is_none()));
    }

    #[test]
    fn every_digit_has_its_value_and_ten_follow_each_other() {
        let digits: Vec<char> =
            ('\u{80}'..=char::MAX).filter(|c| c.general_category() == GeneralCategory::DecimalNumber).collect();
        assert!(digits.len() > 600 && digits.len().is_multiple_of(10), "{}", digits.len());
        for row in digits.chunks(10) {
            let read: String = row.iter().filter_map(|c| ascii(*c)).collect();
            assert_eq!(read, "0123456789", "{row:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_left_out_and_joiners_at_work_stay() {
        for (typed, read) in [
            ("\u{feff}6xx28", "6xx28"),
            ("6xx\u{200b}28\u{200d}", "6xx28"),
            ("\u{202e}kim\u{202c}", "kim"),
            ("k\u{ad}im\u{2060}", "kim"),
            ("\u{a0}kim\u{3000}", "kim"),
            ("kim \u{200b}", "kim"),
            ("kim\u{7}\u{1b}", "kim"),
            ("\u{200b}", ""),
        ] {
            assert_eq!(without_invisible(typed), read, "{typed:?}");
        }
        for text in
            ["نمی\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}💻", "🏳\u{fe0f}\u{200d}🌈", "1\u{fe0f}\u{20e3}", "a b"]
        {
            assert_eq!(without_invisible(text), text);
        }
    }

    #[test]
    fn ascii_is_read_where_all_of_a_text_is_meant_so() {
        for (typed, read) in [
            ("２０２６－１１－２０", "2026-11-20"),
            ("–7d", "-7d"),
            ("ー７ｄ", "-7d"),
            ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim@example.com"),
            ("conﬁrm", "confirm"),
            ("スーパー", "スーパー"),
            ("６xхx", "６xхx"),
            ("kim\u{3000}min", "kim min"),
        ] {
            assert_eq!(in_ascii(typed), read, "{typed}");
        }
    }

    #[test]
    fn what_is_odd_is_named() {
        for (text, said) in [
            ("https://a.example\u{200b}", "it contains U+200B, an invisible character"),
            ("utc\u{a0}", "it contains U+00A0, an invisible character"),
            ("Asia／Seoul", "it contains ／ (U+FF0F), which looks like /"),
            ("аrgos.example", "it mixes Cyrillic and Latin letters, at r (U+0072)"),
        ] {
            assert_eq!(non_ascii_problem(text).as_deref(), Some(said));
        }
        assert_eq!(non_ascii_problem("https://bücher.example/v3 x\t"), None);
    }

    #[test]
    fn alphabets_that_look_alike_are_told_apart_within_a_word() {
        assert_eq!(first_mixed_letter("kіm"), Some(('і', Alphabet::Latin, Alphabet::Cyrillic)));
        assert_eq!(first_mixed_letter("οk"), Some(('k', Alphabet::Greek, Alphabet::Latin)));
        assert_eq!(first_mixed_letter("e\u{301}х").map(|(c, ..)| c), Some('х'));
        for text in ["Москва", "Αθήνα", "José", "x-Ω", "김kim", "田中Tanaka", "Ж2b", "T²"] {
            assert_eq!(first_mixed_letter(text), None, "{text}");
        }
    }
}

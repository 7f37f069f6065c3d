//! Converts texts to forms for comparison: without case, and for searching also without width and accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

use super::kind;

/// Appends the folded form of `text` to `folded`: in lower case and composed (NFC). Two texts that differ only in case
/// or composition get the same folded form.
///
/// Each character is converted to upper case and then to lower case. This makes characters equal that have the same
/// upper case: `ß` and `ss`, `ς` and `σ`. `ẞ` is converted to lower case first, since its upper case is `ẞ` itself.
/// Full-width characters, spaces and accents stay unchanged.
pub fn fold_into(folded: &mut String, text: &str) {
    if text.is_ascii() {
        folded.extend(text.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        let small = text.nfd().flat_map(char::to_lowercase);
        folded.extend(small.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc());
    }
}

/// Returns the folded form of `text`, in lower case and composed (NFC): see [`fold_into`].
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

/// Appends the search form of `text` to `form`: the form that searching and sorting compare. The search form has no
/// upper case, full-width or half-width characters, accents and invisible characters.
///
/// Unlike the folded form ([`fold_into`]), the search form makes `José` and `jose` equal, `Ｔａｎａｋａ` and `Tanaka`, `ﾀﾅｶ`
/// and `タナカ`, and `İSTANBUL`, `ıstanbul` and `istanbul`. Unicode does not decompose letters with a stroke and
/// ligatures; these letters are replaced by those that people type if their keyboard lacks them: `ø` by `o`, `ł` by
/// `l`, `æ` by `ae`, `þ` by `th`. Typographic apostrophes, dashes and double quotation marks become those of the
/// keyboard, and every blank becomes a space. Combining marks that make another letter are kept: the sound marks of
/// kana, and the vowel signs of Thai and of Indian scripts.
pub fn search_form_into(form: &mut String, text: &str) {
    if text.is_ascii() || text.chars().all(is_plain) {
        form.extend(text.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let letters = text.chars().map(apostrophe_for_accent).nfkd().filter(|c| is_kept_in_search_form(*c));
    let small = letters.flat_map(char::to_lowercase).flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let mut spelled = String::with_capacity(text.len());
    small.nfkd().filter(|c| is_kept_in_search_form(*c)).for_each(|c| append_typed_letters(&mut spelled, c));
    form.extend(spelled.nfc());
}

/// Returns the search form of `text`, the form that searching and sorting compare: see [`search_form_into`].
pub fn search_form(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    search_form_into(&mut form, text);
    form
}

/// Appends the search form of the character `c` to `form`. The caller must make sure that Unicode composes `c` with
/// neither the character before it nor the character after it.
pub(super) fn search_form_alone(form: &mut String, c: char) {
    decompose_compatible(apostrophe_for_accent(c), |part| {
        if is_kept_in_search_form(part) {
            let small = part.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
            small.for_each(|c| {
                decompose_compatible(c, |c| {
                    if is_kept_in_search_form(c) {
                        append_typed_letters(form, c);
                    }
                });
            });
        }
    });
}

/// Returns whether a character certainly stays as it is in the search form (without case, width and accents), apart
/// from upper case. A text that has only such characters is its own search form, except that ASCII letters become lower
/// case. For some other characters that stay as they are, the result is false too.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c,
        '\0'..='\x7f'
        // Arabic letters, without those that have a mark, and without the stretching character.
        | '\u{620}'..='\u{621}' | '\u{627}'..='\u{63f}' | '\u{641}'..='\u{64a}'
        // Daggers and bullets.
        | '\u{2020}'..='\u{2023}'
        // Stops and brackets of East Asia, kana without their sound marks.
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}'
        // Ideographs, Hangul syllables.
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{1f300}'..='\u{1faff}')
}

/// Returns an apostrophe for an accent that people type in place of an apostrophe, such as `´`. Returns any other
/// character unchanged. The function must be called before the text is decomposed, because Unicode decomposes `´` into
/// a blank and a combining mark.
const fn apostrophe_for_accent(c: char) -> char {
    match c {
        '\u{b4}' | '\u{1ffd}' => '\'',
        _ => c,
    }
}

/// Returns whether a character of a decomposed text (NFKD) is kept in the search form, the form that searching
/// compares. Accents, invisible characters and the Arabic stretching character are not kept.
///
/// Accents are recognised by their Unicode combining class: overlays, the points of Hebrew and Arabic, and all marks
/// that are attached to, above or below a letter. Nukta, virama, the sound marks of kana, and vowel signs have other
/// classes and are kept.
fn is_kept_in_search_form(c: char) -> bool {
    if kind::is_certainly_visible(c) {
        return true;
    }
    let accent = matches!(canonical_combining_class(c), 1 | 10..=36 | 200..);
    !accent && c != '\u{640}' && !kind::is_always_invisible(c)
}

/// Appends to `text` the letter or letters that people type for the lower-case letter `c` on a keyboard that lacks it:
/// `o` for `ø`, `ae` for `æ`; any other letter stays unchanged. The replaced letters are those in the table of ICAO Doc
/// 9303 (on passports), part 3, that Unicode does not decompose. `ø` becomes the letter without its stroke, like all
/// other letters with a stroke.
fn append_typed_letters(text: &mut String, c: char) {
    let plain = match c {
        'æ' => return text.push_str("ae"),
        'œ' => return text.push_str("oe"),
        'þ' => return text.push_str("th"),
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ŧ' => 't',
        'ŋ' => 'n',
        'ĸ' => 'k',
        'ə' => 'e',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{2b9}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2ba}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() && !c.is_ascii() => ' ',
        c => c,
    };
    text.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_and_composition_do_not_count() {
        assert_eq!(fold("KIM Min-jun"), "kim min-jun");
        assert_eq!(fold("MÜLLER"), fold("mu\u{308}ller"));
        assert_eq!(fold("\u{1100}\u{1175}\u{11b7}"), "김");
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("STRAẞE"), fold("Straße"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        assert_ne!(fold("Ａ"), fold("A"), "width is a difference that is shown, not hidden");
        assert_ne!(fold("é"), fold("e"));
    }

    #[test]
    fn a_search_counts_neither_case_nor_width_nor_accents() {
        for (one, other) in [
            ("José", "jose"),
            ("jose\u{301}", "JOSE"),
            ("İSTANBUL", "istanbul"),
            ("ISTANBUL", "ıstanbul"),
            ("Ｔａｎａｋａ", "tanaka"),
            ("ﾀﾅｶ", "タナカ"),
            ("ｶﾞ", "ガ"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("Søren Ærø", "soren aero"),
            ("Łukasz Đặng", "lukasz dang"),
            ("Þór", "thor"),
            ("ΆΝΝΑ ΟΔΟΣ", "αννα οδος"),
            ("Алёна", "алена"),
            ("\u{1100}\u{1175}\u{11b7}", "김"),
            ("أحمد", "احمد"),
            ("מֹשֶׁה", "משה"),
            ("O’Brien", "o'brien"),
            ("O´Brien", "o'brien"),
            ("Min\u{2011}jun", "min-jun"),
            ("Kim\u{3000}Min", "kim min"),
            ("Kim\u{a0}Min", "kim min"),
            ("k\u{200b}i\u{ad}m\u{202e}", "kim"),
            ("\u{feff}kim", "kim"),
            ("ﬁnn", "FINN"),
        ] {
            assert_eq!(search_form(one), search_form(other), "{one} {other}");
        }
    }

    #[test]
    fn marks_that_tell_letters_apart_stay() {
        for (one, other) in [("が", "か"), ("ぱ", "は"), ("कि", "क"), ("กา", "ก"), ("กี", "ก"), ("김", "기"), ("и", "i")]
        {
            assert_ne!(search_form(one), search_form(other), "{one} {other}");
        }
        assert_eq!(search_form("佐藤 陽翔 محمد 김민준"), "佐藤 陽翔 محمد 김민준");
    }

    #[test]
    fn the_search_form_of_each_character_is_its_own() {
        for c in '\0'..='\u{323af}' {
            let once = search_form(c.encode_utf8(&mut [0; 4]));
            assert_eq!(search_form(&once), once, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
            let once = search_form(&text);
            prop_assert_eq!(search_form(&once), once);
        }

        #[test]
        fn every_normal_form_folds_alike(text in any::<String>()) {
            for form in [text.nfd().collect::<String>(), text.nfc().collect()] {
                prop_assert_eq!(fold(&text), fold(&form));
                prop_assert_eq!(search_form(&text), search_form(&form));
            }
        }
    }
}

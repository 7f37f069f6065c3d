//! Replaces and classifies single characters, so that values can be compared without regard to case, width or
//! punctuation.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_compatible;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// Returns a text in lower case. A text with a sign that only looks like a letter, such as the sign of the unit kelvin,
/// is returned unchanged.
pub(super) fn lower(text: &str) -> String {
    const SIGNS: [char; 3] = ['\u{2126}', '\u{212a}', '\u{212b}'];
    if text.contains(SIGNS) { text.to_owned() } else { text.to_lowercase() }
}

/// Returns a text with full-width letters and half-width kana and Hangul replaced by their ordinary forms. Other
/// characters stay unchanged.
pub(super) fn narrow(text: &str) -> String {
    let has_width = |c: char| matches!(c, '\u{3000}' | '\u{ff00}'..='\u{ffef}');
    if !text.contains(has_width) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if has_width(c) {
            decompose_compatible(c, |c| plain.push(c));
        } else {
            plain.push(c);
        }
    }
    // Half-width sound marks join the kana before them.
    plain.nfc().collect()
}

/// Returns whether a character is a hyphen or a dash.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2212}') || c.general_category() == GeneralCategory::DashPunctuation
}

/// Returns whether a character is punctuation that may be left out of names and addresses, such as a comma. Signs such
/// as `*`, `?` and `…` do not count, because they may be in the place of letters.
pub(super) fn is_punctuation(c: char) -> bool {
    let is_placeholder = matches!(c, '*' | '＊' | '?' | '？' | '…' | '•' | '@' | '＠' | '&' | '＆' | '%' | '％' | '‰');
    let is_like_punctuation = is_hyphen(c) || matches!(c, '`' | '´' | '|' | '｜' | '<' | '＜' | '>' | '＞');
    !is_placeholder && (is_like_punctuation || c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

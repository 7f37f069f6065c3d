//! Classifies a single character by its effect on a terminal, without looking at the characters before and after it.
//!
//! This module has the lists of the characters that must be made visible. The module `sanitise` decides whether a
//! joiner may stay between two letters, because that depends on the context.

use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_width::UnicodeWidthChar;

pub(super) const ZWNJ: char = '\u{200c}';
pub(super) const ZWJ: char = '\u{200d}';
pub(super) const VS16: char = '\u{fe0f}';
pub(super) const KEYCAP: char = '\u{20e3}';

/// Effect of a character on a terminal: whether the character is visible, invisible, or controls the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharKind {
    /// A visible character that fills terminal columns of its own, such as a letter.
    Ink,
    /// A visible mark on the character before it, such as an accent. A mark without a character before it counts as
    /// invisible.
    Attached,
    /// A control character: C0, DEL, C1, or a line or paragraph separator.
    Control,
    /// One of the twelve characters that change the reading direction.
    Bidi,
    /// A character that is invisible or may be invisible: a space other than U+0020, a filler, a tag, a private-use or
    /// unassigned character.
    Invisible,
}

/// Returns the effect of one character on a terminal.
pub(super) fn kind_of_char(c: char) -> CharKind {
    match c {
        ' '..='~' | '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}' => CharKind::Ink,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => CharKind::Bidi,
        _ if is_blank(c) => CharKind::Invisible,
        _ => by_category(c),
    }
}

fn by_category(c: char) -> CharKind {
    match c.general_category() {
        GeneralCategory::Control | GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => {
            CharKind::Control
        }
        GeneralCategory::Format
        | GeneralCategory::PrivateUse
        | GeneralCategory::SpaceSeparator
        | GeneralCategory::Surrogate
        | GeneralCategory::Unassigned => CharKind::Invisible,
        GeneralCategory::SpacingMark if stands_alone(c) => CharKind::Ink,
        GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark => {
            CharKind::Attached
        }
        _ if joins_cluster(c) => CharKind::Attached,
        // Any other character without columns of its own needs a character after it (U+0D4E and similar). A terminal
        // library would drop such a character if it is alone.
        _ if c.width().unwrap_or(0) == 0 => CharKind::Invisible,
        _ => CharKind::Ink,
    }
}

/// Returns whether a character is shown as nothing or as an empty space, although its Unicode category is not that of a
/// space.
///
/// Most of these characters have the property Default_Ignorable_Code_Point, which no crate of this program provides.
/// The others have the category of a letter or symbol: the Braille blank, the musical null notehead, the Egyptian
/// blanks, and the object replacement character.
const fn is_blank(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{2800}' | '\u{1d159}' | '\u{13441}'..='\u{13442}' | '\u{fffc}')
}

/// Returns whether a character is invisible in every font. Such a character has the Unicode category of a format
/// character, or is one for which `is_blank` returns true. The result is false for spaces, and for characters that
/// fonts do not have yet.
pub(super) fn is_always_invisible(c: char) -> bool {
    !is_certainly_visible(c) && (is_blank(c) || c.general_category() == GeneralCategory::Format)
}

/// Returns whether a character joins the grapheme cluster before it, although its Unicode category is not that of a
/// mark. Such characters are Thai and Lao AM, the halfwidth sound marks, skin tones, and the vowel and final jamo of
/// conjoining Hangul.
const fn joins_cluster(c: char) -> bool {
    matches!(c,
        '\u{e33}' | '\u{eb3}' | '\u{ff9e}' | '\u{ff9f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{1161}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

/// Returns whether a character begins a new grapheme cluster, although its Unicode category is that of a mark. Such
/// characters are vowel signs of Myanmar, Tai Tham and Ahom.
const fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{102b}'..='\u{102c}' | '\u{1038}' | '\u{1062}'..='\u{1064}' | '\u{1067}'..='\u{106d}' | '\u{1083}'
        | '\u{1087}'..='\u{108c}' | '\u{108f}' | '\u{109a}'..='\u{109c}' | '\u{1a61}' | '\u{1a63}'..='\u{1a64}'
        | '\u{aa7b}' | '\u{aa7d}' | '\u{11720}'..='\u{11721}')
}

/// Returns whether a character has an emoji form. U+FE0F after the character selects the emoji form, and a zero-width
/// joiner (ZWJ) joins the character to another emoji. The result is false for digits, skin tones and the halves of
/// flags.
pub(super) fn is_emoji(c: char) -> bool {
    c.is_emoji_char() && !takes_keycap(c) && !matches!(c, '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Returns whether a character forms an emoji with the keycap character U+20E3 after it: a digit, `#` or `*`.
pub(super) const fn takes_keycap(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*')
}

/// Returns whether a character is certainly visible in every context. This is a quick check that knows the letters of
/// most texts. For many other visible characters the result is false, too.
pub(super) const fn is_certainly_visible(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{410}'..='\u{44f}' | '\u{4e00}'..='\u{9fef}' | '\u{ac00}'..='\u{d7a3}')
}

/// Group of scripts (writing systems) whose ordinary spelling uses the invisible joiners U+200D and U+200C between
/// letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JoinerScripts {
    /// Arabic and Syriac: the letters of a word are joined.
    Cursive,
    /// Scripts of South and South-East Asia, whose letters are stacked or halved.
    Indic,
}

impl JoinerScripts {
    /// Returns the group of scripts (such as Arabic and Syriac) to which the script of a letter or combining mark
    /// belongs. Returns `None` if its script does not use the invisible joiners U+200D and U+200C.
    const fn of(c: char) -> Option<Self> {
        match c {
            '\u{600}'..='\u{77f}' | '\u{860}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                Some(Self::Cursive)
            }
            '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Some(Self::Indic),
            _ => None,
        }
    }

    /// Returns the group of scripts (such as Arabic and Syriac) to which the script of a letter belongs. Returns `None`
    /// if its script does not use the invisible joiners U+200D and U+200C, or if the character is not a letter.
    pub(super) fn of_letter(c: char) -> Option<Self> {
        if c.general_category_group() == GeneralCategoryGroup::Letter { Self::of(c) } else { None }
    }

    /// Returns whether the character is a virama: the sign that removes the vowel of a consonant and so joins the
    /// consonant to the next consonant.
    pub(super) fn is_virama(c: char) -> bool {
        Self::of(c) == Some(Self::Indic) && canonical_combining_class(c) == 9
    }
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::{CharKind, kind_of_char};

    #[test]
    fn what_is_open_is_ink() {
        for c in ('\0'..='\u{ffff}').filter(|c| super::is_certainly_visible(*c)) {
            assert!(kind_of_char(c) == CharKind::Ink, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn attached_is_what_clusters_take_in() {
        for c in ('\0'..='\u{323af}').filter(|c| matches!(kind_of_char(*c), CharKind::Ink | CharKind::Attached)) {
            let letter = format!("a{c}").graphemes(true).count() == 1;
            let jamo = format!("\u{1100}\u{1161}{c}").graphemes(true).count() == 1;
            let attached = kind_of_char(c) == CharKind::Attached;
            // The tables differ in age: a mark younger than the table of clusters is given by its category alone.
            let young =
                c.general_category() == GeneralCategory::NonspacingMark || matches!(c, '\u{1d250}'..='\u{1d28f}');
            assert!(if attached { letter || jamo || young } else { !letter }, "U+{:04X}", u32::from(c));
        }
    }
}

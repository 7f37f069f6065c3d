//! The form in which texts are compared and searched when case does not count.

use unicode_normalization::UnicodeNormalization;

/// Appends `text` without its case and composed (NFC), so that two spellings of one text become the same bytes.
///
/// Each character goes to upper case and from there to lower case, which joins what has one capital: `ß` and `ss`,
/// `ς` and `σ`; it goes to lower case before that for `ẞ`, a capital that is none of `ß`. Width, spacing and accents
/// stay as they are.
pub fn fold_into(folded: &mut String, text: &str) {
    if text.is_ascii() {
        folded.extend(text.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        let small = text.nfd().flat_map(char::to_lowercase);
        folded.extend(small.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc());
    }
}

/// `text` without its case and composed (NFC): see [`fold_into`].
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
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

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn every_normal_form_folds_alike(text in any::<String>()) {
            prop_assert_eq!(fold(&text), fold(&text.nfd().collect::<String>()));
            prop_assert_eq!(fold(&text), fold(&text.nfc().collect::<String>()));
        }
    }
}

//! What holds for all values: equivalence is symmetric, hides no changed letter or digit, and never swaps day and
//! month.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::*;

const KINDS: [ValueKind; 8] = [
    ValueKind::Words,
    ValueKind::DocumentNumber,
    ValueKind::Date,
    ValueKind::Time,
    ValueKind::Email,
    ValueKind::Gender,
    ValueKind::Text,
    ValueKind::Open,
];

/// Texts with few different characters, so that many pairs are nearly equal.
const NEAR: &str = "[aAbBıIiİßsSéEeＡａ가각０12 \u{3000},.'/*\u{200b}\u{301}-]{0,8}";

fn is_equivalent(comparison: &Comparison) -> bool {
    matches!(comparison, Comparison::Same | Comparison::Equivalent(_))
}

/// The letters and digits of a text without what may differ in form, as a sorted list.
fn letters(text: &str) -> Vec<char> {
    let cased = text.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc();
    let mut letters: Vec<char> = cased.filter(|c| c.is_alphanumeric() || matches!(c, '*' | '\u{200b}')).collect();
    letters.sort_unstable();
    letters
}

/// The notations in which a date is written; the last three are ambiguous.
fn notations(date: Date) -> [String; 9] {
    let (year, month, day) = (date.year(), date.month(), date.day());
    [
        date.to_string(),
        format!("{year}{month:02}{day:02}"),
        format!("{day:02}.{month:02}.{year}"),
        format!("{year}년 {month}월 {day}일"),
        date.strftime("%d %b %Y").to_string().to_uppercase(),
        date.strftime("%B %-d, %Y").to_string(),
        format!("{day:02}/{month:02}/{year}"),
        format!("{month:02}/{day:02}/{year}"),
        format!("{day:02}{month:02}{year}"),
    ]
}

proptest! {
    #[test]
    fn equivalence_is_symmetric_and_reflexive(one in NEAR, other in NEAR) {
        for kind in KINDS {
            prop_assert_eq!(compare(&one, &other, kind), compare(&other, &one, kind), "{:?}", kind);
            prop_assert_eq!(compare(&one, &one, kind), Comparison::Same);
        }
    }

    #[test]
    fn equivalent_texts_have_the_same_letters_and_digits(one in NEAR, other in NEAR) {
        for kind in [ValueKind::Words, ValueKind::DocumentNumber, ValueKind::Email, ValueKind::Text] {
            if is_equivalent(&compare(&one, &other, kind)) {
                prop_assert_eq!(letters(&one), letters(&other), "{:?}: {:?} {:?}", kind, one, other);
            }
        }
    }

    #[test]
    fn a_changed_letter_or_digit_is_a_difference(
        text in "[a-zA-Z0-9가-각 ,.-]{1,24}",
        at in any::<prop::sample::Index>(),
        to in "[a-zA-Z0-9나-낙]",
    ) {
        let places: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
        prop_assume!(!places.is_empty());
        let (place, from) = places[at.index(places.len())];
        prop_assume!(!to.eq_ignore_ascii_case(&from.to_string()));
        let mut changed = text.clone();
        changed.replace_range(place..place + from.len_utf8(), &to);
        // Whether a date in an unknown form is another day is not known.
        let is_unknown = [&text, &changed].into_iter().any(|text| date::is_unknown_form(&characters::narrow(text)));
        for kind in KINDS {
            let wanted = if kind == ValueKind::Date && is_unknown { Comparison::Unclear } else { Comparison::Differs };
            prop_assert_eq!(compare(&text, &changed, kind), wanted, "{:?}: {:?} {:?}", kind, text, changed);
        }
    }

    #[test]
    fn other_forms_of_a_name_or_address_are_equivalent(
        words in prop::collection::vec("[a-z가-각]{1,6}", 1..5),
        number in "[1-9][0-9]{0,3}",
        turn in 0_usize..5,
    ) {
        let all: Vec<&str> = words.iter().map(String::as_str).chain([number.as_str()]).collect();
        let mut turned = all.clone();
        turned.rotate_left(turn % all.len());
        let (plain, other) = (all.join(" "), turned.join(", ").to_uppercase());
        prop_assert!(is_equivalent(&compare(&plain, &other, ValueKind::Words)), "{:?} {:?}", plain, other);
        let (number, spread) = (format!("M{number}X"), format!("m-{number} Ｘ"));
        prop_assert!(is_equivalent(&compare(&number, &spread, ValueKind::DocumentNumber)));
    }

    #[test]
    fn day_and_month_never_change_places(year in 1850_i16..2200, month in 1_i8..=12, day in 1_i8..=12) {
        prop_assume!(month != day);
        let (one, swapped) = (date(year, month, day), date(year, day, month));
        for text in notations(one) {
            for other in notations(swapped).iter().filter(|other| **other != text) {
                for kind in [ValueKind::Date, ValueKind::Open] {
                    prop_assert_eq!(compare(&text, other, kind), Comparison::Differs, "{} {}", text, other);
                }
            }
        }
    }

    #[test]
    fn the_same_day_is_equivalent_in_each_clear_notation(year in 1850_i16..2200, month in 1_i8..=12, day in 1_i8..=28) {
        let all = notations(date(year, month, day));
        let clear = if day > 12 || day == month { all.len() } else { 6 };
        for (one, other) in all.iter().take(clear).zip(all.iter().take(clear).skip(1)) {
            prop_assert!(is_equivalent(&compare(one, other, ValueKind::Date)), "{} {}", one, other);
        }
    }
}

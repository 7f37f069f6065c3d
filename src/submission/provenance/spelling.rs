//! Compares the spelling of two texts, and finds the differences in form that make them unequal.
//!
//! A changed letter or digit is never ignored. Where a separator between two digits is ignored, its position still
//! counts: `12-3` equals `12 3`, but neither equals `123` or `1-23`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::characters::{is_hyphen, is_punctuation, lower, narrow};
use super::value_kind::{Normalization, ValueKind};
use crate::text::fold;

/// Character that replaces an ignored separator between two digits, so that `1-23` and `12-3` stay different.
const BETWEEN_DIGITS: char = '\u{1f}';

/// Returns the differences in notation that must be ignored to make both texts equal, as few as possible. Only
/// differences in `allowed`, such as [`Normalization::Case`], may be ignored.
///
/// Returns `None` if the texts still differ, or if `one` is empty after everything in `allowed` was ignored.
pub(super) fn normalizations(one: &str, other: &str, allowed: &[Normalization]) -> Option<Vec<Normalization>> {
    let is_order = |kept: &Normalization| *kept == Normalization::WordOrder;
    let forms: Vec<Normalization> = allowed.iter().copied().filter(|kept| !is_order(kept)).collect();
    if normalized(one, &forms).is_empty() {
        return None;
    }
    let in_order = |ignored: &[Normalization]| {
        is_equal(&normalized(one, ignored), &normalized(other, ignored), ignored.contains(&Normalization::Case))
    };
    if in_order(&forms) {
        return Some(necessary_differences(forms, in_order));
    }
    let in_any_order = |ignored: &[Normalization]| has_same_words(one, other, ignored);
    if allowed.iter().any(is_order) && in_any_order(&forms) {
        let mut ignored = necessary_differences(forms, in_any_order);
        ignored.push(Normalization::WordOrder);
        return Some(ignored);
    }
    None
}

/// Returns the necessary ones of the differences in notation `ignored`: the texts are not equal if one of them is not
/// ignored. `is_equal` returns whether both texts are equal if only the differences in its argument are ignored.
fn necessary_differences(
    mut ignored: Vec<Normalization>,
    is_equal: impl Fn(&[Normalization]) -> bool,
) -> Vec<Normalization> {
    for one in ignored.clone() {
        let fewer: Vec<Normalization> = ignored.iter().copied().filter(|kept| *kept != one).collect();
        if is_equal(&fewer) {
            ignored = fewer;
        }
    }
    ignored.sort_unstable();
    ignored
}

/// Returns the text without the characters that `ignored` names, such as spaces for [`Normalization::Spacing`]. The
/// case of letters is kept, even if `ignored` has [`Normalization::Case`].
fn normalized(text: &str, ignored: &[Normalization]) -> String {
    let text = characters(text, ignored);
    let is_ignored = |c: char| {
        (c.is_whitespace() && ignored.contains(&Normalization::Spacing))
            || (is_punctuation(c) && ignored.contains(&Normalization::Punctuation))
            || (is_hyphen(c) && ignored.contains(&Normalization::Hyphens))
    };
    // The digits of a document number are one sequence, whatever separates them.
    let keeps_places = !ignored.contains(&Normalization::Hyphens);
    let mut left = String::with_capacity(text.len());
    let mut skipped = false;
    for c in text.chars() {
        if is_ignored(c) {
            skipped = true;
            continue;
        }
        if skipped && keeps_places && c.is_numeric() && left.ends_with(char::is_numeric) {
            left.push(BETWEEN_DIGITS);
        }
        // A text that holds the sign itself must not equal one with a separator.
        if c == BETWEEN_DIGITS {
            left.push(c);
        }
        left.push(c);
        skipped = false;
    }
    left
}

/// Returns a text with its characters in their ordinary form. [`Normalization::Width`] in `ignored` replaces full-width
/// and half-width characters. [`Normalization::Composition`] joins a letter with its separate accent.
fn characters<'a>(text: &'a str, ignored: &[Normalization]) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if ignored.contains(&Normalization::Width) {
        text = Cow::Owned(narrow(&text));
    }
    if ignored.contains(&Normalization::Composition) {
        text = Cow::Owned(text.nfc().collect());
    }
    text
}

/// Returns whether both texts are equal, apart from case if `ignores_case` is true.
///
/// Some different letters have the same upper case, such as `ı` and `i`. They count as equal only if one text is all in
/// upper case, as `YILMAZ` and `Yılmaz`.
fn is_equal(one: &str, other: &str, ignores_case: bool) -> bool {
    if !ignores_case {
        return one == other;
    }
    one == other || lower(one) == lower(other) || one == other.to_uppercase() || one.to_uppercase() == other
}

/// Returns whether both texts have the same words in any order, if the differences in `ignored` are ignored. Numbers
/// may not change places.
fn has_same_words(one: &str, other: &str, ignored: &[Normalization]) -> bool {
    [false, true].into_iter().any(|joins| {
        let words = |text: &str| words(&characters(text, ignored), ignored, joins);
        let (one, other) = (words(one), words(other));
        let ignores_case = ignored.contains(&Normalization::Case);
        let sorted = |words: &[String]| {
            let mut sorted: Vec<(String, String)> = words.iter().map(|word| (fold(word), word.clone())).collect();
            sorted.sort_unstable();
            sorted
        };
        one.len() == other.len()
            && sorted(&one).iter().zip(&sorted(&other)).all(|((_, one), (_, other))| is_equal(one, other, ignores_case))
            && has_numbers_in_place(&one, &other)
    })
}

/// Returns the words of a text. Punctuation separates words if `ignored` has it. If `joins` is true, punctuation
/// between two letters joins them to one word instead, as in `O'Neil`.
fn words(text: &str, ignored: &[Normalization], joins: bool) -> Vec<String> {
    let splits = ignored.contains(&Normalization::Punctuation);
    let mut words = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_mark = splits && is_punctuation(c);
        let last = words.last_mut();
        let is_inside = joins
            && last.as_ref().is_some_and(|word| word.ends_with(char::is_alphabetic))
            && chars.peek().is_some_and(|next| next.is_alphabetic());
        match last {
            _ if c.is_whitespace() || (is_mark && !is_inside) => words.push(String::new()),
            Some(word) if !is_mark => word.push(c),
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns whether every number (word with a digit) in `one` has the same word before it, or the same word after it, in
/// `other`. So `house 5 flat 7` does not equal `house 7 flat 5`. With fewer than two numbers in `one`, the result is
/// true.
fn has_numbers_in_place(one: &[String], other: &[String]) -> bool {
    let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
    let (one, other) = (folded(one), folded(other));
    let (one, other) = (neighbours(&one), neighbours(&other));
    let is_kept = |(number, [before, after]): (&&str, &[Vec<Option<&str>>; 2])| {
        other.get(number).is_some_and(|[others_before, others_after]| before == others_before || after == others_after)
    };
    one.values().map(|[before, _]| before.len()).sum::<usize>() < 2 || one.iter().all(is_kept)
}

/// Returns the neighbours of each word with a digit: the words directly before it and the words directly after it, both
/// sorted. There are several if the word occurs several times. A neighbour is `None` at the start or end of the list.
fn neighbours(words: &[String]) -> BTreeMap<&str, [Vec<Option<&str>>; 2]> {
    let mut found: BTreeMap<&str, [Vec<Option<&str>>; 2]> = BTreeMap::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.contains(char::is_numeric)) {
        let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).map(String::as_str);
        let [before, after] = found.entry(word).or_default();
        before.push(beside(at.checked_sub(1)));
        after.push(beside(Some(at + 1)));
    }
    found.values_mut().flatten().for_each(|words| words.sort_unstable());
    found
}

/// Returns the form in which a grapheme is compared: in lower case, and in ordinary width. It is empty for a space, and
/// for a separator in values of the kind `kind`, such as a comma in an address.
pub(super) fn comparable_form(grapheme: &str, kind: ValueKind) -> String {
    let text: String = narrow(grapheme).chars().filter(|c| !c.is_whitespace() && !kind.is_separator(*c)).collect();
    lower(&text)
}

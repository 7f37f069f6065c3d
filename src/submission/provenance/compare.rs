//! Compares two values of a field. Two values that differ only in form, such as upper and lower case, are equivalent,
//! not a mismatch. For them, the result names the differences in form ([`Normalization`]). The kind of the values
//! decides which differences are only form:
//!
//! | kind | ignored |
//! |---|---|
//! | names and addresses | case, width, spacing, punctuation, order of words, accent encoding |
//! | document numbers | case, width, blanks, hyphens |
//! | dates | another notation of the same day; day and month never change places |
//! | e-mail addresses | case |
//! | points in time | another notation of the same instant |
//! | gender | `M` and `F` for `male` and `female`; case, width, spacing |
//! | numbers | nothing |
//! | other texts, such as a country code | case, width, spacing, accent encoding |
//!
//! No text is converted from one script (writing system) to another, so `김` and `Kim` differ.

use super::characters::narrow;
use super::date::{self, DateReading};
use super::diff;
use super::spelling::{self, comparable_form};
use super::value_kind::{Normalization, ValueKind};
use crate::text::BULLET;
use crate::time;

/// The result of comparing two values of one field, such as a name that the OCR read and the name that the applicant
/// confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::submission) enum Comparison {
    Same,
    Equivalent(Vec<Normalization>),
    Differs,
    /// It is unclear whether the values are the same. Their bytes differ, and the values are too long, or one is a date
    /// in an unknown form.
    Unclear,
}

/// Maximum length in bytes of values that are compared in full; of longer values, only equality of the bytes is tested.
/// Real values are shorter. Without this limit, a hostile answer could delay the drawing of the screen.
pub(super) const MAX_COMPARED_BYTES: usize = 2 * 1024;

/// Compares two values of a field, both as sent. `kind` is the kind of the values, such as a date. It decides which
/// differences in notation ([`Normalization`]) are ignored, such as upper and lower case.
pub(in crate::submission) fn compare(one: &str, other: &str, kind: ValueKind) -> Comparison {
    if one == other {
        return Comparison::Same;
    }
    if one.len().max(other.len()) > MAX_COMPARED_BYTES {
        return Comparison::Unclear;
    }
    let form = match kind {
        ValueKind::Date | ValueKind::Open if is_same_day(one, other) => Some(Normalization::Date),
        ValueKind::Gender if gender(one).is_some_and(|sex| Some(sex) == gender(other)) => Some(Normalization::Gender),
        ValueKind::Time if is_same_instant(one, other) => Some(Normalization::Time),
        _ => None,
    };
    // Of an undocumented field, a number is compared as a number: in no other notation.
    let is_number = kind == ValueKind::Open && is_numeric(one) && is_numeric(other);
    let spelling = if is_number { None } else { spelling::normalizations(one, other, kind.spelling()) };
    match spelling.or_else(|| form.map(|form| vec![form])) {
        Some(normalizations) => Comparison::Equivalent(normalizations),
        None if kind == ValueKind::Date
            && [one, other].into_iter().any(|text| date::is_unknown_form(&narrow(text))) =>
        {
            Comparison::Unclear
        }
        None => Comparison::Differs,
    }
}

/// Returns two lists: for each grapheme of `one`, and for each grapheme of `other`, whether it differs from the other
/// text.
///
/// If `kind` is a date, all graphemes of a differing year, month or day are marked. Both lists are empty if a value is
/// longer than [`MAX_COMPARED_BYTES`].
pub(super) fn differences(one: &str, other: &str, kind: ValueKind) -> (Vec<bool>, Vec<bool>) {
    if one.len().max(other.len()) > MAX_COMPARED_BYTES {
        return (Vec::new(), Vec::new());
    }
    if kind == ValueKind::Date {
        let (a, b) = (date::readings(&narrow(one)), date::readings(&narrow(other)));
        let equal =
            |a: &DateReading, b: &DateReading| parts(a).into_iter().zip(parts(b)).filter(|(a, b)| a == b).count();
        let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
        // Where the texts may be the same day, the other reading shows what is in doubt: day and month.
        let differing = pairs.filter(|(a, b)| a.date != b.date);
        // Positions are those of the narrowed text, so they hold only if nothing was narrowed.
        let nearest =
            differing.max_by_key(|(a, b)| equal(a, b)).filter(|_| narrow(one) == one && narrow(other) == other);
        if let Some((a, b)) = nearest {
            let differing = parts(a).into_iter().zip(parts(b)).map(|(a, b)| a != b);
            let places = |reading: &DateReading| {
                let places = reading.places.iter().cloned().zip(differing.clone());
                places.filter(|(_, differs)| *differs).map(|(place, _)| place).collect::<Vec<_>>()
            };
            return (diff::within(one, &places(a)), diff::within(other, &places(b)));
        }
    }
    diff::diff(one, other, kind)
}

/// Characters that replace hidden characters in a masked value: the service masks with `*`, and this program with `•`.
const HIDDEN: [char; 2] = ['*', BULLET];

/// Returns whether a part of the value `text` is masked (withheld). The service masks with `*`, as in `K** M****`, and
/// this program with `•` in an exported submission. `others` are the values of the same field in the other sources.
///
/// Returns false if one of `others` contradicts the visible characters of `text`. With `•` this is not checked, because
/// one bullet may replace any number of characters.
pub(in crate::submission) fn is_withheld(text: &str, others: &[&str]) -> bool {
    if text.len() > MAX_COMPARED_BYTES || !text.contains(HIDDEN) {
        return false;
    }
    let bare: Vec<char> = text.chars().filter(|c| !matches!(c, '{' | '}') && !c.is_whitespace()).collect();
    if !bare.iter().any(|c| c.is_alphanumeric()) {
        return true;
    }
    // Bullets do not tell how many characters they hide.
    if text.contains(BULLET) || others.iter().any(|other| other.contains(BULLET)) {
        return true;
    }
    // A star matches any character: a value that contradicts the visible characters still differs.
    others.iter().all(|other| {
        let other: Vec<char> = other.chars().filter(|c| !c.is_whitespace()).take(MAX_COMPARED_BYTES + 1).collect();
        other.len() == bare.len() && bare.iter().zip(&other).all(|(a, b)| *a == '*' || *b == '*' || a == b)
    })
}

/// Returns whether two texts are dates that can only be the same day. A text that can mean two days, such as
/// `03/04/1990`, gives false.
fn is_same_day(one: &str, other: &str) -> bool {
    let day = |text: &str| match date::readings(&narrow(text)).as_slice() {
        [only] => Some(only.date),
        _ => None,
    };
    day(one).is_some_and(|date| Some(date) == day(other))
}

/// Returns whether two texts are the same point in time, maybe in different notations.
fn is_same_instant(one: &str, other: &str) -> bool {
    time::parse_timestamp(one).is_some_and(|at| Some(at) == time::parse_timestamp(other))
}

/// Returns whether a text is a number in any notation: digits with signs, separators and blanks.
fn is_numeric(text: &str) -> bool {
    let text = narrow(text);
    let is_part = |c: char| c.is_numeric() || c.is_whitespace() || matches!(c, '+' | '-' | '.' | ',' | '\'' | '_');
    text.contains(char::is_numeric) && text.chars().all(is_part)
}

/// Returns the year, month and day of the date `reading`, in this order.
fn parts(reading: &DateReading) -> [i16; 3] {
    [reading.date.year(), reading.date.month().into(), reading.date.day().into()]
}

/// Returns the gender that the text names: true for `m` and `male`, false for `f` and `female`, and `None` for any
/// other text. Case, spaces and width make no difference.
fn gender(text: &str) -> Option<bool> {
    match comparable_form(text, ValueKind::Gender).as_str() {
        "m" | "male" => Some(true),
        "f" | "female" => Some(false),
        _ => None,
    }
}

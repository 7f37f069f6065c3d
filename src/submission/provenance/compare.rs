//! Compares two values of a field. If the values differ only in form, such as upper and lower case, names the
//! differences in form (normalizations).
//!
//! Two values that differ only in form are equivalent, not a mismatch. The kind of the values decides what is form:
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

/// The result of comparing two values of one field, such as a name that the OCR read and the name that a person
/// corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::submission) enum Comparison {
    Same,
    Equivalent(Vec<Normalization>),
    Differs,
    /// The values are not the same byte by byte, and cannot be compared in any other way: they are too long, or one of
    /// them is a date in an unknown form.
    Unclear,
}

/// Length in bytes above which two values are only tested for being the same bytes, and not compared in any other way.
/// No name, number, date or address is that long. The limit exists because a hostile answer of the service could
/// otherwise delay the drawing of the screen.
pub(super) const MAX_COMPARED_BYTES: usize = 2 * 1024;

/// Compares two values of a field, both as the service sent them. `kind` is the kind of the values, such as a date. It
/// decides which differences in notation ([`Normalization`]) are ignored, such as upper and lower case.
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

/// Returns two lists: the first says for each grapheme of `one` whether it differs from `other`, and the second says
/// for each grapheme of `other` whether it differs from `one`. If `kind` is a date, all graphemes of a differing year,
/// month or day count as differing. Both lists are empty if a value is very long.
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

/// The characters that hide others in a masked value: the service masks with `*`, and this program with `•`.
const HIDDEN: [char; 2] = ['*', BULLET];

/// Returns whether a part of the value `text` is hidden: the service masked it with `*`, as in `K** M****`, or this
/// program masked it with `•` when it exported the submission. `others` has the values of the same field in the other
/// sources (raw OCR, OCR, reviewed, final). Returns false if one of them contradicts the characters of `text` that are
/// still visible. Values with `•` are not checked for this, because one bullet may hide any number of characters.
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

/// Returns whether two texts are dates that can only be the same day. A text in which day and month may change places,
/// such as `03/04/1990`, can be two days, so the result is false for it.
fn is_same_day(one: &str, other: &str) -> bool {
    let day = |text: &str| match date::readings(&narrow(text)).as_slice() {
        [only] => Some(only.date),
        _ => None,
    };
    day(one).is_some_and(|date| Some(date) == day(other))
}

/// Returns whether two texts are the same point in time in two notations.
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

/// Returns true for `m` and `male`, false for `f` and `female`, and `None` for any other text. Case, spaces and
/// full-width letters make no difference.
fn gender(text: &str) -> Option<bool> {
    match comparable_form(text, ValueKind::Gender).as_str() {
        "m" | "male" => Some(true),
        "f" | "female" => Some(false),
        _ => None,
    }
}

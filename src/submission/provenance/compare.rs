//! Compares two values of a field. If the values differ only in form, such as upper and lower case, names the
//! differences in form (normalizations).
//!
//! Two values that differ only in form are not a mismatch. No text is converted from one script (writing system) to
//! another, so `김` and `Kim` differ.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_compatible;

use super::date::{self, DateReading};
use super::diff;
use crate::text::fold;

/// Difference in form, such as upper and lower case, that is ignored when two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normalization {
    /// Upper and lower case.
    Case,
    /// The number and kind of spaces.
    Spacing,
    /// Full-width and half-width characters.
    Width,
    /// Composed and decomposed characters, such as an accent as a character of its own.
    Composition,
    /// Two formats of the same date, such as `1990-03-14` and `14 MAR 1990`.
    Date,
    /// The same date, if an ambiguous text such as `03/04/1990` is read with the day first.
    DayFirst,
    /// The same date, if an ambiguous text such as `03/04/1990` is read with the month first.
    MonthFirst,
    /// `M` and `F` for `male` and `female`.
    Gender,
}

impl Normalization {
    /// Returns the words for this difference in form on the screen, such as `date format`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Spacing => "spacing",
            Self::Width => "width",
            Self::Composition => "accent encoding",
            Self::Date => "date format",
            Self::DayFirst => "date format, day first",
            Self::MonthFirst => "date format, month first",
            Self::Gender => "M/F for male/female",
        }
    }
}

/// Kind of a field's values. The kind decides which differences in form, such as upper and lower case, are ignored when
/// two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    Text,
    Date,
    Gender,
    /// Any kind of value, because the name of the field is not documented.
    Open,
}

/// The result of comparing two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Same,
    Equivalent(Vec<Normalization>),
    Differs,
    /// The values are not the same byte by byte, and are too long for any other comparison.
    Unclear,
}

/// Length in bytes above which values are only compared byte by byte. No name, number, date or address is that long.
/// The limit exists because a hostile answer of the service could otherwise delay the drawing of the screen.
pub(super) const MAX_COMPARED_BYTES: usize = 2 * 1024;

/// Compares `one` and `other`, two values of a field as sent. `kind`, the kind of the values, decides which differences
/// in form are ignored.
pub(super) fn compare(one: &str, other: &str, kind: ValueKind) -> Comparison {
    if one == other {
        return Comparison::Same;
    }
    if one.len().max(other.len()) > MAX_COMPARED_BYTES {
        return Comparison::Unclear;
    }
    if let Some(normalizations) = same_spelling(one, other) {
        return Comparison::Equivalent(normalizations);
    }
    let normalization = match kind {
        ValueKind::Date | ValueKind::Open => same_day(one, other),
        ValueKind::Gender => gender(one).filter(|sex| Some(*sex) == gender(other)).map(|_| Normalization::Gender),
        ValueKind::Text => None,
    };
    normalization.map_or(Comparison::Differs, |normalization| Comparison::Equivalent(vec![normalization]))
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
        // Positions are those of the narrowed text, so they hold only if nothing was narrowed.
        let nearest = pairs.max_by_key(|(a, b)| equal(a, b)).filter(|_| narrow(one) == one && narrow(other) == other);
        if let Some((a, b)) = nearest {
            let differing = parts(a).into_iter().zip(parts(b)).map(|(a, b)| a != b);
            let places = |reading: &DateReading| {
                let places = reading.places.iter().cloned().zip(differing.clone());
                places.filter(|(_, differs)| *differs).map(|(place, _)| place).collect::<Vec<_>>()
            };
            return (diff::within(one, &places(a)), diff::within(other, &places(b)));
        }
    }
    diff::diff(one, other)
}

/// Returns whether `text` is a value that the service masked with `*`, as in `K** M****`. `others` has the values of
/// the same field in other sources. If one of them does not fit the characters of `text` that are still visible, the
/// result is false.
pub(super) fn is_withheld(text: &str, others: &[&str]) -> bool {
    if text.len() > MAX_COMPARED_BYTES || !text.contains('*') {
        return false;
    }
    let bare: Vec<char> = text.chars().filter(|c| !matches!(c, '{' | '}') && !c.is_whitespace()).collect();
    if !bare.iter().any(|c| c.is_alphanumeric()) {
        return true;
    }
    // A star matches any character: a value that contradicts the visible characters still differs.
    others.iter().all(|other| {
        let other: Vec<char> = other.chars().filter(|c| !c.is_whitespace()).take(MAX_COMPARED_BYTES + 1).collect();
        other.len() == bare.len() && bare.iter().zip(&other).all(|(a, b)| *a == '*' || *b == '*' || a == b)
    })
}

/// Returns the form in which a grapheme is compared with other graphemes: in lower case, and with full-width and
/// half-width characters in their ordinary form. Empty for a space.
pub(super) fn bare(grapheme: &str) -> String {
    let text: String = narrow(grapheme).chars().filter(|c| !c.is_whitespace()).collect();
    fold(&text)
}

/// Returns the differences in form (spaces, case, width, composition) that must be ignored to make `one` and `other`
/// the same, as few as possible. Returns `None` if the values differ even if all these differences are ignored.
fn same_spelling(one: &str, other: &str) -> Option<Vec<Normalization>> {
    const SPELLING: [Normalization; 4] =
        [Normalization::Spacing, Normalization::Case, Normalization::Width, Normalization::Composition];
    let equal = |normalizations: &[Normalization]| normalized(one, normalizations) == normalized(other, normalizations);
    let mut normalizations = SPELLING.to_vec();
    if !equal(&normalizations) || normalized(one, &normalizations).is_empty() {
        return None;
    }
    for normalization in SPELLING {
        let fewer: Vec<Normalization> = normalizations.iter().copied().filter(|kept| *kept != normalization).collect();
        if equal(&fewer) {
            normalizations = fewer;
        }
    }
    normalizations.sort_unstable();
    Some(normalizations)
}

/// Returns a text without the differences in form that `normalizations` lists: for [`Normalization::Case`] in lower
/// case, for [`Normalization::Spacing`] without spaces, and so on.
fn normalized(text: &str, normalizations: &[Normalization]) -> String {
    let mut text = text.to_owned();
    if normalizations.contains(&Normalization::Width) {
        text = narrow(&text);
    }
    if normalizations.contains(&Normalization::Spacing) {
        text.retain(|c| !c.is_whitespace());
    }
    if normalizations.contains(&Normalization::Composition) {
        text = text.nfc().collect();
    }
    if normalizations.contains(&Normalization::Case) {
        text = fold(&text);
    }
    text
}

/// Returns a text with full-width letters and half-width kana and Hangul replaced by their ordinary forms. Other
/// characters stay unchanged.
fn narrow(text: &str) -> String {
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

fn same_day(one: &str, other: &str) -> Option<Normalization> {
    let (a, b) = (date::readings(&narrow(one)), date::readings(&narrow(other)));
    let mut same = a.iter().flat_map(|a| b.iter().map(move |b| (a, b))).filter(|(a, b)| a.date == b.date);
    let (a, b) = same.next()?;
    Some(match a.day_first.or(b.day_first) {
        None => Normalization::Date,
        Some(true) => Normalization::DayFirst,
        Some(false) => Normalization::MonthFirst,
    })
}

/// Returns the year, month and day of the date `reading`, in this order.
fn parts(reading: &DateReading) -> [i16; 3] {
    [reading.date.year(), reading.date.month().into(), reading.date.day().into()]
}

/// Returns true for `m` and `male`, false for `f` and `female`, and `None` for any other text. Case, spaces and
/// full-width letters make no difference.
fn gender(text: &str) -> Option<bool> {
    match normalized(text, &[Normalization::Width, Normalization::Spacing, Normalization::Case]).as_str() {
        "m" | "male" => Some(true),
        "f" | "female" => Some(false),
        _ => None,
    }
}

//! Compares two values, and names the normalizations under which they are the same.
//!
//! Two values that differ only in form are not a mismatch; the difference in form is named. Nothing is transliterated,
//! so values in two scripts differ.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_compatible;

use super::date::{self, DateReading};
use super::diff;
use crate::text::fold;

/// Difference in form that is ignored when two values are compared.
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
    /// Two formats of the same date.
    Date,
    /// The same date if the ambiguous text is read with the day first.
    DayFirst,
    /// The same date if the ambiguous text is read with the month first.
    MonthFirst,
    /// `M` and `F` for `male` and `female`.
    Gender,
}

impl Normalization {
    /// Returns the name of the normalization on the screen.
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

/// The kind of a value, which decides the normalizations that apply.
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
/// The limit keeps a hostile answer from delaying a frame.
pub(super) const MAX_COMPARED_BYTES: usize = 2 * 1024;

/// Compares two values as sent; `kind` decides which differences in form are ignored.
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

/// Returns two lists, which say for each grapheme of `one` and `other` whether the grapheme differs. In dates, a whole
/// year, month or day is marked. Both lists are empty if a value is very long.
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

/// Returns whether the service masked a value with `*`. Returns false if another value contradicts the characters that
/// are still visible.
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

/// Returns the form in which a grapheme is compared with others, without case and width; empty for a space.
pub(super) fn bare(grapheme: &str) -> String {
    let text: String = narrow(grapheme).chars().filter(|c| !c.is_whitespace()).collect();
    fold(&text)
}

/// Returns the smallest set of normalizations of spelling after which both values are the same; `None` if the values
/// differ even with all normalizations.
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

/// Returns a text with the normalizations applied.
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

/// Returns a text with full-width letters and half-width kana and Hangul in their ordinary forms, else unchanged.
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

/// Returns year, month and day of a date.
fn parts(reading: &DateReading) -> [i16; 3] {
    [reading.date.year(), reading.date.month().into(), reading.date.day().into()]
}

/// Returns true for a word that means male, false for a word that means female, and `None` for any other word.
fn gender(text: &str) -> Option<bool> {
    match normalized(text, &[Normalization::Width, Normalization::Spacing, Normalization::Case]).as_str() {
        "m" | "male" => Some(true),
        "f" | "female" => Some(false),
        _ => None,
    }
}

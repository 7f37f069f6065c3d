//! Whether two values are the same, and what has to be left aside to say so.
//!
//! A difference of shape alone is named and is no mismatch. Nothing is transliterated: two scripts are two values.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_compatible;

use super::date::{self, Reading};
use super::spots;
use crate::text::fold;

/// What has to be left aside for two values to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Upper and lower case.
    Case,
    /// Spaces: their number, their kind, or whether there is one.
    Spacing,
    /// Full and half width.
    Width,
    /// One character or several for the same letter: an accent that stands as a character of its own.
    Composition,
    /// The same day printed otherwise.
    Date,
    /// The same day, if the day is read before the month; the text leaves that open.
    DayFirst,
    /// The same day, if the month is read before the day; the text leaves that open.
    MonthFirst,
    /// `M` and `F` as printed against `male` and `female`.
    Gender,
}

impl Way {
    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Spacing => "spacing",
            Self::Width => "width",
            Self::Composition => "accents encoded otherwise",
            Self::Date => "date shape",
            Self::DayFirst => "date shape, day read first",
            Self::MonthFirst => "date shape, month read first",
            Self::Gender => "M/F for male/female",
        }
    }
}

/// What kind of value is compared, which decides what may be left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Date,
    Gender,
    /// Nobody knows: a name that the service leaves open.
    Open,
}

/// How two values go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    Alike(Vec<Way>),
    Differs,
    /// They are not the same byte by byte, and too long to be compared otherwise.
    Unclear,
}

/// Bytes up to which values are compared in another way than byte by byte. No name, number, date or address comes near it;
/// it keeps a hostile answer from costing a frame.
pub(super) const LONGEST: usize = 2 * 1024;

/// Compares two values as they were sent.
pub(super) fn compare(one: &str, other: &str, shape: Shape) -> Likeness {
    if one == other {
        return Likeness::Same;
    }
    if one.len().max(other.len()) > LONGEST {
        return Likeness::Unclear;
    }
    if let Some(ways) = spelled(one, other) {
        return Likeness::Alike(ways);
    }
    let way = match shape {
        Shape::Date | Shape::Open => same_day(one, other),
        Shape::Gender => gender(one).filter(|sex| Some(*sex) == gender(other)).map(|_| Way::Gender),
        Shape::Text => None,
    };
    way.map_or(Likeness::Differs, |way| Likeness::Alike(vec![way]))
}

/// Which graphemes of two values differ; of two dates the year, month or day that differs. Nothing of very long ones.
pub(super) fn differences(one: &str, other: &str, shape: Shape) -> (Vec<bool>, Vec<bool>) {
    if one.len().max(other.len()) > LONGEST {
        return (Vec::new(), Vec::new());
    }
    if shape == Shape::Date {
        let (a, b) = (date::readings(&narrow(one)), date::readings(&narrow(other)));
        let equal = |a: &Reading, b: &Reading| parts(a).into_iter().zip(parts(b)).filter(|(a, b)| a == b).count();
        let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
        // Places are those of the narrow text: only there if nothing had to be narrowed.
        let nearest = pairs.max_by_key(|(a, b)| equal(a, b)).filter(|_| narrow(one) == one && narrow(other) == other);
        if let Some((a, b)) = nearest {
            let differing = parts(a).into_iter().zip(parts(b)).map(|(a, b)| a != b);
            let places = |reading: &Reading| {
                let places = reading.places.iter().cloned().zip(differing.clone());
                places.filter(|(_, differs)| *differs).map(|(place, _)| place).collect::<Vec<_>>()
            };
            return (spots::within(one, &places(a)), spots::within(other, &places(b)));
        }
    }
    spots::spots(one, other)
}

/// Whether the service masked one of two values itself, so that they cannot be compared further than its `*` allow.
pub(super) fn is_withheld(text: &str, others: &[&str]) -> bool {
    if text.len() > LONGEST || !text.contains('*') {
        return false;
    }
    let bare: Vec<char> = text.chars().filter(|c| !matches!(c, '{' | '}') && !c.is_whitespace()).collect();
    if !bare.iter().any(|c| c.is_alphanumeric()) {
        return true;
    }
    // A star is any character: with some of them known, a value that cannot be the same is still a difference.
    others.iter().all(|other| {
        let other: Vec<char> = other.chars().filter(|c| !c.is_whitespace()).take(LONGEST + 1).collect();
        other.len() == bare.len() && bare.iter().zip(&other).all(|(a, b)| *a == '*' || *b == '*' || a == b)
    })
}

/// A grapheme in the form in which characters are compared: nothing for a space.
pub(super) fn bare(grapheme: &str) -> String {
    let text: String = narrow(grapheme).chars().filter(|c| !c.is_whitespace()).collect();
    fold(&text)
}

/// What has to be left aside of the spelling, the fewest ways that do; `None` when the characters differ.
fn spelled(one: &str, other: &str) -> Option<Vec<Way>> {
    const SPELLING: [Way; 4] = [Way::Spacing, Way::Case, Way::Width, Way::Composition];
    let equal = |ways: &[Way]| without(one, ways) == without(other, ways);
    let mut ways = SPELLING.to_vec();
    if !equal(&ways) || without(one, &ways).is_empty() {
        return None;
    }
    for way in SPELLING {
        let fewer: Vec<Way> = ways.iter().copied().filter(|kept| *kept != way).collect();
        if equal(&fewer) {
            ways = fewer;
        }
    }
    ways.sort_unstable();
    Some(ways)
}

/// A text without what the ways leave aside.
fn without(text: &str, ways: &[Way]) -> String {
    let mut text = text.to_owned();
    if ways.contains(&Way::Width) {
        text = narrow(&text);
    }
    if ways.contains(&Way::Spacing) {
        text.retain(|c| !c.is_whitespace());
    }
    if ways.contains(&Way::Composition) {
        text = text.nfc().collect();
    }
    if ways.contains(&Way::Case) {
        text = fold(&text);
    }
    text
}

/// Full-width letters and half-width kana and Hangul in their ordinary forms, and nothing else changed.
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

fn same_day(one: &str, other: &str) -> Option<Way> {
    let (a, b) = (date::readings(&narrow(one)), date::readings(&narrow(other)));
    let mut same = a.iter().flat_map(|a| b.iter().map(move |b| (a, b))).filter(|(a, b)| a.date == b.date);
    let (a, b) = same.next()?;
    Some(match a.day_first.or(b.day_first) {
        None => Way::Date,
        Some(true) => Way::DayFirst,
        Some(false) => Way::MonthFirst,
    })
}

/// Year, month and day.
fn parts(reading: &Reading) -> [i16; 3] {
    [reading.date.year(), reading.date.month().into(), reading.date.day().into()]
}

/// Whether a word means male or female.
fn gender(text: &str) -> Option<bool> {
    match without(text, &[Way::Width, Way::Spacing, Way::Case]).as_str() {
        "m" | "male" => Some(true),
        "f" | "female" => Some(false),
        _ => None,
    }
}

//! Dates as documents print them: every reading that a text allows.
//!
//! Nothing is guessed: `03/04/1990` has two readings, and both are kept. Two digits are no year.

use std::ops::Range;

use jiff::civil::Date;

const MONTHS: &str = "january february march april may june july august september october november december";

/// One way to read a text as a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) date: Date,
    /// Whether the day was taken to stand before the month; `None` where the text leaves no choice.
    pub(super) day_first: Option<bool>,
    /// Where year, month and day stand in the text, in bytes.
    pub(super) places: [Range<usize>; 3],
}

/// Every date that a text can mean: none when it is no date, two when day and month can be either.
///
/// Read are year, month and day in the orders in which documents print them, between any signs, the month as a number or
/// in English, or all as eight digits. Between dots the day stands first, as wherever dates are printed so.
pub(super) fn readings(text: &str) -> Vec<Reading> {
    let Some(parts) = parts(text) else { return Vec::new() };
    let found = match parts.as_slice() {
        [whole] if whole.digits == 8 => {
            let cut = |from: usize, to: usize| Part::read(text, whole.place.start + from..whole.place.start + to);
            let year_first = cut(0, 4).zip(cut(4, 6)).zip(cut(6, 8));
            let year_last = cut(4, 8).zip(cut(2, 4)).zip(cut(0, 2));
            let both = [year_first, year_last].into_iter().flatten();
            return both.filter_map(|((year, month), day)| reading(&year, &month, &day, None)).collect();
        }
        [year, month, day] if year.digits == 4 => [reading(year, month, day, None), None],
        [day, month, year] if year.digits == 4 && month.digits == 0 => [reading(year, month, day, None), None],
        [month, day, year] if year.digits == 4 && month.digits == 0 => [reading(year, month, day, None), None],
        [first, second, year] if year.digits == 4 => {
            let between = text.get(first.place.end..second.place.start).unwrap_or_default();
            let month_first = reading(year, first, second, Some(false)).filter(|_| !between.contains('.'));
            [reading(year, second, first, Some(true)), month_first]
        }
        _ => [None, None],
    };
    let [Some(one), Some(other)] = &found else {
        return found.into_iter().flatten().map(|only| Reading { day_first: None, ..only }).collect();
    };
    if one.date == other.date {
        return vec![Reading { day_first: None, ..one.clone() }];
    }
    found.into_iter().flatten().collect()
}

fn reading(year: &Part, month: &Part, day: &Part, day_first: Option<bool>) -> Option<Reading> {
    let is_short = |part: &Part| matches!(part.digits, 1 | 2);
    if year.digits != 4 || !is_short(day) || !(is_short(month) || month.digits == 0) {
        return None;
    }
    let date = Date::new(year.value, month.value.try_into().ok()?, day.value.try_into().ok()?).ok()?;
    // A card number of eight digits is seldom a year of a living person.
    let plausible = (1850..2200).contains(&date.year());
    plausible.then(|| Reading { date, day_first, places: [&year.place, &month.place, &day.place].map(Range::clone) })
}

/// A number, or the name of a month.
struct Part {
    place: Range<usize>,
    value: i16,
    /// How many digits it has; 0 for a name.
    digits: usize,
}

impl Part {
    fn read(text: &str, place: Range<usize>) -> Option<Self> {
        let part = text.get(place.clone())?;
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            // Eight digits are cut later; nothing else of that length is a part of a date.
            let value = if part.len() == 8 { 0 } else { part.parse().ok()? };
            return Some(Self { place, value, digits: part.len() });
        }
        let name = part.to_ascii_lowercase();
        let means = |month: &str| month == name || (name.len() == 3 && month.starts_with(&name));
        let month = (1..).zip(MONTHS.split(' ')).find(|(_, month)| means(month)).map(|(number, _)| number)?;
        Some(Self { place, value: month, digits: 0 })
    }
}

/// The numbers and names of a text; `None` when anything else but signs, spaces and the East Asian words for year, month
/// and day stands between them.
fn parts(text: &str) -> Option<Vec<Part>> {
    // No date is longer, and what is no date need not be read to its end.
    if text.len() > 40 {
        return None;
    }
    let mut parts = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_digit = c.is_ascii_digit();
        let is_part = is_digit || c.is_ascii_alphabetic();
        if !is_part && c.is_alphabetic() && !matches!(c, '년' | '월' | '일' | '年' | '月' | '日') {
            return None;
        }
        if let Some((from, _)) = start.filter(|(_, digits)| !is_part || *digits != is_digit) {
            parts.push(Part::read(text, from..at)?);
            start = None;
        }
        if is_part && start.is_none() {
            start = Some((at, is_digit));
        }
    }
    Some(parts)
}

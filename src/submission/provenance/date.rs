//! Parses dates as identity documents print them, and returns every date that a text can mean.
//!
//! Nothing is guessed: for `03/04/1990`, both 3 April and 4 March are returned. A year of two digits is not accepted.

use std::ops::Range;

use jiff::civil::Date;

use super::characters::is_punctuation;
use crate::text::typed;

const MONTHS: &str = "january february march april may june july august september october november december";

/// One date that a text can mean, with the positions of its year, month and day in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateReading {
    pub(super) date: Date,
    /// The byte ranges of the year, the month and the day in the text, in this order.
    pub(super) places: [Range<usize>; 3],
}

/// Returns every date that a text can mean. The result is empty if the text is not a date. It has several dates if day
/// and month cannot be told apart.
///
/// A year, a month and a day are accepted in the orders in which identity documents print them, with any separators.
/// The month may be a number or an English name. Eight digits without separators are accepted as well. If dots separate
/// the numbers and the year is last, the day comes before the month.
pub(super) fn readings(text: &str) -> Vec<DateReading> {
    let Some(parts) = parts(text) else { return Vec::new() };
    let mut found: Vec<DateReading> = match parts.as_slice() {
        [whole] if whole.digits == 8 => {
            let digits = text.get(whole.place.clone()).unwrap_or_default();
            let place = |digit: usize| {
                let at = digits.char_indices().nth(digit).map_or(digits.len(), |(at, _)| at);
                whole.place.start + at
            };
            let cut = |from: usize, to: usize| DatePart::read(text, place(from)..place(to));
            let year_first = cut(0, 4).zip(cut(4, 6)).zip(cut(6, 8));
            let day_first = cut(4, 8).zip(cut(2, 4)).zip(cut(0, 2));
            let month_first = cut(4, 8).zip(cut(0, 2)).zip(cut(2, 4));
            let orders = [year_first, day_first, month_first].into_iter().flatten();
            orders.filter_map(|((year, month), day)| reading(&year, &month, &day)).collect()
        }
        [year, month, day] if year.digits == 4 => Vec::from_iter(reading(year, month, day)),
        [day, month, year] if year.digits == 4 && month.digits == 0 => Vec::from_iter(reading(year, month, day)),
        [month, day, year] if year.digits == 4 && month.digits == 0 => Vec::from_iter(reading(year, month, day)),
        [first, second, year] if year.digits == 4 => {
            let between = text.get(first.place.end..second.place.start).unwrap_or_default();
            let month_first = reading(year, first, second).filter(|_| !between.contains('.'));
            reading(year, second, first).into_iter().chain(month_first).collect()
        }
        _ => Vec::new(),
    };
    found.dedup_by(|one, other| one.date == other.date);
    found
}

/// Returns whether a text looks like a date that [`readings`] cannot read. Its year may have two or three digits, or be
/// one of another calendar (such as 2569 in Thailand). Its digits may be of another script.
pub(super) fn is_unknown_form(text: &str) -> bool {
    if !readings(text).is_empty() {
        return false;
    }
    let has_other_digits = text.chars().any(|c| !c.is_ascii() && digit(c).is_some());
    has_other_digits
        || parts(text).is_some_and(|parts| match parts.as_slice() {
            [whole] => whole.digits == 6,
            [_, _, _] => match parts.iter().find(|part| part.digits == 4) {
                // Years of the Islamic, the Persian and the Buddhist calendar in this century and the last.
                Some(year) => matches!(year.value, 1_300..=1_500 | 2_440..=2_650),
                None => parts.iter().all(|part| part.digits < 4) && parts.iter().any(|part| part.digits > 0),
            },
            _ => false,
        })
}

fn reading(year: &DatePart, month: &DatePart, day: &DatePart) -> Option<DateReading> {
    let is_short = |part: &DatePart| matches!(part.digits, 1 | 2);
    if year.digits != 4 || !is_short(day) || !(is_short(month) || month.digits == 0) {
        return None;
    }
    let date = Date::new(year.value, month.value.try_into().ok()?, day.value.try_into().ok()?).ok()?;
    // A card number of eight digits is seldom a year of a living person.
    let plausible = (1850..2200).contains(&date.year());
    plausible.then(|| DateReading { date, places: [&year.place, &month.place, &day.place].map(Range::clone) })
}

/// Part of a date as text: a number, or the name of a month.
struct DatePart {
    place: Range<usize>,
    value: i16,
    /// Number of digits; 0 for the name of a month.
    digits: usize,
}

impl DatePart {
    fn read(text: &str, place: Range<usize>) -> Option<Self> {
        let part = text.get(place.clone())?;
        if let Some(number) = part.chars().map(digit).collect::<Option<String>>() {
            // Eight digits are split later; no other number of more than four digits is a part of a date.
            let value = if number.len() > 4 { 0 } else { number.parse().ok()? };
            return Some(Self { place, value, digits: number.len() });
        }
        let name = part.to_ascii_lowercase();
        let means = |month: &str| month == name || (name.len() == 3 && month.starts_with(&name));
        let month = (1..).zip(MONTHS.split(' ')).find(|(_, month)| means(month)).map(|(number, _)| number)?;
        Some(Self { place, value: month, digits: 0 })
    }
}

/// Returns the ASCII digit for a decimal digit of any script, such as `3` for the Arabic `٣`; `None` for any other
/// character.
fn digit(c: char) -> Option<char> {
    if c.is_ascii_digit() { Some(c) } else { typed::ascii(c).filter(char::is_ascii_digit) }
}

/// Returns the parts of a date in a text: numbers, and names of months. Punctuation, spaces and the East Asian words
/// for year, month and day may separate them. Returns `None` if the text contains anything else, or is longer than any
/// date.
fn parts(text: &str) -> Option<Vec<DatePart>> {
    // No date is longer, and a longer text need not be read to its end.
    if text.len() > 40 {
        return None;
    }
    let mut parts = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_digit = digit(c).is_some();
        let is_part = is_digit || c.is_ascii_alphabetic();
        let is_separator = c.is_whitespace() || is_punctuation(c);
        if !is_part && !is_separator && !matches!(c, '년' | '월' | '일' | '年' | '月' | '日') {
            return None;
        }
        if let Some((from, _)) = start.filter(|(_, digits)| !is_part || *digits != is_digit) {
            parts.push(DatePart::read(text, from..at)?);
            start = None;
        }
        if is_part && start.is_none() {
            start = Some((at, is_digit));
        }
    }
    Some(parts)
}

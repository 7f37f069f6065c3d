//! Parses the dates of the filter keys `from:`, `to:` and `on:`. All dates are days in UTC, because the service sends
//! its times in UTC.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan as _};

use super::key::Parameter;
use crate::text::is_similar_word;
use crate::text::typed::in_ascii;

const FORMS: &str = "a date is YYYY-MM-DD, today, yesterday, monday to sunday, week, -7d, -4w or month";

/// Words of the filter language for the days of the week. Each word means the last such day, or today if today is such
/// a day.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The days that a date term of the filter sets: the first day (`from:`), the last day (`to:`), or both (`on:`). `None`
/// for the first or the last day means no limit.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
}

impl Days {
    /// Parses `text`, the value of a date key such as `from:`. `parameter` says which key it is: `from:` sets the first
    /// day only, `to:` the last day only, and `on:` both. Relative dates such as `-7d` count from `today`. The error is
    /// a text that says what is wrong with the value.
    pub(super) fn read(parameter: Parameter, text: &str, today: Date) -> Result<Self, String> {
        let (first, last) = read(text, today)?;
        Ok(match parameter {
            Parameter::From => Self { start: Some(first), end: None },
            Parameter::To => Self { start: None, end: Some(last) },
            _ => Self { start: Some(first), end: Some(last) },
        })
    }

    /// Returns the days as text for the screen: `2026-11-16` for one day, or `2026-11-01 to 2026-11-30` for a first and
    /// a last day that differ.
    pub(super) fn in_words(self) -> String {
        match (self.start, self.end) {
            (Some(start), Some(end)) if start != end => format!("{start} to {end}"),
            (start, end) => start.or(end).map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// Returns the days as filter terms with absolute dates, such as `from:2026-11-01 to:2026-11-30`. Unlike
    /// `yesterday`, such a term means the same on any later day.
    pub(super) fn written(self) -> String {
        match (self.start, self.end) {
            (Some(start), Some(end)) if start == end => format!("on:{start}"),
            (Some(start), Some(end)) => format!("from:{start} to:{end}"),
            (Some(start), None) => format!("from:{start}"),
            (None, end) => end.map(|end| format!("to:{end}")).unwrap_or_default(),
        }
    }
}

/// Parses a date such as `2026-11-21`, `monday`, `-7d` or `month`, and returns its first and its last day. The two days
/// differ only for `week`, the week of `today` from Monday to Sunday, and for `month`, the month of `today`. The error
/// is a text that says what is wrong with the date.
fn read(text: &str, today: Date) -> Result<(Date, Date), String> {
    let word = text.to_ascii_lowercase();
    let day = match word.as_str() {
        "today" => today,
        "yesterday" => back(today, 1.day())?,
        "week" => {
            let monday = last(Weekday::Monday, today)?;
            // The week in which the calendar of the program ends is shorter.
            return Ok((monday, monday.saturating_add(6.days())));
        }
        "month" => return Ok((today.first_of_month(), today.last_of_month())),
        _ => match (word.strip_prefix('-'), WEEKDAYS.iter().find(|(name, _)| *name == word)) {
            (_, Some((_, weekday))) => last(*weekday, today)?,
            (Some(ago), None) => relative(ago, today)?,
            (None, None) => {
                absolute(text).map_err(|wrong| meant(&word).map_or(wrong, |near| format!("did you mean {near}")))?
            }
        },
    };
    Ok((day, day))
}

/// Returns the last day up to `today` that has the weekday `weekday`: `today`, or one of the six days before it. The
/// error is a text that says that the day is earlier than any date that can be represented.
fn last(weekday: Weekday, today: Date) -> Result<Date, String> {
    back(today, today.weekday().since(weekday).days())
}

/// Returns the date word that the user probably meant with `typed`, such as `monday` for `mon` or `munday`. `None` if
/// no date word is similar.
fn meant(typed: &str) -> Option<&'static str> {
    let mut words = ["today", "yesterday", "week"].into_iter().chain(WEEKDAYS.map(|(name, _)| name)).chain(["month"]);
    words.find(|word| is_similar_word(typed, word))
}

/// Parses `ago`, a number of days or weeks such as `7d` or `2w`. Returns the day that is so far before `today`. The
/// error is a text that says what is wrong.
fn relative(ago: &str, today: Date) -> Result<Date, String> {
    let (number, days) = match (ago.strip_suffix('d'), ago.strip_suffix('w')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 7),
        _ => return Err(FORMS.into()),
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FORMS.into());
    }
    let days = number.parse().ok().and_then(|number: i64| number.checked_mul(days));
    let span = days.and_then(|days| Span::new().try_days(days).ok());
    back(today, span.ok_or_else(too_far)?)
}

fn back(today: Date, span: Span) -> Result<Date, String> {
    today.checked_sub(span).ok().filter(|day| day.year() > 0).ok_or_else(too_far)
}

fn too_far() -> String {
    "that is before the year 1".into()
}

/// Parses a date of the form `YYYY-MM-DD`, such as `2026-11-21`.
///
/// # Errors
/// Returns a text that says what is wrong with the date, or which forms a date can have.
pub fn absolute(text: &str) -> Result<Date, String> {
    let meant = in_ascii(text);
    if meant != text {
        return absolute(&meant).and_then(|day| Err(format!("write it as {day}")));
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(digits) {
        return Err(FORMS.into());
    }
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [year, _] if year.len() == 4 => return Err("the day is missing: YYYY-MM-DD".into()),
        [year] if year.len() == 4 => return Err("the month is missing: YYYY-MM-DD".into()),
        [all] => match (all.get(..4), all.get(4..6), all.get(6..8)) {
            (Some(year), Some(month), Some(day)) if all.len() == 8 => (year, month, day),
            _ => return Err(FORMS.into()),
        },
        _ => return Err(FORMS.into()),
    };
    let (Ok(y), Ok(m), Ok(d)) = (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>()) else {
        return Err(FORMS.into());
    };
    if year.len() != 4 {
        return Err("a year has four digits: YYYY-MM-DD".into());
    }
    if y == 0 {
        return Err("year 0000 does not exist".into());
    }
    if !(1..=12).contains(&m) {
        return Err(format!("month {month} does not exist"));
    }
    let days = date(y, m, 1).days_in_month();
    if d < 1 {
        return Err(format!("day {day} does not exist"));
    }
    if d > days {
        return Err(format!("{y:04}-{m:02} has {days} days"));
    }
    let day = date(y, m, d);
    if text.len() != 10 || text.contains(['/', '.']) { Err(format!("write it as {day}")) } else { Ok(day) }
}

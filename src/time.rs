//! Reads timestamps as the service sends them, shows them in a time zone, and formats durations.
//!
//! This module reads no clock and no environment variables: the caller passes the time zone of the computer as a value.

mod span;
mod zone;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

pub use span::{coarse_span, parse_span, span};
pub use zone::Zone;

/// Parses a timestamp in any of the formats below; returns `None` for any other text.
///
/// * ISO 8601 with `Z` or an offset, with or without a fraction.
/// * ISO 8601 without a zone, or with a space instead of the `T`. Such a time is in UTC, since the service's
///   documentation says that every time of an answer is UTC.
/// * The format of the samples in the service's documentation, `YYYY-MM-DD-HH-MM-SS-ZZZ`. The last part (`ZZZ`) is
///   `UTC`, `GMT` or `Z`, or is missing, or has three digits, which are milliseconds.
///
/// A date without a time is not a timestamp. A number alone is not a timestamp, either: no page of the service
/// documents such a number, and it could mean seconds or milliseconds.
pub fn parse_timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim_ascii();
    // No time is longer. The limit also bounds the cost of a text that is not a time.
    if text.len() > 64 {
        return None;
    }
    dashed(text).or_else(|| zoned(text)).or_else(|| unzoned(text))
}

fn zoned(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

fn unzoned(text: &str) -> Option<Timestamp> {
    // Without the colon a date alone would be read as its midnight.
    if !text.contains(':') {
        return None;
    }
    utc(text.parse().ok()?)
}

fn dashed(text: &str) -> Option<Timestamp> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<i16>().ok()
    };
    let year = number(4)?;
    let mut two = || number(2).and_then(|value| i8::try_from(value).ok());
    let (month, day, hour, minute, second) = (two()?, two()?, two()?, two()?, two()?);
    let millis = match parts.next() {
        None | Some("UTC" | "GMT" | "Z") => 0,
        Some(digits) if digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        Some(_) => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    utc(DateTime::new(year, month, day, hour, minute, second, millis * 1_000_000).ok()?)
}

fn utc(time: DateTime) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(time).ok()
}

#[cfg(test)]
mod tests;

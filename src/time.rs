//! Times as the service sends them, the zones that they are shown in, and how long things take.
//!
//! Owns reading, zones and spans. It reads no clock and no environment: the zone of the machine comes in as a value.

mod span;
mod zone;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

pub use span::{coarse_span, read_span, span};
pub use zone::Zone;

/// Reads a timestamp leniently; `None` when it does not parse.
///
/// Taken are ISO 8601 with `Z` or an offset, with or without a fraction; the same without a zone and with a space for
/// the `T`, as UTC, since the service's documentation calls every time of the answer UTC; and the form that its samples
/// print, `YYYY-MM-DD-HH-MM-SS-ZZZ`, with `UTC`, `GMT` or `Z` as zone, none, or three digits, which can only be
/// milliseconds. A date is no instant. A bare number is none either: no page documents one, and seconds or
/// milliseconds would be a guess.
pub fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim_ascii();
    // Nothing that is a time is longer; this also bounds the cost of one that is not.
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

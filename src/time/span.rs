//! Formats durations for people, and parses durations that people type.

use jiff::{SignedDuration, Span, SpanRelativeTo};

use crate::text::Safe;

/// Formats a duration with one or two units, from the largest unit that it fills: `420 ms`, `3.2 s`, `1 m 05 s`, `2 h
/// 14 m`, `3 d 4 h`.
///
/// The part of the duration below the last unit is cut off and never rounded up; so `1 m 60 s` cannot occur. The text
/// of a negative duration starts with `−`. A duration of less than a millisecond is `0 ms`.
pub fn span(duration: SignedDuration) -> Safe {
    let millis = duration.as_millis().unsigned_abs();
    let seconds = millis / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let sign = if duration.is_negative() && millis > 0 { "−" } else { "" };
    let text = match millis {
        0..1000 => format!("{sign}{millis} ms"),
        1000..60_000 => format!("{sign}{seconds}.{} s", millis % 1000 / 100),
        60_000..3_600_000 => format!("{sign}{minutes} m {:02} s", seconds % 60),
        3_600_000..86_400_000 => format!("{sign}{hours} h {:02} m", minutes % 60),
        _ => format!("{sign}{days} d {} h", hours % 24),
    };
    Safe::sanitize(&text)
}

/// Formats a duration roughly, for a column with many durations: `< 1 m`, `45 m`, `3 h`, and from one day on `2 d 4 h`.
/// The part of the duration below the last unit is cut off and never rounded up.
pub fn coarse_span(duration: SignedDuration) -> Safe {
    let minutes = duration.as_mins().unsigned_abs();
    let (hours, days) = (minutes / 60, minutes / 1440);
    let sign = if duration.is_negative() && minutes > 0 { "−" } else { "" };
    let text = match minutes {
        0 => "< 1 m".to_owned(),
        1..60 => format!("{sign}{minutes} m"),
        60..1440 => format!("{sign}{hours} h"),
        _ => format!("{sign}{days} d {} h", hours % 24),
    };
    Safe::sanitize(&text)
}

/// Parses a duration that a user typed, such as `90m`, `12h`, `2d`, `1d12h`, or `PT36H` (ISO 8601). A day has 24 hours.
///
/// Upper case is also accepted, as in `12H` and `2D`, but not `M` as in `90M`, because `M` may mean months. Returns
/// `None` for months and years, which have no fixed length, for a number without a unit, and for a negative duration.
pub fn parse_span(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    let lower = || Some(text.to_ascii_lowercase()).filter(|_| !text.contains('M'))?.parse().ok();
    let span: Span = text.parse().ok().or_else(lower)?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok().filter(|duration| !duration.is_negative())
}

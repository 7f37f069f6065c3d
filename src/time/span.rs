//! Durations in words.

use jiff::SignedDuration;

use crate::text::Safe;

/// A duration in its two largest units: `420 ms`, `3.2 s`, `1 m 05 s`, `2 h 14 m`, `3 d 4 h`.
///
/// Cut, never rounded up, so that no minute has sixty seconds. A negative one starts with `−`; less than a millisecond
/// is `0 ms`.
#[must_use]
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
    Safe::of(&text)
}

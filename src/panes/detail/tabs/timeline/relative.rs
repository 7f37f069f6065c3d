//! Times of events that are counted from one instant (the origin), as an alternative to clock times.

use jiff::{SignedDuration, Timestamp};

use super::labels;
use crate::submission::timeline::{Event, Time};
use crate::text::Safe;

/// Returns the time from `origin` to an event, with its sign: `+0:19.7`, `−0:02.8`, `+3:46:17.2`, `+3 d 04:05`. The
/// text is empty for an event without a known time, and if `origin` is `None`.
///
/// The last digit is never rounded up. Below one day, the text has seconds and tenths, so that events a few seconds
/// apart have different texts even hours after `origin`. (A [span](crate::time::span) has only its two largest units.)
/// From one day on, the text has minutes but no seconds; the Timeline tab shows the full time below the chart. `~`
/// marks a time that was sent without seconds.
pub(super) fn time_since(event: &Event<'_>, origin: Option<Timestamp>) -> Safe {
    let Some((time, since)) = placing_time(event).zip(origin).map(|((time, at), from)| (time, at.duration_since(from)))
    else {
        return Safe::default();
    };
    let coarse = if labels::to_the_minute(time) { "~" } else { "" };
    Safe::sanitize(&format!("{coarse}{}", signed(since)))
}

/// Returns the time that decides the position of an event on the axis: the start of the event, or else its end. Also
/// returns this time as an instant. `None` if neither time is known.
pub(super) fn placing_time<'e, 'a>(event: &'e Event<'a>) -> Option<(&'e Time<'a>, Timestamp)> {
    [&event.start, &event.end].into_iter().flatten().find_map(|time| Some((time, time.at?)))
}

fn signed(since: SignedDuration) -> String {
    let millis = since.as_millis().unsigned_abs();
    let sign = if since.is_negative() && millis > 0 { '−' } else { '+' };
    let (tenths, seconds, minutes) = (millis % 1000 / 100, millis / 1000 % 60, millis / 60_000 % 60);
    let (hours, days) = (millis / 3_600_000 % 24, millis / 86_400_000);
    match (days, hours) {
        (0, 0) => format!("{sign}{minutes}:{seconds:02}.{tenths}"),
        (0, _) => format!("{sign}{hours}:{minutes:02}:{seconds:02}.{tenths}"),
        _ => format!("{sign}{days} d {hours:02}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_times_are_cut_and_carry_their_sign() {
        let cases = [
            (0, "+0:00.0"),
            (-1, "−0:00.0"),
            (19_799, "+0:19.7"),
            (-2_880, "−0:02.8"),
            (3_599_999, "+59:59.9"),
            (13_577_200, "+3:46:17.2"),
            (-86_399_999, "−23:59:59.9"),
            (273_954_000, "+3 d 04:05"),
        ];
        for (millis, shown) in cases {
            assert_eq!(signed(SignedDuration::from_millis(millis)), shown);
        }
    }
}

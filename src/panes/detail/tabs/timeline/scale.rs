//! The scale of the time axis: it says how much of the drawing each time takes. A stretch (a time with events) counts
//! with its length. A gap (an idle time) counts as one second, however long it is.
//!
//! When the user zooms, the length of the shown span is halved or doubled on this scale, not in clock time. A review
//! may happen days after three minutes of camera processes. In clock time, a user would have to halve the span a dozen
//! times to see these minutes. On this scale, five times are enough to see some seconds. The scale also matches the
//! drawing, since the axis shortens gaps too. A gap counts a little, so that moments before and after it have different
//! positions.

use jiff::Timestamp;

use super::window::TimeSpan;
use crate::submission::timeline::Timeline;

/// Length in nanoseconds that every gap (idle time) has on the scale, however long it is.
const GAP: i128 = 1_000_000_000;

/// Number of nanoseconds in a millisecond.
const MILLI: i128 = 1_000_000;

/// A conversion between instants and places. A place is a position on the drawn timeline, in nanoseconds from its
/// beginning. On the drawn timeline, each gap (idle time) is one second long.
pub(super) struct TimeScale {
    /// The first and the last instant of each stretch (a time with events) with their places, in the order of time.
    knots: Vec<ScalePoint>,
}

/// A known point of the scale: an instant, in nanoseconds since the Unix epoch, and its place (position on the drawn
/// timeline, in nanoseconds).
struct ScalePoint {
    at: i128,
    place: i128,
}

impl TimeScale {
    pub(super) fn of(timeline: &Timeline<'_>) -> Self {
        let mut knots: Vec<ScalePoint> = Vec::new();
        for (from, to) in timeline.stretches() {
            let (from, to) = (from.as_nanosecond(), to.as_nanosecond());
            let place = knots.last().map_or(0, |before| before.place + GAP);
            knots.push(ScalePoint { at: from, place });
            knots.push(ScalePoint { at: to, place: place + (to - from) });
        }
        Self { knots }
    }

    /// Returns the length of the drawn timeline in nanoseconds, on which each gap (idle time) takes one second.
    pub(super) fn length(&self) -> i128 {
        self.knots.last().map_or(0, |last| last.place)
    }

    /// Returns the place of an instant on the drawn timeline, in nanoseconds from its beginning. For an instant outside
    /// the timeline, returns the nearest end.
    pub(super) fn place(&self, instant: Timestamp) -> i128 {
        let instant = instant.as_nanosecond();
        interpolate(self.knots.iter().map(|knot| (knot.at, knot.place)), instant)
    }

    /// Returns the instant at a place, which is a position on the drawn timeline in nanoseconds. For a place outside
    /// the timeline, returns the instant at the nearest end. `None` only if no event has a known time.
    pub(super) fn instant(&self, place: i128) -> Option<Timestamp> {
        let at = interpolate(self.knots.iter().map(|knot| (knot.place, knot.at)), place);
        Timestamp::from_nanosecond(at).ok().filter(|_| !self.knots.is_empty())
    }

    /// Returns `place`, moved to the nearest end of the gap (idle time) if it is inside a gap. A place is a position on
    /// the drawn timeline, in nanoseconds from its beginning.
    pub(super) fn nearest_outside_gap(&self, place: i128) -> i128 {
        let after = self.knots.partition_point(|knot| knot.place <= place);
        let pair = after.checked_sub(1).and_then(|before| Some((self.knots.get(before)?, self.knots.get(after)?)));
        match pair {
            // Knots come in pairs, so that a gap begins at one with an odd index.
            Some((end, begin)) if after % 2 == 0 => {
                if place - end.place <= begin.place - place {
                    end.place
                } else {
                    begin.place
                }
            }
            _ => place,
        }
    }

    /// Returns the span of time that begins at the place `from` and has the length `length`. Both are in nanoseconds of
    /// the drawn timeline, on which each gap (idle time) takes one second.
    ///
    /// If the span reaches beyond the timeline, it is moved into the timeline. It is extended to whole milliseconds.
    /// `None` if no event has a known time.
    pub(super) fn span(&self, from: i128, length: i128) -> Option<TimeSpan> {
        let from = from.clamp(0, (self.length() - length).max(0));
        let (first, last) = self.instant(0).zip(self.instant(self.length()))?;
        let (from, to) = self.instant(from).zip(self.instant(from + length))?;
        Some((to_the_milli(from, 0).max(first), to_the_milli(to, MILLI - 1).min(last)))
    }
}

/// Returns the instant `add` nanoseconds after `instant`, rounded down to whole milliseconds. Without the rounding, the
/// screen would show fractions of a millisecond that no time of the service has.
fn to_the_milli(instant: Timestamp, add: i128) -> Timestamp {
    Timestamp::from_nanosecond((instant.as_nanosecond() + add).div_euclid(MILLI) * MILLI).unwrap_or(instant)
}

/// Returns the y value at `x` of the line that connects `points`, pairs of x and y in ascending order of both. Before
/// the first and after the last point, the result is the y value of that point. This converts an instant into a
/// position on the drawn timeline, and back.
fn interpolate(points: impl Iterator<Item = (i128, i128)>, x: i128) -> i128 {
    let mut before: Option<(i128, i128)> = None;
    for (right, above) in points {
        if x <= right {
            let Some((left, below)) = before else { return above };
            let (run, rise) = (right - left, above - below);
            // A stretch has the slope one; only gaps are multiplied, and one of the two factors is small then.
            let risen = if run == rise { x - left } else { (x - left) * rise / run.max(1) };
            return below + risen;
        }
        before = Some((right, above));
    }
    before.map_or(0, |(_, last)| last)
}

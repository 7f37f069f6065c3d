//! The scale of the axis: it measures time as the axis draws it. Each stretch has its length, and each gap counts as
//! one second, however long it is.
//!
//! A span is halved and doubled by this measure, not by the clock. A review may come days after three minutes of
//! camera processes: halving by the clock would take a dozen steps to reach these minutes; by this measure, five
//! steps reach some seconds. The measure also matches what a person sees, since the axis cuts gaps out. A gap counts
//! a little, so that moments before and after it can be told apart.

use jiff::Timestamp;

use super::window::Span;
use crate::submission::timeline::Timeline;

/// Length of every gap in this measure, in nanoseconds.
const GAP: i128 = 1_000_000_000;

/// A millisecond in nanoseconds.
const MILLI: i128 = 1_000_000;

/// The mapping between instants and places. A place is a position on the drawn timeline, in nanoseconds from its
/// beginning.
pub(super) struct TimeScale {
    /// The beginning and the end of each stretch, in the order of time.
    knots: Vec<Knot>,
}

/// An instant in nanoseconds since the Unix epoch, and its place.
struct Knot {
    at: i128,
    place: i128,
}

impl TimeScale {
    pub(super) fn of(timeline: &Timeline<'_>) -> Self {
        let mut knots: Vec<Knot> = Vec::new();
        for (from, to) in timeline.stretches() {
            let (from, to) = (from.as_nanosecond(), to.as_nanosecond());
            let place = knots.last().map_or(0, |before| before.place + GAP);
            knots.push(Knot { at: from, place });
            knots.push(Knot { at: to, place: place + (to - from) });
        }
        Self { knots }
    }

    /// Returns the place of the last instant, which is the length of the scale.
    pub(super) fn length(&self) -> i128 {
        self.knots.last().map_or(0, |last| last.place)
    }

    /// Returns the place of an instant; for an instant beyond the ends, the nearest end.
    pub(super) fn place(&self, at: Timestamp) -> i128 {
        let at = at.as_nanosecond();
        between(self.knots.iter().map(|knot| (knot.at, knot.place)), at)
    }

    /// Returns the instant of a place; for a place beyond the ends, the nearest end. `None` only if no event has a
    /// known time.
    pub(super) fn instant(&self, place: i128) -> Option<Timestamp> {
        let at = between(self.knots.iter().map(|knot| (knot.place, knot.at)), place);
        Timestamp::from_nanosecond(at).ok().filter(|_| !self.knots.is_empty())
    }

    /// Returns the nearest place that is not within a gap, since a gap has nothing to see.
    pub(super) fn occupied(&self, place: i128) -> i128 {
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

    /// Returns the span of a length from a place on, moved so that it lies within the scale, and extended to whole
    /// milliseconds.
    pub(super) fn span(&self, from: i128, length: i128) -> Option<Span> {
        let from = from.clamp(0, (self.length() - length).max(0));
        let (first, last) = self.instant(0).zip(self.instant(self.length()))?;
        let (from, to) = self.instant(from).zip(self.instant(from + length))?;
        Some((to_the_milli(from, 0).max(first), to_the_milli(to, MILLI - 1).min(last)))
    }
}

/// Returns an instant in whole milliseconds, after `add` nanoseconds are added: no shown span begins at a fraction
/// that nobody sent.
fn to_the_milli(at: Timestamp, add: i128) -> Timestamp {
    Timestamp::from_nanosecond((at.as_nanosecond() + add).div_euclid(MILLI) * MILLI).unwrap_or(at)
}

/// Returns the value at `x` on the piecewise linear function through points with rising coordinates.
fn between(points: impl Iterator<Item = (i128, i128)>, x: i128) -> i128 {
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

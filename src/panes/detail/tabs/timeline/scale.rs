//! Time as the axis draws it: the length of every stretch, and a second for every gap, however long that is.
//!
//! A span is halved and doubled by this measure and not by the clock. A review may come days after three minutes of
//! camera processes: by the clock it would take a dozen steps to come down to them, by this measure five come down to
//! some seconds. It is also what the eye sees, since the axis cuts gaps out. A gap counts a little, so that moments on
//! either side of it can be told apart.

use jiff::Timestamp;

use super::window::Span;
use crate::submission::timeline::Timeline;

/// What a gap counts, in nanoseconds.
const GAP: i128 = 1_000_000_000;

/// A millisecond in nanoseconds.
const MILLI: i128 = 1_000_000;

/// Places on the drawn line of time, in nanoseconds from its beginning.
pub(super) struct TimeScale {
    /// The beginning and the end of each stretch.
    knots: Vec<Knot>,
}

/// An instant in nanoseconds of the epoch, and its place.
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

    /// The place of the last instant.
    pub(super) fn length(&self) -> i128 {
        self.knots.last().map_or(0, |last| last.place)
    }

    /// The place of an instant; the nearest end for one beyond it.
    pub(super) fn place(&self, at: Timestamp) -> i128 {
        let at = at.as_nanosecond();
        between(self.knots.iter().map(|knot| (knot.at, knot.place)), at)
    }

    /// The instant of a place; the nearest end for one beyond it. `None` only when nothing has a place.
    pub(super) fn instant(&self, place: i128) -> Option<Timestamp> {
        let at = between(self.knots.iter().map(|knot| (knot.place, knot.at)), place);
        Timestamp::from_nanosecond(at).ok().filter(|_| !self.knots.is_empty())
    }

    /// The nearest place at which something is or runs: a gap holds nothing to see.
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

    /// From one place over a length, shifted so that it lies within, in whole milliseconds around it.
    pub(super) fn span(&self, from: i128, length: i128) -> Option<Span> {
        let from = from.clamp(0, (self.length() - length).max(0));
        let (first, last) = self.instant(0).zip(self.instant(self.length()))?;
        let (from, to) = self.instant(from).zip(self.instant(from + length))?;
        Some((to_the_milli(from, 0).max(first), to_the_milli(to, MILLI - 1).min(last)))
    }
}

/// An instant in whole milliseconds after nanoseconds are added: no shown part begins at a fraction that nobody sent.
fn to_the_milli(at: Timestamp, add: i128) -> Timestamp {
    Timestamp::from_nanosecond((at.as_nanosecond() + add).div_euclid(MILLI) * MILLI).unwrap_or(at)
}

/// The value at `x` on the broken line through points that rise.
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

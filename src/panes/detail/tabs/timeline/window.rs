//! The shown part of the timeline, and whether events are before or after this part.

use jiff::Timestamp;

use crate::submission::timeline::{Event, Timeline};

/// A span of time on the timeline: its first and its last instant.
pub(in super::super::super) type TimeSpan = (Timestamp, Timestamp);

/// The side on which an event is outside the shown part of the timeline: before this part or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutsideSide {
    Earlier,
    Later,
}

impl OutsideSide {
    /// Returns the sign that is drawn in place of an event outside the shown part of the timeline: `‹` for an event
    /// before this part, `›` for one after it.
    pub(super) const fn sign(self) -> char {
        match self {
            Self::Earlier => '‹',
            Self::Later => '›',
        }
    }
}

/// The part of the timeline that is shown: the whole timeline, or only the events within a span of time that the user
/// chose.
pub(super) struct TimeWindow {
    /// The stretches (times with events, without the gaps between them) within the shown part, in the order of time.
    pub(super) stretches: Vec<TimeSpan>,
    whole: Option<TimeSpan>,
}

impl TimeWindow {
    /// Returns the part of the timeline that lies within `span`. The result is the whole timeline if `span` is `None`,
    /// or if `span` contains no event. The latter can happen after newer data of the submission arrived.
    pub(super) fn of(timeline: &Timeline<'_>, span: Option<TimeSpan>) -> Self {
        let all = timeline.stretches();
        let whole = ends_of(&all);
        let within = |(first, last): TimeSpan| -> Vec<TimeSpan> {
            let cut = |(from, to): &TimeSpan| ((*from).max(first), (*to).min(last));
            all.iter().map(cut).filter(|(from, to)| from <= to).collect()
        };
        let stretches = span.map(within).filter(|stretches| !stretches.is_empty()).unwrap_or(all);
        Self { stretches, whole }
    }

    /// Returns the first and the last instant of the shown part of the timeline; `None` if no event has a known time.
    pub(super) fn ends(&self) -> Option<TimeSpan> {
        ends_of(&self.stretches)
    }

    /// Returns the first and the last instant of the whole timeline. `None` if the shown part is already the whole
    /// timeline.
    pub(super) fn whole_if_cut(&self) -> Option<TimeSpan> {
        self.whole.filter(|whole| Some(*whole) != self.ends())
    }

    /// Returns on which side of the shown part of the timeline the span from `from` to `to` is. `None` if any of the
    /// span is inside the shown part.
    pub(super) fn side(&self, (from, to): TimeSpan) -> Option<OutsideSide> {
        let (first, last) = self.ends()?;
        match (to < first, from > last) {
            (true, _) => Some(OutsideSide::Earlier),
            (_, true) => Some(OutsideSide::Later),
            _ => None,
        }
    }

    /// Returns on which side of the shown part of the timeline an event is. `None` if any of the event is inside the
    /// shown part, or if the event has no known time.
    pub(super) fn side_of(&self, event: &Event<'_>) -> Option<OutsideSide> {
        extent(event).and_then(|extent| self.side(extent))
    }

    /// Returns whether the span from `from` to `to` begins before the shown part of the timeline, and whether it ends
    /// after this part.
    pub(super) fn cuts(&self, (from, to): TimeSpan) -> (bool, bool) {
        self.ends().map_or((false, false), |(first, last)| (from < first, to > last))
    }
}

/// Returns the first and the last instant of an event. If only one of the two is known, both values are this instant.
/// `None` if the event has no known time.
pub(super) fn extent(event: &Event<'_>) -> Option<TimeSpan> {
    event.span().or_else(|| event.at().map(|at| (at, at)))
}

fn ends_of(stretches: &[TimeSpan]) -> Option<TimeSpan> {
    stretches.first().zip(stretches.last()).map(|((from, _), (_, to))| (*from, *to))
}

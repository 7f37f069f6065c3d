//! The part of the timeline that is drawn, and the side on which other events lie.

use jiff::Timestamp;

use crate::submission::timeline::{Event, Timeline};

/// A span of time, from its first instant to its last.
pub(in super::super::super) type Span = (Timestamp, Timestamp);

/// The side of the drawn part on which an event outside of it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Earlier,
    Later,
}

impl Side {
    /// Returns the sign that is drawn in place of an event on this side.
    pub(super) const fn sign(self) -> char {
        match self {
            Self::Earlier => '‹',
            Self::Later => '›',
        }
    }
}

/// The part of the timeline that is drawn: all of it, or a part that is cut at its ends.
pub(super) struct Window {
    /// The stretches between the gaps within the part, in the order of time.
    pub(super) stretches: Vec<Span>,
    whole: Option<Span>,
}

impl Window {
    /// Returns the part within a span. It is the whole timeline if there is no span, or if the span holds no event:
    /// it may have been chosen for another answer.
    pub(super) fn of(timeline: &Timeline<'_>, span: Option<Span>) -> Self {
        let all = timeline.stretches();
        let whole = ends_of(&all);
        let within = |(first, last): Span| -> Vec<Span> {
            let cut = |(from, to): &Span| ((*from).max(first), (*to).min(last));
            all.iter().map(cut).filter(|(from, to)| from <= to).collect()
        };
        let stretches = span.map(within).filter(|stretches| !stretches.is_empty()).unwrap_or(all);
        Self { stretches, whole }
    }

    /// Returns the first and the last instant of the part; `None` if no event has a known time.
    pub(super) fn ends(&self) -> Option<Span> {
        ends_of(&self.stretches)
    }

    /// Returns the first and the last instant of the whole timeline; `None` if the part is the whole.
    pub(super) fn of_whole(&self) -> Option<Span> {
        self.whole.filter(|whole| Some(*whole) != self.ends())
    }

    /// Returns the side on which an extent lies completely outside of the part; `None` if any of it is inside.
    pub(super) fn side(&self, (from, to): Span) -> Option<Side> {
        let (first, last) = self.ends()?;
        match (to < first, from > last) {
            (true, _) => Some(Side::Earlier),
            (_, true) => Some(Side::Later),
            _ => None,
        }
    }

    /// Returns the side on which an event lies completely outside of the part; `None` if any of it is inside, or it
    /// has no known time.
    pub(super) fn side_of(&self, event: &Event<'_>) -> Option<Side> {
        extent(event).and_then(|extent| self.side(extent))
    }

    /// Returns whether an extent reaches beyond the first instant of the part, and whether it reaches beyond the
    /// last.
    pub(super) fn cuts(&self, (from, to): Span) -> (bool, bool) {
        self.ends().map_or((false, false), |(first, last)| (from < first, to > last))
    }
}

/// Returns the beginning and the end of an event, which are the same instant if only one is known; `None` if the
/// event has no known time.
pub(super) fn extent(event: &Event<'_>) -> Option<Span> {
    event.span().or_else(|| event.at().map(|at| (at, at)))
}

fn ends_of(stretches: &[Span]) -> Option<Span> {
    stretches.first().zip(stretches.last()).map(|((from, _), (_, to))| (*from, *to))
}

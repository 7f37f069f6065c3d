//! The part of the line of time that is drawn, and on which side of it lies what is not.

use jiff::Timestamp;

use crate::submission::timeline::{Event, Timeline};

/// From its first instant to its last.
pub(in super::super::super) type Span = (Timestamp, Timestamp);

/// Where something lies that the part does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Earlier,
    Later,
}

impl Side {
    /// The sign that is drawn in place of what lies there.
    pub(super) const fn sign(self) -> char {
        match self {
            Self::Earlier => '‹',
            Self::Later => '›',
        }
    }
}

/// What is drawn of the line of time: whole, or cut at its ends.
pub(super) struct Window {
    /// Its stretches between the gaps, in the order of time; what lies beyond its ends is cut off.
    pub(super) stretches: Vec<Span>,
    whole: Option<Span>,
}

impl Window {
    /// What lies within a span; all of it without one, and where the span holds nothing: it may have been chosen on
    /// another answer.
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

    /// Its first instant and its last; `None` when nothing has a place.
    pub(super) fn ends(&self) -> Option<Span> {
        ends_of(&self.stretches)
    }

    /// The same of the whole, where this is but a part of it.
    pub(super) fn of_whole(&self) -> Option<Span> {
        self.whole.filter(|whole| Some(*whole) != self.ends())
    }

    /// The side on which all of something lies; `None` when at least a bit of it is within.
    pub(super) fn side(&self, (from, to): Span) -> Option<Side> {
        let (first, last) = self.ends()?;
        match (to < first, from > last) {
            (true, _) => Some(Side::Earlier),
            (_, true) => Some(Side::Later),
            _ => None,
        }
    }

    /// The same of an event; one without a place lies nowhere.
    pub(super) fn side_of(&self, event: &Event<'_>) -> Option<Side> {
        extent(event).and_then(|extent| self.side(extent))
    }

    /// Whether something reaches over the first instant, and over the last.
    pub(super) fn cuts(&self, (from, to): Span) -> (bool, bool) {
        self.ends().map_or((false, false), |(first, last)| (from < first, to > last))
    }
}

/// From where an event begins to where it is over.
pub(super) fn extent(event: &Event<'_>) -> Option<Span> {
    event.span().or_else(|| event.at().map(|at| (at, at)))
}

fn ends_of(stretches: &[Span]) -> Option<Span> {
    stretches.first().zip(stretches.last()).map(|((from, _), (_, to))| (*from, *to))
}

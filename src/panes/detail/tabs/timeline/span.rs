//! A shorter and a longer span of the line of time.

use super::scale::TimeScale;
use super::window::{Span, extent};
use crate::submission::timeline::{Event, Timeline};
use crate::submission::{Document, Field};

/// A tenth of a second, in nanoseconds: a shorter span shows no more than one moment.
const SHORTEST: i128 = 100_000_000;

/// Half of the span, as the axis draws time, around the event that the field at `path` tells of, else around its middle.
///
/// An event that fits into it is in its middle; of a longer one its beginning stays. Without a span, the first half
/// is that of everything but what lies far outside. The span as it was when half of it is too short.
pub(in super::super::super) fn closer(document: &Document, span: Option<Span>, path: Option<&str>) -> Option<Span> {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let event = path.and_then(|path| told_by(&timeline, path)).filter(|event| event.at().is_some());
    let near = || timeline.total_extent().filter(|_| !event.is_some_and(Event::is_far));
    let (from, to) = places(&scale, span.or_else(near));
    let half = (to - from) / 2;
    if half < SHORTEST {
        return span;
    }
    let around = |from: i128, to: i128| ((from + to - half) / 2).min(from);
    let start = match event.and_then(extent) {
        Some((start, end)) => around(scale.place(start), scale.place(end)),
        None => {
            let middle = scale.occupied(from + half);
            around(middle, middle)
        }
    };
    scale.span(start, half)
}

/// Twice the span, as the axis draws time; none where that holds everything but what lies far outside.
pub(in super::super::super) fn wider(document: &Document, span: Option<Span>) -> Option<Span> {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let (from, to) = places(&scale, Some(span?));
    let length = (to - from).max(SHORTEST) * 2;
    let (first, last) = timeline.total_extent()?;
    let span = scale.span(from - (to - from) / 2, length).filter(|_| length < scale.length())?;
    (span.0 > first || span.1 < last).then_some(span)
}

/// A span as long, moved to the event that the field at `path` tells of; the span as it was where it holds the event.
pub(in super::super::super) fn following(document: &Document, span: Span, path: Option<&str>) -> Span {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let event = path.and_then(|path| told_by(&timeline, path)).and_then(extent);
    let Some((start, end)) = event.filter(|(start, end)| *end < span.0 || *start > span.1) else { return span };
    let (from, to) = places(&scale, Some(span));
    let length = to - from;
    let (start, end) = (scale.place(start), scale.place(end));
    scale.span(((start + end - length) / 2).min(start), length).unwrap_or(span)
}

/// The places of a span; those of everything without one, and for one that holds nothing.
fn places(scale: &TimeScale, span: Option<Span>) -> (i128, i128) {
    let places = span.map(|(from, to)| (scale.place(from), scale.place(to)));
    places.filter(|(from, to)| from < to).unwrap_or((0, scale.length()))
}

/// The event that a field tells of: one of its times or of what went wrong with it, else a part of what it is told by.
fn told_by<'t, 'a>(timeline: &'t Timeline<'a>, path: &str) -> Option<&'t Event<'a>> {
    let holds = |event: &&Event<'_>| {
        let times = [&event.start, &event.end].into_iter().flatten().map(|time| time.field.path());
        times.chain(event.errors.iter().chain(&event.retries).map(Field::path)).any(|own| own == path)
    };
    let around = |event: &&Event<'_>| {
        let rest = path.strip_prefix(event.subject.path()).filter(|_| !event.subject.path().is_empty());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let nearest = || timeline.events.iter().filter(around).max_by_key(|event| event.subject.path().len());
    timeline.events.iter().find(holds).or_else(nearest)
}

#[cfg(test)]
mod tests;

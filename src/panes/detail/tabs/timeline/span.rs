//! Changes of the shown span of the timeline: shorter, longer, or moved to an event.

use super::scale::TimeScale;
use super::window::{Span, extent};
use crate::submission::timeline::{Event, Timeline};
use crate::submission::{Document, Field};

/// Shortest span, in nanoseconds: a tenth of a second. A shorter span would show no more than one moment.
const SHORTEST: i128 = 100_000_000;

/// Returns half of the span, measured as the axis draws time. It is around the event of the field at `path`, or
/// around the middle of the span if there is no such event.
///
/// An event that fits into the half is in its middle; of a longer event, the beginning is shown. If `span` is `None`,
/// the whole timeline is halved, without events far outside unless the event at `path` is one of them. If half of the
/// span is too short, the result is `span` itself.
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

/// Returns twice the span, measured as the axis draws time; `None` if that contains every event, except events far
/// outside.
pub(in super::super::super) fn wider(document: &Document, span: Option<Span>) -> Option<Span> {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let (from, to) = places(&scale, Some(span?));
    let length = (to - from).max(SHORTEST) * 2;
    let (first, last) = timeline.total_extent()?;
    let span = scale.span(from - (to - from) / 2, length).filter(|_| length < scale.length())?;
    (span.0 > first || span.1 < last).then_some(span)
}

/// Returns a span of the same length, moved to the event of the field at `path`; the span itself if it already
/// contains the event.
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

/// Returns the places of the ends of a span; the places of the whole timeline for no span or an empty one.
fn places(scale: &TimeScale, span: Option<Span>) -> (i128, i128) {
    let places = span.map(|(from, to)| (scale.place(from), scale.place(to)));
    places.filter(|(from, to)| from < to).unwrap_or((0, scale.length()))
}

/// Returns the event of the field at a path: the field is one of its times, errors or retries, or otherwise a part of
/// its subject.
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

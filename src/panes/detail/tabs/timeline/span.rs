//! Changes of the shown span of the timeline: halving, doubling, and moving to an event.

use super::scale::TimeScale;
use super::window::{TimeSpan, extent};
use crate::submission::timeline::{Event, Timeline};
use crate::submission::{Document, Field};

/// Minimum length in nanoseconds of the shown span: a tenth of a second. A shorter span would show only one moment.
const MIN_SPAN_NANOSECONDS: i128 = 100_000_000;

/// Returns a span of time that is half as long as `span`, the shown span of the timeline. Lengths are measured on the
/// drawn timeline, where each gap (idle time) counts as one second.
///
/// The result is placed around the event to which the field at `path` belongs. If the event fits into the result, it is
/// in the middle. If the event is longer, its beginning is shown. Without such an event, the result is around the
/// middle of `span`.
///
/// If `span` is `None`, the whole timeline is halved. The whole timeline leaves out events that are far from the time
/// of the submission, unless the event at `path` is one of them.
///
/// If the result would be shorter than a tenth of a second, `span` is returned.
pub(in super::super::super) fn half_span(
    document: &Document,
    span: Option<TimeSpan>,
    path: Option<&str>,
) -> Option<TimeSpan> {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let event = path.and_then(|path| event_of_field(&timeline, path)).filter(|event| event.at().is_some());
    let near = || timeline.total_extent().filter(|_| !event.is_some_and(Event::is_far));
    let (from, to) = places(&scale, span.or_else(near));
    let half = (to - from) / 2;
    if half < MIN_SPAN_NANOSECONDS {
        return span;
    }
    let around = |from: i128, to: i128| ((from + to - half) / 2).min(from);
    let start = match event.and_then(extent) {
        Some((start, end)) => around(scale.place(start), scale.place(end)),
        None => {
            let middle = scale.nearest_outside_gap(from + half);
            around(middle, middle)
        }
    };
    scale.span(start, half)
}

/// Returns a span of twice the length of `span`. Lengths are measured on the drawn timeline, where a gap (an idle time)
/// counts as one second.
///
/// Returns `None`, which means the whole timeline, in two cases: `span` is `None`, or the result would contain every
/// event. Events that are far from the time of the other events do not count.
pub(in super::super::super) fn double_span(document: &Document, span: Option<TimeSpan>) -> Option<TimeSpan> {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let (from, to) = places(&scale, Some(span?));
    let length = (to - from).max(MIN_SPAN_NANOSECONDS) * 2;
    let (first, last) = timeline.total_extent()?;
    let span = scale.span(from - (to - from) / 2, length).filter(|_| length < scale.length())?;
    (span.0 > first || span.1 < last).then_some(span)
}

/// Returns the span of the timeline in which the event of the field at `path` is visible. It is as long as `span`, and
/// moved to this event. If `span` already contains a part of the event, or if there is no such event, `span` is
/// returned unchanged.
pub(in super::super::super) fn span_with_event(document: &Document, span: TimeSpan, path: Option<&str>) -> TimeSpan {
    let timeline = Timeline::of(document);
    let scale = TimeScale::of(&timeline);
    let event = path.and_then(|path| event_of_field(&timeline, path)).and_then(extent);
    let Some((start, end)) = event.filter(|(start, end)| *end < span.0 || *start > span.1) else { return span };
    let (from, to) = places(&scale, Some(span));
    let length = to - from;
    let (start, end) = (scale.place(start), scale.place(end));
    scale.span(((start + end - length) / 2).min(start), length).unwrap_or(span)
}

/// Returns the positions of the first and the last instant of `span` on the drawn timeline. If `span` is `None` or
/// empty, returns the positions of the two ends of the timeline.
fn places(scale: &TimeScale, span: Option<TimeSpan>) -> (i128, i128) {
    let places = span.map(|(from, to)| (scale.place(from), scale.place(to)));
    places.filter(|(from, to)| from < to).unwrap_or((0, scale.length()))
}

/// Returns the event to which the field at `path` belongs. The field may be a time, an error or a retry of the event.
/// It may also be a part of the JSON object from which the event was made. `None` if the field belongs to no event.
fn event_of_field<'t, 'a>(timeline: &'t Timeline<'a>, path: &str) -> Option<&'t Event<'a>> {
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

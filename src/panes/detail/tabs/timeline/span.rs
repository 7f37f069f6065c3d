//! The part of the line of time that is drawn.

use jiff::{SignedDuration, Timestamp};

use crate::submission::Document;
use crate::submission::timeline::{Event, Timeline};

/// From its first instant to its last.
type Span = (Timestamp, Timestamp);

/// A span shorter than this shows no more than one moment.
const SHORTEST: SignedDuration = SignedDuration::from_millis(100);

/// Half of the span, around the event at `path` where there is one, else around its middle.
pub(in super::super::super) fn closer(document: &Document, span: Option<Span>, path: Option<&str>) -> Option<Span> {
    let timeline = Timeline::of(document);
    let (from, to) = span.or_else(|| timeline.whole())?;
    let half = to.duration_since(from) / 2;
    if half < SHORTEST {
        return span;
    }
    let event = path.and_then(|path| timeline.events.iter().find(|event| shows(event, path)));
    let middle = event.and_then(Event::at).or_else(|| from.checked_add(half).ok())?;
    around(middle, half)
}

/// Twice the span; none where that is all of it.
pub(in super::super::super) fn wider(document: &Document, span: Option<Span>) -> Option<Span> {
    let (from, to) = span?;
    let (first, last) = Timeline::of(document).whole()?;
    let length = to.duration_since(from);
    let (from, to) = around(from.checked_add(length / 2).ok()?, length.checked_mul(2)?)?;
    (from > first || to < last).then_some((from, to))
}

fn around(middle: Timestamp, length: SignedDuration) -> Option<Span> {
    Some((middle.checked_sub(length / 2).ok()?, middle.checked_add(length / 2).ok()?))
}

/// Whether the field at a path is the event, or one of its times.
fn shows(event: &Event<'_>, path: &str) -> bool {
    let times = [&event.start, &event.end].into_iter().flatten();
    event.subject.path() == path || times.into_iter().any(|time| time.field.path() == path)
}

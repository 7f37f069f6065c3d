//! Finds unusual details of events, such as an end before the start.
//!
//! The service sends times with a precision of a millisecond, a second or a minute. A time counts as earlier than
//! another time only if the difference is at least the precision of the earlier time.

use jiff::{SignedDuration, Timestamp};

use super::{Event, EventKind, FAR, Time};

/// Unusual detail of an event that a reviewer should look at, such as an end before the start. If the detail is a
/// difference between two times, the variant holds the length of this difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The camera process has no start time, because the service sent none.
    NoStart,
    /// The camera process has no end time, because the service sent none.
    NoEnd,
    /// The service sent a start time of the event that cannot be parsed. For an event with only one time, this is that
    /// time.
    StartUnread,
    /// The service sent an end time of the camera process that cannot be parsed.
    EndUnread,
    /// The event ends this long before it starts.
    EndBeforeStart(SignedDuration),
    /// The camera process starts while another camera process runs.
    Overlap {
        /// Index of the other camera process in [`super::Timeline::events`].
        with: usize,
        /// Length of the time in which both camera processes run.
        by: SignedDuration,
    },
    /// The event is this much earlier than the previous event of the same kind in the JSON of the submission.
    OutOfOrder(SignedDuration),
    /// The event is this long (at least [`FAR`]) after the creation of the submission. A negative length means that the
    /// event is before the creation. If the creation is not known, the length is counted from the click on the start
    /// button.
    Far(SignedDuration),
    /// The event is this long before the creation of the submission, although such an event can only happen after the
    /// creation.
    BeforeCreation(SignedDuration),
    /// An image of the document was uploaded from a file, although another image of the document was captured with the
    /// camera.
    UploadAmongLive,
}

impl Event<'_> {
    /// Returns whether the event is marked as far from the creation of the submission ([`Oddity::Far`]).
    pub fn is_far(&self) -> bool {
        self.oddities.iter().any(|oddity| matches!(oddity, Oddity::Far(_)))
    }

    /// Returns whether the event is a camera process in which the applicant uploaded a file (its type ends with
    /// `-upload`).
    pub fn is_upload(&self) -> bool {
        self.kind == EventKind::Camera && type_of(self).ends_with("-upload")
    }
}

fn type_of<'a>(event: &Event<'a>) -> &'a str {
    event.subject.child("type").and_then(|field| field.text()).unwrap_or_default()
}

/// Returns whether the event is a camera process in which the identity document was captured with the camera, and not
/// uploaded as a file.
fn is_live_document(event: &Event<'_>) -> bool {
    let kind = type_of(event);
    event.kind == EventKind::Camera
        && kind.starts_with("idcard-")
        && (kind.ends_with("-capture") || kind.ends_with("-autocapture"))
}

/// Returns how much earlier `one` is than `other`. Returns `None` if `one` is not earlier, or if the difference is
/// smaller than the precision of `one`.
fn how_much_earlier(one: &Time<'_>, other: &Time<'_>) -> Option<SignedDuration> {
    let by = other.at?.duration_since(one.at?);
    (by >= one.exact.max(SignedDuration::from_millis(1))).then_some(by)
}

/// Marks each camera process that is earlier than the camera process before it in `events` as out of order
/// ([`Oddity::OutOfOrder`]). Does the same for step calls (calls of `step1` or `step2` of the service). The events must
/// be in the order of the JSON of the submission.
pub(super) fn mark_sequences(events: &mut [Event<'_>]) {
    for kind in [EventKind::Camera, EventKind::Call] {
        let mut before: Option<Time<'_>> = None;
        for event in events.iter_mut().filter(|event| event.kind == kind) {
            let Some(start) = event.start.clone().filter(|start| start.at.is_some()) else { continue };
            let by = before.as_ref().and_then(|before| how_much_earlier(&start, before));
            event.oddities.extend(by.map(Oddity::OutOfOrder));
            before = Some(start);
        }
    }
}

/// Marks the unusual details of the events, such as an end before the start, except the details that [`mark_sequences`]
/// marks. `events` must be in the order of time.
pub(super) fn mark(events: &mut [Event<'_>]) {
    for event in events.iter_mut() {
        mark_own_oddities(event);
    }
    mark_overlaps(events);
    let start_of = |kind: EventKind| {
        let starts = events.iter().filter(|event| event.kind == kind).filter_map(|event| event.start.clone());
        starts.into_iter().find(|start| start.at.is_some())
    };
    let created = start_of(EventKind::Created);
    if let Some(origin) = created.clone().or_else(|| start_of(EventKind::Start)) {
        events.iter_mut().for_each(|event| mark_distance(event, &origin, created.is_some()));
    }
    if events.iter().any(is_live_document) {
        for event in events.iter_mut().filter(|event| event.is_upload() && type_of(event).starts_with("idcard-")) {
            event.oddities.push(Oddity::UploadAmongLive);
        }
    }
}

/// Marks the unusual details of an event that do not depend on other events: missing and unreadable times, and an end
/// before the start.
fn mark_own_oddities(event: &mut Event<'_>) {
    let unread = |time: &Option<Time<'_>>| time.as_ref().is_some_and(|time| time.at.is_none());
    let mut odd = Vec::new();
    if unread(&event.start) {
        odd.push(Oddity::StartUnread);
    }
    if event.kind == EventKind::Camera {
        if event.start.is_none() {
            odd.push(Oddity::NoStart);
        }
        if event.end.is_none() {
            odd.push(Oddity::NoEnd);
        }
        if unread(&event.end) {
            odd.push(Oddity::EndUnread);
        }
        if let (Some(start), Some(end)) = (&event.start, &event.end) {
            odd.extend(how_much_earlier(end, start).map(Oddity::EndBeforeStart));
        }
    }
    odd.append(&mut event.oddities);
    event.oddities = odd;
}

/// Adds [`Oddity::Overlap`] to each camera process that starts while another camera process runs.
fn mark_overlaps(events: &mut [Event<'_>]) {
    let mut running: Option<(usize, Timestamp)> = None;
    for (index, event) in events.iter_mut().enumerate().filter(|(_, event)| event.kind == EventKind::Camera) {
        let Some(start) = event.start.as_ref().filter(|start| start.at.is_some()) else { continue };
        let (Some(at), span) = (start.at, event.span()) else { continue };
        let slack = start.exact.max(SignedDuration::from_millis(1));
        if let Some((with, until)) = running.filter(|(_, until)| until.duration_since(at) >= slack) {
            let shared = span.map_or(until, |(_, end)| end.min(until));
            event.oddities.push(Oddity::Overlap { with, by: shared.duration_since(at) });
        }
        if let Some((_, end)) = span.filter(|(_, end)| running.is_none_or(|(_, until)| *end > until)) {
            running = Some((index, end));
        }
    }
}

/// Marks an event that is far from the time `origin`, or before it. `origin` is the creation of the submission if
/// `created` is true, else the click on the start button.
///
/// An event of the capture (the applicant's session) gets [`Oddity::Far`] if it is at least [`FAR`] before or after
/// `origin`. Any other event gets [`Oddity::BeforeCreation`] if it is before the creation.
fn mark_distance(event: &mut Event<'_>, origin: &Time<'_>, created: bool) {
    let Some(zero) = origin.at else { return };
    if event.kind.is_capture() {
        let instants = [&event.start, &event.end].into_iter().flatten().filter_map(|time| time.at);
        let far = instants.map(|at| at.duration_since(zero)).find(|by| by.abs() >= FAR);
        event.oddities.extend(far.map(Oddity::Far));
    } else if created && let Some(start) = &event.start {
        let before = how_much_earlier(start, origin);
        event.oddities.extend(before.map(Oddity::BeforeCreation));
    }
}

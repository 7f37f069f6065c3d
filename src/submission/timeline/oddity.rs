//! What is odd about an event, and how it is found.
//!
//! Times are sent to the thousandth, the second or the minute. One is only called earlier than another when it is so
//! however exactly it was sent.

use jiff::{SignedDuration, Timestamp};

use super::{Event, FAR, Kind, Time};

/// Something odd about an event, measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A process without a start.
    NoStart,
    /// A process without an end.
    NoEnd,
    /// The start, or the only time, does not parse.
    StartUnread,
    /// The end does not parse.
    EndUnread,
    /// It ends this long before it starts.
    EndBeforeStart(SignedDuration),
    /// It runs this long at the same time as the process with this index in [`super::Timeline::events`].
    Overlap {
        /// The other process.
        with: usize,
        /// How long.
        by: SignedDuration,
    },
    /// It comes this long before what stands before it in the answer.
    OutOfOrder(SignedDuration),
    /// It lies this long (at least [`FAR`]) after the creation, or before it when negative.
    Far(SignedDuration),
    /// What comes after the creation comes this long before it.
    BeforeCreation(SignedDuration),
    /// A side of the document was uploaded from a file, another one was captured live.
    UploadAmongLive,
}

impl Event<'_> {
    /// Whether it lies far outside of the submission.
    #[must_use]
    pub fn is_far(&self) -> bool {
        self.oddities.iter().any(|oddity| matches!(oddity, Oddity::Far(_)))
    }

    /// Whether it is a camera process whose type says that a file was uploaded.
    #[must_use]
    pub fn is_upload(&self) -> bool {
        self.kind == Kind::Camera && type_of(self).ends_with("-upload")
    }
}

fn type_of<'a>(event: &Event<'a>) -> &'a str {
    event.subject.child("type").and_then(|field| field.text()).unwrap_or_default()
}

/// Whether a process took a picture of the document with the camera.
fn is_live_document(event: &Event<'_>) -> bool {
    let kind = type_of(event);
    event.kind == Kind::Camera
        && kind.starts_with("idcard-")
        && (kind.ends_with("-capture") || kind.ends_with("-autocapture"))
}

/// How much earlier one time is than another; `None` unless it is so for certain.
fn earlier(one: &Time<'_>, other: &Time<'_>) -> Option<SignedDuration> {
    let by = other.at?.duration_since(one.at?);
    (by >= one.exact.max(SignedDuration::from_millis(1))).then_some(by)
}

/// Marks what stands in the answer after something later: processes, and calls. Wants the events as collected.
pub(super) fn mark_sequences(events: &mut [Event<'_>]) {
    for kind in [Kind::Camera, Kind::Call] {
        let mut before: Option<Time<'_>> = None;
        for event in events.iter_mut().filter(|event| event.kind == kind) {
            let Some(start) = event.start.clone().filter(|start| start.at.is_some()) else { continue };
            let by = before.as_ref().and_then(|before| earlier(&start, before));
            event.oddities.extend(by.map(Oddity::OutOfOrder));
            before = Some(start);
        }
    }
}

/// Marks everything else. Wants the events in the order of time.
pub(super) fn mark(events: &mut [Event<'_>]) {
    for event in events.iter_mut() {
        own(event);
    }
    overlaps(events);
    let start_of = |kind: Kind| {
        let starts = events.iter().filter(|event| event.kind == kind).filter_map(|event| event.start.clone());
        starts.into_iter().find(|start| start.at.is_some())
    };
    let created = start_of(Kind::Created);
    if let Some(origin) = created.clone().or_else(|| start_of(Kind::Start)) {
        events.iter_mut().for_each(|event| against(event, &origin, created.is_some()));
    }
    if events.iter().any(is_live_document) {
        for event in events.iter_mut().filter(|event| event.is_upload() && type_of(event).starts_with("idcard-")) {
            event.oddities.push(Oddity::UploadAmongLive);
        }
    }
}

/// What is odd about an event by itself.
fn own(event: &mut Event<'_>) {
    let unread = |time: &Option<Time<'_>>| time.as_ref().is_some_and(|time| time.at.is_none());
    let mut odd = Vec::new();
    if unread(&event.start) {
        odd.push(Oddity::StartUnread);
    }
    if event.kind == Kind::Camera {
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
            odd.extend(earlier(end, start).map(Oddity::EndBeforeStart));
        }
    }
    odd.append(&mut event.oddities);
    event.oddities = odd;
}

/// Marks each process that starts while another one runs.
fn overlaps(events: &mut [Event<'_>]) {
    let mut running: Option<(usize, Timestamp)> = None;
    for (index, event) in events.iter_mut().enumerate().filter(|(_, event)| event.kind == Kind::Camera) {
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

/// What is odd about an event beside the creation, or beside the start where no creation is known.
fn against(event: &mut Event<'_>, origin: &Time<'_>, created: bool) {
    let Some(zero) = origin.at else { return };
    if event.kind.is_capture() {
        let instants = [&event.start, &event.end].into_iter().flatten().filter_map(|time| time.at);
        let far = instants.map(|at| at.duration_since(zero)).find(|by| by.abs() >= FAR);
        event.oddities.extend(far.map(Oddity::Far));
    } else if created && let Some(start) = &event.start {
        let before = earlier(start, origin);
        event.oddities.extend(before.map(Oddity::BeforeCreation));
    }
}

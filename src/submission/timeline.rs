//! Builds the timeline of a submission: its events in the order of time, the gaps between them, and unusual details
//! (`Oddity`).
//!
//! Nothing is dropped or corrected. An event whose time cannot be parsed keeps the text of the time and comes after the
//! others. If an event ends before it starts, its times stay as sent, and the event is marked as unusual. The service's
//! documentation says that every time is UTC, and that the camera processes are "in the order of the applicant's
//! steps". This module formats no text and draws nothing.

mod collect;
mod oddity;
mod order;

use jiff::{SignedDuration, Timestamp};

use super::document::{Document, Field};

pub use oddity::Oddity;
pub use order::{EventGroup, EventOrder};

/// The shortest time without an event that counts as a [`Gap`] of the timeline.
///
/// The service documents no such value. This program uses 30 seconds, because an applicant needs less time to turn a
/// card over or to read a screen. A reviewer should look at a longer pause.
pub const IDLE: SignedDuration = SignedDuration::from_secs(30);

/// Minimum time between an event of the capture and the creation of the submission for which the event is marked as
/// [far](Oddity::Far). The event may be before or after the creation. The capture is the session in which the applicant
/// takes pictures of document and face.
///
/// The time is one day: by the service's documentation, a submission that is incomplete after about a day becomes
/// rejected.
pub const FAR: SignedDuration = SignedDuration::from_hours(24);

/// The kind of an event on the timeline of a submission, such as a camera process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Check of the applicant's network before the submission: `pre_verification`.
    PreVerification,
    /// Creation of the submission: `created_at`.
    Created,
    /// Click of the applicant on the start button: `signals.startButtonClickTime`.
    Start,
    /// A camera process, that is, one capture or upload of the applicant (`signals.cameraProcessInfo`). Only this kind
    /// has an end.
    Camera,
    /// A step call of an attempt: a call of `step1` or `step2` of the service. Only step calls whose time the service
    /// sent become events.
    Call,
    /// An attempt for which the service sent no time of a step call.
    Attempt,
    /// A retry that matches none of the attempts that were sent. The service sends no time for a retry.
    Retry,
    /// Start of the status "pending": `pending_at`.
    Pending,
    /// Result of the submission: `kyc_result_at`.
    Result,
    /// Last change of the submission: `updated_at`.
    Updated,
    /// Last change of the memo: `memo.updated_at`.
    Memo,
    /// Change of the submission by an admin: `updateHistory.updateTime`.
    AdminUpdate,
    /// Attempt to add data after the submission ("injection"): `Injection_action`.
    Injection,
}

impl EventKind {
    /// Returns whether an event of this kind belongs to the applicant's capture: the session in which the applicant
    /// takes pictures of document and face. It consists of the check of the network, the click on the start button, the
    /// camera processes, and the calls of `step1` or `step2` of the service.
    const fn is_capture(self) -> bool {
        matches!(self, Self::PreVerification | Self::Start | Self::Camera | Self::Call)
    }
}

/// Time of an event, as sent and parsed.
#[derive(Clone, Debug)]
pub struct Time<'a> {
    /// The JSON field that has the time.
    pub field: Field<'a>,
    /// The parsed time; `None` if the text of the field is not a time.
    pub at: Option<Timestamp>,
    /// The precision of the time as sent: a minute, a second or a millisecond.
    pub exact: SignedDuration,
}

/// Event of a submission: something that happened at a time or during a span of time.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// The kind of the event.
    pub kind: EventKind,
    /// The JSON object that describes the event: the camera process, the attempt, or the data added after the
    /// submission ("injection"). For other kinds of events, the JSON object that contains the field with the time.
    pub subject: Field<'a>,
    /// The time of the event, or the start of a camera process; `None` if the service did not send it.
    pub start: Option<Time<'a>>,
    /// The end of a camera process. `None` if the service did not send the end, and for every other kind of event.
    pub end: Option<Time<'a>>,
    /// The JSON fields that report an error of the event.
    pub errors: Vec<Field<'a>>,
    /// The retries of the attempt to which the event belongs. Only the last event of an attempt has them, usually its
    /// last step call; for other events the list is empty.
    pub retries: Vec<Field<'a>>,
    /// The unusual details of the event.
    pub oddities: Vec<Oddity>,
}

impl Event<'_> {
    /// Returns the time at which the event is placed on the timeline: the start of the event, or the end if the start
    /// is not known.
    pub fn at(&self) -> Option<Timestamp> {
        let instant = |time: &Option<Time<'_>>| time.as_ref().and_then(|time| time.at);
        instant(&self.start).or_else(|| instant(&self.end))
    }

    /// Returns the start and end of the event; `None` if the start or the end is not known, or if the end is before the
    /// start.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let (start, end) = (self.start.as_ref()?.at?, self.end.as_ref()?.at?);
        (start <= end).then_some((start, end))
    }

    /// Returns whether this event is of the kind that has a start and an end, that is, a camera process.
    pub const fn has_ends(&self) -> bool {
        matches!(self.kind, EventKind::Camera)
    }

    /// Returns the end of the event if its start and end are known and in the right order. Else returns the time at
    /// which the event is placed ([`Self::at`]).
    fn end_or_start(&self) -> Option<Timestamp> {
        self.span().map(|(_, end)| end).or_else(|| self.at())
    }

    /// Returns the latest time at which the event may have ended; `None` if no time of the event is known. This is the
    /// end, or else the start. A minute is added if a time of the event was sent without seconds.
    fn latest(&self) -> Option<Timestamp> {
        let coarse = Some(self.precision()).filter(|exact| *exact > SignedDuration::from_secs(1)).unwrap_or_default();
        self.end_or_start().map(|until| until.checked_add(coarse).unwrap_or(until))
    }

    /// Returns whether something failed: the event has errors or retries, or is itself a retry.
    pub fn failed(&self) -> bool {
        !self.errors.is_empty() || !self.retries.is_empty() || self.kind == EventKind::Retry
    }

    /// Returns the precision of the event's times, such as a minute. If start and end have different precisions,
    /// returns the coarser one. Returns zero if no time was sent.
    pub fn precision(&self) -> SignedDuration {
        [&self.start, &self.end].into_iter().flatten().map(|time| time.exact).max().unwrap_or_default()
    }
}

/// Gap on the timeline: a time of at least [`IDLE`] (30 seconds) in which no event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The end of the last event before the gap.
    pub from: Timestamp,
    /// The start of the next event, where the gap ends.
    pub to: Timestamp,
    /// The kind of the next event after the gap.
    pub until: EventKind,
}

impl Gap {
    /// Returns the length of this gap (a time in which no event happened), which is never negative.
    pub fn length(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// Row of the timeline in the order of time: an event or a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineRow {
    /// The event with this index in [`Timeline::events`].
    Event(usize),
    /// A time of at least [`IDLE`] in which no event happened.
    Gap(Gap),
}

/// Timeline of a submission: its events in the order of time.
#[derive(Clone, Debug, Default)]
pub struct Timeline<'a> {
    /// The events in the order of time. Events without a known time come last. Events at the same time are in the order
    /// in which they usually happen.
    pub events: Vec<Event<'a>>,
    /// The indexes of the events in the order in which the JSON of the submission has them.
    received: Vec<usize>,
}

impl<'a> Timeline<'a> {
    /// Creates the timeline of the submission `document` from all of its events: everything that has a time, and the
    /// attempts and retries without a time.
    pub fn of(document: &'a Document) -> Self {
        let mut events = collect::all(document);
        oddity::mark_sequences(&mut events);
        events.sort_by_key(|event| (event.at().is_none(), event.at()));
        oddity::mark(&mut events);
        let received = order::received(document.root().node(), &events);
        Self { events, received }
    }

    /// Returns the indexes in [`Self::events`] of all events, in the given order. Events without a known time come last
    /// in the order of time, and last in their group if the events are grouped by kind.
    pub fn in_order(&self, order: EventOrder) -> Vec<usize> {
        order::indexes(&self.events, &self.received, order)
    }

    /// Iterates over the events whose time is known, and which therefore have a place on the timeline.
    pub fn events_with_time(&self) -> impl Iterator<Item = &Event<'a>> {
        self.events.iter().filter(|event| event.at().is_some())
    }

    /// Returns the rows of the timeline in the order of time: the events whose time is known, and the gaps between them
    /// (times of at least [`IDLE`] without an event).
    pub fn rows(&self) -> Vec<TimelineRow> {
        let mut rows = Vec::new();
        let mut over: Option<(Timestamp, Timestamp)> = None;
        for (index, event) in self.events.iter().enumerate() {
            let Some((at, (until, latest))) = event.at().zip(event.end_or_start().zip(event.latest())) else { break };
            if let Some((from, _)) = over.filter(|(_, latest)| at.duration_since(*latest) >= IDLE) {
                rows.push(TimelineRow::Gap(Gap { from, to: at, until: event.kind }));
            }
            rows.push(TimelineRow::Event(index));
            over = Some(over.map_or((until, latest), |(from, last)| (from.max(until), last.max(latest))));
        }
        rows
    }

    /// Returns the stretches of the timeline: the parts between its gaps (times of at least [`IDLE`] without an event).
    /// Each stretch is a pair of times: the time of its first event and the latest end of its events.
    pub fn stretches(&self) -> Vec<(Timestamp, Timestamp)> {
        let rows = self.rows();
        let stretches = rows.split(|row| matches!(row, TimelineRow::Gap(_)));
        let events =
            |row: &TimelineRow| if let TimelineRow::Event(index) = row { self.events.get(*index) } else { None };
        stretches.filter_map(|rows| extent(rows.iter().filter_map(events))).collect()
    }

    /// Returns the first and last time of all events whose time is known. Events that are marked as far from the
    /// creation of the submission ([`Oddity::Far`]) are left out. `None` if there is no such event.
    pub fn total_extent(&self) -> Option<(Timestamp, Timestamp)> {
        extent(self.events_with_time().filter(|event| !event.is_far()))
    }

    /// Returns the first and last time of the applicant's capture. The capture consists of the start click, the camera
    /// processes and the calls of `step1` or `step2` of the service. Events that are marked as far from the creation of
    /// the submission ([`Oddity::Far`]) are left out. `None` if there is no such event.
    pub fn capture(&self) -> Option<(Timestamp, Timestamp)> {
        let done = |event: &&Event<'_>| matches!(event.kind, EventKind::Start | EventKind::Camera | EventKind::Call);
        extent(self.events_with_time().filter(|event| !event.is_far()).filter(done))
    }
}

fn extent<'e, 'a: 'e>(events: impl Iterator<Item = &'e Event<'a>>) -> Option<(Timestamp, Timestamp)> {
    let ends = events.filter_map(|event| event.at().zip(event.end_or_start()));
    ends.reduce(|(first, last), (at, until)| (first.min(at), last.max(until)))
}

#[cfg(test)]
mod tests;

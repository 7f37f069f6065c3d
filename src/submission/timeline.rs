//! The timeline of a submission: events, spans, gaps and oddities.
//!
//! Nothing is dropped or smoothed: an event whose time does not parse keeps its text and comes after the others; an end
//! before its start stays as sent and is an oddity. The documentation calls every time UTC and the camera processes "in
//! the order of the applicant's steps". This module formats no text and draws nothing.

mod collect;
mod oddity;
mod order;

use jiff::{SignedDuration, Timestamp};

use super::document::{Document, Field};

pub use oddity::Oddity;
pub use order::{EventGroup, EventOrder};

/// The shortest idle time that counts as a [`Gap`].
///
/// The service documents no figure, so this one is ours: turning a card over or reading a screen takes less, and a
/// longer pause deserves attention.
pub const IDLE: SignedDuration = SignedDuration::from_secs(30);

/// A step of the capture at least this far from the creation is [far outside](Oddity::Far): by the documentation an
/// incomplete submission becomes rejected after about a day.
pub const FAR: SignedDuration = SignedDuration::from_hours(24);

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The check of the network before the submission: `pre_verification`.
    PreVerification,
    /// `created_at`.
    Created,
    /// `signals.startButtonClickTime`.
    Start,
    /// One of `signals.cameraProcessInfo`: the only kind with an end.
    Camera,
    /// A step call of an attempt.
    Call,
    /// An attempt without any time of a call.
    Attempt,
    /// A retry that matches no attempt; it has no time.
    Retry,
    /// `pending_at`.
    Pending,
    /// `kyc_result_at`.
    Result,
    /// `updated_at`.
    Updated,
    /// `memo.updated_at`.
    Memo,
    /// `updateHistory.updateTime`: an admin changed the submission.
    AdminUpdate,
    /// An injection attempt.
    Injection,
}

impl EventKind {
    /// Returns whether it belongs to the applicant's capture, which is done in one session.
    const fn is_capture(self) -> bool {
        matches!(self, Self::PreVerification | Self::Start | Self::Camera | Self::Call)
    }
}

/// A time as sent.
#[derive(Clone, Debug)]
pub struct Time<'a> {
    /// The field that holds it.
    pub field: Field<'a>,
    /// Its instant; `None` where it does not parse.
    pub at: Option<Timestamp>,
    /// Its precision as sent: a minute, a second or a millisecond.
    pub exact: SignedDuration,
}

/// Something that happened at a time or over a span of time.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// Its kind.
    pub kind: EventKind,
    /// The object that describes it: the process, the attempt, the injection; else the field with the time.
    pub subject: Field<'a>,
    /// Its time or start; `None` if it was not sent.
    pub start: Option<Time<'a>>,
    /// The end of a camera process; `None` if it was not sent, and for every other kind.
    pub end: Option<Time<'a>>,
    /// The fields that report an error.
    pub errors: Vec<Field<'a>>,
    /// The retries of its attempt; only on the attempt's last call.
    pub retries: Vec<Field<'a>>,
    /// Its oddities.
    pub oddities: Vec<Oddity>,
}

impl Event<'_> {
    /// Returns its place on the timeline: its start, or its end if the start is not known.
    pub fn at(&self) -> Option<Timestamp> {
        let instant = |time: &Option<Time<'_>>| time.as_ref().and_then(|time| time.at);
        instant(&self.start).or_else(|| instant(&self.end))
    }

    /// Returns its start and end if both are known and in this order.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let (start, end) = (self.start.as_ref()?.at?, self.end.as_ref()?.at?);
        (start <= end).then_some((start, end))
    }

    /// Returns whether events of its kind have a start and an end.
    pub const fn has_ends(&self) -> bool {
        matches!(self.kind, EventKind::Camera)
    }

    /// Returns its end, or its place if it has no end.
    fn until(&self) -> Option<Timestamp> {
        self.span().map(|(_, end)| end).or_else(|| self.at())
    }

    /// Returns the latest instant at which it may have ended: later than its end if that was sent without seconds.
    fn latest(&self) -> Option<Timestamp> {
        let coarse = Some(self.exact()).filter(|exact| *exact > SignedDuration::from_secs(1)).unwrap_or_default();
        self.until().map(|until| until.checked_add(coarse).unwrap_or(until))
    }

    /// Returns whether it failed.
    pub fn failed(&self) -> bool {
        !self.errors.is_empty() || !self.retries.is_empty()
    }

    /// Returns its precision: that of its coarser time.
    pub fn exact(&self) -> SignedDuration {
        [&self.start, &self.end].into_iter().flatten().map(|time| time.exact).max().unwrap_or_default()
    }
}

/// Idle time between two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The end of the last event before it.
    pub from: Timestamp,
    /// The start of the next event.
    pub to: Timestamp,
    /// The kind of the next event.
    pub until: EventKind,
}

impl Gap {
    /// Returns its length, which is never negative.
    pub fn length(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// A row of the timeline in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineRow {
    /// The event with this index.
    Event(usize),
    /// A gap.
    Gap(Gap),
}

/// The timeline of a submission.
#[derive(Clone, Debug, Default)]
pub struct Timeline<'a> {
    /// The events in the order of time, those without a known time last; at the same time in the order of the capture.
    pub events: Vec<Event<'a>>,
    /// Their indexes in the order of the answer.
    received: Vec<usize>,
}

impl<'a> Timeline<'a> {
    /// Reads every event of a submission: everything that has a time, and the retries, which have none.
    pub fn of(document: &'a Document) -> Self {
        let mut events = collect::all(document);
        oddity::mark_sequences(&mut events);
        events.sort_by_key(|event| (event.at().is_none(), event.at()));
        oddity::mark(&mut events);
        let received = order::received(document.root().node(), &events);
        Self { events, received }
    }

    /// Returns the indexes of the events in an order. Events without a known time come last in the order of time, last of
    /// their kind by kind, and where the answer has them as received.
    pub fn in_order(&self, order: EventOrder) -> Vec<usize> {
        order::indexes(&self.events, &self.received, order)
    }

    /// Iterates over the events that have a place on the timeline.
    pub fn placed(&self) -> impl Iterator<Item = &Event<'a>> {
        self.events.iter().filter(|event| event.at().is_some())
    }

    /// Returns the events that have a place, with the [gaps](IDLE) between them.
    pub fn rows(&self) -> Vec<TimelineRow> {
        let mut rows = Vec::new();
        let mut over: Option<(Timestamp, Timestamp)> = None;
        for (index, event) in self.events.iter().enumerate() {
            let Some((at, (until, latest))) = event.at().zip(event.until().zip(event.latest())) else { break };
            if let Some((from, _)) = over.filter(|(_, latest)| at.duration_since(*latest) >= IDLE) {
                rows.push(TimelineRow::Gap(Gap { from, to: at, until: event.kind }));
            }
            rows.push(TimelineRow::Event(index));
            over = Some(over.map_or((until, latest), |(from, last)| (from.max(until), last.max(latest))));
        }
        rows
    }

    /// Returns the stretches of time between the gaps, each as its first and last instant.
    pub fn stretches(&self) -> Vec<(Timestamp, Timestamp)> {
        let rows = self.rows();
        let stretches = rows.split(|row| matches!(row, TimelineRow::Gap(_)));
        let events =
            |row: &TimelineRow| if let TimelineRow::Event(index) = row { self.events.get(*index) } else { None };
        stretches.filter_map(|rows| extent(rows.iter().filter_map(events))).collect()
    }

    /// Returns the first and last instant, without events [far outside](Oddity::Far); `None` if there are none.
    pub fn total_extent(&self) -> Option<(Timestamp, Timestamp)> {
        extent(self.placed().filter(|event| !event.is_far()))
    }

    /// Returns the first and last instant of the applicant's capture: start click, camera processes and calls.
    pub fn capture(&self) -> Option<(Timestamp, Timestamp)> {
        let done = |event: &&Event<'_>| matches!(event.kind, EventKind::Start | EventKind::Camera | EventKind::Call);
        extent(self.placed().filter(|event| !event.is_far()).filter(done))
    }
}

fn extent<'e, 'a: 'e>(events: impl Iterator<Item = &'e Event<'a>>) -> Option<(Timestamp, Timestamp)> {
    let ends = events.filter_map(|event| event.at().zip(event.until()));
    ends.reduce(|(first, last), (at, until)| (first.min(at), last.max(until)))
}

#[cfg(test)]
mod tests;

//! Everything of a submission that has a time, on one line of time: events, spans, gaps, oddities.
//!
//! Nothing is dropped and nothing is smoothed: an event whose time does not parse keeps its text and stands after the
//! others, an end before its start stays what it is and is told. The documentation calls every time UTC and the camera
//! processes "in the order of the applicant's steps". This module makes no words and no pictures.

mod collect;
mod oddity;
mod order;

use jiff::{SignedDuration, Timestamp};

use super::document::{Document, Field};

pub use oddity::Oddity;
pub use order::{Group, Order};

/// From this long on, time in which nothing happened is a [`Gap`].
///
/// The service documents no figure, so this one is ours: turning a card over or reading a screen takes less, and a
/// longer pause is worth a question.
pub const IDLE: SignedDuration = SignedDuration::from_secs(30);

/// Further than this from the creation, a step of the capture is [far outside](Oddity::Far): the documentation turns an
/// incomplete submission into a rejected one after about a day.
pub const FAR: SignedDuration = SignedDuration::from_hours(24);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The check of the network before the submission: `pre_verification`.
    PreVerification,
    /// `created_at`.
    Created,
    /// `signals.startButtonClickTime`.
    Start,
    /// One of `signals.cameraProcessInfo`: the only kind with an end.
    Camera,
    /// A call of a step of an attempt.
    Call,
    /// An attempt none of whose calls has a time.
    Attempt,
    /// A retry that belongs to no attempt; it has no time of its own.
    Retry,
    /// `pending_at`.
    Pending,
    /// `kyc_result_at`.
    Result,
    /// `updated_at`.
    Updated,
    /// `memo.updated_at`.
    Memo,
    /// `updateHistory.updateTime`: an admin changed it.
    AdminUpdate,
    /// An attempt at an injection.
    Injection,
}

impl Kind {
    /// Whether the applicant does it, in one go.
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
    /// How exactly it was sent: to a minute, a second or a thousandth.
    pub exact: SignedDuration,
}

/// Something that happened at a time or between two.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// What.
    pub kind: Kind,
    /// What it is told by: the process, the attempt, the injection, else the field with the time.
    pub subject: Field<'a>,
    /// When it happened or began; `None` when no time was sent.
    pub start: Option<Time<'a>>,
    /// When a camera process ended; `None` when no time was sent, and for every other kind.
    pub end: Option<Time<'a>>,
    /// The fields that say that it failed.
    pub errors: Vec<Field<'a>>,
    /// The retries of its attempt, on the attempt's last call.
    pub retries: Vec<Field<'a>>,
    /// What is odd about it.
    pub oddities: Vec<Oddity>,
}

impl Event<'_> {
    /// Where it stands: at its start, at its end where the start is not known.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        let instant = |time: &Option<Time<'_>>| time.as_ref().and_then(|time| time.at);
        instant(&self.start).or_else(|| instant(&self.end))
    }

    /// From its start to its end, where both are known and in this order.
    #[must_use]
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let (start, end) = (self.start.as_ref()?.at?, self.end.as_ref()?.at?);
        (start <= end).then_some((start, end))
    }

    /// Whether it is of a kind that has a start and an end.
    #[must_use]
    pub const fn has_ends(&self) -> bool {
        matches!(self.kind, Kind::Camera)
    }

    /// When it is over: at its end, or where it stands.
    fn until(&self) -> Option<Timestamp> {
        self.span().map(|(_, end)| end).or_else(|| self.at())
    }

    /// When the latest it is over, for all that is known of a time that was sent without seconds.
    fn latest(&self) -> Option<Timestamp> {
        let coarse = Some(self.exact()).filter(|exact| *exact > SignedDuration::from_secs(1)).unwrap_or_default();
        self.until().map(|until| until.checked_add(coarse).unwrap_or(until))
    }

    /// Whether it failed.
    #[must_use]
    pub fn failed(&self) -> bool {
        !self.errors.is_empty() || !self.retries.is_empty()
    }

    /// How exactly it is known: the coarser of its times.
    #[must_use]
    pub fn exact(&self) -> SignedDuration {
        [&self.start, &self.end].into_iter().flatten().map(|time| time.exact).max().unwrap_or_default()
    }
}

/// Time in which nothing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// When the last of what came before was over.
    pub from: Timestamp,
    /// When the next began.
    pub to: Timestamp,
    /// What the next was.
    pub until: Kind,
}

impl Gap {
    /// How long it is; never negative.
    #[must_use]
    pub fn length(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// A row of the line of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The event with this index.
    Event(usize),
    /// Nothing.
    Gap(Gap),
}

/// The line of time of a submission.
#[derive(Clone, Debug, Default)]
pub struct Timeline<'a> {
    /// The events in the order of time, those without a known time last. Those at the same time stand as the answer tells them.
    pub events: Vec<Event<'a>>,
    /// Their indexes as the answer holds them.
    received: Vec<usize>,
}

impl<'a> Timeline<'a> {
    /// Everything of a submission that has a time, and the retries, which have none.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let mut events = collect::all(document);
        oddity::mark_sequences(&mut events);
        events.sort_by_key(|event| (event.at().is_none(), event.at()));
        oddity::mark(&mut events);
        let received = order::received(document.root().node(), &events);
        Self { events, received }
    }

    /// The index of every event, in an order. By kind, and as received, those without a known time stand among the
    /// others of their kind (as its last) or where the answer has them.
    #[must_use]
    pub fn in_order(&self, order: Order) -> Vec<usize> {
        order::indexes(&self.events, &self.received, order)
    }

    /// Events that have a place on the line.
    pub fn placed(&self) -> impl Iterator<Item = &Event<'a>> {
        self.events.iter().filter(|event| event.at().is_some())
    }

    /// The events that have a place, and between them the [gaps](IDLE).
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut over: Option<(Timestamp, Timestamp)> = None;
        for (index, event) in self.events.iter().enumerate() {
            let Some((at, (until, latest))) = event.at().zip(event.until().zip(event.latest())) else { break };
            if let Some((from, _)) = over.filter(|(_, latest)| at.duration_since(*latest) >= IDLE) {
                rows.push(Row::Gap(Gap { from, to: at, until: event.kind }));
            }
            rows.push(Row::Event(index));
            over = Some(over.map_or((until, latest), |(from, last)| (from.max(until), last.max(latest))));
        }
        rows
    }

    /// The stretches of time between the gaps, each from its first instant to its last.
    #[must_use]
    pub fn stretches(&self) -> Vec<(Timestamp, Timestamp)> {
        let rows = self.rows();
        let stretches = rows.split(|row| matches!(row, Row::Gap(_)));
        let events = |row: &Row| if let Row::Event(index) = row { self.events.get(*index) } else { None };
        stretches.filter_map(|rows| extent(rows.iter().filter_map(events))).collect()
    }

    /// From the first instant to the last, leaving out what lies [far outside](Oddity::Far); `None` without any.
    #[must_use]
    pub fn whole(&self) -> Option<(Timestamp, Timestamp)> {
        extent(self.placed().filter(|event| !event.is_far()))
    }

    /// The same of what the applicant did: from the start click, else the first camera process or call.
    #[must_use]
    pub fn capture(&self) -> Option<(Timestamp, Timestamp)> {
        let done = |event: &&Event<'_>| matches!(event.kind, Kind::Start | Kind::Camera | Kind::Call);
        extent(self.placed().filter(|event| !event.is_far()).filter(done))
    }
}

fn extent<'e, 'a: 'e>(events: impl Iterator<Item = &'e Event<'a>>) -> Option<(Timestamp, Timestamp)> {
    let ends = events.filter_map(|event| event.at().zip(event.until()));
    ends.reduce(|(first, last), (at, until)| (first.min(at), last.max(until)))
}

#[cfg(test)]
mod tests;

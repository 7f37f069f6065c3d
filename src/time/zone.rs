//! The zone that times are shown in.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::text::Safe;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ZoneChoice {
    #[default]
    Utc,
    Local,
    Named,
}

/// The zone that times are shown in, and the others that a key may turn to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    shown: ZoneChoice,
    local: TimeZone,
    named: Option<TimeZone>,
    /// Every time is with its offset from UTC, also where its date or its zone is elsewhere.
    offsets: bool,
}

impl Zone {
    /// UTC. `local` is the zone of the machine, found once by the caller.
    pub const fn utc(local: TimeZone) -> Self {
        Self { shown: ZoneChoice::Utc, local, named: None, offsets: false }
    }

    /// Begins with a zone that was chosen; `local` is the zone of the machine, found once by the caller.
    pub fn starting(with: TimeZone, local: TimeZone) -> Self {
        if with == TimeZone::UTC {
            Self::utc(local)
        } else if with == local {
            Self { shown: ZoneChoice::Local, local, named: None, offsets: false }
        } else {
            Self { shown: ZoneChoice::Named, local, named: Some(with), offsets: false }
        }
    }

    /// The next one: UTC, local, the named one if there is one, UTC.
    #[must_use]
    pub fn next(&self) -> Self {
        let shown = match self.shown {
            ZoneChoice::Utc => ZoneChoice::Local,
            ZoneChoice::Local if self.named.is_some() => ZoneChoice::Named,
            ZoneChoice::Local | ZoneChoice::Named => ZoneChoice::Utc,
        };
        Self { shown, ..self.clone() }
    }

    /// The word for it in headers: `UTC`, `local` (with the zone's name, where the machine tells it) or the IANA name.
    pub fn label(&self) -> Safe {
        match (self.shown, self.zone().iana_name()) {
            (ZoneChoice::Utc, _) => Safe::from_static("UTC"),
            (ZoneChoice::Local, None) => Safe::from_static("local"),
            (ZoneChoice::Local, Some(name)) => Safe::sanitize(&format!("local {name}")),
            (ZoneChoice::Named, name) => Safe::sanitize(name.unwrap_or("named")),
        }
    }

    /// In full: date, seconds, a fraction where there is one (in thousandths, or finer if sent finer), and the zone
    /// as `UTC` or as the offset from it.
    pub fn date_time(&self, at: Timestamp) -> Safe {
        let zoned = self.at(at);
        let fraction = match zoned.subsec_nanosecond() {
            0 => String::new(),
            nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
            nanos if nanos % 1000 == 0 => format!(".{:06}", nanos / 1000),
            nanos => format!(".{nanos:09}"),
        };
        let zone = if self.shown == ZoneChoice::Utc { "UTC".to_owned() } else { zoned.strftime("%:z").to_string() };
        Safe::sanitize(&format!("{} {}{fraction} {zone}", zoned.date(), clock(&zoned)))
    }

    /// The same zone for showing these instants side by side: with their offsets, if one of their local times comes twice or
    /// the offset changes from one to another, so that a time of day alone would mislead.
    #[must_use]
    pub fn showing(&self, instants: impl IntoIterator<Item = Timestamp>) -> Self {
        let mut first = None;
        let offsets = self.shown != ZoneChoice::Utc
            && instants.into_iter().any(|at| {
                let zoned = self.at(at);
                *first.get_or_insert(zoned.offset()) != zoned.offset() || comes_twice(&zoned)
            });
        Self { offsets, ..self.clone() }
    }

    /// The same zone for showing instants of which nothing is known yet: with their offsets, if it has changed its own since
    /// 2015, before which the service has no submissions.
    #[must_use]
    pub fn showing_any(&self) -> Self {
        let since =
            date(2015, 1, 1).to_zoned_datetime(TimeZone::UTC).map(|since| since.timestamp()).unwrap_or_default();
        Self { offsets: self.zone().following(since).next().is_some(), ..self.clone() }
    }

    /// `YYYY-MM-DD HH:MM`, for columns; the heading has the zone. The offset follows where it is needed: see
    /// [`Self::showing`].
    pub fn short(&self, at: Timestamp) -> Safe {
        let zoned = self.at(at);
        Safe::sanitize(&format!("{} {:02}:{:02}{}", zoned.date(), zoned.hour(), zoned.minute(), self.tail(&zoned)))
    }

    /// Columns that [`Self::short`] takes.
    pub const fn short_width(&self) -> usize {
        if self.offsets { 16 + TAIL } else { 16 }
    }

    /// `HH:MM:SS`. The offset follows where it is needed: see [`Self::showing`].
    pub fn clock(&self, at: Timestamp) -> Safe {
        let zoned = self.at(at);
        Safe::sanitize(&format!("{}{}", clock(&zoned), self.tail(&zoned)))
    }

    /// Columns that [`Self::clock`] takes.
    pub const fn clock_width(&self) -> usize {
        if self.offsets { 8 + TAIL } else { 8 }
    }

    /// The offset behind a time, where it is needed.
    fn tail(&self, zoned: &ZonedDateTime) -> String {
        let needed = self.offsets || self.shown != ZoneChoice::Utc && comes_twice(zoned);
        if needed { zoned.strftime(" %:z").to_string() } else { String::new() }
    }

    fn at(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.zone())
    }

    fn zone(&self) -> TimeZone {
        match self.shown {
            ZoneChoice::Utc => TimeZone::UTC,
            ZoneChoice::Local => self.local.clone(),
            ZoneChoice::Named => self.named.clone().unwrap_or(TimeZone::UTC),
        }
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc(TimeZone::UTC)
    }
}

/// Columns of an offset and the space before it.
const TAIL: usize = 7;

/// Whether the local time comes twice: clocks are put back over it.
fn comes_twice(zoned: &ZonedDateTime) -> bool {
    zoned.time_zone().to_ambiguous_timestamp(zoned.datetime()).is_ambiguous()
}

fn clock(zoned: &ZonedDateTime) -> String {
    format!("{:02}:{:02}:{:02}", zoned.hour(), zoned.minute(), zoned.second())
}

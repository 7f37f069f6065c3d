//! Defines the time zone in which times are shown, and formats times in this zone.

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

/// Setting that says in which time zone times are shown. With a key, the user switches between UTC, the time zone of
/// the computer, and a further named zone if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    shown: ZoneChoice,
    local: TimeZone,
    named: Option<TimeZone>,
    /// Whether every time is shown with its offset from UTC.
    offsets: bool,
}

impl Zone {
    /// Creates the setting that first shows times in UTC. `local` is the time zone of the computer, to which the user
    /// can switch with a key. This function does not find it out itself.
    pub const fn utc(local: TimeZone) -> Self {
        Self { shown: ZoneChoice::Utc, local, named: None, offsets: false }
    }

    /// Creates the setting that first shows times in the zone `with`. `local` is the time zone of the computer, to
    /// which the user can switch with a key. This function does not find it out itself.
    pub fn starting(with: TimeZone, local: TimeZone) -> Self {
        if with == TimeZone::UTC {
            Self::utc(local)
        } else if with == local {
            Self { shown: ZoneChoice::Local, local, named: None, offsets: false }
        } else {
            Self { shown: ZoneChoice::Named, local, named: Some(with), offsets: false }
        }
    }

    /// Returns a copy of this setting that shows times in the next time zone. After UTC comes the zone of the computer,
    /// then the further named zone if there is one, then UTC again.
    #[must_use]
    pub fn next(&self) -> Self {
        let shown = match self.shown {
            ZoneChoice::Utc => ZoneChoice::Local,
            ZoneChoice::Local if self.named.is_some() => ZoneChoice::Named,
            ZoneChoice::Local | ZoneChoice::Named => ZoneChoice::Utc,
        };
        Self { shown, ..self.clone() }
    }

    /// Returns the name of the shown time zone, for headings: `UTC`, `local Asia/Seoul` for the zone of the computer
    /// (`local` alone if its IANA name is not known), or the IANA name of the named zone.
    pub fn label(&self) -> Safe {
        match (self.shown, self.zone().iana_name()) {
            (ZoneChoice::Utc, _) => Safe::from_static("UTC"),
            (ZoneChoice::Local, None) => Safe::from_static("local"),
            (ZoneChoice::Local, Some(name)) => Safe::sanitize(&format!("local {name}")),
            (ZoneChoice::Named, name) => Safe::sanitize(name.unwrap_or("named")),
        }
    }

    /// Returns whether this setting and `other` show the same zone, or both show zones whose time is UTC since 2015,
    /// such as `UTC` and `Etc/UTC`. Other zones with different names do not count as the same, even if all times are.
    pub fn shows_same_times(&self, other: &Self) -> bool {
        let (zone, other) = (self.zone(), other.zone());
        zone == other || is_utc(&zone) && is_utc(&other)
    }

    /// Formats the time `time` in full: date, time with seconds, and the zone as `UTC` or as the offset from UTC. A
    /// fraction that is not zero is shown too, with three digits, or more if the time is more precise.
    pub fn date_time(&self, time: Timestamp) -> Safe {
        let zoned = self.in_zone(time);
        let fraction = match zoned.subsec_nanosecond() {
            0 => String::new(),
            nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
            nanos if nanos % 1000 == 0 => format!(".{:06}", nanos / 1000),
            nanos => format!(".{nanos:09}"),
        };
        let zone = if self.shown == ZoneChoice::Utc { "UTC".to_owned() } else { zoned.strftime("%:z").to_string() };
        Safe::sanitize(&format!("{} {}{fraction} {zone}", zoned.date(), clock(&zoned)))
    }

    /// Returns a copy of this setting that shows the times `instants` in one form, for example in one column. In a zone
    /// other than UTC, the copy adds the offset from UTC to each time in two cases: the times have different offsets,
    /// or the local time of one of them occurs twice, because clocks are set back then.
    #[must_use]
    pub fn showing(&self, instants: impl IntoIterator<Item = Timestamp>) -> Self {
        let mut first = None;
        let offsets = self.shown != ZoneChoice::Utc
            && instants.into_iter().any(|at| {
                let zoned = self.in_zone(at);
                *first.get_or_insert(zoned.offset()) != zoned.offset() || occurs_twice(&zoned)
            });
        Self { offsets, ..self.clone() }
    }

    /// Returns a copy of this time zone setting for a column whose times are not all known yet, such as times of pages
    /// that will be fetched later. If the offset of the shown time zone has changed since 2015, the copy shows each
    /// time with its offset from UTC. The service has no submissions before 2015.
    #[must_use]
    pub fn showing_any(&self) -> Self {
        Self { offsets: self.zone().following(first_time()).next().is_some(), ..self.clone() }
    }

    /// Formats the time `time` as `YYYY-MM-DD HH:MM`, for columns whose heading names the time zone. The offset from
    /// UTC, such as `+09:00`, follows if the setting shows offsets (see [`Self::showing`]), or if the local time occurs
    /// twice.
    pub fn short(&self, time: Timestamp) -> Safe {
        let zoned = self.in_zone(time);
        Safe::sanitize(&format!("{} {:02}:{:02}{}", zoned.date(), zoned.hour(), zoned.minute(), self.tail(&zoned)))
    }

    /// Returns the number of terminal columns of the text of [`Self::short`].
    pub const fn short_width(&self) -> usize {
        if self.offsets { 16 + OFFSET_COLUMNS } else { 16 }
    }

    /// Formats the time of day of `time` as `HH:MM:SS`. The offset from UTC, such as `+09:00`, follows if the setting
    /// shows offsets (see [`Self::showing`]), or if the local time occurs twice because clocks are set back.
    pub fn clock(&self, time: Timestamp) -> Safe {
        let zoned = self.in_zone(time);
        Safe::sanitize(&format!("{}{}", clock(&zoned), self.tail(&zoned)))
    }

    /// Returns the number of terminal columns of the text of [`Self::clock`].
    pub const fn clock_width(&self) -> usize {
        if self.offsets { 8 + OFFSET_COLUMNS } else { 8 }
    }

    /// Returns the text to append to a formatted time: a space and the offset from UTC, such as ` +09:00`. The text is
    /// empty if this setting shows no offsets ([`Self::showing`]) and the local time of `zoned` occurs only once. (A
    /// local time occurs twice when clocks are set back.)
    fn tail(&self, zoned: &ZonedDateTime) -> String {
        let needed = self.offsets || self.shown != ZoneChoice::Utc && occurs_twice(zoned);
        if needed { zoned.strftime(" %:z").to_string() } else { String::new() }
    }

    fn in_zone(&self, time: Timestamp) -> ZonedDateTime {
        time.to_zoned_datetime(self.zone())
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

/// Number of terminal columns of the text after a time: a space and an offset from UTC such as `+09:00`.
const OFFSET_COLUMNS: usize = 7;

/// Returns the first moment of 2015 in UTC. The service has no submissions before 2015.
fn first_time() -> Timestamp {
    date(2015, 1, 1).to_zoned_datetime(TimeZone::UTC).map(|since| since.timestamp()).unwrap_or_default()
}

/// Returns whether the local time of `zone` has been UTC since 2015 and remains so, whatever the name of the zone.
fn is_utc(zone: &TimeZone) -> bool {
    zone.to_offset(first_time()).seconds() == 0 && zone.following(first_time()).next().is_none()
}

/// Returns whether the local time of `zoned` occurs twice, because clocks are set back at that time.
fn occurs_twice(zoned: &ZonedDateTime) -> bool {
    zoned.time_zone().to_ambiguous_timestamp(zoned.datetime()).is_ambiguous()
}

fn clock(zoned: &ZonedDateTime) -> String {
    format!("{:02}:{:02}:{:02}", zoned.hour(), zoned.minute(), zoned.second())
}

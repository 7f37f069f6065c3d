//! Points in time in the invented submissions, and the text formats in which the server sends them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::super::behaviour::Times;

/// A point in time, in milliseconds since 1970-01-01 UTC. Adding to it cannot fail (the result is limited instead),
/// which keeps the code that generates times simple.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DemoInstant(i64);

impl DemoInstant {
    /// Returns the instant at which the day `day` begins in UTC.
    pub(super) fn midnight(day: Date) -> Self {
        let instant = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
        Self(instant.as_millisecond())
    }

    pub(super) const fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    pub(super) const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(86_400_000))
    }

    /// Returns the instant that is `hours` hours later. Read as UTC, the result shows the local date and time of this
    /// instant in a time zone `hours` hours east of UTC.
    pub(crate) const fn shifted_east(self, hours: i8) -> Self {
        self.plus((hours as i64).saturating_mul(3_600_000))
    }

    /// Returns the day of the instant in UTC.
    pub(crate) fn date(self) -> Date {
        self.civil().date()
    }

    pub(super) fn text(self, form: Times) -> String {
        let civil = self.civil();
        let (date, hour, minute, second) = (civil.date(), civil.hour(), civil.minute(), civil.second());
        match form {
            Times::Iso => format!("{date}T{hour:02}:{minute:02}:{second:02}.{:03}Z", civil.millisecond()),
            Times::Placeholder => format!("{date}-{hour:02}-{minute:02}-{second:02}-UTC"),
            Times::Minutes => format!("{date} {hour:02}:{minute:02}"),
        }
    }

    pub(super) fn iso(self) -> String {
        self.text(Times::Iso)
    }

    fn civil(self) -> DateTime {
        Offset::UTC.to_datetime(Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_instant_is_written_in_each_form() {
        let at = DemoInstant::midnight(date(2026, 3, 1)).plus_days(-1).plus(9 * 3_600_000 + 4 * 60_000 + 5_006);
        assert_eq!(at.iso(), "2026-02-28T09:04:05.006Z");
        assert_eq!(at.text(Times::Placeholder), "2026-02-28-09-04-05-UTC");
        assert_eq!(at.text(Times::Minutes), "2026-02-28 09:04");
        assert_eq!(at.date(), date(2026, 2, 28));
    }
}

//! Reads the current day from the clock of this machine.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Returns today's date in UTC, by this machine's clock.
pub(super) fn today() -> Date {
    #[expect(
        clippy::disallowed_methods,
        reason = "a call begins now: relative dates and the demo's data count from it"
    )]
    Timestamp::now().to_zoned_datetime(TimeZone::UTC).date()
}

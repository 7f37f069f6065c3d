//! The range of dates of an export, with its days in the order in which the service sends submissions.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::query::Params;

/// The first and the last day of an export, and the order in which the service sends the days. In this order, each day
/// has a number: 0 is the day of the submissions that are sent first.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateRange {
    start: Date,
    end: Date,
    pub(super) newest_first: bool,
}

impl DateRange {
    /// Returns the range of dates in the query parameters `params`; `None` if a date is missing or the range is empty.
    /// `newest_first` says whether the service sends the newest submission first.
    pub(super) fn of(params: &Params, newest_first: bool) -> Option<Self> {
        let (start, end) = (params.start_date?, params.end_date?);
        (start <= end).then_some(Self { start, end, newest_first })
    }

    /// Returns the number of days in the range of dates, the first and the last day included.
    pub(super) fn days(&self) -> u32 {
        self.between(self.start, self.end).saturating_add(1)
    }

    /// Returns the number of the day (UTC) on which a time is: 0 for the first day in the order of the service. A time
    /// outside of the range of dates counts as the nearest day of the range.
    pub(super) fn day(&self, time: Timestamp) -> u32 {
        let date = TimeZone::UTC.to_datetime(time).date().clamp(self.start, self.end);
        if self.newest_first { self.between(date, self.end) } else { self.between(self.start, date) }
    }

    /// Returns `params`, the query parameters of the whole export, changed so that the service sends a list that begins
    /// with the day number `day`. For day 0, returns them unchanged.
    pub(super) fn params(&self, params: &Params, day: u32) -> Params {
        let days = i64::from(day).days();
        match self.newest_first {
            _ if day == 0 => params.clone(),
            true => Params { end_date: self.end.checked_sub(days).ok(), ..params.clone() },
            false => Params { start_date: self.start.checked_add(days).ok(), ..params.clone() },
        }
    }

    fn between(&self, from: Date, to: Date) -> u32 {
        from.until(to).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
    }
}

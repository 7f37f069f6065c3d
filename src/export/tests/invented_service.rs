//! A service in memory, with each way to order rows and to count days that the documentation leaves open.

use std::collections::HashMap;

use argos_testkit::dice::Dice;
use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::export::chain::ChainRow;
use crate::query::Params;

pub(super) const FIRST_DAY: Date = date(2026, 8, 24);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sorting {
    NewestFirst,
    OldestFirst,
    Unordered,
    /// Newest first, but in the middle some rows change their places.
    MostlyNewestFirst,
}

/// The rows in their order, and the rules by which a request gets some of them.
pub(super) struct InventedService {
    rows: Vec<ChainRow>,
    zone: TimeZone,
    start_included: bool,
    end_included: bool,
    /// Filters by the row before the next page, if a page key keeps its filter.
    remembered: Option<HashMap<u128, (Date, Date)>>,
    page: usize,
    pub(super) requests: usize,
}

impl InventedService {
    /// Returns a service with rows of `days` days, and the whole range of dates.
    pub(super) fn draw(dice: &mut Dice, sorting: Sorting, days: i64) -> Self {
        let mut rows = Vec::new();
        let most = [1, 4, 30, 90][dice.below(4)];
        let step = if dice.percent(30) { 60 } else { 1 };
        for day in 0..days {
            let of_day = if dice.percent(20) { 0 } else { dice.below(most) };
            let day = FIRST_DAY.checked_add(day.days()).unwrap();
            let midnight = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap();
            for _ in 0..of_day {
                let second = i64::try_from(dice.below(86_400)).unwrap() / step * step;
                rows.push(midnight + SignedDuration::from_secs(second));
            }
        }
        rows.sort_unstable_by(|one: &Timestamp, other| other.cmp(one));
        let mut rows: Vec<ChainRow> = (1..)
            .zip(rows)
            .map(|(id, created)| {
                let digest = if dice.percent(3) { None } else { Some(id) };
                ChainRow { digest, created: digest.map(|_| created) }
            })
            .collect();
        match sorting {
            Sorting::NewestFirst => {}
            Sorting::OldestFirst => rows.reverse(),
            Sorting::Unordered => rows.sort_by_cached_key(|_| dice.below(1 << 30)),
            Sorting::MostlyNewestFirst => {
                let third = rows.len() / 3;
                rows[third..2 * third].reverse();
            }
        }
        Self {
            rows,
            zone: Offset::constant([0, 9, -8][dice.below(3)]).to_time_zone(),
            start_included: dice.percent(70),
            end_included: dice.percent(70),
            remembered: dice.percent(40).then(HashMap::new),
            page: [1, 3, 20, 50][dice.below(4)],
            requests: 0,
        }
    }

    /// Returns a page after the row with the digest `after`, and the digest for the next page.
    pub(super) fn page(&mut self, params: &Params, after: Option<u128>) -> (Vec<ChainRow>, Option<u128>) {
        self.requests += 1;
        let (mut start, mut end) = (params.start_date.unwrap(), params.end_date.unwrap());
        if let Some(of_key) = after.and_then(|after| self.remembered.as_ref()?.get(&after)) {
            (start, end) = *of_key;
        }
        let from = after.map_or(0, |after| self.rows.iter().position(|row| row.digest == Some(after)).unwrap() + 1);
        let mut page = Vec::new();
        let mut fitting = self.rows[from..].iter().filter(|row| self.fits(row, start, end)).peekable();
        // A page key needs a row with an id, so a page ends with one.
        while page.len() < self.page || page.last().is_none_or(|row: &ChainRow| row.digest.is_none()) {
            match fitting.next() {
                Some(row) => page.push(*row),
                None => break,
            }
        }
        let next = fitting.peek().and_then(|_| page.last()?.digest);
        if let (Some(remembered), Some(next)) = (&mut self.remembered, next) {
            remembered.insert(next, (start, end));
        }
        (page, next)
    }

    /// An unreadable item has no time to look at, and belongs to each range.
    fn fits(&self, row: &ChainRow, start: Date, end: Date) -> bool {
        let Some(created) = row.created else { return true };
        let day = self.zone.to_datetime(created).date();
        (if self.start_included { day >= start } else { day > start })
            && (if self.end_included { day <= end } else { day < end })
    }
}

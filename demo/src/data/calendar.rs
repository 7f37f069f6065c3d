//! Generates the start times of submissions: fewer at weekends, and most during the day in East Asia.

use jiff::civil::{Date, Weekday};

use super::demo_instant::DemoInstant;
use super::dice::{Dice, DiceStream};

/// Number of submissions on the newest day of the demo data. Their contents are written by hand instead of generated at
/// random, and fill the first screen of the demo.
pub(super) const HANDWRITTEN_COUNT: usize = 12;

/// Number of days on which submissions of the demo start, including the newest day.
const DATA_DAYS: i64 = 90;

/// Each hour of the day (UTC) with its weight: of 1,000 submissions, how many start in this hour on average.
const STARTS_PER_HOUR: &[(i64, u64)] = &[
    (0, 80),
    (1, 85),
    (2, 80),
    (3, 55),
    (4, 70),
    (5, 75),
    (6, 70),
    (7, 65),
    (8, 60),
    (9, 45),
    (10, 40),
    (11, 40),
    (12, 40),
    (13, 35),
    (14, 25),
    (15, 20),
    (16, 15),
    (17, 15),
    (18, 10),
    (19, 10),
    (20, 10),
    (21, 10),
    (22, 15),
    (23, 30),
];

/// Returns the latest possible time of an event in the demo data, such as the result of a submission. It is 03:05 UTC
/// on the day `today`, the newest day of the data. This is early in the day, about noon in Seoul, so that a user who
/// starts the demo early on that day does not see many events of the future.
pub(super) fn latest_event_time(today: Date) -> DemoInstant {
    DemoInstant::midnight(today).plus(3 * 3_600_000 + 5 * 60_000)
}

/// Returns the start times of all submissions, newest first. `today` is the day on which the newest submissions start.
/// `volume_factor` makes the earlier days busier: on each of them, this factor times the usual number of submissions
/// start.
pub(super) fn start_times(today: Date, volume_factor: u8) -> Vec<DemoInstant> {
    let midnight = DemoInstant::midnight(today);
    let mut starts: Vec<DemoInstant> =
        (0..).map(|turn| midnight.plus(9_648_317 - turn * 794_511)).take(HANDWRITTEN_COUNT).collect();
    for back in 1..DATA_DAYS {
        let day = midnight.plus_days(-back);
        let dice = &mut Dice::new(DiceStream::Days, back.unsigned_abs());
        let mut of_day: Vec<DemoInstant> = (0..starts_on(day.date().weekday()) * i64::from(volume_factor))
            .map(|_| {
                let hour = dice.weighted(STARTS_PER_HOUR, |hour| hour.1).map_or(0, |hour| hour.0);
                day.plus(hour * 3_600_000 + dice.number_between(0, 3_599_999))
            })
            .collect();
        of_day.sort_unstable_by(|one, other| other.cmp(one));
        starts.extend(of_day);
    }
    starts
}

/// Returns how many submissions usually start on a day of the demo data; `day` is its day of the week. The numbers are
/// so large that ninety days in a row have more than 2,000 submissions together.
const fn starts_on(day: Weekday) -> i64 {
    match day {
        Weekday::Saturday => 19,
        Weekday::Sunday => 16,
        _ => 26,
    }
}

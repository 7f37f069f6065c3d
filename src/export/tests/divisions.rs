//! Where the lists begin.

use argos_testkit::dice::Dice;
use argos_testkit::long_run::cases;

use crate::export::division::{ListSpan, day_to_divide, equal_ranges};

#[test]
fn ranges_are_equal_and_none_is_empty() {
    assert_eq!(equal_ranges(90, 4), [0, 22, 45, 67]);
    assert_eq!(equal_ranges(3, 16), [0, 1, 2], "fewer days than jobs");
    assert_eq!(equal_ranges(1, 4), [0]);
    for seed in 0..cases(500_u64, 5000) {
        let mut dice = Dice::new(seed);
        let days = u32::try_from(dice.below(10_000) + 1).unwrap();
        let jobs = u32::try_from(dice.below(16) + 1).unwrap();
        let begins = equal_ranges(days, jobs);
        let ends = begins.iter().skip(1).copied().chain([days]);
        let lengths: Vec<u32> = begins.iter().zip(ends).map(|(begin, end)| end - begin).collect();
        let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
        assert!(*least > 0 && most - least <= 1, "{days} days, {jobs} jobs: {lengths:?}");
        assert_eq!(begins.len(), days.min(jobs) as usize);
    }
}

#[test]
fn the_longest_rest_is_halved() {
    let span = |begin, position, rows, is_open| ListSpan { begin, position, rows, is_open };
    // 20 rows a day: the second list has 50 days left, of which two and a half are on their way; the first one has 5.
    let spans = [span(0, 25, 500, true), span(30, 40, 200, true)];
    assert_eq!(day_to_divide(&spans, 90, 50), Some(67));
    // A list that ended has no rest, whatever lies behind it.
    let spans = [span(0, 25, 500, true), span(30, 40, 200, false)];
    assert_eq!(day_to_divide(&spans, 90, 50), None, "5 days of 20 rows are two pages");
    assert_eq!(day_to_divide(&[span(0, 88, 2000, true)], 90, 50), None);
    assert_eq!(day_to_divide(&[], 90, 50), None);
    // The last two days of a list are divided too.
    assert_eq!(day_to_divide(&[span(0, 0, 5_000, true)], 2, 50), Some(1));
    // Rows count, not days.
    let spans = [span(0, 9, 1000, true), span(40, 49, 10, true)];
    assert_eq!(day_to_divide(&spans, 90, 5), Some(25));
}

#[test]
fn a_cut_lies_within_a_rest() {
    for seed in 0..cases(500_u64, 5000) {
        let mut dice = Dice::new(seed);
        let days = u32::try_from(dice.below(400) + 1).unwrap();
        let mut spans = Vec::new();
        let mut day = 0;
        while day < days {
            let length = u32::try_from(dice.below(60) + 1).unwrap().min(days - day);
            let position = day + u32::try_from(dice.below(length as usize)).unwrap();
            let rows = dice.below(3000) as u64;
            spans.push(ListSpan { begin: day, position, rows, is_open: dice.percent(70) });
            day += length;
        }
        if let Some(day) = day_to_divide(&spans, days, 50) {
            let rest = spans.iter().rev().find(|span| span.begin <= day).unwrap();
            assert!(rest.is_open && rest.position < day && day < days, "day {day} of {spans:?}");
        }
    }
}

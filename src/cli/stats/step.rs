//! Durations in seconds between certain times of a submission, and their counts. An example is the time from the click
//! on the start button to the first call of `step1` of the service.

use std::collections::BTreeMap;

use enum_map::Enum;
use jiff::Timestamp;

use crate::submission::attempts::Attempts;
use crate::submission::timeline::{EventKind, Timeline};

/// Longest duration, in seconds, for which every second is counted separately. Longer durations are cut to three
/// significant digits, which limits the memory.
const MAX_EXACT_SECONDS: u64 = 3_600;

/// Kind of time span within a submission, such as the time from the click on the start button to the first call of
/// `step1`. `step1` and `step2` are the calls of the service in a KYC attempt. The command `stats` collects the
/// durations of the time spans of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum StepKind {
    /// The time from the click on the start button (`signals.startButtonClickTime`) to the first call of `step1` of the
    /// service.
    StartToFirst,
    /// The time from the first call of `step1` to the first call of `step2` of the service.
    FirstToSecond,
    /// The time from the last call of `step1` or `step2` of the service to the result (`kyc_result_at`).
    LastToResult,
}

impl StepKind {
    /// Returns two names of this time span: its key in the JSON output of `stats`, such as `start_to_step1`, and its
    /// name in the table that `stats` prints.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::StartToFirst => ("start_to_step1", "start click to first try of step 1"),
            Self::FirstToSecond => ("step1_to_step2", "first try of step 1 to that of step 2"),
            Self::LastToResult => ("last_call_to_result", "last step to result"),
        }
    }
}

impl StepKind {
    /// Returns the JSON paths of the fields that hold the times at which this kind of time span starts and ends.
    pub(super) const fn paths(self) -> &'static [&'static str] {
        match self {
            Self::StartToFirst => &["signals.startButtonClickTime", "kyc.attempts"],
            Self::FirstToSecond => &["kyc.attempts"],
            Self::LastToResult => &["kyc.attempts", "kyc_result_at"],
        }
    }
}

/// The durations of one kind of time span, collected from all submissions. Each submission counts once.
#[derive(Default)]
pub(super) struct StepTimes {
    seconds: BTreeMap<u64, u64>,
    /// Number of submissions in which the time span ends before it starts. These submissions are not contained in any
    /// other count of the time span.
    pub(super) backwards: u64,
    /// Number of full records that lack the start or the end of the time span.
    pub(super) empty: u64,
    /// Number of submissions whose list data does not contain the start or the end of the time span.
    pub(super) not_fetched: u64,
    /// Number of submissions in which the start or the end of the time span cannot be parsed.
    pub(super) unreadable: u64,
}

/// Time at which a time span of a submission starts or ends, or the reason why this time is unknown.
#[derive(Clone, Copy)]
enum SpanEnd {
    At(Timestamp),
    Absent,
    Unreadable,
}

impl StepTimes {
    /// Returns the number of submissions for which the duration of the time span is known.
    pub(super) fn count(&self) -> u64 {
        self.seconds.values().sum()
    }

    /// Returns whether the start or the end of the time span is absent from the list data of every counted submission.
    /// Returns false if no submission was counted.
    pub(super) fn is_absent(&self) -> bool {
        self.not_fetched > 0 && self.count() + self.backwards + self.empty + self.unreadable == 0
    }

    /// Returns a percentile of the durations in whole seconds: `percent` percent of the durations are as long or
    /// shorter. `None` means that no duration was counted.
    pub(super) fn percentile(&self, percent: u64) -> Option<u64> {
        let rank = (self.count() * percent).div_ceil(100);
        let mut counted = 0;
        self.seconds.iter().find_map(|(seconds, count)| {
            counted += count;
            (counted >= rank).then_some(*seconds)
        })
    }

    /// Adds the duration of the time span `kind` in one submission to the counts. `attempts` and `timeline` hold the
    /// times of this submission. `is_full_record` is true if they come from a full record, and not only from list data.
    pub(super) fn add(
        &mut self,
        kind: StepKind,
        attempts: &Attempts<'_>,
        timeline: &Timeline<'_>,
        is_full_record: bool,
    ) {
        let calls = |step: Option<&'static str>| {
            let calls = attempts.attempts.iter().flat_map(|attempt| &attempt.calls);
            calls.filter(move |call| step.is_none_or(|step| call.step() == step)).map(|call| call.at)
        };
        let event = |kind: EventKind| {
            let events = timeline.events.iter().filter(move |event| event.kind == kind);
            events.filter_map(|event| event.start.as_ref()).map(|time| time.at)
        };
        let (from, to) = match kind {
            StepKind::StartToFirst => (first(event(EventKind::Start)), first(calls(Some("step1")))),
            StepKind::FirstToSecond => (first(calls(Some("step1"))), first(calls(Some("step2")))),
            StepKind::LastToResult => (last(calls(None)), last(event(EventKind::Result))),
        };
        match (from, to) {
            (SpanEnd::At(from), SpanEnd::At(to)) => match u64::try_from(to.duration_since(from).as_millis()) {
                Ok(millis) => *self.seconds.entry(rounded(millis / 1_000)).or_default() += 1,
                Err(_) => self.backwards += 1,
            },
            (SpanEnd::Unreadable, _) | (_, SpanEnd::Unreadable) => self.unreadable += 1,
            _ if is_full_record => self.empty += 1,
            _ => self.not_fetched += 1,
        }
    }
}

fn first(times: impl Iterator<Item = Option<Timestamp>>) -> SpanEnd {
    choose_time(times, Timestamp::min)
}

fn last(times: impl Iterator<Item = Option<Timestamp>>) -> SpanEnd {
    choose_time(times, Timestamp::max)
}

/// Returns the earliest or the latest of `times`. `choose` is the function that returns the earlier or the later of two
/// times. A time that cannot be parsed is `None` in `times`. Returns [`SpanEnd::Absent`] if there are no times. Returns
/// [`SpanEnd::Unreadable`] if one of them cannot be parsed, since that time could be the wanted one.
fn choose_time(
    times: impl Iterator<Item = Option<Timestamp>>,
    choose: fn(Timestamp, Timestamp) -> Timestamp,
) -> SpanEnd {
    let choose =
        |one: Option<Timestamp>, other: Option<Timestamp>| one.zip(other).map(|(one, other)| choose(one, other));
    match times.reduce(choose) {
        None => SpanEnd::Absent,
        Some(None) => SpanEnd::Unreadable,
        Some(Some(at)) => SpanEnd::At(at),
    }
}

/// Returns the number of seconds, cut to three significant digits if it is larger than [`MAX_EXACT_SECONDS`].
const fn rounded(seconds: u64) -> u64 {
    let mut unit = 1;
    while seconds >= MAX_EXACT_SECONDS && seconds / unit >= 1_000 {
        unit *= 10;
    }
    seconds / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(seconds: &[u64]) -> StepTimes {
        let mut step = StepTimes::default();
        seconds.iter().for_each(|second| *step.seconds.entry(*second).or_default() += 1);
        step
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        assert_eq!(step(&[]).percentile(50), None);
        assert_eq!(step(&[7]).percentile(50), Some(7));
        assert_eq!((step(&[1, 9]).percentile(50), step(&[1, 9]).percentile(90)), (Some(1), Some(9)));
        let ten: Vec<u64> = (1..=10).collect();
        assert_eq!((step(&ten).percentile(50), step(&ten).percentile(90)), (Some(5), Some(9)));
    }

    #[test]
    fn long_times_are_told_apart_by_three_digits() {
        let told = [0, 59, 3_599, 3_600, 3_609, 99_999, 1_234_567].map(rounded);
        assert_eq!(told, [0, 59, 3_599, 3_600, 3_600, 99_900, 1_230_000]);
    }
}

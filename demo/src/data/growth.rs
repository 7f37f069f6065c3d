//! Changes the demo data while the server runs: adds new submissions, and approves or rejects pending submissions.

use super::DemoData;
use super::submission_plan::{Status, SubmissionPlan};

/// Time between the starts of a new submission and the next new one, in milliseconds.
const START_INTERVAL: i64 = 97_331;
/// Longest time from the start of a new submission to its last event, in milliseconds.
const MAX_EVENT_DELAY: i64 = 90_000;

impl DemoData {
    /// Changes the demo data as if some time had passed. First approves or rejects the `decided` newest pending
    /// submissions: about two thirds of them are approved. Then adds `arriving` new submissions that are newer than all
    /// others.
    pub(in super::super) fn grow(&mut self, arriving: usize, decided: usize) {
        let Some(newest) = self.newest_first().next() else { return };
        let (mut at, times) = (newest.at, newest.times);
        let now = at.plus(START_INTERVAL.saturating_mul(i64::try_from(arriving).unwrap_or(0)));
        let pending =
            self.arrived.iter_mut().rev().chain(&mut self.plans).filter(|plan| plan.status == Status::Pending);
        for plan in pending.take(decided) {
            plan.status = if plan.index.is_multiple_of(3) { Status::Rejected } else { Status::Approved };
            plan.agent = true;
            plan.latest_event_time = now;
        }
        for _ in 0..arriving {
            at = at.plus(START_INTERVAL);
            let index = self.plans.len() + self.arrived.len();
            self.arrived
                .push(SubmissionPlan { times, ..SubmissionPlan::draw(index, at, at.plus(MAX_EVENT_DELAY), None) });
        }
    }
}

//! The data of the demo: at least 2,000 submissions of invented people. The submissions start in the ninety days up to
//! a given day.
//!
//! Each submission is a small plan ([`SubmissionPlan`]). The server builds the JSON of a submission from its plan, for
//! each request. The same plan always gives the same JSON. The list record and the full record of a submission agree,
//! because both are built from the same plan.

mod calendar;
mod demo_instant;
mod dice;
mod fault;
mod full_record;
mod growth;
mod linked_groups;
mod list_record;
mod object;
mod oddity;
mod person;
mod picture;
mod pools;
mod showcase;
mod submission_plan;
#[cfg(test)]
mod tests;
mod timeline;
mod verdict;

use std::collections::HashMap;

use jiff::civil::Date;

pub(super) use dice::fnv1a_hash;
pub(super) use full_record::transform;
use oddity::StagedOddity;
pub(super) use picture::NamedPicture;
pub(super) use submission_plan::SubmissionPlan;

use super::behaviour::Times;

/// All submissions of the demo.
pub(super) struct DemoData {
    /// The submissions that exist from the start of the server, newest first.
    plans: Vec<SubmissionPlan>,
    /// The submissions that were added after the start of the server, oldest first.
    arrived: Vec<SubmissionPlan>,
    by_id: HashMap<String, usize>,
}

impl DemoData {
    /// Generates the submissions of the demo. The newest submissions start on the day `today`. The same day always
    /// gives the same submissions.
    #[cfg(test)]
    pub(super) fn new(today: Date) -> Self {
        Self::crowded(today, 1)
    }

    /// Generates the submissions of the demo. The newest submissions start on the day `today`. Each earlier day has
    /// `volume_factor` times the usual number of submissions.
    pub(super) fn crowded(today: Date, volume_factor: u8) -> Self {
        let latest_event_time = calendar::latest_event_time(today);
        let mut plans: Vec<SubmissionPlan> = calendar::start_times(today, volume_factor)
            .into_iter()
            .zip(0..)
            .map(|(at, index)| SubmissionPlan::draw(index, at, latest_event_time, StagedOddity::at(index)))
            .collect();
        showcase::write_showcase(&mut plans);
        linked_groups::link_groups(&mut plans);
        linked_groups::find_duplicates(&mut plans);
        let by_id = plans.iter().enumerate().map(|(at, plan)| (plan.id.clone(), at)).collect();
        Self { plans, arrived: Vec::new(), by_id }
    }

    /// Sets the format of all times in the JSON of the submissions to `times`, and returns the changed data.
    #[must_use]
    pub(super) fn with_times(mut self, times: Times) -> Self {
        self.plans.iter_mut().for_each(|plan| plan.times = times);
        self
    }

    /// Returns the submissions that exist from the start of the server, newest first.
    #[cfg(test)]
    pub(super) fn plans(&self) -> &[SubmissionPlan] {
        &self.plans
    }

    /// Returns all submissions, those that were added after the start included, newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &SubmissionPlan> {
        self.arrived.iter().rev().chain(&self.plans)
    }

    pub(super) fn find(&self, id: &str) -> Option<&SubmissionPlan> {
        let known = self.by_id.get(id).and_then(|at| self.plans.get(*at));
        known.or_else(|| self.arrived.iter().find(|plan| plan.id == id))
    }
}

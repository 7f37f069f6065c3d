//! Counts of `stats`: for each property, such as the nationality, the number of submissions with each value, and the
//! durations of steps.

use enum_map::EnumMap;

use super::step::{StepKind, StepTimes};
use crate::query::{MissingParts, PartSet, SearchedRows};
use crate::submission::attempts::{Attempt, Attempts};
use crate::submission::row::Row;
use crate::submission::tally::{Tally, TallyGroup};
use crate::submission::timeline::{EventKind, Timeline};
use crate::submission::{Document, Field};
use crate::text::Mask;
use crate::walk::OmittedParts;

/// All counts of one run of the command `stats`.
pub(super) struct StatsCounts {
    /// Whether the full record of each submission is requested and counted, instead of the list data.
    pub(super) detail: bool,
    /// The parts of the submissions (groups of fields such as `aml`) that are joined to the list data.
    pub(super) with: PartSet,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub(super) is_offline: bool,
    /// The mask level, which decides the values that may be printed.
    pub(super) mask: Mask,
    /// Number of list items that were loaded: submissions and unreadable items.
    pub(super) loaded: usize,
    /// Number of submissions and unreadable items that match the filter.
    pub(super) shown: usize,
    /// Number of items for which the filter cannot be decided, because they lack a field that the filter needs.
    pub(super) undecided: usize,
    /// Counts of the rows in which the search texts of the filter (words that are not of the form `key:value`) were
    /// searched.
    pub(super) searched: SearchedRows,
    /// Counts of the missing fields: those that the counted and the undecided items lack. Also the parts (groups of
    /// fields such as `aml`) that have these fields.
    pub(super) missing_parts: MissingParts,
    /// The parts (groups of fields such as `aml`) that could not be fetched for some submissions.
    pub(super) omitted: OmittedParts,
    /// Whether the program stopped fetching a part (a group of fields such as `aml`) too early, so that some
    /// submissions lack the part.
    pub(super) is_part_stopped: bool,
    /// Number of items of the list that cannot be read as submissions.
    pub(super) unreadable: usize,
    /// Number of submissions whose full record could not be loaded, or was not requested any more after too many
    /// failures. Their list data was counted instead.
    pub(super) failed: usize,
    /// Number of submissions for which the service no longer finds a full record; the list data was counted instead.
    pub(super) gone: usize,
    /// Number of submissions that are so large that not every documented field was read.
    pub(super) unread: usize,
    groups: EnumMap<TallyGroup, Tally>,
    steps: EnumMap<StepKind, StepTimes>,
}

impl StatsCounts {
    pub(super) fn new(detail: bool, with: PartSet, mask: Mask) -> Self {
        let (groups, steps) = Default::default();
        Self {
            detail,
            is_offline: false,
            with,
            mask,
            missing_parts: MissingParts::default(),
            omitted: OmittedParts::default(),
            is_part_stopped: false,
            loaded: 0,
            shown: 0,
            undecided: 0,
            searched: SearchedRows::default(),
            unreadable: 0,
            failed: 0,
            gone: 0,
            unread: 0,
            groups,
            steps,
        }
    }

    /// Returns the properties for which values are counted, such as the status, each with its counts.
    pub(super) fn groups(&self) -> impl Iterator<Item = (TallyGroup, &Tally)> {
        self.groups.iter()
    }

    /// Returns each kind of time span within a submission, with the durations that were counted for it. An example of a
    /// kind is the time from the click on the start button to the first call of `step1` of the service.
    pub(super) fn steps(&self) -> impl Iterator<Item = (StepKind, &StepTimes)> {
        self.steps.iter()
    }

    /// Returns the command line option that fetches the missing fields, with the number of its requests, such as
    /// `--with aml (15 requests)`. Missing are the fields at the JSON paths `paths`, and the fields without which the
    /// filter cannot be decided for some submissions. If `allows_parts` is false, the option is always one with
    /// `--detail`, since this filter does not allow further parts with `--with`. Returns `None` if nothing is missing,
    /// if full records were counted, or if the submissions come from a file.
    pub(super) fn fetch_option(&self, paths: &[&str], allows_parts: bool) -> Option<String> {
        let parts = PartSet::of_paths(paths.iter().copied());
        if self.detail || self.is_offline {
            None
        } else {
            self.missing_parts.clone().with_all(parts).option(allows_parts)
        }
    }

    /// Adds a submission that matches the filter to the counts: to those of each group (a property such as the status),
    /// and to the durations of each kind of time span.
    pub(super) fn add_submission(&mut self, row: &Row, document: &Document) {
        let mask = self.mask;
        let (attempts, timeline) = (Attempts::of(document), Timeline::of(document));
        self.unread += usize::from(!document.reads_documented());
        let carries = |path: &str| document.is_full_record() || document.field(path).is_some();
        let own = attempts.attempts.iter().flat_map(Attempt::codes);
        let retries = document.field("kyc.retry").map(|field| field.elements()).unwrap_or_default();
        let others = retries.iter().filter_map(|retry| retry.child("retryCode"));
        let retry_codes: Vec<Field<'_>> = own.chain(others).collect();
        let carries_retries = carries("kyc.attempts") || carries("kyc.retry");
        for (group, tally) in &mut self.groups {
            match group {
                TallyGroup::RejectCode => {
                    let codes = document.field("kyc.commentCode").map(|field| field.elements()).unwrap_or_default();
                    tally.count_values(carries("kyc.commentCode"), &codes, mask);
                }
                TallyGroup::RetryCode => {
                    tally.count_values(carries_retries, &retry_codes, mask);
                }
                TallyGroup::RetryKind => tally.count_kinds_of_fields(carries_retries, &retry_codes, mask),
                TallyGroup::Attempts => match attempts.in_words() {
                    _ if !attempts.is_attempts_read => tally.not_fetched += 1,
                    Some(words) => tally.add(&words),
                    None => tally.empty += 1,
                },
                TallyGroup::CaptureType => {
                    let camera = timeline.events.iter().filter(|event| event.kind == EventKind::Camera);
                    let types: Vec<_> = camera.filter_map(|event| event.subject.child("type")).collect();
                    tally.count_values(carries("signals.cameraProcessInfo"), &types, mask);
                }
                _ => tally.count_row(group, row, mask),
            }
        }
        for (kind, step) in &mut self.steps {
            step.add(kind, &attempts, &timeline, document.is_full_record());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::read;

    #[test]
    fn status_and_screening_count_as_the_whole_record_is_judged() {
        for (json, group, counted) in [
            (r#"{"aml":{"currentstatus":"NOT SCREENED"}}"#, TallyGroup::AmlStatus, "NOT SCREENED"),
            (
                r#"{"aml":{"currentstatus":"Not Screened","matches":[{}],"matches":[]}}"#,
                TallyGroup::AmlStatus,
                r#""Not Screened, ""#,
            ),
            (r#"{"aml":[]}"#, TallyGroup::AmlStatus, r#""[]""#),
            (r#"{"kyc":{"result":"approved"},"kyc":{}}"#, TallyGroup::Status, r#""approved, ""#),
        ] {
            let mut counts = StatsCounts::new(true, PartSet::EMPTY, Mask::None);
            counts.add_submission(&read::row(json.as_bytes(), true), &Document::parse_copy(json.as_bytes(), true));
            let (_, tally) = counts.groups().find(|(own, _)| *own == group).expect("the group");
            assert_eq!(tally.sorted(), [(counted.to_owned(), 1)], "{json}");
        }
    }
}

//! Counts of `stats`: for each group, such as the nationality, the number of submissions with each value.

use std::collections::{HashMap, HashSet};

use enum_map::{Enum, EnumMap};
use jiff::tz::TimeZone;

use super::step::{StepKind, StepTimes};
use crate::query::{MissingParts, PartSet, SearchedRows};
use crate::submission::assessment::words;
use crate::submission::attempts::{Attempt, Attempts};
use crate::submission::retry_kind::RetryKind;
use crate::submission::row::{Cell, Column, Row};
use crate::submission::timeline::{EventKind, Timeline};
use crate::submission::{Document, Field, masking};
use crate::text::{Mask, Safe};
use crate::walk::OmittedParts;

/// Largest number of different values that are counted separately in a group; further values are counted together. The
/// service's lists of codes are open, and a code may be free text, so an unlimited group could grow without end.
const DISTINCT: usize = 4_000;

/// Word in place of the kind of a retry code that is not documented.
pub(super) const NO_KIND: &str = "not documented";

/// Property of submissions, such as the status. For each value of the property, the submissions with this value are
/// counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum Group {
    /// `kyc.result`.
    Status,
    /// The UTC day of `created_at`.
    Day,
    /// `data.nationality`.
    Nationality,
    /// `data.idcard_issuingCountry`.
    IssuingCountry,
    /// `kyc.commentCode`; each code of a submission counts.
    RejectCode,
    /// `data.idType`.
    IdType,
    /// `retryCode` of attempts and of `kyc.retry`; each code of a submission counts.
    RetryCode,
    /// The kinds of these codes, such as `capture`; each kind of a submission counts.
    RetryKind,
    /// Number of attempts (`kyc.attempts`) and of retries (`kyc.retry`), such as `1 attempt, 3 retries`.
    Attempts,
    /// `aml.currentstatus`.
    AmlStatus,
    /// `aml.risk_level_summary`.
    AmlLevel,
    /// `signals.cameraProcessInfo[].type`; each type of a submission counts.
    CaptureType,
}

impl Group {
    /// Returns the key of the group in JSON, such as `status`, and its title in the table, such as `Status`.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Status => ("status", "Status"),
            Self::Day => ("day", "Day (UTC)"),
            Self::Nationality => ("nationality", "Nationality"),
            Self::IssuingCountry => ("issuing_country", "Issuing country"),
            Self::RejectCode => ("reject_code", "Reject code (one may have several)"),
            Self::IdType => ("id_type", "ID type"),
            Self::RetryCode => ("retry_code", "Retry code (one may have several)"),
            Self::RetryKind => ("retry_kind", "Kind of retry code (one may have several)"),
            Self::Attempts => ("attempts", "Attempts and retries"),
            Self::AmlStatus => ("aml_status", "AML status"),
            Self::AmlLevel => ("aml_level", "AML risk level"),
            Self::CaptureType => ("capture_type", "Capture type (one may have several)"),
        }
    }
}

impl Group {
    /// Returns the JSON paths of the fields whose values this group of `stats` counts.
    pub(super) const fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Status => &["kyc.result"],
            Self::Day => &["created_at"],
            Self::Nationality => &["data.nationality"],
            Self::IssuingCountry => &["data.idcard_issuingCountry"],
            Self::RejectCode => &["kyc.commentCode"],
            Self::IdType => &["data.idType"],
            Self::RetryCode | Self::RetryKind | Self::Attempts => &["kyc.attempts", "kyc.retry"],
            Self::AmlStatus => &["aml.currentstatus"],
            Self::AmlLevel => &["aml.risk_level_summary"],
            Self::CaptureType => &["signals.cameraProcessInfo"],
        }
    }
}

/// Number of submissions with each value of one property, such as the status.
#[derive(Default)]
pub(super) struct Tally {
    values: HashMap<String, u64>,
    /// Number of occurrences of values that came after the first [`DISTINCT`] different values.
    pub(super) further: u64,
    /// Number of submissions that have no value of the property.
    pub(super) empty: u64,
    /// Number of submissions whose data from the service does not contain the field of the property.
    pub(super) not_fetched: u64,
    /// Number of submissions whose value is not text, or is not a time in a field for times.
    pub(super) unreadable: u64,
    /// Number of submissions whose value of the property the mask level hides.
    pub(super) hidden: u64,
}

impl Tally {
    /// Returns the values of the counted property, such as the status, each with its number of submissions. The value
    /// with the largest number is first; values with equal numbers are in alphabetical order.
    pub(super) fn sorted(&self) -> Vec<(&str, u64)> {
        let mut sorted: Vec<(&str, u64)> = self.values.iter().map(|(value, count)| (value.as_str(), *count)).collect();
        sorted.sort_by(|(a, counted_a), (b, counted_b)| counted_b.cmp(counted_a).then_with(|| a.cmp(b)));
        sorted
    }

    /// Returns whether submissions were counted, but no answer contained the field whose values are counted.
    pub(super) fn is_absent(&self) -> bool {
        let known = self.further + self.empty + self.unreadable + self.hidden;
        self.not_fetched > 0 && known == 0 && self.values.is_empty()
    }

    fn value(&mut self, text: &str) {
        let word = String::from(Safe::sanitize(text));
        if let Some(count) = self.values.get_mut(&word) {
            *count += 1;
        } else if self.values.len() < DISTINCT {
            self.values.insert(word, 1);
        } else {
            self.further += 1;
        }
    }

    /// Adds the value that `row` has in `column` to the counts, in the spelling of the service. A value that the mask
    /// hides is only counted as hidden. A long text of which the row keeps only the beginning counts as unreadable.
    fn cell(&mut self, row: &Row, column: Column, mask: Mask) {
        match row.cell(column) {
            Cell::Text(_) if row.is_hidden(column, mask) => self.hidden += 1,
            Cell::NotFetched => self.not_fetched += 1,
            Cell::Empty => self.empty += 1,
            Cell::Text(_) if row.is_cut(column) => self.unreadable += 1,
            Cell::Span(_) | Cell::Unclear => self.unreadable += 1,
            // Quoted, so that an undocumented word is not mistaken for a documented one.
            Cell::Text(text) if words::judges(column) && words::documented(column, text).is_none() => {
                self.value(&format!("\"{text}\""));
            }
            Cell::Text(text) => self.value(text),
        }
    }

    /// Adds the kinds of a submission's retry codes (`codes`), such as `document` or `face`, to the counts. A kind
    /// counts once for each submission, even if several of its codes are of this kind. A code that is not documented
    /// counts as [`NO_KIND`]. `carried` says whether the answer contained a field for retry codes.
    fn kinds(&mut self, carried: bool, codes: &[Field<'_>], mask: Mask) {
        let shown = codes.iter().filter(|code| !code.is_empty() && !masking::is_hidden(code, mask));
        let kinds = shown.filter_map(Field::text).map(|code| RetryKind::of(code).map_or(NO_KIND, RetryKind::label));
        let kinds: HashSet<&'static str> = kinds.collect();
        match (carried, codes.iter().all(Field::is_empty)) {
            (false, true) => self.not_fetched += 1,
            (true, true) => self.empty += 1,
            _ => {}
        }
        kinds.into_iter().for_each(|kind| self.value(kind));
        self.hidden += u64::from(codes.iter().any(|code| code.text().is_some() && masking::is_hidden(code, mask)));
        self.unreadable += u64::from(codes.iter().any(|code| !code.is_empty() && code.text().is_none()));
    }

    /// Counts the values of one submission in this tally, for a statistic that allows several values per submission,
    /// such as the retry codes. Each different value counts once. All hidden values together count once, and so do all
    /// unreadable values. `fields` contains the values, and `carried` says whether the answer contained a field for
    /// them.
    fn several(&mut self, carried: bool, fields: &[Field<'_>], mask: Mask) {
        let fields = || fields.iter().filter(|field| !field.is_empty());
        let values: HashSet<Counted<'_>> = fields()
            .map(|field| match field.text() {
                None => Counted::Unreadable,
                Some(_) if masking::is_hidden(field, mask) => Counted::Hidden,
                Some(text) => Counted::Value(text),
            })
            .collect();
        match (carried, values.is_empty()) {
            (false, true) => self.not_fetched += 1,
            (true, true) => self.empty += 1,
            _ => {}
        }
        for value in values {
            match value {
                Counted::Unreadable => self.unreadable += 1,
                Counted::Hidden => self.hidden += 1,
                Counted::Value(text) => self.value(text),
            }
        }
    }
}

/// One value of a property that may have several values in a submission, such as a reject code. The variants without a
/// text are for values that the mask hides or that cannot be read.
#[derive(PartialEq, Eq, Hash)]
enum Counted<'a> {
    Value(&'a str),
    Hidden,
    Unreadable,
}

/// All counts of a `stats` call.
pub(super) struct Counts {
    /// Whether the full record of each submission is requested and counted, instead of the list data.
    pub(super) detail: bool,
    /// The parts that are joined to the list data.
    pub(super) with: PartSet,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub(super) is_offline: bool,
    /// The mask level, which decides the values that may be printed.
    pub(super) mask: Mask,
    /// Number of items that were loaded, including unreadable items.
    pub(super) loaded: usize,
    /// Number of items that match the filter.
    pub(super) shown: usize,
    /// Number of items for which the filter cannot be decided, because they lack a field that the filter needs.
    pub(super) undecided: usize,
    /// The rows in which the search texts of the filter were searched.
    pub(super) searched: SearchedRows,
    /// What the counted and the undecided items lack.
    pub(super) wanting: MissingParts,
    /// The parts that could not be had for some submissions.
    pub(super) omitted: OmittedParts,
    /// Whether the fetching of a part stopped too early.
    pub(super) is_part_stopped: bool,
    /// Number of items of the list that cannot be read as submissions.
    pub(super) unreadable: usize,
    /// Number of full records that could not be loaded; the list data was counted instead.
    pub(super) failed: usize,
    /// Number of submissions for which the service no longer finds a full record; the list data was counted instead.
    pub(super) gone: usize,
    /// Number of submissions that were too large, so that not every documented field was read.
    pub(super) unread: usize,
    groups: EnumMap<Group, Tally>,
    steps: EnumMap<StepKind, StepTimes>,
}

impl Counts {
    pub(super) fn new(detail: bool, with: PartSet, mask: Mask) -> Self {
        let (groups, steps) = Default::default();
        Self {
            detail,
            is_offline: false,
            with,
            mask,
            wanting: MissingParts::default(),
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
    pub(super) fn groups(&self) -> impl Iterator<Item = (Group, &Tally)> {
        self.groups.iter()
    }

    /// Returns the kinds of time spans, such as from the start click to the first step call, with their counted
    /// durations.
    pub(super) fn steps(&self) -> impl Iterator<Item = (StepKind, &StepTimes)> {
        self.steps.iter()
    }

    /// Returns the option of the command line that fetches the missing values, with its number of requests, such as
    /// `--with aml (15 requests)`. Missing are the values that undecided items lack, and the fields at `paths`. `None`
    /// if nothing is missing or full records were counted. `allows_parts` says whether the option may be `--with`.
    pub(super) fn option(&self, paths: &[&str], allows_parts: bool) -> Option<String> {
        let parts = PartSet::of_paths(paths.iter().copied());
        if self.detail || self.is_offline { None } else { self.wanting.clone().with_all(parts).option(allows_parts) }
    }

    /// Adds a submission that matches the filter to the counts of all groups and time spans.
    pub(super) fn take(&mut self, row: &Row, document: &Document) {
        let mask = self.mask;
        let (attempts, timeline) = (Attempts::of(document), Timeline::of(document));
        self.unread += usize::from(!document.reads_documented());
        let carries = |path: &str| document.is_whole() || document.field(path).is_some();
        let own = attempts.each.iter().flat_map(Attempt::codes);
        let retries = document.field("kyc.retry").map(|field| field.each()).unwrap_or_default();
        let others = retries.iter().filter_map(|retry| retry.child("retryCode"));
        let retry_codes: Vec<Field<'_>> = own.chain(others).collect();
        let carries_retries = carries("kyc.attempts") || carries("kyc.retry");
        for (group, tally) in &mut self.groups {
            match group {
                Group::Status => tally.cell(row, Column::Status, mask),
                Group::Nationality => tally.cell(row, Column::Nationality, mask),
                Group::IssuingCountry => tally.cell(row, Column::IssuingCountry, mask),
                Group::IdType => tally.cell(row, Column::IdType, mask),
                Group::AmlStatus => tally.cell(row, Column::Aml, mask),
                Group::AmlLevel => tally.cell(row, Column::AmlLevel, mask),
                Group::Day => match (row.cell(Column::Created), row.created()) {
                    (Cell::Text(_), Some(at)) => tally.value(&at.to_zoned_datetime(TimeZone::UTC).date().to_string()),
                    (Cell::Text(_), None) => tally.unreadable += 1,
                    _ => tally.cell(row, Column::Created, mask),
                },
                Group::RejectCode => {
                    let codes = document.field("kyc.commentCode").map(|field| field.each()).unwrap_or_default();
                    tally.several(carries("kyc.commentCode"), &codes, mask);
                }
                Group::RetryCode => {
                    tally.several(carries_retries, &retry_codes, mask);
                }
                Group::RetryKind => tally.kinds(carries_retries, &retry_codes, mask),
                Group::Attempts => match attempts.in_words() {
                    Some(words) => tally.value(&words),
                    None if carries_retries => tally.empty += 1,
                    None => tally.not_fetched += 1,
                },
                Group::CaptureType => {
                    let camera = timeline.events.iter().filter(|event| event.kind == EventKind::Camera);
                    let types: Vec<_> = camera.filter_map(|event| event.subject.child("type")).collect();
                    tally.several(carries("signals.cameraProcessInfo"), &types, mask);
                }
            }
        }
        for (kind, step) in &mut self.steps {
            step.take(kind, &attempts, &timeline, document.is_whole());
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
            (r#"{"aml":{"currentstatus":"NOT SCREENED"}}"#, Group::AmlStatus, "NOT SCREENED"),
            (
                r#"{"aml":{"currentstatus":"Not Screened","matches":[{}],"matches":[]}}"#,
                Group::AmlStatus,
                r#""Not Screened, ""#,
            ),
            (r#"{"aml":[]}"#, Group::AmlStatus, r#""[]""#),
            (r#"{"kyc":{"result":"approved"},"kyc":{}}"#, Group::Status, r#""approved, ""#),
        ] {
            let mut counts = Counts::new(true, PartSet::EMPTY, Mask::None);
            counts.take(&read::row(json.as_bytes(), true), &Document::read(json.as_bytes(), true));
            let (_, tally) = counts.groups().find(|(own, _)| *own == group).expect("the group");
            assert_eq!(tally.sorted(), [(counted, 1)], "{json}");
        }
    }
}

//! Attempts of a submission, each with its step calls (calls of `step1` or `step2` of the service), its errors, and the
//! retries that belong to it.
//!
//! Field names follow the service's documentation, "KYC Attempt Info" and "KYC Retry Info". A retry holds only the
//! step, the count "for this specific retry condition", the code and the message. The documentation does not say to
//! which attempt it belongs. This module finds the attempt of each retry and records the rule that matched
//! ([`MatchedBy`]). A retry that fits no attempt is [unmatched](Attempts::unmatched_retries).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::assessment::{self, words};
use super::document::{Document, Field};
use super::node::Node;
use crate::text::{Safe, counted};
use crate::time;

/// Keys under which an attempt holds the times of its step calls (calls of `step1` or `step2` of the service), such as
/// `step1Time2nd`. The other two texts are the step that was called, and the number of the call within this step.
const CALLS: [(&str, &str, &str); 6] = [
    ("step1Time1st", "step1", "1"),
    ("step1Time2nd", "step1", "2"),
    ("step1Time3rd", "step1", "3"),
    ("step2Time1st", "step2", "1"),
    ("step2Time2nd", "step2", "2"),
    ("step2Time3rd", "step2", "3"),
];

/// All attempts of the applicant to pass the identity check (`kyc.attempts`), and the retries (elements of `kyc.retry`)
/// that match none of these attempts.
#[derive(Debug, Default)]
pub struct Attempts<'a> {
    /// The attempts in the order sent.
    pub attempts: Vec<Attempt<'a>>,
    /// Retries (elements of `kyc.retry`) that match none of these attempts.
    pub unmatched_retries: Vec<Field<'a>>,
    /// Number of attempts in `kyc.attempts`, including those that were not parsed.
    pub sent_count: usize,
    /// Number of retries in `kyc.retry`, including those that were not parsed. It may exceed the number of attempts:
    /// the service also sends retries whose attempts it does not send.
    pub retries: usize,
    /// Whether the attempts were fetched: the record is a full record, or has the field `kyc.attempts`. If false, it is
    /// unknown whether there are attempts, but retries may be known.
    pub is_attempts_read: bool,
}

impl Attempts<'_> {
    /// Returns the number of attempts in words, such as `2 attempts`. If only retries are known, returns
    /// `no attempts sent` if the attempts were fetched, else `absent`, which says why the attempts are missing. Returns
    /// `None` if neither attempts nor retries were sent.
    pub fn attempts_in_words(&self, absent: &str) -> Option<String> {
        let plural = if self.sent_count == 1 { "" } else { "s" };
        let words = match self.is_attempts_read {
            // The retries tell that there was an attempt, so that 0 would read as a contradiction.
            true if self.sent_count == 0 => "no attempts sent".to_owned(),
            true => format!("{} attempt{plural}", self.sent_count),
            false => absent.to_owned(),
        };
        (self.sent_count + self.retries > 0).then_some(words)
    }

    /// Returns the number of retries in words, such as `3 retry reasons from ARGOS`. Returns `None` without retries.
    /// The words do not say how often the applicant retried: the list need not match the attempts.
    pub fn retries_in_words(&self) -> Option<String> {
        (self.retries > 0).then(|| format!("{} from ARGOS", counted(self.retries, "retry reason")))
    }

    /// Returns the numbers of attempts and retries in words, such as `1 attempt, 3 retries`, or
    /// `attempts unknown, 3 retries`. Returns `None` if neither was sent.
    pub fn in_words(&self) -> Option<String> {
        let attempts = self.attempts_in_words("attempts unknown")?;
        Some(match self.retries {
            0 => attempts,
            1 => format!("{attempts}, 1 retry"),
            retries => format!("{attempts}, {retries} retries"),
        })
    }
}

/// One attempt of the applicant to pass the identity check: an element of the list `kyc.attempts` of a submission.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// The whole attempt as sent.
    pub field: Field<'a>,
    /// Position of the attempt in the list `kyc.attempts`, counted from 1. The service's own number of the attempt is
    /// `attemptCnt`.
    pub index: usize,
    /// Step calls of the attempt in chronological order. If the time of a step call does not parse, the step calls are
    /// in the order of their keys (`step1Time1st` first).
    pub calls: Vec<StepCall<'a>>,
    /// Retries (elements of `kyc.retry`) that match the attempt.
    pub retries: Vec<Retry<'a>>,
}

/// One step call of an attempt: a call of `step1` or `step2` of the service, with its time.
#[derive(Debug)]
pub struct StepCall<'a> {
    /// The field that holds the time of the call, such as `step1Time1st`.
    pub field: Field<'a>,
    /// Time of the call; `None` if the field cannot be parsed as a time.
    pub at: Option<Timestamp>,
    /// Time since the previous step call of the submission. `None` for the first step call of the submission, and for a
    /// step call whose time does not parse.
    pub since_previous: Option<Interval>,
}

/// Time between two successive step calls of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Length of the interval.
    pub length: SignedDuration,
    /// Where the earlier step call belongs.
    pub start: IntervalStart,
}

/// The attempt of the step call with which an [`Interval`] starts, seen from the attempt in which it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalStart {
    /// The same attempt.
    SameAttempt,
    /// The attempt before it in `kyc.attempts`.
    AttemptBefore,
    /// Any other attempt.
    OtherAttempt,
}

/// One retry (an element of `kyc.retry`) that matches an attempt, with the reason for the match.
#[derive(Debug)]
pub struct Retry<'a> {
    /// The whole retry as sent.
    pub field: Field<'a>,
    /// The rule by which this retry was matched to its attempt.
    pub matched_by: MatchedBy,
}

/// The rule by which a retry was matched to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// The attempt holds the code of the retry (`retryCode`). If several attempts hold this code, the number of the
    /// retry (`retryCnt`) selects one of these attempts: 1 is the first of them.
    Code,
    /// The attempt holds the step call that the retry names: a call of the step in `type`, with the number in
    /// `retryCnt`.
    Call,
}

impl StepCall<'_> {
    /// Returns the step of the service that was called: `step1` or `step2`. The service uses the same words in
    /// `kyc.retry[].type`.
    pub fn step(&self) -> &'static str {
        let own = CALLS.iter().find(|(key, ..)| self.field.path().ends_with(key));
        own.map_or("", |(_, step, _)| step)
    }
}

impl<'a> Attempts<'a> {
    /// Reads the attempts (`kyc.attempts`) and retries (`kyc.retry`) of a submission. A single object in place of one
    /// of these lists counts as a list with this object as its only element.
    pub fn of(document: &'a Document) -> Self {
        let filled = |path: &str| document.field(path).filter(|field| !field.is_empty());
        let fields = filled("kyc.attempts").map(|field| field.elements()).unwrap_or_default();
        let each = fields.into_iter().zip(1..).map(|(field, place)| Attempt::of(field, place)).collect();
        let count = |path: &str| filled(path).map_or(0, |field| field.node().count());
        let (sent, retries) = (count("kyc.attempts"), count("kyc.retry"));
        let knows_attempts = document.is_full_record() || document.field("kyc.attempts").is_some();
        let mut attempts = Self {
            attempts: each,
            unmatched_retries: Vec::new(),
            sent_count: sent,
            retries,
            is_attempts_read: knows_attempts,
        };
        attempts.measure_intervals();
        let places = RetryPlaces::new(&attempts.attempts);
        for retry in document.field("kyc.retry").map(|field| field.elements()).unwrap_or_default() {
            attempts.add_retry(retry, &places);
        }
        attempts
    }

    /// Returns the time from the first to the last step call of all attempts. A step call is a call of `step1` or
    /// `step2` of the service. Returns `None` unless at least two of the step calls have a time that parses.
    pub fn length(&self) -> Option<SignedDuration> {
        let times = || self.attempts.iter().flat_map(|attempt| &attempt.calls).filter_map(|call| call.at);
        let (first, last) = (times().min()?, times().max()?);
        (times().count() > 1).then(|| last.duration_since(first))
    }

    /// Sets [`StepCall::since_previous`] of each step call: the time since the previous step call of the submission,
    /// whichever attempt it belongs to.
    fn measure_intervals(&mut self) {
        let attempts = self.attempts.iter_mut();
        let mut calls: Vec<(usize, &mut StepCall<'_>)> = attempts
            .flat_map(|attempt| attempt.calls.iter_mut().map(|call| (attempt.index, call)))
            .filter(|(_, call)| call.at.is_some())
            .collect();
        calls.sort_by_key(|(_, call)| call.at);
        let mut before: Option<(usize, Timestamp)> = None;
        for (attempt, call) in calls {
            let Some(at) = call.at else { continue };
            call.since_previous = before.map(|(other, before)| Interval {
                length: at.duration_since(before),
                start: match other {
                    other if other == attempt => IntervalStart::SameAttempt,
                    other if other + 1 == attempt => IntervalStart::AttemptBefore,
                    _ => IntervalStart::OtherAttempt,
                },
            });
            before = Some((attempt, at));
        }
    }

    /// Adds `retry` (an element of `kyc.retry`) to the attempt to which it belongs. The index `places` finds this
    /// attempt. A retry that belongs to no attempt is added to the unmatched retries.
    fn add_retry(&mut self, retry: Field<'a>, places: &RetryPlaces<'a>) {
        match places.of(&retry).and_then(|(at, matched_by)| self.attempts.get_mut(at).zip(Some(matched_by))) {
            Some((attempt, matched_by)) => attempt.retries.push(Retry { field: retry, matched_by }),
            None => self.unmatched_retries.push(retry),
        }
    }
}

/// Index for finding the attempt to which a retry (an element of `kyc.retry`) belongs. The retry names a code, or a
/// call of `step1` or `step2`, by which its attempt is found. The index is built once, so that each attempt is read
/// only once.
struct RetryPlaces<'a> {
    by_code: HashMap<&'a str, Vec<usize>>,
    /// Position of the first attempt with a certain step call, counted from 0. The map's key is the field name of the
    /// call's time, such as `step1Time1st`.
    by_call: HashMap<&'static str, usize>,
}

impl<'a> RetryPlaces<'a> {
    fn new(attempts: &[Attempt<'a>]) -> Self {
        let mut places = Self { by_code: HashMap::new(), by_call: HashMap::new() };
        for (at, attempt) in attempts.iter().enumerate() {
            for code in attempt.codes().iter().filter_map(Field::text) {
                let with_it = places.by_code.entry(code).or_default();
                if with_it.last() != Some(&at) {
                    with_it.push(at);
                }
            }
            for call in &attempt.calls {
                let key = CALLS.iter().find(|(key, ..)| call.field.path().ends_with(key));
                key.map(|(key, ..)| *places.by_call.entry(key).or_insert(at));
            }
        }
        places
    }

    fn of(&self, retry: &Field<'_>) -> Option<(usize, MatchedBy)> {
        let text = |key: &str| retry.child(key).and_then(|field| field.text());
        let count = text("retryCnt").and_then(|count| count.parse::<usize>().ok());
        if let Some(with_it) = text("retryCode").filter(|code| !code.is_empty()).and_then(|code| self.by_code.get(code))
        {
            let counted = count.and_then(|count| with_it.get(count.checked_sub(1)?));
            let only = if let [only] = with_it.as_slice() { Some(only) } else { None };
            if let Some(at) = counted.or(only) {
                return Some((*at, MatchedBy::Code));
            }
        }
        let (step, turn) = (text("type")?, text("retryCnt")?);
        let (key, ..) = CALLS.iter().find(|(_, known, number)| words::is(step, known) && *number == turn)?;
        self.by_call.get(key).map(|at| (*at, MatchedBy::Call))
    }
}

impl<'a> Attempt<'a> {
    fn of(field: Field<'a>, index: usize) -> Self {
        let mut calls: Vec<StepCall<'a>> = CALLS
            .iter()
            .filter_map(|(key, ..)| field.child(key).filter(|field| !field.is_empty()))
            .map(|field| StepCall { at: field.text().and_then(time::parse_timestamp), since_previous: None, field })
            .collect();
        // If a time does not parse, the calls have no order of time: keep the order of the names.
        if calls.iter().all(|call| call.at.is_some()) {
            calls.sort_by_key(|call| call.at);
        }
        Self { field, index, calls, retries: Vec::new() }
    }

    /// Returns the field with the number of the attempt as sent (`attemptCnt`). Returns `None` if no number was sent,
    /// or if it has more than 3 bytes, because a longer text may be private.
    pub fn number(&self) -> Option<Field<'a>> {
        self.member("attemptCnt").filter(|count| count.text().is_some_and(|text| text.len() <= 3))
    }

    /// Returns the name of the attempt on the screen, such as `Attempt 2`. The number in the name is the one that the
    /// service sent (`attemptCnt`). If the service sent no number that can be shown, it is the position of the attempt in
    /// the list of attempts.
    pub fn name(&self) -> Safe {
        let number = self.number().and_then(|count| count.text());
        number.map_or_else(
            || Safe::sanitize(&format!("Attempt {}", self.index)),
            |number| Safe::concat(&[Safe::from_static("Attempt "), Safe::sanitize(number)]),
        )
    }

    /// Returns the member of the attempt with the key `key`. If the key is repeated, this is the last member that is
    /// not empty. Returns `None` if no such member was sent or all of them are empty.
    pub fn member(&self, key: &str) -> Option<Field<'a>> {
        last_sent(self.field.children(key))
    }

    /// Returns the retry codes of the attempt (`retryCode`). The service sends no code, one code, or a list of codes.
    pub fn codes(&self) -> Vec<Field<'a>> {
        self.texts("retryCode")
    }

    /// Returns the texts of the attempt's member with the key `key`, such as `retryMsg`, without empty texts. The
    /// service sends such a member as one text or as a list of texts.
    pub fn texts(&self, key: &str) -> Vec<Field<'a>> {
        let mut copies = self.field.children(key);
        copies.dedup_by(|one, other| one.node() == other.node());
        copies.iter().flat_map(Field::elements).filter(|field| !field.is_empty()).collect()
    }

    /// Returns the member with the key `key` of the attempt's object `liveness`; `None` if it is absent or empty. The
    /// object `liveness` holds either the numbers of a liveness check or an error of this check.
    pub fn liveness(&self, key: &str) -> Option<Field<'a>> {
        last_sent(self.field.children("liveness").iter().flat_map(|liveness| liveness.children(key)).collect())
    }

    /// Returns the value that was sent instead of an object as `liveness` of the attempt. Such a value cannot be read,
    /// so it is unknown whether it reports an error. Returns `None` if `liveness` is an object, was not parsed, or was
    /// not sent.
    pub fn unreadable_liveness(&self) -> Option<Field<'a>> {
        let is_no_object = |field: &Field<'_>| !matches!(field.node(), Node::Object(_) | Node::Raw(_));
        last_sent(self.field.children("liveness").into_iter().filter(is_no_object).collect())
    }

    /// Returns the codes of the retries that this program assigned to this attempt. Codes that the attempt itself holds
    /// are left out. For a retry without a code, the retry itself is returned in place of the code.
    fn retry_errors(&self) -> Vec<Field<'a>> {
        let own = self.codes();
        let codes = |retry: &Retry<'a>| {
            let codes = last_sent(retry.field.children("retryCode")).map(|codes| codes.elements());
            codes.filter(|codes| !codes.is_empty()).unwrap_or_else(|| vec![retry.field.clone()])
        };
        let errors = self.retries.iter().flat_map(codes);
        errors.filter(|error| own.iter().all(|code| code.node() != error.node())).collect()
    }

    /// Returns the fields of the attempt and of its retries that report an error, fields with a code first. An empty
    /// result does not mean that the attempt passed. If the attempt is not an object and so cannot be read, the result
    /// is the attempt itself.
    pub fn errors(&self) -> Vec<Field<'a>> {
        if !self.field.is_empty() && !matches!(self.field.node(), Node::Object(_)) {
            return vec![self.field.clone()];
        }
        let mut errors = self.codes();
        errors.extend(self.member("errorCode"));
        errors.extend(self.liveness("error_code"));
        errors.extend(self.unreadable_liveness());
        errors.extend(self.retry_errors());
        let results = assessment::words_of_attempt(&self.field).into_iter();
        let doubtful = results.filter(|result| result.judgement.is_doubtful()).map(|result| result.evidence);
        errors.extend(doubtful.filter(|evidence| evidence.path() != self.field.path()));
        if errors.is_empty() {
            errors.extend(self.texts("retryMsg"));
            errors.extend(self.member("errorMsg"));
            errors.extend(self.liveness("error"));
        }
        errors
    }
}

/// Returns the last of the fields `fields` that is not empty; `None` if all are empty.
fn last_sent(fields: Vec<Field<'_>>) -> Option<Field<'_>> {
    fields.into_iter().rev().find(|field| !field.is_empty())
}

#[cfg(test)]
mod tests;

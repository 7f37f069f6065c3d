//! The attempts of a submission, each with its calls, what went wrong in it, and the retries that belong to it.
//!
//! Field names follow the service's documentation, "KYC Attempt Info" and "KYC Retry Info". It says of a retry only the
//! step, the count "for this specific retry condition", code and message; to which attempt it belongs is found here and
//! told with its reason ([`By`]), and a retry that fits nowhere stays [loose](Attempts::loose).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::document::{Document, Field};
use super::node::Node;
use super::words::{self, Outcome};
use crate::text::Safe;
use crate::time;

/// The calls that an attempt may hold the time of: key, step, and the turn in words.
const CALLS: [(&str, &str, &str); 6] = [
    ("step1Time1st", "step1", "1"),
    ("step1Time2nd", "step1", "2"),
    ("step1Time3rd", "step1", "3"),
    ("step2Time1st", "step2", "1"),
    ("step2Time2nd", "step2", "2"),
    ("step2Time3rd", "step2", "3"),
];

/// Results of an attempt that are sent as words.
const RESULTS: [&str; 3] = ["ocrResult", "idBarcodeResult", "verificationResult"];

/// Every attempt of a submission in the order sent.
#[derive(Debug, Default)]
pub struct Attempts<'a> {
    /// The attempts.
    pub each: Vec<Attempt<'a>>,
    /// Retries that belong to no attempt that was sent.
    pub loose: Vec<Field<'a>>,
    /// Attempts and retries that were not opened, being too many.
    pub unread: usize,
}

impl Attempts<'_> {
    /// How many attempts were sent, those that were not opened included.
    #[must_use]
    pub fn sent(document: &Document) -> usize {
        document.field("kyc.attempts").map_or(0, |field| field.node().count())
    }
}

/// One attempt.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// All of it.
    pub field: Field<'a>,
    /// Its place in the list, from 1; `attemptCnt` is what the service calls it.
    pub place: usize,
    /// The calls, in the order of their times.
    pub calls: Vec<Call<'a>>,
    /// The retries that belong to it.
    pub retries: Vec<Retry<'a>>,
}

/// A call of a step in an attempt.
#[derive(Debug)]
pub struct Call<'a> {
    /// Its time as sent.
    pub field: Field<'a>,
    /// Its time, if that parses.
    pub at: Option<Timestamp>,
    /// The time since the call before it, of whichever attempt; `None` for the first one.
    pub since: Option<SignedDuration>,
}

/// An element of `kyc.retry` and why it stands with its attempt.
#[derive(Debug)]
pub struct Retry<'a> {
    /// All of it.
    pub field: Field<'a>,
    /// Why here.
    pub by: By,
}

/// What ties a retry to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The attempt has its code; of several such attempts, its count tells which.
    Code,
    /// The attempt holds the call of its step that its count names.
    Call,
}

impl Call<'_> {
    /// The step that it is a call of, as `kyc.retry[].type` names it: `step1` or `step2`.
    #[must_use]
    pub fn step(&self) -> &'static str {
        let own = CALLS.iter().find(|(key, ..)| self.field.path().ends_with(key));
        own.map_or("", |(_, step, _)| step)
    }
}

impl<'a> Attempts<'a> {
    /// The attempts of a submission. One that is no list counts as a list of one.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let fields = document.field("kyc.attempts").map(|field| field.each()).unwrap_or_default();
        let each = fields.into_iter().zip(1..).map(|(field, place)| Attempt::of(field, place)).collect();
        let unopened = |path: &str| document.field(path).map_or(0, |field| field.node().unopened());
        let unread = unopened("kyc.attempts") + unopened("kyc.retry");
        let mut attempts = Self { each, loose: Vec::new(), unread };
        attempts.space_calls();
        let places = Places::new(&attempts.each);
        for retry in document.field("kyc.retry").map(|field| field.each()).unwrap_or_default() {
            attempts.take(retry, &places);
        }
        attempts
    }

    /// From the first call of all to the last; `None` unless two times parse.
    #[must_use]
    pub fn length(&self) -> Option<SignedDuration> {
        let times = || self.each.iter().flat_map(|attempt| &attempt.calls).filter_map(|call| call.at);
        let (first, last) = (times().min()?, times().max()?);
        (times().count() > 1).then(|| last.duration_since(first))
    }

    /// Measures from each call to the next one in time, across attempts.
    fn space_calls(&mut self) {
        let mut calls: Vec<&mut Call<'_>> = self.each.iter_mut().flat_map(|attempt| &mut attempt.calls).collect();
        calls.sort_by_key(|call| call.at);
        let mut before = None;
        for call in calls {
            call.since = call.at.zip(before).map(|(at, before): (Timestamp, Timestamp)| at.duration_since(before));
            before = call.at.or(before);
        }
    }

    /// Gives a retry to its attempt.
    fn take(&mut self, retry: Field<'a>, places: &Places<'a>) {
        match places.of(&retry).and_then(|(at, by)| self.each.get_mut(at).zip(Some(by))) {
            Some((attempt, by)) => attempt.retries.push(Retry { field: retry, by }),
            None => self.loose.push(retry),
        }
    }
}

/// Where retries belong: the attempts by their codes and calls, so that each is looked at once.
struct Places<'a> {
    by_code: HashMap<&'a str, Vec<usize>>,
    /// The first attempt that has a call, by the key of the call.
    by_call: HashMap<&'static str, usize>,
}

impl<'a> Places<'a> {
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

    fn of(&self, retry: &Field<'_>) -> Option<(usize, By)> {
        let text = |key: &str| retry.child(key).and_then(|field| field.text());
        let count = text("retryCnt").and_then(|count| count.parse::<usize>().ok());
        if let Some(with_it) = text("retryCode").filter(|code| !code.is_empty()).and_then(|code| self.by_code.get(code))
        {
            let counted = count.and_then(|count| with_it.get(count.checked_sub(1)?));
            let only = if let [only] = with_it.as_slice() { Some(only) } else { None };
            if let Some(at) = counted.or(only) {
                return Some((*at, By::Code));
            }
        }
        let (step, turn) = (text("type")?, text("retryCnt")?);
        let (key, ..) = CALLS.iter().find(|(_, known, number)| words::is(step, known) && *number == turn)?;
        self.by_call.get(key).map(|at| (*at, By::Call))
    }
}

impl<'a> Attempt<'a> {
    fn of(field: Field<'a>, place: usize) -> Self {
        let mut calls: Vec<Call<'a>> = CALLS
            .iter()
            .filter_map(|(key, ..)| field.child(key).filter(|field| !field.is_empty()))
            .map(|field| Call { at: field.text().and_then(time::read), since: None, field })
            .collect();
        // A time that does not parse stands where its name puts it.
        if calls.iter().all(|call| call.at.is_some()) {
            calls.sort_by_key(|call| call.at);
        }
        Self { field, place, calls, retries: Vec::new() }
    }

    /// Its number as sent; `None` where that is no number of an attempt but something longer, which may be private.
    #[must_use]
    pub fn number(&self) -> Option<Field<'a>> {
        self.member("attemptCnt").filter(|count| count.text().is_some_and(|text| text.len() <= 3))
    }

    /// What to call it: by its number as sent, else by its place in the list.
    #[must_use]
    pub fn name(&self) -> Safe {
        let number = self.number().and_then(|count| count.text());
        number.map_or_else(
            || Safe::of(&format!("Attempt {}", self.place)),
            |number| Safe::concat(&[Safe::word("Attempt "), Safe::of(number)]),
        )
    }

    /// A member that holds something.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<Field<'a>> {
        self.field.child(key).filter(|field| !field.is_empty())
    }

    /// The retry codes: one, many or none were sent.
    #[must_use]
    pub fn codes(&self) -> Vec<Field<'a>> {
        self.texts("retryCode")
    }

    /// The texts of a member of which one or many are sent, without the empty ones.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<Field<'a>> {
        let each = self.field.child(key).map(|field| field.each()).unwrap_or_default();
        each.into_iter().filter(|field| !field.is_empty()).collect()
    }

    /// The member of `liveness`, which holds either numbers or an error.
    #[must_use]
    pub fn liveness(&self, key: &str) -> Option<Field<'a>> {
        self.field.child("liveness")?.child(key).filter(|field| !field.is_empty())
    }

    /// The fields that say that something went wrong, those with a code first; none for an attempt without an error,
    /// which is not the same as one that passed. One that cannot be read is all error.
    #[must_use]
    pub fn errors(&self) -> Vec<Field<'a>> {
        if !self.field.is_empty() && !matches!(self.field.node(), Node::Object(_)) {
            return vec![self.field.clone()];
        }
        let mut errors = self.codes();
        errors.extend(self.member("errorCode"));
        errors.extend(self.liveness("error_code"));
        let failed = |field: &Field<'_>| field.text().is_none_or(|word| Outcome::read(word) != Outcome::Success);
        errors.extend(RESULTS.iter().filter_map(|key| self.member(key)).filter(failed));
        if errors.is_empty() {
            errors.extend(self.texts("retryMsg"));
            errors.extend(self.member("errorMsg"));
            errors.extend(self.liveness("error"));
        }
        errors
    }
}

#[cfg(test)]
mod tests;

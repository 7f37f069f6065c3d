//! Collects the events of a submission, in the order in which they usually happen.

use jiff::SignedDuration;

use super::{Event, EventKind, Time};
use crate::submission::assessment::{CheckKind, CheckResult};
use crate::submission::attempts::Attempts;
use crate::submission::{Document, Field};
use crate::time;

/// Returns every event of a submission, in the order in which the events usually happen. Events at the same time keep
/// this order when the caller sorts the events by time.
pub(super) fn all(document: &Document) -> Vec<Event<'_>> {
    let each = |path: &str| document.field(path).map(|field| field.elements()).unwrap_or_default();
    let mut events = Vec::new();
    for check in each("pre_verification") {
        let failed = field_of_failed_check(CheckKind::PreVerification, &check, "is_valid");
        events.extend(single_time_event(EventKind::PreVerification, &check, "created_at", failed));
    }
    let root = document.root();
    events.extend(single_time_event(EventKind::Created, &root, "created_at", None));
    for signals in each("signals") {
        events.extend(single_time_event(EventKind::Start, &signals, "startButtonClickTime", None));
        let processes = signals.child("cameraProcessInfo").map(|field| field.elements()).unwrap_or_default();
        events.extend(processes.into_iter().map(process));
    }
    attempts(document, &mut events);
    for (kind, key) in
        [(EventKind::Pending, "pending_at"), (EventKind::Result, "kyc_result_at"), (EventKind::Updated, "updated_at")]
    {
        events.extend(single_time_event(kind, &root, key, None));
    }
    for memo in each("memo") {
        events.extend(single_time_event(EventKind::Memo, &memo, "updated_at", None));
    }
    for update in each("updateHistory") {
        events.extend(single_time_event(EventKind::AdminUpdate, &update, "updateTime", None));
    }
    for injection in each("Injection_action") {
        let failed = || field_of_failed_check(CheckKind::Injection, &injection, "attemptStatus");
        // The older form has the time of the last injection under another name.
        events.extend(single_time_event(EventKind::Injection, &injection, "createTime", failed()));
        events.extend(single_time_event(EventKind::Injection, &injection, "time", failed()));
    }
    events
}

/// Returns the member with the key `key` of the JSON object in `field`. Returns `None` if the service did not send the
/// member, or sent it without a value.
fn sent_member<'a>(field: &Field<'a>, key: &str) -> Option<Field<'a>> {
    field.child(key).filter(|field| !field.is_empty())
}

/// Returns the JSON field with the result of a check of the service, if the check was not passed or its result is
/// unclear. Returns `None` if the check was passed or no result was sent. `record` is the JSON object of the check,
/// `key` is the key of its member with the result, and `kind` is the kind of the check.
fn field_of_failed_check<'a>(kind: CheckKind, record: &Field<'a>, key: &str) -> Option<Field<'a>> {
    let result = CheckResult::of(kind, record, key);
    result.judgement.is_doubtful().then_some(result.evidence)
}

fn time_of(field: Field<'_>) -> Time<'_> {
    let text = field.text().unwrap_or_default();
    Time { at: time::parse_timestamp(text), exact: precision(text), field }
}

/// Returns the precision with which a time was sent: a minute for `2020-07-24 06:46`, a second for
/// `2026-11-21-09-14-03-UTC`, a millisecond for a time with a fraction.
fn precision(text: &str) -> SignedDuration {
    let colons = text.bytes().take("YYYY-MM-DDTHH:MM:SS".len()).filter(|byte| *byte == b':').count();
    let thousandths =
        text.contains('.') || text.rsplit('-').next().is_some_and(|last| last.len() == 3 && is_digits(last));
    match (colons, thousandths) {
        (_, true) => SignedDuration::from_millis(1),
        (1, false) => SignedDuration::from_mins(1),
        (_, false) => SignedDuration::from_secs(1),
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn event(kind: EventKind, subject: Field<'_>) -> Event<'_> {
    Event { kind, subject, start: None, end: None, errors: Vec::new(), retries: Vec::new(), oddities: Vec::new() }
}

/// Returns an event of the given kind that has one time: the member with the key `key` of the JSON object `subject`.
/// `error` is the JSON field that reports an error of the event, or `None`. Returns `None` if the time was not sent.
fn single_time_event<'a>(
    kind: EventKind,
    subject: &Field<'a>,
    key: &str,
    error: Option<Field<'a>>,
) -> Option<Event<'a>> {
    let start = time_of(sent_member(subject, key)?);
    Some(Event { start: Some(start), errors: error.into_iter().collect(), ..event(kind, subject.clone()) })
}

fn process(process: Field<'_>) -> Event<'_> {
    Event {
        start: sent_member(&process, "processStartTime").map(time_of),
        end: sent_member(&process, "processEndTime").map(time_of),
        errors: sent_member(&process, "error").into_iter().collect(),
        ..event(EventKind::Camera, process)
    }
}

/// Adds the events of all attempts of the submission to `events`. An attempt gets one event for each of its step calls
/// (calls of `step1` or `step2` of the service), or one event if it has no step calls. The errors and retries of an
/// attempt are added to its last event. The service lists retries separately; a retry that matches none of the attempts
/// gets an event of its own.
fn attempts<'a>(document: &'a Document, events: &mut Vec<Event<'a>>) {
    let attempts = Attempts::of(document);
    for attempt in attempts.attempts {
        let before = events.len();
        let calls = attempt.calls.iter().map(|call| call.field.clone());
        events.extend(
            calls.map(|call| Event { start: Some(time_of(call)), ..event(EventKind::Call, attempt.field.clone()) }),
        );
        if events.len() == before {
            events.push(event(EventKind::Attempt, attempt.field.clone()));
        }
        if let Some(last) = events.last_mut() {
            last.errors = attempt.errors();
            last.retries = attempt.retries.into_iter().map(|retry| retry.field).collect();
        }
    }
    events.extend(attempts.unmatched_retries.into_iter().map(|retry| event(EventKind::Retry, retry)));
}

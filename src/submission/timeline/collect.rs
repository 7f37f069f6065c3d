//! The events of a submission, in the order of the story that they usually tell.

use jiff::SignedDuration;

use super::{Event, Kind, Time};
use crate::submission::attempts::Attempts;
use crate::submission::words::{self, Outcome};
use crate::submission::{Document, Field};
use crate::time;

/// Every event. At the same time, what is collected first stands first.
pub(super) fn all(document: &Document) -> Vec<Event<'_>> {
    let each = |path: &str| document.field(path).map(|field| field.each()).unwrap_or_default();
    let mut events = Vec::new();
    for check in each("pre_verification") {
        let failed = told(&check, "is_valid").filter(|word| word.text().and_then(words::truth) != Some(true));
        events.extend(point(Kind::PreVerification, &check, "created_at", failed));
    }
    let root = document.root();
    events.extend(point(Kind::Created, &root, "created_at", None));
    for signals in each("signals") {
        events.extend(point(Kind::Start, &signals, "startButtonClickTime", None));
        let processes = signals.child("cameraProcessInfo").map(|field| field.each()).unwrap_or_default();
        events.extend(processes.into_iter().map(process));
    }
    attempts(document, &mut events);
    for (kind, key) in [(Kind::Pending, "pending_at"), (Kind::Result, "kyc_result_at"), (Kind::Updated, "updated_at")] {
        events.extend(point(kind, &root, key, None));
    }
    for memo in each("memo") {
        events.extend(point(Kind::Memo, &memo, "updated_at", None));
    }
    for update in each("updateHistory") {
        events.extend(point(Kind::AdminUpdate, &update, "updateTime", None));
    }
    for injection in each("Injection_action") {
        let failed = || {
            told(&injection, "attemptStatus").filter(|word| word.text().map(Outcome::read) != Some(Outcome::Success))
        };
        // The older form has the time of the last one under another name.
        events.extend(point(Kind::Injection, &injection, "createTime", failed()));
        events.extend(point(Kind::Injection, &injection, "time", failed()));
    }
    events
}

/// A member that holds something.
fn told<'a>(field: &Field<'a>, key: &str) -> Option<Field<'a>> {
    field.child(key).filter(|field| !field.is_empty())
}

fn time_of(field: Field<'_>) -> Time<'_> {
    let text = field.text().unwrap_or_default();
    Time { at: time::read(text), exact: exactness(text), field }
}

/// How exactly a text tells a time: `2020-07-24 06:46` to a minute, `2026-11-21-09-14-03-UTC` to a second.
fn exactness(text: &str) -> SignedDuration {
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

fn event(kind: Kind, subject: Field<'_>) -> Event<'_> {
    Event { kind, subject, start: None, end: None, errors: Vec::new(), retries: Vec::new(), oddities: Vec::new() }
}

/// An event at one time; none when the time was not sent.
fn point<'a>(kind: Kind, subject: &Field<'a>, key: &str, error: Option<Field<'a>>) -> Option<Event<'a>> {
    let start = time_of(told(subject, key)?);
    Some(Event { start: Some(start), errors: error.into_iter().collect(), ..event(kind, subject.clone()) })
}

fn process(process: Field<'_>) -> Event<'_> {
    Event {
        start: told(&process, "processStartTime").map(time_of),
        end: told(&process, "processEndTime").map(time_of),
        errors: told(&process, "error").into_iter().collect(),
        ..event(Kind::Camera, process)
    }
}

/// The calls of every attempt; what went wrong in an attempt stands on its last call.
fn attempts<'a>(document: &'a Document, events: &mut Vec<Event<'a>>) {
    let attempts = Attempts::of(document);
    for attempt in attempts.each {
        let before = events.len();
        let calls = attempt.calls.iter().map(|call| call.field.clone());
        events
            .extend(calls.map(|call| Event { start: Some(time_of(call)), ..event(Kind::Call, attempt.field.clone()) }));
        if events.len() == before {
            events.push(event(Kind::Attempt, attempt.field.clone()));
        }
        if let Some(last) = events.last_mut() {
            last.errors = attempt.errors();
            last.retries = attempt.retries.into_iter().map(|retry| retry.field).collect();
        }
    }
    events.extend(attempts.loose.into_iter().map(|retry| event(Kind::Retry, retry)));
}

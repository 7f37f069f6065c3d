//! Texts of the Timeline tab about events and gaps (idle times): names, errors and unusual details.

use jiff::SignedDuration;

use super::super::super::TabContext;
use crate::submission::Field;
use crate::submission::assessment::Judgement;
use crate::submission::codes::Family;
use crate::submission::timeline::{Event, EventKind, Oddity, Time, Timeline};
use crate::text::Safe;
use crate::time::span;
use crate::ui::{Line, Role};

/// A note about an event, such as its error in words. The note is drawn below the event.
pub(super) struct EventNote<'a> {
    /// The text of the note. In a note about a failure, only the sign and the failure's code are drawn in the colour of
    /// failures.
    pub(super) line: Line,
    /// The field that the note is about; `None` if it is the field that the row of the event shows.
    pub(super) field: Option<Field<'a>>,
}

/// Returns the name of an event, such as `attempt 1 · Step 1, 1st try`. The name may contain values of the submission,
/// which are masked as the mask level requires.
pub(super) fn name(context: TabContext<'_>, event: &Event<'_>) -> Safe {
    let sent = |key: &str| event.subject.child(key).filter(|field| !field.is_empty());
    let with = |word: &'static str, value: Option<Safe>| match value {
        Some(value) => joined_words(&[Safe::from_static(word), Safe::from_static(": "), value]),
        None => Safe::from_static(word),
    };
    match event.kind {
        EventKind::Camera => {
            sent("type").map_or(Safe::from_static("camera, no type sent"), |kind| context.masked_value(&kind))
        }
        EventKind::Call => {
            let step = event.start.as_ref().map(|time| context.label(&time.field)).unwrap_or_default();
            Safe::join(&[attempt(context, &event.subject), step], " · ")
        }
        EventKind::Attempt => attempt(context, &event.subject),
        EventKind::Retry => Safe::from_static("retry without an attempt"),
        EventKind::PreVerification => {
            let passed = sent("is_valid").map(|field| match field.judgement() {
                Some(Judgement::Passed) => Safe::from_static("passed"),
                Some(Judgement::NotPassed) => Safe::from_static("failed"),
                _ => context.masked_value(&field),
            });
            with("pre-verification", passed)
        }
        EventKind::Created => Safe::from_static("created"),
        EventKind::Start => Safe::from_static("start clicked"),
        EventKind::Pending => Safe::from_static("pending"),
        EventKind::Result => {
            with("result", context.document.field("kyc.result").map(|field| context.masked_value(&field)))
        }
        EventKind::Updated => Safe::from_static("updated"),
        EventKind::Memo => Safe::from_static("memo updated"),
        EventKind::AdminUpdate => Safe::from_static("changed by an admin"),
        EventKind::Injection => with("address", sent("attemptStatus").map(|field| context.masked_value(&field))),
    }
}

/// Returns the name of an attempt of the applicant, with the number that the service sent for it, as in `attempt 1`.
/// `attempt` is the JSON object of the attempt.
pub(super) fn attempt(context: TabContext<'_>, attempt: &Field<'_>) -> Safe {
    match attempt.child("attemptCnt").filter(|count| !count.is_empty()) {
        Some(count) => joined_words(&[Safe::from_static("attempt "), context.masked_value(&count)]),
        None => Safe::from_static("attempt, no number"),
    }
}

/// Returns the name of a gap (an idle time), such as `┊ idle gap before the result`. `next` is the kind of the event that
/// ends the gap.
pub(super) const fn gap(next: EventKind) -> Safe {
    Safe::from_static(match next {
        EventKind::Result => "┊ idle gap before the result",
        EventKind::Pending => "┊ idle gap before pending",
        EventKind::Updated | EventKind::AdminUpdate => "┊ idle gap before the change",
        EventKind::Memo => "┊ idle gap before the memo",
        EventKind::Injection => "┊ idle gap before the check",
        _ => "┊ idle gap",
    })
}

/// Returns the duration of a camera process (one capture or upload of the applicant) in words. The text is empty if the
/// start or the end is not known.
///
/// If the two times were sent without seconds, or without fractions of a second, a short duration is not known exactly.
/// The text is then `under 1 m` (minute) or `under 1 s`.
pub(super) fn length(event: &Event<'_>) -> Safe {
    let Some((start, end)) = event.span() else { return Safe::default() };
    let length = end.duration_since(start);
    if length < event.precision() && event.precision() > SignedDuration::from_millis(1) {
        return Safe::from_static(if event.precision() > SignedDuration::from_secs(1) {
            "under 1 m"
        } else {
            "under 1 s"
        });
    }
    span(length)
}

/// Returns whether the time of an event was sent without seconds. The result is `false` if the time does not parse.
pub(super) fn to_the_minute(time: &Time<'_>) -> bool {
    time.at.is_some() && time.exact > SignedDuration::from_secs(1)
}

/// Returns the notes about an event: first explanations, then its errors and retries, then its unusual details.
pub(super) fn notes<'a>(context: TabContext<'_>, timeline: &Timeline<'a>, event: &Event<'a>) -> Vec<EventNote<'a>> {
    let mut notes = Vec::new();
    if let Some(kind) = event.subject.child("type").filter(|_| event.kind == EventKind::Camera) {
        let words = context.explain(Family::Capture, kind.text().unwrap_or_default());
        let role = if event.is_upload() { Role::Warn } else { Role::Dim };
        notes.push(EventNote { line: Line::new().with(words, role), field: Some(kind) });
    }
    if event.kind == EventKind::AdminUpdate
        && let Some(admin) = event.subject.child("updateAdmin").filter(|admin| !admin.is_empty())
    {
        let text = joined_words(&[Safe::from_static("by "), context.masked_value(&admin)]);
        notes.push(EventNote { line: Line::new().with(text, Role::Plain), field: Some(admin) });
    }
    for (at, error) in event.errors.iter().enumerate() {
        // One code may be in two fields, and in the retry.
        let told = event
            .errors
            .iter()
            .take(at)
            .any(|before| context.label(before) == context.label(error) && same(before, error));
        if !told && !is_retried(event, error) {
            notes.extend(failure(context, event.kind, error));
        }
    }
    notes.extend(event.retries.iter().map(|field| retry(context, field)));
    if event.kind == EventKind::Retry {
        notes.push(retry(context, &event.subject));
    }
    for oddity in &event.oddities {
        let field = match oddity {
            Oddity::NoEnd | Oddity::EndUnread | Oddity::EndBeforeStart(_) => event.end.as_ref(),
            _ => event.start.as_ref(),
        };
        let line =
            Line::new().word("! ", Role::Warn).with(oddity_in_words(context, timeline, event, *oddity), Role::Plain);
        notes.push(EventNote { line, field: field.map(|time| time.field.clone()) });
    }
    notes
}

/// Returns whether two fields contain the same text. The result is `false` if `one` has no text.
fn same(one: &Field<'_>, other: &Field<'_>) -> bool {
    one.text().is_some() && one.text() == other.text()
}

/// Returns whether the note about a retry already tells about the error `error` of `event`. This is so if `event` has a
/// retry with the same code as `error`, a field with an error of the event. The caller then adds no note about the
/// error.
fn is_retried(event: &Event<'_>, error: &Field<'_>) -> bool {
    event.retries.iter().filter_map(|retry| retry.child("retryCode")).any(|code| same(&code, error))
}

/// Returns a note about `error`, a field with an error of an event. The note has the label of the field and the value
/// as sent. If the value is a code, the note also explains the code. `kind` is the kind of the event. Returns `None`
/// for pre-verification and address check, since the names of these events already say what failed.
fn failure<'a>(context: TabContext<'_>, kind: EventKind, error: &Field<'a>) -> Option<EventNote<'a>> {
    let family = match kind {
        // The row already holds the word.
        EventKind::PreVerification | EventKind::Injection => return None,
        EventKind::Camera => None,
        _ if error.path().contains("retryCode") => Some(Family::Retry),
        _ if error.path().ends_with("rrorCode") || error.path().ends_with("error_code") => Some(Family::Attempt),
        _ => None,
    };
    let mut line = Line::new()
        .word("✗ ", Role::Bad)
        .with(context.label(error), Role::Plain)
        .word(": ", Role::Plain)
        .with(context.masked_value(error), Role::Bad);
    if let Some(family) = family {
        let meaning = context.explain(family, error.text().unwrap_or_default());
        line = line.word(" · ", Role::Plain).with(meaning, Role::Plain);
    }
    Some(EventNote { line, field: Some(error.clone()) })
}

fn retry<'a>(context: TabContext<'_>, retry: &Field<'a>) -> EventNote<'a> {
    let sent = |key: &str| retry.child(key).filter(|field| !field.is_empty());
    let mut line = Line::new().word("↻ ", Role::Bad).word("retry", Role::Plain);
    if let Some(count) = sent("retryCnt") {
        line = line.word(" ", Role::Plain).with(context.masked_value(&count), Role::Plain);
    }
    if let Some(step) = sent("type") {
        line = line.word(" of ", Role::Plain).with(context.masked_value(&step), Role::Plain);
    }
    if let Some(code) = sent("retryCode") {
        let meaning = context.explain(Family::Retry, code.text().unwrap_or_default());
        line = line.word(": ", Role::Plain).with(context.masked_value(&code), Role::Bad);
        line = line.word(" · ", Role::Plain).with(meaning, Role::Plain);
    }
    EventNote { line, field: Some(retry.clone()) }
}

/// Returns a text about `oddity`, an unusual detail of an event, such as `no end was sent`.
fn oddity_in_words(context: TabContext<'_>, timeline: &Timeline<'_>, event: &Event<'_>, oddity: Oddity) -> Safe {
    let as_sent =
        |time: &Option<Time<'_>>| time.as_ref().map(|time| context.masked_value(&time.field)).unwrap_or_default();
    let measured = |before: &'static str, by: SignedDuration, after: &'static str| {
        joined_words(&[Safe::from_static(before), span(by.abs()), Safe::from_static(after)])
    };
    match oddity {
        Oddity::NoStart if event.at().is_some() => Safe::from_static("placed by its end: no start was sent"),
        Oddity::NoStart => Safe::from_static("no start was sent"),
        Oddity::NoEnd => Safe::from_static("no end was sent"),
        Oddity::StartUnread => {
            let what = match (event.has_ends(), event.at().is_some()) {
                (true, true) => "placed by its end, the start does not parse, as sent: ",
                (true, false) => "the start does not parse, as sent: ",
                (false, _) => "does not parse, as sent: ",
            };
            joined_words(&[Safe::from_static(what), as_sent(&event.start)])
        }
        Oddity::EndUnread => {
            joined_words(&[Safe::from_static("the end does not parse, as sent: "), as_sent(&event.end)])
        }
        Oddity::EndBeforeStart(by) => measured("ends ", by, " before it starts"),
        Oddity::Overlap { with, by } => {
            let other = timeline.events.get(with).map(|other| name(context, other)).unwrap_or_default();
            let shared =
                if by.is_zero() { Safe::default() } else { joined_words(&[Safe::from_static(", for "), span(by)]) };
            joined_words(&[Safe::from_static("overlaps "), other, shared])
        }
        Oddity::OutOfOrder(by) => measured("comes later in the answer, but was ", by, " earlier"),
        Oddity::Far(by) if by.is_negative() => measured("far outside: ", by, " before the submission"),
        Oddity::Far(by) => measured("far outside: ", by, " after the submission"),
        Oddity::BeforeCreation(by) => measured("", by, " before the submission was created"),
        Oddity::UploadAmongLive => Safe::from_static("an upload among live captures of the document"),
    }
}

pub(super) fn joined_words(pieces: &[Safe]) -> Safe {
    Safe::concat(pieces)
}

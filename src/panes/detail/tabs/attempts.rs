//! The Attempts tab: the events of each attempt, and its measurements.
//!
//! If there is room, the tab begins with a table that compares the attempts in columns: codes, numbers and results
//! ([`table`]). Below, lines in words (the narrative) describe each attempt: calls, codes with explanations, messages
//! and retries. If there is no room for the table, the numbers of an attempt are below its narrative.

mod retries;
mod rows;
mod table;

use super::super::annotation;
use super::super::lines::TabLines;
use super::super::{Anchor, Landmark, Tab, TabContext, TabLine};
use crate::submission::Field;
use crate::submission::attempts::{Attempt, Attempts, Interval, IntervalStart, StepCall};
use crate::submission::codes::Family;
use crate::submission::fields::FieldMeaning;
use crate::submission::findings;
use crate::submission::webhook;
use crate::text::Safe;
use crate::time::span;
use crate::ui::{Line, Piece, Role};
use rows::AttemptRows;

/// Maximum number of attempts that the tab shows. A real submission has only a few.
const MAX_ATTEMPTS: usize = 50;

/// Maximum number of codes that are shown for one attempt. It is also the maximum for its messages, for its retries,
/// and for the retries that match no attempt.
const MAX_ITEMS: usize = 100;

/// Paths, within an attempt, of the fields that its narrative (the lines in words) shows. The table shows the other
/// fields.
const NARRATED_PATHS: [&str; 13] = [
    "attemptCnt",
    "step1Time1st",
    "step1Time2nd",
    "step1Time3rd",
    "step2Time1st",
    "step2Time2nd",
    "step2Time3rd",
    "retryCode",
    "retryMsg",
    "errorCode",
    "errorMsg",
    "liveness.error_code",
    "liveness.error",
];

/// The singular and the plural of the word for a retry: a request of the service that the applicant repeats a step. The
/// sentence about retries that are not shown contains one of them.
const RETRIES: [&str; 2] = ["retry", "retries"];

/// Paths of the values that the service sends directly under `kyc`, besides the attempts. It does so for a
/// knowledge-based submission, which is one without a document.
const UNDER_KYC: [&str; 4] = ["kyc.faceSimilarityScore", "kyc.livenessScore", "kyc.selfieImage", "kyc.retryMsg"];

pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let attempts = Attempts::of(context.document);
    let mut out = TabLines::new(context);
    if attempts.attempts.is_empty() && attempts.retries == 0 {
        explain_absence(&mut out, context);
    } else {
        count(&mut out, context, &attempts);
    }
    webhook_attempts(&mut out, context);
    let shown = attempts.attempts.get(..MAX_ATTEMPTS).unwrap_or(&attempts.attempts);
    let rows = AttemptRows::of(shown);
    let columns = table::columns(context.options.columns, shown.len());
    if let Some(columns) = columns {
        table::compared(&mut out, shown, &rows, columns);
        table::legend(&mut out, &rows, true);
    }
    for (at, attempt) in shown.iter().enumerate() {
        attempt_heading(&mut out, attempt);
        narrative(&mut out, context, attempt);
        if columns.is_none() {
            table::stacked(&mut out, attempt, &rows, at);
        }
    }
    let further = attempts.sent_count.saturating_sub(shown.len());
    if further > 0 {
        out.blank();
        left_out_sentence(&mut out, further, ["attempt", "attempts"]);
    }
    if columns.is_none() && shown.len() > 1 {
        table::legend(&mut out, &rows, false);
    }
    numbers(&mut out, &attempts);
    retries::unmatched(&mut out, context, &attempts);
    under_kyc(&mut out, context);
    out.finish()
}

/// Adds a sentence that says that `count` items are left out; does nothing if `count` is 0. The array holds the
/// singular and the plural of the word for an item. The tab leaves out items of long answers so that it is always drawn
/// quickly.
fn left_out_sentence(out: &mut TabLines<'_>, count: usize, [one, many]: [&'static str; 2]) {
    if count > 0 {
        let what = if count == 1 { one } else { many };
        out.sentence(&Safe::sanitize(&format!("… {count} more {what}, in the JSON tab")));
    }
}

/// Calls `show` for the first [`MAX_ITEMS`] items of the list `all`, and adds a sentence with the number of items that
/// are left out. `unread` is added to this number: it counts items that are not in `all`, since they were too many to
/// be parsed. `words` holds the singular and the plural of the word for an item.
fn take_with_rest<'a, T>(
    out: &mut TabLines<'a>,
    all: &[T],
    unread: usize,
    words: [&'static str; 2],
    mut show: impl FnMut(&mut TabLines<'a>, &T),
) {
    all.iter().take(MAX_ITEMS).for_each(|one| show(out, one));
    left_out_sentence(out, all.len().saturating_sub(MAX_ITEMS) + unread, words);
}

/// Adds a sentence that says why the record of the submission contains no attempts.
fn explain_absence(out: &mut TabLines<'_>, context: TabContext<'_>) {
    if let Some(kyc) = findings::unreadable(context.document, "kyc") {
        let words = Safe::from_static("unreadable: it is unknown whether attempts were sent");
        return out.judgement(Safe::from_static("kyc"), &kyc, Role::Bad, words);
    }
    if let Some(words) = context.text_without_value("kyc.attempts") {
        return out.text(Safe::from_static("Attempts"), words, Role::Dim);
    }
    out.sentence(&Safe::from_static(if context.document.is_full_record() {
        "No attempts were sent: the applicant may have left before the first step, or the attempts were deleted."
    } else {
        context.not_contained(
            "· Not fetched: attempts and retries may come only with the full record.",
            "· Not fetched: the file holds no attempts and retries for this submission.",
        )
    }));
}

/// Adds the number of attempts according to a webhook payload, if the record contains such a payload. The payload does
/// not contain the attempts themselves.
fn webhook_attempts(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let sent = context.document.field("attempts").filter(|_| webhook::has_payload(context.document));
    if let Some(count) = sent.filter(|count| !count.is_empty()) {
        let words = Safe::from_static("number of attempts that the webhook says");
        out.field_as(Safe::from_static("Attempts (webhook)"), &count, Role::Plain, Some(words));
    }
}

/// Adds a line with the numbers of attempts, of retries and of attempts with an error. The time from the first step
/// call to the last one follows, and a sentence that says what the steps are.
fn count(out: &mut TabLines<'_>, context: TabContext<'_>, attempts: &Attempts<'_>) {
    let all = attempts.sent_count;
    let wrong = attempts.attempts.iter().filter(|attempt| !attempt.errors().is_empty()).count();
    let role = if wrong > 0 { Role::Warn } else { Role::Plain };
    let mut counted = context.attempts_and_retries(attempts).into_iter();
    let mut parts = vec![Piece::new(Safe::sanitize(&counted.next().unwrap_or_default()), Role::Strong)];
    let words = match wrong {
        _ if !context.document.reads_all("kyc.attempts") => {
            Safe::sanitize(&format!("{wrong} of the {} read with an error", attempts.attempts.len()))
        }
        // A retry tells of an error, even if its attempt was not sent.
        0 if attempts.retries > 0 => Safe::default(),
        0 => Safe::from_static("no error reported"),
        _ if wrong == all && all > 1 => Safe::from_static("each with an error"),
        _ => Safe::sanitize(&format!("{wrong} with an error")),
    };
    if !words.is_empty() {
        parts.push(Piece::new(words, role));
    }
    parts.extend(counted.next().map(|retries| Piece::new(Safe::sanitize(&retries), Role::Plain)));
    if let Some(length) = attempts.length() {
        let words = [
            span(length),
            Safe::from_static(if all > 1 {
                " from the first to the last attempt"
            } else {
                " from the first to the last step"
            }),
        ];
        parts.push(Piece::new(Safe::concat(&words), Role::Plain));
    }
    // Each line holds whole statements, so that no duration is divided.
    out.inline_list(parts);
    steps(out, attempts);
}

/// Adds the first line of an attempt: its name, and whether an error was reported.
fn attempt_heading(out: &mut TabLines<'_>, attempt: &Attempt<'_>) {
    let failed = !attempt.errors().is_empty();
    let line = Line::new().with(attempt.name(), Role::Title).word("  ", Role::Plain);
    let line = if failed {
        line.word("✗ ", Role::Bad).word("error reported", Role::Plain)
    } else {
        line.word("no error reported", Role::Dim)
    };
    out.blank();
    let line = TabLine { anchor: Some(Anchor::from(&attempt.field)), ..TabLine::from(line) };
    out.push(if failed { line.with_landmark(Landmark::Error) } else { line });
}

/// Adds a sentence about the attempt numbers that the service sent. The sentence says what these numbers count, in the
/// words of the service's documentation. Does nothing if no attempt has a number.
fn numbers(out: &mut TabLines<'_>, attempts: &Attempts<'_>) {
    let counted = attempts.attempts.iter().find_map(Attempt::number);
    if let Some(FieldMeaning::Words(meaning)) =
        counted.and_then(|count| count.documentation()).map(|known| known.meaning)
    {
        if attempts.attempts.len() < 2 {
            out.blank();
        }
        let words = ["Attempt numbers as sent by ARGOS, documented as: ", meaning, "."].map(Safe::from_static);
        out.sentence(&Safe::concat(&words));
    }
}

/// Adds a sentence that says what the steps of an attempt are. Does nothing if no step call was sent.
fn steps(out: &mut TabLines<'_>, attempts: &Attempts<'_>) {
    if attempts.attempts.iter().any(|attempt| !attempt.calls.is_empty()) {
        out.sentence(&Safe::from_static("Step 1 is usually the ID, step 2 the face (by ARGOS's examples)."));
    }
}

/// Adds lines that describe an attempt in words: its calls, errors and retries. The table shows its numbers.
fn narrative(out: &mut TabLines<'_>, context: TabContext<'_>, attempt: &Attempt<'_>) {
    if attempt.number().is_none() {
        match attempt.member("attemptCnt") {
            Some(count) => out.field(&count),
            None => out.text_with(
                Safe::from_static("Attempt"),
                Safe::from_static("–"),
                Role::Dim,
                Some(Safe::from_static("no number sent; counted here")),
            ),
        }
    }
    attempt.calls.iter().for_each(|call| self::call(out, call));
    let unread = |key: &str| attempt.field.child(key).map_or(0, |field| field.node().unparsed_elements());
    take_with_rest(out, &attempt.codes(), unread("retryCode"), ["code", "codes"], |out, code| {
        self::code(out, context, code, Family::Retry);
    });
    let messages = attempt.texts("retryMsg");
    take_with_rest(out, &messages, unread("retryMsg"), ["message", "messages"], TabLines::field);
    attempt.member("errorCode").iter().for_each(|code| self::code(out, context, code, Family::Attempt));
    attempt.member("errorMsg").iter().for_each(|message| self::message(out, &messages, message));
    if let Some(code) = attempt.liveness("error_code") {
        let words = in_words(context, &code, Family::Attempt);
        let at = out.len();
        out.field_as(Safe::from_static("Liveness error code"), &code, Role::Bad, Some(words));
        out.set_landmark(at, Landmark::Error);
    }
    if let Some(liveness) = attempt.unreadable_liveness() {
        let at = out.len();
        out.judgement(context.label(&liveness), &liveness, Role::Bad, Safe::from_static("unreadable: not an object"));
        out.set_landmark(at, Landmark::Error);
    }
    if let Some(error) = attempt.liveness("error") {
        out.field_as(Safe::from_static("Liveness error"), &error, Role::Plain, None);
    }
    take_with_rest(out, &attempt.retries, 0, RETRIES, |out, retry| retries::add(out, context, attempt, retry));
}

/// Adds a line for a step call (a call of `step1` or `step2` of the service): its time, and the time since the previous
/// step call of the submission. The Enter key leads to this call in the Timeline tab.
fn call(out: &mut TabLines<'_>, call: &StepCall<'_>) {
    let words = match call.since_previous {
        Some(Interval { length, start }) => {
            let what = match start {
                IntervalStart::SameAttempt => " after the previous step",
                IntervalStart::AttemptBefore => " after the previous attempt",
                IntervalStart::OtherAttempt => " after a step of another attempt",
            };
            Some(Safe::concat(&[span(length), Safe::from_static(what)]))
        }
        None if call.at.is_none() => Some(Safe::from_static("this time does not parse")),
        None => None,
    };
    let at = out.len();
    let role = if call.at.is_some() { Role::Plain } else { Role::Warn };
    out.field_with(&call.field, role, words);
    out.link_to(at, Tab::Timeline, &Anchor::from(&call.field));
    if call.at.is_none() {
        out.set_landmark(at, Landmark::Error);
    }
}

/// Returns the explanation of an error code or a retry code. `family` is the list of codes in which the code is
/// expected. If the code is not in this list but in the other one, it is explained from there, since both lists name
/// the same failures.
fn in_words(context: TabContext<'_>, code: &Field<'_>, family: Family) -> Safe {
    let code = code.text().unwrap_or_default();
    let other = if family == Family::Retry { Family::Attempt } else { Family::Retry };
    let known = |family| context.codes.explain(family, code).is_some();
    annotation::explain_with_cause(context, if known(other) && !known(family) { other } else { family }, code)
}

/// Adds a code that reports an error, with its explanation. `family` is the list of codes in which the code is
/// expected.
fn code(out: &mut TabLines<'_>, context: TabContext<'_>, code: &Field<'_>, family: Family) {
    let words = in_words(context, code, family);
    let at = out.len();
    out.field_with(code, Role::Bad, Some(words));
    out.set_landmark(at, Landmark::Error);
}

/// Adds the message in the field `message`. If one of `messages` has the same text, the words "same message as above"
/// are added in its place.
fn message(out: &mut TabLines<'_>, messages: &[Field<'_>], message: &Field<'_>) {
    let from = out.len();
    if retries::has_text(messages, message) {
        out.text(Safe::default(), Safe::from_static("same message as above"), Role::Dim);
        out.anchor_to(from, message);
    } else {
        out.field(message);
    }
}

/// Adds the values that the service sends directly under `kyc`, outside of the attempts. The service sends such values
/// for a submission without a document (with a "knowledge-based check").
fn under_kyc(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let fields: Vec<Field<'_>> = UNDER_KYC.iter().filter_map(|path| context.document.field(path)).collect();
    let unread = fields.iter().map(|field| field.node().unparsed_elements()).sum();
    let fields: Vec<Field<'_>> = fields.iter().flat_map(Field::elements).filter(|field| !field.is_empty()).collect();
    if fields.is_empty() {
        return;
    }
    out.heading(Safe::from_static("Outside of attempts"));
    out.sentence(&Safe::from_static(
        "Sent for the submission as a whole, as for knowledge-based checks (without an ID document).",
    ));
    take_with_rest(out, &fields, unread, ["value", "values"], |out, field| {
        out.field_with(field, Role::Plain, table::gauge(field, context.options.columns));
    });
}

#[cfg(test)]
mod tests;

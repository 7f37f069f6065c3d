//! The retries in the Attempts tab. A retry is a request of the service that the applicant repeats a step.

use super::super::super::annotation;
use super::super::super::lines::TabLines;
use super::super::super::{Landmark, TabContext};
use super::{MAX_ITEMS, RETRIES, left_out_sentence, take_with_rest};
use crate::submission::Field;
use crate::submission::attempts::{Attempt, Attempts, MatchedBy, Retry};
use crate::submission::codes::Family;
use crate::submission::webhook;
use crate::text::Safe;
use crate::ui::Role;

/// Adds a retry of an attempt: the service asked the applicant to repeat a step. The first line has the retry code, the
/// step (`step1` or `step2`) and the count. A message that the attempt does not have follows.
///
/// If the code of the retry is the only code of the attempt, the code is not repeated: a line says that the retry has
/// the same code. It does not say that both report the same event: several retries can match one attempt, and the
/// service need not send a retry for each attempt. If the attempt has several codes, the retry is shown with its code.
pub(super) fn add(out: &mut TabLines<'_>, context: TabContext<'_>, attempt: &Attempt<'_>, retry: &Retry<'_>) {
    let message = retry.field.child("retryMessage").filter(|message| !message.is_empty());
    let same_message = message.as_ref().is_some_and(|message| has_text(&attempt.texts("retryMsg"), message));
    let codes = attempt.codes();
    let has_code = retry.field.child("retryCode").is_some_and(|code| has_text(&codes, &code));
    let same_code = has_code && codes.len() == 1;
    if same_code {
        let from = out.len();
        let same = if same_message { "same code and message" } else { "same code" };
        let details = step_and_count(context, &retry.field);
        let place = match details.is_empty() {
            true => Safe::from_static(source(context)),
            false => Safe::concat(&[Safe::from_static(source(context)), Safe::from_static(": "), details]),
        };
        let words = [Safe::from_static("also in "), place, Safe::from_static(", "), Safe::from_static(same)];
        out.text(Safe::default(), Safe::concat(&words), Role::Dim);
        out.anchor_to(from, retry.field.child("retryCode").as_ref().unwrap_or(&retry.field));
    } else {
        let note = match retry.matched_by {
            MatchedBy::Call if has_code => "matched by step and number",
            MatchedBy::Call if codes.is_empty() => "matched by step and number: the attempt has no retry code",
            MatchedBy::Call => "matched by step and number: not the attempt's own code",
            MatchedBy::Code => "",
        };
        retry_line(out, context, &retry.field, note);
    }
    if let Some(message) = message.filter(|_| !(same_code && same_message)) {
        let messages = attempt.texts("retryMsg");
        if has_text(&messages, &message) {
            super::message(out, &messages, &message);
        } else {
            let label = if source(context) == WEBHOOK { "Message (webhook)" } else { "Message (kyc.retry)" };
            out.field_as(Safe::from_static(label), &message, Role::Plain, None);
        }
    }
    undocumented(out, &retry.field);
}

/// Source of a retry that came with a webhook payload, in words.
const WEBHOOK: &str = "the webhook";

/// Returns where the retries were sent, in words: `kyc.retry`, or [`WEBHOOK`].
fn source(context: TabContext<'_>) -> &'static str {
    let is_of_webhook = webhook::has_payload(context.document) && context.document.field("retryCode").is_some();
    if is_of_webhook { WEBHOOK } else { "kyc.retry" }
}

/// Returns the step and the count of a retry, such as `step1, retryCnt 1`. Empty if neither was sent.
fn step_and_count(context: TabContext<'_>, retry: &Field<'_>) -> Safe {
    let shown =
        |key: &str| retry.child(key).filter(|field| !field.is_empty()).map(|field| context.masked_value(&field));
    let count = shown("retryCnt").map(|count| Safe::concat(&[Safe::from_static("retryCnt "), count]));
    Safe::join(&shown("type").into_iter().chain(count).collect::<Vec<_>>(), ", ")
}

/// Adds the line of a retry: its code, `note` if it is not empty, the step and the count.
fn retry_line(out: &mut TabLines<'_>, context: TabContext<'_>, retry: &Field<'_>, note: &'static str) {
    let words = [step_and_count(context, retry), Safe::from_static(note)].into_iter().filter(|words| !words.is_empty());
    let label = Safe::from_static(if source(context) == WEBHOOK { "Retry (webhook)" } else { "Retry (kyc.retry)" });
    let words = Safe::join(&words.collect::<Vec<_>>(), " · ");
    match retry.child("retryCode").filter(|code| !code.is_empty()) {
        Some(code) => out.field_as(label, &code, Role::Warn, Some(words)),
        None => out.text(label, words, Role::Warn),
    }
}

/// Adds lines for the undocumented members of a retry, at most [`MAX_ITEMS`] lines. A sentence with the number of the
/// remaining members follows.
fn undocumented(out: &mut TabLines<'_>, retry: &Field<'_>) {
    let mut count: usize = 0;
    for (key, member) in retry.members() {
        if ["type", "retryCnt", "retryCode", "retryMessage"].contains(&key.expose()) {
            continue;
        }
        member.for_each_scalar(&mut |field| {
            if count < MAX_ITEMS {
                out.field(field);
            }
            count += usize::from(!field.is_empty());
        });
    }
    left_out_sentence(out, count.saturating_sub(MAX_ITEMS), ["value", "values"]);
}

/// Adds the retries that match none of the attempts. A retry is a request of the service that the applicant repeats a
/// step.
pub(super) fn unmatched(out: &mut TabLines<'_>, context: TabContext<'_>, attempts: &Attempts<'_>) {
    let unread = context.document.field("kyc.retry").map_or(0, |field| field.node().unparsed_elements());
    if attempts.unmatched_retries.is_empty() && unread == 0 {
        return;
    }
    out.heading(Safe::from_static(match attempts.is_attempts_read {
        true => "Retries without an attempt",
        false => context
            .not_contained("Retries; their attempts were not fetched", "Retries; their attempts are not in the file"),
    }));
    take_with_rest(out, &attempts.unmatched_retries, unread, RETRIES, |out, retry| {
        if retry.text().is_some() {
            return out.field(retry);
        }
        let at = out.len();
        retry_line(out, context, retry, "");
        out.set_landmark(at, Landmark::Error);
        if let Some(code) = retry.child("retryCode").as_ref().and_then(Field::text) {
            out.text(Safe::default(), annotation::explain_with_cause(context, Family::Retry, code), Role::Dim);
        }
        retry.child("retryMessage").iter().for_each(|message| out.field(message));
        undocumented(out, retry);
    });
}

/// Returns whether one of `fields` has the same text as `field`.
pub(super) fn has_text(fields: &[Field<'_>], field: &Field<'_>) -> bool {
    field.text().is_some_and(|text| fields.iter().any(|own| own.text() == Some(text)))
}

//! Attempts: what happened in each, and what they measured, side by side where there is room.
//!
//! Where there is room, the attempts are compared first: codes, numbers and results in columns ([`table`]). What happened in
//! each (calls, codes in words, messages, retries) follows in the whole width, attempt by attempt; where there is no room for
//! columns, each attempt has its numbers below.

mod rows;
mod table;

use super::super::beside;
use super::super::lines::Lines;
use super::super::{Sheet, Tab, TabLine, Trouble};
use crate::submission::Field;
use crate::submission::attempts::{Attempt, Attempts, By, Call, Retry};
use crate::submission::codes::Family;
use crate::submission::fields::Meaning;
use crate::text::Safe;
use crate::time::span;
use crate::ui::{Line, Role};
use rows::Rows;

/// Attempts that are told one by one; a real submission has a few.
const ATTEMPTS: usize = 50;

/// Codes, messages or retries of one attempt that are told, and retries of none.
const ITEMS: usize = 100;

/// Members that the story of an attempt shows; the table has the others.
const TOLD: [&str; 13] = [
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

/// What retries are called.
const RETRIES: [&str; 2] = ["retry", "retries"];

/// Scores that a knowledge-based submission has beside its attempts.
const BESIDE: [&str; 4] = ["kyc.faceSimilarityScore", "kyc.livenessScore", "kyc.selfieImage", "kyc.retryMsg"];

pub(super) fn lines(sheet: Sheet<'_>) -> Vec<TabLine> {
    let attempts = Attempts::of(sheet.document);
    let mut out = Lines::new(sheet);
    if attempts.each.is_empty() {
        nothing(&mut out, sheet);
    } else {
        count(&mut out, sheet, &attempts);
    }
    let shown = attempts.each.get(..ATTEMPTS).unwrap_or(&attempts.each);
    let rows = Rows::of(shown);
    let columns = table::columns(sheet.look.columns, shown.len());
    if let Some(columns) = columns {
        table::side_by_side(&mut out, shown, &rows, columns);
        table::legend(&mut out, &rows, true);
    }
    for (at, attempt) in shown.iter().enumerate() {
        head(&mut out, attempt);
        story(&mut out, sheet, attempt);
        if columns.is_none() {
            table::stacked(&mut out, attempt, &rows, at);
        }
    }
    let further = Attempts::sent(sheet.document).saturating_sub(shown.len());
    if further > 0 {
        out.push(Line::blank());
        more(&mut out, further, ["attempt", "attempts"]);
    }
    if columns.is_none() && shown.len() > 1 {
        table::legend(&mut out, &rows, false);
    }
    numbers(&mut out, &attempts);
    loose(&mut out, sheet, &attempts);
    beside(&mut out, sheet);
    out.finish()
}

/// How much is left out: no answer may hold so much that a screen of it is not drawn at once.
fn more(out: &mut Lines<'_>, count: usize, [one, many]: [&'static str; 2]) {
    if count > 0 {
        let what = if count == 1 { one } else { many };
        out.note(&Safe::of(&format!("… {count} more {what}, in the JSON tab")));
    }
}

/// Does something with the first of a list and tells how many others there are, those that were not read included.
fn few<'a, T>(
    out: &mut Lines<'a>,
    all: &[T],
    unread: usize,
    words: [&'static str; 2],
    mut tell: impl FnMut(&mut Lines<'a>, &T),
) {
    all.iter().take(ITEMS).for_each(|one| tell(out, one));
    more(out, all.len().saturating_sub(ITEMS) + unread, words);
}

/// Why there are no attempts.
fn nothing(out: &mut Lines<'_>, sheet: Sheet<'_>) {
    out.note(&Safe::word(if sheet.document.is_whole() {
        "No attempts were sent: the applicant may have left before the first call, or they were deleted."
    } else {
        "· not fetched: attempts with their scores and errors, and retries, may come only with the single answer."
    }));
}

/// How many there are, how many went wrong, how long they took.
fn count(out: &mut Lines<'_>, sheet: Sheet<'_>, attempts: &Attempts<'_>) {
    let all = Attempts::sent(sheet.document);
    let wrong = attempts.each.iter().filter(|attempt| !attempt.errors().is_empty()).count();
    let role = if wrong > 0 { Role::Warn } else { Role::Plain };
    let many = if all == 1 { "attempt" } else { "attempts" };
    let mut line = Line::blank().with(Safe::of(&format!("{all} {many}")), Role::Strong).word(" · ", Role::Dim).with(
        match wrong {
            _ if !sheet.document.reads_all("kyc.attempts") => {
                Safe::of(&format!("{wrong} of the {} read with an error", attempts.each.len()))
            }
            0 => Safe::word("no error reported"),
            _ if wrong == all && all > 1 => Safe::word("each with an error"),
            _ => Safe::of(&format!("{wrong} with an error")),
        },
        role,
    );
    if let Some(length) = attempts.length() {
        line = line.word(" · ", Role::Dim).with(span(length), Role::Plain).word(" from first to last call", Role::Dim);
    }
    out.wrapped(line);
}

/// The line that an attempt begins with.
fn head(out: &mut Lines<'_>, attempt: &Attempt<'_>) {
    let failed = !attempt.errors().is_empty();
    let line = Line::blank().with(attempt.name(), Role::Title).word("  ", Role::Plain);
    let line =
        if failed { line.word("✗ error reported", Role::Bad) } else { line.word("no error reported", Role::Dim) };
    out.push(Line::blank());
    let line = TabLine { path: Some(attempt.field.path().to_owned()), ..TabLine::from(line) };
    out.push(if failed { line.troubled(Trouble::Error) } else { line });
}

/// What the numbers of the attempts count.
fn numbers(out: &mut Lines<'_>, attempts: &Attempts<'_>) {
    let counted = attempts.each.iter().find_map(Attempt::number);
    if let Some(Meaning::Words(meaning)) = counted.and_then(|count| count.known()).map(|known| known.meaning) {
        if attempts.each.len() < 2 {
            out.push(Line::blank());
        }
        let words = ["Attempts are numbered as sent, by the documentation: ", meaning, "."].map(Safe::word);
        out.note(&Safe::concat(&words));
    }
}

/// Calls, errors and retries of an attempt.
fn story(out: &mut Lines<'_>, sheet: Sheet<'_>, attempt: &Attempt<'_>) {
    if attempt.number().is_none() {
        match attempt.member("attemptCnt") {
            Some(count) => out.field(&count),
            None => out.said(
                Safe::word("Attempt"),
                Safe::word("–"),
                Role::Dim,
                Some(Safe::word("no number was sent; counted here")),
            ),
        }
    }
    attempt.calls.iter().for_each(|call| self::call(out, call));
    let unread = |key: &str| attempt.field.child(key).map_or(0, |field| field.node().unopened());
    few(out, &attempt.codes(), unread("retryCode"), ["code", "codes"], |out, code| {
        coded(out, sheet, code, Family::Retry);
    });
    let messages = attempt.texts("retryMsg");
    few(out, &messages, unread("retryMsg"), ["message", "messages"], Lines::field);
    attempt.member("errorCode").iter().for_each(|code| coded(out, sheet, code, Family::Attempt));
    attempt.member("errorMsg").iter().for_each(|message| self::message(out, &messages, message));
    if let Some(code) = attempt.liveness("error_code") {
        let words = explained(sheet, &code, Family::Attempt);
        let at = out.len();
        out.labelled(Safe::word("Liveness error code"), &code, Role::Bad, Some(words));
        out.trouble(at, Trouble::Error);
    }
    if let Some(error) = attempt.liveness("error") {
        out.labelled(Safe::word("Liveness error"), &error, Role::Plain, None);
    }
    few(out, &attempt.retries, 0, RETRIES, |out, retry| self::retry(out, sheet, &messages, retry));
}

/// A call and how long after the one before it; Enter leads to it on the timeline.
fn call(out: &mut Lines<'_>, call: &Call<'_>) {
    let words = match call.since {
        Some(since) => Some(Safe::concat(&[span(since), Safe::word(" after the call before")])),
        None if call.at.is_none() => Some(Safe::word("this time does not parse")),
        None => None,
    };
    let at = out.len();
    let role = if call.at.is_some() { Role::Plain } else { Role::Warn };
    out.explained(&call.field, role, words);
    out.lead(at, Tab::Timeline, call.field.path());
    if call.at.is_none() {
        out.trouble(at, Trouble::Error);
    }
}

/// A code in words. Error and retry codes name the same failures, so each may stand in the other's list.
fn explained(sheet: Sheet<'_>, code: &Field<'_>, family: Family) -> Safe {
    let code = code.text().unwrap_or_default();
    let other = if family == Family::Retry { Family::Attempt } else { Family::Retry };
    let known = |family| sheet.codes.explain(family, code).is_some();
    beside::account(sheet, if known(other) && !known(family) { other } else { family }, code)
}

/// A code that says that something went wrong.
fn coded(out: &mut Lines<'_>, sheet: Sheet<'_>, code: &Field<'_>, family: Family) {
    let words = explained(sheet, code, family);
    let at = out.len();
    out.explained(code, Role::Bad, Some(words));
    out.trouble(at, Trouble::Error);
}

/// A retry beside its attempt: code, step and count in one line; the message where the attempt does not say the same.
fn retry(out: &mut Lines<'_>, sheet: Sheet<'_>, messages: &[Field<'_>], retry: &Retry<'_>) {
    let tie = match retry.by {
        By::Code => None,
        By::Call => Some(Safe::word("placed here by step and count")),
    };
    retry_line(out, sheet, &retry.field, tie);
    if let Some(message) = retry.field.child("retryMessage").filter(|message| !message.is_empty()) {
        self::message(out, messages, &message);
    }
    rest(out, &retry.field);
}

/// A message, or that it is the one that the attempt gave with its retry code.
fn message(out: &mut Lines<'_>, messages: &[Field<'_>], message: &Field<'_>) {
    let same = message.text().is_some_and(|text| messages.iter().any(|own| own.text() == Some(text)));
    let from = out.len();
    if same {
        out.text(Safe::default(), Safe::word("with the same message"), Role::Dim);
        out.name(from, message);
    } else {
        out.field(message);
    }
}

fn retry_line(out: &mut Lines<'_>, sheet: Sheet<'_>, retry: &Field<'_>, tie: Option<Safe>) {
    let shown = |key: &str| retry.child(key).filter(|field| !field.is_empty()).map(|field| sheet.shown(&field));
    let mut words = Vec::new();
    words.extend(shown("type"));
    words.extend(shown("retryCnt").map(|count| Safe::concat(&[Safe::word("retry number "), count])));
    words.extend(tie);
    let words = Safe::join(&words, " · ");
    match retry.child("retryCode").filter(|code| !code.is_empty()) {
        Some(code) => out.labelled(Safe::word("Retry (kyc.retry)"), &code, Role::Warn, Some(words)),
        None => out.text(Safe::word("Retry (kyc.retry)"), words, Role::Warn),
    }
}

/// Members of a retry that the documentation does not name.
fn rest(out: &mut Lines<'_>, retry: &Field<'_>) {
    let mut count: usize = 0;
    for (key, member) in retry.members() {
        if ["type", "retryCnt", "retryCode", "retryMessage"].contains(&key.expose()) {
            continue;
        }
        member.walk(&mut |field| {
            if count < ITEMS {
                out.field(field);
            }
            count += usize::from(!field.is_empty());
        });
    }
    more(out, count.saturating_sub(ITEMS), ["value", "values"]);
}

/// Retries that belong to no attempt that was sent.
fn loose(out: &mut Lines<'_>, sheet: Sheet<'_>, attempts: &Attempts<'_>) {
    let unread = sheet.document.field("kyc.retry").map_or(0, |field| field.node().unopened());
    if attempts.loose.is_empty() && unread == 0 {
        return;
    }
    out.heading(Safe::word("Retries of no attempt that was sent"));
    few(out, &attempts.loose, unread, RETRIES, |out, retry| {
        if retry.text().is_some() {
            return out.field(retry);
        }
        let at = out.len();
        retry_line(out, sheet, retry, None);
        out.trouble(at, Trouble::Error);
        if let Some(code) = retry.child("retryCode").as_ref().and_then(Field::text) {
            out.text(Safe::default(), beside::account(sheet, Family::Retry, code), Role::Dim);
        }
        retry.child("retryMessage").iter().for_each(|message| out.field(message));
        rest(out, retry);
    });
}

/// What a knowledge-based submission has directly under `kyc`.
fn beside(out: &mut Lines<'_>, sheet: Sheet<'_>) {
    let fields: Vec<Field<'_>> = BESIDE.iter().filter_map(|path| sheet.document.field(path)).collect();
    let unread = fields.iter().map(|field| field.node().unopened()).sum();
    let fields: Vec<Field<'_>> = fields.iter().flat_map(Field::each).filter(|field| !field.is_empty()).collect();
    if fields.is_empty() {
        return;
    }
    out.heading(Safe::word("Directly under kyc"));
    out.note(&Safe::word("Sent for the submission, not for an attempt, as knowledge-based checks do."));
    few(out, &fields, unread, ["value", "values"], |out, field| {
        out.explained(field, Role::Plain, table::gauge(field, sheet.look.columns));
    });
}

#[cfg(test)]
mod tests;

//! Pre-verification, injection, bank check, ID liveness: fields with what their words mean.

use super::super::super::Landmark;
use super::super::super::TabContext;
use super::super::super::lines::TabLines;
use crate::submission::Field;
use crate::submission::attempts::Outcome;
use crate::submission::codes::Family;
use crate::submission::face_age::Truth;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// The words of `attempts_frequency` in the order of the documentation, which also speaks of them as numbers from 0.
const FREQUENCIES: [&str; 4] = ["FirstSeen", "Rare", "Frequent", "VeryFrequent"];

/// What a field says that holds `success` when all went well.
pub(super) fn success(check: &Field<'_>, key: &str) -> Truth {
    match check.child(key).and_then(|field| field.text()) {
        None => Truth::Absent,
        Some(word) if word.eq_ignore_ascii_case("success") => Truth::True,
        Some(word) if word.eq_ignore_ascii_case("fail") => Truth::False,
        Some(_) => Truth::Other,
    }
}

/// The check of the network before the submission.
pub(super) fn pre_verification(lines: &mut TabLines<'_>, context: TabContext<'_>, each: &[Field<'_>]) {
    section(lines, context, ["Pre-verification", "Pre-verifications", "check"], each);
}

/// Data sent in afterwards; the documentation says newest first.
pub(super) fn injection(lines: &mut TabLines<'_>, context: TabContext<'_>, each: &[Field<'_>]) {
    section(lines, context, ["Injection", "Injections, newest first as documented", "injection"], each);
}

/// The bank account.
pub(super) fn bank(lines: &mut TabLines<'_>, context: TabContext<'_>, each: &[Field<'_>]) {
    section(lines, context, ["Bank check", "Bank checks", "check"], each);
}

/// Whether the document was a document: three pipelines.
pub(super) fn id_liveness(lines: &mut TabLines<'_>, context: TabContext<'_>, each: &[Field<'_>]) {
    section(lines, context, ["ID liveness", "ID liveness", "record"], each);
    if !each.is_empty() {
        lines.note(&Safe::word(
            "One score a pipeline. The documentation gives no scale and does not say whether high is good or bad.",
        ));
    }
}

/// A heading, and everything in each of the objects in the order sent.
fn section(
    lines: &mut TabLines<'_>,
    context: TabContext<'_>,
    [one, many, name]: [&'static str; 3],
    each: &[Field<'_>],
) {
    if each.is_empty() {
        return;
    }
    lines.heading(Safe::word(if each.len() == 1 { one } else { many }));
    for (at, field) in each.iter().enumerate() {
        if each.len() > 1 {
            let title = Safe::of(&format!("{name} {} of {}", at + 1, each.len()));
            lines.push(Line::blank().with(title, Role::Strong));
        }
        field.walk(&mut |leaf| line(lines, context, leaf));
    }
}

fn line(lines: &mut TabLines<'_>, context: TabContext<'_>, field: &Field<'_>) {
    let path = field.known().map_or("", |known| known.path);
    let (role, words) = meaning(context, path, field);
    let label = label(path).map_or_else(|| field.label(), Safe::word);
    let from = lines.len();
    lines.field_as(label, field, role, words);
    if role == Role::Bad {
        lines.set_landmark(from, Landmark::Error);
    }
}

/// A longer name where one word stands for two things in a section.
fn label(path: &str) -> Option<&'static str> {
    Some(match path {
        "Injection_action.userInput.ipAddress" => "Entered from IP",
        "Injection_action.ipVerification.ip" | "Injection_action.option.ipVerification.ip" => "IP check: address",
        "Injection_action.ipVerification.status" | "Injection_action.option.ipVerification.status" => {
            "IP check: status"
        }
        "Injection_action.ipVerification.requestId" | "Injection_action.option.ipVerification.requestId" => {
            "IP check: request"
        }
        "Injection_action.option.distanceChecks.source" => "Distance source",
        "Injection_action.option.ipRisk.durationHour" => "IP risk time",
        "Injection_action.option.ipRisk.failCategory" => "IP risk category",
        _ => return None,
    })
}

/// What a value means: its role, and words where it needs other ones than its field.
fn meaning(context: TabContext<'_>, path: &str, field: &Field<'_>) -> (Role, Option<Safe>) {
    let Some(text) = field.text() else { return (Role::Plain, None) };
    match path {
        "pre_verification.is_valid" => match text {
            "true" => (Role::Good, Some(Safe::word("✓ passed"))),
            "false" => (Role::Bad, Some(Safe::word("✗ failed"))),
            _ => (Role::Warn, Some(Safe::word("? neither true nor false"))),
        },
        "pre_verification.attempts_frequency" => (Role::Plain, frequency(context, text)),
        "pre_verification.ip_address"
        | "Injection_action.userInput.ipAddress"
        | "Injection_action.ipVerification.ip"
        | "Injection_action.option.ipVerification.ip" => same_address(context, text),
        "Injection_action.attemptStatus"
        | "Injection_action.ipVerification.status"
        | "Injection_action.option.ipVerification.status"
        | "bank_verification.result" => {
            let (sign, role) = match Outcome::of(text) {
                Outcome::Success => ("✓ ", Role::Good),
                Outcome::Fail => ("✗ ", Role::Bad),
                Outcome::Unknown => ("? ", Role::Warn),
            };
            (role, Some(Safe::concat(&[Safe::word(sign), context.explain(Family::Result, text)])))
        }
        _ => (Role::Plain, None),
    }
}

/// A frequency that is sent as a number, told as the place in the documentation's list.
fn frequency(context: TabContext<'_>, text: &str) -> Option<Safe> {
    let word = text.trim().parse::<usize>().ok().and_then(|place| FREQUENCIES.get(place))?;
    let words = [Safe::word(word), context.explain(Family::Frequency, word)];
    Some(Safe::concat(&[Safe::join(&words, ": "), Safe::word(" (by its place in the documented list)")]))
}

/// Whether an IP address is the applicant's; nothing where that one was not sent.
fn same_address(context: TabContext<'_>, text: &str) -> (Role, Option<Safe>) {
    match context.document.text("data.ip_address").filter(|own| !own.is_empty()) {
        Some(own) if own == text => (Role::Plain, Some(Safe::word("same as the applicant's"))),
        Some(_) => (Role::Warn, Some(Safe::word("! differs from the applicant's"))),
        None => (Role::Plain, None),
    }
}

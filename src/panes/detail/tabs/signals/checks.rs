//! Pre-verification, injection, bank check, ID liveness: fields with what their words mean.

use super::super::super::Sheet;
use super::super::super::Trouble;
use super::super::super::lines::Lines;
use crate::submission::Field;
use crate::submission::codes::Family;
use crate::submission::face_age::Truth;
use crate::submission::words::{self, Outcome};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// The words of `attempts_frequency` in the order of the documentation, which also speaks of them as numbers from 0.
const FREQUENCIES: [&str; 4] = ["FirstSeen", "Rare", "Frequent", "VeryFrequent"];

/// What a field says that holds `success` when all went well.
pub(super) fn success(check: &Field<'_>, key: &str) -> Truth {
    match check.child(key).filter(|field| !field.is_empty()) {
        None => Truth::Absent,
        Some(field) => match field.text().map(Outcome::read) {
            Some(Outcome::Success) => Truth::True,
            Some(Outcome::Fail) => Truth::False,
            Some(Outcome::Unknown) | None => Truth::Other,
        },
    }
}

/// The check of the network before the submission.
pub(super) fn pre_verification(lines: &mut Lines<'_>, sheet: Sheet<'_>, each: &[Field<'_>]) {
    section(lines, sheet, ["Pre-verification", "Pre-verifications", "check"], each);
}

/// Data sent in afterwards; the documentation says newest first.
pub(super) fn injection(lines: &mut Lines<'_>, sheet: Sheet<'_>, each: &[Field<'_>]) {
    section(lines, sheet, ["Injection", "Injections, newest first as documented", "injection"], each);
}

/// The bank account.
pub(super) fn bank(lines: &mut Lines<'_>, sheet: Sheet<'_>, each: &[Field<'_>]) {
    section(lines, sheet, ["Bank check", "Bank checks", "check"], each);
}

/// Whether the document was a document: three pipelines.
pub(super) fn id_liveness(lines: &mut Lines<'_>, sheet: Sheet<'_>, each: &[Field<'_>]) {
    section(lines, sheet, ["ID liveness", "ID liveness", "record"], each);
    if !each.is_empty() {
        lines.note(&Safe::word(
            "One score a pipeline. The documentation gives no scale and does not say whether high is good or bad.",
        ));
    }
}

/// A heading, and everything in each of the objects in the order sent.
fn section(lines: &mut Lines<'_>, sheet: Sheet<'_>, [one, many, name]: [&'static str; 3], each: &[Field<'_>]) {
    if each.is_empty() {
        return;
    }
    lines.heading(Safe::word(if each.len() == 1 { one } else { many }));
    for (at, field) in each.iter().enumerate() {
        if each.len() > 1 {
            let title = Safe::of(&format!("{name} {} of {}", at + 1, each.len()));
            lines.push(Line::blank().with(title, Role::Strong));
        }
        field.walk(&mut |leaf| line(lines, sheet, leaf));
    }
}

fn line(lines: &mut Lines<'_>, sheet: Sheet<'_>, field: &Field<'_>) {
    let path = field.known().map_or("", |known| known.path);
    let (role, words) = meaning(sheet, path, field);
    let label = label(path).map_or_else(|| sheet.label(field), Safe::word);
    let from = lines.len();
    lines.labelled(label, field, role, words);
    if role == Role::Bad {
        lines.trouble(from, Trouble::Error);
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
fn meaning(sheet: Sheet<'_>, path: &str, field: &Field<'_>) -> (Role, Option<Safe>) {
    let Some(text) = field.text() else { return (Role::Plain, None) };
    match path {
        "pre_verification.is_valid" => match words::truth(text) {
            Some(true) => (Role::Good, Some(Safe::word("✓ passed"))),
            Some(false) => (Role::Bad, Some(Safe::word("✗ failed"))),
            None => (Role::Warn, Some(Safe::word("? neither true nor false"))),
        },
        "pre_verification.attempts_frequency" => (Role::Plain, frequency(sheet, text)),
        "pre_verification.ip_address"
        | "Injection_action.userInput.ipAddress"
        | "Injection_action.ipVerification.ip"
        | "Injection_action.option.ipVerification.ip" => same_address(sheet, text),
        "Injection_action.attemptStatus"
        | "Injection_action.ipVerification.status"
        | "Injection_action.option.ipVerification.status"
        | "bank_verification.result" => {
            let (sign, role) = match Outcome::read(text) {
                Outcome::Success => ("✓ ", Role::Good),
                Outcome::Fail => ("✗ ", Role::Bad),
                Outcome::Unknown => ("? ", Role::Warn),
            };
            (role, Some(Safe::concat(&[Safe::word(sign), sheet.explain(Family::Result, text)])))
        }
        _ => (Role::Plain, None),
    }
}

/// A frequency that is sent as a number, told as the place in the documentation's list.
fn frequency(sheet: Sheet<'_>, text: &str) -> Option<Safe> {
    let word = text.trim().parse::<usize>().ok().and_then(|place| FREQUENCIES.get(place))?;
    let words = [Safe::word(word), sheet.explain(Family::Frequency, word)];
    Some(Safe::concat(&[Safe::join(&words, ": "), Safe::word(" (by its place in the documented list)")]))
}

/// Whether an IP address is the applicant's; nothing where that one was not sent.
fn same_address(sheet: Sheet<'_>, text: &str) -> (Role, Option<Safe>) {
    match sheet.document.text("data.ip_address").filter(|own| !own.is_empty()) {
        Some(own) if own == text => (Role::Plain, Some(Safe::word("same as the applicant's"))),
        Some(_) => (Role::Warn, Some(Safe::word("! differs from the applicant's"))),
        None => (Role::Plain, None),
    }
}

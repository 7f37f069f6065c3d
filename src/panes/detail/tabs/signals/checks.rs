//! The sections for pre-verification, address check (`Injection_action`), bank check and ID liveness.

use super::super::super::Landmark;
use super::super::super::TabContext;
use super::super::super::annotation;
use super::super::super::lines::TabLines;
use crate::submission::Field;
use crate::submission::assessment::{Judgement, words};
use crate::submission::codes::Family;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Adds the section of the pre-verification: the check of the applicant's network before the submission. `records`
/// holds one record for each check.
pub(super) fn pre_verification(out: &mut TabLines<'_>, context: TabContext<'_>, records: &[Field<'_>]) {
    section(out, context, ["Pre-verification", "Pre-verifications", "check"], records);
}

/// Adds the section of the address check, which the service calls injection. `records` holds one object for each
/// check, and they are shown in the order sent. The documentation says that the newest is first.
pub(super) fn injection(out: &mut TabLines<'_>, context: TabContext<'_>, records: &[Field<'_>]) {
    section(
        out,
        context,
        ["Address check (Injection_action)", "Address checks (Injection_action), newest first as documented", "check"],
        records,
    );
}

/// Adds the section of the bank account check. `records` holds one record for each check.
pub(super) fn bank(out: &mut TabLines<'_>, context: TabContext<'_>, records: &[Field<'_>]) {
    section(out, context, ["Bank check", "Bank checks", "check"], records);
}

/// Adds the section with the scores that distinguish a real document from a picture of a document. `records` holds the
/// objects with these scores.
pub(super) fn id_liveness(out: &mut TabLines<'_>, context: TabContext<'_>, records: &[Field<'_>]) {
    section(out, context, ["ID liveness", "ID liveness", "check"], records);
    if !records.is_empty() {
        out.sentence(&Safe::from_static(
            "One score for each kind of check. Scale and direction are inferred from a sibling product, \
             not documented.",
        ));
    }
}

/// Adds a heading, and below it every value of each of the `records` in the order sent. The heading is `one` for one
/// record, and `many` for several. `name` is the word for a record, as in `check 1 of 2`.
fn section(
    out: &mut TabLines<'_>,
    context: TabContext<'_>,
    [one, many, name]: [&'static str; 3],
    records: &[Field<'_>],
) {
    if records.is_empty() {
        return;
    }
    out.heading(Safe::from_static(if records.len() == 1 { one } else { many }));
    for (at, field) in records.iter().enumerate() {
        if records.len() > 1 {
            let title = Safe::sanitize(&format!("{name} {} of {}", at + 1, records.len()));
            out.push(Line::new().with(title, Role::Strong));
        }
        field.for_each_scalar(&mut |leaf| line(out, context, leaf));
    }
}

fn line(out: &mut TabLines<'_>, context: TabContext<'_>, field: &Field<'_>) {
    let path = field.documentation().map_or("", |known| known.path);
    let (role, words) = meaning(context, path, field);
    let label = label(path).map_or_else(|| context.label(field), Safe::from_static);
    let from = out.len();
    out.field_as(label, field, role, words);
    if role == Role::Bad {
        out.set_landmark(from, Landmark::Error);
    }
}

/// Returns a longer label for the field at `path`, such as `IP check: status`. It is for a field whose usual label,
/// such as `Status`, does not say to which check the field belongs. `None` if the usual label is clear.
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

/// Returns the role in which the value of the field at `path` is drawn (the role decides the colour), and an
/// explanation of the value. The explanation is `None` if the label of the value is enough.
fn meaning(context: TabContext<'_>, path: &str, field: &Field<'_>) -> (Role, Option<Safe>) {
    if let Some(judgement) = field.judgement() {
        let (sign, role) = annotation::sign(judgement);
        let words = match (path, judgement, field.text()) {
            (_, Judgement::Absent, _) => return (Role::Plain, None),
            ("pre_verification.is_valid", Judgement::Passed, _) => Safe::from_static("passed"),
            ("pre_verification.is_valid", Judgement::NotPassed, _) => Safe::from_static("not passed"),
            ("pre_verification.is_valid", _, Some(_)) => Safe::from_static("neither true nor false"),
            (_, _, Some(text)) => context.explain(Family::Result, text),
            (_, _, None) => Safe::from_static("no clear result"),
        };
        return (role, Some(Safe::join(&[Safe::from_static(sign), words], " ")));
    }
    let Some(text) = field.text() else { return (Role::Plain, None) };
    match path {
        "pre_verification.attempts_frequency" => (Role::Plain, frequency(context, text)),
        "pre_verification.ip_address"
        | "Injection_action.userInput.ipAddress"
        | "Injection_action.ipVerification.ip"
        | "Injection_action.option.ipVerification.ip" => same_address(context, text),
        _ => (Role::Plain, None),
    }
}

/// Explains `text`, a frequency of attempts that the service sent as a number. The number is an index in the documented
/// list of frequency words, and the explanation is the word at this index. Returns `None` if `text` is already such a
/// word, or is not an index of the list.
fn frequency(context: TabContext<'_>, text: &str) -> Option<Safe> {
    let word = words::frequency(text).filter(|word| !words::is(text, word))?;
    let words = [Safe::from_static(word), context.explain(Family::Frequency, word)];
    Some(Safe::concat(&[Safe::join(&words, ": "), Safe::from_static(" (by its place in the documented list)")]))
}

/// Compares the IP address `text` with the applicant's IP address. Returns the role in which the address is drawn (it
/// decides the colour), and a text about the result. The text is `None` if the applicant's IP address was not sent.
fn same_address(context: TabContext<'_>, text: &str) -> (Role, Option<Safe>) {
    match context.document.text("data.ip_address").filter(|own| !own.is_empty()) {
        Some(own) if own == text => (Role::Plain, Some(Safe::from_static("same as the applicant's"))),
        Some(_) => (Role::Warn, Some(Safe::from_static("! differs from the applicant's"))),
        None => (Role::Plain, None),
    }
}

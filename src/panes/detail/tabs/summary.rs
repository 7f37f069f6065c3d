//! The Summary tab: the status, the findings with the most severe first, notes, and sections about the person, scores,
//! checks and durations.
//!
//! On each line, the Enter key jumps to the field that the line is about, in another tab. If a part of the submission,
//! such as the AML data, has no finding, then no problem was found there. That does not prove that this part is good.

mod sections;

use super::super::annotation::explain_with_cause;
use super::super::lines::TabLines;
use super::super::{Anchor, Landmark, Tab, TabContext, TabLine};
use crate::submission::Field;
use crate::submission::assessment::{self, Assessment, KycStatus, words};
use crate::submission::codes::Family;
use crate::submission::findings::{self, Finding, Grade};
use crate::submission::retry_kind::RetryKind;
use crate::text::{Safe, grouped};
use crate::ui::{Line, Role};

pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut out = TabLines::new(context);
    let assessment = Assessment::of(context.document);
    status(&mut out, context, assessment.status);
    findings(&mut out, context);
    sections::person(&mut out, context);
    sections::scores(&mut out, context);
    sections::checks(&mut out, context, &assessment);
    sections::durations(&mut out, context);
    sections::ids(&mut out, context);
    out.finish()
}

/// Returns the tab that shows the field at the JSON path `path`, such as the AML tab for `aml.matches`.
fn tab_of(path: &str) -> Tab {
    let of = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    if of(&["kyc.attempts", "kyc.retry", "kyc.faceSimilarityScore", "kyc.livenessScore"]) {
        Tab::Attempts
    } else if of(&["OCR_raw", "ocr", "review."]) || path == "review" {
        Tab::Ocr
    } else if of(&["aml"]) {
        Tab::Aml
    } else if of(&[
        "signals.cameraProcessInfo",
        "signals.startButtonClickTime",
        "created_at",
        "kyc_result_at",
        "pending_at",
        "updated_at",
    ]) {
        Tab::Timeline
    } else if of(&[
        "signals",
        "verification",
        "pre_verification",
        "Injection_action",
        "bank_verification",
        "id_LivenessScore",
    ]) {
        Tab::Signals
    } else if of(&["kyc"]) {
        Tab::Json
    } else {
        Tab::Details
    }
}

/// Adds the status of the submission in words, and the reasons that the service sent for it. Also adds the field
/// `reviewer`, which says whether a person or the AI system reviews the submission.
fn status(out: &mut TabLines<'_>, context: TabContext<'_>, status: KycStatus) {
    let (sign, role) = match status {
        KycStatus::Approved => ("✓", Role::Good),
        KycStatus::Rejected => ("✗", Role::Bad),
        KycStatus::Pending | KycStatus::Incomplete => ("", Role::Warn),
        KycStatus::Unknown | KycStatus::Contradictory => ("?", Role::Warn),
        KycStatus::Missing => ("–", Role::Dim),
    };
    let result = context.document.field("kyc.result");
    let (shown, words) = status_words(context, status);
    let from = out.len();
    let sign = if result.is_none() && !context.document.is_full_record() { "·" } else { sign };
    let shown = if sign.is_empty() { shown } else { Safe::join(&[Safe::from_static(sign), shown], " ") };
    out.text_with(Safe::from_static("Status"), shown, role, Some(words));
    if let Some(result) = &result {
        out.anchor_to(from, result);
    }
    if matches!(status, KycStatus::Unknown | KycStatus::Contradictory) {
        out.set_landmark(from, Landmark::Error);
    }
    reasons(out, context);
    if let Some(reviewer) = context.document.field("reviewer") {
        out.field_with(&reviewer, Role::Plain, reviewer_words(context, &reviewer, status));
    }
}

/// Returns the explanation of the field `reviewer` for a submission without a decision. The field says only by whom the
/// review is, a person or the AI system; without the explanation, it would read as if somebody had the case, or had
/// decided it. `None` for a submission with a decision, and for a value that is not documented: the meaning of the code
/// alone is then shown.
fn reviewer_words(context: TabContext<'_>, reviewer: &Field<'_>, status: KycStatus) -> Option<Safe> {
    let is_undecided = matches!(status, KycStatus::Pending | KycStatus::Incomplete);
    let meaning = context.codes.explain(Family::Reviewer, reviewer.text().filter(|_| is_undecided)?)?;
    let kind = meaning.as_str().split(',').next().unwrap_or_default();
    // Only of a pending submission is it documented that a person will review it.
    let is_by_person = status == KycStatus::Pending && reviewer.text().is_some_and(|code| words::is(code, "agent"));
    let words = match reviewer.text() {
        _ if is_by_person => format!("to be reviewed by {kind}"),
        Some(code) if words::is(code, "system") => format!("{kind} (this record shows no decision by a person)"),
        _ => format!("{kind} (this record shows no decision)"),
    };
    Some(Safe::sanitize(&words))
}

/// Returns the status of the submission as the service sent it, and a text that explains this status. The text may be
/// empty. `status` is the same status as a value of this program.
pub(in crate::panes::detail) fn status_words(context: TabContext<'_>, status: KycStatus) -> (Safe, Safe) {
    let result = context.document.field("kyc.result");
    let shown = match (&result, status) {
        (None, KycStatus::Missing) if !context.document.is_full_record() => {
            Safe::from_static(context.not_contained("not fetched", "not in the file"))
        }
        (None, KycStatus::Missing) => Safe::from_static("no status was sent"),
        (Some(_), KycStatus::Missing) => Safe::from_static("sent empty"),
        (_, KycStatus::Contradictory) => {
            let values = assessment::contradictory_values(context.document, "kyc.result").unwrap_or_default();
            Safe::join(&values.iter().map(|value| context.masked_value(value)).collect::<Vec<_>>(), " · ")
        }
        (None, _) => Safe::from_static("cannot be read"),
        (Some(result), _) => context.masked_value(result),
    };
    let words = match status {
        KycStatus::Unknown => Safe::from_static("not documented: do not read it as an approval"),
        KycStatus::Contradictory => {
            Safe::from_static("sent more than once, with different values: do not read it as an approval")
        }
        // The words say what they mean.
        KycStatus::Missing | KycStatus::Approved | KycStatus::Rejected => Safe::default(),
        _ => {
            let text = result.as_ref().and_then(Field::text);
            text.map(|text| explain_with_cause(context, Family::Status, text)).unwrap_or_default()
        }
    };
    (shown, words)
}

/// Adds the reasons that the service sent for the status of the submission: the reject codes with their explanations,
/// and the comments.
fn reasons(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let each = |path: &str| context.document.field(path).map(|field| field.elements()).unwrap_or_default();
    let comments = each("kyc.comment");
    for (code, words) in reject_codes(context) {
        let text = code.text().unwrap_or_default();
        let from = out.len();
        out.field_with(&code, Role::Bad, Some(words));
        let evidence = findings::evidence(context.document, text).unwrap_or("kyc.commentCode");
        out.link_to(from, tab_of(evidence), &Anchor::of_path(evidence));
    }
    comments.iter().for_each(|comment| out.field(comment));
}

/// Returns the reject codes of the submission, each with its explanation.
pub(in crate::panes::detail) fn reject_codes(context: TabContext<'_>) -> Vec<(Field<'_>, Safe)> {
    let each = |path: &str| context.document.field(path).map(|field| field.elements()).unwrap_or_default();
    let comments = each("kyc.comment");
    let explained = |code: Field<'_>| {
        let text = code.text().unwrap_or_default();
        let free = comments.iter().any(|comment| comment.text() == Some(text));
        match context.codes.explain(Family::Reject, text) {
            // Knowledge-based submissions send the comment in place of the code.
            None if free => Safe::from_static("the comment, in place of a code"),
            _ => explain_with_cause(context, Family::Reject, text),
        }
    };
    each("kyc.commentCode").into_iter().map(|code| (code.clone(), explained(code))).collect()
}

/// Adds the findings about the submission: alerts, warnings and notes. If there is neither an alert nor a warning, adds
/// a sentence that says so. Notes have a heading of their own, since they are only information.
fn findings(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.heading(Safe::from_static("Findings"));
    if !context.document.is_full_record() {
        not_checked(out, context);
    }
    let found = findings::findings(context.document, context.options.mask);
    let (notes, found): (Vec<_>, Vec<_>) = found.iter().partition(|finding| finding.grade == Grade::Note);
    for finding in found.iter().copied() {
        self::finding(out, context, finding);
    }
    let differ = context.list.map_or(0, |list| list.differences.count());
    if differ > 0 {
        let words = Safe::sanitize(&format!(
            "list and full record disagree in {differ} {}",
            if differ == 1 { "field" } else { "fields" }
        ));
        let from = out.len();
        out.text_with(Safe::from_static("! List data"), words, Role::Plain, Some(Safe::from_static("→ Details")));
        out.link_to(from, Tab::Details, &Anchor::Difference(0));
        out.set_landmark(from, Landmark::Error);
    }
    let unread = context.list.map_or(0, |list| list.differences.unread);
    if unread > 0 {
        let words = format!("{} values are not compared: the submission is too large to read in full", grouped(unread));
        out.text(Safe::from_static("! List data"), Safe::sanitize(&words), Role::Plain);
    }
    // A list record lacks most of what findings are about, so that it proves nothing.
    if context.document.is_full_record() && found.is_empty() && differ + unread == 0 {
        out.sentence(&no_findings_words(context));
    }
    if !notes.is_empty() {
        out.heading(Safe::from_static("Notes"));
        notes.into_iter().for_each(|note| finding(out, context, note));
    }
}

/// Returns the sentences for a full record without findings. They name the parts that the record does not contain,
/// about which nothing is known.
pub(in crate::panes::detail) fn no_findings_words(context: TabContext<'_>) -> Safe {
    let missing = missing_parts(|paths| {
        paths.iter().all(|path| context.document.field(path).is_none_or(|field| field.is_empty()))
    });
    if missing.is_empty() {
        return Safe::from_static("No findings.");
    }
    Safe::sanitize(&format!("No findings in this record. It has no data on: {}", missing.join(", ")))
}

/// Parts of a submission that only the full record may contain. Each has the name of the part on the screen, and the
/// JSON paths of its fields.
const PARTS: [(&str, &[&str]); 5] = [
    ("attempts", &["kyc.attempts", "kyc.retry"]),
    ("OCR", &["OCR_raw", "ocr"]),
    ("AML", &["aml"]),
    ("duplicates", &["duplicated_users", "duplicated_selfie_users"]),
    ("signals", &["signals", "verification", "pre_verification", "Injection_action", "bank_verification"]),
];

/// Adds the sentence that names the parts of the submission that were not checked for findings. They are not checked
/// because only the full record contains them.
fn not_checked(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let mut missing = missing_parts(|paths| paths.iter().any(|path| context.document.field(path).is_none()));
    if missing.is_empty() {
        missing.push(context.not_contained("the full record", "fields that this record may lack"));
    }
    let lead = context.not_contained("Not checked yet: ", "Not checked: ");
    let words = format!("{lead}{} ({})", missing.join(", "), context.full_record.reason_words());
    out.wrapped_line(Line::new().with(Safe::sanitize(&words), Role::Warn));
}

/// Returns the names of the parts of a submission in [`PARTS`] that are missing. `is_missing` returns whether a part
/// with the given JSON paths is missing.
fn missing_parts(is_missing: impl Fn(&[&str]) -> bool) -> Vec<&'static str> {
    PARTS.iter().filter(|(_, paths)| is_missing(paths)).map(|(part, _)| *part).collect()
}

fn finding(out: &mut TabLines<'_>, context: TabContext<'_>, finding: &Finding<'_>) {
    let role = match finding.grade {
        Grade::Alert => Role::Bad,
        Grade::Warning => Role::Warn,
        Grade::Note => Role::Info,
    };
    let (values, words) = finding_words(context, finding);
    let tab = tab_of(&finding.evidence);
    let lead = Safe::concat(&[Safe::from_static("→ "), Safe::from_static(tab.label())]);
    let label = Safe::join(&[Safe::from_static(finding.grade.sign()), finding.subject.clone()], " ");
    let from = out.len();
    if values.is_empty() {
        out.text_with(label, words, Role::Plain, Some(lead));
    } else if words.is_empty() {
        out.text_with(label, Safe::join(&values, " · "), role, Some(lead));
    } else {
        out.text_with(label, Safe::join(&values, " · "), role, Some(Safe::join(&[words, lead], "  ")));
    }
    if let Some(value) = finding.values.first() {
        out.anchor_to(from, value);
    }
    out.link_to(from, tab, &Anchor::of_path(&*finding.evidence));
    if finding.grade != Grade::Note {
        out.set_landmark(from, Landmark::Error);
    }
}

/// Returns the texts of a finding (an alert, a warning or a note about the submission). All texts but the last are the
/// field values that led to the finding, masked at the mask level of the context. The last text is a sentence about the
/// finding; it may be empty.
pub(in crate::panes::detail) fn finding_words(context: TabContext<'_>, finding: &Finding<'_>) -> (Vec<Safe>, Safe) {
    let code = finding.values.first().and_then(Field::text);
    let mut values: Vec<Safe> = finding.values.iter().map(|value| context.masked_value(value)).collect();
    let kind = code.filter(|_| finding.family == Some(Family::Retry)).and_then(RetryKind::of);
    if let (Some(kind), [value]) = (kind, values.as_mut_slice()) {
        *value = Safe::concat(&[value.clone(), Safe::sanitize(&format!(" ({})", kind.label()))]);
    }
    let words = match (finding.family, code) {
        (Some(family), Some(code)) => context.explain(family, code),
        _ => finding.words.clone(),
    };
    (values, words)
}

#[cfg(test)]
mod tests;

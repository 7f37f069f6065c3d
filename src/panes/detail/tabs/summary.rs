//! Summary: the verdict, what stands out with the worst first, and who, how well, how long.
//!
//! Each line leads to its evidence in another tab. What is not here was not found, which is not the same as good.

mod facts;

use super::super::beside::account;
use super::super::lines::Lines;
use super::super::{Sheet, Tab, TabLine, Trouble};
use super::details;
use crate::submission::Field;
use crate::submission::codes::Family;
use crate::submission::findings::{self, Finding, Weight};
use crate::submission::verdict::Verdict;
use crate::text::{Safe, grouped};
use crate::ui::Role;

pub(super) fn lines(sheet: Sheet<'_>) -> Vec<TabLine> {
    let mut out = Lines::new(sheet);
    verdict(&mut out, sheet);
    findings(&mut out, sheet);
    facts::who(&mut out, sheet);
    facts::scores(&mut out, sheet);
    facts::checks(&mut out, sheet);
    facts::took(&mut out, sheet);
    facts::ids(&mut out, sheet);
    out.finish()
}

/// The tab that shows a path.
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

/// The status in words with the reasons that were given for it.
fn verdict(out: &mut Lines<'_>, sheet: Sheet<'_>) {
    let verdict = Verdict::of(sheet.document);
    let (sign, role) = match verdict {
        Verdict::Approved => ("✓", Role::Good),
        Verdict::Rejected => ("✗", Role::Bad),
        Verdict::Pending | Verdict::Incomplete => ("…", Role::Warn),
        Verdict::Unknown | Verdict::Contradictory => ("?", Role::Warn),
        Verdict::Missing => ("–", Role::Dim),
    };
    let result = sheet.document.field("kyc.result");
    let shown = match (&result, verdict) {
        (_, Verdict::Missing) | (None, _) => Safe::word("no status was sent"),
        (Some(result), _) => sheet.shown(result),
    };
    let words = match verdict {
        Verdict::Unknown => Safe::word("not in the documentation: not to be read as an approval"),
        Verdict::Contradictory => {
            Safe::word("sent more than once, with different values: not to be read as an approval")
        }
        Verdict::Missing => Safe::default(),
        _ => {
            let text = result.as_ref().and_then(Field::text);
            text.map(|text| account(sheet, Family::Status, text)).unwrap_or_default()
        }
    };
    let from = out.len();
    let shown = Safe::join(&[Safe::word(sign), shown], " ");
    out.said(Safe::word("Status"), shown, role, Some(words));
    if let Some(result) = &result {
        out.name(from, result);
    }
    if verdict != Verdict::Approved {
        out.trouble(from, Trouble::Error);
    }
    reasons(out, sheet);
    if let Some(reviewer) = sheet.document.field("reviewer") {
        out.field(&reviewer);
    }
}

/// Reject codes and comments.
fn reasons(out: &mut Lines<'_>, sheet: Sheet<'_>) {
    let each = |path: &str| sheet.document.field(path).map(|field| field.each()).unwrap_or_default();
    let comments = each("kyc.comment");
    for code in each("kyc.commentCode") {
        let text = code.text().unwrap_or_default();
        let free = comments.iter().any(|comment| comment.text() == Some(text));
        let from = out.len();
        let words = match sheet.codes.explain(Family::Reject, text) {
            // Knowledge-based submissions send the comment in the place of the code.
            None if free => Safe::word("the comment in the place of a code"),
            _ => account(sheet, Family::Reject, text),
        };
        out.explained(&code, Role::Bad, Some(words));
        let evidence = findings::evidence(sheet.document, text).unwrap_or("kyc.commentCode");
        out.lead(from, tab_of(evidence), evidence);
    }
    comments.iter().for_each(|comment| out.field(comment));
}

/// What stands out, or that nothing does.
fn findings(out: &mut Lines<'_>, sheet: Sheet<'_>) {
    out.heading(Safe::word("What stands out"));
    let found = findings::findings(sheet.document, sheet.look.mask);
    for finding in &found {
        self::finding(out, sheet, finding);
    }
    let differ = sheet.list.map_or(0, |list| list.differences.count());
    if differ > 0 {
        let words = Safe::of(&format!("says otherwise in {differ} {}", if differ == 1 { "field" } else { "fields" }));
        let from = out.len();
        out.said(Safe::word("! List answer"), words, Role::Plain, Some(Safe::word("→ Details")));
        out.lead(from, Tab::Details, details::LIST_ANSWER);
        out.trouble(from, Trouble::Error);
    }
    let unread = sheet.list.map_or(0, |list| list.differences.unread);
    if unread > 0 {
        let words = format!("{} values are not compared: too large to be read whole", grouped(unread));
        out.said(Safe::word("! List answer"), Safe::of(&words), Role::Plain, None);
    }
    if found.is_empty() && differ + unread == 0 {
        out.note(&Safe::word("Nothing in what was sent."));
    }
    if !sheet.document.is_whole() {
        out.note(&Safe::word(
            "· not fetched: a list answer may leave out attempts, AML, signals, checks and duplicates.",
        ));
    }
}

fn finding(out: &mut Lines<'_>, sheet: Sheet<'_>, finding: &Finding<'_>) {
    let (sign, role) = match finding.weight {
        Weight::Bad => ("✗", Role::Bad),
        Weight::Warn => ("!", Role::Warn),
        Weight::Note => ("·", Role::Info),
    };
    let values: Vec<Safe> = finding.values.iter().map(|value| sheet.shown(value)).collect();
    let code = finding.values.first().and_then(Field::text);
    let words = match (finding.family, code) {
        (Some(family), Some(code)) => sheet.explain(family, code),
        _ => finding.words.clone(),
    };
    let tab = tab_of(&finding.evidence);
    let lead = Safe::concat(&[Safe::word("→ "), Safe::word(tab.label())]);
    let label = Safe::join(&[Safe::word(sign), finding.subject.clone()], " ");
    let from = out.len();
    if values.is_empty() {
        out.said(label, words, Role::Plain, Some(lead));
    } else if words.is_empty() {
        out.said(label, Safe::join(&values, " · "), role, Some(lead));
    } else {
        out.said(label, Safe::join(&values, " · "), role, Some(Safe::join(&[words, lead], "  ")));
    }
    if let Some(value) = finding.values.first() {
        out.name(from, value);
    }
    out.lead(from, tab, &finding.evidence);
    if finding.weight != Weight::Note {
        out.trouble(from, Trouble::Error);
    }
}

#[cfg(test)]
mod tests;

//! Where a field is on the screen: its tab, and the words that it is with.

use super::shapes::Leaf;
use crate::panes::detail::{Tab, TabLine};
use crate::submission::fields;
use crate::ui::Role;

/// The tab that must show what is below a path; of several that fit, the longest path counts.
const TABS: [(&str, Tab); 16] = [
    ("", Tab::Details),
    ("Injection_action", Tab::Signals),
    ("OCR_raw", Tab::Ocr),
    ("aml", Tab::Aml),
    ("bank_verification", Tab::Signals),
    ("id_LivenessScore", Tab::Signals),
    ("kyc", Tab::Attempts),
    ("kyc.comment", Tab::Summary),
    ("kyc.commentCode", Tab::Summary),
    ("kyc.result", Tab::Summary),
    ("ocr", Tab::Ocr),
    ("pre_verification", Tab::Signals),
    ("review", Tab::Ocr),
    ("signals", Tab::Timeline),
    ("signals.faceAge", Tab::Signals),
    ("verification", Tab::Signals),
];

/// Words that are with a field for its label: where a table, a heading or a row names it in another way. By the end of
/// the path.
const LABELS: [(&str, &str); 34] = [
    ("Injection_action.option.distanceChecks.source", "Distance source"),
    ("Injection_action.option.ipRisk.durationHour", "IP risk time"),
    ("Injection_action.option.ipRisk.failCategory", "IP risk category"),
    ("Injection_action.userInput.ipAddress", "Entered from IP"),
    ("ipVerification.ip", "IP check: address"),
    ("ipVerification.requestId", "IP check: request"),
    ("ipVerification.status", "IP check: status"),
    (".coordinates.*.x", "corners x,y"),
    (".coordinates.*.y", "corners x,y"),
    ("OCR_raw.*.score", "confidence"),
    ("OCR_raw.*.accepted", "accepted"),
    ("OCR_raw.*.value", "OCR raw"),
    ("additional_list.blockType", "type:"),
    // The name of the field of a form is the label of what was put in.
    ("additional_list.answer", ""),
    ("additional_list.inputValue", ""),
    ("aml.matches.risk_icons", "Risk icon"),
    ("aml.matches.risk_level", "Match 1 of 1"),
    ("aml.raw_data", "anything"),
    ("kyc.attempts.liveness.error", "Liveness error"),
    ("kyc.attempts.liveness.error_code", "Liveness error code"),
    ("kyc.retry.retryCnt", "retryCnt"),
    ("kyc.retry.retryCode", "Retry (kyc.retry)"),
    ("kyc.retry.type", "Retry (kyc.retry)"),
    ("ocr.number", "Document number"),
    ("signals.cameraProcessInfo.error", "error"),
    // The type is the name of the process.
    ("signals.cameraProcessInfo.type", ""),
    ("signals.cameraProcessInfo.processStartTime", "start"),
    ("signals.cameraProcessInfo.processEndTime", "end"),
    ("signals.faceAge.source", "Face age by picture"),
    ("condition.target", "target"),
    ("condition.comparisonOperator", "operator"),
    ("conditionResults.conditionIndex", "Condition"),
    ("faceAge.logicalOperators", "Logical operators"),
    ("kyc.attempts.attemptCnt", "Attempt"),
];

/// Rows of ages whose names tell picture and stage.
fn aged(path: &str) -> Option<&'static str> {
    let name = path.strip_prefix("verification.faceAge.usedValues.")?;
    [
        ("originalSelfie", "Selfie estimate"),
        ("originalId", "ID estimate"),
        ("selfie", "Selfie ± tolerance"),
        ("id", "ID ± tolerance"),
    ]
    .into_iter()
    .find_map(|(start, words)| name.starts_with(start).then_some(words))
}

/// The comparisons by their rows.
fn compared(path: &str) -> Option<&'static str> {
    [
        ("idCardCustomMatch", "ID image against custom age"),
        ("idCardBirthDateMatch", "ID image against birth date"),
        ("faceImageCustomMatch", "selfie against custom age"),
        ("faceImageBirthDateMatch", "selfie against birth date"),
    ]
    .into_iter()
    .find_map(|(key, words)| path.contains(key).then_some(words))
}

/// The tab that must show a path.
pub(in super::super) fn tab(path: &str) -> Tab {
    let fits = |block: &str| block.is_empty() || path == block || path.starts_with(&format!("{block}."));
    let fitting = TABS.iter().filter(|(block, _)| fits(block));
    fitting.max_by_key(|(block, _)| block.len()).unwrap().1
}

/// The words that a leaf must be with.
pub(super) fn label(leaf: &Leaf) -> &'static str {
    let own = LABELS.iter().find(|(ending, _)| leaf.pattern.ends_with(ending)).map(|(_, words)| *words);
    let known = || fields::documented_field(&leaf.path).map_or("?", |known| known.label);
    aged(&leaf.path).or(compared(&leaf.path)).or(own).unwrap_or_else(known)
}

/// Whether a leaf is in the lines of its tab with its label.
pub(super) fn stands(leaf: &Leaf, lines: &[TabLine]) -> bool {
    let texts: Vec<String> = lines.iter().map(|line| line.line.text()).collect();
    let label = label(leaf).to_lowercase();
    (0..lines.len()).filter(|at| holds(&texts, *at, &leaf.shown)).any(|at| {
        let above = |is: fn(&TabLine) -> bool| (0..=at).rev().find(|above| is(&lines[*above])).unwrap_or(0);
        let (heading, title) = (above(is_heading), above(is_title));
        // A label is on the line, above it and the lines of one box, or in several lines beside it.
        let near = (at.saturating_sub(3)..=at + 2).chain(heading..heading + 3).chain(title..title + 3);
        let near: String = near.filter_map(|place| texts.get(place)).map(|text| text.to_lowercase() + "\n").collect();
        label.split(' ').all(|word| near.contains(word))
    })
}

/// A value on a line, or broken at a space between that line and the next.
fn holds(texts: &[String], at: usize, shown: &str) -> bool {
    let alone = |text: &str| {
        // A number is no part of a longer one, of a time or of a date.
        let is_number = shown.starts_with(|c: char| c.is_ascii_digit());
        let joins = |c: char| c.is_alphanumeric() || (is_number && matches!(c, '.' | ':' | '-'));
        let sign = |c: Option<char>| c.is_none_or(|c| !joins(c));
        text.match_indices(shown).any(|(from, _)| {
            let (before, rest) = text.split_at(from);
            sign(before.chars().next_back()) && sign(rest.chars().nth(shown.chars().count()))
        })
    };
    let next = texts.get(at + 1).map(|text| text.trim()).unwrap_or_default();
    alone(&texts[at]) || (shown.contains(' ') && alone(&format!("{} {next}", texts[at].trim_end())))
}

/// Whether others are below a line: a title, an attempt, a field with its values.
fn is_heading(line: &TabLine) -> bool {
    let sign = line.line.pieces.first().map(|piece| piece.text.as_str()).unwrap_or_default();
    is_title(line) || is(line, Role::Strong) || ["= ", "≈ ", "≠ "].contains(&sign)
}

/// Whether a line is the title of a part, or of the columns of a table.
fn is_title(line: &TabLine) -> bool {
    is(line, Role::Title)
}

fn is(line: &TabLine, role: Role) -> bool {
    line.line.pieces.first().is_some_and(|piece| piece.role == role)
}

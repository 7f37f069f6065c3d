//! The Signals tab: what the checks beside the documents and the face match came to, each in its own section.

mod ages;
mod checks;
mod conditions;

use super::super::lines::Lines;
use super::super::{Sheet, TabLine};
use crate::submission::Field;
use crate::submission::face_age::Truth;
use crate::text::Safe;
use crate::ui::{Line, Piece, Role};

/// Where each section's data stand, and what people call it.
const SECTIONS: [(&str, &str); 6] = [
    ("verification.faceAge", "face age conditions"),
    ("signals.faceAge", "face age by picture"),
    ("pre_verification", "pre-verification"),
    ("Injection_action", "injection"),
    ("bank_verification", "bank check"),
    ("id_LivenessScore", "ID liveness"),
];

/// The lines of the tab.
pub(super) fn lines(sheet: Sheet<'_>) -> Vec<TabLine> {
    let mut lines = Lines::new(sheet);
    let each = |path: &str| -> Vec<Field<'_>> {
        let fields = sheet.document.field(path).map(|field| field.each()).unwrap_or_default();
        fields.into_iter().filter(|field| !field.is_empty()).collect()
    };
    lines.flow(&verdicts(sheet, &each));
    conditions::section(&mut lines, sheet, &each("verification.faceAge"));
    ages::section(&mut lines, sheet, &each("signals.faceAge"));
    checks::pre_verification(&mut lines, sheet, &each("pre_verification"));
    checks::injection(&mut lines, sheet, &each("Injection_action"));
    checks::bank(&mut lines, sheet, &each("bank_verification"));
    checks::id_liveness(&mut lines, sheet, &each("id_LivenessScore"));
    missing(&mut lines, sheet);
    lines.finish()
}

/// The result of every check in a word or two, so that a bad one is seen first.
fn verdicts<'a>(sheet: Sheet<'_>, each: &impl Fn(&str) -> Vec<Field<'a>>) -> Vec<Piece> {
    let mut told = Vec::new();
    let unread = |path: &str| conditions::unread(sheet.document.field(path).as_ref());
    let results = each("verification.faceAge").iter().flat_map(conditions::results).collect::<Vec<_>>();
    let results: Vec<Truth> = results.into_iter().chain(unread("verification.faceAge")).collect();
    told.extend(count("face age condition", "met", &results));
    let valid = each("pre_verification").iter().map(|check| Truth::of(check, "is_valid")).collect::<Vec<_>>();
    let valid: Vec<Truth> = valid.into_iter().chain(unread("pre_verification")).collect();
    told.extend(count("pre-verification", "passed", &valid));
    let worked = |path: &str, key: &str| {
        let read = each(path).into_iter().map(|check| checks::success(&check, key));
        read.chain(unread(path)).collect::<Vec<_>>()
    };
    // The older form has no status.
    let injections: Vec<Truth> = worked("Injection_action", "attemptStatus");
    let injections: Vec<Truth> = injections.into_iter().filter(|result| *result != Truth::Absent).collect();
    told.extend(count("injection", "worked", &injections));
    told.extend(count("bank check", "passed", &worked("bank_verification", "result")));
    told.sort_by_key(|(bad, _)| !bad);
    told.into_iter().map(|(_, piece)| piece).collect()
}

/// How many of the checks of a kind came out well, and whether any did not; `None` where there are none.
fn count(what: &str, word: &str, results: &[Truth]) -> Option<(bool, Piece)> {
    let all = results.len();
    let good = results.iter().filter(|result| **result == Truth::True).count();
    let bad = results.contains(&Truth::False);
    let (sign, role) = match (good == all, bad) {
        (_, true) => ("✗", Role::Bad),
        (true, _) => ("✓", Role::Good),
        (false, false) => ("?", Role::Warn),
    };
    let text = match (all, good) {
        (0, _) => return None,
        (1, 1) => format!("{sign} {what} {word}"),
        (1, _) if bad => format!("{sign} {what} not {word}"),
        (1, _) => format!("{sign} {what}: no clear result"),
        _ => format!("{sign} {what}s {word}: {good} of {all}"),
    };
    Some((bad, Piece::new(Safe::of(&text), role)))
}

/// The sections that have no data, on one line.
fn missing(lines: &mut Lines<'_>, sheet: Sheet<'_>) {
    let named = |empty: bool| -> Vec<Safe> {
        let fits = |path: &str| match sheet.document.field(path) {
            Some(field) => empty && field.is_empty(),
            None => !empty,
        };
        SECTIONS.iter().filter(|(path, _)| fits(path)).map(|(_, name)| Safe::word(name)).collect()
    };
    let (absent, empty) = (named(false), named(true));
    if !lines.is_empty() && absent.len() + empty.len() > 0 {
        lines.push(Line::blank());
    }
    if !absent.is_empty() {
        let word = if sheet.document.is_whole() { "Not sent: " } else { "· Not fetched with the list answer: " };
        lines.note(&Safe::concat(&[Safe::word(word), Safe::join(&absent, ", "), Safe::word(".")]));
    }
    if !empty.is_empty() {
        lines.note(&Safe::concat(&[Safe::word("Sent, but empty: "), Safe::join(&empty, ", "), Safe::word(".")]));
    }
}

#[cfg(test)]
mod tests;

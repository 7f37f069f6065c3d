//! The Signals tab: the checks other than documents and face match, each in its own section.

mod ages;
mod checks;
mod conditions;

use strum::VariantArray;

use super::super::lines::TabLines;
use super::super::{TabContext, TabLine};
use crate::submission::face_age::Truth;
use crate::text::Safe;
use crate::ui::{Piece, Role};

/// A section of the tab, in the order in which they are shown.
#[derive(Clone, Copy, PartialEq, Eq, VariantArray)]
enum Check {
    FaceAgeConditions,
    FaceAgeByPicture,
    PreVerification,
    Injection,
    Bank,
    IdLiveness,
}

impl Check {
    /// Returns the path of its data.
    const fn path(self) -> &'static str {
        match self {
            Self::FaceAgeConditions => "verification.faceAge",
            Self::FaceAgeByPicture => "signals.faceAge",
            Self::PreVerification => "pre_verification",
            Self::Injection => "Injection_action",
            Self::Bank => "bank_verification",
            Self::IdLiveness => "id_LivenessScore",
        }
    }

    /// Returns its name within a sentence.
    const fn name(self) -> &'static str {
        match self {
            Self::FaceAgeConditions => "face age conditions",
            Self::FaceAgeByPicture => "face age by picture",
            Self::PreVerification => "pre-verification",
            Self::Injection => "injection",
            Self::Bank => "bank check",
            Self::IdLiveness => "ID liveness",
        }
    }

    /// Draws its data.
    fn draw(self, out: &mut TabLines<'_>, context: TabContext<'_>) {
        let each = context.each(self.path());
        match self {
            Self::FaceAgeConditions => conditions::section(out, context, &each),
            Self::FaceAgeByPicture => ages::section(out, context, &each),
            Self::PreVerification => checks::pre_verification(out, context, &each),
            Self::Injection => checks::injection(out, context, &each),
            Self::Bank => checks::bank(out, context, &each),
            Self::IdLiveness => checks::id_liveness(out, context, &each),
        }
    }
}

/// Makes the lines of the tab.
pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut out = TabLines::new(context);
    out.inline_list(verdicts(context));
    Check::VARIANTS.iter().for_each(|check| check.draw(&mut out, context));
    missing(&mut out, context);
    out.finish()
}

/// Sums up every check in a word or two, failed ones first.
fn verdicts(context: TabContext<'_>) -> Vec<Piece> {
    let each = |check: Check| context.each(check.path());
    let unread = |check: Check| conditions::unread(context.document.field(check.path()).as_ref());
    let mut summed = Vec::new();
    let results = each(Check::FaceAgeConditions).iter().flat_map(conditions::results).collect::<Vec<_>>();
    let results: Vec<Truth> = results.into_iter().chain(unread(Check::FaceAgeConditions)).collect();
    summed.extend(count("face age condition", "met", &results));
    let valid = each(Check::PreVerification).iter().map(|check| Truth::of(check, "is_valid")).collect::<Vec<_>>();
    let valid: Vec<Truth> = valid.into_iter().chain(unread(Check::PreVerification)).collect();
    summed.extend(count("pre-verification", "passed", &valid));
    let worked = |check: Check, key: &str| {
        let read = each(check).into_iter().map(|check| checks::success(&check, key));
        read.chain(unread(check)).collect::<Vec<_>>()
    };
    // The older form has no status.
    let injections: Vec<Truth> = worked(Check::Injection, "attemptStatus");
    let injections: Vec<Truth> = injections.into_iter().filter(|result| *result != Truth::Absent).collect();
    summed.extend(count("injection", "worked", &injections));
    summed.extend(count("bank check", "passed", &worked(Check::Bank, "result")));
    summed.sort_by_key(|(bad, _)| !bad);
    summed.into_iter().map(|(_, piece)| piece).collect()
}

/// Counts the passed checks of a kind, and tells whether any failed; `None` if there are no such checks.
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

/// Names the sections without data.
fn missing(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let named = |empty: bool| -> Vec<Safe> {
        let fits = |check: &&Check| match context.document.field(check.path()) {
            Some(field) => empty && field.is_empty(),
            None => !empty,
        };
        Check::VARIANTS.iter().filter(fits).map(|check| Safe::word(check.name())).collect()
    };
    let (absent, empty) = (named(false), named(true));
    if !out.is_empty() && absent.len() + empty.len() > 0 {
        out.blank();
    }
    if !absent.is_empty() {
        let word = if context.document.is_whole() { "Not sent: " } else { "· Not fetched with the list answer: " };
        out.note(&Safe::concat(&[Safe::word(word), Safe::join(&absent, ", "), Safe::word(".")]));
    }
    if !empty.is_empty() {
        out.note(&Safe::concat(&[Safe::word("Sent, but empty: "), Safe::join(&empty, ", "), Safe::word(".")]));
    }
}

#[cfg(test)]
mod tests;

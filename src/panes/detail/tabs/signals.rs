//! The Signals tab: the results of all checks except the comparison of document and face. Each check has a section of
//! its own.

mod ages;
mod checks;
mod conditions;

use strum::VariantArray;

use super::super::annotation::sign;
use super::super::lines::TabLines;
use super::super::{TabContext, TabLine};
use crate::submission::assessment::{AgeConditions, Assessment, CheckKind, CheckResult, Judgement};
use crate::text::Safe;
use crate::ui::Piece;

/// A section of the Signals tab. The variants are in the order of the sections on the screen.
#[derive(Clone, Copy, PartialEq, Eq, VariantArray)]
enum SignalsSection {
    FaceAgeConditions,
    FaceAgeByPicture,
    PreVerification,
    Injection,
    Bank,
    IdLiveness,
}

impl SignalsSection {
    /// Returns the path of the field that this section of the Signals tab shows, such as `pre_verification`.
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

    /// Returns the name of this section of the Signals tab for use within a sentence, such as `bank check`.
    const fn name(self) -> &'static str {
        match self {
            Self::FaceAgeConditions => "face age conditions",
            Self::FaceAgeByPicture => "face age by picture",
            Self::PreVerification => "pre-verification",
            Self::Injection => "address check",
            Self::Bank => "bank check",
            Self::IdLiveness => "ID liveness",
        }
    }

    /// Adds the heading and the lines of this section of the Signals tab. Adds nothing if the record of the submission
    /// has no data for this section.
    fn draw(self, out: &mut TabLines<'_>, context: TabContext<'_>) {
        let each = context.elements_at(self.path());
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

/// Returns the lines of the Signals tab for the submission in `context`.
pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut out = TabLines::new(context);
    out.inline_list(passed_counts(context, &Assessment::of(context.document)));
    SignalsSection::VARIANTS.iter().for_each(|section| section.draw(&mut out, context));
    missing_sections(&mut out, context);
    out.finish()
}

/// Returns a short text for each kind of check, which says how many checks of this kind passed. Kinds with a failed
/// check come first.
fn passed_counts(context: TabContext<'_>, assessment: &Assessment<'_>) -> Vec<Piece> {
    let age = AgeConditions::all_in_words(context.document).map(|(judgement, words)| {
        let (sign, role) = sign(judgement);
        (judgement, Piece::new(Safe::sanitize(&format!("{sign} age estimated from the face: {words}")), role))
    });
    let kinds = [
        (CheckKind::PreVerification, "pre-verification"),
        (CheckKind::Injection, "address check"),
        (CheckKind::Bank, "bank check"),
    ];
    let others =
        kinds.into_iter().filter_map(|(kind, noun)| count(noun, &assessment.results(kind).collect::<Vec<_>>()));
    let mut counted: Vec<(Judgement, Piece)> = age.into_iter().chain(others).collect();
    counted.sort_by_key(|(judgement, _)| *judgement != Judgement::NotPassed);
    counted.into_iter().map(|(_, piece)| piece).collect()
}

/// Counts the passed checks of one kind. Returns the judgement of all these checks together, and a text with the
/// number, as in `✓ bank check passed`. `noun` is the name of such a check (`bank check`). `None` if `results` contains
/// no results.
fn count(noun: &str, results: &[&CheckResult<'_>]) -> Option<(Judgement, Piece)> {
    let all: usize = results.iter().map(|result| result.count).sum();
    let with = |judgement| results.iter().filter(|result| result.judgement == judgement).count();
    let (good, bad) = (with(Judgement::Passed), with(Judgement::NotPassed));
    let unclear = all.saturating_sub(good + bad);
    let judgement = if bad > 0 {
        Judgement::NotPassed
    } else if good == all {
        Judgement::Passed
    } else {
        Judgement::Unclear
    };
    let (sign, role) = sign(judgement);
    let text = match (all, judgement) {
        (0, _) => return None,
        (1, Judgement::Passed) => format!("{sign} {noun} passed"),
        (1, Judgement::NotPassed) => format!("{sign} {noun} not passed"),
        (1, _) => format!("{sign} {noun}: no clear result"),
        (_, Judgement::Passed) => format!("{sign} all {all} {noun}s passed"),
        (_, Judgement::NotPassed) if unclear == 0 => format!("{sign} {bad} of {all} {noun}s not passed"),
        // Without their number, the unclear results would read as passed.
        (_, Judgement::NotPassed) => {
            format!("{sign} {bad} of {all} {noun}s not passed, {unclear} with no clear result")
        }
        _ => format!("{sign} {unclear} of {all} {noun}s with no clear result"),
    };
    Some((judgement, Piece::new(Safe::sanitize(&text), role)))
}

/// Adds sentences that name the sections of the Signals tab for which the record of the submission has no data.
fn missing_sections(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let named = |empty: bool| -> Vec<Safe> {
        let fits = |section: &&SignalsSection| match context.document.field(section.path()) {
            Some(field) => empty && field.is_empty(),
            None => !empty,
        };
        SignalsSection::VARIANTS.iter().filter(fits).map(|section| Safe::from_static(section.name())).collect()
    };
    let (absent, empty) = (named(false), named(true));
    if !out.is_empty() && absent.len() + empty.len() > 0 {
        out.blank();
    }
    if !absent.is_empty() {
        let word = if context.document.is_full_record() {
            "Not sent: "
        } else {
            context.not_contained("· Not fetched with the list: ", "· Not fetched, not in the file: ")
        };
        out.sentence(&Safe::concat(&[Safe::from_static(word), Safe::join(&absent, ", "), Safe::from_static(".")]));
    }
    if !empty.is_empty() {
        out.sentence(&Safe::concat(&[
            Safe::from_static("Sent, but empty: "),
            Safe::join(&empty, ", "),
            Safe::from_static("."),
        ]));
    }
}

#[cfg(test)]
mod tests;

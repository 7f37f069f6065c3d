//! The AML tab: the result of the AML screening, the AML matches, and the raw data of the screening as a tree. The
//! match with the highest score is first, and each match is compared with the applicant.

mod pair;

use std::ops::RangeInclusive;

use super::super::annotation::screening_role;
use super::super::lines::TabLines;
use super::super::{Anchor, Landmark, TabContext, TabLine};
use super::tree::TreeWriter;
use crate::submission::Field;
use crate::submission::aml_subject::{AmlApplicant, AmlSubject};
use crate::submission::assessment::{AmlAssessment, AmlConflict, KycStatus, RiskLevel, Screening, words};
use crate::submission::codes::Family;
use crate::text::Safe;
use crate::ui::{Line, Role, bar};

/// Number of levels of the tree of `aml.raw_data` that are open before the user opens or closes a part. The first level
/// is `raw_data` itself, and its members are on the second level.
pub(super) const OPEN_LEVELS: usize = 4;

/// Width in columns of the bar for the score of an AML match.
const BAR_WIDTH: u8 = 20;

/// Range of the scores of AML matches that are drawn as a bar. ARGOS does not document the scale.
const SCALE: RangeInclusive<f64> = 0.0..=100.0;

/// Keys of those members of the field `aml` to which the AML tab gives lines of their own.
const SHOWN_KEYS: [&str; 4] = ["currentstatus", "risk_level_summary", "matches", "raw_data"];

pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut out = TabLines::new(context);
    let aml = AmlAssessment::of(context.document);
    match &aml.field {
        None => explain_absence(&mut out, context),
        Some(field) if !aml.is_unreadable() => {
            let matches = sorted(aml.matches.clone());
            status(&mut out, context, &aml);
            if !aml.knows_matches {
                out.sentence(&Safe::from_static(context.not_contained(
                    "· Matches: not fetched. They may come only with the full record.",
                    "· Matches: not fetched. The file holds no list of matches for this submission.",
                )));
            }
            found(&mut out, context, &matches);
            explain_scores(&mut out, &matches);
            if aml.count > 0 {
                out.blank();
                submission(&mut out, context);
            }
            raw(&mut out, field);
            others(&mut out, field, &SHOWN_KEYS);
        }
        Some(field) => {
            let words = Safe::from_static(aml.unknown_words());
            out.judgement(context.label(field), field, screening_role(aml.screening), words);
        }
    }
    out.finish()
}

/// Adds the sentences that say why the record of the submission contains no AML screening.
fn explain_absence(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.sentence(&Safe::from_static(if context.document.is_full_record() {
        "The record has no AML screening: status and matches are missing. That does not mean that there is no match."
    } else {
        context.not_contained(
            "· Not fetched: AML status, matches and raw data may come only with the full record.",
            "· Not fetched: the file holds no AML status, matches or raw data for this submission.",
        )
    }));
    if context.document.is_full_record() {
        explain_not_screened(out, context);
    }
}

/// Adds the lines that say why the applicant was not screened: the status of the submission, and whether the customer's
/// project at ARGOS screens at all (`project_options.option_aml`).
fn explain_not_screened(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.sentence(&Safe::from_static(match KycStatus::of(context.document) {
        KycStatus::Approved => {
            "The submission is approved, so it could be screened: there was no match, or screening was not run. \
             The status is the same for both."
        }
        KycStatus::Rejected | KycStatus::Pending | KycStatus::Incomplete => {
            "Expected: screening runs after approval, and this submission is not approved."
        }
        KycStatus::Unknown | KycStatus::Contradictory | KycStatus::Missing => {
            "Screening runs after approval. The status does not tell whether this submission was approved."
        }
    }));
    if let Some(option) = context.document.field("project_options.option_aml") {
        let words = match option.text().and_then(words::truth) {
            Some(false) => "no screening in this project",
            Some(true) => "the project screens after approval",
            None => "not documented",
        };
        out.field_with(&option, Role::Plain, Some(Safe::from_static(words)));
    }
}

fn status(out: &mut TabLines<'_>, context: TabContext<'_>, aml: &AmlAssessment<'_>) {
    let role = screening_role(aml.screening);
    let at = out.len();
    match &aml.status {
        Some(status) => {
            let words = match aml.screening {
                Screening::Unknown => Safe::from_static(aml.unknown_words()),
                _ if aml.has_unannounced_matches() => {
                    Safe::from_static("but there are matches: do not read it as clear")
                }
                _ => context.explain(Family::Aml, status.text().unwrap_or_default()),
            };
            for status in &aml.statuses {
                out.judgement(context.label(status), status, role, words.clone());
            }
        }
        None if aml.screening == Screening::Unknown => {
            out.text(Safe::from_static("AML status"), Safe::from_static(aml.unknown_words()), role);
        }
        None => {
            let words = context.text_without_value("aml.currentstatus").unwrap_or_else(|| context.text_for_absent());
            out.text(Safe::from_static("AML status"), words, Role::Dim);
        }
    }
    if matches!(aml.screening, Screening::RedFlag | Screening::Unknown) {
        out.set_landmark(at, Landmark::Error);
    }
    match aml.levels.as_slice() {
        // The levels of the matches follow, and the applicant beside the first of them must be visible at once.
        [level] if aml.count > 0 => {
            let lines_before = out.len();
            out.judgement(context.label(level), level, risk_level_role(level), Safe::default());
            out.anchor_to(lines_before, level);
        }
        [level] => out.field_with(level, risk_level_role(level), None),
        levels => {
            for level in levels {
                let role = level.node().expose().and_then(RiskLevel::read).map_or(Role::Warn, role_of_risk_level);
                out.judgement(
                    context.label(level),
                    level,
                    role,
                    Safe::from_static("sent more than once, with different values"),
                );
            }
        }
    }
    if aml.count == 0 {
        submission(out, context);
    }
    if aml.screening == Screening::NotScreened && !aml.has_unannounced_matches() {
        explain_not_screened(out, context);
    }
    for conflict in aml.conflicts() {
        let at = out.len();
        let sentence = match conflict {
            AmlConflict::NoMatch => "Red Flag, but no match was sent.",
            AmlConflict::Matches => "Not Screened, but there are matches.",
            AmlConflict::Level => "Not Screened, but there is a risk level.",
            AmlConflict::NoStatus => "AML status missing or empty, but there are matches.",
            AmlConflict::HigherMatch => "A match has a higher level than the summary.",
        };
        out.text(Safe::from_static("!"), Safe::from_static(sentence), Role::Warn);
        out.set_landmark(at, Landmark::Error);
    }
}

/// Adds a line with the KYC status of the submission. The status tells the user whether an AML screening was to be
/// expected.
fn submission(out: &mut TabLines<'_>, context: TabContext<'_>) {
    if let Some(result) = context.document.field("kyc.result") {
        out.field_as(Safe::from_static("KYC status"), &result, Role::Plain, None);
    }
}

/// Returns the AML matches with the highest score first. Matches without a score are last, in the order sent.
fn sorted(mut matches: Vec<Field<'_>>) -> Vec<Field<'_>> {
    let score = |each: &Field<'_>| each.child("score").and_then(|score| score.number()).unwrap_or(f64::NEG_INFINITY);
    matches.sort_by(|a, b| score(b).total_cmp(&score(a)));
    matches
}

fn found(out: &mut TabLines<'_>, context: TabContext<'_>, matches: &[Field<'_>]) {
    if matches.is_empty() {
        return;
    }
    let count = AmlAssessment::of(context.document).count;
    let subjects = AmlSubject::of_matches(context.document, matches);
    let applicant = AmlApplicant::of(context.document);
    for ((place, each), subject) in (1..).zip(matches).zip(&subjects) {
        let level = each.child("risk_level").filter(|level| !level.is_empty());
        let role = level.as_ref().map_or(Role::Warn, risk_level_role);
        let words = match &level {
            None => "no risk level was sent",
            Some(level) if RiskLevel::of(level).is_none() => "risk level, not documented",
            Some(_) => "risk level",
        };
        let mut line =
            Line::new().with(Safe::sanitize(&format!("Match {place} of {count}")), Role::Title).word("  ", Role::Plain);
        if let Some(level) = &level {
            line = line.with(context.masked_value(level), role).word("  ", Role::Plain);
        }
        line = line.word(words, Role::Dim);
        out.blank();
        let field = level.as_ref().unwrap_or(each);
        let from = out.len();
        out.wrapped_line(line);
        out.anchor_to(from, field);
        out.set_landmark(from, Landmark::Error);
        pair::add(out, &applicant, each, subject);
        if each.text().is_some() {
            out.field(each);
            continue;
        }
        if let Some(score) = each.child("score") {
            let on_scale = score.number().filter(|score| SCALE.contains(score));
            let part = on_scale.map(|score| bar(score / 100.0, BAR_WIDTH));
            out.field_with(&score, Role::Strong, part);
        }
        for icon in each.child("risk_icons").map(|icons| icons.elements()).unwrap_or_default() {
            out.field_as(Safe::from_static("Risk icon"), &icon, Role::Plain, None);
        }
        for key in ["argos_number", "resource_id"] {
            each.child(key).iter().for_each(|field| out.field(field));
        }
        others(out, each, &["risk_level", "score", "risk_icons", "argos_number", "resource_id"]);
    }
}

/// Adds the sentence about the scale of the scores of AML matches, which is not documented. Does nothing if no match
/// has a score.
fn explain_scores(out: &mut TabLines<'_>, matches: &[Field<'_>]) {
    let scores: Vec<Field<'_>> = matches.iter().filter_map(|each| each.child("score")).collect();
    if scores.iter().all(Field::is_empty) {
        return;
    }
    out.blank();
    let has_bar = scores.iter().filter_map(Field::number).any(|score| SCALE.contains(&score));
    let bars = if has_bar { "Bars run from 0 to 100, which is assumed: " } else { "" };
    let words = [bars, "ARGOS does not document the scale of the match scores."];
    out.sentence(&Safe::concat(&words.map(Safe::from_static)));
}

/// Adds the undocumented members of a field, under their own keys. `placed` holds the keys of the members that have
/// lines already; these are left out.
fn others(out: &mut TabLines<'_>, field: &Field<'_>, placed: &[&str]) {
    for (key, member) in field.members() {
        if !placed.contains(&key.expose()) {
            member.for_each_scalar(&mut |each| {
                out.field_with(each, Role::Plain, Some(Safe::from_static("not documented")));
            });
        }
    }
}

fn raw<'a>(out: &mut TabLines<'a>, aml: &Field<'_>) {
    let Some(raw) = aml.child("raw_data").filter(|raw| !raw.is_empty()) else { return };
    if !out.is_empty() {
        out.blank();
    }
    let line = Line::new().word("Raw data", Role::Title).word("  as the screening sent it", Role::Dim);
    out.push(TabLine { anchor: Some(Anchor::from(&raw)), ..TabLine::from(line) });
    if raw.text().is_some() {
        out.field(&raw);
    } else {
        TreeWriter::new(out, OPEN_LEVELS).members(&raw, 1);
    }
}

/// Returns the role of the risk level in the field `level`. By the role, a theme chooses how to draw the level, for
/// example as a warning. An undocumented level gets the role of a warning.
fn risk_level_role(level: &Field<'_>) -> Role {
    RiskLevel::of(level).map_or(Role::Warn, role_of_risk_level)
}

const fn role_of_risk_level(level: RiskLevel) -> Role {
    match level {
        RiskLevel::High => Role::Bad,
        RiskLevel::Medium => Role::Warn,
        RiskLevel::Low => Role::Info,
        RiskLevel::NotScreened => Role::Plain,
    }
}

#[cfg(test)]
mod tests;

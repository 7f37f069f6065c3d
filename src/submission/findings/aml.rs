//! Adds the findings about the AML screening (`aml`).

use super::super::assessment::{AmlAssessment, AmlConflict, Screening};
use super::{Field, Finder, Grade, Safe, counted};

/// Adds the findings about the AML screening `aml` to `finder`. An undocumented AML status never counts as "no match".
pub(super) fn find<'a>(finder: &mut Finder<'a>, aml: &AmlAssessment<'a>) {
    let subject = || Safe::from_static("AML");
    // By the documentation, the status Red Flag, the only one with unknown matches here, means at least one match.
    let matches = || match aml.knows_matches {
        true => counted(aml.count, "match", "matches"),
        false => Safe::from_static("at least one match; no match details in this record"),
    };
    let values = || -> Vec<Field<'a>> { aml.statuses.iter().chain(&aml.levels).cloned().collect() };
    let is_alert = aml.is_alarming || aml.is_unreadable() || aml.contradicts_itself();
    let grade = if is_alert { Grade::Alert } else { Grade::Warning };
    let conflicts = aml.conflicts();
    match (aml.screening, aml.status.clone()) {
        (Screening::Unknown, _) => {
            let mut words = vec![Safe::from_static(aml.unknown_words())];
            words.extend(Some(matches()).filter(|_| aml.count > 0));
            let values = values();
            let values = if values.is_empty() { aml.field.iter().cloned().collect() } else { values };
            add(finder, grade, values, Safe::join(&words, ", "));
        }
        (Screening::RedFlag, _) => add(finder, Grade::Alert, values(), matches()),
        (Screening::NotScreened, Some(status)) if conflicts.contains(&AmlConflict::Matches) => {
            let words = Safe::concat(&[Safe::from_static("but the record has "), matches()]);
            finder.add(Grade::Alert, subject(), status, words);
        }
        (Screening::NotScreened, _) if conflicts.contains(&AmlConflict::Level) => {
            add(finder, grade, values(), Safe::from_static("status and level contradict each other"));
        }
        (Screening::Missing, _) if aml.count > 0 => {
            finder.add_in_words(Grade::Alert, subject(), matches(), "aml.matches");
        }
        (Screening::Missing, _) => {
            if let Some(level) = aml.level.clone() {
                finder.add(grade, subject(), level, Safe::from_static("a risk level without an AML status"));
            }
        }
        (Screening::NotScreened, _) => {}
    }
}

/// Adds a finding about the AML screening to `finder`. `grade` says how severe it is, `values` are the status and the
/// risk level of the screening as sent, and `words` is the explanation.
fn add<'a>(finder: &mut Finder<'a>, grade: Grade, values: Vec<Field<'a>>, words: Safe) {
    finder.add_values(grade, Safe::from_static("AML"), values, words, "aml");
}

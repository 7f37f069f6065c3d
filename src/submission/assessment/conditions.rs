//! Conditions on the age that was estimated from the applicant's face, such as "at least 18": whether each condition
//! holds, and whether all conditions together hold.
//!
//! Source: the service's documentation, "Face Age Verification Info". The documentation describes a final result for
//! each condition, and `and` or `or` between the conditions. It describes neither an overall result nor the precedence
//! of the operators.

use super::checks::{CheckKind, CheckResult, locate, records, unread_of};
use super::judgement::{Judgement, is_contested, is_nothing};
use super::words;
use crate::submission::document::{Document, Field};

/// The conditions on the estimated age of the applicant in one element of `verification.faceAge`, with their results.
#[derive(Debug)]
pub struct AgeConditions<'a> {
    /// The element of `verification.faceAge` as sent.
    pub record: Field<'a>,
    /// The result of each condition. A condition without a result is unclear, since the service should have sent a
    /// result for it.
    pub results: Vec<CheckResult<'a>>,
    operators: Vec<Field<'a>>,
}

impl<'a> AgeConditions<'a> {
    /// Returns the age conditions (such as "at least 18") of a submission: one value for each element of
    /// `verification.faceAge`.
    pub fn all(document: &'a Document) -> Vec<Self> {
        let (records, unread) = records(document, "verification.faceAge");
        let mut all: Vec<Self> = records.iter().map(Self::of).collect();
        all.extend(unread.map(|(field, count)| Self::unclear(field, count)));
        all
    }

    fn unclear(record: Field<'a>, count: usize) -> Self {
        let results = vec![CheckResult::unclear(CheckKind::FaceAge, record.clone(), count)];
        Self { record, results, operators: Vec::new() }
    }

    /// Reads the conditions on the estimated age (such as "at least 18") in `record`, one element of
    /// `verification.faceAge`.
    pub fn of(record: &Field<'a>) -> Self {
        let (conditions, unread) = match locate(record, "conditionResults") {
            Ok(list) if is_contested(&list) => return Self::unclear(list, 1),
            Ok(list) if is_nothing(list.node()) => (Vec::new(), None),
            Ok(list) => (list.elements(), unread_of(&list)),
            Err((Judgement::Unclear, field)) => return Self::unclear(field, 1),
            Err(_) => (Vec::new(), None),
        };
        let mut results: Vec<CheckResult<'a>> = conditions
            .iter()
            .map(|condition| match CheckResult::of(CheckKind::FaceAge, condition, "finalResult") {
                absent if absent.judgement == Judgement::Absent => {
                    CheckResult::unclear(CheckKind::FaceAge, absent.evidence, 1)
                }
                result => result,
            })
            .collect();
        results.extend(unread.map(|(list, count)| CheckResult::unclear(CheckKind::FaceAge, list, count)));
        let operators = record.child("logicalOperators").map(|operators| operators.elements()).unwrap_or_default();
        Self { record: record.clone(), results, operators }
    }

    /// Returns the number of conditions on the estimated age whose result has the judgement `judgement`.
    pub fn count(&self, judgement: Judgement) -> usize {
        self.results.iter().filter(|result| result.judgement == judgement).map(|result| result.count).sum()
    }

    /// Returns the results of all conditions on the estimated age of a submission together, and their number in words,
    /// as in `3 checks, all conditions met`. The number of checks is left out if there is only one, or if not all of
    /// them were read. `None` without conditions.
    pub fn all_in_words(document: &'a Document) -> Option<(Judgement, String)> {
        let checks: Vec<Self> = Self::all(document).into_iter().filter(|check| !check.results.is_empty()).collect();
        let count = |judgement| checks.iter().map(|check| check.count(judgement)).sum::<usize>();
        let all: usize = checks.iter().flat_map(|check| &check.results).map(|result| result.count).sum();
        let not_met = count(Judgement::NotPassed);
        let unclear = all.saturating_sub(count(Judgement::Passed) + not_met);
        let judgement = match (not_met, unclear) {
            (0, 0) => Judgement::Passed,
            (0, _) => Judgement::Unclear,
            _ => Judgement::NotPassed,
        };
        let is_counted = checks.len() > 1 && document.reads_all("verification.faceAge");
        let words = match (all, judgement) {
            (0, _) => return None,
            (1, Judgement::Passed) => "condition met".to_owned(),
            (1, Judgement::NotPassed) => "condition not met".to_owned(),
            (1, _) => "no clear result".to_owned(),
            (_, Judgement::Passed) => "all conditions met".to_owned(),
            (_, Judgement::NotPassed) if unclear == 0 => format!("{not_met} of {all} conditions not met"),
            (_, Judgement::NotPassed) => {
                format!("{not_met} of {all} conditions not met, {unclear} with no clear result")
            }
            _ => format!("{unclear} of {all} conditions with no clear result"),
        };
        Some((judgement, if is_counted { format!("{} checks, {words}", checks.len()) } else { words }))
    }

    /// Returns whether a failed condition on the estimated age may be irrelevant: the service sent an `or` between the
    /// conditions, and another condition is met.
    pub fn has_alternative(&self) -> bool {
        let is_or = |operator: &Field<'_>| operator.text().is_some_and(|text| words::is(text, "or"));
        self.operators.iter().any(is_or) && self.count(Judgement::Passed) > 0
    }

    /// Returns the judgement of all conditions together. The judgement is unclear in these cases:
    ///
    /// * There is no condition, or the result of a condition is unclear.
    /// * The number of operators (`and`, `or`) does not fit the number of conditions, or an operator is another word.
    /// * The result depends on the precedence of the operators (`and` first, or from left to right), which the
    ///   documentation leaves open.
    pub fn combined_judgement(&self) -> Judgement {
        let results: Vec<Judgement> = self.results.iter().map(|result| result.judgement).collect();
        let operators: Vec<&str> = self.operators.iter().map(|field| field.text().unwrap_or_default()).collect();
        match together(&results, &operators) {
            Some(true) => Judgement::Passed,
            Some(false) => Judgement::NotPassed,
            None => Judgement::Unclear,
        }
    }
}

fn together(results: &[Judgement], operators: &[&str]) -> Option<bool> {
    let known = |result: &Judgement| match result {
        Judgement::Passed => Some(true),
        Judgement::NotPassed => Some(false),
        Judgement::Unclear | Judgement::Absent => None,
    };
    let results: Vec<bool> = results.iter().map(known).collect::<Option<_>>()?;
    let is_and = |word: &&str| words::meaning_of(&[("and", true), ("or", false)], word);
    let ands: Vec<bool> = operators.iter().map(is_and).collect::<Option<_>>()?;
    let (first, rest) = results.split_first()?;
    if ands.len() != rest.len() {
        return None;
    }
    let joined = || ands.iter().zip(rest);
    let in_turn = joined().fold(*first, |sum, (and, next)| if *and { sum && *next } else { sum || *next });
    let mut groups = vec![*first];
    for (and, next) in joined() {
        match groups.last_mut() {
            Some(group) if *and => *group = *group && *next,
            _ => groups.push(*next),
        }
    }
    let bound = groups.contains(&true);
    (in_turn == bound).then_some(bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_come_together_only_where_every_reading_agrees() {
        use Judgement::{Absent, NotPassed, Passed, Unclear};
        assert_eq!(together(&[Passed], &[]), Some(true));
        assert_eq!(together(&[Passed, NotPassed], &["and"]), Some(false));
        assert_eq!(together(&[Passed, NotPassed], &["OR"]), Some(true));
        // (true or false) and false = false, true or (false and false) = true.
        assert_eq!(together(&[Passed, NotPassed, NotPassed], &["or", "and"]), None);
        assert_eq!(together(&[Passed, Passed, NotPassed], &["and", "or"]), Some(true));
        for results in [vec![Passed, Absent], vec![Passed, Unclear]] {
            assert_eq!(together(&results, &["or"]), None);
        }
        assert_eq!(together(&[Passed, Passed], &[]), None);
        assert_eq!(together(&[Passed, Passed], &["xor"]), None);
        assert_eq!(together(&[], &[]), None);
    }
}

//! The assessment: what a record says of the person, judged once for every reader.
//!
//! Status, screening and checks are read here alone; tabs, list, filter, tables, statistics and findings show what was
//! read. Only a documented word in its own place judges anything. A value that is something else, that was not read
//! because of a limit, or that was sent more than once with different values is *unclear*: never passed, and never
//! absent.

mod aml;
mod checks;
mod conditions;
mod judgement;
mod status;
pub mod words;

pub use aml::{AmlAssessment, AmlConflict, RiskLevel, Screening};
pub(super) use checks::words_of_attempt;
pub use checks::{CheckKind, CheckResult};
pub use conditions::Conditions;
pub use judgement::{Judgement, in_doubt};
pub(super) use judgement::{is_contested, is_illegible};
pub use status::KycStatus;

use super::document::Document;

/// What a record says, with the evidence.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// What became of the submission.
    pub status: KycStatus,
    /// The screening for sanctions and exposed persons.
    pub aml: AmlAssessment<'a>,
    /// Every result of a check that was sent, in the order of the record.
    pub checks: Vec<CheckResult<'a>>,
}

impl<'a> Assessment<'a> {
    /// Judges a record. What a list record leaves out is absent.
    pub fn of(document: &'a Document) -> Self {
        Self { status: KycStatus::of(document), aml: AmlAssessment::of(document), checks: checks::all(document) }
    }

    /// Iterates over the results of one kind of check; none for a check that is absent.
    pub fn results(&self, kind: CheckKind) -> impl Iterator<Item = &CheckResult<'a>> {
        self.checks.iter().filter(move |result| result.kind == kind)
    }
}

#[cfg(test)]
pub mod cases;
#[cfg(test)]
mod tests;

//! Assessment of a record (a full record or a list record): its status, AML screening and check results, judged once
//! for all parts of the program.
//!
//! Only this module interprets status, screening and check results. Tabs, list, filter, tables, statistics and findings
//! show its results. Only a documented word at the documented path counts. These values are *unclear*: any other value,
//! a value that was not read because of a limit, and a value that was sent more than once with different values. An
//! unclear value is never treated as passed or absent.

mod aml;
mod checks;
mod conditions;
mod judgement;
mod status;
pub mod words;

pub use aml::{AmlAssessment, AmlConflict, RiskLevel, Screening};
pub(super) use checks::words_of_attempt;
pub use checks::{CheckKind, CheckResult};
pub use conditions::AgeConditions;
pub use judgement::{Judgement, contradictory_values};
pub(super) use judgement::{is_contested, is_illegible, repeats_verdict};
pub use status::KycStatus;

use super::document::Document;

/// Assessment of one record (a full record or a list record): the KYC status, the AML screening and the check results
/// that this program reads from it.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// KYC status of the submission.
    pub status: KycStatus,
    /// Result of the AML screening for sanctions and politically exposed persons.
    pub aml: AmlAssessment<'a>,
    /// Results of all checks (such as OCR or liveness), those of the attempts first. A check for which no result was
    /// sent is left out.
    pub checks: Vec<CheckResult<'a>>,
}

impl<'a> Assessment<'a> {
    /// Reads the KYC status, the AML screening and the results of all checks from `document`, the full record or list
    /// record of a submission. A field that the list leaves out counts as not sent.
    pub fn of(document: &'a Document) -> Self {
        Self { status: KycStatus::of(document), aml: AmlAssessment::of(document), checks: checks::all(document) }
    }

    /// Iterates over the results of one kind of check, such as [`CheckKind::Ocr`]. The iterator is empty if no result
    /// of this kind was sent.
    pub fn results(&self, kind: CheckKind) -> impl Iterator<Item = &CheckResult<'a>> {
        self.checks.iter().filter(move |result| result.kind == kind)
    }
}

#[cfg(test)]
pub mod cases;
#[cfg(test)]
mod tests;

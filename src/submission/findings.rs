//! Findings of a submission: everything that speaks against it, is unusual, or deserves a look.
//!
//! Nothing here decides about a submission: each finding shows a value that the service sent, or two values that
//! contradict each other, with an explanation and the path of the value that proves the finding. The status itself is
//! no finding, see [`super::assessment`]. A submission without findings is not necessarily good: it only means that
//! nothing was found.

mod blocks;
mod checks;
mod others;

use super::assessment::{AmlConflict, Assessment, KycStatus, Screening};
use super::attempts::Attempts;
use super::codes::Family;
use super::document::{Document, Field};

use super::masking;
use crate::text::{Mask, Safe};
use crate::time;
pub use blocks::unreadable;
pub use others::{Others, others};

/// Maximum width of a path in the explanation of a finding, in terminal columns.
const LONGEST: usize = 300;

/// Maximum number of findings about retries that match no attempt.
const MAX_RETRY_CODES: usize = 50;

/// Severity of a finding, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The finding speaks against the submission.
    Bad,
    /// A reviewer should look at the values of the finding.
    Warn,
    /// The finding is only information.
    Note,
}

/// One finding of a submission: something that a reviewer should look at.
#[derive(Debug)]
pub struct Finding<'a> {
    /// Severity of the finding.
    pub weight: Weight,
    /// Subject of the finding, such as `AML` or `Attempt 2`, in words of this program.
    pub subject: Safe,
    /// Values that the finding is about, as sent by the service.
    pub values: Vec<Field<'a>>,
    /// Family of codes that explains the first of the `values`, such as the family of retry codes. `None` if the first
    /// value is no code.
    pub family: Option<Family>,
    /// Explanation of the finding in words of this program. The text may be empty, for example if the family of codes
    /// explains the finding.
    pub words: Safe,
    /// Path of the field that proves the finding.
    pub evidence: String,
}

/// Returns the findings of a submission, the most severe first and otherwise in the order of the parts of the
/// submission. The findings show the names of undocumented fields only as far as the mask level `mask` allows.
pub fn findings(document: &Document, mask: Mask) -> Vec<Finding<'_>> {
    let assessment = Assessment::of(document);
    let mut finder = Finder { document, mask, found: Vec::new() };
    finder.screening(&assessment);
    finder.duplicates();
    finder.reject_code(assessment.status);
    finder.attempts(assessment.status);
    checks::find(&mut finder, &assessment);
    blocks::find(&mut finder);
    finder.unread();
    finder.shape();
    finder.found.sort_by_key(|finding| finding.weight);
    finder.found
}

/// Returns the path of the field that a reject code such as `expired_id` is about. Returns `None` if the service's
/// documentation does not say which field that is, or if the submission does not hold that field.
pub fn evidence(document: &Document, code: &str) -> Option<&'static str> {
    let paths: &[&str] = match code {
        "too_many_retry" => &["kyc.attempts"],
        "automatic_verification_fail" => &["kyc.attempts", "ocr"],
        "duplicated_face" => &["duplicated_selfie_users"],
        "duplicate_user" | "duplicated_user_PII_exact" => &["duplicated_users", "applicant_id"],
        "id_info_dataMismatch" => &["ocr", "OCR_raw", "review"],
        "id_info_notOfAge" | "under_ageLimit" | "no-date-of-birth" => {
            &["data.date_of_birth", "verification.faceAge", "ocr.birthDate"]
        }
        "id_info_blacklist" | "blacklistCountry" => &["data.idcard_issuingCountry", "data.nationality"],
        "expired_id" => &["data.idcard_expireDate", "ocr.expireDate"],
        "invalid_acceptedID" => &["data.idType"],
        _ if code.starts_with("id_image_") => &["image.idImage"],
        _ if code.starts_with("address_image_") => &["image.addressImage"],
        _ if code.starts_with("address_info_") => &["data.address_input", "data.address_formatted"],
        _ => &[],
    };
    paths.iter().copied().find(|path| document.field(path).is_some_and(|field| !field.is_empty()))
}

struct Finder<'a> {
    document: &'a Document,
    mask: Mask,
    found: Vec<Finding<'a>>,
}

impl<'a> Finder<'a> {
    /// Returns the field at a path of the submission; `None` if it is absent or empty.
    fn field(&self, path: &str) -> Option<Field<'a>> {
        self.document.field(path).filter(|field| !field.is_empty())
    }

    /// Adds a finding about one value. The path of the value becomes the evidence of the finding; `words` is the
    /// explanation.
    fn add(&mut self, weight: Weight, subject: Safe, value: Field<'a>, words: Safe) {
        let evidence = value.path().to_owned();
        self.found.push(Finding { weight, subject, values: vec![value], family: None, words, evidence });
    }

    /// Adds a finding about a value that is a code. The explanation of the code is taken from the family of codes
    /// `family`.
    fn code(&mut self, weight: Weight, subject: Safe, value: Field<'a>, family: Family) {
        let evidence = value.path().to_owned();
        let (values, words) = (vec![value], Safe::default());
        self.found.push(Finding { weight, subject, values, family: Some(family), words, evidence });
    }

    /// Adds a finding with the explanation `words` and without a value. `evidence` is the path of the field that proves
    /// the finding.
    fn add_in_words(&mut self, weight: Weight, subject: Safe, words: Safe, evidence: &str) {
        let evidence = evidence.to_owned();
        self.found.push(Finding { weight, subject, values: Vec::new(), family: None, words, evidence });
    }

    /// Adds the findings about the AML screening (`aml`). An undocumented value is never read as clear.
    fn screening(&mut self, assessment: &Assessment<'a>) {
        let aml = &assessment.aml;
        let subject = || Safe::from_static("AML");
        let (status, level) = (aml.status.clone(), aml.level.clone());
        let conflicts = aml.conflicts();
        let matches = || count(aml.count, "match", "matches");
        let values = || aml.statuses.iter().chain(&aml.levels).cloned().collect();
        match (aml.screening, status, &aml.field) {
            (Screening::Unknown, _, field) => {
                let weight = if aml.is_alarming { Weight::Bad } else { Weight::Warn };
                let mut words = vec![Safe::from_static(aml.unknown_words())];
                words.extend(Some(matches()).filter(|_| aml.count > 0));
                let values: Vec<Field<'a>> = values();
                let values = if values.is_empty() { field.iter().cloned().collect() } else { values };
                self.aml(weight, values, Safe::join(&words, ", "));
            }
            (Screening::RedFlag, ..) => self.aml(Weight::Bad, values(), matches()),
            (Screening::NotScreened, Some(status), _) if conflicts.contains(&AmlConflict::Matches) => {
                let words = Safe::concat(&[matches(), Safe::from_static(" all the same")]);
                self.add(Weight::Bad, subject(), status, words);
            }
            (Screening::NotScreened, ..) if conflicts.contains(&AmlConflict::Level) => {
                self.aml(Weight::Warn, values(), Safe::from_static("status and level contradict each other"));
            }
            (Screening::Missing, ..) if aml.count > 0 => {
                self.add_in_words(Weight::Bad, subject(), matches(), "aml.matches");
            }
            (Screening::Missing, ..) => {
                if let Some(level) = level {
                    self.add(Weight::Warn, subject(), level, Safe::from_static("a level without a status"));
                }
            }
            _ => {}
        }
    }

    /// Adds a finding about the AML screening. `values` are the status and the risk level of the screening as sent,
    /// `words` is the explanation of the finding.
    fn aml(&mut self, weight: Weight, values: Vec<Field<'a>>, words: Safe) {
        let (subject, evidence) = (Safe::from_static("AML"), "aml".to_owned());
        self.found.push(Finding { weight, subject, values, family: None, words, evidence });
    }

    /// Adds a finding for each list of duplicates (`duplicated_selfie_users` and `duplicated_users`) that names other
    /// submissions of the same person or cannot be read clearly.
    fn duplicates(&mut self) {
        for (path, subject) in [("duplicated_selfie_users", "Same face"), ("duplicated_users", "Duplicate data")] {
            let Some(others) = others(self.document, path) else { continue };
            if others.count > 0 || others.is_unclear {
                self.add_in_words(Weight::Warn, Safe::from_static(subject), others.words(), path);
            }
        }
    }

    /// Adds a finding if the submission with the KYC status `status` is approved and has a reject code: an approval and
    /// a reason against it contradict each other.
    fn reject_code(&mut self, status: KycStatus) {
        let code = self.field("kyc.commentCode").filter(|_| status == KycStatus::Approved);
        if let Some(code) = code {
            let (subject, words) = (Safe::from_static("Reject code"), Safe::from_static("although approved"));
            self.add(Weight::Warn, subject, code, words);
        }
    }

    /// Adds one finding for each attempt with an error, and findings for the retries that match no attempt. If the
    /// KYC status `status` is approved, errors of attempts are history, so their findings are only notes.
    fn attempts(&mut self, status: KycStatus) {
        let weight = if status == KycStatus::Approved { Weight::Note } else { Weight::Warn };
        let attempts = Attempts::of(self.document);
        for attempt in &attempts.each {
            let Some(worst) = attempt.errors().into_iter().next() else { continue };
            let subject = attempt.name();
            let path = worst.path().rsplit("].").next().unwrap_or_default().to_owned();
            if worst.path().contains(".retryCode") {
                self.code(weight, subject, worst, Family::Retry);
            } else if path == "errorCode" || path == "liveness.error_code" {
                self.code(weight, subject, worst, Family::Attempt);
            } else {
                let words = match path.as_str() {
                    "liveness" => Safe::from_static("cannot be read"),
                    path if path.starts_with("kyc.retry") => Safe::from_static("a retry"),
                    path if path.ends_with("Result") => masking::label(&worst, self.mask),
                    _ => Safe::default(),
                };
                self.add(weight, subject, worst, words);
            }
        }
        self.unmatched_retries(weight, &attempts);
    }

    /// Adds one finding for each code of the retries that match no attempt, and one for those without a code.
    fn unmatched_retries(&mut self, weight: Weight, attempts: &Attempts<'a>) {
        let code = |retry: &Field<'a>| {
            retry.child("retryCode").filter(|code| code.text().is_some_and(|text| !text.is_empty()))
        };
        let mut told: Vec<Field<'a>> = Vec::new();
        for code in attempts.unmatched_retries.iter().filter_map(code) {
            if told.len() < MAX_RETRY_CODES && told.iter().all(|known| known.text() != code.text()) {
                self.code(weight, Safe::from_static("Retry"), code.clone(), Family::Retry);
                told.push(code);
            }
        }
        if let Some(retry) = attempts.unmatched_retries.iter().find(|retry| code(retry).is_none()) {
            let words =
                count(attempts.unmatched_retries.len(), "retry without an attempt", "retries without an attempt");
            self.add_in_words(weight, Safe::from_static("Retry"), words, retry.path());
        }
    }

    /// Adds a finding if parts of the submission were not read. The other findings do not cover those parts, so
    /// problems there may be missed.
    fn unread(&mut self) {
        let Some(first) = self.document.unread().first() else { return };
        let weight = if self.document.reads_documented() { Weight::Note } else { Weight::Warn };
        let words = Safe::sanitize(&format!("too large: {}", self.document.unread_words()));
        self.add_in_words(weight, Safe::from_static("Not read"), words, first.place);
    }

    /// Adds findings about the JSON answer itself: repeated keys, invisible characters, and a result time before the
    /// creation time.
    fn shape(&mut self) {
        if let Some(first) = self.document.repeated() {
            // The key may be most of the answer; the evidence still leads to it.
            let words = Safe::from_static(" is sent more than once; it is unknown which one counts");
            let words = Safe::concat(&[Safe::sanitize(&masking::path(&first, self.mask)).fit(LONGEST), words]);
            self.add_in_words(Weight::Bad, Safe::from_static("Repeated"), words, first.path());
        }
        for path in ["data", "email", "userid"] {
            let Some(field) = self.document.field(path) else { continue };
            field.walk(&mut |field| {
                let hidden = field.node().text().is_some_and(|text| text.safe().marks().any_hidden());
                if hidden {
                    let words = Safe::from_static("contains invisible characters (shown as ‹U+…›)");
                    self.add_in_words(Weight::Warn, masking::label(field, self.mask), words, field.path());
                }
            });
        }
        if let (Some(from), Some(to)) = (self.field("created_at"), self.field("kyc_result_at")) {
            let at = |field: &Field<'_>| field.text().and_then(time::read);
            if at(&from).zip(at(&to)).is_some_and(|(from, to)| to < from) {
                self.add(
                    Weight::Warn,
                    Safe::from_static("Result at"),
                    to,
                    Safe::from_static("is before the submission was created"),
                );
            }
        }
    }
}

/// Returns a number with its noun in the singular (`one`) or plural (`many`), such as `2 matches`.
fn count(number: usize, one: &'static str, many: &'static str) -> Safe {
    Safe::sanitize(&format!("{number} {}", if number == 1 { one } else { many }))
}

#[cfg(test)]
mod tests;

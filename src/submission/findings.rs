//! Findings of a submission: everything that speaks against it, is unusual, or deserves a look.
//!
//! Nothing here decides about a submission: each finding shows a value that the service sent, or two values that
//! contradict each other, with an explanation and the path of the value that proves the finding. Status, screening and
//! checks are judged in [`super::assessment`] alone; this module grades what is judged there. A submission without
//! findings is not necessarily good: it only means that nothing was found.
//!
//! # Grades
//!
//! An *alert* speaks against the applicant, or the record contradicts itself about a verdict (its status, or the result
//! of a check). A *warning* deserves a look, or says that a part could not be checked. A *note* is information. The
//! grades of each finding, with the reasons:
//!
//! | finding | grade | reason |
//! |---|---|---|
//! | AML red flag; matches, or the level `High`, without the status `Red Flag` | alert | speaks against the applicant, whatever the status says |
//! | AML sent more than once with different values; a level beside `Not Screened`; `aml` is no object | alert | contradiction or unreadable block: must not be read as clear |
//! | AML status or level that is not documented, or a level without a status | warning | not known what it means |
//! | status sent more than once with different values; a reject code although approved | alert | contradiction about the verdict |
//! | status that is not documented, or no status | warning | must not be read as an approval |
//! | same face under other ids | alert; warning if rejected | another identity with this face; a rejection has settled it |
//! | same data under other ids | warning | often the same person again |
//! | retry code that reports a forgery | alert; warning if rejected | the document may not be genuine; a rejection has settled it |
//! | other failed attempt | warning; note if approved after it | history, once a later attempt led to the approval |
//! | last attempt failed, or an attempt that cannot be read | warning | does not explain an approval |
//! | retry without an attempt | warning | nothing tells how it ended |
//! | bank, address, network or age check not passed | alert | speaks against the applicant |
//! | address verification not passed, with a later one that passed | note | history |
//! | age condition not met: without effect beside `or`; unclear whether it has an effect | note; warning | |
//! | check without a clear result | warning; alert if contradictory or unreadable | must not be read as passed |
//! | network of a data center; subnet `VeryFrequent` | warning | unusual for a person |
//! | subnet `Frequent` | note | ordinary for mobile networks and offices |
//! | ID document expired before the submission, or its expiry cannot be read; result before the creation | warning | computed here, not reported |
//! | camera process with an error | warning; note if approved | history, like a failed attempt |
//! | uploaded picture of the document | warning | the camera did not take it |
//! | fields that differ between OCR, input and final data; OCR item not accepted | warning | misread or changed |
//! | fields not compared; part not read; deleted; no personal data | warning | nothing can be found where nothing was checked |
//! | minor | warning | the project may have an age limit |
//! | hidden characters (invisible, or reordering text) | alert | the text is not what it seems |
//! | unusual spaces or line breaks | note | shown as signs, but change no word |
//! | repeated key of a verdict; block that is no object | alert | it is unknown what was meant |
//! | other repeated key | warning | it is unknown which value counts |
//! | webhook, not known to be older, with other values than the record | warning | the record may be outdated |
//! | updated by hand; memo | note | information |
//!
//! Values that are equivalent, such as an address with and without a comma, are no finding: see the comparison of
//! [`super::provenance`].

mod aml;
mod attempts;
mod blocks;
mod checks;
mod other_submissions;
mod shape;
mod webhook;

use super::assessment::{Assessment, KycStatus};
use super::codes::Family;
use super::document::{Document, Field};
use super::masking;
use crate::text::{Mask, Safe};
use crate::time;
pub use blocks::unreadable;
pub use other_submissions::{OtherSubmissions, count_other_submissions};

/// How severe a finding is, the most severe grade first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The record speaks against the applicant, or contradicts itself about the status or a check.
    Alert,
    /// A reviewer should look, or a part of the record could not be checked.
    Warning,
    /// The finding is only information.
    Note,
}

impl Grade {
    /// Returns the sign that is shown before a finding of this grade. Each grade has another sign, so that grades can
    /// be told apart without colour.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Alert => "‼",
            Self::Warning => "!",
            Self::Note => "i",
        }
    }
}

/// One finding of a submission: something that a reviewer should look at.
#[derive(Debug)]
pub struct Finding<'a> {
    /// Grade of the finding.
    pub grade: Grade,
    /// Subject of the finding, such as `AML` or `Attempt 2`, in words of this program.
    pub subject: Safe,
    /// Values that the finding is about, as sent by the service; empty if it is about something missing.
    pub values: Vec<Field<'a>>,
    /// Family of codes (the codes of the same fields, such as the retry codes) that explains the first of the `values`.
    /// `None` if that value is no code.
    pub family: Option<Family>,
    /// Explanation of the finding in words of this program. Empty if the family of codes explains the finding.
    pub words: Safe,
    /// Path of the field that proves the finding.
    pub evidence: String,
}

/// Returns the findings of a submission, the most severe first. Findings of the same grade are in a fixed order, those
/// about the KYC status first. The mask level `mask` decides how much of the name of an undocumented field a finding
/// shows.
pub fn findings(document: &Document, mask: Mask) -> Vec<Finding<'_>> {
    let assessment = Assessment::of(document);
    let mut finder = Finder { document, mask, found: Vec::new() };
    finder.status(assessment.status);
    aml::find(&mut finder, &assessment.aml);
    finder.duplicates(assessment.status);
    attempts::find(&mut finder, assessment.status);
    checks::find(&mut finder, &assessment);
    webhook::find(&mut finder);
    blocks::find(&mut finder);
    finder.unread();
    shape::find(&mut finder);
    finder.found.sort_by_key(|finding| finding.grade);
    finder.found
}

/// Returns the grade of the most severe finding of a submission; `None` if there are no findings.
pub fn worst(document: &Document) -> Option<Grade> {
    findings(document, Mask::None).first().map(|finding| finding.grade)
}

/// Returns the path of the field that the reject code `code`, such as `expired_id`, is about. Returns `None` if the
/// service's documentation names no such field, or if the field was not sent or is empty.
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

    /// Adds a finding of the grade `grade` about one value. `subject` names what the finding is about, such as `Bank`,
    /// and `words` explains it. The path of the value becomes the evidence.
    fn add(&mut self, grade: Grade, subject: Safe, value: Field<'a>, words: Safe) {
        let evidence = value.path().to_owned();
        self.found.push(Finding { grade, subject, values: vec![value], family: None, words, evidence });
    }

    /// Adds a finding of the grade `grade` about a value that is a code. `subject` names what the finding is about,
    /// such as `Capture`. The family `family` explains the code.
    fn code(&mut self, grade: Grade, subject: Safe, value: Field<'a>, family: Family) {
        let evidence = value.path().to_owned();
        let (values, words) = (vec![value], Safe::default());
        self.found.push(Finding { grade, subject, values, family: Some(family), words, evidence });
    }

    /// Adds a finding of the grade `grade` about several values. `subject` names what the finding is about, such as
    /// `AML`, and `words` explains it. `evidence` is the path of the field that proves it.
    fn add_values(&mut self, grade: Grade, subject: Safe, values: Vec<Field<'a>>, words: Safe, evidence: &str) {
        let evidence = evidence.to_owned();
        self.found.push(Finding { grade, subject, values, family: None, words, evidence });
    }

    /// Adds a finding of the grade `grade` that shows no value. `subject` names what the finding is about, such as
    /// `Status`, and `words` explains it. `evidence` is the path of the field that proves it.
    fn add_in_words(&mut self, grade: Grade, subject: Safe, words: Safe, evidence: &str) {
        self.add_values(grade, subject, Vec::new(), words, evidence);
    }

    /// Adds a finding about `status`, the KYC status of the submission, in these cases:
    ///
    /// * it is no documented word
    /// * it was sent more than once with different values
    /// * it is missing in a full record that has an id and a creation time
    /// * it is `approved` although the submission has a reject code
    ///
    /// Does nothing if another finding already reports the problem.
    fn status(&mut self, status: KycStatus) {
        let is_status = |path: &str| matches!(path, "kyc" | "kyc.result");
        let (grade, words) = match status {
            // The finding about the repeated key already says so.
            KycStatus::Contradictory if self.document.repeated().is_some_and(|first| is_status(first.path())) => return,
            KycStatus::Unknown if unreadable(self.document, "kyc").is_some() => return,
            KycStatus::Contradictory => {
                (Grade::Alert, "sent more than once, with different values: do not read it as an approval")
            }
            KycStatus::Unknown => (Grade::Warning, "not documented: do not read it as an approval"),
            KycStatus::Approved => {
                if let Some(code) = self.field("kyc.commentCode") {
                    let (subject, words) = (
                        Safe::from_static("Reject code"),
                        Safe::from_static("sent although the submission is approved"),
                    );
                    self.add(Grade::Alert, subject, code, words);
                }
                return;
            }
            KycStatus::Missing => {
                let id = self.field("submission_id").filter(|_| self.field("created_at").is_some());
                if let Some(id) = id.filter(|_| self.document.is_full_record()) {
                    let is_sent = self.document.field("kyc.result").is_some();
                    let words = if is_sent { "the status was sent empty" } else { "no status was sent" };
                    let words = Safe::from_static(words);
                    self.add_in_words(Grade::Warning, Safe::from_static("Status"), words, id.path());
                }
                return;
            }
            KycStatus::Rejected | KycStatus::Pending | KycStatus::Incomplete => return,
        };
        // An empty block says nothing about the status.
        let Some(evidence) = self.field("kyc.result").or_else(|| self.field("kyc")) else { return };
        self.add_in_words(grade, Safe::from_static("Status"), Safe::from_static(words), evidence.path());
    }

    /// Adds a finding for each list of duplicates (`duplicated_selfie_users` and `duplicated_users`) that names other
    /// submissions of the same person or is contradictory. `status` is the KYC status of the submission. The same face
    /// in other submissions is less severe if this one was rejected.
    fn duplicates(&mut self, status: KycStatus) {
        let face = if status == KycStatus::Rejected { Grade::Warning } else { Grade::Alert };
        for (path, subject, grade) in
            [("duplicated_selfie_users", "Same face", face), ("duplicated_users", "Duplicate data", Grade::Warning)]
        {
            let Some(other_submissions) = count_other_submissions(self.document, path) else { continue };
            if other_submissions.count > 0 || other_submissions.is_unclear {
                self.add_in_words(grade, Safe::from_static(subject), other_submissions.words(), path);
            }
        }
    }

    /// Adds a finding if parts of the submission were not parsed, because problems in those parts may be missed.
    fn unread(&mut self) {
        let Some(first) = self.document.unparsed_parts().first() else { return };
        let words = Safe::sanitize(&format!("too large: {}", self.document.unparsed_words()));
        self.add_in_words(Grade::Warning, Safe::from_static("Not read"), words, first.place);
    }
}

/// Returns `number` with its noun, such as `2 matches`. The noun is `one` for the number 1, else `many`.
fn counted(number: usize, one: &'static str, many: &'static str) -> Safe {
    Safe::sanitize(&format!("{number} {}", if number == 1 { one } else { many }))
}

#[cfg(test)]
mod tests;

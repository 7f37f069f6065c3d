//! Adds the findings about the attempts and retries of a submission.

use super::super::assessment::KycStatus;
use super::super::attempts::{Attempt, Attempts};
use super::super::retry_kind::RetryKind;
use super::{Family, Field, Finder, Grade, Safe, counted};

/// Maximum number of retry codes that get a finding of their own. It applies to the codes of retries that match no
/// attempt of the submission.
const MAX_RETRY_CODES: usize = 50;

/// Adds to `finder` one finding for each attempt with an error, and findings for the retries that match no attempt.
///
/// `status` is the KYC status. If it is approved, the applicant passed in the end, so errors before the last attempt
/// are only notes. A retry code that reports a forgery is an alert, unless the submission was rejected.
pub(super) fn find(finder: &mut Finder<'_>, status: KycStatus) {
    let forged = if status == KycStatus::Rejected { Grade::Warning } else { Grade::Alert };
    let attempts = Attempts::of(finder.document);
    let last = latest_attempt(&attempts.attempts);
    for (at, attempt) in attempts.attempts.iter().enumerate() {
        let errors = attempt.errors();
        let is_forged =
            |error: &&Field<'_>| error.path().contains(".retryCode") && error.text().is_some_and(is_forgery);
        let forgery = errors.iter().find(is_forged);
        let Some(worst) = forgery.or(errors.first()).cloned() else { continue };
        let is_unreadable = worst.path() == attempt.field.path() || attempt.unreadable_liveness().is_some();
        let grade = match status {
            _ if forgery.is_some() => forged,
            KycStatus::Approved if Some(at) != last && !is_unreadable => Grade::Note,
            _ => Grade::Warning,
        };
        add(finder, grade, attempt.name(), worst);
    }
    add_unmatched_retries(finder, forged, &attempts.unmatched_retries);
}

/// Adds findings about `retries`, which match no attempt, to `finder`: one for each code, and one for all retries
/// without a code. `forgery_grade` is the grade of a finding whose code reports a forgery.
fn add_unmatched_retries<'a>(finder: &mut Finder<'a>, forgery_grade: Grade, retries: &[Field<'a>]) {
    let codes = |retry: &Field<'a>| -> Vec<Field<'a>> {
        let codes = retry.children("retryCode").into_iter().flat_map(|codes| codes.elements());
        codes.filter(|code| code.text().is_some_and(|text| !text.is_empty())).collect()
    };
    let mut told: Vec<Field<'a>> = Vec::new();
    for code in retries.iter().flat_map(codes) {
        if told.len() < MAX_RETRY_CODES && told.iter().all(|known| known.text() != code.text()) {
            let grade = if code.text().is_some_and(is_forgery) { forgery_grade } else { Grade::Warning };
            finder.code(grade, Safe::from_static("Retry"), code.clone(), Family::Retry);
            told.push(code);
        }
    }
    let without: Vec<&Field<'a>> = retries.iter().filter(|retry| codes(retry).is_empty()).collect();
    if let Some(first) = without.first() {
        let words = counted(
            without.len(),
            "retry without a code that matches no attempt in the record",
            "retries without a code that match no attempt in the record",
        );
        finder.add_in_words(Grade::Warning, Safe::from_static("Retry"), words, first.path());
    }
}

/// Returns the index of the attempt with the latest step call (call of `step1` or `step2` of the service). If an
/// attempt has no step call with a readable time, returns the index of the last attempt in the order sent. Returns
/// `None` without attempts.
fn latest_attempt(attempts: &[Attempt<'_>]) -> Option<usize> {
    let ends: Option<Vec<_>> =
        attempts.iter().map(|attempt| attempt.calls.iter().filter_map(|call| call.at).max()).collect();
    let latest = ends.and_then(|ends| ends.iter().enumerate().max_by_key(|(_, end)| **end).map(|(at, _)| at));
    latest.or(attempts.len().checked_sub(1))
}

/// Adds to `finder` a finding about an error in an attempt. `grade` says how severe it is, `subject` is the name of the
/// attempt, and `error` is the field that reports the error.
fn add<'a>(finder: &mut Finder<'a>, grade: Grade, subject: Safe, error: Field<'a>) {
    let path = error.path().rsplit("].").next().unwrap_or_default().to_owned();
    if error.path().contains(".retryCode") {
        finder.code(grade, subject, error, Family::Retry);
    } else if path == "errorCode" || path == "liveness.error_code" {
        finder.code(grade, subject, error, Family::Attempt);
    } else {
        let words = match path.as_str() {
            "liveness" => Safe::from_static("the liveness data cannot be read"),
            path if path.starts_with("kyc.retry") => Safe::from_static("a retry without a code"),
            "ocrResult" => Safe::from_static("the result of the OCR"),
            "idBarcodeResult" => Safe::from_static("the result of the barcode check"),
            "verificationResult" => Safe::from_static("the result of the ID verification"),
            _ => Safe::default(),
        };
        finder.add(grade, subject, error, words);
    }
}

/// Returns whether a retry code reports that the document or its picture may not be genuine.
fn is_forgery(code: &str) -> bool {
    RetryKind::of(code) == Some(RetryKind::Forgery)
}

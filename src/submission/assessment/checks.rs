//! Checks of a record (such as OCR or liveness) and their results, each with the field that holds the result.

use super::conditions::AgeConditions;
use super::judgement::{Judgement, is_contested};
use crate::submission::attempts::{Attempt, Attempts};
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;

/// Kind of a check that the service makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// Text recognition (OCR) on the ID document in an attempt.
    Ocr,
    /// Check of the barcode of the ID document in an attempt.
    Barcode,
    /// Verification of the ID document in an attempt (`verificationResult`).
    IdVerification,
    /// Check whether the face in an attempt, or in the submission, belongs to a live person.
    Liveness,
    /// Check whether the face in an attempt, or in the submission, is the face on the ID document.
    Face,
    /// Check whether the ID document is the original, and not a picture of it.
    IdLiveness,
    /// Check of a condition on the applicant's estimated age, such as "at least 18".
    FaceAge,
    /// Check of the network from which the applicant came, made before the submission (`pre_verification`).
    PreVerification,
    /// Injection step: the verification of the applicant's address (`Injection_action`).
    Injection,
    /// Check of the network from which the applicant came in the injection step (`ipVerification`).
    IpVerification,
    /// Check of the applicant's bank account (`bank_verification`).
    Bank,
}

/// Checks with one result in each element of a list: kind of the check, path of the list, and path of the result within
/// an element.
const RECORDS: [(CheckKind, &str, &str); 3] = [
    (CheckKind::PreVerification, "pre_verification", "is_valid"),
    (CheckKind::Injection, "Injection_action", "attemptStatus"),
    (CheckKind::Bank, "bank_verification", "result"),
];

/// The two possible paths of the network check's result in an element of `Injection_action` (runs of the injection
/// step).
const IP_VERIFICATION: [&str; 2] = ["ipVerification.status", "option.ipVerification.status"];

/// Checks whose result is a member of an attempt, each with the key of this member. The order is that of these members
/// in an attempt.
const ATTEMPTED: [(CheckKind, &str); 3] = [
    (CheckKind::Ocr, "ocrResult"),
    (CheckKind::Barcode, "idBarcodeResult"),
    (CheckKind::IdVerification, "verificationResult"),
];

/// Checks that have a score, each with the path of the score in a submission. No limit is documented for these scores,
/// so a score alone neither passes nor fails a check.
const SCORES: [(CheckKind, &str); 3] = [
    (CheckKind::Liveness, "kyc.livenessScore"),
    (CheckKind::Face, "kyc.faceSimilarityScore"),
    (CheckKind::IdLiveness, "id_LivenessScore"),
];

/// Retry codes that say which check of a face failed. Source: the service's table of retry codes.
const FACE_CODES: [(CheckKind, &str); 5] = [
    (CheckKind::Liveness, "liveness_error"),
    (CheckKind::Liveness, "liveness_fail"),
    (CheckKind::Liveness, "liveness_fail_active"),
    (CheckKind::Face, "face_compare_underscore"),
    (CheckKind::Face, "face_compare_fail"),
];

/// One result of a check, such as the result of OCR in one attempt.
#[derive(Clone, Debug)]
pub struct CheckResult<'a> {
    /// Kind of the check.
    pub kind: CheckKind,
    /// Judgement of the result, such as passed.
    pub judgement: Judgement,
    /// The field with the result. If no result was sent, this is the last existing field on the path to the result,
    /// such as the attempt.
    pub evidence: Field<'a>,
    /// Number of results that this value represents. It exceeds 1 only for results that were not read because of a
    /// limit.
    pub count: usize,
}

impl<'a> CheckResult<'a> {
    /// Judges the result of a check of the kind `kind`. `path` leads from the field `record` to the result. The
    /// judgement is [`Judgement::Absent`] if there is no result at that path.
    pub fn of(kind: CheckKind, record: &Field<'a>, path: &str) -> Self {
        let (judgement, evidence) = match locate(record, path) {
            Ok(field) => (field.judgement().unwrap_or(Judgement::Unclear), field),
            Err(missing) => missing,
        };
        Self { kind, judgement, evidence, count: 1 }
    }

    pub(super) const fn unclear(kind: CheckKind, evidence: Field<'a>, count: usize) -> Self {
        Self { kind, judgement: Judgement::Unclear, evidence, count }
    }
}

/// Returns the field to which `path` leads from the field `from`. If there is no such field, the error holds the
/// judgement of the missing result (absent or unclear), and the last existing field on the path.
pub(super) fn locate<'a>(from: &Field<'a>, path: &str) -> Result<Field<'a>, (Judgement, Field<'a>)> {
    let missing = |field: &Field<'a>| if is_contested(field) { Judgement::Unclear } else { Judgement::Absent };
    path.split('.').try_fold(from.clone(), |field, key| match field.node() {
        Node::Object(_) => field.child(key).ok_or_else(|| (missing(&field), field)),
        _ if field.is_empty() => Err((missing(&field), field)),
        _ => Err((Judgement::Unclear, field)),
    })
}

/// Reads the list at `path` in the submission `document`. The first value is the elements of the list, without empty
/// elements. The second value is `None` if the list was read completely. If not, the second value is the field that was
/// not read completely, such as the list itself, with the number of its unread elements.
pub(super) fn records<'a>(document: &'a Document, path: &str) -> (Vec<Field<'a>>, Option<(Field<'a>, usize)>) {
    match locate(&document.root(), path) {
        Ok(list) if is_contested(&list) => (Vec::new(), Some((list, 1))),
        Ok(list) => (list.elements().into_iter().filter(|record| !record.is_empty()).collect(), unread_of(&list)),
        Err((Judgement::Unclear, field)) if !field.path().is_empty() => (Vec::new(), Some((field, 1))),
        Err(_) => (Vec::new(), None),
    }
}

/// Returns `list` with the number of its elements that were not read because of a limit. Returns `None` if all elements
/// were read.
pub(super) fn unread_of<'a>(list: &Field<'a>) -> Option<(Field<'a>, usize)> {
    let unread = list.node().unparsed_elements();
    (unread > 0).then(|| (list.clone(), unread))
}

/// Returns the results of all checks that are in `document`, a list record or full record of a submission.
pub(super) fn all(document: &Document) -> Vec<CheckResult<'_>> {
    let mut results: Vec<CheckResult<'_>> = Attempts::of(document).attempts.iter().flat_map(of_attempt).collect();
    for (kind, path) in SCORES {
        results.extend(document.field(path).map(|score| CheckResult::unclear(kind, score, 1)));
    }
    results.extend(AgeConditions::all(document).into_iter().flat_map(|record| record.results));
    for (kind, list, path) in RECORDS {
        let (records, unread) = records(document, list);
        for record in &records {
            results.push(CheckResult::of(kind, record, path));
            if kind == CheckKind::Injection {
                let networks = IP_VERIFICATION.map(|path| CheckResult::of(CheckKind::IpVerification, record, path));
                // A record that cannot be read is already one result.
                results.extend(networks.into_iter().filter(|result| result.evidence.path() != record.path()));
            }
        }
        results.extend(unread.map(|(field, count)| CheckResult::unclear(kind, field, count)));
    }
    results.retain(|result| result.judgement != Judgement::Absent);
    results
}

/// Returns the results of those checks of `attempt` that state their result as a word such as `success`: OCR, barcode
/// and ID verification. If the attempt is not an object, none of the results is readable.
pub(in crate::submission) fn words_of_attempt<'a>(attempt: &Field<'a>) -> Vec<CheckResult<'a>> {
    ATTEMPTED.iter().map(|(kind, key)| CheckResult::of(*kind, attempt, key)).collect()
}

/// Returns the results of all checks in an attempt, such as OCR, liveness and face comparison.
fn of_attempt<'a>(attempt: &Attempt<'a>) -> Vec<CheckResult<'a>> {
    let mut results = words_of_attempt(&attempt.field);
    for (kind, score) in [(CheckKind::Liveness, "livenessScore"), (CheckKind::Face, "faceSimilarityScore")] {
        let says = |code: &Field<'_>| FACE_CODES.contains(&(kind, code.text().unwrap_or_default()));
        let error = ["error_code", "error"].iter().find_map(|key| attempt.liveness(key));
        let error = error.filter(|_| kind == CheckKind::Liveness);
        if let Some(evidence) = error.or_else(|| attempt.codes().into_iter().find(says)) {
            results.push(CheckResult { kind, judgement: Judgement::NotPassed, evidence, count: 1 });
        } else {
            results.extend(attempt.member(score).map(|score| CheckResult::unclear(kind, score, 1)));
        }
    }
    results
}

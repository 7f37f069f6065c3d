//! The checks of a record and their results, each with its evidence.

use super::conditions::Conditions;
use super::judgement::{Judgement, is_contested};
use crate::submission::attempts::{Attempt, Attempts};
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;

/// A check that the service makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// The reading of the ID document in an attempt.
    Ocr,
    /// The barcode of the ID document in an attempt.
    Barcode,
    /// The ID verification in an attempt.
    IdVerification,
    /// Whether the face of an attempt, or of the submission, is alive.
    Liveness,
    /// Whether it is the face on the ID document.
    Face,
    /// Whether the ID document is the original, and no picture of it.
    IdLiveness,
    /// A condition on the estimated age.
    FaceAge,
    /// The network check before the submission.
    PreVerification,
    /// Data that was sent afterwards.
    Injection,
    /// The network check of such data.
    IpVerification,
    /// The check of the bank account.
    Bank,
}

/// Checks with one result in each record at a path: kind, path of the records, path of the result in one.
const RECORDS: [(CheckKind, &str, &str); 3] = [
    (CheckKind::PreVerification, "pre_verification", "is_valid"),
    (CheckKind::Injection, "Injection_action", "attemptStatus"),
    (CheckKind::Bank, "bank_verification", "result"),
];

/// The two places of the network check in an injection.
const IP_VERIFICATION: [&str; 2] = ["ipVerification.status", "option.ipVerification.status"];

/// Checks with a result in an attempt, in the order of the attempt.
const ATTEMPTED: [(CheckKind, &str); 3] = [
    (CheckKind::Ocr, "ocrResult"),
    (CheckKind::Barcode, "idBarcodeResult"),
    (CheckKind::IdVerification, "verificationResult"),
];

/// Scores without a documented limit: none of them passes or fails by itself.
const SCORES: [(CheckKind, &str); 3] = [
    (CheckKind::Liveness, "kyc.livenessScore"),
    (CheckKind::Face, "kyc.faceSimilarityScore"),
    (CheckKind::IdLiveness, "id_LivenessScore"),
];

/// Retry codes that say which check of a face failed (the service's table of retry codes).
const FACE_CODES: [(CheckKind, &str); 5] = [
    (CheckKind::Liveness, "liveness_error"),
    (CheckKind::Liveness, "liveness_fail"),
    (CheckKind::Liveness, "liveness_fail_active"),
    (CheckKind::Face, "face_compare_underscore"),
    (CheckKind::Face, "face_compare_fail"),
];

/// One result of a check.
#[derive(Clone, Debug)]
pub struct CheckResult<'a> {
    /// The check.
    pub kind: CheckKind,
    /// What the result says.
    pub judgement: Judgement,
    /// The field that says so: the result, else the nearest value around its place.
    pub evidence: Field<'a>,
    /// The number of results: more than one only for those that were not read because of a limit.
    pub count: usize,
}

impl<'a> CheckResult<'a> {
    /// Judges the result at a path in a record, which is absent where the record has none.
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

/// Finds the field at a path below another one; else returns why it is missing, with the nearest field that holds it.
pub(super) fn locate<'a>(from: &Field<'a>, path: &str) -> Result<Field<'a>, (Judgement, Field<'a>)> {
    let missing = |field: &Field<'a>| if is_contested(field) { Judgement::Unclear } else { Judgement::Absent };
    path.split('.').try_fold(from.clone(), |field, key| match field.node() {
        Node::Object(_) => field.child(key).ok_or_else(|| (missing(&field), field)),
        _ if field.is_empty() => Err((missing(&field), field)),
        _ => Err((Judgement::Unclear, field)),
    })
}

/// The records at a path, without empty ones, and what cannot be read where they belong, with its count.
pub(super) fn records<'a>(document: &'a Document, path: &str) -> (Vec<Field<'a>>, Option<(Field<'a>, usize)>) {
    match locate(&document.root(), path) {
        Ok(list) if is_contested(&list) => (Vec::new(), Some((list, 1))),
        Ok(list) => (list.each().into_iter().filter(|record| !record.is_empty()).collect(), unread_of(&list)),
        Err((Judgement::Unclear, field)) if !field.path().is_empty() => (Vec::new(), Some((field, 1))),
        Err(_) => (Vec::new(), None),
    }
}

/// A list again for its elements that were not read, with their number.
pub(super) fn unread_of<'a>(list: &Field<'a>) -> Option<(Field<'a>, usize)> {
    let unread = list.node().unopened();
    (unread > 0).then(|| (list.clone(), unread))
}

/// Every result in a record that was sent.
pub(super) fn all(document: &Document) -> Vec<CheckResult<'_>> {
    let mut results: Vec<CheckResult<'_>> = Attempts::of(document).each.iter().flat_map(of_attempt).collect();
    for (kind, path) in SCORES {
        results.extend(document.field(path).map(|score| CheckResult::unclear(kind, score, 1)));
    }
    results.extend(Conditions::all(document).into_iter().flat_map(|record| record.results));
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

/// The results with a word of their own in an attempt. An attempt that is no object has none that can be read.
pub(in crate::submission) fn words_of_attempt<'a>(attempt: &Field<'a>) -> Vec<CheckResult<'a>> {
    ATTEMPTED.iter().map(|(kind, key)| CheckResult::of(*kind, attempt, key)).collect()
}

/// Every result in an attempt.
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

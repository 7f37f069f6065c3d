//! Tells whether a path is documented, and which role (kind of value) its field has for masks.

use super::{FieldRole, TreePlace};

/// Paths of the ids that the service assigns to a submission, a person's record or a request. These ids are shown, also
/// where an undocumented field repeats them.
const SERVICE_IDS: [&str; 12] = [
    "Injection_action.ipVerification.requestId",
    "Injection_action.option.ipVerification.requestId",
    "aml.matches.argos_number",
    "aml.matches.resource_id",
    "applicant_id",
    "duplicated_selfie_users",
    "duplicated_users",
    "kyc.attempts.verification.result.transactionId",
    "pre_verification.request_id",
    "projection.projectionId",
    "submission_id",
    "tokenId",
];

/// Last keys of the documented paths of times, dates of documents, scores and counts, sorted.
#[rustfmt::skip]
const MEASURES: [&str; 62] = [
    "Confidence", "High", "Low", "Paper_printed", "Replace_portraits", "Screen_play", "addDate", "argos_score",
    "attemptCnt", "birthDateAge", "conditionIndex", "createTime", "created_at", "durationHour", "expireDate",
    "expiryDateOfStayKor", "faceSimilarityScore", "fraud_score", "high", "idHigh", "idLow", "idMedian",
    "idcard_expireDate", "idcard_issueDate", "issueDate", "kyc_result_at", "livenessScore", "low", "maxDistanceKm",
    "median", "originalIdHigh", "originalIdLow", "originalIdMedian", "originalSelfieHigh", "originalSelfieLow",
    "originalSelfieMedian", "pending_at", "policy_ageLimit", "policy_approvePeriod", "probability", "processEndTime",
    "processStartTime", "quality", "recognition_score", "retryCnt", "retry_count", "score", "selfieHigh", "selfieLow",
    "selfieMedian", "startButtonClickTime", "step1Time1st", "step1Time2nd", "step1Time3rd", "step2Time1st",
    "step2Time2nd", "step2Time3rd", "time", "updateTime", "updated_at", "x", "y",
];

/// Returns whether `path` is the path of a documented field, or of an object that contains one. `path` has no list
/// positions, such as `kyc.attempts.errorCode`.
pub fn is_place(path: &str) -> bool {
    TreePlace::of(path).is_some()
}

impl FieldRole {
    /// Returns the role of the field at the documented path `path`: id of the service, measure, or other.
    pub(super) fn of(path: &str) -> Self {
        if SERVICE_IDS.contains(&path) {
            Self::ServiceId
        } else if is_measure(path) {
            Self::Measure
        } else {
            Self::Other
        }
    }
}

/// Returns whether the documented path `path` leads to a time, a date of a document, a score or a count.
pub fn is_measure(path: &str) -> bool {
    let key = path.rsplit('.').next().unwrap_or(path);
    MEASURES.binary_search(&key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::fields::FIELDS;
    use crate::text::Class;

    #[test]
    fn every_listed_place_is_documented_and_open() {
        assert!(SERVICE_IDS.is_sorted() && MEASURES.is_sorted());
        let open = |path: &str| super::super::documented_field(path).is_some_and(|known| known.class == Class::Open);
        for path in SERVICE_IDS {
            assert!(open(path), "{path}");
        }
        for key in MEASURES {
            let paths: Vec<_> = FIELDS.iter().filter(|(path, ..)| path.rsplit('.').next() == Some(key)).collect();
            assert!(!paths.is_empty() && paths.iter().all(|(path, ..)| is_measure(path) && open(path)), "{key}");
        }
        assert!(
            !is_measure("userid")
                && FieldRole::of("tokenId") == FieldRole::ServiceId
                && FieldRole::of("userid") == FieldRole::Other
        );
    }

    #[test]
    fn the_beginning_of_a_documented_path_is_a_place() {
        for (path, ..) in FIELDS {
            let path = path.replace('*', "some");
            let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
            assert!(ends.clone().all(|end| is_place(path.get(..end).unwrap())), "{path}");
        }
        for path in
            ["", "new", "data.new", "data.documentNumber.x", "kyc.attempts.x", "OCR_raw.a.x", "kyc.resul", "emai"]
        {
            assert!(!is_place(path), "{path}");
        }
    }
}

use super::*;
use crate::submission::retry_kind::RetryKind;

/// The code words that the service documents or shows, by family.
const DOCUMENTED: [(Family, &[&str]); 19] = [
    (
        Family::Reject,
        &[
            "id_image_invalidImage",
            "id_image_invalidId",
            "id_image_error",
            "id_image_badImage",
            "id_info_dataMismatch",
            "id_info_blacklist",
            "id_info_notOfAge",
            "duplicate_user",
            "duplicated_user_PII_exact",
            "duplicated_face",
            "too_many_retry",
            "blacklistCountry",
            "under_ageLimit",
            "invalid_acceptedID",
            "no-date-of-birth",
            "expired_id",
            "automatic_verification_fail",
            "address_image_invalidImage",
            "address_image_error",
            "address_image_badImage",
            "address_info_expiredDocument",
            "address_info_dataMismatch",
            "other",
        ],
    ),
    (
        Family::Retry,
        &[
            "recognition_fail",
            "expired_id",
            "document_expired",
            "invalid_back_document",
            "invalid_dual_side",
            "document_country_mismatch",
            "glare_detected",
            "image_too_blurry",
            "recaptured_document",
            "screen_detected",
            "black_white_document",
            "missing_birth_date",
            "missing_expiry_date",
            "missing_issue_date",
            "missing_document_number",
            "missing_personal_number",
            "missing_name",
            "document_name_mismatch",
            "document_dob_mismatch",
            "image_forgery",
            "text_forgery",
            "feature_verification_failed",
            "image_edited",
            "fake_id",
            "artificial_image",
            "artificial_text",
            "check_digit_failed",
            "physical_document_missing",
            "physicial_document_missing",
            "bank_authentication_fail",
            "bank_authentication_code_fail",
            "bank_authentication_name_fail",
            "mrz_protocol_fail",
            "Identity_verification_fail",
            "barcode_protocol_fail",
            "Id_livness_fail",
            "blacklist_country",
            "no_face",
            "face_compare_underscore",
            "face_compare_fail",
            "face_occluded",
            "liveness_error",
            "liveness_fail",
            "liveness_fail_active",
            "too_many_retry",
            "VERIFICATION_CODE_MISS_MATCH",
        ],
    ),
    // All but the first are inferred, and their words say so.
    (
        Family::Attempt,
        &[
            "FACE_NOT_FOUND",
            "FACE_TOO_CLOSE",
            "FACE_CLOSE_TO_BORDER",
            "FACE_CROPPED",
            "FACE_IS_OCCLUDED",
            "TOO_MANY_FACES",
            "FACE_TOO_SMALL",
            "FACE_ANGLE_TOO_LARGE",
            "EYES_CLOSED",
        ],
    ),
    (
        Family::Icon,
        &[
            "SAN-CURRENT",
            "PEP-CURRENT",
            "REL",
            "PEP-LINKED",
            "PEP-FORMER",
            "SAN-FORMER",
            "POI",
            "RRE",
            "INS",
            "DD",
            "GRI",
            "PEP",
            "SAN",
        ],
    ),
    (Family::Aml, &["Not Screened", "Red Flag"]),
    (Family::Level, &["Not Screened", "High", "Medium", "Low", "HIGH", "MEDIUM", "LOW"]),
    (
        Family::Status,
        &["approved", "rejected", "pending", "incomplete", "Approved", "Rejected", "Pending", "Incomplete"],
    ),
    (Family::Reviewer, &["system", "agent"]),
    (
        Family::Capture,
        &[
            "idcard-front-upload",
            "idcard-front-capture",
            "idcard-front-autocapture",
            "idcard-back-upload",
            "idcard-back-capture",
            "idcard-back-autocapture",
            "id-document-face-passive",
            "id-document-face-active",
            "knowledge-face-passive",
            "knowledge-face-active",
        ],
    ),
    (Family::Frequency, &["FirstSeen", "Rare", "Frequent", "VeryFrequent"]),
    (Family::Connection, &["Residential", "Corporate", "Education", "Mobile", "DataCenter"]),
    (Family::Age, &["minor", "early-teen", "teen", "adult", "N/A"]),
    (
        Family::IdType,
        &[
            "government_id",
            "passport",
            "drivers_license",
            "residence_permit",
            "vehicle_registration_certificate",
            "visa",
            "aadhaar",
            "pancard",
            "identification_card",
            "foreign_registrator",
            "universal",
            "drvlic",
        ],
    ),
    (Family::Bank, &["occupancy", "nameCheck"]),
    (
        Family::BankCode,
        &[
            "002", "003", "004", "007", "011", "012", "020", "023", "027", "031", "032", "034", "035", "037", "039",
            "045", "048", "050", "054", "055", "057", "058", "059", "060", "062", "064", "067", "071", "081", "088",
            "089", "090", "218", "238", "240", "243", "247", "261", "262", "263", "264", "265", "266", "267", "269",
            "270", "278", "279", "280", "287", "289", "291",
        ],
    ),
    (Family::Result, &["success", "fail"]),
    (Family::Operator, &["gte", "gt", "lte", "lt"]),
    (Family::Target, &["low", "high", "median"]),
    (Family::Logic, &["and", "or"]),
];

fn shipped() -> Codes {
    Codes::built_in().expect("the shipped file")
}

#[test]
fn every_documented_code_has_words_and_every_family_a_source() {
    let codes = shipped();
    for (family, words) in DOCUMENTED {
        assert!(!codes.source(family).is_empty(), "{family:?} names no source");
        for word in words {
            let means = codes.explain(family, word).unwrap_or_default();
            assert!(!means.is_empty(), "{family:?}: {word} has no words");
        }
    }
    assert_eq!(codes.0.len(), DOCUMENTED.len(), "a family without documented words");
}

#[test]
fn no_code_is_explained_that_no_source_shows() {
    for (family, listed) in &shipped().0 {
        let (_, words) = DOCUMENTED.iter().find(|(known, _)| known == family).unwrap();
        for code in listed.codes.keys() {
            assert!(words.contains(&code.as_str()), "{family:?}: {code}");
        }
    }
}

#[test]
fn a_code_of_the_engine_is_marked_as_inferred() {
    let codes = shipped();
    for code in codes.0.get(&Family::Attempt).unwrap().codes.keys() {
        let words = codes.explain(Family::Attempt, code).unwrap();
        assert_eq!(words.as_str().contains("inferred"), code != "FACE_NOT_FOUND", "{code}");
    }
}

#[test]
fn a_cause_stands_behind_the_meaning_and_only_where_a_source_gives_one() {
    let codes = shipped();
    let explain_with_cause = |family, code| codes.explain_with_cause(family, code).unwrap().as_str().to_owned();
    assert_eq!(
        explain_with_cause(Family::Reject, "too_many_retry"),
        "too many failed attempts; usual cause: all retries used (3, or 5 in checks without an ID document)"
    );
    assert_eq!(explain_with_cause(Family::Reject, "expired_id"), "the ID document has expired");
    assert_eq!(codes.explain(Family::Reject, "too_many_retry").unwrap().as_str(), "too many failed attempts");
}

#[test]
fn codes_are_found_without_case_and_unknown_ones_are_not() {
    let codes = shipped();
    assert_eq!(codes.explain(Family::Status, "APPROVED").unwrap().as_str(), "passed");
    assert_eq!(codes.explain(Family::Status, "source"), None);
    assert_eq!(codes.explain(Family::Reject, "made_up"), None);
}

#[test]
fn what_the_form_does_not_know_is_a_mistake() {
    for text in [
        "[new]\nsource = 'a'\n[new.codes]",
        "[reject]\n[reject.codes]\nother = 'a'",
        "[reject]\nsource = 'a'\nother = 'a'\n[reject.codes]",
        "[reject]\nsource = 'a'\n[reject.codes]\nother = 1",
        "[reject]\nsource = 'a'\n[reject.codes]\nother = { means = 'a' }",
        "[reject]\nsource = 'a'\n[reject.codes]\nother = { means = 'a', cause = 'b', advice = 'c' }",
    ] {
        assert!(Codes::read(text).is_err(), "{text}");
    }
    let both = "[reject]\nsource = 'a'\n[reject.codes]\none = 'a'\nother = { means = 'a', cause = 'b' }";
    assert!(Codes::read(both).is_ok());
}

#[test]
fn every_retry_code_has_a_kind() {
    let (_, retry) = DOCUMENTED.iter().find(|(family, _)| *family == Family::Retry).unwrap();
    assert_eq!(retry.len(), 46, "45 codes, and one in the spelling of the Korean page");
    for code in *retry {
        assert!(RetryKind::of(code).is_some(), "{code}");
    }
    assert_eq!(RetryKind::of("Glare_Detected"), Some(RetryKind::Capture));
    assert_eq!(RetryKind::of("made_up"), None);
}

#[test]
fn a_bank_and_a_connection_are_found_as_the_service_may_write_them() {
    let codes = shipped();
    let words = |family, code| codes.explain(family, code).unwrap_or_default().as_str().to_owned();
    assert_eq!(words(Family::BankCode, "004"), "KB Kookmin");
    assert_eq!(words(Family::BankCode, "4"), "KB Kookmin");
    assert_eq!(words(Family::BankCode, "218"), "KB (securities firm)");
    assert_eq!(words(Family::BankCode, ""), "");
    for word in ["DataCenter", "Data Center", "data_center", "DATA-CENTER"] {
        assert_eq!(words(Family::Connection, word), "a data centre", "{word}");
    }
    assert_eq!(words(Family::Connection, "Data"), "");
}

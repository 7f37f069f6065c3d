//! Every documented retry code in words, in every place that shows retry codes; and the sample of the service with one
//! attempt and three retries.

use serde_json::{Value, json};

use crate::run;
use argos_testkit::server::{TestServer, json};

/// The codes of the documented table, in its order.
const CODES: &str = "recognition_fail expired_id document_expired invalid_back_document invalid_dual_side \
    document_country_mismatch glare_detected image_too_blurry recaptured_document screen_detected \
    black_white_document missing_birth_date missing_expiry_date missing_issue_date \
    missing_document_number missing_personal_number missing_name document_name_mismatch \
    document_dob_mismatch image_forgery text_forgery feature_verification_failed image_edited fake_id \
    artificial_image artificial_text check_digit_failed physical_document_missing \
    bank_authentication_fail bank_authentication_code_fail bank_authentication_name_fail \
    mrz_protocol_fail Identity_verification_fail barcode_protocol_fail Id_livness_fail blacklist_country \
    no_face face_compare_underscore face_compare_fail face_occluded liveness_error liveness_fail \
    liveness_fail_active too_many_retry VERIFICATION_CODE_MISS_MATCH";

fn with(kyc: &Value) -> Value {
    json!({"submission_id": "6xx28lo115832", "created_at": "2026-11-21T09:14:00Z",
        "data": {"full_name": "Invented Person"}, "kyc": kyc})
}

/// Runs a call on a server that has this one submission.
fn call(item: &Value, arguments: &[&str]) -> String {
    let body = json!({"Items": [item]}).to_string();
    let base = TestServer::answering(move |_| json(&body)).base();
    let done = run(arguments, &[("ARGOS_BASE_URL", &base), ("ARGOS_API_KEY", "k"), ("COLUMNS", "200")]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    done.stdout
}

/// Returns the text of one section of `show`.
fn section<'t>(text: &'t str, name: &str) -> &'t str {
    let text = text.split(&format!("== {name} ==")).nth(1).unwrap();
    text.split("\n== ").next().unwrap()
}

#[test]
fn every_retry_code_is_in_words_and_of_a_kind_in_every_section_and_in_the_statistics() {
    let codes: Vec<&str> = CODES.split_whitespace().collect();
    assert_eq!(codes.len(), 45);
    let attempts: Vec<Value> = codes
        .iter()
        .zip(1..)
        .map(|(code, count)| json!({"attemptCnt": count, "step1Time1st": "2026-11-21T09:14:05Z", "retryCode": [code]}))
        .collect();
    let item = with(&json!({"result": "rejected", "attempts": attempts}));
    let shown = call(&item, &["show", "6xx28lo115832"]);
    let kinds = ["capture", "document", "mismatch", "forgery", "face", "bank", "policy"];
    for code in &codes {
        let summary = section(&shown, "Summary").lines().find(|line| line.contains(&format!("{code} ("))).unwrap();
        assert!(kinds.iter().any(|kind| summary.contains(&format!("{code} ({kind})  "))), "{summary}");
        for name in ["Summary", "Attempts", "Timeline"] {
            let lines = section(&shown, name).lines();
            let explained = lines.filter(|line| line.contains(code)).any(|line| line.len() > code.len() + 30);
            assert!(explained, "{code} in {name}");
            assert!(!section(&shown, name).contains("not documented"), "{name}");
        }
    }
    let table = call(&item, &["stats", "--detail"]);
    for code in &codes {
        assert!(table.lines().any(|line| line.trim_start().starts_with(&format!("{code} "))), "{code}\n{table}");
    }
    let counted = |word: &str| table.lines().filter(|line| line.split_whitespace().next() == Some(word)).count();
    assert!(kinds.iter().all(|kind| counted(kind) == 1), "{table}");
    let report: Value = serde_json::from_str(&call(&item, &["stats", "--detail", "--output", "json"])).unwrap();
    let values = |group: &str| report["groups"][group]["values"].as_array().unwrap().clone();
    assert_eq!((values("retry_code").len(), values("retry_kind").len()), (45, 7));
    assert!(values("retry_code").iter().all(|value| value["kind"].is_string()));
}

#[test]
fn an_unknown_retry_code_has_no_kind() {
    let item = with(&json!({"result": "rejected", "attempts": [{"attemptCnt": 1, "retryCode": ["made_up"]}]}));
    assert!(section(&call(&item, &["show", "6xx28lo115832"]), "Summary").contains("made_up  not documented"));
    let table = call(&item, &["stats", "--detail"]);
    assert!(table.contains("  not documented ") && table.contains("    made_up "), "{table}");
}

#[test]
fn the_sample_with_one_attempt_and_three_retries_is_counted_so_everywhere() {
    let retry = |count: i32| {
        json!({"type": "step1", "retryCnt": count, "retryCode": "recognition_fail",
            "retryMessage": "recognition score under threshold"})
    };
    let item = with(&json!({"result": "rejected",
        "attempts": [{"attemptCnt": 1, "verificationResult": "success"}], "retry": [retry(1), retry(2), retry(3)]}));
    let shown = call(&item, &["show", "6xx28lo115832"]);
    for name in ["Summary", "Attempts", "Timeline"] {
        let text = section(&shown, name);
        assert!(text.contains("1 attempt · ") && text.contains("3 retry reasons from ARGOS"), "{name}: {text}");
        assert!(!text.contains("no errors, no anomalies"), "{name}: {text}");
    }
    let warning = section(&shown, "Summary").lines().find(|line| line.contains("recognition_fail (capture)")).unwrap();
    assert!(warning.starts_with("! Retry"), "{warning}");
    assert!(!section(&shown, "Summary").contains("no error reported"), "{shown}");
    let table = call(&item, &["stats", "--detail"]);
    assert!(table.contains("  1 attempt, 3 retries "), "{table}");
    assert!(table.lines().any(|line| line.trim_start().starts_with("recognition_fail ")), "{table}");
}

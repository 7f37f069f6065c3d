//! What is said to have happened could have happened, but for those submissions that are there to be odd.

use super::*;

fn is_odd(item: &Value) -> bool {
    text(item, "/email").is_none_or(|mail| mail.contains('+'))
        || text(item, "/data/last_name").is_some_and(|name| name.contains('\u{202e}'))
}

/// The times of all calls, in the order of attempts and steps.
fn calls(item: &Value) -> Vec<&str> {
    let turns = ["step1Time1st", "step1Time2nd", "step1Time3rd", "step2Time1st", "step2Time2nd", "step2Time3rd"];
    let of_attempt = |attempt| turns.map(|turn| Value::get(attempt, turn).and_then(Value::as_str));
    list(item, "/kyc/attempts").iter().flat_map(of_attempt).flatten().collect()
}

#[test]
fn times_follow_each_other() {
    for item in wholes().filter(|item| !is_odd(item)) {
        let mut times = vec![text(item, "/created_at"), text(item, "/signals/startButtonClickTime")];
        let calls = calls(item);
        times.extend(calls.iter().map(|call| Some(*call)));
        times.extend([text(item, "/pending_at"), text(item, "/kyc_result_at"), text(item, "/updated_at")]);
        let times: Vec<&str> = times.into_iter().flatten().collect();
        assert!(times.is_sorted(), "{times:?}");
        assert!(times.iter().all(|time| time.len() == 24 && time.ends_with('Z')), "{times:?}");

        let processes = list(item, "/signals/cameraProcessInfo");
        let spans: Vec<&str> = processes
            .iter()
            .flat_map(|process| [text(process, "/processStartTime"), text(process, "/processEndTime")])
            .flatten()
            .collect();
        assert_eq!(spans.len(), 2 * processes.len());
        assert!(spans.is_sorted(), "{spans:?}");
        let start = text(item, "/signals/startButtonClickTime").expect("a start");
        assert!(spans.first().is_none_or(|first| *first >= start));
        let left_in_camera = text(item, "/kyc/result") == Some("incomplete");
        assert!(left_in_camera || spans.last() <= calls.last(), "a call follows the last picture");
    }
}

#[test]
fn a_result_is_there_when_there_is_a_verdict() {
    for item in wholes().filter(|item| !is_odd(item)) {
        let result = text(item, "/kyc/result").expect("a result");
        assert_eq!(text(item, "/kyc_result_at").is_some(), matches!(result, "approved" | "rejected"));
        assert_eq!(item.pointer("/kyc/comment").is_some(), result == "rejected");
        assert!(result != "pending" || text(item, "/pending_at").is_some());
        assert!(result == "approved" || text(item, "/aml/currentstatus") != Some("Red Flag"));
    }
}

#[test]
fn attempts_are_counted_and_retries_are_told_of_failed_ones() {
    for item in wholes().filter(|item| !is_odd(item)) {
        let attempts = list(item, "/kyc/attempts");
        assert!((1..=4).contains(&attempts.len()));
        assert!(attempts.iter().zip(1..).all(|(attempt, count)| attempt["attemptCnt"] == count));
        let failed = attempts.iter().filter(|attempt| !list(attempt, "/retryCode").is_empty()).count();
        let passed = matches!(text(item, "/kyc/result"), Some("approved" | "pending"));
        assert!(!passed || failed == attempts.len() - 1, "whoever passed did so in the last attempt");
        let retries = list(item, "/kyc/retry").len();
        assert!(item.get("ocr").is_none() || retries == failed);
    }
}

#[test]
fn only_north_american_documents_have_a_barcode_that_can_fail() {
    for item in wholes() {
        let mut attempts = list(item, "/kyc/attempts").iter();
        if attempts.any(|attempt| attempt["retryCode"][0] == "barcode_protocol_fail") {
            let country = text(item, "/data/nationality");
            assert!(country.is_none_or(|country| ["USA", "CAN", "MEX"].contains(&country)), "{country:?}");
        }
    }
}

#[test]
fn verdicts_fit_the_story() {
    for item in wholes().filter(|item| !is_odd(item)) {
        for code in list(item, "/kyc/commentCode").iter().filter_map(Value::as_str) {
            match code {
                "expired_id" => assert!(text(item, "/data/idcard_expireDate") < text(item, "/created_at")),
                "under_ageLimit" | "id_info_notOfAge" => assert_ne!(text(item, "/data/age_group"), Some("adult")),
                "duplicated_user_PII_exact" => assert!(!list(item, "/duplicated_users").is_empty()),
                "duplicated_face" => assert!(!list(item, "/duplicated_selfie_users").is_empty()),
                "no-date-of-birth" => assert!(text(item, "/data/date_of_birth").is_none()),
                "id_info_dataMismatch" => {
                    assert_ne!(text(item, "/review/fullName"), text(item, "/data/full_name"));
                }
                "automatic_verification_fail" => {
                    let failed = |attempt: &Value| text(attempt, "/verificationResult") == Some("fail");
                    assert!(list(item, "/kyc/attempts").iter().any(failed));
                }
                _ => {}
            }
        }
    }
}

//! The grades of findings, as the table of the module says.

use super::*;

/// The grade of the only finding about a subject; `None` without such a finding.
fn grade(json: &str, subject: &str) -> Option<Grade> {
    let found = found(json);
    let mut about = found.iter().filter(|(_, found, _)| found == subject);
    let first = about.next().map(|(grade, ..)| *grade);
    assert_eq!(about.next(), None, "{json}: {found:?}");
    first
}

fn of_status(status: &str, members: &str) -> String {
    format!(r#"{{"kyc":{{"result":"{status}"}},{members}}}"#)
}

fn of_attempts(status: &str, attempts: &str) -> String {
    format!(r#"{{"kyc":{{"result":"{status}",{attempts}}}}}"#)
}

#[test]
fn the_worst_grade_is_that_of_the_first_finding() {
    let worst = |json: &str| worst(&Document::parse_copy(json.as_bytes(), true));
    assert_eq!(worst(r#"{"memo":{"text":"x"},"aml":{"currentstatus":"Red Flag"}}"#), Some(Grade::Alert));
    assert_eq!(worst(r#"{"memo":{"text":"x"},"data":{"age_group":"teen"}}"#), Some(Grade::Warning));
    assert_eq!(worst(r#"{"memo":{"text":"x"}}"#), Some(Grade::Note));
    assert_eq!(worst(r#"{"kyc":{"result":"rejected"}}"#), None, "the status itself is no finding");
    assert_eq!([Grade::Alert, Grade::Warning, Grade::Note].map(Grade::sign), ["‼", "!", "i"]);
}

#[test]
fn a_status_that_cannot_be_read_is_graded() {
    assert_eq!(grade(&of_status("on hold", r#""x":1"#), "Status"), Some(Grade::Warning));
    assert_eq!(grade(r#"{"kyc":{"result":["approved"]}}"#, "Status"), Some(Grade::Warning));
    assert_eq!(grade(r#"{"kyc":{"result":"approved"},"kyc":{"comment":"x"}}"#, "Repeated"), Some(Grade::Alert));
    let record = r#"{"submission_id":"a","created_at":"2026-11-21T09:00:00Z","email":"a@example.com"}"#;
    assert_eq!(grade(record, "Status"), Some(Grade::Warning), "a whole record without a verdict");
    let listed = Document::parse_copy(record.as_bytes(), false);
    assert!(findings(&listed, Mask::None).is_empty(), "a list record leaves fields out");
    for status in ["approved", "rejected", "pending", "incomplete", "APPROVED"] {
        assert_eq!(grade(&of_status(status, r#""x":1"#), "Status"), None);
    }
}

#[test]
fn the_same_face_is_an_alert_until_the_submission_is_rejected() {
    for (status, expected) in
        [("approved", Grade::Alert), ("pending", Grade::Alert), ("on hold", Grade::Alert), ("rejected", Grade::Warning)]
    {
        let json = of_status(status, r#""duplicated_selfie_users":["b"],"duplicated_users":["c"]"#);
        assert_eq!(grade(&json, "Same face"), Some(expected), "{status}");
        assert_eq!(grade(&json, "Duplicate data"), Some(Grade::Warning), "{status}");
    }
}

#[test]
fn a_forgery_is_an_alert_wherever_its_code_is() {
    let first = r#""attempts":[{"retryCode":["glare_detected","fake_id"]},{}]"#;
    let alone = r#""attempts":[{}],"retry":[{"retryCode":"glare_detected"},{"retryCode":"Text_Forgery"}]"#;
    for (attempts, subject, evidence) in
        [(first, "Attempt 1", "kyc.attempts[0].retryCode[1]"), (alone, "Retry", "kyc.retry[1].retryCode")]
    {
        for (status, expected) in [("approved", Grade::Alert), ("pending", Grade::Alert), ("rejected", Grade::Warning)]
        {
            let json = of_attempts(status, attempts);
            let found = found(&json);
            let of_forgery = found.iter().find(|(_, about, path)| about == subject && path == evidence);
            assert_eq!(of_forgery.map(|(grade, ..)| *grade), Some(expected), "{json}: {found:?}");
        }
    }
}

#[test]
fn only_what_came_before_the_last_attempt_is_history_of_an_approval() {
    let failed = r#"{"retryCode":["liveness_error"]}"#;
    let approved = |attempts: &str| of_attempts("approved", &format!(r#""attempts":[{attempts}]"#));
    assert_eq!(grade(&approved(&format!("{failed},{{}}")), "Attempt 1"), Some(Grade::Note));
    assert_eq!(grade(&approved(failed), "Attempt 1"), Some(Grade::Warning), "nothing explains the approval");
    assert_eq!(grade(&approved(&format!("{{}},{failed}")), "Attempt 2"), Some(Grade::Warning));
    let timed = |at: u8, rest: &str| format!(r#"{{"step2Time1st":"2026-11-21T09:0{at}:00Z"{rest}}}"#);
    let newest_first = approved(&format!("{},{}", timed(5, ""), timed(1, r#","retryCode":["no_face"]"#)));
    assert_eq!(grade(&newest_first, "Attempt 2"), Some(Grade::Note), "the calls tell the order");
    assert_eq!(grade(&approved(r#""text",{}"#), "Attempt 1"), Some(Grade::Warning), "it cannot be read");
    assert_eq!(
        grade(&of_attempts("pending", &format!(r#""attempts":[{failed},{{}}]"#)), "Attempt 1"),
        Some(Grade::Warning)
    );
    let retries = r#""attempts":[{}],"retry":[{"retryCode":"recognition_fail"},{"retryCode":"recognition_fail"}]"#;
    for status in ["approved", "rejected"] {
        assert_eq!(grade(&of_attempts(status, retries), "Retry"), Some(Grade::Warning), "{status}");
    }
}

#[test]
fn a_failed_address_check_is_history_once_a_later_one_passed() {
    let check = |status: &str, at: &str, ip: &str| {
        format!(r#"{{"attemptStatus":"{status}","createTime":"{at}","ipVerification":{{"status":"{ip}"}}}}"#)
    };
    let of = |checks: &[String]| grade(&format!(r#"{{"Injection_action":[{}]}}"#, checks.join(",")), "Address check");
    let (early, late) = ("2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z");
    assert_eq!(of(&[check("fail", early, "success"), check("success", late, "success")]), Some(Grade::Note));
    assert_eq!(of(&[check("fail", late, "success"), check("success", early, "success")]), Some(Grade::Alert));
    assert_eq!(of(&[check("fail", early, "success"), check("success", late, "fail")]), Some(Grade::Alert));
    assert_eq!(of(&[check("fail", "soon", "success"), check("success", late, "success")]), Some(Grade::Alert));
}

#[test]
fn a_check_without_a_clear_result_is_an_alert_only_if_it_contradicts_itself_or_cannot_be_read() {
    let of = |members: &str| grade(&format!("{{{members}}}"), "Bank");
    assert_eq!(of(r#""bank_verification":{"result":"passed"}"#), Some(Grade::Warning));
    assert_eq!(of(r#""bank_verification":{"result":"success","result":"fail"}"#), Some(Grade::Alert));
    assert_eq!(of(r#""bank_verification":"success""#), Some(Grade::Alert));
    let records = vec![r#"{"result":"success"}"#; 1_500].join(",");
    assert_eq!(of(&format!(r#""bank_verification":[{records}]"#)), Some(Grade::Warning), "not read for its size");
}

#[test]
fn networks_cameras_and_people_are_graded() {
    let often = |word: &str| grade(&format!(r#"{{"pre_verification":{{"attempts_frequency":"{word}"}}}}"#), "Subnet");
    let grades = ["FirstSeen", "Rare", "Frequent", "VeryFrequent", "3"].map(often);
    assert_eq!(grades, [None, None, Some(Grade::Note), Some(Grade::Warning), Some(Grade::Warning)]);
    let camera = r#""signals":{"cameraProcessInfo":[{"type":"idcard-front-capture","error":"AbortError"}]}"#;
    assert_eq!(grade(&of_status("approved", camera), "Camera"), Some(Grade::Note));
    assert_eq!(grade(&of_status("pending", camera), "Camera"), Some(Grade::Warning));
    assert_eq!(grade(r#"{"data":{"full_name":"Deleted Submission"}}"#, "Deleted"), Some(Grade::Warning));
    assert_eq!(grade(r#"{"updateHistory":{"updateAdmin":"a@example.com"}}"#, "Updated"), Some(Grade::Note));
}

#[test]
fn hidden_characters_are_an_alert_and_unusual_spaces_a_note() {
    for hidden in [r"\u200b", r"\u202e", r"\u2066", r"\ufeff", r"\u3164", r"\u001b", r"\u0000", r"\u2800", r"\u00ad"] {
        for path in ["data", "review"] {
            let json = format!(r#"{{"{path}":{{"full_name":"A{hidden}B"}}}}"#);
            let found = found(&json);
            assert_eq!(found.first().map(|(grade, ..)| *grade), Some(Grade::Alert), "{json}");
        }
        assert_eq!(one(&format!(r#"{{"userid":"a{hidden}"}}"#)).0, Grade::Alert, "{hidden}");
    }
    for space in [r"\u3000", r"\u00a0", r"\n", r"\t"] {
        assert_eq!(one(&format!(r#"{{"data":{{"full_name":"佐藤{space}陽翔"}}}}"#)).0, Grade::Note, "{space}");
    }
    assert!(found(r#"{"data":{"full_name":"क्\u200dष"}}"#).is_empty(), "a joiner that its script needs");
}

#[test]
fn a_repeated_key_is_an_alert_on_the_way_to_a_verdict() {
    for members in [
        r#""kyc":{"result":"approved","result":"approved"}"#,
        r#""kyc":{"result":"approved"},"kyc":{"result":"approved"}"#,
        r#""aml":{"currentstatus":"Not Screened","currentstatus":"Not Screened"}"#,
        r#""kyc":{"attempts":[{"ocrResult":"success"},{"ocrResult":"success","ocrResult":"success"}]}"#,
        r#""OCR_raw":{"name":{"accepted":true,"accepted":true}}"#,
        r#""memo":{"a":1,"a":1},"pre_verification":{"is_valid":true,"is_valid":true}"#,
    ] {
        assert_eq!(grade(&format!("{{{members}}}"), "Repeated"), Some(Grade::Alert), "{members}");
    }
    for members in [r#""memo":{"text":"a","text":"b"}"#, r#""x":1,"x":2"#, r#""kyc":{"comment":"a","comment":"b"}"#] {
        assert_eq!(grade(&format!("{{{members}}}"), "Repeated"), Some(Grade::Warning), "{members}");
    }
}

#[test]
fn an_alert_for_hidden_characters_is_not_lost_behind_a_note() {
    let json = of_status("approved", r#""memo":{"text":"x\u200by"},"data":{"address_input":"Street 1\nSeoul"}"#);
    let found = found(&json);
    assert_eq!(
        found.first().map(|(grade, about, _)| (*grade, about.as_str())),
        Some((Grade::Alert, "Hidden text")),
        "{found:?}"
    );
}

#[test]
fn a_forgery_in_a_list_of_codes_is_a_forgery() {
    let attempts = r#""attempts":[{"attemptCnt":1,"step1Time1st":"2026-11-21T09:00:00Z"},
        {"attemptCnt":2,"step1Time2nd":"2026-11-21T09:05:00Z"}],
        "retry":[{"type":"step1","retryCnt":1,"retryCode":["fake_id"]}]"#;
    let json = of_attempts("approved", attempts);
    assert!(found(&json).iter().any(|(grade, ..)| *grade == Grade::Alert), "{:?}", found(&json));
}

use super::*;

fn document(kyc: &str) -> Document {
    Document::parse_copy(format!(r#"{{"kyc":{kyc}}}"#).as_bytes(), true)
}

/// The codes of an attempt's retries, and why they are there.
type AssignedRetries = Vec<(String, MatchedBy)>;

/// The retries of each attempt, and the number of unmatched ones.
fn placed(kyc: &str) -> (Vec<AssignedRetries>, usize) {
    let document = document(kyc);
    let attempts = Attempts::of(&document);
    let code = |retry: &Retry<'_>| {
        (retry.field.child("retryCode").and_then(|code| code.text()).unwrap_or_default().to_owned(), retry.matched_by)
    };
    let each = attempts.attempts.iter().map(|attempt| attempt.retries.iter().map(code).collect()).collect();
    (each, attempts.unmatched_retries.len())
}

#[test]
fn a_retry_stands_with_the_attempt_that_has_its_code() {
    let (each, unmatched) = placed(
        r#"{"attempts":[{"retryCode":["barcode_protocol_fail"]},{"retryCode":"liveness_error"},{}],
            "retry":[{"type":"step2","retryCnt":1,"retryCode":"liveness_error"},
                     {"type":"step1","retryCnt":1,"retryCode":"barcode_protocol_fail"}]}"#,
    );
    assert_eq!(each[0], [("barcode_protocol_fail".to_owned(), MatchedBy::Code)]);
    assert_eq!(each[1], [("liveness_error".to_owned(), MatchedBy::Code)]);
    assert!(each[2].is_empty());
    assert_eq!(unmatched, 0);
}

#[test]
fn the_count_tells_which_of_several_attempts_with_one_code() {
    let (each, _) = placed(
        r#"{"attempts":[{"retryCode":["x"]},{"retryCode":["y"]},{"retryCode":["x"]}],
            "retry":[{"type":"step2","retryCnt":"2","retryCode":"x"}]}"#,
    );
    assert!(each[0].is_empty());
    assert_eq!(each[2].len(), 1);
}

#[test]
fn without_a_code_the_step_and_the_count_name_a_call() {
    let (each, unmatched) = placed(
        r#"{"attempts":[{"step1Time1st":"2026-01-01T00:00:00Z"},{"step2Time2nd":"2026-01-01T00:01:00Z"}],
            "retry":[{"type":"step2","retryCnt":2,"retryCode":"recognition_fail"}]}"#,
    );
    assert_eq!(each[1], [("recognition_fail".to_owned(), MatchedBy::Call)]);
    assert_eq!(unmatched, 0);
}

#[test]
fn a_retry_that_fits_nowhere_stays_unmatched() {
    let (_, unmatched) = placed(
        r#"{"attempts":[{"retryCode":["x"]},{"retryCode":["x"]}],
            "retry":[{"type":"step2","retryCnt":3,"retryCode":"x"},{"retryCode":"y"},{},"odd",0]}"#,
    );
    assert_eq!(unmatched, 5);
    let (each, unmatched) = placed(r#"{"retry":{"type":"step1","retryCnt":0,"retryCode":"x"}}"#);
    assert_eq!((each.len(), unmatched), (0, 1));
}

#[test]
fn calls_are_measured_across_attempts_in_the_order_of_their_times() {
    let document = document(
        r#"{"attempts":[{"step2Time1st":"2026-01-01T00:00:30Z","step1Time1st":"2026-01-01T00:00:00Z"},
                        {"step2Time2nd":"2026-01-01T00:02:00Z","step2Time3rd":"soon"}]}"#,
    );
    let attempts = Attempts::of(&document);
    let since =
        |at: usize, call: usize| attempts.attempts[at].calls[call].since_previous.map(|since| since.length.as_secs());
    assert_eq!(since(0, 0), None);
    assert_eq!(since(0, 1), Some(30));
    assert_eq!(since(1, 0), Some(90));
    assert_eq!(since(1, 1), None);
    assert_eq!(attempts.attempts[1].calls.len(), 2);
    assert_eq!(attempts.length().map(|length| length.as_secs()), Some(120));
}

#[test]
fn the_time_before_a_call_says_where_it_starts() {
    let document = document(
        r#"{"attempts":[{"step1Time1st":"2026-01-01T00:00:00Z","step2Time1st":"2026-01-01T00:02:00Z"},
                        {"step1Time2nd":"2026-01-01T00:01:00Z"},
                        {"step1Time3rd":"2026-01-01T00:01:30Z","step2Time3rd":"2026-01-01T00:01:40Z"}]}"#,
    );
    let attempts = Attempts::of(&document);
    let start = |at: usize, call: usize| attempts.attempts[at].calls[call].since_previous.map(|since| since.start);
    assert_eq!((start(0, 0), start(1, 0)), (None, Some(IntervalStart::AttemptBefore)));
    assert_eq!((start(2, 0), start(2, 1)), (Some(IntervalStart::AttemptBefore), Some(IntervalStart::SameAttempt)));
    assert_eq!(start(0, 1), Some(IntervalStart::OtherAttempt), "it follows a step of the last attempt");
}

#[test]
fn what_says_that_something_went_wrong_is_found() {
    let errors = |attempt: &str| {
        let document = document(&format!(r#"{{"attempts":[{attempt}]}}"#));
        let attempts = Attempts::of(&document);
        let own = |path: &str| path.rsplit("].").next().unwrap_or_default().to_owned();
        attempts.attempts[0].errors().iter().map(|field| own(field.path())).collect::<Vec<_>>()
    };
    assert_eq!(errors(r#"{"retryCode":["a","b"]}"#), ["retryCode[0]", "retryCode[1]"]);
    assert_eq!(errors(r#"{"retryCode":"a","errorCode":"c"}"#), ["retryCode", "errorCode"]);
    assert_eq!(errors(r#"{"liveness":{"error":"no face","error_code":"FACE_NOT_FOUND"}}"#), ["liveness.error_code"]);
    assert_eq!(errors(r#"{"liveness":{"error":"no face"}}"#), ["liveness.error"]);
    assert_eq!(errors(r#"{"verificationResult":"fail","ocrResult":"success"}"#), ["verificationResult"]);
    assert_eq!(errors(r#"{"idBarcodeResult":"maybe"}"#), ["idBarcodeResult"]);
    assert!(errors(r#"{"retryCode":[],"retryMsg":[],"errorCode":null}"#).is_empty());
}

#[test]
fn anything_may_stand_where_attempts_are_expected() {
    for kyc in [r#"{"attempts":null}"#, r#"{"attempts":[null,[],{},"",{"liveness":{}}]}"#, "[]", "1"] {
        let document = document(kyc);
        for attempt in Attempts::of(&document).attempts {
            assert!(attempt.errors().is_empty(), "{kyc}");
        }
    }
}

#[test]
fn an_attempt_that_is_no_object_is_never_one_without_an_error() {
    for attempts in [r#""x""#, "true", "17", r#"["success"]"#, r#"[[{"verificationResult":"success"}]]"#] {
        let document = document(&format!(r#"{{"attempts":{attempts}}}"#));
        let read = Attempts::of(&document);
        assert!(
            read.attempts.len() == 1 && read.attempts.iter().all(|attempt| attempt.errors().len() == 1),
            "{attempts}"
        );
    }
}

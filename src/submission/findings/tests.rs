mod grades;

use super::*;

/// Grade, subject and evidence of each finding.
fn found(json: &str) -> Vec<(Grade, String, String)> {
    let document = Document::parse_copy(json.as_bytes(), true);
    let each = findings(&document, Mask::None).into_iter();
    each.map(|finding| (finding.grade, finding.subject.as_str().to_owned(), finding.evidence)).collect()
}

fn one(json: &str) -> (Grade, String, String) {
    let mut found = found(json);
    assert_eq!(found.len(), 1, "{json}: {found:?}");
    found.remove(0)
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(found("{}").is_empty());
    assert!(found(r#"{"kyc":{"result":"rejected"},"aml":{"currentstatus":"Not Screened"}}"#).is_empty());
    assert!(found("[]").is_empty());
}

#[test]
fn the_worst_stands_first() {
    let found = found(r#"{"memo":{"text":"x"},"duplicated_users":["b"],"bank_verification":{"result":"fail"}}"#);
    let grades: Vec<Grade> = found.iter().map(|(grade, ..)| *grade).collect();
    assert_eq!(grades, [Grade::Alert, Grade::Warning, Grade::Note]);
}

#[test]
fn a_red_flag_is_found_in_any_case() {
    let flag = one(r#"{"aml":{"currentstatus":"red flag","matches":[{}]}}"#);
    assert_eq!((flag.0, flag.2.as_str()), (Grade::Alert, "aml"));
}

#[test]
fn screening_that_cannot_be_read_is_not_clear() {
    assert_eq!(one(r#"{"aml":{"currentstatus":"All good"}}"#).0, Grade::Warning);
    assert_eq!(one(r#"{"aml":{"currentstatus":{"x":1}}}"#).0, Grade::Warning);
    assert_eq!(one(r#"{"aml":{"matches":[{}]}}"#).0, Grade::Alert);
    for aml in [r#""Red Flag""#, r#""Not Screened""#, "true", "0", r#"[{"currentstatus":"Not Screened"}]"#] {
        assert_eq!(one(&format!(r#"{{"aml":{aml}}}"#)), (Grade::Alert, "AML".to_owned(), "aml".to_owned()), "{aml}");
    }
    assert_eq!(one(r#"{"aml":{"risk_level_summary":"HIGH"}}"#).2, "aml.risk_level_summary");
    assert_eq!(one(r#"{"aml":{"currentstatus":"Not Screened","matches":[{}]}}"#).0, Grade::Alert);
    assert_eq!(one(r#"{"aml":{"currentstatus":"Not Screened","risk_level_summary":"LOW"}}"#).0, Grade::Alert);
    assert_eq!(one(r#"{"aml":{"currentstatus":"Not Screened","risk_level_summary":"new"}}"#).0, Grade::Warning);
}

#[test]
fn a_submission_is_not_its_own_duplicate() {
    assert!(found(r#"{"submission_id":"a","duplicated_users":["a"]}"#).is_empty());
    assert_eq!(one(r#"{"submission_id":"a","duplicated_selfie_users":["a","b"]}"#).2, "duplicated_selfie_users");
}

#[test]
fn a_reject_code_of_an_approved_submission_is_an_alert() {
    let of = |result: &str, code: &str| {
        let json = format!(r#"{{"kyc":{{"result":"{result}","commentCode":{code}}}}}"#);
        let document = Document::parse_copy(json.as_bytes(), true);
        let is_alert = |finding: &Finding<'_>| finding.grade == Grade::Alert && finding.evidence == "kyc.commentCode";
        findings(&document, Mask::None).iter().any(is_alert)
    };
    assert!(of("approved", r#"["expired_id"]"#) && of("approved", r#""expired_id""#));
    assert!(!of("approved", "[]") && !of("approved", r#""""#) && !of("rejected", r#"["expired_id"]"#));
}

#[test]
fn errors_of_attempts_weigh_less_once_the_submission_is_approved() {
    let attempts = r#""attempts":[{"retryCode":["liveness_error"]},{"livenessScore":90}]"#;
    let rejected = one(&format!(r#"{{"kyc":{{"result":"rejected",{attempts}}}}}"#));
    assert_eq!(rejected, (Grade::Warning, "Attempt 1".to_owned(), "kyc.attempts[0].retryCode[0]".to_owned()));
    assert_eq!(one(&format!(r#"{{"kyc":{{"result":"approved",{attempts}}}}}"#)).0, Grade::Note);
}

#[test]
fn checks_that_failed_are_found() {
    assert_eq!(one(r#"{"bank_verification":{"result":"fail"}}"#).0, Grade::Alert);
    assert_eq!(one(r#"{"Injection_action":{"attemptStatus":"fail"}}"#).0, Grade::Alert);
    assert_eq!(one(r#"{"Injection_action":[{"attemptStatus":"success"},{"attemptStatus":"x"}]}"#).0, Grade::Warning);
    assert_eq!(one(r#"{"pre_verification":[{"is_valid":false}]}"#).0, Grade::Alert);
    assert_eq!(one(r#"{"pre_verification":{"attempts_frequency":"VeryFrequent"}}"#).0, Grade::Warning);
    let ages = |rest: &str| {
        one(&format!(r#"{{"verification":{{"faceAge":[{{"conditionResults":[{{"finalResult":false}}{rest}}}]}}}}"#)).0
    };
    assert_eq!(ages("]"), Grade::Alert);
    assert_eq!(ages(r#",{"finalResult":true}],"logicalOperators":["and"]"#), Grade::Alert);
    assert_eq!(ages(r#",{"finalResult":true}],"logicalOperators":["or"]"#), Grade::Note);
    let unclear = r#",{"finalResult":false},{"finalResult":true}],"logicalOperators":["or"]"#;
    let document =
        format!(r#"{{"verification":{{"faceAge":[{{"conditionResults":[{{"finalResult":false}}{unclear}}}]}}}}"#);
    assert!(found(&document).iter().all(|(grade, ..)| *grade == Grade::Warning), "an operator is missing");
    assert_eq!(
        one(r#"{"signals":{"cameraProcessInfo":[{"type":"idcard-front-upload","error":null}]}}"#).0,
        Grade::Warning
    );
    assert_eq!(one(r#"{"OCR_raw":{"number":{"accepted":false},"name":{"accepted":true}}}"#).2, "OCR_raw.number");
    assert_eq!(one(r#"{"data":{"age_group":"teen"}}"#).0, Grade::Warning);
}

#[test]
fn an_expiry_in_any_form_is_read_or_said_to_be_unread() {
    let words = |expiry: &str| {
        let json = format!(r#"{{"created_at":"2026-11-20T10:00:00Z","data":{{"idcard_expireDate":"{expiry}"}}}}"#);
        let document = Document::parse_copy(json.as_bytes(), true);
        let found = findings(&document, Mask::None);
        let found = found.into_iter().find(|finding| finding.subject.as_str() == "Expiry");
        found.map(|finding| finding.words.as_str().to_owned()).unwrap_or_default()
    };
    for expired in ["2026-11-19", "19.11.2026", "20261119", "19 NOV 2026", "٢٠٢٦-١١-١٩", "03/04/2026"] {
        assert_eq!(words(expired), "the document expired before the submission (computed)", "{expired}");
    }
    for valid in ["2026-11-20", "20.11.2026", "9999-12-31", "01/12/2027", "**.**.2026", ""] {
        assert_eq!(words(valid), "", "{valid}");
    }
    assert!(words("03/12/2026").contains("unknown whether day or month is first"), "{}", words("03/12/2026"));
    for unread in ["20.11.26", "2569-11-20", "permanent"] {
        assert!(words(unread).starts_with("no date that can be read"), "{unread}: {}", words(unread));
    }
}

#[test]
fn an_id_that_had_expired_is_found_by_the_two_dates() {
    let id =
        |expiry: &str| format!(r#"{{"created_at":"2026-03-01T10:00:00Z","data":{{"idcard_expireDate":"{expiry}"}}}}"#);
    assert_eq!(one(&id("2026-02-28")).0, Grade::Warning);
    assert!(found(&id("2026-03-01")).is_empty());
    assert_eq!(one(&id("someday")).0, Grade::Warning, "what cannot be read is not compared");
}

#[test]
fn oddities_of_the_answer_are_found() {
    assert_eq!(one(r#"{"kyc":{"result":"approved","result":"rejected"}}"#).2, "kyc.result");
    assert_eq!(one(r#"{"data":{"full_name":"A\u200bB"}}"#).2, "data.full_name");
    assert_eq!(one(r#"{"data":{"full_name":"Deleted Submission"}}"#).1, "Deleted");
    assert_eq!(
        one(r#"{"created_at":"2026-01-02T00:00:00Z","kyc_result_at":"2026-01-01T00:00:00Z"}"#).2,
        "kyc_result_at"
    );
}

#[test]
fn a_submission_without_a_person_may_have_been_deleted() {
    let of = |person: &str| format!(r#"{{"created_at":"x","kyc":{{"result":"approved"}},{person}}}"#);
    for person in [r#""data":{}"#, r#""data":{"full_name":"","date_of_birth":""},"email":"""#, r#""data":null"#] {
        let (grade, subject, path) = one(&of(person));
        assert_eq!((grade, subject.as_str(), path.as_str()), (Grade::Warning, "Person", "kyc.result"), "{person}");
    }
    assert!(found(&of(r#""email":"a@example.com""#)).is_empty());
    let listed = Document::parse_copy(of(r#""data":{}"#).as_bytes(), false);
    assert!(findings(&listed, Mask::None).is_empty(), "a list answer leaves out what it likes");
}

#[test]
fn a_repeated_key_is_told_in_bounded_words_and_leads_to_itself() {
    let key = "k".repeat(900);
    let json = format!(r#"{{"{key}":{{{}"a":1}}}}"#, r#""a":1,"#.repeat(5_000));
    let document = Document::parse_copy(json.as_bytes(), true);
    let found = findings(&document, Mask::None);
    let [only] = found.as_slice() else { panic!("{} findings", found.len()) };
    assert!(only.words.as_str().len() < 400, "{}", only.words.as_str());
    assert!(only.words.as_str().ends_with("which one counts"));
    assert_eq!(document.text(&only.evidence), Some("1"));
    assert_eq!(one(r#"{"a.b":{"c":1,"c":1}}"#).2, r#"["a.b"].c"#, "the path is one that leads there");
}

#[test]
fn reject_codes_lead_to_what_they_are_about() {
    let document =
        Document::parse_copy(br#"{"kyc":{"attempts":[{}]},"data":{"date_of_birth":""},"ocr":{"birthDate":"x"}}"#, true);
    assert_eq!(evidence(&document, "too_many_retry"), Some("kyc.attempts"));
    assert_eq!(evidence(&document, "under_ageLimit"), Some("ocr.birthDate"));
    assert_eq!(evidence(&document, "duplicated_face"), None);
    assert_eq!(evidence(&document, "other"), None);
}

#[test]
fn fields_whose_sources_differ_are_named_and_those_of_another_shape_are_not() {
    let json = r#"{"OCR_raw":{"gender":{"value":"F"},"number":{"value":"O123"},"name":{"value":"KIM MINJUN"}},
        "ocr":{"gender":"female","number":"O123","fullName":"Kim  Minjun"},
        "data":{"gender":"male","documentNumber":"0123","full_name":"Kim Minjun"}}"#;
    let document = Document::parse_copy(json.as_bytes(), true);
    let findings = findings(&document, Mask::None);
    let finding = findings.iter().find(|finding| finding.subject.as_str() == "OCR").expect("a finding about the OCR");
    assert_eq!(
        finding.words.as_str(),
        "2 fields differ between their sources (OCR raw, OCR, reviewed, final data): Gender, Document number"
    );
    assert_eq!((finding.grade, finding.evidence.as_str()), (Grade::Warning, "OCR_raw.gender.value"));
}

#[test]
fn what_was_not_read_is_a_finding_so_that_nothing_reads_as_clean() {
    let zeros = vec!["0"; 300_000].join(",");
    let (grade, subject, path) = one(&format!(r#"{{"aml":{{"raw_data":[{zeros}]}}}}"#));
    assert_eq!((grade, subject.as_str(), path.as_str()), (Grade::Warning, "Not read", "aml.raw_data"));
    let attempts = vec![r#"{"attemptCnt":1}"#; 2_000].join(",");
    let (grade, subject, path) = one(&format!(r#"{{"kyc":{{"attempts":[{attempts}]}}}}"#));
    assert_eq!((grade, subject.as_str(), path.as_str()), (Grade::Warning, "Not read", "kyc.attempts"));
}

#[test]
fn lists_count_with_what_was_not_read_of_them() {
    let matches = vec![r#"{"score":1}"#; 3_000].join(",");
    let json = format!(r#"{{"aml":{{"currentstatus":"Red Flag","matches":[{matches}]}}}}"#);
    let document = Document::parse_copy(json.as_bytes(), true);
    assert_eq!(findings(&document, Mask::None)[0].words.as_str(), "3000 matches");
    let ids = (0..3_000).map(|id| format!(r#""{id}""#)).collect::<Vec<_>>().join(",");
    let document = Document::parse_copy(format!(r#"{{"duplicated_users":[{ids}]}}"#).as_bytes(), true);
    assert_eq!(
        count_other_submissions(&document, "duplicated_users"),
        Some(OtherSubmissions { count: 3_000, is_unclear: false })
    );
}

#[test]
fn values_that_are_too_long_to_compare_are_a_finding_and_no_difference() {
    let (one_name, other) = ("Kim ".repeat(1_000), "KIM ".repeat(1_000));
    let json = format!(r#"{{"ocr":{{"fullName":"{one_name}"}},"data":{{"full_name":"{other}"}}}}"#);
    let (grade, subject, _) = one(&json);
    assert_eq!((grade, subject.as_str()), (Grade::Warning, "OCR"));
    let document = Document::parse_copy(json.as_bytes(), true);
    assert!(findings(&document, Mask::None)[0].words.as_str().contains("not compared"));
}

/// The finding about a subject: weight, values as sent, words.
fn about(json: &str, subject: &str) -> (Grade, Vec<String>, String) {
    let document = Document::parse_copy(json.as_bytes(), true);
    let found = findings(&document, Mask::None);
    let finding = found.iter().find(|finding| finding.subject.as_str() == subject);
    let finding = finding.unwrap_or_else(|| panic!("nothing about {subject} in {json}: {found:?}"));
    let value = |field: &Field<'_>| field.node().expose().unwrap_or("-").to_owned();
    (finding.grade, finding.values.iter().map(value).collect(), finding.words.as_str().to_owned())
}

#[test]
fn a_screening_that_was_sent_twice_says_so_and_stays_bad_where_a_value_is_bad() {
    let twice = "sent more than once, with different values: do not read it as clear";
    let (grade, values, words) = about(r#"{"aml":{"currentstatus":"Red Flag","currentstatus":"Not Screened"}}"#, "AML");
    assert_eq!((grade, values.join("|").as_str(), words.as_str()), (Grade::Alert, "Red Flag|Not Screened", twice));
    let (grade, values, words) = about(r#"{"aml":{"currentstatus":"Clear","currentstatus":"Not Screened"}}"#, "AML");
    assert_eq!((grade, values.join("|").as_str(), words.as_str()), (Grade::Alert, "Clear|Not Screened", twice));
    let json =
        r#"{"aml":{"currentstatus":"Red Flag","risk_level_summary":"LOW","risk_level_summary":"HIGH","matches":[{}]}}"#;
    let (grade, values, words) = about(json, "AML");
    assert_eq!((grade, values.join("|").as_str(), words.as_str()), (Grade::Alert, "Red Flag|LOW|HIGH", "1 match"));
    let json = r#"{"aml":{"currentstatus":"Red Flag","matches":[{},{}],"matches":[]}}"#;
    assert_eq!(about(json, "AML").2, "2 matches");
    for aml in [r#"[{"currentstatus":"Red Flag"}]"#, r#"{"currentstatus":"Red Flag"},"aml":null"#] {
        assert_eq!(about(&format!(r#"{{"aml":{aml}}}"#), "AML").0, Grade::Alert, "{aml}");
    }
}

#[test]
fn a_finding_says_which_result_it_is_about() {
    let check =
        |status: &str, hour: u8| format!(r#"{{"attemptStatus":"{status}","createTime":"2026-11-21T0{hour}:00:00Z"}}"#);
    let checks = |last: &str| format!(r#"{{"Injection_action":[{},{}]}}"#, check("fail", 8), check(last, 9));
    let (grade, values, words) = about(&checks("success"), "Address check");
    assert_eq!((grade, values.len()), (Grade::Note, 0), "the value would read as the result that counts");
    assert_eq!(words, "an earlier one failed, a later one passed");
    let (grade, values, words) = about(&checks("fail"), "Address check");
    assert_eq!((grade, values.join("|").as_str()), (Grade::Alert, "fail"));
    assert_eq!(words, "not passed", "the type and the reason of the check are not known");
    let ip = r#"{"attemptStatus":"success","createTime":"2026-11-21T07:00:00Z","ipVerification":{"status":"fail"}}"#;
    assert_eq!(about(&format!(r#"{{"Injection_action":[{ip}]}}"#), "IP check").2, "not passed");
    let (grade, _, words) = about(&format!(r#"{{"Injection_action":[{},{ip}]}}"#, check("success", 8)), "IP check");
    assert_eq!((grade, words.as_str()), (Grade::Note, "an earlier one failed, a later address check passed"));
    let (_, values, words) = about(r#"{"kyc":{"attempts":[{"idBarcodeResult":"fail"}]}}"#, "Attempt 1");
    assert_eq!((values.join("|").as_str(), words.as_str()), ("fail", "the result of the barcode check"));
    let (.., words) = about(r#"{"OCR_raw":{"a":{"accepted":false},"b":{"accepted":false}}}"#, "OCR");
    assert_eq!(words, "2 values read by the OCR, marked by ARGOS as not accepted");
    let (.., words) = about(r#"{"aml":{"currentstatus":"Not Screened","matches":[{}]}}"#, "AML");
    assert_eq!(words, "but the record has 1 match");
}

#[test]
fn an_unknown_status_hides_neither_its_level_nor_its_matches() {
    let json = r#"{"aml":{"currentstatus":"RedFlag","risk_level_summary":"HIGH","matches":[{"risk_level":"HIGH"}]}}"#;
    let (grade, values, words) = about(json, "AML");
    assert_eq!((grade, values.join("|").as_str()), (Grade::Alert, "RedFlag|HIGH"));
    assert_eq!(words, "not documented: do not read it as clear, 1 match");
}

#[test]
fn a_block_that_is_no_object_is_a_finding() {
    for (path, value) in [
        ("kyc", r#"[{"result":"rejected"}]"#),
        ("kyc", r#""rejected""#),
        ("OCR_raw", r#"[{"value":"x"}]"#),
        ("signals", r#"[{"faceAge":1}]"#),
        ("data", r#""x""#),
        ("ocr", "[1]"),
        ("review", "true"),
        ("memo", r#""x""#),
        ("image", "[1]"),
        ("updateHistory", "7"),
        ("project_options", "[1]"),
    ] {
        let (grade, subject, evidence) = one(&format!(r#"{{"{path}":{value}}}"#));
        assert_eq!((grade, subject.as_str(), evidence.as_str()), (Grade::Alert, "Unreadable", path), "{value}");
        for nothing in ["null", "{}", "[]", r#""""#] {
            assert!(found(&format!(r#"{{"{path}":{nothing}}}"#)).is_empty(), "{path} {nothing}");
        }
        let twice = format!(r#"{{"{path}":{value},"{path}":{{}}}}"#);
        assert_eq!(about(&twice, "Unreadable").0, Grade::Alert, "{twice}");
    }
    let (_, subject, evidence) = one(r#"{"signals":{"cameraProcessInfo":["idcard-front-upload"]}}"#);
    assert_eq!((subject.as_str(), evidence.as_str()), ("Unreadable", "signals.cameraProcessInfo[0]"));
}

#[test]
fn a_code_that_only_the_retry_has_is_the_error_of_its_attempt() {
    let retry = r#""retry":[{"type":"step1","retryCnt":1,"retryCode":"glare_detected"}]"#;
    let attempts = r#""attempts":[{"attemptCnt":1,"step1Time1st":"2026-11-21T09:14:05Z"}]"#;
    let (grade, subject, evidence) = one(&format!(r#"{{"kyc":{{{attempts},{retry}}}}}"#));
    assert_eq!((grade, subject.as_str(), evidence.as_str()), (Grade::Warning, "Attempt 1", "kyc.retry[0].retryCode"));
}

#[test]
fn only_unmatched_retries_without_a_code_are_counted_as_such() {
    let words = |retries: &str| {
        let json = format!(r#"{{"kyc":{{"attempts":[{{}}],"retry":[{retries}]}}}}"#);
        let document = Document::parse_copy(json.as_bytes(), true);
        let found = findings(&document, Mask::None).into_iter();
        let words: Vec<String> = found.map(|finding| finding.words.as_str().to_owned()).collect();
        words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>()
    };
    let coded = r#"{"retryCode":"glare_detected"}"#;
    let one = words(&format!(r#"{coded},{{"retryMessage":"x"}}"#));
    assert_eq!(one, ["1 retry without a code that matches no attempt in the record"]);
    let two = words(&format!(r#"{{"retryMessage":"x"}},{coded},{{"retryCode":""}}"#));
    assert_eq!(two, ["2 retries without a code that match no attempt in the record"]);
}

#[test]
fn errors_of_an_attempt_in_another_form_are_errors() {
    for (attempt, evidence) in [
        (r#""liveness":[{"error_code":"FACE_NOT_FOUND"}]"#, "liveness"),
        (r#""liveness":"FACE_NOT_FOUND""#, "liveness"),
        (r#""retryCode":["fake_id"],"retryCode":[]"#, "retryCode[0]"),
        (r#""errorCode":"x","errorCode":null"#, "errorCode"),
        (r#""liveness":{"error_code":"FACE_NOT_FOUND"},"liveness":{}"#, "liveness.error_code"),
    ] {
        let json = format!(r#"{{"kyc":{{"attempts":[{{{attempt}}}]}}}}"#);
        let found = found(&json);
        let evidence = format!("kyc.attempts[0].{evidence}");
        assert!(found.iter().any(|(_, subject, path)| subject == "Attempt 1" && *path == evidence), "{json} {found:?}");
    }
}

#[test]
fn a_data_center_is_found_however_it_is_written() {
    for kind in ["DataCenter", "Data Center", "data_center", "DATACENTER"] {
        assert_eq!(one(&format!(r#"{{"pre_verification":{{"connection_type":"{kind}"}}}}"#)).1, "Network", "{kind}");
    }
    assert!(found(r#"{"pre_verification":{"connection_type":"Mobile"}}"#).is_empty());
}

#[test]
fn others_are_counted_once_and_a_list_that_contradicts_itself_is_unclear() {
    let json = r#"{"submission_id":"a","duplicated_users":["b","b","b"]}"#;
    assert_eq!(about(json, "Duplicate data").2, "1 other submission");
    let json = r#"{"submission_id":"a","duplicated_users":["o"],"duplicated_users":[]}"#;
    assert_eq!(about(json, "Duplicate data").2, "1 other submission; sent more than once, with different values");
}

#[test]
fn a_webhook_with_other_values_is_found_unless_it_is_older() {
    let record = |times: &str, rest: &str| {
        format!(
            r#"{{"updated_at":"2026-11-20T01:00:00Z","email":"old@example.com","data":{{"full_name":"Ana Sample"}},"webhook_trigger":"updated"{times}{rest}}}"#
        )
    };
    let newer = r#","update_time":"2026-11-22T00:00:00Z""#;
    let older = r#","update_time":"2026-11-19T00:00:00Z""#;
    let words = |json: &str| {
        let document = Document::parse_copy(json.as_bytes(), true);
        let found = findings(&document, Mask::None).into_iter().find(|finding| finding.subject.as_str() == "Webhook");
        found.map(|finding| (finding.words.as_str().to_owned(), finding.evidence))
    };
    let said = |text: &str, evidence: &str| Some((text.to_owned(), evidence.to_owned()));
    let name = r#","full_name":"Anna Sample""#;
    let named = "has other values than the record: Full name";
    assert_eq!(words(&record(newer, name)), said(&format!("a newer webhook {named}"), "full_name"));
    assert_eq!(words(&record("", name)), said(&format!("a webhook {named}"), "full_name"));
    assert_eq!(words(&record(older, name)), None, "history");
    assert_eq!(words(&record(newer, r#","full_name":"ANA SAMPLE""#)), None, "equivalent");
    let list = |time: &str| format!(r#","earlier_webhooks":[{{"email":"new@example.com"{time}}}]"#);
    let (newer, older) = (list(newer), list(older));
    assert_eq!(
        words(&record("", &newer)),
        said("a newer webhook has other values than the record: E-mail", "earlier_webhooks[0].email")
    );
    assert_eq!(words(&record("", &older)), None);
    assert_eq!(words(&record("", &newer).replace("webhook_trigger", "x")), None, "no payload was joined");
}

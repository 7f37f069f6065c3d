use super::*;

/// Weight, subject and evidence of each finding.
fn found(json: &str) -> Vec<(Weight, String, String)> {
    let document = Document::read(json.as_bytes(), true);
    let each = findings(&document, Mask::None).into_iter();
    each.map(|finding| (finding.weight, finding.subject.as_str().to_owned(), finding.evidence)).collect()
}

fn one(json: &str) -> (Weight, String, String) {
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
    let weights: Vec<Weight> = found.iter().map(|(weight, ..)| *weight).collect();
    assert_eq!(weights, [Weight::Bad, Weight::Warn, Weight::Note]);
}

#[test]
fn a_red_flag_is_found_in_any_case() {
    let flag = one(r#"{"aml":{"currentstatus":"red flag","matches":[{}]}}"#);
    assert_eq!((flag.0, flag.2.as_str()), (Weight::Bad, "aml"));
}

#[test]
fn screening_that_cannot_be_read_is_not_clear() {
    assert_eq!(one(r#"{"aml":{"currentstatus":"All good"}}"#).0, Weight::Warn);
    assert_eq!(one(r#"{"aml":{"currentstatus":{"x":1}}}"#).0, Weight::Warn);
    assert_eq!(one(r#"{"aml":{"matches":[{}]}}"#).0, Weight::Bad);
    for aml in [r#""Red Flag""#, r#""Not Screened""#, "true", "0", r#"[{"currentstatus":"Red Flag"}]"#] {
        assert_eq!(one(&format!(r#"{{"aml":{aml}}}"#)), (Weight::Warn, "AML".to_owned(), "aml".to_owned()), "{aml}");
    }
    assert_eq!(one(r#"{"aml":{"risk_level_summary":"HIGH"}}"#).2, "aml.risk_level_summary");
    assert_eq!(one(r#"{"aml":{"currentstatus":"Not Screened","matches":[{}]}}"#).0, Weight::Bad);
    assert_eq!(one(r#"{"aml":{"currentstatus":"Not Screened","risk_level_summary":"HIGH"}}"#).0, Weight::Warn);
}

#[test]
fn a_submission_is_not_its_own_duplicate() {
    assert!(found(r#"{"submission_id":"a","duplicated_users":["a"]}"#).is_empty());
    assert_eq!(one(r#"{"submission_id":"a","duplicated_selfie_users":["a","b"]}"#).2, "duplicated_selfie_users");
}

#[test]
fn errors_of_attempts_weigh_less_once_the_submission_is_approved() {
    let attempts = r#""attempts":[{"retryCode":["liveness_error"]},{"livenessScore":90}]"#;
    let rejected = one(&format!(r#"{{"kyc":{{"result":"rejected",{attempts}}}}}"#));
    assert_eq!(rejected, (Weight::Warn, "Attempt 1".to_owned(), "kyc.attempts[0].retryCode[0]".to_owned()));
    assert_eq!(one(&format!(r#"{{"kyc":{{"result":"approved",{attempts}}}}}"#)).0, Weight::Note);
}

#[test]
fn checks_that_failed_are_found() {
    assert_eq!(one(r#"{"bank_verification":{"result":"fail"}}"#).0, Weight::Bad);
    assert_eq!(one(r#"{"Injection_action":{"attemptStatus":"fail"}}"#).0, Weight::Bad);
    assert_eq!(one(r#"{"Injection_action":[{"attemptStatus":"success"},{"attemptStatus":"x"}]}"#).0, Weight::Bad);
    assert_eq!(one(r#"{"pre_verification":[{"is_valid":false}]}"#).0, Weight::Bad);
    assert_eq!(one(r#"{"pre_verification":{"attempts_frequency":"VeryFrequent"}}"#).0, Weight::Warn);
    let ages = |rest: &str| {
        one(&format!(r#"{{"verification":{{"faceAge":[{{"conditionResults":[{{"finalResult":false}}{rest}}}]}}}}"#)).0
    };
    assert_eq!(ages("]"), Weight::Bad);
    assert_eq!(ages(r#",{"finalResult":true}],"logicalOperators":["and"]"#), Weight::Bad);
    assert_eq!(ages(r#",{"finalResult":true}],"logicalOperators":["or"]"#), Weight::Warn);
    assert_eq!(
        one(r#"{"signals":{"cameraProcessInfo":[{"type":"idcard-front-upload","error":null}]}}"#).0,
        Weight::Warn
    );
    assert_eq!(one(r#"{"OCR_raw":{"number":{"accepted":false},"name":{"accepted":true}}}"#).2, "OCR_raw.number");
    assert_eq!(one(r#"{"data":{"age_group":"teen"}}"#).0, Weight::Warn);
}

#[test]
fn an_id_that_had_expired_is_found_by_the_two_dates() {
    let id =
        |expiry: &str| format!(r#"{{"created_at":"2026-03-01T10:00:00Z","data":{{"idcard_expireDate":"{expiry}"}}}}"#);
    assert_eq!(one(&id("2026-02-28")).0, Weight::Warn);
    assert!(found(&id("2026-03-01")).is_empty());
    assert!(found(&id("someday")).is_empty());
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
        let (weight, subject, path) = one(&of(person));
        assert_eq!((weight, subject.as_str(), path.as_str()), (Weight::Note, "Person", "kyc.result"), "{person}");
    }
    assert!(found(&of(r#""email":"a@example.com""#)).is_empty());
    let listed = Document::read(of(r#""data":{}"#).as_bytes(), false);
    assert!(findings(&listed, Mask::None).is_empty(), "a list answer leaves out what it likes");
}

#[test]
fn a_repeated_key_is_told_in_bounded_words_and_leads_to_itself() {
    let key = "k".repeat(900);
    let json = format!(r#"{{"{key}":{{{}"a":1}}}}"#, r#""a":1,"#.repeat(5_000));
    let document = Document::read(json.as_bytes(), true);
    let found = findings(&document, Mask::None);
    let [only] = found.as_slice() else { panic!("{} findings", found.len()) };
    assert!(only.words.as_str().len() < 400, "{}", only.words.as_str());
    assert!(only.words.as_str().ends_with("nobody can tell"));
    assert_eq!(document.text(&only.evidence), Some("1"));
    assert_eq!(one(r#"{"a.b":{"c":1,"c":1}}"#).2, r#"["a.b"].c"#, "the path is one that leads there");
}

#[test]
fn reject_codes_lead_to_what_they_are_about() {
    let document =
        Document::read(br#"{"kyc":{"attempts":[{}]},"data":{"date_of_birth":""},"ocr":{"birthDate":"x"}}"#, true);
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
    let document = Document::read(json.as_bytes(), true);
    let findings = findings(&document, Mask::None);
    let finding = findings.iter().find(|finding| finding.subject.as_str() == "OCR").expect("a finding about the OCR");
    assert_eq!(finding.words.as_str(), "2 fields differ: Gender, Document number");
    assert_eq!((finding.weight, finding.evidence.as_str()), (Weight::Warn, "OCR_raw.gender.value"));
}

#[test]
fn what_was_not_read_is_a_finding_so_that_nothing_reads_as_clean() {
    let zeros = vec!["0"; 300_000].join(",");
    let (weight, subject, path) = one(&format!(r#"{{"aml":{{"raw_data":[{zeros}]}}}}"#));
    assert_eq!((weight, subject.as_str(), path.as_str()), (Weight::Note, "Not read", "aml.raw_data"));
    let attempts = vec![r#"{"attemptCnt":1}"#; 2_000].join(",");
    let (weight, subject, path) = one(&format!(r#"{{"kyc":{{"attempts":[{attempts}]}}}}"#));
    assert_eq!((weight, subject.as_str(), path.as_str()), (Weight::Warn, "Not read", "kyc.attempts"));
}

#[test]
fn lists_count_with_what_was_not_read_of_them() {
    let matches = vec![r#"{"score":1}"#; 3_000].join(",");
    let json = format!(r#"{{"aml":{{"currentstatus":"Red Flag","matches":[{matches}]}}}}"#);
    let document = Document::read(json.as_bytes(), true);
    assert_eq!(findings(&document, Mask::None)[0].words.as_str(), "3000 matches");
    let ids = vec![r#""an-id""#; 3_000].join(",");
    let document = Document::read(format!(r#"{{"duplicated_users":[{ids}]}}"#).as_bytes(), true);
    assert_eq!(others(&document, "duplicated_users"), Some(3_000));
}

#[test]
fn values_that_are_too_long_to_compare_are_a_finding_and_no_difference() {
    let (one_name, other) = ("Kim ".repeat(1_000), "KIM ".repeat(1_000));
    let json = format!(r#"{{"ocr":{{"fullName":"{one_name}"}},"data":{{"full_name":"{other}"}}}}"#);
    let (weight, subject, _) = one(&json);
    assert_eq!((weight, subject.as_str()), (Weight::Warn, "OCR"));
    let document = Document::read(json.as_bytes(), true);
    assert!(findings(&document, Mask::None)[0].words.as_str().contains("not compared"));
}

//! The judgement of each check, and that findings and rows say the same.

use super::cases::CHECKS;
use super::*;
use crate::submission::findings::{Grade, findings};
use crate::submission::read;
use crate::submission::row::Column;
use crate::text::Mask;

fn opened(json: &str) -> Document {
    Document::parse_copy(json.as_bytes(), true)
}

/// Returns the one result that a record has for a check, or that it has no result.
fn judged(document: &Document, kind: CheckKind) -> Judgement {
    let assessment = Assessment::of(document);
    let results: Vec<&CheckResult<'_>> = assessment.results(kind).collect();
    assert!(results.len() <= 1, "{results:?}");
    results.first().map_or(Judgement::Absent, |result| result.judgement)
}

#[test]
fn a_check_is_what_its_documented_word_in_its_place_says() {
    for check in CHECKS {
        for (json, judgement) in check.records() {
            assert_eq!(judged(&opened(&json), check.kind), judgement, "{json:.200}");
        }
    }
}

#[test]
fn whatever_is_not_passed_or_unclear_is_a_finding_and_nothing_else_is() {
    for check in CHECKS {
        for (json, judgement) in check.records() {
            let document = opened(&json);
            let found: Vec<_> = findings(&document, Mask::None)
                .into_iter()
                .filter(|finding| !["Repeated", "Not read", "Hidden text"].contains(&finding.subject.as_str()))
                .collect();
            assert_eq!(found.len(), usize::from(judgement.is_doubtful()), "{json:.200} {found:?}");
            let words = found.iter().map(|finding| finding.words.as_str());
            let is_unclear = words.filter(|words| *words == "no clear result").count() > 0;
            let is_attempt = check.path.starts_with("kyc.");
            assert!(is_attempt || is_unclear == (judgement == Judgement::Unclear), "{json:.200} {found:?}");
        }
    }
}

#[test]
fn what_stands_where_a_record_belongs_is_unclear_and_never_absent() {
    for (kind, path) in [
        (CheckKind::PreVerification, "pre_verification"),
        (CheckKind::Injection, "Injection_action"),
        (CheckKind::Bank, "bank_verification"),
        (CheckKind::FaceAge, "verification"),
    ] {
        for value in [r#""success""#, "true", "17", r#"["success"]"#, r#"[[{"result":"success"}]]"#] {
            let json = format!(r#"{{"{path}":{value}}}"#);
            assert_eq!(judged(&opened(&json), kind), Judgement::Unclear, "{json}");
        }
        let lists = ["[null]", "[{}]"].into_iter().filter(|_| path != "verification");
        for value in ["null", "{}", "[]"].into_iter().chain(lists) {
            let json = format!(r#"{{"{path}":{value}}}"#);
            assert_eq!(judged(&opened(&json), kind), Judgement::Absent, "{json}");
        }
        for other in ["null", "{}", r#""x""#] {
            let json = format!(r#"{{"{path}":{{"result":"success","is_valid":true}},"{path}":{other}}}"#);
            assert_eq!(judged(&opened(&json), kind), Judgement::Unclear, "{json}");
        }
    }
}

#[test]
fn records_that_were_not_read_count_as_unclear() {
    let records = vec![r#"{"is_valid":true}"#; 1_500].join(",");
    let document = opened(&format!(r#"{{"pre_verification":[{records}]}}"#));
    let assessment = Assessment::of(&document);
    let last = assessment.results(CheckKind::PreVerification).last().expect("results");
    assert_eq!((last.judgement, last.count, last.evidence.path()), (Judgement::Unclear, 500, "pre_verification"));
}

#[test]
fn a_result_sent_too_often_to_be_read_each_time_is_unclear() {
    let copies = r#","is_valid":true"#.repeat(20);
    let beside = vec!["0"; 300_000].join(",");
    let json = format!(r#"{{"aml":{{"raw_data":[{beside}]}},"pre_verification":{{"is_valid":false{copies}}}}}"#);
    assert_eq!(judged(&opened(&json), CheckKind::PreVerification), Judgement::Unclear);
}

#[test]
fn scores_alone_judge_nothing_and_errors_and_codes_do() {
    let of = |attempt: &str, kind| judged(&opened(&format!(r#"{{"kyc":{{"attempts":[{attempt}]}}}}"#)), kind);
    let scores = r#"{"livenessScore":99,"faceSimilarityScore":99,"liveness":{"score":8.1}}"#;
    for kind in [CheckKind::Liveness, CheckKind::Face] {
        assert_eq!(of(scores, kind), Judgement::Unclear, "no limit is documented");
        assert_eq!(of("{}", kind), Judgement::Absent);
    }
    let failed = r#"{"liveness":{"error_code":"FACE_NOT_FOUND"},"retryCode":["face_compare_underscore"]}"#;
    assert_eq!(
        (of(failed, CheckKind::Liveness), of(failed, CheckKind::Face)),
        (Judgement::NotPassed, Judgement::NotPassed)
    );
    assert_eq!(of(r#"{"retryCode":"liveness_fail","livenessScore":12}"#, CheckKind::Liveness), Judgement::NotPassed);
    let document = opened(r#"{"id_LivenessScore":{"Screen_play":98.5}}"#);
    assert_eq!(judged(&document, CheckKind::IdLiveness), Judgement::Unclear);
}

/// Screenings in every shape, with what they say.
fn screenings() -> Vec<(&'static str, Screening)> {
    vec![
        ("{}", Screening::Missing),
        (r#"{"aml":null}"#, Screening::Missing),
        (r#"{"aml":{}}"#, Screening::Missing),
        (r#"{"aml":{"currentstatus":null}}"#, Screening::Missing),
        (r#"{"aml":{"currentstatus":""}}"#, Screening::Missing),
        (r#"{"aml":{"matches":[{}]}}"#, Screening::Missing),
        (r#"{"aml":{"currentstatus":"RED FLAG"}}"#, Screening::RedFlag),
        (r#"{"aml":{"currentstatus":"not screened","matches":[]}}"#, Screening::NotScreened),
        (r#"{"aml":{"currentstatus":"Not Screened "}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":"Clear"}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":[]}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":{}}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":["Not Screened"]}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":false}}"#, Screening::Unknown),
        (r#"{"aml":"Not Screened"}"#, Screening::Unknown),
        (r#"{"aml":[]}"#, Screening::Unknown),
        (r#"{"aml":""}"#, Screening::Unknown),
        (r#"{"aml":[{"currentstatus":"Not Screened"}]}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":"Not Screened","matches":[{}]}}"#, Screening::NotScreened),
        (r#"{"aml":{"currentstatus":"Red Flag","matches":[{}],"matches":[]}}"#, Screening::RedFlag),
        (r#"{"aml":{"currentstatus":"Red Flag","currentstatus":"Not Screened"}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":"Not Screened","currentstatus":null}}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":"Not Screened","matches":[{}],"matches":[]}}"#, Screening::Unknown),
        (
            r#"{"aml":{"currentstatus":"Not Screened","risk_level_summary":"High","risk_level_summary":"Low"}}"#,
            Screening::Unknown,
        ),
        (r#"{"aml":{"currentstatus":"Not Screened"},"aml":null}"#, Screening::Unknown),
        (r#"{"aml":{"currentstatus":"Not Screened"},"aml":{}}"#, Screening::Unknown),
        (
            r#"{"aml":{"currentstatus":"Not Screened","matches":[{}]},"aml":{"currentstatus":"Not Screened"}}"#,
            Screening::Unknown,
        ),
        (r#"{"aml":{"currentstatus":"Not Screened"},"aml":{"currentstatus":"Not Screened"}}"#, Screening::NotScreened),
    ]
}

#[test]
fn a_screening_is_what_the_whole_record_says_and_the_row_says_the_same() {
    for (json, screening) in screenings() {
        let aml = opened(json);
        assert_eq!(AmlAssessment::of(&aml).screening, screening, "{json}");
        let row = read::row(json.as_bytes(), true);
        let said = row.cell(Column::Aml).text().map_or(Screening::Missing, Screening::read);
        let is_unannounced = AmlAssessment::of(&aml).has_unannounced_matches();
        assert_eq!(said, if is_unannounced { Screening::Unknown } else { screening }, "{json}");
        let grades: Vec<Grade> = findings(&aml, Mask::None)
            .iter()
            .filter(|finding| finding.subject.as_str() == "AML")
            .map(|finding| finding.grade)
            .collect();
        let is_quiet = !is_unannounced && matches!(screening, Screening::NotScreened | Screening::Missing);
        assert_eq!(grades.is_empty(), is_quiet, "{json}");
    }
}

#[test]
fn a_status_is_the_same_in_the_row_as_in_the_whole_record() {
    for kyc in [
        r#"{"result":"approved"}"#,
        r#"{"result":"Rejected"}"#,
        r#"{"result":"approved "}"#,
        r#"{"result":null}"#,
        r#"{"result":"approved","result":"rejected"}"#,
        r#"{"result":"approved","result":null}"#,
        r#"{"result":"approved"},"kyc":null"#,
        r#"{"result":"approved"},"kyc":{"comment":"x"}"#,
        r#""approved""#,
        r#"["approved"]"#,
        r#"{"result":["approved"]}"#,
        r#"{"result":{}}"#,
    ] {
        let json = format!(r#"{{"kyc":{kyc}}}"#);
        let row = read::row(json.as_bytes(), true);
        let said = row.cell(Column::Status).text().map_or(KycStatus::Missing, KycStatus::read);
        let status = match KycStatus::of(&opened(&json)) {
            KycStatus::Contradictory => KycStatus::Unknown,
            status => status,
        };
        assert_eq!(said, status, "{json}");
    }
}

#[test]
fn parts_of_a_screening_that_do_not_go_together_are_named() {
    let conflicts = |aml: &str| AmlAssessment::of(&opened(&format!(r#"{{"aml":{aml}}}"#))).conflicts();
    assert_eq!(conflicts(r#"{"currentstatus":"Red Flag"}"#), [AmlConflict::NoMatch]);
    assert_eq!(conflicts(r#"{"currentstatus":"Not Screened","matches":[{"score":99}]}"#), [AmlConflict::Matches]);
    for level in ["\"High\"", "\"new\"", "[]"] {
        let aml = format!(r#"{{"currentstatus":"Not Screened","risk_level_summary":{level}}}"#);
        assert_eq!(conflicts(&aml), [AmlConflict::Level], "{level}");
    }
    let higher = r#"{"currentstatus":"Red Flag","risk_level_summary":"Low","matches":[{"risk_level":"HIGH"}]}"#;
    assert_eq!(conflicts(higher), [AmlConflict::HigherMatch]);
    assert_eq!(conflicts(r#"{"currentstatus":"Not Screened","risk_level_summary":"not screened"}"#), []);
}

#[test]
fn matches_that_were_not_fetched_are_not_absent() {
    let of = |aml: &str, whole: bool| {
        let document = Document::parse_copy(format!(r#"{{"submission_id":"a","aml":{aml}}}"#).as_bytes(), whole);
        let aml = AmlAssessment::of(&document);
        (aml.knows_matches, aml.conflicts())
    };
    let flag = r#"{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}"#;
    assert_eq!(of(flag, false), (false, vec![]));
    assert_eq!(of(flag, true), (true, vec![AmlConflict::NoMatch]));
    assert_eq!(of(r#"{"currentstatus":"Red Flag","matches":[]}"#, false), (true, vec![AmlConflict::NoMatch]));
}

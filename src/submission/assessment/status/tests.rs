//! What reads as a verdict, and what only looks like one.

use proptest::prelude::*;

use super::*;
use crate::submission::read;
use crate::submission::row::Column;
use argos_testkit::long_run::cases;

fn verdict(json: &str) -> KycStatus {
    KycStatus::of(&Document::parse_copy(json.as_bytes(), true))
}

#[test]
fn the_documented_words_are_read_in_any_case() {
    assert_eq!(verdict(r#"{"kyc":{"result":"approved"}}"#), KycStatus::Approved);
    assert_eq!(verdict(r#"{"kyc":{"result":"Rejected"}}"#), KycStatus::Rejected);
    assert_eq!(verdict(r#"{"kyc":{"result":"PENDING"}}"#), KycStatus::Pending);
    assert_eq!(verdict(r#"{"kyc":{"result":"incomplete"}}"#), KycStatus::Incomplete);
}

#[test]
fn nothing_malformed_reads_as_an_approval() {
    for json in [
        r#"{"kyc":{"result":["approved"]}}"#,
        r#"{"kyc":{"result":{"approved":true}}}"#,
        r#"{"kyc":{"result":true}}"#,
        r#"{"kyc":{"result":"approved "}}"#,
        r#"{"kyc":{"result":"аpproved"}}"#,
        r#"{"kyc":"approved"}"#,
        r#"{"kyc":{"result":"rejected","result":"approved"}}"#,
        r#"{"kyc":{"result":"rejected"},"kyc":{"result":"approved"}}"#,
        "approved",
    ] {
        assert_ne!(verdict(json), KycStatus::Approved, "{json}");
    }
    assert_eq!(verdict(r#"{"kyc":{"result":"rejected"},"kyc":{"result":"approved"}}"#), KycStatus::Contradictory);
}

#[test]
fn nothing_is_no_verdict() {
    for json in ["{}", r#"{"kyc":{}}"#, r#"{"kyc":{"result":null}}"#, r#"{"kyc":{"result":""}}"#] {
        assert_eq!(verdict(json), KycStatus::Missing, "{json}");
    }
}

#[test]
fn of_several_kyc_objects_one_that_says_nothing_leaves_the_verdict_open() {
    let sound = r#"{"result":"approved"}"#;
    for other in ["null", "{}", r#""rejected""#, "[]", r#"{"comment":"x"}"#, r#"{"result":null}"#] {
        for kyc in [format!(r#""kyc":{sound},"kyc":{other}"#), format!(r#""kyc":{other},"kyc":{sound}"#)] {
            assert_eq!(verdict(&format!("{{{kyc}}}")), KycStatus::Contradictory, "{kyc}");
        }
    }
    assert_eq!(
        verdict(&format!(r#"{{"kyc":{sound},"kyc":{sound}}}"#)),
        KycStatus::Approved,
        "twice the same is the same"
    );
}

#[test]
fn what_stands_where_the_object_belongs_is_unknown() {
    for kyc in [r#""approved""#, "true", "1", r#"[{"result":"approved"}]"#, r#"["approved"]"#] {
        assert_eq!(verdict(&format!(r#"{{"kyc":{kyc}}}"#)), KycStatus::Unknown, "{kyc}");
    }
}

#[test]
fn a_judging_field_sent_twice_with_different_values_has_no_text() {
    let text = |json: &str, path: &str| Document::parse_copy(json.as_bytes(), true).text(path).map(str::to_owned);
    for (json, path) in [
        (r#"{"kyc":{"result":"rejected","result":"approved"}}"#, "kyc.result"),
        (r#"{"aml":{"currentstatus":"Red Flag","currentstatus":"Not Screened"}}"#, "aml.currentstatus"),
        (r#"{"aml":{"currentstatus":"Red Flag"},"aml":{"currentstatus":"Not Screened"}}"#, "aml.currentstatus"),
        (r#"{"aml":{"matches":[{}],"matches":[],"currentstatus":"Not Screened"}}"#, "aml.currentstatus"),
        (r#"{"pre_verification":[{"is_valid":false,"is_valid":true}]}"#, "pre_verification[0].is_valid"),
        (r#"{"OCR_raw":{"blood":{"accepted":false,"accepted":true}}}"#, "OCR_raw.blood.accepted"),
    ] {
        assert_eq!(text(json, path), None, "{json}");
        let document = Document::parse_copy(json.as_bytes(), true);
        assert!(document.field(path).unwrap().value().is_some(), "it is shown all the same: {json}");
    }
    assert_eq!(text(r#"{"kyc":{"result":"approved","result":"approved"}}"#, "kyc.result"), Some("approved".to_owned()));
    let elsewhere = r#"{"email":"a","email":"b","kyc":{"result":"approved"}}"#;
    assert_eq!(text(elsewhere, "kyc.result"), Some("approved".to_owned()));
    assert_eq!(text(elsewhere, "email"), Some("b".to_owned()), "what judges nothing is read as JavaScript reads it");
}

#[test]
fn what_stands_within_the_place_of_a_verdict_is_none_itself() {
    for (json, path) in [
        (r#"{"kyc":{"result":["approved"]}}"#, "kyc.result[0]"),
        (r#"{"kyc":{"attempts":[{"ocrResult":{"ocrResult":"success"}}]}}"#, "kyc.attempts[0].ocrResult.ocrResult"),
        (r#"{"bank_verification":[[{"result":"success"}]]}"#, "bank_verification[0][0].result"),
        (r#"{"pre_verification":{"is_valid":[[true]]}}"#, "pre_verification.is_valid[0][0]"),
    ] {
        let document = Document::parse_copy(json.as_bytes(), true);
        let field = document.field(path).unwrap();
        assert_eq!(field.text(), None, "{json}");
        assert!(field.value().is_some(), "it is shown all the same: {json}");
    }
    let sound = Document::parse_copy(br#"{"bank_verification":[{"result":"success","bank_code":["x"]}]}"#, true);
    assert_eq!(sound.text("bank_verification[0].result"), Some("success"));
    assert_eq!(sound.text("bank_verification[0].bank_code[0]"), Some("x"));
}

/// Texts that are, nearly are, or are not a verdict, and anything else at all.
const VALUES: [&str; 28] = [
    r#""approved""#,
    r#""Approved""#,
    r#""APPROVED""#,
    r#""appro\u0076ed""#,
    r#""approvedd""#,
    r#""approve""#,
    r#""approved ""#,
    r#"" approved""#,
    r#""approved\n""#,
    r#""approved\u0000""#,
    r#""approved\u200b""#,
    r#""\ufeffapproved""#,
    r#""approved\ud800""#,
    r#""ａｐｐｒｏｖｅｄ""#,
    r#""аpproved""#,
    r#""not approved""#,
    r#""approved, rejected""#,
    r#""rejected""#,
    r#""""#,
    "null",
    "true",
    "1",
    "1e999",
    "[]",
    r#"["approved"]"#,
    r#"[["approved"]]"#,
    r#"{"result":"approved"}"#,
    r#"{"approved":true}"#,
];

/// How many of [`VALUES`] are the word itself.
const SOUND: usize = 4;

#[derive(Clone, Debug)]
enum Kyc {
    /// An object with these results, which are places in [`VALUES`].
    Object(Vec<usize>),
    /// Something else in its place.
    Other(usize),
}

impl Kyc {
    fn written(&self, key: &str) -> String {
        match self {
            Self::Object(results) => {
                let results = results.iter().map(|at| format!(r#""{key}":{}"#, VALUES[*at]));
                format!("{{{}}}", results.collect::<Vec<_>>().join(" , "))
            }
            Self::Other(at) => VALUES[*at].to_owned(),
        }
    }
}

/// Whether the service said `approved`, and nothing else, in the one place for it.
fn is_sound(kycs: &[Kyc]) -> bool {
    let mut values: Vec<usize> = Vec::new();
    for kyc in kycs {
        match kyc {
            Kyc::Object(results) if !results.is_empty() => values.extend(results),
            // What is in its place may be an object with just that member.
            Kyc::Other(at) if VALUES[*at] == r#"{"result":"approved"}"# => values.push(0),
            _ => return false,
        }
    }
    // The fourth is the first, written with an escape.
    let said = |at: usize| if at == 3 { 0 } else { at };
    values.first().is_some_and(|first| *first < SOUND && values.iter().all(|at| said(*at) == said(*first)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(5_000, 10_000_000)))]

    #[test]
    fn only_the_word_itself_in_its_place_and_never_against_another_reads_as_an_approval(
        kycs in prop::collection::vec(
            prop_oneof![
                4 => prop::collection::vec(prop_oneof![0..SOUND, 0..VALUES.len()], 0..3).prop_map(Kyc::Object),
                1 => (0..VALUES.len()).prop_map(Kyc::Other),
            ],
            0..3,
        ),
        key in prop::sample::select(vec!["result", "res\\u0075lt"]),
        before in prop::sample::select(vec!["", r#""data":{"result":"approved"},"#, r#""result":"approved","#]),
        whole: bool,
    ) {
        let members: Vec<String> = kycs.iter().map(|kyc| format!(r#""kyc":{}"#, kyc.written(key))).collect();
        let json = format!(r#"{{{before}"submission_id":"a"{}{}}}"#, if members.is_empty() { "" } else { "," }, members.join(","));
        let sound = is_sound(&kycs);
        let document = Document::parse_copy(json.as_bytes(), whole);
        prop_assert_eq!(KycStatus::of(&document) == KycStatus::Approved, sound, "{}", &json);
        let row = read::row(json.as_bytes(), whole);
        let status = row.cell(Column::Status).text().unwrap_or_default();
        prop_assert_eq!(status.eq_ignore_ascii_case("approved"), sound, "{}", &json);
        let text = document.text("kyc.result").unwrap_or_default();
        prop_assert!(sound || !text.eq_ignore_ascii_case("approved"), "{}", &json);
    }
}

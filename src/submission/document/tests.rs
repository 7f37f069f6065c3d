use std::collections::HashSet;

use super::*;
use crate::submission::masking;
use crate::text::{Class, Mask};

fn document(json: &str) -> Document {
    Document::parse_copy(json.as_bytes(), true)
}

#[test]
fn fields_are_found_by_path() {
    let document = document(r#"{"kyc":{"attempts":[{"errorCode":"A"},{"errorCode":"B"}]}}"#);
    assert_eq!(document.text("kyc.attempts[1].errorCode"), Some("B"));
    assert_eq!(document.text("kyc.attempts[2].errorCode"), None);
    assert_eq!(
        masking::label(&document.field("kyc.attempts[1].errorCode").unwrap(), Mask::None).as_str(),
        "Error code"
    );
}

#[test]
fn one_or_many_read_alike() {
    let one = document(r#"{"pre_verification":{"fraud_score":3}}"#);
    let many = document(r#"{"pre_verification":[{"fraud_score":3}]}"#);
    for document in [one, many] {
        let each = document.field("pre_verification").unwrap().elements();
        assert_eq!(masking::label(&each[0].child("fraud_score").unwrap(), Mask::None).as_str(), "Fraud score");
    }
}

#[test]
fn identity_values_stay_masked_where_they_are_repeated() {
    let document = document(r#"{"data":{"identityNumber":"900101-1234567"},"memo":{"text":"900101-1234567"}}"#);
    let memo = document.field("memo.text").unwrap().value().unwrap();
    assert!(!memo.masked(Mask::Ids).as_str().contains("900101"));
}

#[test]
fn undocumented_fields_are_masked_by_their_names() {
    let document = document(r#"{"new_passport_no":"M12345678","new_thing":"abcdefgh"}"#);
    assert_eq!(document.field("new_passport_no").unwrap().class(), Class::Identity);
    assert_eq!(document.field("new_thing").unwrap().class(), Class::Personal);
}

#[test]
fn ocr_items_take_their_class_from_their_names() {
    let document = document(r#"{"OCR_raw":{"license_number":{"value":"AB12345678","score":3}}}"#);
    assert_eq!(document.field("OCR_raw.license_number.value").unwrap().class(), Class::Identity);
    assert_eq!(document.field("OCR_raw.license_number.score").unwrap().class(), Class::Open);
}

/// A key that is most of an answer, and many values below it.
fn hostile(value: &str) -> String {
    format!(r#"{{"{}":{{{}"z":0}}}}"#, "k".repeat(900), format!(r#""a":{value},"#).repeat(5_000))
}

#[test]
fn of_repeated_keys_no_paths_are_kept() {
    let document = document(&hostile("1"));
    assert_eq!(document.repeated.as_ref().map(Vec::len), Some(2));
    assert_eq!(document.repeated().unwrap().path().len(), 902);
}

#[test]
fn a_walk_has_one_path_for_all_values() {
    let document = document(&hostile("1"));
    let (mut places, mut values) = (HashSet::new(), 0);
    document.root().for_each_scalar(&mut |field| {
        places.insert(field.path().as_ptr());
        values += 1;
    });
    assert_eq!(values, 5_001);
    assert!(places.len() <= 2, "{} paths", places.len());
}

#[test]
fn a_walk_tells_paths_that_lead_to_the_values() {
    let document = document(r#"{"a.b":[{"":1},[2,{"c":3}]],"d":{"e":4,"f\"[0]":5},"g":null,"h":{},"i":[]}"#);
    let mut paths = Vec::new();
    document.root().for_each_scalar(&mut |field| {
        let found = document.field(field.path()).unwrap();
        assert!(std::ptr::eq(found.node(), field.node()), "{}", field.path());
        paths.push(field.path().to_owned());
    });
    assert_eq!(paths, [r#"["a.b"][0][""]"#, r#"["a.b"][1][0]"#, r#"["a.b"][1][1].c"#, "d.e", r#"d["f\"[0]"]"#, "g"]);
}

#[test]
fn a_deletion_and_identities_are_found_below_long_keys() {
    let document = document(&hostile(r#""Deleted Submission""#).replace("\"z\":0", r#""passport":{"x":["M1234567"]}"#));
    assert_eq!(document.path_of_deletion().map(str::len), Some(902));
    assert!(document.masked.len() > 0);
}

#[test]
fn debug_shows_no_value() {
    // Every value holds the canary, with a documented identity field among them.
    let json = r#"{"created_at":"CANARY","data":{"identityNumber":"CANARY-1234567","full_name":"CANARY"},"memo":{"text":"CANARY-1234567"},
        "ocr":{"identityNumber":"CANARY-7654321"},"review":{"fullName":"CANARY"},"OCR_raw":{"number":{"value":"CANARY"}},
        "kyc":{"result":"CANARY","result":"CANARY","attempts":[{"attemptCnt":"CANARY","step1Time1st":"CANARY","errorCode":"CANARY"}],
        "retry":[{"retryCode":"CANARY"},"CANARY"]},"aml":{"currentstatus":"CANARY"},"new":["CANARY"],
        "signals":{"cameraProcessInfo":[{"type":"CANARY","processStartTime":"CANARY","error":"CANARY"}]}}"#;
    let other = json.replace("CANARY", "CANARY 2");
    let (single, list) = (document(json), Document::parse_copy(other.as_bytes(), false));
    let mut shown = format!("{single:?}{list:#?}{:?}", single.root());
    single
        .root()
        .for_each_scalar(&mut |field| shown += &format!("{field:?}{field:#?}{:?}{:?}", field.value(), field.node()));
    shown += &format!("{:?}", crate::submission::attempts::Attempts::of(&single));
    shown += &format!("{:?}", crate::submission::timeline::Timeline::of(&single));
    shown += &format!("{:?}", crate::submission::answers::Differences::of(&list, &single));
    shown += &format!("{:?}", crate::submission::undocumented::Undocumented::of(&single));
    shown += &format!("{:?}", crate::submission::findings::findings(&single, Mask::None));
    shown += &format!("{:?}", crate::submission::provenance::Provenance::of(&single, Mask::None));
    assert!(!shown.contains("CANARY") && !shown.contains("1234567"), "{shown}");
    assert!(shown.contains("masked: ") && shown.contains(r#"Field("kyc.attempts[0].errorCode": text)"#), "{shown}");
}

#[test]
fn a_field_is_called_by_the_last_key_of_its_path() {
    let document = document(r#"{"a.b":[[1],{"c[0]":2}],"new":{"list":[3]},"kyc":{"commentCode":["x"]},"":[4]}"#);
    for (path, label) in [
        (r#"["a.b"]"#, "a.b"),
        (r#"["a.b"][0]"#, "a.b[0]"),
        (r#"["a.b"][0][0]"#, "a.b[0][0]"),
        (r#"["a.b"][1]["c[0]"]"#, "c[0]"),
        ("new.list[0]", "list[0]"),
        ("kyc.commentCode[0]", "Reject code"),
        (r#"[""][0]"#, "[0]"),
    ] {
        assert_eq!(masking::label(&document.field(path).unwrap(), Mask::None).as_str(), label, "{path}");
    }
}

/// A submission that is too large to be opened whole, with `last` as its last members.
fn large(bulk: &str, last: &str) -> Document {
    document(&format!(r#"{{"x":[{}],{bulk},{last}}}"#, vec!["0"; 300_000].join(",")))
}

#[test]
fn what_repeats_an_identity_number_that_was_not_read_is_masked_too() {
    let deep = format!(r#""deep":{}{{"passport_x":["M1234567"]}}{}"#, "[".repeat(300), "]".repeat(300));
    for bulk in [
        r#""new_passport":"M1234567""#.to_owned(),
        r#""new":{"a":[{"passport":{"b":"M1234567"}}]}"#.to_owned(),
        format!(r#""{}":{{"passport":"M1234567"}}"#, "k".repeat(2_000)),
        deep,
    ] {
        let document = large(&bulk, r#""userid":"M1234567","tokenId":"other-1""#);
        assert!(!document.is_read_whole() && document.reads_documented());
        let class = |path: &str| document.field(path).unwrap().class();
        assert_eq!((class("userid"), class("tokenId")), (Class::Identity, Class::Open), "{bulk}");
    }
}

#[test]
fn of_more_identity_numbers_than_are_kept_any_value_may_be_one() {
    let numbers: Vec<String> = (0..110_000).map(|at| format!(r#""passport number {at}""#)).collect();
    let document = large(&format!(r#""passports":[{}]"#, numbers.join(",")), r#""userid":"whatever","reviewer":"ai""#);
    let class = |path: &str| document.field(path).unwrap().class();
    assert_eq!((class("userid"), class("reviewer")), (Class::Identity, Class::Open), "too short to be told again");
}

#[test]
fn a_deletion_is_found_in_what_was_not_read() {
    let document = large(r#""new":"Deleted Submission""#, r#""userid":"x""#);
    assert!(document.path_of_deletion().is_some());
}

#[test]
fn what_was_not_opened_has_no_text_and_is_no_element() {
    let ids = vec![r#""an-id""#; 3_000].join(",");
    let document =
        document(&format!(r#"{{"duplicated_users":[{ids}],"memo":{{"text":"{}"}}}}"#, "a\\n".repeat(600_000)));
    let list = document.field("duplicated_users").unwrap();
    assert_eq!((list.elements().len(), list.node().count()), (1_000, 3_000));
    let memo = document.field("memo.text").unwrap();
    assert!(memo.text().is_none() && !memo.is_empty());
    assert!(document.reads_all("kyc.attempts") && !document.reads_all("memo") && !document.reads_all("memo.text"));
    assert!(!document.reads_documented());
    assert_eq!(document.unparsed_words(), "duplicated_users (2,000 of 3,000 elements, 0.1 MB), memo.text (1.8 MB)");
}

#[test]
fn a_question_that_was_not_read_hides_its_answer() {
    let form = |label: &str| format!(r#""form":{{"value":"AB-CDE","label":"{label}"}}"#);
    let deep = |form: &str| format!(r#""deep":{}{{{form}}}{}"#, "[".repeat(200), "]".repeat(200));
    let class = |bulk: &str| {
        let document = large(bulk, r#""userid":"ab cde","tokenId":"other-1""#);
        ["userid", "tokenId"].map(|path| document.field(path).unwrap().class())
    };
    assert_eq!(class(&form("Passport number")), [Class::Identity, Class::Open]);
    assert_eq!(class(&form("Colour")), [Class::Personal, Class::Open]);
    assert_eq!(class(&deep(&form("Colour"))), [Class::Identity, Class::Open], "nobody looks for questions there");
    // Of one object the answer is read and the question is not.
    let escaped = r"\u00e9".repeat(200_000);
    let document = document(&format!(r#"{{"x":{{"value":"AB-CDE","label":"{escaped}"}}}}"#));
    assert_eq!(document.field("x.value").unwrap().class(), Class::Identity);
}

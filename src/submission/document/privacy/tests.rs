use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::submission::row::Column;
use crate::submission::{classes, classes_together, fields, masking, write};
use crate::text::Mask;
use Class::{Identity, Open, Personal, Unread};

fn document(json: &str) -> Document {
    Document::parse_copy(json.as_bytes(), true)
}

#[track_caller]
fn class(json: &str, path: &str) -> Class {
    document(json).field(path).unwrap_or_else(|| panic!("{path} in {json}")).class()
}

#[test]
fn a_documented_field_has_the_class_of_the_table_wherever_its_value_is_written() {
    let mut json = serde_json::Map::new();
    for (path, ..) in fields::FIELDS {
        let path = path.replace("OCR_raw.*", "OCR_raw.name").replace('*', "some");
        let mut at = &mut json;
        let (above, key) = path.rsplit_once('.').unwrap_or(("", &path));
        for key in above.split('.').filter(|key| !key.is_empty()) {
            let next = at.entry(key).or_insert_with(|| serde_json::json!({}));
            if !next.is_object() {
                *next = serde_json::json!({});
            }
            at = next.as_object_mut().unwrap();
        }
        at.entry(key).or_insert_with(|| serde_json::json!("x"));
    }
    let document = document(&serde_json::Value::Object(json).to_string());
    for (path, _, class, _) in fields::FIELDS {
        let path = path.replace("OCR_raw.*", "OCR_raw.name").replace('*', "some");
        assert_eq!(document.field(&path).unwrap().class(), class, "{path}");
    }
}

#[test]
fn items_of_the_ocr_are_as_private_as_what_they_go_with() {
    for (item, wanted) in [
        ("name_eng", Personal),
        ("firstName", Personal),
        ("birth_date", Personal),
        ("address", Personal),
        ("gender", Open),
        ("nationality", Open),
        ("issueDate", Open),
        ("expire_date", Open),
        ("typeOfPermit", Open),
        ("rotate", Open),
        ("number", Identity),
        ("documentNumber", Identity),
        ("license_number", Identity),
        ("curpNumber", Identity),
        ("serial_number", Identity),
        ("mrz1", Identity),
        ("name_chn", Personal),
        ("authority", Personal),
    ] {
        assert_eq!(
            class(&format!(r#"{{"OCR_raw":{{"{item}":{{"value":"ab"}}}}}}"#), &format!("OCR_raw.{item}.value")),
            wanted
        );
        assert_eq!(
            class(&format!(r#"{{"OCR_raw":{{"{item}":"ab"}}}}"#), &format!("OCR_raw.{item}")),
            wanted,
            "{item} bare"
        );
    }
    let more = r#"{"OCR_raw":{"number":{"score":99,"original":"AB"},"mrz1":{"score":12345,"accepted":true},"other":{"value":"AB123456"}}}"#;
    assert_eq!(class(more, "OCR_raw.number.score"), Open);
    assert_eq!(class(more, "OCR_raw.number.original"), Identity);
    assert_eq!(class(more, "OCR_raw.mrz1.score"), Open);
    assert_eq!(class(more, "OCR_raw.other.value"), Identity, "by its digits");
}

#[test]
fn an_undocumented_value_is_hidden_for_its_name_or_its_digits() {
    let sent = r#"{"data":{"rrn":"AB","new":"ab","visits":"2026-11-21","height":171.55},"passport":{"of":["x"]},
        "newCardNo":7,"plain":"900101-1234567","small":1234,"big":9001011234567,"seen":"2026-11-21T09:00:00Z",
        "photo":"https://example.com/900101","flag":true,"documentFlag":false,"identityNumber":{"a":"b"}}"#;
    for (path, wanted) in [
        ("data.rrn", Identity),
        ("data.new", Personal),
        ("data.visits", Personal),
        ("data.height", Personal),
        ("passport.of[0]", Identity),
        ("newCardNo", Identity),
        ("plain", Identity),
        ("small", Personal),
        ("big", Identity),
        ("seen", Personal),
        ("photo", Personal),
        ("flag", Personal),
        ("documentFlag", Identity),
        ("identityNumber.a", Identity),
    ] {
        assert_eq!(class(sent, path), wanted, "{path}");
    }
    let held = r#"{"data":{"identityNumber":{"value":"x"},"full_name":{"value":"x"}},"kyc":{"result":{"value":"x"}}}"#;
    assert_eq!(class(held, "data.identityNumber.value"), Identity, "what is in a number is a number");
    assert_eq!(class(held, "data.full_name.value"), Personal);
    assert_eq!(class(held, "kyc.result.value"), Personal);
}

#[test]
fn the_question_of_a_form_tells_what_its_answer_is() {
    let form = |question: &str| {
        format!(
            r#"{{"additional_list":[{{"answer":"Hobby","inputValue":"AB"}},{{"blockType":"t","answer":"{question}","inputValue":"AB"}}]}}"#
        )
    };
    for question in ["Passport number", "your ID", "여권번호", "MRZ", "Número de documento"] {
        let sent = form(question);
        assert_eq!(class(&sent, "additional_list[1].inputValue"), Identity, "{question}");
        assert_eq!(class(&sent, "additional_list[0].inputValue"), Personal);
        assert_eq!(class(&sent, "additional_list[1].answer"), Open, "the question itself is shown");
        assert_eq!(class(&sent, "additional_list[1].blockType"), Open);
    }
    assert_eq!(class(&form("Nickname"), "additional_list[1].inputValue"), Personal);
    let digits = r#"{"additional_list":{"answer":"Nickname","inputValue":"kim 90-01-01"}}"#;
    assert_eq!(class(digits, "additional_list.inputValue"), Identity, "one instead of a list, by its digits");
    let others = r#"{"aml":{"raw_data":{"ids":0,"docs":[{"type":"passport","value":"AB","country":"KOR"}]}},"form":{"label":"SSN","text":["x"]}}"#;
    assert_eq!(class(others, "aml.raw_data.docs[0].value"), Identity);
    assert_eq!(class(others, "aml.raw_data.docs[0].country"), Personal);
    assert_eq!(class(others, "form.text[0]"), Identity);
    assert_eq!(class(others, "form.label"), Personal);
    // Of a repeated form nobody can tell which one a path means: either question counts.
    let twice = r#"{"additional_list":[{"answer":"SSN","inputValue":"x"}],"additional_list":[{"answer":"Hobby","inputValue":"x"}]}"#;
    assert_eq!(class(twice, "additional_list[0].inputValue"), Identity);
}

#[test]
fn a_repeated_value_is_as_private_as_where_it_belongs() {
    let sent = r#"{"submission_id":"s1","userid":"9001011234567","tokenId":"900101 1234567","data":{"identityNumber":"900101-1234567",
        "full_name":"Kim Minjun","cf1":"900101.1234567","date_of_birth":"1990-01-01","phoneNumber":"010-1234"},
        "kyc":{"comment":["KIM MIN-JUN","1990-01-01","ok"],"commentCode":["９００１０１１２３４５６７"]},
        "memo":{"text":"9001011234567"},"new":{"a":["900101-1234567"]},"created_at":"1990-01-01T00:00:00Z","ocr":{"issueDate":"1990-01-01"}}"#;
    for path in ["userid", "tokenId", "data.cf1", "kyc.commentCode[0]", "memo.text", "new.a[0]"] {
        assert_eq!(class(sent, path), Identity, "{path}");
    }
    for (path, wanted) in [
        ("kyc.comment[0]", Personal),
        ("kyc.comment[1]", Personal),
        ("kyc.comment[2]", Open),
        ("ocr.issueDate", Open),
        ("created_at", Open),
    ] {
        assert_eq!(class(sent, path), wanted, "{path}");
    }
}

#[test]
fn words_times_and_scores_are_never_hidden_for_being_repeated() {
    let sent = r#"{"data":{"cf1":"approved","cf2":"too_many_retry","cf3":"passport","full_name":"Red Flag","idType":"passport",
        "identityNumber":"2026-11-21T09:00:00Z","documentNumber":"87.50123","gender":"female","first_name":"Female"},
        "new":true,"kyc":{"result":"approved","commentCode":["too_many_retry"],"attempts":[{"livenessScore":8750123}]},
        "aml":{"currentstatus":"Red Flag"},"created_at":"2026-11-21T09:00:00Z","argos_score":"87.50123","pre_verification":{"is_valid":true}}"#;
    for path in [
        "kyc.result",
        "kyc.commentCode[0]",
        "aml.currentstatus",
        "created_at",
        "argos_score",
        "data.idType",
        "data.gender",
        "kyc.attempts[0].livenessScore",
        "pre_verification.is_valid",
    ] {
        assert_eq!(class(sent, path), Open, "{path}");
    }
    let other = r#"{"data":{"identityNumber":"AB-1234567"},"created_at":"AB1234567","argos_score":"ab1234567"}"#;
    assert_eq!(
        (class(other, "created_at"), class(other, "argos_score")),
        (Identity, Identity),
        "what is no time is hidden"
    );
}

#[test]
fn an_id_of_the_service_is_shown_wherever_no_documented_field_holds_it() {
    let sent = |name: &str| {
        format!(
            r#"{{"submission_id":"s1234567","aml":{{"matches":[{{"resource_id":"R-1234567"}}],"raw_data":{{"resource_id":"R-1234567","R1234567":{{}}}}}},
            "data":{{"full_name":"{name}"}},"new":"s1234567"}}"#
        )
    };
    let plain = sent("Kim");
    for path in ["submission_id", "aml.matches[0].resource_id", "aml.raw_data.resource_id", "new"] {
        assert_eq!(class(&plain, path), Open, "{path}");
    }
    let named = sent("R 1234567");
    assert_eq!(class(&named, "aml.matches[0].resource_id"), Personal);
    assert_eq!(class(&named, "aml.raw_data.resource_id"), Identity);
}

#[test]
fn what_was_not_opened_or_is_too_long_is_hidden_whole() {
    let long = format!(
        r#"{{"kyc":{{"comment":"{}"}},"x":{}"900101-1234567"{}}}"#,
        "a ".repeat(40_000),
        "[".repeat(140),
        "]".repeat(140)
    );
    let document = document(&long);
    assert_eq!(document.field("kyc.comment").unwrap().class(), Unread);
    for mask in [Mask::Ids, Mask::All] {
        let written = write::compact(&document.root(), mask);
        assert!(!written.contains("900101") && !written.contains("4567") && !written.contains("a a"), "{written}");
        let raw = Document::parse_copy(b"no json 900101-1234567", true);
        assert_eq!(write::compact(&raw.root(), mask), format!("\"{}\"", "•".repeat(22)));
        assert!(masking::hides_any(&raw.root(), mask));
    }
    assert!(write::compact(&document.root(), Mask::None).contains("900101-1234567"));
}

#[test]
fn keys_are_hidden_where_they_hold_data() {
    let sent = r#"{"data":{"full_name":"Hongmin"},"by_person":{"Kim Minjun":{"a":1},"kim@example.com":2,"이름":3,"hongmin":4,"plain_key":5,
        "900101-1234567":{"b":{"c":6}}},"passports":{"AB12":7},"OCR_raw":{"Lee Sample":{"value":"x","coordinates":{"first":{"x":1}}}}}"#;
    let document = document(sent);
    let key = |path: &str, mask| masking::key(&document.field(path).unwrap(), mask).as_str().to_owned();
    for (path, ids, all) in [
        (r#"by_person.Kim Minjun"#, "Kim Minjun", "••••••••••"),
        (r#"by_person["kim@example.com"]"#, "kim@example.com", "•••••••••••••••"),
        ("by_person.이름", "이름", "••"),
        ("by_person.hongmin", "hongmin", "•••••••"),
        ("by_person.plain_key", "plain_key", "plain_key"),
        ("by_person.900101-1234567", "••••••••••4567", "••••••••••4567"),
        ("passports.AB12", "••••", "••••"),
        ("OCR_raw.Lee Sample", "Lee Sample", "••••••••••"),
        ("OCR_raw.Lee Sample.value", "value", "value"),
        ("OCR_raw.Lee Sample.coordinates.first", "first", "first"),
        ("data.full_name", "full_name", "full_name"),
    ] {
        assert_eq!((key(path, Mask::Ids), key(path, Mask::All)), (ids.to_owned(), all.to_owned()), "{path}");
        assert_eq!(masking::path(&document.field(path).unwrap(), Mask::None), path);
    }
    let deep = document.field("by_person.900101-1234567.b.c").unwrap();
    assert_eq!(masking::path(&deep, Mask::Ids), "by_person.••••••••••4567.b.c");
    let written = write::compact(&document.root(), Mask::All);
    for canary in ["Minjun", "kim@", "이름", "ongmin", "900101", "AB12", "Lee"] {
        assert!(!written.contains(canary), "{canary} in {written}");
    }
    assert!(written.contains(r#""plain_key":"#) && written.contains(r#""OCR_raw":"#), "{written}");
    assert_eq!(write::compact(&document.root(), Mask::None), sent.replace("\n        ", ""));
}

#[test]
fn a_cell_is_as_private_as_what_it_is_made_of() {
    let cell = |json: &str, column| classes(&document(json))[column as usize];
    assert_eq!(cell(r#"{"kyc":{"result":"approved","commentCode":["a","b"]}}"#, Column::RejectCode), Open);
    let number = r#""data":{"identityNumber":"900101-1234567"}"#;
    let repeated = |kyc: &str| format!(r#"{{{number},"kyc":{kyc}}}"#);
    assert_eq!(cell(&repeated(r#"{"commentCode":["900101-1234567"]}"#), Column::RejectCode), Identity);
    assert_eq!(
        cell(&repeated(r#"{"commentCode":["a","9001011234567"]}"#), Column::RejectCode),
        Unread,
        "the end would be all"
    );
    assert_eq!(
        cell(&repeated(r#"["900101-1234567"]"#), Column::Status),
        Identity,
        "what stands where an object belongs"
    );
    assert_eq!(cell(&repeated(r#"{"result":"approved","result":{"a b":"x"}}"#), Column::Status), Personal);
    assert_eq!(
        cell(&repeated(r#"{"attempts":[{"errorMsg":"900101-1234567"}]}"#), Column::Attempts),
        Open,
        "a number of them"
    );
    assert_eq!(cell(&repeated(r#"{"attempts":"900101-1234567"}"#), Column::Attempts), Identity);
    assert_eq!(cell(r#"{"data":"900101-1234567"}"#, Column::Name), Unread, "where one of several names belongs");
    let (list, single) = (r#"{"tokenId":"9001011234567"}"#, format!("{{{number}}}"));
    assert_eq!(cell(list, Column::Token), Open);
    let together = classes_together(&Bytes::from(list.to_owned()), &Bytes::from(single.to_owned()));
    assert_eq!(together[Column::Token as usize], Identity, "known once the full record is");
}

proptest! {
    #[test]
    fn a_walk_and_a_path_lead_to_one_class(
        keys in prop::collection::vec("OCR_raw|value|number|additional_list|answer|inputValue|data|kyc|result|idNo|[a-z_]{1,6}|[0-9]{6}|a b", 1..5),
        lists in prop::collection::vec(any::<bool>(), 5),
        text in "[0-9]{0,7}|[a-z]{0,6}|passport no",
    ) {
        let json = keys.iter().zip(lists).rev().fold(format!(r#""{text}""#), |inner, (key, list)| {
            let inner = if list { format!("[{inner}]") } else { inner };
            format!(r#"{{"{key}":{inner},"question":"passport no"}}"#)
        });
        let document = document(&json);
        let mut places = Vec::new();
        document.root().for_each_scalar(&mut |field| places.push((field.path().to_owned(), field.class())));
        for (path, class) in places {
            let field = document.field(&path).unwrap();
            prop_assert_eq!(field.class(), class, "{} in {}", path, json);
            // What is written and what is shown is the same.
            let shown = masking::masked(&field, Mask::Ids).unwrap_or_default();
            let written: serde_json::Value = serde_json::from_str(&write::compact(&field, Mask::Ids)).unwrap();
            prop_assert_eq!(written.as_str().unwrap_or_default(), shown.as_str());
        }
    }
}

use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;

use super::{FileFault, SubmissionFile};
use crate::api::{Item, NextPage, RecordAnswer};
use crate::submission::row::{Cell, Column, Row};
use crate::text::Class;

mod damage;

fn read(text: impl Into<Bytes>) -> Result<SubmissionFile, FileFault> {
    SubmissionFile::of_text("people.json", text.into(), Timestamp::UNIX_EPOCH)
}

fn items(text: impl Into<Bytes>) -> Vec<Item> {
    read(text).expect("a file").page(None).items
}

/// The ids of a file's rows; the reason of an unreadable row is in brackets.
fn ids(text: impl Into<Bytes>) -> Vec<String> {
    let id = |item: Item| match item {
        Item::Readable { id, .. } => id.into_string(),
        Item::Unreadable { reason, .. } => format!("[{}]", reason.words().as_str()),
    };
    items(text).into_iter().map(id).collect()
}

fn row(text: &str) -> Row {
    let [Item::Readable { row, .. }] = &items(text.to_owned())[..] else { panic!("one submission in {text}") };
    (**row).clone()
}

fn cell(text: &str, column: Column) -> Option<String> {
    match row(text).cell(column) {
        Cell::Text(text) => Some(text.to_owned()),
        Cell::Empty => Some(String::new()),
        Cell::NotFetched => None,
        Cell::Span(_) | Cell::Unclear => panic!("no text"),
    }
}

fn missing_reason(text: &str) -> Option<String> {
    match read(text.to_owned()).expect("a file").page(None).next {
        NextPage::FileInPart(why) => Some(why.as_str().to_owned()),
        NextPage::Last => None,
        _ => panic!("one page"),
    }
}

const A: &str = r#"{"submission_id":"a","kyc":{"result":"pending"},"data":{"name":"Ana"}}"#;
const B: &str = r#"{"submission_id":"b","kyc":{"result":"approved"},"data":{"name":"Bo"}}"#;

#[test]
fn every_format_is_recognised_by_its_content() {
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(A).unwrap()).unwrap();
    for text in [
        format!("{A}\n{B}\n"),
        format!("{A}\r\n\r\n{B}"),
        format!("\u{feff}{A}\n{B}"),
        format!("[{A},{B}]"),
        format!("[\n  {pretty},\n  {B}\n]\n"),
        format!("{A},\n{B},\n"),
        format!("{A}{B}"),
        format!("{pretty}\n{B}"),
        format!(r#"{{"Items":[{A},{B}]}}"#),
        format!(
            "{{\"Items\":[{A}],\"nextpageKey\":{{\"id\":\"a\",\"created_at\":\"2026-11-20T00:00:00Z\"}}}}\n{{\"Items\":[{}]}}",
            B.replacen('{', r#"{"created_at":"2026-11-19T00:00:00Z","#, 1)
        ),
        format!(r#"{{"response":{{"body":{{"Items":[{A},{B}]}}}}}}"#),
        format!("[[{A},{B}]]").replacen("[[", "[", 1).replacen("]]", "]", 1),
    ] {
        assert_eq!(ids(text.clone()), ["a", "b"], "{text}");
        assert_eq!(missing_reason(&text), None, "{text}");
    }
    assert_eq!(ids(A), ["a"]);
    for empty in ["", " \n", "[]", r#"{"Items":[]}"#, "\u{feff}"] {
        assert_eq!(ids(empty), [""; 0], "{empty:?}");
    }
}

#[test]
fn payloads_are_read_wrapped_or_not() {
    let payload = r#"{"submission_id":"a","kyc_result":{"status":"approved"}}"#;
    let quoted = serde_json::to_string(payload).unwrap();
    for text in [
        payload.to_owned(),
        format!(r#"{{"data":{payload}}}"#),
        format!(r#"{{"response":{{"body":{payload}}}}}"#),
        format!(r#"{{"body":{quoted}}}"#),
        format!(r#"{{"Message":{quoted},"Type":"Notification"}}"#),
        format!(r#"{{"response":{{"body":{quoted}}}}}"#),
        format!(r#"[{payload}]"#),
    ] {
        assert_eq!(ids(text.clone()), ["a"], "{text}");
        assert_eq!(cell(&text, Column::Status).as_deref(), Some("approved"), "{text}");
    }
}

#[test]
fn a_payload_fills_the_columns_that_it_tells_and_no_other() {
    let approved = r#"{"submission_id":"a","email":"ana@example.com","cf":{"cf1":"x"},"applicant_id":"p1",
        "webhook_trigger":"approved","userid":"u","tokenId":"t","ipAddress":"192.0.2.7","full_name":"Ana Sample",
        "date_of_birth":"1990-01-02","nationality":"KOR","idType":"passport","issuingCountry":"VNM","age_group":"adult",
        "kyc_result":{"status":"rejected","created_at":"2026-11-20T08:00:00Z","updated_at":"2026-11-20T09:00:00Z",
        "comment":"no","commentCode":"expired_id","reviewer":"system"}}"#;
    let known = [
        (Column::Status, "rejected"),
        (Column::Created, "2026-11-20T08:00:00Z"),
        (Column::Updated, "2026-11-20T09:00:00Z"),
        (Column::Email, "ana@example.com"),
        (Column::Name, "Ana Sample"),
        (Column::BirthDate, "1990-01-02"),
        (Column::Nationality, "KOR"),
        (Column::IdType, "passport"),
        (Column::IssuingCountry, "VNM"),
        (Column::AgeGroup, "adult"),
        (Column::UserId, "u"),
        (Column::Token, "t"),
        (Column::Applicant, "p1"),
        (Column::Ip, "192.0.2.7"),
    ];
    for (column, text) in known {
        assert_eq!(cell(approved, column).as_deref(), Some(text), "{column:?}");
    }
    assert_eq!(cell(approved, Column::Aml), None, "what a payload does not carry is not fetched");
    assert_eq!(cell(approved, Column::ArgosScore), None);
    let aml = r#"{"webhook_trigger":"aml","submission_id":"a","aml_result":{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}}"#;
    assert_eq!(cell(aml, Column::Aml).as_deref(), Some("Red Flag"));
    assert_eq!(cell(aml, Column::AmlLevel).as_deref(), Some("HIGH"));
    assert_eq!(cell(aml, Column::Status), None);
    let retry = r#"{"webhook_trigger":"retry","submission_id":"a","kyc_result":{"status":"incomplete"},"retryCode":"no_face","attempts":1}"#;
    assert_eq!(cell(retry, Column::Status).as_deref(), Some("incomplete"));
    assert!(row(retry).cell(Column::Attempts) == Cell::NotFetched, "one retry says nothing about the others");
    assert_eq!(cell(retry, Column::Retry).as_deref(), Some("no_face"));
    let updated = r#"{"webhook_trigger":"updated","submission_id":"a","admin":"ops@example.com","update_time":"2026-11-21T01:00:00Z",
        "data":{"update":["gender"],"kyc_result":"pending","pending_at":"2026-11-20T01:00:00Z"}}"#;
    assert_eq!(cell(updated, Column::Status).as_deref(), Some("pending"));
    assert_eq!(cell(updated, Column::Updated).as_deref(), Some("2026-11-21T01:00:00Z"));
}

#[test]
fn a_payload_adds_only_what_the_record_lacks_wherever_it_is() {
    let payload = r#"{"submission_id":"a","email":"new@example.com","kyc_result":{"status":"approved"},"aml_result":{"currentstatus":"Red Flag"}}"#;
    for text in [format!("{payload}\n{A}"), format!("{A}\n{payload}")] {
        assert_eq!(cell(&text, Column::Status).as_deref(), Some("pending"), "{text}");
        assert_eq!(cell(&text, Column::Name).as_deref(), Some("Ana"));
        assert_eq!(cell(&text, Column::Aml).as_deref(), Some("Red Flag"));
        assert_eq!(cell(&text, Column::Email).as_deref(), Some("new@example.com"));
    }
    let other = payload.replace("approved", "rejected");
    assert_eq!(cell(&format!("{payload}\n{other}"), Column::Status).as_deref(), Some("approved, rejected"));
}

#[test]
fn a_mask_hides_the_same_of_a_payload_as_of_a_record() {
    let hook =
        r#"{"webhook_trigger":"approved","submission_id":"a","ipAddress":"192.0.2.77","phoneNumber":"+1 555 0100"}"#;
    let later = r#"{"webhook_trigger":"aml","submission_id":"a","aml_result":{"currentstatus":"Red Flag"}}"#;
    for text in [hook.to_owned(), format!("{hook}\n{later}")] {
        assert_eq!(row(&text).class(Column::Ip), Column::Ip.class(), "{text}");
    }
    let number = hook.replace("phoneNumber", "documentNumber");
    assert_eq!(row(&number.replace("+1 555 0100", "192.0.2.77")).class(Column::Ip), Class::Identity);
}

#[test]
fn every_payload_of_a_submission_is_kept() {
    let approved = r#"{"webhook_trigger":"approved","submission_id":"a","kyc_result":{"status":"approved"}}"#;
    let aml = r#"{"webhook_trigger":"aml","submission_id":"a","aml_result":{"currentstatus":"Red Flag"}}"#;
    let raw = |text: &str| match items(text.to_owned()).remove(0) {
        Item::Readable { raw, .. } => serde_json::from_slice::<serde_json::Value>(&raw).expect("JSON"),
        Item::Unreadable { .. } => panic!("a submission"),
    };
    let both = raw(&format!("{approved}\n{aml}\n{approved}\n{aml}"));
    assert_eq!(both["webhook_trigger"], "aml");
    assert_eq!(
        both["earlier_webhooks"],
        serde_json::json!([serde_json::from_str::<serde_json::Value>(approved).expect("JSON")])
    );
    assert_eq!(both["kyc"]["result"], "approved");
    // An exported record keeps its list when a further payload is read.
    let retry = r#"{"webhook_trigger":"retry","submission_id":"a","retryCode":"no_face"}"#;
    let three = raw(&format!("{both}\n{retry}"));
    assert_eq!(three["webhook_trigger"], "retry");
    assert!(three["earlier_webhooks"].as_array().is_some_and(|all| all.len() == 2), "{three}");
}

#[test]
fn the_newest_record_of_an_id_wins() {
    let with = |status: &str, time: &str| {
        format!(r#"{{"submission_id":"a","kyc":{{"result":"{status}"}},"data":{{"name":"Ana"}}{time}}}"#)
    };
    let later = r#","updated_at":"2026-11-21T00:00:00Z""#;
    let earlier = r#","updated_at":"2026-11-20T00:00:00Z""#;
    for (first, second, wins) in [
        (with("pending", earlier), with("approved", later), "approved"),
        (with("approved", later), with("pending", earlier), "approved"),
    ] {
        assert_eq!(cell(&format!("{first}\n{second}"), Column::Status).as_deref(), Some(wins), "{first} {second}");
    }
    // A part of a submission does not hide its other parts.
    let part = r#"{"submission_id":"a","aml":{"currentstatus":"Red Flag"}}"#;
    for text in [format!("{A}\n{part}"), format!("{part}\n{A}")] {
        assert_eq!(cell(&text, Column::Name).as_deref(), Some("Ana"), "{text}");
        assert_eq!(cell(&text, Column::Aml).as_deref(), Some("Red Flag"), "{text}");
    }
}

#[test]
fn only_a_record_with_something_of_every_part_counts_as_a_full_record() {
    let full = r#"{"submission_id":"a","data":{"name":"Ana"},"kyc":{"result":"approved","attempts":[]},"aml":{"currentstatus":"Not Screened"},"ocr":{"fullName":"ANA"}}"#;
    assert!(row(full).carries_all());
    assert_eq!(cell(full, Column::Email).as_deref(), Some(""));
    for lacking in [
        full.replace(r#","attempts":[]"#, ""),
        full.replace(r#""aml":{"currentstatus":"Not Screened"},"#, ""),
        full.replace(r#"{"currentstatus":"Not Screened"}"#, "{}"),
        full.replace(r#","ocr":{"fullName":"ANA"}"#, ""),
        full.replace(r#""data":{"name":"Ana"},"#, ""),
        A.to_owned(),
    ] {
        assert!(!row(&lacking).carries_all(), "{lacking}");
        assert_eq!(cell(&lacking, Column::Email), None, "{lacking}");
    }
    // A payload brings an AML status, but never the matches.
    let no_aml = full.replace(r#""aml":{"currentstatus":"Not Screened"},"#, "");
    let hook = r#"{"webhook_trigger":"aml","submission_id":"a","aml_result":{"currentstatus":"Red Flag"}}"#;
    let inner = r#"{"webhook_trigger":"updated","submission_id":"a","data":{"aml_result":"Red Flag"}}"#;
    assert!([hook, inner].iter().all(|hook| !row(&format!("{no_aml}\n{hook}")).carries_all()));
    // A list record that is newer does not make the older full record unknown.
    let newer = A.replacen('{', r#"{"updated_at":"2026-11-20T00:00:00Z","#, 1);
    let older = full.replacen('{', r#"{"updated_at":"2026-11-19T00:00:00Z","#, 1);
    let both = format!("{older}\n{newer}");
    assert!(row(&both).carries_all());
    assert_eq!(cell(&both, Column::Status).as_deref(), Some("pending"));
}

#[test]
fn damage_costs_one_row_and_is_said() {
    assert_eq!(ids(format!("{A}\n{{\"submission_id\":\n{B}\n")), ["a", "[not JSON]", "b"]);
    assert_eq!(
        ids(format!("{A}\nnot json\n7\n\"text\"\n{B}")),
        ["a", "[not JSON]", "[not a JSON object]", "[not a JSON object]", "b"]
    );
    assert_eq!(
        ids(format!("{A}\n{{}}\n{{\"submission_id\":7}}")),
        ["a", "[no submission_id, or an empty one]", "[no submission_id, or an empty one]"]
    );
    let long = format!(r#"{{"submission_id":"{}"}}"#, "x".repeat(5_000));
    assert_eq!(ids(long), ["[submission_id longer than 4,096 bytes]"]);
    let damaged =
        [br#"{"submission_id":"c","email":"x"#.as_slice(), b"\xff\x01", br#"y"}"#, b"\n", A.as_bytes()].concat();
    let file = read(damaged).expect("a file");
    let page = file.page(None);
    assert!(page.repaired && page.items.len() == 2);
    assert!(
        matches!(file.record_with_id("c"), RecordAnswer::Repaired(_))
            && matches!(file.record_with_id("a"), RecordAnswer::Found(_))
    );
    assert!(matches!(file.record_with_id("z"), RecordAnswer::NotFound));
    for encrypted in [
        r#"{"data":"VTDVNV73zvavxDQCDENQYUNvxeLbLzyFVFfxz3cI3ZQ=","isEncrypted":true}"#,
        r#"{"response":{"body":"VTDVNV73zvavxDQCDENQYUNvxeLbLzyFVFfxz3cI3ZQ="}}"#,
        r#"{"data":"VTDVNV73zvavxDQCDENQYUNvxeLbLzyFVFfxz3cI3ZQ="}"#,
    ] {
        assert_eq!(ids(encrypted), ["[encrypted: decrypt it before opening the file]"]);
    }
}

/// A record of several lines.
const PRETTY: &str = r#"{
  "submission_id": "b",
  "kyc": {
    "result": "pending",
    "commentCode": [
      "expired_id"
    ]
  },
  "email": "bo@example.com"
}
"#;

#[test]
fn a_file_that_lacks_something_is_not_complete() {
    assert_eq!(missing_reason(&format!("{A}\n{}", B.split_at(30).0)).as_deref(), Some("file ends inside a record"));
    // A record of several lines that is cut off costs rows without an id, and is said as well.
    for pretty in [PRETTY.to_owned(), PRETTY.replace('\n', "\r\n")] {
        for end in 1..pretty.rfind('}').expect("an end") {
            let text = format!("{A}\n{}", pretty.split_at(end).0);
            assert_eq!(missing_reason(&text).as_deref(), Some("file ends inside a record"), "{text}");
        }
        assert_eq!((missing_reason(&pretty), ids(pretty)), (None, vec!["b".to_owned()]));
    }
    assert!(
        missing_reason(&format!("[{A},\n{}", PRETTY.split_at(40).0))
            .is_some_and(|why| why.starts_with("file ends inside a "))
    );
    let noise = "{\"x\":\n".repeat(9);
    assert!(missing_reason(&format!("{noise}{PRETTY}")).is_some_and(|why| why.starts_with("file ")));
    assert_eq!(missing_reason(&format!("[{A},{B}")).as_deref(), Some("file ends inside a list"));
    assert_eq!(ids(format!("[{A},{B}")), ["a", "b"]);
    assert_eq!(missing_reason(&format!("[{A},{{\"x\" {B}]")).as_deref(), Some("file damaged inside a list"));
    let next = r#""nextpageKey":{"id":"b","created_at":"2026"}"#;
    for text in [format!(r#"{{"Items":[{A}],{next}}}"#), format!("{{\"Items\":[{A},\nnul],{next}}}\n")] {
        assert!(missing_reason(&text).is_some_and(|why| why.starts_with("file ")), "{text}");
    }
    for open in [
        r#"{"Items":[A,B]"#,
        r#"{"Items":[A,B],"nextpa"#,
        "{\"Items\":[A,B]\n,\"nextpageKey\":{\"id\":\"x\",\"created_at\":\"y\"}",
        "{\"Items\":[A,B],\n\"nextpageKey\":{\"id\":\"x\",\"created_at\":\"y\"}",
        r#"{"Items":[B],"nextpageKey":"c"}"#,
        "{\"Items\":[A],\"nextpageKey\":{\"id\":\"a\",\"created_at\":\"x\"}}\n{\"Items\":[B]}",
    ] {
        let text = open.replace("[A", &format!("[{A}")).replace("B]", &format!("{B}]"));
        assert!(missing_reason(&text).is_some_and(|why| why.starts_with("file ")), "{text}");
    }
    for key in ["null", "{}"] {
        assert_eq!(missing_reason(&format!(r#"{{"Items":[{A}],"nextpageKey":{key}}}"#)), None);
    }
}

#[test]
fn what_cannot_hold_submissions_is_refused_by_name() {
    for (text, fault) in [
        (&b"created_at,submission_id\n2026,a\n"[..], FileFault::Csv),
        (b"\xef\xbb\xbf\"created_at\",\"submission_id\"\r\n2026,a\r\n", FileFault::Csv),
        (b"hello", FileFault::NotJson),
        (b"\x1f\x8b\x08\0", FileFault::Gzip),
        (b"\xff\xfe{\0}\0", FileFault::Utf16),
        (b"\x7fELF\x02\x01\0\0", FileFault::Binary),
    ] {
        let found = read(text.to_vec()).err();
        assert_eq!(found, Some(fault), "{}", String::from_utf8_lossy(text));
    }
    assert_eq!(read(format!("[{}]", vec!["0"; 1_000_002].join(","))).err(), Some(FileFault::TooMany(1_000_000)));
}

#[test]
fn hostile_texts_are_read_in_time() {
    let deep = format!(r#"{{"submission_id":"a","x":{}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(ids(deep), ["a"]);
    let number = format!(r#"{{"submission_id":"a","argos_score":{}}}"#, "9".repeat(100_000));
    assert_eq!(ids(number), ["a"]);
    let unclosed = "{\"x\":[\n".repeat(50_000);
    assert_eq!(ids(format!("{A}\n{unclosed}")).len(), 2_000, "the first page");
    let wrapped = format!("{}{A}{}", r#"{"data":"#.repeat(10_000), "}".repeat(10_000));
    assert_eq!(ids(wrapped), ["[no submission_id, or an empty one]"]);
    let concatenated = A.repeat(20_000);
    assert_eq!(ids(concatenated), ["a"]);
}

#[test]
fn pages_hold_every_row_once_and_the_file_keeps_its_order() {
    let lines: Vec<String> = (0..4_500).map(|at| format!(r#"{{"submission_id":"s{at}"}}"#)).collect();
    let file = read(lines.join("\n")).expect("a file");
    let (mut next, mut found) = (None, Vec::new());
    loop {
        let page = file.page(next.as_ref());
        found.extend(page.items.iter().filter_map(|item| item.id().map(str::to_owned)));
        match page.next {
            NextPage::More(cursor) => next = Some(cursor),
            NextPage::Last => break,
            _ => panic!("a complete file"),
        }
    }
    assert!(found.len() == 4_500 && found.iter().enumerate().all(|(at, id)| *id == format!("s{at}")));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(file) = read(bytes) {
            prop_assert!(file.page(None).items.len() <= file.len());
        }
    }

    #[test]
    fn almost_json_is_never_lost(
        pieces in proptest::collection::vec(proptest::sample::select(vec!["{", "}", "[", "]", ",", "\n", A, B, "\"", ":", "7", "{\"Items\":["]), 0..20)
    ) {
        let text = pieces.concat();
        if let Ok(file) = read(text.clone()) {
            let has_id = |id: &str| matches!(file.record_with_id(id), RecordAnswer::Found(_) | RecordAnswer::Repaired(_));
            // A line of its own is read, whatever is around it, unless it is inside of a larger value.
            for (line, id) in [(A, "a"), (B, "b")] {
                let alone = text.split('\n').any(|part| part == line);
                prop_assert!(!alone || has_id(id) || !file.is_empty(), "{text}");
            }
        }
    }
}

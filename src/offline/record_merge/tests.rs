use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::api::Item;
use crate::offline::SubmissionFile;
use crate::submission::row::{Cell, Column};

/// The text of a cell in the only row of a file with these lines.
fn cell(lines: &[&str], column: Column) -> String {
    let file = SubmissionFile::of_text("people.json", lines.join("\n").into(), Timestamp::UNIX_EPOCH).expect("a file");
    let items = file.page(None).items;
    let [Item::Readable { row, raw, .. }] = &items[..] else { panic!("one submission in {lines:?}") };
    assert!(serde_json::from_slice::<serde_json::Value>(raw).is_ok(), "{lines:?}");
    match row.cell(column) {
        Cell::Text(text) => text.to_owned(),
        _ => String::new(),
    }
}

/// The joined record of the only submission in a file with these lines.
fn joined(lines: &[&str]) -> String {
    let file = SubmissionFile::of_text("people.json", lines.join("\n").into(), Timestamp::UNIX_EPOCH).expect("a file");
    match &file.page(None).items[..] {
        [Item::Readable { raw, .. }] => String::from_utf8(raw.to_vec()).expect("text"),
        _ => panic!("one submission in {lines:?}"),
    }
}

/// Asserts that both orders of the two records have this status and AML status.
fn both_orders(one: &str, other: &str, status: &str, aml: &str) {
    for lines in [[one, other], [other, one]] {
        let mut found: Vec<String> = cell(&lines, Column::Status).split(", ").map(str::to_owned).collect();
        found.sort();
        assert_eq!(found.join(", "), status, "{lines:?}");
        assert_eq!(cell(&lines, Column::Aml), aml, "{lines:?}");
    }
}

fn record(members: &str) -> String {
    format!(r#"{{"submission_id":"a","created_at":"2026-11-01T00:00:00Z","data":{{"name":"Ana"}},{members}}}"#)
}

const APPROVED: &str = r#""kyc":{"result":"approved"}"#;
const REJECTED: &str = r#""kyc":{"result":"rejected","commentCode":["duplicate_user"]}"#;
const FLAG: &str = r#""aml":{"currentstatus":"Red Flag"}"#;

#[test]
fn a_part_and_a_list_record_are_joined_in_each_order() {
    let part = format!(r#"{{"submission_id":"a",{FLAG}}}"#);
    both_orders(&part, &record(APPROVED), "approved", "Red Flag");
    both_orders(&record(&format!("{APPROVED},{FLAG}")), &record(APPROVED), "approved", "Red Flag");
    both_orders(&format!(r#"{{"submission_id":"a",{REJECTED}}}"#), &record(APPROVED), "approved, rejected", "");
}

#[test]
fn an_empty_value_never_hides_one() {
    let full = record(&format!(r#"{REJECTED},{FLAG},"updated_at":"2026-11-20T00:00:00Z""#));
    for empty in ["null", "[]", "{}", r#"{"result":null,"currentstatus":""}"#, r#"" ""#, "[null]"] {
        let later = record(&format!(r#""kyc":{empty},"aml":{empty},"updated_at":"2026-11-21T00:00:00Z""#));
        both_orders(&full, &later, "rejected", "Red Flag");
    }
    both_orders(&full, r#"{"submission_id":"a","kyc":"x"}"#, "\"x\", rejected", "Red Flag");
    let hook = r#"{"submission_id":"a","aml_result":{"currentstatus":"Red Flag"}}"#;
    for empty in ["null", r#"{"currentstatus":null}"#] {
        both_orders(&record(&format!(r#"{APPROVED},"aml":{empty}"#)), hook, "approved", "Red Flag");
    }
}

#[test]
fn the_newest_known_time_of_a_record_decides_or_the_value_is_unclear() {
    let later = r#""updated_at":"2026-11-20T00:00:00Z""#;
    let earlier = r#""kyc_result_at":"2026-11-02T00:00:00Z""#;
    let [new, old] = [format!("{REJECTED},{later}"), format!("{APPROVED},{earlier}")].map(|members| record(&members));
    both_orders(&new, &old, "rejected", "");
    assert_eq!(cell(&[&new, &old], Column::RejectCode), "duplicate_user");
    let [new, old] = [format!("{APPROVED},{later}"), format!("{REJECTED},{earlier}")].map(|members| record(&members));
    both_orders(&new, &old, "approved", "");
    assert_eq!(cell(&[&new, &old], Column::RejectCode), "", "the code of the older result");
    for time in [
        r#""updated_at":"20261120""#,
        r#""updated_at":1795000000000"#,
        r#""updated_at":"2026-11-20T00:00:00Z","updated_at":"2025-11-20T00:00:00Z""#,
        r#""updated_at":null"#,
        r#""kyc_result_at":"2026-11-02T00:00:00Z""#,
    ] {
        both_orders(
            &record(&format!("{REJECTED},{time}")),
            &old.replace("rejected", "approved"),
            "approved, rejected",
            "",
        );
    }
}

#[test]
fn webhooks_are_ordered_by_time_and_not_by_place() {
    let hook = |trigger: &str, status: &str, time: &str| {
        format!(r#"{{"webhook_trigger":"{trigger}","submission_id":"a","kyc_result":{{"status":"{status}",{time}}}}}"#)
    };
    let created = r#""created_at":"2026-11-01T00:00:00Z""#;
    let rejected = hook("rejected", "rejected", &format!(r#"{created},"kyc_result_at":"2026-11-20T00:00:00Z""#));
    both_orders(&rejected, &hook("created", "incomplete", created), "rejected", "");
    both_orders(&rejected, &hook("approved", "approved", r#""updated_at":"2026-11-02T00:00:00Z""#), "rejected", "");
    both_orders(&rejected, &hook("approved", "approved", created), "approved, rejected", "");
    let aml = |word: &str| {
        format!(r#"{{"webhook_trigger":"aml","submission_id":"a","aml_result":{{"currentstatus":"{word}"}}}}"#)
    };
    let words = cell(&[&aml("Red Flag"), &aml("Not Screened")], Column::Aml);
    assert_eq!(words, "Red Flag, Not Screened");
}

#[test]
fn an_adverse_payload_makes_an_older_verdict_unclear() {
    let full =
        record(&format!(r#"{APPROVED},"aml":{{"currentstatus":"Not Screened"}},"updated_at":"2026-11-02T00:00:00Z""#));
    let hook = r#"{"submission_id":"a","aml_result":{"currentstatus":"Red Flag"},"kyc_result":{"status":"rejected"}}"#;
    both_orders(&full, hook, "approved, rejected", "Not Screened, Red Flag");
    let before = hook.replace(r#""rejected""#, r#""rejected","updated_at":"2026-11-01T00:00:00Z""#);
    both_orders(&full, &before, "approved", "Not Screened");
}

#[test]
fn a_payload_that_contradicts_itself_is_unclear() {
    let mixed = format!(r#"{{"submission_id":"a","kyc_result":{{"status":"rejected"}},{APPROVED}}}"#);
    assert_eq!(cell(&[&mixed], Column::Status), "rejected, approved");
    let exported = record(&format!(r#""aml_result":{{"currentstatus":"Red Flag"}},{APPROVED}"#));
    assert_eq!(cell(&[&exported], Column::Aml), "Red Flag");
    assert_eq!(cell(&[&exported], Column::Status), "approved");
}

#[test]
fn the_retries_of_all_payloads_are_kept() {
    let retry = |code: &str, time: &str| {
        format!(
            r#"{{"webhook_trigger":"retry","submission_id":"a","retryCode":"{code}","kyc_result":{{"updated_at":"{time}"}}}}"#
        )
    };
    let (first, second) = (retry("no_face", "2026-11-20T08:00:00Z"), retry("glare_detected", "2026-11-20T09:00:00Z"));
    let again = retry("no_face", "2026-11-20T10:00:00Z");
    for lines in [[&*first, &second, &again], [&again, &second, &first]] {
        assert_eq!(cell(&lines, Column::Retry), "no_face, glare_detected");
    }
    let known = record(r#""kyc":{"retry":[{"retryCode":"liveness_error"}]}"#);
    assert_eq!(cell(&[&first, &known, &second], Column::Retry), "liveness_error", "a record tells of all");
}

#[test]
fn no_value_of_a_payload_is_lost() {
    let known = record(r#""email":"old@example.com","userid":"u1""#);
    let same = r#"{"webhook_trigger":"retry","submission_id":"a","email":"old@example.com","kyc_result":{"status":"incomplete"}}"#;
    assert!(!joined(&[&known, same]).contains("earlier_webhooks"), "the record has its values");
    let other = same.replace("old@", "new@");
    for lines in [[&*known, &other], [&other, &known]] {
        let text = joined(&lines);
        assert!(text.contains(r#""earlier_webhooks":[{"#) && text.contains("new@example.com"), "{text}");
        assert_eq!(cell(&lines, Column::Email), "old@example.com");
    }
    let inner = r#"{"webhook_trigger":"updated","submission_id":"a","data":{"name":"Anna","update":["name"]}}"#;
    assert!(joined(&[&known, inner]).contains("Anna"));
}

#[test]
fn the_aml_result_in_the_block_data_is_read() {
    let hook = r#"{"webhook_trigger":"updated","submission_id":"a","data":{"aml_result":{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}}}"#;
    assert_eq!([Column::Aml, Column::AmlLevel].map(|column| cell(&[hook], column)), ["Red Flag", "HIGH"]);
    let bare = hook.replace(r#"{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}"#, r#""Red Flag""#);
    assert_eq!(cell(&[&bare], Column::Aml), "Red Flag");
}

#[test]
fn many_payloads_of_one_submission_take_no_time() {
    let lines: Vec<String> =
        (0..30_000).map(|n| format!(r#"{{"webhook_trigger":"x","submission_id":"a","k{n}":1}}"#)).collect();
    let text = Bytes::from(lines.join("\n"));
    let file = SubmissionFile::of_text("people.json", text, Timestamp::UNIX_EPOCH).expect("a file");
    let Item::Readable { raw, .. } = &file.page(None).items[0] else { panic!("a submission") };
    assert!(raw.windows(8).any(|text| text == b"\"k29999\""));
}

/// A random record or payload with a verdict, an empty one or none, and a time, an unreadable one or none.
fn fact() -> impl Strategy<Value = String> {
    let status = select(vec![r#""approved""#, r#""rejected""#, r#""pending""#, "null", r#""""#]);
    let aml = select(vec![
        "null",
        "[]",
        "{}",
        r#"{"currentstatus":"Red Flag"}"#,
        r#"{"currentstatus":"Not Screened"}"#,
        r#"{"currentstatus":null}"#,
    ]);
    let time = select(vec![
        "",
        r#","updated_at":"2026-11-20T00:00:00Z""#,
        r#","updated_at":"2026-11-21T00:00:00Z""#,
        r#","kyc_result_at":"2026-11-22T00:00:00Z""#,
        r#","updated_at":"soon""#,
    ]);
    (0..4_u8, status, aml, time).prop_map(|(kind, status, aml, time)| match kind {
        0 => format!(r#"{{"submission_id":"a","kyc_result":{{"status":{status}{time}}}}}"#),
        1 => format!(r#"{{"submission_id":"a","aml":{aml}{time}}}"#),
        2 => format!(r#"{{"submission_id":"a","kyc":{{"result":{status}}}{time}}}"#),
        _ => {
            format!(r#"{{"submission_id":"a","data":{{"name":"Ana"}},"kyc":{{"result":{status}}},"aml":{aml}{time}}}"#)
        }
    })
}

proptest! {
    /// The words of a verdict are the same in each order, and no rejection or Red Flag is lost unless a newer record has
    /// another verdict.
    #[test]
    fn the_order_of_a_file_decides_nothing(facts in prop::collection::vec(fact(), 2..6), moves in prop::collection::vec(any::<(Index, Index)>(), 1..6)) {
        let mut lines: Vec<&str> = facts.iter().map(String::as_str).collect();
        let words = |lines: &[&str], column| {
            let mut words: Vec<String> = cell(lines, column).split(", ").map(str::to_owned).collect();
            words.sort();
            words
        };
        let before = [Column::Status, Column::Aml].map(|column| words(&lines, column));
        for (from, to) in moves {
            let [from, to] = [from, to].map(|at| at.index(lines.len()));
            lines.swap(from, to);
        }
        prop_assert_eq!(&before, &[Column::Status, Column::Aml].map(|column| words(&lines, column)), "{:?}", lines);
        for (word, [status, aml]) in [("rejected", [true, false]), ("Red Flag", [false, true])] {
            let adverse: Vec<&&str> = lines.iter().filter(|line| line.contains(word)).collect();
            // Without a readable time, nothing supersedes a verdict.
            let is_timeless = |line: &&&str| !line.contains("2026-") ;
            if adverse.iter().any(is_timeless) {
                prop_assert!(!status || before[0].iter().any(|found| found == word), "{:?}", lines);
                prop_assert!(!aml || before[1].iter().any(|found| found == word), "{:?}", lines);
            }
        }
    }
}

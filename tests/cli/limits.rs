//! A limit changes no verdict and no mask: what is large or deep beside documented fields is left unread, and that is said.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::CallOutput;
use argos_testkit::call::run;
use argos_testkit::long_run::cases;
use argos_testkit::server::{TestServer, answer};

/// Runs calls of the binary against a service that answers everything with one body.
pub(crate) fn served(body: &str, calls: &[&[&str]]) -> Vec<CallOutput> {
    let bytes = answer(200, "Connection: close\r\n", body);
    let base = TestServer::sending(bytes).base();
    let variables = [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "CanaryKey7x"), ("COLUMNS", "120")];
    calls.iter().map(|call| run(call, &variables)).collect()
}

const FIELDS: &str = r#""data":{"full_name":"Kim Sample","identityNumber":"ABCPE1234F"},
    "ocr":{"serialNumber":"KIM-XY-77"},"kyc":{"result":"rejected"}"#;

/// One submission whose screening has raw data of that many zeros before its status.
fn screened(zeros: usize) -> String {
    let zeros = vec!["0"; zeros].join(",");
    format!(
        r#"{{"submission_id":"big1","created_at":"2026-03-05T09:00:00Z","aml":{{"raw_data":[{zeros}],"currentstatus":"Red Flag"}},{FIELDS}}}"#
    )
}

fn page(item: &str) -> String {
    format!(r#"{{"Items":[{item}]}}"#)
}

/// What no output at a mask level may hold.
fn assert_masked(ran: &CallOutput) {
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains("ABCPE1234F") && !text.contains("KIM-XY-77"), "{text}");
    }
}

#[test]
fn verdict_screening_and_masks_are_those_of_the_whole_record() {
    for zeros in [200_000, 300_000] {
        let body = page(&screened(zeros));
        let [text, json, csv, listed, counted] = &served(
            &body,
            &[
                &["show", "big1"],
                &["show", "big1", "--output", "json"],
                &["list", "status:rejected aml:red-flag", "--output", "csv"],
                &["list", "--all", "--output", "ndjson", "status:rejected"],
                &["stats", "--detail", "--output", "json"],
            ],
        )[..] else {
            panic!("a call is missing")
        };
        for ran in [text, json, csv, listed, counted] {
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert_masked(ran);
        }
        let summary = text.stdout.split("== Attempts ==").next().unwrap();
        assert!(summary.contains("rejected") && summary.contains("Red Flag"), "{summary}");
        assert!(!text.stdout.contains("No findings"), "{summary}");
        assert!(csv.stdout.contains("rejected") && csv.stdout.contains("Red Flag"), "{}", csv.stdout);
        for ran in [json, listed] {
            let item: Value = serde_json::from_str(&ran.stdout).unwrap();
            assert_eq!(item["kyc"]["result"], "rejected");
            assert_eq!(item["aml"]["currentstatus"], "Red Flag");
            assert!(item.as_object().unwrap().keys().all(|key| !key.is_empty()), "no member was made up");
        }
        let counts: Value = serde_json::from_str(&counted.stdout).unwrap();
        assert_eq!(counts["groups"]["aml_status"]["values"][0]["value"], "Red Flag");
        assert_eq!(counts["not_read_whole"], 0, "every documented field was read");
        let is_large = zeros > 200_000;
        let told = "aml.raw_data (201,698 of 300,000 elements, 0.4 MB)";
        assert_eq!(text.stdout.contains("! too large to read in full, not read: aml.raw_data"), is_large, "{summary}");
        assert_eq!(text.stderr.contains(told), is_large, "{}", text.stderr);
        assert_eq!(listed.stderr.contains(told), is_large, "{}", listed.stderr);
    }
}

#[test]
fn json_without_a_mask_is_what_was_received() {
    let item = screened(300_000).replace('\n', " ");
    let calls: [&[&str]; 2] =
        [&["show", "big1", "--output", "json", "--mask", "none"], &["list", "--output", "ndjson", "--mask", "none"]];
    let [shown, listed] = &served(&page(&item), &calls)[..] else { panic!("a call is missing") };
    assert_eq!(shown.stdout, format!("{item}\n"));
    assert_eq!(serde_json::from_str::<Value>(&listed.stdout).unwrap(), serde_json::from_str::<Value>(&item).unwrap());
    assert_eq!((shown.stderr.as_str(), listed.stderr.as_str()), ("", "1 loaded · complete\n"));
}

/// Bulks that are tried with every change: all but the last one, which takes as long as the others together.
const USUAL: usize = 5;

/// Bulks beside the documented fields, each with what is told of it.
fn bulks() -> Vec<(String, &'static str)> {
    let times = |part: &str, times: usize| vec![part; times].join(",");
    let members: Vec<String> = (0..150_000).map(|at| format!(r#""k{at}":"ABCPE1234F""#)).collect();
    vec![
        (format!(r#""kyc_extra":[{}]"#, times(r#"{"a":{"b":[1]}}"#, 60_000)), "undocumented fields"),
        (format!(r#""deep":{}"ABCPE1234F"{}"#, "[".repeat(4_000), "]".repeat(4_000)), "undocumented fields"),
        (format!(r#""{}":["ABCPE1234F"]"#, "k".repeat(100_000)), "undocumented fields"),
        (format!(r#""duplicated_users":[{}]"#, times(r#""ABCPE1234F""#, 5_000)), "duplicated_users (4,000 of 5,000"),
        (format!(r#""memo":{{"text":"{}"}}"#, r"ABCPE1234F\n".repeat(100_000)), "memo.text (1.2 MB)"),
        (members.join(","), "undocumented fields"),
    ]
}

#[test]
fn whatever_is_too_large_to_be_read_is_told_and_hidden_as_a_whole() {
    for (at, (bulk, told)) in bulks().into_iter().enumerate().take(cases(USUAL, usize::MAX)) {
        // Before and behind what is documented.
        let item = match at % 2 {
            0 => format!(r#"{{"submission_id":"s1",{bulk},{FIELDS}}}"#),
            _ => format!(r#"{{"submission_id":"s1",{FIELDS},{bulk}}}"#),
        };
        let calls: [&[&str]; 4] = [
            &["show", "s1", "--section", "summary,details,json"],
            &["show", "s1", "--output", "json"],
            &["show", "s1", "--output", "json", "--mask", "all"],
            &["list", "--output", "csv", "--columns", "kyc.result,data.identityNumber,duplicated_users,memo.text"],
        ];
        let ran = served(&page(&item), &calls);
        for ran in &ran {
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert_masked(ran);
            assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
        }
        assert!(ran[0].stdout.contains(told) && ran[0].stdout.contains("rejected"), "{told}");
        for json in &ran[1..3] {
            // Deeper than the reader of these tests goes.
            let members: HashMap<String, Box<RawValue>> = serde_json::from_str(&json.stdout).unwrap();
            assert_eq!(members["kyc"].get(), r#"{"result":"rejected"}"#);
        }
        assert!(ran[3].stdout.contains("rejected"));
    }
}

#[test]
fn a_page_of_more_items_than_are_taken_stops_and_is_partial() {
    let items: Vec<String> =
        (0..10_500).map(|at| format!(r#"{{"submission_id":"s{at}","kyc":{{"result":"pending"}}}}"#)).collect();
    let body = format!(r#"{{"Items":[{}]}}"#, items.join(","));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.ndjson");
    let calls: [&[&str]; 4] = [
        &["list", "--output", "ndjson", "--mask", "none"],
        &["list", "--all", "--output", "csv"],
        &["stats"],
        &["export", "--out", out.to_str().unwrap()],
    ];
    let ran = served(&body, &calls);
    let stopped = "10000 loaded · stopped: page of 10,500 items, 10,000 taken";
    for ran in &ran {
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(stopped) || ran.stdout.contains(stopped), "{}", ran.stderr);
    }
    assert_eq!(ran[0].stdout.lines().count(), 10_000);
    assert!(!out.exists(), "a partial file has another name");
}

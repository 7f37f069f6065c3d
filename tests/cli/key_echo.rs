//! A service that sends the API key back, in whatever way: no output holds it, and it is said.

use tempfile::TempDir;

use crate::{CANARY, CallOutput, run};
use argos_testkit::server::{TestServer, answer, json};

/// Said once, whatever was printed.
const SAID: &str = "the service sent the API key back: it is printed as •••, nothing else was changed";

/// One submission with the key as a text, within a text, escaped, in a text that is JSON itself, as a name, and deep.
fn page() -> String {
    let escaped: String = CANARY.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let nested = escaped.replace('\\', "\\\\");
    format!(
        r#"{{"Items":[{{"submission_id":"a","created_at":"2026-03-05T09:00:00Z","email":"{CANARY}",
        "userid":"key={CANARY}&x","data":{{"full_name":"{escaped}","address":"{{\"k\":\"{nested}\"}}"}},"{CANARY}":1.50,
        "kyc":{{"result":"rejected","comment":"{CANARY}","commentCode":"{CANARY}"}},
        "aml":{{"raw_data":[[{{"x":"{escaped}"}}]]}}}}]}}"#
    )
}

/// Fails if any form of the key was printed.
fn assert_hidden(done: &CallOutput, what: &str) {
    let all = format!("{}\n{}", done.stdout, done.stderr);
    let escape = format!("u{:04x}", u32::from(CANARY.chars().last().unwrap()));
    assert!(!all.contains(&CANARY[..8]) && !all.contains(&escape), "{what}: {all}");
    assert_eq!(done.stderr.matches(SAID).count(), 1, "{what}: {}", done.stderr);
}

/// The base URL of a server with this answer.
fn serving(body: impl AsRef<[u8]>) -> String {
    TestServer::sending(json(body)).base()
}

fn called(arguments: &[&str], base_url: &str) -> CallOutput {
    run(arguments, &[("ARGOS_BASE_URL", base_url), ("ARGOS_API_KEY", CANARY)])
}

#[test]
fn key_is_in_no_output_and_that_is_said() {
    let base_url = serving(page());
    for mask in ["none", "ids", "all"] {
        for call in [
            &["list", "--output", "table"][..],
            &["list", "--output", "ndjson"],
            &["list", "--output", "json"],
            &["list", "--output", "csv", "--columns", "submission_id,email,userid,data,kyc.commentCode"],
            &["list", "--all"],
            &["show", "a"],
            &["show", "a", "--output", "json"],
            &["show", "a", "--section", "summary"],
            &["stats"],
            &["stats", "--detail"],
            &["doctor"],
        ] {
            let arguments = [call, &["--mask", mask]].concat();
            let done = called(&arguments, &base_url);
            assert_hidden(&done, &arguments.join(" "));
            assert_eq!(done.code, 0, "{arguments:?}: {}", done.stderr);
        }
    }
}

#[test]
fn json_is_as_received_but_for_the_key() {
    let base_url = serving(page());
    let done = called(&["show", "a", "--output", "json", "--mask", "none"], &base_url);
    for kept in ["\"•••\"", "key=•••&x", "{\\\"k\\\":\\\"•••\\\"}", "1.50", "[[{\"x\":\"•••\"}]]"]
    {
        assert!(done.stdout.replace(['\n', ' '], "").contains(kept), "{kept}: {}", done.stdout);
    }
}

#[test]
fn exported_files_hold_no_key() {
    let base_url = serving(page());
    let folder = TempDir::new().unwrap();
    for (name, further) in
        [("a.ndjson", &[][..]), ("b.csv", &["--columns", "submission_id,email,data"]), ("c.ndjson", &["--detail"])]
    {
        let file = folder.path().join(name);
        let file = file.to_str().unwrap();
        let done = called(&[&["export", "--out", file, "--mask", "none"], further].concat(), &base_url);
        assert_hidden(&done, name);
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains(&CANARY[..8]) && !text.contains("\\u0043") && text.contains("•••"), "{text}");
    }
}

#[test]
fn refusals_and_cursors_hold_no_key_either() {
    for (status, body) in [
        (400, format!(r#"{{"errorCode":"invalid_parameter","message":"Invalid key: {CANARY}"}}"#)),
        (403, format!(r#"{{"message":"User with key {CANARY} is not authorized"}}"#)),
        (200, format!(r#"{{"message":"unknown key {CANARY}"}}"#)),
    ] {
        let done = called(&["list"], &TestServer::sending(answer(status, "Connection: close\r\n", &body)).base());
        assert_hidden(&done, &body);
        assert_eq!(done.code, 1);
        assert!(done.stderr.replace(SAID, "").contains("•••"), "{}", done.stderr);
    }
    // What is changed cannot be sent back.
    let body = format!(r#"{{"Items":[{{"submission_id":"a"}}],"nextpageKey":{{"id":"{CANARY}","created_at":"x"}}}}"#);
    let done = called(&["list", "--all"], &serving(&body));
    assert_hidden(&done, &body);
    assert_eq!(done.code, 3, "{}", done.stderr);
}

#[test]
fn nothing_is_said_of_an_answer_without_the_key() {
    let done = called(&["list"], &serving(r#"{"Items":[{"submission_id":"a","x":"\u0043anary"}]}"#));
    assert_eq!((done.code, done.stderr.contains("sent the API key back")), (0, false), "{}", done.stderr);
}

//! Single submissions that cannot be fetched: one rule says when a walk stops, and each call names its own number.

use super::CallOutput;
use argos_testkit::call::run;
use argos_testkit::server::{TestServer, answer};

/// The calls that fetch single submissions, with the failures in a row after which each stops.
const CALLS: [(&[&str], usize); 3] = [
    (&["list", "--all", "--detail", "--output", "ndjson"], 3),
    (&["stats", "--detail", "--output", "json"], 10),
    (&["export", "--detail", "--out", "-", "--output", "ndjson"], 1),
];

/// Runs a call on one page of twenty submissions whose single answers are these, by their number. Gives what was printed
/// and how many of them were asked for.
fn ran(call: &[&str], single: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static) -> (CallOutput, usize) {
    let item = |number: usize| format!(r#"{{"submission_id":"s{number:02}","created_at":"2026-11-20T09:00:00.000Z"}}"#);
    let page = format!(r#"{{"Items":[{}]}}"#, (0..20).map(item).collect::<Vec<_>>().join(","));
    let list = answer(200, "Connection: close\r\n", &page);
    let answers = move |request: &str| match request.split_once("submission_id=s") {
        Some((_, id)) => single(id.get(..2).and_then(|number| number.parse().ok()).unwrap()),
        None => list.clone(),
    };
    let server = TestServer::answering(answers);
    let base = server.base();
    let ran = run(call, &[("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "CanaryKey7x")]);
    let singles = server.requests().iter().filter(|request| request.contains("submission_id=")).count();
    (ran, singles)
}

/// Both streams: counts in JSON say themselves how far the walk got.
fn messages(ran: &CallOutput) -> String {
    [&*ran.stdout, &ran.stderr].concat()
}

fn unusable() -> Vec<u8> {
    answer(200, "Connection: close\r\n", "[]")
}

fn found(number: usize) -> Vec<u8> {
    let item = format!(r#"{{"Items":[{{"submission_id":"s{number:02}","kyc":{{"result":"approved"}}}}]}}"#);
    answer(200, "Connection: close\r\n", &item)
}

#[test]
fn a_walk_stops_after_as_many_failures_in_a_row_as_its_call_allows() {
    for (call, most) in CALLS {
        let (ran, singles) = ran(call, |_| unusable());
        assert!(!messages(&ran).contains("· complete"), "{call:?}: {}", messages(&ran));
        // Four are under way at the same time.
        assert!((most..most + 4).contains(&singles), "{call:?}: {singles} asked for");
        // What came with the page is not dropped, but nothing more is asked for.
        match call[0] {
            "list" => {
                assert_eq!((ran.code, ran.stdout.lines().count()), (3, 20), "{}", ran.stderr);
                assert!(ran.stderr.contains("20 loaded · stopped: "), "{}", ran.stderr);
                assert!(ran.stderr.contains("20 full records could not be loaded"), "{}", ran.stderr);
            }
            "stats" => assert_eq!((ran.code, ran.stdout.contains("\"loaded\": 20")), (3, true), "{}", ran.stdout),
            _ => assert_eq!((ran.code, &*ran.stdout), (1, ""), "{}", ran.stderr),
        }
    }
}

#[test]
fn failures_that_are_not_in_a_row_stop_only_an_export() {
    for (call, most) in CALLS {
        let (ran, singles) = ran(call, |number| if number % 3 == 2 { found(number) } else { unusable() });
        assert_eq!(singles == 20, most > 1, "{call:?}: {singles} asked for");
        assert_eq!(ran.code, if most > 1 { 3 } else { 1 }, "{call:?}: {}", ran.stderr);
    }
}

#[test]
fn a_failure_that_all_would_meet_stops_at_once() {
    for (call, _) in CALLS {
        let (ran, singles) = ran(call, |_| answer(403, "Connection: close\r\n", r#"{"message":"Forbidden"}"#));
        assert!((1..=4).contains(&singles), "{call:?}: {singles} asked for");
        assert!(!messages(&ran).contains("· complete"), "{call:?}: {}", messages(&ran));
    }
}

#[test]
fn a_submission_that_is_gone_is_no_failure() {
    for (call, _) in CALLS {
        let (ran, singles) = ran(call, |_| answer(200, "Connection: close\r\n", r#"{"Items":[]}"#));
        assert_eq!(singles, 20, "{call:?}: {}", ran.stderr);
        assert!(messages(&ran).contains("· complete"), "{call:?}: {}", messages(&ran));
    }
}

#[test]
fn a_term_that_list_data_decides_keeps_its_rows_after_the_stop() {
    let call = ["list", "--all", "--detail", "--output", "ndjson", "has:created"];
    let (ran, _) = ran(&call, |_| unusable());
    assert_eq!(ran.stdout.lines().count(), 20, "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("argos-review: ").count(), 2, "the first failure and the last: {}", ran.stderr);
}

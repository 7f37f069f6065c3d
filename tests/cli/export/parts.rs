//! Pages whose single submissions are so large that they are written in parts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use argos_testkit::call::output_of;
use argos_testkit::server::{self, TestServer, parameter, query};
use serde_json::{Value, json};

use super::Folder;
use argos_testkit::deadline::DEADLINE;

/// Answers each request by its query, and returns the base URL.
fn answering(answer: impl Fn(&str) -> Value + Send + Sync + 'static) -> String {
    TestServer::answering(move |request| server::json(answer(query(request)).to_string())).base()
}

/// The single answer of an id, of some megabytes.
fn large(id: &str, megabytes: usize) -> Value {
    json!({ "Items": [{ "submission_id": id, "image": "x".repeat(megabytes << 20) }] })
}

fn listed(id: String) -> Value {
    json!({ "submission_id": id, "created_at": "2026-11-20T09:00:00.000Z" })
}

#[test]
fn days_of_a_stream_that_wait_for_their_turn_hold_up_no_other() {
    const A_DAY: usize = 12;
    let days = ["2026-11-20", "2026-11-21", "2026-11-22"];
    let (singles, folder) = (Arc::new((Mutex::new(0), Condvar::new())), Folder::new());
    let base = answering(move |query| {
        let (count, changed) = &*singles;
        if let Some(id) = parameter(query, "submission_id") {
            *count.lock().unwrap() += 1;
            changed.notify_all();
            return large(&id, 3);
        }
        let (from, to) = (parameter(query, "start_date").unwrap(), parameter(query, "end_date").unwrap());
        if from == days[2] {
            // The other days run ahead as far as they can: three parts of three each.
            let waited = changed.wait_timeout_while(count.lock().unwrap(), DEADLINE, |count| *count < 18).unwrap();
            assert!(!waited.1.timed_out());
        }
        let of_day = |day: &&str| (0..A_DAY).map(|at| listed(format!("{day}-{at}"))).collect::<Vec<_>>();
        let items: Vec<Value> =
            days.iter().rev().filter(|day| (&*from..=&*to).contains(*day)).flat_map(of_day).collect();
        json!({ "Items": items })
    });
    let filter = "from:2026-11-20 to:2026-11-22";
    let call = [filter, "--base-url", &base, "--jobs", "3", "--detail", "--out", "-", "--mask", "none"];
    let ended = output_of(folder.start(&[&call[..], &["--output", "ndjson"]].concat()));
    let (rows, said) = (String::from_utf8(ended.stdout).unwrap(), String::from_utf8(ended.stderr).unwrap());
    assert_eq!((ended.status.code(), rows.lines().count()), (Some(0), 3 * A_DAY), "{said}");
    assert!(said.contains("36 loaded · complete"), "{said}");
}

#[test]
fn an_export_that_stopped_within_a_page_writes_nothing_of_it_twice() {
    let (fails, folder) = (Arc::new(AtomicBool::new(true)), Folder::new());
    let failing = Arc::clone(&fails);
    let base = answering(move |query| match parameter(query, "submission_id") {
        Some(id) if *id > *"s12" && failing.load(Ordering::SeqCst) => json!([]),
        Some(id) => large(&id, 1),
        None => {
            let mut items: Vec<Value> = (0..16).map(|at| listed(format!("s{at:02}"))).collect();
            items.insert(2, json!({ "nothing": 1 }));
            items.insert(14, json!({ "nothing": 1 }));
            json!({ "Items": items })
        }
    });
    let call = ["--base-url", &base, "--detail", "--out", "a.ndjson", "--mask", "none"];
    let (code, said) = folder.export(&call);
    assert_eq!(code, 3, "{said}");
    fails.store(false, Ordering::SeqCst);
    let (code, said) = folder.export(&[&call[..], &["--resume"]].concat());
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("18 loaded · complete"), "{said}");
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["submission_id"].clone();
    let ids: Vec<Value> = folder.text("a.ndjson").lines().map(id).collect();
    let mut wanted: Vec<Value> = (0..16).map(|at| json!(format!("s{at:02}"))).collect();
    wanted.insert(2, Value::Null);
    wanted.insert(14, Value::Null);
    assert_eq!(ids, wanted);
}

#[test]
fn submissions_of_two_days_count_once_whether_they_are_shown_or_not() {
    let base = answering(|_| {
        let status = |at: usize| if at.is_multiple_of(2) { "pending" } else { "approved" };
        let item = |at| json!({ "submission_id": format!("s{at}"), "kyc": { "result": status(at) } });
        json!({ "Items": (0..30).map(item).collect::<Vec<_>>() })
    });
    let folder = Folder::new();
    let filter = "from:2026-11-20 to:2026-11-22 status:pending";
    let (code, said) = folder.export(&[filter, "--base-url", &base, "--jobs", "3", "--out", "a.ndjson"]);
    assert!(code == 0 && said.contains("15 shown of 30 loaded · complete"), "{code}: {said}");
}

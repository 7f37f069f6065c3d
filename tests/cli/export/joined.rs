//! Exports with parts that are joined to the rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use argos_testkit::server::{TestServer, answer, json as sent, parameter, query};
use serde_json::{Value, json};

use super::Folder;

const IDS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

fn listed(id: &str) -> Value {
    json!({ "submission_id": id, "created_at": "2026-11-20T09:00:00.000Z" })
}

fn screened(id: &str) -> Value {
    json!({ "submission_id": id, "aml": { "currentstatus": "Red Flag", "risk_level_summary": "HIGH" } })
}

/// The page of a list of these items, two on a page.
fn page(items: &[Value], query: &str) -> Vec<u8> {
    let at: usize = parameter(query, "nextpage_id").map_or(0, |id| id.parse().unwrap());
    let mut body = json!({ "Items": items.chunks(2).nth(at).unwrap_or_default() });
    if (at + 1) * 2 < items.len() {
        body["nextpageKey"] = json!({ "id": (at + 1).to_string(), "created_at": "2026-11-20T09:00:00.000Z" });
    }
    sent(body.to_string())
}

/// A server whose part fails at its third page while the switch is on. The part has these submissions in this order.
fn server(part: &[&str], fails: &Arc<AtomicBool>) -> TestServer {
    let (part, fails) = (part.iter().map(|id| screened(id)).collect::<Vec<_>>(), Arc::clone(fails));
    TestServer::answering(move |request| {
        let query = query(request);
        match parameter(query, "request_type") {
            None => page(&IDS.map(listed), query),
            Some(_) if fails.load(Ordering::SeqCst) && parameter(query, "nextpage_id").as_deref() == Some("2") => {
                answer(400, "", "{}")
            }
            Some(_) => page(&part, query),
        }
    })
}

fn export(folder: &Folder, base: &str, more: &[&str]) -> (i32, String) {
    folder.export(&[&["--base-url", base, "--out", "a.ndjson", "--mask", "none"], more].concat())
}

#[test]
fn an_export_whose_part_failed_is_resumed_with_the_same_rows() {
    let mut backwards = IDS;
    backwards.reverse();
    for (part, pages) in [(IDS, 2), (backwards, 0)] {
        let (fails, folder) = (Arc::new(AtomicBool::new(true)), Folder::new());
        let base = server(&part, &fails).base();
        let (code, said) = export(&folder, &base, &["--with", "aml"]);
        // Without a row there is nothing to resume.
        let told = if pages > 0 { "stopped: part aml: bad request" } else { "rejects the request as invalid (400)" };
        assert!(code == if pages > 0 { 3 } else { 1 } && said.contains(told), "{said}");
        if pages > 0 {
            assert_eq!(folder.text("a.ndjson.partial").lines().count(), pages * 2, "{said}");
            for (other, reason) in [(&["--with", "kyc"][..], "another --with"), (&[], "another --with")] {
                let (code, said) = export(&folder, &base, &[other, &["--resume"]].concat());
                assert!(code == 2 && said.contains(reason), "{said}");
            }
        }
        fails.store(false, Ordering::SeqCst);
        let resume: &[&str] = if pages > 0 { &["--resume"] } else { &[] };
        let (code, said) = export(&folder, &base, &[&["--with", "aml"], resume].concat());
        assert_eq!(code, 0, "{said}");
        let whole = |id: &str| {
            let (list, part) = (listed(id).to_string(), screened(id)["aml"].to_string());
            format!("{},\"aml\":{part}}}\n", &list[..list.len() - 1])
        };
        let rows: Vec<Value> =
            folder.text("a.ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let wanted: Vec<Value> = IDS.map(|id| serde_json::from_str(&whole(id)).unwrap()).to_vec();
        assert_eq!(rows, wanted, "{said}");
    }
}

#[test]
fn a_resumed_export_finds_its_rows_before_the_page_where_it_goes_on() {
    // The list goes on at its second page; the part holds these submissions on its first one.
    let (fails, folder) = (Arc::new(AtomicBool::new(true)), Folder::new());
    let part = ["g", "a", "b", "f", "c", "d", "e"];
    let base = server(&part, &fails).base();
    let (code, said) = export(&folder, &base, &["--with", "aml"]);
    assert_eq!((code, folder.text("a.ndjson.partial").lines().count()), (3, 2), "{said}");
    fails.store(false, Ordering::SeqCst);
    let (code, said) = export(&folder, &base, &["--with", "aml", "--resume"]);
    assert_eq!((code, folder.text("a.ndjson").matches("Red Flag").count()), (0, 7), "{said}");
}

#[test]
fn rows_that_the_part_does_not_hold_are_written_without_it_and_told() {
    let (fails, folder) = (Arc::new(AtomicBool::new(false)), Folder::new());
    let base = server(&["a", "b", "d", "e", "f", "g"], &fails).base();
    let (code, said) = export(&folder, &base, &["--with", "aml"]);
    let text = folder.text("a.ndjson");
    assert_eq!((code, text.lines().count(), text.matches("Red Flag").count()), (3, 7, 6), "{said}");
    assert!(said.contains("not joined, no answer of aml had them: 1 submission"), "{said}");
    assert!(said.contains("requests: 7 (list 4, aml 3)"), "{said}");
    // Where the filter needs the part, such a row is undecided.
    let (code, said) = export(&folder, &base, &["aml:red-flag", "--with", "aml", "--force"]);
    assert_eq!((code, folder.text("a.ndjson").lines().count()), (3, 6), "{said}");
    assert!(said.contains("1 rows are undecided"), "{said}");
}

#[test]
fn days_side_by_side_join_their_parts() {
    let folder = Folder::new();
    let call = ["from:2026-11-17 to:2026-11-21", "--with", "aml,data", "--mask", "none"];
    let (code, said) = folder.demo(&[&call[..], &["--out", "one.ndjson"]].concat());
    assert_eq!(code, 0, "{said}");
    let (code, again) = folder.demo(&[&call[..], &["--out", "days.ndjson", "--jobs", "4"]].concat());
    assert_eq!((code, folder.text("days.ndjson")), (0, folder.text("one.ndjson")), "{again}");
    assert!(folder.text("one.ndjson").matches("\"ip_address\"").count() > 50, "{said}");
    let (code, said) = folder.demo(&["aml:red-flag", "--out", "two.ndjson"]);
    assert!(code == 0 && said.contains("To fetch what is missing: --with aml ("), "{said}");
}

//! Killed at any moment, an export goes on to the same bytes.

use std::fs::OpenOptions;
use std::io::Write;

use rustix::process::{Pid, Signal, kill_process};

use argos_testkit::deadline::until;

use super::Folder;
use super::pages::{Data, Service};

const DATA: Data = Data { rows: 300, per_day: 30, overlap: 5 };

/// Kills one export ten times, each time when a request of this number is under way, and lets it end.
fn killed(name: &str, options: &[&str], requests: [usize; 10]) {
    let (service, folder) = (Service::start(DATA), Folder::new());
    let base = ["--base-url", &service.base, "count:7"];
    let whole = format!("whole.{name}");
    folder.done(&[&base, options, &["--out", &whole]].concat());
    let file = format!("killed.{name}");
    let arguments = [&base, options, &["--out", &file]].concat();
    for (time, request) in requests.into_iter().enumerate() {
        service.gate.hold(request);
        let resume: &[&str] = if time > 0 { &["--resume"] } else { &[] };
        let mut child = folder.start(&[&arguments, resume].concat());
        service.gate.until_held();
        child.kill().unwrap();
        child.wait().unwrap();
        service.gate.release();
        // As if it had been within a page.
        for ending in ["partial", "seen"] {
            let mut torn = OpenOptions::new().append(true).open(folder.path(&format!("{file}.{ending}"))).unwrap();
            torn.write_all(b"torn").unwrap();
        }
    }
    folder.done(&[&arguments[..], &["--resume"]].concat());
    assert!(folder.read(&file) == folder.read(&whole), "{}", folder.text(&file));
    assert_eq!(folder.names(), [file, whole], "nothing is left beside them");
}

#[test]
fn ndjson_killed_ten_times_is_the_same() {
    killed("ndjson", &["--mask", "none"], [1, 2, 3, 1, 4, 2, 6, 5, 3, 2]);
}

#[test]
fn csv_killed_ten_times_is_the_same() {
    killed("csv", &["--columns", "email,kyc.result"], [1, 1, 2, 4, 3, 2, 5, 3, 6, 2]);
}

#[test]
fn ranges_killed_ten_times_are_the_same() {
    let range = ["from:2026-11-13", "to:2026-11-21", "--jobs", "4"];
    killed("ndjson", &range, [1, 3, 5, 6, 4, 2, 7, 1, 3, 2]);
    killed(
        "csv",
        &[&range[..], &["--columns", "email,kyc.result", "status:approved"]].concat(),
        [4, 5, 2, 3, 5, 1, 6, 2, 3, 1],
    );
}

/// Returns the record of range 0 in the file that an export continues from, once it holds `rows` rows.
fn recorded(folder: &Folder, rows: u64) -> serde_json::Value {
    let read = || {
        let text = std::fs::read_to_string(folder.path("a.ndjson.resume")).ok()?;
        let record: serde_json::Value = serde_json::from_str(&text).ok()?;
        record.pointer("/record/ranges/0").filter(|range| range.get("rows") == Some(&rows.into())).cloned()
    };
    until("the rows are recorded", || read().is_some());
    read().unwrap()
}

#[test]
fn each_page_is_recorded_while_the_next_one_is_on_its_way() {
    let (service, folder) = (Service::start(DATA), Folder::new());
    service.gate.hold(4);
    let mut child = folder.start(&["--base-url", &service.base, "count:7", "--out", "a.ndjson"]);
    service.gate.until_held();
    let record = recorded(&folder, 21);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(record.get("bytes"), Some(&folder.read("a.ndjson.partial").len().into()));
    assert_eq!(folder.text("a.ndjson.partial").lines().count(), 21);
}

#[test]
fn a_signal_says_how_it_goes_on() {
    let (service, folder) = (Service::start(DATA), Folder::new());
    service.gate.hold(3);
    let arguments = ["--base-url", &service.base, "count:7", "--out", "a.ndjson"];
    let child = folder.start(&arguments);
    service.gate.until_held();
    recorded(&folder, 14);
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), Signal::TERM).unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(143), "{said}");
    assert!(said.contains("14 loaded · stopped: interrupted; a.ndjson.partial"), "{said}");
    service.gate.release();
    let said = folder.done(&[&arguments[..], &["--resume"]].concat());
    assert!(said.contains("300 loaded · complete"), "{said}");
    assert_eq!(folder.text("a.ndjson").lines().count(), 300);
}

//! What is walked: the days of a stream, single submissions, local terms.

use argos_testkit::call::output_of;

use super::Folder;
use crate::DEMO;

fn ids(folder: &Folder, name: &str) -> Vec<String> {
    let id = |line: &str| {
        let item: serde_json::Value = serde_json::from_str(line).unwrap();
        item.get("submission_id").and_then(serde_json::Value::as_str).unwrap().to_owned()
    };
    folder.text(name).lines().map(id).collect()
}

#[test]
fn days_of_a_stream_are_one_walk_in_either_order() {
    for scenario in ["default", "oldest-first", "seoul-dates", "overlapping-pages"] {
        let folder = Folder::new();
        let range = [&DEMO[..], &["from:2026-11-10", "to:2026-11-21", "count:20", "--scenario", scenario]].concat();
        folder.done(&[&range[..], &["--out", "one.csv"]].concat());
        let days = [&range[..], &["--out", "-", "--output", "csv", "--jobs", "4"]].concat();
        let ended = output_of(folder.start(&days));
        assert!(ended.status.success() && folder.read("one.csv") == ended.stdout, "{scenario}");
        assert!(folder.text("one.csv").lines().count() > 100, "{scenario}");
    }
}

#[test]
fn days_of_a_stream_that_are_not_the_range_are_no_export() {
    for (scenario, sentence) in [("exclusive-dates", "the days together"), ("unordered", "does not sort by time")] {
        let folder = Folder::new();
        let range = ["from:2026-11-10", "to:2026-11-21", "--scenario", scenario, "--jobs", "2", "--out", "-"];
        let (code, said) = folder.demo(&[&range[..], &["--output", "csv"]].concat());
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(sentence), "{said}");
        assert_eq!(folder.names(), [""; 0]);
    }
}

#[test]
fn single_submissions_stand_in_the_place_of_the_list() {
    let folder = Folder::new();
    let day = [&DEMO[..], &["on:2026-11-20", "--mask", "none"]].concat();
    folder.done(&[&day[..], &["--out", "list.ndjson"]].concat());
    folder.done(&[&day[..], &["--out", "whole.ndjson", "--detail"]].concat());
    assert_eq!(ids(&folder, "list.ndjson"), ids(&folder, "whole.ndjson"));
    assert!(!folder.text("list.ndjson").contains("\"attempts\""));
    assert!(folder.text("whole.ndjson").contains("\"attempts\""));
    let said = folder.done(&[&day[..], &["--out", "aml.csv", "--columns", "aml.currentstatus"]].concat());
    assert!(said.contains("Empty columns, which no answer carried: aml.currentstatus."), "{said}");
}

#[test]
fn local_terms_narrow_and_what_they_cannot_tell_is_said() {
    let folder = Folder::new();
    let said = folder.done(&[&DEMO[..], &["from:2026-11-15", "status:approved", "--out", "a.csv"]].concat());
    assert!(said.contains(" shown of ") && said.contains(" loaded · complete"), "{said}");
    let table = folder.text("a.csv");
    assert!(table.lines().count() > 10 && table.lines().skip(1).all(|line| line.contains(",approved,")), "{table}");
    let said = folder.done(&[&DEMO[..], &["on:2026-11-20", "has:aml", "--out", "b.csv"]].concat());
    assert!(said.contains("rows are undecided and left out"), "{said}");
    assert_eq!(folder.text("b.csv").lines().count(), 1, "the header alone");
}

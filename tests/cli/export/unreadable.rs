//! Items that are no submissions: written as they came or left out, and counted either way.

use argos_testkit::server::{TestServer, json};

use super::Folder;

const ODD: &str = r#"{"Items":[42,{"submission_id":"s1","created_at":"2026-11-20T10:00:00Z"},null,"x",[1],
    {"submission_id":"s2","created_at":"2026-11-20T09:00:00Z"}]}"#;

#[test]
fn unreadable_items_are_counted_and_left_out_if_wanted() {
    let (folder, base) = (Folder::new(), TestServer::sending(json(ODD)).base());
    let said = folder.done(&["--base-url", &base, "--out", "all.ndjson"]);
    let counted = "Unreadable items, written as sent: 4; --readable-only leaves them out.";
    assert!(said.contains(counted) && said.contains("6 loaded · complete"), "{said}");
    assert_eq!(folder.text("all.ndjson").lines().count(), 6);
    for (format, lines) in [("ndjson", 2), ("csv", 3)] {
        let file = format!("readable.{format}");
        let said = folder.done(&["--base-url", &base, "--out", &file, "--readable-only"]);
        assert!(said.contains("Unreadable items, left out: 4."), "{said}");
        assert!(said.contains("2 shown of 6 loaded · complete"), "{said}");
        assert_eq!(folder.text(&file).lines().count(), lines);
    }
    let said = folder.done(&["--base-url", &base, "--out", "/dev/stdout", "--output", "ndjson", "--readable-only"]);
    assert!(said.contains("Unreadable items, left out: 4."), "{said}");
}

#[test]
fn nothing_is_said_where_everything_can_be_read() {
    let folder = Folder::new();
    let (code, said) = folder.demo(&["--out", "a.ndjson", "--readable-only", "on:2026-11-20"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("nreadable") && !said.contains(" shown of "), "{said}");
}

#[test]
fn an_export_goes_on_with_the_same_choice_only() {
    let folder = Folder::new();
    folder.demo(&["--out", "a.ndjson", "--scenario", "failing-gateway"]);
    let (code, said) = folder.demo(&["--out", "a.ndjson", "--resume", "--readable-only"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("started with no --readable-only"), "{said}");
}

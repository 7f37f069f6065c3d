//! No room: what happened is said, whole rows stay, and nothing empty is left behind. A limit on the size of a file takes
//! the place of a full disk.

use super::Folder;
use crate::DEMO;

/// Runs an export with files of at most that many blocks of 512 bytes.
fn limited(folder: &Folder, blocks: u32, arguments: &str) -> (i32, String) {
    let demo = DEMO.join(" ");
    folder.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" export {demo} {arguments}"))
}

#[test]
fn nothing_is_left_where_not_even_the_record_has_room() {
    let folder = Folder::new();
    for options in ["", "--force"] {
        let (code, said) = limited(&folder, 0, &format!("--out a.ndjson {options}"));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("a.ndjson.resume cannot be written: File too large"), "{said}");
        assert_eq!(folder.names(), [""; 0]);
    }
}

#[test]
fn nothing_is_left_where_the_first_page_has_no_room() {
    let folder = Folder::new();
    let (code, said) = limited(&folder, 8, "--out a.ndjson");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("the output cannot be written: File too large"), "{said}");
    assert!(said.contains("0 loaded · stopped: output failed\n"), "{said}");
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn what_has_room_is_whole_and_goes_on() {
    let folder = Folder::new();
    let (code, said) = limited(&folder, 400, "--out a.ndjson");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("stopped: output failed; a.ndjson.partial has the rows so far"), "{said}");
    assert_eq!(folder.names(), ["a.ndjson.partial", "a.ndjson.resume", "a.ndjson.seen"]);
    let text = folder.text("a.ndjson.partial");
    let rows = text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
    assert!(said.contains(&format!("{rows} loaded · stopped")) && text.ends_with('\n'), "{rows}: {said}");
    folder.done(&[&DEMO[..], &["--out", "a.ndjson", "--resume"]].concat());
    folder.done(&[&DEMO[..], &["--out", "b.ndjson"]].concat());
    assert!(folder.read("a.ndjson") == folder.read("b.ndjson"));
    assert_eq!(folder.names(), ["a.ndjson", "b.ndjson"]);
}

#[test]
fn a_device_without_room_is_said_to_be_full() {
    let folder = Folder::new();
    let (code, said) = folder.demo(&["--out", "/dev/full", "--output", "ndjson"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("the output cannot be written: No space left on device"), "{said}");
    let (code, said) = folder.demo(&["--out", "a.ndjson", "--log-file", "/dev/full"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("log file: /dev/full cannot be written: No space left on device"), "{said}");
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn a_log_without_room_is_said_once_and_holds_up_nothing() {
    let folder = Folder::new();
    let (code, said) = limited(&folder, 400, "--out a.csv --output csv from:2026-11-20 count:5 --log-file log");
    assert_eq!((code, said.matches("log").count()), (0, 0), "{said}");
    std::fs::write(folder.path("log"), vec![b'\n'; 400 * 512]).unwrap();
    let (code, said) = limited(&folder, 400, "--out b.csv --output csv from:2026-11-20 count:5 --log-file log");
    assert_eq!((code, said.matches("logging stopped: ").count()), (0, 1), "{said}");
    assert!(said.contains("log cannot be written: File too large"), "{said}");
    assert!(folder.read("a.csv") == folder.read("b.csv"));
}

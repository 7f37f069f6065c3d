//! What lies on the disk, under which mode, and what is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::Folder;
use crate::DEMO;

#[test]
fn what_is_there_is_not_replaced_unless_asked() {
    let folder = Folder::new();
    fs::write(folder.path("a.csv"), "mine").unwrap();
    let (code, said) = folder.demo(&["--out", "a.csv"]);
    assert_eq!((code, folder.text("a.csv").as_str()), (2, "mine"), "{said}");
    assert!(said.contains("a.csv exists: --force replaces it"), "{said}");
    assert_eq!(folder.demo(&["--out", "a.csv", "--force", "from:2026-11-20"]).0, 0);
    assert!(folder.text("a.csv").starts_with("created_at,submission_id,email,"));
    assert_eq!(folder.names(), ["a.csv"]);
}

#[test]
fn wrong_use_is_said_and_leaves_nothing() {
    let folder = Folder::new();
    for (arguments, sentence) in [
        (&["--out", "a"][..], "--output ndjson or csv"),
        (&["--out", "a.csv", "nonsense:1"], "the filter at character 1, `nonsense"),
        (&["--out", "a.csv", "--jobs", "4", "from:2026-11-01"], "add from: and to:"),
        (&["--out", "a.ndjson", "--columns", "email"], "--columns works with CSV"),
        (&["--out", "a.csv", "--columns", "a,,b"], "not a path"),
        (&["--out", "a.csv", "--resume"], "there is nothing to resume"),
        (&["--out", "-", "--output", "csv", "--resume"], "not for standard output"),
        (&["--out", "a.csv", "--jobs", "2", "from:2026-11-02", "to:2026-11-01"], "is after the end"),
    ] {
        let (code, said) = folder.demo(arguments);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(sentence), "{said}");
    }
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn a_csv_for_a_spreadsheet_begins_with_its_mark_once_also_after_a_stop() {
    const MARK: char = '\u{feff}';
    let folder = Folder::new();
    let failing = ["--out", "a.csv", "--excel", "--scenario", "failing-gateway"];
    assert_eq!(folder.demo(&failing).0, 3);
    let (code, said) = folder.demo(&["--out", "a.csv", "--resume"]);
    assert!(code == 2 && said.contains("started with another format"), "{said}");
    assert_eq!(folder.demo(&["--out", "a.csv", "--excel", "--resume"]).0, 0);
    let text = folder.text("a.csv");
    assert!(text.starts_with(MARK) && text.matches(MARK).count() == 1 && text.lines().count() > 51);
    assert_eq!(folder.demo(&["--out", "b.csv", "from:2026-11-20"]).0, 0);
    assert!(!folder.text("b.csv").contains(MARK));
    let (code, said) = folder.demo(&["--out", "a.ndjson", "--excel"]);
    assert!(code == 2 && said.contains("--excel works with CSV"), "{said}");
}

#[test]
fn failure_in_the_middle_is_partial_and_goes_on() {
    let folder = Folder::new();
    let (code, said) = folder.demo(&["--out", "a.ndjson", "--scenario", "failing-gateway"]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("50 loaded · stopped: service failed; a.ndjson.partial has the rows so far"), "{said}");
    assert!(said.contains("Values are masked (ids)"), "{said}");
    assert_eq!(folder.names(), ["a.ndjson.partial", "a.ndjson.resume", "a.ndjson.seen"]);
    assert!(!folder.text("a.ndjson.resume").contains('@'), "no identity data");
    assert_eq!(folder.demo(&["--out", "a.ndjson"]).0, 2, "it is not overwritten");
    for (options, what) in [
        (&["status:approved"][..], "another filter"),
        (&["--mask", "none"], "another --mask"),
        (&["--detail"], "no --detail"),
        (&["--output", "csv"], "another format"),
    ] {
        let (code, said) = folder.demo(&[&["--out", "a.ndjson", "--resume"], options].concat());
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(what), "{said}");
    }
    let said = folder.done(&[&DEMO[..], &["--out", "a.ndjson", "--resume"]].concat());
    assert!(said.contains("2122 loaded · complete: a.ndjson"), "{said}");
    folder.done(&[&DEMO[..], &["--out", "b.ndjson"]].concat());
    assert!(folder.read("a.ndjson") == folder.read("b.ndjson"));
    assert_eq!(folder.names(), ["a.ndjson", "b.ndjson"]);
}

#[test]
fn nothing_that_came_leaves_nothing() {
    let folder = Folder::new();
    let (code, said) = folder.demo(&["--out", "a.ndjson", "--scenario", "wrong-key"]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn files_are_for_their_owner_alone_whatever_the_umask() {
    let folder = Folder::new();
    let modes = |arguments: &str| {
        let line = format!("umask 000; exec \"$0\" export --demo --today 2026-11-21 {arguments}");
        let binary = folder.command(&[]).get_program().to_owned();
        #[expect(clippy::disallowed_methods, reason = "only a shell sets a umask for another program")]
        let mut shell = std::process::Command::new("sh");
        shell.env_clear().current_dir(folder.path("")).arg("-c").arg(line).arg(binary).output().unwrap();
        for name in folder.names() {
            let mode = fs::metadata(folder.path(&name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    };
    modes("--out a.ndjson --scenario failing-gateway");
    assert_eq!(folder.names().len(), 3);
    modes("--out a.ndjson --resume");
    assert_eq!(folder.names(), ["a.ndjson"]);
}

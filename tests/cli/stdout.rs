//! Standard output: a reader that goes away is no failure, and one that never was there is.

use std::fs::File;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use argos_testkit::binary::binary;
use argos_testkit::demo_process::TODAY;

use crate::CANARY;

/// Every call that prints something, each of which succeeds.
const PRINTING: [&[&str]; 15] = [
    &["list", "--demo", "--today", TODAY],
    &["list", "--demo", "--today", TODAY, "--all", "--output", "csv"],
    &["list", "--demo", "--today", TODAY, "--output", "json"],
    &["list", "--demo", "--today", TODAY, "--output", "table"],
    &["stats", "--demo", "--today", TODAY],
    &["doctor", "--demo", "--today", TODAY],
    &["export", "--demo", "--today", TODAY, "--out", "-", "--output", "ndjson"],
    &["export", "--demo", "--today", TODAY, "--out", "/dev/stdout", "--output", "csv"],
    &["config", "path"],
    &["config", "show"],
    &["config", "check"],
    &["completions", "bash"],
    &["man"],
    &["demo", "--list-scenarios"],
    &["--help"],
];

/// Runs a call through a shell, which finds the binary as `$0` and its arguments as `$@`.
fn shell(line: &str, arguments: &[&str], stdout: Stdio) -> (i32, String) {
    let home = TempDir::new().unwrap();
    #[expect(clippy::disallowed_methods, reason = "only a shell closes a stream of another program")]
    let mut command = Command::new("sh");
    command.args(["-c", line, binary()]).args(arguments);
    command.env_clear().env("HOME", home.path()).env("ARGOS_API_KEY", CANARY).current_dir(home.path());
    let ended = command.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped()).output().unwrap();
    (ended.status.code().unwrap(), String::from_utf8(ended.stderr).unwrap())
}

#[test]
fn a_reader_that_goes_away_ends_every_call_quietly() {
    let id = crate::demo(&["list", "--limit", "1"]).json();
    let show = ["show", id["submission_id"].as_str().unwrap(), "--demo", "--today", TODAY];
    let server = ["demo-server", "--today", TODAY];
    for arguments in PRINTING.into_iter().chain([&show[..], &server]) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, said) = shell("exec \"$0\" \"$@\"", arguments, writer.into());
        assert_eq!(code, 0, "{arguments:?}: {said}");
        let talk = said.lines().find(|line| !line.starts_with("Values are masked"));
        assert_eq!(talk, None, "{arguments:?}");
    }
}

#[test]
fn standard_output_that_was_closed_from_the_start_is_an_error() {
    for arguments in PRINTING.into_iter().chain([&["show", "x"][..], &["demo-server"], &["--version"]]) {
        let (code, said) = shell("exec \"$0\" \"$@\" >&-", arguments, Stdio::null());
        assert_eq!(code, 2, "{arguments:?}: {said}");
        let sentence =
            "argos-review: standard output is closed, so nothing can be printed: open it, or export into a file\n";
        assert_eq!(said, sentence, "{arguments:?}");
    }
}

#[test]
fn closed_standard_output_matters_only_to_what_prints() {
    let export = ["export", "--demo", "--today", TODAY, "--out", "a.ndjson", "on:2026-11-20"];
    let (code, said) = shell("exec \"$0\" \"$@\" >&-", &export, Stdio::null());
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("complete: a.ndjson"), "{said}");
    // The null device says that no output is wanted, opened in either way.
    for file in
        [File::options().write(true).open("/dev/null"), File::options().read(true).write(true).open("/dev/null")]
    {
        let list = ["list", "--demo", "--today", TODAY];
        let (code, said) = shell("exec \"$0\" \"$@\"", &list, file.unwrap().into());
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn output_without_room_says_so() {
    for arguments in [&["list", "--demo"][..], &["stats", "--demo"], &["man"], &["config", "path"]] {
        let (code, said) = shell("exec \"$0\" \"$@\" >/dev/full", arguments, Stdio::null());
        assert_eq!(code, 1, "{arguments:?}: {said}");
        assert!(said.contains("the output cannot be written: No space left on device"), "{arguments:?}: {said}");
    }
}

//! Exports from the screen: a file is really written, as the command `export` writes it, and never over another one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use argos_testkit::binary::binary;
use argos_testkit::pty::Program;

const DEMO: [&str; 3] = ["demo", "--today", "2026-11-21"];
const DOWN: &str = "\x1b[B";

/// Opens the export menu, types a path, and chooses the entry this many lines below the first.
fn export(program: &mut Program, path: &str, below: usize) {
    program.press("x");
    program.until(" File  argos-");
    program.press(&format!("\x15{path}{}", DOWN.repeat(below)));
    program.until(path);
    program.press("\r");
}

/// What the command `export` writes with the same options.
fn by_command(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
    let mut command = Command::new(binary());
    command.args(["export", "--demo", "--today", "2026-11-21", "--out", "command"]).args(arguments);
    command.env_clear().env("HOME", "/nonexistent").current_dir(folder).stdin(Stdio::null());
    let ran = command.output().expect("the binary runs");
    assert!(ran.status.success(), "{ran:?}");
    let written = fs::read(folder.join("command")).expect("a file");
    fs::remove_file(folder.join("command")).expect("it goes");
    written
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_whole_query_is_written_as_the_command_writes_it_and_nothing_is_replaced_unasked() {
    let folder = TempDir::new().expect("a folder");
    let mut program = Program::start_in(folder.path(), &DEMO, &[], (120, 40));
    program.until("50 loaded · more");
    program.press("ffrom:-20d status:rejected\r");
    program.until("from:-20d status:rejected");
    program.until("shown of");
    export(&mut program, "all.ndjson", 2);
    // The list data of two rows cannot decide the filter.
    program.until("loaded; 2 undecided rows are left out.");
    program.until("masked: ids.");
    let written = fs::read(folder.path().join("all.ndjson")).expect("a file");
    let options = ["from:-20d status:rejected", "--output", "ndjson"];
    assert!(!written.is_empty() && written == by_command(folder.path(), &options), "byte for byte");
    let mode = fs::metadata(folder.path().join("all.ndjson")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(names(folder.path()), ["all.ndjson"]);

    program.press("\r");
    program.until_gone("undecided rows are left out");
    program.press("  ");
    program.until("2 marked");
    // The ending of the typed path chooses the format.
    export(&mut program, "all.ndjson", 0);
    program.until("Replace the file?");
    program.press("\r");
    program.until_gone("Replace the file?");
    assert_eq!(fs::read(folder.path().join("all.ndjson")).expect("a file"), written, "the first answer keeps it");
    export(&mut program, "all.ndjson", 0);
    program.until("Replace the file?");
    program.press("j\r");
    program.until("Written: 2 rows, complete.");
    let marked = fs::read_to_string(folder.path().join("all.ndjson")).expect("a file");
    assert_eq!(marked.lines().count(), 2);
    program.press("\r");
    program.until_gone("complete.");

    export(&mut program, "marked.csv", 0);
    program.until("Written: 2 rows, complete.");
    let csv = fs::read_to_string(folder.path().join("marked.csv")).expect("a file");
    assert!(csv.lines().count() == 3 && csv.starts_with("kyc.result,"), "{csv}");
    program.press("\rq");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
}

#[test]
fn esc_keeps_what_came_as_a_partial_file_that_says_so_and_the_command_continues_it() {
    let folder = TempDir::new().expect("a folder");
    let options = [&DEMO[..], &["--scenario", "slow"]].concat();
    let mut program = Program::start_in(folder.path(), &options, &[], (80, 24));
    program.until("50 loaded · more");
    export(&mut program, "slow.ndjson", 2);
    program.until("Export: 50 rows written");
    program.press("\x1b[27u");
    program.until("Stopped by you: 50 rows written, not complete.");
    program.until("Partial file: slow.ndjson.partial");
    let part = fs::read_to_string(folder.path().join("slow.ndjson.partial")).expect("a partial file");
    assert_eq!(part.lines().count(), 50);
    assert_eq!(names(folder.path()), ["slow.ndjson.partial", "slow.ndjson.resume", "slow.ndjson.seen"]);
    program.press("\rq");
    assert_eq!(program.exit_code(), 0);
    #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
    let mut command = Command::new(binary());
    command.args(["export", "--demo", "--today", "2026-11-21", "--out", "slow.ndjson", "--resume"]);
    command.env_clear().env("HOME", "/nonexistent").current_dir(folder.path()).stdin(Stdio::null());
    let ran = command.output().expect("the binary runs");
    assert!(ran.status.success(), "{ran:?}");
    let whole = fs::read(folder.path().join("slow.ndjson")).expect("a file");
    assert_eq!(whole, by_command(folder.path(), &["--output", "ndjson"]), "as if it had not been stopped");
}

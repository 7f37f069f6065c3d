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
    program.until("masked: ID numbers.");
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

/// Returns the command line that the report of a stopped export shows.
fn shown_call(program: &Program) -> String {
    let screen = program.screen();
    let inside = screen.lines().filter_map(|line| line.split('│').max_by_key(|piece| piece.len())).map(str::trim);
    let from = inside.skip_while(|line| !line.starts_with("To continue: "));
    let lines: Vec<&str> = from.take_while(|line| !line.ends_with("list data only.")).collect();
    lines.join(" ").trim_start_matches("To continue: argos-review ").to_owned()
}

#[test]
fn the_command_line_of_the_report_continues_a_stopped_export() {
    let folder = TempDir::new().expect("a folder");
    let options = [&DEMO[..], &["--scenario", "slow"]].concat();
    let mut program = Program::start_in(folder.path(), &options, &[], (120, 40));
    program.until("50 loaded · more");
    program.press("ffrom:-4d\r");
    program.until_gone("previous query");
    program.until("50 loaded · more");
    export(&mut program, "slow.ndjson", 2);
    program.until("Export: 50 rows written");
    program.press("\x1b[27u");
    program.until("To continue: argos-review export from:");
    let call = shown_call(&program);
    program.press("\rq");
    assert_eq!(program.exit_code(), 0);
    #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
    let mut command = Command::new(binary());
    command.args(call.split(' ')).env_clear().env("HOME", "/nonexistent").current_dir(folder.path());
    let ran = command.stdin(Stdio::null()).output().expect("the binary runs");
    assert!(ran.status.success(), "{call}: {ran:?}");
    let whole = fs::read(folder.path().join("slow.ndjson")).expect("a file");
    assert!(whole == by_command(folder.path(), &["from:-4d", "--output", "ndjson"]), "byte for byte");
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

#[test]
fn the_whole_query_of_a_term_on_aml_brings_the_red_flags_without_a_fetch_before() {
    let folder = TempDir::new().expect("a folder");
    let mut program = Program::start_in(folder.path(), &DEMO, &[], (120, 40));
    program.until("50 loaded · more");
    program.press("faml:red-flag from:-30d\r");
    program.until(" rows hidden: unknown if they match ");
    program.press("x");
    program.until("all pages, with aml for the filter");
    program.press("\x1b[27u");
    program.until_gone("all pages, with aml for the filter");
    // No row is shown yet, so the whole query is the first entry.
    export(&mut program, "flags.ndjson", 0);
    program.until("Written: 37 rows of 724 loaded; ");
    program.until("undecided rows are left out.");
    program.until("37 list data with aml.");
    let written = fs::read(folder.path().join("flags.ndjson")).expect("a file");
    let options = ["aml:red-flag from:-30d", "--with", "aml", "--output", "ndjson"];
    assert!(written == by_command(folder.path(), &options), "byte for byte");
    program.press("\rq");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
}

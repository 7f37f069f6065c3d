//! `open` on a terminal: data from a pipe and keys from the terminal, and the refusal without a terminal.

use std::fs;

use argos_testkit::binary::binary;
use argos_testkit::pty::Program;
use tempfile::TempDir;

const RECORD: &str = r#"{"submission_id":"6xx28lo115832","data":{"name":"Ana Sample"},"kyc":{"result":"pending"}}"#;

/// Runs a line of the shell that has the program as `$0` and a file as `$1`.
fn shell(line: &str, file: &str) -> Program {
    let command = ["/bin/sh", "-c", line, binary(), file];
    Program::launch(&command, &[("TERM", "xterm-256color"), ("PATH", "/usr/bin:/bin")], argos_testkit::root(), 100, 30)
}

fn file(folder: &TempDir) -> String {
    let path = folder.path().join("people.ndjson");
    fs::write(&path, format!("{RECORD}\n")).expect("a file");
    path.to_str().expect("a path in UTF-8").to_owned()
}

#[test]
fn data_come_from_a_pipe_and_keys_and_modes_from_the_terminal() {
    let folder = TempDir::new().expect("a folder");
    let mut program = shell(r#"cat "$1" | "$0" open -"#, &file(&folder));
    program.until("1 loaded · complete");
    program.until("stdin · dated ");
    let screen = program.screen();
    let time = screen.split_once("stdin · dated ").and_then(|(_, rest)| rest.split_once("  ")).map(|(time, _)| time);
    assert_eq!(time.map(str::len), Some("2026-11-21 09:14".len()), "no seconds: {screen}");
    program.press("\r");
    program.until("from file stdin");
    program.press("r");
    program.until("Offline: the file was read once");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    assert_eq!(program.modes(), program.modes_before(), "the terminal's settings are as before");
    program.assert_clean();
}

#[test]
fn a_file_opens_and_ctrl_c_quits() {
    let folder = TempDir::new().expect("a folder");
    let mut program = shell(r#"exec "$0" open "$1""#, &file(&folder));
    program.until("1 loaded · complete");
    program.until("people.ndjson");
    program.press("\u{3}");
    assert_eq!(program.exit_code(), 130);
    program.assert_clean();
}

#[test]
fn a_file_opens_with_a_view_and_a_filter_behind_dashes() {
    let folder = TempDir::new().expect("a folder");
    let mut program = shell(r#"HOME=/nonexistent exec "$0" open "$1" --view pending -- nat:KOR ana"#, &file(&folder));
    program.until("status:pending nat:KOR ana");
    program.until("pending (changed) ─ 0 shown of 1 loaded · complete");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    for (words, said) in [
        ("status:pending", "there is no file status:pending; a filter comes after --"),
        ("-- status:pendng", "did you mean status:pending"),
        ("-- count:5", "count is for requests to the service"),
        ("--view nosuch", "there is no view `nosuch`"),
    ] {
        let mut program = shell(&format!(r#"HOME=/nonexistent exec "$0" open "$1" {words}"#), &file(&folder));
        program.until(said);
        assert_eq!(program.exit_code(), 2, "{words}");
    }
}

#[test]
fn the_terminal_as_data_is_refused() {
    let mut program = shell(r#"exec "$0" open -"#, "");
    program.until("stdin is the terminal");
    assert_eq!(program.exit_code(), 2);
}

#[test]
fn without_a_terminal_for_keys_open_ends_with_a_sentence() {
    let folder = TempDir::new().expect("a folder");
    // A session of its own has no controlling terminal, although the output is one.
    let mut program = shell(r#"cat "$1" | setsid -w "$0" open -; echo "code $?""#, &file(&folder));
    program.until("reads keys from the terminal /dev/tty");
    program.until("code 2");
}

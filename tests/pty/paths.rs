//! A terminal at a path: what is written there passes the sanitiser, and no log is drawn over the screen.

use argos_testkit::binary::binary;
use argos_testkit::pty::Program;

fn launch(line: &str) -> (Program, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let variables = [("TERM", "xterm"), ("BINARY", binary()), ("PATH", "/usr/bin:/bin")];
    let program = Program::launch(&["/bin/sh", "-c", line], &variables, folder.path(), 100, 30);
    (program, folder)
}

#[test]
fn an_export_to_a_terminal_is_sanitised_whatever_its_path() {
    for out in ["-", "/dev/stdout", "/dev/fd/1", "/dev/tty", "$(tty)"] {
        let call = "export --demo --today 2026-11-21 --mask none --output ndjson";
        let (mut program, _folder) = launch(&format!("exec \"$BINARY\" {call} --out {out} 2>err"));
        assert_eq!(program.exit_code(), 0, "{out}: {}", program.written_text());
        let said = program.written_text();
        assert!(said.contains("\"submission_id\"") && said.contains("‹U+202E›"), "{out}: {said}");
        assert!(!said.contains('\u{202e}'), "{out}");
        program.assert_clean();
    }
}

#[test]
fn a_log_on_the_terminal_is_for_calls_without_a_screen() {
    for log in ["/dev/tty", "/dev/stderr"] {
        let (mut program, _folder) = launch(&format!("exec \"$BINARY\" demo --log-file {log}"));
        assert_eq!(program.exit_code(), 2, "{log}");
        let said = program.written_text();
        assert!(said.contains(&format!("log file: {log} is a terminal, and the lines would be drawn over")), "{said}");
        assert!(!said.contains('\u{1b}'), "{said}");
        let (mut program, _folder) = launch(&format!("exec \"$BINARY\" list --demo --log-file {log} >out"));
        assert_eq!(program.exit_code(), 0, "{log}");
        assert!(program.written_text().contains("GET /v3/submission status=200"), "{}", program.written_text());
    }
}

#[test]
fn a_log_that_fails_is_told_once_the_screen_is_gone() {
    let (mut program, _folder) = launch("trap '' XFSZ; ulimit -f 0; exec \"$BINARY\" demo --log-file log");
    program.until("50 loaded · more");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    let said = program.written_text();
    let (screen, after) = said.rsplit_once("\u{1b}[?1049l").expect("the screen is left");
    assert!(
        !screen.contains("logging stopped") && after.contains("logging stopped: log cannot be written: File too large"),
        "{after}"
    );
    program.assert_clean();
}

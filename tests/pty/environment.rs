//! What the program is started in: files and pipes in place of a terminal, poor terminals, shells that ignore signals.

use argos_testkit::binary::binary;
use std::path::Path;

use rustix::process::Signal;

use argos_testkit::pty::Program;

/// Calls the program with every kind of standard input, output and error but two terminals, and tells for each the exit
/// code, the bytes of output and the lines of talk that reached a file or a pipe.
const EVERY_KIND: &str = r#"mkfifo o e
call() { "$BINARY" demo; echo "$?" >code; }
talk() {
  case $E in
  tty) call 2>/dev/tty ;;
  file) call 2>err ;;
  pipe) cat e >err & cat=$!; call 2>e; wait $cat ;;
  closed) call 2>&- ;;
  esac
}
output() {
  case $O in
  tty) talk >/dev/tty ;;
  file) talk >out ;;
  pipe) cat o >out & reader=$!; talk >o; wait $reader ;;
  closed) talk >&- ;;
  esac
}
input() {
  case $I in
  tty) output </dev/tty ;;
  file) output <empty ;;
  pipe) : | output ;;
  closed) output <&- ;;
  esac
}
: >empty
for I in tty file pipe closed; do for O in tty file pipe closed; do for E in tty file pipe closed; do
  if [ $I$O != ttytty ]; then
    : >out; : >err; input
    echo "$I $O $E: $(cat code) $(wc -c <out) $(wc -l <err)"
  fi
done; done; done"#;

#[test]
fn without_a_terminal_it_is_one_line_and_exit_code_2_before_any_escape() {
    let folder = tempfile::tempdir().expect("a folder");
    let variables = [("TERM", "xterm"), ("PATH", "/usr/bin:/bin"), ("BINARY", binary())];
    let mut program = Program::launch(&["/bin/sh", "-c", EVERY_KIND], &variables, folder.path(), 120, 80);
    assert_eq!(program.exit_code(), 0);
    let said = program.written_text();
    assert!(!said.contains('\u{1b}'), "{said}");
    let kinds = ["tty", "file", "pipe", "closed"];
    for at in 0..64 {
        let (input, output, error) = (kinds[at / 16], kinds[at / 4 % 4], kinds[at % 4]);
        let told = usize::from(["file", "pipe"].contains(&error));
        let line = format!("{input} {output} {error}: 2 0 {told}\r\n");
        assert_eq!(said.contains(&line), (input, output) != ("tty", "tty"), "{line}{said}");
    }
    assert_eq!(said.matches("the reviewer needs a terminal").count(), 15, "{said}");
    assert_eq!(program.modes(), program.modes_before());
}

#[test]
fn wherever_standard_error_goes_the_reviewer_opens_on_the_other_two() {
    let folder = tempfile::tempdir().expect("a folder");
    for to in ["2>err", "2>/dev/null", "2>&-"] {
        let call = format!("exec \"$BINARY\" demo {to}");
        let variables = [("TERM", "xterm"), ("BINARY", binary())];
        let mut program = Program::launch(&["/bin/sh", "-c", &call], &variables, folder.path(), 100, 30);
        program.until("50 loaded · more");
        program.press("q");
        assert_eq!(program.exit_code(), 0, "{to}");
        program.assert_clean();
        assert!(program.judge().is_balanced(), "{to}");
    }
}

#[test]
fn terminal_that_cannot_draw_is_one_line_and_exit_code_2_and_calls_still_work() {
    let folder = tempfile::tempdir().expect("a folder");
    for variables in [&[][..], &[("TERM", "")], &[("TERM", "dumb")]] {
        let mut program = Program::launch(&[binary(), "demo"], variables, folder.path(), 100, 30);
        assert_eq!(program.exit_code(), 2, "{variables:?}");
        let said = program.written_text();
        assert_eq!((said.lines().count(), said.contains("TERM"), said.contains('\u{1b}')), (1, true, false), "{said}");
        let mut program = Program::launch(&[binary(), "list", "--demo"], variables, folder.path(), 100, 30);
        assert_eq!(program.exit_code(), 0, "{}", program.screen());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn signal_that_was_ignored_from_the_start_stays_so() {
    let call = "trap '' HUP INT; exec \"$BINARY\" demo-server";
    let variables = [("BINARY", binary())];
    let mut program = Program::launch(&["/bin/sh", "-c", call], &variables, Path::new("/"), 100, 30);
    program.until("ARGOS_API_KEY=");
    program.signal(Signal::HUP);
    program.signal(Signal::INT);
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143, "neither of the others ended it");
}

#[test]
fn call_that_nobody_reads_is_ended_by_a_signal() {
    let call = [binary(), "list", "--demo", "--all", "--output", "json"];
    let mut program = Program::launch(&call, &[], Path::new("/"), 100, 30);
    program.stop_reading();
    program.until_full();
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
}

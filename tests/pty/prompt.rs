//! `config init` asks for the key on the terminal and shows nothing of it.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::process::Signal;
use tempfile::TempDir;

use argos_testkit::pty::Program;

const KEY: &str = "CanaryKeyThatNobodyMaySee7x9z";
const QUESTION: &str = "API key";

fn asked(home: &Path) -> Program {
    let home = home.to_str().expect("a path in UTF-8");
    let mut program = Program::start(&["config", "init"], &[("HOME", home)], 120, 30);
    program.until(QUESTION);
    program
}

#[test]
fn what_is_typed_is_not_shown_and_goes_into_a_private_file() {
    let home = TempDir::new().expect("a folder");
    let mut program = asked(home.path());
    program.press("two words\r");
    program.until("one word of visible ASCII");
    program.press(&format!("{KEY}\r"));
    assert_eq!(program.exit_code(), 0);
    let said = program.written_text();
    assert!(!said.contains(KEY) && !said.contains("two words"), "{said}");
    let file = home.path().join(".config/argos-review/main.key");
    assert_eq!(std::fs::read_to_string(&file).expect("the key's file"), KEY);
    assert_eq!(std::fs::metadata(&file).expect("the key's file").mode() & 0o7777, 0o600);
    program.assert_clean();
}

#[test]
fn whatever_ends_the_question_the_terminal_shows_again_what_is_typed() {
    let ends: [(&str, Option<Signal>, u32); 4] =
        [("abc\u{3}", None, 130), ("abc", Some(Signal::TERM), 143), ("abc", Some(Signal::INT), 130), ("\r", None, 0)];
    for (typed, signal, code) in ends {
        let home = TempDir::new().expect("a folder");
        let mut program = asked(home.path());
        // Shown or not is decided once the question is.
        program.until_hidden();
        program.press(typed);
        if let Some(signal) = signal {
            program.signal(signal);
        }
        assert_eq!(program.exit_code(), code, "{typed:?} {signal:?}");
        assert_eq!(program.modes(), program.modes_before(), "{typed:?} {signal:?}");
        assert!(!home.path().join(".config/argos-review/main.key").exists());
    }
}

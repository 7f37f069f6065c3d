//! The program as a shell's job, and where it is none.

use argos_testkit::binary::binary;
use argos_testkit::skipped::skipped;
use std::path::Path;

use rustix::process::Signal;

use argos_testkit::deadline::until;
use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;

/// How a program that takes the screen begins.
const TAKE: &str = "\u{1b}[?1049h";
/// How it ends.
const LEAVE: &str = "\u{1b}[?1049l";
/// What the shell says when it waits for a command.
const PROMPT: &str = "ready>";

/// Stops the job from its shell's terminal, uses the shell, and goes on, as a person does.
fn stop_and_go_on(shell: &[&str]) {
    let variables = [("TERM", "xterm-256color"), ("PS1", "ready> "), ("HOME", "/nonexistent")];
    let mut program = Program::launch(shell, &variables, Path::new("/"), 120, 40);
    program.until(PROMPT);
    let settings = program.modes();
    program.press(&format!("{} demo --today 2026-11-21\r", binary()));
    program.until("50 loaded · more");
    program.press("M");
    program.until("masked: none");
    for round in 1..=cases(2, 100) {
        program.press("j\u{1a}");
        // Of an earlier round the same still is on the shell's screen.
        program.until_written("Stopped", round);
        program.until_prompt(PROMPT, "Stopped");
        assert!(!program.alternate_screen());
        until("the shell's settings are there", || program.modes() == settings);
        program.press(&format!("echo round-$(({round}+1000))\r"));
        // Before it asks, the shell sets the size that it has just read (readline does), which may be the old one.
        program.until_prompt(PROMPT, &format!("round-{}", round + 1000));
        program.resize(110, 30);
        program.press("fg\r");
        program.until_written(TAKE, round + 1);
        // Whoever goes on may be somebody else, and the terminal may have another size.
        program.wait("masked, on the new size", |screen| {
            screen.contains("masked: ID numbers") && screen.lines().count() == 30 && screen.contains(" loaded · ")
        });
    }
    program.press("q");
    program.until_prompt(PROMPT, LEAVE);
    until("the shell's settings are there", || program.modes() == settings);
    program.press("exit\r");
    assert_eq!(program.exit_code(), 0);
    assert!(program.left_behind().iter().all(String::is_empty), "{:?}", program.left_behind());
}

#[test]
fn shells_stop_it_and_have_it_go_on() {
    stop_and_go_on(&["/bin/sh", "-i"]);
    if Path::new("/bin/bash").exists() {
        stop_and_go_on(&["/bin/bash", "--norc", "--noprofile", "-i"]);
    } else {
        skipped("jobs of bash: there is no /bin/bash");
    }
}

#[test]
fn where_nobody_could_have_it_go_on_it_does_not_stop() {
    let mut program = Program::start(&["demo", "--today", "2026-11-21"], &[], 100, 30);
    program.until("50 loaded · more");
    program.press("M");
    program.until("masked: none");
    program.press("\u{1a}");
    program.until("masked: ID numbers");
    program.press("M");
    program.until("masked: none");
    program.signal(Signal::TSTP);
    program.until("masked: ID numbers");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
    assert_eq!(program.written_text().matches(TAKE).count(), 1, "the screen stayed");
}

#[cfg(target_os = "linux")]
#[test]
fn after_a_stop_that_nobody_asked_for_the_terminal_is_taken_anew() {
    let mut program = Program::start(&["demo", "--today", "2026-11-21"], &[], 100, 30);
    program.until("50 loaded · more");
    let stat = format!("/proc/{}/stat", program.id());
    for round in 1..=3 {
        program.press("M");
        program.until("masked: none");
        program.signal(Signal::STOP);
        until("it is stopped", || std::fs::read_to_string(&stat).expect("a process").contains(") T "));
        program.signal(Signal::CONT);
        program.until_written(TAKE, round + 1);
        program.until("masked: ID numbers");
    }
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
    assert!(program.judge().is_balanced());
    assert!(program.left_behind().iter().all(String::is_empty), "{:?}", program.left_behind());
}

//! The binary itself in a pseudo-terminal: what a person would see, and what is left behind.

#[cfg(test)]
#[cfg(target_os = "linux")]
mod bulk;
#[cfg(test)]
mod canaries;
#[cfg(test)]
mod cells;
#[cfg(test)]
mod chaos;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod copying;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod environment;
#[cfg(test)]
mod exports;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod files;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod input;
#[cfg(test)]
mod jobs;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod key_command;
#[cfg(test)]
mod key_echo;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod masked_calls;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod memory;
#[cfg(test)]
mod mouse;
#[cfg(test)]
mod panics;
#[cfg(test)]
mod paths;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod pictures;
#[cfg(test)]
mod pixels;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod planted_pictures;
#[cfg(test)]
mod prompt;
#[cfg(test)]
mod scan;
#[cfg(test)]
mod service;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod sleep;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod soak;
#[cfg(test)]
mod views;
#[cfg(test)]
mod walk;

use argos_demo::Scenario;
use argos_testkit::pty::Program;

const DEMO: [&str; 3] = ["demo", "--today", "2026-11-21"];

#[test]
fn demo_opens_shows_every_tab_and_leaves_the_terminal_as_it_was() {
    let mut program = Program::start(&DEMO, &[], 120, 40);
    program.until("50 loaded · more");
    program.press("jjj\r");
    let tabs = ["Summary]", "Attempts]", "OCR]", "AML]", "Timeline]", "Signals]", "Details]", "JSON]"];
    for (key, tab) in (1..).zip(tabs) {
        program.press(&key.to_string());
        program.until(tab);
    }
    program.press("?");
    program.until("╭ Help");
    program.press("\u{1b}");
    program.until_gone("╭ Help");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    assert_eq!(program.modes(), program.modes_before(), "the terminal's settings are as before");
    program.assert_clean();
    assert!(program.judge().is_balanced(), "every mode was given back");
    assert!(!program.alternate_screen(), "the alternate screen was left");
    assert_eq!(program.screen().trim(), "", "nothing of a submission is left on the screen");
}

#[test]
fn filter_and_load_all_work_on_a_small_screen() {
    let mut program = Program::start(&DEMO, &[], 80, 24);
    program.until("50 loaded · more");
    program.press("ffrom:-7d\r");
    program.until("start_date=2026-11-14");
    program.press("L");
    program.until("loaded · complete");
    program.press("\u{3}");
    assert_eq!(program.exit_code(), 130);
}

#[test]
fn a_terminal_that_answers_nothing_is_asked_nothing() {
    let mut program = Program::start(&DEMO, &[], 80, 24);
    program.until("50 loaded · more");
    program.press("\r");
    program.until("Summary]");
    program.press("\u{c}z\u{1b}");
    program.until("Submissions");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    let queries = ["\u{1b}[6n", "\u{1b}[c", "\u{1b}[?u", "\u{1b}]"];
    assert!(queries.iter().all(|query| !program.written_text().contains(query)));
}

#[test]
fn copying_sends_one_sequence_with_what_was_chosen_and_nothing_without_asking() {
    let mut program = Program::start(&DEMO, &[], 120, 40);
    program.until("50 loaded · more");
    program.press("y");
    program.until("╭ Copy");
    assert!(!program.written_text().contains("\u{1b}]"), "the menu alone sends nothing");
    program.press("j\r");
    program.until("Sent: path .kyc.result · needs OSC 52");
    program.assert_clean();
    assert_eq!(program.judge().copied(), ["Lmt5Yy5yZXN1bHQ="], "the path .kyc.result in base64");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn signals_give_the_terminal_back_and_their_exit_codes() {
    use rustix::process::Signal;
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "mouse = true\n").expect("a file");
    std::fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("its owner's");
    let config = config.to_str().expect("a path");
    let others = [Signal::USR1, Signal::USR2, Signal::ALARM, Signal::VTALARM, Signal::PROF, Signal::XCPU, Signal::XFSZ];
    let others = others.into_iter().map(|signal| (signal, 128 + signal.as_raw().cast_unsigned()));
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)].into_iter().chain(others) {
        let mut program = Program::start(&DEMO, &[("ARGOS_CONFIG", config)], 100, 30);
        program.until("50 loaded · more");
        program.signal(signal);
        assert_eq!(program.exit_code(), code);
        assert_eq!(program.modes(), program.modes_before());
        assert!(!program.alternate_screen());
    }
}

#[test]
fn no_key_is_one_sentence_and_exit_code_2() {
    let mut program = Program::start(&[], &[("HOME", "/nonexistent")], 120, 40);
    assert_eq!(program.exit_code(), 2);
    let said = program.written_text();
    assert!(said.contains("ARGOS_API_KEY") && said.contains("demo"), "{said}");
    assert!(!program.entered_alternate_screen());
}

#[test]
fn scenarios_are_listed_and_an_unknown_one_is_one_sentence_and_exit_code_2() {
    for call in ["demo", "demo-server"] {
        let mut program = Program::start(&[call, "--list-scenarios"], &[], 160, 60);
        assert_eq!(program.exit_code(), 0);
        let listed = program.written_text();
        for scenario in Scenario::all().expect("the scenarios") {
            let own = |line: &str| line.starts_with(scenario.name) && line.trim_end().ends_with(&scenario.about);
            assert!(listed.lines().any(own), "{}", scenario.name);
        }
        let mut program = Program::start(&[call, "--scenario", "stuk-cursor"], &[], 160, 40);
        assert_eq!(program.exit_code(), 2);
        assert_eq!(program.written_text().trim_end().lines().count(), 1);
        assert!(program.written_text().contains("near it: stuck-cursor"));
    }
}

#[test]
fn named_scenario_is_played() {
    let mut program = Program::start(&[&DEMO[..], &["--scenario", "wrong-key"]].concat(), &[], 120, 40);
    program.until("does not accept the API key (403)");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

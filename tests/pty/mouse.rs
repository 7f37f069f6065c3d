//! The mouse in a real terminal: the modes are sent only while it is on, and every way out switches them off.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use rustix::process::Signal;
use tempfile::TempDir;

use argos_testkit::demo_process::DemoProcess;
use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;

/// What asks the terminal for clicks and the wheel, and what ends that.
const ON: &str = "\u{1b}[?1000h\u{1b}[?1006h";
const OFF: &str = "\u{1b}[?1006l\u{1b}[?1000l";
/// The bytes of F9.
const F9: &str = "\u{1b}[20~";

/// A folder with a configuration file.
fn home(config: &str) -> TempDir {
    let home = TempDir::new().expect("a folder");
    let file = home.path().join("config.toml");
    fs::write(&file, config).expect("a file");
    fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("its owner's");
    home
}

/// The reviewer with the data of the demo and a configuration.
fn reviewer(demo: &DemoProcess, home: &TempDir, (width, height): (u16, u16)) -> Program {
    let config = home.path().join("config.toml");
    let [base, key] = demo.variables();
    let variables = [base, key, ("ARGOS_CONFIG", config.to_str().expect("a path"))];
    Program::start(&[], &variables, width, height)
}

/// A button that goes down and up at a cell, counted from 1.
fn click(x: u16, y: u16) -> String {
    format!("\u{1b}[<0;{x};{y}M\u{1b}[<0;{x};{y}m")
}

#[test]
fn the_mouse_is_taken_only_while_it_is_on_and_then_does_what_keys_do() {
    let (demo, home) = (DemoProcess::with_scenario("default"), home("[keys]\ntoggle_mouse = [\"F9\"]\n"));
    let mut program = reviewer(&demo, &home, (120, 40));
    program.until("50 loaded · more");
    // Bytes that look like a report, although none was asked for.
    program.press(&click(5, 9));
    program.press("j");
    program.until(" 2/50 ");
    assert!(!program.written_text().contains("\u{1b}[?100"), "no mode of the mouse is sent while it is off");
    program.allow_mouse();
    program.press(F9);
    program.until("Mouse on");
    program.until_written(ON, 1);
    // The rows begin on the sixth line: header, filter, request, border, headings.
    program.press(&click(5, 9));
    program.until(" 4/50 ");
    program.press(&click(5, 9));
    program.press("k");
    program.press(&"\u{1b}[<65;5;9M".repeat(4));
    program.until(" 15/50 ");
    program.press(F9);
    program.until("Mouse off");
    program.until_written(OFF, 1);
    program.press(&click(5, 7));
    program.press("\u{1b}[27uj");
    program.until(" 16/50 ");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
    assert!(program.judge().is_balanced());
    assert_eq!([ON, OFF].map(|mode| program.written_text().matches(mode).count()), [1, 1]);
}

#[test]
fn the_setting_turns_it_on_and_ends_and_stops_turn_it_off() {
    let (demo, home) = (DemoProcess::with_scenario("default"), home("mouse = true\n"));
    let mut program = reviewer(&demo, &home, (80, 24));
    program.allow_mouse();
    program.until("50 loaded · more");
    assert_eq!(program.written_text().matches(ON).count(), 1);
    if cfg!(target_os = "linux") {
        program.signal(Signal::STOP);
        program.signal(Signal::CONT);
        program.until_written(ON, 2);
        program.until("50 loaded · more");
    }
    program.press(&click(5, 8));
    program.until(" 3/50 ");
    program.press(&click(5, 8));
    program.until("[1:Summary]");
    // The right button goes back.
    program.press("\u{1b}[<2;5;8M\u{1b}[<2;5;8m");
    program.until(" 3/50 ");
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_clean();
    assert!(program.judge().is_balanced(), "every mode was given back");
    assert_eq!(program.modes(), program.modes_before());
    let said = program.written_text();
    assert_eq!(said.matches("\u{1b}[?1000h").count(), said.matches("\u{1b}[?1000l").count());
    assert!(program.left_behind().iter().all(String::is_empty), "{:?}", program.left_behind());
}

#[test]
fn floods_of_the_wheel_of_drags_and_of_zeros_are_taken() {
    let (demo, home) = (DemoProcess::with_scenario("default"), home("mouse = true\n"));
    let mut program = reviewer(&demo, &home, (120, 40));
    program.allow_mouse();
    program.until("50 loaded · more");
    program.press(&"\u{1b}[<65;5;9M\u{1b}[<64;5;9M".repeat(cases(300, 20_000)));
    let reports = "\u{1b}[<0;0;0M\u{1b}[<65;0;0M\u{1b}[<35;7;7M\u{1b}[<32;8;8M\u{1b}[<0;65535;65535M\u{1b}[<2;999;1M";
    program.press(&reports.repeat(cases(100, 5_000)));
    program.press("?");
    program.until("╭ Help");
    // A click beside the page closes it.
    program.press(&click(2, 20));
    program.until_gone("╭ Help");
    program.signal(Signal::TERM);
    assert_eq!(program.exit_code(), 143);
    program.assert_clean();
    assert!(program.judge().is_balanced());
}

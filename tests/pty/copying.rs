//! Copying in a real terminal: what the notice says, the copied `curl` command as it is pasted, and the program of a
//! `copy_command`.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tempfile::TempDir;

use argos_testkit::deadline::until;
use argos_testkit::demo_process::DemoProcess;
use argos_testkit::pty::Program;
use argos_testkit::skipped::skipped;

const DEMO: [&str; 3] = ["demo", "--today", "2026-11-21"];

/// Copies the last entry of the menu, the `curl` command, and returns its text.
fn copied_call(program: &mut Program) -> String {
    program.until("50 loaded · more");
    program.until("full record");
    program.press("y");
    program.until("╭ Copy");
    program.press("G\r");
    program.until("Copied: curl command");
    let copied = program.judge().copied();
    let text = STANDARD.decode(copied.last().expect("a copy")).expect("base64");
    String::from_utf8(text).expect("UTF-8")
}

/// Runs a copied command as a shell does, and returns its output as JSON. `None` if there is no `curl`.
#[expect(clippy::disallowed_methods, reason = "a copied command is run as a shell runs it")]
fn pasted(command: &str, variables: &[(&str, &str)]) -> Option<Value> {
    let path = std::env::var("PATH").expect("a PATH");
    if Command::new("curl").arg("--version").env_clear().env("PATH", &path).output().is_err() {
        skipped("the copied command as pasted: there is no curl");
        return None;
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).env_clear().env("PATH", path).env("no_proxy", "*");
    let ran = shell.envs(variables.iter().copied()).output().expect("a shell");
    let text = String::from_utf8_lossy(&ran.stdout);
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text} {ran:?}")))
}

#[test]
fn the_copied_command_of_the_demo_works_as_pasted_while_the_demo_runs() {
    let mut program = Program::start(&DEMO, &[("TERM", "xterm-kitty")], 120, 40);
    let command = copied_call(&mut program);
    assert!(command.contains("http://127.0.0.1:") && !command.contains("$ARGOS"), "{command}");
    if let Some(answer) = pasted(&command, &[]) {
        let id = answer["Items"][0]["submission_id"].as_str().expect("an id");
        assert!(command.contains(id), "{command}");
    }
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn the_copied_command_of_a_profile_works_with_the_key_in_a_variable_and_never_holds_the_key() {
    let server = DemoProcess::with_scenario("default");
    let home = TempDir::new().expect("a folder");
    let mut variables = server.variables().to_vec();
    variables.extend([("TERM", "xterm-kitty"), ("HOME", home.path().to_str().expect("UTF-8"))]);
    let mut program = Program::start(&[], &variables, 120, 40);
    let command = copied_call(&mut program);
    let (_, key) = variables.iter().find(|(name, _)| *name == "ARGOS_API_KEY").expect("the key");
    assert!(command.contains("$ARGOS_API_KEY") && !command.contains(key), "{command}");
    if let Some(answer) = pasted(&command, &[("ARGOS_API_KEY", key)]) {
        assert!(answer["Items"][0]["submission_id"].is_string(), "{answer}");
    }
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

/// A home whose configuration gives copied text to a script.
fn home(script: &str) -> TempDir {
    let home = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a mode");
    };
    write("take", script);
    write("config.toml", "copy_command = [\"sh\", \"take\"]\naccess_log = \"access.ndjson\"\n");
    home
}

/// A reviewer on a server, with a copied path and what its notice says.
fn copying(home: &Path, server: &DemoProcess, notice: &str) -> Program {
    let mut variables = server.variables().to_vec();
    let place = home.to_str().expect("UTF-8");
    variables.extend([("HOME", place), ("PATH", "/usr/bin:/bin"), ("ARGOS_CONFIG", "config.toml")]);
    let mut program = Program::start_in(home, &[], &variables, (120, 40));
    program.until("50 loaded · more");
    program.press("y");
    program.until("╭ Copy");
    program.press("j\r");
    program.until(notice);
    program
}

#[test]
fn a_copy_command_takes_the_text_and_the_terminal_gets_none() {
    let server = DemoProcess::with_scenario("default");
    let home = home("cat > taken; env > seen; echo done >> taken");
    let mut program = copying(home.path(), &server, "Copied: path .kyc.result");
    let taken = fs::read_to_string(home.path().join("taken")).expect("what was taken");
    assert_eq!(taken, ".kyc.resultdone\n");
    let seen = fs::read_to_string(home.path().join("seen")).expect("the environment");
    assert!(seen.contains("HOME=") && !seen.contains("ARGOS"), "{seen}");
    assert!(!program.written_text().contains("\u{1b}]52"), "nothing went to the terminal's clipboard");
    let recorded = fs::read_to_string(home.path().join("access.ndjson")).expect("the access log");
    assert!(recorded.contains("\"copy\""), "{recorded}");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn a_copy_command_that_fails_says_so() {
    let server = DemoProcess::with_scenario("default");
    let home = home("cat > /dev/null; exit 3");
    let mut program = copying(home.path(), &server, "Not copied: copy_command failed with exit code 3");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn a_copy_command_that_does_not_end_delays_no_key_and_is_ended() {
    let server = DemoProcess::with_scenario("default");
    let home = home("echo $$ > pid; exec sleep 600");
    let mut program = copying(home.path(), &server, "loaded");
    until("the program runs", || fs::read_to_string(home.path().join("pid")).is_ok_and(|pid| pid.ends_with('\n')));
    program.press("?");
    program.until("╭ Help");
    program.press("\u{1b}");
    program.until("Not copied: copy_command took longer than 5 s and was ended");
    let pid = fs::read_to_string(home.path().join("pid")).expect("the number");
    until("the program has ended", || !Path::new(&format!("/proc/{}", pid.trim())).exists());
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

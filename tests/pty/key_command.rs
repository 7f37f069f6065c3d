//! The program of an `api_key_command` on the terminal: it may ask, and whatever ends it leaves the terminal as it was.

use argos_testkit::binary::binary;
use std::fs::{self, OpenOptions, Permissions};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::ioctl_fionread;
use rustix::process::{Pid, Signal, test_kill_process};
use tempfile::TempDir;

use argos_testkit::deadline::until;
use argos_testkit::pty::{Program, signal_to};

/// Asks without showing what is typed, as helpers do that unlock a store, and starts something that outlives it.
const ASKS: &str = r#"sleep 600 & echo $! >>"$HOME/pids"; echo $$ >>"$HOME/pids"
stty -echo </dev/tty; printf 'Passphrase: ' >/dev/tty
read answer </dev/tty
stty echo </dev/tty; printf 'Thanks\n' >/dev/tty
[ "$answer" = open ] && echo invented-key"#;

/// A home with a profile whose key comes from a script.
fn home(script: &str, seconds: u32) -> TempDir {
    let home = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a mode");
    };
    write("ask", script);
    let command = "api_key_command = [\"sh\", \"ask\"]";
    let text = format!("profile = \"p\"\n[profiles.p]\n{command}\napi_key_command_seconds = {seconds}\n");
    write("config.toml", &text);
    home
}

fn variables(home: &Path) -> Vec<(&str, &str)> {
    let home = home.to_str().expect("a path in UTF-8");
    vec![("HOME", home), ("PATH", "/usr/bin:/bin"), ("ARGOS_CONFIG", "config.toml"), ("PS1", "ready> ")]
}

/// `config check` at the question.
fn asked(home: &Path) -> Program {
    let mut program = Program::start_in(home, &["config", "check"], &variables(home), (120, 30));
    program.until("Passphrase:");
    program.until_hidden();
    program
}

/// Waits until none of what the script started is alive.
fn until_ended(home: &Path) {
    let pids = fs::read_to_string(home.join("pids")).expect("the numbers");
    let pids: Vec<Pid> = pids.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)).collect();
    assert!(pids.len() >= 2, "{pids:?}");
    until("all of the group has ended", || pids.iter().all(|pid| !is_alive(*pid)));
}

fn is_alive(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    test_kill_process(pid).is_ok() && stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
}

fn kill_all(home: &Path) {
    for line in fs::read_to_string(home.join("pids")).unwrap_or_default().lines() {
        if let Some(pid) = line.parse().ok().and_then(Pid::from_raw) {
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        }
    }
}

#[test]
fn it_may_ask_on_the_terminal_and_what_it_started_lives_on() {
    let home = home(ASKS, 30);
    let mut program = asked(home.path());
    program.press("open\r");
    program.until("Configuration is complete");
    assert_eq!(program.exit_code(), 0);
    assert_eq!(program.modes(), program.modes_before());
    assert!(!program.written_text().contains("open"), "{}", program.written_text());
    let pids = fs::read_to_string(home.path().join("pids")).expect("the numbers");
    let started = pids.lines().next().and_then(|line| Pid::from_raw(line.parse().ok()?)).expect("a number");
    assert!(is_alive(started), "an agent that it started for later is not ended");
    kill_all(home.path());
}

#[test]
fn unanswered_it_is_ended_with_all_that_it_started_and_the_terminal_is_as_before() {
    // However busy the machine is: with time enough, it gets as far as asking.
    for seconds in [1, 4, 16, 64] {
        let home = home(ASKS, seconds);
        let mut program = Program::start_in(home.path(), &["config", "check"], &variables(home.path()), (120, 30));
        assert_eq!(program.exit_code(), 2);
        let said = program.written_text();
        let ended = format!("took longer than {seconds} s and was ended: api_key_command_seconds");
        assert!(said.contains(&ended) && said.contains("api_key_command_env"), "{said}");
        assert_eq!(program.modes(), program.modes_before());
        if said.contains("Passphrase:") {
            return until_ended(home.path());
        }
    }
    panic!("it never asked");
}

/// A pager that takes the terminal while the other program runs.
const PAGER: &str = r#"until [ -e "$HOME/runs" ]; do :; done
stty -icanon </dev/tty; printf 'pager-has-it\n' >/dev/tty; touch "$HOME/taken"; cat; stty icanon </dev/tty"#;

#[test]
fn one_that_asks_nothing_leaves_the_terminal_to_a_pager() {
    let home = home(r#"touch "$HOME/runs"; until [ -e "$HOME/taken" ]; do :; done; echo invented-key"#, 60);
    fs::write(home.path().join("pager"), PAGER).expect("a file");
    let mut program = Program::launch(&["/bin/sh", "-i"], &variables(home.path()), home.path(), 120, 30);
    program.until("ready>");
    program.press(&format!("{} config check | sh pager\r", binary()));
    program.until("pager-has-it");
    program.until("Configuration is complete");
    program.until_written("ready>", 2);
    assert!(!program.screen().contains("Stopped"), "{}", program.screen());
    program.press("exit\r");
    assert_eq!(program.exit_code(), 0);
}

#[test]
fn half_an_answer_is_no_command_for_the_shell() {
    // It asks and does not read what is typed.
    let home = home(&ASKS.replace("read answer </dev/tty", "echo $PPID >\"$HOME/parent\"; sleep 600"), 30);
    let mut program = Program::launch(&["/bin/sh", "-i"], &variables(home.path()), home.path(), 120, 30);
    program.until("ready>");
    program.press(&format!("{} config check\r", binary()));
    program.until("Passphrase:");
    program.until_hidden();
    let parent = home.path().join("parent");
    let number = || fs::read_to_string(&parent).ok()?.trim().parse().ok();
    until("it waits", || number().is_some());
    program.press("touch typed\rtouch typed-");
    let mut how = OpenOptions::new();
    let how = how.read(true).custom_flags(OFlags::NOCTTY.bits().cast_signed());
    let terminal = how.open(program.terminal()).expect("the terminal");
    until("it lies there to be read", || ioctl_fionread(&terminal).is_ok_and(|count| count > 0));
    // Held open, the terminal would not end with the shell.
    drop(terminal);
    signal_to(number().expect("its number"), Signal::TERM);
    program.until_written("ready>", 2);
    program.press("too\recho all-$((40+2))\r");
    program.until("all-42");
    assert!(!["typed", "typed-too"].iter().any(|name| home.path().join(name).exists()));
    program.press("exit\r");
    assert_eq!(program.exit_code(), 0);
    kill_all(home.path());
}

#[test]
fn signals_end_it_with_all_that_it_started() {
    let ends: [(&str, Option<Signal>, u32); 5] = [
        ("\u{3}", None, 130),
        ("\u{1c}", None, 131),
        ("", Some(Signal::TERM), 143),
        ("", Some(Signal::INT), 130),
        ("", Some(Signal::HUP), 129),
    ];
    for (typed, signal, code) in ends {
        let home = home(ASKS, 30);
        let mut program = asked(home.path());
        program.press(typed);
        if let Some(signal) = signal {
            program.signal(signal);
        }
        assert_eq!(program.exit_code(), code, "{typed:?} {signal:?}");
        assert_eq!(program.modes(), program.modes_before(), "{typed:?} {signal:?}");
        until_ended(home.path());
    }
}

#[test]
fn ctrl_z_stops_both_and_fg_has_both_go_on() {
    let home = home(ASKS, 30);
    let mut program = Program::launch(&["/bin/sh", "-i"], &variables(home.path()), home.path(), 120, 30);
    program.until("ready>");
    let (settings, shell) = (program.modes(), program.foreground());
    program.press(&format!("{} config check\r", binary()));
    program.until("Passphrase:");
    program.until_hidden();
    for round in 1..=2 {
        program.press("\u{1a}");
        program.until_written("Stopped", round);
        until("the shell's settings are there", || program.modes() == settings);
        program.press(&format!("echo round-$(({round}+1000))\r"));
        program.until(&format!("round-{}", round + 1000));
        program.press("fg\r");
        program.until_hidden();
        until("it is in front", || program.foreground() != shell);
    }
    program.press("open\r");
    program.until("Configuration is complete");
    program.press("exit\r");
    assert_eq!(program.exit_code(), 0);
    kill_all(home.path());
}

#[test]
fn in_the_background_it_stops_at_the_question_until_it_is_in_front() {
    let home = home(ASKS, 30);
    let mut program = Program::launch(&["/bin/sh", "-i"], &variables(home.path()), home.path(), 120, 30);
    program.until("ready>");
    program.press(&format!("{} config check &\r", binary()));
    until("it was started", || home.path().join("pids").exists());
    // The shell tells it before its next prompt.
    for prompts in 3.. {
        program.press("\r");
        program.until_written("ready>", prompts);
        if program.screen().contains("Stopped") {
            break;
        }
    }
    program.press("fg\r");
    program.until("Passphrase:");
    program.until_hidden();
    program.press("open\r");
    program.until("Configuration is complete");
    program.press("exit\r");
    assert_eq!(program.exit_code(), 0);
    kill_all(home.path());
}

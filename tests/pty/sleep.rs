//! What hides identity data from the person who wakes the machine: timers that count its sleep. A machine that runs tests cannot be
//! put to sleep, so the system is asked which timers the program waits for.

use std::fs;

use argos_testkit::deadline::until;
use argos_testkit::pty::Program;

/// The seconds that are left of each timer of a process that counts sleep (`CLOCK_BOOTTIME`, number 7).
fn timers(id: u32) -> Vec<u64> {
    let folder = fs::read_dir(format!("/proc/{id}/fdinfo")).expect("a running program, open to its owner");
    let told = folder.flatten().filter_map(|entry| fs::read_to_string(entry.path()).ok());
    let counts_sleep = |told: &String| told.lines().any(|line| line.split_whitespace().eq(["clockid:", "7"]));
    let left = |told: String| {
        let value = told.lines().find_map(|line| line.strip_prefix("it_value: ("))?;
        value.split(',').next()?.parse().ok()
    };
    told.filter(counts_sleep).filter_map(left).collect()
}

#[test]
fn blanking_and_revealing_are_timed_by_clocks_that_count_sleep() {
    let open = [("ARGOS_OPEN_MEMORY", "1")];
    let mut program = Program::start(&["demo", "--today", "2026-11-21"], &open, 120, 40);
    program.until("50 loaded · more");
    until("blanking is timed", || timers(program.id()).iter().any(|left| (500..600).contains(left)));
    program.press("m\r3");
    program.until("Last name          •");
    program.press("/Last name\r");
    program.until(".data.last_name");
    program.press("vvv");
    program.until("Value shown for ten seconds");
    until("revealing is timed", || timers(program.id()).iter().any(|left| *left < 10));
    // The notice can be drawn before the task of the older timer has ended.
    until("older timers are given back", || timers(program.id()).len() <= 2);
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

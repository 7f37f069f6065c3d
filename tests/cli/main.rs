//! The calls without a screen, as their users run them: the binary itself, its two streams and its exit code. And what it is
//! told besides: files, variables and options.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, its helpers too, and runs the binary"
)]

mod config;
mod doctor;
mod exit_codes;
mod export;
mod failures;
mod files;
mod help;
mod hostile;
mod key_echo;
mod limits;
mod list;
mod logs;
mod masks;
mod process_memory;
mod recorded;
mod retry_codes;
mod show;
mod stats;
mod stdout;
mod table;
mod typed;
mod views;
mod waiting;
mod with_parts;
mod words;

use argos_testkit::call::{CallOutput, run_with};
use argos_testkit::demo_process::{DemoProcess, TODAY};
use tempfile::TempDir;

/// What every call of the demo gives besides its own.
const DEMO: [&str; 3] = ["--demo", "--today", TODAY];

/// The key that the tests configure: nothing may print it.
const CANARY: &str = "CanaryKeyThatNobodyMaySee7x9z";

/// Runs a call with an environment of nothing but these variables, and a home of its own.
fn run(arguments: &[&str], variables: &[(&str, &str)]) -> CallOutput {
    let home = TempDir::new().unwrap();
    let surroundings = [("HOME", home.path().to_str().unwrap()), ("COLUMNS", "100")];
    run_with(arguments, &[&surroundings, variables].concat(), "")
}

/// Runs a call on the demo.
fn demo(arguments: &[&str]) -> CallOutput {
    run(&[arguments, &DEMO].concat(), &[])
}

/// The same with variables, and with nothing else.
fn demo_with(arguments: &[&str], variables: &[(&str, &str)]) -> CallOutput {
    run_with(&[arguments, &DEMO].concat(), variables, "")
}

/// The text of every item that the demo has for a query, exactly as sent.
fn items(query: &str) -> Vec<String> {
    DemoProcess::with_scenario("default").items(query)
}

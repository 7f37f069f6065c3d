//! The calls without a screen, as their users run them: the binary itself, its two streams and its exit code.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test fails by panicking, and runs the binary")]

#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/corpus.rs"]
mod corpus;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/deadline.rs"]
mod deadline;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod list;
#[cfg(test)]
#[path = "../support/long_run.rs"]
mod long_run;
#[cfg(test)]
mod masks;
#[cfg(test)]
#[path = "../support/offence.rs"]
mod offence;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/oracle.rs"]
mod oracle;
#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "nobody types at a call that prints")]
#[path = "../support/pty.rs"]
mod pty;
#[cfg(test)]
mod server;
#[cfg(test)]
mod show;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/stand_in.rs"]
mod stand_in;
#[cfg(test)]
mod table;
#[cfg(test)]
mod typed;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod words;

use std::io::Write as _;
use std::process::{Command, Stdio};

/// What every call of the demo gives besides its own.
const DEMO: [&str; 3] = ["--demo", "--today", "2026-11-21"];

/// What a call came to.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// The binary with arguments and variables; its surroundings are otherwise empty, and its home is nobody's.
fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_argos-review"));
    command.args(arguments).env_clear().env("HOME", "/nonexistent").envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end, with a text on standard input.
fn run_with(arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ran {
    let mut child = command(arguments, variables).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Ran { code: output.status.code().unwrap(), stdout, stderr }
}

/// Runs a call on the demo.
fn demo(call: &str, arguments: &[&str]) -> Ran {
    demo_with(call, arguments, &[])
}

/// The same with variables.
fn demo_with(call: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    run_with(&[&[call], &DEMO[..], arguments].concat(), variables, "")
}

//! The calls without a screen, from outside: the binary, its output and its exit codes.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, its helpers too"
)]

mod codes;
mod doctor;
mod help;
mod key_echo;
mod memory;
mod records;
mod server;
mod stats;
mod streams;

#[path = "../support/executable.rs"]
mod executable;
#[path = "../support/nobody.rs"]
mod nobody;

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The key that the tests configure: nothing may print it.
const CANARY: &str = "CanaryKeyThatNobodyMaySee7x9z";

/// The day that the demo's data end.
const TODAY: &str = "2026-11-21";

/// What a call printed, and its exit code.
struct Done {
    code: i32,
    out: String,
    err: String,
}

impl Done {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("JSON")
    }
}

/// Runs the binary with an environment of nothing but these variables, and a home of its own.
fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Done {
    let home = TempDir::new().unwrap();
    #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
    let mut command = Command::new(env!("CARGO_BIN_EXE_argos-review"));
    command.args(arguments).env_clear().env("HOME", home.path()).env("COLUMNS", "100");
    command.envs(variables.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { code: status.code().expect("an exit code"), out: text(stdout), err: text(stderr) }
}

/// Runs a call on its own demo.
fn demo(arguments: &[&str]) -> Done {
    run(&[arguments, &["--demo", "--today", TODAY]].concat(), &[])
}

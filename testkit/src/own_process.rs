//! Tests that need a process of their own: for the environment that it starts with, or since they change what all tests of
//! a process share.

use std::ffi::OsStr;
use std::process::Command;

/// Runs an ignored test of this binary with these variables and no others.
#[expect(clippy::disallowed_methods, reason = "a process of its own is the point")]
pub fn run_alone(test: &str, variables: &[(&str, &OsStr)]) {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.env_clear().envs(variables.iter().copied());
    let output = command.args(["--exact", test, "--ignored"]).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

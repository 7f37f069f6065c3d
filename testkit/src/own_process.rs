//! Runs a test in its own process. A test needs this if it depends on the environment variables at the start, or
//! changes a state that all tests of a process share.

use std::ffi::OsStr;
use std::process::Command;

/// Runs the test with the name `test` in a new process of this test binary, with only these environment variables. The
/// test must be marked `#[ignore]`. Fails if that test fails.
#[expect(clippy::disallowed_methods, reason = "a process of its own is the point")]
pub fn run_alone(test: &str, variables: &[(&str, &OsStr)]) {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.env_clear().envs(variables.iter().copied());
    let output = command.args(["--exact", test, "--ignored"]).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

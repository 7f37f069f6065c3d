//! Runs the program under test without a terminal, and returns its output and exit code.

use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::binary::binary;
use crate::deadline::DEADLINE;

/// Output and exit code of a finished run of the program under test.
pub struct CallOutput {
    /// Exit code of the program.
    pub code: i32,
    /// All text that the program wrote to standard output.
    pub stdout: String,
    /// All text that the program wrote to standard error.
    pub stderr: String,
}

impl CallOutput {
    /// Returns the standard output, parsed as JSON. Panics if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("JSON on standard output")
    }
}

/// Returns a command that starts the program under test with these arguments and environment variables. No other
/// variable is set, except `HOME`, which names a folder that does not exist. The three standard streams are pipes.
#[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
pub fn isolated_command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).env_clear().env("HOME", "/nonexistent").envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program under test to its end with empty standard input, and returns its output. `variables` are its
/// environment variables.
pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> CallOutput {
    run_with(arguments, variables, "")
}

/// Runs the program under test to its end, with the text `input` on standard input, and returns its output. `variables`
/// are its environment variables.
pub fn run_with(arguments: &[&str], variables: &[(&str, &str)], input: &str) -> CallOutput {
    let mut child = isolated_command(arguments, variables).spawn().expect("the binary starts");
    // One that reads nothing may have ended before.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = output_of(child);
    let [stdout, stderr] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    CallOutput { code: status.code().unwrap_or_else(|| panic!("{status}: {stderr}")), stdout, stderr }
}

/// Waits until the process `child` ends, and returns its exit status and everything that it wrote. If the process does
/// not end before [`DEADLINE`], it is killed, and the test fails.
pub fn output_of(child: Child) -> Output {
    let id = Pid::from_raw(child.id().cast_signed()).expect("a process");
    let (sender, receiver) = mpsc::channel();
    #[expect(clippy::disallowed_methods, reason = "it is waited for beside the deadline")]
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    let waited = receiver.recv_timeout(DEADLINE);
    if waited.is_err() {
        let _ = kill_process(id, Signal::KILL);
    }
    waited.expect("it ends by itself").expect("its output")
}

//! `export` from outside: files that are complete or say that they are not, whatever ends the program.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/deadline.rs"]
mod deadline;
#[expect(dead_code, reason = "other tests throw more of them")]
#[path = "../support/dice.rs"]
mod dice;
mod files;
mod full;
mod kills;
mod locks;
#[path = "../support/long_run.rs"]
mod long_run;
mod memory;
mod parts;
mod random_kills;
mod records;
mod service;
mod streams;
mod unreadable;
mod walks;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use deadline::DEADLINE;

/// The demo on a day.
const DEMO: [&str; 3] = ["--demo", "--today", "2026-11-21"];

/// Waits until a process ends: exit code, and what it said.
fn ended(child: Child) -> (i32, String) {
    let Output { status, stderr, .. } = output(child);
    let said = String::from_utf8(stderr).unwrap();
    (status.code().unwrap_or_else(|| panic!("{status}: {said}")), said)
}

/// Waits until a process ends: everything that it wrote.
fn output(child: Child) -> Output {
    let id = Pid::from_raw(child.id().cast_signed()).unwrap();
    let (sender, receiver) = mpsc::channel();
    #[expect(clippy::disallowed_methods, reason = "it is waited for beside the deadline")]
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    let waited = receiver.recv_timeout(DEADLINE);
    if waited.is_err() {
        let _ = kill_process(id, Signal::KILL);
    }
    waited.expect("it ends by itself").unwrap()
}

/// A folder to export into.
struct Folder(TempDir);

impl Folder {
    /// In memory where the system has such a folder: an export waits for the disk after each page.
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        Self(if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// Everything that lies there.
    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_argos-review"));
        command
            .current_dir(self.0.path())
            .env_clear()
            .env("ARGOS_API_KEY", "invented-key-0000")
            .env("HOME", "/nonexistent");
        command.arg("export").args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Runs it to its end: exit code, and what it said.
    fn export(&self, arguments: &[&str]) -> (i32, String) {
        ended(self.start(arguments))
    }

    /// Runs a line of a shell in the folder, which finds the binary as `$0`.
    fn shell(&self, line: &str) -> (i32, String) {
        let program = self.command(&[]);
        #[expect(clippy::disallowed_methods, reason = "a shell sets up what the binary starts with")]
        let mut shell = Command::new("sh");
        shell.current_dir(self.0.path()).env_clear().env("ARGOS_API_KEY", "invented-key-0000").arg("-c").arg(line);
        shell.arg(program.get_program()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        ended(shell.spawn().unwrap())
    }

    /// The same on the demo.
    fn demo(&self, arguments: &[&str]) -> (i32, String) {
        self.export(&[&DEMO, arguments].concat())
    }

    /// The same, and it must end well.
    fn done(&self, arguments: &[&str]) -> String {
        let (code, said) = self.export(arguments);
        assert_eq!(code, 0, "{said}");
        said
    }
}

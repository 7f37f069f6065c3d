//! `export` from outside: files that are complete or say that they are not, whatever ends the program.

#![expect(clippy::unwrap_used, reason = "a failure of the set-up ends the test")]

#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/deadline.rs"]
mod deadline;
mod files;
mod kills;
#[path = "../support/long_run.rs"]
mod long_run;
mod memory;
mod service;
mod walks;

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// The demo on a day.
const DEMO: [&str; 3] = ["--demo", "--today", "2026-11-21"];

/// A folder to export into.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
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
        let Output { status, stderr, .. } = self.command(arguments).output().unwrap();
        (status.code().unwrap(), String::from_utf8(stderr).unwrap())
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

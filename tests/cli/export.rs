//! `export` from outside: files that are complete or say that they are not, whatever ends the program.

mod columns;
mod files;
mod full;
mod joined;
mod kills;
mod locks;
mod memory;
mod pages;
mod parts;
mod random_kills;
mod ranges;
mod records;
mod streams;
mod unreadable;
mod walks;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use argos_testkit::binary::binary;
use argos_testkit::call::output_of;
use tempfile::TempDir;

use crate::DEMO;

/// Waits until a process ends: exit code, and what it said.
fn ended(child: Child) -> (i32, String) {
    let Output { status, stderr, .. } = output_of(child);
    let said = String::from_utf8(stderr).unwrap();
    (status.code().unwrap_or_else(|| panic!("{status}: {said}")), said)
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

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
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

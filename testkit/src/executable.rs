//! Creates program files that a test then runs.
//!
//! The operating system refuses to run a file that any process has open for writing ("Text file busy"). If the test
//! wrote the file itself, a program that another thread starts at that moment could inherit the open file. Therefore
//! another process (`cp`) writes the file, and ends before the file is run.

use std::path::Path;
use std::process::Command;

/// Copies the program file `from` to the path `to`, from which a test can run it.
#[expect(clippy::disallowed_methods, reason = "no thread of this process may hold the copy open")]
pub fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg(from).arg(to).env_clear().status().expect("cp runs");
    assert!(copied.success(), "{} was not copied", from.display());
}

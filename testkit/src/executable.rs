//! Files that a test makes and then runs.
//!
//! The system refuses to run a file while somebody may write to it ("Text file busy"). A test that writes the file itself
//! is such a somebody for longer than it knows: a program that another thread starts at that moment inherits the open
//! file. So another process writes it, which has ended before the file is run.

use std::path::Path;
use std::process::Command;

/// Copies a program to a path from which a test can run it.
#[expect(clippy::disallowed_methods, reason = "no thread of this process may hold the copy open")]
pub fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg(from).arg(to).env_clear().status().expect("cp runs");
    assert!(copied.success(), "{} was not copied", from.display());
}

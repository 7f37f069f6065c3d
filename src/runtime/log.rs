//! The log: off unless a file is named, and readable by its owner only.
//!
//! A line tells what was asked, how long it took and what kind of failure came; never a parameter, a header or a value.

use std::fs::{OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Mutex;

/// Begins to write to a file, which gets the mode 0600.
///
/// # Errors
/// When the file cannot be opened.
pub fn begin(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    // A file that was there before may be open to others.
    file.set_permissions(Permissions::from_mode(0o600))?;
    let subscriber =
        tracing_subscriber::fmt().with_ansi(false).with_target(false).with_writer(Mutex::new(file)).finish();
    // A log that began already goes on; there is one a process.
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(())
}

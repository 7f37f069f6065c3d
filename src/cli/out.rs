//! The two streams of a program without a screen.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::text::Safe;

/// Tells the user one line on stderr, through the sanitiser. That nobody listens is no failure.
pub fn talk(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", Safe::of(line).as_str());
}

/// Whether stdout is read by eyes: then what is printed goes through the sanitiser.
#[must_use]
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes data to stdout as it is.
///
/// # Errors
/// What the system said, to be given to [`end`].
pub fn data(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// The exit code after writing data: 0 also when the reader went away (`| head`), which is its right; 1 when the data
/// could not be written.
#[must_use]
pub fn end(written: io::Result<()>) -> ExitCode {
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            talk(&format!("argos-review: the output cannot be written: {error}"));
            ExitCode::FAILURE
        }
    }
}

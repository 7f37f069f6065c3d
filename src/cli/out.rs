//! The two streams of a program without a screen.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::config::Environment;
use crate::failure::{Failure, Waiting};
use crate::text::{Mask, Safe};

/// Tells the user one line on stderr, through the sanitiser. That nobody listens is no failure.
pub fn talk(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", Safe::of(line).as_str());
}

/// Tells what could not be had, and what to do about it.
pub fn failed(failure: &Failure) {
    talk(&format!("argos-review: {}", failure.line()));
}

/// Tells that a request waits before it is tried again.
pub fn waits(waiting: Waiting) {
    let Waiting { failure, time, next, most } = waiting;
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    talk(&format!("argos-review: {} Try {next} of {most} in {seconds} s.", failure.sentence));
}

/// Tells that values are not as sent, and how to have them so.
pub fn masked(mask: Mask) {
    talk(&format!("masked: {}; --mask none prints values as sent", mask.label()));
}

/// Tells that what is printed is not what was sent.
pub fn mended() {
    talk("an answer was no valid JSON: it was mended, and is not printed as sent");
}

/// Tells that the service sent the key back, and what became of it.
pub fn key_hidden() {
    talk("the service sent the API key back: it is printed as •••, and nothing else was changed");
}

/// The columns that a line may take: what `COLUMNS` says, else the terminal behind stdout; none where neither tells.
#[must_use]
pub fn columns(environment: &Environment) -> Option<usize> {
    let said = environment.variable("COLUMNS").and_then(|columns| columns.to_str()?.trim().parse().ok());
    let of_terminal = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
    said.or_else(of_terminal).filter(|columns| *columns > 0)
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
    ExitCode::from(code(written))
}

/// The same as a number.
#[must_use]
pub fn code(written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => 0,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            talk(&format!("argos-review: the output cannot be written: {error}"));
            1
        }
    }
}

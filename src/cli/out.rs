//! Standard output and standard error of a call without a screen.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::config::Environment;
use crate::failure::{Failure, Waiting};
use crate::text::{Mask, Safe, counted, json_visible};

/// Prints one sanitised line to stderr. A closed stderr is ignored.
pub fn eprint(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", Safe::sanitize(line).as_str());
}

/// Prints what failed, and what the user can do about it.
pub fn failed(failure: &Failure) {
    eprint(&format!("argos-review: {}", failure.line()));
}

/// Prints that a request waits for its retry.
pub fn waits(waiting: &Waiting) {
    let Waiting { failure, time, next, most } = waiting;
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    eprint(&format!("argos-review: {} Retry {next} of {most} in {seconds} s.", failure.sentence));
}

/// Prints that values are masked, and how to print them as sent.
pub fn masked(mask: Mask) {
    eprint(&format!("masked: {}; --mask none prints values as sent", mask.label()));
}

/// Prints that an answer was repaired, so that the output differs from it.
pub fn mended() {
    eprint("an answer was not valid JSON: it was repaired, and is not printed as sent");
}

/// Prints how many submissions of the list the service no longer finds.
pub fn gone(count: usize) {
    eprint(&format!("not found any more, list data only: {}", counted(count, "submission")));
}

/// Prints that the service sent the API key back, and that the key is hidden.
pub fn key_hidden() {
    eprint("the service sent the API key back: it is printed as •••, nothing else was changed");
}

/// Returns the number of columns that a line may take: the value of `COLUMNS`, else the width of the terminal at
/// stdout; `None` if both are unknown.
pub fn columns(environment: &Environment) -> Option<usize> {
    let said = environment.variable("COLUMNS").and_then(|columns| columns.to_str()?.trim().parse().ok());
    let of_terminal = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
    said.or_else(of_terminal).filter(|columns| *columns > 0)
}

/// Returns whether stdout is a terminal. If so, all printed text must pass the sanitiser.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes data to stdout unchanged.
///
/// # Errors
/// The error of the system, which [`end`] turns into an exit code.
pub fn data(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Number of bytes that are written at once.
const CHUNK: usize = 64 << 10;

/// Writes data to stdout in pieces, so that no answer is in memory a second time as text. On a terminal the data passes
/// the sanitiser.
pub struct StdoutWriter {
    pending: Vec<u8>,
    visible: Option<fn(&str) -> String>,
}

impl StdoutWriter {
    /// Creates a writer for JSON.
    pub fn json() -> Self {
        Self { pending: Vec::new(), visible: is_terminal().then_some(json_visible as fn(&str) -> String) }
    }

    /// Creates a writer for CSV records.
    pub fn csv() -> Self {
        let visible = |text: &str| {
            let lines = Safe::lines(&text.replace("\r\n", "\n"));
            String::from(Safe::join(&lines, "\n"))
        };
        Self { pending: Vec::new(), visible: is_terminal().then_some(visible as fn(&str) -> String) }
    }

    /// Writes the pending bytes: all of them, or only as many as form complete lines or characters.
    fn drain(&mut self, all: bool) -> io::Result<()> {
        let mut pending = std::mem::take(&mut self.pending);
        if let Some(visible) = self.visible {
            let end = if all {
                pending.len()
            } else {
                pending.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
            };
            let end = if end == 0 { boundary(&pending) } else { end };
            self.pending = pending.split_off(end);
            pending = visible(&String::from_utf8_lossy(&pending)).into_bytes();
        }
        data(&pending)
    }
}

/// Returns the position after the last complete character.
fn boundary(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => bytes.len(),
    }
}

impl Write for StdoutWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bytes = bytes.get(..CHUNK).unwrap_or(bytes);
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= CHUNK {
            self.drain(false)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.drain(true)
    }
}

/// Returns the exit code after writing data: 0 also when the reader closed the pipe (`| head`), 1 when the data could
/// not be written.
#[must_use]
pub fn end(written: io::Result<()>) -> ExitCode {
    ExitCode::from(code(written))
}

/// Returns the exit code of [`end`] as a number.
pub fn code(written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => 0,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            eprint(&format!("argos-review: the output cannot be written: {error}"));
            1
        }
    }
}

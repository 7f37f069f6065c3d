//! The two streams of a program without a screen.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::config::Environment;
use crate::failure::{Failure, Waiting};
use crate::text::{Mask, Safe, counted, json_visible};

/// Tells the user one line on stderr, through the sanitiser. That nobody listens is no failure.
pub fn eprint(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", Safe::sanitize(line).as_str());
}

/// Tells what could not be had, and what to do about it.
pub fn failed(failure: &Failure) {
    eprint(&format!("argos-review: {}", failure.line()));
}

/// Tells that a request waits before it is tried again.
pub fn waits(waiting: &Waiting) {
    let Waiting { failure, time, next, most } = waiting;
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    eprint(&format!("argos-review: {} Retry {next} of {most} in {seconds} s.", failure.sentence));
}

/// Tells that values are not as sent, and how to have them so.
pub fn masked(mask: Mask) {
    eprint(&format!("masked: {}; --mask none prints values as sent", mask.label()));
}

/// Tells that what is printed is not what was sent.
pub fn mended() {
    eprint("an answer was not valid JSON: it was repaired, and is not printed as sent");
}

/// Tells how many submissions the list named and nobody finds any more.
pub fn gone(count: usize) {
    eprint(&format!("not found any more, list data only: {}", counted(count, "submission")));
}

/// Tells that the service sent the key back, and what became of it.
pub fn key_hidden() {
    eprint("the service sent the API key back: it is printed as •••, nothing else was changed");
}

/// The columns that a line may take: what `COLUMNS` says, else the terminal behind stdout; none where neither tells.
pub fn columns(environment: &Environment) -> Option<usize> {
    let said = environment.variable("COLUMNS").and_then(|columns| columns.to_str()?.trim().parse().ok());
    let of_terminal = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
    said.or_else(of_terminal).filter(|columns| *columns > 0)
}

/// Whether stdout is read by eyes: then what is printed goes through the sanitiser.
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

/// Bytes that are written in one go.
const CHUNK: usize = 64 << 10;

/// Writes data to stdout piece by piece, so that no answer is in memory a second time as text. What eyes read goes through
/// the sanitiser.
pub struct StdoutWriter {
    pending: Vec<u8>,
    visible: Option<fn(&str) -> String>,
}

impl StdoutWriter {
    /// JSON.
    pub fn json() -> Self {
        Self { pending: Vec::new(), visible: is_terminal().then_some(json_visible as fn(&str) -> String) }
    }

    /// Records of a CSV.
    pub fn csv() -> Self {
        let visible = |text: &str| {
            let lines = Safe::lines(&text.replace("\r\n", "\n"));
            String::from(Safe::join(&lines, "\n"))
        };
        Self { pending: Vec::new(), visible: is_terminal().then_some(visible as fn(&str) -> String) }
    }

    /// Writes what is pending; all of it, or as much as is text by itself.
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

/// The end of the last whole character.
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

/// The exit code after writing data: 0 also when the reader went away (`| head`), which is its right; 1 when the data
/// could not be written.
#[must_use]
pub fn end(written: io::Result<()>) -> ExitCode {
    ExitCode::from(code(written))
}

/// The same as a number.
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

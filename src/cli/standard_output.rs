//! Writes to standard output and standard error, for subcommands without a screen such as `list`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::config::Environment;
use crate::failure::{Failure, Waiting};
use crate::text::{Mask, Safe, counted, json_visible};

/// Prints one sanitised line to stderr. A closed stderr is ignored.
pub fn eprint(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", Safe::sanitize(line).as_str());
}

/// Prints to stderr why a request failed, with advice for the user.
pub fn print_failure(failure: &Failure) {
    eprint(&format!("argos-review: {}", failure.line()));
}

/// Prints to stderr why a request failed, and after what time the request will be sent again. The function itself does
/// not wait.
pub fn print_retry_wait(waiting: &Waiting) {
    let Waiting { failure, time, next, most } = waiting;
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    eprint(&format!("argos-review: {} Retry {next} of {most} in {seconds} s.", failure.sentence));
}

/// Prints to stderr that the mask level `mask` hides values, and names the option that prints the values as the service
/// sent them.
pub fn print_mask_note(mask: Mask) {
    eprint(&format!("masked: {}; --mask none prints values as sent", mask.label()));
}

/// Prints to stderr that an answer of the service was not valid JSON and was repaired. So the printed JSON differs from
/// the JSON that the service sent.
pub fn print_repair_note() {
    eprint("an answer was not valid JSON: it was repaired, and is not printed as sent");
}

/// Prints to stderr that only list data is shown for `count` submissions, since the service no longer finds their full
/// records.
pub fn print_gone_records(count: usize) {
    eprint(&format!("not found any more, list data only: {}", counted(count, "submission")));
}

/// Prints to stderr that an answer of the service contained the API key, and that the key is hidden in the output.
pub fn print_hidden_key_note() {
    eprint("the service sent the API key back: it is printed as •••, nothing else was changed");
}

/// Returns the number of columns that a line may take: the value of `COLUMNS`, else the width of the terminal at
/// stdout; `None` if both are unknown.
pub fn output_width(environment: &Environment) -> Option<usize> {
    let said = environment.variable("COLUMNS").and_then(|columns| columns.to_str()?.trim().parse().ok());
    let of_terminal = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
    said.or_else(of_terminal).filter(|columns| *columns > 0)
}

/// Returns whether stdout is a terminal. Text that is printed to a terminal must be sanitised.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes data to stdout unchanged.
///
/// # Errors
/// Returns the error of the operating system. [`exit_code`] converts it into an exit code.
pub fn write_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Number of bytes that [`StdoutWriter`] collects before it writes them to stdout.
const CHUNK_BYTES: usize = 64 << 10;

/// Writer that writes data to stdout in chunks, so that the text of a large answer is never in memory as a whole. If
/// stdout is a terminal, the data is sanitised.
pub struct StdoutWriter {
    pending: Vec<u8>,
    visible: Option<fn(&str) -> String>,
}

impl StdoutWriter {
    /// Creates a writer to stdout for JSON. If stdout is a terminal, the JSON is sanitised.
    pub fn json() -> Self {
        Self { pending: Vec::new(), visible: is_terminal().then_some(json_visible as fn(&str) -> String) }
    }

    /// Creates a writer to stdout for CSV lines. If stdout is a terminal, the lines are sanitised.
    pub fn csv() -> Self {
        let visible = |text: &str| {
            let lines = Safe::lines(&text.replace("\r\n", "\n"));
            String::from(Safe::join(&lines, "\n"))
        };
        Self { pending: Vec::new(), visible: is_terminal().then_some(visible as fn(&str) -> String) }
    }

    /// Writes the collected (pending) bytes to stdout. If stdout is a terminal and `all` is false, an incomplete line
    /// or character at the end is kept for the next call. Otherwise all bytes are written.
    fn write_pending(&mut self, all: bool) -> io::Result<()> {
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
        write_bytes(&pending)
    }
}

/// Returns the number of bytes before an incomplete UTF-8 character at the end of `bytes`. Without such a character,
/// returns the number of all bytes.
fn boundary(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => bytes.len(),
    }
}

impl Write for StdoutWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bytes = bytes.get(..CHUNK_BYTES).unwrap_or(bytes);
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= CHUNK_BYTES {
            self.write_pending(false)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_pending(true)
    }
}

/// Converts the result of writing data to stdout into an exit code. The code is 0 after success and when the reader
/// closed the pipe (`| head`), and 1 when the data could not be written.
#[must_use]
pub fn exit_code(written: io::Result<()>) -> ExitCode {
    ExitCode::from(exit_status(written))
}

/// Converts the result of writing data to stdout into the exit code that [`exit_code`] describes, but as a number.
pub fn exit_status(written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => 0,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            eprint(&format!("argos-review: the output cannot be written: {error}"));
            1
        }
    }
}

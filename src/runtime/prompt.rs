//! Asks a question on the terminal without showing the typed answer.
//!
//! The terminal itself edits the typed line, and this module reads the line without a library. A library would change
//! more terminal settings, and typed text would stay invisible if a signal ended the question.

use std::io::{self, Write};
use std::ops::ControlFlow;

use rustix::io::{read, retry_on_intr};
use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use secrecy::zeroize::Zeroizing;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use super::signals::EndSignal;

/// Size of the buffer for a typed line, in bytes. A terminal keeps fewer bytes of a line.
const LINE_BYTES: usize = 4 * 1024 + 1;

/// Asks `question` on the terminal, and returns the value that `parse_answer` makes from the typed line. The typed text
/// is not shown. If `parse_answer` returns `Continue`, the line is not accepted and the question is asked again.
///
/// If a signal that ends the program arrives meanwhile, the inner result is an error: the exit code after this signal.
/// In every case, the terminal shows typed text again afterwards.
///
/// # Errors
/// When there is no terminal, or the terminal fails.
pub fn ask_hidden<T>(
    question: &'static str,
    mut parse_answer: impl FnMut(&[u8]) -> ControlFlow<T>,
) -> io::Result<Result<T, u8>> {
    let settings = tcgetattr(stdin())?;
    let mut hidden = settings.clone();
    // Hidden from here to the end, since text that is typed between two questions is as secret. The end of the line is
    // shown.
    hidden.local_modes -= LocalModes::ECHO;
    hidden.local_modes |= LocalModes::ECHONL;
    tcsetattr(stdin(), OptionalActions::Now, &hidden)?;
    let answer = asked(question, &mut parse_answer);
    tcsetattr(stdin(), OptionalActions::Now, &settings)?;
    answer
}

fn asked<T>(
    question: &'static str,
    parse_answer: &mut impl FnMut(&[u8]) -> ControlFlow<T>,
) -> io::Result<Result<T, u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut ending = EndSignal::of_call()?;
        // The signal is received and ignored: a stopped program would leave a terminal that shows nothing.
        let _stop = signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?;
        loop {
            let mut out = io::stderr();
            out.write_all(question.as_bytes())?;
            out.flush()?;
            let (sender, typed) = oneshot::channel();
            #[expect(
                clippy::disallowed_methods,
                reason = "nothing ends a read that waits; the process leaves it behind"
            )]
            std::thread::spawn(move || sender.send(line()));
            let typed = tokio::select! {
                biased;
                code = ending.wait_for_exit_code() => return Ok(Err(code)),
                typed = typed => typed.unwrap_or_else(|_| Err(io::ErrorKind::UnexpectedEof.into()))?,
            };
            if let ControlFlow::Break(answer) = parse_answer(&typed) {
                return Ok(Ok(answer));
            }
        }
    })
}

/// Reads the next line from the terminal, with its line end. The result is empty at the end of the input.
fn line() -> io::Result<Zeroizing<Vec<u8>>> {
    // One buffer of the final size: one that grows would leave copies behind that nobody wipes.
    let mut line = Zeroizing::new(vec![0; LINE_BYTES]);
    let length = retry_on_intr(|| read(stdin(), line.as_mut_slice()))?;
    line.truncate(length);
    Ok(line)
}

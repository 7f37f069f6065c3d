//! A question on the terminal whose answer is not shown.

use std::io;
use std::ops::ControlFlow;

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use secrecy::zeroize::Zeroizing;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use super::signals::Ending;

/// The exit code of ctrl-c, which the library takes as a key.
const INTERRUPTED: u8 = 130;

/// Asks again and again, until `read` makes something of a line. The inner error is the exit code of a signal, or of
/// ctrl-c; whatever ends the asking, the terminal shows again what is typed.
///
/// # Errors
/// When there is no terminal, or it fails.
pub fn secret<T>(question: &'static str, mut read: impl FnMut(&str) -> ControlFlow<T>) -> io::Result<Result<T, u8>> {
    let settings = tcgetattr(io::stdin())?;
    let mut hidden = settings.clone();
    // From here to the end, since what is typed between two questions is as secret.
    hidden.local_modes -= LocalModes::ECHO | LocalModes::ECHONL;
    tcsetattr(io::stdin(), OptionalActions::Now, &hidden)?;
    let answer = asked(question, &mut read);
    tcsetattr(io::stdin(), OptionalActions::Now, &settings)?;
    answer
}

fn asked<T>(question: &'static str, read: &mut impl FnMut(&str) -> ControlFlow<T>) -> io::Result<Result<T, u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut ending = Ending::of_call()?;
        // Listened to and not acted on: stopped, the program would leave a terminal that shows nothing.
        let _stop = signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?;
        loop {
            let (sender, typed) = oneshot::channel();
            #[expect(
                clippy::disallowed_methods,
                reason = "nothing ends a read that waits; the process leaves it behind"
            )]
            std::thread::spawn(move || sender.send(rpassword::prompt_password(question).map(Zeroizing::new)));
            let typed = tokio::select! {
                biased;
                code = ending.code() => return Ok(Err(code)),
                typed = typed => typed.unwrap_or_else(|_| Err(io::ErrorKind::UnexpectedEof.into())),
            };
            match typed {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(Err(INTERRUPTED)),
                Err(error) => return Err(error),
                Ok(typed) => {
                    if let ControlFlow::Break(answer) = read(&typed) {
                        return Ok(Ok(answer));
                    }
                }
            }
        }
    })
}

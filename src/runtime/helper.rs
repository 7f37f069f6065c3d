//! Runs a helper program for its output, such as a password manager that prints the API key. The helper may ask a
//! question on the terminal meanwhile.
//!
//! The helper runs in its own process group, so that the whole group can be ended. It gets the terminal when it tries
//! to read from the terminal or to write to it. Until then the terminal belongs to this program's job, in which a pager
//! may run as well. The helper's group is ended and the terminal's settings are restored in these cases only:
//! - the helper takes too long
//! - the helper prints too much
//! - a signal ends the helper or this program
//!
//! In all other cases, processes that the helper started continue to run, and terminal settings that the helper changed
//! stay changed.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::{CommandExt, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::io::retry_on_intr;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_current_process_group, kill_process_group, waitid};
use rustix::termios::Termios;
use secrecy::zeroize::Zeroizing;
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;
use tokio::signal::unix::{Signal as Signals, SignalKind, signal};
use tokio::time::{Instant, sleep_until, timeout};

use super::foreground::{ForegroundTerminal, without_stopping};
use super::job_control;
use super::signals::EndSignal;

/// Time that the processes of the helper program (such as a password manager) may take to end by themselves before they
/// are killed. This time is shorter than the time that this program has to end after a signal.
const END_GRACE_TIME: Duration = Duration::from_millis(300);

/// Limits of the running time and of the output of a helper program (such as a password manager).
#[derive(Clone, Copy, Debug)]
pub struct HelperLimits {
    /// Time that the helper may run. If the user stops the job (as with ctrl-z) and continues it, this time begins
    /// again.
    pub time: Duration,
    /// Largest number of bytes that the helper may print.
    pub output: usize,
}

/// Result of a helper program (such as a password manager): how the program ended, and its output.
pub enum HelperResult {
    /// The helper ended by itself, or by a signal that was meant for it alone.
    Ended {
        /// The exit status of the helper, as the system reports it.
        status: ExitStatus,
        /// Bytes that the helper printed to its standard output.
        output: Zeroizing<Vec<u8>>,
    },
    /// The helper was ended because its time was over.
    TooSlow,
    /// The helper was ended because it printed too much.
    TooMuch,
    /// A signal ends this program, which must exit with this code. Either the signal was sent to this program, or the
    /// user typed ctrl-c or `ctrl-\` while the helper had the terminal.
    Signal(u8),
}

/// Runs a helper program and waits for its end. The helper gets no input, and its error output is dropped. This
/// function must not be called inside an async runtime.
///
/// # Errors
/// When the program cannot be started or waited for.
pub fn run(mut command: Command, limits: HelperLimits) -> io::Result<HelperResult> {
    command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    without_stopping(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let ending = EndSignal::of_call()?;
            // The program listens before the child exists, so that no signal is missed.
            let changes = signal(SignalKind::child())?;
            let continued = signal(SignalKind::from_raw(Signal::CONT.as_raw()))?;
            let terminal = ForegroundTerminal::of_process();
            let mut child = command.spawn()?;
            let group = Pid::from_child(&child);
            let pipe = child.stdout.take().map(|pipe| pipe::Receiver::from_owned_fd(OwnedFd::from(pipe))).transpose();
            let mut helper = Helper { child, group, terminal, is_lent: false, changes, continued };
            let wait = match pipe {
                Ok(Some(pipe)) => helper.wait(pipe, limits, ending).await,
                Ok(None) => Err(io::ErrorKind::BrokenPipe.into()),
                Err(error) => Err(error),
            };
            helper.end(wait).await
        })
    })
}

struct Helper {
    child: Child,
    group: Pid,
    /// The terminal of this program; `None` if this program has no terminal, or if another job has the terminal. In the
    /// second case, it is opened when the helper first tries to use it.
    terminal: Option<ForegroundTerminal>,
    is_lent: bool,
    changes: Signals,
    continued: Signals,
}

/// A change of the state of the helper program (such as a password manager).
enum ProcessChange {
    /// The helper ended; if a signal ended it, the number of the signal.
    Ended(Option<i32>),
    /// A signal stopped the helper; the number of the signal.
    Stopped(i32),
}

/// The reason why the wait for a helper program (such as a password manager) ended.
enum WaitEnd {
    Ended { signal: Option<i32>, output: Zeroizing<Vec<u8>> },
    TooSlow,
    TooMuch,
    Signal(u8),
}

impl Helper {
    async fn wait(
        &mut self,
        mut pipe: pipe::Receiver,
        limits: HelperLimits,
        mut ending: EndSignal,
    ) -> io::Result<WaitEnd> {
        // One buffer of the final size: one that grows would leave copies behind that nobody wipes.
        let mut output = Zeroizing::new(vec![0; limits.output + 1]);
        let (mut filled, mut is_open) = (0, true);
        let mut end = Instant::now() + limits.time;
        while filled <= limits.output {
            let rest = output.get_mut(filled..).unwrap_or_default();
            tokio::select! {
                biased;
                code = ending.wait_for_exit_code() => return Ok(WaitEnd::Signal(code)),
                read = pipe.read(rest), if is_open => match read? {
                    0 => is_open = false,
                    more => filled += more,
                },
                _ = self.changes.recv() => match self.change()? {
                    None => {}
                    Some(ProcessChange::Stopped(signal)) => self.stopped(signal)?,
                    Some(ProcessChange::Ended(signal)) => {
                        // The rest of its output is in the pipe, whether the runtime knows it or not. Other holders of
                        // the pipe are not waited for.
                        while let Some(rest) = output.get_mut(filled..).filter(|rest| !rest.is_empty()) {
                            match retry_on_intr(|| rustix::io::read(&pipe, &mut *rest)) {
                                Ok(0) | Err(_) => {
                                    output.truncate(filled);
                                    return Ok(WaitEnd::Ended { signal, output });
                                }
                                Ok(more) => filled += more,
                            }
                        }
                    }
                },
                // The time for which its user stopped the job does not count.
                _ = self.continued.recv() => end = Instant::now() + limits.time,
                () = sleep_until(end) => return Ok(WaitEnd::TooSlow),
            }
        }
        Ok(WaitEnd::TooMuch)
    }

    /// Returns how the state of the helper program changed since the last call of this function; `None` if it did not
    /// change. A helper that has ended is not reaped yet, so that no other process gets its process id.
    fn change(&self) -> io::Result<Option<ProcessChange>> {
        let look = |options| waitid(WaitId::Pid(self.group), options | WaitIdOptions::NOHANG);
        if let Some(end) = look(WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)? {
            return Ok(Some(ProcessChange::Ended(end.terminating_signal())));
        }
        let stopped = look(WaitIdOptions::STOPPED)?.and_then(|stop| stop.stopping_signal());
        Ok(stopped.map(ProcessChange::Stopped))
    }

    /// Handles a stop of the helper program (such as a password manager) by the signal `signal`. If the helper was
    /// stopped because it uses the terminal, it gets the terminal. Otherwise the user stopped the whole job: then this
    /// program stops too, and later continues the helper.
    fn stopped(&mut self, signal: i32) -> io::Result<()> {
        let asks = [Signal::TTIN, Signal::TTOU].map(Signal::as_raw).contains(&signal);
        if asks && self.lend() {
            return Ok(());
        }
        let settings = self.take_back(true);
        if job_control::is_of_a_shell() {
            kill_current_process_group(Signal::STOP)?;
        } else if asks {
            // Nobody could bring this job to the foreground: the helper's time will run out.
            return Ok(());
        }
        let goes_on = self.lend();
        if let (Some(terminal), Some(settings), true) = (&self.terminal, settings, goes_on) {
            terminal.set(&settings);
        }
        if !goes_on {
            let _ = kill_process_group(self.group, Signal::CONT);
        }
        Ok(())
    }

    /// Lends the terminal to the helper program (such as a password manager) if this program has the terminal, and
    /// continues the helper. Returns whether the terminal is lent.
    fn lend(&mut self) -> bool {
        if self.terminal.is_none() {
            self.terminal = ForegroundTerminal::of_process();
        }
        let own = self.terminal.as_ref().filter(|terminal| terminal.is_own());
        self.is_lent = own.is_some_and(|terminal| terminal.lend(self.group).is_ok());
        if self.is_lent {
            let _ = kill_process_group(self.group, Signal::CONT);
        }
        self.is_lent
    }

    /// Takes the terminal back if the helper program (such as a password manager) has it. If `restore` is true, the
    /// settings that the terminal had at first are restored. Returns the settings that the helper program had used;
    /// `None` if it did not have the terminal, or if the terminal could not be taken back.
    fn take_back(&mut self, restore: bool) -> Option<Termios> {
        let terminal = self.terminal.as_ref().filter(|_| std::mem::take(&mut self.is_lent))?;
        if !terminal.take_back(self.group) {
            return None;
        }
        let settings = terminal.current();
        if restore {
            terminal.restore(true);
        }
        settings
    }

    /// Takes the terminal back from the helper program (such as a password manager), and returns the program's result.
    /// `wait` says why the wait for the program ended. Unless the program ended by itself, its process group is ended
    /// and the terminal's settings are restored.
    async fn end(mut self, wait: io::Result<WaitEnd>) -> io::Result<HelperResult> {
        let (by_itself, was_lent) = (matches!(wait, Ok(WaitEnd::Ended { signal: None, .. })), self.is_lent);
        if !by_itself {
            self.end_group().await;
        }
        self.take_back(!by_itself);
        if was_lent {
            // Other processes of this job may have been stopped because they requested the terminal meanwhile.
            kill_current_process_group(Signal::CONT)?;
        } else if let Some(terminal) = self.terminal.as_ref().filter(|terminal| !by_itself && terminal.is_own()) {
            // A helper that the system did not stop may have changed the settings without having the terminal.
            terminal.restore(false);
        }
        let status = self.child.wait()?;
        Ok(match wait? {
            // The terminal sent the signal to the helper alone, though the user meant the whole job.
            WaitEnd::Ended { signal: Some(signal), .. } if was_lent && is_typed(signal) => {
                HelperResult::Signal(u8::try_from(128 + signal).unwrap_or(u8::MAX))
            }
            WaitEnd::Ended { output, .. } => HelperResult::Ended { status, output },
            WaitEnd::TooSlow => HelperResult::TooSlow,
            WaitEnd::TooMuch => HelperResult::TooMuch,
            WaitEnd::Signal(code) => HelperResult::Signal(code),
        })
    }

    /// Sends SIGTERM to the whole process group of the helper program (such as a password manager). After a short time,
    /// kills the processes that remain.
    async fn end_group(&mut self) {
        let _ = kill_process_group(self.group, Signal::TERM);
        let _ = kill_process_group(self.group, Signal::CONT);
        let ended = async {
            while !matches!(self.change(), Ok(Some(ProcessChange::Ended(_))) | Err(_))
                && self.changes.recv().await.is_some()
            {}
        };
        let _ = timeout(END_GRACE_TIME, ended).await;
        let _ = kill_process_group(self.group, Signal::KILL);
    }
}

/// Returns whether the user can send this signal with a key: ctrl-c (SIGINT) or `ctrl-\` (SIGQUIT).
fn is_typed(signal: i32) -> bool {
    [Signal::INT, Signal::QUIT].map(Signal::as_raw).contains(&signal)
}
/// Returns in words how a program ended: `exit code 3`, or `signal 9`.
pub fn exit_words(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "an unknown end".to_owned(),
    }
}

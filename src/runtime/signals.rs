//! Handles signals on a separate thread. So neither long work nor a terminal or pipe that nobody reads can delay the
//! handling.
//!
//! The thread notifies [`EndSignal`] of a signal that ends the program. If the program does not end in time, or a
//! second signal comes, the thread itself exits the process.

use std::io;
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::Signal as Number;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio::time::timeout;

use super::job_control::JobControl;
use super::terminal;
use crate::app::Msg;

/// Time that the interactive program, which has a screen, may take to end after a signal.
const SCREEN_END_TIME: Duration = Duration::from_millis(150);
/// Time that a call of a subcommand without a screen, such as `export`, may take to end after a signal. In this time it
/// may have to complete a file.
const CALL_END_TIME: Duration = Duration::from_secs(1);

/// The signals that end the program. If one of them ends a program, a shell reports the exit code 128 plus the number
/// of the signal.
///
/// Some of these signals are not meant to end a program, for example SIGUSR1. But by default the system ends a process
/// at each of them, and then nothing would restore the terminal.
const END_SIGNALS: &[Number] = &[
    Number::INT,
    Number::HUP,
    Number::QUIT,
    Number::TERM,
    Number::USR1,
    Number::USR2,
    Number::ALARM,
    Number::VTALARM,
    Number::PROF,
    Number::XCPU,
    Number::XFSZ,
    // Other systems ignore it by default.
    #[cfg(target_os = "linux")]
    Number::IO,
];

/// A handle with which other parts of the program wait for a signal that ends the program, such as SIGTERM.
#[derive(Clone)]
pub(super) struct EndSignal(watch::Receiver<Option<u8>>);

impl EndSignal {
    /// Starts watching signals for a call of a subcommand without a screen, such as `export`. Returns a handle that
    /// waits for a signal that ends the program. If the user suspends the subcommand, the system stops and continues
    /// the process; the program need not do anything.
    pub(super) fn of_call() -> io::Result<Self> {
        let (runtime, ends) = listen()?;
        let (order, ending) = watch::channel(None);
        begin(runtime, async move {
            let mut ends = ends;
            let code = next_end_signal(&mut ends).await;
            end(ends, order, code, CALL_END_TIME).await;
        });
        Ok(Self(ending))
    }

    /// Starts watching signals for the interactive program, which has a screen. Returns a handle that waits for a
    /// signal that ends the program, and the job control, which stops and continues the program as a job of the shell.
    /// `screen` is the channel to the event loop: it gets a message when the process must stop or has continued.
    pub(super) fn of_screen(screen: UnboundedSender<Msg>) -> io::Result<(Self, JobControl)> {
        let (runtime, ends) = listen()?;
        let guard = runtime.enter();
        let (mut stop, mut go_on) = (of(Number::TSTP)?, of(Number::CONT)?);
        drop(guard);
        let (order, ending) = watch::channel(None);
        let (tell_job, continued) = mpsc::channel();
        begin(runtime, async move {
            let mut ends = ends;
            let code = loop {
                tokio::select! {
                    biased;
                    code = next_end_signal(&mut ends) => break code,
                    _ = stop.recv() => {
                        let _ = screen.send(Msg::Stop);
                    }
                    _ = go_on.recv() => {
                        let unasked = terminal::is_taken();
                        let _ = tell_job.send(());
                        if unasked {
                            let _ = screen.send(Msg::Stop);
                        }
                    }
                }
            };
            // This also wakes a job that waits for SIGCONT.
            drop(tell_job);
            end(ends, order, code, SCREEN_END_TIME).await;
        });
        let ending = Self(ending);
        Ok((ending.clone(), JobControl::new(continued, ending)))
    }

    /// Waits for a signal that ends the program, and returns the exit code of the program after this signal, such as
    /// 143 after SIGTERM.
    pub(super) async fn wait_for_exit_code(&mut self) -> u8 {
        match self.0.wait_for(Option::is_some).await.map(|code| *code) {
            Ok(Some(code)) => code,
            // The thread ends with the process only.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }

    /// Returns whether a signal that ends the program has arrived, without waiting for one.
    pub(super) fn has_arrived(&self) -> bool {
        self.0.borrow().is_some()
    }
}

/// Creates the async runtime of the thread that watches signals, and starts to listen for the signals that end the
/// program. Returns the runtime, and each signal with the exit code after this signal.
///
/// A signal that was ignored when the program started stays ignored: `nohup` and shells use this to keep a program
/// running.
fn listen() -> io::Result<(Runtime, Vec<(u8, Signal)>)> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let guard = runtime.enter();
    let ignored = ignored();
    let heard = END_SIGNALS.iter().copied().filter(|number| ignored & (1 << (number.as_raw() - 1)) == 0);
    let code = |number: Number| u8::try_from(128 + number.as_raw()).unwrap_or(u8::MAX);
    let ends = heard.map(|number| Ok((code(number), of(number)?))).collect::<io::Result<_>>()?;
    drop(guard);
    Ok((runtime, ends))
}

fn of(number: Number) -> io::Result<Signal> {
    signal(SignalKind::from_raw(number.as_raw()))
}

/// Returns the signals that this process ignores, one bit for each signal; the lowest bit is signal 1. Only Linux
/// reports ignored signals without an unsafe call; on other systems the result is 0.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

fn begin(runtime: Runtime, watching: impl Future<Output = ()> + Send + 'static) {
    #[expect(clippy::disallowed_methods, reason = "what watches must not wait for what it watches over")]
    std::thread::spawn(move || runtime.block_on(watching));
}

/// Waits for one of the signals in `ends`, and returns the exit code that belongs to this signal. Each element of
/// `ends` is such an exit code and its signal.
async fn next_end_signal(ends: &mut [(u8, Signal)]) -> u8 {
    let waiting = ends.iter_mut().map(|(code, signal)| {
        Box::pin(async move {
            signal.recv().await;
            *code
        })
    });
    if waiting.len() == 0 {
        return std::future::pending().await;
    }
    futures_util::future::select_all(waiting).await.0
}

/// Ends the program with the exit code `code`: sends the code through the channel `order`, so that the program ends by
/// itself. If it has not ended after `end_time`, or another of the signals `ends` arrives, restores the terminal and
/// exits the process.
async fn end(mut ends: Vec<(u8, Signal)>, order: watch::Sender<Option<u8>>, code: u8, end_time: Duration) {
    order.send_replace(Some(code));
    let _ = timeout(end_time, next_end_signal(&mut ends)).await;
    terminal::abandon();
    terminal::exit(code);
}

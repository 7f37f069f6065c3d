//! Signals that end the program, with the exit codes that a shell expects of them.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The exit code of SIGINT.
pub(super) const INTERRUPTED: u8 = 130;

/// The signals that are listened to.
pub(super) struct Signals {
    interrupt: Signal,
    hangup: Signal,
    quit: Signal,
    terminate: Signal,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
            quit: signal(SignalKind::quit())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for one of them and returns its exit code.
    pub(super) async fn next(&mut self) -> u8 {
        tokio::select! {
            _ = self.interrupt.recv() => INTERRUPTED,
            _ = self.hangup.recv() => 129,
            _ = self.quit.recv() => 131,
            _ = self.terminate.recv() => 143,
        }
    }
}

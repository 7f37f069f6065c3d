//! Lines of standard input, for calls that must stay ready for a signal while they wait for one.

use std::io;

use tokio::sync::mpsc::{Receiver, channel};

/// Lines that are read ahead.
const AHEAD: usize = 16;

/// The lines of standard input, without their ends, read on a thread of its own: nothing ends a read that waits, so that
/// the process leaves it behind.
#[must_use]
pub fn lines() -> Receiver<io::Result<String>> {
    let (sender, lines) = channel(AHEAD);
    #[expect(clippy::disallowed_methods, reason = "reading standard input blocks")]
    std::thread::spawn(move || io::stdin().lines().try_for_each(|line| sender.blocking_send(line)));
    lines
}

//! Notices that the terminal is gone.
//!
//! The input library neither ends its stream nor stops spinning when the terminal vanishes, so a thread of our own
//! waits for the hang-up, and only for that.

use std::io;

use rustix::event::{PollFd, PollFlags, poll};
use tokio::sync::oneshot;

/// A receiver that gets its message when standard input hangs up.
pub(super) fn watch() -> oneshot::Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    #[expect(clippy::disallowed_methods, reason = "a blocking wait that must not occupy a worker")]
    std::thread::spawn(move || {
        let stdin = io::stdin();
        loop {
            let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
            match poll(&mut fds, None) {
                Ok(_) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
        let _ = sender.send(());
    });
    receiver
}

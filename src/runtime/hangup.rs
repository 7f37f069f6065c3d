//! Notices that the terminal is gone.
//!
//! The input library neither ends its stream nor stops spinning when the terminal vanishes, so a thread of our own
//! waits for the hang-up, and only for that. It leaves by itself, as the loop may be what spins.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;

use super::terminal;

/// Exit code after the terminal went away.
pub(super) const HUNG_UP: u8 = 129;

/// Whether it came already: then what fails fails because of it.
pub(super) fn has_come() -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::empty())];
    matches!(poll(&mut fds, Some(&Timespec::default())), Ok(1..))
}

/// Ends the program when standard input hangs up.
pub(super) fn watch() {
    #[expect(clippy::disallowed_methods, reason = "a blocking wait that must not occupy a worker")]
    std::thread::spawn(|| {
        loop {
            let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::empty())];
            match poll(&mut fds, None) {
                // Nothing can be given back.
                Ok(_) => terminal::exit(HUNG_UP),
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
    });
}

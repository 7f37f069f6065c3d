//! Watches the terminal for what the input library does not notice: that it is gone, and that something lies unread.
//!
//! The library neither ends its stream nor stops spinning when the terminal vanishes, and what it takes for an answer of the
//! terminal wakes nobody, so that the rest would lie until the terminal has no room for a key. A thread of our own
//! sees both, and leaves by itself, as the loop may be what spins.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;

use super::{job_control, terminal};

/// Exit code after the terminal went away.
pub(super) const HUNG_UP: u8 = 129;
/// What lies unread longer than this is told of again: 50 ms, far longer than a reader that is told needs.
const UNREAD: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// Whether it came already: then what fails fails because of it.
pub(super) fn has_come() -> bool {
    is_gone(Some(&Timespec::default()))
}

/// Ends the program when standard input hangs up, and tells its reader again of what lies unread.
pub(super) fn watch() {
    #[expect(clippy::disallowed_methods, reason = "a blocking wait that must not occupy a worker")]
    std::thread::spawn(|| {
        loop {
            let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
            match poll(&mut fds, None) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
            if is_gone(Some(&UNREAD)) {
                // Nothing can be given back.
                terminal::exit(HUNG_UP);
            }
            let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
            if matches!(poll(&mut fds, Some(&Timespec::default())), Ok(1..)) && job_control::is_in_foreground() {
                terminal::tell_readers();
            }
        }
    });
}

/// Whether the terminal hangs up within a time.
fn is_gone(time: Option<&Timespec>) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::empty())];
    matches!(poll(&mut fds, time), Ok(1..))
}

//! Watches the terminal for two things that the input library does not notice: that the terminal is gone, and that
//! input is waiting unread.
//!
//! When the terminal vanishes, the library neither ends its stream nor stops spinning. Input that the library takes for
//! an answer of the terminal wakes nobody, so that the rest would wait until the terminal has no room for a key. A
//! separate thread notices both. It exits the process by itself, because the loop may be what spins.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;

use super::{job_control, terminal};

/// Exit code after the terminal went away (128 plus SIGHUP).
pub(super) const HUNG_UP: u8 = 129;
/// Time after which the reader of unread input is notified again: 50 ms, far longer than a reader that was notified
/// needs.
const UNREAD: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// Returns whether the terminal is gone already. If so, it is the cause of an error elsewhere.
pub(super) fn has_come() -> bool {
    is_gone(Some(&Timespec::default()))
}

/// Starts a thread that ends the program when standard input hangs up, and notifies the reader again when input stays
/// unread.
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
                // A terminal that is gone cannot be given back.
                terminal::exit(HUNG_UP);
            }
            let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
            if matches!(poll(&mut fds, Some(&Timespec::default())), Ok(1..)) && job_control::is_in_foreground() {
                terminal::tell_readers();
            }
        }
    });
}

/// Returns whether the terminal hangs up within a time; `None` waits forever.
fn is_gone(time: Option<&Timespec>) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::empty())];
    matches!(poll(&mut fds, time), Ok(1..))
}

//! Watches the terminal for two events that the input library does not notice: the terminal is gone, or input from the
//! terminal stays unread.
//!
//! When the terminal vanishes, the library does not end its stream of events, and keeps the processor busy. When the
//! library reads bytes that it takes for the terminal's reply to a query, it reports no event. Then the rest of the
//! input stays unread. A separate thread notices both problems. If the terminal is gone, the thread exits the process
//! by itself, because the event loop may hang.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;

use super::{job_control, terminal};

/// Exit code after the terminal is gone: 128 plus 1, the number of SIGHUP.
pub(super) const HANGUP_EXIT_CODE: u8 = 129;
/// Time after which the part of the program that reads the terminal's input is notified again if input stays unread: 50
/// ms. Reading normally needs far less time.
const UNREAD_INPUT_TIME: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// Returns whether the terminal is gone, for example because its window was closed. Callers use this to find the reason
/// after drawing or another operation on the terminal has failed.
pub(super) fn is_terminal_gone() -> bool {
    is_gone(Some(&Timespec::default()))
}

/// Starts a thread that watches standard input. The thread ends the program when the terminal is gone. It also wakes
/// the reader of the input again if input stays unread for a moment while the program is in the foreground.
pub(super) fn watch() {
    #[expect(clippy::disallowed_methods, reason = "a blocking wait that must not occupy a worker")]
    std::thread::spawn(|| {
        loop {
            let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
            match poll(&mut fds, None) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
            if is_gone(Some(&UNREAD_INPUT_TIME)) {
                // A terminal that is gone cannot be given back.
                terminal::exit(HANGUP_EXIT_CODE);
            }
            let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
            if matches!(poll(&mut fds, Some(&Timespec::default())), Ok(1..)) && job_control::is_in_foreground() {
                terminal::wake_input_readers();
            }
        }
    });
}

/// Waits until the terminal is gone or the duration `time` is over, and returns whether the terminal is gone. If `time`
/// is `None`, waits without a limit.
fn is_gone(time: Option<&Timespec>) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::empty())];
    matches!(poll(&mut fds, time), Ok(1..))
}

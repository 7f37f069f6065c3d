//! The reviewer as a shell's job: stopped by ctrl-z or SIGTSTP, and going on when the shell says so.

use std::io;
use std::sync::mpsc::Receiver;

use rustix::process::{Signal, getpgid, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::stdin;
use rustix::termios::tcgetpgrp;

use super::signals::Ending;
use super::terminal;

/// What a screen needs to stop and to go on.
pub(super) struct JobControl {
    continued: Receiver<()>,
    ending: Ending,
}

impl JobControl {
    /// A job that is told when it goes on, and whether it ends.
    pub(super) const fn new(continued: Receiver<()>, ending: Ending) -> Self {
        Self { continued, ending }
    }

    /// Undoes all modes, stops the whole process group and takes the terminal again when it goes on. Where nobody could
    /// have it go on, it does not stop. After a stop that nobody asked for (SIGSTOP) the terminal may be in any state:
    /// it is taken again.
    ///
    /// # Errors
    /// When the group cannot be stopped, or the terminal cannot be taken.
    pub(super) fn suspend(&self) -> io::Result<()> {
        let mut goes_on = self.continued.try_iter().count() > 0;
        if !goes_on && !is_of_a_shell() {
            return Ok(());
        }
        terminal::leave();
        loop {
            if !goes_on {
                // Not SIGTSTP, which is handled: a signal that was handled once cannot have its own effect again.
                kill_current_process_group(Signal::STOP)?;
                let _ = self.continued.recv();
            }
            if self.ending.has_come() {
                return Ok(());
            }
            if is_in_foreground() {
                return terminal::enter();
            }
            goes_on = false;
        }
    }
}

/// Whether the terminal is ours; after `bg` it is the shell's.
pub(super) fn is_in_foreground() -> bool {
    tcgetpgrp(stdin()).map_or(true, |group| group == getpgrp())
}

/// Whether a shell leads the session from another group. If not (`ssh host argos-review`, a window of its own), nobody
/// would have the group go on, and the system would not stop it by SIGTSTP either.
pub(super) fn is_of_a_shell() -> bool {
    getsid(None).and_then(|leader| getpgid(Some(leader))).is_ok_and(|group| group != getpgrp())
}

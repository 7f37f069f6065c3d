//! Job control of the reviewer: ctrl-z or the signal SIGTSTP stops the reviewer, and the shell continues it.

use std::io;
use std::sync::mpsc::Receiver;

use rustix::process::{Signal, getpgid, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::stdin;
use rustix::termios::tcgetpgrp;

use super::signals::EndSignal;
use super::terminal;

/// Job control of the interactive program (which has a screen): stops the program, for example after ctrl-z, until the
/// shell continues it.
pub(super) struct JobControl {
    continued: Receiver<()>,
    ending: EndSignal,
}

impl JobControl {
    /// Creates the job control from the channel `continued`, which reports each signal SIGCONT, and from the handle
    /// `ending`, which reports a signal that ends the program.
    pub(super) const fn new(continued: Receiver<()>, ending: EndSignal) -> Self {
        Self { continued, ending }
    }

    /// Gives the terminal back, stops the whole process group, and takes the terminal again when the group continues in
    /// the foreground. If the group continues in the background, it is stopped again.
    ///
    /// Does nothing if no shell could continue the group. If another program stopped the group (SIGSTOP), and the group
    /// has continued since then, the terminal may be in any state. Then the group is not stopped, and the terminal is
    /// only set up again.
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
                // Not SIGTSTP: a signal that the program handled once cannot get its default action back.
                kill_current_process_group(Signal::STOP)?;
                let _ = self.continued.recv();
            }
            if self.ending.has_arrived() {
                return Ok(());
            }
            if is_in_foreground() {
                return terminal::enter();
            }
            goes_on = false;
        }
    }
}

/// Returns whether this process's group is the foreground group of the terminal, which may read typed input. After the
/// shell's command `bg`, the shell is in the foreground instead.
pub(super) fn is_in_foreground() -> bool {
    tcgetpgrp(stdin()).map_or(true, |group| group == getpgrp())
}

/// Returns whether a shell in another process group leads the session, so that it can continue a stopped program. There
/// is no such shell if a terminal window or `ssh host argos-review` runs this program without a shell. Then nobody
/// would continue a stopped group, and the system would not stop the group by SIGTSTP.
pub(super) fn is_of_a_shell() -> bool {
    getsid(None).and_then(|leader| getpgid(Some(leader))).is_ok_and(|group| group != getpgrp())
}

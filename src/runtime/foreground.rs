//! The terminal, lent to another program: it becomes the foreground, as a shell makes its jobs, and is taken back with
//! the settings that it had.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use rustix::fs::OFlags;
use rustix::process::{Pid, getpgrp, test_kill_process_group};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr, tcsetpgrp};

/// The controlling terminal of a process in the foreground, and its settings at that time.
pub(super) struct Foreground {
    terminal: File,
    settings: Termios,
}

impl Foreground {
    /// Opens the terminal; `None` without one, or where it belongs to another job.
    pub(super) fn of_process() -> Option<Self> {
        let flags = (OFlags::NOCTTY | OFlags::CLOEXEC).bits().cast_signed();
        let terminal = OpenOptions::new().read(true).write(true).custom_flags(flags).open("/dev/tty").ok()?;
        let settings = tcgetattr(&terminal).ok()?;
        Some(Self { terminal, settings }).filter(Self::is_own)
    }

    /// Whether it belongs to this process's group.
    pub(super) fn is_own(&self) -> bool {
        tcgetpgrp(&self.terminal).is_ok_and(|owner| owner == getpgrp())
    }

    /// Makes another group the foreground: it may read what is typed, and ctrl-c goes to it.
    ///
    /// # Errors
    /// When the group has ended, or the terminal is gone.
    pub(super) fn lend(&self, group: Pid) -> io::Result<()> {
        Ok(tcsetpgrp(&self.terminal, group)?)
    }

    /// Makes the own group the foreground again, unless somebody else took the terminal from that group meanwhile.
    /// Returns whether it is the own group's then.
    pub(super) fn take_back(&self, group: Pid) -> bool {
        let Ok(owner) = tcgetpgrp(&self.terminal) else { return false };
        let is_free = owner == group || test_kill_process_group(owner).is_err();
        owner == getpgrp() || is_free && tcsetpgrp(&self.terminal, getpgrp()).is_ok()
    }

    /// The settings that hold now.
    pub(super) fn current(&self) -> Option<Termios> {
        tcgetattr(&self.terminal).ok()
    }

    /// Puts the first settings back. What was typed and not read is dropped if it was meant for the other program: it may
    /// be half of a password, and a shell would take it for a command.
    pub(super) fn restore(&self, drop_typed: bool) {
        let how = if drop_typed { OptionalActions::Flush } else { OptionalActions::Now };
        let _ = tcsetattr(&self.terminal, how, &self.settings);
    }

    /// Sets what [`Self::current`] told.
    pub(super) fn set(&self, settings: &Termios) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, settings);
    }
}

/// Does something during which the system stops neither this thread, nor one that it starts, for using the terminal from
/// the background.
pub(super) fn without_stopping<T>(work: impl FnOnce() -> T) -> T {
    let stopping: SigSet = [Signal::SIGTTIN, Signal::SIGTTOU].into_iter().collect();
    let before = stopping.thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let done = work();
    if let Ok(before) = before {
        let _ = before.thread_set_mask();
    }
    done
}

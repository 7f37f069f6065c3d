//! Lends the terminal to another program, which becomes the foreground job, as when a shell starts a job. Later takes
//! the terminal back and restores its earlier settings.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use rustix::fs::OFlags;
use rustix::process::{Pid, getpgrp, test_kill_process_group};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr, tcsetpgrp};

/// The controlling terminal of this process, and the terminal's settings at the time when it was opened.
pub(super) struct ForegroundTerminal {
    terminal: File,
    settings: Termios,
}

impl ForegroundTerminal {
    /// Opens the controlling terminal of this process. Returns `None` if there is no such terminal, or if this process
    /// is not in the terminal's foreground group.
    pub(super) fn of_process() -> Option<Self> {
        let flags = (OFlags::NOCTTY | OFlags::CLOEXEC).bits().cast_signed();
        let terminal = OpenOptions::new().read(true).write(true).custom_flags(flags).open("/dev/tty").ok()?;
        let settings = tcgetattr(&terminal).ok()?;
        Some(Self { terminal, settings }).filter(Self::is_own)
    }

    /// Returns whether the process group of this process is the foreground group of the terminal, which may read typed
    /// input.
    pub(super) fn is_own(&self) -> bool {
        tcgetpgrp(&self.terminal).is_ok_and(|owner| owner == getpgrp())
    }

    /// Makes another process group the foreground group of the terminal. That group may then read typed input, and
    /// ctrl-c interrupts that group.
    ///
    /// # Errors
    /// When the group has ended, or the terminal is gone.
    pub(super) fn lend(&self, group: Pid) -> io::Result<()> {
        Ok(tcsetpgrp(&self.terminal, group)?)
    }

    /// Makes this process's group the foreground group of the terminal again. `group` is the group to which the
    /// terminal was lent. If another running group took the terminal meanwhile, that group keeps it. Returns whether
    /// this process's group has the terminal afterwards.
    pub(super) fn take_back(&self, group: Pid) -> bool {
        let Ok(owner) = tcgetpgrp(&self.terminal) else { return false };
        let is_free = owner == group || test_kill_process_group(owner).is_err();
        owner == getpgrp() || is_free && tcsetpgrp(&self.terminal, getpgrp()).is_ok()
    }

    /// Returns the current settings of the terminal; `None` if they cannot be read.
    pub(super) fn current(&self) -> Option<Termios> {
        tcgetattr(&self.terminal).ok()
    }

    /// Restores the settings that the terminal had when it was opened, after the terminal was lent to another program.
    /// If `drop_typed` is true, typed input that the other program has not read is dropped. Such input may be half of a
    /// password, and a shell would run it as a command.
    pub(super) fn restore(&self, drop_typed: bool) {
        let how = if drop_typed { OptionalActions::Flush } else { OptionalActions::Now };
        let _ = tcsetattr(&self.terminal, how, &self.settings);
    }

    /// Sets the terminal's settings to `settings`, which [`Self::current`] returned earlier.
    pub(super) fn set(&self, settings: &Termios) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, settings);
    }
}

/// Runs `work`, while the signals SIGTTIN and SIGTTOU are blocked in this thread and in threads that `work` starts.
/// With these signals the system stops a process that uses the terminal from the background.
pub(super) fn without_stopping<T>(work: impl FnOnce() -> T) -> T {
    let stopping: SigSet = [Signal::SIGTTIN, Signal::SIGTTOU].into_iter().collect();
    let before = stopping.thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let done = work();
    if let Ok(before) = before {
        let _ = before.thread_set_mask();
    }
    done
}

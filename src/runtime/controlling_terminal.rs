//! The controlling terminal of the process. The program reads keys from it if standard input holds data, such as
//! submissions.

use std::io;
use std::os::fd::OwnedFd;

use rustix::fs::{Mode, OFlags};

/// The controlling terminal (`/dev/tty`), opened for reading and writing.
pub struct ControllingTerminal(OwnedFd);

impl ControllingTerminal {
    /// Opens the controlling terminal.
    ///
    /// # Errors
    /// Returns the error of the operating system if the process has no controlling terminal.
    pub fn open() -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::open("/dev/tty", flags, Mode::empty())?))
    }

    /// Makes the terminal the standard input of this process. Call this when standard input was read to its end. The
    /// keys, the modes and the job control of the screen then work as usual.
    ///
    /// # Errors
    /// Returns the error of the operating system.
    pub fn into_stdin(self) -> io::Result<()> {
        Ok(rustix::stdio::dup2_stdin(self.0)?)
    }
}

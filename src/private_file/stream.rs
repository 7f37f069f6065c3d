//! A stream at a path: a device, a pipe, a socket, or a descriptor that this process was started with.
//!
//! Bytes go to it one after the other. It is never replaced, renamed or closed to others, as it is not ours.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::{Errno, FdFlags};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketType};

use super::FileKind;

/// How long, in steps, somebody may take to open the other end of a pipe or to accept a connection.
const STEPS: u32 = 60;
const STEP: Duration = Duration::from_millis(50);

/// An open stream.
#[derive(Debug)]
pub(crate) struct OpenStream(File);

impl OpenStream {
    /// Standard output, as this process was started with it.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn stdout() -> io::Result<Self> {
        descriptor(1).map(Self)
    }

    /// Opens what lies at a path, whose kind is known to be that of a stream. Waits a few seconds at most for the program that
    /// reads it.
    ///
    /// # Errors
    /// A sentence without the path: what the system says, or why it takes no bytes.
    pub(crate) fn open(path: &Path, kind: FileKind) -> io::Result<Self> {
        match kind {
            FileKind::Descriptor(number) => descriptor(number),
            FileKind::Socket => connect(path),
            _ => opened(path),
        }
        .map(Self)
    }

    /// Whether eyes read it: then what is written must pass the sanitiser.
    pub(crate) fn is_terminal(&self) -> bool {
        self.0.is_terminal()
    }

    /// Whether it takes a short line now. Writing it waits for nobody then.
    pub(crate) fn is_ready(&self) -> bool {
        let mut fds = [PollFd::new(&self.0, PollFlags::OUT)];
        // An error also counts: the write will say which.
        !matches!(poll(&mut fds, Some(&Timespec::default())), Ok(0))
    }
}

impl Write for OpenStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A second descriptor of the same open file: opening its path would start at the beginning of a file that a shell
/// appends to, and fail for a socket.
fn descriptor(number: u32) -> io::Result<File> {
    const LEAST: i32 = 3;
    let file = match number {
        0 => rustix::io::fcntl_dupfd_cloexec(io::stdin(), LEAST)?.into(),
        1 => rustix::io::fcntl_dupfd_cloexec(io::stdout(), LEAST)?.into(),
        2 => rustix::io::fcntl_dupfd_cloexec(io::stderr(), LEAST)?.into(),
        other => inherited(other)?,
    };
    if rustix::fs::fcntl_getfl(&file)? & OFlags::RWMODE == OFlags::RDONLY {
        return Err(io::Error::other("it is open for reading only"));
    }
    Ok(file)
}

#[cfg(target_os = "linux")]
fn inherited(number: u32) -> io::Result<File> {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
    // What this process opened itself is closed in programs that it starts; what it was started with is not.
    let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{number}"))?;
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).unwrap_or_default();
    if flags & OFlags::CLOEXEC.bits() != 0 {
        return Err(Errno::NOENT.into());
    }
    let foreign = i32::try_from(number).map_err(|_| Errno::BADF)?;
    let second = pidfd_open(getpid(), PidfdFlags::empty())
        .and_then(|process| pidfd_getfd(process, foreign, PidfdGetfdFlags::empty()));
    match second {
        Ok(second) => Ok(second.into()),
        // Old systems and some sandboxes do not have it.
        Err(_) => opened(Path::new(&format!("/proc/self/fd/{number}"))),
    }
}

#[cfg(not(target_os = "linux"))]
fn inherited(number: u32) -> io::Result<File> {
    opened(Path::new(&format!("/dev/fd/{number}")))
}

/// Opens a device or a pipe. A pipe that nobody reads would be waited for without end.
fn opened(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut options = OpenOptions::new();
    options.write(true).custom_flags(flags.bits().cast_signed());
    let file = retry_for_seconds(Errno::NXIO, || options.open(path))
        .map_err(|error| if is(&error, Errno::NXIO) { io::Error::other("no program reads it") } else { error })?;
    let flags = rustix::fs::fcntl_getfl(&file)?;
    rustix::fs::fcntl_setfl(&file, flags - OFlags::NONBLOCK)?;
    Ok(file)
}

/// Connects to a socket at a path. One whose queue is full would be waited for without end.
fn connect(path: &Path) -> io::Result<File> {
    let address = SocketAddrUnix::new(path)?;
    let socket: OwnedFd = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
    rustix::io::fcntl_setfd(&socket, FdFlags::CLOEXEC)?;
    rustix::io::ioctl_fionbio(&socket, true)?;
    retry_for_seconds(Errno::AGAIN, || Ok(rustix::net::connect(&socket, &address)?)).map_err(|error| match error {
        error if is(&error, Errno::AGAIN) || is(&error, Errno::CONNREFUSED) => io::Error::other("no program reads it"),
        error if is(&error, Errno::PROTOTYPE) => io::Error::other("it takes messages and no stream"),
        error => error,
    })?;
    rustix::io::ioctl_fionbio(&socket, false)?;
    Ok(socket.into())
}

/// Tries until the error is another one, a few seconds at most.
fn retry_for_seconds<T>(passing: Errno, mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..STEPS {
        match attempt() {
            Err(error) if is(&error, passing) => thread::sleep(STEP),
            other => return other,
        }
    }
    attempt()
}

fn is(error: &io::Error, errno: Errno) -> bool {
    error.raw_os_error() == Some(errno.raw_os_error())
}

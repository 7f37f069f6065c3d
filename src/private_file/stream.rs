//! Opens a stream for writing: a device, a pipe, a socket, or a file descriptor that this process was started with.
//!
//! Bytes are written to a stream one after the other. The program never replaces or renames a stream and never changes
//! its mode, because the stream does not belong to this program.

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

/// Maximum number of further attempts to open a pipe without a reader, or to connect to a socket with a full queue. The
/// program waits for [`RETRY_DELAY`] before each further attempt.
const MAX_RETRIES: u32 = 60;
const RETRY_DELAY: Duration = Duration::from_millis(50);

/// A stream that is open for writing: a device, a pipe, a socket, or a file descriptor of this process.
#[derive(Debug)]
pub(crate) struct OpenStream(File);

impl OpenStream {
    /// Returns the standard output of this process as a stream, through a new file descriptor. Closing the stream does
    /// not close the standard output.
    ///
    /// # Errors
    /// Returns the error of the operating system if the standard output cannot be written.
    pub(crate) fn stdout() -> io::Result<Self> {
        descriptor(1).map(Self)
    }

    /// Opens the stream at `path` for writing. `kind` is the kind of the object at the path, and must be that of a
    /// stream ([`FileKind::is_stream`]). The function waits a few seconds at most until another program reads the pipe
    /// or accepts the connection to the socket.
    ///
    /// # Errors
    /// Returns the error of the operating system, or a reason why nothing can be written, such as `no program reads
    /// it`. The message of the error does not contain the path.
    pub(crate) fn open(path: &Path, kind: FileKind) -> io::Result<Self> {
        match kind {
            FileKind::Descriptor(number) => descriptor(number),
            FileKind::Socket => connect(path),
            _ => opened(path),
        }
        .map(Self)
    }

    /// Returns whether the stream is a terminal. Before the caller writes text to a terminal, it must sanitise the
    /// text.
    pub(crate) fn is_terminal(&self) -> bool {
        self.0.is_terminal()
    }

    /// Returns whether a short line can be written to the stream now without waiting. Also returns true if the stream
    /// has an error. The next write then returns this error.
    pub(crate) fn is_ready(&self) -> bool {
        let mut fds = [PollFd::new(&self.0, PollFlags::OUT)];
        // An error also counts as ready: the write will return it.
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

/// Returns a duplicate of the file descriptor `number` of this process. The function does not open the path of the
/// descriptor, such as `/dev/fd/5`. Opening the path would fail for a socket. An opened file would be written from its
/// beginning, even if a shell had opened it for appending.
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
    // Descriptors that this process opened itself have CLOEXEC; those that it was started with do not.
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

/// Opens a device or a pipe for writing without blocking, because opening a pipe that nobody reads would never return.
/// Tries for a few seconds until a program reads the pipe.
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

/// Connects to a Unix socket without blocking, because connecting to a socket with a full queue would never return.
/// Tries for a few seconds if the queue is full.
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

/// Calls `attempt` repeatedly while it fails with the error `passing`, which may disappear after some time. Stops after
/// a few seconds. Returns the result of the last call.
fn retry_for_seconds<T>(passing: Errno, mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..MAX_RETRIES {
        match attempt() {
            Err(error) if is(&error, passing) => thread::sleep(RETRY_DELAY),
            other => return other,
        }
    }
    attempt()
}

fn is(error: &io::Error, errno: Errno) -> bool {
    error.raw_os_error() == Some(errno.raw_os_error())
}

//! The log of the program. The log is off unless the user names a file, and only the owner can read the file.
//!
//! The log contains only this program's own lines, because the lines of libraries contain addresses and headers. A line
//! reports which request was sent, how long the request took, how many bytes arrived and the kind of a failure. A line
//! never contains a parameter, a header or a value.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry, fmt};

use crate::private_file::{self, FileKind, FileRefusal, OpenStream};

/// Error of the log: the log could not be started, or writing to it failed later.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file was refused because it is not a safe place for the log; the value is the reason.
    #[error("{0}")]
    Refused(#[from] FileRefusal),
    /// The file or stream of the log cannot be opened or written.
    #[error("{} cannot be written: {error}", path.display())]
    Stream {
        /// The path of the file or stream.
        path: PathBuf,
        /// The error that the system reported.
        error: io::Error,
    },
    /// The path of the log is a terminal, so the lines of the log would be drawn over the screen.
    #[error("{} is a terminal, and the lines would be drawn over the screen: name a file", .0.display())]
    Terminal(PathBuf),
}

/// What the program shows on the terminal while it writes the log: a screen, or lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogDisplay {
    /// The reviewer draws a screen.
    Screen,
    /// A subcommand without a screen, such as `list`, prints lines.
    Lines,
}

/// Starts the log. The path may be a file, which gets the mode 0600, or a device, a pipe, a socket or a descriptor.
///
/// `display` says whether the program draws a screen. If it does, the log must not be the terminal. `failed` is called
/// once, when a line cannot be written; the program continues without the log then.
///
/// # Errors
/// When the path cannot be opened or written, or when the file does not belong to the user.
pub fn begin(path: &Path, display: LogDisplay, failed: impl Fn(&LogError) + Send + 'static) -> Result<(), LogError> {
    let unwritable = |error| LogError::Stream { path: path.to_owned(), error };
    let kind = FileKind::of(path).map_err(unwritable)?;
    let output = if kind.is_stream() {
        let mut stream = OpenStream::open(path, kind).map_err(unwritable)?;
        if display == LogDisplay::Screen && stream.is_terminal() {
            return Err(LogError::Terminal(path.to_owned()));
        }
        // Some devices are always full. Writing no bytes shows it and changes nothing elsewhere.
        if kind == FileKind::Device {
            stream.write(&[]).map_err(unwritable)?;
        }
        LogOutput::Stream { stream, lost: 0 }
    } else {
        LogOutput::File(private_file::append(path)?)
    };
    let path = path.to_owned();
    let failed = move |error| failed(&LogError::Stream { path: path.clone(), error });
    let writer = LogWriter { output, failed: Some(Box::new(failed)) };
    let lines = fmt::layer().with_ansi(false).with_target(false).with_writer(Mutex::new(writer));
    let own = Targets::new().with_target(env!("CARGO_CRATE_NAME"), Level::INFO);
    // A log that was started before stays in use; there is one per process.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(lines.with_filter(own)));
    Ok(())
}

enum LogOutput {
    File(File),
    /// A stream such as a pipe, with the number of lines that were dropped since the last written line because the
    /// stream had no room.
    Stream {
        stream: OpenStream,
        lost: u64,
    },
}

/// Writer of the log, which writes each line with one call. It never waits for a slow reader of the log and never
/// fails, because a log must not delay or end the logged work.
struct LogWriter {
    output: LogOutput,
    /// Callback that is called once, for the first line that cannot be written; `None` after that call.
    failed: Option<Box<dyn Fn(io::Error) + Send>>,
}

impl LogWriter {
    fn line(&mut self, line: &[u8]) -> io::Result<()> {
        match &mut self.output {
            LogOutput::File(file) => file.write_all(line),
            LogOutput::Stream { stream, lost } => {
                if !stream.is_ready() {
                    *lost += 1;
                    return Ok(());
                }
                let before = std::mem::take(lost);
                if before == 0 {
                    return stream.write_all(line);
                }
                let gap = format!("{before} lines are missing here: the log was not read in time\n");
                stream.write_all(&[gap.as_bytes(), line].concat())
            }
        }
    }
}

impl Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.failed.is_some()
            && let Err(error) = self.line(line)
            && let Some(failed) = self.failed.take()
        {
            failed(error);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Read as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    use std::sync::mpsc;

    use rustix::fs::{CWD, FileType, Mode, OFlags, mknodat};
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn lines_that_nobody_reads_are_left_out_and_counted() {
        let home = TempDir::new().unwrap();
        let path = home.path().join("fifo");
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let mut reader = OpenOptions::new().read(true).custom_flags(flags).open(&path).unwrap();
        let stream = OpenStream::open(&path, FileKind::Pipe).unwrap();
        let mut writer =
            LogWriter { output: LogOutput::Stream { stream, lost: 0 }, failed: Some(Box::new(|_| panic!())) };
        let line = [&[b'x'; 999][..], b"\n"].concat();
        for _ in 0..1000 {
            writer.write_all(&line).unwrap();
        }
        let LogOutput::Stream { lost, .. } = &writer.output else { panic!("it is a stream") };
        assert!(*lost > 0, "the pipe holds all of it");
        let gap = format!("{lost} lines are missing here: the log was not read in time\nlast\n");
        let mut text = vec![0; 1 << 20];
        while reader.read(&mut text).is_ok() {}
        writer.write_all(b"last\n").unwrap();
        let read = reader.read(&mut text).unwrap();
        assert_eq!(String::from_utf8_lossy(&text[..read]), gap);
    }

    #[test]
    fn a_failure_is_told_once() {
        let (sender, receiver) = mpsc::channel();
        let failed = move |error: io::Error| sender.send(error.kind()).unwrap();
        let stream = OpenStream::open(Path::new("/dev/full"), FileKind::Device).unwrap();
        let mut writer = LogWriter { output: LogOutput::Stream { stream, lost: 0 }, failed: Some(Box::new(failed)) };
        for _ in 0..3 {
            writer.write_all(b"line\n").unwrap();
        }
        drop(writer);
        assert_eq!(receiver.iter().collect::<Vec<_>>(), [io::ErrorKind::StorageFull]);
    }
}

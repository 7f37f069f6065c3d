//! A program in a pseudo-terminal of 200×50, with the time of everything that it writes.
//!
//! A thread reads and notes the time of each piece. The screen is made of the pieces later, so that it delays no time.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use argos_testkit::pty::reader::thread;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const LINES: u16 = 50;
const COLUMNS: u16 = 200;
/// A program that wrote nothing for this long has finished its repaint.
const QUIET: Duration = Duration::from_millis(40);
/// A key without an answer within this time has none.
const PATIENCE: Duration = Duration::from_secs(2);
/// A program that does not show within this time what is waited for never will.
const LONGEST: Duration = Duration::from_secs(900);
/// What programs ask a terminal, and its answers. A program that gets none may wait for a second.
const ANSWERS: [(&[u8], &[u8]); 8] = [
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[0c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>0;10;1c"),
    (b"\x1b[5n", b"\x1b[0n"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?u", b"\x1b[?0u"),
    (b"\x1b]10;?", b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
];

/// A running program; it ends with the value.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    /// When it was started.
    pub(crate) started: Instant,
}

/// What one key brought: the times from the key to the first and to the last byte, and the number of bytes.
pub(crate) struct Stroke {
    pub(crate) first: Duration,
    pub(crate) last: Duration,
    pub(crate) bytes: usize,
}

impl Terminal {
    /// Starts a program in a folder, which is also its home.
    pub(crate) fn start(command: &[&str], variables: &[(&str, &str)], folder: &Path) -> Self {
        let size = PtySize { rows: LINES, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let (program, arguments) = command.split_first().expect("a program");
        let mut builder = CommandBuilder::new(program);
        builder.args(arguments);
        builder.cwd(folder);
        builder.env_clear();
        builder.env("HOME", folder);
        builder.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let usual = [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8")];
        for (name, value) in usual.iter().chain(variables) {
            builder.env(name, value);
        }
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        thread(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        let started = Instant::now();
        let child = pair.slave.spawn_command(builder).expect("the program starts");
        let [lines, columns] = [LINES, COLUMNS].map(|cells| NonZeroU16::new(cells).expect("cells"));
        Self { child, writer, _master: pair.master, output, screen: vt100::Parser::new(lines, columns, 0), started }
    }

    /// Number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().expect("a running program")
    }

    /// Types bytes, and returns when.
    pub(crate) fn press(&mut self, keys: &str) -> Instant {
        let at = Instant::now();
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).expect("the program reads");
        at
    }

    /// Waits until the screen satisfies a condition, and returns when the piece came with which it did.
    pub(crate) fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> Instant {
        let (mut last, end) = (Instant::now(), Instant::now() + LONGEST);
        while !wanted(&self.screen()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((at, bytes)) => {
                    last = at;
                    self.take(&bytes);
                }
                Err(_) => panic!("waited for {what:?}:\n{}", self.screen()),
            }
        }
        last
    }

    /// What the screen shows.
    pub(crate) fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Takes what is written until nothing came for `quiet`, or for five times as long: some programs are never silent.
    pub(crate) fn settle(&mut self, quiet: Duration) {
        let end = Instant::now() + quiet * 5;
        while let Ok((at, bytes)) = self.output.recv_timeout(quiet) {
            self.take(&bytes);
            if at > end {
                break;
            }
        }
    }

    /// Types one key `count` times, each after the repaint of the one before, and returns what each brought; a key
    /// without an answer brings nothing.
    pub(crate) fn strokes(&mut self, key: &str, count: usize) -> Vec<Stroke> {
        (0..count).filter_map(|_| self.stroke(key)).collect()
    }

    fn stroke(&mut self, key: &str) -> Option<Stroke> {
        while let Ok((_, bytes)) = self.output.try_recv() {
            self.take(&bytes);
        }
        let start = self.press(key);
        let mut pieces = vec![self.output.recv_timeout(PATIENCE).ok()?];
        // A program that is never silent holds nobody up.
        while start.elapsed() < PATIENCE {
            match self.output.recv_timeout(QUIET) {
                Ok(piece) => pieces.push(piece),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        let (first, last) = (pieces.first()?.0, pieces.last()?.0);
        let bytes = pieces.iter().map(|(_, bytes)| bytes.len()).sum();
        for (_, bytes) in pieces {
            self.take(&bytes);
        }
        Some(Stroke { first: first - start, last: last - start, bytes })
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        for (question, answer) in ANSWERS {
            for _ in memchr::memmem::find_iter(bytes, question) {
                // A program that has ended needs no answer.
                let _ = self.writer.write_all(answer);
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

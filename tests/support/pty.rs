//! A program in a pseudo-terminal: typed at, and read through a terminal emulator.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::oracle::{Oracle, Witness};

#[path = "pty/pieces.rs"]
mod pieces;

pub(crate) use pieces::Next;

/// Longer than anything takes, so that a screen that never comes is a failure and not a hang.
const DEADLINE: Duration = Duration::from_secs(30);

/// A running program.
pub(crate) struct Program {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser<Witness>,
    oracle: Oracle,
    written: Vec<u8>,
}

impl Program {
    /// Starts the binary with arguments and further variables; the surroundings are otherwise empty.
    pub(crate) fn start(arguments: &[&str], variables: &[(&str, &str)], width: u16, height: u16) -> Self {
        Self::start_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments, variables, (width, height))
    }

    /// The same in a folder.
    pub(crate) fn start_in(
        folder: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        (width, height): (u16, u16),
    ) -> Self {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_argos-review"));
        command.args(arguments);
        command.cwd(folder);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the binary starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        #[expect(clippy::disallowed_methods, reason = "reading a pseudo-terminal blocks")]
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        let parser = emulator(width, height);
        Self { child, master: pair.master, writer, output, parser, oracle: Oracle::new(), written: Vec::new() }
    }

    /// Types bytes.
    pub(crate) fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the program reads");
        self.writer.flush().expect("the program reads");
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().expect("a running program")
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.id().cast_signed()).expect("a running program");
        kill_process(pid, signal).expect("a running program");
    }

    /// Waits until the screen shows a text.
    pub(crate) fn until(&mut self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    /// Waits until the screen does not show a text any more.
    pub(crate) fn until_gone(&mut self, text: &str) {
        self.wait(text, |screen| !screen.contains(text));
    }

    /// Waits until the screen satisfies a condition.
    pub(crate) fn wait(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let end = deadline();
        while !wanted(&self.parser.screen().contents()) {
            match self.output.recv_timeout(end.saturating_duration_since(now())) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => panic!("waited for {what:?}:\n{}", self.parser.screen().contents()),
            }
        }
    }

    /// Gives the terminal another size, of which the emulator sees one column and line at least.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("a terminal takes a size");
        self.parser.screen_mut().set_size(at_least_one(height), at_least_one(width));
    }

    /// Fails if anything was written that is not ours to write.
    pub(crate) fn assert_clean(&self) {
        assert_eq!(self.oracle.violations(), [""; 0], "the judge of bytes");
        assert_eq!(self.parser.callbacks().seen, [""; 0], "the terminal emulator");
    }

    /// The judge of what was written.
    pub(crate) const fn oracle(&self) -> &Oracle {
        &self.oracle
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.oracle.watch(bytes);
        self.written.extend_from_slice(bytes);
    }

    /// Waits until the terminal does not show what is typed.
    pub(crate) fn until_hidden(&self) {
        let end = deadline();
        while self.modes().contains("ECHO |") || self.modes().contains("ECHO)") {
            assert!(now() < end, "the terminal goes on to show what is typed");
            std::thread::yield_now();
        }
    }

    /// Waits for the end and returns the exit code.
    pub(crate) fn exit_code(&mut self) -> u32 {
        let end = deadline();
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("the program does not end:\n{}", self.parser.screen().contents())
                }
            }
        }
        self.child.wait().expect("an exit code").exit_code()
    }

    /// What the screen shows.
    pub(crate) fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Everything that was written, as text.
    pub(crate) fn everything(&self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    /// Whether the alternate screen is on.
    pub(crate) fn alternate_screen(&self) -> bool {
        self.parser.screen().alternate_screen()
    }

    /// Whether the alternate screen was ever asked for.
    pub(crate) fn entered_alternate_screen(&self) -> bool {
        self.everything().contains("\u{1b}[?1049h")
    }

    /// The terminal's settings (echo, line mode and so on).
    pub(crate) fn modes(&self) -> String {
        let termios = self.master.get_termios().expect("settings");
        format!("{:?}", termios.local_flags)
    }
}

fn emulator(width: u16, height: u16) -> vt100::Parser<Witness> {
    vt100::Parser::new_with_callbacks(at_least_one(height), at_least_one(width), 0, Witness::default())
}

fn at_least_one(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[expect(clippy::disallowed_methods, reason = "a deadline for tests")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

fn deadline() -> Instant {
    now() + DEADLINE
}

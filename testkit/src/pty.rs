//! Runs a program in a pseudo-terminal: types into it, and shows its output in a terminal emulator.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Instant;

use portable_pty::{ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::{Errno, ioctl_fionread};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::binary::binary;
use crate::deadline::{DEADLINE, deadline, now, until};
use crate::output_judge::{EmulatorCallbacks, OutputJudge};
use reader::{Reader, thread};

mod pieces;
pub mod reader;

pub use pieces::Next;

/// Largest size of the emulated screen at the start, in columns and rows. The program draws nothing larger.
const LARGEST: (u16, u16) = (1_000, 500);
/// The sequence that turns the alternate screen off.
const LEAVE: &[u8] = b"\x1b[?1049l";

/// A running program in a pseudo-terminal, with an emulator of its screen. Dropping this value kills the program.
pub struct Program {
    killer: Box<dyn ChildKiller + Send + Sync>,
    number: u32,
    // In this order: whoever writes says goodbye before the terminal is closed.
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    reader: Reader,
    ended: Receiver<(Instant, ExitStatus)>,
    parser: vt100::Parser<EmulatorCallbacks>,
    judge: OutputJudge,
    written: Vec<u8>,
    before: String,
    left: Vec<String>,
}

impl Program {
    /// Starts the program under test in a terminal of `width` columns and `height` rows. `variables` are its only
    /// environment variables, apart from `TERM` and `HOME`.
    pub fn start(arguments: &[&str], variables: &[(&str, &str)], width: u16, height: u16) -> Self {
        Self::start_in(crate::root(), arguments, variables, (width, height))
    }

    /// Starts the program under test as [`Self::start`] does, with `folder` as the working folder.
    pub fn start_in(
        folder: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        (width, height): (u16, u16),
    ) -> Self {
        let command = [&[binary()], arguments].concat();
        let variables = [&[("TERM", "xterm-256color")], variables].concat();
        Self::launch(&command, &variables, folder, width, height)
    }

    /// Starts the command `command` in the folder `folder`. It gets only these environment variables, and `HOME` with a
    /// folder that does not exist.
    pub fn launch(command: &[&str], variables: &[(&str, &str)], folder: &Path, width: u16, height: u16) -> Self {
        let pair = native_pty_system().openpty(of(width, height)).expect("a pseudo-terminal");
        keep_output(&pair.master.tty_name().expect("a name"));
        let before = settings(&*pair.master);
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.cwd(folder);
        builder.env_clear();
        // Without one, the system names that of the user who runs the tests.
        builder.env("HOME", "/nonexistent");
        for (name, value) in variables {
            builder.env(name, value);
        }
        let mut child = pair.slave.spawn_command(builder).expect("the program starts");
        drop(pair.slave);
        let (number, killer) = (child.process_id().expect("a running program"), child.clone_killer());
        let (tell, ended) = channel();
        thread(move || {
            let status = child.wait().expect("an exit code");
            let _ = tell.send((now(), status));
        });
        Self {
            killer,
            number,
            writer: pair.master.take_writer().expect("a writer"),
            reader: Reader::of(&*pair.master),
            master: pair.master,
            ended,
            parser: emulator(width, height),
            judge: OutputJudge::new(),
            written: Vec::new(),
            before,
            left: Vec::new(),
        }
    }

    /// Types the text `keys` into the terminal. Fails if the terminal is closed.
    pub fn press(&mut self, keys: &str) {
        self.press_bytes(keys.as_bytes());
    }

    /// Types the bytes `keys` into the terminal. Fails if the terminal is closed.
    pub fn press_bytes(&mut self, keys: &[u8]) {
        self.writer.write_all(keys).expect("the program reads");
        self.writer.flush().expect("the program reads");
    }

    /// Returns the process id of the program.
    pub const fn id(&self) -> u32 {
        self.number
    }

    /// Returns the id of the process group that is in the foreground of the terminal.
    pub fn foreground(&self) -> i32 {
        self.master.process_group_leader().expect("a group in the foreground")
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        signal_to(self.number.cast_signed(), signal);
    }

    /// Waits until the screen shows the text `text`. Fails after [`DEADLINE`].
    pub fn until(&mut self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    /// Waits until the screen no longer shows the text `text`. Fails after [`DEADLINE`].
    pub fn until_gone(&mut self, text: &str) {
        self.wait(text, |screen| !screen.contains(text));
    }

    /// Waits until `wanted` is true for the text of the screen. Fails with the description `what` after [`DEADLINE`].
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let end = deadline();
        while !wanted(&self.parser.screen().contents()) {
            match self.reader.output.recv_timeout(end.saturating_duration_since(now())) {
                Ok(bytes) => self.process_output(&bytes),
                Err(_) => panic!("waited for {what:?}:\n{}", self.parser.screen().contents()),
            }
        }
    }

    /// Sets the size of the terminal. The emulator gets at least one column and one row.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.master.resize(of(width, height)).expect("a terminal takes a size");
        self.parser.screen_mut().set_size(at_least_one(height), at_least_one(width));
        self.judge.resize(width, height);
    }

    /// Fails if the program wrote anything that [`OutputJudge`] forbids, or that the terminal emulator reported.
    pub fn assert_clean(&self) {
        assert_eq!(self.judge.violations(), [""; 0], "the judge of bytes");
        assert_eq!(self.parser.callbacks().seen, [""; 0], "the terminal emulator");
    }

    /// Returns the checker of everything that the program wrote.
    pub const fn judge(&self) -> &OutputJudge {
        &self.judge
    }

    /// Allows the program to turn mouse reports on.
    pub const fn allow_mouse(&mut self) {
        self.judge.allow_mouse();
    }

    /// Allows the program to write pictures, which are forbidden otherwise.
    pub fn allow_pictures(&mut self) {
        self.judge.allow_pictures();
        let (height, width) = self.parser.screen().size();
        self.judge.resize(width.get(), height.get());
        self.parser.callbacks_mut().pictures = true;
    }

    fn process_output(&mut self, bytes: &[u8]) {
        self.judge.watch(bytes);
        let mut from = self.written.len();
        self.written.extend_from_slice(bytes);
        // A sequence counts with its last byte, and its first ones may have come before.
        let mut at = from.saturating_sub(LEAVE.len() - 1);
        while let Some(found) = self.written[at..].windows(LEAVE.len()).position(|window| window == LEAVE) {
            at += found + LEAVE.len();
            emulate(&mut self.parser, &self.written[from..at - 1]);
            from = at - 1;
            self.left.push(traces(self.parser.screen()));
        }
        emulate(&mut self.parser, &self.written[from..]);
    }

    /// Waits until the terminal no longer shows typed text (no "echo"), for example at a prompt for a secret.
    pub fn until_hidden(&self) {
        until("what is typed is not shown", || !self.modes().contains("ECHO |") && !self.modes().contains("ECHO)"));
    }

    /// Waits for the end of the program, and returns its exit code. Fails after [`DEADLINE`].
    pub fn exit_code(&mut self) -> u32 {
        self.end().1.exit_code()
    }

    /// Waits for the end of the program, and reads all output. Returns the time of the end and the exit status.
    pub fn end(&mut self) -> (Instant, ExitStatus) {
        let Ok(ended) = self.ended.recv_timeout(DEADLINE) else {
            panic!("the program does not end:\n{}", self.parser.screen().contents())
        };
        // What was not read is read now.
        self.reader.resume();
        let end = deadline();
        while let Ok(bytes) = self.reader.output.recv_timeout(end.saturating_duration_since(now())) {
            self.process_output(&bytes);
        }
        ended
    }

    /// Stops reading the program's output, like a terminal that hangs.
    pub fn stop_reading(&mut self) {
        self.reader.pause();
    }

    /// Waits until the terminal accepts no more output of the program.
    pub fn until_full(&self) {
        let slave = self.slave();
        until("the terminal is full", || {
            let mut fds = [PollFd::new(&slave, PollFlags::OUT)];
            poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).expect("a terminal") == 0
        });
    }

    /// Waits until the program has read all typed input.
    pub fn until_read(&self) {
        let slave = self.slave();
        until("all is read", || ioctl_fionread(&slave).expect("a terminal") == 0);
    }

    /// Closes the terminal, as if its window was closed, and returns the time at which it was closed.
    pub fn hang_up(&mut self) -> Instant {
        self.reader.stop(self.slave());
        let slave = self.slave();
        let nothing = native_pty_system().openpty(of(1, 1)).expect("a pseudo-terminal");
        let at = now();
        self.writer = Box::new(std::io::sink());
        self.master = nothing.master;
        // A process that another test is just starting may hold it open a little longer.
        until("the terminal is gone", || {
            let mut fds = [PollFd::new(&slave, PollFlags::empty())];
            poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).expect("a terminal") > 0
        });
        at
    }

    /// Returns the path of the terminal device, such as `/dev/pts/3`.
    pub fn terminal(&self) -> String {
        self.master.tty_name().expect("a name").display().to_string()
    }

    fn slave(&self) -> File {
        open(Path::new(&self.terminal()))
    }

    /// Returns the `/proc/*/stat` lines of the processes that still run in the program's session. Empty without
    /// `/proc`.
    pub fn left_in_session(&self) -> Vec<String> {
        let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
        let stats = processes.filter_map(|process| std::fs::read_to_string(process.ok()?.path().join("stat")).ok());
        stats
            .filter(|stat| {
                // Behind the name: state, parent, group, session.
                let fields: Vec<&str> =
                    stat.rsplit(") ").next().unwrap_or_default().split_whitespace().take(4).collect();
                matches!(&fields[..], [state, _, _, session] if *state != "Z" && *session == self.number.to_string())
            })
            .collect()
    }

    /// Returns what was visible on the alternate screen each time when the program turned it off.
    pub fn left_behind(&self) -> &[String] {
        &self.left
    }

    /// Returns the settings that the terminal had before the program started, in the form of [`Self::modes`].
    pub fn modes_before(&self) -> &str {
        &self.before
    }

    /// Returns the screen of the terminal emulator.
    pub fn emulated(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Returns the text on the screen of the terminal emulator.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Returns all output of the program so far as text.
    pub fn written_text(&self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    /// Returns whether the alternate screen is on.
    pub fn alternate_screen(&self) -> bool {
        self.parser.screen().alternate_screen()
    }

    /// Returns whether the program ever turned the alternate screen on.
    pub fn entered_alternate_screen(&self) -> bool {
        self.written_text().contains("\u{1b}[?1049h")
    }

    /// Returns the terminal's settings: every flag and every control character.
    pub fn modes(&self) -> String {
        settings(&*self.master)
    }
}

/// Sends a signal to the process with the id `number`.
pub fn signal_to(number: i32, signal: Signal) {
    let sent = kill_process(Pid::from_raw(number).expect("a process"), signal);
    // An earlier one may have ended it, which is seen from its exit code.
    assert!(matches!(sent, Ok(()) | Err(Errno::SRCH)), "{sent:?}");
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("settings"))
}

/// Sets the terminal so that ctrl-c does not discard output that was not read yet. Without this, a test that types
/// ctrl-c could not see how the program ends.
fn keep_output(terminal: &Path) {
    let line = open(terminal);
    let mut settings = tcgetattr(&line).expect("settings");
    settings.local_modes |= LocalModes::NOFLSH;
    tcsetattr(&line, OptionalActions::Now, &settings).expect("settings");
}

fn open(terminal: &Path) -> File {
    let no_control = OFlags::NOCTTY.bits().cast_signed();
    OpenOptions::new().read(true).write(true).custom_flags(no_control).open(terminal).expect("the terminal")
}

fn of(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

/// Returns what is visible on a screen: its text, and the number of its coloured cells.
fn traces(screen: &vt100::Screen) -> String {
    let (height, width) = screen.size();
    let cells = (0..height.get()).flat_map(|y| (0..width.get()).map(move |x| (y, x)));
    let cells = cells.filter_map(|(y, x)| screen.cell(y, x));
    let coloured = cells.filter(|cell| cell.inverse() || cell.bgcolor() != vt100::Color::Default).count();
    let text = screen.contents();
    if coloured == 0 { text.trim().to_owned() } else { format!("{} and {coloured} coloured cells", text.trim()) }
}

fn emulator(width: u16, height: u16) -> vt100::Parser<EmulatorCallbacks> {
    let (height, width) = (at_least_one(height.min(LARGEST.1)), at_least_one(width.min(LARGEST.0)));
    vt100::Parser::new_with_callbacks(height, width, 0, EmulatorCallbacks::default())
}

/// Shows bytes on the emulated screen. The emulator panics if a frame for a larger screen arrives and a cell in its
/// last column becomes wide. A new emulator then replaces it, with the alternate screen on.
fn emulate(parser: &mut vt100::Parser<EmulatorCallbacks>, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| parser.process(bytes))).is_err() {
        let (height, width) = parser.screen().size();
        let seen = std::mem::take(&mut parser.callbacks_mut().seen);
        // What follows may begin within a sequence: it hears no more.
        *parser = vt100::Parser::new_with_callbacks(
            height,
            width,
            0,
            EmulatorCallbacks { seen, deaf: true, pictures: false },
        );
        parser.process(b"\x1b[?1049h");
    }
}

fn at_least_one(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}

impl Drop for Program {
    fn drop(&mut self) {
        self.reader.resume();
        // Its number may be another's once it has ended.
        if matches!(self.ended.try_recv(), Err(TryRecvError::Empty)) {
            let _ = self.killer.kill();
        }
    }
}

//! The terminal: one list of modes to take, the same list the other way round to give back, on every path; and the one
//! gate through which bytes go to it.
//!
//! The gate is closed while the terminal is not taken. So no frame that is still being drawn, and nothing that is dropped
//! later, writes to a terminal that was given back.

use std::io::{self, BufWriter, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr, write};
use rustix::stdio::{stdin, stdout};
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};

/// Exit code of a panic, as the language has it.
const PANICKED: u8 = 101;
/// How often a terminal is asked whether it takes bytes before it is left as it is, a millisecond each time.
const ROUNDS: u32 = 10;
/// A frame is one write, unless it is larger.
const FRAME: usize = 1 << 16;

/// The modes in the order in which they are taken: what takes each, and what gives it back. The settings of the line
/// come before them all.
const MODES: [(&str, &str); 4] = [
    // The alternate screen.
    ("\x1b[?1049h", "\x1b[?1049l"),
    // Blank, and in no style, when it is left: some terminals keep it.
    ("", "\x1b[0m\x1b[2J\x1b[1;1H"),
    // Pastes are told apart from keys.
    ("\x1b[?2004h", "\x1b[?2004l"),
    // No cursor.
    ("\x1b[?25l", "\x1b[?25h"),
];

/// Whether the terminal is taken. Held while bytes go to it.
static GATE: Mutex<bool> = Mutex::new(false);
/// The settings of the line as they were, while they are others. Never held while anything waits.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Takes the terminal: raw mode, alternate screen, bracketed paste, no cursor. Does nothing when it is taken.
///
/// # Errors
/// When the terminal does not take it. What it took is to be given back.
pub(super) fn enter() -> io::Result<()> {
    let mut open = lock(&GATE);
    if *open {
        return Ok(());
    }
    let before = tcgetattr(stdin())?;
    let mut raw = before.clone();
    raw.make_raw();
    // First of all: in the background this stops the process, before anything is written to the terminal.
    retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &raw))?;
    *lock(&BEFORE) = Some(before);
    *open = true;
    send(MODES.map(|(take, _)| take).concat().as_bytes())
}

/// Gives the terminal back as it was. Does nothing when it was not taken or was given back already.
pub(super) fn leave() {
    give_back(lock(&GATE));
}

/// Gives the terminal back as far as that goes without waiting for it: one that takes no bytes gets its line settings
/// only.
pub(super) fn abandon() {
    for _ in 0..ROUNDS {
        let mut fds = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
        let ready = poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 1_000_000 }));
        if matches!(ready, Ok(1..)) {
            if let Ok(gate) = GATE.try_lock() {
                return give_back(gate);
            }
            // Another thread is just writing, and may be giving the terminal back.
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    restore_line();
}

/// Has the system tell once more that there is something to read: it does so whenever settings are made, the same ones
/// too.
pub(super) fn tell_readers() {
    // Held, so that the settings of nobody else are made.
    let before = lock(&BEFORE);
    if before.is_some()
        && let Ok(settings) = tcgetattr(stdin())
    {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &settings);
    }
}

/// Whether the terminal is taken. Does not wait for what is being written.
pub(super) fn is_taken() -> bool {
    lock(&BEFORE).is_some()
}

fn give_back(mut open: MutexGuard<'_, bool>) {
    if std::mem::take(&mut *open) {
        // A terminal that is gone cannot be told; there is nothing better to do than to go on leaving.
        let _ = send(MODES.map(|(_, give_back)| give_back).iter().rev().copied().collect::<String>().as_bytes());
    }
    restore_line();
}

fn restore_line() {
    if let Some(before) = lock(&BEFORE).take() {
        // What was typed or pasted for the reviewer is no command for the shell.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
        let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Leaving goes on, whatever happened to another thread.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes to the terminal itself.
fn send(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match write(stdout(), bytes) {
            Ok(sent) => bytes = bytes.get(sent..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Another program may have set this for all who share the terminal.
            Err(Errno::AGAIN) => {
                let mut fds = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
                retry_on_intr(|| poll(&mut fds, None))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The gate: writes to the terminal while it is taken, and nowhere otherwise.
pub(super) struct Gate;

impl Gate {
    /// What a screen is drawn to: a frame goes through in one piece.
    pub(super) fn for_frames() -> BufWriter<Self> {
        BufWriter::with_capacity(FRAME, Self)
    }
}

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let open = lock(&GATE);
        if *open {
            send(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Rings the bell.
pub(super) fn ring() -> io::Result<()> {
    Gate.write_all(b"\x07")
}

/// Leaves at once, whatever other threads do.
///
/// A loop that drew on would draw on a terminal that was given back, a task that is gone would never answer, and what
/// were dropped while unwinding might write to a terminal that is gone.
#[expect(clippy::disallowed_methods, reason = "the one place where the reviewer ends without unwinding")]
pub(super) fn exit(code: u8) -> ! {
    std::process::exit(i32::from(code))
}

/// Gives the terminal back when a panic comes, whichever thread it was, and says where it came from but not what it
/// said: a panic's text may hold identity data.
pub(super) fn restore_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        leave();
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let _ = writeln!(io::stderr(), "argos-review: internal error at {place}; please report it with this place");
        exit(PANICKED);
    }));
}

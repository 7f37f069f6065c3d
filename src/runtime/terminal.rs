//! Takes the terminal over and gives it back. One list contains all terminal modes that the program uses, such as the
//! alternate screen. The modes are set in the order of the list, and undone in reverse order however the program ends.
//! The mode of the mouse is set only while the user has the mouse on. All output to the terminal passes one writer, the
//! gate.
//!
//! The gate is closed while the program does not have the terminal. So neither an unfinished frame nor a value that is
//! dropped later writes to a terminal that was given back.

use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr, write};
use rustix::stdio::{stdin, stdout};
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetwinsize, tcsetattr};

use crate::picture::{self, CellSize, PictureBytes};

/// Exit code after a panic, which is also the code of Rust itself.
const PANIC_EXIT_CODE: u8 = 101;
/// Number of times that [`abandon`] checks whether the terminal accepts output, after it accepted some last. Each check
/// waits about one millisecond.
const OUTPUT_CHECKS: u32 = 50;
/// Number of checks of [`abandon`] in all, even if the terminal always accepts a little more.
const MAX_OUTPUT_CHECKS: u32 = 1_500;
/// Size of the buffer for a frame, in bytes: a frame up to this size is one write.
const FRAME_BYTES: usize = 1 << 16;
/// Size in bytes of the pieces in which pictures are written, so that [`abandon`] sees whether the terminal accepts them.
const PICTURE_PIECE_BYTES: usize = 1 << 10;

/// The terminal modes, such as the alternate screen, in the order in which they are set. Each is a pair: the escape
/// sequence that sets the mode, and the sequence that undoes it. The line settings (`termios`) are changed before all
/// modes.
const MODES: [(&str, &str); 5] = [
    // The alternate screen.
    ("\x1b[?1049h", "\x1b[?1049l"),
    // The alternate screen is blanked and its style is reset before it is left: some terminals keep both.
    ("", "\x1b[0m\x1b[2J\x1b[1;1H"),
    // Bracketed paste: the terminal marks pasted text, so that it is not taken for keys.
    ("\x1b[?2004h", "\x1b[?2004l"),
    MOUSE,
    // No cursor.
    ("\x1b[?25l", "\x1b[?25h"),
];
/// The escape sequences that set and undo the mouse mode. In this mode the terminal reports clicks and turns of the
/// wheel (1000), with the position in decimal numbers (1006). Drags and moves are not requested. While the mode is set,
/// the terminal does not select text by itself.
const MOUSE: (&str, &str) = ("\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l");

/// The state of the gate, the only writer to the terminal ([`Gate`]). The lock is held while bytes are written to the
/// terminal.
static GATE: Mutex<GateState> = Mutex::new(GateState { open: false, mouse: false, keeps_pictures: false });
/// Number of writes that the terminal accepted so far.
static ACCEPTED_WRITES: AtomicUsize = AtomicUsize::new(0);
/// The line settings that the terminal had before the program changed them; `None` while the settings are unchanged. No
/// thread waits for the terminal while it holds this lock.
static SETTINGS_BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// The state of the gate, which is the only writer to the terminal ([`Gate`]).
struct GateState {
    /// Whether the program has taken over the terminal: see [`enter`].
    open: bool,
    /// Whether the user has the mouse on. The terminal has the mode [`MOUSE`] while the gate is also open.
    mouse: bool,
    /// Whether the terminal may keep pictures of this program, which must be deleted before the terminal is given back.
    keeps_pictures: bool,
}

impl GateState {
    /// Returns the terminal modes that are set while this program has the terminal, in the order in which they are set.
    /// Each is a pair: the escape sequence that sets the mode, and the sequence that undoes it.
    fn modes(&self) -> impl DoubleEndedIterator<Item = (&'static str, &'static str)> + use<> {
        let mouse = self.mouse;
        MODES.into_iter().filter(move |mode| mouse || *mode != MOUSE)
    }
}

/// Takes the terminal over: sets raw mode, alternate screen, bracketed paste and (if it is on) the mouse, and hides the
/// cursor. Does nothing if the program has the terminal already.
///
/// # Errors
/// When the terminal cannot be set up. The caller must then call [`leave`].
pub(super) fn enter() -> io::Result<()> {
    let mut gate = lock(&GATE);
    if gate.open {
        return Ok(());
    }
    let before = tcgetattr(stdin())?;
    let mut raw = before.clone();
    raw.make_raw();
    // This comes first: in the background it stops the process before anything is written to the terminal.
    retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &raw))?;
    *lock(&SETTINGS_BEFORE) = Some(before);
    gate.open = true;
    send(gate.modes().map(|(take, _)| take).collect::<String>().as_bytes())
}

/// Makes the terminal report the mouse, or stop reporting it. If the program does not have the terminal, the change
/// takes effect at the next call of [`enter`].
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn set_mouse(on: bool) -> io::Result<()> {
    let mut gate = lock(&GATE);
    if gate.mouse == on {
        return Ok(());
    }
    gate.mouse = on;
    let (take, give_back) = MOUSE;
    if gate.open { send(if on { take } else { give_back }.as_bytes()) } else { Ok(()) }
}

/// Gives the terminal back in its earlier state. Does nothing if the program does not have the terminal.
pub(super) fn leave() {
    give_back(lock(&GATE));
}

/// Gives the terminal back to other programs like [`leave`], but does not wait for a terminal that accepts no output.
/// Then only its line settings (such as raw mode) are restored; the other modes stay set. A terminal that slowly accepts
/// a picture gets the end of it first, within a limit: in the middle of a picture it would take what undoes the modes for
/// a part of it.
pub(super) fn abandon() {
    let (mut accepted, mut checks) = (ACCEPTED_WRITES.load(Ordering::Relaxed), 0);
    for _ in 0..MAX_OUTPUT_CHECKS {
        let now_accepted = ACCEPTED_WRITES.load(Ordering::Relaxed);
        checks = if now_accepted == accepted { checks + 1 } else { 0 };
        accepted = now_accepted;
        if checks > OUTPUT_CHECKS {
            break;
        }
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

/// Wakes the part of the program that reads the terminal's input, by making the system report available input once
/// more. To do so, this function applies the current terminal settings again. The system notifies readers at each
/// change of the settings, even if the new settings are the same.
pub(super) fn wake_input_readers() {
    // The lock ensures that the settings are this program's own.
    let before = lock(&SETTINGS_BEFORE);
    if before.is_some()
        && let Ok(settings) = tcgetattr(stdin())
    {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &settings);
    }
}

/// Returns whether the program has taken over the terminal: see [`enter`]. This function does not wait for running
/// writes.
pub(super) fn is_taken() -> bool {
    lock(&SETTINGS_BEFORE).is_some()
}

fn give_back(mut gate: MutexGuard<'_, GateState>) {
    if std::mem::take(&mut gate.open) {
        // The alternate screen has pictures of its own, so they are deleted before it is left.
        if std::mem::take(&mut gate.keeps_pictures) {
            let _ = send(picture::delete_all().as_bytes());
        }
        // A terminal that is gone cannot be reset; leaving continues.
        let _ = send(gate.modes().rev().map(|(_, give_back)| give_back).collect::<String>().as_bytes());
    }
    restore_line();
}

fn restore_line() {
    if let Some(before) = lock(&SETTINGS_BEFORE).take() {
        // Text that was typed or pasted for the reviewer must not become a command of the shell.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
        let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Leaving continues, even if another thread panicked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes all of `bytes` to the terminal, even if the program has not taken over the terminal: the state in [`GATE`] is
/// not checked.
fn send(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match write(stdout(), bytes) {
            Ok(sent) => {
                ACCEPTED_WRITES.fetch_add(1, Ordering::Relaxed);
                bytes = bytes.get(sent..).unwrap_or_default();
            }
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

/// The gate: the only writer to the terminal. While the program does not have the terminal, the gate discards all
/// output.
pub(super) struct Gate;

impl Gate {
    /// Returns a buffered writer for frames, so that a frame is written to the terminal in one piece.
    pub(super) fn for_frames() -> BufWriter<Self> {
        BufWriter::with_capacity(FRAME_BYTES, Self)
    }
}

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let gate = lock(&GATE);
        if gate.open {
            send(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the sequences that show or delete pictures. While the program has not taken the terminal by [`enter`], or has
/// given it back, the bytes are discarded.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn write_pictures(bytes: &PictureBytes) -> io::Result<()> {
    let mut gate = lock(&GATE);
    if !gate.open {
        return Ok(());
    }
    gate.keeps_pictures |= bytes.must_be_deleted();
    bytes.as_bytes().chunks(PICTURE_PIECE_BYTES).try_for_each(send)
}

/// Returns the size of the terminal in columns and rows, as the system knows it. The function of the terminal library
/// is not used, since it would start the program `tput` if the terminal is gone.
pub(super) fn size() -> io::Result<Size> {
    let window = tcgetwinsize(stdout()).or_else(|_| tcgetwinsize(io::stdin()))?;
    Ok(Size { width: window.ws_col, height: window.ws_row })
}

/// Returns the size in pixels of one cell of the terminal; `None` if the terminal does not report it.
pub(super) fn cell_size() -> Option<CellSize> {
    let window = tcgetwinsize(stdout()).ok()?;
    let cells = Size { width: window.ws_col, height: window.ws_row };
    CellSize::of_window(cells, Size { width: window.ws_xpixel, height: window.ws_ypixel })
}

/// Rings the terminal's bell.
pub(super) fn ring() -> io::Result<()> {
    Gate.write_all(b"\x07")
}

/// Ends the process at once. Nothing is unwound, and other threads are not waited for.
///
/// If the process continued, its event loop would draw on a terminal that was given back, or wait for a task that has
/// ended. Values that are dropped while unwinding might write to a terminal that no longer exists.
#[expect(clippy::disallowed_methods, reason = "the one place where the reviewer ends without unwinding")]
pub(super) fn exit(code: u8) -> ! {
    std::process::exit(i32::from(code))
}

/// Installs a panic hook that restores the terminal for other programs, prints the place of the panic in the source
/// code and ends the process. The message of the panic is not printed, because it may contain identity data.
pub(super) fn restore_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        leave();
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let _ = writeln!(io::stderr(), "argos-review: internal error at {place}; please report it with this place");
        exit(PANIC_EXIT_CODE);
    }));
}

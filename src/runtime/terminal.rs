//! The terminal's modes: one list to enter, the same list back to leave, on every path.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// Exit code of a panic, as the language has it.
const PANICKED: i32 = 101;

/// Whether the modes are on. A panic hook has no other way to know.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, alternate screen, bracketed paste, no cursor.
///
/// # Errors
/// When the terminal does not take it.
pub(super) fn enter() -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)
}

/// Gives the terminal back as it was; the alternate screen is blanked first, since some terminals keep it.
/// Does nothing when it was not taken or was given back already.
pub(super) fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // A terminal that is gone cannot be told; there is nothing better to do than to go on leaving.
    let _ = execute!(out, Clear(ClearType::All), MoveTo(0, 0), Show, DisableBracketedPaste, LeaveAlternateScreen);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Rings the bell.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn ring() -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(b"\x07")?;
    out.flush()
}

/// Gives the terminal back when a panic comes, and says where it came from but not what it said: a panic's text may
/// hold identity data.
pub(super) fn restore_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        leave();
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let _ = writeln!(io::stderr(), "argos-review: internal error at {place}; please report it with this place");
        // Whichever thread it was: a loop that drew on would draw on a terminal that was given back, and a task that is
        // gone would never answer.
        #[expect(clippy::disallowed_methods, reason = "there is nothing sound to return to")]
        std::process::exit(PANICKED);
    }));
}

//! Checks of the terminal, as far as environment variables and the system describe the terminal.

use std::io::{self, IsTerminal};

use rustix::termios::tcgetwinsize;

use super::check::{CheckState, DoctorCheck};
use crate::config::{Environment, Preferences, TerminalClipboard};

/// Smallest size, in columns and rows, of a terminal in which every part of the interactive program can be used.
const SMALLEST: (u16, u16) = (80, 24);

/// Returns the checks of the terminal, as far as environment variables and the system describe it.
pub(super) fn checks(environment: &Environment) -> Vec<DoctorCheck> {
    let text = |name: &str| environment.variable(name).map(|value| value.to_string_lossy().into_owned());
    let (input, output) = (io::stdin().is_terminal(), io::stdout().is_terminal());
    let terminal = match (input, output) {
        (true, true) => "stdin and stdout are a terminal",
        (true, false) => "stdout is not a terminal: the reviewer needs both",
        (false, true) => "stdin is not a terminal: the reviewer needs both",
        (false, false) => "stdin and stdout are not a terminal: the reviewer needs both",
    };
    let size = tcgetwinsize(io::stdout()).or_else(|_| tcgetwinsize(io::stdin())).ok();
    let size = size.map(|size| (size.ws_col, size.ws_row)).filter(|size| *size != (0, 0));
    let sized = match size {
        None => DoctorCheck::new(CheckState::Note, "size", "not known"),
        Some((columns, rows)) => {
            let (least_columns, least_rows) = SMALLEST;
            let fits = columns >= least_columns && rows >= least_rows;
            let advice = if fits { "" } else { "; the whole reviewer needs 80×24" };
            DoctorCheck::well(fits, "size", &format!("{columns}×{rows}{advice}"))
        }
    };
    let term = text("TERM");
    let named = term.as_deref().filter(|term| *term != "dumb");
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| text(name).map(|value| (name, value)));
    let utf8 = |value: &str| value.to_ascii_lowercase().replace('-', "").contains("utf8");
    vec![
        DoctorCheck::well(input && output, "terminal", terminal),
        sized,
        DoctorCheck::well(named.is_some(), "TERM", term.as_deref().unwrap_or("not set")),
        DoctorCheck::new(
            CheckState::Well,
            "COLORTERM",
            text("COLORTERM").as_deref().unwrap_or("not set; 16 colours are enough"),
        ),
        DoctorCheck::new(
            CheckState::Well,
            "NO_COLOR",
            if text("NO_COLOR").is_some() { "set: no colours" } else { "not set" },
        ),
        match locale {
            Some((name, value)) if utf8(&value) => {
                DoctorCheck::new(CheckState::Well, "locale", &format!("UTF-8, by {name}"))
            }
            Some((name, value)) => {
                DoctorCheck::new(CheckState::Note, "locale", &format!("{value}, by {name}: names need UTF-8"))
            }
            None => DoctorCheck::new(CheckState::Note, "locale", "not set: names need UTF-8"),
        },
    ]
}

/// Returns the line of the `doctor` report that says how copied text gets to the clipboard: by the program of
/// `copy_command`, or by the terminal.
pub(super) fn clipboard(environment: &Environment, preferences: &Preferences) -> DoctorCheck {
    let terminal = TerminalClipboard::of(environment);
    match terminal.needs() {
        _ if preferences.copy_command.is_some() => DoctorCheck::new(CheckState::Well, "clipboard", "by copy_command"),
        None => DoctorCheck::new(CheckState::Well, "clipboard", terminal.label()),
        Some(needs) => DoctorCheck::new(CheckState::Note, "clipboard", &format!("{}: {needs}", terminal.label())),
    }
}

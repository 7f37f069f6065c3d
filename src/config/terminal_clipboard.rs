//! Finds out from environment variables whether the terminal puts copied text on the clipboard.
//!
//! The program sends copied text with the escape sequence OSC 52. No terminal confirms that it accepted the text, and
//! several drop the text without a message. So the environment variables decide whether a notice may say "copied", or
//! must say what the user has to change.

use std::ffi::OsString;

use super::Environment;

/// Whether the terminal puts text that this program copies on the clipboard, as far as this is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TerminalClipboard {
    /// The terminal puts copied text on the clipboard with its default settings.
    Known,
    /// The program runs in tmux, which passes copied text on only if its option `set-clipboard` is `on`.
    Tmux,
    /// The program runs in GNU screen, which drops copied text.
    Screen,
    /// The terminal accepts copied text only after the user has allowed this in the settings of the terminal.
    AskFirst,
    /// The terminal is known to drop copied text.
    Never,
    /// It is not known which terminal it is. For example, many terminals call themselves `xterm-256color`.
    #[default]
    Unknown,
}

/// Beginnings of the value of the environment variable `TERM` in terminals that put copied text on the clipboard with
/// their default settings.
const TERMS: [&str; 8] = ["alacritty", "contour", "foot", "rio", "wezterm", "xterm-ghostty", "xterm-kitty", "ghostty"];

/// Values of the environment variable `TERM_PROGRAM` in terminals that put copied text on the clipboard with their
/// default settings.
const PROGRAMS: [&str; 7] = ["alacritty", "contour", "ghostty", "kitty", "rio", "wezterm", "vscode"];

/// Environment variables that are set only by terminals that put copied text on the clipboard with their default
/// settings. Programs in tmux and GNU screen inherit these variables from the outer terminal. So the program checks for
/// tmux and GNU screen first.
const VARIABLES: [&str; 6] = [
    "ALACRITTY_WINDOW_ID",
    "GHOSTTY_RESOURCES_DIR",
    "KITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "WT_SESSION",
    "CONTOUR_PROFILE",
];

impl TerminalClipboard {
    /// Finds out whether the terminal passes copied text on to the clipboard, as far as environment variables such as
    /// `TERM_PROGRAM` tell.
    pub fn of(environment: &Environment) -> Self {
        Self::from_variables(|name| environment.variable(name))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let text = |name: &str| variable(name).map(|value| value.to_string_lossy().to_ascii_lowercase());
        let term = text("TERM").unwrap_or_default();
        let program = text("TERM_PROGRAM").unwrap_or_default();
        match () {
            () if variable("TMUX").is_some() || term.starts_with("tmux") => Self::Tmux,
            // tmux also calls itself screen; without TMUX it is most likely the other one, or tmux over ssh.
            () if variable("STY").is_some() || term.starts_with("screen") => Self::Screen,
            () if program == "apple_terminal" => Self::Never,
            () if program.starts_with("iterm") || variable("XTERM_VERSION").is_some() => Self::AskFirst,
            () if TERMS.iter().any(|known| term.starts_with(known))
                || PROGRAMS.contains(&program.as_str())
                || VARIABLES.iter().any(|name| variable(name).is_some()) =>
            {
                Self::Known
            }
            () => Self::Unknown,
        }
    }

    /// Returns what the user must change so that copied text reaches the clipboard, such as `tmux needs: set -g
    /// set-clipboard on`. Returns `None` if nothing has to be changed.
    pub const fn needs(self) -> Option<&'static str> {
        match self {
            Self::Known => None,
            Self::Tmux => Some("tmux needs: set -g set-clipboard on"),
            Self::Screen => Some("GNU screen drops it, set copy_command"),
            Self::AskFirst => Some("allow clipboard access in the terminal's settings"),
            Self::Never => Some("this terminal drops it, set copy_command"),
            Self::Unknown => Some("needs OSC 52 in the terminal, or copy_command"),
        }
    }

    /// Returns a short description of this value for the report of the command `doctor`, such as `by tmux`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Known => "by the terminal (OSC 52)",
            Self::Tmux => "by tmux",
            Self::Screen => "GNU screen",
            Self::AskFirst | Self::Never => "by the terminal (OSC 52)",
            Self::Unknown => "TERM does not name the terminal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(clipboard: TerminalClipboard, variables: &[(&str, &str)]) {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        assert_eq!(TerminalClipboard::from_variables(variable), clipboard, "{variables:?}");
    }

    #[test]
    fn what_is_nearest_to_the_program_decides() {
        is(TerminalClipboard::Known, &[("TERM", "xterm-kitty")]);
        is(TerminalClipboard::Known, &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")]);
        is(TerminalClipboard::Known, &[("TERM", "xterm-256color"), ("WT_SESSION", "1")]);
        is(TerminalClipboard::Tmux, &[("TERM", "screen-256color"), ("TMUX", "/tmp/x"), ("KITTY_WINDOW_ID", "1")]);
        is(TerminalClipboard::Tmux, &[("TERM", "tmux-256color")]);
        is(TerminalClipboard::Screen, &[("TERM", "screen.xterm-256color")]);
        is(TerminalClipboard::Screen, &[("TERM", "xterm"), ("STY", "1.pts"), ("TERM_PROGRAM", "ghostty")]);
        is(TerminalClipboard::AskFirst, &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")]);
        is(TerminalClipboard::AskFirst, &[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(390)")]);
        is(TerminalClipboard::Never, &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")]);
        is(TerminalClipboard::Unknown, &[("TERM", "xterm-256color")]);
        is(TerminalClipboard::Unknown, &[]);
    }

    #[test]
    fn only_a_known_terminal_needs_nothing() {
        use TerminalClipboard::*;
        for other in [Tmux, Screen, AskFirst, Never, Unknown] {
            assert!(other.needs().is_some_and(|words| words.len() < 52), "{other:?}");
        }
        assert_eq!(Known.needs(), None);
    }
}

//! Finds out from the setting `picture_protocol` and from environment variables how the terminal draws pictures.
//!
//! The program does not ask the terminal, since the answer would arrive among the key presses of the user.

use std::ffi::OsString;
use std::fmt;

use super::{Environment, ValueFault};
use crate::picture::{CellSize, ColourDepth, NoPictures, PictureDrawing, PictureProtocol};

/// The setting `picture_protocol`: the protocol in which pictures are sent to the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureProtocolChoice {
    /// The program chooses the protocol, from environment variables such as `TERM`.
    #[default]
    Auto,
    /// This protocol is used, whatever the environment variables say.
    Only(PictureProtocol),
}

/// Writes the value of the setting: `auto`, or the word for the protocol, such as `kitty`.
impl fmt::Display for PictureProtocolChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Only(protocol) => protocol.word(),
        })
    }
}

/// Names of terminals, each with its protocol for pictures. A name is the beginning of the environment variable `TERM`,
/// or the value of `TERM_PROGRAM`.
const NAMES: [(&str, PictureProtocol); 10] = [
    ("xterm-kitty", PictureProtocol::Kitty),
    ("kitty", PictureProtocol::Kitty),
    ("xterm-ghostty", PictureProtocol::Kitty),
    ("ghostty", PictureProtocol::Kitty),
    // WezTerm knows all three; its kitty protocol is off unless the user turns it on.
    ("wezterm", PictureProtocol::Iterm2),
    ("iterm.app", PictureProtocol::Iterm2),
    ("mintty", PictureProtocol::Iterm2),
    ("foot", PictureProtocol::Sixel),
    ("mlterm", PictureProtocol::Sixel),
    ("contour", PictureProtocol::Sixel),
];

/// Environment variables that only certain terminals set, each with the protocol for pictures of these terminals.
const VARIABLES: [(&str, PictureProtocol); 6] = [
    ("KITTY_WINDOW_ID", PictureProtocol::Kitty),
    ("GHOSTTY_RESOURCES_DIR", PictureProtocol::Kitty),
    ("KONSOLE_VERSION", PictureProtocol::Kitty),
    ("WEZTERM_PANE", PictureProtocol::Iterm2),
    ("ITERM_SESSION_ID", PictureProtocol::Iterm2),
    ("MLTERM", PictureProtocol::Sixel),
];

/// Names of terminals that support 24 bits for each colour, in addition to those in [`NAMES`]. A name is the beginning
/// of the environment variable `TERM`, or the value of `TERM_PROGRAM`.
const TRUE_COLOUR: [&str; 4] = ["alacritty", "rio", "vscode", "xterm-direct"];

impl PictureProtocolChoice {
    /// Parses the value of the setting `picture_protocol`, such as `auto`.
    pub(super) fn read(text: &str) -> Result<Self, ValueFault> {
        use PictureProtocol::{HalfBlocks, Iterm2, Kitty, Sixel};
        let known = [Self::Auto].into_iter().chain([Kitty, Iterm2, Sixel, HalfBlocks].map(Self::Only));
        known.into_iter().find(|choice| choice.to_string() == text).ok_or(ValueFault::PictureProtocol)
    }

    /// Returns how the terminal draws pictures: the protocol, the colours and the size of a cell. `is_mono` says
    /// whether the theme has no colours. The size of a cell is a guess, which is used until the terminal reports the
    /// true size.
    ///
    /// # Errors
    /// Returns why no pictures are drawn: `NO_COLOR` is set, the theme has no colours, or the terminal has fewer than
    /// 256 colours and no setting names a protocol.
    pub fn picture_drawing(self, environment: &Environment, is_mono: bool) -> Result<PictureDrawing, NoPictures> {
        self.with_variables(|name| environment.variable(name), is_mono)
    }

    fn with_variables(
        self,
        variable: impl Fn(&str) -> Option<OsString>,
        is_mono: bool,
    ) -> Result<PictureDrawing, NoPictures> {
        if variable("NO_COLOR").is_some() {
            return Err(NoPictures::NoColor);
        }
        if is_mono {
            return Err(NoPictures::Mono);
        }
        let found = TerminalPictures::of(&variable);
        let (protocol, colours) = match self {
            Self::Only(protocol) => (protocol, found.colours.unwrap_or(ColourDepth::Indexed)),
            Self::Auto => (found.protocol, found.colours.ok_or(NoPictures::FewColours)?),
        };
        Ok(PictureDrawing { protocol, colours, cell: CellSize::default() })
    }
}

/// The protocol for pictures and the colours of the terminal, as far as environment variables tell them.
struct TerminalPictures {
    protocol: PictureProtocol,
    /// Number of colours of the terminal; `None` if no variable shows that it has at least 256 colours.
    colours: Option<ColourDepth>,
}

impl TerminalPictures {
    fn of(variable: &impl Fn(&str) -> Option<OsString>) -> Self {
        let text = |name: &str| variable(name).map(|value| value.to_string_lossy().to_ascii_lowercase());
        let term = text("TERM").unwrap_or_default();
        let program = text("TERM_PROGRAM").unwrap_or_default();
        let has_true_colour = text("COLORTERM").is_some_and(|value| matches!(&*value, "truecolor" | "24bit"));
        let half_blocks = |colours| Self { protocol: PictureProtocol::HalfBlocks, colours };
        // Programs in tmux and GNU screen inherit the variables of the terminal outside.
        if variable("TMUX").is_some() || term.starts_with("tmux") {
            return half_blocks(Some(if has_true_colour { ColourDepth::True } else { ColourDepth::Indexed }));
        }
        // GNU screen passes 24 bits on only in new versions and if it is told to.
        if variable("STY").is_some() || term.starts_with("screen") {
            return half_blocks(term.contains("256color").then_some(ColourDepth::Indexed));
        }
        let is_named = |name: &str| term.starts_with(name) || program == name;
        let by_name = NAMES.iter().find(|(name, _)| is_named(name));
        let by_variable = || VARIABLES.iter().find(|(name, _)| variable(name).is_some());
        if let Some((_, protocol)) = by_name.or_else(by_variable) {
            return Self { protocol: *protocol, colours: Some(ColourDepth::True) };
        }
        let is_true =
            has_true_colour || TRUE_COLOUR.iter().any(|name| is_named(name)) || variable("WT_SESSION").is_some();
        half_blocks(match () {
            () if is_true => Some(ColourDepth::True),
            () if term.contains("256color") => Some(ColourDepth::Indexed),
            () => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColourDepth::{Indexed, True};
    use PictureProtocol::{HalfBlocks, Iterm2, Kitty, Sixel};

    fn of(
        choice: PictureProtocolChoice,
        variables: &[(&str, &str)],
    ) -> Result<(PictureProtocol, ColourDepth), NoPictures> {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        choice.with_variables(variable, false).map(|drawing| (drawing.protocol, drawing.colours))
    }

    #[test]
    fn what_is_nearest_to_the_program_decides() {
        for (variables, expected) in [
            (&[("TERM", "xterm-kitty")][..], Ok((Kitty, True))),
            (&[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")], Ok((Kitty, True))),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "ghostty")], Ok((Kitty, True))),
            (&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "230804")], Ok((Kitty, True))),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], Ok((Iterm2, True))),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Ok((Iterm2, True))),
            (&[("TERM", "foot")], Ok((Sixel, True))),
            (&[("TERM", "mlterm")], Ok((Sixel, True))),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Ok((HalfBlocks, True))),
            (&[("TERM", "xterm-256color")], Ok((HalfBlocks, Indexed))),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Ok((HalfBlocks, Indexed))),
            (&[("TERM", "alacritty")], Ok((HalfBlocks, True))),
            (&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")], Ok((HalfBlocks, Indexed))),
            (
                &[("TERM", "screen-256color"), ("TMUX", "x"), ("COLORTERM", "truecolor"), ("TERM_PROGRAM", "tmux")],
                Ok((HalfBlocks, True)),
            ),
            (
                &[
                    ("TERM", "screen.xterm-256color"),
                    ("STY", "1.pts"),
                    ("COLORTERM", "truecolor"),
                    ("KITTY_WINDOW_ID", "1"),
                ],
                Ok((HalfBlocks, Indexed)),
            ),
            (&[("TERM", "screen"), ("STY", "1.pts")], Err(NoPictures::FewColours)),
            (&[("TERM", "linux")], Err(NoPictures::FewColours)),
            (&[("TERM", "xterm")], Err(NoPictures::FewColours)),
            (&[], Err(NoPictures::FewColours)),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], Err(NoPictures::NoColor)),
        ] {
            assert_eq!(of(PictureProtocolChoice::Auto, variables), expected, "{variables:?}");
        }
    }

    #[test]
    fn a_setting_overrides_the_terminal_but_not_the_wish_for_no_colours() {
        let sixel = PictureProtocolChoice::Only(Sixel);
        assert_eq!(of(sixel, &[("TERM", "tmux-256color"), ("TMUX", "x")]), Ok((Sixel, Indexed)));
        assert_eq!(of(PictureProtocolChoice::Only(HalfBlocks), &[("TERM", "xterm-kitty")]), Ok((HalfBlocks, True)));
        assert_eq!(of(PictureProtocolChoice::Only(HalfBlocks), &[("TERM", "linux")]), Ok((HalfBlocks, Indexed)));
        assert_eq!(of(sixel, &[("TERM", "foot"), ("NO_COLOR", "1")]), Err(NoPictures::NoColor));
        assert_eq!(sixel.with_variables(|_| None, true), Err(NoPictures::Mono));
    }

    #[test]
    fn each_word_is_read_and_no_other() {
        for word in ["auto", "kitty", "iterm2", "sixel", "half"] {
            assert_eq!(PictureProtocolChoice::read(word).unwrap().to_string(), word);
        }
        assert!(PictureProtocolChoice::read("Kitty").is_err());
        assert!(PictureProtocolChoice::read("").is_err());
    }
}

//! Errors of the configuration, each with a message of one sentence.
//!
//! No message holds the API key, a value of the configuration file or the output of a program, since a value in the
//! wrong place may be a secret. Messages hold names and paths that were not checked. Code that prints a message must
//! therefore sanitise the message first.

use std::io;
use std::path::PathBuf;

use super::base_url::UrlFault;
use super::key_command::CommandFault;
use super::sourced::{SettingSource, Sourced};
use crate::keys::RebindingFault;
use crate::private_file::FileRefusal;
use crate::secret::MalformedKey;
use crate::text::typed::non_ascii_problem;
use crate::ui::ThemeFault;

/// Reason why the settings or the API key could not be read, or why `config init` could not write the sample
/// configuration file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The value of a setting has a mistake.
    #[error("{at}: {fault}")]
    At {
        /// The option, the environment variable or the line of the configuration file with the mistake.
        at: SettingSource,
        /// Description of the mistake.
        fault: ValueFault,
    },
    /// The table of keys in the program is invalid, which can only be a bug. The value describes the mistake.
    #[error("{0}")]
    Keymap(String),
    /// The configuration file was refused before it was parsed, for example because it cannot be read.
    #[error("{0}")]
    File(FileRefusal),
    /// An option or environment variable names a configuration file that does not exist.
    #[error("{at}: there is no file {}", path.display())]
    NoFile {
        /// Option or environment variable that names the file.
        at: SettingSource,
        /// Path of the file.
        path: PathBuf,
    },
    /// The chosen profile does not exist in the configuration file.
    #[error("{at}: there is no profile `{name}`; {}", profiles_there(.known))]
    NoProfile {
        /// Option, environment variable or line of the file that chose the profile.
        at: SettingSource,
        /// Name of the chosen profile.
        name: String,
        /// Names of the profiles that exist.
        known: Vec<String>,
    },
    /// No setting and no environment variable says where the API key is.
    #[error("no API key: set ARGOS_API_KEY, or {}; `argos-review demo` works without one", key_advice(.profile, .known))]
    NoKey {
        /// Name of the chosen profile; `None` if no profile was chosen.
        profile: Option<String>,
        /// Names of the profiles that exist.
        known: Vec<String>,
    },
    /// The path of the configuration file is unknown, since there is no home directory and neither `--config` nor
    /// `ARGOS_CONFIG` names a file.
    #[error("no home directory, so no configuration file: name one with --config or ARGOS_CONFIG")]
    NoPlace,
    /// `config init` found a file at this path, which it does not overwrite.
    #[error("{} exists already and was not changed", .0.display())]
    Exists(PathBuf),
    /// `config init` could not write the sample configuration file.
    #[error("{} cannot be written: {error}", path.display())]
    Unwritable {
        /// Path of the file.
        path: PathBuf,
        /// Error of the operating system.
        error: io::Error,
    },
}

impl ConfigError {
    /// Returns the exit code of the program if a signal, such as Ctrl-C, interrupted the `api_key_command`; `None` for
    /// any other error.
    pub const fn exit_code_of_interrupt(&self) -> Option<u8> {
        match self {
            Self::At { fault: ValueFault::KeyCommand(CommandFault::Interrupted(code)), .. } => Some(*code),
            _ => None,
        }
    }
}

impl SettingSource {
    /// Parses `text`, the value of a setting, with the function `read`. `self` is the place from which the value comes,
    /// such as an option. The result, or the error, names this place. If the text cannot be parsed and holds a
    /// character that is invisible or looks like another character, the error describes that character.
    pub(super) fn read<T, F: Into<ValueFault>>(
        self,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, F>,
    ) -> Result<Sourced<T>, ConfigError> {
        match read(text) {
            Ok(value) => Ok(Sourced { value, source: self }),
            Err(fault) => {
                let fault = non_ascii_problem(text).map_or_else(|| fault.into(), ValueFault::Odd);
                Err(ConfigError::At { at: self, fault })
            }
        }
    }
}

/// Mistake in the value of one setting.
#[derive(Debug, thiserror::Error)]
pub enum ValueFault {
    /// The configuration file is not valid TOML. The value is the message of the TOML library, which names only the
    /// broken rule and holds no text of the file.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// The configuration file or the environment variable is not UTF-8 text.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// The text holds a character that is invisible or looks like another character. The value describes the character
    /// (see [`non_ascii_problem`]).
    #[error("{0}: type it again")]
    Odd(String),
    /// The configuration file holds a TOML key that the program does not know, probably because of a spelling mistake.
    #[error("unknown key `{name}`; known keys: {}", known.join(", "))]
    UnknownKey {
        /// Unknown TOML key as written in the file.
        name: String,
        /// TOML keys that are allowed at this position of the file (at the top or in a profile).
        known: &'static [&'static str],
    },
    /// The configuration file holds the API key itself, as the setting `api_key`.
    #[error(
        "the key must not be in this file, which people copy and share: put it into a file of its own with mode \
         0600 and name that as api_key_file, or name a program that prints it as api_key_command, or set ARGOS_API_KEY"
    )]
    InlineKey,
    /// The value of a setting has the wrong type, for example a number in place of a text.
    #[error("`{name}` must be {wanted}")]
    Type {
        /// Name of the setting.
        name: &'static str,
        /// Description of the required type, with an example.
        wanted: &'static str,
    },
    /// A profile names two places for the API key: an `api_key_file` and an `api_key_command`.
    #[error("a profile has an api_key_file or an api_key_command, not both")]
    TwoKeys,
    /// A profile has a setting that is only for an `api_key_command`, but no `api_key_command`. The value is the name
    /// of the setting.
    #[error("`{0}` is for an api_key_command, and this profile has none")]
    NoCommand(&'static str),
    /// A path in the configuration file starts with `~/`, but no home directory is known.
    #[error("no home directory, so ~/ cannot be used: write the whole path")]
    NoHome,
    /// The text is not a base URL.
    #[error("{0}")]
    BaseUrl(#[from] UrlFault),
    /// The text is not the name of a mask level.
    #[error("a mask level is one of ids, all, none")]
    Mask,
    /// The text is not a mode of secure transfer (a second encryption inside of TLS).
    #[error("secure transfer is off or ecb")]
    SecureTransfer,
    /// The text is not a value of the setting `pictures`.
    #[error("pictures is ask or off")]
    Pictures,
    /// The number is outside of the range that is allowed for the setting.
    #[error("`{name}` must be a whole number from {least} to {most}")]
    Range {
        /// Name of the setting.
        name: &'static str,
        /// Smallest number that is allowed.
        least: u32,
        /// Largest number that is allowed.
        most: u32,
    },
    /// The text is neither the name of a theme nor the path of a theme file.
    #[error("a theme is one of terminal, light, high-contrast, mono, or a file such as my-theme.toml")]
    Theme,
    /// The text is not the word of a protocol for pictures.
    #[error("a protocol for pictures is one of auto, kitty, iterm2, sixel, half")]
    PictureProtocol,
    /// The theme file was refused before it was parsed, for example because it does not exist.
    #[error("{0}")]
    ThemeFile(FileRefusal),
    /// The theme file has a mistake.
    #[error("{0}")]
    ThemeContent(#[from] ThemeFault),
    /// The text is neither `utc`, `local` nor the name of a time zone.
    #[error("unknown time zone: write utc, local or an IANA name such as Asia/Seoul")]
    TimeZone,
    /// The time zone is given as `local`, but the system does not report its time zone.
    #[error("the time zone of this machine is unknown: write utc or an IANA name such as Asia/Seoul")]
    NoLocalZone,
    /// The text is not a valid label of a profile: a label is one short word.
    #[error("a label is one word of at most 24 characters, such as test or live")]
    Label,
    /// The table `[keys]` names an action that the program does not have.
    #[error("unknown action `{name}`; `argos-review keys` lists them")]
    Action {
        /// The unknown name as written in the file.
        name: String,
    },
    /// The value for an action in the table `[keys]` is not a list of texts that name keys.
    #[error("keys are a list such as [\"F5\", \"ctrl-r\", \"R\"]; [] takes all keys away")]
    Chords,
    /// A chord (key with modifiers) in the table `[keys]` has an unknown name. The value is its number in the list,
    /// counted from 1. The name itself is not repeated, since it may be a secret in the wrong place.
    #[error(
        "key {0} of the list is unknown: write one character, or a name such as enter, space or F5, after ctrl- or alt-"
    )]
    Chord(usize),
    /// The program refuses a change of the key bindings in the table `[keys]`.
    #[error("{0}")]
    Rebinding(#[from] RebindingFault),
    /// The text that was read as the API key is not a valid API key.
    #[error("{0}")]
    Key(#[from] MalformedKey),
    /// The file with the API key (`api_key_file`) was refused.
    #[error("{0}")]
    KeyFile(#[from] FileRefusal),
    /// The program of `api_key_command` returned no API key.
    #[error("{0}")]
    KeyCommand(#[from] CommandFault),
}

fn profiles_there(profiles: &[String]) -> String {
    if profiles.is_empty() {
        "the configuration has none".to_owned()
    } else {
        format!("there is {}", profiles.join(", "))
    }
}

fn key_advice(profile: &Option<String>, profiles: &[String]) -> String {
    match profile {
        Some(name) => format!("give profile `{name}` an api_key_file or an api_key_command"),
        None if profiles.is_empty() => "write a profile that names its source (`argos-review config init`)".to_owned(),
        None => format!("choose a profile with --profile ({})", profiles.join(", ")),
    }
}

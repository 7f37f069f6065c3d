//! Everything that can be wrong with the configuration, in one sentence each.
//!
//! No sentence holds the key, a value of the file or what a program printed: a value in the wrong place may be a secret.
//! Names and paths are in them, so that whatever prints one passes it through the sanitiser.

use std::io;
use std::path::PathBuf;

use super::base_url::UrlFault;
use super::key_command::CommandFault;
use super::sourced::{SettingSource, Sourced};
use crate::private_file::FileRefusal;
use crate::secret::MalformedKey;
use crate::text::typed::oddity;

/// Why there are no settings, or no key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A mistake at a known place.
    #[error("{at}: {fault}")]
    At {
        /// The option, the variable or the line.
        at: SettingSource,
        /// What is wrong there.
        fault: ValueFault,
    },
    /// The configuration file was refused.
    #[error("{0}")]
    File(FileRefusal),
    /// The file that was named is not there.
    #[error("{at}: there is no file {}", path.display())]
    NoFile {
        /// What named it.
        at: SettingSource,
        /// The file.
        path: PathBuf,
    },
    /// The chosen profile is in no file.
    #[error("{at}: there is no profile `{name}`; {}", profiles_there(.known))]
    NoProfile {
        /// What chose it.
        at: SettingSource,
        /// The name.
        name: String,
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// Nothing says where the key is.
    #[error("no API key: set ARGOS_API_KEY, or {}; `argos-review demo` works without one", key_advice(.profile, .known))]
    NoKey {
        /// The profile in use.
        profile: Option<String>,
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// There is no home directory and no file was named.
    #[error("no home directory, so no configuration file: name one with --config or ARGOS_CONFIG")]
    NoPlace,
    /// `config init` overwrites nothing.
    #[error("{} exists already and was not changed", .0.display())]
    Exists(PathBuf),
    /// `config init` could not write.
    #[error("{} cannot be written: {error}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl Error {
    /// The exit code of the signal that ended the fetching of the key, if one did.
    pub const fn interrupted(&self) -> Option<u8> {
        match self {
            Self::At { fault: ValueFault::KeyCommand(CommandFault::Interrupted(code)), .. } => Some(*code),
            _ => None,
        }
    }
}

impl SettingSource {
    /// Reads the text at this place; a mistake in it is a mistake here. Where the text holds what nobody sees or
    /// takes for something else, that is the mistake.
    pub(super) fn read<T, F: Into<ValueFault>>(
        self,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, F>,
    ) -> Result<Sourced<T>, Error> {
        match read(text) {
            Ok(value) => Ok(Sourced { value, source: self }),
            Err(fault) => {
                let fault = oddity(text).map_or_else(|| fault.into(), ValueFault::Odd);
                Err(Error::At { at: self, fault })
            }
        }
    }
}

/// What is wrong with one value.
#[derive(Debug, thiserror::Error)]
pub enum ValueFault {
    /// Not TOML. The reader's sentence tells of the grammar only.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// Not UTF-8.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// A character that nobody sees or takes for another one; the words of [`oddity`].
    #[error("{0}: type it again")]
    Odd(String),
    /// A key that nothing reads, likely misspelt.
    #[error("unknown key `{name}`; known keys: {}", known.join(", "))]
    UnknownKey {
        /// As written.
        name: String,
        /// What may be there.
        known: &'static [&'static str],
    },
    /// The key itself in the configuration file.
    #[error(
        "the key must not be in this file, which people copy and share: put it into a file of its own with mode \
         0600 and name that as api_key_file, or name a program that prints it as api_key_command, or set ARGOS_API_KEY"
    )]
    InlineKey,
    /// A value of another type than wanted.
    #[error("`{name}` must be {wanted}")]
    Type {
        /// The key.
        name: &'static str,
        /// The type, with an example.
        wanted: &'static str,
    },
    /// `api_key_file` beside `api_key_command`.
    #[error("a profile has an api_key_file or an api_key_command, not both")]
    TwoKeys,
    /// A setting of the `api_key_command` in a profile that has none.
    #[error("`{0}` is for an api_key_command, and this profile has none")]
    NoCommand(&'static str),
    /// `~/` without a home directory.
    #[error("no home directory, so ~/ cannot be used: write the whole path")]
    NoHome,
    /// Not a base URL.
    #[error("{0}")]
    BaseUrl(#[from] UrlFault),
    /// No mask level.
    #[error("a mask level is one of ids, all, none")]
    Mask,
    /// No way to transfer.
    #[error("secure transfer is off or ecb")]
    SecureTransfer,
    /// A number out of its range.
    #[error("`{name}` must be a whole number from {least} to {most}")]
    Range {
        /// The key.
        name: &'static str,
        /// The smallest that is taken.
        least: u32,
        /// The largest that is taken.
        most: u32,
    },
    /// No theme.
    #[error("a theme is one of terminal, light, high-contrast, mono")]
    Theme,
    /// No time zone.
    #[error("unknown time zone: write utc, local or an IANA name such as Asia/Seoul")]
    TimeZone,
    /// `local`, and the system does not say what that is.
    #[error("the time zone of this machine is unknown: write utc or an IANA name such as Asia/Seoul")]
    NoLocalZone,
    /// Not a label.
    #[error("a label is one word of at most 24 characters, such as test or live")]
    Label,
    /// The key is not one.
    #[error("{0}")]
    Key(#[from] MalformedKey),
    /// The key file was refused.
    #[error("{0}")]
    KeyFile(#[from] FileRefusal),
    /// The key program gave no key.
    #[error("{0}")]
    KeyCommand(#[from] CommandFault),
}

fn profiles_there(known: &[String]) -> String {
    if known.is_empty() { "the configuration has none".to_owned() } else { format!("there is {}", known.join(", ")) }
}

fn key_advice(profile: &Option<String>, known: &[String]) -> String {
    match profile {
        Some(name) => format!("give profile `{name}` an api_key_file or an api_key_command"),
        None if known.is_empty() => "write a profile that names its source (`argos-review config init`)".to_owned(),
        None => format!("choose a profile with --profile ({})", known.join(", ")),
    }
}

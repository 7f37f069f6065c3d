//! Parses words of options and of the configuration file, such as mask levels, time zones and labels. Also holds the
//! allowed ranges of the numbers in the configuration file.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use super::{ConfigError, GlobalOptions, SettingSource, Sourced, ValueFault};
use crate::text::Mask;

/// Largest number of characters of the label of a profile, such as `test`. The limit leaves space for the other parts
/// of the header line on the screen.
const MAX_LABEL_CHARS: usize = 24;

/// Allowed values of the setting `load_cap`. This is the number of loaded rows at which the program, while it loads all
/// pages of the list, asks the user whether to continue.
pub(super) const LOAD_CAP: RangeInclusive<u32> = 100..=1_000_000;
/// Allowed values of the setting `watch_seconds`: seconds between two refreshes of the watch mode. A shorter time would
/// send too many requests to the service.
pub(super) const WATCH_SECONDS: RangeInclusive<u32> = 10..=3_600;
/// Allowed values of the setting `blank_minutes`: minutes without input from the user after which the screen is
/// blanked; 0 means never.
pub(super) const BLANK_MINUTES: RangeInclusive<u32> = 0..=1_440;

/// Allowed values of the setting `api_key_command_seconds`: seconds after which the program of an `api_key_command` is
/// ended. The largest value is long, since the program may wait for the user to type a password.
pub(super) const KEY_COMMAND_SECONDS: RangeInclusive<u32> = 1..=600;

/// Parses a mask level (which identity data is hidden on the screen): `ids`, `all` or `none`.
pub(super) fn mask(text: &str) -> Result<Mask, ValueFault> {
    text.parse().map_err(|_| ValueFault::Mask)
}

/// Parses a time zone: `utc`, `local` or an IANA name. Returns an error for `local` if this machine does not report its
/// time zone. The zone is not guessed, since the times of submissions would then be shown wrongly.
pub(super) fn timezone(text: &str) -> Result<TimeZone, ValueFault> {
    if text.eq_ignore_ascii_case("utc") {
        Ok(TimeZone::UTC)
    } else if text.eq_ignore_ascii_case("local") {
        TimeZone::try_system().map_err(|_| ValueFault::NoLocalZone)
    } else {
        TimeZone::get(text).map_err(|_| ValueFault::TimeZone)
    }
}

/// Returns the name of a time zone for the screen: `UTC`, an IANA name, or `local` if the zone of this machine has no
/// name.
pub fn timezone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("local")
}

/// Mode of secure data transfer: whether requests and answers are encrypted a second time inside of TLS (the service's
/// documentation, "Secure data transfer").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecureTransfer {
    /// Requests and answers are not encrypted a second time.
    #[default]
    Off,
    /// Requests and answers are encrypted with AES-256-ECB, the only mode that the service documents for answers.
    Ecb,
}

impl SecureTransfer {
    /// Returns the mode of secure transfer that the option `--secure-transfer` names; `None` if the option is not
    /// given.
    ///
    /// # Errors
    /// Returns [`ConfigError::At`] if the value of the option is not a mode.
    pub fn of(options: &GlobalOptions) -> Result<Option<Sourced<Self>>, ConfigError> {
        let read = |text: &String| SettingSource::Option("--secure-transfer").read(text, secure_transfer);
        options.secure_transfer.as_ref().map(read).transpose()
    }

    /// Returns the word for this mode in options and in the configuration file: `off` or `ecb`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Ecb => "ecb",
        }
    }
}

/// Parses a mode of secure transfer: `off` or `ecb`.
pub(super) fn secure_transfer(text: &str) -> Result<SecureTransfer, ValueFault> {
    let known = [SecureTransfer::Off, SecureTransfer::Ecb];
    known.into_iter().find(|transfer| transfer.word() == text).ok_or(ValueFault::SecureTransfer)
}

/// Whether the program is allowed to fetch pictures of submissions (setting `pictures`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// A picture is fetched only when the user asks for it.
    #[default]
    Ask,
    /// No picture is ever fetched.
    Off,
}

impl Pictures {
    /// Returns the word for this value in the configuration file: `ask` or `off`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Off => "off",
        }
    }
}

/// Parses a value of the setting `pictures`: `ask` or `off`.
pub(super) fn pictures(text: &str) -> Result<Pictures, ValueFault> {
    [Pictures::Ask, Pictures::Off].into_iter().find(|pictures| pictures.word() == text).ok_or(ValueFault::Pictures)
}

/// Parses the label of a profile: one word of at most 24 characters, such as `test`.
pub(super) fn label(text: &str) -> Result<String, ValueFault> {
    let one_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if one_word && text.chars().count() <= MAX_LABEL_CHARS { Ok(text.to_owned()) } else { Err(ValueFault::Label) }
}

//! The words for mask levels, time zones and labels in options and in the configuration file.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use super::{Error, GlobalOptions, SettingSource, Sourced, ValueFault};
use crate::text::Mask;
use crate::ui::Theme;

/// What a label may hold at most: it is in the header beside everything else.
const LABEL_LENGTH: usize = 24;

/// Rows after which loading everything asks before it goes on.
pub(super) const LOAD_CAP: RangeInclusive<u32> = 100..=1_000_000;
/// Seconds between two looks of the watch mode: more often would be a load on the service.
pub(super) const WATCH_SECONDS: RangeInclusive<u32> = 10..=3_600;
/// Idle minutes after which the screen blanks.
pub(super) const BLANK_MINUTES: RangeInclusive<u32> = 0..=1_440;

/// Seconds that the program of an `api_key_command` may take: somebody may have to type something long.
pub(super) const KEY_COMMAND_SECONDS: RangeInclusive<u32> = 1..=600;

/// Reads `ids`, `all` or `none`.
pub(super) fn mask(text: &str) -> Result<Mask, ValueFault> {
    text.parse().map_err(|_| ValueFault::Mask)
}

/// Reads `utc`, `local` or an IANA name. `local` is an error where this machine does not tell its zone: a guess would
/// date evidence wrongly.
pub(super) fn timezone(text: &str) -> Result<TimeZone, ValueFault> {
    if text.eq_ignore_ascii_case("utc") {
        Ok(TimeZone::UTC)
    } else if text.eq_ignore_ascii_case("local") {
        TimeZone::try_system().map_err(|_| ValueFault::NoLocalZone)
    } else {
        TimeZone::get(text).map_err(|_| ValueFault::TimeZone)
    }
}

/// The name to show beside times in a zone: `UTC`, an IANA name, or `local` for a zone of this machine without one.
pub fn timezone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("local")
}

/// The theme when none is chosen.
pub(super) const DEFAULT_THEME: &str = "terminal";

/// Reads the name of a shipped theme.
pub(super) fn theme(text: &str) -> Result<&'static str, ValueFault> {
    Theme::names().find(|name| *name == text).ok_or(ValueFault::Theme)
}

/// Whether what is sent and received is encrypted a second time inside TLS (the service's documentation, "Secure data
/// transfer").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecureTransfer {
    /// As usual.
    #[default]
    Off,
    /// AES-256-ECB, the one mode that is documented for requests and answers.
    Ecb,
}

impl SecureTransfer {
    /// What the options say.
    ///
    /// # Errors
    /// [`Error::At`] for a word that is neither.
    pub fn of(options: &GlobalOptions) -> Result<Option<Sourced<Self>>, Error> {
        let read = |text: &String| SettingSource::Option("--secure-transfer").read(text, secure_transfer);
        options.secure_transfer.as_ref().map(read).transpose()
    }

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Ecb => "ecb",
        }
    }
}

/// Reads `off` or `ecb`.
pub(super) fn secure_transfer(text: &str) -> Result<SecureTransfer, ValueFault> {
    let known = [SecureTransfer::Off, SecureTransfer::Ecb];
    known.into_iter().find(|transfer| transfer.word() == text).ok_or(ValueFault::SecureTransfer)
}

/// Reads a label: one short word.
pub(super) fn label(text: &str) -> Result<String, ValueFault> {
    let one_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if one_word && text.chars().count() <= LABEL_LENGTH { Ok(text.to_owned()) } else { Err(ValueFault::Label) }
}

//! One line of the report.

use crate::api::{Error, Probe};
use crate::cli::config;
use crate::text::Safe;

/// State of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As it should be.
    Well,
    /// Worth knowing.
    Note,
    /// Not as it should be.
    Wrong,
}

impl State {
    /// The word in JSON, and the mark with its word in the table.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Well => ("ok", "ok"),
            Self::Note => ("note", "! note"),
            Self::Wrong => ("wrong", "✗ wrong"),
        }
    }
}

/// One line of the report.
pub(super) struct Check {
    pub(super) state: State,
    pub(super) name: &'static str,
    pub(super) said: Safe,
    /// What decided a setting.
    pub(super) from: Option<Safe>,
}

impl Check {
    pub(super) fn new(state: State, name: &'static str, said: &str) -> Self {
        Self { state, name, said: Safe::sanitize(said), from: None }
    }

    /// Well, or at least a note.
    pub(super) fn well(is_well: bool, name: &'static str, said: &str) -> Self {
        Self::new(if is_well { State::Well } else { State::Note }, name, said)
    }
}

impl From<config::SettingRow> for Check {
    fn from(config::SettingRow { name, value, from }: config::SettingRow) -> Self {
        Self { state: State::Well, name, said: value, from: Some(from) }
    }
}

/// What came of the one request.
pub(super) type Answer = Result<Probe, Error>;

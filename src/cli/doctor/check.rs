//! A check: one line of the report of `doctor`.

use crate::api::{Probe, RequestError};
use crate::cli::config;
use crate::text::Safe;

/// Result of one check of `doctor`, such as a check of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckState {
    /// The check found no problem.
    Well,
    /// The check found something that is good to know, but not a problem.
    Note,
    /// The check found a problem.
    Wrong,
}

impl CheckState {
    /// Returns two texts for this result: the word in JSON, such as `note`, and the word with its mark in the table,
    /// such as `! note`.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Well => ("ok", "ok"),
            Self::Note => ("note", "! note"),
            Self::Wrong => ("wrong", "✗ wrong"),
        }
    }
}

/// One line of the report of `doctor`: a check with its result.
pub(super) struct DoctorCheck {
    pub(super) state: CheckState,
    pub(super) name: &'static str,
    pub(super) detail: Safe,
    /// For a setting: the file, variable or option that decided its value. `None` for other checks.
    pub(super) from: Option<Safe>,
}

impl DoctorCheck {
    pub(super) fn new(state: CheckState, name: &'static str, detail: &str) -> Self {
        Self { state, name, detail: Safe::sanitize(detail), from: None }
    }

    /// Creates a line of the report for the check `name`. Its result is [`CheckState::Well`] if `is_well` is true, else
    /// [`CheckState::Note`]. `detail` is the result in words.
    pub(super) fn well(is_well: bool, name: &'static str, detail: &str) -> Self {
        Self::new(if is_well { CheckState::Well } else { CheckState::Note }, name, detail)
    }
}

impl From<config::SettingRow> for DoctorCheck {
    fn from(config::SettingRow { name, value, from }: config::SettingRow) -> Self {
        Self { state: CheckState::Well, name, detail: value, from: Some(from) }
    }
}

/// The answer to the one request that `doctor` sends, or why no answer was received.
pub(super) type Answer = Result<Probe, RequestError>;

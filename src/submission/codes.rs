//! The service's codes in words, from `assets/codes.toml`.

use std::collections::BTreeMap;

use crate::text::Safe;

/// A list of codes that belong together; the names are those of the tables in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `kyc.commentCode`.
    Reject,
    /// `retryCode`.
    Retry,
    /// `errorCode`, `liveness.error_code`.
    Attempt,
    /// `aml.matches[].risk_icons`.
    Icon,
    /// `aml.currentstatus`.
    Aml,
    /// `kyc.result`.
    Status,
    /// `reviewer`.
    Reviewer,
    /// `signals.cameraProcessInfo[].type`.
    Capture,
    /// `pre_verification.attempts_frequency`.
    Frequency,
    /// `data.age_group`.
    Age,
    /// `bank_verification.type`.
    Bank,
}

impl Family {
    const fn table(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Retry => "retry",
            Self::Attempt => "attempt",
            Self::Icon => "icon",
            Self::Aml => "aml",
            Self::Status => "status",
            Self::Reviewer => "reviewer",
            Self::Capture => "capture",
            Self::Frequency => "frequency",
            Self::Age => "age",
            Self::Bank => "bank",
        }
    }
}

/// Every code that a source explains.
#[derive(Clone, Debug)]
pub struct Codes(BTreeMap<String, BTreeMap<String, String>>);

impl Codes {
    /// The codes that the program is shipped with.
    ///
    /// # Errors
    /// Never for the shipped file; a test reads it.
    pub fn shipped() -> Result<Self, String> {
        toml::from_str(include_str!("../../assets/codes.toml"))
            .map(Self)
            .map_err(|error| format!("codes: {}", error.message()))
    }

    /// What a code means, compared without case; `None` when no source says so.
    #[must_use]
    pub fn explain(&self, family: Family, code: &str) -> Option<Safe> {
        let table = self.0.get(family.table())?;
        let exact = table.get(code).filter(|_| code != "source");
        let found = exact.or_else(|| {
            table
                .iter()
                .find(|(known, _)| *known != "source" && known.eq_ignore_ascii_case(code))
                .map(|(_, words)| words)
        });
        found.map(|words| Safe::of(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_codes_read_and_name_their_source() {
        let codes = Codes::shipped().expect("the shipped file");
        for (family, table) in &codes.0 {
            assert!(table.contains_key("source"), "{family}");
        }
        assert_eq!(codes.explain(Family::Status, "Approved").unwrap().as_str(), "passed");
        assert_eq!(codes.explain(Family::Status, "source"), None);
        assert_eq!(codes.explain(Family::Reject, "made_up"), None);
    }

    #[test]
    fn every_family_has_its_table() {
        let codes = Codes::shipped().expect("the shipped file");
        for family in [
            Family::Reject,
            Family::Retry,
            Family::Attempt,
            Family::Icon,
            Family::Aml,
            Family::Status,
            Family::Reviewer,
            Family::Capture,
            Family::Frequency,
            Family::Age,
            Family::Bank,
        ] {
            assert!(codes.0.contains_key(family.table()), "{family:?}");
        }
    }
}

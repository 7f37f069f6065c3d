//! Explanations of the service's codes from `assets/codes.toml`: the meaning of each code and its usual cause.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::Safe;

/// Family of codes: the codes that one field, or a few related fields, use as values. The names of the families are the
/// names of the tables in `assets/codes.toml`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Reasons for a rejection: codes in `kyc.commentCode`.
    Reject,
    /// Reasons for a further attempt: codes in `retryCode`.
    Retry,
    /// Errors in an attempt: codes in `errorCode` and `liveness.error_code`.
    Attempt,
    /// Risks of an AML match, such as sanctions: codes in `aml.matches[].risk_icons`.
    Icon,
    /// Statuses of the AML screening: codes in `aml.currentstatus`.
    Aml,
    /// AML risk levels: codes in `aml.risk_level_summary` and `aml.matches[].risk_level`.
    Level,
    /// KYC statuses: codes in `kyc.result`.
    Status,
    /// Kinds of reviewers, a person or the AI system: codes in `reviewer`.
    Reviewer,
    /// Captures and uploads of pictures, such as an automatic capture: codes in `signals.cameraProcessInfo[].type`.
    Capture,
    /// Frequencies of attempts from the applicant's subnet: codes in `pre_verification.attempts_frequency`.
    Frequency,
    /// Types of network connections: codes in `pre_verification.connection_type`.
    Connection,
    /// Age groups of applicants: codes in `data.age_group`.
    Age,
    /// Types of identity documents: codes in `data.idType` and `policy_acceptedID`.
    IdType,
    /// Types of bank account checks: codes in `bank_verification.type`.
    Bank,
    /// Banks: codes in `bank_verification.bank_code`.
    BankCode,
    /// Results of checks: codes in `verificationResult`, `idBarcodeResult`, `ocrResult` and `bank_verification.result`.
    Result,
    /// Comparisons such as `gte`: codes in `comparisonOperator` of a condition on the age estimated from a face.
    Operator,
    /// Age estimates that are compared (lowest, middle or highest): codes in `target` of a condition on the estimated
    /// age.
    Target,
    /// The words `and` and `or`: codes in `logicalOperators` between conditions on the estimated age.
    Logic,
}

/// Text of `assets/codes.toml`, which is part of the program.
pub(in crate::submission) const BUILT_IN_CODES: &str = include_str!("../../assets/codes.toml");

/// Documented values of the service, such as `Female`, that `assets/codes.toml` does not explain. [`is_word`]
/// recognises them besides the codes of that file.
#[rustfmt::skip]
const WORDS: [&str; 53] = [
    "Female", "Male", "addveri", "address", "false", "idBackImage", "idImage", "ipGeo", "none", "null", "proxy",
    "selfieImage", "step1", "step2", "true",
    // Retry codes that only the table of the service's webhook lists.
    "Id_livness_fail", "Identity_verification_fail", "VERIFICATION_CODE_MISS_MATCH", "artificial_image",
    "artificial_text", "bank_authentication_code_fail", "bank_authentication_fail", "bank_authentication_name_fail",
    "black_white_document", "blacklist_country", "check_digit_failed", "document_country_mismatch",
    "document_dob_mismatch", "document_expired", "document_name_mismatch", "face_compare_fail", "face_occluded",
    "fake_id", "feature_verification_failed", "glare_detected", "image_edited", "image_forgery", "image_too_blurry",
    "invalid_back_document", "invalid_dual_side", "liveness_fail", "liveness_fail_active", "missing_birth_date",
    "missing_document_number", "missing_expiry_date", "missing_issue_date", "missing_name", "missing_personal_number",
    "mrz_protocol_fail", "no_face", "physical_document_missing", "recaptured_document", "screen_detected",
];

/// Returns whether a text is a documented status, code or other value such as `Male`, ignoring case. Masks never hide
/// such a text, even in a name field, because it is not a person's name.
pub fn is_word(text: &str) -> bool {
    let text = text.trim();
    let is_key = |key: &str| key.trim().trim_matches('"').eq_ignore_ascii_case(text);
    let is_code = |line: &str| match line.strip_prefix('[') {
        // A code with a cause has a table of its own.
        Some(table) => table.trim_end_matches(']').split_once(".codes.").is_some_and(|(_, code)| is_key(code)),
        None => line.split_once('=').is_some_and(|(key, _)| is_key(key)),
    };
    let is_ours = ["source", "means", "cause"].iter().any(|own| own.eq_ignore_ascii_case(text));
    !text.is_empty() && (WORDS.iter().any(|word| is_key(word)) || !is_ours && BUILT_IN_CODES.lines().any(is_code))
}

/// All codes that have an explanation, grouped by family (codes of the same fields, such as the reject codes).
#[derive(Clone, Debug)]
pub struct Codes(BTreeMap<Family, FamilyCodes>);

/// The codes of one family (group of codes for the same fields), and the source of their explanations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyCodes {
    source: String,
    codes: BTreeMap<String, CodeEntry>,
}

/// One code in `assets/codes.toml`: a meaning alone, or a meaning with a usual cause.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum CodeEntry {
    Means(String),
    Explained(MeaningWithCause),
}

/// Meaning of a code together with its usual cause.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeaningWithCause {
    means: String,
    cause: String,
}

impl CodeEntry {
    const fn meaning(&self) -> &String {
        match self {
            Self::Means(means) | Self::Explained(MeaningWithCause { means, .. }) => means,
        }
    }

    const fn explained(&self) -> Option<&MeaningWithCause> {
        match self {
            Self::Means(_) => None,
            Self::Explained(explained) => Some(explained),
        }
    }
}

impl Codes {
    /// Returns the codes and explanations of the file `assets/codes.toml`, which is part of the program.
    ///
    /// # Errors
    /// Returns a message if the file is invalid, which can only be a bug; a test parses the file.
    pub fn built_in() -> Result<Self, String> {
        Self::read(BUILT_IN_CODES)
    }

    /// Parses `text`, the text of a file in the format of `assets/codes.toml`. If the text is invalid or has an unknown
    /// key, returns an error message.
    fn read(text: &str) -> Result<Self, String> {
        let families: BTreeMap<Family, FamilyCodes> =
            toml::from_str(text).map_err(|error| format!("codes: {}", error.message()))?;
        Ok(Self(families))
    }

    /// Returns the meaning of `code`, a code of the family `family` (the codes of the same fields, such as the retry
    /// codes). The case of letters makes no difference. Returns `None` if `assets/codes.toml` does not explain the
    /// code.
    pub fn explain(&self, family: Family, code: &str) -> Option<Safe> {
        self.entry(family, code).map(|entry| Safe::sanitize(entry.meaning()))
    }

    /// Returns the meaning of `code`, a code of the family `family` (the codes of the same fields, such as the retry
    /// codes). If `assets/codes.toml` gives a usual cause, the text ends with this cause. Returns `None` if the file
    /// does not explain the code.
    pub fn explain_with_cause(&self, family: Family, code: &str) -> Option<Safe> {
        self.entry(family, code).map(|entry| match entry.explained() {
            None => Safe::sanitize(entry.meaning()),
            Some(MeaningWithCause { cause, .. }) => {
                Safe::sanitize(&format!("{}; usual cause: {cause}", entry.meaning()))
            }
        })
    }

    /// Returns the source of the explanations in a family of codes, such as the documentation page that lists the
    /// codes. Returns an empty text for a family that `assets/codes.toml` does not contain.
    pub fn source(&self, family: Family) -> Safe {
        self.0.get(&family).map(|listed| Safe::sanitize(&listed.source)).unwrap_or_default()
    }

    fn entry(&self, family: Family, code: &str) -> Option<&CodeEntry> {
        let codes = &self.0.get(&family)?.codes;
        let alike = || codes.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, entry)| entry);
        codes.get(code).or_else(alike).or_else(|| match family {
            // The service itself writes both `DataCenter` and `Data Center`.
            Family::Connection => {
                let joined = code.replace([' ', '_', '-'], "");
                codes.iter().find(|(known, _)| known.eq_ignore_ascii_case(&joined)).map(|(_, entry)| entry)
            }
            // A number loses its leading zeros.
            Family::BankCode if code.bytes().all(|byte| byte.is_ascii_digit()) => codes.get(&format!("{code:0>3}")),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;

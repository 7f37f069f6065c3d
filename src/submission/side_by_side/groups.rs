//! Assigns compared fields to groups, such as `Person`, by the beginnings of their paths.

use crate::submission::fields::FIELDS;
use crate::submission::path::{self, Step};

/// Beginnings of documented JSON paths, each with the name of the group in which the screen shows the fields with this
/// beginning. The longest fitting beginning decides. Groups are shown in the order in which they first occur here.
const GROUPS: [(&str, &str); 41] = [
    ("kyc.result", "Decision"),
    ("kyc.comment", "Decision"),
    ("kyc.commentCode", "Decision"),
    ("argos_score", "Decision"),
    ("reviewer", "Decision"),
    ("recognition_score", "Decision"),
    ("data", "Person"),
    ("email", "Person"),
    ("userid", "Person"),
    ("data.idType", "Document"),
    ("data.idcard_", "Document"),
    ("data.documentNumber", "Document"),
    ("data.identityNumber", "Document"),
    ("data.typeOfPermit", "Document"),
    ("data.expiryDateOfStayKor", "Document"),
    ("data.address", "Address"),
    ("data.cf", "Custom fields"),
    ("additional_list", "Additional forms"),
    ("duplicated_", "Duplicates"),
    ("custom_duplicated_information", "Duplicates"),
    ("applicant_id", "Duplicates"),
    ("aml", "AML"),
    ("aml.matches", "AML match"),
    ("kyc", "KYC"),
    ("kyc.attempts", "Attempt"),
    ("kyc.retry", "Retry"),
    ("kyc.retryMsg", "KYC"),
    ("review", "Reviewed by the applicant"),
    ("ocr", "OCR"),
    ("OCR_raw", "OCR raw"),
    ("verification", "Face age"),
    ("pre_verification", "Pre-verification"),
    ("Injection_action", "Address check"),
    ("bank_verification", "Bank account"),
    ("id_LivenessScore", "ID liveness"),
    ("signals", "Signals"),
    ("memo", "Memo"),
    ("image", "Images"),
    ("updateHistory", "Update history"),
    ("projection", "Project"),
    ("project_options", "Project"),
];

/// Name of the group of documented fields whose path fits no beginning in [`GROUPS`], such as the times of the
/// submission.
const SUBMISSION: &str = "Submission";

/// Name of the group of all undocumented fields.
const UNDOCUMENTED: &str = "Not in ARGOS's documentation";

/// Returns the group of the field at the JSON path `path`, such as `Decision`: its position on the screen and its name.
/// Groups with smaller positions come first.
pub(super) fn of(path: &str) -> (usize, &'static str) {
    let pattern = path::pattern(path);
    if !crate::submission::fields::is_place(&pattern) {
        return (GROUPS.len() + 1, UNDOCUMENTED);
    }
    let fits = |beginning: &str| {
        let rest = pattern.strip_prefix(beginning);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || is_open_end(beginning))
    };
    let group = GROUPS.iter().filter(|(beginning, _)| fits(beginning)).max_by_key(|(beginning, _)| beginning.len());
    let Some((_, name)) = group else { return (GROUPS.len(), SUBMISSION) };
    (GROUPS.iter().position(|(_, other)| other == name).unwrap_or(GROUPS.len()), name)
}

/// Returns whether `beginning`, one of those in [`GROUPS`], may end within a key: `data.idcard_` fits
/// `data.idcard_issueDate`. Other beginnings fit only whole keys.
fn is_open_end(beginning: &str) -> bool {
    beginning.ends_with('_')
        || beginning == "data.cf"
        || beginning == "data.address"
        || beginning == "data.typeOfPermit"
}

/// Returns the sort key of the field at `path` on the screen. It is compared in this order:
///
/// * the position of the field's group
/// * the field's list positions
/// * the index of its path in [`GROUPS`], and its position in [`FIELDS`]
/// * its path without list positions
pub(super) fn rank(path: &str) -> (usize, Vec<usize>, [usize; 2], String) {
    let at = |step: Step<'_>| if let Step::At(at) = step { Some(at) } else { None };
    let positions = path::steps(path).filter_map(at).collect();
    let pattern = path::pattern(path);
    let named = GROUPS.iter().position(|(beginning, _)| *beginning == pattern).unwrap_or(GROUPS.len());
    let place = [named, FIELDS.partition_point(|(known, ..)| *known < pattern.as_str())];
    (of(path).0, positions, place, pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_field_has_a_group_and_every_beginning_is_used() {
        for (path, ..) in FIELDS {
            assert_ne!(of(&path.replace('*', "some")).1, UNDOCUMENTED, "{path}");
        }
        for (beginning, _) in GROUPS {
            assert!(FIELDS.iter().any(|(path, ..)| path.starts_with(beginning)), "{beginning}");
        }
        let group = |path: &str| of(path).1;
        assert_eq!(
            (group("data.full_name"), group("data.address_city"), group("tokenId")),
            ("Person", "Address", SUBMISSION)
        );
        assert_eq!(
            (group("kyc.attempts[1].retryCode"), group("kyc.retryMsg"), group("kyc.retry[0].type")),
            ("Attempt", "KYC", "Retry")
        );
        assert_eq!((group("kyc.selfieImage"), group("new"), group("kyc.new.x")), ("KYC", UNDOCUMENTED, UNDOCUMENTED));
    }
}

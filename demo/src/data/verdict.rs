//! Generates the reasons why a submission is rejected (`kyc.comment` and `kyc.commentCode`), and the scores of a
//! submission.

use super::dice::DiceStream;
use super::fault::CaseEnding;
use super::submission_plan::{Status, SubmissionPlan};

/// A reason for a rejection: a reject code of the service's table, such as `expired_id`, and a comment for the
/// applicant.
pub(super) struct Reject {
    pub(super) code: &'static str,
    pub(super) comment: &'static str,
    /// How often this code is chosen at random, relative to the weights of the other codes. Not used if the plan of the
    /// submission sets a code.
    weight: u64,
}

const fn reject(weight: u64, code: &'static str, comment: &'static str) -> Reject {
    Reject { code, comment, weight }
}

/// The reject codes that submissions of the demo can have. The codes are documented. The comments were written for the
/// demo, except "Multiple invalid KYC attempts". A code with weight 0 is never chosen at random.
const REJECTS: &[Reject] = &[
    reject(0, "too_many_retry", "Multiple invalid KYC attempts"),
    reject(0, "duplicate_user", "This person has submitted before."),
    reject(
        0,
        "duplicated_user_PII_exact",
        "Name, birth date, gender and nationality equal those of another submission.",
    ),
    reject(0, "duplicated_face", "The face was found in another submission."),
    reject(0, "id_info_notOfAge", "The applicant is under 13."),
    reject(0, "under_ageLimit", "The applicant is younger than the project allows."),
    reject(8, "id_info_dataMismatch", "The data entered differ from the ID."),
    reject(7, "id_image_badImage", "The ID cannot be read in the image."),
    reject(4, "id_image_invalidImage", "No ID was detected in the image."),
    reject(4, "id_image_invalidId", "This is no valid ID."),
    reject(3, "id_image_error", "The image of the ID could not be uploaded."),
    reject(6, "expired_id", "The ID has expired."),
    reject(5, "automatic_verification_fail", "The automatic verification failed."),
    reject(3, "invalid_acceptedID", "This type of ID is not accepted."),
    reject(3, "id_info_blacklist", "Submissions from this country are not accepted."),
    reject(3, "blacklistCountry", "The issuing country is not accepted."),
    reject(3, "no-date-of-birth", "The ID shows no full date of birth."),
    reject(3, "address_image_invalidImage", "No proof of address was detected in the image."),
    reject(3, "address_image_error", "The proof of address could not be uploaded."),
    reject(3, "address_image_badImage", "The proof of address cannot be read."),
    reject(3, "address_info_expiredDocument", "The proof of address is older than three months."),
    reject(3, "address_info_dataMismatch", "The address entered differs from the proof of address."),
    reject(5, "other", "제출하신 신분증의 정보와 입력하신 정보가 일치하지 않습니다."),
];

/// Returns the reasons why a submission is rejected, the main reason first. The list is empty for a submission that is
/// not rejected.
pub(super) fn rejects(plan: &SubmissionPlan) -> Vec<&'static Reject> {
    if plan.status != Status::Rejected {
        return Vec::new();
    }
    let dice = &mut plan.dice(DiceStream::Verdict);
    let told = match plan.age() {
        _ if plan.reason.is_some() => plan.reason,
        _ if plan.ending == CaseEnding::Exhausted => Some("too_many_retry"),
        ..13 => Some("id_info_notOfAge"),
        13..18 => Some("under_ageLimit"),
        _ => None,
    };
    if let Some(told) = told {
        return REJECTS.iter().filter(|reject| reject.code == told).collect();
    }
    // Without a document, a reason about the document is impossible.
    let fits = |reject: &Reject| plan.document || matches!(reject.code, "automatic_verification_fail" | "other");
    let mut drawn = || dice.weighted(REJECTS, |reject| if fits(reject) { reject.weight } else { 0 });
    let (first, second) = (drawn(), drawn());
    let second =
        second.filter(|_| dice.percent(15)).filter(|second| first.is_none_or(|first| first.code != second.code));
    first.into_iter().chain(second).collect()
}

/// Returns whether the reject code `code` is one of the reasons why the submission `plan` is rejected.
pub(super) fn has_reject_code(plan: &SubmissionPlan, code: &str) -> bool {
    rejects(plan).iter().any(|reject| reject.code == code)
}

/// Generates the values of `recognition_score` and `argos_score`, in this order, with at most two decimals. `None`
/// means that the submission has no such score. A submission without a document has neither score, and a submission
/// that the applicant did not finish has no `argos_score`.
pub(super) fn scores(plan: &SubmissionPlan) -> (Option<f64>, Option<f64>) {
    let dice = &mut plan.dice(DiceStream::Scores);
    let unreadable = rejects(plan).iter().any(|reject| reject.code.starts_with("id_image"));
    let recognition = if unreadable { dice.decimal(1_200, 5_800, 2) } else { dice.decimal(7_100, 10_000, 2) };
    let argos = match plan.status {
        Status::Approved => dice.decimal(760, 1_000, 1),
        Status::Pending => dice.decimal(4_400, 8_300, 2),
        Status::Rejected => dice.decimal(800, 7_000, 2),
        Status::Incomplete => 0.0,
    };
    (plan.document.then_some(recognition), (plan.document && plan.status != Status::Incomplete).then_some(argos))
}

//! Builds the general fields of a full record: ids, times, scores, duplicates, images, memo, projection (which says
//! which fields are left out) and project.

use serde_json::{Value, json};

use super::super::dice::DiceStream;
use super::super::object::JsonObject;
use super::super::oddity::ODDITY_FREE_COUNT;
use super::super::submission_plan::{Status, SubmissionPlan};
use super::super::timeline::SubmissionTimes;
use super::super::verdict;
use super::id_document::IdDocument;

/// Adds all general fields, such as ids and scores, to the full record `item` of the submission `plan`. `story` holds
/// the times of the submission.
pub(super) fn add_general_fields(item: JsonObject, plan: &SubmissionPlan, story: &SubmissionTimes) -> JsonObject {
    let shape = plan.time_format();
    let dice = &mut plan.dice(DiceStream::Account);
    let item = item
        .with("email", plan.mail.as_str())
        .with("submission_id", plan.id.as_str())
        .with_optional("userid", plan.user.as_deref())
        .with_optional("tokenId", plan.token.as_deref())
        .with_optional("applicant_id", (plan.status == Status::Approved).then(|| plan.person.applicant_id()))
        .with_optional("duplicated_information", fingerprint(plan))
        .with_optional("custom_duplicated_information", dice.percent(6).then(|| dice.fill("********************")))
        .with_optional("duplicated_users", (!plan.duplicates.is_empty()).then(|| plan.duplicates.clone()))
        .with_optional("duplicated_selfie_users", (!plan.lookalikes.is_empty()).then(|| plan.lookalikes.clone()))
        .with("created_at", plan.created_at())
        .with("updated_at", story.updated_at.text(shape))
        .with_optional("kyc_result_at", story.result_at.map(|at| at.text(shape)))
        .with_optional("pending_at", story.pending_at.map(|at| at.text(shape)))
        .with("reviewer", reviewer(plan));
    scores(item, plan)
        .with_optional("image", image(plan))
        .with_optional("memo", memo(plan, story))
        .with_optional("updateHistory", history(plan, story))
        .with_optional("projection", projection(plan).map(|projection| projection.names))
        .with_optional("project_options", (plan.document && dice.percent(30)).then(|| project(plan)))
}

pub(in super::super) fn reviewer(plan: &SubmissionPlan) -> &'static str {
    if plan.agent { "agent" } else { "system" }
}

/// Returns the birth date of the applicant as text: the value of `data.date_of_birth`. Returns `None` if the submission
/// is rejected because the document shows no full date of birth.
pub(in super::super) fn birth(plan: &SubmissionPlan) -> Option<String> {
    (!verdict::has_reject_code(plan, "no-date-of-birth")).then(|| plan.person.birth.to_string())
}

/// Returns the value of `duplicated_information`: a fingerprint that the service computes from name, birth date, gender
/// and nationality. Returns `None` if one of these values is missing, because the field then does not exist
/// (documented).
pub(in super::super) fn fingerprint(plan: &SubmissionPlan) -> Option<String> {
    birth(plan).map(|_| plan.person.fingerprint())
}

pub(in super::super) fn scores(item: JsonObject, plan: &SubmissionPlan) -> JsonObject {
    let (recognition, argos) = verdict::scores(plan);
    item.with_optional("recognition_score", recognition).with_optional("argos_score", argos)
}

/// Returns the block `image` with the links to the pictures; `None` for a submission without a document. A passport has
/// no back side, so its block has no such link. The links cannot be downloaded (documented), and their host is reserved
/// for examples.
pub(in super::super) fn image(plan: &SubmissionPlan) -> Option<JsonObject> {
    let link = |kind: &str| format!("https://images.example.com/{}/{kind}", plan.id);
    let dice = &mut plan.dice(DiceStream::Images);
    let (back, address) = (dice.percent(60), dice.percent(12));
    let address = address || verdict::rejects(plan).iter().any(|reject| reject.code.starts_with("address_"));
    IdDocument::of(plan).map(|id_document| {
        let back = back && id_document.id_type != "passport";
        JsonObject::new()
            .with("idImage", link("idImage"))
            .with_optional("idBackImage", back.then(|| link("idBackImage")))
            .with_optional("selfieImage", (plan.status != Status::Incomplete).then(|| link("selfieImage")))
            .with_optional("addressImage", address.then(|| link("addressImage")))
    })
}

pub(in super::super) fn memo(plan: &SubmissionPlan, story: &SubmissionTimes) -> Option<JsonObject> {
    let at = story.updated_at.plus(3_600_000).min(plan.latest_event_time).max(story.updated_at);
    plan.memo.map(|text| JsonObject::new().with("text", text).with("updated_at", at.text(plan.time_format())))
}

fn history(plan: &SubmissionPlan, story: &SubmissionTimes) -> Option<JsonObject> {
    let dice = &mut plan.dice(DiceStream::History);
    let admin = format!("reviewer{}@example.com", dice.number_between(1, 9));
    (plan.agent || dice.percent(4)).then(|| {
        JsonObject::new().with("updateAdmin", admin).with("updateTime", story.updated_at.text(plan.time_format()))
    })
}

/// A projection of a submission: a named selection of the fields of the object `data`. It consists of its id or name,
/// and of the list of the fields that it leaves out.
pub(super) struct Projection {
    names: JsonObject,
    pub(super) without: &'static [&'static str],
}

/// Generates the projection of a submission: its id or name (or both), and the fields of the object `data` that it
/// leaves out. One submission in eight has a projection; the result is `None` for all others.
pub(super) fn projection(plan: &SubmissionPlan) -> Option<Projection> {
    let dice = &mut plan.dice(DiceStream::Projection);
    let without: &[&[&str]] = &[
        &["identityNumber", "ssnNumber"],
        &["date_of_birth", "age_group"],
        &["phoneNumber", "address_detail", "address_input", "address_formatted", "address_street"],
    ];
    let without = dice.choose(without).copied().unwrap_or_default();
    let name = dice.word(&["EU onboarding", "일본 서비스", "partner-without-address", "minimal"]);
    let id = dice.fill("3zo#*****m9mkrion");
    let names = match dice.number_below(24) {
        0 => JsonObject::new().with("projectionId", id),
        1 => JsonObject::new().with("projectionName", name),
        2 => JsonObject::new().with("projectionId", id).with("projectionName", name),
        _ => return None,
    };
    // The first screens show all fields.
    (plan.index >= ODDITY_FREE_COUNT).then_some(Projection { names, without })
}

/// Returns the value of `project_options`: settings of the customer's project. The field is only in sample answers of
/// the service's documentation, and in none of its tables of fields.
fn project(plan: &SubmissionPlan) -> Value {
    let blocked = ["id_info_blacklist", "blacklistCountry"].iter().any(|code| verdict::has_reject_code(plan, code));
    let countries: Vec<&str> = ["PRK"].into_iter().chain(blocked.then_some(plan.person.origin.country)).collect();
    let limit = [18, 16, 14, 13]
        .into_iter()
        .find(|limit| plan.age() >= *limit || verdict::has_reject_code(plan, "under_ageLimit"));
    json!({
        "option_aml": true,
        "option_addressData": true,
        "option_idNumber": true,
        "option_documentNumber": true,
        "option_mask_documentNumber": false,
        "option_mask_idNumber": false,
        "option_ai_only": !plan.agent,
        "policy_approvePeriod": 0,
        "policy_ageLimit": limit.unwrap_or(0),
        "policy_blacklistCountries": countries,
        "policy_acceptedID": ["government_id", "passport", "drivers_license", "residence_permit"],
        "webhookURL": "https://hooks.example.com/argos",
        "webhook": {
            "createTime": "2025-02-03T04:05:06.007Z",
            "url": "https://hooks.example.com/argos",
            "members": [{ "name": "Example Admin", "addDate": "2025-02-03T04:10:00.000Z", "email": "admin@example.com" }]
        }
    })
}

//! Changes the JSON of a submission to the form that the settings in [`Behaviour`] select. The settings cover points
//! where the documentation is contradictory or silent. Times are not changed here: they are written in the selected
//! format from the start.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Deleted, Frequency, IpVerification, Listed, PersonalData, PreVerification, Scores};
use super::data::{SubmissionPlan, transform};
use super::request::RequestedPart;

type Item = Map<String, Value>;

/// The possible words of `attempts_frequency`, in the order of the documentation.
const FREQUENCIES: [&str; 4] = ["FirstSeen", "Rare", "Frequent", "VeryFrequent"];

/// Converts `item`, the JSON of the submission `plan`, into the form in which the server sends it. `behaviour` holds
/// the settings of the server that select this form. `part` is the group of fields, such as `aml`, that the client
/// requests with `request_type`; `None` means all fields.
pub(super) fn as_sent(
    mut item: Item,
    plan: &SubmissionPlan,
    behaviour: &Behaviour,
    part: Option<RequestedPart>,
) -> Value {
    if behaviour.scores == Scores::Text {
        write_scores(&mut item);
    }
    if behaviour.comments == Listed::Single {
        transform::within(&mut item, "kyc", |kyc| transform::unwrap_lists(kyc, &["comment", "commentCode"]));
    }
    if behaviour.retries == Listed::Single {
        let keys = ["retryMsg", "retryCode"];
        transform::within(&mut item, "kyc", |kyc| transform::unwrap_lists(kyc, &keys));
        transform::each_attempt(&mut item, |attempt| transform::unwrap_lists(attempt, &keys));
    }
    if behaviour.forms == Listed::Single {
        transform::unwrap_lists(&mut item, &["additional_list"]);
    }
    place_ip_verification(&mut item, behaviour.ip_verification);
    if behaviour.injections == Listed::Single {
        transform::unwrap_lists(&mut item, &["Injection_action"]);
    }
    if behaviour.frequency == Frequency::Number {
        transform::within(&mut item, "pre_verification", number_frequency);
    }
    if behaviour.pre_verification == PreVerification::List && item.get("pre_verification").is_some_and(Value::is_object)
    {
        transform::double_pre_verification(&mut item);
    }
    if plan.is_deleted() {
        mark_deleted(&mut item, behaviour.deleted);
    }
    requested_fields(item, part, behaviour.personal_data)
}

fn write_scores(item: &mut Item) {
    transform::stringify(item, &["recognition_score", "argos_score"]);
    let faces = ["livenessScore", "faceSimilarityScore"];
    transform::within(item, "kyc", |kyc| transform::stringify(kyc, &faces));
    transform::each_attempt(item, |attempt| {
        transform::stringify(attempt, &faces);
        transform::within(attempt, "liveness", |liveness| {
            transform::stringify(liveness, &["score", "probability", "quality"]);
        });
    });
}

fn place_ip_verification(item: &mut Item, place: IpVerification) {
    let Some(Value::Array(actions)) = item.get_mut("Injection_action") else { return };
    for action in actions.iter_mut().filter_map(Value::as_object_mut) {
        match place {
            IpVerification::Mixed => {}
            IpVerification::Inside => {
                if let Some(check) = action.remove("ipVerification") {
                    transform::within(action, "option", |option| {
                        option.insert("ipVerification".to_owned(), check);
                    });
                }
            }
            IpVerification::Beside => {
                let check = action.get_mut("option").and_then(Value::as_object_mut);
                if let Some(check) = check.and_then(|option| option.remove("ipVerification")) {
                    action.insert("ipVerification".to_owned(), check);
                }
            }
        }
    }
}

fn number_frequency(check: &mut Item) {
    if let Some(value) = check.get_mut("attempts_frequency") {
        let place = FREQUENCIES.iter().position(|word| value.as_str() == Some(word));
        if let Some(place) = place {
            *value = json!(place);
        }
    }
}

/// Marks `item`, the JSON of a deleted submission, as deleted, in the way that `form` selects. The documentation says
/// that a deleted submission is shown as "Deleted Submission", but does not name the field.
fn mark_deleted(item: &mut Item, form: Deleted) {
    match form {
        Deleted::Bare => {}
        Deleted::Named => {
            let data = item.entry("data").or_insert_with(|| json!({}));
            if let Some(data) = data.as_object_mut() {
                data.insert("name".to_owned(), json!("Deleted Submission"));
            }
        }
        Deleted::Emptied => {
            item.insert("email".to_owned(), json!(""));
            item.insert("userid".to_owned(), json!(""));
            let data = item.entry("data").or_insert_with(|| json!({}));
            for key in ["name", "gender", "nationality", "date_of_birth"] {
                if let Some(data) = data.as_object_mut() {
                    data.insert(key.to_owned(), json!(""));
                }
            }
        }
    }
}

/// Returns only the fields of a submission that the client requests: `part` is the requested group of fields; `None`
/// keeps all fields. `personal` says which fields are personal data. The documentation names the fields in words; the
/// JSON keys are derived from these words.
fn requested_fields(item: Item, part: Option<RequestedPart>, personal: PersonalData) -> Value {
    let is_personal = |key: &str| match personal {
        PersonalData::Data => key == "data",
        PersonalData::AllThatNames => matches!(key, "data" | "email" | "userid" | "ocr" | "OCR_raw" | "review"),
    };
    let keeps = |key: &str| match part {
        None => true,
        Some(RequestedPart::Kyc) => matches!(key, "submission_id" | "kyc"),
        Some(RequestedPart::Aml) => matches!(key, "submission_id" | "aml"),
        Some(RequestedPart::Data) => key == "submission_id" || is_personal(key),
        Some(RequestedPart::Others) => !matches!(key, "kyc" | "aml") && !is_personal(key),
    };
    Value::Object(item.into_iter().filter(|(key, _)| keeps(key)).collect())
}

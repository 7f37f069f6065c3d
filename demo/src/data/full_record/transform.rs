//! Changes the finished JSON of a submission, list records as well as full records. Removes the fields that a project
//! hides or a deletion removes, and gives submissions with a staged oddity (an unusual detail) their unusual form.

use serde_json::{Map, Value, json};

use super::super::dice::DiceStream;
use super::super::oddity::StagedOddity;
use super::super::submission_plan::SubmissionPlan;
use super::account;

type Item = Map<String, Value>;

pub(in super::super) fn apply(mut item: Item, plan: &SubmissionPlan) -> Item {
    if let Some(projection) = account::projection(plan) {
        within(&mut item, "data", |data| data.retain(|key, _| !projection.without.contains(&key.as_str())));
    }
    let Some(oddity) = plan.oddity else { return item };
    match oddity {
        StagedOddity::Deleted => delete(&mut item),
        StagedOddity::MissingFields => lose_fields(&mut item, plan),
        StagedOddity::MaskedNumbers => mask(&mut item),
        StagedOddity::StringScores => stringify(&mut item, &["recognition_score", "argos_score"]),
        StagedOddity::LongNumbers => lengthen(&mut item),
        StagedOddity::StringComment => within(&mut item, "kyc", |kyc| unwrap_lists(kyc, &["comment", "commentCode"])),
        StagedOddity::StringRetry => {
            each_attempt(&mut item, |attempt| unwrap_lists(attempt, &["retryMsg", "retryCode"]));
        }
        StagedOddity::BadTime => spoil_times(&mut item),
        StagedOddity::FormObject => unwrap_lists(&mut item, &["additional_list"]),
        StagedOddity::InjectionObject => age_injection(&mut item),
        StagedOddity::PreVerificationList => double_pre_verification(&mut item),
        StagedOddity::NumericFrequency => within(&mut item, "pre_verification", |check| {
            check.insert("attempts_frequency".to_owned(), json!(plan.index % 4));
        }),
        StagedOddity::OlderName => older_name(&mut item),
        StagedOddity::ExtraFields => add_fields(&mut item),
        _ => {}
    }
    item
}

pub(in super::super::super) fn within(item: &mut Item, key: &str, change: impl FnOnce(&mut Item)) {
    if let Some(Value::Object(inner)) = item.get_mut(key) {
        change(inner);
    }
}

pub(in super::super::super) fn each_attempt(item: &mut Item, change: impl Fn(&mut Item)) {
    within(item, "kyc", |kyc| {
        let attempts = kyc.get_mut("attempts").and_then(Value::as_array_mut);
        attempts.into_iter().flatten().filter_map(Value::as_object_mut).for_each(change);
    });
}

/// Removes fields from `item`, the JSON of a deleted submission: all that the service does not keep. The documentation
/// says in words what is kept: id, date, type of ID and status. The JSON keys for these words are assumed.
fn delete(item: &mut Item) {
    item.retain(|key, _| matches!(key.as_str(), "submission_id" | "created_at" | "data" | "kyc"));
    within(item, "data", |data| data.retain(|key, _| key == "idType"));
    within(item, "kyc", |kyc| kyc.retain(|key, _| key == "result"));
    item.retain(|_, value| value.as_object().is_none_or(|inner| !inner.is_empty()));
}

/// Removes random blocks and fields from `item`, the JSON of the submission `plan`. This imitates a partial deletion at
/// the service, which may remove any block except the id. In the demo, the e-mail address and the creation time stay as
/// well.
fn lose_fields(item: &mut Item, plan: &SubmissionPlan) {
    let dice = &mut plan.dice(DiceStream::Losses);
    item.retain(|key, _| matches!(key.as_str(), "submission_id" | "email" | "created_at") || !dice.percent(35));
    within(item, "data", |data| data.retain(|_, _| !dice.percent(30)));
    within(item, "kyc", |kyc| kyc.retain(|key, _| key == "result" || !dice.percent(20)));
}

/// Replaces the document numbers in the full record `item` by the two texts that the samples of the documentation show
/// for a masked number: `******-*******` and `{********}`.
fn mask(item: &mut Item) {
    within(item, "data", |data| {
        for (key, masked) in [("identityNumber", "******-*******"), ("documentNumber", "{********}")] {
            if let Some(value) = data.get_mut(key) {
                *value = json!(masked);
            }
        }
    });
    for layer in ["ocr", "review"] {
        within(item, layer, |layer| {
            for key in ["identityNumber", "number", "documentNumber", "licenseNumber"] {
                if let Some(value) = layer.get_mut(key) {
                    *value = json!("{********}");
                }
            }
        });
    }
    within(item, "OCR_raw", |raw| {
        for key in ["identity_number", "number", "license_number"] {
            within(raw, key, |line| {
                line.insert("value".to_owned(), json!("{********}"));
            });
        }
    });
}

/// Replaces numbers in `item` by the same numbers as text. `keys` are the keys whose numbers are replaced.
pub(in super::super::super) fn stringify(item: &mut Item, keys: &[&str]) {
    for key in keys {
        if let Some(value) = item.get_mut(*key).filter(|value| value.is_number()) {
            *value = json!(value.to_string());
        }
    }
}

/// Replaces some numbers in `item`, the JSON of a submission, by numbers with many digits or an exponent. A program
/// that parses such a number may round it by mistake.
fn lengthen(item: &mut Item) {
    for (key, number) in [("recognition_score", json!(84.100_000_000_000_01)), ("argos_score", json!(70.0))] {
        if let Some(value) = item.get_mut(key) {
            *value = number;
        }
    }
    each_attempt(item, |attempt| {
        if attempt.contains_key("livenessScore") {
            attempt.insert("livenessScore".to_owned(), json!(76.151_925_000_000_02));
        }
        within(attempt, "liveness", |liveness| {
            if liveness.contains_key("score") {
                liveness.insert("score".to_owned(), json!(1.161_026_700_000_000_2));
                liveness.insert("probability".to_owned(), json!(9.9e-7));
            }
        });
    });
    within(item, "pre_verification", |check| {
        check.insert("fraud_score".to_owned(), json!(12_345_678_901_234_567_890_u64));
    });
}

/// Replaces lists in `item` by their first entries. `keys` are the keys whose lists are replaced. Empty lists stay
/// unchanged.
pub(in super::super::super) fn unwrap_lists(item: &mut Item, keys: &[&str]) {
    for key in keys {
        if let Some(value) = item.get_mut(*key) {
            let first = value.as_array_mut().filter(|list| !list.is_empty()).map(|list| list.swap_remove(0));
            if let Some(first) = first {
                *value = first;
            }
        }
    }
}

fn spoil_times(item: &mut Item) {
    within(item, "signals", |signals| {
        let processes = signals.get_mut("cameraProcessInfo").and_then(Value::as_array_mut);
        if let Some(process) = processes.and_then(|list| list.first_mut()).and_then(Value::as_object_mut) {
            process.insert("processStartTime".to_owned(), json!("2026-02-30T25:61:00.000Z"));
        }
    });
    each_attempt(item, |attempt| {
        if attempt.contains_key("step2Time1st") {
            attempt.insert("step2Time1st".to_owned(), json!("Invalid date"));
        }
    });
}

/// Replaces the address injections (address data added after the submission) in `item`, the JSON of a submission, by
/// their old form. The old form is one object with only kind and time of the newest address injection.
fn age_injection(item: &mut Item) {
    unwrap_lists(item, &["Injection_action"]);
    within(item, "Injection_action", |action| {
        let time = action.remove("createTime").unwrap_or_default();
        *action = Item::new();
        action.insert("type".to_owned(), json!("address"));
        action.insert("time".to_owned(), time);
    });
}

pub(in super::super::super) fn double_pre_verification(item: &mut Item) {
    if let Some(check) = item.get_mut("pre_verification") {
        let mut earlier = check.clone();
        if let Some(earlier) = earlier.as_object_mut() {
            earlier.insert("attempts_frequency".to_owned(), json!("FirstSeen"));
            earlier.insert("is_valid".to_owned(), json!(false));
        }
        *check = json!([check, earlier]);
    }
}

fn older_name(item: &mut Item) {
    within(item, "data", |data| {
        if let Some(full) = data.remove("full_name") {
            data.remove("first_name");
            data.remove("last_name");
            data.insert("name".to_owned(), full);
        }
    });
}

/// Adds fields to `item`, the JSON of a submission, that no table of the documentation has. A client must show such
/// fields under their own names.
fn add_fields(item: &mut Item) {
    // Lists have only the documented keys, since nothing suggests others there.
    if !item.contains_key("signals") {
        return;
    }
    item.insert(
        "device".to_owned(),
        json!({ "model": "Example Phone 12", "os": { "name": "ExampleOS", "version": "17.0" } }),
    );
    item.insert("locale".to_owned(), json!("ko-KR"));
    item.insert("nfc_chip_read".to_owned(), json!(false));
    within(item, "data", |data| {
        data.insert("mothers_name".to_owned(), json!("Erika Mustermann"));
        data.insert("passport_mrz_number".to_owned(), json!("X00000000"));
    });
    within(item, "kyc", |kyc| {
        kyc.insert("reviewStage".to_owned(), json!(2));
    });
    each_attempt(item, |attempt| {
        attempt.insert("networkType".to_owned(), json!("4g"));
    });
}

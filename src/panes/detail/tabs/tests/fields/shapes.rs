//! Submissions in the documented shapes, with a value of its own in every leaf.

use std::borrow::Borrow;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::rows::{Table, expanded};

/// What the samples send as a list.
const LISTS: [&str; 23] = [
    "Injection_action",
    "Injection_action.option.distanceChecks",
    "Injection_action.option.ipRisk.failCategory",
    "additional_list",
    "aml.matches",
    "aml.matches.risk_icons",
    "duplicated_selfie_users",
    "duplicated_users",
    "kyc.attempts",
    "kyc.attempts.detectFace",
    "kyc.attempts.retryCode",
    "kyc.attempts.retryMsg",
    "kyc.comment",
    "kyc.commentCode",
    "kyc.retry",
    "kyc.retryMsg",
    "project_options.policy_acceptedID",
    "project_options.policy_blacklistCountries",
    "project_options.webhook.members",
    "signals.cameraProcessInfo",
    "signals.faceAge",
    "verification.faceAge",
    "verification.faceAge.conditionResults",
];

/// Booleans and words of a documented list: how the path ends, and the word.
const WORDS: [(&str, &str); 31] = [
    (".accepted", "true"),
    (".finalResult", "true"),
    (".is_valid", "true"),
    (".option_aml", "true"),
    (".option_addressData", "false"),
    (".option_ai_only", "true"),
    (".option_documentNumber", "false"),
    (".option_idNumber", "true"),
    (".option_mask_documentNumber", "false"),
    (".option_mask_idNumber", "true"),
    (".processed", "true"),
    ("Match.result", "true"),
    ("Injection_action.attemptStatus", "success"),
    ("ipVerification.status", "success"),
    ("aml.currentstatus", "Red Flag"),
    ("aml.matches.risk_level", "HIGH"),
    ("aml.risk_level_summary", "Medium"),
    ("bank_verification.result", "success"),
    ("bank_verification.type", "occupancy"),
    (".age_group", "adult"),
    (".gender", "male"),
    ("data.idType", "passport"),
    ("idBarcodeResult", "success"),
    ("verificationResult", "success"),
    ("kyc.result", "rejected"),
    ("kyc.retry.type", "step2"),
    (".attempts_frequency", "Rare"),
    (".connection_type", "Mobile"),
    ("reviewer", "system"),
    (".comparisonOperator", "gte"),
    (".target", "low"),
];

/// Times, dates and numbers, by how the path ends.
const TIMES: [&str; 14] = [
    "_at",
    "createTime",
    "addDate",
    "Time1st",
    "Time2nd",
    "Time3rd",
    "startButtonClickTime",
    "processStartTime",
    "processEndTime",
    "updateTime",
    "Injection_action.time",
    "kyc_result_at",
    "memo.updated_at",
    "pre_verification.created_at",
];
const DATES: [&str; 10] = [
    "date_of_birth",
    "birthDate",
    "issueDate",
    "expireDate",
    "birth_date",
    "idcard_issueDate",
    "idcard_expireDate",
    "expiryDateOfStayKor",
    "issue_date",
    "expire_date",
];
const WHOLE: [&str; 19] = [
    "attemptCnt",
    "birthDateAge",
    "conditionIndex",
    "durationHour",
    "maxDistanceKm",
    "retryCnt",
    "retry_count",
    "policy_approvePeriod",
    "policy_ageLimit",
    ".x",
    ".y",
    "High",
    "Low",
    "Median",
    ".low",
    ".high",
    ".median",
    "fraud_score",
    "OCR_raw.number.score",
];
const PARTS: [&str; 11] = [
    "OCR_raw.blood.score",
    "argos_score",
    "recognition_score",
    "faceSimilarityScore",
    "livenessScore",
    "liveness.score",
    "liveness.probability",
    "liveness.quality",
    "Confidence",
    "aml.matches.score",
    "_printed",
];

/// A value in a submission.
pub(in super::super) struct Leaf {
    /// The row that it belongs to.
    pub(super) pattern: String,
    /// Its path without list indexes.
    pub(in super::super) path: String,
    /// As it must be on the screen.
    pub(in super::super) shown: String,
    value: Value,
}

impl Leaf {
    /// As it is sent.
    pub(super) fn sent(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            Value::Object(_) => self.shown.clone(),
            other => other.to_string(),
        }
    }
}

/// Every leaf of a table, each with a value that is nowhere else, but for the words of a list.
pub(in super::super) fn leaves(table: &Table) -> Vec<Leaf> {
    let paths = table
        .leaves()
        .into_iter()
        .flat_map(|pattern| expanded(&pattern).into_iter().map(move |path| (pattern.clone(), path)));
    paths.enumerate().map(|(at, (pattern, path))| leaf(at, pattern, path)).collect()
}

fn leaf(at: usize, pattern: String, path: String) -> Leaf {
    let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
    let text = |text: String| (text.clone(), Value::from(text));
    let (shown, value) = if let Some((_, word)) = WORDS.iter().find(|(ending, _)| path.ends_with(ending)) {
        let value = serde_json::from_str(word).unwrap_or_else(|_| Value::from(*word));
        ((*word).to_owned(), value)
    } else if ends(&TIMES) {
        let start: Timestamp = "2026-11-20T09:00:00.250Z".parse().unwrap();
        let time = start + SignedDuration::from_secs(at.try_into().unwrap());
        (time.strftime("%F %T.250 UTC").to_string(), Value::from(time.strftime("%FT%T.250Z").to_string()))
    } else if ends(&DATES) {
        let date = jiff::civil::date(1951, 1, 1) + SignedDuration::from_hours(24 * i64::try_from(at).unwrap());
        text(date.to_string())
    } else if ends(&WHOLE) {
        ((300 + at).to_string(), Value::from(300 + at))
    } else if ends(&PARTS) || path.starts_with("id_LivenessScore") {
        let number = format!("0.{at:03}7");
        (number.clone(), serde_json::from_str(&number).unwrap())
    } else if path == "aml.raw_data" {
        let inside = format!("u{at:03}x");
        (inside.clone(), serde_json::json!({ "anything": inside }))
    } else {
        text(format!("u{at:03}x"))
    };
    Leaf { pattern, path, shown, value }
}

/// The submission that holds the leaves.
pub(in super::super) fn submission<L: Borrow<Leaf>>(leaves: &[L]) -> String {
    let mut root = Map::new();
    for leaf in leaves.iter().map(Borrow::borrow) {
        put(&mut root, &leaf.path, "", leaf.value.clone());
    }
    Value::Object(root).to_string()
}

/// Puts a value where its path says, into lists where the service sends lists.
fn put(object: &mut Map<String, Value>, path: &str, before: &str, value: Value) {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let so_far = if before.is_empty() { key.to_owned() } else { format!("{before}.{key}") };
    let in_list = LISTS.contains(&so_far.as_str()) || so_far == "verification.faceAge.logicalOperators";
    let Some(rest) = rest else {
        object.insert(key.to_owned(), if in_list { Value::Array(vec![value]) } else { value });
        return;
    };
    let empty = Value::Object(Map::new());
    let member = object.entry(key).or_insert_with(|| if in_list { Value::Array(vec![empty.clone()]) } else { empty });
    let inner = if in_list { &mut member[0] } else { member };
    put(inner.as_object_mut().unwrap(), rest, &so_far, value);
}

//! Decides from the content of a record whether it is a full record, a list record, or neither. A file does not say
//! which of the service's answers a record is from: the list, or the answer about a single submission.

use std::borrow::Cow;

use crate::submission::json::Json;

/// Top-level members that a full record has and a list record lacks. The blocks `kyc`, `aml` and `data` are not among
/// them.
const FULL_RECORD_MEMBERS: [&str; 7] =
    ["OCR_raw", "ocr", "review", "signals", "verification", "project_options", "Injection_action"];

/// Returns whether `record` is certainly a full record. If it is, a field that it lacks is shown as empty, otherwise as
/// "not fetched".
///
/// A record that is certainly full has personal data, attempts or retries, AML data, and at least one of
/// [`FULL_RECORD_MEMBERS`]. None of these alone is enough, since the service can send each of them alone. A record
/// without AML data may be full too, but nothing proves it, so the result is `false`.
pub(super) fn is_full(record: Json<'_>) -> bool {
    let member = |object: Json<'_>, wanted: &str| object.members().any(|(key, value)| key == wanted && holds(value));
    let has_payload_retry = record.members().any(|(key, _)| key == "retryCode");
    let attempts = |kyc: Json<'_>| has(kyc, "attempts") || (has(kyc, "retry") && !has_payload_retry);
    // The payload of a webhook brings an AML status, but never the matches, to a record that had no AML.
    let is_result = |(key, _): (Cow<'_, str>, Json<'_>)| key == "aml_result";
    let is_by_payload =
        record.members().any(|(key, value)| key == "data" && value.members().any(is_result) || is_result((key, value)));
    let has_evidence = |aml: Json<'_>| aml.members().any(|(key, _)| matches!(&*key, "matches" | "raw_data"));
    let aml =
        |(key, aml): (Cow<'_, str>, Json<'_>)| key == "aml" && holds(aml) && (!is_by_payload || has_evidence(aml));
    member(record, "data")
        && record.members().any(aml)
        && record.members().any(|(key, kyc)| key == "kyc" && attempts(kyc))
        && FULL_RECORD_MEMBERS.iter().any(|key| member(record, key))
}

/// Returns whether `record` has the objects `data` (personal data) and `kyc`, which every record of a list has. If the
/// result is `false`, `record` is an incomplete record or a webhook payload.
pub(super) fn is_record(record: Json<'_>) -> bool {
    let block = |wanted: &str| record.members().any(|(key, value)| key == wanted && value.is_object());
    block("data") && block("kyc")
}

fn has(object: Json<'_>, wanted_key: &str) -> bool {
    object.members().any(|(key, value)| key == wanted_key && value.is_array())
}

fn holds(value: Json<'_>) -> bool {
    (value.is_object() && value.members().next().is_some()) || (value.is_array() && value.elements().next().is_some())
}

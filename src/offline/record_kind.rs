//! Decides by the content of a record what kind of record it is. A file does not say from which answer its records
//! come.

use std::borrow::Cow;

use crate::submission::json::Json;

/// Members of a full record that are in none of the blocks `kyc`, `aml` and `data`, and that the records of a list
/// lack.
const FULL_RECORD_MEMBERS: [&str; 7] =
    ["OCR_raw", "ocr", "review", "signals", "verification", "project_options", "Injection_action"];

/// Returns whether `record` counts as a full record, in which a missing field is empty and not "not fetched". It must
/// hold something of each part that can be fetched alone: personal data, attempts or retries, AML, and a further block
/// that lists leave out. A record without AML may be a full record, too, but nothing proves it.
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

/// Returns whether `record` has the objects `data` (personal data) and `kyc`, as each record of a list has. Otherwise
/// it is only a part of a record, or a webhook payload.
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

//! Payloads of webhooks: the messages that the service sends to a customer's server (the service's documentation,
//! "Webhooks").
//!
//! A payload holds some data under other keys than a record, such as `kyc_result.status` for `kyc.result`. This module
//! adds these data to the payload under the keys of a record. All members of the payload stay, as sent.

use std::collections::HashMap;
use std::fmt::Write as _;

use bytes::Bytes;

use super::record_merge::{RecordOrPayload, merge_records};
use crate::submission::json::Json;
use crate::submission::webhook::DATA;

/// Keys in a webhook payload's object `kyc_result` that a record has at its top level, under the same names.
const TOP_LEVEL_KEYS: [&str; 5] = ["created_at", "updated_at", "kyc_result_at", "pending_at", "reviewer"];

/// Returns whether the JSON object `object` is the payload of a webhook: it has a member `webhook_trigger`,
/// `kyc_result` or `aml_result`.
pub(super) fn is_payload(object: Json<'_>) -> bool {
    object.members().any(|(key, _)| matches!(&*key, "webhook_trigger" | "kyc_result" | "aml_result"))
}

/// Returns `payload`, a webhook payload, in the form of a record: its members as sent, and the same data under the keys
/// of a record. If the payload itself has such a key with another value, both values are kept. The program then shows
/// that the field was sent twice with different values.
pub(super) fn record(payload: Json<'_>) -> Bytes {
    let mut facts = PayloadAsRecord::default();
    for (key, value) in payload.members() {
        facts.member(&key, value);
    }
    let both = [facts.record().into(), Bytes::copy_from_slice(payload.as_sent().as_bytes())];
    merge_records(&both.map(|raw| RecordOrPayload { raw, is_payload: true }))
}

/// The data of a webhook's payload under the keys that a record has for them. Most fields hold the members of one
/// object of the record, such as `data` or `kyc`, as JSON text.
#[derive(Default)]
struct PayloadAsRecord<'a> {
    /// The value that was last added to `data` for each key. Some payloads send the same value under two keys: it is
    /// then not added a second time.
    last: HashMap<&'static str, &'a str>,
    update_time: Option<Json<'a>>,
    is_updated_at_known: bool,
    top: String,
    data: String,
    kyc: String,
    /// The members of the retry that the payload reports, as JSON text without braces. A retry is a request to the
    /// applicant to repeat a step.
    retry: String,
    aml: String,
    history: String,
}

impl<'a> PayloadAsRecord<'a> {
    fn member(&mut self, key: &str, value: Json<'a>) {
        match key {
            "kyc_result" => self.kyc_result(value),
            "aml_result" => self.aml_result(value),
            // The number of attempts in `attempts` is no list of them, and stays where it was sent.
            "retryCode" => add(&mut self.retry, "retryCode", value),
            "cf" => value.members().for_each(|(key, value)| add(&mut self.data, &key, value)),
            "admin" => add(&mut self.history, "updateAdmin", value),
            "update_time" => {
                add(&mut self.history, "updateTime", value);
                self.update_time = Some(value);
            }
            // The payload `updated` holds the results in this block.
            "data" => value.members().for_each(|(key, value)| match &*key {
                "kyc_result" => self.kyc_result(value),
                "aml_result" => self.aml_result(value),
                key => self.at_top(key, value),
            }),
            _ => {
                let Some((_, name)) = DATA.iter().find(|(name, _)| *name == key) else { return };
                if self.last.insert(name, value.as_sent()) != Some(value.as_sent()) {
                    add(&mut self.data, name, value);
                }
            }
        }
    }

    fn at_top(&mut self, key: &str, value: Json<'_>) {
        if TOP_LEVEL_KEYS.contains(&key) {
            self.is_updated_at_known |= key == "updated_at";
            add(&mut self.top, key, value);
        }
    }

    fn kyc_result(&mut self, result: Json<'_>) {
        if !result.is_object() {
            add(&mut self.kyc, "result", result);
        }
        for (key, value) in result.members() {
            match &*key {
                "status" => add(&mut self.kyc, "result", value),
                "comment" | "commentCode" => add(&mut self.kyc, &key, value),
                key => self.at_top(key, value),
            }
        }
    }

    fn aml_result(&mut self, result: Json<'_>) {
        if !result.is_object() {
            add(&mut self.aml, "currentstatus", result);
        }
        result.members().for_each(|(key, value)| add(&mut self.aml, &key, value));
    }

    fn record(mut self) -> String {
        if !self.retry.is_empty() {
            separate(&mut self.kyc);
            let _ = write!(self.kyc, "\"retry\":[{{{}}}]", self.retry);
        }
        let mut record = self.top;
        if let Some(time) = self.update_time.filter(|_| !self.is_updated_at_known) {
            add(&mut record, "updated_at", time);
        }
        let blocks = [("data", self.data), ("kyc", self.kyc), ("aml", self.aml), ("updateHistory", self.history)];
        for (name, members) in blocks.into_iter().filter(|(_, members)| !members.is_empty()) {
            separate(&mut record);
            let _ = write!(record, "\"{name}\":{{{members}}}");
        }
        format!("{{{record}}}")
    }
}

/// Appends a member with the key `key` and the value `value` to `members`. `members` is the JSON text of an object
/// without its braces.
fn add(members: &mut String, key: &str, value: Json<'_>) {
    separate(members);
    let key = serde_json::Value::from(key);
    let _ = write!(members, "{key}:{}", value.as_sent());
}

fn separate(members: &mut String) {
    if !members.is_empty() {
        members.push(',');
    }
}

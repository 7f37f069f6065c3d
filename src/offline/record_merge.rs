//! Joins all records and webhook payloads of one submission into one record. The rule is the same for every order of
//! the records in the file.
//!
//! All values of a member are collected. An empty value counts only if there is no other. A value is dropped if a newer
//! record has another value; the time of a record is the newest of its times of change. If it is unknown which of two
//! different values is newer, both are kept under the same key. The program then shows the field as contradictory.
//!
//! A payload normally only adds members that the records lack. Its verdict (status, AML status or risk level) is also
//! kept beside a different verdict of the records in two cases: the payload is newer than the records, or its age is
//! unknown and its verdict is adverse.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use bytes::Bytes;
use jiff::Timestamp;

use crate::submission::json::{Json, JsonCursor, unescape};
use crate::time;

/// Keys under which a record or webhook payload holds the times at which the submission changed. `created_at` is not
/// among them, since it is the same in all records of a submission.
const CHANGE_TIMES: [&str; 4] = ["updated_at", "kyc_result_at", "pending_at", "update_time"];

/// Keys of the objects that are joined from all webhook payloads of a submission. Different values of a member in them
/// contradict each other, so all of them are kept, except values that are known to be outdated. Of any other member
/// that no record has, only the last value of the payloads is kept.
const MERGED_BLOCKS: [&str; 3] = ["kyc", "aml", "data"];

/// Verdicts (status, AML status or risk level) that are no warning, in lower case. If it is unknown whether a webhook
/// payload or the record is newer, a verdict of the payload in this list is dropped. Any other verdict of the payload
/// is kept beside the verdict of the record.
const HARMLESS_VERDICTS: [&str; 5] = ["approved", "pending", "incomplete", "not screened", "low"];

/// A JSON object with data of one submission: a record as the service returns it, or a webhook payload (a message that
/// the service sends to a customer's server).
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct RecordOrPayload {
    /// The record, or the payload with its data under the keys of a record, as a JSON object.
    pub(super) raw: Bytes,
    pub(super) is_payload: bool,
}

/// One of the values that a JSON member has in the records and webhook payloads of a submission. The fields also say
/// from which record or payload the value is.
#[derive(Clone, Copy)]
struct MemberValue<'a> {
    value: &'a str,
    /// Index of the record or payload that contains the value.
    source_index: usize,
    is_payload: bool,
    /// The newest of the times of change that the record or payload contains. `None` if it contains none, or if one of
    /// them is unreadable or repeated.
    time: Option<Timestamp>,
    /// Whether the same object contains the key of the value more than once.
    is_repeated: bool,
}

/// The members of several JSON objects that are to be joined, in the order in which their keys first occur. Each member
/// has all its values: it has several if several records or payloads of the submission contain it.
#[derive(Default)]
struct MemberValues<'a> {
    members: Vec<(&'a str, Cow<'a, str>, Vec<MemberValue<'a>>)>,
    by_name: HashMap<Cow<'a, str>, usize>,
}

impl<'a> MemberValues<'a> {
    /// Adds each member of the JSON object `source.value` with its value. The other fields of `source`, such as the
    /// index of the record, are copied to each added value.
    fn add(&mut self, source: MemberValue<'a>) {
        let mut cursor = JsonCursor(source.value.strip_prefix('{').unwrap_or_default());
        while let Some(key) = cursor.key() {
            let (name, value) = (unescape(key), cursor.value());
            let at = *self.by_name.entry(name.clone()).or_insert(self.members.len());
            if at == self.members.len() {
                self.members.push((key, name, Vec::new()));
            }
            let Some((.., versions)) = self.members.get_mut(at) else { continue };
            let mut version = MemberValue { value, is_repeated: false, ..source };
            if let Some(last) = versions.last_mut().filter(|last| last.source_index == source.source_index) {
                last.is_repeated = true;
                version.is_repeated = true;
            }
            versions.push(version);
        }
    }
}

/// Returns the index of the latest of `payloads`, the webhook payloads of one submission in the order of the file. The
/// latest is the last one in the file that is not known to be older than another one.
pub(super) fn latest(payloads: &[Bytes]) -> usize {
    let times: Vec<_> = payloads
        .iter()
        .map(|payload| newest_time(Json::from_checked(&super::webhook::record(Json::from_checked(payload)))))
        .collect();
    let newest_values = times.iter().flatten().max();
    times.iter().rposition(|time| time.is_none() || time.as_ref() == newest_values).unwrap_or(0)
}

/// Joins the records and webhook payloads of one submission into one record, and returns this record as JSON. `sources`
/// are the records and payloads in the order of the file.
pub(super) fn merge_records(sources: &[RecordOrPayload]) -> Bytes {
    let mut seen = HashSet::new();
    let sources: Vec<&RecordOrPayload> = sources.iter().filter(|source| seen.insert(*source)).collect();
    if let [only] = sources.as_slice() {
        return only.raw.clone();
    }
    let mut versions = MemberValues::default();
    for (source_index, source) in sources.iter().enumerate() {
        let json = Json::from_checked(&source.raw);
        let source = MemberValue {
            value: json.as_sent(),
            source_index,
            is_payload: source.is_payload,
            time: newest_time(json),
            is_repeated: false,
        };
        versions.add(source);
    }
    let mut out = Vec::new();
    for (key, name, versions) in &versions.members {
        let is_block = |version: &&MemberValue<'_>| version.value.starts_with('{');
        if versions.iter().any(|version| version.is_repeated && is_block(&version)) {
            distinct_values(versions.iter().copied())
                .iter()
                .for_each(|version| write_member(&mut out, key, version.value));
            continue;
        }
        let (blocks, others): (Vec<_>, Vec<_>) = versions.iter().partition(is_block);
        if blocks.is_empty() {
            kept_values("", name, &others).iter().for_each(|version| write_member(&mut out, key, version.value));
        } else {
            write_member(&mut out, key, &merge_block(name, blocks));
            let others = others.into_iter().filter(|version| !is_empty(version.value));
            distinct_values(others).iter().for_each(|version| write_member(&mut out, key, version.value));
        }
    }
    out.push(b'}');
    out.into()
}

/// Joins `versions`, the values of the member `name` (such as the objects `kyc`) in several records and payloads.
/// Returns the JSON text of one object with the members of all these objects. Outdated values of a member are left out.
fn merge_block(name: &str, versions: Vec<MemberValue<'_>>) -> String {
    let mut inner = MemberValues::default();
    versions.into_iter().for_each(|version| inner.add(version));
    let results = inner.members.iter().find(|(_, key, _)| name == "kyc" && key == "result");
    // The comment of a superseded result says nothing about the present one.
    let superseded: HashSet<usize> = results.map_or_else(HashSet::new, |(_, key, versions)| {
        let kept: HashSet<Cow<'_, str>> =
            kept_values(name, key, versions).iter().map(|version| compact(version.value)).collect();
        versions
            .iter()
            .filter(|version| !kept.contains(&compact(version.value)))
            .map(|version| version.source_index)
            .collect()
    });
    let mut out = Vec::new();
    for (quoted, key, versions) in &inner.members {
        if let Some(retries) = all_retries(versions).filter(|_| name == "kyc" && key == "retry") {
            write_member(&mut out, quoted, &retries);
            continue;
        }
        let is_comment = name == "kyc" && matches!(&**key, "comment" | "commentCode");
        let versions = versions.iter().filter(|version| !is_comment || !superseded.contains(&version.source_index));
        let versions: Vec<_> = versions.copied().collect();
        kept_values(name, key, &versions).iter().for_each(|version| write_member(&mut out, quoted, version.value));
    }
    if out.is_empty() {
        out.push(b'{');
    }
    out.push(b'}');
    String::from_utf8(out).unwrap_or_default()
}

/// Joins `versions`, the lists `kyc.retry` of several webhook payloads, and returns the list of all different retries
/// as JSON. Each payload holds only one retry. Returns `None` if there are fewer than two values. Also `None` if a
/// value is no list, comes from a record, or is repeated in its payload.
fn all_retries(versions: &[MemberValue<'_>]) -> Option<String> {
    let is_list = |version: &MemberValue<'_>| version.value.starts_with('[');
    if versions.len() < 2 || versions.iter().any(|it| !it.is_payload || it.is_repeated || !is_list(it)) {
        return None;
    }
    let mut versions: Vec<MemberValue<'_>> = versions.to_vec();
    versions.sort_by_key(|version| (version.time, version.value));
    let mut seen = HashSet::new();
    let retries = versions.iter().flat_map(|version| Json::from_checked(version.value.as_bytes()).elements());
    let retries: Vec<&str> = retries.map(Json::as_sent).filter(|retry| seen.insert(compact(retry))).collect();
    Some(format!("[{}]", retries.join(",")))
}

/// Returns those values of the member `key` that are kept in the joined record. These are several values if it is
/// unknown which of them is valid. `versions` are all values of the member. `block` is the key of the object that
/// contains the member, such as `kyc`; it is empty for a member of the record itself.
fn kept_values<'a>(block: &str, key: &str, versions: &[MemberValue<'a>]) -> Vec<MemberValue<'a>> {
    let filled = || versions.iter().copied().filter(|version| version.is_repeated || !is_empty(version.value));
    let (payloads, records): (Vec<_>, Vec<_>) = filled().partition(|version| version.is_payload);
    if records.is_empty() {
        let mut kept = distinct_values(newest_values(payloads).into_iter());
        // The messages have members of their own, such as `webhook_trigger`, which differ without a contradiction.
        if !MERGED_BLOCKS.contains(&block)
            && !MERGED_BLOCKS.contains(&key)
            && !kept.iter().any(|version| version.is_repeated)
        {
            kept = kept.pop().into_iter().collect();
        }
        let empty = versions.iter().copied().min_by_key(|version| version.value).into_iter();
        return if kept.is_empty() { empty.collect() } else { kept };
    }
    let records = newest_values(records);
    let time = records.iter().map(|version| version.time).min().flatten();
    let is_verdict = matches!((block, key), ("kyc", "result") | ("aml", "currentstatus" | "risk_level_summary"))
        || matches!((block, key), ("", "kyc" | "aml"));
    let counts = |payload: &MemberValue<'_>| match payload.time.zip(time).map(|(payload, record)| payload.cmp(&record))
    {
        Some(order) if order.is_ne() => order.is_gt(),
        _ => !HARMLESS_VERDICTS.contains(&&*Json::from_checked(payload.value.as_bytes()).text().to_ascii_lowercase()),
    };
    let payloads = payloads.into_iter().filter(|payload| is_verdict && counts(payload));
    distinct_values(records.into_iter().chain(payloads))
}

/// Returns `versions`, the values of one member, without those that are known to be older than another of these values.
/// A value of unknown age is kept.
fn newest_values(mut versions: Vec<MemberValue<'_>>) -> Vec<MemberValue<'_>> {
    let newest_values = versions.iter().filter_map(|version| version.time).max();
    versions.retain(|version| version.time.is_none() || version.time == newest_values);
    versions
}

/// Returns each different value of `versions` once, in the given order. Of equal values, the last one is kept.
fn distinct_values<'a>(versions: impl DoubleEndedIterator<Item = MemberValue<'a>>) -> Vec<MemberValue<'a>> {
    let mut seen = HashSet::new();
    let mut kept: Vec<_> = versions.rev().filter(|version| seen.insert(compact(version.value))).collect();
    kept.reverse();
    kept
}

/// Returns the JSON text `value` without the white space between its parts. Strings stay unchanged.
pub(super) fn compact(value: &str) -> Cow<'_, str> {
    if !value.starts_with(['{', '[']) || !value.contains(char::is_whitespace) {
        return Cow::Borrowed(value);
    }
    let (mut is_text, mut is_escaped) = (false, false);
    let kept = value.chars().filter(|c| {
        is_text ^= *c == '"' && !is_escaped;
        is_escaped = is_text && *c == '\\' && !is_escaped;
        is_text || !c.is_ascii_whitespace()
    });
    Cow::Owned(kept.collect())
}

/// Returns whether a JSON value counts as empty: `null`, a blank text, an object without members, or an array in which
/// each element is `null` or a blank text.
fn is_empty(value: &str) -> bool {
    let json = Json::from_checked(value.as_bytes());
    if json.is_array() {
        return json.elements().all(|element| element.is_null() || element.text().trim().is_empty());
    }
    if json.is_object() { json.members().next().is_none() } else { json.text().trim().is_empty() }
}

/// Returns the newest of the times of change that `record`, a record or webhook payload, contains. Returns `None` if it
/// contains none, or if one of them is unreadable or occurs twice.
pub(super) fn newest_time(record: Json<'_>) -> Option<Timestamp> {
    let triggers = || record.members().filter(|(key, _)| key == "webhook_trigger");
    let is_created = triggers().count() == 1 && triggers().all(|(_, value)| value.text() == "created");
    let is_time = |key: &str| CHANGE_TIMES.contains(&key) || (is_created && key == "created_at");
    let mut seen = HashSet::new();
    let mut newest_values = None;
    for (key, value) in record.members().filter(|(key, value)| is_time(key) && !is_empty(value.as_sent())) {
        let is_first = seen.insert(key);
        newest_values = newest_values.max(Some(time::parse_timestamp(&value.string().filter(|_| is_first)?)?));
    }
    newest_values
}

fn write_member(out: &mut Vec<u8>, key: &str, value: &str) {
    out.push(if out.is_empty() { b'{' } else { b',' });
    out.extend_from_slice(key.as_bytes());
    out.push(b':');
    out.extend_from_slice(value.as_bytes());
}

#[cfg(test)]
mod tests;

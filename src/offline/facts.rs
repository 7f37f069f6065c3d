//! Joins all records and payloads of one submission into one record, by one rule for every order in the file.
//!
//! All values of a member are collected. An empty value counts only if there is no other. A value is superseded if a
//! newer record has another one; the time of a record is the newest of its times of change. Where the order of two
//! different values is unknown, both are kept under the same key, so that the field reads as unclear.
//!
//! A payload only adds what the records lack. But if a payload contradicts the verdict of the records, and is newer than
//! they are or an adverse one of unknown age, its verdict is kept beside theirs.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use bytes::Bytes;
use jiff::Timestamp;

use crate::submission::json::{Json, JsonCursor, unescape};
use crate::time;

/// Members of a record or webhook payload with the times at which the submission changed. `created_at` is not among
/// them, since it is the same in all records of a submission.
const TIMES: [&str; 4] = ["updated_at", "kyc_result_at", "pending_at", "update_time"];

/// Members of a record that keep all different values of webhook payloads, as do the members inside of them, since such
/// values contradict each other. If no record has another member, that member keeps only the last value of the
/// payloads.
const BLOCKS: [&str; 3] = ["kyc", "aml", "data"];

/// Verdicts that are no warning, in lower case. If the verdict of a webhook payload is not known to be older or newer
/// than the record, it is kept beside the verdict of the record only if it is not in this list.
const HARMLESS: [&str; 5] = ["approved", "pending", "incomplete", "not screened", "low"];

/// A JSON object with data of one submission: a record as the service returns it, or a webhook payload (a message that
/// the service sends to a customer's server).
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Fact {
    /// The record as a JSON object. A payload is in the form of a record.
    pub(super) raw: Bytes,
    pub(super) is_payload: bool,
}

/// One of the values that a JSON member has in the records and webhook payloads of a submission, with the record or
/// payload from which it comes.
#[derive(Clone, Copy)]
struct Version<'a> {
    value: &'a str,
    /// Index of the record or payload.
    of: usize,
    is_payload: bool,
    /// Newest time of the record; `None` if it has none, or one that is unreadable or repeated.
    time: Option<Timestamp>,
    /// Whether the key is repeated in its object.
    is_repeated: bool,
}

/// All values of each member of a JSON object, in the order in which the keys first occur. A member has several values
/// if several records or payloads of the submission contain it.
#[derive(Default)]
struct Versions<'a> {
    members: Vec<(&'a str, Cow<'a, str>, Vec<Version<'a>>)>,
    by_name: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Versions<'a> {
    /// Adds the members of the JSON object `like.value`. Each member becomes a version with its own value; everything
    /// else, such as the record it comes from, is copied from `like`.
    fn add(&mut self, like: Version<'a>) {
        let mut cursor = JsonCursor(like.value.strip_prefix('{').unwrap_or_default());
        while let Some(key) = cursor.key() {
            let (name, value) = (unescape(key), cursor.value());
            let at = *self.by_name.entry(name.clone()).or_insert(self.members.len());
            if at == self.members.len() {
                self.members.push((key, name, Vec::new()));
            }
            let Some((.., versions)) = self.members.get_mut(at) else { continue };
            let mut version = Version { value, is_repeated: false, ..like };
            if let Some(last) = versions.last_mut().filter(|last| last.of == like.of) {
                last.is_repeated = true;
                version.is_repeated = true;
            }
            versions.push(version);
        }
    }
}

/// Returns the index of the latest of `payloads`, the webhook payloads of one submission in the order of the file. This
/// is the last payload that is not known to be older than another one.
pub(super) fn latest(payloads: &[Bytes]) -> usize {
    let times: Vec<_> = payloads
        .iter()
        .map(|payload| newest_time(Json::again(&super::webhook::record(Json::again(payload)))))
        .collect();
    let newest = times.iter().flatten().max();
    times.iter().rposition(|time| time.is_none() || time.as_ref() == newest).unwrap_or(0)
}

/// Joins the records and webhook payloads of one submission into one record with all their values, and returns it.
/// `facts` are in the order of the file.
pub(super) fn merged(facts: &[Fact]) -> Bytes {
    let mut seen = HashSet::new();
    let facts: Vec<&Fact> = facts.iter().filter(|fact| seen.insert(*fact)).collect();
    if let [only] = facts.as_slice() {
        return only.raw.clone();
    }
    let mut versions = Versions::default();
    for (of, fact) in facts.iter().enumerate() {
        let json = Json::again(&fact.raw);
        let like = Version {
            value: json.as_sent(),
            of,
            is_payload: fact.is_payload,
            time: newest_time(json),
            is_repeated: false,
        };
        versions.add(like);
    }
    let mut out = Vec::new();
    for (key, name, versions) in &versions.members {
        let is_block = |version: &&Version<'_>| version.value.starts_with('{');
        if versions.iter().any(|version| version.is_repeated && is_block(&version)) {
            distinct(versions.iter().copied()).iter().for_each(|version| member(&mut out, key, version.value));
            continue;
        }
        let (blocks, others): (Vec<_>, Vec<_>) = versions.iter().partition(is_block);
        if blocks.is_empty() {
            settled("", name, &others).iter().for_each(|version| member(&mut out, key, version.value));
        } else {
            member(&mut out, key, &block(name, blocks));
            let others = others.into_iter().filter(|version| !is_empty(version.value));
            distinct(others).iter().for_each(|version| member(&mut out, key, version.value));
        }
    }
    out.push(b'}');
    out.into()
}

/// Joins `versions`, the values of the member `name` in several records, such as the objects `kyc`. Returns the JSON
/// text of one object with the members of all of them.
fn block(name: &str, versions: Vec<Version<'_>>) -> String {
    let mut inner = Versions::default();
    versions.into_iter().for_each(|version| inner.add(version));
    let results = inner.members.iter().find(|(_, key, _)| name == "kyc" && key == "result");
    // The comment of a superseded result says nothing about the present one.
    let superseded: HashSet<usize> = results.map_or_else(HashSet::new, |(_, key, versions)| {
        let kept: HashSet<Cow<'_, str>> =
            settled(name, key, versions).iter().map(|version| compact(version.value)).collect();
        versions.iter().filter(|version| !kept.contains(&compact(version.value))).map(|version| version.of).collect()
    });
    let mut out = Vec::new();
    for (quoted, key, versions) in &inner.members {
        if let Some(retries) = all_retries(versions).filter(|_| name == "kyc" && key == "retry") {
            member(&mut out, quoted, &retries);
            continue;
        }
        let is_comment = name == "kyc" && matches!(&**key, "comment" | "commentCode");
        let versions = versions.iter().filter(|version| !is_comment || !superseded.contains(&version.of));
        let versions: Vec<_> = versions.copied().collect();
        settled(name, key, &versions).iter().for_each(|version| member(&mut out, quoted, version.value));
    }
    if out.is_empty() {
        out.push(b'{');
    }
    out.push(b'}');
    String::from_utf8(out).unwrap_or_default()
}

/// Joins `versions`, the lists `kyc.retry` of several payloads, each of which tells of one retry only, and returns the
/// list of all different retries as JSON. Returns `None` if a record has the list, or if a payload has it twice.
fn all_retries(versions: &[Version<'_>]) -> Option<String> {
    let is_list = |version: &Version<'_>| version.value.starts_with('[');
    if versions.len() < 2 || versions.iter().any(|it| !it.is_payload || it.is_repeated || !is_list(it)) {
        return None;
    }
    let mut versions: Vec<Version<'_>> = versions.to_vec();
    versions.sort_by_key(|version| (version.time, version.value));
    let mut seen = HashSet::new();
    let retries = versions.iter().flat_map(|version| Json::again(version.value.as_bytes()).elements());
    let retries: Vec<&str> = retries.map(Json::as_sent).filter(|retry| seen.insert(compact(retry))).collect();
    Some(format!("[{}]", retries.join(",")))
}

/// Returns those `versions` of the member `key` that are kept in the joined record: one, or several if it is unknown
/// which of them is valid. `block` is the name of the object with this member, such as `kyc`; it is empty for a member
/// of the record itself.
fn settled<'a>(block: &str, key: &str, versions: &[Version<'a>]) -> Vec<Version<'a>> {
    let filled = || versions.iter().copied().filter(|version| version.is_repeated || !is_empty(version.value));
    let (payloads, records): (Vec<_>, Vec<_>) = filled().partition(|version| version.is_payload);
    if records.is_empty() {
        let mut kept = distinct(newest(payloads).into_iter());
        // The messages have members of their own, such as `webhook_trigger`, which differ without a contradiction.
        if !BLOCKS.contains(&block) && !BLOCKS.contains(&key) && !kept.iter().any(|version| version.is_repeated) {
            kept = kept.pop().into_iter().collect();
        }
        let empty = versions.iter().copied().min_by_key(|version| version.value).into_iter();
        return if kept.is_empty() { empty.collect() } else { kept };
    }
    let records = newest(records);
    let time = records.iter().map(|version| version.time).min().flatten();
    let is_verdict = matches!((block, key), ("kyc", "result") | ("aml", "currentstatus" | "risk_level_summary"))
        || matches!((block, key), ("", "kyc" | "aml"));
    let counts = |payload: &Version<'_>| match payload.time.zip(time).map(|(payload, record)| payload.cmp(&record)) {
        Some(order) if order.is_ne() => order.is_gt(),
        _ => !HARMLESS.contains(&&*Json::again(payload.value.as_bytes()).text().to_ascii_lowercase()),
    };
    let payloads = payloads.into_iter().filter(|payload| is_verdict && counts(payload));
    distinct(records.into_iter().chain(payloads))
}

/// Returns the versions without those that are known to be older than another version. A version of unknown age is
/// kept.
fn newest(mut versions: Vec<Version<'_>>) -> Vec<Version<'_>> {
    let newest = versions.iter().filter_map(|version| version.time).max();
    versions.retain(|version| version.time.is_none() || version.time == newest);
    versions
}

/// Removes the versions whose value occurs in a later version too, and returns the others in their order.
fn distinct<'a>(versions: impl DoubleEndedIterator<Item = Version<'a>>) -> Vec<Version<'a>> {
    let mut seen = HashSet::new();
    let mut kept: Vec<_> = versions.rev().filter(|version| seen.insert(compact(version.value))).collect();
    kept.reverse();
    kept
}

/// Returns the JSON text `value` without the white space between its parts.
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

/// Returns whether a JSON value says nothing: `null`, a blank text, an object without members, or an array in which
/// each element is `null` or a blank text.
fn is_empty(value: &str) -> bool {
    let json = Json::again(value.as_bytes());
    if json.is_array() {
        return json.elements().all(|element| element.is_null() || element.text().trim().is_empty());
    }
    if json.is_object() { json.members().next().is_none() } else { json.text().trim().is_empty() }
}

/// Returns the newest time at which a record changed. Returns `None` if the record has no such time, or if one of its
/// times is unreadable or occurs twice.
pub(super) fn newest_time(record: Json<'_>) -> Option<Timestamp> {
    let triggers = || record.members().filter(|(key, _)| key == "webhook_trigger");
    let is_created = triggers().count() == 1 && triggers().all(|(_, value)| value.text() == "created");
    let is_time = |key: &str| TIMES.contains(&key) || (is_created && key == "created_at");
    let mut seen = HashSet::new();
    let mut newest = None;
    for (key, value) in record.members().filter(|(key, value)| is_time(key) && !is_empty(value.as_sent())) {
        let is_first = seen.insert(key);
        newest = newest.max(Some(time::read(&value.string().filter(|_| is_first)?)?));
    }
    newest
}

fn member(out: &mut Vec<u8>, key: &str, value: &str) {
    out.push(if out.is_empty() { b'{' } else { b',' });
    out.extend_from_slice(key.as_bytes());
    out.push(b':');
    out.extend_from_slice(value.as_bytes());
}

#[cfg(test)]
mod tests;

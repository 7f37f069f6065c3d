//! Joins two answers about one submission into one record.
//!
//! The service sends a part of a submission (a group of fields, such as `aml`) when the query parameter `request_type`
//! requests it. So two answers may have different parts. They are joined as text: each value keeps its characters as
//! sent.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json::{JsonCursor, unescape};

/// Joins two answers about the same submission, both JSON objects, into one record and returns its JSON text.
///
/// * A member that only one answer has is kept unchanged.
/// * Of a member that both have, the newer value is kept.
/// * If both values are objects, such as `kyc`, their members are joined by these two rules. Objects inside them are
///   not joined.
/// * If an answer repeats a key, all values of this key in both answers are kept, so that the contradiction stays
///   visible.
pub fn join_records(older: &[u8], newer: &[u8]) -> Vec<u8> {
    let [older, newer] = [older, newer].map(|raw| std::str::from_utf8(raw).unwrap_or_default().trim_ascii());
    let mut out = Vec::with_capacity(older.len() + newer.len());
    join(older, newer, true, &mut out);
    out
}

/// Writes the joined members of the JSON objects `older` and `newer` to `out`. If `joins_blocks` is true, two objects
/// (blocks) with the same key are joined member by member. Otherwise the object in `newer` replaces the one in `older`.
fn join(older: &str, newer: &str, joins_blocks: bool, out: &mut Vec<u8>) {
    let [olds, news] = [older, newer].map(members);
    let [of_old, of_new] = [&olds, &news].map(|members| {
        let mut by_name: HashMap<&str, (usize, &str)> = HashMap::new();
        for member in members {
            let (count, value) = by_name.entry(&member.name).or_default();
            (*count, *value) = (*count + 1, member.value);
        }
        by_name
    });
    let is_single = |name: &str| [&of_old, &of_new].iter().all(|of| of.get(name).is_some_and(|(count, _)| *count == 1));
    out.push(b'{');
    for old in &olds {
        out.extend_from_slice(old.key.as_bytes());
        out.push(b':');
        match of_new.get(&*old.name).filter(|_| is_single(&old.name)) {
            Some((_, new)) if joins_blocks && [old.value, new].iter().all(|value| value.starts_with('{')) => {
                join(old.value, new, false, out);
            }
            Some((_, new)) => out.extend_from_slice(new.as_bytes()),
            None => out.extend_from_slice(old.value.as_bytes()),
        }
        out.push(b',');
    }
    for new in news.iter().filter(|new| !is_single(&new.name)) {
        out.extend_from_slice(new.key.as_bytes());
        out.push(b':');
        out.extend_from_slice(new.value.as_bytes());
        out.push(b',');
    }
    out.pop_if(|last| *last == b',');
    out.push(b'}');
}

/// One member of a JSON object.
struct Member<'a> {
    /// Key as sent, with its quotes.
    key: &'a str,
    /// Unescaped key, by which members are compared.
    name: Cow<'a, str>,
    /// Value as sent.
    value: &'a str,
}

fn members(object: &str) -> Vec<Member<'_>> {
    let mut cursor = JsonCursor(object.strip_prefix('{').unwrap_or_default());
    let next = || cursor.key().map(|key| Member { key, name: unescape(key), value: cursor.value() });
    std::iter::from_fn(next).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::*;
    use crate::submission::read;
    use crate::submission::row::{Column, Row};

    fn join(older: &str, newer: &str) -> String {
        let text = String::from_utf8(join_records(older.as_bytes(), newer.as_bytes())).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        text
    }

    #[test]
    fn members_of_both_answers_are_kept_as_sent() {
        let list = r#"{ "submission_id": "a", "data": {"name":"Kim"}, "kyc": { "result":"approved" } }"#;
        assert_eq!(
            join(list, r#"{"submission_id":"a","aml":{"currentstatus":"Red Flag", "x": 1.0e0}}"#),
            concat!(
                r#"{"submission_id":"a","data":{"name":"Kim"},"kyc":{ "result":"approved" },"#,
                r#""aml":{"currentstatus":"Red Flag", "x": 1.0e0}}"#
            )
        );
        assert_eq!(join("{}", "{}"), "{}");
        assert_eq!(join(r#"{"a":1}"#, "{}"), r#"{"a":1}"#);
        assert_eq!(join("{}", r#"{"a":[{"b":2}]}"#), r#"{"a":[{"b":2}]}"#);
    }

    #[test]
    fn a_block_of_both_answers_is_joined_and_the_newer_value_wins() {
        let list = r#"{"kyc":{"result":"pending","comment":["x"]},"email":"old"}"#;
        let part = r#"{"kyc":{"result":"approved","attempts":[{"a":1}]},"email":"new"}"#;
        assert_eq!(
            join(list, part),
            r#"{"kyc":{"result":"approved","comment":["x"],"attempts":[{"a":1}]},"email":"new"}"#
        );
        let deep = join(r#"{"a":{"b":{"c":1,"d":2}}}"#, r#"{"a":{"b":{"c":3}}}"#);
        assert_eq!(deep, r#"{"a":{"b":{"c":3}}}"#, "only blocks are joined, not what they hold");
        for other in ["null", "[]", "7", r#""text""#] {
            assert_eq!(join(r#"{"aml":{"a":1}}"#, &format!(r#"{{"aml":{other}}}"#)), format!(r#"{{"aml":{other}}}"#));
            assert_eq!(join(&format!(r#"{{"aml":{other}}}"#), r#"{"aml":{"a":1}}"#), r#"{"aml":{"a":1}}"#);
        }
    }

    #[test]
    fn a_repeated_key_keeps_all_its_values() {
        let [once, twice] = [r#"{"k":{"a":1}}"#, r#"{"k":{"a":2},"\u006b":{"b":3}}"#];
        assert_eq!(join(once, twice), r#"{"k":{"a":1},"k":{"a":2},"\u006b":{"b":3}}"#);
        assert_eq!(join(twice, once), r#"{"k":{"a":2},"\u006b":{"b":3},"k":{"a":1}}"#);
        let within = join(r#"{"kyc":{"result":"approved"}}"#, r#"{"kyc":{"result":"pending","result":"approved"}}"#);
        assert_eq!(within, r#"{"kyc":{"result":"approved","result":"pending","result":"approved"}}"#);
    }

    #[test]
    fn an_escaped_key_is_the_same_key() {
        assert_eq!(join(r#"{"kyc":{"a":1}}"#, r#"{"\u006byc":{"b":2}}"#), r#"{"kyc":{"a":1,"b":2}}"#);
    }

    /// Returns a generator of random submissions as JSON. Each has some of the fields that rows of the list show, in
    /// any order.
    fn record() -> impl Strategy<Value = String> {
        let value =
            select(vec![r#""x""#, r#""2026-11-20T12:00:00Z""#, r#""pending""#, "7", "null", r#""""#, "[]", "[1,{}]"]);
        let field = |key: &'static str| value.clone().prop_map(move |value| format!(r#""{key}":{value}"#));
        let block = |name: &'static str, keys: &'static [&'static str]| {
            (subsequence(keys, 0..=keys.len()), prop::collection::vec(value.clone(), keys.len())).prop_map(
                move |(keys, values)| {
                    let members = keys.iter().zip(values).map(|(key, value)| format!(r#""{key}":{value}"#));
                    format!(r#""{name}":{{{}}}"#, members.collect::<Vec<_>>().join(", "))
                },
            )
        };
        let members = vec![
            field("email").boxed(),
            field("created_at").boxed(),
            field("argos_score").boxed(),
            block("data", &["name", "nationality", "ip_address", "idType"]).boxed(),
            block("kyc", &["result", "commentCode", "attempts"]).boxed(),
            block("aml", &["currentstatus", "risk_level_summary"]).boxed(),
        ];
        let count = members.len();
        (members, subsequence((0..count).collect::<Vec<_>>(), 0..=count)).prop_map(|(members, kept)| {
            let kept = kept.into_iter().filter_map(|at| members.get(at).cloned());
            format!("{{{}}}", kept.collect::<Vec<_>>().join(","))
        })
    }

    proptest! {
        /// For each column, the row of a joined record has the same cell as the rows of its two answers after these are
        /// merged.
        #[test]
        fn the_row_of_a_joined_record_is_the_merged_row(older in record(), newer in record()) {
            let row = |record: &str| read::row(record.as_bytes(), false);
            let merged = Row::merged(&row(&newer), &row(&older));
            let of_joined = row(&join(&older, &newer));
            for column in Column::sent() {
                prop_assert!(of_joined.cell(column) == merged.cell(column), "{column:?}: {older} and {newer}");
            }
            let again = join(&join(&older, &newer), &newer);
            prop_assert_eq!(join(&again, &newer), again, "only white space changes after the first time");
        }
    }
}

//! Finds the differences between the list record and the full record of one submission.
//!
//! According to the documentation, lists leave fields out, so a value that only the full record holds is no difference.
//! A value of the list record is a difference if the full record does not hold it, or holds another value there. A
//! single value and a list with only that value count as equal, since the documentation and its samples disagree about
//! which of them is sent.
//!
//! Equivalent values are no difference: documented fields are compared by the same rules as in the OCR tab. Values that
//! are new in each answer, such as links to images, are never compared.

mod kinds;

use super::Document;
use super::node::Node;
use super::path;
use super::provenance::{Comparison, compare, is_withheld};
pub(super) use kinds::{is_new_each_time, kind};

/// Maximum number of differences between the list record and the full record of a submission that are kept in
/// [`Differences::listed`]. More are not useful, because nobody reads them line by line.
const MAX_DIFFERENCES: usize = 200;

/// Maximum number of characters of a number that is compared by its numeric value. Longer numbers are compared as
/// texts, because floating point cannot hold all their digits.
const MAX_EXACT_DIGITS: usize = 15;

/// A difference between the list record of a submission (its item on a page of the list) and its full record: a value
/// of the list record that is absent from the full record, or different there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path of the value in the list record, such as `kyc.result`.
    pub list: String,
    /// The path of the different value in the full record, which may have another key there; `None` if the full record
    /// has no such value.
    pub single: Option<String>,
}

/// All differences between the list record and the full record of one submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// The differences in the order of the list record. At most 200 are kept.
    pub listed: Vec<Difference>,
    /// Number of further differences that are not in `listed`.
    pub more: usize,
    /// Number of values of the list record that were not compared, because a part of one of the two records was not
    /// parsed.
    pub unread: usize,
}

impl Differences {
    /// Compares the list record `list` with the full record `single` of the same submission. The time is proportional
    /// to their lengths. Numbers are compared by value, not by spelling. Texts of undocumented fields are compared as
    /// sent.
    pub fn of(list: &Document, single: &Document) -> Self {
        let mut differences = Self::default();
        let (list, single) = (list.root(), single.root());
        differences.objects(list.node(), single.node(), "");
        differences
    }

    /// Returns the number of all differences between list record and full record, including those that are not in
    /// [`Self::listed`].
    pub fn count(&self) -> usize {
        self.listed.len() + self.more
    }

    fn objects(&mut self, list: &Node, single: &Node, above: &str) {
        for (key, node) in list.members() {
            if node.is_rest() {
                self.unread += node.unparsed_count();
                continue;
            }
            let key = key.expose();
            // A repeated key is compared once, with all its values.
            let values: Vec<&Node> = list.all(key).collect();
            if !values.first().is_some_and(|first| std::ptr::eq(*first, node)) {
                continue;
            }
            let path = path::member(above, key);
            let others: Vec<&Node> = single.all(key).collect();
            let (other_path, others) = match other_name_of(&path) {
                Some(other) if others.is_empty() => (path::member(above, other), single.all(other).collect()),
                _ => (path.clone(), others),
            };
            match (values.as_slice(), others.as_slice()) {
                ([value], [other]) => self.values(value, Some(other), &path, &other_path),
                // It may be in a part that was not opened.
                (_, []) if single.members().iter().any(|(_, node)| node.is_rest()) => self.unread += 1,
                ([value], []) => self.values(value, None, &path, &other_path),
                (values, others) if values == others => {}
                _ => self.add(&path, (!others.is_empty()).then_some(&*other_path)),
            }
        }
    }

    fn values(&mut self, list: &Node, single: Option<&Node>, path: &str, other_path: &str) {
        if is_nothing(list) {
            return;
        }
        let Some(single) = single.filter(|single| !is_nothing(single)) else { return self.add(path, None) };
        if let (Node::Object(_), Node::Object(_)) = (list, single) {
            return self.objects(list, single, path);
        }
        let many = matches!(list, Node::List(_)) || matches!(single, Node::List(_));
        if !many || list.count() != single.count() {
            if !means_same(list, single, path) {
                let is_unread = [list, single].iter().any(|node| matches!(node, Node::Raw(_)));
                if is_unread { self.unread += 1 } else { self.add(path, Some(other_path)) }
            }
            return;
        }
        let (mine, theirs) = (list.list(), single.list());
        self.unread += list.count() - mine.len().min(theirs.len());
        for (at, (one, other)) in mine.iter().zip(theirs).enumerate() {
            let of = |node: &Node, path: &str| {
                if matches!(node, Node::List(_)) { format!("{path}[{at}]") } else { path.to_owned() }
            };
            self.values(one, Some(other), &of(list, path), &of(single, other_path));
        }
    }

    fn add(&mut self, list: &str, single: Option<&str>) {
        if self.listed.len() < MAX_DIFFERENCES {
            self.listed.push(Difference { list: list.to_owned(), single: single.map(str::to_owned) });
        } else {
            self.more += 1;
        }
    }
}

/// Returns the other key under which the full record may hold the field at `path`, the path in the list record. Only
/// the field `data.name` has another key: `full_name`. Returns `None` for every other path.
fn other_name_of(path: &str) -> Option<&'static str> {
    (path == "data.name").then_some("full_name")
}

/// Returns whether the value `node` counts as not sent when two records are compared: null, or an empty text, list or
/// object.
fn is_nothing(node: &Node) -> bool {
    match node {
        Node::Null => true,
        Node::List(elements) => elements.is_empty(),
        Node::Object(members) => members.is_empty(),
        node => node.expose().is_some_and(str::is_empty),
    }
}

fn is_same(one: &Node, other: &Node) -> bool {
    let (text, number) = ((one.expose(), other.expose()), (one.number(), other.number()));
    let exact = [text.0, text.1].iter().flatten().all(|text| text.len() <= MAX_EXACT_DIGITS);
    (text.0.is_some() && text.0 == text.1) || (exact && number.0.is_some() && number.0 == number.1)
}

/// Returns whether `one` and `other`, two values of the field at `path`, are equal or mean the same.
pub(super) fn means_same(one: &Node, other: &Node, path: &str) -> bool {
    is_same(one, other) || is_equivalent(one, other, path)
}

/// Returns whether `one` and `other`, two values of the field at `path`, mean the same although they are written
/// differently. Values that cannot be compared count as equivalent, too: those that the service sends new in each
/// answer, and those that it masked.
fn is_equivalent(one: &Node, other: &Node, path: &str) -> bool {
    let (Some(one), Some(other)) = (one.expose(), other.expose()) else { return false };
    if is_new_each_time(path, one, other) {
        return true;
    }
    let Some(kind) = kind(path) else { return false };
    is_withheld(one, &[other])
        || is_withheld(other, &[one])
        || matches!(compare(one, other, kind), Comparison::Same | Comparison::Equivalent(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(list: &str, single: &str) -> Vec<(String, Option<String>)> {
        let (list, single) =
            (Document::parse_copy(list.as_bytes(), false), Document::parse_copy(single.as_bytes(), true));
        let found = Differences::of(&list, &single);
        assert_eq!(found.more, 0);
        found.listed.into_iter().map(|each| (each.list, each.single)).collect()
    }

    fn one(path: &str, single: Option<&str>) -> Vec<(String, Option<String>)> {
        vec![(path.to_owned(), single.map(str::to_owned))]
    }

    #[test]
    fn what_the_list_leaves_out_is_no_difference() {
        assert_eq!(differences(r#"{"a":1}"#, r#"{"a":1,"b":2,"c":{"d":3}}"#), []);
        assert_eq!(differences(r#"{"a":null,"b":"","c":[],"aml":{}}"#, r#"{"a":1,"b":2,"c":[1],"aml":{"d":3}}"#), []);
    }

    #[test]
    fn the_name_may_have_another_key_in_a_list() {
        assert_eq!(differences(r#"{"data":{"name":"Kim"}}"#, r#"{"data":{"full_name":"Kim"}}"#), []);
        assert_eq!(
            differences(r#"{"data":{"name":"Kim"}}"#, r#"{"data":{"full_name":"Lee"}}"#),
            one("data.name", Some("data.full_name"))
        );
    }

    #[test]
    fn one_or_many_are_one_thing() {
        assert_eq!(differences(r#"{"kyc":{"comment":"x"}}"#, r#"{"kyc":{"comment":["x"]}}"#), []);
        assert_eq!(differences(r#"{"kyc":{"comment":["x"]}}"#, r#"{"kyc":{"comment":"x"}}"#), []);
        assert_eq!(
            differences(r#"{"kyc":{"comment":"x"}}"#, r#"{"kyc":{"comment":["y"]}}"#),
            one("kyc.comment", Some("kyc.comment[0]"))
        );
        assert_eq!(differences(r#"{"a":["x"]}"#, r#"{"a":["x","y"]}"#), one("a", Some("a")));
    }

    #[test]
    fn the_same_answer_twice_says_the_same_whatever_it_repeats() {
        for same in [r#"{"a":1,"a":2,"b":{"c":[1,[2,{"d":null}]]}}"#, "no json", r#"{"a":{"x":1,"x":1}}"#] {
            assert_eq!(differences(same, same), [], "{same}");
        }
        assert_eq!(differences(r#"{"a":1,"a":2}"#, r#"{"a":2}"#), one("a", Some("a")));
    }

    #[test]
    fn numbers_are_compared_by_their_value_as_far_as_that_is_exact() {
        assert_eq!(differences(r#"{"a":"80","b":80.0}"#, r#"{"a":80.0,"b":"80"}"#), []);
        assert_eq!(differences(r#"{"a":9007199254740993}"#, r#"{"a":9007199254740992}"#), one("a", Some("a")));
    }

    #[test]
    fn equivalent_values_are_no_difference() {
        for (key, list, single) in [
            ("data.name", "KIM, MINJUN", "Minjun Kim"),
            ("data.date_of_birth", "14 MAR 1990", "1990-03-14"),
            ("email", "Kim@Example.com", "kim@example.com"),
            ("created_at", "2026-11-21T09:14:05Z", "2026-11-21T18:14:05.000+09:00"),
            ("data.identityNumber", "900101-1234567", "900101-*******"),
        ] {
            let record = |value: &str| match key.split_once('.') {
                Some((block, key)) => format!(r#"{{"{block}":{{"{key}":"{value}"}}}}"#),
                None => format!(r#"{{"{key}":"{value}"}}"#),
            };
            assert_eq!(differences(&record(list), &record(single)), [], "{key}");
            let other = record(&single.replace('1', "2").replace(['k', 'K'], "L"));
            assert_eq!(differences(&record(list), &other).len(), 1, "{key}: {other}");
        }
        assert_eq!(differences(r#"{"userid":"A B"}"#, r#"{"userid":"AB"}"#).len(), 1, "an id has one notation");
    }

    #[test]
    fn values_that_are_new_in_each_answer_are_not_compared() {
        let record = |sign: &str| {
            format!(
                r#"{{"image":{{"idImage":"https://images.example.com/a?sign={sign}"}},"undocumented":"https://x.example.com/{sign}",
                "pre_verification":{{"request_id":"{sign}"}},
                "kyc":{{"attempts":[{{"selfieImage":"{sign}","step1Time1st":"{sign}"}}]}}}}"#
            )
        };
        assert_eq!(differences(&record("one"), &record("two")), []);
        assert_eq!(differences(&record("one"), r#"{"image":{}}"#).len(), 4, "a value that is missing is a difference");
    }

    #[test]
    fn what_was_not_read_is_neither_the_same_nor_different() {
        let zeros = vec!["0"; 300_000].join(",");
        let whole = format!(r#"{{"email":"a@example.com","x":[{zeros}],"new":1}}"#);
        let (list, single) = (
            Document::parse_copy(br#"{"email":"b@example.com","new":1,"x":[1]}"#, false),
            Document::parse_copy(whole.as_bytes(), true),
        );
        let found = Differences::of(&list, &single);
        assert_eq!(found.listed.iter().map(|each| each.list.as_str()).collect::<Vec<_>>(), ["email", "x"]);
        assert_eq!(found.unread, 1, "`new` may be in a part that was not read");
        let (list, single) =
            (Document::parse_copy(whole.as_bytes(), false), Document::parse_copy(whole.as_bytes(), true));
        let found = Differences::of(&list, &single);
        assert!(found.count() == 0 && found.unread > 200_000);
    }

    #[test]
    fn many_repeated_keys_take_no_time() {
        let members: String = (0..20_000).map(|at| format!(r#""k{at}":1,"k{at}":2,"#)).collect();
        let text = format!(r#"{{{members}"z":1}}"#);
        assert_eq!(differences(&text, &text), []);
    }

    #[test]
    fn what_the_list_says_otherwise_or_alone_is_told() {
        let found = differences(
            r#"{"kyc":{"result":"approved","comment":["x"]},"memo":{"text":"only here"},"gone":null,"z":{"a":1}}"#,
            r#"{"kyc":{"result":"pending"},"memo":{},"z":"text"}"#,
        );
        let wanted =
            [one("kyc.result", Some("kyc.result")), one("kyc.comment", None), one("memo", None), one("z", Some("z"))];
        assert_eq!(found, wanted.concat());
    }
}

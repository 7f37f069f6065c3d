//! Where the list answer and the single answer of one submission do not say the same.
//!
//! The service documents that lists leave fields out, so that what only the single answer holds is no difference. What only
//! the list holds, or holds otherwise, is: both stand side by side, and neither is dropped.

use super::document::{Document, Field};

/// Differences that are told; a submission that changed altogether is not read line by line.
const MOST: usize = 200;

/// A value of the list answer that the single answer does not hold, or holds otherwise.
#[derive(Debug)]
pub struct Difference<'a> {
    /// What the list answer says.
    pub list: Field<'a>,
    /// What the single answer says at the same path; none where it says nothing there.
    pub single: Option<Field<'a>>,
}

/// Every difference in the order of the list answer, and how many more there are. Values are compared as sent; for numbers
/// their value counts, not how they are written.
#[must_use]
pub fn differences<'a>(list: &'a Document, single: &'a Document) -> (Vec<Difference<'a>>, usize) {
    let (mut found, mut more) = (Vec::new(), 0);
    list.root().walk(&mut |field| {
        let other = single.field(field.path()).or_else(|| renamed(field.path()).and_then(|path| single.field(path)));
        let same = match &other {
            Some(other) => is_same(field, other),
            None => field.is_empty(),
        };
        if same {
            return;
        }
        if found.len() < MOST {
            found.push(Difference { list: field.clone(), single: other });
        } else {
            more += 1;
        }
    });
    (found, more)
}

/// Samples of lists hold `data.name`, single answers `data.full_name`: one field under two names.
fn renamed(path: &str) -> Option<&'static str> {
    (path == "data.name").then_some("data.full_name")
}

fn is_same(one: &Field<'_>, other: &Field<'_>) -> bool {
    let texts = (one.text(), other.text());
    let empty = one.is_empty() && other.is_empty();
    empty || (texts.0.is_some() && texts.0 == texts.1) || (one.number().is_some() && one.number() == other.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &str, single: &str) -> Vec<(String, Option<String>)> {
        let (list, single) = (Document::read(list.as_bytes(), false), Document::read(single.as_bytes(), true));
        let text = |field: &Field<'_>| field.text().unwrap_or("(no text)").to_owned();
        let (found, _) = differences(&list, &single);
        found.iter().map(|each| (each.list.path().to_owned(), each.single.as_ref().map(text))).collect()
    }

    #[test]
    fn what_the_list_leaves_out_is_no_difference() {
        assert_eq!(told(r#"{"a":1}"#, r#"{"a":1,"b":2,"c":{"d":3}}"#), []);
    }

    #[test]
    fn the_name_may_have_another_key_in_a_list() {
        assert_eq!(told(r#"{"data":{"name":"Kim"}}"#, r#"{"data":{"full_name":"Kim"}}"#), []);
        assert_eq!(told(r#"{"data":{"name":"Kim"}}"#, r#"{"data":{"full_name":"Lee"}}"#).len(), 1);
    }

    #[test]
    fn what_the_list_says_otherwise_or_alone_is_told() {
        let found = told(
            r#"{"kyc":{"result":"approved","comment":["x"]},"argos_score":"80","memo":{"text":"only here"},"gone":null}"#,
            r#"{"kyc":{"result":"pending"},"argos_score":80.0,"memo":{}}"#,
        );
        assert_eq!(
            found,
            [
                ("kyc.result".to_owned(), Some("pending".to_owned())),
                ("kyc.comment[0]".to_owned(), None),
                ("memo.text".to_owned(), None),
            ]
        );
    }
}

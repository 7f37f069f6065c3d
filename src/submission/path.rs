//! Writes and parses paths to the values of a submission, such as `kyc.attempts[0].errorCode`. A key that contains a
//! dot, a bracket, a quotation mark or a backslash is in quotes: `aml.raw_data["a.b"]`.
//!
//! Keys come from the service and may be hostile. A hostile key in quotes cannot look like a path to another value.

mod read;

use std::borrow::Cow;

use crate::text::json_string;

pub use read::{PathError, read};

/// One step of the path to a field of a submission: a key or a list position. The path `kyc.attempts[0]` has three
/// steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The key of an object's member.
    Key(Cow<'a, str>),
    /// The position of a list element, counted from 0.
    At(usize),
}

/// Returns whether a key is written in quotes in a path. This is so if the key is empty, or contains a dot, a bracket,
/// a quotation mark or a backslash. These characters have a meaning in paths.
pub fn is_quoted(key: &str) -> bool {
    key.is_empty() || key.bytes().any(|byte| matches!(byte, b'.' | b'[' | b']' | b'"' | b'\\'))
}

/// Returns the path to the member `key` of the object at `path`: `kyc.result` for `kyc` and `result`. The path of the
/// whole submission is empty.
pub fn member(path: &str, key: &str) -> String {
    if is_quoted(key) {
        return format!("{path}[{}]", quoted(key));
    }
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{key}")
}

/// Iterates over the steps of a path (keys and list positions), from left to right.
pub fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        let (step, left) = first(rest)?;
        rest = left;
        Some(step)
    })
}

/// Returns the path without its last key or list position: `kyc.attempts` for `kyc.attempts[0]`. `None` for an empty
/// path.
pub fn parent(path: &str) -> Option<&str> {
    let mut rest = path;
    let mut start = None;
    while let Some((_, left)) = first(rest) {
        start = Some(path.len() - rest.len());
        rest = left;
    }
    path.get(..start?)
}

/// Returns the path without its list positions: `kyc.attempts.errorCode` for `kyc.attempts[0].errorCode`. The service's
/// documentation writes paths in this form.
pub fn pattern(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((step, left)) = first(rest) {
        if let Step::Key(_) = step {
            out.push_str(rest.get(..rest.len() - left.len()).unwrap_or_default());
        }
        rest = left;
    }
    out
}

/// Returns the path in the syntax of the command-line program `jq`, such as `.kyc.attempts[0].errorCode`. Invisible and
/// control characters in keys are escaped, because the result is meant to be pasted into a shell.
pub fn jq(path: &str) -> String {
    let is_name = |key: &str| {
        let begins = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        begins && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let mut out = String::new();
    for step in steps(path) {
        // A bracket needs something before it.
        let dot = if out.is_empty() { "." } else { "" };
        out += &match step {
            Step::Key(key) if is_name(&key) => format!(".{key}"),
            Step::Key(key) => format!("{dot}[{}]", json_string(&key)),
            Step::At(at) => format!("{dot}[{at}]"),
        };
    }
    if out.is_empty() { ".".to_owned() } else { out }
}

fn quoted(key: &str) -> String {
    format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns the first key or list position of a path, and the rest of the path. `None` for an empty path.
fn first(path: &str) -> Option<(Step<'_>, &str)> {
    let after_dot = path.strip_prefix('.').unwrap_or(path);
    if let Some(key) = path.strip_prefix("[\"") {
        return Some(unquoted(key));
    }
    if let Some((position, rest)) = path.strip_prefix('[').and_then(|inner| inner.split_once(']'))
        && let Ok(at) = position.parse()
    {
        return Some((Step::At(at), rest));
    }
    let end = after_dot.find(['.', '[']).filter(|end| *end > 0).unwrap_or(after_dot.len());
    let (key, rest) = after_dot.split_at_checked(end)?;
    (!key.is_empty()).then_some((Step::Key(Cow::Borrowed(key)), rest))
}

/// Parses a key in quotes and brackets, such as `["a.b"]` in a path. `text` begins after the opening quotation mark.
/// Returns the key, and the rest of the path after the closing bracket.
fn unquoted(text: &str) -> (Step<'_>, &str) {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => key.extend(chars.next().map(|(_, c)| c)),
            '"' => {
                let rest = text.get(at + 1..).unwrap_or_default();
                return (Step::Key(Cow::Owned(key)), rest.strip_prefix(']').unwrap_or(rest));
            }
            c => key.push(c),
        }
    }
    (Step::Key(Cow::Owned(key)), "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_are_written_as_people_know_them() {
        let path = format!("{}[0]", member("kyc", "attempts"));
        let path = member(&path, "errorCode");
        assert_eq!(path, "kyc.attempts[0].errorCode");
        assert_eq!(pattern(&path), "kyc.attempts.errorCode");
        assert_eq!(parent(&path), Some("kyc.attempts[0]"));
        assert_eq!(parent("kyc.attempts[0]"), Some("kyc.attempts"));
        assert_eq!(parent("kyc"), Some(""));
        assert_eq!(parent(""), None);
    }

    #[test]
    fn a_key_that_looks_like_a_path_is_no_path() {
        assert_eq!(member("", "kyc.result"), r#"["kyc.result"]"#);
        assert_eq!(pattern(r#"["kyc.result"]"#), r#"["kyc.result"]"#);
        assert_eq!(parent(r#"aml.raw_data["a.b"]"#), Some("aml.raw_data"));
    }

    #[test]
    fn jq_takes_what_is_given() {
        assert_eq!(jq("kyc.attempts[0].errorCode"), ".kyc.attempts[0].errorCode");
        assert_eq!(jq(r#"["a.b"].c-d[2]"#), r#".["a.b"]["c-d"][2]"#);
        assert_eq!(jq(""), ".");
        assert_eq!(jq(&member("", "")), r#".[""]"#, "a member with an empty key is not the whole");
        let hostile = member("", "a\nrm -rf ~\n\u{202e}\u{1b}");
        assert_eq!(jq(&hostile), r#".["a\nrm -rf ~\n\u202e\u001b"]"#);
    }

    proptest! {
        #[test]
        fn every_key_is_read_back(keys in prop::collection::vec(any::<String>(), 0..5), at in 0_usize..99) {
            let path = keys.iter().fold(String::new(), |path, key| format!("{}[{at}]", member(&path, key)));
            let read: Vec<Step<'_>> = steps(&path).collect();
            let wanted: Vec<Step<'_>> =
                keys.iter().flat_map(|key| [Step::Key(Cow::Borrowed(key.as_str())), Step::At(at)]).collect();
            prop_assert_eq!(read, wanted);
        }
    }
}

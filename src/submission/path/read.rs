//! Parses a path that a user typed. Accepted are the form that this program shows, the forms of `jq` and JSONPath, and
//! typographic quotation marks and full-width characters from copied text. Any other form is an error, since the path
//! would find no field.

use std::borrow::Cow;
use std::iter::Peekable;
use std::vec::IntoIter;

use super::{member, quoted};
use crate::text::typed::{ascii, in_ascii, is_quotation_mark};

/// The error for a text that is not a valid path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path: {what}; write keys and positions, as in kyc.attempts[0].errorCode or aml[\"a.b\"]")]
pub struct PathError {
    what: Cow<'static, str>,
}

/// Parses a path that a user typed, and returns it in the form that [`member`] writes: `kyc.result` for
/// `$.kyc['result']`.
///
/// In keys without quotes, full-width characters become ASCII, and invisible characters and blanks at both ends are
/// removed. A typed key in quotes keeps its quotes only if parsing it without quotes would change it.
///
/// # Errors
/// Returns [`PathError`] if the text is not a path. The message says what is wrong, such as `two dots`.
pub fn read(text: &str) -> Result<String, PathError> {
    let mut scan = PathScan { rest: text.trim().chars().collect::<Vec<_>>().into_iter().peekable() };
    let mut path = String::new();
    // JSONPath begins with the root, jq with a dot.
    let rooted = text.trim().starts_with(['$', '＄']) && text.trim().chars().nth(1).is_none_or(is_step);
    if rooted {
        scan.rest.next();
    }
    let mut dot = scan.take('.');
    loop {
        match scan.peek() {
            None if path.is_empty() => return no("it names no field"),
            None if dot => return no("a dot at the end"),
            None => return Ok(path),
            Some('.') if dot => return no("two dots"),
            Some('.') => {
                scan.take('.');
                dot = true;
                continue;
            }
            Some('[') => scan.bracket(&mut path)?,
            Some('"') if dot => {
                let key = scan.quoted()?;
                path = below(&path, &key);
            }
            Some(_) if !dot && !path.is_empty() => return no("a key after a bracket needs a dot before it"),
            Some('/') => return no("a path begins with no /"),
            Some(_) => {
                let key = scan.key()?;
                path = below(&path, &key);
            }
        }
        dot = false;
    }
}

fn no<T>(message: impl Into<Cow<'static, str>>) -> Result<T, PathError> {
    Err(PathError { what: message.into() })
}

/// Returns the path to the member `key` of the object at `path`, for the result of [`read`]. The key is written in
/// quotes if [`read`] would change it without quotes.
fn below(path: &str, key: &str) -> String {
    let is_plain = in_ascii(key) == key && !key.starts_with('/') && !key.contains(',') && key != "$";
    if is_plain { member(path, key) } else { format!("{path}[{}]", quoted(key)) }
}

/// Returns whether the character begins a new step of a path: a dot or an opening bracket.
fn is_step(c: char) -> bool {
    matches!(sign(c), '.' | '[')
}

/// Returns the ASCII character with a meaning in paths (`.`, `[`, `]`, `/` or `"`) that `c` is or looks like: `"` for
/// `“`. Returns any other character unchanged.
fn sign(c: char) -> char {
    if is_quotation_mark(c) { '"' } else { ascii(c).filter(|c| matches!(c, '.' | '[' | ']' | '/')).unwrap_or(c) }
}

struct PathScan {
    rest: Peekable<IntoIter<char>>,
}

impl PathScan {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().map(|c| sign(*c))
    }

    fn take(&mut self, wanted: char) -> bool {
        self.rest.next_if(|c| sign(*c) == wanted).is_some()
    }

    /// Parses the key without quotes that begins at the current position of the typed path, up to the next dot or
    /// opening bracket. Returns an error if the key needs quotes.
    fn key(&mut self) -> Result<String, PathError> {
        let mut key = String::new();
        while let Some(c) = self.rest.next_if(|c| !is_step(*c)) {
            key.push(c);
        }
        let meant = in_ascii(&key);
        if meant.is_empty() {
            return no("a key of blanks needs quotes");
        }
        if meant.contains(['"', '\\', ']']) {
            return no(format!("the key {meant} needs quotes"));
        }
        Ok(meant.into_owned())
    }

    /// Parses the key in quotes at the current position of the typed path. Quotation marks of the keyboard and
    /// typographic ones are accepted. The text in quotes is read as a JSON string; if it is not valid, each backslash
    /// is dropped.
    fn quoted(&mut self) -> Result<String, PathError> {
        let (mut key, mut json) = (String::new(), String::from("\""));
        let open = self.rest.next();
        let closes = |c: char| if open == Some('"') || open == Some('\'') { Some(c) == open } else { sign(c) == '"' };
        while let Some(c) = self.rest.next() {
            match c {
                c if closes(c) => {
                    json.push('"');
                    return Ok(serde_json::from_str(&json).unwrap_or(key));
                }
                '\\' => {
                    json.push('\\');
                    let escaped = self.rest.next();
                    json.extend(escaped);
                    key.extend(escaped);
                }
                c => {
                    json.push(c);
                    key.push(c);
                }
            }
        }
        no("a quote that is not closed")
    }

    /// Parses the step in brackets at the current position of the typed path: a list position (`[0]`) or a key in
    /// quotes (`["a.b"]`). Appends it to `path`, the path that was parsed so far.
    fn bracket(&mut self, path: &mut String) -> Result<(), PathError> {
        self.rest.next();
        if self.peek() == Some('"') || self.rest.peek() == Some(&'\'') {
            let key = self.quoted()?;
            *path = below(path, &key);
            return if self.take(']') { Ok(()) } else { no("a bracket that is not closed") };
        }
        let mut inner = String::new();
        while let Some(c) = self.rest.next_if(|c| sign(*c) != ']') {
            inner.push(c);
        }
        if !self.take(']') {
            return no("a bracket that is not closed");
        }
        let inner = in_ascii(&inner);
        match inner.parse::<usize>() {
            Ok(at) if inner.bytes().all(|byte| byte.is_ascii_digit()) => path.push_str(&format!("[{at}]")),
            _ if inner.is_empty() || inner == "*" => {
                return no(format!("[{inner}] means every element; a path names one, such as [0]"));
            }
            _ if inner.starts_with('-') => {
                return no(format!("[{inner}] counts from the end; positions start at [0]"));
            }
            _ => return no(format!("[{inner}] is neither a position nor a key in quotes")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::submission::path::{Step, jq, steps};

    #[test]
    fn a_path_is_read_as_it_is_shown() {
        for path in [
            "kyc.result",
            "kyc.attempts[0].errorCode",
            "[0]",
            r#"["a.b"]"#,
            r#"aml.raw_data["a[0]"][12].x"#,
            "이름",
            "a b",
            "a-b",
        ] {
            assert_eq!(read(path).as_deref(), Ok(path));
        }
    }

    #[test]
    fn the_forms_of_other_tools_and_documents_are_put_right() {
        for (typed, path) in [
            (".kyc.result", "kyc.result"),
            ("$.kyc.result", "kyc.result"),
            ("$['kyc']['result']", "kyc.result"),
            ("$[0]", "[0]"),
            (r#".["a.b"].c"#, r#"["a.b"].c"#),
            (r#"."a.b".c"#, r#"["a.b"].c"#),
            (r#"["kyc"].result"#, "kyc.result"),
            (".[0].id", "[0].id"),
            ("kyc.attempts.[0]", "kyc.attempts[0]"),
            ("kyc．ｒｅｓｕｌｔ", "kyc.result"),
            ("kyc。result", "kyc.result"),
            ("kyc.attempts［０］.errorCode", "kyc.attempts[0].errorCode"),
            ("aml[“a.b”]", r#"aml["a.b"]"#),
            ("\u{feff}kyc.\u{200b}result\u{a0}", "kyc.result"),
            ("kyc . result", "kyc.result"),
            ("kyc.attempts[ 0 ]", "kyc.attempts[0]"),
            ("kyc.attempts[007]", "kyc.attempts[7]"),
            (r#".["a\u0062\n"]"#, "[\"ab\n\"]"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(path), "{typed}");
        }
    }

    #[test]
    fn what_is_given_to_jq_is_read_back() {
        for key in ["a.b", " x ", "\u{202e}", "a\"b\\\n\u{1b}", "", "ｋ", "/k"] {
            let path = format!("{}[3]", member("kyc", key));
            let read = read(&jq(&path)).unwrap();
            assert_eq!(steps(&read).collect::<Vec<_>>(), steps(&path).collect::<Vec<_>>(), "{key:?}");
        }
    }

    #[test]
    fn a_form_that_there_is_not_is_refused_by_name() {
        for (typed, what) in [
            ("", "it names no field"),
            (".", "it names no field"),
            ("$", "it names no field"),
            ("kyc.attempts[-1].attemptCnt", "[-1] counts from the end"),
            ("kyc.attempts[−1]", "[-1] counts from the end"),
            ("kyc.attempts[]", "[] means every element"),
            ("[]", "[] means every element"),
            ("kyc.attempts[*].errorCode", "[*] means every element"),
            ("a[1:2]", "[1:2] is neither a position"),
            ("a[x]", "[x] is neither a position"),
            ("a[+1]", "[+1] is neither a position"),
            ("a[99999999999999999999]", "is neither a position"),
            ("a..b", "two dots"),
            ("..a", "two dots"),
            ("kyc.result.", "a dot at the end"),
            ("a[0", "a bracket that is not closed"),
            ("a[\"b", "a quote that is not closed"),
            ("a[\"b\"", "a bracket that is not closed"),
            ("a[0]b", "a key after a bracket needs a dot"),
            ("/kyc/result", "a path begins with no /"),
            ("a]", "the key a] needs quotes"),
            ("a.\u{200b}.b", "a key of blanks needs quotes"),
        ] {
            let error = read(typed).unwrap_err().to_string();
            assert!(error.starts_with("not a path: ") && error.contains(what), "{typed}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_key_in_quotes_is_read_as_it_is(keys in prop::collection::vec(any::<String>(), 1..5), at in 0_usize..99) {
            let path = keys.iter().fold(String::new(), |path, key| format!("{path}[{}][{at}]", quoted(key)));
            // What JSON would call an escape is read as one: `jq` writes it so.
            prop_assume!(!keys.iter().any(|key| key.contains('\\')));
            let read = read(&path).unwrap();
            prop_assert_eq!(steps(&read).collect::<Vec<_>>(), steps(&path).collect::<Vec<_>>());
        }

        #[test]
        fn what_is_read_is_steps(text in r#"[a-z.\[\]"0-9$ ’“．［\u{200b}/-]{0,16}"#) {
            if let Ok(path) = read(&text) {
                prop_assert_eq!(read(&path), Ok(path.clone()));
                let whole = steps(&path).fold(String::new(), |path, step| match step {
                    Step::Key(key) => below(&path, &key),
                    Step::At(at) => format!("{path}[{at}]"),
                });
                prop_assert_eq!(whole, path);
            }
        }
    }
}

//! Writes JSON strings in which every character is visible.

use std::fmt::Write as _;

use super::kind::{CharKind, kind_of_char};

/// Returns a text as a JSON string with its quotes. Invisible characters, control characters, and characters that
/// change the reading direction are escaped, as in `\u202e`. A JSON parser reads the same text from the result. The
/// result can be pasted anywhere without harm.
pub fn json_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => visible(c, &mut out),
        }
    }
    out.push('"');
    out
}

/// Returns `json`, received JSON text, in a form that a person can read. Invisible characters, control characters, and
/// characters that change the reading direction are escaped, as in `\u202e`; line ends are kept. Such characters occur
/// only in the strings of JSON, so the JSON value stays the same.
pub fn json_visible(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\n' => out.push(c),
            // White space between values: within a string it would not be JSON.
            '\r' | '\t' => out.push(' '),
            c => visible(c, &mut out),
        }
    }
    out
}

fn visible(c: char, out: &mut String) {
    if matches!(kind_of_char(c), CharKind::Ink | CharKind::Attached) {
        return out.push(c);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_names_are_not() {
        assert_eq!(json_string("\u{202e}a\u{1b}[m\u{200b}\u{9b}\n"), r#""\u202ea\u001b[m\u200b\u009b\n""#);
        assert_eq!(json_string("김민준 \"é\u{301}\" नि"), "\"김민준 \\\"é\u{301}\\\" नि\"");
        assert_eq!(json_string("\u{e0041}"), r#""\udb40\udc41""#, "beyond 16 bits as a pair");
    }

    #[test]
    fn json_for_eyes_is_the_same_value_in_which_nothing_hides() {
        let sent = "{\"a\u{202e}\":\r\n\t\"\u{9b}[m\u{7f}김\\n\"}";
        let shown = json_visible(sent);
        assert_eq!(shown, "{\"a\\u202e\": \n \"\\u009b[m\\u007f김\\n\"}");
        let [sent, shown] = [sent, &shown].map(|json| serde_json::from_str::<serde_json::Value>(json).expect("JSON"));
        assert_eq!(sent, shown);
    }

    proptest! {
        #[test]
        fn it_is_the_same_string(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&json_string(&text))?, text);
        }
    }
}

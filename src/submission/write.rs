//! A value as JSON text again, with what a mask hides in bullets.

use std::fmt::Write as _;

use super::document::Field;
use super::node::Node;
use crate::text::Mask;

/// The value as indented JSON: keys, order and digits as sent. A value that the mask hides becomes a string that shows
/// what the screen shows of it; text that is no JSON becomes a string.
#[must_use]
pub fn json(field: &Field<'_>, mask: Mask) -> String {
    let mut out = String::new();
    value(field, mask, 0, &mut out);
    out
}

fn value(field: &Field<'_>, mask: Mask, depth: usize, out: &mut String) {
    let count = match field.node() {
        Node::List(elements) => elements.len(),
        Node::Object(members) => members.len(),
        _ => return scalar(field, mask, out),
    };
    let [open, close] = if matches!(field.node(), Node::List(_)) { ['[', ']'] } else { ['{', '}'] };
    out.push(open);
    for (key, member) in (0..count).filter_map(|at| field.nth(at)) {
        if !out.ends_with(open) {
            out.push(',');
        }
        line(depth + 1, out);
        if let Some(key) = key {
            let _ = write!(out, "{}: ", quoted(key.expose()));
        }
        value(&member, mask, depth + 1, out);
    }
    if count > 0 {
        line(depth, out);
    }
    out.push(close);
}

fn scalar(field: &Field<'_>, mask: Mask, out: &mut String) {
    let hidden = field.value().filter(|value| value.class().hidden_at(mask));
    match (hidden, field.node(), field.text()) {
        (Some(value), ..) => out.push_str(&quoted(value.shown(mask).as_str())),
        (None, Node::Text(_) | Node::Raw(_), Some(text)) => out.push_str(&quoted(text)),
        (None, _, Some(text)) => out.push_str(text),
        (None, _, None) => out.push_str("null"),
    }
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::submission::Document;

    fn written(sent: &str, mask: Mask) -> String {
        json(&Document::read(sent.as_bytes(), true).root(), mask)
    }

    #[test]
    fn digits_keys_and_their_order_stay_as_sent() {
        let sent = r#"{"b":1.50,"a":[],"b":{"c":[1e400,null,true]},"":{}}"#;
        let wanted = "{\n  \"b\": 1.50,\n  \"a\": [],\n  \"b\": {\n    \"c\": [\n      1e400,\n      null,\n      true\n    ]\n  },\n  \"\": {}\n}";
        // The last member of a key is read for both: positions tell them apart.
        assert_eq!(written(sent, Mask::None), wanted);
    }

    #[test]
    fn what_the_mask_hides_is_hidden_here_too() {
        let sent = r#"{"data":{"identityNumber":"900101-1234567","full_name":"Kim \"Min\"jun"}}"#;
        assert!(written(sent, Mask::None).contains("900101-1234567"));
        let ids = written(sent, Mask::Ids);
        assert!(!ids.contains("900101") && ids.contains(r#"Kim \"Min\"jun"#), "{ids}");
        assert!(!written(sent, Mask::All).contains("Min"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_same_json(text in any::<String>(), number in any::<i64>(), key in any::<String>()) {
            let sent = serde_json::json!({ "x": { key: [text, number, null] } });
            let read: serde_json::Value = serde_json::from_str(&written(&sent.to_string(), Mask::None))?;
            prop_assert_eq!(read, sent);
        }
    }
}

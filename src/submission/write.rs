//! A value as JSON text again, with what a mask hides in bullets.

use super::document::{Field, Place};
use super::node::Node;
use super::path::Step;
use super::shown;
use crate::text::{Class, Mask, json_string};

/// The value as indented JSON: keys, order and digits as sent. A value that the mask hides becomes a string that shows
/// what the screen shows of it, and so does a key; text that is no JSON becomes a string. `None` when it takes more than
/// `most` bytes: it is not written to its end then.
#[must_use]
pub fn json(field: &Field<'_>, mask: Mask, most: usize) -> Option<String> {
    let mut writer = Writer { place: Place::of(field), mask, most, indented: true, out: String::new() };
    writer.value(field.node(), 0).then_some(writer.out)
}

/// The same on one line, without any space, to its end.
#[must_use]
pub fn compact(field: &Field<'_>, mask: Mask) -> String {
    let mut writer = Writer { place: Place::of(field), mask, most: usize::MAX, indented: false, out: String::new() };
    writer.value(field.node(), 0);
    writer.out
}

struct Writer<'d> {
    place: Place<'d>,
    mask: Mask,
    most: usize,
    /// A line for each member, and a space behind each colon.
    indented: bool,
    out: String,
}

impl Writer<'_> {
    /// Writes a value; tells whether there is room for it.
    fn value(&mut self, node: &Node, depth: usize) -> bool {
        match node {
            Node::List(elements) => {
                let mut room = self.put("[");
                for (at, element) in elements.iter().enumerate() {
                    room = room && self.part(&Step::At(at), at == 0, element, depth + 1);
                }
                room && (elements.is_empty() || self.line(depth)) && self.put("]")
            }
            Node::Object(members) => {
                let mut room = self.put("{");
                for (at, (key, member)) in members.iter().enumerate() {
                    room = room && self.part(&Step::Key(key.expose().into()), at == 0, member, depth + 1);
                }
                room && (members.is_empty() || self.line(depth)) && self.put("}")
            }
            scalar => self.scalar(scalar),
        }
    }

    fn part(&mut self, step: &Step<'_>, is_first: bool, node: &Node, depth: usize) -> bool {
        // Without a mask nothing has to be judged.
        let back = (self.mask != Mask::None).then(|| self.place.enter(step));
        let mut room = (is_first || self.put(",")) && self.line(depth);
        if let Step::Key(key) = step {
            let class = self.place.key_class();
            room = room && self.text(key, class) && self.put(if self.indented { ": " } else { ":" });
        }
        room = room && self.value(node, depth);
        back.into_iter().for_each(|back| self.place.leave(back));
        room
    }

    fn scalar(&mut self, node: &Node) -> bool {
        let Some(text) = node.expose() else { return self.put("null") };
        let class = if self.mask == Mask::None { Class::Open } else { self.place.class(node) };
        let is_text = matches!(node, Node::Text(_) | Node::Raw(_));
        if is_text || class.hidden_at(self.mask) { self.text(text, class) } else { self.put(text) }
    }

    fn text(&mut self, text: &str, class: Class) -> bool {
        let is_hidden = class.hidden_at(self.mask);
        let written =
            if is_hidden { json_string(shown::text(text, class, self.mask).as_str()) } else { json_string(text) };
        self.put(&written)
    }

    fn line(&mut self, depth: usize) -> bool {
        !self.indented || self.put("\n") && self.put(&"  ".repeat(depth))
    }

    fn put(&mut self, text: &str) -> bool {
        self.out.push_str(text);
        self.out.len() <= self.most
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::submission::Document;

    fn written(sent: &str, mask: Mask) -> String {
        json(&Document::read(sent.as_bytes(), true).root(), mask, usize::MAX).expect("room for it")
    }

    #[test]
    fn digits_keys_and_their_order_stay_as_sent() {
        let sent = r#"{"b":1.50,"a":[],"b":{"c":[1e400,null,true]},"":{}}"#;
        let wanted = "{\n  \"b\": 1.50,\n  \"a\": [],\n  \"b\": {\n    \"c\": [\n      1e400,\n      null,\n      true\n    ]\n  },\n  \"\": {}\n}";
        // The last member of a key is read for both: positions tell them apart.
        assert_eq!(written(sent, Mask::None), wanted);
    }

    #[test]
    fn compact_form_is_one_line() {
        let sent = "{\"b\": 1.50,\n \"a\": [ ], \"b\": {\"c\": [1e400, null]}, \"identityNumber\": \"900101-1234567\"}";
        let document = Document::read(sent.as_bytes(), true);
        assert_eq!(
            compact(&document.root(), Mask::Ids),
            r#"{"b":1.50,"a":[],"b":{"c":[1e400,null]},"identityNumber":"••••••••••4567"}"#
        );
    }

    #[test]
    fn what_the_mask_hides_is_hidden_here_too() {
        let sent = r#"{"data":{"identityNumber":"900101-1234567","full_name":"Kim \"Min\"jun"}}"#;
        assert!(written(sent, Mask::None).contains("900101-1234567"));
        let ids = written(sent, Mask::Ids);
        assert!(!ids.contains("900101") && ids.contains(r#"Kim \"Min\"jun"#), "{ids}");
        assert!(!written(sent, Mask::All).contains("Min"));
    }

    #[test]
    fn raw_text_hides_what_looks_like_a_number() {
        assert!(!written("no json 900101-1234567", Mask::Ids).contains("900101"));
        assert!(written("no json 900101-1234567", Mask::None).contains("900101"));
    }

    #[test]
    fn what_has_no_name_hides_what_looks_like_a_number() {
        for sent in [r#"["900101-1234567",12,[true]]"#, r#""900101-1234567""#, "9001011234567", r#"{"a":1}"#] {
            let document = Document::read(sent.as_bytes(), false);
            let ids = compact(&document.root(), Mask::Ids);
            assert!(!ids.contains("900101") && ids.contains("12") == sent.contains("12,"), "{ids}");
            assert_eq!(shown::hides(&document.root(), Mask::Ids), sent.contains("900101"), "{sent}");
            assert!(serde_json::from_str::<serde_json::Value>(&ids).is_ok(), "{ids}");
            assert_eq!(compact(&document.root(), Mask::None), sent);
        }
    }

    #[test]
    fn more_than_there_is_room_for_is_not_written() {
        let document = Document::read(br#"{"a":[1,2,3,4,5,6,7,8,9]}"#, true);
        assert!(json(&document.root(), Mask::None, 10).is_none());
        assert!(json(&document.root(), Mask::None, 1_000).is_some());
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

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const KEY: &str = "Canary7xCanary7xK/ey9+z=";

fn key(text: &str) -> ApiKey {
    ApiKey::new(text.as_bytes()).unwrap()
}

fn hidden(body: &str) -> Option<String> {
    hide(body.as_bytes(), &key(KEY)).map(|body| String::from_utf8(body).unwrap())
}

/// The key with each character written in one of the ways that JSON has, by these choices.
fn written(text: &str, ways: &[u8], backslashes: &str) -> String {
    let mut ways = ways.iter().cycle();
    let write = |c: char| match ways.next().copied().unwrap_or_default() % 4 {
        1 => format!("{backslashes}u{:04x}", u32::from(c)),
        2 => format!("{backslashes}u{:04X}", u32::from(c)),
        3 if c == '/' => format!("{backslashes}/"),
        _ => c.to_string(),
    };
    text.chars().map(write).collect()
}

#[test]
fn key_is_hidden_wherever_it_stands_and_nothing_else_is_changed() {
    let escaped = written(KEY, &[1], "\\");
    let mixed = written(KEY, &[0, 1, 2, 3], "\\");
    let nested = written(KEY, &[1, 0], "\\\\");
    let deep = written(KEY, &[1, 0, 2], "\\\\\\\\");
    for (body, expected) in [
        (format!(r#"{{"a":"{KEY}"}}"#), r#"{"a":"•••"}"#),
        (
            format!(r#"{{"a" : "x{KEY}{KEY}y\n", "b":[1.50,"{escaped}"] }}"#),
            r#"{"a" : "x••••••y\n", "b":[1.50,"•••"] }"#,
        ),
        (format!(r#"{{"{KEY}":"\"{mixed}\\"}}"#), r#"{"•••":"\"•••\\"}"#),
        (format!(r#"{{"a":"{{\"k\":\"{nested}\"}}"}}"#), r#"{"a":"{\"k\":\"•••\"}"}"#),
        (
            format!(r#"["{deep}","\\\\u0043anary","Canary7xCanary7x{KEY}"]"#),
            r#"["•••","\\\\u0043anary","Canary7xCanary7x•••"]"#,
        ),
        (format!("\"{KEY}"), "\"•••"),
        (format!(r#"{{"a":"Canary7x{KEY}"#), r#"{"a":"Canary7x•••"#),
    ] {
        assert_eq!(hidden(&body).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn answers_without_the_key_are_left_alone() {
    for body in [
        "",
        "{",
        r#"{"Items":[],"x":"Canary7xCanary7xK"}"#,
        r#"{"x":"Canary7xCanary7xK\/ey9+z"}"#,
        r#"{"x":"\u0043\u00e9\u"}"#,
        r#"{"x":"Canary7x\u0000Canary7xK/ey9+z="}"#,
        "\\\\\\\"\\u004",
    ] {
        assert_eq!(hidden(body), None, "{body}");
    }
}

#[test]
fn number_that_holds_the_key_becomes_a_string() {
    let body = br#"{"a":1234567890123,"b":[-91234567890.5e3,12345678],"c":"1234567890"}"#;
    let hidden = hide(body, &key("1234567890")).map(|body| String::from_utf8(body).unwrap());
    assert_eq!(hidden.as_deref(), Some(r#"{"a":"•••","b":["•••",12345678],"c":"•••"}"#));
}

#[test]
fn key_of_a_few_letters_is_not_looked_for() {
    assert_eq!(hide(br#"{"kyc":"kyc"}"#, &key("kyc")), None);
}

#[test]
fn key_with_signs_that_json_escapes_is_found() {
    for own in [r#"quo"ted-key"#, r"back\slash-key", r"two\\slashes-key", "sla/sh/key-x"] {
        let body = serde_json::json!({ "a": [own, format!("x{own}y")], "b": 1 }).to_string();
        let hidden: Value = serde_json::from_slice(&hide(body.as_bytes(), &key(own)).unwrap()).unwrap();
        assert_eq!(hidden, serde_json::json!({ "a": [KEY_REPLACEMENT, format!("x{KEY_REPLACEMENT}y")], "b": 1 }));
    }
}

/// `value` with the key replaced in every text.
fn replaced(value: Value, key: &str) -> Value {
    match value {
        Value::String(text) => text.replace(key, KEY_REPLACEMENT).into(),
        Value::Array(values) => values.into_iter().map(|value| replaced(value, key)).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name.replace(key, KEY_REPLACEMENT), replaced(value, key)))
            .collect(),
        other => other,
    }
}

proptest! {
    #[test]
    fn whatever_is_around_it_the_key_alone_is_replaced(
        parts in prop::collection::vec(prop_oneof!["\\PC{0,6}", "[a-c\\\\\"/u0]{0,8}", Just("abababac".to_owned())], 0..8),
        ways: Vec<u8>,
        at in 0_usize..8,
    ) {
        let own = "ababacab";
        let around = serde_json::json!({ "x": parts, "y": { "z": parts.concat() }, "n": [1, -2.5, null, true] });
        let text = around.to_string();
        let text = text.replacen("\"x\":[\"", &format!("\"x\":[\"{}", written(own, &ways, "\\")), at.min(1));
        let before: Value = serde_json::from_str(&text).unwrap();
        let after = hide(text.as_bytes(), &key(own));
        let after: Value = after.map_or(before.clone(), |body| serde_json::from_slice(&body).unwrap());
        prop_assert_eq!(after, replaced(before, own));
    }

    #[test]
    fn any_bytes_are_scanned_to_the_end(body in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\\'), Just(b'"'), Just(b'a')], 0..64)) {
        let body = [&body[..], b"aaaaaaaa", &body].concat();
        if let Some(hidden) = hide(&body, &key("aaaaaaaa")) {
            prop_assert!(memmem::find(&hidden, KEY_REPLACEMENT.as_bytes()).is_some());
        }
    }
}

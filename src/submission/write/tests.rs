use proptest::prelude::*;

use super::*;
use crate::submission::Document;

fn written(sent: &str, mask: Mask) -> String {
    json(&Document::parse_copy(sent.as_bytes(), true).root(), mask, usize::MAX).expect("room for it")
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
    let document = Document::parse_copy(sent.as_bytes(), true);
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
        let document = Document::parse_copy(sent.as_bytes(), false);
        let ids = compact(&document.root(), Mask::Ids);
        assert!(!ids.contains("900101") && ids.contains("12") == sent.contains("12,"), "{ids}");
        assert_eq!(masking::hides_any(&document.root(), Mask::Ids), sent.contains("900101"), "{sent}");
        assert!(serde_json::from_str::<serde_json::Value>(&ids).is_ok(), "{ids}");
        assert_eq!(compact(&document.root(), Mask::None), sent);
    }
}

#[test]
fn more_than_there_is_room_for_is_not_written() {
    let document = Document::parse_copy(br#"{"a":[1,2,3,4,5,6,7,8,9]}"#, true);
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

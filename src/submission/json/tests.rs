use proptest::prelude::*;

use super::*;

fn members(text: &str) -> Vec<(String, String)> {
    let Ok(json) = Json::read(text.as_bytes()) else { return Vec::new() };
    json.members().map(|(key, value)| (key.into_owned(), value.as_sent().to_owned())).collect()
}

fn string(text: &str) -> Option<String> {
    Json::read(text.as_bytes()).ok()?.string().map(Cow::into_owned)
}

#[test]
fn members_keep_order_repetition_and_characters() {
    let text = r#" { "b" : 0.10 ,"a":[1, {"x":"]}"}],"b":"\"," , "":{} } "#;
    let expected = [("b", "0.10"), ("a", r#"[1, {"x":"]}"}]"#), ("b", r#""\",""#), ("", "{}")];
    assert_eq!(members(text), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn elements_are_given_as_sent() {
    let json = Json::read(br#"[1e999,"a,b",null,[[]],{"k":[1]},-0]"#).unwrap();
    let texts: Vec<&str> = json.elements().map(Json::as_sent).collect();
    assert_eq!(texts, ["1e999", r#""a,b""#, "null", "[[]]", r#"{"k":[1]}"#, "-0"]);
}

#[test]
fn only_objects_have_members_and_only_arrays_have_elements() {
    assert!(members(r#"["a",1]"#).is_empty());
    assert!(members(r#""a""#).is_empty());
    assert_eq!(Json::read(br#"{"a":1}"#).unwrap().elements().count(), 0);
}

#[test]
fn strings_lose_their_escapes() {
    assert_eq!(string(r#""plain""#).unwrap(), "plain");
    assert_eq!(string(r#""\u00e4\n\"\\u\ud83d\ude00""#).unwrap(), "ä\n\"\\u😀");
    assert_eq!(string("17"), None);
}

#[test]
fn half_a_surrogate_pair_stays_the_escape_that_was_sent() {
    assert_eq!(string(r#""a\ud800b""#).unwrap(), r"a\ud800b");
    assert_eq!(string(r#""\udc00\ud83d\ude00\n\ud83d""#).unwrap(), "\\udc00😀\n\\ud83d");
    assert_eq!(string(r#""\ud83d\ud83d\ude00""#).unwrap(), "\\ud83d😀");
    assert_eq!(string(r#""\\ud800\ud800""#).unwrap(), r"\ud800\ud800");
}

#[test]
fn half_a_surrogate_pair_in_a_key_costs_no_other_member() {
    assert_eq!(members(r#"{"\ud800":1,"a":2}"#)[1], ("a".to_owned(), "2".to_owned()));
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    assert_eq!(Json::read(b"{\n \"a\": nope}").err().unwrap(), MalformedJson { line: 2, column: 8, cut_off: false });
    assert!(Json::read(br#"{"a":[1"#).err().unwrap().cut_off);
    assert!(Json::read(b"").err().unwrap().cut_off);
    assert!(Json::read(b"{} {}").is_err());
}

#[test]
fn the_leading_value_leaves_the_rest() {
    let (json, rest) = Json::leading(r#" {"a":1} trailing"#).unwrap();
    assert_eq!((json.as_sent(), rest), (r#"{"a":1}"#, " trailing"));
    assert!(Json::leading("  ").err().unwrap().cut_off);
}

/// Any JSON value, with keys that repeat and strings full of brackets and quotes.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let scalar = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[\\[\\]{}\",:\\\\a-c\\PC]{0,8}".prop_map(Into::into),
    ];
    scalar.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::vec(("[\\]}\"a-c]{0,3}", inner), 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn rebuilt(json: Json<'_>) -> serde_json::Value {
    if json.is_object() {
        json.members().map(|(key, value)| (key.into_owned(), rebuilt(value))).collect()
    } else if json.is_array() {
        json.elements().map(rebuilt).collect()
    } else {
        json.string().map_or_else(|| serde_json::from_str(json.as_sent()).unwrap_or_default(), Into::into)
    }
}

proptest! {
    #[test]
    fn taken_apart_and_rebuilt_it_is_the_same_value(value in any_json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert_eq!(rebuilt(Json::read(text.as_bytes()).unwrap()), value);
    }

    #[test]
    fn a_walk_over_any_text_ends(text in "[\\[\\]{}\",:\\\\a \\PC]{0,40}") {
        let mut walk = JsonCursor(&text);
        let mut steps = 0;
        while walk.has_more() {
            walk.value();
            steps += 1;
        }
        prop_assert!(steps <= text.len());
        let all = Json(&text);
        prop_assert!(all.members().count() + all.elements().count() <= text.len());
    }
}

#[test]
fn a_long_string_is_unescaped_in_part_and_never_within_an_escape() {
    for unit in [r"\u0061", r"\n", r"\\", r"\ud83d\ude00", "x\\\"", "é"] {
        for shift in 0..7 {
            let text = format!("\"{}{}\"", "y".repeat(shift), unit.repeat(200));
            let whole = string(&text).unwrap();
            let part = Json::read(text.as_bytes()).unwrap().text_within(10).into_owned();
            // Half of a pair stays the escape that it is.
            let part = part.trim_end_matches(r"\ud83d");
            assert!(whole.starts_with(part) && part.len() >= 9, "{unit} {shift}: {part}");
        }
    }
}

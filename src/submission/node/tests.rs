use proptest::prelude::*;

use super::*;

/// The text at a path of keys and, within a list, positions.
fn at<'a>(node: &'a Node, path: &str) -> &'a str {
    let found = path.split('.').try_fold(node, |node, step| match node {
        Node::List(elements) => elements.get(step.parse::<usize>().ok()?),
        _ => node.get(step),
    });
    found.and_then(Node::expose).unwrap_or("nothing")
}

#[test]
fn numbers_keep_their_digits() {
    let node = Node::read(br#"{"a":1e999,"b":0.10,"c":-0,"d":123456789012345678901234567890,"e":9223372036854775808}"#);
    for (key, digits) in [
        ("a", "1e999"),
        ("b", "0.10"),
        ("c", "-0"),
        ("d", "123456789012345678901234567890"),
        ("e", "9223372036854775808"),
    ] {
        assert_eq!(node.get(key), Some(&Node::Number(digits.into())));
        assert_eq!(at(&node, key), digits);
    }
}

#[test]
fn numbers_are_read_from_digits_and_from_text_where_they_fit() {
    let node = Node::read(br#"["97.50", 97.5, " 3 ", 1e999, "NaN", "inf", "", true, "12a"]"#);
    let numbers: Vec<Option<f64>> = node.list().iter().map(Node::number).collect();
    assert_eq!(numbers, [Some(97.5), Some(97.5), Some(3.0), None, None, None, None, None, None]);
}

#[test]
fn a_lone_surrogate_costs_only_its_own_string() {
    let node = Node::read(br#"{"bad":"\ud800","\udfff":1,"good":"x"}"#);
    assert_eq!(at(&node, "bad"), r"\ud800");
    assert_eq!(at(&node, "good"), "x");
    assert_eq!(node.members().len(), 3);
}

#[test]
fn repeated_keys_are_kept_the_last_is_read_and_the_first_is_found() {
    let node = Node::read(br#"{"kyc":{"result":"rejected","result":"approved"},"a":[{"b":1,"b":1}],"a":2}"#);
    assert_eq!(at(&node, "kyc.result"), "approved");
    let results: Vec<_> = node.get("kyc").unwrap().all("result").filter_map(Node::expose).collect();
    assert_eq!(results, ["rejected", "approved"]);
    assert_eq!(node.repeated(), Some(vec![0, 1]));
    assert_eq!(Node::read(br#"{"a":[{},{"b":1,"b":1}],"a":2}"#).repeated(), Some(vec![0, 1, 1]));
    assert_eq!(Node::read(br#"{"a":[{"b":1},{"b":1}],"c":{"b":2},"a":2}"#).repeated(), Some(vec![2]));
    assert_eq!(Node::read(br#"{"a":{"b":1},"b":[{"a":1}]}"#).repeated(), None);
}

#[test]
fn one_stands_for_many_and_null_for_none() {
    let node = Node::read(br#"{"many":["a","b"],"one":"a","object":{"x":1},"null":null,"none":[]}"#);
    let count = |key| node.get(key).unwrap().list().len();
    assert_eq!(["many", "one", "object", "null", "none"].map(count), [2, 1, 1, 0, 0]);
}

#[test]
fn text_that_is_not_json_stays_raw() {
    for raw in [&b"{\"a\":"[..], b"nope", b"", b"{} x", b"\xff"] {
        assert!(matches!(Node::read(raw), Node::Raw(_)));
    }
    assert_eq!(Node::read(b"\xffa").expose(), Some("\u{fffd}a"));
}

#[test]
fn a_million_levels_are_kept_as_raw_text_below_the_128th() {
    let levels = 1_000_000;
    let text = "[".repeat(levels) + &"]".repeat(levels);
    let mut node = &Node::read(text.as_bytes());
    for _ in 0..DEPTH {
        node = &node.list()[0];
    }
    let Node::Raw(rest) = node else { panic!("{node:?} at level {DEPTH}") };
    assert_eq!(rest.expose().len(), text.len() - 2 * DEPTH);
}

#[test]
fn the_128th_level_is_still_opened() {
    let text = "[".repeat(DEPTH) + "1" + &"]".repeat(DEPTH);
    let path = vec!["0"; DEPTH].join(".");
    let node = Node::read(text.as_bytes());
    assert_eq!(at(&node, &path), "1");
}

#[test]
fn a_long_string_is_kept_whole() {
    let text = format!("{{\"a\":\"{}\",\"b\":1}}", "x".repeat(10_000_000));
    let node = Node::read(text.as_bytes());
    assert_eq!(at(&node, "a").len(), 10_000_000);
    assert_eq!(at(&node, "b"), "1");
}

#[test]
fn a_million_elements_lose_nothing() {
    let text = format!("{{\"a\":[{}0],\"b\":[1],\"c\":2}}", "0,".repeat(1_000_000));
    let node = Node::read(text.as_bytes());
    let elements = node.get("a").unwrap().list();
    let Some((Node::Raw(rest), opened)) = elements.split_last() else { panic!("no raw rest") };
    assert_eq!(opened.len() + rest.expose().split(',').count(), 1_000_001);
    let (key, after) = &node.members()[1];
    assert_eq!((key.expose(), after.expose()), ("", Some(r#""b":[1],"c":2"#)));
}

#[test]
fn debug_shows_no_value() {
    let node = Node::read(br#"{"email":"kim@example.com","n":[900101]}"#);
    let shown = format!("{node:?}{:?}", node.list());
    assert!(!shown.contains("kim") && !shown.contains("900101"), "{shown}");
}

fn written(node: &Node) -> String {
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(_) | Node::Number(_) | Node::Raw(_) => node.expose().unwrap_or_default().to_owned(),
        Node::Text(text) => serde_json::Value::from(text.expose()).to_string(),
        Node::List(elements) => format!("[{}]", elements.iter().map(written).collect::<Vec<_>>().join(",")),
        Node::Object(members) => {
            let member = |(key, node): &(Untrusted, Node)| {
                format!("{}:{}", serde_json::Value::from(key.expose()), written(node))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Node::read(&raw);
    }

    #[test]
    fn written_again_it_is_the_compact_text(
        keys in proptest::collection::vec("[a-c\\]}\"ä]{0,2}", 1..6),
        texts in proptest::collection::vec("[\\[\\]{},:\"\\\\\\PC]{0,6}", 6),
        number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,20})?(e[+-]?[0-9]{1,4})?",
    ) {
        let key = |at: usize| serde_json::Value::from(keys[at % keys.len()].as_str()).to_string();
        let text = |at: usize| serde_json::Value::from(texts[at].as_str()).to_string();
        let compact = format!(
            "{{{}:[{},{number},null,{{}}],{}:{{{}:{},{}:true}},{}:{},{}:[[]]}}",
            key(0), text(0), key(1), key(2), text(1), key(3), key(4), text(2), key(5)
        );
        prop_assert_eq!(written(&Node::read(compact.as_bytes())), compact);
    }
}

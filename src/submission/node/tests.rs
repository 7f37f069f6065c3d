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
    for _ in 0..LEVELS {
        node = &node.list()[0];
    }
    let Node::Raw(rest) = node else { panic!("{node:?} at level {LEVELS}") };
    assert_eq!(rest.expose().len(), text.len() - 2 * LEVELS);
}

#[test]
fn the_128th_level_is_still_opened() {
    let text = "[".repeat(LEVELS) + "1" + &"]".repeat(LEVELS);
    let path = vec!["0"; LEVELS].join(".");
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

fn opened(text: &str) -> ParsedTree {
    parse_tree(&bytes::Bytes::copy_from_slice(text.as_bytes()))
}

fn unread(opened: &ParsedTree) -> Vec<String> {
    opened.unread.iter().map(UnparsedPart::words).collect()
}

#[test]
fn a_million_elements_lose_nothing() {
    let text = format!("{{\"a\":[{}0],\"b\":[1],\"c\":2}}", "0,".repeat(1_000_000));
    let opened = opened(&text);
    let list = opened.root.get("a").unwrap();
    let Node::List(elements) = list else { panic!("a list") };
    let Some((Node::Raw(rest), opened_elements)) = elements.split_last() else { panic!("no raw rest") };
    assert_eq!(opened_elements.len() + rest.expose().split(',').count(), 1_000_001);
    assert_eq!(
        (list.list().len(), list.count(), rest.unparsed_count()),
        (opened_elements.len(), 1_000_001, list.unparsed_elements())
    );
    assert_eq!(
        (at(&opened.root, "b.0"), at(&opened.root, "c")),
        ("nothing", "nothing"),
        "the share of the rest is used up"
    );
    let Node::Object(members) = &opened.root else { panic!("an object") };
    let (key, after) = &members[1];
    assert_eq!((key.expose(), after.expose()), ("", Some(r#""b":[1],"c":2"#)));
    assert_eq!(unread(&opened).len(), 2);
}

/// What may be beside documented fields, and how much of it there may be.
fn bulks() -> Vec<(&'static str, String)> {
    let times = |part: &str, times: usize| vec![part; times].join(",");
    let members: Vec<String> = (0..200_000).map(|at| format!(r#""k{at}":{at}"#)).collect();
    vec![
        ("zeros in raw data", format!(r#""aml":{{"raw_data":[{}],"currentstatus":"Red Flag"}}"#, times("0", 300_000))),
        ("objects", format!(r#""x":[{}]"#, times(r#"{"a":1}"#, 200_000))),
        ("members", members.join(",")),
        (
            "attempts",
            format!(r#""kyc":{{"attempts":[{}],"result":"rejected"}}"#, times(r#"{"errorCode":"x"}"#, 200_000)),
        ),
        ("ids", format!(r#""duplicated_users":[{}]"#, times(r#""some-id-of-a-submission""#, 300_000))),
        ("an empty key", format!(r#""":[{}]"#, times("0", 300_000))),
        ("items of the OCR", format!(r#""OCR_raw":{{{}}}"#, times(r#""x":{"value":"y"}"#, 200_000))),
        (
            "codes of one attempt",
            format!(
                r#""kyc":{{"attempts":[{{"retryCode":[{}]}},{{"errorCode":"x"}}],"result":"rejected"}}"#,
                times(r#""c""#, 300_000)
            ),
        ),
        ("depth", format!(r#""x":{}{}"#, "[".repeat(500_000), "]".repeat(500_000))),
        ("a long text", format!(r#""memo":{{"text":"{}"}}"#, "x".repeat(3_000_000))),
        ("a long escaped text", format!(r#""memo":{{"text":"{}"}}"#, "x\\n".repeat(1_000_000))),
        ("a long key", format!(r#""{}":[{}]"#, "k".repeat(1_000_000), times("0", 1_000))),
        ("escaped texts", format!(r#""x":[{}]"#, times(&format!(r#""{}""#, r"\u0061".repeat(200)), 3_000))),
    ]
}

const DOCUMENTED: [(&str, &str); 5] = [
    ("created_at", "2026-03-05T09:00:00Z"),
    ("data.full_name", "Kim Sample"),
    ("data.identityNumber", "ABCPE1234F"),
    ("ocr.serialNumber", "KIM-XY-77"),
    ("kyc.result", "rejected"),
];

const FIELDS: &str = r#""created_at":"2026-03-05T09:00:00Z","data":{"full_name":"Kim Sample","identityNumber":"ABCPE1234F"},
    "ocr":{"serialNumber":"KIM-XY-77"}"#;

#[test]
fn documented_fields_are_read_whatever_is_large_or_deep_beside_them() {
    for (name, bulk) in bulks() {
        let verdict = if bulk.contains(r#""kyc""#) { "" } else { r#","kyc":{"result":"rejected"}"# };
        for text in [format!("{{{bulk},{FIELDS}{verdict}}}"), format!("{{{FIELDS}{verdict},{bulk}}}")] {
            let opened = opened(&text);
            for (path, value) in DOCUMENTED {
                assert_eq!(at(&opened.root, path), value, "{path} beside {name}");
            }
            assert!(!opened.unread.is_empty() || name == "a long text", "{name} is told");
        }
    }
}

#[test]
fn each_documented_list_has_a_share_of_its_own() {
    let ids = vec![r#""some-id-of-a-submission""#; 300_000].join(",");
    let text = format!(
        r#"{{"duplicated_users":[{ids}],"x":[{ids}],"aml":{{"matches":[{{"score":97}}],"currentstatus":"Red Flag"}},
            "kyc":{{"attempts":[{{"retryCode":[{ids}]}},{{"errorCode":"no_face_found"}}]}}}}"#
    );
    let opened = opened(&text);
    assert_eq!(at(&opened.root, "aml.matches.0.score"), "97");
    assert_eq!(at(&opened.root, "kyc.attempts.1.errorCode"), "no_face_found");
    let places: Vec<&str> =
        opened.unread.iter().filter(|unread| unread.is_documented).map(|unread| unread.place).collect();
    assert_eq!(places, ["duplicated_users", "kyc.attempts.retryCode"]);
    assert_eq!(unread(&opened)[0], "duplicated_users (299,000 of 300,000 elements, 7.7 MB)");
}

#[test]
fn more_copies_of_a_key_than_are_read_make_it_contested() {
    let kyc = |last: &str| format!(r#"{{{},"kyc":{last}}}"#, vec![r#""kyc":{"result":"approved"}"#; 200_000].join(","));
    assert_eq!(opened(&kyc(r#"{"result":"rejected"}"#)).contested, ["kyc"]);
    assert_eq!(opened(&kyc(r#"{"result":"approved"}"#)).contested, [""; 0], "all of them say the same");
    let items = |last: &str| {
        format!(
            r#"{{"OCR_raw":{{"a":{{"accepted":false}},{},{last}}}}}"#,
            vec![r#""b":{"value":"xxxx"}"#; 200_000].join(",")
        )
    };
    assert_eq!(opened(&items(r#""a":{"accepted":true}"#)).contested, ["OCR_raw.*"]);
}

#[test]
fn an_ordinary_submission_is_opened_whole() {
    let attempts = vec![r#"{"errorCode":"x","liveness":{"score":1}}"#; 900].join(",");
    let opened = opened(&format!(r#"{{"kyc":{{"attempts":[{attempts}]}},"x":[{}]}}"#, vec!["0"; 50_000].join(",")));
    assert!(opened.unread.is_empty() && opened.contested.is_empty());
}

#[test]
fn texts_of_megabytes_stay_parts_of_the_answer() {
    let raw = bytes::Bytes::from(format!(r#"{{"memo":{{"text":"{}"}}}}"#, "x".repeat(3_000_000)));
    let opened = parse_tree(&raw);
    let text = at(&opened.root, "memo.text");
    assert!(raw.as_ptr_range().contains(&text.as_ptr()) && text.len() == 3_000_000);
}

#[test]
fn a_member_is_found_among_many_as_among_few() {
    for count in [3, 300] {
        let members: Vec<String> = (0..count).map(|at| format!(r#""k{}":{at}"#, at % (count - 1))).collect();
        let node = Node::read(format!("{{{}}}", members.join(",")).as_bytes());
        let Node::Object(members) = &node else { panic!("an object") };
        assert_eq!(members.positions("k0").collect::<Vec<_>>(), [0, count - 1]);
        assert_eq!(at(&node, "k0"), (count - 1).to_string());
        assert_eq!(at(&node, "k1"), "1");
        assert_eq!(at(&node, "x"), "nothing");
    }
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

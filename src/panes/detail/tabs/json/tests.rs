use crate::panes::detail::tabs::tests::View;
use crate::panes::detail::{Anchor, Tab};
use crate::text::Mask;

fn text(json: &str) -> String {
    View::new(78).text(Tab::Json, json)
}

#[test]
fn two_levels_are_open_and_values_stand_as_sent() {
    assert_eq!(
        text(
            r#"{"a":{"b":{"c":{"d":1}},"n":1.50e3,"t":"12","f":false,"z":null,"e":{},"l":[]},
                "list":[{"x":0.10}]}"#
        ),
        "\
▾ a: { 7 fields }
  ▾ b: { 1 field }
    ▸ c: { 1 field }
    n: 1.50e3
    t: \"12\"
    f: false
    z: null
    e: {}
    l: []
▾ list: [ 1 item ]
  ▾ 0: { 1 field }
      x: 0.10
"
    );
}

#[test]
fn a_fold_turns_one_part_alone() {
    let json = r#"{"a":{"b":{"c":{"d":1}}}}"#;
    let view = View::new(78).opened("a.b.c");
    assert_eq!(
        view.text(Tab::Json, json),
        "▾ a: { 1 field }\n  ▾ b: { 1 field }\n    ▾ c: { 1 field }\n        d: 1\n"
    );
    let view = View::new(78).folded("a");
    assert_eq!(view.text(Tab::Json, json), "▸ a: { 1 field }\n");
    let lines = view.lines(Tab::Json, json);
    assert_eq!((lines[0].path(), lines[0].open), (Some("a"), Some(false)));
}

#[test]
fn every_line_tells_its_path_and_whether_it_hides_something() {
    let lines = View::new(78).lines(Tab::Json, r#"{"data":{"identityNumber":"900101-1234567"},"list":["a",["b"]]}"#);
    let paths: Vec<(Option<&str>, bool)> = lines.iter().map(|line| (line.path(), line.private)).collect();
    assert_eq!(
        paths,
        [
            (Some("data"), false),
            (Some("data.identityNumber"), true),
            (Some("list"), false),
            (Some("list[0]"), true),
            (Some("list[1]"), false),
            (Some("list[1][0]"), true),
        ]
    );
}

#[test]
fn a_long_list_is_folded_and_opens_in_groups() {
    let json = format!(r#"{{"list":[{}]}}"#, vec!["7"; 20_050].join(","));
    assert_eq!(text(&json), "▸ list: [ 20050 items ]\n");
    let view = View::new(78).opened("list");
    assert_eq!(
        view.text(Tab::Json, &json),
        "▾ list: [ 20050 items ]\n  ▸ 0 … 9999: \n  ▸ 10000 … 19999: \n  ▸ 20000 … 20049: \n".replace(": \n", ":\n")
    );
    let group = |range| Anchor::Members { path: "list".to_owned(), range };
    let view = view.open(group(0..10_000)).open(group(100..200));
    let lines = view.lines(Tab::Json, &json);
    assert_eq!(lines.len(), 1 + 3 + 100 + 100);
    assert!(lines.iter().any(|line| line.path() == Some("list[199]")));
}

#[test]
fn keys_and_values_are_made_harmless_and_quotes_cannot_end_a_value() {
    let text = text(r#"{"\u001b[31m":"a\",\n\"kyc\": \"approved","\u202e":"\\"}"#);
    assert_eq!(text, "  ␛[31m: \"a\\\",␊\\\"kyc\\\": \\\"approved\"\n  ‹U+202E›: \"\\\\\"\n");
}

#[test]
fn repeated_keys_are_all_shown_and_named() {
    assert_eq!(
        text(r#"{"kyc":{"result":"approved","result":"rejected"}}"#),
        "▾ kyc: { 2 fields }\n    result: ⚠ repeated key \"approved\"\n    result: ⚠ repeated key \"rejected\"\n"
    );
}

#[test]
fn values_are_masked_by_class_and_one_can_be_revealed() {
    let json = r#"{"email":"kim@example.com","data":{"documentNumber":"M12345678"}}"#;
    assert_eq!(text(json), "  email: \"kim@example.com\"\n▾ data: { 1 field }\n    documentNumber: \"••••••678\"\n");
    let all = View::new(78).mask(Mask::All).text(Tab::Json, json);
    assert!(!all.contains("example"), "{all}");
    let view = View { revealed: Some("data.documentNumber".to_owned()), ..View::new(78) };
    assert!(view.text(Tab::Json, json).contains("\"M12345678\""));
}

#[test]
fn what_is_no_json_is_hidden_whole_where_anything_is() {
    let json = "<html>\u{1b}[31m identityNumber=900101-1234567 of Kim\nsecond line";
    let at = |mask| View::new(78).mask(mask);
    for mask in [Mask::Ids, Mask::All] {
        let shown = at(mask).text(Tab::Json, json);
        assert!(shown.contains("•••• 60 characters, hidden at this mask level"), "{shown}");
        assert!(!["html", "900101", "Kim", "line"].iter().any(|part| shown.contains(part)), "{shown}");
    }
    let none = at(Mask::None).text(Tab::Json, json);
    assert!(none.contains("<html>␛[31m identityNumber=900101-1234567 of Kim\nsecond line\n"), "{none}");
    let long = at(Mask::None).text(Tab::Json, &"x ".repeat(50_000));
    assert!(long.ends_with("… and 80000 characters more, not shown here\n"));
}

#[test]
fn an_answer_of_one_value_is_shown() {
    assert_eq!(text("12.50"), "  answer: 12.50\n");
    assert_eq!(text("{}"), "  answer: {}\n");
    assert_eq!(text(r#"["a"]"#), "  0: \"a\"\n");
}

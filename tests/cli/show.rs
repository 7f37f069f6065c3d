//! `show`: every field with its label, or the item as it came.

use serde_json::Value;

use argos_testkit::call::run_with;

use super::{DEMO, demo, demo_with, items};

/// Ids of the first submissions of the demo.
fn ids(count: usize) -> Vec<String> {
    let id = |item: &String| serde_json::from_str::<Value>(item).unwrap()["submission_id"].as_str().unwrap().to_owned();
    items("count=500").iter().take(count).map(id).collect()
}

#[test]
fn text_has_every_section_and_no_json_unless_asked() {
    let [id] = &ids(1)[..] else { panic!("no id") };
    let ran = demo(&["show", id]);
    assert_eq!(ran.code, 0);
    let sections: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("== ")).collect();
    let all =
        ["Summary", "Attempts", "OCR", "AML", "Timeline", "Signals", "Details", "JSON"].map(|it| format!("== {it} =="));
    assert_eq!(sections, all[..7]);
    assert!(ran.stdout.starts_with(&format!("Submission {id}\n")));
    assert_eq!(ran.stderr, "masked: ids; --mask none prints values as sent\n");
    assert!(ran.stdout.lines().all(|line| line.trim_end() == line));
    let ran = demo(&["show", id, "--section", "ocr,json"]);
    let sections: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(sections, [&all[2], &all[7]]);
}

#[test]
fn every_value_that_came_stands_in_the_text() {
    for id in ids(12) {
        let sent = items(&format!("submission_id={id}")).pop().unwrap();
        let ran = demo_with(&["show", &id, "--mask", "none"], &[("COLUMNS", "400")]);
        let mut lost = Vec::new();
        leaves("", &serde_json::from_str(&sent).unwrap(), &mut |path, value| {
            // Times are in full, in the zone and with its name.
            let time =
                value.get(..19).filter(|_| value.contains('T') && value.ends_with('Z')).map(|at| at.replace('T', " "));
            if !ran.stdout.contains(time.as_deref().unwrap_or(value)) {
                lost.push(format!("{path}: {value}"));
            }
        });
        assert!(lost.is_empty(), "{id}: {lost:#?}\n{}", ran.stdout);
    }
}

fn leaves(path: &str, value: &Value, each: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| leaves(&format!("{path}.{key}"), value, each)),
        Value::Array(elements) => elements.iter().for_each(|value| leaves(&format!("{path}[]"), value, each)),
        Value::String(text) if text.chars().all(|c| c.is_alphanumeric() || " .,:/@_-".contains(c)) => each(path, text),
        Value::Number(number) => each(path, &number.to_string()),
        _ => {}
    }
}

#[test]
fn json_is_the_item_byte_for_byte_or_masked() {
    let [id, other] = &ids(2)[..] else { panic!("no ids") };
    let sent = [id, other].map(|id| items(&format!("submission_id={id}")).pop().unwrap());
    let ran = demo(&["show", id, other, "--output", "json", "--mask", "none"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert_eq!(ran.stdout, format!("{}\n{}\n", sent[0], sent[1]));
    let ran = demo(&["show", id, "--output", "json"]);
    let masked: Value = serde_json::from_str(&ran.stdout).unwrap();
    let whole: Value = serde_json::from_str(&sent[0]).unwrap();
    assert!(masked != whole && masked["kyc"]["result"] == whole["kyc"]["result"]);
    assert!(ran.stderr.starts_with("masked: ids"));
}

#[test]
fn an_unknown_id_is_told_and_the_others_are_shown() {
    let [id, other] = &ids(2)[..] else { panic!("no ids") };
    for scenario in ["default", "unknown-id-missing"] {
        let scenario = if scenario == "default" { vec![] } else { vec!["--scenario", scenario] };
        let arguments = [&[&**id, "no-such-id", other, "--section", "summary"], &scenario[..]].concat();
        let ran = demo(&[&["show"], &arguments[..]].concat());
        assert_eq!(ran.code, 1);
        assert_eq!(ran.stdout.matches("== Summary ==").count(), 2);
        assert!(ran.stdout.contains(&format!("\n\nSubmission {other}\n")));
        assert_eq!(ran.stderr.lines().next(), Some("argos-review: the service knows no submission no-such-id"));
    }
    let ran = demo(&["show", id, "no-such-id", other, "--scenario", "unknown-id-refused", "--output", "json"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (1, 2), "{}", ran.stderr);
}

#[test]
fn ids_are_read_from_standard_input() {
    let ids = ids(3);
    let arguments = [&["show"], &DEMO[..], &[&ids[0], "-", "--output", "json", "--mask", "none"]].concat();
    let ran = run_with(&arguments, &[], &format!("{}\n\n  {}\r\n", ids[2], ids[1]));
    let shown: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<&str> = shown.iter().filter_map(|item| item["submission_id"].as_str()).collect();
    assert_eq!((ran.code, shown), (0, vec![&*ids[0], &*ids[2], &*ids[1]]));
}

#[test]
fn nothing_that_can_be_had_is_exit_code_1_and_no_id_is_2() {
    let ran = demo(&["show", "a", "b", "--scenario", "wrong-key"]);
    assert_eq!((ran.code, &*ran.stdout, ran.stderr.lines().count()), (1, "", 1), "{}", ran.stderr);
    assert_eq!(demo(&["show",]).code, 2);
    assert_eq!(demo(&["show", "a", "--section", "nothing"]).code, 2);
}

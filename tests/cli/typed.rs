//! Input that cannot have been meant as it was typed: an empty result never follows it without a word.

use serde_json::Value;

use argos_testkit::call::{isolated_command, run_with};

use super::{CallOutput, DEMO, demo, demo_with, items};

/// The first submission of the demo.
fn first() -> Value {
    serde_json::from_str(&items("count=2000")[0]).unwrap()
}

fn text<'v>(item: &'v Value, key: &str) -> &'v str {
    item[key].as_str().unwrap()
}

#[test]
fn a_filter_is_put_right_and_that_is_said() {
    let first = first();
    let email = text(&first, "email");
    for typed in [
        format!("email:{email}\u{200b}"),
        format!("\u{feff}email：{}", email.replace('@', "＠")),
        format!("ｅｍａｉｌ:{email}\u{3000}from：–9999d"),
        format!("email:“{email}”"),
    ] {
        for call in ["list", "stats"] {
            let ran = demo(&[call, &typed]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert!(ran.stderr.contains(" is read as "), "{typed}: {}", ran.stderr);
            assert!(!ran.stderr.contains('\u{200b}') && !ran.stderr.contains("\n0 loaded"), "{}", ran.stderr);
        }
        let ran = demo(&["list", &typed]);
        assert!(ran.stdout.contains(text(&first, "submission_id")), "{typed}: {}", ran.stderr);
    }
}

#[test]
fn what_could_lead_nowhere_is_refused_by_name() {
    for (arguments, said) in [
        (&["list", "id:6хх28"][..], "not х (U+0445)"),
        (&["list", "kіm"], "і (U+0456)"),
        (&["list", "—all"], "write --all"),
        (&["list", "status!=approved"], "!status:…"),
        (&["stats", "status :pending"], "remove the space between status and its sign"),
        (&["show", "6хх28"], "not х (U+0445)"),
        (&["show", "\u{200b}"], "an id is missing"),
        (&["list", "--output", "csv", "--columns", "kyc.attempts[-1].attemptCnt"], "not a path: [-1]"),
        (&["list", "--output", "csv", "--columns", "kyc.attempts[]"], "not a path: [] means every element"),
        (&["list", "--output", "csv", "--columns", "a..b"], "not a path: two dots"),
        (&["list", "--output", "csv", "--columns", "kyc.result."], "not a path: a dot at the end"),
        (&["list", "--timezone", "Asia／Seoul"], "／ (U+FF0F)"),
    ] {
        let ran = demo(arguments);
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn settings_are_refused_by_name() {
    for (variable, value, said) in [
        ("ARGOS_PROFILE", "live\u{200b}", "ARGOS_PROFILE: there is no profile `live‹U+200B›`"),
        ("ARGOS_BASE_URL", "https://a.example\u{200b}", "ARGOS_BASE_URL: it contains U+200B"),
        ("ARGOS_CONFIG", "\u{feff}none.toml", "ARGOS_CONFIG: there is no file ‹U+FEFF›none.toml"),
    ] {
        let ran = run_with(&["list"], &[(variable, value), ("ARGOS_API_KEY", "x")], "");
        assert!(ran.code == 2 && ran.stderr.contains(said), "{}", ran.stderr);
    }
    let ran = run_with(&["list", "--demo", "--today", "２０２６－１１－２１"], &[], "");
    assert!(ran.code == 2 && ran.stderr.contains("write it as 2026-11-21"), "{}", ran.stderr);
}

#[test]
fn ids_are_read_past_marks_quotes_and_widths() {
    let first = first();
    let id = text(&first, "submission_id");
    let shown = |ran: &CallOutput| (ran.code, ran.stdout.matches(id).count() > 0);
    let wide: String = id.chars().map(|c| if c == 'x' { 'ｘ' } else { c }).collect();
    for typed in [format!("{id}\u{200b}"), format!("\"{id}\""), format!("“{id}”"), format!("\u{feff}{wide}")] {
        let ran = demo(&["show", &typed, "--section", "summary"]);
        assert_eq!(shown(&ran), (0, true), "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("is read as {id}")), "{}", ran.stderr);
        let ran = run_with(&[&["show", "-"], &DEMO[..]].concat(), &[], &format!("{typed}\r\n\u{feff}\r\n"));
        assert_eq!(shown(&ran), (0, true), "{}", ran.stderr);
    }
    let ran = run_with(&[&["show", "-"], &DEMO[..]].concat(), &[], &format!("хх\n{id}\n"));
    assert_eq!(shown(&ran), (1, true), "{}", ran.stderr);
    assert!(ran.stderr.contains("`хх` is not a submission id"), "{}", ran.stderr);
}

#[test]
fn standard_input_in_another_encoding_is_named() {
    use std::io::Write as _;
    let mut child = isolated_command(&[&["show", "-"], &DEMO[..]].concat(), &[]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\xff\xfe6\0x\0\r\0\n\0").unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.code() == Some(1) && said.contains("UTF-16, must be UTF-8"), "{said}");
}

#[test]
fn columns_are_read_as_other_tools_write_them() {
    let plain = demo(&["list", "--output", "csv", "--columns", "kyc.result,email"]);
    for typed in [".kyc.result,.email", "kyc．result，ｅｍａｉｌ", "$.kyc['result'],email\u{200b}"] {
        let ran = demo(&["list", "--output", "csv", "--columns", typed]);
        assert_eq!((ran.code, &ran.stdout), (0, &plain.stdout), "{}", ran.stderr);
        assert!(ran.stderr.contains("is read as kyc.result\n"), "{}", ran.stderr);
    }
}

#[test]
fn names_are_found_and_sorted_without_case_width_and_accents() {
    let printed =
        |arguments: &[&str]| demo_with(&[&["list"], arguments].concat(), &[("COLUMNS", "200")]).stdout.lines().count();
    let all = printed(&["--all", "taylor"]);
    assert!(all > 1);
    for typed in ["TAYLOR", "ｔａｙｌｏｒ", "Táylør", "tay\u{200b}lor"] {
        assert_eq!(printed(&["--all", typed]), all, "{typed}");
    }
}

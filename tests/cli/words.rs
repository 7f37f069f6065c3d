//! The words that judge a submission read alike wherever they are asked for.

use serde_json::Value;

use super::limits::served;

/// What is an approval, and what only looks like one; as JSON.
const WORDS: [(&str, bool); 14] = [
    (r#""approved""#, true),
    (r#""Approved""#, true),
    (r#""APPROVED""#, true),
    (r#""approved ""#, false),
    (r#"" approved""#, false),
    (r#""approved\u3000""#, false),
    (r#""\u00a0approved""#, false),
    (r#""approved\t""#, false),
    (r#""approved\u200b""#, false),
    (r#""аpproved""#, false),
    (r#""ａｐｐｒｏｖｅｄ""#, false),
    (r#"["approved"]"#, false),
    ("true", false),
    (r#""ok""#, false),
];

#[test]
fn filter_list_statistics_csv_and_tabs_agree_on_what_an_approval_is() {
    let item =
        |(at, (word, _)): (usize, &(&str, bool))| format!(r#"{{"submission_id":"s{at}","kyc":{{"result":{word}}}}}"#);
    let items: Vec<String> = WORDS.iter().enumerate().map(item).collect();
    let body = format!(r#"{{"Items":[{}]}}"#, items.join(","));
    let sound: Vec<String> =
        (0..).zip(&WORDS).filter(|(_, (_, sound))| *sound).map(|(at, _)| format!("s{at}")).collect();
    let calls: [&[&str]; 7] = [
        &["list", "status:approved", "--output", "ndjson", "--mask", "none"],
        &["list", "!status:approved", "--output", "ndjson", "--mask", "none"],
        &["list", "--output", "csv", "--columns", "submission_id,kyc.result", "--mask", "none"],
        &["list", "--output", "table", "--columns", "id,status"],
        &["stats", "--output", "json"],
        &["stats"],
        &["list", r#"status:"approved ""#, "--output", "ndjson", "--mask", "none"],
    ];
    let ran = served(&body, &calls);
    let ids = |text: &str| -> Vec<String> {
        let id =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["submission_id"].as_str().unwrap().to_owned();
        text.lines().map(id).collect()
    };
    assert_eq!(ids(&ran[0].stdout), sound);
    assert!(ids(&ran[1].stdout).is_empty(), "nobody can tell that what is unclear is no approval");
    for ran in &ran[..2] {
        assert!(ran.stderr.contains("11 of 14 rows: unknown if \"status:\" matches"), "{}", ran.stderr);
    }
    assert_eq!(ids(&ran[6].stdout), ["s3"], "in quotes it is searched as it is");
    // In a table an unknown word has a sign, so that it looks like no approval without colour either.
    for (at, (word, is_sound)) in WORDS.iter().enumerate() {
        let line = ran[3].stdout.lines().find(|line| line.starts_with(&format!("s{at} "))).unwrap();
        assert_eq!(!line.contains("?"), *is_sound, "{word}: {line}");
    }
    let counts: Value = serde_json::from_str(&ran[4].stdout).unwrap();
    let values = counts["groups"]["status"]["values"].as_array().unwrap();
    let count =
        |word: &str| values.iter().find(|value| value["value"] == word).map(|value| value["count"].as_u64().unwrap());
    assert_eq!(["approved", "Approved", "APPROVED"].map(count), [Some(1); 3], "each as it was sent");
    assert_eq!((count("\"approved \""), count("\"ok\"")), (Some(1), Some(1)));
    let line = ran[5].stdout.lines().find(|line| line.trim_start().starts_with("approved")).unwrap();
    assert!(line.contains(" 1 "), "{line}");
    for (at, (word, is_sound)) in WORDS.iter().enumerate() {
        let shown = served(&body, &[&["show", &format!("s{at}"), "--section", "summary"]]).pop().unwrap().stdout;
        assert_eq!(shown.contains("✓ "), *is_sound, "{word}: {shown}");
        assert_eq!(shown.contains("do not read it as an approval"), !is_sound, "{word}: {shown}");
    }
}

#[test]
fn screening_and_levels_are_told_by_the_same_words() {
    let aml =
        |status: &str, level: &str| format!(r#""aml":{{"currentstatus":"{status}","risk_level_summary":"{level}"}}"#);
    let each = [
        aml("Red Flag", "HIGH"),
        aml("red flag", "High"),
        aml("Red_Flag", "high "),
        aml("Red\u{a0}Flag", "Hіgh"),
        aml("Not Screened", "Not Screened"),
        aml("Not-Screened", "none"),
    ];
    let items: Vec<String> =
        each.iter().enumerate().map(|(at, aml)| format!(r#"{{"submission_id":"s{at}",{aml}}}"#)).collect();
    let body = format!(r#"{{"Items":[{}]}}"#, items.join(","));
    let found = |filter: &str| {
        let ran = served(&body, &[&["list", filter, "--output", "csv", "--columns", "submission_id"]]).pop().unwrap();
        ran.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("aml:red-flag"), ["s0", "s1"]);
    assert_eq!(found("aml:high"), ["s0", "s1"]);
    assert_eq!(found("aml:not-screened"), ["s4"]);
    assert_eq!(found(r#"aml:"Red_Flag""#), ["s2"]);
    let counts = served(&body, &[&["stats", "--output", "json"]]).pop().unwrap().stdout;
    let counts: Value = serde_json::from_str(&counts).unwrap();
    let values = counts["groups"]["aml_status"]["values"].to_string();
    assert!(values.contains(r#"{"value":"Red Flag","count":1,"share":16.7},{"value":"red flag""#), "{values}");
}

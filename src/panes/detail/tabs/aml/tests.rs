use super::super::super::Tab;
use super::super::testing::TabCase;
use crate::text::Mask;

const RED_FLAG: &str = r#"{
  "submission_id":"6xx28lo115832",
  "data":{"full_name":"이가상 Ga-Sang Lee","date_of_birth":"1984-02-29","nationality":"KOR","gender":"female"},
  "kyc":{"result":"approved"},
  "aml":{
    "currentstatus":"Red Flag","risk_level_summary":"HIGH",
    "matches":[
      {"risk_level":"LOW","argos_number":"ARG-0000000001","resource_id":"aaaabbbbccccdddd","score":91.5,"risk_icons":["RRE","XYZ"]},
      {"risk_level":"HIGH","argos_number":"ARG-0000000002","resource_id":"eeeeffffgggghhhh","score":98.42,"risk_icons":"PEP-CURRENT","since":"2019"}
    ],
    "raw_data":{
      "search":{"searched_at":"2026-11-21T09:14:05Z","threshold":90,"nothing":null,"none":[]},
      "hits":[{"names":{"primary":"Invented Person","aliases":["One","Two"]},"score":98.42},{"names":{"primary":"Another"}}]
    }
  }
}"#;

#[test]
fn matches_stand_with_the_highest_score_first() {
    let text = TabCase::new(RED_FLAG).text(Tab::Aml);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in\n{text}"));
    assert!(at("98.42") < at("91.5"));
    assert!(at("Match 1 of 2  HIGH") < at("ARG-0000000002"));
    assert!(at("ARG-0000000002") < at("Match 2 of 2  LOW"));
    assert!(text.contains("high · politically exposed person, current"));
    assert!(text.contains("XYZ  not documented"));
    assert!(text.contains("since"));
    let scale = "ARGOS does not document the scale of the match scores.";
    assert_eq!(text.replace('\n', " ").matches(scale).count(), 1, "{text}");
}

#[test]
fn the_first_three_levels_of_the_raw_data_are_open_and_fold() {
    let case = TabCase::new(RED_FLAG);
    let text = case.text(Tab::Aml);
    assert!(text.contains("▾ search: { 4 fields }"), "{text}");
    assert!(text.contains("▾ hits: [ 2 items ]"), "{text}");
    assert!(text.contains("▾ names: { 2 fields }"), "{text}");
    assert!(text.contains("Invented Person"), "who was matched is seen at once: {text}");
    assert!(text.contains("▸ aliases: [ 2 items ]") && !text.contains("One"), "{text}");
    let opened = TabCase::new(RED_FLAG).opened("aml.raw_data.hits[0].names.aliases").text(Tab::Aml);
    assert!(opened.contains("One"), "{opened}");
    let folded = TabCase::new(RED_FLAG).folded("aml.raw_data.search").text(Tab::Aml);
    assert!(folded.contains("▸ search"));
    assert!(!folded.contains("threshold:"));
}

#[test]
fn not_screened_is_normal_unless_the_submission_is_approved() {
    let text = |result: &str| {
        let json = format!(
            r#"{{"kyc":{{"result":"{result}"}},"aml":{{"currentstatus":"Not Screened","risk_level_summary":"Not Screened"}}}}"#
        );
        TabCase::new(&json).columns(200).text(Tab::Aml)
    };
    for result in ["rejected", "pending", "incomplete"] {
        assert!(text(result).contains("Expected: screening runs after approval"), "{result}");
    }
    assert!(!text("approved").contains("Expected"));
    assert!(text("approved").contains("there was no match, or screening was not run"));
    assert!(!text("aproved").contains("Expected"));
}

#[test]
fn no_status_is_neither_clear_nor_fetched() {
    assert!(TabCase::listed(r#"{"kyc":{"result":"approved"}}"#).text(Tab::Aml).starts_with("· Not fetched"));
    assert!(
        TabCase::new(r#"{"kyc":{"result":"approved"}}"#).text(Tab::Aml).starts_with("The record has no AML screening")
    );
    let text = TabCase::new(r#"{"aml":{"currentstatus":"Fine"}}"#).text(Tab::Aml);
    assert!(text.contains("do not read it as clear"), "{text}");
    for case in [TabCase::new, TabCase::listed] {
        let text = case(r#"{"aml":{"currentstatus":"","matches":[{"score":99}]}}"#).text(Tab::Aml);
        assert!(text.contains("AML status           – sent empty\n"), "{text}");
        assert!(!text.contains("No status was sent") && text.contains("but there are matches"), "{text}");
    }
    let absent = TabCase::new(r#"{"aml":{"matches":[]}}"#).text(Tab::Aml);
    assert!(absent.contains("AML status           – not sent"), "{absent}");
}

#[test]
fn what_does_not_go_together_is_told() {
    let text = |aml: &str| TabCase::new(&format!(r#"{{"aml":{aml}}}"#)).text(Tab::Aml);
    assert!(text(r#"{"currentstatus":"Red Flag"}"#).contains("no match was sent"));
    assert!(text(r#"{"currentstatus":"Not Screened","matches":[{"score":99}]}"#).contains("but there are matches"));
    assert!(
        text(r#"{"currentstatus":"Red Flag","risk_level_summary":"Low","matches":[{"risk_level":"HIGH"}]}"#)
            .contains("higher level")
    );
}

#[test]
fn a_large_tree_begins_folded() {
    let hits = vec![r#"{"names":["a","b"]}"#; 1000].join(",");
    let text = TabCase::new(&format!(r#"{{"aml":{{"raw_data":{{"hits":[{hits}]}}}}}}"#)).text(Tab::Aml);
    assert!(text.contains("▸ hits: [ 1000 items ]"), "{text}");
}

#[test]
fn any_shape_and_any_width_is_shown() {
    let deep = format!(
        r#"{{"aml":{{"raw_data":{}{{"a key that is longer than forty columns, which happens":"x"}}{}}}}}"#,
        "[".repeat(60),
        "]".repeat(60)
    );
    for json in
        [RED_FLAG, r#"{"aml":"x"}"#, r#"{"aml":{"matches":["x",null,3],"raw_data":[1,{"a":[{"b":{}}]}]}}"#, &deep]
    {
        for columns in [1, 20, 38, 60, 78, 118] {
            for mask in [Mask::Ids, Mask::All, Mask::None] {
                let case = TabCase::new(json).columns(columns).mask(mask);
                if columns >= 38 {
                    case.fits(Tab::Aml);
                } else {
                    case.lines(Tab::Aml);
                }
            }
        }
    }
    assert!(!TabCase::new(RED_FLAG).mask(Mask::All).text(Tab::Aml).contains("Invented Person"));
}

#[test]
fn a_status_that_was_sent_twice_says_so() {
    let json = r#"{"aml":{"currentstatus":"Red Flag","currentstatus":"Not Screened","risk_level_summary":"HIGH"}}"#;
    for tab in [Tab::Aml, Tab::Summary] {
        let text = TabCase::new(json).text(tab);
        assert!(text.contains("sent more than once") && !text.contains("not documented"), "{text}");
    }
    assert!(TabCase::new(json).text(Tab::Summary).contains("‼ AML"));
}

#[test]
fn no_tab_says_that_there_was_no_match_above_matches() {
    for status in [r#""currentstatus":"Not Screened","#, ""] {
        let json =
            format!(r#"{{"kyc":{{"result":"approved"}},"aml":{{{status}"matches":[{{"risk_level":"HIGH"}}]}}}}"#);
        for tab in [Tab::Aml, Tab::Summary] {
            let text = TabCase::new(&json).text(tab).to_lowercase();
            assert!(!text.contains("no match") && !text.contains("not run"), "{text}");
        }
        assert!(TabCase::new(&json).text(Tab::Aml).contains("but there are matches"), "{status}");
    }
}

/// A match whose block of the raw data is about a person of this name and birth date.
fn pair(applicant: &str, block: &str) -> String {
    format!(
        r#"{{"submission_id":"6xx28lo115832","data":{applicant},"kyc":{{"result":"approved"}},
        "aml":{{"currentstatus":"Red Flag","risk_level_summary":"HIGH","matches":[
            {{"risk_level":"LOW","resource_id":"aaaabbbbccccdddd","score":91}},
            {{"risk_level":"HIGH","resource_id":"eeeeffffgggghhhh","score":98}}],
          "raw_data":{{"hits":[{{"resource_id":"eeeeffffgggghhhh",{block}}},{{"id":"aaaabbbbccccdddd","name":"Other Name"}}]}}}}}}"#
    )
}

const APPLICANT: &str =
    r#"{"full_name":"Ga-Sang Lee","date_of_birth":"1984-02-29","nationality":"KOR","gender":"female"}"#;

const BLOCK: &str = r#""name":"GA-SANG LEE","aka":["이가상","Na Kim"],"dob":{"year":1985},"countries":["KR"],
    "sources":[{"name":"Example List"}]"#;

#[test]
fn applicant_and_match_stand_side_by_side_at_the_top() {
    let text = TabCase::new(&pair(APPLICANT, BLOCK)).text(Tab::Aml);
    let lines: Vec<&str> = text.lines().collect();
    let at = |part: &str| lines.iter().position(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}\n{text}"));
    assert!(lines[at("Applicant  ")].contains("Match, from raw data"), "{text}");
    let row = |label: &str| lines[at(label)].split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(row("Name  "), "≈ Name Ga-Sang Lee GA-SANG LEE equivalent");
    assert_eq!(lines[at("Name  ") + 1].trim(), "(upper/lower case)");
    assert!(row("Alias  ").contains("이가상") && row("Alias  ").contains("not comparable"), "{text}");
    assert_eq!(row("Na Kim"), "≠ Na Kim differs");
    assert_eq!(row("Birth date  "), "≠ Birth date 1984-02-29 1985 differs (the year)");
    assert_eq!(row("Country  "), "Country KOR KR");
    assert_eq!(row("List  "), "List Example List");
    assert!(at("Applicant  ") < 5 && at("List  ") < 13, "the pair is visible in a small terminal: {text}");
    assert!(at("GA-SANG LEE") < at("Match 2 of 2") && at("Match 2 of 2") < at("Other Name"), "{text}");
}

#[test]
fn a_narrow_pane_has_applicant_and_match_below_each_other() {
    let text = TabCase::new(&pair(APPLICANT, BLOCK)).columns(38).text(Tab::Aml);
    for part in
        ["≈ Name", "    applicant  Ga-Sang Lee", "    match      GA-SANG LEE", "    equivalent (upper/lower case)"]
    {
        assert!(text.lines().any(|line| line.trim_end() == part), "{part:?}\n{text}");
    }
    for columns in [36, 38, 55, 56, 78, 120] {
        TabCase::new(&pair(APPLICANT, BLOCK)).columns(columns).fits(Tab::Aml);
    }
}

#[test]
fn what_is_not_known_of_applicant_or_match_is_said() {
    let text = |json: &str| TabCase::new(json).columns(100).text(Tab::Aml);
    let listed = TabCase::listed(&pair("{}", BLOCK)).columns(100).text(Tab::Aml);
    assert!(listed.lines().any(|line| line.contains("Name") && line.contains("· not fetched")), "{listed}");
    let sent = text(&pair(r#"{"full_name":"","nationality":""}"#, BLOCK));
    let says = |label: &str, words: &str| sent.lines().any(|line| line.contains(label) && line.contains(words));
    assert!(says("Name", "– sent empty") && says("Country", "– sent empty"), "{sent}");
    assert!(says("Birth date", "– not sent") && !says("Birth date", "– sent empty"), "{sent}");
    let empty = text(&pair(APPLICANT, r#""x":1"#));
    assert!(empty.contains("– not found") && !empty.contains("none"), "{empty}");
    let no_block = text(&pair(APPLICANT, BLOCK).replace("raw_data\":{\"hits", "other\":{\"hits"));
    assert!(no_block.contains("No raw data was sent: it is not known who was matched."), "{no_block}");
    let lost = text(&pair(APPLICANT, BLOCK).replace("\"resource_id\":\"eeeeffffgggghhhh\",\"name", "\"name"));
    assert!(lost.contains("No name or birth date in the raw data belongs to an id of this match."), "{lost}");
    let deep = format!(r#""name":"A","more":{}1{}"#, "[".repeat(200), "]".repeat(200));
    let unread = text(&pair(APPLICANT, &deep));
    assert!(unread.contains("! Part of raw data not read") && unread.contains("· not read in full"), "{unread}");
    assert!(!unread.contains("not found"), "{unread}");
}

#[test]
fn the_pair_is_masked_as_everything_else_and_still_compared() {
    let same = r#""name":"Ga-Sang Lee","dob":"1984-02-29""#;
    let text = TabCase::new(&pair(APPLICANT, same)).mask(Mask::All).text(Tab::Aml);
    assert!(!text.contains("Ga-Sang") && !text.contains("1984"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("= ") && line.contains("same")).count(), 2, "{text}");
    let case =
        TabCase::new(&pair(APPLICANT, same)).mask(Mask::All).revealed("aml.raw_data.hits[0].name").text(Tab::Aml);
    assert_eq!(case.matches("Ga-Sang Lee").count(), 3, "both in the pair, and the value in the tree: {case}");
    assert!(!case.contains("1984"), "{case}");
}

#[test]
fn matches_that_were_not_fetched_are_not_called_absent() {
    let json = r#"{"submission_id":"a","aml":{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}}"#;
    let case = TabCase::listed(json).columns(120);
    let text = case.text(Tab::Aml);
    assert!(text.contains("Matches: not fetched") && !text.contains("no match was sent"), "{text}");
    let summary = case.text(Tab::Summary);
    assert!(
        summary.contains("Red Flag · HIGH  at least one match; no match details in this record")
            && !summary.contains("0 matches"),
        "{summary}"
    );
    let file = TabCase::in_file(json).columns(120).text(Tab::Summary);
    assert!(
        file.contains("no match details in this record") && !file.contains("not fetched"),
        "nothing is fetched for a file: {file}"
    );
    assert!(TabCase::new(json).text(Tab::Aml).contains("no match was sent"));
}

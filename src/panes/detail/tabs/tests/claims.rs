//! No tab claims anything good of a value that is not exactly the documented one: no sign, no colour, no words.

use proptest::prelude::*;

use super::View;
use crate::long_run::cases;
use crate::panes::detail::{Tab, TabLine};
use crate::text::{Mask, Untrusted};
use crate::ui::Role;

/// A submission of which nothing good can be said.
const BAD: &str = r#"{"submission_id":"6xx28lo115832","created_at":"2026-11-21T09:14:05.123Z",
 "kyc":{"result":"rejected","attempts":[{"attemptCnt":1,"ocrResult":"fail","idBarcodeResult":"fail","verificationResult":"fail",
  "step1Time1st":"2026-11-21T09:10:05.123Z"}]},
 "aml":{"currentstatus":"Red Flag","risk_level_summary":"HIGH","matches":[{"risk_level":"HIGH","score":90}]},
 "bank_verification":{"result":"fail"},
 "Injection_action":[{"attemptStatus":"fail","createTime":"2026-11-21T09:11:05.123Z","ipVerification":{"status":"fail"},
  "option":{"ipVerification":{"status":"fail"}}}],
 "pre_verification":[{"is_valid":false,"created_at":"2026-11-21T09:09:05.123Z"}],
 "verification":{"faceAge":[{"conditionResults":[{"conditionIndex":0,"finalResult":false,"condition":{"target":"low"},
  "matchResults":{"idCardCustomMatch":{"result":false,"processed":true,"statement":"17 gte 18"}}}]}]},
 "OCR_raw":{"number":{"value":"x","accepted":false,"score":0.5}}}"#;

/// What judges: key and value in [`BAD`], and the value that would be good.
const JUDGING: [(&str, &str, &str); 14] = [
    ("result", r#""rejected""#, r#""approved""#),
    ("ocrResult", r#""fail""#, r#""success""#),
    ("idBarcodeResult", r#""fail""#, r#""success""#),
    ("verificationResult", r#""fail""#, r#""success""#),
    ("currentstatus", r#""Red Flag""#, r#""Not Screened""#),
    ("risk_level_summary", r#""HIGH""#, r#""Not Screened""#),
    ("risk_level", r#""HIGH""#, r#""Not Screened""#),
    ("result", r#""fail""#, r#""success""#),
    ("attemptStatus", r#""fail""#, r#""success""#),
    ("status", r#""fail""#, r#""success""#),
    ("is_valid", "false", "true"),
    ("finalResult", "false", "true"),
    ("result", "false", "true"),
    ("accepted", "false", "true"),
];

/// The blocks that hold what judges, and what would be good in their place.
const BLOCKS: [(&str, &str); 7] = [
    ("kyc", r#"{"result":"approved"}"#),
    ("aml", r#"{"currentstatus":"Not Screened"}"#),
    ("bank_verification", r#"{"result":"success"}"#),
    ("Injection_action", r#"{"attemptStatus":"success"}"#),
    ("pre_verification", r#"{"is_valid":true}"#),
    ("verification", r#"{"faceAge":[{"conditionResults":[{"finalResult":true}]}]}"#),
    ("OCR_raw", r#"{"number":{"accepted":true}}"#),
];

/// Sentences of ours that hold a good word and say the opposite, or nothing.
const DENIALS: [&str; 12] = [
    "not to be read as an approval",
    "not to be read as clear",
    "no screening can be read from this",
    "whether this submission was approved cannot be read from its status",
    "screening runs after approval",
    "this submission is not approved",
    "not the same as a screening without a match",
    "but no match was sent",
    "not passed",
    "no clear result",
    "the project screens after approval",
    "approve period",
];

/// What no tab may say of such a submission.
const CLAIMS: [&str; 8] = ["approv", "clear", "no match", "passed", "✓", "success", "screened", "nothing failed"];

/// Wrong values beside a good one.
fn wrong(key: &str, bad: &str, good: &str) -> Vec<String> {
    let word = good.trim_matches('"');
    let wide: String =
        word.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c != ' ').unwrap_or(c)).collect();
    let texts = [
        format!("{word}d"),
        format!("{word} "),
        format!(" {word}"),
        format!("{word}\\u200b"),
        format!("\\u202e{word}"),
        format!("{word}\\u0000"),
        format!("{word}\\ud800"),
        format!("{word}\\n"),
        format!("not {word}"),
        format!("{word}, {word}"),
        wide,
        word.get(1..).unwrap().to_owned(),
        String::new(),
    ];
    let mut values: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    values.extend(
        ["null", "17", "-1", "0", "1e999", "[]", "{}", "[[]]", "[null]"].iter().map(|value| (*value).to_owned()),
    );
    if good.starts_with('"') {
        values.extend(["true", "false"].map(str::to_owned));
    }
    values.extend([
        format!("[{good}]"),
        format!("[[{good}]]"),
        format!("[{good},{bad}]"),
        format!(r#"{{"{key}":{good}}}"#),
        format!(r#"{{"{word}":true}}"#),
        format!(r#"{bad},"{key}":{good}"#),
        format!(r#"{good},"{key}":{bad}"#),
        format!(r#"{bad},"{key}":{good},"{key}":{good}"#),
        format!(r#"{good},"{key}":null"#),
        format!(r#"null,"{key}":{good}"#),
    ]);
    values
}

/// Wrong values in the place of a block.
fn wrong_blocks(key: &str, good: &str) -> Vec<String> {
    let word = good.split('"').rev().nth(1).unwrap();
    let mut values = vec![
        format!("\"{word}\""),
        format!("[\"{word}\"]"),
        format!("[[{good}]]"),
        format!(r#"{{"{key}":{good}}}"#),
        format!("\"{}\"", good.replace('"', "\\\"")),
        format!(r#"{good},"{key}":null"#),
        format!(r#"null,"{key}":{good}"#),
        format!(r#"{{}},"{key}":{good}"#),
        format!(r#"{good},"{key}":"{word}""#),
    ];
    values.extend(["null", "true", "17", "1e999", "\"\"", "[]", "{}", "[null]"].map(str::to_owned));
    values
}

/// The scalars of a piece of JSON as a screen may show them, the longest first.
fn scalars(value: &str) -> Vec<String> {
    let inside = format!(r#"{{"k":{value}}}"#);
    let document = crate::submission::Document::read(inside.as_bytes(), true);
    let mut found = Vec::new();
    document.root().leaves(&mut |leaf| {
        let text = leaf.node().expose().unwrap_or_default();
        found.extend([text.to_owned(), Untrusted::new(text).safe().as_str().to_owned()]);
        found.extend(Some(text.trim().to_owned()));
    });
    // A key of the answer stands there as sent, too.
    found.extend(value.split('"').map(str::to_owned));
    found.retain(|text| !text.trim().is_empty());
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found.iter().map(|text| text.to_lowercase()).collect()
}

/// What the tabs claim of a submission, if anything.
fn claimed(json: &str, sent: &str, whole: bool) -> Option<String> {
    let view = View { whole, ..View::new(250).mask(Mask::None) };
    let sent = scalars(sent);
    Tab::ALL.into_iter().find_map(|tab| {
        let lines = view.lines(tab, json);
        let is_good = |line: &&TabLine| line.line.pieces.iter().any(|piece| piece.role == Role::Good);
        if let Some(good) = lines.iter().find(is_good) {
            return Some(format!("{tab:?} in the colour of what is good: {}", good.line.text()));
        }
        // The JSON tab says nothing by itself.
        let said = lines.iter().filter(|_| tab != Tab::Json).find_map(|line| {
            let claim = claim(line, &sent)?;
            Some(format!("{claim}: {}", line.line.text()))
        });
        said.map(|said| format!("{tab:?} {said}"))
    })
}

/// The first claim in a line of ours: without names of fields, and without what was sent.
fn claim(line: &TabLine, sent: &[String]) -> Option<&'static str> {
    let pieces = line.line.pieces.iter().filter(|piece| piece.role != Role::Label);
    let text = pieces.map(|piece| piece.text.as_str()).collect::<String>().to_lowercase();
    let in_it = |text: &str| CLAIMS.into_iter().find(|claim| text.contains(claim));
    in_it(&text)?;
    let denied = DENIALS.iter().fold(text, |text, denial| text.replace(denial, ""));
    in_it(&sent.iter().fold(denied, |text, sent| text.replace(sent, "")))
}

/// The submission with another value in one place.
fn with(key: &str, bad: &str, value: &str) -> String {
    let member = format!(r#""{key}":{bad}"#);
    assert_eq!(BAD.matches(&member).count().min(1), 1, "{member}");
    BAD.replacen(&member, &format!(r#""{key}":{value}"#), 1)
}

/// The submission with something else in the place of a block.
fn with_block(key: &str, value: &str) -> String {
    let mut json: serde_json::Value = serde_json::from_str(BAD).unwrap();
    json[key] = "here".into();
    json.to_string().replace("\"here\"", value)
}

#[test]
fn nothing_good_is_claimed_of_what_is_bad_and_the_good_value_is_told() {
    assert_eq!(claimed(BAD, "\"\"", true), None);
    for (key, bad, good) in JUDGING {
        // Of a level nothing good is said: the words of its status are told alone.
        if key != "risk_level" && key != "risk_level_summary" && key != "currentstatus" {
            assert!(claimed(&with(key, bad, good), "\"\"", true).is_some(), "{key} {good}");
        }
    }
}

#[test]
fn no_wrong_value_in_the_place_of_a_verdict_looks_good_in_any_tab() {
    let mut failed = Vec::new();
    for (key, bad, good) in JUDGING {
        for value in wrong(key, bad, good) {
            for whole in [true, false] {
                let claim = claimed(&with(key, bad, &value), &value, whole);
                failed.extend(claim.map(|claim| format!("{key} {value}: {claim}")));
            }
        }
    }
    assert!(failed.is_empty(), "{} {failed:#?}", failed.len());
}

#[test]
fn no_wrong_value_in_the_place_of_a_block_looks_good_in_any_tab() {
    let mut failed = Vec::new();
    for (key, good) in BLOCKS {
        for value in wrong_blocks(key, good) {
            for whole in [true, false] {
                let claim = claimed(&with_block(key, &value), &value, whole);
                failed.extend(claim.map(|claim| format!("{key} {value}: {claim}")));
            }
        }
    }
    assert!(failed.is_empty(), "{} {failed:#?}", failed.len());
}

//! No tab claims anything good of a value that is not exactly the documented one: no sign, no colour, no words.

use proptest::prelude::*;

use super::View;
use crate::panes::detail::{Tab, TabLine};
use crate::text::{Mask, Untrusted};
use crate::ui::Role;
use argos_testkit::long_run::cases;

/// The blocks of a submission of which nothing good can be said.
const KYC: &str = r#"{"result":"rejected","attempts":[{"attemptCnt":1,"ocrResult":"fail","idBarcodeResult":"fail",
 "verificationResult":"fail","step1Time1st":"2026-11-21T09:10:05.123Z"}]}"#;
const AML: &str =
    r#"{"currentstatus":"Red Flag","risk_level_summary":"HIGH","matches":[{"risk_level":"HIGH","score":90}]}"#;
const BANK: &str = r#"{"result":"fail"}"#;
const INJECTION: &str = r#"[{"attemptStatus":"fail","createTime":"2026-11-21T09:11:05.123Z",
 "option":{"ipVerification":{"status":"fail"}}}]"#;
const BEFORE: &str = r#"[{"is_valid":false,"created_at":"2026-11-21T09:09:05.123Z"}]"#;
const AGE: &str = r#"{"faceAge":[{"conditionResults":[{"conditionIndex":0,"finalResult":false,"condition":{"target":"low"},
 "matchResults":{"idCardCustomMatch":{"result":false,"processed":true,"statement":"17 gte 18"}}}]}]}"#;
const OCR: &str = r#"{"number":{"value":"x","accepted":false,"score":0.5}}"#;

/// The blocks by their keys, and what would be good in their place.
const BLOCKS: [(&str, &str, &str); 7] = [
    ("kyc", KYC, r#"{"result":"approved"}"#),
    ("aml", AML, r#"{"currentstatus":"Not Screened"}"#),
    ("bank_verification", BANK, r#"{"result":"success"}"#),
    ("Injection_action", INJECTION, r#"{"attemptStatus":"success"}"#),
    ("pre_verification", BEFORE, r#"{"is_valid":true}"#),
    ("verification", AGE, r#"{"faceAge":[{"conditionResults":[{"finalResult":true}]}]}"#),
    ("OCR_raw", OCR, r#"{"number":{"accepted":true}}"#),
];

/// What judges: its block, its key and value there, and the value that would be good.
const JUDGING: [(&str, &str, &str, &str); 14] = [
    ("kyc", "result", r#""rejected""#, r#""approved""#),
    ("kyc", "ocrResult", r#""fail""#, r#""success""#),
    ("kyc", "idBarcodeResult", r#""fail""#, r#""success""#),
    ("kyc", "verificationResult", r#""fail""#, r#""success""#),
    ("aml", "currentstatus", r#""Red Flag""#, r#""Not Screened""#),
    ("aml", "risk_level_summary", r#""HIGH""#, r#""Not Screened""#),
    ("aml", "risk_level", r#""HIGH""#, r#""Not Screened""#),
    ("bank_verification", "result", r#""fail""#, r#""success""#),
    ("Injection_action", "attemptStatus", r#""fail""#, r#""success""#),
    ("Injection_action", "status", r#""fail""#, r#""success""#),
    ("pre_verification", "is_valid", "false", "true"),
    ("verification", "finalResult", "false", "true"),
    ("verification", "result", "false", "true"),
    ("OCR_raw", "accepted", "false", "true"),
];

/// Sentences of ours that hold a good word and say the opposite, or nothing.
const DENIALS: [&str; 12] = [
    "no screening can be read from this",
    "whether this submission was approved cannot be read from its status",
    "screening runs after approval",
    "this submission is not approved",
    "do not read it as an approval",
    "do not read it as clear",
    "does not mean that there is no match",
    "but no match was sent",
    "not passed",
    "no clear result",
    "the project screens after approval",
    "approve period",
];

/// What no tab may say of such a submission.
const CLAIMS: [&str; 9] =
    ["approv", "clear", "no match", "passed", "✓", "success", "screened", "no errors", "no error reported"];

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

/// Wrong values in place of a block.
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
    let document = crate::submission::Document::parse_copy(inside.as_bytes(), true);
    let mut found = Vec::new();
    document.root().for_each_leaf(&mut |leaf| {
        let text = leaf.node().expose().unwrap_or_default();
        found.extend([text.to_owned(), Untrusted::new(text).safe().as_str().to_owned()]);
        // Trees write a text as JSON does.
        let written = text.replace('\\', "\\\\");
        found.extend([text.trim().to_owned(), Untrusted::new(written).safe().as_str().to_owned()]);
    });
    // A key of the answer is there as sent, too.
    found.extend(value.split('"').map(str::to_owned));
    found.retain(|text| !text.trim().is_empty());
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found.iter().map(|text| text.to_lowercase()).collect()
}

/// What the tabs claim of a submission, if anything.
fn claimed(json: &str, sent: &str, whole: bool) -> Option<String> {
    let view = View { whole, ..View::new(250).mask(Mask::None) };
    let sent = scalars(sent);
    Tab::ALL.iter().copied().find_map(|tab| {
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

/// A submission with a block and the two that its tabs read beside it, all bad but for what is given.
fn with_block(key: &str, value: &str) -> String {
    let beside = [("kyc", r#"{"result":"rejected"}"#), ("aml", r#"{"currentstatus":"Red Flag","matches":[{}]}"#)];
    let beside = beside.iter().filter(|(other, _)| *other != key).map(|(key, value)| format!(r#""{key}":{value},"#));
    // Only what went wrong keeps the Timeline from saying that nothing did.
    let failed = r#""signals":{"cameraProcessInfo":[{"type":"x","error":"timeout"}]}"#;
    format!(r#"{{"submission_id":"6xx28lo115832",{}{failed},"{key}":{value}}}"#, beside.collect::<String>())
}

/// The submission with another value in one place.
fn with(block: &str, key: &str, bad: &str, value: &str) -> String {
    let (_, whole, _) = BLOCKS.into_iter().find(|(name, ..)| *name == block).unwrap();
    let member = format!(r#""{key}":{bad}"#);
    assert_eq!(whole.matches(&member).count(), 1, "{member}");
    with_block(block, &whole.replace(&member, &format!(r#""{key}":{value}"#)))
}

#[test]
fn nothing_good_is_claimed_of_what_is_bad_and_the_good_value_is_told() {
    for (key, block, _) in BLOCKS {
        assert_eq!(claimed(&with_block(key, block), "\"\"", true), None);
    }
    for (block, key, bad, good) in JUDGING {
        // Nothing good is said of a level, and of a status only what it may mean.
        let told = claimed(&with(block, key, bad, good), "\"\"", true);
        assert!(told.is_some() || key.starts_with("risk_level"), "{key} {good}");
    }
}

#[test]
fn no_wrong_value_in_the_place_of_a_verdict_looks_good_in_any_tab() {
    let mut failed = Vec::new();
    for (at, (block, key, bad, good)) in JUDGING.into_iter().enumerate() {
        for (value, place) in wrong(key, bad, good).into_iter().zip(at..) {
            let json = with(block, key, bad, &value);
            for whole in [true, false].into_iter().skip(place % 2).take(cases(1, 2)) {
                let claim = claimed(&json, &value, whole);
                failed.extend(claim.map(|claim| format!("{key} {value}: {claim}")));
            }
        }
    }
    assert!(failed.is_empty(), "{} {failed:#?}", failed.len());
}

#[test]
fn attempts_that_cannot_be_read_are_not_without_an_error() {
    for attempts in [r#""success""#, r#"["success"]"#, "true", "17", r#"[[{"verificationResult":"success"}]]"#] {
        let json =
            format!(r#"{{"kyc":{{"result":"rejected","attempts":{attempts}}},"created_at":"2026-11-21T09:14:05Z"}}"#);
        assert_eq!(claimed(&json, attempts, true), None, "{attempts}");
    }
}

#[test]
fn no_wrong_value_in_the_place_of_a_block_looks_good_in_any_tab() {
    let mut failed = Vec::new();
    for (key, _, good) in BLOCKS {
        for value in wrong_blocks(key, good) {
            let claim = claimed(&with_block(key, &value), &value, true);
            failed.extend(claim.map(|claim| format!("{key} {value}: {claim}")));
        }
    }
    assert!(failed.is_empty(), "{} {failed:#?}", failed.len());
}

/// A value that is wrong in place of a good one: the good one wrapped, prolonged, repeated or broken.
fn wronged(key: &'static str, good: &'static str) -> impl Strategy<Value = String> {
    let word = good.trim_matches('"');
    let sign = || {
        prop::sample::select(vec!["", " ", "\\n", "\\u200b", "\\u0301", "\\ud800", "\\u202e", "!", "d", ", ", "0", "é"])
    };
    let prolonged = (sign(), sign(), sign())
        .prop_filter("something is added", |(a, b, c)| !(a.is_empty() && b.is_empty() && c.is_empty()))
        .prop_map(move |(a, b, c)| format!(r#""{a}{word}{b}{c}""#));
    let other = prop::sample::select(vec!["null", "17", "1e999", "\"\"", "[]", "{}", "\"rejected\"", "\"fail\""]);
    let scalar = prop_oneof![2 => Just(good.to_owned()), 1 => prolonged.clone(), 1 => other.prop_map(str::to_owned)];
    let wrapped = (scalar.clone(), 1..4_usize, any::<bool>()).prop_map(move |(inner, depth, list)| {
        (0..depth).fold(inner, |inner, _| if list { format!("[{inner}]") } else { format!(r#"{{"{key}":{inner}}}"#) })
    });
    let wrong = prop_oneof![prolonged, wrapped];
    let contested = (wrong.clone(), scalar, any::<bool>()).prop_map(move |(one, other, first)| {
        let (one, other) = if first { (one, other) } else { (other, one) };
        format!(r#"{one},"{key}":{other}"#)
    });
    prop_oneof![2 => wrong, 1 => contested]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(200, 100_000)))]

    #[test]
    fn no_value_made_of_the_good_one_looks_good(
        (value, (block, key, bad, good)) in prop::sample::select(JUDGING.to_vec())
            .prop_flat_map(|judging| (wronged(judging.1, judging.3), Just(judging))),
        whole: bool,
    ) {
        // Where a line has no room for all of the value, the good word may be there without what was added.
        let sent = format!(r#"{value},"word":{good}"#);
        let claim = claimed(&with(block, key, bad, &value), &sent, whole);
        prop_assert_eq!(claim, None, "{} {}", key, value);
    }
}

use super::super::testing::TabCase;
use crate::panes::detail::{Landmark, Tab, TabLine};
use crate::text::Mask;

/// Every section, with something bad in most of them.
const FULL: &str = r#"{
  "data": { "ip_address": "192.0.2.7" },
  "verification": { "faceAge": [ {
    "usedValues": { "originalSelfieLow": 24, "originalSelfieHigh": 30, "originalSelfieMedian": 27,
      "originalIdLow": 0, "originalIdHigh": 0, "originalIdMedian": 0, "selfieLow": 22, "selfieHigh": 32.5,
      "selfieMedian": 27, "idLow": 31, "idHigh": 38, "idMedian": 35, "birthDateAge": 34 },
    "conditionResults": [
      { "conditionIndex": 0, "finalResult": true, "condition": { "comparisonOperator": "gte", "target": "low" },
        "matchResults": {
          "idCardCustomMatch": { "result": true, "processed": true, "statement": "31 gte 18" },
          "idCardBirthDateMatch": { "result": null, "processed": false, "statement": "" },
          "faceImageCustomMatch": { "result": true, "processed": true, "statement": "22 gte 18" },
          "faceImageBirthDateMatch": { "result": false, "processed": true, "statement": "22 gte 34" } } },
      { "conditionIndex": 1, "finalResult": false, "condition": { "comparisonOperator": "lt", "target": "high" },
        "matchResults": {
          "idCardCustomMatch": { "result": true, "processed": true, "statement": "38 lt 36" },
          "faceImageCustomMatch": { "result": "maybe", "processed": true, "statement": "32.5 lt 36" } } } ],
    "logicalOperators": ["and"] } ] },
  "signals": { "faceAge": [
    { "ageRange": { "low": 24, "high": 30, "median": 27 }, "source": "selfieImage" },
    { "ageRange": { "low": 31, "high": 38, "median": 35 }, "source": "idImage" } ] },
  "pre_verification": [ { "request_id": "pv_0001", "created_at": "2026-11-21T09:14:01.000Z", "ip_address": "192.0.2.7",
      "fraud_score": 12, "attempts_frequency": "FirstSeen", "country_code": "KR", "connection_type": "Mobile", "is_valid": true },
    { "request_id": "pv_0000", "created_at": "2026-11-21T09:10:01.000Z", "ip_address": "198.51.100.9",
      "fraud_score": 88.5, "attempts_frequency": 3, "country_code": "KR", "connection_type": "Satellite", "is_valid": false } ],
  "Injection_action": [ { "attemptStatus": "success", "createTime": "2026-11-26T08:00:00.000Z",
    "userInput": { "ipAddress": "192.0.2.7", "address": { "globalCode": "8Q98HXGV+2X", "compoundCode": "HXGV+2X Seoul", "formatted_address": "1 Example-ro, Seoul" } },
    "option": { "distanceChecks": [ { "maxDistanceKm": 200, "source": "ipGeo" } ], "ipRisk": { "durationHour": 8, "failCategory": ["vpn", "proxy", "tor"] } },
    "ipVerification": { "requestId": "q1", "status": "success", "ip": "192.0.2.7" } } ],
  "bank_verification": { "result": "fail", "type": "occupancy", "bank_code": "004", "account_number": "000123456789", "retry_count": 2 },
  "id_LivenessScore": { "Screen_play": 0.0123, "Paper_printed": 0.98, "Replace_portraits": 1.50 }
}"#;

fn text(json: &str) -> String {
    TabCase::new(json).text(Tab::Signals)
}

/// The first line that holds a text.
fn holding<'l>(lines: &'l [TabLine], text: &str) -> &'l TabLine {
    lines.iter().find(|line| line.line.text().contains(text)).expect("a line that holds the text")
}

#[test]
fn results_stand_first_the_bad_ones_before_the_good_ones() {
    let text = text(FULL);
    let head: Vec<&str> = text.lines().take(3).collect();
    assert_eq!(
        head,
        [
            "✗ age estimated from the face: 1 of 2 conditions not met",
            "✗ 1 of 2 pre-verifications not passed · ✗ bank check not passed",
            "✓ address check passed"
        ]
    );
}

#[test]
fn unclear_results_beside_a_failed_one_are_counted() {
    let check = |result: &str| format!(r#"{{"is_valid":{result}}}"#);
    let first = |results: [&str; 3]| {
        let text = text(&format!(r#"{{"pre_verification":[{}]}}"#, results.map(check).join(",")));
        text.lines().next().unwrap_or_default().to_owned()
    };
    let maybe = "\"maybe\"";
    let failed = "✗ 1 of 3 pre-verifications not passed";
    assert_eq!(first(["false", maybe, maybe]), format!("{failed}, 2 with no clear result"));
    assert_eq!(first(["false", "true", "true"]), failed);
}

#[test]
fn conditions_are_a_truth_table() {
    let text = text(FULL);
    for line in [
        "Condition 0 · lowest estimated age (target low)",
        "at least the limit (operator gte) · final result ✓ true: met",
        "  ID image against custom age  31 gte 18          compared       ✓ true",
        "  ID image against birth date  sent empty         not compared   no result",
        "  selfie against birth date    22 gte 34          compared       ✗ false",
        "and · joins conditions 0 and 1 · both must hold",
        "Condition 1 · highest estimated age (target high)",
        "less than the limit (operator lt) · final result ✗ false: not met",
        "  selfie against custom age    32.5 lt 36         compared       ? maybe",
        "  selfie against birth date    not sent",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    assert!(text.contains("✗ Together they are not met"));
    assert!(!text.contains('…'), "objects are not shown by themselves");
    let contradicted = text.lines().position(|line| line.contains("38 lt 36")).unwrap();
    assert!(text.lines().nth(contradicted + 1).unwrap().contains("the statement does not give this result"));
    assert_eq!(text.matches("does not give this result").count(), 1);
}

#[test]
fn an_unreadable_result_never_looks_met() {
    let json = r#"{"verification":{"faceAge":[{"conditionResults":[{"finalResult":"yes"},{"finalResult":null},{}],
        "logicalOperators":["or","xor"]}]}}"#;
    let text = text(json);
    assert!(!text.contains('✓'), "{text}");
    for words in [
        "neither true nor false: yes",
        "null: no result",
        "no final result sent",
        "or · joins conditions 0? and 1?\n",
        "xor · joins conditions 1? and 2? · ? logical operator: not documented",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(text.starts_with("? age estimated from the face: 3 of 3 conditions with no clear result"), "{text}");
}

#[test]
fn ranges_are_drawn_against_the_age_by_birth_date() {
    let text = text(FULL);
    let line = |label: &str| text.lines().find(|line| line.starts_with(label)).unwrap_or_default();
    let column = |line: &str, sign: char| line.chars().position(|other| other == sign);
    let age = column(line("Selfie ± tolerance"), '│');
    assert!(age.is_some() && age == column(line("ID ± tolerance"), '┼'), "{text}");
    let heading = text.lines().find(|line| line.trim_start().starts_with("low · median · high")).unwrap_or_default();
    assert_eq!(age, column(heading, '▼'), "{text}");
    assert!(line("Selfie ± tolerance").contains("22 · 27 · 32.5"), "low, median, high as sent");
    assert!(text.contains("! the age by birth date is above this range"));
    assert!(text.contains("0 as sent: its meaning is not documented"));
    assert!(text.contains("34  marked ▼, │ and ┼ below"), "{text}");
}

#[test]
fn only_the_marks_that_are_drawn_are_explained() {
    let of = |low: u8, median: u8, high: u8| {
        text(&format!(
            r#"{{"verification":{{"faceAge":[{{"usedValues":{{"selfieLow":{low},"selfieMedian":{median},
                "selfieHigh":{high},"birthDateAge":35}}}}]}},
                "signals":{{"faceAge":[{{"ageRange":{{"low":{low},"median":{median},"high":{high}}},
                "source":"selfieImage"}}]}}}}"#
        ))
    };
    for (text, beside, sentence) in [
        (of(30, 35, 41), "35  marked ▼ below", "▼ marks the age by birth date."),
        (of(30, 33, 41), "35  marked ▼ and ┼ below", "▼ and ┼ mark the age by birth date."),
        (of(20, 23, 25), "35  marked ▼ and │ below", "▼ and │ mark the age by birth date."),
    ] {
        assert!(text.contains(beside) && text.replace('\n', " ").contains(sentence), "{beside}\n{text}");
        let drawn = |sign| text.lines().any(|line| line.starts_with("Selfie ± tolerance") && line.contains(sign));
        assert_eq!(["│", "┼"].map(drawn), ["│", "┼"].map(|sign| beside.contains(sign)), "{text}");
    }
}

#[test]
fn the_legend_says_with_which_row_the_ages_of_the_comparisons_agree() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let tolerance = "an estimated age (low, median or high, with tolerance) with a limit";
    assert!(words(&text(FULL)).contains(tolerance), "{}", text(FULL));
    let one = |low: u8| {
        let json = format!(
            r#"{{"verification":{{"faceAge":[{{"usedValues":{{"originalIdLow":33,"idLow":32}},"conditionResults":[{{
                "condition":{{"comparisonOperator":"gte","target":"low"}},"finalResult":true,
                "matchResults":{{"idCardCustomMatch":{{"statement":"{low} gte 18"}}}}}}]}}]}}}}"#
        );
        words(&text(&json))
    };
    assert!(one(32).contains(tolerance), "{}", one(32));
    assert!(one(33).contains("an estimated age (low, median or high, without tolerance) with a limit"), "{}", one(33));
    assert!(one(31).contains("compares an estimated age with a limit"), "{}", one(31));
}

#[test]
fn age_conditions_of_several_checks_say_so() {
    let check = r#"{"conditionResults":[{"finalResult":true}]}"#;
    let text = text(&format!(r#"{{"verification":{{"faceAge":[{check},{check}]}}}}"#));
    assert!(text.starts_with("✓ age estimated from the face: 2 checks, all conditions met\n"), "{text}");
    assert!(text.contains("\nFace age conditions, check 2 of 2\n") && !text.contains("record"), "{text}");
}

#[test]
fn words_of_the_service_are_explained_as_numbers_too() {
    let text = text(FULL);
    assert!(text.contains("FirstSeen  the first attempt from this subnet"));
    assert!(text.contains("VeryFrequent: very many attempts from this subnet (by its"));
    assert!(text.contains("Satellite  not documented"));
    assert!(text.contains("198.51.100.9  ! differs from the applicant's"));
    assert!(text.contains("occupancy  checked by a transfer of 1 won"));
    assert!(text.contains("Replaced portrait    1.50"), "numbers as sent");
    assert!(text.contains("Scale and direction are inferred"));
}

#[test]
fn pre_verification_is_one_or_many_and_injection_old_or_new() {
    let one = text(r#"{"pre_verification":{"is_valid":true,"attempts_frequency":9}}"#);
    assert!(one.contains("Pre-verification\n") && one.contains("9  not documented"), "{one}");
    assert!(text(FULL).contains("check 2 of 2"));
    assert!(text(FULL).contains("\nAddress check (Injection_action)\n") && !text(FULL).contains("added later"));
    let two = text(r#"{"Injection_action":[{"attemptStatus":"success"},{"attemptStatus":"fail"}]}"#);
    assert!(two.contains("Address checks (Injection_action), newest first as documented\n"), "{two}");
    let old = text(
        r#"{"Injection_action":{"type":"address","time":"2026-11-26T08:00:00Z","option":{"ipVerification":{"ip":"192.0.2.9","status":"fail","requestId":"q9"}}}}"#,
    );
    for words in
        ["IP check: address    192.0.2.9", "IP check: status     fail  ✗", "address", "2026-11-26 08:00:00 UTC"]
    {
        assert!(old.contains(words), "{words}\n{old}");
    }
}

#[test]
fn sections_without_data_are_named_on_one_line() {
    let text = text(r#"{"verification":{"faceAge":[]},"bank_verification":{"result":"success"}}"#);
    assert!(
        text.replace('\n', " ").ends_with(
            "Not sent: face age by picture, pre-verification, address check, ID liveness. Sent, but empty: face age conditions."
        ),
        "{text}"
    );
    let listed = TabCase::listed("{}").text(Tab::Signals);
    assert!(listed.starts_with("· Not fetched with the list: face age conditions"), "{listed}");
}

#[test]
fn account_numbers_and_addresses_are_masked() {
    assert!(!text(FULL).contains("000123456789"));
    let all = TabCase::new(FULL).mask(Mask::All).text(Tab::Signals);
    for hidden in ["192.0.2.7", "198.51.100.9", "Example-ro", "8Q98HXGV"] {
        assert!(!all.contains(hidden), "{hidden}");
    }
    assert!(all.contains("! differs from the applicant's"), "compared on the true values");
}

#[test]
fn keys_find_what_failed() {
    let lines = TabCase::new(FULL).lines(Tab::Signals);
    for (text, path) in [
        ("Condition 1", "verification.faceAge[0].conditionResults[1].finalResult"),
        ("false  ✗ not passed", "pre_verification[1].is_valid"),
        ("fail  ✗", "bank_verification.result"),
    ] {
        let line = holding(&lines, text);
        assert_eq!((line.landmark, line.path()), (Some(Landmark::Error), Some(path)), "{text}");
    }
    assert_eq!(holding(&lines, "Condition 0").landmark, None);
}

#[test]
fn lines_fit_at_every_width() {
    for columns in [38, 60, 78, 118, 200] {
        TabCase::new(FULL).columns(columns).fits(Tab::Signals);
    }
    for columns in [0, 1, 7, 20] {
        assert!(!TabCase::new(FULL).columns(columns).lines(Tab::Signals).is_empty());
    }
}

#[test]
fn odd_shapes_are_shown_and_never_lost() {
    for json in [
        r#"{"verification":{"faceAge":["shape"]}}"#,
        r#"{"signals":{"faceAge":"shape"}}"#,
        r#"{"signals":{"faceAge":{"source":"shape"}}}"#,
        r#"{"pre_verification":"shape"}"#,
        r#"{"verification":{"faceAge":{"usedValues":{"selfieLow":"shape"}}}}"#,
        r#"{"verification":{"faceAge":{"conditionResults":{"matchResults":{"newMatch":{"statement":"shape"}}}}}}"#,
    ] {
        assert!(text(json).contains("shape"), "{json}\n{}", text(json));
    }
}

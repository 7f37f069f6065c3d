use super::super::super::Tab;
use super::super::testing::TabCase;
use super::*;
use crate::text::Mask;

const REJECTED: &str = r#"{
  "submission_id":"6xx28lo115832","userid":"user-77","email":"ga-sang@example.com","tokenId":"tok_1","applicant_id":"mgm8m8mjicls",
  "created_at":"2026-11-21T09:20:00.000Z","pending_at":"2026-11-21T09:20:01Z","kyc_result_at":"2026-11-21T11:02:30Z","updated_at":"sometime",
  "reviewer":"agent","argos_score":"61.5","recognition_score":88,
  "data":{"full_name":"이가상 Ga-Sang Lee","date_of_birth":"1984-02-29","nationality":"KOR","gender":"female","age_group":"adult",
    "idType":"passport","idcard_issuingCountry":"KOR","idcard_expireDate":"2026-01-01"},
  "duplicated_users":["6xx28lo115832","19g6im9gk9e7l"],"duplicated_selfie_users":["19g6im9gk9e7l","evcka62mes3ugzb_mg"],
  "signals":{"startButtonClickTime":"2026-11-21T09:13:50Z","cameraProcessInfo":[{"type":"idcard-front-upload","error":null}]},
  "kyc":{"result":"rejected","comment":["Multiple invalid KYC attempts"],"commentCode":["too_many_retry","made_up"],
    "attempts":[
      {"attemptCnt":1,"step1Time1st":"2026-11-21T09:14:05Z","retryCode":["barcode_protocol_fail"]},
      {"attemptCnt":2,"step2Time1st":"2026-11-21T09:19:02Z","livenessScore":76,"faceSimilarityScore":34,"retryCode":["face_compare_underscore"]}]},
  "aml":{"currentstatus":"Red Flag","risk_level_summary":"HIGH","matches":[{"score":98}]},
  "pre_verification":{"is_valid":true,"attempts_frequency":"VeryFrequent","connection_type":"DataCenter"},
  "updateHistory":{"updateAdmin":"admin@example.com"}
}"#;

#[test]
fn the_verdict_stands_first_and_then_the_worst() {
    let text = TabCase::new(REJECTED).text(Tab::Summary);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in\n{text}"));
    assert!(text.starts_with("Status               ✗ rejected\n"));
    assert!(at("too many failed attempts") < at("Findings"));
    assert!(at("‼ AML                Red Flag · HIGH  1 match") < at("! Same face"));
    assert!(at("! Same face") < at("Notes") && at("Notes") < at("i Updated"));
    assert!(!text.contains("No findings"), "{text}");
    assert!(text.contains("made_up  not documented"), "{text}");
    for part in ["42 on the day of the submission", "1 h 42 m", "this time does not parse", "1 other submission"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn no_findings_is_said_of_a_whole_record_without_an_alert_and_a_warning() {
    let says = |case: TabCase| case.text(Tab::Summary).contains("No findings in this record.");
    assert!(says(TabCase::new(r#"{"kyc":{"result":"approved"},"email":"a@example.com"}"#)));
    let memo = r#"{"kyc":{"result":"approved"},"email":"a@example.com","memo":{"text":"x"}}"#;
    assert!(says(TabCase::new(memo)), "a note is only information");
    assert!(
        TabCase::new(memo).text(Tab::Summary).contains("Notes\ni Memo"),
        "{}",
        TabCase::new(memo).text(Tab::Summary)
    );
    for other in [r#""data":{"age_group":"teen"}"#, r#""aml":{"currentstatus":"Red Flag"}"#, r#""aml":{"raw_data":[]}"#]
    {
        let json = format!(r#"{{"kyc":{{"result":"approved"}},"email":"a@example.com",{other}}}"#);
        assert_eq!(says(TabCase::new(&json)), other.contains("[]"), "{json}");
    }
    let large = format!(r#"{{"email":"a@example.com","aml":{{"raw_data":[{}]}}}}"#, vec!["0"; 300_000].join(","));
    assert!(!says(TabCase::new(&large)), "a part was not read");
    let deleted = r#"{"created_at":"2026-11-21T09:00:00Z","kyc":{"result":"approved"}}"#;
    assert!(!says(TabCase::new(deleted)), "there is nothing to find anything in");
    let list = r#"{"email":"a@example.com","kyc":{"result":"approved"}}"#;
    assert!(!says(TabCase::new(memo).with_list(&list.replace("approved", "pending"))));
    assert!(says(TabCase::new(memo).with_list(list)));
}

#[test]
fn no_findings_names_what_the_record_does_not_contain() {
    let text = |json: &str| TabCase::new(json).text(Tab::Summary);
    let bare = text(r#"{"submission_id":"a","email":"a@example.com","kyc":{"result":"approved"},"aml":{}}"#);
    let all = "No findings in this record. It has no data on: attempts, OCR, AML, duplicates, \
               signals";
    assert!(bare.replace('\n', " ").contains(all), "{bare}");
    let some = text(
        r#"{"submission_id":"a","email":"a@example.com","kyc":{"result":"approved","attempts":[{"attemptCnt":1}]},
            "aml":{"currentstatus":"Not Screened"},"signals":{"startButtonClickTime":"2026-11-21T09:13:50Z"},"ocr":{"fullName":"Kim"}}"#,
    );
    assert!(some.replace('\n', " ").contains("It has no data on: duplicates"), "{some}");
    let full = text(
        r#"{"submission_id":"a","email":"a@example.com","kyc":{"result":"approved","attempts":[{"attemptCnt":1}]},
            "aml":{"currentstatus":"Not Screened"},"signals":{"startButtonClickTime":"2026-11-21T09:13:50Z"},"ocr":{"fullName":"Kim"},
            "duplicated_users":["a"]}"#,
    );
    assert!(full.contains("No findings.\n") && !full.contains("Not known"), "{full}");
}

#[test]
fn every_line_that_stands_out_leads_to_its_evidence() {
    let case = TabCase::new(REJECTED);
    let lines = case.lines(Tab::Summary);
    let jump = |part: &str| {
        let line = lines.iter().find(|line| line.line.text().contains(part)).unwrap_or_else(|| panic!("{part}"));
        let lead = line.link().unwrap_or_else(|| panic!("{part} leads nowhere"));
        (lead.0, lead.1.clone())
    };
    assert_eq!(jump("too_many_retry"), (Tab::Attempts, Anchor::of_path("kyc.attempts")));
    assert_eq!(jump("Red Flag").0, Tab::Aml);
    assert_eq!(jump("! Attempt 2").1, Anchor::of_path("kyc.attempts[1].retryCode[0]"));
    assert_eq!(jump("Same face").0, Tab::Details);
    assert_eq!(jump("VeryFrequent").0, Tab::Signals);
    assert_eq!(jump("idcard-front-upload").0, Tab::Timeline);
    // The evidence in the tabs of this module is really there.
    for line in &lines {
        let Some((tab, evidence)) = line.link().filter(|(tab, _)| [Tab::Attempts, Tab::Aml].contains(tab)) else {
            continue;
        };
        let there = case.lines(tab);
        assert!(
            there.iter().any(|line| line.anchor.as_ref().is_some_and(|own| evidence.contains(own))),
            "{} leads to nothing at {:?}",
            line.line.text(),
            evidence
        );
    }
}

#[test]
fn nothing_unreadable_looks_like_an_approval() {
    for json in [
        r#"{"kyc":{"result":"aproved"}}"#,
        r#"{"kyc":{"result":["approved"]}}"#,
        r#"{"kyc":{"result":"approved","result":"rejected"}}"#,
        "{}",
        "not json",
    ] {
        let lines = TabCase::new(json).lines(Tab::Summary);
        assert!(!lines[0].line.text().contains('✓'), "{json}");
        assert!(lines[0].line.pieces.iter().all(|piece| piece.role != Role::Good), "{json}");
    }
    let approved = TabCase::new(r#"{"kyc":{"result":"approved"}}"#).text(Tab::Summary);
    assert!(approved.starts_with("Status               ✓ approved\n"));
}

#[test]
fn what_a_list_leaves_out_is_not_fetched() {
    let text = TabCase::listed(r#"{"submission_id":"a","kyc":{"result":"pending"}}"#).text(Tab::Summary);
    assert!(text.contains("AML status           · not fetched"), "{text}");
    assert!(text.contains("Attempts             · not fetched"), "{text}");
    assert!(text.contains("Same face            · not fetched"), "{text}");
    let whole = TabCase::new(r#"{"submission_id":"a","kyc":{"result":"pending"}}"#).columns(120).text(Tab::Summary);
    assert!(!whole.contains("not fetched"), "{whole}");
    let absent = "Not in the record    AML status, attempts, duplicate-data check, same-face check";
    assert!(whole.contains(absent) && !whole.contains('–'), "{whole}");
    let unknown = "Without an AML status, it is not known whether there are matches.";
    assert!(whole.contains(unknown) && !text.contains(unknown), "{whole}");
    let screened = TabCase::new(r#"{"submission_id":"a","aml":{"currentstatus":"Not Screened"}}"#).text(Tab::Summary);
    assert!(screened.contains("Not in the record    attempts, ") && !screened.contains(unknown), "{screened}");
}

#[test]
fn a_status_that_was_sent_empty_is_not_called_not_sent() {
    let text = |kyc: &str| {
        let json = format!(r#"{{"submission_id":"a","created_at":"2026-11-21T09:00:00Z","kyc":{kyc}}}"#);
        TabCase::new(&json).columns(120).text(Tab::Summary)
    };
    for empty in [r#"{"result":null}"#, r#"{"result":""}"#].map(text) {
        assert!(empty.starts_with("Status               – sent empty\n"), "{empty}");
        assert!(empty.contains("the status was sent empty") && !empty.contains("no status was sent"), "{empty}");
    }
    assert_eq!(text("{}").matches("no status was sent").count(), 2);
}

#[test]
fn only_what_has_no_field_is_not_in_the_record() {
    let text = |members: &str, is_full: bool| {
        let json = format!(r#"{{"submission_id":"a",{members}}}"#);
        let case = if is_full { TabCase::new(&json) } else { TabCase::listed(&json) };
        case.columns(120).text(Tab::Summary)
    };
    let (status, attempts) = ("AML status           ", "Attempts             ");
    for is_full in [true, false] {
        for empty in ["[]", "null", r#""""#] {
            let text = text(&format!(r#""kyc":{{"attempts":{empty}}},"aml":{{"currentstatus":""}}"#), is_full);
            for label in [status, attempts] {
                assert!(text.contains(&format!("{label}– sent empty\n")), "{empty} {label}\n{text}");
            }
            let absent = "Not in the record    duplicate-data check, same-face check\n";
            assert_eq!(text.contains(absent), is_full, "{text}");
            assert_eq!(text.contains("it is not known whether there are matches"), is_full, "{text}");
        }
        for kyc in [r#""rejected""#, r#"[{"result":"rejected"}]"#] {
            let text = text(&format!(r#""data":"x","kyc":{kyc}"#), is_full);
            assert!(text.contains(&format!("{attempts}unreadable: kyc is not an object\n")), "{text}");
            assert_eq!(
                text.contains("Not in the record    AML status, duplicate-data check, same-face check\n"),
                is_full,
                "{text}"
            );
            assert!(text.contains("No score can be read") && text.contains("No personal data can be read"), "{text}");
        }
    }
}

#[test]
fn a_pending_status_has_no_sign_and_of_its_reviewer_only_the_kind_is_told() {
    let text = |result: &str, reviewer: &str| {
        let json = format!(r#"{{"submission_id":"a","reviewer":"{reviewer}","kyc":{{"result":"{result}"}}}}"#);
        TabCase::new(&json).columns(120).text(Tab::Summary)
    };
    let pending = text("pending", "agent");
    assert!(pending.starts_with("Status               pending  waiting for manual review\n"), "{pending}");
    assert!(pending.contains("agent  to be reviewed by a person\n"), "{pending}");
    let system = text("pending", "system");
    assert!(system.contains("system  the AI system (this record shows no decision by a person)\n"), "{system}");
    let incomplete = text("incomplete", "agent");
    assert!(incomplete.contains("agent  a person (this record shows no decision)\n"), "{incomplete}");
    for text in [pending, system, incomplete] {
        assert!(
            !text.contains("still") && !text.contains("to come"),
            "outdated data may be of a finished review: {text}"
        );
    }
    assert!(text("approved", "agent").contains("agent  a person, not the AI system\n"));
    assert!(text("rejected", "system").contains("system  the AI system, not a person\n"));
    assert!(text("pending", "robot").contains("robot  not documented\n"));
}

#[test]
fn scores_have_a_bar_and_one_note_about_the_scale() {
    let text = TabCase::new(REJECTED).text(Tab::Summary);
    for score in ["ARGOS score          61.5 ", "Recognition score    88 ", "Face similarity      34 "] {
        assert!(text.lines().any(|line| line.trim_end().starts_with(score)), "{score}\n{text}");
    }
    assert!(text.contains("in Attempt 2") && !text.contains("in ARGOS's examples"), "{text}");
    assert_eq!(text.matches("Bars run from 0 to 100.").count(), 1, "{text}");
    let beyond = TabCase::new(r#"{"argos_score":4000}"#).text(Tab::Summary);
    assert!(beyond.contains("sets its own threshold for the ARGOS score.") && !beyond.contains("Bars run"), "{beyond}");
}

#[test]
fn thresholds_are_said_only_of_scores_that_have_them_by_the_documentation() {
    let text = |json: &str| TabCase::new(json).columns(120).text(Tab::Summary);
    let both = text(r#"{"argos_score":60,"recognition_score":88,"kyc":{"livenessScore":90}}"#);
    let words = "Each project sets its own thresholds for the ARGOS score and the recognition score.";
    assert!(both.replace('\n', " ").contains(words), "{both}");
    let one = text(r#"{"recognition_score":88,"kyc":{"livenessScore":90}}"#);
    assert!(one.replace('\n', " ").contains("sets its own threshold for the recognition score."), "{one}");
    for kyc in [r#"{"livenessScore":90}"#, r#"{"faceSimilarityScore":400}"#, r#"{"attempts":[{"livenessScore":90}]}"#] {
        let other = text(&format!(r#"{{"kyc":{kyc}}}"#));
        assert!(other.contains("Scores\n") && !other.contains("threshold"), "{other}");
    }
}

#[test]
fn age_conditions_of_several_checks_are_counted_on_one_line() {
    let record = |met: bool| format!(r#"{{"conditionResults":[{{"finalResult":{met}}}]}}"#);
    let text = |records: &[String]| {
        let json = format!(r#"{{"verification":{{"faceAge":[{}]}}}}"#, records.join(","));
        TabCase::new(&json).text(Tab::Summary)
    };
    assert!(text(&[record(true)]).contains("Face age             condition met  (age estimated from the face)\n"));
    assert!(text(&[record(false)]).contains("Face age             condition not met  (age estimated from the face)\n"));
    let two = text(&[record(true), record(false)]);
    assert!(two.contains("Face age             2 checks, 1 of 2 conditions not met"), "{two}");
    let met = text(&[record(true), record(true)]);
    assert!(met.contains("Face age             2 checks, all conditions met"), "{met}");
    assert_eq!(two.matches("conditions not met").count(), 1, "{two}");
}

#[test]
fn a_value_begins_on_the_line_of_its_label_in_a_narrow_pane() {
    let text = TabCase::new(REJECTED).columns(38).text(Tab::Summary);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let at = lines.iter().position(|line| line.starts_with("Reject comment")).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(lines[at..at + 2], ["Reject comment  Multiple invalid KYC", "             attempts"], "{text}");
}

#[test]
fn the_age_hides_with_the_birth_date() {
    assert!(!TabCase::new(REJECTED).mask(Mask::All).text(Tab::Summary).contains("42 on the day"));
    assert!(!TabCase::new(REJECTED).mask(Mask::All).text(Tab::Summary).contains("이가상"));
}

/// Columns that a label and its mark take at least, where there are fewer.
const LEAST: usize = 16;

#[test]
fn any_width_is_filled_and_not_exceeded() {
    for json in [REJECTED, "{}", r#"{"kyc":7,"data":[],"aml":"x"}"#] {
        for columns in 1..=120 {
            let lines = TabCase::new(json).columns(columns).lines(Tab::Summary);
            let widest = lines.iter().map(|line| line.line.width()).max().unwrap_or_default();
            assert!(widest <= columns.max(LEAST), "{columns}: {widest}");
            // What is wrapped leaves at most a longer word free, and what is not takes all the room that it needs.
            let is_filled = json != REJECTED || widest + 22 > columns;
            assert!(is_filled, "{columns}: {widest}");
        }
    }
}

#[test]
fn where_the_list_answer_says_otherwise_both_values_are_shown() {
    let case = TabCase::new(r#"{"submission_id":"a","kyc":{"result":"pending"}}"#)
        .with_list(r#"{"submission_id":"a","kyc":{"result":"approved"},"memo":{"text":"only in the list"}}"#);
    let lines = case.lines(Tab::Summary);
    let line = lines.iter().find(|line| line.line.text().contains("List data")).expect("a line about it");
    assert!(line.line.text().contains("2 fields"), "{}", line.line.text());
    let (tab, evidence) = line.link().expect("its evidence");
    let there = case.lines(tab);
    assert!(there.iter().any(|line| line.anchor.as_ref() == Some(evidence)));
    let text = case.text(Tab::Details);
    for part in ["kyc.result", "approved", "pending", "memo", "only in the list"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!case.text(Tab::Summary).contains("✓ approved"), "the single answer is what counts");
}

#[test]
fn a_code_has_its_meaning_and_usual_cause_and_free_text_in_its_place_survives() {
    let of = |kyc: &str, columns| TabCase::new(&format!(r#"{{"kyc":{kyc}}}"#)).columns(columns).text(Tab::Summary);
    let code = r#"{"result":"rejected","commentCode":"too_many_retry"}"#;
    let cause = "too_many_retry  too many failed attempts; usual cause: all retries used \
                 (3, or 5 in checks without an ID document)";
    assert!(of(code, 140).contains(cause), "{}", of(code, 140));
    let below =
        "too_many_retry  too many failed attempts;\n                     usual cause: all retries used (3, or 5";
    assert!(of(code, 78).contains(below), "{}", of(code, 78));
    assert!(!of(code, 40).contains("usual cause"), "{}", of(code, 40));
    let free =
        r#"{"result":"rejected","comment":["Blurred. Call them"],"commentCode":["Blurred. Call them","new_code"]}"#;
    assert!(of(free, 118).contains("Blurred. Call them  the comment, in place of a code"), "{}", of(free, 118));
    assert!(of(free, 118).contains("new_code  not documented"));
    let left = of(r#"{"result":"incomplete"}"#, 118).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(left.contains("may become rejected after about a day"), "{left}");
    assert!(left.contains("usual cause: step 1 done and no selfie, or stopped in a retry"), "{left}");
}

#[test]
fn a_deletion_that_a_webhook_tells_is_said_and_its_status_is_not_fetched() {
    let json = r#"{"submission_id":"a","webhook_trigger":"delete","delete_time":"2026-11-21T00:00:00.000Z"}"#;
    let text = TabCase::listed(json).columns(120).text(Tab::Summary);
    assert!(text.contains("Deleted") && text.contains("a webhook says so"), "{text}");
    assert!(text.contains("· not fetched") && !text.contains("no status was sent"), "{text}");
}

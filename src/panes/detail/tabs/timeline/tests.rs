use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::super::testing::TabCase;
use crate::panes::detail::{Anchor, Landmark, Tab, TabChoices, TabLine};
use crate::submission::timeline::EventOrder;
use crate::text::Mask;
use crate::time::Zone;

pub(super) mod views;

/// One submission with everything that has a time, and something of every kind of trouble.
const STORY: &str = r#"{
  "created_at": "2026-11-21T09:14:03.120Z", "pending_at": "2026-11-21T09:16:40.000Z",
  "kyc_result_at": "2026-11-24T13:20:00.000Z", "updated_at": "2026-11-24T13:20:00.400Z",
  "memo": { "text": "x", "updated_at": "2026-11-24T13:25:00.000Z" },
  "updateHistory": { "updateAdmin": "admin@example.com", "updateTime": "2026-11-25T08:00:00.000Z" },
  "pre_verification": { "created_at": "2026-11-21T09:14:01.000Z", "is_valid": true },
  "Injection_action": [ { "attemptStatus": "fail", "createTime": "2026-11-26T08:00:00.000Z" } ],
  "signals": { "startButtonClickTime": "2026-11-21T09:14:06.000Z", "cameraProcessInfo": [
    { "type": "idcard-front-autocapture", "processStartTime": "2026-11-21T09:14:10.000Z",
      "processEndTime": "2026-11-21T09:14:22.400Z", "error": null },
    { "type": "idcard-back-upload", "processStartTime": "2026-11-21T09:14:21.000Z",
      "processEndTime": "2026-11-21T09:14:31.000Z", "error": null },
    { "type": "id-document-face-passive", "processStartTime": "2026-11-21T09:15:40.000Z",
      "processEndTime": "2026-11-21T09:15:37.500Z", "error": null },
    { "type": "id-document-face-active", "processStartTime": "2026-11-21T09:16:10.000Z",
      "error": "NotAllowedError: Permission denied" },
    { "type": "id-document-face-hologram", "processStartTime": "soon", "processEndTime": "later" } ] },
  "kyc": { "result": "rejected",
    "attempts": [
      { "attemptCnt": 1, "step1Time1st": "2026-11-21T09:14:58.000Z", "retryCode": ["barcode_protocol_fail"] },
      { "attemptCnt": 2, "step1Time2nd": "2026-11-21T09:15:20.000Z", "step2Time1st": "2026-11-21T09:16:31.000Z",
        "liveness": { "error": "Failed to detect face", "error_code": "FACE_NOT_FOUND" },
        "retryCode": ["liveness_error"] } ],
    "retry": [ { "type": "step1", "retryCnt": 1, "retryCode": "barcode_protocol_fail" } ] }
}"#;

fn text(json: &str) -> String {
    TabCase::new(json).text(Tab::Timeline)
}

/// The lines that hold a text.
fn holding<'l>(lines: &'l [TabLine], text: &str) -> Vec<&'l TabLine> {
    lines.iter().filter(|line| line.line.text().contains(text)).collect()
}

#[test]
fn the_head_tells_how_long_it_took_and_what_went_wrong() {
    let text = text(STORY);
    let head: Vec<&str> = text.lines().take(6).collect();
    assert_eq!(
        head,
        [
            "2 m 25 s from the start click to the last camera event or step",
            "2 attempts · 1 retry reason from ARGOS",
            "2 attempts failed · 1 camera event failed · 1 other event failed",
            "4 events with an anomaly · 1 upload from a file",
            "5 idle gaps, the longest of 3 d 4 h",
            "from 2026-11-21 09:14:01 UTC · to 2026-11-26 08:00:00 UTC · 4 d 22 h in all",
        ]
    );
}

#[test]
fn rows_stand_in_the_order_of_time_with_a_line_for_each_day() {
    let text = text(STORY);
    let begins = [
        "2026-11-21 UTC",
        "09:14:01 pre-verification: passed",
        "09:14:03 created",
        "09:14:06 start clicked",
        "09:14:10 idcard-front-autocapture",
        "09:14:21 idcard-back-upload",
        "09:14:58 attempt 1 · Step 1, 1st try",
        "09:15:20 attempt 2 · Step 1, 2nd try",
        "09:15:40 id-document-face-passive",
        "         ┊ idle gap",
        "09:16:10 id-document-face-active",
        "09:16:31 attempt 2 · Step 2, 1st try",
        "09:16:40 pending",
        "         ┊ idle gap before the result",
        "2026-11-24 UTC",
        "13:20:00 result: rejected",
        "13:20:00 updated",
        "2026-11-25 UTC",
        "08:00:00 changed by an admin",
        "2026-11-26 UTC",
        "08:00:00 address: fail",
        "Without a known time",
        "--:--:-- id-document-face-hologram",
        "Every time in full",
    ];
    let mut rest = text.lines();
    for begin in begins {
        assert!(rest.any(|line| line.starts_with(begin)), "{begin}, in this order, in\n{text}");
    }
}

#[test]
fn every_oddity_is_told_in_words() {
    let text = text(STORY);
    for words in [
        "ID front, captured automatically",
        "! overlaps idcard-front-autocapture, for 1.4 s",
        "! an upload among live captures of the document",
        "! ends 2.5 s before it starts",
        "! no end was sent",
        "! the start does not parse, as sent: soon",
        "! the end does not parse, as sent: later",
        "not documented",
        "✗ Error: NotAllowedError: Permission denied",
        "↻ retry 1 of step1: barcode_protocol_fail · no valid barcode",
        "✗ Error code: FACE_NOT_FOUND · no face detected",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert_eq!(text.matches("barcode_protocol_fail").count(), 1, "a retry and its attempt tell one code once");
}

#[test]
fn one_error_code_in_two_fields_is_told_once() {
    let json = r#"{"kyc":{"attempts":[{"step2Time1st":"2026-11-21T09:14:58Z","errorCode":"FACE_NOT_FOUND",
        "liveness":{"error_code":"FACE_NOT_FOUND"}}]}}"#;
    assert_eq!(text(json).matches("FACE_NOT_FOUND").count(), 1);
}

#[test]
fn every_time_stands_in_full() {
    let text = text(STORY);
    for time in ["2026-11-21 09:14:22.400 UTC", "2026-11-21 09:15:37.500 UTC", "2026-11-24 13:20:00.400 UTC"] {
        assert!(text.contains(time), "{time}");
    }
}

#[test]
fn keys_find_errors_and_gaps_and_enter_leads_to_the_evidence() {
    let lines = TabCase::new(STORY).lines(Tab::Timeline);
    let landmark = |text: &str| holding(&lines, text).first().and_then(|line| line.landmark);
    assert_eq!(landmark("id-document-face-active"), Some(Landmark::Error));
    assert_eq!(landmark("┊ idle gap before the result"), Some(Landmark::Gap));
    assert_eq!(landmark("09:14:03 created"), None);
    let call = holding(&lines, "attempt 1 ·")[0];
    assert_eq!(call.path(), Some("kyc.attempts[0].step1Time1st"));
    assert_eq!(call.link(), Some((Tab::Attempts, &Anchor::of_path("kyc.attempts[0]"))));
    let failed = holding(&lines, "NotAllowedError")[0];
    assert_eq!(failed.path(), Some("signals.cameraProcessInfo[3].error"));
}

#[test]
fn lines_fit_at_every_width_and_the_bar_shrinks() {
    let wide = r#"{"signals":{"cameraProcessInfo":[{"type":"카메라-신분증-앞면-자동촬영-아주-긴-이름-아주-긴-이름","processStartTime":"2026-11-21T09:14:10Z","processEndTime":"2026-11-21T09:14:19Z","error":"오류: 카메라를 사용할 수 없습니다"},
        {"type":"صورة-الهوية","processStartTime":"nope"}]}}"#;
    for columns in [0, 1, 8, 20, 38, 58, 60, 78, 112, 118, 200] {
        for json in [STORY, wide] {
            let lines = TabCase::new(json).columns(columns).lines(Tab::Timeline);
            assert!(!lines.is_empty());
            if columns >= 38 {
                TabCase::new(json).columns(columns).fits(Tab::Timeline);
            }
        }
    }
    assert!(TabCase::new(STORY).columns(38).text(Tab::Timeline).contains("━"));
    assert!(TabCase::new(STORY).columns(118).text(Tab::Timeline).contains("+4.0 s  ID front, captured automatically"));
}

#[test]
fn the_admin_is_masked_and_can_be_revealed() {
    for columns in [78, 118] {
        let case = TabCase::new(STORY).columns(columns).mask(Mask::All);
        assert!(!case.text(Tab::Timeline).contains("admin@"));
        let lines = case.lines(Tab::Timeline);
        let by = holding(&lines, "by •")[0];
        assert_eq!((by.path(), by.private), (Some("updateHistory.updateAdmin"), true));
    }
}

#[test]
fn a_time_without_seconds_shows_none() {
    let json = r#"{"created_at":"2026-11-21 09:14","signals":{"cameraProcessInfo":[
        {"processStartTime":"2026-11-21 09:14","processEndTime":"2026-11-21 09:14"}]}}"#;
    let text = text(json);
    assert!(text.contains("09:14:-- created"), "{text}");
    assert!(text.contains("under 1 m"));
    assert!(text.contains("sent to the minute"));
    assert!(text.replace('\n', " ").contains("their order within a minute is unknown"));
}

#[test]
fn nothing_is_told_of_a_submission_without_times() {
    assert!(text("{}").starts_with("No times were sent."));
    assert!(TabCase::listed("{}").text(Tab::Timeline).starts_with("No times in the list data."));
    let listed = TabCase::listed(r#"{"created_at":"2026-11-21T09:14:00Z"}"#).text(Tab::Timeline);
    assert!(listed.contains("List data only") && !listed.contains("no errors"), "{listed}");
}

#[test]
fn hostile_text_is_made_visible() {
    let json = r#"{"signals":{"cameraProcessInfo":[{"type":"a\u001b[2Jb","processStartTime":"\u202enoos","error":"\u0007"}]}}"#;
    let text = text(json);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains('\u{7}'));
    assert!(text.contains("a␛[2Jb"));
}

/// A night in which the clocks of Berlin are put back, and one in which they are put forward.
#[test]
fn where_the_offset_changes_every_time_of_day_stands_with_it() {
    let berlin = Zone::starting(TimeZone::get("Europe/Berlin").unwrap(), TimeZone::UTC);
    let case = |created: &str, result: &str| {
        let json = format!(r#"{{"created_at":"{created}","kyc_result_at":"{result}","kyc":{{"result":"approved"}}}}"#);
        TabCase::new(&json).zone(berlin.clone()).text(Tab::Timeline)
    };
    for (created, result, shown) in [
        ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", ["02:30:00 +02:00 created", "02:30:00 +01:00 result"]),
        ("2026-03-29T00:59:00Z", "2026-03-29T01:01:00Z", ["01:59:00 +01:00 created", "03:01:00 +02:00 result"]),
        ("2026-03-29 00:59", "2026-03-29T01:01:00Z", ["01:59:-- +01:00 created", "03:01:00 +02:00 result"]),
    ] {
        let text = case(created, result);
        assert!(shown.iter().all(|part| text.contains(part)), "{text}");
    }
    assert!(!case("2026-11-25T00:30:00Z", "2026-11-25T01:30:00Z").contains("01:30:00 +01:00 created"));
}

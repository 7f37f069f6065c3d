//! No malformed verdict looks like an approval on a screen of 100 by 40: not in the list, not in any tab.

use argos_review::api::{Item, Page};
use bytes::Bytes;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use crate::screen::{Answers, Screen};
use crate::session::{setting, text_of};
use argos_testkit::long_run::cases;

/// What may be sent as `kyc` in an answer, each wrong in one way.
fn kycs() -> Vec<String> {
    let texts = [
        "approvedd",
        "approve",
        "approved ",
        " approved",
        "approved\\u200b",
        "\\u202eapproved",
        "approved\\u0000",
        "approved\\ud800",
        "ａｐｐｒｏｖｅｄ",
        "аpproved",
        "not approved",
        "approved, rejected",
        "",
    ];
    let mut results: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    results.extend(
        [
            "null",
            "true",
            "false",
            "17",
            "1e999",
            "[]",
            "{}",
            r#"["approved"]"#,
            r#"[["approved"]]"#,
            r#"{"result":"approved"}"#,
            r#""rejected","result":"approved""#,
            r#""approved","result":"rejected""#,
            r#""approved","result":null"#,
        ]
        .map(str::to_owned),
    );
    let mut kycs: Vec<String> = results.iter().map(|result| format!(r#"{{"result":{result}}}"#)).collect();
    kycs.extend(
        [
            "null",
            "true",
            "17",
            r#""approved""#,
            r#"["approved"]"#,
            r#"[{"result":"approved"}]"#,
            r#"{"kyc":{"result":"approved"}}"#,
            r#"{"result":"approved"},"kyc":{"result":"rejected"}"#,
            r#"{"result":"rejected"},"kyc":{"result":"approved"}"#,
            r#"{"result":"approved"},"kyc":null"#,
            r#"{},"kyc":{"result":"approved"}"#,
        ]
        .map(str::to_owned),
    );
    kycs
}

fn item(id: &str, kyc: &str) -> String {
    format!(
        r#"{{"submission_id":"{id}","created_at":"2026-11-21T09:14:05.123Z","email":"{id}@example.com","kyc":{kyc},
            "aml":{{"currentstatus":"Red Flag","matches":[{{"risk_level":"HIGH"}}]}},"pre_verification":{{"is_valid":false}},
            "signals":{{"cameraProcessInfo":[{{"type":"id-document-face-active","error":"timeout"}}]}}}}"#
    )
}

fn answers(kyc: &str) -> Answers {
    let items = [item("first", kyc), item("second", r#"{"result":"rejected"}"#), item("third", kyc)];
    Answers::Body(Bytes::from(format!(r#"{{"Items":[{}]}}"#, items.join(","))))
}

fn is_green(buffer: &Buffer) -> bool {
    buffer.content().iter().any(|cell| matches!(cell.fg, Color::Green | Color::LightGreen))
}

#[test]
fn the_items_of_these_pages_are_all_listed() {
    for kyc in kycs() {
        let Answers::Body(body) = answers(&kyc) else { unreachable!("it is a body") };
        let page = Page::read(&body).expect("a page");
        assert!(page.items.iter().all(|item| matches!(item, Item::Readable { .. })) && page.items.len() == 3, "{kyc}");
    }
}

#[tokio::test]
async fn no_malformed_verdict_is_green_on_any_screen() {
    let sound = Screen::open(setting(), 100, 40, answers(r#"{"result":"approved"}"#)).await;
    assert!(is_green(&sound.buffer()), "an approval is green, or this test tells nothing");
    for (at, kyc) in kycs().iter().enumerate() {
        let mut screen = Screen::open(setting(), 100, 40, answers(kyc)).await;
        let first = screen.buffer();
        assert!(!is_green(&first), "{kyc}\n{}", text_of(&first));
        assert!(text_of(&first).contains("3 loaded"), "{kyc}");
        screen.press("<enter>").await;
        let tabs = if cases(false, true) { (1..=8).collect() } else { vec![1, at % 7 + 2] };
        for tab in tabs {
            screen.press(&tab.to_string()).await;
            let buffer = screen.buffer();
            assert!(!is_green(&buffer), "{kyc}, tab {tab}\n{}", text_of(&buffer));
        }
    }
}

//! The comparison and the statistics on the screen, at every size, masked and with hostile texts.

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};
use argos_review::app::ReviewerConfig;
use argos_review::text::Mask;
use bytes::Bytes;

/// Two invented people who share an e-mail address, with every result of a comparison.
const LINKED: &str = r#"{"Items":[
  {"submission_id":"6xx28lo115832","email":"kim@example.com","created_at":"2026-11-21T09:14:05Z","userid":"user 7",
   "data":{"full_name":"Kim Minjun","date_of_birth":"1990-03-14","identityNumber":"900101-1234567","nationality":"KOR",
     "idType":"passport","address_input":"12, Sample-ro, Seoul"},
   "kyc":{"result":"rejected","commentCode":["E4"],"attempts":[{"errorCode":"E4","ocrResult":"fail"}]},
   "argos_score":41,"image":{"idImage":"https://images.example.com/one"},"note\u001b[31m":"\u202eevil"},
  {"submission_id":"7aa11kk220044","email":"kim@example.com","created_at":"2026-11-20T09:14:05Z","userid":"user 8",
   "data":{"full_name":"KIM MINJUN","date_of_birth":"14 MAR 1990","identityNumber":"900101-1234568","nationality":"KOR",
     "idType":"passport","address_input":"12 Sample-ro Seoul"},
   "kyc":{"result":"approved","attempts":[{"ocrResult":"success"},{"errorCode":"E9","ocrResult":"fail"}]},
   "argos_score":92,"image":{"idImage":"https://images.example.com/two"},"note\u001b[31m":"plain"}
]}"#;

async fn comparing(setting: ReviewerConfig, width: u16, height: u16) -> Screen {
    let mut screen = Screen::open(setting, width, height, Answers::Body(Bytes::from_static(LINKED.as_bytes()))).await;
    screen.press("<enter>7/→<enter>=").await;
    screen
}

fn text(screen: &Screen) -> String {
    text_of(&screen.buffer())
}

#[tokio::test]
async fn the_comparison_at_every_size() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let screen = comparing(setting(), width, height).await;
        assert!(text(&screen).contains("Compare 2 submissions"), "{}", text(&screen));
        insta::assert_snapshot!(format!("compare_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn the_comparison_obeys_the_mask_also_while_it_is_open() {
    let mut screen = comparing(ReviewerConfig { mask: Mask::None, ..setting() }, 120, 40).await;
    assert!(text(&screen).contains("900101-1234567") && text(&screen).contains("Kim Minjun"), "{}", text(&screen));
    screen.press("m").await;
    assert!(!text(&screen).contains("900101") && text(&screen).contains("Kim Minjun"), "{}", text(&screen));
    screen.press("m").await;
    for hidden in ["900101", "Kim", "KIM", "user 7", "Sample", "1990", "evil"] {
        assert!(!text(&screen).contains(hidden), "{hidden}: {}", text(&screen));
    }
    insta::assert_snapshot!("compare_masked_all_120x40", screen.snapshot());
}

#[tokio::test]
async fn the_comparison_says_what_is_not_fetched() {
    let mut screen = Screen::open(setting(), 80, 24, Answers::Body(Bytes::from_static(LINKED.as_bytes()))).await;
    screen.press("<enter>7/→<enter>").await;
    screen.answer_with(Answers::Silence);
    screen.press("=").await;
    let text = text(&screen);
    assert!(text.contains("list data only · loading") && text.contains("of what is fetched"), "{text}");
}

#[tokio::test]
async fn the_statistics_at_every_size() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("S").await;
        let text = text(&screen);
        assert!(text.contains("Statistics") && text.contains("loaded"), "{text}");
        insta::assert_snapshot!(format!("statistics_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn hostile_values_are_counted_without_their_effect() {
    let body = r#"{"Items":[{"submission_id":"a","kyc":{"result":"\u001b]0;x\u0007","commentCode":["\u202eE4",""]},
        "data":{"nationality":"K\u200bR","idType":"a very long type of a document that nobody could ever read on a line of a screen"}},
        {"submission_id":"b","kyc":{"result":{"x":1},"commentCode":[[1]]}}, 7]}"#;
    for (width, height) in [(120, 40), (40, 12)] {
        let mut screen = Screen::open(setting(), width, height, Answers::Body(Bytes::from(body))).await;
        screen.press("S").await;
        for _ in 0..40 {
            let text = text(&screen);
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{200b}']), "{text}");
            screen.press("j").await;
        }
    }
}

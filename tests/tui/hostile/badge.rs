//! What cannot be seen is told: in the row, in the detail, and where a value is cut.

use argos_review::text::Mask;
use serde_json::json;

use super::elsewhere::items;
use crate::checked_terminal::CheckedTerminal;
use crate::screen::Screen;
use crate::session::{setting, text_of};
use argos_testkit::long_run::cases;

const BADGE: &str = "? hidden characters";

async fn screen(width: u16, height: u16, rows: &[serde_json::Value]) -> Screen {
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let mut setting = setting();
    setting.mask = Mask::None;
    Screen::open(setting, width, height, items(&rows)).await
}

#[tokio::test]
async fn a_row_and_every_tab_tell_of_hidden_characters() {
    let long = format!("{}\u{202e}", "Sample ".repeat(900));
    let names =
        ["Kim\u{200b} Sample", "Kim Sample of a name much longer than its cell\u{202e}", "\u{1b}[8mKim", long.as_str()];
    for name in names {
        let rows = [
            json!({ "submission_id": "s1", "data": { "name": name }, "memo": { "text": "two\nlines" } }),
            json!({ "submission_id": "s2", "data": { "name": "می\u{200c}خواهم 👨\u{200d}👩\u{200d}👧 प्रिया" }, "memo": { "text": "two\nlines" } }),
        ];
        for (width, height) in [(160, 40), (40, 12), (80, 60)] {
            let mut screen = screen(width, height, &rows).await;
            let list = text_of(&screen.buffer());
            let row = |sign: &str| {
                list.lines().find(|line| line.starts_with(sign)).unwrap_or_else(|| panic!("{list}")).to_owned()
            };
            assert!(row("│▶").starts_with("│▶ ‼"), "{list}");
            assert!(row("│  ?").contains(" ·"), "{list}");
            screen.press("<tab>").await;
            for tab in 1..=8 {
                screen.press(&tab.to_string()).await;
                let text = text_of(&screen.buffer());
                assert!(text.contains(BADGE), "tab {tab}:\n{text}");
            }
            screen.press("J").await;
            let text = text_of(&screen.buffer());
            assert!(text.contains("s2") && !text.contains(BADGE), "{text}");
        }
    }
}

#[tokio::test]
async fn hidden_characters_that_no_row_shows_are_told_in_the_detail() {
    for hidden in [
        json!({ "memo": { "text": "a\u{2066}b" } }),
        json!({ "new\u{7f}name": 1 }),
        json!({ "kyc": { "comment": ["x\u{8}"] } }),
    ] {
        let mut row = hidden.clone();
        row["submission_id"] = json!("s1");
        let mut screen = screen(120, 40, &[row]).await;
        let list = text_of(&screen.buffer());
        assert!(!list.lines().any(|line| line.starts_with("│▶") && line.chars().take(16).any(|c| c == '?')), "{list}");
        screen.press("<tab>z5").await;
        assert!(text_of(&screen.buffer()).contains(BADGE), "{hidden}");
    }
}

#[tokio::test]
async fn unusual_spaces_and_line_breaks_are_a_note_and_carry_no_badge() {
    for name in ["山田\u{3000}太郎", "Kim\u{a0}Sample", "Kim\r\nSample"] {
        let rows = [json!({ "submission_id": "s1", "kyc": { "result": "approved" }, "data": { "name": name } })];
        let mut screen = screen(160, 40, &rows).await;
        let list = text_of(&screen.buffer());
        assert!(!list.lines().any(|line| line.starts_with("│▶") && line.chars().take(16).any(|c| c == '?')), "{list}");
        screen.press("<tab>z1").await;
        let text = text_of(&screen.buffer());
        assert!(!text.contains(BADGE) && text.contains("contains unusual spaces or line breaks"), "{text}");
    }
}

#[tokio::test]
async fn what_is_cut_or_of_several_lines_says_so_on_one_line() {
    let rows = [
        json!({ "submission_id": "s1\nforged", "email": "first line\nsecond@example.com", "data": { "name": "x".repeat(cases(300_000, 9_000_000)) } }),
    ];
    let mut screen = screen(160, 30, &rows).await;
    screen.press("z").await;
    let mut judged = CheckedTerminal::new(160, 30);
    judged.draw(&"a long name", screen.model());
    let text = judged.text();
    let row = text.lines().find(|line| line.starts_with("│▶")).unwrap_or_else(|| panic!("{text}"));
    assert!(row.contains("xxx…") && row.contains("first line␊second"), "{row}");
    assert!(text.contains("1 loaded"), "{text}");
}

/// Megabytes are laid out once, and no more of them than a screen can use: neither the number of lines nor the bytes of a
/// frame grow with a field.
#[tokio::test]
async fn a_field_of_megabytes_costs_a_frame_no_more_than_a_long_one() {
    let rows = |size: usize| {
        let text = "word ".repeat(size / 5);
        [
            json!({ "submission_id": "s1", "memo": { "text": text }, "data": { "full_name": text, "documentNumber": text },
            "kyc": { "comment": [text] }, "new_field": text }),
        ]
    };
    let mut lines = Vec::new();
    for size in [20_000, cases(120_000, 10_000_000)] {
        let mut screen = screen(120, 40, &rows(size)).await;
        screen.press("<tab>z").await;
        let mut judged = CheckedTerminal::new(120, 40);
        for tab in 1..=8 {
            screen.press(&tab.to_string()).await;
            let bytes = judged.draw(&tab, screen.model()).len();
            let text = judged.text();
            let count = text.lines().last().map(str::to_owned);
            let place = text.lines().rev().find(|line| line.starts_with('╰')).unwrap_or_default().to_owned();
            let total =
                place.split_once('/').and_then(|(_, rest)| rest.split_once(' ')).map(|(total, _)| total.to_owned());
            assert!(bytes < 40 * 120 * 4, "tab {tab}: {bytes} bytes {count:?}");
            lines.push((tab, total));
        }
    }
    let (long, huge) = lines.split_at(8);
    assert_eq!(long, huge);
}

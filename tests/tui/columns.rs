//! The column chooser, and a list with chosen columns.

use argos_review::app::ReviewerConfig;
use argos_review::submission::row::Column;

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

fn text(screen: &Screen) -> String {
    text_of(&screen.buffer())
}

/// A screen on the demo, which runs as long as its value is kept.
async fn opened(setting: ReviewerConfig, width: u16, height: u16) -> (Screen, SwitchedDemo) {
    let demo = SwitchedDemo::start().await;
    (Screen::open(setting, width, height, Answers::Demo(demo.client())).await, demo)
}

/// The line with the headings of the list.
fn headings(screen: &Screen) -> String {
    text(screen).lines().nth(4).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_chooser_at_every_size() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let (mut screen, _demo) = opened(setting(), width, height).await;
        // Hides the time of creation, and puts the name first.
        screen.press("cjj jKK").await;
        insta::assert_snapshot!(format!("column_chooser_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn the_list_changes_at_once_and_keeps_the_columns() {
    let (mut screen, _demo) = opened(setting(), 80, 24).await;
    assert!(headings(&screen).starts_with("│  ! Status     Name "), "{}", headings(&screen));
    screen.press("cJ").await;
    assert!(headings(&screen).starts_with("│  ! Name "), "{}", headings(&screen));
    screen.press("<esc>").await;
    assert!(headings(&screen).contains("  Status     Created"), "{}", headings(&screen));
    screen.press("c<enter><esc>").await;
    assert!(headings(&screen).starts_with("│  ! Status     Created"), "{}", headings(&screen));
    screen.press("c0<esc>").await;
    assert!(headings(&screen).starts_with("│  ! Status     Name "), "{}", headings(&screen));
}

#[tokio::test]
async fn one_column_remains_with_a_sentence() {
    let chosen = ReviewerConfig { columns: Some(vec![Column::Status]), ..setting() };
    let (mut screen, _demo) = opened(chosen, 80, 24).await;
    screen.press("c ").await;
    assert!(text(&screen).contains("The list keeps at least one column"), "{}", text(&screen));
    assert!(headings(&screen).starts_with("│  ! Status "), "{}", headings(&screen));
}

#[tokio::test]
async fn wide_columns_are_scrolled_into_view_at_40_columns() {
    let columns = vec![Column::Email, Column::UserId, Column::Created, Column::Ip];
    let (mut screen, _demo) = opened(ReviewerConfig { columns: Some(columns), ..setting() }, 40, 12).await;
    let both = |screen: &Screen| headings(screen).contains("E-mail") && headings(screen).contains("User");
    assert!(both(&screen) && headings(&screen).ends_with('›'), "{}", text(&screen));
    screen.press("l").await;
    assert!(both(&screen) && headings(&screen).contains("Created"), "{}", text(&screen));
    screen.press("lll").await;
    assert!(both(&screen) && headings(&screen).contains("IP"), "{}", text(&screen));
    let shown = text(&screen);
    let headed = headings(&screen);
    assert!(headed.starts_with('‹') && !headed.contains('›'), "the last column is in view: {shown}");
    assert!(shown.lines().any(|line| line.starts_with("│▶ ? kim@") && line.contains(" ·")), "not fetched: {shown}");
    screen.press("h").await;
    assert!(headings(&screen).contains("Created"), "{}", text(&screen));
}

#[tokio::test]
async fn a_chosen_column_that_was_not_fetched_says_so_and_is_fetched() {
    let chosen = ReviewerConfig { columns: Some(vec![Column::Status, Column::Aml, Column::AmlLevel]), ..setting() };
    let (mut screen, _demo) = opened(ReviewerConfig { filter: "on:2026-11-20".to_owned(), ..chosen }, 80, 24).await;
    assert!(headings(&screen).contains("AML  ") && headings(&screen).contains("AML level"), "{}", headings(&screen));
    let dots = |screen: &Screen| text(screen).lines().filter(|line| line.contains(" ·  ")).count();
    assert!(dots(&screen) > 10, "{}", text(&screen));
    screen.press("D").await;
    assert!(dots(&screen) < 5 && text(&screen).contains("Not Screened"), "{}", text(&screen));
}

#[tokio::test]
async fn masks_hold_for_chosen_columns() {
    let columns = vec![Column::BirthDate, Column::Email];
    let (mut screen, _demo) = opened(ReviewerConfig { columns: Some(columns), ..setting() }, 80, 24).await;
    assert!(text(&screen).contains("@example.com") && text(&screen).contains("1992-04-17"), "{}", text(&screen));
    screen.press("mc").await;
    let shown = text(&screen);
    assert!(shown.contains("masked: identity data") && shown.contains("•••"), "{shown}");
    assert!(!shown.contains("@example") && !shown.contains("1992"), "{shown}");
}

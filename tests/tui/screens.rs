//! Screens as snapshots: every state at every size that the reviewer promises, with styles.
//!
//! `cargo insta review` or `INSTA_UPDATE=always cargo test --test tui screens` takes new ones; read them before.

use crate::screen::{Answers, Screen};
use crate::servers::{SwitchedDemo, growing};
use crate::session::setting;
use argos_review::api::RequestError;
use argos_review::failure::{Failure, Waiting};
use argos_review::text::{Mask, Safe};
use std::time::Duration;

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (200, 60), (40, 12)];

fn failure() -> Failure {
    Failure::from(&RequestError::Empty)
}

#[tokio::test]
async fn ready_at_every_size() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in SIZES {
        let screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        insta::assert_snapshot!(format!("ready_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn loading_empty_and_failed_at_every_size() {
    for (width, height) in SIZES {
        let screen = Screen::open(setting(), width, height, Answers::Silence).await;
        insta::assert_snapshot!(format!("loading_{width}x{height}"), screen.snapshot());
        let screen = Screen::open(setting(), width, height, Answers::Nothing).await;
        insta::assert_snapshot!(format!("empty_{width}x{height}"), screen.snapshot());
        let screen = Screen::open(setting(), width, height, Answers::Failing(failure())).await;
        insta::assert_snapshot!(format!("failed_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn waiting_for_another_try_at_every_size() {
    let demo = SwitchedDemo::start().await;
    let failure = Failure { sentence: Safe::from_static("The service is not available (503)."), ..failure() };
    let waiting = Waiting { failure, time: Duration::from_secs(7), next: 2, most: 3 };
    for (width, height) in SIZES {
        let screen = Screen::open(setting(), width, height, Answers::Waiting(waiting.clone())).await;
        insta::assert_snapshot!(format!("waiting_{width}x{height}"), screen.snapshot());
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.answer_with(Answers::Waiting(waiting.clone()));
        screen.press("jr").await;
        insta::assert_snapshot!(format!("waiting_with_rows_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn new_and_changed_rows_at_every_size() {
    for (width, height) in SIZES {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(growing())).await;
        screen.press("jrkj").await;
        insta::assert_snapshot!(format!("news_{width}x{height}"), screen.snapshot());
        screen.press("w").await;
        screen.press("n").await;
        insta::assert_snapshot!(format!("news_shown_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn a_failed_new_query_keeps_the_previous_rows_dimmed() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 40, Answers::Demo(demo.client())).await;
    screen.answer_with(Answers::Failing(failure()));
    screen.press("ffrom:-3d<enter>").await;
    insta::assert_snapshot!("previous_query_120x40", screen.snapshot());
}

#[tokio::test]
async fn every_tab_of_a_rejected_submission() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("jjj<enter>").await;
        for tab in 1..=8 {
            screen.press(&tab.to_string()).await;
            insta::assert_snapshot!(format!("tab_{tab}_{width}x{height}"), screen.snapshot());
        }
    }
}

#[tokio::test]
async fn the_bar_while_it_is_edited() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 40, Answers::Demo(demo.client())).await;
    screen.press("fkim@example.com from:-30d sta").await;
    insta::assert_snapshot!("bar_completing_120x40", screen.snapshot());
    screen.press("tus:pending on:2026-13-40").await;
    insta::assert_snapshot!("bar_problem_120x40", screen.snapshot());
}

#[tokio::test]
async fn help_and_sort() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 80, 24, Answers::Demo(demo.client())).await;
    screen.press("?").await;
    insta::assert_snapshot!("help_80x24", screen.snapshot());
    screen.press("<esc>s").await;
    insta::assert_snapshot!("sort_80x24", screen.snapshot());
}

#[tokio::test]
async fn masked_for_sharing_the_screen() {
    let demo = SwitchedDemo::start().await;
    let mut everything = setting();
    everything.mask = Mask::All;
    everything.filter = "email:kim@example.com".to_owned();
    let screen = Screen::open(everything, 120, 40, Answers::Demo(demo.client())).await;
    let text = screen.snapshot();
    assert!(!text.contains("kim@example.com") && !text.contains("kim%40") && !text.contains("김민준"), "{text}");
    insta::assert_snapshot!("masked_all_120x40", text);
}

#[tokio::test]
async fn the_request_line_says_that_parameters_travel_encrypted() {
    for (width, height) in [(120, 40), (40, 12)] {
        let mut encrypted = setting();
        encrypted.encrypted = true;
        encrypted.filter = "email:kim@example.com from:-7d".to_owned();
        let screen = Screen::open(encrypted, width, height, Answers::Nothing).await;
        let text = screen.snapshot();
        let line = text.lines().nth(2).unwrap_or_default();
        assert!(line.contains("GET /submission?em") && line.ends_with("sent encrypted"), "{line}");
    }
}

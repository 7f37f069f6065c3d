//! The menu of completions in the filter bar.

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

fn text(screen: &Screen) -> String {
    text_of(&screen.buffer())
}

/// A screen on the demo, which runs as long as its value is kept.
async fn opened(width: u16, height: u16) -> (Screen, SwitchedDemo) {
    let demo = SwitchedDemo::start().await;
    (Screen::open(setting(), width, height, Answers::Demo(demo.client())).await, demo)
}

#[tokio::test]
async fn the_menu_at_every_size() {
    for (width, height) in SIZES {
        let (mut screen, _demo) = opened(width, height).await;
        screen.press("f").await;
        insta::assert_snapshot!(format!("menu_of_keys_{width}x{height}"), screen.snapshot());
        screen.press("status:pending from:<tab><tab><tab><tab><tab><tab>").await;
        insta::assert_snapshot!(format!("menu_of_dates_{width}x{height}"), screen.snapshot());
        screen.press("<esc>fretry:<backtab>").await;
        insta::assert_snapshot!(format!("menu_of_codes_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn enter_applies_the_text_as_it_is() {
    let (mut screen, _demo) = opened(120, 40).await;
    screen.press("fstatus:p<tab><tab><backtab><enter>").await;
    assert!(text(&screen).contains(" Filter  status:pending "), "{}", text(&screen));
    screen.press("/kim").await;
    assert!(text(&screen).contains(" Filter  status:pending kim "), "{}", text(&screen));
    // What the menu offers is not taken by Enter.
    screen.press("<esc>Ffst<enter>").await;
    assert!(text(&screen).contains(" Filter  st "), "{}", text(&screen));
}

#[tokio::test]
async fn the_week_is_shown_with_its_days() {
    let (mut screen, _demo) = opened(120, 40).await;
    screen.press("fon:week<enter>").await;
    let shown = text(&screen);
    assert!(shown.contains("on: (2026-11-16 to 2026-11-22) filtered by server"), "{shown}");
    assert!(shown.contains("start_date=2026-11-16&end_date=2026-11-22"), "{shown}");
}

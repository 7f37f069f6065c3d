//! Palette, footers and help as snapshots, at the sizes that the reviewer promises.

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// Returns the last line of the screen.
fn footer(screen: &Screen) -> String {
    text_of(&screen.buffer()).lines().last().unwrap_or_default().trim_end().to_owned()
}

#[tokio::test]
async fn the_palette_at_every_size() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in SIZES {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("j:").await;
        insta::assert_snapshot!(format!("palette_{width}x{height}"), screen.snapshot());
        screen.press("time").await;
        insta::assert_snapshot!(format!("palette_typed_{width}x{height}"), screen.snapshot());
        screen.press("<esc>").await;
        assert!(!text_of(&screen.buffer()).contains(" Palette "));
    }
}

#[tokio::test]
async fn the_help_begins_with_the_keys_of_the_tab() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in SIZES {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("j<enter>5?").await;
        insta::assert_snapshot!(format!("help_timeline_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn the_footer_of_every_pane_tab_and_field() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in SIZES {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("jjj").await;
        let mut footers = vec![format!("list: {}", footer(&screen))];
        for (place, keys) in [("filter", "f"), ("sort", "s"), ("copy", "y"), ("help", "?"), ("palette", ":")] {
            screen.press(keys).await;
            footers.push(format!("{place}: {}", footer(&screen)));
            screen.press("<esc>").await;
        }
        screen.press("<enter>").await;
        for tab in 1..=8 {
            screen.press(&tab.to_string()).await;
            footers.push(format!("tab {tab}: {}", footer(&screen)));
        }
        screen.press("/").await;
        footers.push(format!("search: {}", footer(&screen)));
        insta::assert_snapshot!(format!("footers_{width}"), footers.join("\n"));
    }
}

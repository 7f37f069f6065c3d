//! Text fields in overlays: typing, editing, and leaving them, shown by the search of the help page.

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

#[tokio::test]
async fn the_help_is_narrowed_by_a_typed_text_and_is_whole_again_after_esc() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 80, 24, Answers::Demo(demo.client())).await;
    screen.press("?/RELATIVE").await;
    let narrowed = text_of(&screen.buffer());
    assert!(narrowed.contains("› RELATIVE") && narrowed.contains("counted from the start"), "{narrowed}");
    assert!(!narrowed.contains("Zoom pane") && !narrowed.contains("Add a term"), "{narrowed}");
    insta::assert_snapshot!("help_searched_80x24", screen.snapshot());
    // Letters that are keys elsewhere are text here, and readline's keys edit.
    screen.press("<ctrl-u>q?jzoom<ctrl-w>xyzzy").await;
    assert!(text_of(&screen.buffer()).contains("No key, sign or filter term matches"));
    // Enter keeps the narrowed page and frees the keys.
    screen.press("<ctrl-u>zoom pane<enter>").await;
    let kept = text_of(&screen.buffer());
    assert!(kept.contains("Zoom pane") && !kept.contains("› zoom") && !kept.contains("Previous tab"), "{kept}");
    screen.press("<esc>").await;
    assert!(text_of(&screen.buffer()).contains("Add a term"));
    screen.press("<esc>").await;
    assert!(!text_of(&screen.buffer()).contains(" Help "));
}

//! The sign of the worst finding in a row: a dot until the row was opened, told without colour too, and explained.

use argos_review::app::ScreenTheme;
use argos_review::ui::Theme;

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

/// The second sign of the first rows: that of the worst finding.
fn signs(screen: &Screen, rows: usize) -> String {
    let text = text_of(&screen.buffer());
    let listed = text.lines().skip_while(|line| !line.contains("Created")).skip(1).take(rows);
    listed.map(|line| line.chars().nth(2).expect("a sign")).collect()
}

#[tokio::test]
async fn a_row_shows_its_worst_grade_once_it_was_opened() {
    let demo = SwitchedDemo::start().await;
    let mut mono = setting();
    mono.theme = ScreenTheme::new(Theme::named("mono").expect("a theme"));
    for setting in [setting(), mono] {
        let mut screen = Screen::open(setting, 120, 40, Answers::Demo(demo.client())).await;
        assert_eq!(signs(&screen, 5), "!····", "one row was opened");
        screen.press("jj").await;
        assert_eq!(signs(&screen, 5), "!–‼··", "warning, nothing above a note, alert");
        screen.press("jg").await;
        assert_eq!(signs(&screen, 5), "!–‼!·", "the signs stay with their rows");
    }
}

#[tokio::test]
async fn without_the_detail_pane_no_row_is_opened_and_no_sign_claims_anything() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 80, 24, Answers::Demo(demo.client())).await;
    screen.press("jjk").await;
    assert_eq!(signs(&screen, 5), "·····");
    screen.press("j<enter>").await;
    assert!(text_of(&screen.buffer()).contains("‼ AML"), "{}", text_of(&screen.buffer()));
    screen.press("<esc>").await;
    assert_eq!(signs(&screen, 5), "··‼··");
}

#[tokio::test]
async fn the_help_says_what_a_dot_means() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 200, Answers::Demo(demo.client())).await;
    screen.press("?").await;
    let help = text_of(&screen.buffer());
    for words in [
        "‼ ! – ·",
        "A dot (·) means that the",
        "findings are not known: the full record was not opened yet",
        "alert (speaks against",
    ] {
        assert!(help.contains(words), "{words} in {help}");
    }
}

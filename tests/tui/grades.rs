//! The sign of the worst finding in a row: a question mark until the row was opened, told without colour too, and explained.

use argos_review::app::ScreenTheme;
use argos_review::ui::Theme;

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

/// The third sign of the first rows: that of the worst finding.
fn signs(screen: &Screen, rows: usize) -> String {
    let text = text_of(&screen.buffer());
    let listed = text.lines().skip_while(|line| !line.contains("Created")).skip(1).take(rows);
    listed.map(|line| line.chars().nth(3).expect("a sign")).collect()
}

#[tokio::test]
async fn a_row_shows_its_worst_grade_once_it_was_opened() {
    let demo = SwitchedDemo::start().await;
    let mut mono = setting();
    mono.theme = ScreenTheme::new(Theme::named("mono").expect("a theme"));
    for setting in [setting(), mono] {
        let mut screen = Screen::open(setting, 120, 40, Answers::Demo(demo.client())).await;
        assert_eq!(signs(&screen, 5), "!????", "one row was opened");
        screen.press("jj").await;
        assert_eq!(signs(&screen, 5), "!–‼??", "warning, nothing above a note, alert");
        screen.press("jg").await;
        assert_eq!(signs(&screen, 5), "!–‼!?", "the signs stay with their rows");
    }
}

#[tokio::test]
async fn without_the_detail_pane_no_row_is_opened_and_no_sign_claims_anything() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 80, 24, Answers::Demo(demo.client())).await;
    screen.press("jjk").await;
    assert_eq!(signs(&screen, 5), "?????");
    screen.press("j<enter>").await;
    assert!(text_of(&screen.buffer()).contains("‼ AML"), "{}", text_of(&screen.buffer()));
    screen.press("<esc>").await;
    assert_eq!(signs(&screen, 5), "??‼??");
}

#[tokio::test]
async fn the_help_says_what_the_signs_of_findings_mean() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 200, Answers::Demo(demo.client())).await;
    screen.press("?").await;
    let help = text_of(&screen.buffer());
    for words in [
        "‼ ! – ?",
        "A question mark (?) means",
        "that the findings are not known: the full record was not opened",
        "alert (speaks against",
    ] {
        assert!(help.contains(words), "{words} in {help}");
    }
}

/// The last line inside the list pane.
fn legend(screen: &Screen) -> String {
    let text = text_of(&screen.buffer());
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| line.starts_with('╰')).expect("the lower border");
    lines[end - 1].split('│').nth(1).expect("a line of the pane").trim().to_owned()
}

#[tokio::test]
async fn the_line_below_the_rows_explains_the_signs_that_are_visible() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 80, 24, Answers::Demo(demo.client())).await;
    let findings = "Findings: ‼ alert  ! warning  – none  ? not fetched";
    assert_eq!(legend(&screen), format!("{findings}  Cells: · not fetched"));
    screen.press(" ").await;
    assert_eq!(legend(&screen), format!("Findings: ‼ alert  ? not fetched  Rows: * marked  Cells: · not fetched"));
    screen.press("u").await;
    let mut screen = Screen::open(setting(), 50, 24, Answers::Demo(demo.client())).await;
    assert_eq!(legend(&screen), "Findings: ‼ alert  ? not fetched", "only the visible ones: no room for all");
    screen.press("j<enter><esc>").await;
    assert_eq!(legend(&screen), "Findings: ‼ alert  – none  ? not fetched");
}

#[tokio::test]
async fn a_low_list_explains_the_sign_for_unknown_findings_in_its_border() {
    let demo = SwitchedDemo::start().await;
    let screen = Screen::open(setting(), 40, 12, Answers::Demo(demo.client())).await;
    let text = text_of(&screen.buffer());
    assert!(text.contains("╰ 1/50 · ? findings not fetched ·…─────╯"), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains("│  ?") || line.contains("│▶ ?")).count(), 5, "{text}");
}

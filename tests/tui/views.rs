//! The menu of saved views: its screens, saving to a real file, what an empty view says, and hostile names and filters.

use std::fs;
use std::path::Path;

use argos_review::app::ReviewerConfig;
use argos_review::text::Mask;
use argos_review::views::{SessionViews, ViewsFile};
use tempfile::TempDir;

use crate::checked_terminal::CheckedTerminal;
use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{TODAY, setting, text_of};

const VIEWS: &str = "[\"night shift\"]\nfilter = \"from:-7d status:pending nat:KOR,VNM\"\ncolumns = [\"status\", \"name\", \
                     \"nat\", \"waiting\"]\nsort = \"waiting:desc\"\n\n[\"mrs kim\"]\nfilter = \"kim@example.com\"\n";

/// The settings of a reviewer whose views are in a folder.
fn with_views(folder: &Path) -> ReviewerConfig {
    let file = ViewsFile::next_to(&folder.join("config.toml"));
    let all = file.read(TODAY).expect("a sound file");
    ReviewerConfig { views: SessionViews { all, file: Some(file), opened: None }, ..setting() }
}

fn folder(views: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("views.toml"), views).expect("written");
    folder
}

#[tokio::test]
async fn the_menu_its_field_and_its_questions_at_both_sizes() {
    let demo = SwitchedDemo::start().await;
    let folder = folder(VIEWS);
    for (width, height) in [(120, 40), (80, 24)] {
        let mut screen = Screen::open(with_views(folder.path()), width, height, Answers::Demo(demo.client())).await;
        screen.press("V").await;
        insta::assert_snapshot!(format!("views_{width}x{height}"), screen.snapshot());
        screen.press("jjjj<enter>V").await;
        insta::assert_snapshot!(format!("views_opened_{width}x{height}"), screen.snapshot());
        screen.press("<esc>f kim<enter>Vs").await;
        let text = text_of(&screen.buffer());
        assert!(text.contains("The filter holds personal data (text)"), "{text}");
        screen.press("<enter>").await;
        insta::assert_snapshot!(format!("views_replace_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn a_saved_view_is_in_the_file_and_opens_in_the_next_session() {
    let demo = SwitchedDemo::start().await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("views.toml");
    let mut screen = Screen::open(with_views(folder.path()), 120, 40, Answers::Demo(demo.client())).await;
    screen.press("ffrom:-3d nat:KOR<enter>V").await;
    assert!(!path.exists(), "looking writes nothing");
    screen.press("sqk<esc>").await;
    assert!(!path.exists(), "typing a name writes nothing");
    screen.press("sseoul<enter>").await;
    let text = text_of(&screen.buffer());
    assert!(text.contains(" seoul ─ ") && text.contains("Saved: seoul"), "{text}");
    let written = fs::read_to_string(&path).expect("a file");
    assert!(written.ends_with("[seoul]\nfilter = \"from:-3d nat:KOR\"\n"), "relative dates stay: {written}");
    let mut next = Screen::open(with_views(folder.path()), 120, 40, Answers::Demo(demo.client())).await;
    next.press("VG<enter>").await;
    let text = text_of(&next.buffer());
    assert!(text.contains(" seoul ─ ") && text.contains("from:-3d nat:KOR"), "{text}");
    // Another session writes meanwhile: both views are there afterwards.
    fs::write(&path, format!("{written}\n# theirs\n[theirs]\nfilter = \"\"\n")).expect("written");
    next.press("Vsmine<ctrl-u>more<enter>VGdj<enter>").await;
    let written = fs::read_to_string(&path).expect("a file");
    assert!(written.contains("# theirs\n[theirs]\n") && !written.contains("[more]"), "{written}");
    fs::write(&path, "broken").expect("written");
    next.press("Vsagain<enter>").await;
    let text = text_of(&next.buffer());
    assert!(text.contains("Not changed: ") && text.contains("not TOML"), "{text}");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "broken");
}

#[tokio::test]
async fn a_view_that_shows_nothing_says_what_it_needs_and_never_that_there_is_none() {
    let demo = SwitchedDemo::start().await;
    let folder = TempDir::new().expect("a folder");
    let mut screen = Screen::open(with_views(folder.path()), 120, 40, Answers::Demo(demo.client())).await;
    screen.press("Vjjj<enter>").await;
    let text = text_of(&screen.buffer());
    assert!(text.contains(" red-flags ─ 0 shown of "), "{text}");
    assert!(text.contains("No match so far: ") && text.contains("D fetches missing values (1 request)"), "{text}");
    assert!(text.contains("Not every page is loaded: L loads them"), "{text}");
    screen.press("D").await;
    let text = text_of(&screen.buffer());
    assert!(text.contains(" red-flags ─ ") && !text.contains("No match so far"), "{text}");
}

#[tokio::test]
async fn names_and_filters_are_masked_as_the_filter_bar_is_and_hostile_ones_are_harmless() {
    let folder = folder(VIEWS);
    let config = ReviewerConfig { mask: Mask::All, ..with_views(folder.path()) };
    let mut screen = Screen::open(config, 120, 40, Answers::Nothing).await;
    screen.press("V").await;
    let text = text_of(&screen.buffer());
    assert!(text.contains("pending") && text.contains("status:pending nat:KOR,VNM"), "{text}");
    assert!(!text.contains("kim") && !text.contains("night shift"), "{text}");
    screen.press("G<enter>").await;
    let text = text_of(&screen.buffer());
    assert!(!text.contains("kim") && text.contains("••••••• ─ "), "{text}");

    let mut views = String::new();
    for (at, odd) in
        ["\\u001b[2J", "\\u202Eabc", "\\u200b\\u200b", "\\u0000", "\\u0301", "👨‍👩‍👧‍👦", "ﷺﷺﷺ"].iter().enumerate()
    {
        views.push_str(&format!(
            "[\"{at} {}\"]\nfilter = \"\\\"{odd} {}\\\"\"\n",
            "김ﷺ👨‍👩‍👧‍👦".repeat(4),
            "x".repeat(2_000)
        ));
    }
    let folder = self::folder(&views);
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::open(with_views(folder.path()), width, height, Answers::Nothing).await;
        let mut checked = CheckedTerminal::new(width, height);
        screen.press("V").await;
        checked.draw(&"the menu", screen.model());
        for keys in ["G", "<enter>", "Vs", "<ctrl-u>1<enter>", "<esc><esc>VGd", "j"] {
            screen.press(keys).await;
            checked.draw(&keys, screen.model());
        }
    }
}

//! What the screen shows and copies of the canaries, place by place.

use argos_review::text::Mask;
use bytes::Bytes;

use super::values::{KINDS, Kind, answer};
use crate::screen::{Answers, Screen};
use crate::session::{setting, text_of};

/// Wide enough for every column, and high enough for every line.
const SIZE: (u16, u16) = (330, 420);
/// For what is told around the panes.
const SMALL: (u16, u16) = (200, 24);

const TABS: [&str; 8] = ["Summary", "Attempts", "OCR", "AML", "Timeline", "Signals", "Details", "JSON"];

async fn open(mask: Mask, filter: &str, size: (u16, u16)) -> Screen {
    let mut setting = setting();
    (setting.mask, setting.filter) = (mask, filter.to_owned());
    Screen::open(setting, size.0, size.1, Answers::Body(Bytes::from(answer()))).await
}

fn drawn(screen: &Screen) -> String {
    text_of(&screen.buffer())
}

/// More entries than the copy menu has; the last of them is copied again.
const ENTRIES: usize = 14;

/// Every place of the screen with what it shows.
pub(super) async fn places(mask: Mask) -> Vec<(&'static str, String)> {
    let mut places = Vec::new();
    let mut screen = open(mask, "", SIZE).await;
    // The list alone: its columns are before the detail.
    screen.press("z").await;
    places.push(("list", drawn(&screen)));
    screen.press("z<tab>z").await;
    let (mut title, mut paths) = (String::new(), String::new());
    for (at, name) in (1..).zip(TABS) {
        screen.press(&format!("{at}*")).await;
        let text = drawn(&screen);
        let lines: Vec<&str> = text.lines().collect();
        let [head @ .., _, _] = lines.as_slice() else { panic!("a screen") };
        let top = head.iter().position(|line| line.starts_with('╭')).expect("a frame");
        title = head[top].to_owned();
        places.push((name, head[top + 1..].join("\n")));
    }
    places.push(("title", title));
    // On the JSON tab: the path of each line in the frame, and what can be copied of it.
    let mut screen = open(mask, "", SMALL).await;
    screen.press("<tab>z8*g").await;
    let (mut values, mut written) = (String::new(), String::new());
    for _ in 0..lines_of(&screen) {
        paths.push_str(&status_line(&screen));
        for choice in ["<enter>", "j<enter>", "jj<enter>"] {
            screen.press("y").await;
            screen.press(choice).await;
        }
        values.extend(screen.copied().into_iter().map(|text| text + "\n"));
        screen.press("j").await;
    }
    for down in 0..ENTRIES {
        screen.press("yg").await;
        written.push_str(&drawn(&screen));
        screen.press(&format!("{}<enter>", "j".repeat(down))).await;
        written.extend(screen.copied());
    }
    places.push(("path of the line", paths));
    places.push(("copy of lines", values));
    places.push(("copy of a submission", written));
    places
        .push(("search in a tab", found(&mut screen, |head| format!("/{head}<enter>"), "Not found in this tab").await));
    places.push(("filter: text", filtered(mask).await));
    let bar = open(mask, "userid:useridhead email:mailhead@example.com \"Personhead\" oddkey:Personhead", SMALL).await;
    let drawn = drawn(&bar);
    let lines: Vec<&str> = drawn.lines().collect();
    places.push(("filter bar", lines[1].to_owned()));
    places.push(("request line", open_request(mask).await));
    places
}

/// The lower border of the pane: the place in the tab, and the path of the line.
fn status_line(screen: &Screen) -> String {
    let text = drawn(screen);
    text.lines().rev().find(|line| line.starts_with('╰')).expect("a frame").to_owned()
}

/// How many lines the tab has.
fn lines_of(screen: &Screen) -> usize {
    let foot = status_line(screen);
    let count = foot.split_once('/').map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    count.and_then(|count| count.parse().ok()).expect("a number of lines")
}

/// The heads that a search finds.
async fn found(screen: &mut Screen, keys: impl Fn(&str) -> String, not: &str) -> String {
    let mut found = String::new();
    for head in KINDS.iter().flat_map(Kind::heads) {
        screen.press(&keys(head)).await;
        if !drawn(screen).contains(not) {
            found.push_str(head);
        }
    }
    found
}

/// The heads that a text of the filter finds.
async fn filtered(mask: Mask) -> String {
    let mut found = String::new();
    let mut screen = open(mask, "", SMALL).await;
    for head in KINDS.iter().flat_map(Kind::heads) {
        // Rows are narrowed while a text is typed.
        screen.press(&format!("f\"{head}\"")).await;
        let text = drawn(&screen);
        assert_eq!(text.contains("hidden values not searched"), mask == Mask::All, "{text}");
        if !text.contains("0 shown of 2 loaded") {
            found.push_str(head);
        }
        screen.press("<esc>").await;
    }
    found
}

async fn open_request(mask: Mask) -> String {
    let screen = open(mask, "userid:useridhead email:mailhead@example.com", SMALL).await;
    let text = drawn(&screen);
    let line = text.lines().nth(2).expect("the request line").to_owned();
    assert!(line.contains("GET /submission?userid="), "{line}");
    line
}

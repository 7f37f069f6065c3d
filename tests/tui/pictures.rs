//! The pictures in `assets/screens`, written here and compared with what the renderer draws.
//!
//! `UPDATE_PICTURES=1 cargo test --test tui pictures` writes new ones; look at them before.

use argos_review::app::ReviewerConfig;
use argos_review::offline::RecordSource;
use argos_review::picture::{CellSize, ColourDepth, PictureDrawing, PictureProtocol};
use argos_review::text::Mask;

use crate::files;
use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::setting;
use crate::svg;

#[tokio::test]
async fn the_list_is_as_in_the_readme() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 34, Answers::Demo(demo.client())).await;
    screen.press("jjj").await;
    svg::check("list.svg", &screen.buffer());
}

#[tokio::test]
async fn the_list_alone_is_as_in_the_docs_at_every_width() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in [(40, 12), (80, 24), (120, 24), (200, 24)] {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("jjj").await;
        if width >= 120 {
            screen.press("z").await;
        }
        svg::check(&format!("list-{width}.svg"), &screen.buffer());
    }
}

#[tokio::test]
async fn three_submissions_are_as_in_the_readme() {
    let demo = SwitchedDemo::start().await;
    for (name, rows) in [("clean", 1), ("rejected", 3), ("red-flag", 2)] {
        let mut screen = Screen::open(setting(), 120, 40, Answers::Demo(demo.client())).await;
        screen.press(&"j".repeat(rows)).await;
        screen.press("<enter>z").await;
        for (tab, key) in [("attempts", "2"), ("ocr", "3"), ("aml", "4"), ("timeline", "5")] {
            screen.press(key).await;
            svg::check(&format!("{name}-{tab}.svg"), &screen.buffer());
        }
    }
}

/// The tools that work on the list, each with the keys that open it.
const TOOLS: [(&str, &str); 10] = [
    ("views", "V"),
    ("columns", "c"),
    ("marks", "  j "),
    ("copy", "y"),
    ("export", "x"),
    ("compare", "  ="),
    ("statistics", "S"),
    ("palette", ":time"),
    ("filter-menu", "fstatus:pending from:"),
    ("help", "?"),
];

#[tokio::test]
async fn the_tools_are_as_in_the_docs_at_both_sizes() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in [(80, 24), (120, 40)] {
        for (name, keys) in TOOLS {
            let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
            screen.press(keys).await;
            svg::check(&format!("{name}-{width}.svg"), &screen.buffer());
        }
    }
}

#[tokio::test]
async fn a_file_is_as_in_the_docs_at_both_sizes() {
    for (width, height) in [(80, 24), (120, 40)] {
        let (source, config) = files::opened("people.ndjson", files::RECORDS);
        let RecordSource::File(file) = source else { panic!("a file") };
        let mut screen = Screen::open(config, width, height, Answers::File(file)).await;
        screen.press("jj").await;
        svg::check(&format!("file-{width}.svg"), &screen.buffer());
    }
}

#[tokio::test]
async fn the_document_is_as_in_the_docs() {
    let demo = SwitchedDemo::start().await;
    let (protocol, colours) = (PictureProtocol::HalfBlocks, ColourDepth::True);
    let drawing = Ok(PictureDrawing { protocol, colours, cell: CellSize::default() });
    let setting = ReviewerConfig { mask: Mask::None, drawing, ..setting() };
    let mut screen = Screen::open(setting, 100, 34, Answers::Demo(demo.client())).await;
    screen.press("<enter>i").await;
    svg::check("document.svg", &screen.buffer());
}

#[tokio::test]
async fn the_place_of_the_number_is_as_in_the_docs() {
    let demo = SwitchedDemo::start().await;
    let (protocol, colours) = (PictureProtocol::HalfBlocks, ColourDepth::True);
    let drawing = Ok(PictureDrawing { protocol, colours, cell: CellSize::default() });
    let setting = ReviewerConfig { mask: Mask::None, drawing, ..setting() };
    let mut screen = Screen::open(setting, 100, 34, Answers::Demo(demo.client())).await;
    screen.press("<enter>zi").await;
    screen.press("<esc>3").await;
    let has_number = |screen: &Screen| screen.snapshot().contains("identity_number · place inferred");
    for _ in 0..30 {
        if !has_number(&screen) {
            screen.press("j").await;
        }
    }
    assert!(has_number(&screen), "{}", screen.snapshot());
    svg::check("place.svg", &screen.buffer());
}

//! The tasks of `docs/tasks.md`: the keys of each line are pressed in the demo, and its words must be on the screen.

use std::fs;
use std::path::Path;

use argos_review::app::ReviewerConfig;
use argos_review::views::{SessionViews, ViewsFile};

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{setting, text_of};

/// A line of the table: the task, the keys or typed texts, and the words that the screen then shows.
type Task = (String, Vec<String>, Vec<String>);

fn tasks() -> Vec<Task> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tasks.md")).expect("the page");
    let table = page.split("<!-- tasks").nth(1).and_then(|rest| rest.split("<!-- end of tasks").next());
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let lines = table.expect("the table").lines().filter(|line| line.contains('`') && line.starts_with('|'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            let [task, keys, words] = cells[..] else { panic!("three cells: {line}") };
            (task.trim().to_owned(), quoted(keys), quoted(words))
        })
        .collect()
}

#[tokio::test]
async fn every_task_is_done_by_the_keys_of_its_line() {
    let demo = SwitchedDemo::start().await;
    let tasks = tasks();
    assert_eq!(tasks.len(), 25);
    let mut failed = Vec::new();
    for (task, keys, words) in tasks {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = Some(ViewsFile::next_to(&folder.path().join("config.toml")));
        let views = SessionViews { file, ..SessionViews::default() };
        let mut screen =
            Screen::open(ReviewerConfig { views, ..setting() }, 120, 40, Answers::Demo(demo.client())).await;
        for key in &keys {
            let pressed = match key.as_str() {
                "Enter" | "Esc" | "Tab" | "Down" | "Up" => format!("<{}>", key.to_lowercase()),
                "Space" => " ".to_owned(),
                typed => typed.to_owned(),
            };
            screen.press(&pressed).await;
        }
        let text = text_of(&screen.buffer());
        failed.extend(words.iter().filter(|word| !text.contains(*word)).map(|word| format!("{task}: {word}\n{text}")));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

//! The tour of the README on the demo: each of its steps is pressed, and shows what the row beside it says.

use std::fs;
use std::path::Path;

use argos_review::app::ReviewerConfig;

use crate::servers::SwitchedDemo;
use crate::session::{Session, setting};

/// What the line of the tour names, at first and after each step.
const NEXT: [&str; 6] = [
    "Try: why was row 4 rejected?",
    "Try: what happened when?",
    "Try: was the document of row 3 read correctly?",
    "Try: who is the red flag of row 3?",
    "Try: what is still open?",
    "Try: what else is there? Press ?",
];

/// What each step of the tour shows.
const SEEN: [&[&str]; 5] = [
    &["[Attempts]", "4 attempts · each with an error", "Retry code"],
    &["[Timeline]", "4 attempts failed", ".kyc.attempts[0]"],
    &["[OCR]", "1 field differs", "reviewed"],
    &["[AML]", "Red Flag", "Match 1 of 1", "Raw data"],
    &["status:pending", " shown of 50 loaded"],
];

/// The keys of each step, from the first column of the table: keys by their names, everything else as typed.
fn steps() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, tour) = readme.split_once("<!-- tour").unwrap();
    let (tour, _) = tour.split_once("<!-- end of tour -->").unwrap();
    let rows = tour.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let keys = row.split('|').nth(1).unwrap();
        keys.split('`').skip(1).step_by(2).map(|key| key.replace("Enter", "<enter>")).collect()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_of_the_tour_shows_what_it_promises() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), ReviewerConfig { tour: true, ..setting() }, 120, 40);
    session.until_shows("50 loaded · more").await;
    session.until_shows(NEXT[0]).await;
    let steps = steps();
    assert_eq!(steps.len(), SEEN.len());
    for ((keys, seen), next) in steps.iter().zip(SEEN).zip(&NEXT[1..]) {
        session.press(keys);
        let wanted = |screen: &str| seen.iter().chain([next]).all(|part| screen.contains(part));
        session.until(&format!("{keys}: {seen:?} and {next}"), wanted).await;
    }
    session.press("?");
    session.until("the tour is over", |screen| !screen.contains("Try: ")).await;
}

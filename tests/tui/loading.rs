//! While a full record is on its way, no word on the screen may be read as "clean".

use argos_demo::{DemoOptions, DemoServer, Scenario};

use crate::screen::{Answers, Screen};
use crate::servers::{SwitchedDemo, client};
use crate::session::{Session, TODAY, setting, text_of};

/// Words that a reviewer could take for a clean record.
const REASSURING: [&str; 12] = [
    "No findings",
    "no error",
    "no anomal",
    "passed",
    "No score",
    "No OCR",
    "No AML",
    "No attempt",
    "No retries",
    "No signals",
    "no match",
    "clear",
];

/// The part of the screen right of the list, where one submission is shown.
fn detail(screen: &str) -> String {
    let right = |line: &str| line.chars().skip(56).collect::<String>() + "\n";
    screen.lines().skip(3).map(right).collect()
}

fn claims(detail: &str) -> Vec<&'static str> {
    REASSURING.into_iter().filter(|words| detail.contains(words)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_key_to_the_record_no_frame_looks_clean() {
    let scenario = Scenario::named("slow").expect("a scenario");
    let demo = DemoServer::bind(&DemoOptions { scenario, ..DemoOptions::new(TODAY) }).await.expect("a port");
    let client = client(&demo.base_url(), demo.key());
    tokio::spawn(demo.serve(std::future::pending()));
    let mut session = Session::open(client, setting(), 120, 40);
    session.until_shows("50 loaded").await;
    session.press("j");
    // The second row is approved and its full record has no finding of any kind.
    let frames = session.frames_until(|screen| screen.contains("full record · fetched")).await;
    let (last, before) = frames.split_last().expect("frames");
    assert!(before.iter().any(|screen| screen.contains("loading full record …)")), "{last}");
    for screen in before.iter().filter(|screen| screen.contains("list data")) {
        assert_eq!(claims(&detail(screen)), [""; 0], "{screen}");
        assert!(screen.contains("Not checked yet: attempts, OCR, AML, duplicates, signals"), "{screen}");
    }
    assert!(!last.contains("Not checked yet"), "{last}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_tab_of_a_record_that_is_still_to_come_looks_clean() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 40, Answers::Demo(demo.client())).await;
    screen.answer_with(Answers::Silence);
    for _ in 0..12 {
        screen.press("j").await;
        for tab in "12345678".chars() {
            screen.press(&tab.to_string()).await;
            let shown = text_of(&screen.buffer());
            let detail = detail(&shown);
            assert!(detail.contains("loading full record …"), "tab {tab}:\n{shown}");
            assert_eq!(claims(&detail), [""; 0], "tab {tab}:\n{shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_query_is_typed_the_list_says_that_it_shows_the_previous_one() {
    let demo = SwitchedDemo::start().await;
    let mut screen = Screen::open(setting(), 120, 40, Answers::Demo(demo.client())).await;
    assert!(!text_of(&screen.buffer()).contains("previous query"));
    screen.press("femail:").await;
    assert!(!text_of(&screen.buffer()).contains("previous query"), "an unfinished term changes no parameter");
    screen.press("nobody@example.com").await;
    let typed = text_of(&screen.buffer());
    assert!(typed.contains("previous query · 50 loaded · more"), "{typed}");
    screen.press(" status:nothing").await;
    screen.press("<esc>").await;
    assert!(!text_of(&screen.buffer()).contains("previous query"));
    screen.press("ffrom:-1d \"no such name\"").await;
    let typed = text_of(&screen.buffer());
    assert!(typed.contains("No match in the 50 loaded submissions of the"), "{typed}");
    assert!(!typed.contains("No submissions found"), "{typed}");
    screen.answer_with(Answers::Silence);
    screen.press("<enter>").await;
    let asked = text_of(&screen.buffer());
    assert!(asked.contains("previous query") && !asked.contains("No submissions found"), "{asked}");
}

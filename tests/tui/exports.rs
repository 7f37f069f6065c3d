//! Marks, the copy menu about them, and the export menu, as they are drawn.

use argos_review::text::Mask;
use bytes::Bytes;

use crate::checked_terminal::CheckedTerminal;
use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{Session, setting, text_of};
use argos_testkit::corpus::attacks;
use argos_testkit::long_run::cases;

#[tokio::test]
async fn marks_and_their_menus_at_two_sizes() {
    let demo = SwitchedDemo::start().await;
    for (width, height) in [(120, 40), (80, 24)] {
        let mut screen = Screen::open(setting(), width, height, Answers::Demo(demo.client())).await;
        screen.press("  j ").await;
        insta::assert_snapshot!(format!("marked_{width}x{height}"), screen.snapshot());
        screen.press("y").await;
        insta::assert_snapshot!(format!("copy_marked_{width}x{height}"), screen.snapshot());
        screen.press("<esc>x<down><down>").await;
        insta::assert_snapshot!(format!("export_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_are_counted_across_a_filter_a_refresh_and_a_new_query() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 120, 40);
    session.until_shows("50 loaded · more").await;
    session.press("  ");
    session.until_shows("· 2 marked ").await;
    session.press("fid:none<enter>");
    session.until_shows("2 marked, 2 not shown").await;
    session.press("f<ctrl-u><enter>");
    session.until("the marks again", |text| text.contains("50 loaded") && !text.contains("not shown")).await;
    session.press("r");
    let screen = session.until_shows("refreshed at").await;
    assert!(screen.contains("· 2 marked ") && screen.matches('*').count() >= 2, "{screen}");
    session.press("u");
    session.until_shows("2 marks removed").await;
}

#[tokio::test]
async fn a_mask_hides_in_every_entry_of_the_menu_and_in_what_is_copied() {
    let item = r#"{"submission_id":"s1","email":"hidden.person@example.com","created_at":"2026-11-20T09:00:00Z",
        "kyc":{"result":"rejected","commentCode":["expired_id"]},
        "data":{"name":"Hidden Person","identityNumber":"900101-1234567","full_name":"Hidden Person"}}"#;
    let body = || Answers::Body(Bytes::from(format!(r#"{{"Items":[{item}]}}"#)));
    for (mask, secrets) in [(Mask::Ids, &["900101"][..]), (Mask::All, &["900101", "hidden.person", "Hidden Person"])] {
        for marked in ["", " "] {
            let mut screen =
                Screen::open(argos_review::app::ReviewerConfig { mask, ..setting() }, 120, 40, body()).await;
            screen.press(&format!("{marked}y")).await;
            let entries = text_of(&screen.buffer()).lines().filter(|line| line.starts_with("  ")).count().max(14);
            screen.press("<esc>").await;
            for at in 0..entries {
                screen.press("y").await;
                let seen = text_of(&screen.buffer());
                screen.press(&"j".repeat(at)).await;
                screen.press("<enter>").await;
                let copied = screen.copied().join("\n");
                for secret in secrets {
                    assert!(
                        !seen.contains(secret) && !copied.contains(secret),
                        "{secret} at {mask:?}: {seen}\n{copied}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn hostile_ids_and_paths_do_nothing_to_the_terminal() {
    let mut judged = CheckedTerminal::new(120, 40);
    let all: Vec<String> = attacks().into_iter().filter(|text| text.len() < 4_000).collect();
    let all: Vec<String> = all.iter().step_by(cases((all.len() / 60).max(1), 1)).cloned().collect();
    // Each screen has as many as its list shows.
    for (at, texts) in all.chunks(30).enumerate() {
        let item = |text: &String| {
            let id = serde_json::Value::String(format!("id{text}"));
            format!(r#"{{"submission_id":{id},"email":{id},"kyc":{{"result":{id}}}}}"#)
        };
        let items: Vec<String> = texts.iter().map(item).collect();
        let body = Bytes::from(format!(r#"{{"Items":[{}]}}"#, items.join(",")));
        let mut screen = Screen::open(setting(), 120, 40, Answers::Body(body)).await;
        screen.press(&" ".repeat(texts.len())).await;
        judged.draw(&at, screen.model());
        screen.press("y").await;
        judged.draw(&at, screen.model());
        screen.press("<esc>x").await;
        screen.send(argos_review::app::Msg::Paste(texts.concat())).await;
        judged.draw(&at, screen.model());
    }
}

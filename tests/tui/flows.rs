//! Whole walks through the reviewer: keys in, screens and requests out, over real HTTP.

use crate::servers::{SwitchedDemo, answering, growing};
use crate::session::{Session, setting};
use argos_review::submission::row::Column;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_page_comes_with_no_parameter_and_the_shown_submission_is_fetched_once_settled() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 120, 40);
    session.until_shows("50 loaded · more").await;
    session.until_shows("full record · fetched ").await;
    let requests = demo.requests();
    assert_eq!(requests[0], "");
    assert!(requests[1].starts_with("submission_id="), "{requests:?}");
    assert_eq!(requests.len(), 2, "{requests:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_asked_for_before_enter_and_then_exactly_the_parameters_of_the_bar() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    session.press("fkim@example.com from:-60d on");
    session.until_shows("email=kim%40example.com&start_date=2026-09-22").await;
    session.press("<backspace><backspace><backspace>");
    session.until_shows("start_date=2026-09-22").await;
    assert_eq!(demo.requests(), [""], "nothing before Enter");
    session.press("<enter>");
    session.until_shows("3 loaded · complete").await;
    assert_eq!(demo.requests()[1], "email=kim%40example.com&start_date=2026-09-22");
    assert_eq!(demo.requests().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_repeats_all_filters_and_both_halves_and_none_is_asked_for_twice() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    session.press("ffrom:-20d count:40<enter>");
    session.until_shows("40 loaded · more").await;
    session.press("L");
    let screen = session.until_shows("loaded · complete").await;
    let requests: Vec<String> = demo.requests().into_iter().filter(|query| query.contains("count=40")).collect();
    assert!(requests.len() > 3, "{requests:?}");
    for query in &requests {
        assert!(query.contains("start_date=2026-11-01"), "{query}");
        assert_eq!(query.contains("nextpage_id="), query.contains("nextpage_date="), "{query}");
    }
    let mut unique = requests.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), requests.len(), "no page twice");
    let expected = demo.count_since(20).await;
    assert!(screen.contains(&format!("{expected} loaded · complete")), "{screen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_appended_as_the_cursor_nears_the_end() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    session.press("G");
    session.until_shows("100 loaded").await;
    session.press("<pgdn><pgdn>");
    session.until_shows("150 loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_with_every_awkward_character_arrives_unchanged() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    session.press("femail:a+b%c&d@exämple.com<enter>");
    session.until_shows("No submissions found").await;
    let last = demo.requests().pop().unwrap();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(last.as_bytes()).into_owned().collect();
    assert_eq!(pairs, [("email".to_owned(), "a+b%c&d@exämple.com".to_owned())]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_that_does_not_exist_is_marked_while_typing_and_asks_for_nothing() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    session.press("ffrom:2026-13-40");
    session.until_shows("month 13 does not exist").await;
    session.press("<enter>");
    session.until_shows("Filter not applied: fix the wrong term").await;
    assert_eq!(demo.requests(), [""]);
    session.press("<esc>");
    session.until("the bar is left", |screen| !screen.contains("2026-13-40")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn local_terms_narrow_what_is_loaded_and_say_what_they_cannot_decide() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 200, 60);
    session.until_shows("100 loaded").await;
    session.press("fstatus:pending");
    session.until("the local term narrows as it is typed", |screen| screen.contains("shown of")).await;
    session.press(" aml:red-flag<enter>");
    session.until_shows("rows: unknown if \"aml:\" matches").await;
    session.until_shows("0 shown of").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn quitting_is_0_and_ctrl_c_is_130() {
    for (keys, code) in [("q", 0), ("<ctrl-c>", 130), ("f<ctrl-c><ctrl-c>", 130), ("?qq", 0)] {
        let demo = SwitchedDemo::start().await;
        let mut session = Session::open(demo.client(), setting(), 100, 30);
        session.until_shows("50 loaded").await;
        session.press(keys);
        assert_eq!(session.ended().await, Some(code), "{keys}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sorting_follows_the_submission_under_the_cursor() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    session.press("jjj");
    let fourth = |screen: &str| screen.lines().skip(5).position(|line| line.contains('▶')) == Some(3);
    let before = session.until("the cursor on the fourth row", fourth).await;
    let name = |screen: &str| {
        screen.lines().find(|line| line.contains('▶')).unwrap().chars().skip(13).take(12).collect::<String>()
    };
    session.press("s");
    session.until_shows("Sort by").await;
    // The menu opens at the present order.
    let place = |wanted| Column::LISTED.iter().position(|column| *column == wanted).unwrap();
    session.press(&"k".repeat(place(Column::Created) - place(Column::Name)));
    session.press("<enter>");
    let after = session.until("the new order", |screen| screen.contains("Name↑")).await;
    assert_eq!(name(&before), name(&after));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_request_keeps_the_old_rows_and_r_repeats_it() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 100, 30);
    session.until_shows("50 loaded").await;
    demo.refuse(true);
    session.press("ffrom:-3d<enter>");
    let screen = session.until("the failure", |screen| screen.contains("previous query") && screen.contains('✗')).await;
    assert!(screen.contains("50 loaded"), "{screen}");
    assert!(screen.contains('▶'), "the old rows stay: {screen}");
    demo.refuse(false);
    session.press("r");
    session.until("the new rows", |screen| !screen.contains("previous query") && screen.contains("loaded ·")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unreadable_items_cost_only_themselves_and_their_raw_text_opens() {
    let client = answering(|query| {
        let items = r#"42, "text", null, {"submission_id":"","kyc":{"result":"approved"}}, {"submission_id": 98765, "data": "x"}, {"submission_id":"readable1","kyc":{"result":"pending"}}"#;
        let only = r#"{"submission_id":"readable1","kyc":{"result":"pending"}}"#;
        let items = if query.contains("submission_id=") { only } else { items };
        (200, format!(r#"{{"Items":[{items}]}}"#))
    });
    let mut session = Session::open(client, setting(), 120, 40);
    let screen = session.until_shows("6 loaded · complete").await;
    assert!(screen.contains("pending"), "{screen}");
    assert_eq!(screen.matches("cannot be read").count(), 5, "{screen}");
    assert!(screen.contains("5 rows unreadable"), "{screen}");
    session.press("G8");
    session.until("the raw text", |screen| screen.contains("not a submission") && screen.contains("98765")).await;
    session.press("1k");
    let screen =
        session.until("another one", |screen| screen.contains("not a submission") && !screen.contains("98765")).await;
    assert!(!screen.contains("✓"), "what is no submission has no verdict: {screen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_that_repeats_stops_the_walk_and_says_so() {
    let client = answering(|_| {
        let page =
            r#"{"Items":[{"submission_id":"a1"},{"submission_id":"a2"}],"nextpageKey":{"id":"a2","created_at":"x"}}"#;
        (200, page.to_owned())
    });
    let mut session = Session::open(client, setting(), 100, 30);
    session.until_shows("2 loaded · stopped: the server repeats a page key").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_verdict_is_shown_as_sent_and_never_as_an_approval() {
    let client = answering(|_| {
        (200, r#"{"Items":[{"submission_id":"odd1","kyc":{"result":{"approved":true}}},{"submission_id":"odd2","kyc":{"result":"Approvedd"}}]}"#.to_owned())
    });
    let mut session = Session::open(client, setting(), 120, 40);
    let screen = session.until_shows("2 loaded · complete").await;
    assert!(screen.contains("Approvedd"), "{screen}");
    let buffer = session.buffer();
    let green = buffer.content().iter().any(|cell| cell.fg == ratatui::style::Color::Green);
    assert!(!green, "nothing looks like an approval");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn watching_finds_what_is_new_rings_and_moves_nothing() {
    let mut often = setting();
    often.watch.every = Duration::from_millis(20);
    often.watch.bell = true;
    let mut session = Session::open(growing(), often, 120, 40);
    session.until_shows("3 loaded · complete").await;
    session.press("jw");
    session.rung().await;
    let screen = session.until_shows("2 new, ").await;
    assert!(screen.contains("5 loaded · complete") && !screen.contains("Person 8"), "{screen}");
    let cursor = screen.lines().find(|line| line.contains('▶')).unwrap_or_default();
    assert!(cursor.contains("Person 6"), "{screen}");
    session.press("wn");
    session.until("the new rows", |screen| screen.contains("Person 8") && screen.contains("Person 9")).await;
}

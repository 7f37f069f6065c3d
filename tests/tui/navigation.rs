//! Going from one place to another: searching, folding, copying, linked submissions and the way back.

use std::fmt::Write as _;

use crate::servers::{SwitchedDemo, answering};
use crate::session::{Session, setting};

/// Three submissions in the list that have something in common, and one that only its id brings.
async fn family() -> Session {
    let client = answering(|query| {
        let a = r#"{"submission_id":"aa1","email":"kim@example.com","data":{"name":"First Sample"},"kyc":{"result":"pending"}}"#;
        let b = r#"{"submission_id":"bb2","email":"KIM@example.com","data":{"name":"Second Sample"},"kyc":{"result":"approved"}}"#;
        let c = r#"{"submission_id":"cc3","email":"lee@example.com","data":{"name":"Third Sample"},"kyc":{"result":"approved"}}"#;
        let whole = r#"{"submission_id":"aa1","email":"kim@example.com","data":{"name":"First Sample"},"kyc":{"result":"pending"},"duplicated_users":["dd4"]}"#;
        let far = r#"{"submission_id":"dd4","email":"far@example.com","data":{"name":"Far Sample"},"kyc":{"result":"rejected"}}"#;
        let items = match query.split_once("submission_id=").map(|(_, id)| id) {
            None => [a, b, c].join(","),
            Some("aa1") => whole.to_owned(),
            Some("bb2") => b.to_owned(),
            Some("cc3") => c.to_owned(),
            Some("dd4") => far.to_owned(),
            Some(_) => String::new(),
        };
        (200, format!(r#"{{"Items":[{items}]}}"#))
    });
    let mut session = Session::open(client, setting(), 160, 50);
    session.until_shows("full record · fetched ").await;
    session
}

/// The id in the title of the detail.
fn shown(screen: &str) -> &str {
    let title = screen.lines().find(|line| line.contains("╭ ") && line.contains("╮╭")).unwrap_or_default();
    title.rsplit("╮╭ ").next().and_then(|rest| rest.split_whitespace().next()).unwrap_or_default()
}

/// Puts the cursor of the focused detail on the line with a text.
fn go_to(session: &mut Session, text: &str) {
    session.press("/");
    session.press(text);
    session.press("<enter>");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_linked_submission_that_is_loaded_is_selected_and_backspace_comes_back() {
    let mut session = family().await;
    session.press("<tab>7");
    session.until_shows("same e-mail").await;
    go_to(&mut session, "bb2");
    session.press("<enter>");
    session.until("the linked one", |screen| shown(screen) == "bb2").await;
    session.press("<backspace>");
    let screen = session.until("the first one again", |screen| shown(screen) == "aa1").await;
    assert!(screen.contains("3 loaded · complete"), "{screen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_linked_submission_that_is_not_loaded_is_fetched_and_never_counts_as_loaded() {
    let mut session = family().await;
    session.press("<tab>7");
    session.until_shows("not loaded; fetched when opened").await;
    go_to(&mut session, "not loaded; fetched");
    session.press("<enter>");
    let screen = session.until("the far one", |screen| shown(screen) == "dd4" && screen.contains("Far Sample")).await;
    assert!(screen.contains("3 loaded · complete"), "{screen}");
    session.press("<backspace>");
    session.until("back", |screen| shown(screen) == "aa1").await;
    // Moving in the list leaves what was visited.
    session.press("<tab>jj");
    session.until("the list's own", |screen| shown(screen) == "cc3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filter_that_hides_the_linked_one_does_not_keep_it_from_being_shown() {
    let mut session = family().await;
    session.press("fstatus:pending<enter>");
    session.until_shows("1 shown of 3 loaded").await;
    session.press("<tab>7");
    session.until_shows("same e-mail").await;
    go_to(&mut session, "bb2");
    session.press("<enter>");
    let screen = session.until("the hidden one", |screen| shown(screen) == "bb2").await;
    assert!(screen.contains("1 shown of 3 loaded"), "{screen}");
}

/// A submission with a list of many and a value far below.
async fn deep() -> Session {
    let client = answering(|_| {
        let mut list = String::new();
        for at in 0..250 {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(list, r#"{comma}{{"entry":{{"name":"row {at}"}}}}"#);
        }
        let raw = format!(
            r#"{{"submission_id":"aa1","kyc":{{"result":"pending"}},"aml":{{"raw_data":{{"list":[{list}]}}}},"data":{{"identityNumber":"900101-1234567"}}}}"#
        );
        (200, format!(r#"{{"Items":[{raw}]}}"#))
    });
    let mut session = Session::open(client, setting(), 160, 50);
    session.until_shows("full record · fetched ").await;
    session.press("<tab>z8");
    session.until_shows("raw_data").await;
    session
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_opens_what_hides_the_next_place() {
    let mut session = deep().await;
    session.press("/row 217<enter>");
    let screen = session.until_shows("row 217").await;
    assert!(screen.contains(".aml.raw_data.list[217].entry.name"), "the path of the cursor: {screen}");
    session.press("/row 21<enter>");
    session.until_shows(".aml.raw_data.list[218].entry.name").await;
    session.press("n");
    session.until_shows(".aml.raw_data.list[219].entry.name").await;
    session.press("NN");
    session.until_shows(".aml.raw_data.list[217].entry.name").await;
    session.press("/row 999<enter>");
    session.until_shows("Not found in this tab").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_begins_with_what_the_line_of_the_cursor_hides() {
    let mut session = deep().await;
    session.press("_gG");
    session.until("all closed", |screen| screen.contains("▸ data") && !screen.contains("identityNumber")).await;
    session.press("/identityNumber<enter>");
    let screen = session.until_shows(".data.identityNumber").await;
    assert!(!screen.contains("continued at the top"), "{screen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_does_not_find_what_the_mask_hides() {
    let mut session = deep().await;
    session.press("/900101<enter>");
    session.until_shows("Not found in this tab").await;
    session.press("M/900101<enter>");
    session.until_shows(".data.identityNumber").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trees_open_and_close_by_level_and_altogether() {
    let mut session = deep().await;
    session.press("_");
    session.until("all closed", |screen| screen.contains("▸ data") && !screen.contains("identityNumber")).await;
    session.press("+");
    session.until("one level", |screen| screen.contains("▾ data") && screen.contains("▸ raw_data")).await;
    session.press("*");
    session.until_shows("row 3").await;
    session.press("0");
    session.until("as at first", |screen| screen.contains("▾ data") && !screen.contains("row 3")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_are_what_the_mask_shows_and_the_key_is_a_variable() {
    let mut session = deep().await;
    let menu = |down: usize| format!("y{}<enter>", "j".repeat(down));
    session.press("/identityNumber<enter>");
    session.until_shows(".data.identityNumber").await;
    session.press(&menu(0));
    let value = session.copied().await;
    assert!(value.ends_with("4567") && !value.contains("900101"), "{value}");
    session.press(&menu(1));
    assert_eq!(session.copied().await, ".data.identityNumber");
    session.press(&menu(2));
    assert_eq!(session.copied().await, "aa1");
    session.press(&menu(3));
    let json = session.copied().await;
    assert!(json.contains("row 249") && !json.contains("900101"), "{json}");
    session.press("yG<enter>");
    assert_eq!(
        session.copied().await,
        "curl -sS -H \"x-api-key: $ARGOS_API_KEY\" 'https://service.example.com/v3/submission?submission_id=aa1'"
    );
    session.press("M");
    session.press(&menu(0));
    assert_eq!(session.copied().await, "900101-1234567");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_submission_of_megabytes_opens_beside_the_loop() {
    let client = answering(|query| {
        let filler = "x".repeat(if query.contains("submission_id=") { 3_000_000 } else { 10 });
        (200, format!(r#"{{"Items":[{{"submission_id":"aa1","kyc":{{"result":"pending"}},"note":"{filler}"}}]}}"#))
    });
    let mut session = Session::open(client, setting(), 160, 50);
    let screen = session.until_shows("full record · fetched ").await;
    assert!(screen.contains("pending"), "{screen}");
    session.press("<tab>8G");
    session.until_shows(".note").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_term_on_a_field_that_no_row_carries_shows_none_of_150_as_clear() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 80, 24);
    session.until_shows("50 loaded · more").await;
    session.press("G");
    session.until_shows("100 loaded").await;
    session.press("G");
    session.until_shows("150 loaded").await;
    session.press("faml:\"Red Flag\"");
    let screen = session.until_shows("150 rows: unknown if \"aml:\" matches").await;
    assert!(screen.contains("0 shown of 150 loaded"), "{screen}");
    session.press("<ctrl-u>!aml:\"Red Flag\"");
    let screen = session.until_shows("150 rows: unknown if \"aml:\" matches").await;
    assert!(screen.contains("0 shown of 150 loaded"), "its negation matches none either: {screen}");
}

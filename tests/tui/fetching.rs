//! The key `D` against the demo: how many requests it takes, and whether the answer is right.

use std::collections::HashSet;

use argos_review::api::NextPage;
use argos_review::query::{Params, RequestType};
use jiff::civil::date;
use serde_json::Value;

use crate::servers::SwitchedDemo;
use crate::session::{Session, setting};

/// One part of all submissions of the last 30 days, read as JSON and not as the program reads it.
async fn parts(demo: &SwitchedDemo, part: RequestType) -> Vec<Value> {
    let from = date(2026, 11, 21).saturating_sub(jiff::Span::new().days(30));
    let params = Params { start_date: Some(from), count: Some(2_000), request_type: Some(part), ..Params::default() };
    let page = demo.client().fetch_page(&params, None).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(page.next == NextPage::Last, "one page holds them");
    page.items.iter().map(|item| serde_json::from_slice(item.raw()).expect("JSON")).collect()
}

/// The codes of a submission: those of its attempts and those of its retries.
fn retry_codes(kyc: &Value) -> HashSet<&str> {
    let all = [&kyc["attempts"], &kyc["retry"]].into_iter().filter_map(Value::as_array).flatten();
    let codes = all.map(|record| &record["retryCode"]);
    codes
        .flat_map(|code| code.as_array().map_or(vec![code], |codes| codes.iter().collect()))
        .filter_map(Value::as_str)
        .collect()
}

fn requests(demo: &SwitchedDemo, part: &str) -> usize {
    demo.requests().iter().filter(|query| query.contains(&format!("request_type={part}"))).count()
}

/// A session with all submissions of the last 30 days that a filter narrows, once they are loaded.
async fn loaded(demo: &SwitchedDemo, filter: &str) -> Session {
    let mut session = Session::open(demo.client(), setting(), 120, 40);
    session.until_shows("50 loaded").await;
    session.press(&format!("ffrom:-30d {filter}<enter>"));
    session.until("the new query", |screen| screen.contains("loaded · more") && !screen.contains("previous")).await;
    session.press("L");
    session.until_shows("loaded · complete").await;
    session
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_red_flags_of_30_days_take_a_request_a_page() {
    let demo = SwitchedDemo::start().await;
    let mut session = loaded(&demo, "aml:red-flag").await;
    let screen = session.until_shows("D fetches missing values (15 requests)").await;
    assert!(screen.contains("0 shown of 724 loaded"), "{screen}");
    session.press("D");
    session.until_shows("Fetched: 15 requests").await;
    session.until_shows("37 shown of 724 loaded · complete").await;
    assert_eq!(requests(&demo, "aml"), 15);
    let flagged = parts(&demo, RequestType::Aml).await;
    assert_eq!(flagged.iter().filter(|item| item["aml"]["currentstatus"] == "Red Flag").count(), 37);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_is_found_in_the_part_with_personal_data() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 120, 40);
    session.until_shows("50 loaded").await;
    session.press("fip:192.0.2.1<enter>L");
    let screen = session.until_shows("loaded · complete").await;
    let scope = screen.split(" shown of ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a number of rows");
    session.press("D");
    session.until_shows("Fetched: ").await;
    session.until_shows(&format!("3 shown of {scope} loaded · complete")).await;
    assert_eq!(requests(&demo, "data"), scope.parse::<usize>().unwrap().div_ceil(50));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_with_a_retry_code_is_found_in_attempts_and_retries() {
    let demo = SwitchedDemo::start().await;
    let mut session = loaded(&demo, "retry:glare_detected").await;
    session.press("D");
    session.until_shows("Fetched: 15 requests").await;
    let asked = requests(&demo, "kyc");
    let kyc = parts(&demo, RequestType::Kyc).await;
    let count = |code: &str| kyc.iter().filter(|item| retry_codes(&item["kyc"]).contains(code)).count();
    session.until_shows(&format!("{} shown of 724 loaded · complete", count("glare_detected"))).await;
    // Nothing more is asked for: the terms of a part that is there are decided while they are typed.
    for code in ["liveness_error", "barcode_protocol_fail", "face_compare_underscore"] {
        assert!(count(code) > 0, "{code}");
        session.press(&format!("f<ctrl-w>retry:{code}<enter>"));
        session.until_shows(&format!("{} shown of 724 loaded · complete", count(code))).await;
    }
    assert_eq!((asked, requests(&demo, "kyc")), (15, 16), "one is of this test");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn esc_keeps_what_came_and_d_goes_on() {
    let demo = SwitchedDemo::start().await;
    let mut session = loaded(&demo, "aml:red-flag").await;
    demo.refuse(true);
    session.press("D");
    session.until_shows("retrying missing values in").await;
    session.press("<esc>");
    session.until_shows("not everything fetched").await;
    demo.refuse(false);
    session.press("D");
    session.until_shows("37 shown of 724 loaded · complete").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_no_list_holds_is_looked_for_further() {
    let demo = SwitchedDemo::start().await;
    let mut session = Session::open(demo.client(), setting(), 160, 40);
    session.until_shows("50 loaded").await;
    session.press("f\"192.0.2.\"<enter>");
    session.until_shows("No match in the list data of the 50 loaded submissions").await;
    session.until_shows("D fetches missing values (4 requests)").await;
    session.press("D");
    let screen = session
        .until("rows with the text", |screen| !screen.contains(" 0 shown") && screen.contains(" shown of 50"))
        .await;
    assert!(screen.contains("▶"), "{screen}");
}

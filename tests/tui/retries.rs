//! Waiting before another try, through the whole reviewer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use argos_review::api::Client;
use argos_review::config::BaseUrl;
use argos_review::secret::ApiKey;

use crate::session::{Session, setting};
use argos_testkit::deadline::ATTEMPTS;
use argos_testkit::server::{Step, TestServer, answer};

const KEY: &str = "CanaryKey7x";
/// Within this time after the key, a wait that was given up is gone from the screen.
const AT_ONCE: Duration = Duration::from_millis(100);

const ROWS: &str = r#"{"Items":[{"submission_id":"s1","data":{"name":"Person 1 Sample"},"kyc":{"result":"pending"}},{"submission_id":"s2","data":{"name":"Person 2 Sample"}}]}"#;
const UNAVAILABLE: &str = r#"{"message":"Service Unavailable"}"#;
const TOO_MANY: &str = r#"{"message":"Too Many Requests"}"#;

/// An answer that closes its connection, so that each request is on one of its own.
fn sentence(status: u16, headers: &str, body: &str) -> Vec<Step> {
    let bytes = answer(status, &format!("Connection: close\r\n{headers}"), body);
    vec![Step::Answer(Arc::new(move |_| bytes.clone()))]
}

/// Refuses the first requests, then answers.
async fn refusing(times: usize, status: u16, headers: &'static str, body: &'static str) -> TestServer {
    TestServer::with_scripts(
        move |connection| if connection < times { sentence(status, headers, body) } else { sentence(200, "", ROWS) },
    )
}

fn open(server: &TestServer) -> Session {
    let key = ApiKey::new(KEY.as_bytes()).expect("a key");
    let client = Client::new(BaseUrl::parse(&server.base()).expect("a base URL"), &key).expect("a client");
    Session::open(client, setting(), 110, 24)
}

/// The first lines of the requests, each of which must be a GET without a body.
fn asked(server: &TestServer) -> Vec<String> {
    let requests = server.requests();
    for request in &requests {
        assert!(request.starts_with("GET /canary-path/submission"), "{request}");
        assert!(!request.to_lowercase().contains("content-length"), "{request}");
    }
    requests.iter().filter_map(|request| request.lines().next()).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_comes_back_is_waited_for_with_a_countdown() {
    let server = refusing(2, 503, "Retry-After: 1\r\n", UNAVAILABLE).await;
    let mut session = open(&server);
    let screen = session.until_shows("Retrying first page in 1 s (try 2 of 3) · Esc cancels.").await;
    assert!(screen.contains("The service is not available (503)."), "{screen}");
    session.until_shows("Retrying first page in 1 s (try 3 of 3) · Esc cancels.").await;
    let screen = session.until_shows("2 loaded · complete").await;
    assert!(screen.contains("Person 1") && screen.contains("Person 2") && !screen.contains("(try "), "{screen}");
    assert_eq!(asked(&server).len(), 3, "one request a try");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_wait_ends_at_once_with_esc_and_with_ctrl_c_and_its_failure_is_told() {
    for key in ["<esc>", "<ctrl-c>"] {
        let mut took = Duration::MAX;
        for _ in 0..ATTEMPTS {
            let server = refusing(1, 429, "Retry-After: 30\r\n", TOO_MANY).await;
            let mut session = open(&server);
            let screen = session.until_shows("Retrying first page in 30 s (try 2 of 3)").await;
            assert!(screen.contains("Too many requests (429)."), "{screen}");
            let start = Instant::now();
            session.press(key);
            let screen = session.until("no wait", |screen| !screen.contains("of 3")).await;
            took = took.min(start.elapsed());
            assert!(screen.contains("Too many requests (429)."), "{screen}");
            assert!(screen.contains("0 loaded · stopped: rate limit"), "{screen}");
            assert_eq!(asked(&server).len(), 1, "what is given up is not requested for");
            if took <= AT_ONCE {
                break;
            }
        }
        assert!(took <= AT_ONCE, "{key}: {took:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_way_ends_at_once_with_esc_and_its_connection_closes() {
    let mut took = Duration::MAX;
    for _ in 0..ATTEMPTS {
        let mut server = TestServer::with_script(vec![Step::Read, Step::Stall]);
        let mut session = open(&server);
        server.wait_for_requests(1).await;
        let start = Instant::now();
        session.press("<esc>");
        session.until_shows("You cancelled this request.").await;
        server.wait_until_left().await;
        took = took.min(start.elapsed());
        if took <= AT_ONCE {
            break;
        }
    }
    assert!(took <= AT_ONCE, "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_hour_is_not_waited_for_and_said() {
    let server = refusing(1, 429, "Retry-After: 3600\r\n", TOO_MANY).await;
    let mut session = open(&server);
    let screen = session.until_shows("ARGOS asks to wait 60 minutes.").await;
    assert!(screen.contains("0 loaded · stopped: rate limit") && !screen.contains("of 3"), "{screen}");
    assert_eq!(asked(&server).len(), 1);
    session.press("r");
    session.until_shows("2 loaded · complete").await;
    assert_eq!(asked(&server).len(), 2, "its user decides");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quota_that_is_used_up_is_asked_for_once_only() {
    let server = refusing(1, 429, "Retry-After: 1\r\n", r#"{"message":"Limit Exceeded"}"#).await;
    let mut session = open(&server);
    let screen = session.until_shows("The request quota is used up (429).").await;
    assert!(screen.contains("0 loaded · stopped: quota used up") && !screen.contains("of 3"), "{screen}");
    assert_eq!(asked(&server).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_query_ends_the_wait_and_the_old_one_is_never_asked_again() {
    let mut server = refusing(1, 503, "Retry-After: 1\r\n", UNAVAILABLE).await;
    let mut often = setting();
    often.watch.every = Duration::from_millis(300);
    let key = ApiKey::new(KEY.as_bytes()).expect("a key");
    let client = Client::new(BaseUrl::parse(&server.base()).expect("a base URL"), &key).expect("a client");
    let mut session = Session::open(client, often, 110, 24);
    session.until_shows("try 2 of 3").await;
    session.press("ffrom:-3d<enter>");
    let screen = session.until_shows("2 loaded · complete").await;
    assert!(!screen.contains("(try ") && !screen.contains('✗'), "{screen}");
    // Four looks take longer than the second that the old query would have waited.
    session.press("w");
    server.wait_for_requests(6).await;
    let asked = asked(&server);
    assert_eq!(asked[0], "GET /canary-path/submission HTTP/1.1");
    assert!(asked[1..].iter().all(|line| line.contains("?start_date=2026-11-18")), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_that_the_service_asks_for_holds_for_another_query_too() {
    let server = refusing(1, 429, "Retry-After: 3\r\n", TOO_MANY).await;
    let mut session = open(&server);
    session.until_shows("Retrying first page in 3 s (try 2 of 3)").await;
    session.press("ffrom:-3d<enter>");
    let screen = session.until_shows("(try 1 of 3)").await;
    assert!(screen.contains("Too many requests (429)."), "{screen}");
    assert_eq!(asked(&server).len(), 1, "nothing is sent in the pause");
    session.until_shows("2 loaded · complete").await;
    let asked = asked(&server);
    assert_eq!(asked.len(), 2);
    assert!(asked[1].contains("?start_date=2026-11-18"), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_full_record_has_no_advice_about_pages() {
    let server = TestServer::answering(|request| match request.contains("submission_id=s1") {
        true => answer(500, "", r#"{"message":"Internal Server Error"}"#),
        false => answer(200, "", ROWS),
    });
    let mut session = open(&server);
    session.until_shows("2 loaded").await;
    session.press("<enter>");
    let screen = session.until_shows("The service failed (500)").await;
    let screen = if screen.contains("try 2 of 3") { session.until_shows("report it to ARGOS").await } else { screen };
    assert!(screen.contains("report it to ARGOS") && !screen.contains("count"), "{screen}");
}

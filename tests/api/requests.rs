//! What goes out.

use argos_review::api::Limits;
use argos_review::query::{Cursor, Params, RequestType};

use crate::{PAGE, client, client_with, found, ids, page, params};
use argos_testkit::closed_port::ClosedPort;
use argos_testkit::own_process::run_alone;
use argos_testkit::server::{TestServer, answer};

/// The header lines of a request, names in lower case, sorted.
fn headers(request: &str) -> Vec<String> {
    let mut lines: Vec<String> = request
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| format!("{}: {value}", name.to_lowercase()))
        .collect();
    lines.sort();
    lines
}

async fn request_line(params: &Params, cursor: Option<&Cursor>) -> String {
    let server = TestServer::sending(answer(200, "", PAGE));
    // What is answered does not matter, and is another submission than the one asked for where an id is sent.
    let _ = client(&server.base(), Limits::default()).fetch_page(params, cursor).await;
    server.request().lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_request_is_exactly_this() {
    let server = TestServer::sending(answer(200, "", PAGE));
    let page = client(&server.base(), Limits::default()).fetch_page(&Params::default(), None).await.unwrap();
    assert_eq!(ids(&page), ["a"]);
    let request = server.request();
    assert_eq!(request.lines().next(), Some("GET /canary-path/submission HTTP/1.1"));
    assert_eq!(
        headers(&request),
        [
            "accept-encoding: gzip".to_owned(),
            "accept: */*".to_owned(),
            format!("host: {}", server.address()),
            format!("user-agent: argos-review/{}", env!("CARGO_PKG_VERSION")),
            "x-api-key: CanaryKey7x".to_owned(),
        ]
    );
}

#[tokio::test]
async fn every_parameter_is_sent_when_given_and_in_the_documented_order() {
    let all = Params {
        submission_id: Some("6xx28lo115832_mg".to_owned()),
        userid: Some("u 1".to_owned()),
        email: Some("a+b%c&d@exämple.com".to_owned()),
        count: Some(200),
        start_date: Some(jiff::civil::date(2026, 1, 2)),
        end_date: Some(jiff::civil::date(2026, 11, 30)),
        request_type: Some(RequestType::Others),
    };
    let cursor = Cursor { id: "x/?#y".to_owned(), created_at: "2026-11-21T09:14:05.123+00:00".to_owned() };
    assert_eq!(
        request_line(&all, Some(&cursor)).await,
        "GET /canary-path/submission?submission_id=6xx28lo115832_mg&userid=u%201\
         &email=a%2Bb%25c%26d%40ex%C3%A4mple.com&count=200\
         &nextpage_id=x%2F%3F%23y&nextpage_date=2026-11-21T09%3A14%3A05.123%2B00%3A00\
         &start_date=2026-01-02&end_date=2026-11-30&request_type=others HTTP/1.1"
    );
    let one = Params { email: Some("'quote\"\n\u{0}@example.com".to_owned()), ..Params::default() };
    assert_eq!(
        request_line(&one, None).await,
        "GET /canary-path/submission?email=%27quote%22%0A%00%40example.com HTTP/1.1"
    );
}

#[tokio::test]
async fn a_single_submission_is_asked_for_by_its_id_alone() {
    let body = r#"{"Items":[{"submission_id":"b"},{"submission_id":"a&b"}]}"#;
    let server = TestServer::sending(answer(200, "", body));
    let single = client(&server.base(), Limits::default()).fetch_record("a&b").await.unwrap();
    assert_eq!(found(&single), Some("a&b"));
    assert!(server.request().starts_with("GET /canary-path/submission?submission_id=a%26b HTTP/1.1\r\n"));
}

#[tokio::test]
async fn an_unknown_id_is_not_found_whether_items_are_empty_or_missing() {
    for body in [r#"{"Items":[]}"#, "{}", r#"{"Items":null,"nextpageKey":{}}"#] {
        let server = TestServer::sending(answer(200, "", body));
        let single = client(&server.base(), Limits::default()).fetch_record("a").await.unwrap();
        assert_eq!(found(&single), None, "{body}");
    }
}

#[tokio::test]
async fn clones_ask_alike() {
    let server = TestServer::sending(answer(200, "", PAGE));
    let client = client(&server.base(), Limits::default());
    for client in [client.clone(), client] {
        assert!(client.fetch_page(&Params::default(), None).await.is_ok());
    }
    assert_eq!(server.requests().len(), 2);
}

/// The environment of a process is set before it starts, so the request is made by a second one.
#[test]
fn a_proxy_of_the_environment_is_not_used_for_this_machine() {
    let nobody = ClosedPort::take();
    let proxy = format!("http://{}", nobody.address());
    let names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    run_alone("requests::one_request", &names.map(|name| (name, proxy.as_ref())));
}

#[tokio::test]
#[ignore = "run by a_proxy_of_the_environment_is_not_used_for_this_machine"]
async fn one_request() {
    let server = TestServer::sending(answer(200, "", PAGE));
    assert!(page(&server.base()).await.is_ok());
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let client = client_with(&server.base(), Limits::default(), &names.map(|name| (name, "http://127.0.0.1:1")));
    assert!(client.fetch_page(&params(), None).await.is_ok());
}

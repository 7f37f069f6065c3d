//! The client against the demo server: every documented parameter, the cursor, slim and whole answers, refusals.
//!
//! The two share no code, so what both get right they read from the documentation.

use std::collections::HashSet;

use argos_review::api::{Client, Item, Limits, NextPage, Page, RecordAnswer};
use argos_review::config::BaseUrl;
use argos_review::failure::{Failure, FailureKind};
use argos_review::query::{Cursor, Params, RequestType};
use argos_review::secret::ApiKey;
use argos_review::submission::Document;
use argos_review::submission::read;
use argos_review::submission::row::{Cell, Column};
use jiff::civil::date;

use argos_demo::{DemoOptions, DemoServer};
use argos_testkit::server::{TestServer, answer};

/// A client of a demo server of its own.
pub(crate) async fn demo() -> Client {
    let server = DemoServer::bind(&DemoOptions::new(date(2026, 11, 21))).await.expect("a port");
    let base = BaseUrl::parse(&server.base_url()).expect("a base URL");
    let key = ApiKey::new(server.key().as_bytes()).expect("a key");
    #[expect(clippy::disallowed_methods, reason = "the server runs beside the test")]
    tokio::spawn(server.serve(std::future::pending()));
    Client::new(base, &key).expect("a client")
}

pub(crate) async fn page(client: &Client, params: &Params, cursor: Option<&Cursor>) -> Page {
    let page = client.fetch_page(params, cursor).await;
    page.unwrap_or_else(|error| panic!("{error}"))
}

fn ids(page: &Page) -> Vec<&str> {
    let ids = page.items.iter().map(|item| match item {
        Item::Readable { id, .. } => id.as_ref(),
        Item::Unreadable { .. } => panic!("the demo sends submissions"),
    });
    ids.collect()
}

#[tokio::test]
async fn the_walk_covers_every_submission_once() {
    let client = demo().await;
    let params = Params { count: Some(300), ..Params::default() };
    let (mut seen, mut cursor) = (HashSet::new(), None);
    loop {
        let page = page(&client, &params, cursor.as_ref()).await;
        for id in ids(&page) {
            assert!(seen.insert(id.to_owned()), "{id} came twice");
        }
        cursor = match page.next {
            NextPage::More(cursor) => Some(cursor),
            NextPage::Last => break,
            NextPage::Unusable | NextPage::Overfull(_) | NextPage::FileInPart(_) => {
                panic!("a page that cannot be gone on from")
            }
        };
    }
    assert!(seen.len() >= 2_000, "{}", seen.len());
}

#[tokio::test]
async fn every_parameter_narrows_as_documented() {
    let client = demo().await;
    let days = Params {
        start_date: Some(date(2026, 11, 19)),
        end_date: Some(date(2026, 11, 19)),
        count: Some(500),
        ..Params::default()
    };
    let of_a_day = page(&client, &days, None).await;
    assert!(!of_a_day.items.is_empty());
    for item in &of_a_day.items {
        let row = read::row(item.raw(), false);
        assert!(row.cell(Column::Created).text().is_some_and(|at| at.contains("2026-11-19")), "outside the day");
    }
    let kim = Params { email: Some("kim@example.com".to_owned()), ..Params::default() };
    let of_kim = page(&client, &kim, None).await;
    assert_eq!(of_kim.items.len(), 3);
    let id = ids(&of_kim).first().map(|id| (*id).to_owned());
    let one = page(&client, &Params { submission_id: id.clone(), ..Params::default() }, None).await;
    assert_eq!(ids(&one), [id.unwrap_or_default()]);
}

#[tokio::test]
async fn lists_are_slim_singles_are_whole_and_the_rows_tell_them_apart() {
    let client = demo().await;
    let first = page(&client, &Params::default(), None).await;
    for (at, item) in first.items.iter().take(12).enumerate() {
        let slim = read::row(item.raw(), false);
        assert!(slim.cell(Column::Aml) == Cell::NotFetched, "row {at}");
        let Ok(RecordAnswer::Found(single)) = client.fetch_record(slim.id()).await else { panic!("row {at} is there") };
        let whole = read::row(single.raw(), true);
        assert!(whole.cell(Column::Aml) != Cell::NotFetched, "row {at}");
        assert!(Document::parse_copy(single.raw(), true).root().members().len() > 5, "row {at}");
    }
    assert!(matches!(client.fetch_record("unknown0id").await, Ok(RecordAnswer::NotFound)));
}

#[tokio::test]
async fn every_row_knows_when_its_answer_came() {
    let client = demo().await;
    let loaded = |item: &Item| match item {
        Item::Readable { row, .. } => row.loaded(),
        Item::Unreadable { .. } => None,
    };
    let first = page(&client, &Params::default(), None).await;
    assert!(first.items.iter().all(|item| loaded(item).is_some()));
    let id = ids(&first).first().map(|id| (*id).to_owned()).unwrap();
    let Ok(RecordAnswer::Found(single)) = client.fetch_record(&id).await else { panic!("it is there") };
    assert!(loaded(&single) >= first.items.first().and_then(loaded), "the later answer is not older");
}

#[tokio::test]
async fn each_request_type_brings_its_part() {
    let client = demo().await;
    for (request_type, part) in
        [(RequestType::Kyc, "kyc"), (RequestType::Aml, "aml"), (RequestType::Data, "data"), (RequestType::Others, "")]
    {
        let params = Params { request_type: Some(request_type), count: Some(5), ..Params::default() };
        let page = page(&client, &params, None).await;
        assert_eq!(page.items.len(), 5);
        let holds = |item: &Item| part.is_empty() || Document::parse_copy(item.raw(), false).field(part).is_some();
        assert!(page.items.iter().any(holds), "{}", request_type.word());
        for item in &page.items {
            let document = Document::parse_copy(item.raw(), false);
            let others = ["kyc", "aml", "data"].into_iter().filter(|other| *other != part);
            assert!(others.into_iter().all(|other| document.field(other).is_none()), "{}", request_type.word());
        }
    }
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (status, body, kind) in [
        (403, r#"{"message":"Forbidden"}"#, FailureKind::Key),
        (
            403,
            r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#,
            FailureKind::BlockedAddress,
        ),
        (429, r#"{"message":"Too Many Requests"}"#, FailureKind::RateLimited),
        (429, r#"{"message":"Limit Exceeded"}"#, FailureKind::QuotaUsedUp),
        (400, r#"{"errorCode":"invalid_format","message":"Invalid format: start_date"}"#, FailureKind::BadRequest),
        (500, r#"{"message":"Internal server error"}"#, FailureKind::Server),
    ] {
        let server = TestServer::sending(answer(status, "", body));
        let client = crate::client(&server.base(), Limits::default());
        let error = client.fetch_page(&Params::default(), None).await.err().unwrap();
        assert_eq!(Failure::from(&error).kind, kind, "{body}");
    }
}

//! The client against everything that a server and a network can do to it, and against the demo.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod bodies;
mod certificates;
mod contract;
mod grades;
mod limits;
mod pictures;
mod proxies;
mod redirects;
mod requests;
mod secure;
mod statuses;
mod tls;
mod transport;
mod variables;

use std::ffi::OsString;

use argos_review::api::{Client, Item, Limits, NetworkVariables, Page, RecordAnswer, RequestError};
use argos_review::config::{BaseUrl, Environment};
use argos_review::failure::{Failure, FailureKind};
use argos_review::query::Params;
use argos_review::secret::ApiKey;
use argos_testkit::server::TestServer;

/// What must be in no error.
const CANARIES: [&str; 6] = ["canary-path", "CanaryKey7x", "canary-mail", "canary-user", "canary-body", "127.0.0.1"];

/// A page of one readable item.
const PAGE: &str = r#"{"Items":[{"submission_id":"a","email":"canary-mail@example.com"}]}"#;

fn client(base: &str, limits: Limits) -> Client {
    let base = BaseUrl::parse(base).unwrap_or_else(|fault| panic!("no base URL: {fault}"));
    let key = ApiKey::new(b"CanaryKey7x").unwrap_or_else(|fault| panic!("no key: {fault}"));
    Client::with_limits(base, &key, limits).unwrap_or_else(|error| panic!("no client: {error}"))
}

/// The same in an environment with these variables.
fn client_with(base: &str, limits: Limits, variables: &[(&'static str, &str)]) -> Client {
    set_up(base, limits, variables).unwrap_or_else(|error| panic!("no client: {error}"))
}

/// The same where there may not be one.
fn set_up(base: &str, limits: Limits, variables: &[(&'static str, &str)]) -> Result<Client, RequestError> {
    let variables: Vec<(&str, OsString)> = variables.iter().map(|(name, value)| (*name, value.into())).collect();
    let variable = move |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let variables = NetworkVariables::of(&Environment::new(variable, None, None));
    let base = BaseUrl::parse(base).unwrap_or_else(|fault| panic!("no base URL: {fault}"));
    let key = ApiKey::new(b"CanaryKey7x").unwrap_or_else(|fault| panic!("no key: {fault}"));
    Client::with_network(base, &key, limits, &variables)
}

fn params() -> Params {
    Params {
        email: Some("canary-mail@example.com".to_owned()),
        userid: Some("canary-user".to_owned()),
        ..Params::default()
    }
}

/// One page from a base URL.
async fn page(base: &str) -> Result<Page, RequestError> {
    client(base, Limits::default()).fetch_page(&params(), None).await
}

/// One page from a server that gives this answer.
async fn page_of(answer: impl Into<Vec<u8>>) -> Result<Page, RequestError> {
    page(&TestServer::sending(answer).base()).await
}

/// The failure of something that must fail, after looking for canaries in all of its texts.
fn failure<T>(result: Result<T, RequestError>) -> Failure {
    let error = result.err().expect("an error");
    let failure = Failure::from(&error);
    let mut texts =
        format!("{error}\n{error:?}\n{failure:?}\n{}\n{}", failure.sentence.as_str(), failure.advice.as_str());
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        texts += &format!("\n{error}\n{error:?}");
        source = error.source();
    }
    for canary in CANARIES {
        assert!(!texts.contains(canary), "{canary} in {texts}");
    }
    failure
}

fn kind<T>(result: Result<T, RequestError>) -> FailureKind {
    failure(result).kind
}

/// The items of a page in a word each: the id, or a question mark.
fn ids(page: &Page) -> Vec<&str> {
    page.items.iter().map(id).collect()
}

fn id(item: &Item) -> &str {
    match item {
        Item::Readable { id, .. } => id,
        Item::Unreadable { .. } => "?",
    }
}

fn found(single: &RecordAnswer) -> Option<&str> {
    match single {
        RecordAnswer::Found(item) | RecordAnswer::Repaired(item) => Some(id(item)),
        RecordAnswer::NotFound => None,
    }
}

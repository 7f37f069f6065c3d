//! Every status with every kind of body.

use argos_review::api::{Client, Limits};
use argos_review::config::BaseUrl;
use argos_review::failure::{Failure, FailureKind};
use argos_review::query::Params;
use argos_review::secret::ApiKey;

use crate::{PAGE, failure, kind, page_of};
use argos_testkit::server::{TestServer, answer};

/// Bodies, each with the kind that it gives a 400, a 403 and a 429; all but the page hold what no error may repeat.
const BODIES: [(&str, FailureKind, FailureKind, FailureKind); 12] = [
    ("", FailureKind::BadRequest, FailureKind::Refused, FailureKind::RateLimited),
    (r#"{"message":"Forbidden"}"#, FailureKind::BadRequest, FailureKind::Key, FailureKind::RateLimited),
    (
        r#"{"Message":"Forbidden","canary-body":"canary-body"}"#,
        FailureKind::BadRequest,
        FailureKind::Key,
        FailureKind::RateLimited,
    ),
    (
        r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#,
        FailureKind::BadRequest,
        FailureKind::BlockedAddress,
        FailureKind::RateLimited,
    ),
    (
        r#"{"message":"Missing Authentication Token"}"#,
        FailureKind::BadRequest,
        FailureKind::UnknownPath,
        FailureKind::RateLimited,
    ),
    (r#"{"message":"Limit Exceeded"}"#, FailureKind::BadRequest, FailureKind::Refused, FailureKind::QuotaUsedUp),
    (
        r#"{"errorCode":"invalid_parameter","message":"Invalid parameter: canary-mail@example.com"}"#,
        FailureKind::BadRequest,
        FailureKind::BadRequest,
        FailureKind::RateLimited,
    ),
    (
        r#"{"message":"no canary-user at 127.0.0.1/canary-path","statusCode":400}"#,
        FailureKind::BadRequest,
        FailureKind::Refused,
        FailureKind::RateLimited,
    ),
    ("<html>canary-body</html>", FailureKind::BadRequest, FailureKind::Refused, FailureKind::RateLimited),
    ("canary-body", FailureKind::BadRequest, FailureKind::Refused, FailureKind::RateLimited),
    ("[\"canary-body\"]", FailureKind::BadRequest, FailureKind::Refused, FailureKind::RateLimited),
    (PAGE, FailureKind::BadRequest, FailureKind::Refused, FailureKind::RateLimited),
];

#[tokio::test]
async fn every_refusal_with_every_body_has_its_kind() {
    let mut cells = 0;
    for (body, bad_request, forbidden, too_many) in BODIES {
        let mut statuses = vec![
            (400, bad_request),
            (403, forbidden),
            (429, too_many),
            (401, FailureKind::Key),
            (404, FailureKind::UnknownPath),
        ];
        statuses.extend([500, 501, 502, 503, 504, 511, 599].map(|status| (status, FailureKind::Server)));
        let with_code = body.contains("errorCode");
        let other = if with_code { FailureKind::BadRequest } else { FailureKind::Refused };
        statuses.extend([402, 405, 408, 409, 413, 415, 422, 451].map(|status| (status, other)));
        for (status, expected) in statuses {
            assert_eq!(kind(page_of(answer(status, "", body)).await), expected, "{status} {body}");
            cells += 1;
        }
    }
    assert!(cells >= 120, "{cells}");
}

#[tokio::test]
async fn a_success_that_is_not_200_is_no_page() {
    for (status, expected) in
        [(201, FailureKind::WrongShape), (202, FailureKind::WrongShape), (206, FailureKind::WrongShape)]
    {
        assert_eq!(kind(page_of(answer(status, "", PAGE)).await), expected, "{status}");
    }
    assert_eq!(kind(page_of("HTTP/1.1 204 No Content\r\n\r\n").await), FailureKind::Empty);
    assert_eq!(kind(page_of("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n").await), FailureKind::Empty);
}

async fn sentence(status: u16, body: &str) -> String {
    let Failure { sentence, .. } = failure(page_of(answer(status, "", body)).await);
    sentence.as_str().to_owned()
}

#[tokio::test]
async fn a_refusal_names_the_documented_code_and_parameter() {
    assert_eq!(
        sentence(400, r#"{"errorCode":"invalid_format","message":"Invalid format: start_date"}"#).await,
        "The service rejects the request as invalid (invalid_format: start_date)."
    );
    assert_eq!(
        sentence(400, r#"{"errorCode":"invalid_parameter","message":"Invalid parameter: canary-mail@example.com"}"#)
            .await,
        "The service rejects the request as invalid (invalid_parameter). Message: \"Invalid parameter: …\"."
    );
    assert_eq!(
        sentence(400, r#"{"message":"Invalid Query String Parameters"}"#).await,
        "The service rejects the request as invalid (400). Message: \"Invalid Query String Parameters\"."
    );
}

#[tokio::test]
async fn a_status_line_is_not_repeated() {
    let answer = "HTTP/1.1 500 canary-body canary-mail@example.com\r\nX: canary-body\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(kind(page_of(answer).await), FailureKind::Server);
}

#[tokio::test]
async fn a_refusal_whose_body_breaks_is_told_by_its_status() {
    for tail in [
        "Content-Length: 500\r\n\r\n{\"mess",
        "Transfer-Encoding: chunked\r\n\r\nzz",
        "Content-Encoding: gzip\r\n\r\nno",
    ] {
        assert_eq!(kind(page_of(format!("HTTP/1.1 503 x\r\n{tail}")).await), FailureKind::Server, "{tail}");
    }
    let long = format!(r#"{{"message":"Forbidden","x":"{}"}}"#, "x".repeat(1_000_000));
    assert_eq!(kind(page_of(answer(403, "", long)).await), FailureKind::Refused);
}

/// A key of letters alone looks like any other word of a message.
#[tokio::test]
async fn a_service_that_repeats_the_key_does_not_bring_it_to_the_screen() {
    let key = ApiKey::new(b"kestrelwing").expect("a key");
    for status in [200, 400, 403, 422] {
        let server = TestServer::sending(answer(status, "", r#"{"message":"The key Kestrelwing is unknown"}"#));
        let base = BaseUrl::parse(&server.base()).expect("a base URL");
        let client = Client::with_limits(base, &key, Limits::default()).expect("a client");
        let page = client.fetch_page(&Params::default(), None).await;
        let single = client.fetch_record("s1").await.err();
        let probe = client.probe().await.map(|probe| probe.items.err());
        for error in [page.err(), single, probe.expect("an answer")] {
            let sentence = Failure::from(&error.expect("an error")).sentence;
            assert!(sentence.as_str().contains("The key ••• is unknown"), "{}", sentence.as_str());
        }
    }
}

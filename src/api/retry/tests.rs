//! The schedule as a table, and whole stories in paused time.

use std::io::ErrorKind;

use super::*;
use crate::api::{ProxyFailure, ProxyFault, SetupFault, ShapeFault, TlsFault};
use crate::config::BaseUrl;
use crate::secret::ApiKey;
use crate::text::Safe;

/// As it is by default.
const FIRST: Duration = Duration::from_millis(500);

fn refused(status: u16, body: &str, retry_after: Option<u64>) -> RequestError {
    let refusal = Refusal::read(status, body.as_bytes(), &[]);
    RequestError::Refused(Refusal { retry_after: retry_after.map(Duration::from_secs), ..refusal })
}

fn client() -> Client {
    let base = BaseUrl::parse("http://127.0.0.1:9").unwrap();
    Client::new(base, &ApiKey::new(b"an-invented-key").unwrap()).unwrap()
}

/// Lets each try fail with the next of these, then succeed; gives the outcome, the waits told, and how long it all took.
async fn scripted(
    client: &Client,
    errors: &[RequestError],
) -> (Result<(), RequestError>, Vec<Waiting>, Duration, usize) {
    let (mut asked, mut told, start) = (0, Vec::new(), Instant::now());
    let ask = || {
        asked += 1;
        std::future::ready(errors.get(asked - 1).cloned().map_or(Ok(()), Err))
    };
    let outcome = client.with_retry(ask, |waiting| told.push(waiting)).await;
    (outcome, told, start.elapsed(), asked)
}

fn proxy(fault: ProxyFault) -> RequestError {
    let proxy = Safe::from_static("proxy.example.com:3128");
    let failure = ProxyFailure { proxy, variable: "HTTPS_PROXY", has_login: false, fault, status: None };
    RequestError::Proxy(Box::new(failure))
}

#[test]
fn each_failure_is_tried_as_often_as_it_makes_sense() {
    for (error, tries) in [
        (RequestError::Connect(ErrorKind::ConnectionRefused), 3),
        (RequestError::Dns, 3),
        (RequestError::TimedOut(Stage::Connect), 3),
        (RequestError::Reset, 3),
        (refused(429, r#"{"message":"Too Many Requests"}"#, None), 3),
        (refused(429, "", Some(60)), 3),
        (refused(502, "", None), 3),
        (refused(503, "", Some(1)), 3),
        (refused(504, "", None), 3),
        (refused(500, "", None), 2),
        (refused(429, r#"{"message":"Limit Exceeded"}"#, None), 1),
        (refused(429, r#"{"message":"Limit Exceeded"}"#, Some(1)), 1),
        (refused(429, "", Some(61)), 1),
        (refused(503, "", Some(3_600)), 1),
        (refused(501, "", None), 1),
        (refused(400, "", Some(1)), 1),
        (refused(403, r#"{"message":"Forbidden"}"#, None), 1),
        (refused(404, "", None), 1),
        (refused(408, "", None), 1),
        (proxy(ProxyFault::Unreachable(ErrorKind::ConnectionRefused)), 3),
        (proxy(ProxyFault::ServiceUnreachable), 3),
        (proxy(ProxyFault::TimedOut), 3),
        (proxy(ProxyFault::LogIn), 1),
        (proxy(ProxyFault::Forbids), 1),
        (proxy(ProxyFault::NotAProxy), 1),
        (RequestError::Setup(SetupFault::NoAuthorities), 1),
        (RequestError::Tls(TlsFault::Expired(None)), 1),
        (RequestError::TimedOut(Stage::Header), 1),
        (RequestError::TimedOut(Stage::Idle), 1),
        (RequestError::TimedOut(Stage::Total), 1),
        (RequestError::CutOff, 1),
        (RequestError::Garbled, 1),
        (RequestError::Encoding, 1),
        (RequestError::TooLarge(1), 1),
        (RequestError::Redirect(302), 1),
        (RequestError::Status(202), 1),
        (RequestError::Empty, 1),
        (RequestError::Html, 1),
        (RequestError::NotJson { line: 1, column: 1 }, 1),
        (RequestError::NotEncrypted, 1),
        (RequestError::Undeciphered, 1),
        (RequestError::Shape(ShapeFault::NoItems), 1),
    ] {
        let made = 1 + (1..10).take_while(|tries| wait(&error, *tries, FIRST, 0.5).is_some()).count();
        assert_eq!(made, tries, "{error}");
    }
}

#[test]
fn waits_are_spread_from_nothing_to_twice_the_last_and_never_shorter_than_asked() {
    let millis = |error: &RequestError, tries, chance| wait(error, tries, FIRST, chance).unwrap().as_millis();
    for (tries, longest) in [(1, 500), (2, 1_000)] {
        assert_eq!(millis(&RequestError::Reset, tries, 0.0), 0);
        assert_eq!(millis(&RequestError::Reset, tries, 0.5), longest / 2);
        assert_eq!(millis(&RequestError::Reset, tries, 1.0), longest);
    }
    assert_eq!(millis(&refused(429, "", Some(7)), 1, 1.0), 7_000);
    assert_eq!(millis(&refused(429, "", Some(0)), 1, 1.0), 500, "no wait asked for is still a wait");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_recovers_is_asked_until_it_does() {
    let down = refused(503, "", None);
    let (outcome, told, took, asked) = scripted(&client(), &[down.clone(), down.clone()]).await;
    assert_eq!((outcome, asked), (Ok(()), 3));
    assert_eq!(told.iter().map(|waiting| (waiting.next, waiting.most)).collect::<Vec<_>>(), [(2, 3), (3, 3)]);
    assert!(told.iter().all(|waiting| waiting.failure == Failure::from(&down)));
    let waits: Duration = told.iter().map(|waiting| waiting.time).sum();
    // The clock of a runtime counts whole milliseconds.
    assert!(took >= waits && took <= waits + Duration::from_millis(2), "{took:?} {waits:?}");
}

#[tokio::test(start_paused = true)]
async fn three_failures_are_the_end_and_the_last_one_is_told() {
    let errors = [RequestError::Reset, refused(502, "", None), refused(503, "", None), RequestError::Reset];
    let (outcome, told, _, asked) = scripted(&client(), &errors).await;
    assert_eq!((outcome.err(), told.len(), asked), (errors.get(2).cloned(), 2, 3));
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_was_asked_for_is_kept_to_the_second_and_by_every_clone() {
    let client = client();
    let limited = [refused(429, "", Some(30))];
    let (first, (second, told, took, _)) = tokio::join!(scripted(&client, &limited), async {
        // The other one has been told by now.
        tokio::time::advance(Duration::from_secs(10)).await;
        scripted(&client.clone(), &[]).await
    });
    assert!(
        first.0.is_ok() && first.2 >= Duration::from_secs(30) && first.2 < Duration::from_secs(31),
        "{:?}",
        first.2
    );
    assert!(second.is_ok() && took >= Duration::from_secs(19) && took <= Duration::from_secs(21), "{took:?}");
    assert_eq!(told.len(), 1, "the caller is told of the wait");
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_with_its_future() {
    let client = client();
    let errors = [refused(503, "", Some(60))];
    let story = scripted(&client, &errors);
    assert!(tokio::time::timeout(Duration::from_secs(59), story).await.is_err());
}

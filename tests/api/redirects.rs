//! A redirect would take the key along, so none is followed.

use argos_review::api::Limits;
use argos_review::config::SecureTransfer;
use argos_review::failure::FailureKind;
use argos_review::secret::ApiKey;

use crate::{PAGE, client, kind, page, params};
use argos_testkit::server::{TestServer, answer};

/// Where a redirect may lead: the other server, or back to the one that redirects.
fn locations(other: &TestServer, own: &TestServer) -> Vec<String> {
    let (at, port) = (other.address(), other.address().port());
    let back = own.base();
    vec![
        format!("http://{at}/canary-path/submission"),
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("HTTP://{at}"),
        format!("https://{at}/submission"),
        format!("https://{}/submission", own.address()),
        format!("//{at}/submission"),
        format!("///{at}/submission"),
        format!("\\\\{at}\\submission"),
        format!("http://user:password@{at}/"),
        format!("http://{}@{at}/", own.address()),
        format!("{back}/submission"),
        "/canary-path/submission".to_owned(),
        "submission".to_owned(),
        "../submission".to_owned(),
        "?page=2".to_owned(),
        String::new(),
        "http://[".to_owned(),
        "file:///etc/passwd".to_owned(),
        "data:application/json,{}".to_owned(),
    ]
}

/// A server that answers everything with this redirect.
async fn redirecting(status: u16, location: &str) -> TestServer {
    TestServer::sending(answer(status, &format!("Connection: close\r\nLocation: {location}\r\n"), PAGE))
}

#[tokio::test]
async fn no_redirect_is_followed_anywhere_encrypted_or_not() {
    let other = TestServer::sending(answer(200, "", PAGE));
    let own = TestServer::sending(answer(200, "", PAGE));
    let key = ApiKey::new(b"CanaryKey7x").expect("a key");
    for status in [300, 301, 302, 303, 304, 305, 306, 307, 308] {
        for location in locations(&other, &own) {
            let first = redirecting(status, &location).await;
            assert_eq!(kind(page(&first.base()).await), FailureKind::Redirect, "{status} {location}");
            let encrypting = client(&first.base(), Limits::default()).with_secure_transfer(SecureTransfer::Ecb, &key);
            assert_eq!(
                kind(encrypting.fetch_page(&params(), None).await),
                FailureKind::Redirect,
                "{status} {location}"
            );
            assert_eq!((first.requests().len(), first.connections()), (2, 2), "{status} {location}");
        }
        let without = TestServer::sending(answer(status, "", PAGE));
        assert_eq!(kind(page(&without.base()).await), FailureKind::Redirect, "{status}");
    }
    for server in [other, own] {
        assert_eq!((server.requests().len(), server.connections()), (0, 0), "nobody else hears of it");
    }
}

#[tokio::test]
async fn a_circle_of_redirects_is_left_at_its_first() {
    for status in [301, 302, 303, 307, 308] {
        // One leads to itself, the other to that one.
        let circle = redirecting(status, "/canary-path/submission").await;
        let second = redirecting(status, &format!("{}/submission", circle.base())).await;
        assert_eq!(kind(page(&circle.base()).await), FailureKind::Redirect, "{status}");
        assert_eq!(kind(page(&second.base()).await), FailureKind::Redirect, "{status}");
        assert_eq!((circle.connections(), second.connections()), (1, 1), "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_tried_again_either() {
    let first = redirecting(302, "/canary-path/submission").await;
    let client = client(&first.base(), Limits::default());
    let params = params();
    let patient = client.with_retry(|| client.fetch_page(&params, None), |_| panic!("nothing is waited for"));
    assert_eq!(kind(patient.await), FailureKind::Redirect);
    assert_eq!(first.connections(), 1);
}

#[tokio::test]
async fn no_header_makes_the_client_ask_elsewhere() {
    let other = TestServer::sending(answer(200, "", PAGE));
    let (at, reachable) = (other.address(), other.base());
    for header in [
        format!("Refresh: 0; url=http://{at}/"),
        format!("Alt-Svc: h2=\"{at}\""),
        format!("Link: <http://{at}/>; rel=preload"),
        format!("Location: http://{at}/"),
        format!("Content-Location: http://{at}/"),
    ] {
        let first = TestServer::sending(answer(200, &format!("Connection: close\r\n{header}\r\n"), PAGE));
        // What a client remembers of an answer would show in the next request.
        let client = client(&first.base(), Limits::default());
        for _ in 0..3 {
            assert!(client.fetch_page(&params(), None).await.is_ok());
        }
        assert_eq!((first.requests().len(), other.connections()), (3, 0), "{header}");
    }
    assert!(page(&reachable).await.is_ok());
    assert_eq!(other.connections(), 1, "the other server answers when it is asked");
}

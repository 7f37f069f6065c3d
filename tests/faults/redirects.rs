//! A redirect would take the key along, so none is followed.

use argos_review::failure::Kind;

use crate::stand_in::{StandIn, answer};
use crate::{PAGE, kind, page};

#[tokio::test]
async fn no_redirect_is_followed_anywhere() {
    let other = StandIn::answering(answer(200, "", PAGE)).await;
    let at = other.address();
    let locations = [
        format!("http://{at}/canary-path/submission"),
        format!("https://{at}/submission"),
        format!("//{at}/submission"),
        format!("http://user:password@{at}/"),
        format!("HTTP://{at}"),
        format!("http://localhost:{}/", at.port()),
        "/canary-path/submission".to_owned(),
        "?page=2".to_owned(),
        String::new(),
        "http://[".to_owned(),
        "file:///etc/passwd".to_owned(),
    ];
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        for location in &locations {
            let first = StandIn::answering(answer(status, &format!("Location: {location}\r\n"), PAGE)).await;
            assert_eq!(kind(page(&first.base()).await), Kind::Redirect, "{status} {location}");
            assert_eq!(first.requests().len(), 1, "{status} {location}");
        }
        let without = StandIn::answering(answer(status, "", PAGE)).await;
        assert_eq!(kind(page(&without.base()).await), Kind::Redirect, "{status}");
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn no_header_makes_the_client_ask_elsewhere() {
    let other = StandIn::answering(answer(200, "", PAGE)).await;
    let at = other.address();
    for header in [
        format!("Refresh: 0; url=http://{at}/"),
        format!("Alt-Svc: h2=\"{at}\""),
        format!("Link: <http://{at}/>; rel=preload"),
    ] {
        let first = StandIn::answering(answer(200, &format!("{header}\r\n"), PAGE)).await;
        assert!(page(&first.base()).await.is_ok());
    }
    assert!(other.requests().is_empty());
}

//! Names, connections, TLS and what breaks on the way.

use argos_review::api::Limits;
use argos_review::failure::{FailureKind, Stage};

use crate::{PAGE, client, ids, kind, page, page_of, params};
use argos_testkit::closed_port::ClosedPort;
use argos_testkit::own_process::run_alone;
use argos_testkit::server::{Step, TestServer, answer};

const HEAD: &str = "HTTP/1.1 200 OK\r\n";

async fn kind_of(script: Vec<Step>) -> FailureKind {
    kind(page(&TestServer::with_script(script).base()).await)
}

fn send(text: impl Into<Vec<u8>>) -> Step {
    Step::Send(text.into())
}

#[tokio::test]
async fn no_server_is_no_connection() {
    let nobody = ClosedPort::take();
    assert_eq!(kind(page(&format!("http://{}/canary-path", nobody.address())).await), FailureKind::Connect);
}

/// A proxy of the environment would be asked for the name.
#[test]
fn no_name_is_told_from_no_connection() {
    run_alone("transport::no_name", &[]);
}

#[tokio::test]
#[ignore = "run by no_name_is_told_from_no_connection"]
async fn no_name() {
    let client = client("https://name.invalid/canary-path", Limits::default());
    let kind = kind(client.fetch_page(&params(), None).await);
    // Where no name server answers at all, the time for connecting runs out first.
    assert!(matches!(kind, FailureKind::Dns | FailureKind::TimedOut(Stage::Connect)), "{kind:?}");
}

#[tokio::test]
async fn a_server_without_tls_is_told() {
    let plain = TestServer::with_script(vec![send(answer(200, "", PAGE)), Step::Stall]);
    let base = format!("https://{}/canary-path", plain.address());
    let client = client(&base, Limits::default());
    assert_eq!(kind(client.fetch_page(&params(), None).await), FailureKind::Tls);
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_is_told() {
    assert_eq!(kind_of(vec![Step::Read]).await, FailureKind::Reset);
    assert_eq!(kind_of(vec![Step::Read, Step::Reset]).await, FailureKind::Reset);
    assert_eq!(kind_of(vec![Step::Reset]).await, FailureKind::Reset);
    assert_eq!(kind_of(vec![Step::Read, send("HTTP/1.1 200 OK\r\nConte")]).await, FailureKind::Reset);
    assert_eq!(kind_of(vec![Step::Read, send(HEAD), Step::Reset]).await, FailureKind::Reset);
}

#[tokio::test]
async fn an_answer_that_ends_early_is_cut_off() {
    let half = PAGE.split_at(20).0;
    for (head, body) in [
        ("Content-Length: 500", half.to_owned()),
        ("Content-Length: 99999999999999", PAGE.to_owned()),
        ("Content-Length: 9223372036854775807", PAGE.to_owned()),
        ("Transfer-Encoding: chunked", format!("{:x}\r\n{PAGE}\r\n", PAGE.len())),
        ("Transfer-Encoding: chunked", format!("500\r\n{PAGE}")),
        ("Transfer-Encoding: chunked", String::new()),
        ("Connection: close", half.to_owned()),
        ("Content-Length: 20", PAGE.to_owned()),
    ] {
        let script = vec![Step::Read, send(format!("{HEAD}{head}\r\n\r\n{body}"))];
        assert_eq!(kind_of(script).await, FailureKind::CutOff, "{head} {body}");
    }
    let script = vec![Step::Read, send(format!("{HEAD}Content-Length: 500\r\n\r\n{half}")), Step::Reset];
    assert_eq!(kind_of(script).await, FailureKind::CutOff);
}

#[tokio::test]
async fn what_breaks_the_rules_of_http_is_damaged() {
    let many = "X: y\r\n".repeat(300);
    let long = format!("X: {}\r\n", "y".repeat(2_000_000));
    for answer in [
        "SSH-2.0-OpenSSH_9.9\r\n".to_owned(),
        "220 mail.example.com ESMTP\r\n\r\n".to_owned(),
        "<html>canary-body</html>\r\n\r\n".to_owned(),
        "\0\0\0\u{1}\u{2}\r\n\r\n".to_owned(),
        "HTTP/1.1 99999 x\r\n\r\n".to_owned(),
        "HTTP/9.9 200 OK\r\n\r\n".to_owned(),
        format!("{HEAD}no colon\r\n\r\n"),
        format!("{HEAD}Content-Length: abc\r\n\r\n{PAGE}"),
        format!("{HEAD}Content-Length: 99999999999999999999\r\n\r\n{PAGE}"),
        format!("{HEAD}Content-Length: -1\r\n\r\n{PAGE}"),
        format!("{HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{PAGE}"),
        format!("{HEAD}{many}\r\n"),
        format!("{HEAD}{long}\r\n"),
        format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{PAGE}"),
        format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n{PAGE}"),
        format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{PAGE}\r\n0\r\n\r\n"),
    ] {
        let shown: String = answer.chars().take(80).collect();
        assert_eq!(kind(page_of(answer).await), FailureKind::Garbled, "{shown}");
    }
}

#[tokio::test]
async fn every_lawful_framing_gives_the_page() {
    let (one, two) = PAGE.split_at(7);
    let chunked = format!("7\r\n{one}\r\n{:X};ext=1\r\n{two}\r\n0\r\nTrailer: x\r\n\r\n", two.len());
    for answer in [
        format!("{HEAD}\r\n{PAGE}"),
        format!("HTTP/1.0 200 OK\r\n\r\n{PAGE}"),
        format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{chunked}"),
        format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n{HEAD}\r\n{PAGE}"),
        format!("{HEAD}Content-Type: text/html; charset=euc-kr\r\n\r\n{PAGE}"),
        format!("HTTP/1.1 200\r\nX-Amzn-Trace: ä\r\n\r\n{PAGE}"),
    ] {
        let page = page_of(answer.clone()).await;
        assert!(page.is_ok_and(|page| ids(&page) == ["a"] && !page.repaired), "{answer}");
    }
}

fn page_with(id: &str) -> Vec<u8> {
    answer(200, "", format!(r#"{{"Items":[{{"submission_id":"{id}"}}]}}"#))
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_never_taken_for_the_next_one() {
    // In one piece with the answer, so that it lies there before the next request can be sent.
    let server = TestServer::with_scripts(|connection| match connection {
        0 => vec![Step::Read, Step::Send([page_with("first"), page_with("unasked")].concat()), Step::Stall],
        _ => vec![Step::Read, Step::Send(page_with("next"))],
    });
    let client = client(&server.base(), Limits::default());
    for expected in ["first", "next", "next"] {
        let page = client.fetch_page(&params(), None).await;
        assert!(page.is_ok_and(|page| ids(&page) == [expected]), "{expected}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_while_it_is_kept_costs_no_request() {
    let server = TestServer::with_script(vec![Step::Read, Step::Send(page_with("a"))]);
    let client = client(&server.base(), Limits::default());
    for _ in 0..20 {
        let page = client.with_retry(|| async { client.fetch_page(&params(), None).await }, |_| {}).await;
        assert!(page.is_ok_and(|page| ids(&page) == ["a"]));
    }
    assert_eq!(server.requests().len(), 20, "none is sent twice");
}

#[tokio::test]
async fn a_kept_connection_that_breaks_within_the_second_answer_is_told() {
    for (more, expected) in [
        (vec![Step::Read], FailureKind::Reset),
        (vec![Step::Read, Step::Reset], FailureKind::Reset),
        (vec![Step::Read, send("HTTP/1.1 20")], FailureKind::Reset),
        (vec![Step::Read, send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), Step::Reset], FailureKind::CutOff),
        (vec![Step::Read, send("canary-body\r\n\r\n")], FailureKind::Garbled),
    ] {
        let script = [vec![Step::Read, Step::Send(page_with("a"))], more].concat();
        let server = TestServer::with_script(script);
        let client = client(&server.base(), Limits::default());
        assert!(client.fetch_page(&params(), None).await.is_ok());
        assert_eq!(kind(client.fetch_page(&params(), None).await), expected);
        assert_eq!((server.requests().len(), server.connections()), (2, 1), "on the same connection, and once");
        assert!(client.fetch_page(&params(), None).await.is_ok(), "the next one is on another");
    }
}

#[tokio::test]
async fn a_client_survives_each_failure() {
    let broken = TestServer::with_script(vec![Step::Read, Step::Reset]);
    let client = client(&broken.base(), Limits::default());
    for _ in 0..5 {
        assert_eq!(kind(client.fetch_page(&params(), None).await), FailureKind::Reset);
    }
    assert_eq!(broken.requests().len(), 5, "each call sends one request");
}

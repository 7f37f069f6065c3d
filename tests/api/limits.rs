//! Time and size. Each test sets one limit low and leaves the others far away, so that only that one can end it.

use std::time::Duration;

use argos_review::api::{Limits, RequestError};
use argos_review::failure::{FailureKind, Stage};
use tokio::net::TcpSocket;

use crate::{PAGE, client, ids, kind, params};
use argos_testkit::deadline::DEADLINE;
use argos_testkit::gzip::{bomb, endless_bomb, pack_stored};
use argos_testkit::server::{Step, TestServer, answer};

const SOON: Duration = Duration::from_millis(100);
const FAR: Duration = DEADLINE;
const LIMITS: Limits =
    Limits { connect: FAR, header: FAR, idle: FAR, total: FAR, bytes: 16 << 20, picture_bytes: 12 << 20, wait: SOON };
const GZIP: &str = "Content-Encoding: gzip\r\n";

async fn kind_within(limits: Limits, script: Vec<Step>) -> FailureKind {
    let server = TestServer::with_script(script);
    kind(client(&server.base(), limits).fetch_page(&params(), None).await)
}

#[test]
fn the_limits_are_the_documented_ones() {
    let Limits { connect, header, idle, total, bytes, picture_bytes, wait } = Limits::default();
    assert_eq!([connect, header, idle, total].map(|limit| limit.as_secs()), [5, 15, 15, 60]);
    assert_eq!((bytes, picture_bytes, wait), (16 << 20, 12 << 20, Duration::from_millis(500)));
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_ends_in_time() {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
    let listener = socket.listen(1).expect("it listens");
    let address = listener.local_addr().expect("its address");
    // ClosedPort accepts; once the queue is full, the system lets further connections wait.
    let waiting: Vec<_> = (0..4).map(|_| std::net::TcpStream::connect_timeout(&address, SOON)).collect();
    let limits = Limits { connect: SOON, ..LIMITS };
    let page = client(&format!("http://{address}/canary-path"), limits).fetch_page(&params(), None).await;
    assert_eq!(kind(page), FailureKind::TimedOut(Stage::Connect));
    drop(waiting);
}

#[tokio::test]
async fn an_answer_that_does_not_begin_ends_in_time() {
    let limits = Limits { header: SOON, ..LIMITS };
    for script in [
        vec![Step::Stall],
        vec![Step::Read, Step::Stall],
        vec![Step::Read, Step::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), Step::Stall],
        vec![Step::Read, Step::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), Step::Drip(b"y".to_vec(), SOON / 10)],
        vec![Step::Read, Step::Drip(b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), SOON / 10)],
    ] {
        assert_eq!(kind_within(limits, script).await, FailureKind::TimedOut(Stage::Header));
    }
}

#[tokio::test]
async fn an_answer_that_stops_ends_in_time() {
    let limits = Limits { idle: SOON, ..LIMITS };
    for start in [
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"Items\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"Ite",
        "HTTP/1.1 200 OK\r\n\r\n{\"Items\":[]}",
    ] {
        let script = vec![Step::Read, Step::Send(start.into()), Step::Stall];
        assert_eq!(kind_within(limits, script).await, FailureKind::TimedOut(Stage::Idle), "{start}");
    }
}

#[tokio::test]
async fn an_answer_that_drips_ends_in_time() {
    let limits = Limits { total: SOON * 3, ..LIMITS };
    let head = Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec());
    let script = vec![Step::Read, head, Step::Drip(b" ".to_vec(), SOON / 10)];
    assert_eq!(kind_within(limits, script).await, FailureKind::TimedOut(Stage::Total));
}

#[tokio::test]
async fn a_refusal_that_stops_is_still_told_by_its_status() {
    let limits = Limits { idle: SOON, ..LIMITS };
    let head = Step::Send(b"HTTP/1.1 502 x\r\nContent-Length: 9\r\n\r\n{".to_vec());
    assert_eq!(kind_within(limits, vec![Step::Read, head, Step::Stall]).await, FailureKind::Server);
}

#[tokio::test]
async fn a_dropped_request_closes_its_connection() {
    let mut server = TestServer::with_script(vec![Step::Read, Step::Stall]);
    let client = client(&server.base(), LIMITS);
    let params = params();
    let mut page = Box::pin(client.fetch_page(&params, None));
    while server.requests().is_empty() {
        tokio::select! {
            _ = &mut page => panic!("the stand-in never answers"),
            () = tokio::task::yield_now() => {}
        }
    }
    drop(page);
    server.wait_until_left().await;
}

#[tokio::test]
async fn a_compressed_answer_is_unpacked() {
    let server = TestServer::sending(answer(200, GZIP, pack_stored(PAGE.as_bytes())));
    let page = client(&server.base(), LIMITS).fetch_page(&params(), None).await.unwrap();
    assert_eq!((ids(&page), page.bytes), (vec!["a"], PAGE.len()));
}

#[tokio::test]
async fn a_bomb_is_stopped_at_the_limit_of_unpacked_bytes() {
    // 15, 76 and 512 MiB: the stream has no end, so that what is below the limit is cut off.
    for (repeats, expected) in
        [(60_000, FailureKind::CutOff), (310_000, FailureKind::TooLarge), (2_080_000, FailureKind::TooLarge)]
    {
        let packed = bomb(repeats);
        assert!(packed.len() < 4 << 20);
        let script = vec![Step::Read, Step::Send(answer(200, GZIP, packed))];
        assert_eq!(kind_within(LIMITS, script).await, expected);
    }
}

/// A chunk of 64 KiB of blanks; without chunked transfer, as much of a body.
fn chunk() -> Vec<u8> {
    let mut chunk = b"10000\r\n".to_vec();
    chunk.resize(7 + 0x10000, b' ');
    chunk.extend(b"\r\n");
    chunk
}

#[tokio::test]
async fn what_has_no_end_is_stopped_at_the_limit_and_its_connection_closed() {
    let limits = Limits { bytes: 1 << 20, ..LIMITS };
    let (mut gzip, more) = endless_bomb();
    gzip.splice(..0, *b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    for (head, endless, expected) in [
        (&b"HTTP/1.1 200 OK\r\n\r\n"[..], chunk(), FailureKind::TooLarge),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(), FailureKind::TooLarge),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n", chunk(), FailureKind::TooLarge),
        (&gzip, more, FailureKind::TooLarge),
        (b"HTTP/1.1 503 x\r\n\r\n", chunk(), FailureKind::Server),
        (b"HTTP/1.1 302 x\r\nLocation: /\r\n\r\n", chunk(), FailureKind::Redirect),
        (b"HTTP/1.1 202 x\r\n\r\n", chunk(), FailureKind::WrongShape),
        (b"HTTP/1.1 200 OK\r\nX: ", vec![b'x'; 0x10000], FailureKind::Garbled),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n".repeat(10_000), FailureKind::Garbled),
        (b"", b"x".repeat(0x10000), FailureKind::Garbled),
        (b"", b"\r\n".repeat(10_000), FailureKind::Garbled),
    ] {
        let script = vec![Step::Read, Step::Send(head.to_vec()), Step::Forever(endless)];
        let head = String::from_utf8_lossy(head);
        let mut server = TestServer::with_script(script);
        assert_eq!(kind(client(&server.base(), limits).fetch_page(&params(), None).await), expected, "{head}");
        server.wait_until_left().await;
        // What was sent beyond the limit lay in the buffers of the system.
        assert!(server.sent() < 24 << 20, "{head} {}", server.sent());
    }
}

#[tokio::test]
async fn a_flood_of_early_answers_ends_in_time_and_its_connection_is_closed() {
    for early in ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"] {
        let script = vec![Step::Read, Step::Forever(early.repeat(1_000).into())];
        let mut server = TestServer::with_script(script);
        let limits = Limits { header: SOON, ..LIMITS };
        let page = client(&server.base(), limits).fetch_page(&params(), None).await;
        assert_eq!(kind(page), FailureKind::TimedOut(Stage::Header), "{early}");
        server.wait_until_left().await;
    }
}

#[tokio::test]
async fn an_answer_of_exactly_the_limit_passes() {
    let limits = Limits { bytes: PAGE.len(), ..LIMITS };
    let server = TestServer::sending(answer(200, "", PAGE));
    assert!(client(&server.base(), limits).fetch_page(&params(), None).await.is_ok());
    let script = vec![Step::Read, Step::Send(answer(200, "", format!("{PAGE} ")))];
    assert_eq!(kind_within(limits, script).await, FailureKind::TooLarge);
}

#[tokio::test]
async fn damaged_or_unasked_compression_is_no_page() {
    let packed = pack_stored(PAGE.as_bytes());
    let (half, _) = packed.split_at(packed.len() / 2);
    let mut flipped = packed.clone();
    if let Some(byte) = flipped.get_mut(packed.len() - 6) {
        *byte ^= 1;
    }
    for (headers, body, expected) in [
        (GZIP, half.to_vec(), FailureKind::CutOff),
        (GZIP, flipped, FailureKind::Garbled),
        (GZIP, PAGE.as_bytes().to_vec(), FailureKind::Garbled),
        (GZIP, pack_stored(&packed), FailureKind::NotJson),
        // Two members after each other are lawful, and not read.
        (GZIP, packed.repeat(10_000), FailureKind::Garbled),
        ("Content-Encoding: br\r\n", PAGE.as_bytes().to_vec(), FailureKind::Garbled),
        ("Content-Encoding: gzip, gzip\r\n", pack_stored(&packed), FailureKind::Garbled),
        ("Content-Encoding: zstd\r\n", packed.clone(), FailureKind::Garbled),
    ] {
        let script = vec![Step::Read, Step::Send(answer(200, headers, &body))];
        assert_eq!(kind_within(LIMITS, script).await, expected, "{headers} {}", body.len());
    }
    let identity = TestServer::sending(answer(200, "Content-Encoding: identity\r\n", PAGE));
    assert!(client(&identity.base(), LIMITS).fetch_page(&params(), None).await.is_ok());
}

#[tokio::test]
async fn a_probe_has_the_same_limits_and_follows_no_redirect() {
    let head = || Step::Send(b"HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 00:00:00 GMT\r\n\r\n".to_vec());
    let probe = async |limits: Limits, script: Vec<Step>| {
        let server = TestServer::with_script(script);
        client(&server.base(), limits).probe().await
    };
    let stalled = probe(Limits { header: SOON, ..LIMITS }, vec![Step::Read, Step::Stall]).await;
    assert_eq!(kind(stalled), FailureKind::TimedOut(Stage::Header));
    let mut total = SOON;
    for (limits, next, failure) in [
        (Limits { idle: SOON, ..LIMITS }, Step::Stall, FailureKind::TimedOut(Stage::Idle)),
        (Limits { total, ..LIMITS }, Step::Drip(b" ".to_vec(), SOON / 10), FailureKind::TimedOut(Stage::Total)),
        (Limits { bytes: 1 << 20, ..LIMITS }, Step::Forever(vec![b' '; 1 << 16]), FailureKind::TooLarge),
    ] {
        let mut probed = probe(limits, vec![Step::Read, head(), next.clone()]).await;
        // However busy the machine is: with time enough, the head comes before it is over.
        while probed.as_ref().is_err_and(|error| *error == RequestError::TimedOut(Stage::Total)) && total < FAR {
            total *= 2;
            probed = probe(Limits { total, ..limits }, vec![Step::Read, head(), next.clone()]).await;
        }
        let probe = probed.expect("the head came");
        assert_eq!((probe.status, probe.version, probe.date.is_some()), (200, "HTTP/1.1", true));
        assert_eq!(kind(probe.items), failure);
    }
    let elsewhere = TestServer::sending(answer(200, "", PAGE));
    let moved = answer(302, &format!("Location: {}/submission\r\n", elsewhere.base()), "");
    let probe = probe(LIMITS, vec![Step::Read, Step::Send(moved)]).await.expect("the head came");
    assert_eq!((probe.status, kind(probe.items)), (302, FailureKind::Redirect));
    assert!(elsewhere.requests().is_empty());
}

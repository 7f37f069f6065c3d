//! Proxies that are well, that want something first, and that are no way to the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_review::api::{Client, Limits};
use argos_review::failure::{Failure, FailureKind, Stage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::tls::{HOST, Trusted, acceptor, give_page, params_of, serving, signed};
use crate::{client_with, ids, params};
use argos_testkit::closed_port::ClosedPort;
use argos_testkit::server::{Step, TestServer, listen};

/// A name that nobody here resolves: that is the proxy's business.
const SERVICE: &str = "https://rest-api.example.com/canary-path";
const SERVICE_HOST: &str = "rest-api.example.com";

/// Asks through a proxy until there is a failure, and tells it with the number of further tries.
async fn failed(client: &Client) -> (Failure, usize) {
    let (params, mut waits) = (params(), 0);
    let result = client.with_retry(|| client.fetch_page(&params, None), |_| waits += 1).await;
    let error = result.err().expect("an error");
    let failure = Failure::from(&error);
    let texts = format!("{error}\n{error:?}\n{failure:?}");
    for canary in ["CanaryKey7x", "canary-mail", "canary-user", "canary-path", "secret", "canary-body"] {
        assert!(!texts.contains(canary), "{canary} in {texts}");
    }
    (failure, waits)
}

fn through(variable: &'static str, proxy: &str) -> Client {
    let limits = Limits { wait: std::time::Duration::from_millis(1), ..Limits::default() };
    let trusted = Trusted::new("ClosedPort");
    client_with(SERVICE, limits, &[(variable, proxy), trusted.variable()])
}

#[tokio::test]
async fn proxy_that_refuses_is_named_with_its_status_and_asked_again_where_that_can_help() {
    for (status, sentence, kind, waits) in [
        ("407 Proxy Authentication Required", "requires a log-in (407)", FailureKind::Proxy, 0),
        ("403 Forbidden", "forbids the connection to the service (403)", FailureKind::Proxy, 0),
        ("405 Method Not Allowed", "refuses the connection to the service (405)", FailureKind::Proxy, 0),
        ("429 Too Many Requests", "refuses the connection to the service (429)", FailureKind::Proxy, 0),
        ("301 Moved", "refuses the connection to the service (301)", FailureKind::Proxy, 0),
        ("502 Bad Gateway", "cannot reach the service (502)", FailureKind::Connect, 2),
        ("503 Service Unavailable", "cannot reach the service (503)", FailureKind::Connect, 2),
        ("504 Gateway Timeout", "cannot reach the service (504)", FailureKind::Connect, 2),
    ] {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 11\r\n\r\ncanary-body");
        let server = TestServer::sending(answer);
        let client = through("HTTPS_PROXY", &format!("http://{}", server.address()));
        let (failure, tries) = failed(&client).await;
        assert_eq!(failure.sentence.as_str(), format!("The proxy {} {sentence}.", server.address()));
        assert_eq!((failure.kind, tries), (kind, waits), "{status}");
        for request in server.requests() {
            assert!(request.starts_with(&format!("CONNECT {SERVICE_HOST}:443 HTTP/1.1\r\n")), "{request}");
            assert!(!request.to_lowercase().contains("canary"), "neither key nor parameters: {request}");
        }
    }
}

#[tokio::test]
async fn log_in_of_the_variable_is_sent_and_told_to_be_another_one() {
    let server = TestServer::sending("HTTP/1.1 407 No\r\n\r\n");
    let client = through("https_proxy", &format!("http://user:s%40crets@{}", server.address()));
    let (failure, waits) = failed(&client).await;
    assert_eq!(failure.sentence.as_str(), format!("The proxy {} does not accept the log-in (407).", server.address()));
    assert!(failure.advice.as_str().contains("https_proxy") && failure.advice.as_str().contains("%40"));
    assert_eq!(waits, 0);
    // base64 of user:s@crets
    assert!(server.request().contains("\r\nproxy-authorization: Basic dXNlcjpzQGNyZXRz\r\n"), "{}", server.request());
}

#[tokio::test]
async fn what_is_no_proxy_or_is_down_is_named() {
    for (script, sentence, kind) in [
        (
            vec![Step::Read, Step::Send(b"SSH-2.0-canary-body\r\n\r\n".to_vec())],
            "The server at PROXY does not answer as a proxy.",
            FailureKind::Proxy,
        ),
        (vec![Step::Read], "The proxy PROXY broke the connection before it answered.", FailureKind::Connect),
        (
            vec![Step::Read, Step::Reset],
            "The proxy PROXY broke the connection before it answered.",
            FailureKind::Connect,
        ),
        (
            vec![Step::Read, Step::Send([&b"HTTP/1.1 200 OK\r\nX: "[..], &[b'y'; 9_000]].concat())],
            "The server at PROXY does not answer as a proxy.",
            FailureKind::Proxy,
        ),
    ] {
        let server = TestServer::with_script(script);
        let (failure, waits) = failed(&through("ALL_PROXY", &format!("http://{}", server.address()))).await;
        let said = failure.sentence.as_str().replace(&server.address().to_string(), "PROXY");
        assert_eq!((said.as_str(), failure.kind), (sentence, kind));
        assert_eq!(waits, if kind == FailureKind::Proxy { 0 } else { 2 }, "{sentence}");
    }
    for scheme in ["http", "https", "socks5h", "socks4a"] {
        let nobody = ClosedPort::take();
        let address = nobody.address();
        let (failure, _) = failed(&through("HTTPS_PROXY", &format!("{scheme}://{address}"))).await;
        let said = format!("The proxy {address} is down: it refused the connection.");
        assert_eq!(failure.sentence.as_str(), said, "{scheme}");
        assert_eq!(failure.kind, FailureKind::Connect);
        let (failure, _) = failed(&through("HTTPS_PROXY", &format!("{scheme}://proxy.invalid:3128"))).await;
        match failure.kind {
            FailureKind::Dns => {
                assert_eq!(failure.sentence.as_str(), "The name of the proxy proxy.invalid:3128 was not found.");
            }
            // Where no name server answers at all.
            kind => assert_eq!(kind, FailureKind::TimedOut(Stage::Connect), "{scheme}"),
        }
    }
}

#[tokio::test]
async fn proxy_behind_tls_is_asked_over_tls() {
    let root = Trusted::new("Invented Authority");
    let acceptor = acceptor(signed(&params_of("A Proxy", &[HOST]), &root.issuer));
    let address = listen(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            let Ok(1..) = stream.read(&mut [0; 1_024]).await else { return };
            let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    let proxy = format!("https://{address}");
    let client = client_with(SERVICE, Limits::default(), &[("HTTPS_PROXY", &proxy), root.variable()]);
    let (failure, waits) = failed(&client).await;
    let sentence = format!("The proxy {address} forbids the connection to the service (403).");
    assert_eq!((failure.sentence.as_str(), waits), (&*sentence, 0));
}

#[tokio::test]
async fn a_proxy_that_never_answers_is_named() {
    let server = TestServer::with_script(vec![Step::Read, Step::Stall]);
    let limits = Limits { connect: std::time::Duration::from_millis(50), ..Limits::default() };
    let proxy = format!("http://{}", server.address());
    let trusted = Trusted::new("ClosedPort");
    let client = client_with(SERVICE, limits, &[("HTTPS_PROXY", &proxy), trusted.variable()]);
    let failure = Failure::from(&client.fetch_page(&params(), None).await.err().expect("an error"));
    let sentence = format!("The proxy {} did not connect in time.", server.address());
    assert_eq!((failure.kind, failure.sentence.as_str()), (FailureKind::TimedOut(Stage::Connect), &*sentence));
}

/// A proxy for everybody: what it speaks before it is the service itself, with a certificate.
fn proxying<F>(root: &Trusted, greet: impl Fn(TcpStream) -> F + Send + Sync + 'static) -> (String, Arc<AtomicUsize>)
where
    F: Future<Output = Option<TcpStream>> + Send + 'static,
{
    let acceptor = acceptor(signed(&params_of("The Service", &[SERVICE_HOST]), &root.issuer));
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    let address = listen(move |stream| {
        let (greeted, acceptor, count) = (greet(stream), acceptor.clone(), Arc::clone(&count));
        async move {
            if let Some(stream) = greeted.await {
                let _ = give_page(&acceptor, stream, &count).await;
            }
        }
    });
    (address.to_string(), requests)
}

/// What a SOCKS5 proxy reads of a request after its greeting: everything up to the port.
async fn socks_target(stream: &mut TcpStream) -> Option<(u8, String)> {
    let mut head = [0; 4];
    stream.read_exact(&mut head).await.ok()?;
    assert_eq!(head[..3], [5, 1, 0], "a connection, by version 5");
    let length = if head[3] == 3 { stream.read_u8().await.ok()? } else { 4 };
    let mut host = vec![0; usize::from(length)];
    stream.read_exact(&mut host).await.ok()?;
    assert_eq!(stream.read_u16().await.ok()?, 443);
    Some((head[3], String::from_utf8_lossy(&host).into_owned()))
}

/// Speaks SOCKS5 up to the reply, with a log-in if one is wanted.
async fn socks(mut stream: TcpStream, wants_login: bool, reply: u8) -> Option<TcpStream> {
    let mut greeting = [0; 3];
    stream.read_exact(&mut greeting).await.ok()?;
    let offered = greeting[2];
    if wants_login && offered != 2 {
        stream.write_all(&[5, 0xff]).await.ok()?;
        return None;
    }
    stream.write_all(&[5, offered]).await.ok()?;
    if offered == 2 {
        let mut login = [0; 15];
        stream.read_exact(&mut login).await.ok()?;
        let fits = login[..] == b"\x01\x04user\x08s@crets!"[..];
        stream.write_all(&[1, u8::from(!fits)]).await.ok()?;
        if !fits {
            return None;
        }
    }
    let (kind, host) = socks_target(&mut stream).await?;
    assert_eq!((kind, host.as_str()), (3, SERVICE_HOST), "the proxy resolves the name");
    stream.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]).await.ok()?;
    (reply == 0).then_some(stream)
}

#[tokio::test]
async fn service_is_reached_through_every_kind_of_proxy_and_by_nobody_else() {
    let root = Trusted::new("Invented Authority");
    let connect = |mut stream: TcpStream| async move {
        let mut head = [0; 1_024];
        let read = stream.read(&mut head).await.ok()?;
        assert!(head[..read].starts_with(b"CONNECT rest-api.example.com:443 HTTP/1.1\r\n"));
        stream.write_all(b"HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n").await.ok()?;
        Some(stream)
    };
    let (http, of_http) = proxying(&root, connect);
    let (socks5, of_socks5) = proxying(&root, |stream| socks(stream, false, 0));
    let (login, of_login) = proxying(&root, |stream| socks(stream, true, 0));
    for (variables, count) in [
        (&[("HTTPS_PROXY", &*format!("http://{http}"))][..], &of_http),
        (&[("HTTPS_PROXY", ""), ("https_proxy", &http)], &of_http),
        (&[("ALL_PROXY", &format!("socks5h://{socks5}"))], &of_socks5),
        (&[("all_proxy", &format!("socks5h://user:s%40crets%21@{login}"))], &of_login),
    ] {
        let before = count.load(Ordering::SeqCst);
        let variables = [variables, &[root.variable()]].concat();
        let client = client_with(SERVICE, Limits::default(), &variables);
        let page = client.fetch_page(&params(), None).await.unwrap_or_else(|error| panic!("{variables:?}: {error:?}"));
        assert_eq!(ids(&page), ["a"]);
        assert_eq!(count.load(Ordering::SeqCst), before + 1, "{variables:?}");
        let route = client.route().to_string();
        assert!(route.contains(HOST) && !route.contains("crets") && route.contains(variables[variables.len() - 2].0));
    }
    // Nothing is asked of the proxy for this machine, or for a host that is exempt.
    let (base, _) = serving(signed(&params_of("A Server", &[HOST]), &root.issuer));
    let proxy = format!("http://{http}");
    let client = client_with(&base, Limits::default(), &[("HTTPS_PROXY", &proxy), root.variable()]);
    assert!(client.fetch_page(&params(), None).await.is_ok());
    assert_eq!(of_http.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn socks_proxy_that_refuses_is_named() {
    let root = Trusted::new("Invented Authority");
    for (wants_login, reply, login, sentence, waits) in [
        (true, 0, "", "The proxy PROXY requires a log-in.", 0),
        (true, 0, "user:wrongpw!@", "The proxy PROXY does not accept the log-in.", 0),
        (false, 2, "", "The proxy PROXY forbids the connection to the service.", 0),
        (false, 1, "", "The proxy PROXY cannot reach the service.", 2),
        (false, 4, "", "The proxy PROXY cannot reach the service.", 2),
        (false, 5, "", "The proxy PROXY cannot reach the service.", 2),
        (false, 7, "", "The proxy PROXY refuses the connection to the service.", 0),
    ] {
        let (address, requests) = proxying(&root, move |stream| socks(stream, wants_login, reply));
        let (failure, tries) = failed(&through("ALL_PROXY", &format!("socks5h://{login}{address}"))).await;
        assert_eq!(failure.sentence.as_str().replace(&address, "PROXY"), sentence);
        assert_eq!((tries, requests.load(Ordering::SeqCst)), (waits, 0), "{sentence}");
    }
    let server = TestServer::with_script(vec![Step::Send(b"HTTP/1.1 400 canary-body\r\n\r\n".to_vec()), Step::Stall]);
    let (failure, _) = failed(&through("ALL_PROXY", &format!("socks5h://{}", server.address()))).await;
    let sentence = format!("The server at {} does not answer as a proxy.", server.address());
    assert_eq!(failure.sentence.as_str(), sentence);
}

#[tokio::test]
async fn certificates_of_a_proxy_and_behind_it_are_told_apart() {
    let (root, stranger) = (Trusted::new("Invented Authority"), Trusted::new("TLS Inspection CA"));
    let connect = |mut stream: TcpStream| async move {
        let (1..) = stream.read(&mut [0; 1_024]).await.ok()? else { return None };
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok()?;
        Some(stream)
    };
    let (opening, requests) = proxying(&stranger, connect);
    let proxy = format!("http://{opening}");
    let client = client_with(SERVICE, Limits::default(), &[("HTTPS_PROXY", &proxy), root.variable()]);
    let (failure, waits) = failed(&client).await;
    let sentence = "The connection is not secure: no trusted authority issued the certificate, which was issued by \
                    \"TLS Inspection CA\".";
    assert_eq!((failure.sentence.as_str(), failure.kind, waits), (sentence, FailureKind::Tls, 0));
    assert_eq!(requests.load(Ordering::SeqCst), 0, "the key was sent");
    // With its authority it is the way.
    let client = client_with(SERVICE, Limits::default(), &[("HTTPS_PROXY", &proxy), stranger.variable()]);
    assert!(client.fetch_page(&params(), None).await.is_ok());

    let (base, _) = serving(signed(&params_of("A Proxy", &[HOST]), &root.issuer));
    let address = base.trim_start_matches("https://").trim_end_matches("/canary-path").to_owned();
    let proxy = format!("https://{address}");
    let client = client_with(SERVICE, Limits::default(), &[("HTTPS_PROXY", &proxy), stranger.variable()]);
    let (failure, waits) = failed(&client).await;
    let sentence = format!(
        "The connection to the proxy {address} is not secure: no trusted authority issued the certificate, which was \
         issued by \"Invented Authority\"."
    );
    assert_eq!((failure.sentence.as_str(), failure.kind, waits), (&*sentence, FailureKind::Tls, 0));
}

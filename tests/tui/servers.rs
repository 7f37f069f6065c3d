//! Servers on 127.0.0.1 that tests ask: the demo behind a switch that refuses, and answers written by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_demo::{DemoOptions, DemoServer, Requests};
use argos_review::api::{Client, NextPage};
use argos_review::config::BaseUrl;
use argos_review::query::Params;
use argos_review::secret::ApiKey;
use argos_testkit::server::{self, TestServer, query};
use jiff::civil::date;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::sync::watch;

const REFUSAL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\ncontent-length: 33\r\n\
connection: close\r\n\r\n{\"message\":\"Service Unavailable\"}";

/// An ordinary client of a server.
pub(crate) fn client(base_url: &str, key: &str) -> Client {
    let base_url = BaseUrl::parse(base_url).expect("a base URL");
    Client::new(base_url, &ApiKey::new(key.as_bytes()).expect("a key")).expect("a client")
}

/// The demo server behind a switch.
pub(crate) struct SwitchedDemo {
    base_url: String,
    key: String,
    requests: Requests,
    /// Whether every request is refused.
    refusing: watch::Sender<bool>,
}

impl SwitchedDemo {
    /// Starts both.
    pub(crate) async fn start() -> Self {
        let mut options = DemoOptions::new(date(2026, 11, 21));
        options.record = true;
        let demo = DemoServer::bind(&options).await.expect("a port");
        let (requests, key) = (demo.requests(), demo.key().to_owned());
        let behind = demo.base_url().trim_start_matches("http://").trim_end_matches("/v3").to_owned();
        tokio::spawn(demo.serve(std::future::pending()));
        let (refusing, switch) = watch::channel(false);
        let address = server::listen(move |stream| forward(stream, behind.clone(), switch.clone()));
        let base_url = format!("http://{address}/v3");
        Self { base_url, key, requests, refusing }
    }

    /// An ordinary client of it.
    pub(crate) fn client(&self) -> Client {
        client(&self.base_url, &self.key)
    }

    /// The queries received by the demo, in their order; empty text for a request without parameters.
    pub(crate) fn requests(&self) -> Vec<String> {
        let targets = self.requests.all().into_iter().map(|request| request.target);
        targets.map(|target| target.split_once('?').map_or(String::new(), |(_, query)| query.to_owned())).collect()
    }

    /// From now on every request is refused with 503, or is not.
    pub(crate) fn refuse(&self, refuse: bool) {
        self.refusing.send_replace(refuse);
    }

    /// How many submissions the demo has in the last days, found by asking it for all of them at once.
    pub(crate) async fn count_since(&self, days: i64) -> usize {
        let from = date(2026, 11, 21).saturating_sub(jiff::Span::new().days(days));
        let params = Params { start_date: Some(from), count: Some(2_000), ..Params::default() };
        let page = self.client().fetch_page(&params, None).await;
        let page = page.unwrap_or_else(|error| panic!("{error}"));
        assert!(page.next == NextPage::Last, "one page holds them");
        page.items.len()
    }
}

async fn forward(mut from: TcpStream, behind: String, mut switch: watch::Receiver<bool>) {
    // Whatever changes from here on is told below.
    let refusing = *switch.borrow_and_update();
    if refusing {
        let _ = from.read(&mut [0; 8_192]).await;
        let _ = from.write_all(REFUSAL).await;
        return;
    }
    let Ok(mut to) = TcpStream::connect(behind).await else { return };
    let _ = to.set_nodelay(true);
    tokio::select! {
        // First: in one look at the copying, a request may be sent and its answer come back.
        biased;
        _ = switch.changed() => {}
        _ = copy_bidirectional(&mut from, &mut to) => {}
    }
}

/// A client of a server whose answers are written by hand: status and body for each query.
pub(crate) fn answering(answer: impl Fn(&str) -> (u16, String) + Send + Sync + 'static) -> Client {
    let server = TestServer::answering(move |request| {
        let (status, body) = answer(query(request));
        server::answer(status, "Content-Type: application/json\r\n", body)
    });
    client(&server.base(), "a-key")
}

/// A list that, from the second request for it on, has two more rows, a decision and an update.
pub(crate) fn growing() -> Client {
    let asked = Arc::new(AtomicUsize::new(0));
    answering(move |query| {
        // The full record of s7 follows its row; that of s6 stays behind, so that the two disagree.
        let later = match query.contains("submission_id=") {
            true => query.contains("submission_id=s7") && asked.load(Ordering::SeqCst) > 1,
            false => asked.fetch_add(1, Ordering::SeqCst) > 0,
        };
        let item = |id: usize, status: &str, updated: &str| {
            format!(
                r#"{{"submission_id":"s{id}","data":{{"name":"Person {id} Sample"}},"created_at":"2026-11-21T0{id}:00:00.000Z","kyc":{{"result":"{status}"}}{updated}}}"#
            )
        };
        let updated = |at: &str| format!(r#","updated_at":"2026-11-21T{at}:00:00.000Z""#);
        let items = if later {
            vec![
                item(9, "incomplete", ""),
                item(8, "pending", ""),
                item(7, "approved", &updated("11")),
                item(6, "pending", &updated("10")),
                item(5, "rejected", &updated("05")),
            ]
        } else {
            vec![
                item(7, "pending", &updated("07")),
                item(6, "pending", &updated("06")),
                item(5, "rejected", &updated("05")),
            ]
        };
        (200, format!(r#"{{"Items":[{}]}}"#, items.join(",")))
    })
}

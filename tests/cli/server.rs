//! The demo's server asked by hand, so that what a call prints is held against what was sent.

use argos_demo::{DemoOptions, DemoServer};
use jiff::civil::date;
use serde_json::value::RawValue;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One answer, opened as far as it takes to ask for the next one.
#[derive(serde::Deserialize)]
struct Page {
    #[serde(rename = "Items")]
    items: Vec<Box<RawValue>>,
    #[serde(rename = "nextpageKey")]
    next: Option<Key>,
}

#[derive(serde::Deserialize)]
struct Key {
    id: Option<String>,
    created_at: Option<String>,
}

/// The text of every item of a query, walked to its end; `query` begins with `?` or is empty.
pub(crate) fn items(query: &str) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let server = DemoServer::bind(&DemoOptions::new(date(2026, 11, 21))).await.unwrap();
        let (base, key) = (server.base_url(), server.key().to_owned());
        tokio::spawn(server.serve(std::future::pending()));
        let (mut items, mut path) = (Vec::new(), query.to_owned());
        loop {
            let page: Page = serde_json::from_str(&body(&base, &key, &path).await).unwrap();
            items.extend(page.items.iter().map(|item| item.get().to_owned()));
            let Some(Key { id: Some(id), created_at: Some(at) }) = page.next else { return items };
            let and = if query.is_empty() { "?" } else { "&" };
            path = format!("{query}{and}nextpage_id={id}&nextpage_date={}", at.replace(':', "%3A").replace('+', "%2B"));
        }
    })
}

/// The body of one answer.
async fn body(base: &str, key: &str, query: &str) -> String {
    let (host, path) = base.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!(
        "GET /{path}/submission{query} HTTP/1.0\r\nHost: {host}\r\nx-api-key: {key}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

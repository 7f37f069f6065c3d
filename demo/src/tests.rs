//! The server from outside, by a raw GET over TCP: not by our own client, whose mistakes it must show.

mod faults;
mod growth;
mod pictures;
mod shapes;
mod switches;
mod transfer;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::behaviour::{LastKey, Order, UnknownId};
use super::*;

/// A raw HTTP client of a running server.
struct Caller {
    address: SocketAddr,
    key: String,
    requests: Requests,
}

impl Caller {
    /// Head, in lower case, and body of the answer, as far as they come.
    async fn raw(&self, head: &str) -> (String, String) {
        let mut stream = TcpStream::connect(self.address).await.expect("the server listens");
        let request = format!("{head}host: demo\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("the answer is text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        (head.to_ascii_lowercase(), body.to_owned())
    }

    async fn send(&self, head: &str) -> (u16, Value) {
        let (head, body) = self.raw(head).await;
        assert!(head.contains("content-type: application/json"), "{head}");
        (status(&head), serde_json::from_str(&body).expect("JSON"))
    }

    async fn get(&self, query: &str) -> (u16, Value) {
        self.send(&self.head(query)).await
    }

    fn head(&self, query: &str) -> String {
        format!("GET /v3/submission{query} HTTP/1.1\r\nx-api-key: {}\r\n", self.key)
    }

    /// The items and the next page's key of a page that must be had.
    async fn page(&self, query: &str) -> (Vec<Value>, Option<Value>) {
        let (status, mut body) = self.get(query).await;
        assert_eq!(status, 200, "{query}: {body}");
        let items = body["Items"].as_array().expect("Items").clone();
        (items, body.as_object_mut().and_then(|body| body.remove("nextpageKey")))
    }

    async fn refused(&self, query: &str) -> String {
        let (status, body) = self.get(query).await;
        assert_eq!(status, 400, "{query}: {body}");
        let body = body.as_object().expect("an object");
        assert_eq!(body.keys().collect::<Vec<_>>(), ["errorCode", "message"]);
        format!("{} / {}", body["errorCode"].as_str().expect("a code"), body["message"].as_str().expect("a message"))
    }

    /// Every item, page by page, with the filters repeated.
    async fn walk(&self, filters: &str, count: usize) -> Vec<Value> {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let (items, key) = self.page(&format!("?{filters}&count={count}{cursor}")).await;
            found.extend(items);
            let Some(key) = key else { return found };
            assert_eq!(key["id"], found.last().expect("a key follows a row")["submission_id"]);
            assert_eq!(key["created_at"], found.last().expect("a key follows a row")["created_at"]);
            cursor = format!("&{}", after(&key));
        }
    }
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
}

/// The parameters that ask for the page of a key.
fn after(key: &Value) -> String {
    let half = |name: &str| key[name].as_str().expect("text").to_owned();
    form_urlencoded::Serializer::new(String::new())
        .append_pair("nextpage_id", &half("id"))
        .append_pair("nextpage_date", &half("created_at"))
        .finish()
}

/// A server that plays one of the scenarios.
fn playing(name: &str) -> DemoOptions {
    DemoOptions { scenario: Scenario::named(name).expect("a scenario"), ..options() }
}

/// A server that behaves.
fn behaving(behaviour: Behaviour) -> DemoOptions {
    DemoOptions { scenario: Scenario { behaviour, ..Scenario::default() }, ..options() }
}

fn options() -> DemoOptions {
    DemoOptions { record: true, ..DemoOptions::new(date(2026, 11, 21)) }
}

/// Runs a server while `talk` talks to it.
async fn served<T>(options: &DemoOptions, talk: impl AsyncFnOnce(Caller) -> T) -> T {
    let demo = DemoServer::bind(options).await.expect("a port");
    let caller = Caller { address: demo.address, key: demo.key().to_owned(), requests: demo.requests() };
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = demo.serve(async {
        let _ = stopped.await;
    });
    let talking = async {
        let said = talk(caller).await;
        drop(stop);
        said
    };
    let (served, said) = tokio::join!(serving, talking);
    served.expect("the server stops when told");
    said
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|item| item["submission_id"].as_str()).collect()
}

fn all_ids() -> BTreeSet<String> {
    DemoData::new(date(2026, 11, 21)).plans().iter().map(|plan| plan.id.clone()).collect()
}

#[tokio::test]
async fn a_missing_or_wrong_key_is_forbidden() {
    served(&options(), async |caller| {
        for header in ["", "x-api-key: \r\n", "x-api-key: some-other-key\r\n"] {
            let (status, body) = caller.send(&format!("GET /v3/submission HTTP/1.1\r\n{header}")).await;
            assert_eq!((status, body.to_string().as_str()), (403, r#"{"message":"Forbidden"}"#));
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_path_or_method_is_refused_as_the_gateway_does() {
    served(&options(), async |caller| {
        let key = format!("x-api-key: {}\r\n", caller.key);
        for line in ["GET /v3/submissions", "GET /v3/submission/1abc", "GET /", "DELETE /v3/submission"] {
            let (status, body) = caller.send(&format!("{line} HTTP/1.1\r\n{key}")).await;
            assert_eq!((status, body.to_string().as_str()), (403, r#"{"message":"Missing Authentication Token"}"#));
        }
    })
    .await;
}

#[tokio::test]
async fn a_walk_meets_every_submission_exactly_once() {
    served(&options(), async |caller| {
        let found = caller.walk("", 701).await;
        assert_eq!(found.len(), ids(&found).into_iter().collect::<BTreeSet<_>>().len(), "none twice");
        assert_eq!(ids(&found).into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), all_ids());
    })
    .await;
}

#[tokio::test]
async fn a_walk_with_repeated_filters_meets_what_fits_and_nothing_else() {
    served(&options(), async |caller| {
        let found = caller.walk("start_date=2026-11-10&end_date=2026-11-15", 17).await;
        let days: BTreeMap<String, usize> = found.iter().fold(BTreeMap::new(), |mut days, item| {
            *days.entry(item["created_at"].as_str().expect("a time").chars().take(10).collect()).or_default() += 1;
            days
        });
        let wanted: Vec<String> = (10..=15).map(|day| format!("2026-11-{day}")).collect();
        assert_eq!(days.keys().cloned().collect::<Vec<_>>(), wanted, "both ends included");
        assert!(days.values().all(|number| *number >= 16), "{days:?}");
        let ids: BTreeSet<&str> = ids(&found).into_iter().collect();
        assert_eq!(ids.len(), found.len());
    })
    .await;
}

#[tokio::test]
async fn a_list_is_fifty_of_the_newest_with_a_key_beside_them() {
    served(&options(), async |caller| {
        let (items, key) = caller.page("").await;
        assert_eq!(items.len(), 50);
        let times: Vec<&str> = items.iter().take(12).filter_map(|item| item["created_at"].as_str()).collect();
        assert!(times.is_sorted_by(|one, other| one > other) && times[0].starts_with("2026-11-21T"), "{times:?}");
        assert!(key.is_some());
        let (items, _) = caller.page("?count=2000").await;
        assert_eq!(items.len(), 2_000);
    })
    .await;
}

#[tokio::test]
async fn filters_must_hold_together_and_an_id_decides_alone() {
    served(&options(), async |caller| {
        let (items, key) = caller.page("?email=kim%40example.com").await;
        assert_eq!((items.len(), key), (3, None));
        assert!(items.iter().all(|item| item["email"] == "kim@example.com" && item["userid"] == "minjun-kim"));
        let (items, _) = caller.page("?email=kim%40example.com&userid=minjun-kim&end_date=2026-11-20").await;
        assert_eq!(items.len(), 2);
        let (items, _) = caller.page("?email=kim%40example.com&userid=somebody-else").await;
        assert!(items.is_empty());
        let (first, _) = caller.page("?count=1").await;
        let id = first[0]["submission_id"].as_str().expect("an id");
        let (items, key) = caller.page(&format!("?submission_id={id}&email=nobody%40example.com&count=3")).await;
        assert_eq!((ids(&items), key), (vec![id], None));
        let (items, key) = caller.page("?submission_id=nobodyhasthisid").await;
        assert_eq!((items.len(), key), (0, None));
    })
    .await;
}

#[tokio::test]
async fn a_tagged_address_is_found_when_it_is_encoded() {
    served(&options(), async |caller| {
        let found = caller.walk("", 2_000).await;
        let tagged = found.iter().filter_map(|item| item["email"].as_str()).find(|email| email.contains('+'));
        let tagged = tagged.expect("odd submissions name their oddity");
        let query = form_urlencoded::Serializer::new("?".to_owned()).append_pair("email", tagged).finish();
        assert_eq!(caller.page(&query).await.0.len(), 1);
        assert_eq!(caller.page(&format!("?email={tagged}")).await.0.len(), 0, "a bare + means a space");
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_name() {
    served(&options(), async |caller| {
        for (query, said) in [
            ("?page=2", "invalid_parameter / Invalid parameter: page"),
            ("?Email=a%40example.com", "invalid_parameter / Invalid parameter: Email"),
            ("?data=abc", "invalid_parameter / Invalid parameter: data"),
            ("?count=ten", "invalid_format / Invalid format: count"),
            ("?count=0", "invalid_format / Invalid format: count"),
            ("?count=+5", "invalid_format / Invalid format: count"),
            ("?count=2001", "invalid_format / Invalid format: count"),
            ("?count=", "invalid_format / Invalid format: count"),
            ("?start_date=20261121", "invalid_format / Invalid format: start_date"),
            ("?start_date=2026-02-30", "invalid_format / Invalid format: start_date"),
            ("?end_date=2026-11-21T00:00", "invalid_format / Invalid format: end_date"),
            ("?end_date=tomorrow", "invalid_format / Invalid format: end_date"),
            ("?request_type=all", "invalid_format / Invalid format: request_type"),
            ("?userid=", "invalid_format / Invalid format: userid"),
            ("?userid=a&userid=b", "invalid_parameter / Invalid parameter: userid"),
            ("?nextpage_id=1abc", "invalid_parameter / Invalid parameter: nextpage_id"),
            ("?nextpage_date=2026-11-21", "invalid_parameter / Invalid parameter: nextpage_date"),
            ("?nextpage_id=1abc&nextpage_date=2026-11-21", "invalid_parameter / Invalid parameter: nextpage_id"),
        ] {
            assert_eq!(caller.refused(query).await, said, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_whose_halves_do_not_belong_together_is_refused() {
    served(&options(), async |caller| {
        let (newest, key) = caller.page("?count=2").await;
        let id = ids(&newest)[0];
        let together = format!("?count=1&nextpage_id={id}&nextpage_date=2026-11-21T02:40:48.317Z");
        assert_eq!(caller.page(&together).await.0[0], newest[1], "the row after the cursor's");
        assert_eq!(key.expect("more")["id"], newest[1]["submission_id"]);
        let said = caller.refused(&format!("?nextpage_id={id}&nextpage_date=2026-11-21T02:40:48.318Z")).await;
        assert_eq!(said, "invalid_parameter / Invalid parameter: nextpage_id");
    })
    .await;
}

#[tokio::test]
async fn each_request_type_leaves_its_part_and_the_id() {
    served(&options(), async |caller| {
        let (items, _) = caller.page("?count=3").await;
        let flagged = ids(&items)[2].to_owned();
        let keys = |item: &Value| item.as_object().expect("an object").keys().cloned().collect::<BTreeSet<String>>();
        let set = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<String>>();
        for part in ["kyc", "aml", "data"] {
            for query in
                [format!("?submission_id={flagged}&request_type={part}"), format!("?count=3&request_type={part}")]
            {
                let (items, _) = caller.page(&query).await;
                assert_eq!(keys(items.last().expect("an item")), set(&["submission_id", part]), "{query}");
            }
        }
        let (whole, _) = caller.page(&format!("?submission_id={flagged}")).await;
        let (others, _) = caller.page(&format!("?submission_id={flagged}&request_type=others")).await;
        let left: BTreeSet<String> = keys(&whole[0]).difference(&keys(&others[0])).cloned().collect();
        assert_eq!(left, set(&["kyc", "aml", "data"]));
        let (others, _) = caller.page("?count=1&request_type=others").await;
        assert!(others[0].get("email").is_some() && others[0].get("kyc").is_none() && others[0].get("ocr").is_none());
    })
    .await;
}

#[tokio::test]
async fn requests_are_recorded_when_asked_without_the_key() {
    served(&options(), async |caller| {
        caller.get("?count=1&email=a%2Bb%40example.com").await;
        caller.send("GET /v3/else?x HTTP/1.1\r\nreferer: http://127.0.0.1/secret\r\n").await;
        let recorded = |target: &str, has_key, referer: Option<&str>| Recorded {
            target: target.to_owned(),
            has_key,
            referer: referer.map(str::to_owned),
        };
        assert_eq!(
            caller.requests.all(),
            [
                recorded("/v3/submission?count=1&email=a%2Bb%40example.com", true, None),
                recorded("/v3/else?x", false, Some("http://127.0.0.1/secret")),
            ]
        );
        assert!(!format!("{:?}", caller.requests).contains(&caller.key));
    })
    .await;
    served(&DemoOptions::new(date(2026, 11, 21)), async |caller| {
        caller.get("").await;
        assert!(caller.requests.all().is_empty(), "a long demo must not grow");
    })
    .await;
}

#[tokio::test]
async fn what_the_documentation_leaves_open_can_be_switched() {
    let behaviour = Behaviour {
        max_count: 10,
        order: Order::OldestFirst,
        end_date_included: false,
        unknown_id: UnknownId::NoList,
        last_key: LastKey::Null,
        ..Behaviour::default()
    };
    served(&behaving(behaviour), async |caller| {
        assert_eq!(caller.refused("?count=11").await, "invalid_format / Invalid format: count");
        let (items, _) = caller.page("?count=1").await;
        assert!(items[0]["created_at"].as_str().expect("a time").starts_with("2026-08-24"), "{}", items[0]);
        assert_eq!(caller.get("?submission_id=none").await, (200, serde_json::json!({})));
        let (items, key) = caller.page("?start_date=2026-11-21&end_date=2026-11-21").await;
        assert_eq!((items.len(), key), (0, Some(Value::Null)));
    })
    .await;
    let behaviour = Behaviour { unknown_id: UnknownId::Refused, last_key: LastKey::Empty, ..Behaviour::default() };
    served(&behaving(behaviour), async |caller| {
        assert_eq!(caller.refused("?submission_id=none").await, "invalid_parameter / Invalid parameter: submission_id");
        assert_eq!(caller.page("?email=kim%40example.com").await.1, Some(serde_json::json!({})));
    })
    .await;
}

#[tokio::test]
async fn the_base_url_names_the_loopback_address_and_the_port() {
    let demo = DemoServer::bind(&options()).await.expect("a port");
    assert_eq!(demo.base_url(), format!("http://127.0.0.1:{}/v3", demo.address.port()));
    let taken = DemoOptions { port: demo.address.port(), ..options() };
    assert!(DemoServer::bind(&taken).await.is_err(), "a port is held from the moment it is bound");
}

#[tokio::test]
async fn a_connection_that_asks_nothing_does_not_keep_the_server() {
    let idle = served(&options(), async |caller| {
        let idle = TcpStream::connect(caller.address).await.expect("the server listens");
        // Answered only after the idle connection was taken on.
        caller.page("?count=1").await;
        idle
    })
    .await;
    drop(idle);
}

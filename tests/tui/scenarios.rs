//! Every scenario of the demo in the whole reviewer: what its screen shows.

mod of_pictures;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use argos_demo::{DemoOptions, DemoServer, Scenario, SecureTransfer};
use argos_review::app::ReviewerConfig;
use argos_review::config;
use argos_review::secret::ApiKey;
use argos_testkit::coding::encrypt;
use argos_testkit::deadline::now;
use argos_testkit::server;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::servers::client;
use crate::session::{Session, TODAY, setting};

use Step::{Press, See, Sent, Takes};

/// Played at once: they wait for their servers half of the time, and each has a reviewer that draws.
const AT_ONCE: usize = 16;

/// What is done and what is then to be seen. Where a screen must look as by default, what was sent does not.
enum Step {
    Press(&'static str),
    See(&'static [&'static str]),
    /// Another server of the scenario answers in a way that the default does not.
    Sent(fn(&Wire) -> bool),
    /// An answer takes this many milliseconds at least.
    Takes(u64),
}

/// A server, asked without the client.
struct Wire {
    base_url: String,
    key: String,
}

impl Wire {
    async fn playing(name: &str) -> Self {
        let scenario = Scenario::named(name).expect("a scenario");
        let demo = DemoServer::bind(&DemoOptions { scenario, ..DemoOptions::new(TODAY) }).await.expect("a port");
        let wire = Self { base_url: demo.base_url(), key: demo.key().to_owned() };
        tokio::spawn(demo.serve(std::future::pending()));
        wire
    }

    /// The body of an answer.
    fn text(&self, query: &str) -> String {
        server::get(&self.base_url, &self.key, &format!("/submission?{query}"))
    }

    fn page(&self, query: &str) -> Value {
        serde_json::from_str(&self.text(query)).expect("JSON")
    }

    /// The page behind another one, asked for with these parameters and its key.
    fn next(&self, page: &Value, query: &str) -> Value {
        let key = ["id", "created_at"].map(|name| page["nextpageKey"][name].as_str().expect("a key"));
        let date = key[1].replace(':', "%3A").replace('+', "%2B");
        self.page(&format!("{query}&nextpage_id={}&nextpage_date={date}", key[0]))
    }

    /// The body of an answer to an encrypted request without parameters.
    fn sealed(&self) -> String {
        let sealed = encrypt(b"{}", &self.key).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        self.text(&format!("data={sealed}"))
    }
}

fn items(page: &Value) -> &[Value] {
    page["Items"].as_array().map_or(&[], Vec::as_slice)
}

static SCREENS: [(&str, &[Step]); 52] = [
    ("default", &[See(&["50 loaded · more"]), Press("ffrom:-2d<enter>L"), See(&["64 loaded · complete"])]),
    ("oldest-first", &[See(&["50 loaded · more", "2026-08-24"])]),
    ("unordered", &[See(&["50 loaded · more", "2026-09-", "2026-10-"])]),
    (
        "count-capped",
        &[See(&["40 loaded · more"]), Press("fcount:500<enter>"), See(&["40 loaded · more", "count:500"])],
    ),
    (
        "exclusive-dates",
        &[See(&["50 loaded"]), Press("ffrom:2026-11-19 to:2026-11-21<enter>"), See(&["26 loaded · complete"])],
    ),
    ("seoul-dates", &[See(&["50 loaded"]), Press("fon:2026-11-21<enter>"), See(&["2026-11-20 2", "· complete"])]),
    (
        "unknown-id-missing",
        &[
            See(&["50 loaded"]),
            Press("fid:none0id<enter>"),
            See(&["No submissions found"]),
            Sent(|wire| !wire.text("submission_id=none0id").contains("Items")),
        ],
    ),
    (
        "unknown-id-refused",
        &[See(&["50 loaded"]), Press("fid:none0id<enter>"), See(&["✗ The service rejects the request as invalid"])],
    ),
    (
        "remembered-filters",
        &[
            See(&["50 loaded"]),
            Press("fuserid:minjun-kim count:2<enter>L"),
            See(&["3 loaded · complete"]),
            Sent(|wire| {
                let next = wire.next(&wire.page("userid=minjun-kim&count=2"), "count=2");
                items(&next).len() == 1 && next["Items"][0]["userid"] == "minjun-kim"
            }),
        ],
    ),
    (
        "null-key",
        &[
            See(&["50 loaded · more"]),
            Press("fkim@example.com<enter>"),
            See(&["3 loaded · complete"]),
            Sent(|wire| wire.text("email=kim@example.com").contains(r#""nextpageKey":null"#)),
        ],
    ),
    (
        "empty-key",
        &[
            See(&["50 loaded · more"]),
            Press("fkim@example.com<enter>"),
            See(&["3 loaded · complete"]),
            Sent(|wire| wire.text("email=kim@example.com").contains(r#""nextpageKey":{}"#)),
        ],
    ),
    (
        "key-first",
        &[
            See(&["50 loaded · more"]),
            Press("fkim@example.com<enter>"),
            See(&["3 loaded · complete"]),
            Sent(|wire| wire.text("count=1").starts_with(r#"{"nextpageKey":"#)),
        ],
    ),
    (
        "empty-last-page",
        &[
            See(&["50 loaded · more"]),
            Press("fkim@example.com<enter>L"),
            See(&["3 loaded · complete"]),
            Sent(|wire| wire.page("email=kim@example.com")["nextpageKey"]["id"].is_string()),
        ],
    ),
    (
        "short-pages",
        &[
            See(&["loaded · more"]),
            Press("fon:2026-11-20 count:20<enter>L"),
            See(&["26 loaded · complete"]),
            Sent(|wire| items(&wire.page("count=20")).len() == 10),
        ],
    ),
    ("long-pages", &[See(&["60 loaded · more"])]),
    (
        "slim-parts",
        &[
            See(&["50 loaded · more"]),
            Press("ftype:kyc<enter>"),
            See(&["50 loaded · more", "type:kyc"]),
            Sent(|wire| {
                let kyc = |query: &str| wire.page(query)["Items"][0]["kyc"].clone();
                kyc("count=1&request_type=kyc") == kyc("count=1")
            }),
        ],
    ),
    (
        "placeholder-times",
        &[
            See(&["50 loaded · more", "full record · fetched "]),
            Press("<enter>z8"),
            See(&["created_at: \"2026-11-21-02-40-48-UTC\""]),
        ],
    ),
    (
        "minute-times",
        &[
            See(&["50 loaded · more", "full record · fetched "]),
            Press("<enter>z8"),
            See(&["created_at: \"2026-11-21 02:40\""]),
        ],
    ),
    (
        "text-numbers",
        &[See(&["50 loaded · more", "full record · fetched "]), Press("<enter>z8"), See(&["argos_score: \"67.99\""])],
    ),
    (
        "single-words",
        &[
            See(&["50 loaded · more", "full record · fetched "]),
            Press("jjj<enter>z8/commentCode<enter>"),
            See(&["commentCode: \"too_many_retry\""]),
        ],
    ),
    (
        "other-forms",
        &[
            See(&["50 loaded · more", "full record · fetched "]),
            Press("<enter>z8G"),
            See(&["pre_verification: [ 2 items ]", "attempts_frequency: "]),
        ],
    ),
    (
        "deleted-bare",
        &[
            See(&["50 loaded · more"]),
            Press("fid:62fixo3broz3cgp_7f<enter>"),
            See(&["1 loaded", "62fixo3broz3cgp_7f", "full record · fetched ", "deleted, or left out by a projection"]),
        ],
    ),
    (
        "deleted-emptied",
        &[
            See(&["50 loaded · more"]),
            Press("fid:62fixo3broz3cgp_7f<enter>"),
            See(&["1 loaded", "62fixo3broz3cgp_7f", "full record · fetched "]),
            Press("<enter>z8"),
            See(&["email: \"\""]),
        ],
    ),
    ("encrypted-optional", &[See(&["50 loaded · more", "full record · fetched ", "sent encrypted"])]),
    (
        "encrypted",
        &[
            See(&["50 loaded · more", "full record · fetched ", "GET /submission", "sent encrypted"]),
            Press("fkim@example.com<enter>"),
            See(&["3 loaded · complete", "/submission?email=kim%40example.com"]),
        ],
    ),
    (
        "encrypted-wrapped",
        &[
            See(&["50 loaded · more", "full record · fetched "]),
            Press("G"),
            See(&["100 loaded"]),
            Sent(|wire| wire.sealed().starts_with(r#"{"response":{"body":"#)),
        ],
    ),
    (
        "encrypted-body",
        &[
            See(&["50 loaded · more", "full record · fetched "]),
            Press("G"),
            See(&["100 loaded"]),
            Sent(|wire| wire.sealed().starts_with(r#"{"body":"#)),
        ],
    ),
    (
        "encrypted-errors",
        &[See(&["50 loaded · more"]), Press("G"), See(&["50 loaded · stopped: bad request", "(invalid_parameter"])],
    ),
    ("rate-limited", &[See(&["Too many requests", "(try 2 of 3)"]), See(&["50 loaded · more"])]),
    ("rate-limited-by-date", &[See(&["Too many requests", "(try 2 of 3)"]), See(&["50 loaded · more"])]),
    ("rate-limited-silent", &[See(&["Too many requests", "(try 2 of 3)"]), See(&["50 loaded · more"])]),
    (
        "flaky",
        &[See(&["is not available (503)", "(try 2 of 3)"]), See(&["50 loaded · more", "full record · fetched "])],
    ),
    ("distant", &[See(&["50 loaded · more", "full record · fetched "]), Takes(50)]),
    ("crowded", &[See(&["50 loaded · more"]), Takes(50)]),
    ("slow", &[See(&["50 loaded · more"]), Takes(1_500)]),
    ("wrong-key", &[See(&["does not accept the API key (403)"])]),
    ("blocked-address", &[See(&["does not allow this IP address (403)"])]),
    ("quota", &[See(&["50 loaded · more"]), Press("r"), See(&["request quota is used up (429)"])]),
    ("failing-500", &[See(&["50 loaded · more", "The service failed (500)"])]),
    ("failing-gateway", &[See(&["50 loaded · more", "(504)"]), Press("G"), See(&["50 loaded · stopped: ", "(502)"])]),
    ("down", &[See(&["The service is not available (503)"])]),
    ("gateway-html", &[See(&["The service is not available (503)"])]),
    ("captive-portal", &[See(&["The answer is a web page, not data."])]),
    ("truncated", &[See(&["50 loaded · more"]), Press("G"), See(&["50 loaded · stopped: incomplete answer"])]),
    (
        "stuck-cursor",
        &[See(&["50 loaded · more"]), Press("L"), See(&["100 loaded · stopped: the server repeats a page key"])],
    ),
    (
        "cycling-cursor",
        &[See(&["50 loaded · more"]), Press("L"), See(&["150 loaded · stopped: the server repeats a page key"])],
    ),
    (
        "repeating-pages",
        &[See(&["50 loaded · more"]), Press("L"), See(&["50 loaded · stopped: the server repeats the same page"])],
    ),
    (
        "overlapping-pages",
        &[
            See(&["50 loaded · more"]),
            Press("ffrom:-4d count:30<enter>L"),
            See(&["116 loaded · complete"]),
            Sent(|wire| {
                let page = wire.page("count=30");
                items(&page).contains(&wire.next(&page, "count=30")["Items"][0])
            }),
        ],
    ),
    (
        "empty-pages",
        &[
            See(&["50 loaded · more"]),
            Press("ffrom:-3d<enter>L"),
            See(&["90 loaded · complete"]),
            Sent(|wire| items(&wire.next(&wire.page("count=1"), "count=1")).is_empty()),
        ],
    ),
    (
        "endless-pages",
        &[See(&["50 loaded · more"]), Press("L"), See(&["50 loaded · stopped: ten empty pages in a row"])],
    ),
    ("bad-items", &[See(&["57 loaded · more", "7 rows unreadable"]), Press("G"), See(&["cannot be read"])]),
    ("growing", &[See(&["50 loaded · more"]), Press("r"), See(&["53 loaded"])]),
];

fn screens() -> impl Iterator<Item = &'static (&'static str, &'static [Step])> {
    SCREENS.iter().chain(&of_pictures::SCREENS)
}

#[test]
fn every_scenario_is_on_a_screen() {
    let shown: BTreeSet<&str> = screens().map(|(name, _)| *name).collect();
    assert_eq!(shown, Scenario::names().collect());
    assert_eq!(screens().count(), shown.len(), "one twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_scenario_opens_and_shows_what_it_is_for() {
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let playing = screens().map(|(name, steps)| {
        let gate = Arc::clone(&gate);
        let played = tokio::spawn(async move {
            let _permit = gate.acquire().await.expect("the gate is open");
            play(name, steps).await;
        });
        (*name, played)
    });
    let mut failed = Vec::new();
    for (name, played) in playing.collect::<Vec<_>>() {
        if played.await.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

async fn play(name: &'static str, steps: &'static [Step]) {
    let scenario = Scenario::named(name).expect("a scenario");
    let demo = DemoServer::bind(&DemoOptions { scenario, ..DemoOptions::new(TODAY) }).await.expect("a port");
    let encrypted = demo.secure_transfer() != SecureTransfer::Off;
    let transfer = if encrypted { config::SecureTransfer::Ecb } else { config::SecureTransfer::Off };
    let key = ApiKey::new(demo.key().as_bytes()).expect("a key");
    let client = client(&demo.base_url(), demo.key()).with_secure_transfer(transfer, &key);
    tokio::spawn(demo.serve(std::future::pending()));
    let mut session = Session::open(client, ReviewerConfig { encrypted, ..setting() }, 120, 40);
    for step in steps {
        match step {
            Press(keys) => session.press(keys),
            See(texts) => {
                let wanted = format!("{texts:?} in {name}");
                session.until(&wanted, |screen| texts.iter().all(|text| screen.contains(text))).await;
            }
            Sent(is_its_own) => assert!(answers(name, *is_its_own).await, "{name} answers as by default"),
            Takes(millis) => {
                let start = now();
                answers(name, |wire| !wire.text("count=1").is_empty()).await;
                assert!(start.elapsed() >= Duration::from_millis(*millis), "{name} answers at once");
            }
        }
    }
}

/// Asks a server of a scenario.
async fn answers(name: &str, check: fn(&Wire) -> bool) -> bool {
    let wire = Wire::playing(name).await;
    tokio::task::spawn_blocking(move || check(&wire)).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_a_scenario_sends_is_not_sent_by_default() {
    for (name, steps) in screens() {
        for step in *steps {
            let Sent(is_its_own) = step else { continue };
            let transfer = Scenario::named(name).expect("a scenario").behaviour.secure_transfer;
            let usual = if transfer == SecureTransfer::Off { "default" } else { "encrypted" };
            assert!(!answers(usual, *is_its_own).await, "{name}: {usual} sends the same");
        }
    }
}

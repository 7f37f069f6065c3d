//! Every scenario of the demo in the whole reviewer: what its screen shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use argos_demo::{DemoOptions, DemoServer, Scenario, SecureTransfer};
use argos_review::app::ReviewerConfig;
use argos_review::config;
use argos_review::secret::ApiKey;
use tokio::sync::Semaphore;

use crate::servers::client;
use crate::session::{Session, TODAY, setting};

use Step::{Press, See};

/// Played at once: they wait for their servers half of the time, and each has a reviewer that draws.
const AT_ONCE: usize = 16;

/// What is done and what is then to be seen.
enum Step {
    Press(&'static str),
    See(&'static [&'static str]),
}

const SCREENS: [(&str, &[Step]); 51] = [
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
    ("unknown-id-missing", &[See(&["50 loaded"]), Press("fid:none0id<enter>"), See(&["No submissions found"])]),
    (
        "unknown-id-refused",
        &[See(&["50 loaded"]), Press("fid:none0id<enter>"), See(&["✗ The service rejects the request as invalid"])],
    ),
    (
        "remembered-filters",
        &[See(&["50 loaded"]), Press("fuserid:minjun-kim count:2<enter>L"), See(&["3 loaded · complete"])],
    ),
    ("null-key", &[See(&["50 loaded · more"]), Press("fkim@example.com<enter>"), See(&["3 loaded · complete"])]),
    ("empty-key", &[See(&["50 loaded · more"]), Press("fkim@example.com<enter>"), See(&["3 loaded · complete"])]),
    ("key-first", &[See(&["50 loaded · more"]), Press("fkim@example.com<enter>"), See(&["3 loaded · complete"])]),
    (
        "empty-last-page",
        &[See(&["50 loaded · more"]), Press("fkim@example.com<enter>L"), See(&["3 loaded · complete"])],
    ),
    (
        "short-pages",
        &[See(&["loaded · more"]), Press("fon:2026-11-20 count:20<enter>L"), See(&["26 loaded · complete"])],
    ),
    ("long-pages", &[See(&["60 loaded · more"])]),
    ("slim-parts", &[See(&["50 loaded · more"]), Press("ftype:kyc<enter>"), See(&["50 loaded · more", "type:kyc"])]),
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
        "deleted-by-name",
        &[
            See(&["50 loaded · more"]),
            Press("fid:62fixo3broz3cgp_7f<enter>"),
            See(&["1 loaded", "62fixo3broz3cgp_7f", "full record · fetched "]),
        ],
    ),
    (
        "deleted-emptied",
        &[
            See(&["50 loaded · more"]),
            Press("fid:62fixo3broz3cgp_7f<enter>"),
            See(&["1 loaded", "62fixo3broz3cgp_7f", "full record · fetched "]),
        ],
    ),
    ("encrypted-optional", &[See(&["50 loaded · more"])]),
    (
        "encrypted",
        &[
            See(&["50 loaded · more", "full record · fetched ", "GET /submission", "sent encrypted"]),
            Press("fkim@example.com<enter>"),
            See(&["3 loaded · complete", "/submission?email=kim%40example.com"]),
        ],
    ),
    ("encrypted-wrapped", &[See(&["50 loaded · more", "full record · fetched "]), Press("G"), See(&["100 loaded"])]),
    ("encrypted-body", &[See(&["50 loaded · more", "full record · fetched "]), Press("G"), See(&["100 loaded"])]),
    (
        "encrypted-errors",
        &[See(&["50 loaded · more"]), Press("G"), See(&["50 loaded · stopped: bad request", "(invalid_parameter"])],
    ),
    ("rate-limited", &[See(&["Too many requests", "Retry 2 of 3 in "]), See(&["50 loaded · more"])]),
    ("rate-limited-by-date", &[See(&["Too many requests", "Retry 2 of 3 in "]), See(&["50 loaded · more"])]),
    ("rate-limited-silent", &[See(&["Too many requests", "Retry 2 of 3 in "]), See(&["50 loaded · more"])]),
    (
        "flaky",
        &[See(&["is not available (503)", "Retry 2 of 3 in "]), See(&["50 loaded · more", "full record · fetched "])],
    ),
    ("distant", &[See(&["50 loaded · more", "full record · fetched "])]),
    ("slow", &[See(&["50 loaded · more"])]),
    ("wrong-key", &[See(&["does not accept the API key (403)"])]),
    ("blocked-address", &[See(&["does not serve this address (403)"])]),
    ("quota", &[See(&["50 loaded · more"]), Press("r"), See(&["quota of requests is used up (429)"])]),
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
        &[See(&["50 loaded · more"]), Press("ffrom:-4d count:30<enter>L"), See(&["116 loaded · complete"])],
    ),
    ("empty-pages", &[See(&["50 loaded · more"]), Press("ffrom:-3d<enter>L"), See(&["90 loaded · complete"])]),
    (
        "endless-pages",
        &[See(&["50 loaded · more"]), Press("L"), See(&["50 loaded · stopped: ten empty pages in a row"])],
    ),
    ("bad-items", &[See(&["57 loaded · more", "7 unreadable"]), Press("G"), See(&["unreadable item"])]),
    ("growing", &[See(&["50 loaded · more"]), Press("r"), See(&["53 loaded"])]),
];

#[test]
fn every_scenario_is_on_a_screen() {
    let shown: BTreeSet<&str> = SCREENS.iter().map(|(name, _)| *name).collect();
    assert_eq!(shown, Scenario::names().collect());
    assert_eq!(SCREENS.len(), shown.len(), "one twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_scenario_opens_and_shows_what_it_is_for() {
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let playing = SCREENS.iter().map(|(name, steps)| {
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
    let encrypted = demo.secure_transfer() == SecureTransfer::Required;
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
        }
    }
}

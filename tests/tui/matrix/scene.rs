//! The requests that can fail: how each comes about, what was there before, and what is there once it succeeds.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::fault::{Bearer, Fault, KEY};
use crate::session::Session;
use argos_testkit::coding::BodyCoding;
use argos_testkit::server::{Step, TestServer, answer};

/// Which request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scene {
    /// The first one of all.
    First,
    /// The second page, which is asked for at once, since the first does not fill the screen.
    Next,
    /// The first page again, on request.
    Refresh,
    /// The submission under the cursor.
    Detail,
    /// The first page and the submission again, side by side.
    Both,
}

/// What a screen must show, as often as it is here, and what it must not.
pub(super) struct Expected {
    pub(super) there: Vec<&'static str>,
    pub(super) absent: Vec<&'static str>,
}

impl Scene {
    pub(super) const ALL: [Self; 5] = [Self::First, Self::Next, Self::Refresh, Self::Detail, Self::Both];

    /// Requests that are sent for it.
    pub(super) const fn requests(self) -> usize {
        if matches!(self, Self::Both) { 2 } else { 1 }
    }

    /// A screen of this size has room for list and detail at once only where both are asked for.
    pub(super) const fn width(self) -> u16 {
        if matches!(self, Self::Both) { 220 } else { 110 }
    }

    /// Requests that succeed before it.
    pub(super) const fn before(self) -> usize {
        match self {
            Self::First => 0,
            Self::Next | Self::Refresh | Self::Detail => 1,
            Self::Both => 2,
        }
    }

    /// Makes the reviewer send it.
    pub(super) async fn reach(self, session: &mut Session) {
        match self {
            Self::First | Self::Next => {}
            Self::Refresh => {
                session.until_shows("3 loaded · complete").await;
                session.press("r");
            }
            Self::Detail => {
                session.until_shows("3 loaded · complete").await;
                session.press("<enter>");
            }
            Self::Both => {
                session.until_shows("3 loaded · complete").await;
                session.until_shows("full record · fetched ").await;
                session.press("r");
            }
        }
    }

    /// What is there while it has failed: all that was there before, and nothing of its answer.
    pub(super) fn failed(self) -> Expected {
        match self {
            Self::First => Expected { there: vec!["0 loaded · stopped: "], absent: vec!["Person"] },
            Self::Next => Expected {
                there: vec!["3 loaded · stopped: ", "Person 1", "Person 2", "Person 3"],
                absent: vec!["Person 4", "Person 5"],
            },
            Self::Refresh => Expected {
                there: vec!["3 loaded · complete", "Person 1", "Person 2", "Person 3"],
                absent: vec!["approved", "1 changed"],
            },
            Self::Detail => Expected {
                there: vec!["list data · ", "full record could not be loaded", "Person 1"],
                absent: vec!["full record · fetched ", "Whole"],
            },
            Self::Both => Expected {
                there: vec![
                    "3 loaded · complete",
                    "Person 2",
                    "Person 3",
                    "Whole",
                    "full record · fetched ",
                    "full record could not be loaded",
                ],
                absent: vec!["approved", "1 changed", "loading …"],
            },
        }
    }

    /// What is there once it succeeded.
    pub(super) fn succeeded(self) -> Expected {
        let absent = vec!["✗", "stopped", "previous", "loading …", "loading full record", "could not be loaded"];
        let there = match self {
            Self::First => vec!["3 loaded · complete", "Person 1", "Person 2", "Person 3"],
            Self::Next => {
                vec!["5 loaded · complete", "Person 1", "Person 2", "Person 3", "Person 4", "Person 5"]
            }
            Self::Refresh => vec!["3 loaded · complete", "approved", "1 changed", "Person 1", "Person 2", "Person 3"],
            Self::Detail => vec!["full record · fetched ", "Person 1", "Whole"],
            Self::Both => {
                vec!["3 loaded · complete", "1 changed", "Person 2", "Person 3", "full record · fetched ", "Whole"]
            }
        };
        Expected { there, absent }
    }

    /// The right answer to a query; `later` is one that a refresh brings.
    fn body(self, query: &str, later: bool) -> String {
        let item = |id: usize| {
            let status = if later && id == 2 { "approved" } else { "pending" };
            format!(
                r#"{{"submission_id":"s{id}","data":{{"name":"Person {id} Sample"}},"created_at":"2026-11-21T0{}:00:00.000Z","updated_at":"2026-11-21T1{}:00:00.000Z","kyc":{{"result":"{status}"}}}}"#,
                9 - id,
                usize::from(later && id == 2)
            )
        };
        let items = |ids: std::ops::RangeInclusive<usize>| ids.map(item).collect::<Vec<_>>().join(",");
        if query.contains("submission_id") {
            return format!(r#"{{"Items":[{}]}}"#, item(1).replace("Sample", "Sample Whole"));
        }
        if query.contains("nextpage_id") {
            return format!(r#"{{"Items":[{}]}}"#, items(4..=5));
        }
        let more = match self {
            Self::Next => r#","nextpageKey":{"id":"s3","created_at":"2026-11-21T06:00:00.000Z"}"#,
            Self::First | Self::Refresh | Self::Detail | Self::Both => "",
        };
        format!(r#"{{"Items":[{}]{more}}}"#, items(1..=3))
    }

    /// The answer to the request that fails, had it not.
    fn good(self) -> String {
        match self {
            Self::First => self.body("", false),
            Self::Next => self.body("nextpage_id", false),
            Self::Refresh | Self::Both => self.body("", true),
            Self::Detail => self.body("submission_id", false),
        }
    }
}

/// A server that answers up to the request of a scene, has a fault from then on, and answers again once it is healed.
pub(super) struct Patient {
    pub(super) server: TestServer,
    healed: Arc<AtomicBool>,
}

impl Patient {
    pub(super) async fn with(fault: &Fault, scene: Scene, coding: BodyCoding) -> Self {
        let healed = Arc::new(AtomicBool::new(false));
        let script = fault.script(&Bearer { coding, good: scene.good() });
        let healthy = |later: bool| {
            vec![Step::Answer(Arc::new(move |request: &str| {
                let body = scene.body(&coding.query(request, KEY), later);
                let headers = format!("Connection: close\r\n{}", coding.headers());
                answer(200, &headers, coding.encode(body.as_bytes(), KEY))
            }))]
        };
        let (before, after) = (healthy(false), healthy(matches!(scene, Scene::Refresh | Scene::Both)));
        let well = Arc::clone(&healed);
        let server = TestServer::with_scripts(move |connection| {
            if connection < scene.before() {
                before.clone()
            } else if well.load(Ordering::SeqCst) {
                after.clone()
            } else {
                script.clone()
            }
        });
        Self { server, healed }
    }

    pub(super) fn heal(&self) {
        self.healed.store(true, Ordering::SeqCst);
    }

    /// Connections since the first one that failed.
    pub(super) fn tries(&self, scene: Scene) -> usize {
        self.server.connections() - scene.before()
    }
}

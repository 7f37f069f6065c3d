//! Every fault of a server × every request × every way in which answers travel, through the whole reviewer.
//!
//! In each cell the failure is told in one sentence, what was there before stays, and once the server is well again one
//! key brings what was asked for. `LONG_RUN=1` runs all cells.

mod answers;
mod fault;
mod scene;
mod transport;

use std::sync::Arc;

use argos_review::api::Client;
use argos_review::config::{BaseUrl, SecureTransfer};
use argos_review::secret::ApiKey;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::session::{Session, setting};
use argos_testkit::coding::BodyCoding;
use argos_testkit::deadline::DEADLINE;
use argos_testkit::long_run;
use fault::{Fault, KEY, Outcome};
use scene::{Expected, Patient, Scene};

/// Cells under way at once that wait for a limit.
const WAITING: usize = 32;
/// The same of the others.
const WORKING: usize = 16;
/// What must be on no screen: the key, the path of the base URL, and what answers hold that are no answers.
const CANARIES: [&str; 3] = [KEY, "canary-path", "canary-body"];

fn faults() -> impl Iterator<Item = Fault> {
    let transport = transport::BROKEN.into_iter().chain(transport::SLOW).chain(transport::UNLAWFUL);
    transport.chain(answers::CODINGS).chain(answers::STATUSES).chain(answers::BODIES)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the figure, shown with --nocapture")]
async fn every_fault_of_every_request_in_every_coding_is_told_keeps_what_was_there_and_is_recovered_from() {
    let gates = [WAITING, WORKING].map(|cells| Arc::new(Semaphore::new(cells)));
    let [waiting, working] = &gates;
    let mut cells = JoinSet::new();
    for fault in faults().filter(|fault| fault.quick || long_run::cases(false, true)) {
        for (scene, coding) in Scene::ALL.into_iter().flat_map(|scene| BodyCoding::ALL.map(|coding| (scene, coding))) {
            if scene == Scene::Both && fault.outcome(coding) == Outcome::Shown {
                // One answer cannot be right for two requests.
                continue;
            }
            let gate = Arc::clone(if fault.waits() { waiting } else { working });
            cells.spawn(async move {
                let _permit = gate.acquire_owned().await.expect("the gate is open");
                let name = format!("{} · {scene:?} · {coding:?}", fault.name);
                let ended = timeout(2 * DEADLINE, cell(fault, scene, coding, &name)).await;
                assert!(ended.is_ok(), "{name} hangs");
            });
        }
    }
    let count = cells.len();
    let mut broken = 0;
    while let Some(ended) = cells.join_next().await {
        broken += usize::from(ended.is_err());
    }
    println!("{count} cells");
    assert_eq!(broken, 0, "of {count} cells");
    assert!(count >= long_run::cases(200, 1_000), "{count} cells");
}

async fn cell(fault: Fault, scene: Scene, coding: BodyCoding, name: &str) {
    let patient = Patient::with(&fault, scene, coding).await;
    let mut session = open(&patient, &fault, scene, coding);
    scene.reach(&mut session).await;
    let told = match fault.outcome(coding) {
        Outcome::Fails(told) => told,
        Outcome::Shown => {
            let screen = until(&mut session, name, &scene.succeeded()).await;
            assert_eq!(patient.tries(scene), 1, "{name}\n{screen}");
            return;
        }
    };
    let mut failed = scene.failed();
    failed.there.extend(std::iter::repeat_n(told.0, scene.requests()));
    if matches!(scene, Scene::First | Scene::Next) {
        failed.there.push(told.1);
    }
    // Another try is still to come.
    failed.absent.push(" of 3 ");
    let screen = until(&mut session, name, &failed).await;
    assert_eq!(patient.tries(scene), scene.requests() * fault.tries, "{name}: tries\n{screen}");
    patient.heal();
    // Another key between tells that `r` was let go.
    session.press("<ctrl-l>r");
    until(&mut session, name, &scene.succeeded()).await;
    assert_eq!(patient.tries(scene), scene.requests() * (fault.tries + 1), "{name}: one key asks once");
    if scene == Scene::Detail {
        session.press("<esc>");
        let screen = until(&mut session, name, &Scene::First.succeeded()).await;
        assert_eq!(screen.matches("Person").count(), 3, "{name}: a row twice\n{screen}");
    }
}

fn open(patient: &Patient, fault: &Fault, scene: Scene, coding: BodyCoding) -> Session {
    let base = BaseUrl::parse(&patient.server.base()).expect("a base URL");
    let key = ApiKey::new(KEY.as_bytes()).expect("a key");
    let transfer = if coding == BodyCoding::Encrypted { SecureTransfer::Ecb } else { SecureTransfer::Off };
    let client =
        Client::with_limits(base, &key, fault.limits()).expect("a client").with_secure_transfer(transfer, &key);
    let mut setting = setting();
    setting.encrypted = coding == BodyCoding::Encrypted;
    Session::open(client, setting, scene.width(), 24)
}

/// The screen, once it shows what is expected, of which nothing is twice; no canary is on it.
async fn until(session: &mut Session, name: &str, expected: &Expected) -> String {
    let wanted = |screen: &str| {
        let times = |text: &str| expected.there.iter().filter(|other| **other == text).count();
        expected.there.iter().all(|text| screen.matches(text).count() >= times(text))
            && !expected.absent.iter().any(|text| screen.contains(text))
    };
    let what = format!("{name}: {:?} and not {:?}", expected.there, expected.absent);
    let screen = session.until(&what, wanted).await;
    // The first of them is in the detail too.
    for row in ["Person 1", "Person 2", "Person 3"]
        .iter()
        .skip(usize::from(screen.contains("full record · fetched") || screen.contains("list data · ")))
    {
        assert!(screen.matches(row).count() <= 1, "{name}: {row} twice\n{screen}");
    }
    for canary in CANARIES {
        assert!(!screen.contains(canary), "{name}: {canary}\n{screen}");
    }
    screen
}

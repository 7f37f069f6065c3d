//! The calls without a screen: under each mask nothing of what it hides is printed, exported, logged or left behind.

use argos_testkit::binary::binary;
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::canaries::Place;
use crate::planted::{Person, people};
use crate::scan::{Scan, without_measurements};
use crate::service::Service;
use argos_testkit::coding::BodyCoding;
use argos_testkit::many::surroundings;

const SEED: u64 = 23;
const PEOPLE: usize = 8;
const EXPORT: &str = "all.ndjson";
const LOG: &str = "requests.log";

/// Every call that speaks of submissions, of the key or of the service.
fn calls(id: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["list", "--all"],
        vec!["list", "--all", "--detail", "--output", "json"],
        vec!["list", "--all", "--detail", "--output", "csv"],
        vec!["list", "--all", "--output", "table"],
        vec!["show", id],
        vec!["show", id, "--output", "json"],
        vec!["show", "a-unknown-id"],
        vec!["export", "--detail", "--force", "--out", EXPORT],
        vec!["export", "--detail", "--force", "--output", "csv", "--out", EXPORT],
        vec!["stats"],
        vec!["stats", "--detail", "--output", "json"],
        vec!["doctor"],
        vec!["config", "show"],
        vec!["config", "check"],
    ]
}

struct Told {
    call: String,
    texts: Vec<u8>,
    log: Vec<u8>,
}

/// What each call prints and writes.
fn message(mask: &str, coding: BodyCoding, key: &str, refusing: usize) -> Vec<Told> {
    let own = people(SEED, PEOPLE);
    let mut desk = Service::new(key, people(SEED, PEOPLE), coding, SEED);
    desk.refusing = refusing;
    let runtime = surroundings();
    let server = runtime.block_on(Arc::new(desk).open());
    let transfer = if coding == BodyCoding::Encrypted { "ecb" } else { "off" };
    let run = |call: &Vec<&str>| {
        let place = Place::new();
        #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
        let mut command = Command::new(binary());
        command.args(call).args(["--mask", mask, "--secure-transfer", transfer, "--log-file", LOG]);
        command.env_clear().envs(place.variables());
        command.env("ARGOS_BASE_URL", server.base()).env("ARGOS_API_KEY", key);
        let ran = command.current_dir(place.at("cwd")).stdin(Stdio::null()).output().expect("the binary runs");
        assert_ne!(ran.status.code(), Some(101), "{call:?}");
        let mut texts = [ran.stdout, ran.stderr].concat();
        let address = server.address().to_string();
        let log = without_measurements(&std::fs::read(place.at("cwd").join(LOG)).unwrap_or_default());
        place.files(&[LOG, EXPORT]);
        texts.extend(std::fs::read(place.at("cwd").join(EXPORT)).unwrap_or_default());
        let texts = String::from_utf8_lossy(&texts).replace(&address, "").into_bytes();
        Told { call: format!("{call:?} {mask}"), texts, log }
    };
    calls(&own[0].id).iter().map(run).collect()
}

fn scan(key: &str) -> (Scan, Vec<Person>) {
    let people = people(SEED, PEOPLE);
    (Scan::new(key, &people), people)
}

#[test]
fn calls_print_and_write_nothing_that_a_mask_hides() {
    let services = [
        ("ids", BodyCoding::Plain, "Zq7Kd3Xv9Bw5Gj1Hk8Qx2Vz4", 0),
        ("all", BodyCoding::Encrypted, "Zq7Kd3Xv9Bw5Gj1Hk8Qx2Vz4", 0),
        ("ids", BodyCoding::Plain, "qzvkjxwbgd", 100),
        ("all", BodyCoding::Encrypted, "QZVKJX", 100),
    ];
    // At the same time: the calls of a service that refuses mostly wait.
    std::thread::scope(|scope| {
        for (mask, coding, key, refusing) in services {
            scope.spawn(move || judge(mask, key, &message(mask, coding, key, refusing)));
        }
    });
}

/// Looks for what a mask hides in what calls told.
fn judge(mask: &str, key: &str, told: &[Told]) {
    let (scan, _) = scan(key);
    for Told { call, texts, log } in told {
        let text = String::from_utf8_lossy(texts);
        assert_eq!(scan.key.find(texts), None, "{call}:\n{text}");
        assert_eq!(scan.identity.find(texts), None, "{call}:\n{text}");
        if mask == "all" {
            assert_eq!(scan.personal.find(texts), None, "{call}:\n{text}");
        }
        let log_text = String::from_utf8_lossy(log);
        assert_eq!((scan.key.find(log), scan.any.find(log)), (None, None), "{call}, in the log:\n{log_text}");
    }
}

#[test]
fn without_a_mask_calls_print_what_the_scan_finds() {
    let key = "Zq7Kd3Xv9Bw5Gj1Hk8Qx2Vz4";
    let (scan, people) = scan(key);
    let told = message("none", BodyCoding::Plain, key, 0);
    for Told { call, texts, log } in &told {
        assert_eq!(scan.key.find(texts), None, "{call}");
        assert_eq!((scan.key.find(log), scan.any.find(log)), (None, None), "{call}, in the log");
        let found = scan.identity.all(texts).len() + scan.personal.all(texts).len();
        let kinds = people[0].planted.iter().filter(|planted| planted.kind != crate::planted::Kind::Open);
        let mut kinds: Vec<&str> = kinds.map(|planted| planted.path).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let least = match () {
            () if call.contains("--detail") && !call.contains("stats") && !call.contains("csv") => kinds.len(),
            () if call.contains("show\", \"") && !call.contains("config") && !call.contains("unknown") => kinds.len(),
            () if call.contains("list") || call.contains("export") => 3,
            () => 0,
        };
        assert!(found >= least, "{call}: {found} of {least}");
    }
}

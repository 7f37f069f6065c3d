//! Every tab of a submission: nothing of what a mask hides is in any of them, and without a mask all of it does.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::keys::fence;
use crate::planted::{Kind, people};
use crate::scan::{Scan, read};
use crate::service::Service;
use argos_testkit::coding::BodyCoding;
use argos_testkit::many::surroundings;
use argos_testkit::pty::Program;

const KEY: &str = "Zq7Kd3Xv9Bw5Gj1Hk8Qx2Vz4";
const SEED: u64 = 11;

/// The names of what is found of each kind on all tabs of the first submission, and in copies of lines.
fn found(mask: &str, coding: BodyCoding) -> [BTreeSet<String>; 3] {
    let scan = Scan::new(KEY, &people(SEED, 4));
    let runtime = surroundings();
    let server = runtime.block_on(Arc::new(Service::new(KEY, people(SEED, 4), coding, 1)).open());
    let base = server.base();
    let variables = [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", KEY), ("HOME", "/nonexistent")];
    let transfer = if coding == BodyCoding::Encrypted { "ecb" } else { "off" };
    let mut program = Program::start(&["--mask", mask, "--secure-transfer", transfer], &variables, 220, 300);
    program.until("4 loaded · complete");
    program.press("\r");
    program
        .wait("the single answer", |screen| screen.contains("full record · fetched ") && screen.contains("Summary]"));
    let mut found = [const { BTreeSet::new() }; 3];
    let mut look = |text: &str| {
        for (found, needles) in found.iter_mut().zip([&scan.key, &scan.identity, &scan.personal]) {
            found.extend(needles.all(text.as_bytes()).into_iter().map(str::to_owned));
        }
    };
    let tabs = ["Summary]", "Attempts]", "OCR]", "AML]", "Timeline]", "Signals]", "Details]", "JSON]"];
    for (key, tab) in (1..).zip(tabs) {
        program.press(&format!("{key}*"));
        program.until(tab);
        assert!(fence(&mut program, |_| {}));
        // What is redrawn is there with the last of it.
        program.until("quit");
        assert!(fence(&mut program, |_| {}));
        program.until("quit");
        look(&read(&program.rows()));
        for _ in 0..6 {
            program.press("jy\rjy\u{1b}[B\u{1b}[B\r");
        }
        assert!(fence(&mut program, |_| {}));
    }
    for copied in program.judge().copied() {
        let copied = STANDARD.decode(copied).expect("base64");
        look(&String::from_utf8_lossy(&copied));
    }
    program.press("\u{1b}[27u\u{1b}[27u\u{1b}[27uq");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
    found
}

/// The names of everything of a kind that was planted in the first submission.
fn planted(kind: Kind) -> BTreeSet<String> {
    let people = people(SEED, 4);
    let own = people[0].planted.iter().filter(|planted| planted.kind == kind);
    own.map(|planted| planted.path.to_owned()).collect()
}

#[test]
fn nothing_that_a_mask_hides_stands_in_any_tab() {
    let [key, identity, personal] = found("ids", BodyCoding::Plain);
    assert_eq!((key, identity), (BTreeSet::new(), BTreeSet::new()), "under ids");
    // What may be seen is seen: the scan could tell.
    assert!(personal.is_superset(&planted(Kind::Personal)), "{:?}", planted(Kind::Personal).difference(&personal));
    let nothing = [const { BTreeSet::new() }; 3];
    assert_eq!(found("all", BodyCoding::Encrypted), nothing, "under all");
}

#[test]
fn without_a_mask_the_scan_finds_all_of_it() {
    let [key, identity, personal] = found("none", BodyCoding::Plain);
    assert_eq!(key, BTreeSet::new());
    assert!(identity.is_superset(&planted(Kind::Identity)), "{:?}", planted(Kind::Identity).difference(&identity));
    assert!(personal.is_superset(&planted(Kind::Personal)), "{:?}", planted(Kind::Personal).difference(&personal));
}

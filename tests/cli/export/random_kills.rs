//! Exports that are killed at moments of chance, alone and in pairs: a finished name is always the whole file.
//!
//! `KILLS_SEED=N` repeats one run as far as the machine allows: which request a kill follows is of the seed, and how far
//! the program comes behind it is not.

use std::fs;
use std::process::Child;

use super::pages::{Data, Service};
use argos_testkit::call::output_of;
use argos_testkit::dice::Dice;
use argos_testkit::long_run::cases;

use super::{Folder, ended};

const DATA: Data = Data { rows: 300, per_day: 30, overlap: 0 };
/// Requests of one export.
const REQUESTS: usize = 15;
const FILE: &str = "a.ndjson";

struct Rounds {
    dice: Dice,
    service: Service,
    folder: Folder,
    whole: Vec<u8>,
    kills: usize,
    /// Kills that left some of the rows.
    midway: usize,
}

impl Rounds {
    fn start(&mut self, options: &[&str]) -> Child {
        self.start_by("count:20", options)
    }

    fn start_by(&mut self, count: &str, options: &[&str]) -> Child {
        let base = ["--base-url", &self.service.base, count, "--mask", "none", "--out", FILE];
        self.folder.start(&[&base, options].concat())
    }

    /// Waits for a number of requests, and a bit longer: until some looks at the process found it running.
    fn moment(&mut self, child: &mut Child) {
        let until = self.service.gate.requests() + self.dice.below(REQUESTS + 2);
        let mut looks = self.dice.below(3000);
        while child.try_wait().unwrap().is_none() {
            if self.service.gate.requests() >= until {
                match looks.checked_sub(1) {
                    Some(left) => looks = left,
                    None => return,
                }
            }
            std::thread::yield_now();
        }
    }

    fn kill(&mut self, mut child: Child) {
        child.kill().unwrap();
        output_of(child);
        self.kills += 1;
        let left = fs::metadata(self.folder.path("a.ndjson.partial")).map_or(0, |partial| partial.len());
        self.midway += usize::from(left > 0);
    }

    /// Nothing but the whole file has the finished name.
    fn check(&self) {
        if let Ok(bytes) = fs::read(self.folder.path(FILE)) {
            let rows = bytes.iter().filter(|byte| **byte == b'\n').count();
            assert!(bytes == self.whole, "{rows} rows in a finished file");
        }
    }

    /// What a call says that was not killed: it did all of it, or was refused for the other one.
    fn judge(&self, child: Child) {
        let (code, said) = ended(child);
        match code {
            0 => assert!(said.contains("complete"), "{said}"),
            2 => assert!(said.contains("another export is writing") || said.contains("--force"), "{said}"),
            _ => panic!("{code}: {said}"),
        }
        assert!(code != 0 || self.folder.path(FILE).exists(), "complete, and no file: {said}");
    }

    /// One export, killed; it may go on with what the one before left.
    fn alone(&mut self) {
        let resume = self.dice.percent(50);
        let options: &[&str] = if resume { &["--resume", "--force"] } else { &["--force"] };
        let mut child = self.start(options);
        self.moment(&mut child);
        self.kill(child);
        self.check();
    }

    /// Two exports into one file at once, of which one or both are killed.
    fn pair(&mut self) {
        // Half of the time the first one waits for a page while the second one runs.
        let held = self.dice.percent(50);
        if held {
            self.service.gate.hold(self.dice.below(REQUESTS) + 1);
        }
        let mut first = self.start(&["--force"]);
        if held {
            self.service.gate.until_held();
        } else if self.dice.percent(80) {
            self.moment(&mut first);
        }
        // With other pages, so that the two do not write the same bytes at the same time.
        let mut second = self.start_by("count:7", &["--force"]);
        if held {
            self.moment(&mut second);
            self.service.gate.release();
        }
        let (mut one, mut other) = if self.dice.percent(50) { (first, second) } else { (second, first) };
        self.moment(&mut one);
        self.kill(one);
        self.check();
        if self.dice.percent(50) {
            self.moment(&mut other);
            self.kill(other);
        } else {
            self.judge(other);
        }
        self.check();
    }

    /// Goes on to the end, or begins again where nothing can be resumed.
    fn finish(&mut self) {
        if self.folder.path("a.ndjson.resume").exists() {
            let child = self.start(&["--resume", "--force"]);
            let (code, said) = ended(child);
            assert!(code == 0 || (code == 2 && said.contains("start over with --force")), "{code}: {said}");
        }
        let begun = self.folder.names().iter().any(|name| name != FILE);
        if begun || !self.folder.path(FILE).exists() {
            let child = self.start(&["--force"]);
            let (code, said) = ended(child);
            assert_eq!(code, 0, "{said}");
        }
        self.check();
        assert_eq!(self.folder.names(), [FILE], "nothing is left beside it");
        if self.dice.percent(50) {
            fs::remove_file(self.folder.path(FILE)).unwrap();
        }
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures, for --nocapture")]
fn killed_at_any_moment_a_finished_name_is_the_whole_file() {
    let seed = std::env::var("KILLS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(12);
    let (service, folder) = (Service::start(DATA), Folder::new());
    folder.done(&["--base-url", &service.base, "count:20", "--mask", "none", "--out", "whole.ndjson"]);
    let whole = folder.read("whole.ndjson");
    fs::remove_file(folder.path("whole.ndjson")).unwrap();
    let mut rounds = Rounds { dice: Dice::new(seed), service, folder, whole, kills: 0, midway: 0 };
    let wanted = cases(100, 2000);
    while rounds.kills < wanted {
        if rounds.dice.percent(50) {
            rounds.alone();
        } else {
            rounds.pair();
        }
        if rounds.dice.percent(40) {
            rounds.finish();
        }
    }
    rounds.finish();
    println!("{} kills with seed {seed}; {} left some of the rows", rounds.kills, rounds.midway);
    assert!(rounds.midway > wanted / 20, "too few kills came in the middle");
}

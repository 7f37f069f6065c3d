//! `--jobs`: several ranges at the same time are the bytes of one walk, whatever the service leaves open and whatever stops
//! the export.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_testkit::long_run::cases;
use argos_testkit::server::{TestServer, answer, query};

use super::Folder;
use super::pages::{Data, Service};
use crate::DEMO;

const DATA: Data = Data { rows: 400, per_day: 20, overlap: 0 };
const RANGE: [&str; 6] = ["from:2026-11-02", "to:2026-11-21", "count:10", "--out", "a.ndjson", "--mask=none"];

/// The bytes of one walk over [`DATA`].
fn one_walk(service: &Service) -> Vec<u8> {
    let folder = Folder::new();
    folder.done(&[&RANGE[..], &["--base-url", &service.base]].concat());
    folder.read("a.ndjson")
}

fn by_jobs(folder: &Folder, base: &str, more: &[&str]) -> (i32, String) {
    folder.export(&[&RANGE[..], &["--jobs", "4", "--base-url", base], more].concat())
}

/// A folder with an export by four jobs that was killed while the request with this number was under way.
fn killed(service: &Service, request: usize) -> Folder {
    let folder = Folder::new();
    service.gate.hold(request);
    let mut child = folder.start(&[&RANGE[..], &["--jobs", "4", "--base-url", &service.base]].concat());
    service.gate.until_held();
    child.kill().unwrap();
    child.wait().unwrap();
    service.gate.release();
    folder
}

/// A change of a part file, and the words of the refusal that follows.
type FileChange<'a> = (&'a dyn Fn(&Path), &'static str);

#[test]
fn ranges_are_one_walk_in_each_scenario() {
    for (at, scenario) in [
        "default",
        "oldest-first",
        "unordered",
        "exclusive-dates",
        "seoul-dates",
        "minute-times",
        "placeholder-times",
        "remembered-filters",
        "overlapping-pages",
        "empty-last-page",
        "deleted-bare",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = Folder::new();
        let range = [&DEMO[..], &["from:2026-10-20", "to:2026-11-21", "count:20", "--scenario", scenario]].concat();
        folder.done(&[&range[..], &["--out", "one.csv"]].concat());
        assert!(folder.text("one.csv").lines().count() > 300, "{scenario}");
        // Each number with some of the scenarios; all with all of them in the long run.
        let numbers = ["2", "4", "16"];
        for jobs in cases(&numbers[at % 3..=at % 3], &numbers[..]) {
            let said = folder.done(&[&range[..], &["--out", "jobs.csv", "--jobs", jobs, "--force"]].concat());
            assert!(folder.read("one.csv") == folder.read("jobs.csv"), "{scenario}, {jobs} jobs: {said}");
            assert_eq!(said.contains("--jobs had no effect"), scenario == "unordered", "{scenario}: {said}");
            assert_eq!(folder.names(), ["jobs.csv", "one.csv"]);
        }
    }
}

#[test]
fn few_days_and_few_rows_are_one_walk() {
    for days in [&["on:2026-11-20"][..], &["from:2026-11-20", "to:2026-11-21"], &["from:2030-01-01", "to:2030-02-01"]] {
        let folder = Folder::new();
        folder.done(&[&DEMO[..], days, &["--out", "one.csv"]].concat());
        folder.done(&[&DEMO[..], days, &["--out", "jobs.csv", "--jobs", "16"]].concat());
        assert!(folder.read("one.csv") == folder.read("jobs.csv"), "{days:?}: {}", folder.text("jobs.csv"));
    }
}

#[test]
fn local_terms_hide_the_rows_of_each_range() {
    let folder = Folder::new();
    let range = [&DEMO[..], &["from:2026-10-01", "to:2026-11-21", "status:rejected", "--excel"]].concat();
    let one = folder.done(&[&range[..], &["--out", "one.csv"]].concat());
    let jobs = folder.done(&[&range[..], &["--out", "jobs.csv", "--jobs", "4"]].concat());
    assert!(folder.read("one.csv") == folder.read("jobs.csv"), "{jobs}");
    let scope = |said: &str| said.lines().last().unwrap().split(" · ").next().unwrap().to_owned();
    assert_eq!(scope(&one), scope(&jobs));
    assert!(scope(&jobs).contains(" shown of "), "{jobs}");
}

#[test]
fn an_export_killed_at_any_request_goes_on_to_the_same_bytes() {
    let service = Service::start(DATA);
    let whole = one_walk(&service);
    service.gate.release();
    let folder = Folder::new();
    assert_eq!(by_jobs(&folder, &service.base, &[]).0, 0);
    let requests = service.gate.requests();
    // Forty pages, and some that two ranges fetch.
    assert!((40..=60).contains(&requests), "{requests} requests");
    // How many requests follow depends on the order of the answers.
    for request in (1..=40).step_by(cases(3, 1)) {
        let folder = killed(&service, request);
        let (code, said) = by_jobs(&folder, &service.base, &["--resume"]);
        assert_eq!(code, 0, "killed at request {request}: {said}");
        assert!(folder.read("a.ndjson") == whole, "killed at request {request}: {said}");
        assert_eq!(folder.names(), ["a.ndjson"], "killed at request {request}");
    }
}

#[test]
fn each_range_has_a_file_of_its_own_for_the_owner_alone() {
    let service = Service::start(DATA);
    let folder = killed(&service, 20);
    let names = folder.names();
    for name in ["partial", "partial.1", "partial.2", "partial.3", "resume", "seen", "seen.1", "seen.2", "seen.3"] {
        assert!(names.contains(&format!("a.ndjson.{name}")), "{names:?}");
    }
    for name in &names {
        assert_eq!(fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    // A new export asks first, and then removes what the stopped one left, and nothing else.
    fs::write(folder.path("a.ndjson.partial.mine"), "mine").unwrap();
    let (code, said) = by_jobs(&folder, &service.base, &[]);
    assert!(code == 2 && said.contains("belongs to a stopped export: --resume continues it"), "{said}");
    let (code, said) = folder.export(&[&RANGE[..], &["--base-url", &service.base, "--force"]].concat());
    assert_eq!((code, folder.names()), (0, vec!["a.ndjson".to_owned(), "a.ndjson.partial.mine".to_owned()]), "{said}");
}

#[test]
fn a_file_of_a_range_is_looked_at_before_it_is_continued() {
    let service = Service::start(DATA);
    let edited = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replacen("example.com", "example.org", 1)).unwrap();
    };
    let shortened = |path: &Path| fs::write(path, "{").unwrap();
    let removed = |path: &Path| fs::remove_file(path).unwrap();
    let linked = |path: &Path| {
        fs::rename(path, path.with_extension("other")).unwrap();
        symlink(path.with_extension("other"), path).unwrap();
    };
    let changes: [FileChange<'_>; 4] = [
        (&edited, "was changed after it was written: start over with --force"),
        (&shortened, "is shorter than recorded: start over with --force"),
        (&removed, "does not exist; start over with --force"),
        (&linked, "is a symbolic link: name the file itself"),
    ];
    for (change, sentence) in changes {
        let folder = killed(&service, 20);
        change(&folder.path("a.ndjson.partial.2"));
        let (code, said) = by_jobs(&folder, &service.base, &["--resume"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(&format!("a.ndjson.partial.2 {sentence}")), "{said}");
    }
}

#[test]
fn a_range_that_fails_stops_the_export_and_goes_on_later() {
    let service = Service::start(DATA);
    let whole = one_walk(&service);
    let (requests, failing) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(9)));
    let (counted, fails_from) = (Arc::clone(&requests), Arc::clone(&failing));
    // The connection ends within the answer, and the retries get no better one.
    let server = TestServer::answering(move |request| match counted.fetch_add(1, Ordering::SeqCst) {
        number if number == fails_from.load(Ordering::SeqCst) => answer(400, "", "{}"),
        5 => b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"Items\":[".to_vec(),
        _ => answer(200, "Content-Type: application/json\r\n", DATA.page(query(request))),
    });
    let folder = Folder::new();
    let (code, said) = by_jobs(&folder, &server.base(), &[]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("stopped: bad request; a.ndjson.partial and "), "{said}");
    assert!(said.contains(" beside it have the rows so far; the same call with --resume continues"), "{said}");
    failing.store(usize::MAX, Ordering::SeqCst);
    let (code, said) = by_jobs(&folder, &server.base(), &["--resume"]);
    assert!(code == 0 && folder.read("a.ndjson") == whole, "{code}: {said}");
}

#[test]
fn a_folder_that_takes_no_further_file_stops_the_export() {
    // A folder that nobody may write to does not stop root; a folder in the place of a file does.
    let service = Service::start(DATA);
    let folder = Folder::new();
    service.gate.hold(1);
    let child = folder.start(&[&RANGE[..], &["--jobs", "4", "--base-url", &service.base]].concat());
    service.gate.until_held();
    fs::create_dir(folder.path("a.ndjson.partial.2")).unwrap();
    service.gate.release();
    let (code, said) = super::ended(child);
    assert!(code == 3 || code == 1, "{code}: {said}");
    assert!(said.contains("a.ndjson.partial.2 is a folder, not a regular file"), "{said}");
    assert!(folder.path("a.ndjson.partial.2").is_dir() && !folder.path("a.ndjson").exists());
    fs::remove_dir(folder.path("a.ndjson.partial.2")).unwrap();
    if code == 3 {
        let (code, said) = by_jobs(&folder, &service.base, &["--resume"]);
        assert!(code == 0 && folder.read("a.ndjson") == one_walk(&service), "{code}: {said}");
    }
}

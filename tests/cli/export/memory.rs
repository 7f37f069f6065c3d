//! What goes by is not kept.

use std::fs;

use super::Folder;
use super::pages::{Data, Service};
use argos_testkit::long_run::cases;

/// Peak memory in KiB while the last page is under way.
fn peak(rows: usize) -> u64 {
    let (service, folder) = (Service::start(Data { rows, per_day: 1000, overlap: 0 }), Folder::new());
    service.gate.hold(rows / 2000);
    let child = folder.start(&["--base-url", &service.base, "count:2000", "--out", "a.ndjson", "--mask", "none"]);
    service.gate.until_held();
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    service.gate.release();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(folder.text("a.ndjson").lines().count(), rows);
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn memory_does_not_grow_with_the_rows() {
    let many = cases(30_000, 100_000);
    let (few, many) = (peak(10_000), peak(many));
    assert!(many < few + 4 * 1024, "{few} KiB, then {many} KiB");
}

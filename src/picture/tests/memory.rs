//! How much memory decoding takes at most. The system counts it, in a process of its own.

#![cfg(target_os = "linux")]

use std::fs;

use argos_testkit::own_process::run_alone;
use argos_testkit::pictures::jpeg::{BASELINE, Jpeg, PROGRESSIVE};
use argos_testkit::pictures::png::{Png, colour};
use argos_testkit::pictures::{RED, webp};

use crate::picture::{MAX_DECODE_MEMORY, Picture};

/// A number of the process's memory in bytes.
pub(super) fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    let kib: u64 = line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap();
    kib << 10
}

#[test]
fn decoding_stays_within_its_memory() {
    run_alone("picture::tests::memory::the_largest_files_are_decoded", &[]);
}

/// The name of a file, and what makes it.
type NamedFile = (&'static str, fn() -> Vec<u8>);

/// The largest of each kind that is not refused before it is decoded.
#[test]
#[ignore = "measures its own process"]
fn the_largest_files_are_decoded() {
    let claims = |size| Png { size, ..Png::plain((2, 2), (8, colour::RGBA), &[9; 8]) }.file();
    let files: [NamedFile; 4] = [
        ("progressive JPEG", || Jpeg::new(PROGRESSIVE, (4_900, 4_900), &RED).file()),
        ("JPEG", || Jpeg::new(BASELINE, (4_900, 4_900), &RED).file()),
        ("lossless WebP", || webp::plain((4_000, 4_000), [255, 0, 0, 255])),
        ("animated WebP", || webp::animation((4_000, 4_000), &[[255, 0, 0, 128], [0, 0, 255, 255]])),
    ];
    // The code of the decoders also counts as memory once it has run.
    for small in [Jpeg::new(PROGRESSIVE, (64, 64), &RED).file(), Jpeg::new(BASELINE, (64, 64), &RED).file()] {
        Picture::decode(&small).unwrap();
    }
    for (name, file) in files {
        let file = file();
        measured(name, &file, true);
    }
    measured("PNG that is cut off", &claims((6_200, 6_200)), false);
}

fn measured(name: &str, file: &[u8], is_shown: bool) {
    // The peak begins again at what is used now.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory("VmRSS");
    let decoded = Picture::decode(file);
    assert_eq!(decoded.is_ok(), is_shown, "{name}: {decoded:?}");
    let taken = memory("VmHWM").saturating_sub(before);
    assert!(taken <= MAX_DECODE_MEMORY, "{name} took {} MiB", taken >> 20);
    drop(decoded);
    let left = memory("VmRSS").saturating_sub(before);
    assert!(left < 8 << 20, "{name} left {} MiB", left >> 20);
}

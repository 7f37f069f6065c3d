//! Pictures in the binary: their memory, and that nothing of them is on a disk or in what is written.

use std::fs;
use std::io::Cursor;

use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;
use argos_testkit::server::{TestServer, answer};
use image::{ImageFormat, Rgb, RgbImage};

use crate::memory::PAGE;

/// Text that is in the metadata of the picture.
const CANARY: &str = "PictureCanaryQXZ";
/// How much more memory the program may have after the pictures were closed, in KiB.
const KEPT: usize = 8 * 1024;
/// How much more memory a picture may take while it is decoded, in KiB.
const DECODED: usize = 256 * 1024;

/// A picture of chance with a text in its metadata.
fn picture() -> Vec<u8> {
    let mut seed = 7_u32;
    let pixels = RgbImage::from_fn(2_400, 1_500, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([seed.to_be_bytes()[0], seed.to_be_bytes()[1] & 0xF0, 0])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Jpeg).expect("a picture");
    let mut bytes = bytes.into_inner();
    // A comment right behind the first marker.
    let length = u16::try_from(CANARY.len() + 2).expect("short").to_be_bytes();
    bytes.splice(2..2, [&[0xFF, 0xFE][..], &length, CANARY.as_bytes()].concat());
    bytes
}

fn memory(program: &Program, name: &str) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).expect("a running program");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("its memory");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the figures, shown with --nocapture")]
async fn pictures_leave_no_memory_and_nothing_on_a_disk() {
    let picture = picture();
    let server = TestServer::answering(move |request| match request.contains("/image?") {
        true => answer(200, "Content-Type: image/jpeg\r\n", &picture),
        false => answer(200, "Content-Type: application/json\r\n", PAGE),
    });
    let base = server.base();
    let home = tempfile::TempDir::new().expect("a folder");
    let at = |name: &str| home.path().join(name).display().to_string();
    fs::write(at("config.toml"), format!("mask = \"none\"\naccess_log = \"{}\"\n", at("access.ndjson")))
        .expect("a file");
    let (config, log, user) = (at("config.toml"), at("requests.log"), at(""));
    let variables =
        [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "CanaryKey7x"), ("HOME", &*user), ("TERM", "xterm-256color")];
    let mut program = Program::start(&["--config", &config, "--log-file", &log], &variables, 120, 40);
    program.until("1 loaded · complete");
    // The first one also brings what stays for good, such as the code of the decoder.
    for round in 0..2 {
        program.press("i");
        program.wait("a picture", |screen| screen.matches('▀').count() > 200);
        program.press("\u{1b}");
        program.wait("the list", |screen| !screen.contains('▀'));
        assert!(round < 2);
    }
    let before = memory(&program, "VmRSS:");
    let rounds = cases(7, 20);
    for _ in 0..rounds {
        program.press("i");
        program.wait("a picture", |screen| screen.matches('▀').count() > 200);
        program.press("\u{1b}");
        program.wait("the list", |screen| !screen.contains('▀'));
    }
    let (after, peak) = (memory(&program, "VmRSS:"), memory(&program, "VmHWM:"));
    println!("before {before} KiB, after {after} KiB, peak {peak} KiB");
    assert!(after <= before + KEPT, "{before} KiB before, {after} KiB after");
    assert!(peak <= before + DECODED, "{before} KiB before, {peak} KiB at most");
    let asked = server.requests().iter().filter(|request| request.contains("/image?")).count();
    assert_eq!(asked, rounds + 2);
    let written = program.written_text();
    assert!(!written.contains(CANARY) && !written.contains("CanaryKey7x"));
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    let files: Vec<_> =
        fs::read_dir(home.path()).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let names: Vec<String> =
        files.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    for path in &files {
        let content = String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned();
        assert!(!content.contains(CANARY) && !content.contains("JFIF"), "{}", path.display());
    }
    let access = fs::read_to_string(at("access.ndjson")).expect("the access log");
    assert_eq!(access.matches(r#""action":"picture","picture":"idImage","ids":["s1"]"#).count(), rounds + 2);
    let requests = fs::read_to_string(log).expect("the log");
    assert!(requests.contains("GET /canary-path/image") && !requests.contains("s1"), "{requests}");
}

/// The demo's first submission with its document, in a terminal that has no protocol for pictures.
#[test]
fn the_demo_shows_its_document_in_half_blocks() {
    let mut program =
        Program::start(&["demo", "--today", "2026-11-21", "--mask", "none"], &[("TERM", "tmux-256color")], 120, 40);
    program.until("loaded");
    program.press("i");
    program.wait("the document", |screen| screen.contains("ID front") && screen.matches('▀').count() > 500);
    program.press("\u{1b}");
    program.wait("the list", |screen| !screen.contains('▀'));
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

//! How much memory the binary takes at most when it is sent what has no end. The system counts it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_testkit::gzip::{bomb, endless_bomb};
use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;
use argos_testkit::server::{Step, TestServer, answer};

/// Allowed beyond what a small page took, in KiB.
pub(crate) const MOST: usize = 64 * 1024;

pub(crate) const PAGE: &str = r#"{"Items":[{"submission_id":"s1","data":{"name":"Person 1 Sample"}}]}"#;
const GZIP: &str = "Content-Encoding: gzip\r\n";
const TOO_LARGE: &str = "✗ The answer is larger than 16 MiB.";
const DAMAGED: &str = "✗ The answer is damaged.";
const TOO_LONG: &str = "✗ The service took too long";

/// What a server sends without an end or almost so, after a request, and the failure that comes of it.
fn threats() -> Vec<(&'static str, &'static str, Vec<Step>)> {
    let send = |text: &str| Step::Send(text.into());
    let head = |headers: &str| Step::Send(format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into());
    let spaces = Step::Forever(vec![b' '; 0x10000]);
    let mut chunk = b"10000\r\n".to_vec();
    chunk.resize(7 + 0x10000, b' ');
    chunk.extend(b"\r\n");
    let early = b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n".repeat(1_000);
    // 258 bytes of text each.
    let bomb = bomb((512 << 20) / 258 / 8 * 8);
    let (start, more) = endless_bomb();
    vec![
        ("a bomb of 512 MiB", TOO_LARGE, vec![Step::Send(answer(200, GZIP, bomb))]),
        ("gzip without an end", TOO_LARGE, vec![head(GZIP), Step::Send(start), Step::Forever(more)]),
        ("a body without a length and an end", TOO_LARGE, vec![head(""), spaces.clone()]),
        ("chunks without an end", TOO_LARGE, vec![head("Transfer-Encoding: chunked\r\n"), Step::Forever(chunk)]),
        ("an absurd length", TOO_LARGE, vec![head("Content-Length: 99999999999999\r\n"), spaces]),
        (
            "a header line without an end",
            DAMAGED,
            vec![send("HTTP/1.1 200 OK\r\nX: "), Step::Forever(vec![b'x'; 0x10000])],
        ),
        (
            "header lines without an end",
            DAMAGED,
            vec![send("HTTP/1.1 200 OK\r\n"), Step::Forever(b"X: y\r\n".repeat(10_000))],
        ),
        ("early answers without an end", TOO_LONG, vec![Step::Forever(early)]),
    ]
}

/// The most memory that a process ever had, in KiB.
pub(crate) fn peak(program: &Program) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).expect("a running program");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Whether the border of the list says when it was loaded, such as `loaded 09:14:05`.
pub(crate) fn has_load_time(screen: &str) -> bool {
    screen
        .split(" loaded ")
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.get(2..3) == Some(":"))
}

/// Waits until list and submission are loaded, and the failures of the answers before these are gone.
fn settled(program: &mut Program) {
    program.wait("list and submission", |screen| {
        has_load_time(screen)
            && screen.contains("full record · fetched ")
            && !screen.contains("ing full record")
            && !screen.contains('✗')
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the figures, shown with --nocapture")]
async fn what_has_no_end_is_refused_within_64_mib() {
    let threats = threats();
    let current = Arc::new(AtomicUsize::new(usize::MAX));
    let (scripts, chosen) = (threats.clone(), Arc::clone(&current));
    let server = TestServer::with_scripts(move |_| match scripts.get(chosen.load(Ordering::SeqCst)) {
        Some((_, _, script)) => [vec![Step::Read], script.clone()].concat(),
        None => vec![Step::Read, Step::Send(answer(200, "Connection: close\r\n", PAGE))],
    });
    let base = server.base();
    // Wide enough for list and submission: two answers come at once.
    let variables = [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "CanaryKey7x"), ("HOME", "/nonexistent")];
    let mut program = Program::start(&[], &variables, 180, 40);
    program.until("1 loaded · complete");
    settled(&mut program);
    let before = peak(&program);
    println!("a small page: {before} KiB");
    // The last one takes as long as an answer may take to begin.
    let count = cases(threats.len() - 1, threats.len());
    for (at, (name, failure, _)) in threats.iter().enumerate().take(count) {
        current.store(at, Ordering::SeqCst);
        program.press("\u{c}r");
        program.wait(name, |screen| screen.matches(failure).count() == 2 && screen.contains("Person 1"));
        let peak = peak(&program);
        println!("{name}: {peak} KiB, {} more", peak - before);
        assert!(peak - before <= MOST, "{name}: {before} KiB, then {peak} KiB");
        current.store(usize::MAX, Ordering::SeqCst);
        program.press("\u{c}r");
        settled(&mut program);
    }
    assert!(!program.written_text().contains("CanaryKey7x") && !program.written_text().contains("canary-path"));
    program.press("q");
    assert_eq!(program.exit_code(), 0);
}

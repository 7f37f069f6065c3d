//! How much memory the binary takes at most for answers that are as large as any that is taken, and how long a key waits
//! while they are read. The system counts the memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::memory::{MOST, PAGE, has_load_time, peak};
use argos_testkit::deadline::ATTEMPTS;
use argos_testkit::deadline::{DEADLINE, now};
use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;
use argos_testkit::server::{Answer, Step, TestServer, answer};

/// As long as an answer may be, but for what is around the bulk.
const FULL: usize = (16 << 20) - 1024;

/// What the documentation knows of the submission, so that each page has one that is worth reading.
const FIELDS: &str =
    r#""created_at":"2026-03-05T09:00:00Z","data":{"full_name":"Kim Sample"},"kyc":{"result":"rejected"}"#;

/// One item with a bulk before its documented fields.
fn item(bulk: &str) -> String {
    format!(r#"{{"Items":[{{"submission_id":"s1",{bulk},{FIELDS}}}]}}"#)
}

/// As many parts with commas between them as fill an answer.
fn filled(part: impl Fn(usize) -> String) -> String {
    let length = part(0).len() + 1;
    let mut text = (0..FULL / length - 20).map(|at| part(at) + ",").collect::<String>();
    text.pop();
    text
}

/// Pages that are looked at with every change: the first ones.
const USUAL: usize = 2;

/// Pages of 16 MiB, and what tells on the screen that one was read to its end.
fn pages() -> Vec<(&'static str, &'static str, String)> {
    let read = "full record · fetched ";
    let stopped = "stopped: page of ";
    vec![
        ("5,600,000 empty texts", stopped, format!(r#"{{"Items":[{}]}}"#, filled(|_| r#""""#.to_owned()))),
        (
            "a padding beside the items",
            read,
            format!(r#"{{"pad":"{}",{}"#, "x".repeat(FULL - 500), item(r#""a":0"#).trim_start_matches('{')),
        ),
        ("1,200,000 undocumented members", read, item(&filled(|at| format!(r#""k{at:07}":0"#)))),
        ("5,600,000 empty objects", stopped, format!(r#"{{"Items":[{}]}}"#, filled(|_| "{}".to_owned()))),
        (
            "8,400,000 numbers in raw data",
            read,
            item(&format!(r#""aml":{{"raw_data":[{}]}}"#, filled(|_| "0".to_owned()))),
        ),
        ("850,000 attempts", read, {
            let attempts = filled(|_| r#"{"errorCode":"x"}"#.to_owned());
            format!(r#"{{"Items":[{{"submission_id":"s1","kyc":{{"attempts":[{attempts}],"result":"rejected"}}}}]}}"#)
        }),
        (
            "one name of 16 MiB",
            read,
            format!(r#"{{"Items":[{{"submission_id":"s1","data":{{"full_name":"{}"}}}}]}}"#, "x".repeat(FULL - 500)),
        ),
        (
            "one text of 2,700,000 escapes",
            read,
            item(&format!(r#""memo":{{"text":"{}"}}"#, r"\u00e9".repeat(FULL / 6 - 100))),
        ),
        (
            "460,000 numbers of persons",
            read,
            item(&format!(r#""ids":[{}]"#, filled(|at| format!(r#""M1234567-{at:08}-{at:014}""#)))),
        ),
        (
            "8,000,000 levels",
            read,
            item(&format!(r#""x":{}{}"#, "[".repeat(FULL / 2 - 500), "]".repeat(FULL / 2 - 500))),
        ),
        ("10,000 rows of 1.6 KB", "10000 loaded · complete", {
            let row = |at| {
                format!(r#"{{"submission_id":"s{at}","email":"{0}","data":{{"full_name":"{0}"}}}}"#, "n".repeat(780))
            };
            format!(r#"{{"Items":[{}]}}"#, (0..10_000).map(row).collect::<Vec<_>>().join(","))
        }),
    ]
}

/// Starts the program on what is served now and waits until it is read, asking for help again and again. Gives how long each
/// key waited.
fn read(base: &str, done: &str) -> (Program, Vec<Duration>) {
    let variables = [("ARGOS_BASE_URL", base), ("ARGOS_API_KEY", "CanaryKey7x"), ("HOME", "/nonexistent")];
    let mut program = Program::start(&[], &variables, 180, 40);
    program.until("Submissions");
    let mut waits = Vec::new();
    let started = now();
    loop {
        let pressed = now();
        program.press("?");
        program.until("╭ Help");
        waits.push(now().duration_since(pressed));
        program.press("\u{1b}");
        program.until_gone("╭ Help");
        let screen = program.screen();
        let is_read = has_load_time(&screen) && screen.contains(done);
        if is_read
            && !["Reading ", "ing full record", "ing the full record", "loading …"]
                .iter()
                .any(|word| screen.contains(word))
        {
            return (program, waits);
        }
        assert!(now().duration_since(started) < DEADLINE, "not read: {screen}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the figures, for --nocapture")]
async fn the_largest_answers_are_read_within_64_mib_and_keys_are_answered_meanwhile() {
    let pages = Arc::new(pages());
    let current = Arc::new(AtomicUsize::new(usize::MAX));
    let (served, chosen) = (Arc::clone(&pages), Arc::clone(&current));
    let server = TestServer::with_scripts(move |_| {
        let body = served.get(chosen.load(Ordering::SeqCst)).map_or(PAGE, |(_, _, body)| body);
        // The single record says something else than the list: both are kept, opened and compared.
        let list = answer(200, "Connection: close\r\n", body);
        let single = body.replacen(r#""s1""#, r#""s1","single":true"#, 1);
        let answers: Answer = Arc::new(move |request| match request.contains("submission_id=") {
            true => answer(200, "Connection: close\r\n", single.clone()),
            false => list.clone(),
        });
        vec![Step::Answer(answers)]
    });
    let base = server.base();
    let (mut program, _) = read(&base, "1 loaded · complete");
    let start = peak(&program);
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    println!("{:<32} {:>12} {:>10} {:>14}", "page", "peak in KiB", "more", "key in ms");
    println!("{:<32} {start:>12}", "a small page");
    for (at, (name, done, body)) in pages.iter().enumerate().take(cases(USUAL, usize::MAX)) {
        assert!(body.len() <= 16 << 20 && body.len() > 15 << 20, "{name}: {} bytes", body.len());
        current.store(at, Ordering::SeqCst);
        let is_in_time = (0..ATTEMPTS).any(|_| {
            let (mut program, mut waits) = read(&base, done);
            for tab in 1..=8 {
                program.press(&tab.to_string());
                program.until(&format!("[{tab}:"));
            }
            let peak = peak(&program);
            waits.sort_unstable();
            let (middle, longest) = (waits[waits.len() / 2].as_millis(), waits[waits.len() - 1].as_millis());
            println!("{name:<32} {peak:>12} {:>10} {:>14}", peak - start, format!("{middle}, at most {longest}"));
            assert!(peak - start <= MOST, "{name}: {start} KiB, then {peak} KiB");
            program.press("q");
            assert_eq!(program.exit_code(), 0);
            // Half of the keys: what else the machine does may hold one up.
            middle <= 250
        });
        assert!(is_in_time, "{name}: keys wait each time");
    }
}

//! The reviewer with a way to panic, which the binary has not: this test binary, started once more in a terminal.

use argos_testkit::skipped::skipped;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_review::cli::{self, Mode};
use argos_review::config::Environment;
use tokio::signal::unix::{SignalKind, signal};
use tracing::Level;

use argos_testkit::pty::Program;
use argos_testkit::pty::reader::thread;

/// What starts the reviewer that panics.
pub(crate) const REVIEWER: [&str; 6] =
    ["--ignored", "--exact", "panics::reviewer", "--nocapture", "--test-threads=1", "--color=never"];
/// The width at which its loop panics.
pub(crate) const NEW_WIDTH: u16 = 97;
/// The text of its panics: like one that holds identity data.
pub(crate) const CANARY: &str = "Panicking Sample";

/// Where the log is written to: it panics at a line that a thread of the program writes, so in that thread.
struct Trap;

impl Write for Trap {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        static ANSWERS: AtomicUsize = AtomicUsize::new(0);
        let text = String::from_utf8_lossy(line);
        let answered = text.contains("GET /v3/submission") && std::env::var_os("PANIC_IN_REQUEST").is_some();
        let third = answered && ANSWERS.fetch_add(1, Ordering::SeqCst) == 2;
        assert!(!third && !text.contains(&format!("width={NEW_WIDTH}")), "{CANARY}");
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
#[ignore = "others start it in a terminal of its own"]
fn reviewer() {
    let Ok(arguments) = std::env::var("REVIEW") else {
        return skipped("the reviewer that panics: other tests start it with what it is to open");
    };
    tracing_subscriber::fmt().with_max_level(Level::DEBUG).with_writer(|| Trap).init();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let guard = runtime.enter();
    let mut order = signal(SignalKind::user_defined1()).expect("a signal");
    drop(guard);
    thread(move || {
        runtime.block_on(async {
            order.recv().await;
            panic!("{CANARY}");
        });
    });
    let arguments = ["argos-review"].into_iter().chain(arguments.split_whitespace());
    let environment = Environment::of_process();
    let code = match cli::parse(arguments.map(Into::into)) {
        #[cfg(feature = "demo")]
        Ok(Mode::Demo(call, options)) => cli::demo::open(&call, &options, &environment),
        Ok(Mode::Reviewer(filter, options)) => cli::reviewer::profile(&filter, &options, &environment),
        _ => panic!("it opens the reviewer"),
    };
    panic!("it ended by itself: {code:?}");
}

#[test]
fn panic_in_a_request_gives_the_terminal_back_and_tells_its_place_only() {
    let own = std::env::current_exe().expect("this test");
    let command = [&[own.to_str().expect("a path")], &REVIEWER[..]].concat();
    let variables = [
        ("TERM", "xterm-256color"),
        ("REVIEW", "demo --today 2026-11-21"),
        ("HOME", "/nonexistent"),
        ("PANIC_IN_REQUEST", "1"),
    ];
    let mut program = Program::launch(&command, &variables, std::path::Path::new("/"), 120, 40);
    program.until("50 loaded · more");
    // The list and the submission under the cursor were asked for; a refresh asks for more.
    program.press("rr");
    assert_eq!(program.exit_code(), 101);
    program.assert_clean();
    assert!(program.judge().is_balanced());
    assert_eq!(program.left_behind(), [""], "left once, and blank");
    assert_eq!(program.modes(), program.modes_before());
    let said = program.written_text();
    assert!(said.contains("argos-review: internal error at tests/pty/panics.rs:"), "{said}");
    assert!(!said.contains(CANARY), "{said}");
}

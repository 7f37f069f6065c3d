//! Every way to end in every state: what is undone, the exit code, how long it takes.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustix::process::Signal;

use crate::cells::{Ending, Servers, State, run};
use argos_testkit::deadline::ATTEMPTS;
use argos_testkit::deadline::now;
use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;
use argos_testkit::server::{Step, TestServer, answer};

/// What a user waits at most.
const LONGEST: Duration = Duration::from_millis(250);
/// What the same may take on a machine that does much else. The long run, one cell after the other, is held to the other.
const LENIENT: Duration = Duration::from_secs(2);

/// Two states for each ending and one with a picture, or all of them.
fn chosen() -> Vec<(State, Ending)> {
    let states = cases(2, State::ALL.len());
    let pictures = |(at, ending): (usize, Ending)| (State::PICTURES[at % State::PICTURES.len()], ending);
    let pictures = Ending::ALL.into_iter().enumerate().map(pictures).filter(|_| states == 2);
    let of = |(at, ending): (usize, Ending)| {
        let step_to = 1 + 2 * usize::from(states == 2);
        (0..states).map(move |step| (State::ALL[(at + step * step_to) % State::ALL.len()], ending))
    };
    Ending::ALL.into_iter().enumerate().flat_map(of).chain(pictures).collect()
}

/// A submission of megabytes.
fn large() -> String {
    let parts: Vec<String> = (0..20_000).map(|at| format!(r#"{{"part":{at},"text":"{at:=>100}"}}"#)).collect();
    format!(
        r#"{{"submission_id":"one large submission","data":{{"name":"Person 1 Sample"}},"parts":[{}]}}"#,
        parts.join(",")
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the figures, shown with --nocapture")]
async fn every_ending_undoes_everything_in_every_state() {
    let stalling = TestServer::with_script(vec![Step::Read, Step::Stall]);
    let page = format!(r#"{{"Items":[{}]}}"#, large());
    let large = TestServer::sending(answer(200, "Connection: close\r\n", page));
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "mouse = true\n").expect("a file");
    std::fs::set_permissions(&config, Permissions::from_mode(0o600)).expect("its owner's");
    let mouse = config.to_str().expect("a path").to_owned();
    let servers = Servers { stalling: stalling.base(), large: large.base(), mouse };
    let cells = chosen();
    let (next, times) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..cases(4, 1) {
            scope.spawn(|| {
                while let Some((state, ending)) = cells.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let time = in_time(*state, *ending, &servers);
                    times.lock().expect("no other failed").push((time, *state, *ending));
                }
            });
        }
    });
    let mut times = times.into_inner().expect("none failed");
    assert_eq!(times.len(), cells.len());
    assert!(Ending::ALL.iter().all(|ending| times.iter().any(|(_, _, of)| of == ending)));
    assert!(State::ALL.iter().all(|state| times.iter().any(|(_, of, _)| of == state)));
    times.sort_by_key(|(time, ..)| *time);
    let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
    let late = times.iter().filter(|(time, ..)| *time > LONGEST).count();
    println!("{} cells: median {:?}, longest {longest:?}, {late} above {LONGEST:?}", times.len(), median.0);
    for ending in Ending::ALL {
        let of: Vec<_> = times.iter().filter(|(.., of)| *of == ending).map(|(time, ..)| *time).collect();
        println!("{ending:?}: median {:?}, longest {:?}", of[of.len() / 2], of[of.len() - 1]);
    }
    assert!(median.0 <= cases(LENIENT, LONGEST), "{median:?}");
    assert!(longest.0 <= LENIENT, "{longest:?}");
}

/// The shortest time that an end took; it is tried again while it is late.
fn in_time(state: State, ending: Ending, servers: &Servers) -> Duration {
    let mut shortest = Duration::MAX;
    for _ in 0..ATTEMPTS {
        shortest = shortest.min(run(state, ending, servers));
        if shortest <= LENIENT {
            break;
        }
    }
    shortest
}

/// Starts the demo on a terminal that has stopped reading in the middle of a frame.
fn deaf() -> Program {
    let mut program = Program::start(&["demo", "--today", "2026-11-21"], &[], 100, 30);
    program.until("50 loaded · more");
    program.stop_reading();
    program.resize(500, 300);
    program.until_full();
    program
}

#[test]
fn second_signal_ends_at_once() {
    let in_time = (0..ATTEMPTS).any(|_| {
        let mut program = deaf();
        let from = now();
        program.signal(Signal::TERM);
        program.signal(Signal::INT);
        let (at, status) = program.end();
        assert!([143, 130].contains(&status.exit_code()), "{status:?}");
        assert_eq!(program.modes(), program.modes_before());
        at.duration_since(from) < Duration::from_millis(120)
    });
    assert!(in_time, "it waits for the terminal after the second signal");
}

#[test]
fn several_signals_at_once_still_undo_everything() {
    let mut program = Program::start(&["demo", "--today", "2026-11-21"], &[], 100, 30);
    program.until("50 loaded · more");
    for signal in [Signal::TERM, Signal::HUP, Signal::TERM] {
        program.signal(signal);
    }
    let (_, status) = program.end();
    assert!([143, 129].contains(&status.exit_code()), "{status:?}");
    program.assert_clean();
    assert!(program.judge().is_balanced());
    assert_eq!(program.left_behind(), [""], "left once, and blank");
    assert_eq!(program.modes(), program.modes_before());
}

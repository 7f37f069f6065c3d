//! Runs many random test sessions, a few at the same time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::{Builder, Runtime};

/// Number of sessions that run at the same time. A session waits for its program about half of the time.
const AT_ONCE: usize = 4;

/// Calls `session` with each seed from 0 to `count` - 1, several at the same time. Fails with the seeds of the sessions
/// that failed. If the environment variable `variable` holds a seed, only the session with this seed runs.
#[expect(clippy::print_stdout, reason = "a long run says how far it is, and at once what to repeat")]
pub fn run_sessions(variable: &str, count: u64, session: impl Fn(u64) + Sync) {
    if let Ok(seed) = std::env::var(variable) {
        return session(seed.parse().expect("a seed"));
    }
    let (next, failed) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= count {
                        break;
                    }
                    if seed > 0 && seed.is_multiple_of(100) {
                        println!("{variable}: {seed} begun");
                    }
                    // What it says is printed as it happens; the others are still worth their while.
                    if catch_unwind(AssertUnwindSafe(|| session(seed))).is_err() {
                        println!("{variable}={seed} failed");
                        failed.lock().expect("no panic here").push(seed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no panic here");
    assert!(failed.is_empty(), "{} of {count} failed; {variable}=… repeats one of {failed:?}", failed.len());
}

/// Returns a runtime for the test server of one session. The server ends when the runtime is dropped.
pub fn surroundings() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime")
}

//! Defines how long tests wait, for all tests in one place.

use std::time::{Duration, Instant};

/// Maximum time that a test waits for an event before it fails. The time is much longer than any step takes on a busy
/// machine.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// Maximum number of tries of a test that measures whether the program is fast enough. On a busy machine, a correct
/// program is sometimes too slow; a program that is always too slow fails every try.
pub const ATTEMPTS: usize = 10;

/// Returns the current time, for a test that measures a duration.
#[expect(clippy::disallowed_methods, reason = "a deadline for tests")]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits until `is_true` returns true. If this takes longer than [`DEADLINE`], the test fails with the description
/// `what`.
pub fn until(what: &str, is_true: impl Fn() -> bool) {
    let end = deadline();
    while !is_true() {
        assert!(now() < end, "waited until {what}");
        std::thread::yield_now();
    }
}

/// Returns the time [`DEADLINE`] after now, at which a test that starts to wait now must fail.
pub fn deadline() -> Instant {
    now() + DEADLINE
}

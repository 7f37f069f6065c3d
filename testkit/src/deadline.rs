//! How long a test waits, in one place.

use std::time::{Duration, Instant};

/// Far longer than anything takes on a busy machine: what never comes is a failure and not a hang.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// How often a test tries what must be done within a short time. A busy machine is late now and then; a program that
/// breaks the rule is late each time.
pub const ATTEMPTS: usize = 10;

/// Returns the current time, for a test that measures a duration.
#[expect(clippy::disallowed_methods, reason = "a deadline for tests")]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits until a condition is true; fails with the description `what` after the deadline.
pub fn until(what: &str, is_true: impl Fn() -> bool) {
    let end = deadline();
    while !is_true() {
        assert!(now() < end, "waited until {what}");
        std::thread::yield_now();
    }
}

/// Returns the time at which a test that begins to wait now must fail.
pub fn deadline() -> Instant {
    now() + DEADLINE
}

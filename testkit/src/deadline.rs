//! How long a test waits, in one place.

use std::time::{Duration, Instant};

/// Far longer than anything takes on a busy machine: what never comes is a failure and not a hang.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// How often a test tries what must be done within a short time. A busy machine is late now and then; a program that
/// breaks the rule is late each time.
pub const ATTEMPTS: usize = 10;

/// The time now, for what must be done within some of it.
#[expect(clippy::disallowed_methods, reason = "a deadline for tests")]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits for what no output tells of.
pub fn until(what: &str, come: impl Fn() -> bool) {
    let end = deadline();
    while !come() {
        assert!(now() < end, "waited until {what}");
        std::thread::yield_now();
    }
}

/// The time at which a test that begins to wait now gives up.
pub fn deadline() -> Instant {
    now() + DEADLINE
}

//! How long a test waits, in one place.

use std::time::Duration;

/// Far longer than anything takes on a busy machine: what never comes is a failure and not a hang.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// How often a test tries what must be done within a short time. A busy machine is late now and then; a program that
/// breaks the rule is late each time.
pub const ATTEMPTS: usize = 10;

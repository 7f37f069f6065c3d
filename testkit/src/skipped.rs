//! Reports what a test could not check on this machine.

use std::io::Write as _;

/// Writes to standard error that `what` was not tested; `what` should also say why. The message is written directly,
/// because the test harness hides the captured output of a test that passes.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "not tested: {what}");
}

//! What a test leaves out where it runs, and says so.

use std::io::Write as _;

/// Says on standard error what was not tested, and why. It passes by the test harness, which shows no output of a test that
/// passes.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "not tested: {what}");
}

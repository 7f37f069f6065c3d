//! P5 and P6: how soon after the start something is on the screen, and the rows of the first page.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Plan;
use super::figures::{Goal, ms, percentile, print};
use super::reviewer::{Reviewer, loaded_rows};
use super::service::serve;
use super::terminal::Terminal;

const STARTS: usize = 20;

/// Starts the reviewer, an empty program and curl in turn, and prints what the parts ask for.
pub(crate) fn measure(plan: &Plan) {
    if !plan.measures("P5") && !plan.measures("P6") {
        return;
    }
    let own = std::env::current_exe().expect("this program");
    let own = own.to_str().expect("a path");
    let folder = tempfile::tempdir().expect("a folder");
    let for_curl = serve(&plan.records, plan.rows());
    let (mut paint, mut rows, mut empty, mut curl) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS / plan.divisor {
        let mut reviewer = Reviewer::start(&plan.records, plan.rows(), &[]);
        let started = reviewer.terminal.started;
        let painted = reviewer.terminal.until("anything", |screen| !screen.trim().is_empty());
        let shown = reviewer.terminal.until("the first page", |screen| loaded_rows(screen).is_some());
        paint.push(ms(painted - started));
        rows.push(ms(shown - started));
        curl.extend(curl_time(&for_curl.base()).map(ms));
        drop(reviewer);
        let mut terminal = Terminal::start(&[own, "--baseline", "empty"], &[], folder.path());
        let painted = terminal.until("anything", |screen| !screen.trim().is_empty());
        empty.push(ms(painted - terminal.started));
    }
    let [paint, rows, empty, of_curl] = [&paint, &rows, &empty, &curl].map(|times| percentile(times, 50));
    if plan.measures("P5") {
        let more = paint - empty;
        let measured = format!("{more:.1} ms ({paint:.1}, empty {empty:.1})");
        print("P5", "first paint, beyond an empty program", &measured, Goal::at_most(more, 25.0, " ms"));
    }
    if plan.measures("P6") && curl.is_empty() {
        print("P6", "rows on screen, over curl of the same page", "curl is not installed", None);
    } else if plan.measures("P6") {
        let ratio = rows / of_curl;
        let measured = format!("{ratio:.2}× ({rows:.1} ms, curl {of_curl:.1} ms)");
        print("P6", "rows on screen, over curl of the same page", &measured, Goal::at_most(ratio, 2.0, "×"));
    }
}

/// Returns how long curl takes from its start to its end for the first page; `None` if it is not installed.
fn curl_time(base: &str) -> Option<Duration> {
    let begin = Instant::now();
    let mut curl = Command::new("curl");
    curl.args(["-sS", "-H", "x-api-key: BenchKey", &format!("{base}/submission")]);
    let status = curl.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then(|| begin.elapsed())
}

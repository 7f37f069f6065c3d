//! P3, L and Esc: what all pages cost in memory and time, and how soon their loading can be stopped.

use std::time::Duration;

use super::Plan;
use super::figures::{Goal, ms, percentile, print};
use super::memory::{Memory, memory};
use super::reviewer::{Reviewer, loaded_rows};

/// Rows on a page while all is loaded.
const PAGE: usize = 2_000;
/// How often loading is stopped.
const STOPS: usize = 5;

/// Has reviewers load everything, and prints what the parts ask for.
pub(crate) fn measure(plan: &Plan) {
    if plan.measures("P3") || plan.measures("L") {
        let large = load(plan, plan.rows(), 0.30);
        let middle = load(plan, plan.tenth(), 0.45);
        if plan.measures("L")
            && let (Some(large), Some(middle)) = (large, middle)
        {
            let ratio = large / middle;
            let what = format!("time a row, {} rows over {}", plan.rows(), plan.tenth());
            print("L", &what, &format!("{ratio:.2}× ({large:.0} µs, {middle:.0} µs)"), None);
        }
    }
    if plan.measures("Esc") {
        stop(plan);
    }
}

/// Loads `rows` rows and prints memory and time. Returns the microseconds that a row took, without the rows of the
/// first page, which was there before.
fn load(plan: &Plan, rows: usize, share: f64) -> Option<f64> {
    let (reviewer, took) = Reviewer::loaded(&plan.records, rows);
    let raw = plan.records.bytes(rows) as f64;
    if plan.measures("P3") {
        let what = format!("memory over raw bytes, {rows} rows");
        match memory(reviewer.terminal.id()) {
            Some(Memory { resident, peak }) => {
                let mib = |bytes: f64| bytes / f64::from(1 << 20);
                let ratio = resident / raw;
                let measured = format!("{ratio:.2}× ({:.0} MiB of {:.0})", mib(resident), mib(raw));
                print("P3", &what, &measured, Goal::at_most(ratio, share, "×"));
                let measured = format!("{:.2}× ({:.0} MiB)", peak / raw, mib(peak));
                print("P3", &format!("  the most it ever had, {rows} rows"), &measured, None);
            }
            None => print("P3", &what, "not measured: the system has no /proc", None),
        }
    }
    let further = rows.checked_sub(PAGE).filter(|rows| *rows > 0)?;
    let seconds = took.as_secs_f64();
    if plan.measures("L") {
        let what = format!("load all, {rows} rows at {PAGE} a page");
        print("L", &what, &format!("{seconds:.2} s ({:.0} rows/s)", further as f64 / seconds), None);
    }
    Some(seconds * 1e6 / further as f64)
}

/// Stops the loading at several places and prints how long that took.
fn stop(plan: &Plan) {
    let mut reviewer = Reviewer::start(&plan.records, plan.rows(), &["count:2000"]);
    let terminal = &mut reviewer.terminal;
    terminal.until("the first page", |screen| loaded_rows(screen).is_some());
    let mut times = Vec::new();
    // The last place is well before the end, since what is loading goes on until the key is read.
    for place in 1..=STOPS {
        let wanted = plan.rows() * place / (STOPS + 3);
        terminal.press("L");
        terminal.until("enough rows", |screen| rows_so_far(screen).is_some_and(|rows| rows >= wanted));
        let pressed = terminal.press("\x1b");
        let stopped = terminal.until("the loading stops", |screen| screen.contains("loaded · stopped: cancelled"));
        times.push(ms(stopped.saturating_duration_since(pressed)));
        terminal.settle(Duration::from_millis(300));
    }
    let longest = percentile(&times, 100);
    let measured = format!("{longest:.0} ms longest, {:.0} ms median of {STOPS}", percentile(&times, 50));
    print("Esc", "stops the loading of all", &measured, Goal::at_most(longest, 100.0, " ms"));
}

/// Returns the number of rows that are loaded while all are being loaded.
fn rows_so_far(screen: &str) -> Option<usize> {
    let (_, after) = screen.split_once("loading all: ")?;
    after.split(' ').next()?.parse().ok()
}

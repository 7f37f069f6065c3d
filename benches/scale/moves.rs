//! P1, P12 and P9: a move of the cursor beside a small program and beside a short list, and an idle reviewer.

use std::time::Duration;

use super::Plan;
use super::figures::{Goal, ms, percentile, print};
use super::reviewer::Reviewer;
use super::terminal::{Stroke, Terminal};
use super::work::work;

/// Rows of the short list, which fit on the screen.
const SHORT: usize = 50;
/// Keys in a row in one program, before it is the turn of the next.
const BLOCK: usize = 20;
/// Times the programs take turns.
const TURNS: usize = 16;
/// How long an idle reviewer is watched.
const WATCHED: Duration = Duration::from_secs(10);

/// Types at programs in turn, and prints what the parts ask for.
pub(crate) fn measure(plan: &Plan) {
    if !["P1", "P9", "P12"].iter().any(|part| plan.measures(part)) {
        return;
    }
    let mut large = Reviewer::loaded(&plan.records, plan.rows()).0;
    if plan.measures("P12") {
        moves(plan, &mut large);
    }
    if plan.measures("P1") {
        beside_a_table(plan, &mut large);
    }
    if plan.measures("P9") {
        idle(&mut large);
    }
}

/// What the keys of one program took.
#[derive(Default)]
struct Times {
    first: Vec<f64>,
    last: Vec<f64>,
    bytes: Vec<f64>,
}

impl Times {
    fn add(&mut self, strokes: Vec<Stroke>) {
        for Stroke { first, last, bytes } in strokes {
            self.first.push(ms(first));
            self.last.push(ms(last));
            self.bytes.push(bytes as f64);
        }
    }
}

/// Types the same keys at each program, a block at a time, and returns what they took. A block begins when the program
/// has been quiet for longer than it waits before it fetches the submission under the cursor.
fn in_turn(plan: &Plan, terminals: &mut [&mut Terminal], keys: &[&str]) -> Vec<Times> {
    let mut times: Vec<Times> = terminals.iter().map(|_| Times::default()).collect();
    for turn in 0..=TURNS / plan.divisor {
        for (terminal, times) in terminals.iter_mut().zip(&mut times) {
            terminal.settle(Duration::from_millis(300));
            let strokes = terminal.strokes(keys[turn % keys.len()], BLOCK);
            // The first turn warms caches.
            if turn > 0 {
                times.add(strokes);
            }
        }
    }
    times
}

/// P12: the cursor goes down and up within the first screen.
fn moves(plan: &Plan, large: &mut Reviewer) {
    let mut middle = Reviewer::loaded(&plan.records, plan.tenth()).0;
    let mut short = Reviewer::loaded(&plan.records, SHORT).0;
    let mut terminals = [&mut short.terminal, &mut middle.terminal, &mut large.terminal];
    let times = in_turn(plan, &mut terminals, &["j", "k"]);
    let [short, middle, large] = [&times[0], &times[1], &times[2]].map(|times| percentile(&times.last, 50));
    for (rows, time) in [(plan.rows(), large), (plan.tenth(), middle)] {
        let ratio = time / short;
        let measured = format!("{ratio:.2}× ({time:.1} ms, {short:.1} ms)");
        let what = format!("a move, p50, {rows} rows over {SHORT}");
        print("P12", &what, &measured, Goal::at_most(ratio, 1.2, "×"));
    }
    let p99 = [&times[2], &times[0]].map(|times| percentile(&times.last, 99));
    let measured = format!("{:.2}× ({:.1} ms, {:.1} ms)", p99[0] / p99[1], p99[0], p99[1]);
    print("P12", &format!("  p99, {} rows over {SHORT}", plan.rows()), &measured, None);
}

/// P1: the cursor goes down and the list scrolls.
fn beside_a_table(plan: &Plan, large: &mut Reviewer) {
    let own = std::env::current_exe().expect("this program");
    let folder = tempfile::tempdir().expect("a folder");
    let command = [own.to_str().expect("a path"), "--baseline", "table"];
    let mut table = Terminal::start(&command, &[], folder.path());
    table.until("the table", |screen| screen.contains("table00000000"));
    let times = in_turn(plan, &mut [&mut table, &mut large.terminal], &["j"]);
    let (table, own) = (&times[0], &times[1]);
    for (share, name) in [(50, "p50"), (99, "p99")] {
        let [own_ms, table_ms] = [own, table].map(|times| percentile(&times.last, share));
        let ratio = own_ms / table_ms;
        let measured = format!("{ratio:.2}× ({own_ms:.1} ms, {table_ms:.1} ms)");
        let what = format!("key to last byte, {name}, over a ratatui table");
        print("P1", &what, &measured, Goal::at_most(ratio, 1.5, "×"));
        let [own_ms, table_ms] = [own, table].map(|times| percentile(&times.first, share));
        let measured = format!("{:.2}× ({own_ms:.1} ms, {table_ms:.1} ms)", own_ms / table_ms);
        print("P1", &format!("  key to first byte, {name}"), &measured, None);
    }
    let [own_bytes, table_bytes] = [own, table].map(|times| percentile(&times.bytes, 50));
    let measured = format!("{:.2}× ({own_bytes:.0}, {table_bytes:.0})", own_bytes / table_bytes);
    print("P1", "  bytes a repaint", &measured, None);
    let answered = [own, table].map(|times| times.last.len());
    let measured = format!("{}, {} of {}", answered[0], answered[1], TURNS / plan.divisor * BLOCK);
    print("P1", "  keys with an answer", &measured, None);
}

/// P9: nothing is typed and nothing happens.
fn idle(large: &mut Reviewer) {
    let id = large.terminal.id();
    large.terminal.settle(Duration::from_secs(2));
    let Some(before) = work(id) else {
        return print("P9", "idle", "not measured: the system has no /proc", None);
    };
    std::thread::sleep(WATCHED);
    let after = work(id).expect("what was read before");
    let share = (after.nanoseconds - before.nanoseconds) as f64 / WATCHED.as_nanos() as f64 * 100.0;
    let rounded = (share * 10.0).round() / 10.0;
    print("P9", "idle: time on a processor", &format!("{share:.2} %"), Goal::at_most(rounded, 0.0, " %"));
    let woken = (after.switches - before.switches) as f64;
    let measured = format!("{woken:.0} in {} s", WATCHED.as_secs());
    print("P9", "idle: threads woken", &measured, Goal::at_most(woken, 0.0, ""));
}

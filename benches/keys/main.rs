//! P11: the key `j` in the list at 10,000 rows, beside csvlens, tabiew and less on the same submissions, as far as they
//! are installed.
//!
//! `cargo bench --bench keys`; `-- --rows 50000` for another number of rows. All programs run in pseudo-terminals of
//! 200×50 and are typed at in turn. csvlens and tabiew open a CSV file of sixteen columns, less opens NDJSON.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, measures and stops at what should not happen"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;

#[path = "../support/figures.rs"]
mod figures;
#[path = "../support/files.rs"]
mod files;
#[path = "../support/home.rs"]
mod home;
#[path = "../support/memory.rs"]
mod memory;
#[path = "../support/records.rs"]
mod records;
#[path = "../support/reviewer.rs"]
mod reviewer;
#[path = "../support/service.rs"]
mod service;
#[path = "../support/submission.rs"]
mod submission;
#[path = "../support/terminal.rs"]
mod terminal;

use figures::{Goal, ms, percentile, print};
use memory::memory;
use records::Records;
use reviewer::Reviewer;
use terminal::Terminal;

/// Keys in a row in one program, before it is the turn of the next.
const BLOCK: usize = 20;
/// Times the programs take turns.
const TURNS: usize = 15;
/// The program whose figures are compared with those of the others.
const OWN: &str = "argos-review";

/// What is measured.
#[derive(Parser)]
struct Arguments {
    /// Number of submissions.
    #[arg(long, default_value_t = 10_000)]
    rows: usize,
    /// Cargo passes it to benchmarks.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A program, and what its keys took.
struct Typed<'a> {
    name: &'static str,
    terminal: &'a mut Terminal,
    first: Vec<f64>,
    last: Vec<f64>,
    bytes: Vec<f64>,
}

impl<'a> Typed<'a> {
    fn new(name: &'static str, terminal: &'a mut Terminal) -> Self {
        Self { name, terminal, first: Vec::new(), last: Vec::new(), bytes: Vec::new() }
    }

    /// Types a block of keys.
    fn take_turn(&mut self, counts: bool) {
        self.terminal.settle(Duration::from_millis(300));
        for stroke in self.terminal.strokes("j", BLOCK).into_iter().filter(|_| counts) {
            self.first.push(ms(stroke.first));
            self.last.push(ms(stroke.last));
            self.bytes.push(stroke.bytes as f64);
        }
    }

    fn report(&self) {
        let of = |values: &[f64], share: usize| percentile(values, share);
        let measured = format!(
            "p50 {:.1}, p99 {:.1} ms (first byte {:.1}, {:.1}), {:.0} bytes",
            of(&self.last, 50),
            of(&self.last, 99),
            of(&self.first, 50),
            of(&self.first, 99),
            of(&self.bytes, 50)
        );
        print("P11", &format!("key down, {} ({} answers)", self.name, self.last.len()), &measured, None);
        if let Some(memory) = memory(self.terminal.id()) {
            let [resident, peak] = [memory.resident, memory.peak].map(|bytes| bytes / f64::from(1 << 20));
            print("P11", "  its memory", &format!("{resident:.1} MiB, at most {peak:.1}"), None);
        }
    }
}

fn main() {
    let arguments = Arguments::parse();
    if !arguments.bench {
        return println!("run it by: cargo bench --bench keys");
    }
    let records = Arc::new(Records::generate(arguments.rows.max(100)));
    let (lengths, megabytes) = (records.lengths(), records.bytes(records.len()) as f64 / 1e6);
    let median = lengths[lengths.len() / 2];
    println!("{} submissions, {megabytes:.0} MB, {median} bytes (median)", records.len());
    let mut reviewer = Reviewer::loaded(&records, records.len()).0;
    let folder = tempfile::tempdir().expect("a folder");
    let (csv, ndjson) = (files::write_csv(&records, folder.path()), files::write_ndjson(&records, folder.path()));
    let mut others: Vec<(&str, Terminal)> = Vec::new();
    for (name, binary, file) in [("csvlens", "csvlens", &csv), ("tabiew", "tw", &csv), ("less", "less", &ndjson)] {
        match start(binary, file, folder.path()) {
            Some(terminal) => others.push((name, terminal)),
            None => print("P11", &format!("key down, {name}"), "not installed", None),
        }
    }
    let own = std::iter::once(Typed::new(OWN, &mut reviewer.terminal));
    let mut programs: Vec<Typed<'_>> =
        own.chain(others.iter_mut().map(|(name, terminal)| Typed::new(name, terminal))).collect();
    for turn in 0..=TURNS {
        // The first turn warms caches.
        programs.iter_mut().for_each(|program| program.take_turn(turn > 0));
    }
    programs.iter().for_each(Typed::report);
    compare(&programs);
}

/// Starts a program on a file and waits until it has painted; `None` if it is not installed.
fn start(binary: &str, file: &Path, folder: &Path) -> Option<Terminal> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join(binary).is_file())?;
    let mut terminal = Terminal::start(&[binary, file.to_str()?], &[], folder);
    let painted = terminal.until("its first paint", |screen| !screen.trim().is_empty());
    print("P11", &format!("first paint, {binary}"), &format!("{:.0} ms", ms(painted - terminal.started)), None);
    terminal.settle(Duration::from_secs(1));
    Some(terminal)
}

/// P11: both figures below those of the better one of the programs that show a table.
fn compare(programs: &[Typed<'_>]) {
    let tables: Vec<&Typed<'_>> =
        programs.iter().filter(|program| ["csvlens", "tabiew"].contains(&program.name)).collect();
    let Some(own) = programs.iter().find(|program| program.name == OWN) else { return };
    if tables.is_empty() {
        return print("P11", "over the better of csvlens and tabiew", "not measured: neither is installed", None);
    }
    let best =
        |figure: &dyn Fn(&Typed<'_>) -> f64| tables.iter().map(|program| figure(program)).fold(f64::MAX, f64::min);
    let time = |program: &Typed<'_>| percentile(&program.last, 99);
    let bytes = |program: &Typed<'_>| percentile(&program.bytes, 50);
    for (what, own, best) in [("time, p99", time(own), best(&time)), ("bytes a repaint", bytes(own), best(&bytes))] {
        let ratio = own / best;
        let what = format!("{what}, over the better of csvlens and tabiew");
        print("P11", &what, &format!("{ratio:.2}×"), Goal::at_most(ratio, 1.0, "×"));
    }
}

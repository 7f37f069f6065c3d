//! What a list of 100,000 submissions costs: keys, frames, memory, filters, starts, idling and loading, each as a ratio
//! within one run beside its goal.
//!
//! `cargo bench --bench scale`. `-- --only P1,P3` measures some parts, `-- --rows 50000` another number of rows. A
//! tenth of the rows is the second size. The binary is run in a pseudo-terminal on what a local server sends; only P2,
//! P4 and P13 are measured on the model in this process. It needs 4 GB of memory.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, measures and stops at what should not happen"
)]

use std::sync::Arc;

use clap::Parser;

#[path = "../support/figures.rs"]
mod figures;
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
#[path = "../support/setting.rs"]
mod setting;
#[path = "../support/submission.rs"]
mod submission;
#[path = "../support/terminal.rs"]
mod terminal;

mod baseline;
mod loading;
mod model;
mod moves;
mod start;
mod work;

use records::Records;

/// What the figures can be limited to.
const PARTS: [&str; 11] = ["P1", "P2", "P3", "P4", "P5", "P6", "P9", "P12", "P13", "L", "Esc"];

/// Rows of the list that is served while starts are measured.
const START_ROWS: usize = 1_000;

/// What is measured.
#[derive(Parser)]
struct Arguments {
    /// Number of submissions in the large list; a tenth of them is in the middle one.
    #[arg(long, default_value_t = 100_000)]
    rows: usize,
    /// The parts to measure, as in P1,P3.
    #[arg(long, value_delimiter = ',', value_parser = PARTS)]
    only: Vec<String>,
    /// Measures a fifth of the rows and fewer repetitions, to see that everything runs.
    #[arg(long)]
    quick: bool,
    /// Cargo passes it to benchmarks.
    #[arg(long, hide = true)]
    bench: bool,
    /// Runs a program to compare with: the smallest one, or the smallest table.
    #[arg(long, hide = true)]
    baseline: Option<baseline::Kind>,
}

/// What is measured, on which submissions.
struct Plan {
    records: Arc<Records>,
    only: Vec<String>,
    /// Number of keys and starts is divided by it.
    divisor: usize,
}

impl Plan {
    fn measures(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }

    /// Number of rows of the large list.
    fn rows(&self) -> usize {
        self.records.len()
    }

    /// Number of rows of the middle list.
    fn tenth(&self) -> usize {
        (self.rows() / 10).max(1)
    }
}

fn main() {
    let arguments = Arguments::parse();
    if let Some(kind) = arguments.baseline {
        return baseline::run(kind);
    }
    if !arguments.bench {
        return println!("run it by: cargo bench --bench scale");
    }
    let (rows, divisor) = if arguments.quick { (arguments.rows / 5, 5) } else { (arguments.rows, 1) };
    // A process with much memory starts other programs slowly, so the starts are measured before the large list is made.
    let few = Arc::new(Records::generate(START_ROWS));
    start::measure(&Plan { records: few, only: arguments.only.clone(), divisor });
    let records = Arc::new(Records::generate(rows.max(100)));
    let lengths = records.lengths();
    let length = |share: usize| lengths[(lengths.len() - 1) * share / 100] as f64 / 1_000.0;
    let megabytes = records.bytes(records.len()) as f64 / 1e6;
    println!(
        "{} submissions, {megabytes:.0} MB: {:.1} KB (median), {:.1} KB (p99), {:.1} KB (largest)",
        records.len(),
        length(50),
        length(99),
        length(100),
    );
    let plan = Plan { records, only: arguments.only, divisor };
    model::measure(&plan);
    loading::measure(&plan);
    moves::measure(&plan);
}

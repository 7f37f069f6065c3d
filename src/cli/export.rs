//! `export`: every submission of a query in a file, which is complete or says that it is not.
//!
//! While it is written the file is called `FILE.partial`. Beside it lie `FILE.resume`, which says after each page how far it
//! came, and `FILE.seen` with a keyed print of every id, so that whatever ends the export, it can go on without losing or
//! doubling a row.

mod progress;
mod record;
mod target;
mod walk;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::open::ended;
use super::output::{self, COLUMNS, Format};
use super::{Choice, Chosen, WRONG_USE, out};
use crate::config::{Environment, Options};
use crate::query::{Params, Query};
use crate::runtime::{self, Origin};
use crate::text::Mask;
use record::Plan;
use target::Target;
use work::Job;

const EXAMPLES: &str = "\
Examples:
  argos-review export --demo --out people.csv
  argos-review export 'from:-30d status:rejected' --out rejected.ndjson --detail
  argos-review export 'from:2026-01-01 to:2026-06-30' --out half.csv --jobs 4
  argos-review export 'from:-1d' --out - --output ndjson --mask none | jq .kyc.result

What is stopped leaves FILE.partial and FILE.resume; the same call with --resume goes on. Exit codes: 0 the cursor ended; \
3 something came but not all; 1 nothing could be had; 2 wrong use.";

/// Most days that a range is split into.
const MOST_DAYS: usize = 10_000;

/// What `export` can be told.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Export {
    /// What to export, in the language of the filter bar; everything without it
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// The file, whose ending .ndjson or .csv says what is written; - is standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// What is written, whatever the ending
    #[arg(long, value_name = "FORMAT", value_parser = ["ndjson", "csv"])]
    pub output: Option<String>,
    /// Replace the file if there is one, and begin anew what was stopped
    #[arg(long)]
    pub force: bool,
    /// Go on with what was stopped; all other options as before
    #[arg(long)]
    pub resume: bool,
    /// Fetch each single submission, for the fields that lists do not carry
    #[arg(long)]
    pub detail: bool,
    /// Days fetched side by side; needs from: and to:
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=16))]
    pub jobs: u16,
    /// Columns of a CSV: JSON paths with commas between them.
    #[arg(
        long,
        value_name = "PATHS",
        help = "Columns of a CSV: paths with commas between them, such as submission_id,kyc.attempts[0].retryCode"
    )]
    pub columns: Option<String>,
    /// What it asks.
    #[command(flatten)]
    pub choice: Choice,
}

/// Exports, and gives the exit code.
#[must_use]
pub fn run(export: &Export, options: &Options, environment: &Environment) -> ExitCode {
    match begin(export, options, environment) {
        Ok((origin, job)) => ended(runtime::run_cli(origin, |client| work::run(client, job))),
        Err(code) => code,
    }
}

/// A sentence about wrong use.
fn refused(sentence: &str) -> ExitCode {
    out::talk(&format!("argos-review: {sentence}"));
    ExitCode::from(WRONG_USE)
}

fn begin(export: &Export, options: &Options, environment: &Environment) -> Result<(Origin, Job), ExitCode> {
    let format = format(export).ok_or_else(|| {
        refused("the ending of the file tells no format: end it in .ndjson or .csv, or say --output ndjson or csv")
    })?;
    let columns = columns(export, format).map_err(refused)?;
    let Chosen { origin, today, preferences } = export.choice.resolve("export", options, environment)?;
    let mask = preferences.mask.value;
    let stdout = export.out.as_os_str() == "-";
    if stdout && (export.resume || export.force) {
        return Err(refused("--resume and --force are for files, not for standard output"));
    }
    let found = if stdout {
        None
    } else {
        target::find(&export.out, export.force, export.resume).map_err(|it| refused(&it))?
    };
    // Relative dates of an export that goes on count from the day that it began.
    let today = found.as_ref().and_then(|record| record.plan.today.parse::<Date>().ok()).unwrap_or(today);
    let query = Query::parse(&export.filter.join(" "), today);
    if !query.problems().is_empty() {
        for problem in query.problems() {
            out::talk(&format!("argos-review: the filter is wrong: {}", problem.reason.as_str()));
        }
        return Err(ExitCode::from(WRONG_USE));
    }
    let parts = parts(query.params(), export.jobs).map_err(refused)?;
    let salt = found.as_ref().map_or_else(record::salt, |record| record.key.clone());
    let (host, fingerprint) = record::source(&origin, &salt);
    let plan = Plan {
        query: query.lasting(),
        today: today.to_string(),
        mask: mask.label().to_owned(),
        format: format.word().to_owned(),
        columns,
        detail: export.detail,
        jobs: export.jobs,
        host,
        fingerprint,
    };
    if let Some(other) = found.as_ref().and_then(|record| plan.differs(&record.plan)) {
        return Err(refused(&format!(
            "the stopped export was begun with {other}: call it as before, or begin anew with --force"
        )));
    }
    if mask != Mask::None {
        out::talk(&format!("Values are masked ({}); --mask none writes them as they came.", mask.label()));
    }
    let target = match (stdout, found) {
        (true, _) => Ok(Target::Stdout),
        (false, Some(record)) => Target::resume(&export.out, record, export.force, parts.len()),
        (false, None) => Target::create(&export.out, plan.clone(), salt, export.force),
    };
    let target = target.map_err(|sentence| refused(&sentence))?;
    Ok((origin, Job { query, parts, plan, mask, format, target }))
}

fn format(export: &Export) -> Option<Format> {
    let ending = export.out.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let named = export.output.clone().or(ending)?;
    Format::named(if named == "jsonl" { "ndjson" } else { &named })
}

fn columns(export: &Export, format: Format) -> Result<Vec<String>, &'static str> {
    match (&export.columns, format) {
        (None, Format::Ndjson) => Ok(Vec::new()),
        (None, Format::Csv) => Ok(COLUMNS.map(str::to_owned).to_vec()),
        (Some(_), Format::Ndjson) => Err("--columns is for CSV; NDJSON holds the whole submission"),
        (Some(list), Format::Csv) => {
            output::columns(list).ok_or("--columns takes paths such as kyc.result, with commas between them")
        }
    }
}

/// What is asked for, one walk after the other, newest day first.
fn parts(params: &Params, jobs: u16) -> Result<Vec<Params>, &'static str> {
    if jobs == 1 {
        return Ok(vec![params.clone()]);
    }
    let (Some(start), Some(end)) = (params.start_date, params.end_date) else {
        return Err("--jobs splits a range into days: the filter needs from: and to:");
    };
    let days = std::iter::successors(Some(end), |day| day.yesterday().ok()).take_while(|day| *day >= start);
    let parts: Vec<Params> = days
        .take(MOST_DAYS + 1)
        .map(|day| Params { start_date: Some(day), end_date: Some(day), ..params.clone() })
        .collect();
    match parts.len() {
        0 => Err("the range ends before it begins"),
        days if days > MOST_DAYS => Err("--jobs takes a range of 10,000 days at most"),
        _ => Ok(parts),
    }
}

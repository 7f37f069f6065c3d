//! `export`: writes every submission of a query to a file or stream, see [`crate::export`].

mod ending;
mod progress;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::csv_columns;
use super::exit::exit_code_of;
use super::filter::FilterArgs;
use super::parts::WithArgs;
use super::{OutputFormat, ResolvedSource, SourceArgs, WRONG_USE, filter, standard_output};
use crate::config::{Environment, GlobalOptions};
use crate::export::{self, ExportFiles, ExportJob, ExportPlan, ExportTarget, TargetRefusal, TargetState};
use crate::output::{COLUMNS, LineFormat};
use crate::private_file::FileKind;
use crate::query::Params;
use crate::runtime::SourceConfig;
use crate::submission::row::column_names;
use crate::text::Mask;

const EXAMPLES: &str = "\
Examples:
  argos-review export --demo --out people.csv
  argos-review export 'from:-30d status:rejected' --out rejected.ndjson --detail
  argos-review export 'from:-30d aml:red-flag' --out flags.ndjson --with aml
  argos-review export 'from:2026-01-01 to:2026-06-30' --out half.csv --jobs 4
  argos-review export 'from:-1d' --out - --output ndjson --mask none | jq .kyc.result

With --with, a row is the list record with the members that the parts added; a block that both have,
such as kyc, holds the members of both, and of a value that differs the newer is written.

With --view, the rows are in the order of the server, not in that of the view.

A stopped export leaves FILE.partial and FILE.resume; the same call with --resume continues it.

Exit codes: 0 complete; 1 nothing received; 2 wrong arguments; 3 partial, or rows lack a part that
--with names.";

/// Largest number of days in the filter's range of dates for an export to a stream with `--jobs`. Such an export
/// fetches each day separately.
const MAX_DAYS: usize = 10_000;

/// Arguments of `export`.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ExportArgs {
    /// The filter and the saved view that choose the submissions.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// File to write, .ndjson or .csv; - is stdout; a device, a pipe or a socket is written directly
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Output format, whatever the name of the file
    #[arg(long, value_name = "FORMAT", value_parser = OutputFormat::parser_for(&[OutputFormat::Ndjson, OutputFormat::Csv]))]
    pub output: Option<OutputFormat>,
    /// Replace an existing file, and start a stopped export over
    #[arg(long)]
    pub force: bool,
    /// Continue a stopped export; use the same options as before
    #[arg(long)]
    pub resume: bool,
    /// Parts (groups of fields, such as `aml`) to fetch too and to join to the list data.
    #[command(flatten)]
    pub with: WithArgs,
    /// Fetch each full record, for fields that lists leave out (one request per submission)
    #[arg(long)]
    pub detail: bool,
    /// Leave out unreadable items instead of writing them as sent
    #[arg(long)]
    pub readable_only: bool,
    /// Fetch N ranges of days at the same time; needs from: and to: in the filter
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=16))]
    pub jobs: u16,
    /// Columns of a CSV, with commas between them.
    #[arg(long, value_name = "A,B,…", help = columns_help())]
    pub columns: Option<String>,
    /// Write the CSV for a spreadsheet: byte order mark, long numbers as text
    #[arg(long)]
    pub excel: bool,
    /// The server or file from which the submissions come.
    #[command(flatten)]
    pub choice: SourceArgs,
}

/// Returns the help text of the option `--columns`, with the names of all columns.
fn columns_help() -> String {
    let names = column_names::keys();
    format!("Columns of a CSV, separated by commas: names ({names}) or any path, as in id,kyc.attempts[0].retryCode")
}

impl ExportArgs {
    /// Returns whether the export writes to standard output.
    pub(super) fn prints(&self) -> bool {
        self.out.as_os_str() == "-" || matches!(FileKind::of(&self.out), Ok(FileKind::Descriptor(1)))
    }
}

/// Exports the submissions of a query to a file or stream, and returns the exit code.
#[must_use]
pub fn run(export: &ExportArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    match begin(export, options, environment) {
        Ok((origin, job)) => exit_code_of(super::source::run_with_source(origin, |source| ending::run(source, job))),
        Err(code) => code,
    }
}

/// Prints `sentence`, which says what is wrong with the command line, and returns the exit code for wrong use (2).
fn refused(sentence: &str) -> ExitCode {
    standard_output::eprint(&format!("argos-review: {sentence}"));
    ExitCode::from(WRONG_USE)
}

fn begin(
    export: &ExportArgs,
    options: &GlobalOptions,
    environment: &Environment,
) -> Result<(SourceConfig, ExportJob), ExitCode> {
    let format = format(export).ok_or_else(|| {
        refused("the format is unknown: name the file .ndjson or .csv, or use --output ndjson or csv")
    })?;
    let columns = columns(export, format).map_err(|wrong| refused(&wrong))?;
    let format = format.excel(export.excel).ok_or_else(|| refused("--excel works with CSV only"))?;
    // This comes before anything is opened: a descriptor's number must mean what it meant when the process started.
    let place = export::find(&export.out, export.force, export.resume).map_err(|it| refused(&it.to_string()))?;
    let source = export.choice.resolve("export", options, environment)?;
    source.refuse_requests(&[
        ("--detail", export.detail),
        ("--with", !export.with.with.is_empty()),
        ("--jobs", export.jobs > 1),
    ])?;
    let is_offline = source.is_offline();
    let ResolvedSource { origin, today, preferences } = source;
    let mask = preferences.mask.value;
    let begun = match &place {
        TargetState::Stopped(stopped) => Some(stopped.record.clone()),
        TargetState::New | TargetState::Stream(_) => None,
    };
    // A resumed export counts relative dates from the day of its start.
    let today = begun.as_ref().and_then(|record| record.plan.today.parse::<Date>().ok()).unwrap_or(today);
    let chosen = export.filter.choose(options, environment, today)?;
    let query = filter::parse(&chosen.text, today, is_offline)?;
    // `--columns` wins over the columns of the view, and NDJSON has every field.
    let columns = match chosen.columns().filter(|_| export.columns.is_none() && format != LineFormat::Ndjson) {
        Some(list) => csv_columns::columns(&list).map_err(|wrong| refused(&wrong))?,
        None => columns,
    };
    let is_stream = matches!(place, TargetState::Stream(_));
    let parts = split_into_parts(query.params(), export.jobs, is_stream).map_err(refused)?;
    let salt = begun.as_ref().map_or_else(export::random_key, |record| record.key.clone());
    let source = origin.export_source();
    source.check_kept(&export.out).map_err(|refusal| refused(&refusal.to_string()))?;
    let plan = ExportPlan {
        query: query.with_absolute_dates(),
        today: today.to_string(),
        mask: mask.label().to_owned(),
        format: format.word().to_owned(),
        columns,
        detail: export.detail,
        with: export.with.parts(&query)?.words(),
        readable_only: export.readable_only,
        jobs: export.jobs,
        fingerprint: source.fingerprint(&salt),
        host: source.host,
    };
    if let Some(other) = begun.as_ref().and_then(|record| plan.differs(&record.plan)) {
        return Err(refused(&format!(
            "the stopped export was started with {other}: use the same call, or start over with --force"
        )));
    }
    if mask != Mask::None {
        standard_output::eprint(&format!("Values are masked ({}); --mask none writes them as sent.", mask.label()));
    }
    query.unsearched(mask).into_iter().for_each(standard_output::eprint);
    let target = match place {
        TargetState::Stream(stream) => Ok(ExportTarget::Stream(stream)),
        TargetState::Stopped(stopped) => {
            stopped.resume(export.force).map(ExportTarget::from).map_err(TargetRefusal::from)
        }
        TargetState::New => ExportFiles::create(&export.out, plan.clone(), salt, export.force)
            .map(|files| ExportTarget::File(Box::new(files))),
    };
    let target = target.map_err(|refusal| refused(&refusal.to_string()))?;
    Ok((origin, ExportJob { query, parts, plan, mask, format, target }))
}

fn format(export: &ExportArgs) -> Option<LineFormat> {
    let ending = || export.out.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let of_ending = || match ending()?.as_str() {
        "ndjson" | "jsonl" => Some(OutputFormat::Ndjson),
        "csv" => Some(OutputFormat::Csv),
        _ => None,
    };
    match export.output.or_else(of_ending)? {
        OutputFormat::Csv => Some(LineFormat::Csv),
        _ => Some(LineFormat::Ndjson),
    }
}

fn columns(export: &ExportArgs, format: LineFormat) -> Result<Vec<String>, String> {
    match (&export.columns, format) {
        (None, LineFormat::Ndjson) => Ok(Vec::new()),
        (None, LineFormat::Csv | LineFormat::ExcelCsv) => Ok(COLUMNS.map(str::to_owned).to_vec()),
        (Some(_), LineFormat::Ndjson) => {
            Err("--columns works with CSV only; NDJSON has the whole submission".to_owned())
        }
        (Some(list), LineFormat::Csv | LineFormat::ExcelCsv) => csv_columns::columns(list),
    }
}

/// Splits a query into the queries that an export fetches separately. Returns the query parameters of each. `params`
/// are the query parameters of the whole query, and `jobs` is the value of the option `--jobs`.
///
/// For a stream (`is_stream`) and several jobs, each query is one day, newest day first. Otherwise the whole query is
/// returned; the export to a file divides it later. The error is a sentence for the user.
fn split_into_parts(params: &Params, jobs: u16, is_stream: bool) -> Result<Vec<Params>, &'static str> {
    if jobs == 1 {
        return Ok(vec![params.clone()]);
    }
    let (Some(start), Some(end)) = (params.start_date, params.end_date) else {
        return Err("--jobs divides a range of days: add from: and to: to the filter");
    };
    if end < start {
        return Err("the range ends before it begins");
    }
    if !is_stream {
        return Ok(vec![params.clone()]);
    }
    let days = std::iter::successors(Some(end), |day| day.yesterday().ok()).take_while(|day| *day >= start);
    let parts: Vec<Params> = days
        .take(MAX_DAYS + 1)
        .map(|day| Params { start_date: Some(day), end_date: Some(day), ..params.clone() })
        .collect();
    if parts.len() > MAX_DAYS { Err("--jobs writes at most 10,000 days to a stream") } else { Ok(parts) }
}

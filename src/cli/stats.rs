//! The command `stats`: counts the submissions that match a filter. Only the counts are kept in memory, not the
//! submissions.

mod report;
mod step;
mod tally;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::rc::Rc;

use clap::Args;
use tokio::sync::Semaphore;

use super::exit::exit_code_of;
use super::exit::{DONE, NOTHING, PARTIAL};
use super::filter::FilterArgs;
use super::parts::{self, WithArgs};
use super::source::SourceArgs;
use super::{OutputFormat, filter, standard_output};
use crate::api::Item;
use crate::config::{Environment, GlobalOptions};
use crate::failure::Waiting;
use crate::offline::RecordSource;
use crate::query::{Query, Verdict};
use crate::store::End;
use crate::submission::Document;
use crate::submission::row::NO_ROW;
use crate::walk::{
    IdDigests, ItemSource, MAX_PARALLEL_RECORDS, RequestCounts, SubmissionWalk, WalkContext, WalkStep, WalkedItem,
};
use tally::StatsCounts;

/// Number of consecutive failed requests for full records after which the fetching stops. Further requests would
/// probably fail as well.
const MAX_FAILURES: usize = 10;

/// Arguments of `stats`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
#[command(after_help = "\
Without --with and --detail, list data is counted, and fields that lists leave out are \"not in
list data\", with the option that fetches them and its number of requests. A submission without a
field counts as \"not fetched\" in list data, and as \"empty\" in a full record. Exit code 3 also
means that a full record or a part could not be loaded.

Examples:
  argos-review stats --demo --detail         the invented people of the demo
  argos-review stats 'from:-7d' --with aml   the last seven days, also by AML
  argos-review stats 'from:-7d' --detail     the same, also by all else (a request per submission)
  argos-review stats 'status:rejected' --output json | jq .groups.reject_code")]
pub struct StatsArgs {
    /// Words of a filter, or the name of a saved view, that choose the submissions.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Parts of the submissions (groups of fields such as `aml`) to fetch and to join to the list data.
    #[command(flatten)]
    pub with: WithArgs,
    /// Fetch each full record that may match: adds retry codes, AML, capture types, seconds per step
    #[arg(long)]
    pub detail: bool,
    /// Stop after N submissions of the list
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = OutputFormat::parser_for(&[OutputFormat::Table, OutputFormat::Json]))]
    pub output: OutputFormat,
    /// The source of the submissions.
    #[command(flatten)]
    pub choice: SourceArgs,
}

/// Runs the command `stats` with the arguments `call`: counts the submissions that match the filter, prints the counts
/// and returns the exit code.
#[must_use]
pub fn run(call: &StatsArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let chosen = match call.choice.resolve("stats", options, environment) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    let needs = [("--detail", call.detail), ("--with", !call.with.with.is_empty())];
    if let Err(code) = chosen.refuse_requests(&needs) {
        return code;
    }
    let filter = match call.filter.choose(options, environment, chosen.today) {
        Ok(filter) => filter,
        Err(code) => return code,
    };
    let query = match filter::parse(&filter.text, chosen.today, chosen.is_offline()) {
        Ok(query) => query,
        Err(code) => return code,
    };
    let with = match call.with.parts(&query) {
        Ok(with) => with,
        Err(code) => return code,
    };
    let mask = chosen.preferences.mask.value;
    query.unsearched(mask).into_iter().for_each(standard_output::eprint);
    exit_code_of(super::source::run_with_source(chosen.origin, |source| async move {
        let mut counts = StatsCounts::new(call.detail, with, mask);
        counts.is_offline = source.is_file();
        let end = count(&source, &query, &mut counts, call.limit.map(|limit| limit as usize)).await;
        print(&counts, &end, &query, call.output)
    }))
}

/// Prints the counts of the submissions of `query`, and returns the exit code. `end` says why the fetching of pages
/// ended. If the fetching failed before any submission was loaded, only a message is printed.
fn print(counts: &StatsCounts, end: &End, query: &Query, output: OutputFormat) -> u8 {
    let complete = *end == End::Complete;
    if !complete && counts.loaded == 0 {
        standard_output::eprint(&format!("argos-review: {}", end.scope(0, None).as_str()));
        return NOTHING;
    }
    let (local, allows_parts) = (query.has_local(), query.allows_parts());
    let scope = end.scope(counts.loaded, local.then_some(counts.shown));
    let text = match output {
        OutputFormat::Json => report::json(counts, end, &scope, local, allows_parts),
        _ => report::table(counts, &scope, allows_parts),
    };
    match standard_output::write_bytes(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => DONE,
        Err(error) => {
            standard_output::eprint(&format!("argos-review: the output cannot be written: {error}"));
            NOTHING
        }
        _ if complete && counts.failed == 0 && counts.omitted.is_none() && !counts.is_part_stopped => DONE,
        _ => PARTIAL,
    }
}

/// Fetches the submissions that match `query`, adds them to `counts`, and returns why the fetching ended. `limit` is
/// the largest number of submissions to load; `None` loads all.
async fn count(source: &RecordSource, query: &Query, counts: &mut StatsCounts, limit: Option<usize>) -> End {
    let on_wait = |waiting: &Waiting| {
        StatsProgress::clear();
        standard_output::print_retry_wait(waiting);
    };
    let requests = Rc::new(RequestCounts::default());
    let context = WalkContext {
        source,
        query,
        mask: counts.mask,
        with: counts.with,
        record_permits: counts.detail.then(|| Rc::new(Semaphore::new(MAX_PARALLEL_RECORDS))),
        max_failures: MAX_FAILURES,
        keeps_page: true,
        max_items: limit,
        fetches_all: limit.is_none(),
        on_wait: Rc::new(on_wait),
        requests: Rc::clone(&requests),
    };
    let mut walk = SubmissionWalk::new(context, query.params().clone(), None, IdDigests::default());
    let mut repaired = false;
    while let Some(step) = walk.next().await {
        match step {
            WalkStep::PageFailed(failure) => {
                StatsProgress::clear();
                standard_output::print_failure(&failure);
            }
            WalkStep::PartStopped(stop) => {
                StatsProgress::clear();
                parts::print_stopped_part(&stop);
                counts.is_part_stopped = true;
            }
            WalkStep::PageEnd(page) => {
                repaired |= page.repaired;
                StatsProgress::show(counts.loaded);
            }
            WalkStep::Found(found) => {
                repaired |= found.repaired;
                add(counts, query, &found);
            }
        }
    }
    StatsProgress::clear();
    counts.omitted.sentence().into_iter().for_each(|sentence| standard_output::eprint(&sentence));
    if counts.detail || !counts.with.is_empty() {
        standard_output::eprint(&requests.line());
    }
    if counts.gone > 0 {
        standard_output::print_gone_records(counts.gone);
    }
    counts.searched.line().into_iter().for_each(|line| standard_output::eprint(&line));
    counts.searched.columns_only().into_iter().for_each(standard_output::eprint);
    if repaired {
        standard_output::eprint(
            "argos-review: an answer was not valid JSON and was repaired; its numbers may be wrong",
        );
    }
    walk.end()
}

/// Adds one item that was fetched for `query` to the counts. The item is a submission or an unreadable entry of the
/// list.
fn add(counts: &mut StatsCounts, query: &Query, found: &WalkedItem) {
    match &found.found_in {
        ItemSource::List | ItemSource::FullRecord => {}
        ItemSource::ListButGone => counts.gone += 1,
        ItemSource::ListUnasked => counts.failed += 1,
        ItemSource::ListAfter(failure) => {
            if counts.failed == 0 {
                StatsProgress::clear();
                let reason = failure.line();
                standard_output::eprint(&format!("argos-review: a full record could not be loaded: {reason}"));
            }
            counts.failed += 1;
        }
    }
    let row = match &found.item {
        Item::Readable { row, .. } => row,
        Item::Unreadable { .. } => {
            counts.unreadable += 1;
            &NO_ROW
        }
    };
    counts.loaded += 1;
    counts.searched.add(query, row);
    counts.omitted.add(found);
    if found.item.id().is_some()
        && let Some(lacking) = query.lacking(row, counts.mask)
    {
        counts.missing_parts.add(lacking, found.joined.with(found.omitted), found.page);
    }
    match found.verdict {
        Verdict::Shown => {
            counts.shown += 1;
            counts.add_submission(
                row,
                &Document::parse(found.item.raw(), matches!(found.found_in, ItemSource::FullRecord)),
            );
        }
        Verdict::Undecided => counts.undecided += 1,
        Verdict::Hidden => {}
    }
}

/// The progress line of `stats` on stderr. The line is written only if stderr is a terminal.
struct StatsProgress;

impl StatsProgress {
    fn show(loaded: usize) {
        Self::write(&format!("\r{loaded} loaded …\x1b[K"));
    }

    fn clear() {
        Self::write("\r\x1b[K");
    }

    fn write(text: &str) {
        let mut stderr = io::stderr().lock();
        if stderr.is_terminal() {
            let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
        }
    }
}

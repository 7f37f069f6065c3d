//! `stats`: counts of what a query brings. Nothing of a submission is kept but the counts.

mod report;
mod step;
mod tally;

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use bytes::Bytes;
use clap::{Args, ValueEnum};
use futures_util::{StreamExt, stream};

use super::exit::{DONE, NOTHING, PARTIAL};
use super::origin::Choice;
use super::{LARGE, filter, open, out};
use crate::api::{Client, Item, Single};
use crate::config::{Environment, Options};
use crate::failure::{Failure, Kind, Waiting};
use crate::query::{Query, Verdict};
use crate::store::{End, Stop, Stream};
use crate::submission::row::Row;
use crate::submission::{Document, classes_together};
use crate::text::Safe;
use tally::Counts;

/// Single submissions that are asked for at the same time.
const AT_ONCE: usize = 4;
/// Single submissions in a row that could not be had, after which the walk stops: the next ones fail as well.
const MOST_FAILED: usize = 10;

/// What is to be counted, and how it is printed.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
#[command(after_help = "\
Without --detail the counts are of what the list answers carry; what they leave out is said to be
\"not in the list answer\". A submission that lacks a field is \"not fetched\" where only the
list was asked, and \"empty\" where the whole submission was. Seconds are cut to whole ones,
above an hour to three digits. Exit code 3 also when a single submission could not be had.

Examples:
  argos-review stats --demo --detail         the invented people of the demo
  argos-review stats 'from:-7d' --detail     the last seven days, also by AML and retries
  argos-review stats 'status:rejected' --output json | jq .groups.reject_code")]
pub struct Call {
    /// What to count, in the language of the filter bar, such as 'from:-7d status:pending'
    #[arg(value_name = "FILTER")]
    pub filter: Option<String>,
    /// Fetch each single submission that the filter may show: retry codes, AML, capture types, seconds per step
    #[arg(long)]
    pub detail: bool,
    /// Stop after so many submissions of the list
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// How to print the counts
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Output::Table)]
    pub output: Output,
    /// Whom to ask.
    #[command(flatten)]
    pub choice: Choice,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people
    Table,
    /// For programs
    Json,
}

/// Counts, prints and gives the exit code.
#[must_use]
pub fn run(call: &Call, options: &Options, environment: &Environment) -> ExitCode {
    let chosen = match call.choice.resolve("stats", options, environment) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    let query = match filter::read(call.filter.as_deref().unwrap_or_default(), chosen.today) {
        Ok(query) => query,
        Err(code) => return code,
    };
    let mask = chosen.preferences.mask.value;
    query.unsearched(mask).into_iter().for_each(out::talk);
    open::ended(super::origin::call(chosen.origin, |client| async move {
        let mut walk = Walk { counts: Counts::new(call.detail, mask), query, failed: 0, mended: false, stop: None };
        let end = walk.count(&client, call.limit.map(|limit| limit as usize)).await;
        print(&walk.counts, &end, walk.query.has_local(), call.output)
    }))
}

/// Prints the counts, if anything came.
fn print(counts: &Counts, end: &End, local: bool, output: Output) -> u8 {
    let complete = *end == End::Complete;
    if !complete && counts.loaded == 0 {
        out::talk(&format!("argos-review: {}", end.scope(0, None).as_str()));
        return NOTHING;
    }
    let scope = end.scope(counts.loaded, local.then_some(counts.shown));
    let text = match output {
        Output::Table => report::table(counts, &scope),
        Output::Json => report::json(counts, end, &scope, local),
    };
    match out::data(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => DONE,
        Err(error) => {
            out::talk(&format!("argos-review: the output cannot be written: {error}"));
            NOTHING
        }
        _ if complete && counts.failed == 0 => DONE,
        _ => PARTIAL,
    }
}

/// A walk that counts what it meets.
struct Walk {
    counts: Counts,
    query: Query,
    /// Single submissions in a row that could not be had.
    failed: usize,
    /// Some answer was no valid JSON and has been mended.
    mended: bool,
    /// Why the walk ended before the cursor did, for a reason that is not the cursor's.
    stop: Option<Stop>,
}

/// What is known of one submission.
struct Known {
    row: Box<Row>,
    raw: Bytes,
    whole: bool,
    /// The single answer was no valid JSON and has been mended.
    mended: bool,
    failure: Option<Failure>,
}

impl Walk {
    async fn count(&mut self, client: &Client, limit: Option<usize>) -> End {
        let mut pages = Stream::new(client, self.query.params().clone());
        while self.stop.is_none() {
            let mut batch = match pages.next(|waiting| wait(&waiting)).await {
                None => break,
                Some(Ok(batch)) => batch,
                Some(Err(error)) => {
                    Progress::clear();
                    out::talk(&format!("argos-review: {}", Failure::from(&error).line().as_str()));
                    break;
                }
            };
            self.mended |= batch.mended;
            let room = limit.map_or(usize::MAX, |limit| limit - self.counts.loaded);
            if let Some(limit) = limit.filter(|_| batch.items.len() > room) {
                batch.items.truncate(room);
                self.stop = Some(Stop::Cap(limit));
            }
            self.take(client, batch.items).await;
            if let Some(limit) = limit.filter(|limit| self.counts.loaded >= *limit) {
                pages.stop(Stop::Cap(limit));
            }
            Progress::tell(self.counts.loaded);
        }
        Progress::clear();
        if self.mended {
            out::talk("argos-review: an answer was no valid JSON and has been mended; its numbers may be off");
        }
        self.stop.take().map_or_else(|| pages.end().clone(), End::Stopped)
    }

    /// Counts the items of a page, each as a single submission if that is asked for.
    async fn take(&mut self, client: &Client, items: Vec<Item>) {
        let mut asked = Vec::new();
        for item in items {
            match item {
                Item::Unreadable { raw, .. } => {
                    self.counts.unreadable += 1;
                    self.add(Known { row: Box::default(), raw, whole: false, mended: false, failure: None });
                }
                Item::Readable { id, raw, row } => {
                    let known = Known { row, raw, whole: false, mended: false, failure: None };
                    // What the list's answer hides already is not worth a request.
                    if self.counts.detail && self.query.judge(&known.row, self.counts.mask) != Verdict::Hidden {
                        asked.push((id, known));
                    } else {
                        self.add(known);
                    }
                }
            }
        }
        // Of several that wait at the same time one is heard. In the order of the list, so that the same answers give the
        // same counts also where the walk stops.
        let told = Cell::new(false);
        let tell = |waiting: &Waiting| {
            if !told.replace(true) {
                wait(waiting);
            }
        };
        let mut singles =
            stream::iter(asked).map(|(id, known)| single(client, id, known, LARGE, tell)).buffered(AT_ONCE);
        while let Some((known, large)) = singles.next().await {
            let known = match large {
                Some(id) => single(client, id, known, usize::MAX, tell).await.0,
                None => known,
            };
            self.note(known.failure.as_ref());
            self.mended |= known.mended;
            self.add(known);
            if self.stop.is_some() {
                break;
            }
        }
    }

    /// Takes note of whether a single submission could be had, and of whether further ones are worth a request.
    fn note(&mut self, failure: Option<&Failure>) {
        let Some(failure) = failure else {
            self.failed = 0;
            return;
        };
        self.failed += 1;
        if self.counts.failed == 0 {
            Progress::clear();
            out::talk(&format!("argos-review: a single submission could not be had: {}", failure.line().as_str()));
        }
        self.counts.failed += 1;
        let same_for_all = matches!(failure.kind, Kind::Key | Kind::BlockedAddress | Kind::QuotaUsedUp | Kind::Proxy);
        if same_for_all || self.failed >= MOST_FAILED {
            self.stop = Some(Stop::Failed(Safe::word(failure.kind.short())));
        }
    }

    fn add(&mut self, known: Known) {
        self.counts.loaded += 1;
        match self.query.judge(&known.row, self.counts.mask) {
            Verdict::Shown => {
                self.counts.shown += 1;
                self.counts.take(&known.row, &Document::open(&known.raw, known.whole));
            }
            Verdict::Undecided => self.counts.undecided += 1,
            Verdict::Hidden => {}
        }
    }
}

/// The single submission in the place of what the list said of it; the latter where the former cannot be had. One of more
/// than `most` bytes is given back by its id, to be fetched once more when nothing waits beside it.
async fn single(
    client: &Client,
    id: Box<str>,
    known: Known,
    most: usize,
    tell: impl Fn(&Waiting),
) -> (Known, Option<Box<str>>) {
    let single = client.patiently(|| client.single(&id), |waiting| tell(&waiting)).await;
    let mended = matches!(single, Ok(Single::Mended(_)));
    let known = match single {
        Ok(Single::Found(item) | Single::Mended(item)) if item.raw().len() > most => return (known, Some(id)),
        Ok(Single::Found(Item::Readable { row, raw, .. }) | Single::Mended(Item::Readable { row, raw, .. })) => {
            let row = Row::merged(&row, &known.row).reclassed(classes_together(&known.raw, &raw));
            Known { row: Box::new(row), raw, whole: true, mended, failure: None }
        }
        Ok(_) => Known { failure: Some(gone()), ..known },
        Err(error) => Known { failure: Some(Failure::from(&error)), ..known },
    };
    (known, None)
}

/// The list names it, and the service does not know it.
fn gone() -> Failure {
    Failure {
        kind: Kind::WrongShape,
        sentence: Safe::word("The service does not know a submission that its list names."),
        advice: Safe::word("Try again: it may have been deleted meanwhile."),
    }
}

fn wait(waiting: &Waiting) {
    Progress::clear();
    let Waiting { failure, time, next, most } = waiting;
    let seconds = time.as_secs_f64();
    out::talk(&format!("argos-review: {} Try {next} of {most} in {seconds:.1} s.", failure.sentence.as_str()));
}

/// The line that tells eyes how far the walk came. It stands on stderr, and only where that is a terminal.
struct Progress;

impl Progress {
    fn tell(loaded: usize) {
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

//! The work of `list`: fetches page after page, prints the rows that match the filter, and prints a summary.

use std::io;
use std::rc::Rc;

use tokio::sync::Semaphore;

use super::list_output::ListOutput;
use crate::api::Item;
use crate::cli::exit::{NOTHING, PARTIAL};
use crate::cli::parts;
use crate::cli::standard_output;
use crate::offline::RecordSource;
use crate::query::{MissingParts, PartSet, Query, SearchedRows, Verdict, lacking};
use crate::store::{End, Sort, Stop};
use crate::submission::row::{Column, NO_ROW, Row};
use crate::text::{Mask, counted};
use crate::walk::{
    IdDigests, ItemSource, MAX_PARALLEL_RECORDS, OmittedParts, RequestCounts, SubmissionWalk, WalkContext, WalkStep,
    WalkedItem,
};

/// Number of failed requests for full records, one directly after the other, after which the fetching stops. Further
/// requests would probably fail as well.
const MAX_FAILURES: usize = 3;

/// The query and the options of a `list` call.
pub(super) struct ListPlan {
    pub(super) query: Query,
    pub(super) mask: Mask,
    pub(super) all: bool,
    pub(super) with: PartSet,
    pub(super) detail: bool,
    /// Whether the submissions come from a file, so that nothing can be fetched.
    pub(super) is_offline: bool,
    pub(super) sort: Option<Sort>,
    pub(super) limit: Option<u32>,
}

impl ListPlan {
    /// Returns whether the command `list` loads all pages. It does with the option `--all`, and always for a file,
    /// which takes no request.
    const fn reads_all(&self) -> bool {
        self.all || self.is_offline
    }
}

/// State of a `list` call: its output and its counts so far.
struct ListRun<'p> {
    plan: &'p ListPlan,
    list_output: ListOutput,
    /// With `--sort`: the items that match the query, kept until the last item is loaded, then sorted and printed.
    kept_for_sort: Vec<Item>,
    loaded: usize,
    shown: usize,
    /// For each term of the query: number of rows for which the term is undecided, because the rows lack a field.
    unknown: Vec<usize>,
    /// Counts of the rows in which the search texts of the query were searched.
    searched: SearchedRows,
    /// The parts (groups of fields, such as `aml`) that printed and undecided rows lack, although a term or a column
    /// needs them.
    missing_parts: MissingParts,
    /// The columns that the user chose to print or to sort by. Each has the number of matching rows in which its value
    /// was not fetched.
    unfetched: Vec<(Column, usize)>,
    omitted: OmittedParts,
    /// Whether the fetching of a part (option `--with`) stopped before all rows had it.
    is_part_stopped: bool,
    /// Number of full records that are missing because of a failure: their request failed, or was not sent after such
    /// failures.
    lacking: usize,
    /// Number of submissions that the list contains, but for which the service answers that they do not exist.
    missing: usize,
    /// Number of matching items that cannot be read as submissions.
    unreadable: usize,
    /// Whether an answer of the service was not valid JSON and was repaired.
    repaired: bool,
}

/// Runs the command `list`: fetches the submissions of the query in `plan` from `source`, page by page. Prints them
/// through `list_output`, prints a summary, and returns the exit code.
pub(super) async fn walk(source: &RecordSource, plan: &ListPlan, list_output: ListOutput) -> u8 {
    let columns = list_output.chosen().iter().copied().chain(plan.sort.map(|sort| sort.column));
    let mut unfetched: Vec<(Column, usize)> = columns.map(|column| (column, 0)).collect();
    unfetched.sort_unstable();
    unfetched.dedup();
    let mut walked = ListRun {
        plan,
        list_output,
        kept_for_sort: Vec::new(),
        loaded: 0,
        shown: 0,
        unknown: vec![0; plan.query.terms().len()],
        searched: SearchedRows::default(),
        missing_parts: MissingParts::default(),
        unfetched,
        omitted: OmittedParts::default(),
        is_part_stopped: false,
        lacking: 0,
        missing: 0,
        unreadable: 0,
        repaired: false,
    };
    let requests = Rc::new(RequestCounts::default());
    let context = WalkContext {
        source,
        query: &plan.query,
        mask: plan.mask,
        with: plan.with,
        record_permits: plan.detail.then(|| Rc::new(Semaphore::new(MAX_PARALLEL_RECORDS))),
        max_failures: MAX_FAILURES,
        keeps_page: true,
        max_items: None,
        fetches_all: plan.all && plan.limit.is_none(),
        on_wait: Rc::new(standard_output::print_retry_wait),
        requests: Rc::clone(&requests),
    };
    let mut walk = SubmissionWalk::new(context, plan.query.params().clone(), None, IdDigests::default());
    let mut came = false;
    let mut full = None;
    while let Some(step) = walk.next().await {
        let is_page_end = matches!(step, WalkStep::PageEnd(_));
        came |= !matches!(step, WalkStep::PageFailed(_));
        let taken = match step {
            WalkStep::PartStopped(stop) => {
                parts::print_stopped_part(&stop);
                walked.is_part_stopped = true;
                Ok(())
            }
            WalkStep::PageFailed(failure) => {
                standard_output::print_failure(&failure);
                break;
            }
            WalkStep::Found(_) if walked.is_full() => {
                full = plan.limit;
                break;
            }
            WalkStep::Found(found) => walked.add_item(found, matches!(walk.end(), End::Stopped(Stop::Failed(_)))),
            WalkStep::PageEnd(page) => {
                walked.repaired |= page.repaired;
                full = plan.limit.filter(|_| plan.reads_all() && page.end == End::More && walked.is_full());
                walked.list_output.flush()
            }
        };
        if let Err(error) = taken {
            return standard_output::exit_status(Err(error));
        }
        if full.is_some() || (is_page_end && !plan.reads_all()) {
            break;
        }
    }
    if !came {
        return NOTHING;
    }
    if let Err(error) = walked.finish() {
        return standard_output::exit_status(Err(error));
    }
    let end = full.map_or_else(|| walk.end(), |limit| End::Stopped(Stop::Cap(limit as usize)));
    walked.print_summary(&end);
    if plan.detail || !plan.with.is_empty() {
        standard_output::eprint(&requests.line());
    }
    let is_cut = matches!(end, End::Stopped(Stop::LongPage(_) | Stop::FileInPart(_)));
    let lacks_parts = walked.is_part_stopped || !walked.omitted.is_none();
    let partial = walked.lacking > 0 || lacks_parts || is_cut || (plan.all && end != End::Complete);
    if partial { PARTIAL } else { 0 }
}

impl ListRun<'_> {
    /// Returns whether as many rows are printed as the option `--limit` allows. With the option `--sort` the result is
    /// always `false`, because all rows must be loaded before the first row can be printed.
    fn is_full(&self) -> bool {
        self.plan.sort.is_none() && self.plan.limit.is_some_and(|limit| self.shown >= limit as usize)
    }

    /// Counts the fetched item `found`. An item that matches the query is printed now. With `--sort` it is kept
    /// instead, until all items are loaded.
    ///
    /// If the full record could not be loaded, prints the failure in two cases: it is the first one, or `is_last` is
    /// true because the fetching stops after this failure.
    fn add_item(&mut self, found: WalkedItem, is_last: bool) -> io::Result<()> {
        self.loaded += 1;
        self.repaired |= found.repaired;
        self.omitted.add(&found);
        self.note_missing(&found);
        match &found.found_in {
            ItemSource::List | ItemSource::FullRecord => {}
            ItemSource::ListButGone => self.missing += 1,
            ItemSource::ListUnasked => self.lacking += 1,
            ItemSource::ListAfter(failure) => {
                self.lacking += 1;
                if self.lacking == 1 || is_last {
                    standard_output::print_failure(failure);
                }
            }
        }
        let item = found.item;
        let row: &Row = if let Item::Readable { row, .. } = &item { row } else { &NO_ROW };
        self.searched.add(&self.plan.query, row);
        match found.verdict {
            Verdict::Hidden => {}
            Verdict::Undecided => {
                for term in self.plan.query.unknown_terms(row) {
                    if let Some(count) = self.unknown.get_mut(term) {
                        *count += 1;
                    }
                }
            }
            Verdict::Shown => {
                self.shown += 1;
                self.unreadable += usize::from(matches!(item, Item::Unreadable { .. }));
                if self.plan.sort.is_none() {
                    return self.list_output.write_item(&item);
                }
                self.kept_for_sort.push(item);
            }
        }
        Ok(())
    }

    /// Adds the parts (groups of fields) that the row of `found` lacks to `self.missing_parts`. The summary then names
    /// the option that fetches them. Only parts that are needed are added: those without which the filter cannot be
    /// decided, and those for columns that the user chose to print or to sort by.
    fn note_missing(&mut self, found: &WalkedItem) {
        let Item::Readable { row, .. } = &found.item else { return };
        let query = &self.plan.query;
        let Some(mut parts) = query.lacking(row, self.plan.mask) else { return };
        if found.verdict == Verdict::Shown {
            for (column, count) in &mut self.unfetched {
                let lacked = lacking(row, *column);
                *count += usize::from(!lacked.is_empty());
                parts = parts.with(lacked);
            }
        }
        self.missing_parts.add(parts, found.joined.with(found.omitted), found.page);
    }

    /// Prints the rows that were kept for `--sort`, in sorted order. Then prints the end of the output, such as the
    /// bracket of a JSON array.
    fn finish(&mut self) -> io::Result<()> {
        if let Some(sort) = self.plan.sort {
            self.kept_for_sort.sort_by_cached_key(|item| {
                sort.rank(if let Item::Readable { row, .. } = item { Some(&**row) } else { None })
            });
            let most = self.plan.limit.map_or(usize::MAX, |limit| limit as usize);
            for item in self.kept_for_sort.iter().take(most) {
                self.list_output.write_item(item)?;
            }
        }
        self.list_output.finish()
    }

    /// Prints a summary to stderr: how many submissions were loaded, and remarks, such as the number of unreadable
    /// items. `end` says why the fetching of pages ended.
    fn print_summary(&self, end: &End) {
        let query = &self.plan.query;
        let narrowed = query.has_local() || self.shown != self.loaded;
        standard_output::eprint(end.scope(self.loaded, narrowed.then_some(self.shown)).as_str());
        if let Some(limit) = self.plan.limit.filter(|limit| self.plan.sort.is_some() && (*limit as usize) < self.shown)
        {
            standard_output::eprint(&format!("printed: the first {limit} of {} matching", self.shown));
        }
        let unknown = query.terms().iter().zip(&self.unknown).filter(|(_, unknown)| **unknown > 0);
        let mut lines: Vec<String> =
            unknown.map(|(term, unknown)| term.unchecked_rows(*unknown, self.loaded)).collect();
        // Two terms may test the same field, as in `score<80 score>70`.
        lines.dedup();
        lines.iter().for_each(|line| standard_output::eprint(line));
        for (column, count) in self.unfetched.iter().filter(|(_, count)| *count > 0) {
            standard_output::eprint(&format!("{}: not fetched for {count} of {} shown", column.spec().key, self.shown));
        }
        self.searched.line().into_iter().for_each(|line| standard_output::eprint(&line));
        self.searched.columns_only().into_iter().for_each(standard_output::eprint);
        query.unsearched(self.plan.mask).into_iter().for_each(standard_output::eprint);
        let columns_without_field = self.list_output.columns_without_field();
        if !columns_without_field.is_empty() {
            let answer = if self.plan.is_offline {
                "any record of the file"
            } else if self.plan.detail || !self.plan.with.is_empty() {
                "any answer"
            } else {
                "list data"
            };
            standard_output::eprint(&format!("not in {answer}: {}", columns_without_field.join(", ")));
        }
        if !self.plan.detail && !self.plan.is_offline {
            let missing_parts = self.missing_parts.clone().with_all(PartSet::of_paths(columns_without_field));
            let of = if *end == End::Complete { String::new() } else { format!(" in the {} loaded", self.loaded) };
            let allows_parts = query.allows_parts();
            if let Some(option) = missing_parts.option(allows_parts) {
                standard_output::eprint(&format!("to fetch what is missing{of}: {option}"));
            }
        }
        if let Some(sentence) = self.omitted.sentence() {
            standard_output::eprint(&sentence);
        }
        if self.lacking > 0 {
            let records = counted(self.lacking, "full record");
            let rows = if self.lacking == 1 { "the row has" } else { "these rows have" };
            standard_output::eprint(&format!("{records} could not be loaded: {rows} list data only"));
        }
        if self.missing > 0 {
            standard_output::print_gone_records(self.missing);
        }
        if self.unreadable > 0 {
            standard_output::eprint(&format!("unreadable items, printed as sent: {}", self.unreadable));
        }
        if self.repaired {
            standard_output::print_repair_note();
        }
        if self.list_output.with_invisible() > 0 {
            standard_output::eprint(&format!(
                "rows with invisible characters, marked with !: {}",
                self.list_output.with_invisible()
            ));
        }
        if let Some(sentence) = self.list_output.unread() {
            standard_output::eprint(&sentence);
        }
        if let Some(mask) = self.list_output.masked() {
            standard_output::print_mask_note(mask);
        }
    }
}

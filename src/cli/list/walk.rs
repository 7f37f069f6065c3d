//! From page to page: what is asked, which rows are shown, and what is said at the end.

use std::io;

use futures_util::StreamExt as _;
use futures_util::stream;

use super::sink::Sink;
use crate::api::{Client, Error, Item, Single};
use crate::cli::exit::{NOTHING, PARTIAL};
use crate::cli::{LARGE, out};
use crate::failure::Failure;
use crate::query::{Query, Verdict};
use crate::store::{End, Sort, Stop, Stream};
use crate::submission::row::{NO_ROW, Row};
use crate::text::{Mask, Safe};

/// Single submissions that are asked for at the same time.
const TOGETHER: usize = 4;

/// Single submissions running that may fail before the walk stops: what fails thrice will fail for all.
const FAILURES: usize = 3;

/// What is to be walked.
pub(super) struct Plan {
    pub(super) query: Query,
    pub(super) mask: Mask,
    pub(super) all: bool,
    pub(super) detail: bool,
    pub(super) sort: Option<Sort>,
    pub(super) limit: Option<u32>,
}

/// What came of it so far.
struct Walked<'p> {
    plan: &'p Plan,
    sink: Sink,
    /// Rows that wait to be sorted.
    kept: Vec<Item>,
    loaded: usize,
    shown: usize,
    /// By term of the query: the rows that it leaves undecided.
    unknown: Vec<usize>,
    /// Single submissions that could not be had, and how many of them running.
    lacking: usize,
    running: usize,
    /// Submissions that the list has and nobody finds.
    missing: usize,
    /// Shown items that are no submissions.
    unreadable: usize,
    /// An answer was no valid JSON and has been mended.
    mended: bool,
}

/// Prints what the query brings and gives the exit code.
pub(super) async fn walk(client: &Client, plan: &Plan, sink: Sink) -> u8 {
    let mut walked = Walked {
        plan,
        sink,
        kept: Vec::new(),
        loaded: 0,
        shown: 0,
        unknown: vec![0; plan.query.terms().len()],
        lacking: 0,
        running: 0,
        missing: 0,
        unreadable: 0,
        mended: false,
    };
    let mut stream = Stream::new(client, plan.query.params().clone());
    let mut pages = 0_usize;
    let mut stop = None;
    while let Some(batch) = stream.next(out::waits).await {
        let batch = match batch {
            Ok(batch) => batch,
            Err(error) => {
                out::failed(&Failure::from(&error));
                break;
            }
        };
        pages += 1;
        walked.mended |= batch.mended;
        let page = walked.page(client, batch.items).await;
        match page.and_then(|stop| walked.sink.flush().map(|()| stop)) {
            Ok(stopped) => stop = stopped,
            Err(error) => return out::code(Err(error)),
        }
        let full = walked.is_full().filter(|_| plan.all && stream.end() == &End::More);
        stop = stop.or(full);
        if stop.is_some() || !plan.all {
            break;
        }
    }
    if pages == 0 {
        return NOTHING;
    }
    if let Err(error) = walked.finish() {
        return out::code(Err(error));
    }
    let end = stop.map_or_else(|| stream.end().clone(), End::Stopped);
    walked.tell(&end);
    let is_cut = matches!(end, End::Stopped(Stop::LongPage(_)));
    let partial = walked.lacking > 0 || is_cut || (plan.all && end != End::Complete);
    if partial { PARTIAL } else { 0 }
}

impl Walked<'_> {
    /// Takes the items of a page in. Gives the reason where the walk is to stop within it.
    async fn page(&mut self, client: &Client, items: Vec<Item>) -> io::Result<Option<Stop>> {
        let detail = self.plan.detail;
        let mut items = stream::iter(items).map(|item| whole(client, item, detail, LARGE)).buffered(TOGETHER);
        while let Some((item, fetched)) = items.next().await {
            if let Some(stop) = self.is_full() {
                return Ok(Some(stop));
            }
            let (item, fetched) = match fetched {
                Fetched::Large => whole(client, item, true, usize::MAX).await,
                fetched => (item, fetched),
            };
            let stop = self.fetched(fetched);
            self.take(item)?;
            if stop.is_some() {
                return Ok(stop);
            }
        }
        Ok(None)
    }

    /// Whether as many rows are shown as were asked for. A sorted list does not know before its end.
    fn is_full(&self) -> Option<Stop> {
        let limit = self.plan.limit.filter(|_| self.plan.sort.is_none())? as usize;
        (self.shown >= limit).then_some(Stop::Cap(limit))
    }

    /// Notes how fetching a single submission went.
    fn fetched(&mut self, fetched: Fetched) -> Option<Stop> {
        match fetched {
            Fetched::AsListed | Fetched::Large => {}
            Fetched::Whole { mended } => {
                self.running = 0;
                self.mended |= mended;
            }
            Fetched::Missing => self.missing += 1,
            Fetched::Failed(error) => {
                self.lacking += 1;
                self.running += 1;
                let failure = Failure::from(&error);
                if self.lacking == 1 || self.running == FAILURES {
                    out::failed(&failure);
                }
                if self.running == FAILURES {
                    return Some(Stop::Failed(Safe::word(failure.kind.short())));
                }
            }
        }
        None
    }

    fn take(&mut self, item: Item) -> io::Result<()> {
        self.loaded += 1;
        let row: &Row = if let Item::Readable { row, .. } = &item { row } else { &NO_ROW };
        match self.plan.query.judge(row, self.plan.mask) {
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
                    return self.sink.item(&item);
                }
                self.kept.push(item);
            }
        }
        Ok(())
    }

    /// Writes what waited, and the end.
    fn finish(&mut self) -> io::Result<()> {
        if let Some(sort) = self.plan.sort {
            self.kept.sort_by_cached_key(|item| {
                sort.rank(if let Item::Readable { row, .. } = item { Some(&**row) } else { None })
            });
            let most = self.plan.limit.map_or(usize::MAX, |limit| limit as usize);
            for item in self.kept.iter().take(most) {
                self.sink.item(item)?;
            }
        }
        self.sink.finish()
    }

    /// How far it came, and what the rows do not say.
    fn tell(&self, end: &End) {
        let query = &self.plan.query;
        let narrowed = query.has_local() || self.shown != self.loaded;
        out::talk(end.scope(self.loaded, narrowed.then_some(self.shown)).as_str());
        if let Some(limit) = self.plan.limit.filter(|limit| self.plan.sort.is_some() && (*limit as usize) < self.shown)
        {
            out::talk(&format!("printed: the first {limit} of {} shown", self.shown));
        }
        for (term, unknown) in query.terms().iter().zip(&self.unknown).filter(|(_, unknown)| **unknown > 0) {
            let advice = if self.plan.detail { "" } else { "; --detail fetches what lists leave out" };
            out::talk(&format!("{}: unknown for {unknown} of {}{advice}", term.label(), self.loaded));
        }
        query.unsearched(self.plan.mask).into_iter().for_each(out::talk);
        let uncarried = self.sink.uncarried();
        if !uncarried.is_empty() {
            let answer = if self.plan.detail { "any answer" } else { "the list answer" };
            out::talk(&format!("not in {answer}: {}", uncarried.join(", ")));
        }
        if self.lacking > 0 {
            out::talk(&format!("{} submissions are as the list has them: they could not be fetched", self.lacking));
        }
        if self.missing > 0 {
            out::talk(&format!(
                "{} submissions are as the list has them: the service does not find them",
                self.missing
            ));
        }
        if self.unreadable > 0 {
            out::talk(&format!("unreadable items, printed as they came: {}", self.unreadable));
        }
        if self.mended {
            out::mended();
        }
        if self.sink.hiding() > 0 {
            out::talk(&format!(
                "marked with !, since they hold characters that cannot be seen: {}",
                self.sink.hiding()
            ));
        }
        if let Some(sentence) = self.sink.unread() {
            out::talk(&sentence);
        }
        if let Some(mask) = self.sink.masked() {
            out::masked(mask);
        }
    }
}

/// How fetching a single submission went.
enum Fetched {
    /// It was not asked for.
    AsListed,
    /// It came, after its answer was mended or as sent.
    Whole {
        mended: bool,
    },
    Missing,
    Failed(Error),
    /// It is too large to wait beside others: it is to be fetched once more, when its turn comes.
    Large,
}

/// An item as its single answer has it; as the list has it, where that is not asked for or not to be had.
async fn whole(client: &Client, item: Item, detail: bool, most: usize) -> (Item, Fetched) {
    let id = match &item {
        Item::Readable { id, .. } if detail => id.clone(),
        _ => return (item, Fetched::AsListed),
    };
    match client.patiently(|| client.single(&id), out::waits).await {
        Ok(Single::Found(single) | Single::Mended(single)) if single.raw().len() > most => (item, Fetched::Large),
        Ok(Single::Found(single)) => (single, Fetched::Whole { mended: false }),
        Ok(Single::Mended(single)) => (single, Fetched::Whole { mended: true }),
        Ok(Single::NotFound) => (item, Fetched::Missing),
        Err(error) => (item, Fetched::Failed(error)),
    }
}

//! The lists of submissions that an export with `--jobs` fetches at the same time, and where each of them ends. A list
//! is the answers of the service to one query, page after page. The order of these lists is called the chain.
//!
//! An export with several jobs fetches several lists of the service at the same time. The first one is the list of the
//! whole query. Each further list is the same query with another day at its beginning: an earlier `end_date` if the
//! service sends the newest submission first, a later `start_date` if it sends the oldest first. So each list has the
//! same rows as the whole list, from some row to the end. This is true for any time zone of the days, and even if a
//! range of dates excludes its first or last day.
//!
//! A list is fetched until it reaches the first row of another list. The export then continues with the other list. The
//! rows of all lists in this order are the rows of the whole list: no row is lost, and no row is repeated.
//!
//! This is true if the service sorts by creation time. The chain checks this with each row. Cut to minutes, the times
//! must only fall, or only rise, from row to row. Also, from the first row of the other list on, [`BORDER_ROWS`] rows
//! of both lists must be the same. At the first contradiction the chain is broken, and the export starts over as one
//! list.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::date_range::DateRange;
use super::division::{self, ListSpan};
use super::paths::MAX_RANGES;
use super::range_record::RangeEnd;
use super::record::ExportRecord;

/// Number of rows that two lists of an export must have in common before one of them ends where the other begins. These
/// rows are the first ones of the other list, in the same order.
const BORDER_ROWS: usize = 8;

/// A row of a fetched page, reduced to the id and the creation time of its submission. An export with several jobs
/// fetches several lists at the same time. [`ListChain`] compares their rows to find the row at which one list ends and
/// another begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChainRow {
    /// Digest of the submission id; `None` for an unreadable item.
    pub(super) digest: Option<u128>,
    /// Creation time of the submission; `None` if it is not known.
    pub(super) created: Option<Timestamp>,
}

/// Says which rows of a fetched page are kept. An export with several jobs fetches several lists at the same time,
/// whose rows overlap. A list keeps only the rows that belong to no other list. The export writes only kept rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeptRows {
    /// Number of rows at the beginning of the page that are left out, because they belong to the list before this one
    /// in the exported file.
    pub(super) skip: usize,
    /// Number of rows after the left-out ones that are kept. All rows after these belong to the next list.
    pub(super) keep: usize,
}

/// How far one of the lists that an export fetches at the same time was fetched. A list ends with its last row, or
/// before the first row of another list, which has the rest of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ListEnd {
    /// Further pages of the list must be fetched.
    #[default]
    Open,
    /// The list has reached the first row of another list, and both are being compared; `at` is the digest of this row.
    /// So far, the first `same` rows of the other list were found in this list too.
    Closing { at: u128, same: usize },
    /// The list is fetched up to its end: it ends before the first row of another list. The value is the digest of that
    /// row.
    Closed(u128),
    /// The list is fetched up to its end: the last row that the service has for its query.
    Complete,
}

/// One of the lists that an export with several jobs fetches at the same time: where it begins, and how far it was
/// fetched.
#[derive(Clone, Debug, Default)]
pub(super) struct ChainList {
    /// Number of the day with which this list begins: 0 for the first day of the export in the order of the service.
    pub(super) begin: u32,
    /// Digests of the first rows of the list, at most [`BORDER_ROWS`].
    pub(super) first: Vec<u128>,
    /// Creation times of the first and the last fetched row that belong to the list; `None` if no such time is known.
    pub(super) bounds: Option<(Timestamp, Timestamp)>,
    pub(super) end: ListEnd,
    rows: u64,
    /// Number of unreadable items at the beginning of the current page that belong to the list before this one in the
    /// exported file.
    unreadable_of_list_before: u64,
    /// Whether the last page that the service has for the query of this list was fetched.
    is_whole: bool,
}

impl ChainList {
    /// Returns the creation times of the first and the last fetched row that belong to the list, as text. Returns
    /// `None` if no such time is known.
    pub(super) fn bounds_as_text(&self) -> Option<(String, String)> {
        self.bounds.map(|(first, last)| (first.to_string(), last.to_string()))
    }
}

/// The chain of lists of an export with several jobs. The export fetches these lists of submissions at the same time;
/// each begins on another day. A list ends where another list begins. So the rows of all lists, one list after the
/// other, are the rows of the whole query.
#[derive(Debug)]
pub(super) struct ListChain {
    pub(super) range: DateRange,
    lists: BTreeMap<usize, ChainList>,
    /// Numbers of the days at which a list was begun, even if the list was dropped later. No second list begins on such
    /// a day.
    begun: BTreeSet<u32>,
    /// Number of rows on a full page: the largest number that a fetched page had, but at least 50.
    page: u64,
    /// Number of refusals that are still allowed. A refusal means that a further list is dropped after its first page,
    /// because another list already has its first row. At 0, no more lists are begun.
    refusals_left: usize,
    is_broken: bool,
}

impl ListChain {
    /// Creates the chain for a new export: the lists of submissions that are fetched at the same time. The days of
    /// `range` are divided into `jobs` parts of equal length, and one list begins at the first day of each part.
    pub(super) fn new(range: DateRange, jobs: usize) -> Self {
        let mut chain = Self::empty(range, jobs);
        for day in division::equal_ranges(range.days(), u32::try_from(jobs).unwrap_or(1)) {
            chain.begin(day);
        }
        chain
    }

    /// Creates the chain (the lists of submissions that are fetched at the same time) for an export that was stopped
    /// and is now continued. `range` is the range of dates of the export, and `jobs` the value of `--jobs`. `record`
    /// says how far each list was fetched.
    pub(super) fn resumed(range: DateRange, jobs: usize, record: &ExportRecord) -> Self {
        let mut chain = Self::empty(range, jobs);
        let firsts: BTreeSet<u128> = record.ranges().filter_map(|(_, it)| digest(it.first.first()?)).collect();
        for (number, it) in record.ranges() {
            let end = match &it.end {
                RangeEnd::Complete => ListEnd::Complete,
                RangeEnd::Closed(at) => match digest(at).filter(|at| firsts.contains(at)) {
                    Some(at) => ListEnd::Closed(at),
                    // The other list was never written, so this one goes on.
                    None => ListEnd::Open,
                },
                RangeEnd::Open => ListEnd::Open,
            };
            let bounds = it.bounds.as_ref().and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
            let first = it.first.iter().filter_map(|print| digest(print)).collect();
            let is_whole = end == ListEnd::Complete;
            let list =
                ChainList { begin: it.begin, first, bounds, end, rows: it.loaded, is_whole, ..ChainList::default() };
            chain.begun.insert(it.begin);
            chain.lists.insert(number, list);
        }
        chain
    }

    fn empty(range: DateRange, jobs: usize) -> Self {
        let (lists, begun) = (BTreeMap::new(), BTreeSet::new());
        Self { range, lists, begun, page: 50, refusals_left: jobs, is_broken: false }
    }

    /// Returns the list `number` of the lists that the export fetches at the same time. Returns `None` if there is no
    /// such list, or if the list was dropped because another list already has its first row.
    pub(super) fn list(&self, number: usize) -> Option<&ChainList> {
        self.lists.get(&number)
    }

    /// Returns whether the chain is broken: a fetched page contradicts the assumption that the service sorts by
    /// creation time.
    pub(super) const fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Returns the numbers of the lists (of those that the export fetches at the same time) of which rows must still be
    /// fetched.
    pub(super) fn unfinished_lists(&self) -> Vec<usize> {
        let open = |list: &ChainList| matches!(list.end, ListEnd::Open | ListEnd::Closing { .. });
        self.lists.iter().filter(|(_, list)| open(list)).map(|(number, _)| *number).collect()
    }

    /// Begins a further list, which is fetched at the same time as the others, and returns its number. The further list
    /// takes over about half of the rows that another list still has to fetch. The other list is the one with the most
    /// rows left, by an estimate. Returns `None` if no list has enough rows and days left, or if no more lists may
    /// begin.
    pub(super) fn begin_further_list(&mut self) -> Option<usize> {
        if self.refusals_left == 0 || self.lists.len() >= MAX_RANGES {
            return None;
        }
        let day = division::day_to_divide(&self.spans(), self.range.days(), self.page)?;
        if self.begun.contains(&day) { None } else { self.begin(day) }
    }

    fn begin(&mut self, day: u32) -> Option<usize> {
        let number = (0..MAX_RANGES).find(|number| !self.lists.contains_key(number))?;
        self.begun.insert(day);
        self.lists.insert(number, ChainList { begin: day, ..ChainList::default() });
        Some(number)
    }

    fn spans(&self) -> Vec<ListSpan> {
        let spans = self.lists.values().map(|list| {
            let position = list.bounds.map_or(list.begin, |(_, last)| self.range.day(last).max(list.begin));
            ListSpan { begin: list.begin, position, rows: list.rows, is_open: list.end == ListEnd::Open }
        });
        spans.collect()
    }

    /// Checks a fetched page of the list `number`, and returns which rows of the page belong to the list. `rows` are
    /// the rows that no earlier page of this list had. `is_last` says whether this is the last page. If another list
    /// already has the first row of a new list, drops the new list and keeps no rows. If the rows contradict the
    /// sorting by time, marks the chain as broken and keeps no rows.
    pub(super) fn take_page(&mut self, number: usize, rows: &[ChainRow], is_last: bool) -> KeptRows {
        let nothing = KeptRows { skip: 0, keep: 0 };
        let Some(mut list) = self.lists.remove(&number).filter(|_| !self.is_broken) else { return nothing };
        self.page = self.page.max(rows.len() as u64);
        let is_new = number > 0 && list.first.is_empty();
        let mut skip = 0;
        if is_new {
            let first = rows.iter().position(|row| row.digest.is_some());
            let Some(at) = first.filter(|at| rows.get(*at).is_some_and(|row| !self.is_in_other_list(row))) else {
                self.refusals_left -= usize::from(self.refusals_left > 0);
                return nothing;
            };
            skip = at;
            list.unreadable_of_list_before = at as u64;
        }
        let Some(keep) = self.read(&mut list, rows.get(skip..).unwrap_or_default(), is_last) else {
            self.is_broken = true;
            return nothing;
        };
        list.rows += keep as u64;
        self.lists.insert(number, list);
        KeptRows { skip, keep }
    }

    /// Returns whether another list already has `row`, so that a new list that begins with `row` is useless. This is so
    /// if `row` is the first row of that list. It is also so if `row` was created between the first and the last
    /// fetched row of that list.
    fn is_in_other_list(&self, row: &ChainRow) -> bool {
        let between = |created: Timestamp, (first, last): (Timestamp, Timestamp)| {
            if self.range.newest_first { (last..=first).contains(&created) } else { (first..=last).contains(&created) }
        };
        self.lists.values().any(|list| {
            list.first.first().is_some_and(|first| Some(*first) == row.digest)
                || row.created.zip(list.bounds).is_some_and(|(created, bounds)| between(created, bounds))
        })
    }

    /// Reads `rows`, the next page of `list`, and updates `list`. `is_last` says whether this is the last page. Returns
    /// how many of the rows, from the first on, belong to the list: all, or those before the first row of another list.
    /// Returns `None` if the rows contradict the sorting by time, or if they differ from the first rows of that other
    /// list.
    fn read(&self, list: &mut ChainList, rows: &[ChainRow], is_last: bool) -> Option<usize> {
        let mut keep = rows.len();
        let mut last = list.bounds.map(|(_, last)| last);
        for (index, row) in rows.iter().enumerate() {
            if let Some(created) = row.created {
                let at = minute(created);
                let follows = |last| if self.range.newest_first { at <= minute(last) } else { at >= minute(last) };
                if !last.is_none_or(follows) {
                    return None;
                }
                last = Some(created);
            }
            let Some(digest) = row.digest else { continue };
            if list.first.len() < BORDER_ROWS && !list.first.contains(&digest) {
                list.first.push(digest);
            }
            match list.end {
                ListEnd::Open if self.is_border(digest) => {
                    keep = index;
                    list.end = ListEnd::Closing { at: digest, same: 1 };
                }
                ListEnd::Open => {
                    if let Some(created) = row.created {
                        list.bounds = Some((list.bounds.map_or(created, |(first, _)| first), created));
                    }
                }
                ListEnd::Closing { at, same } if same < BORDER_ROWS => {
                    if self.beginning_with(at)?.first.get(same) != Some(&digest) {
                        return None;
                    }
                    list.end = ListEnd::Closing { at, same: same + 1 };
                }
                ListEnd::Closing { .. } | ListEnd::Closed(_) | ListEnd::Complete => {}
            }
        }
        list.is_whole = is_last;
        list.end = match list.end {
            ListEnd::Open if is_last => ListEnd::Complete,
            ListEnd::Closing { at, .. } => {
                keep = if keep == rows.len() { 0 } else { keep };
                self.closed(list.end, at, is_last)?
            }
            end => end,
        };
        Some(keep)
    }

    /// Returns the new state of a list that has reached the first row of another list. `end` is its state so far, and
    /// `at` the digest of that first row. `is_last` says whether the list has no further page. Returns
    /// [`ListEnd::Closed`] if enough rows of both lists are the same, and `end` if further rows must be compared.
    /// Returns `None` if the list has no further rows, while the other list goes on: the service then does not sort by
    /// time.
    fn closed(&self, end: ListEnd, at: u128, is_last: bool) -> Option<ListEnd> {
        let other = self.beginning_with(at)?;
        let ListEnd::Closing { same, .. } = end else { return Some(end) };
        match (same >= BORDER_ROWS, is_last) {
            (true, _) => Some(ListEnd::Closed(at)),
            (false, true) => (other.is_whole && same == other.first.len()).then_some(ListEnd::Closed(at)),
            (false, false) => Some(end),
        }
    }

    /// Returns whether the row with the digest `digest` is a border, that is, the first row of another list. This list
    /// must be known well enough for a comparison: its first [`BORDER_ROWS`] rows, or all its rows, were fetched.
    fn is_border(&self, digest: u128) -> bool {
        self.beginning_with(digest).is_some_and(|list| list.is_whole || list.first.len() >= BORDER_ROWS)
    }

    fn beginning_with(&self, digest: u128) -> Option<&ChainList> {
        self.lists.values().find(|list| list.first.first() == Some(&digest))
    }

    /// Returns the number of unreadable items that the list `number` left out at the beginning of its first page. These
    /// items are before the first readable row of the list, so they belong to the previous list. A second call returns
    /// 0.
    pub(super) fn unreadable_of_list_before(&mut self, number: usize) -> u64 {
        self.lists.get_mut(&number).map_or(0, |list| std::mem::take(&mut list.unreadable_of_list_before))
    }

    /// Returns the numbers of the lists in the order in which their rows form the list of the whole query. Returns
    /// `None` if one of these lists was not fetched to its end yet. A list ends before the first row of the next list;
    /// the last list ends with its last row.
    pub(super) fn list_order(&self) -> Option<Vec<usize>> {
        let (mut order, mut number) = (Vec::new(), 0);
        loop {
            let list = self.lists.get(&number)?;
            if order.contains(&number) {
                return None;
            }
            order.push(number);
            number = match list.end {
                ListEnd::Complete => return Some(order),
                ListEnd::Closed(at) => *self.lists.iter().find(|(_, list)| list.first.first() == Some(&at))?.0,
                ListEnd::Open | ListEnd::Closing { .. } => return None,
            };
        }
    }
}

/// Returns whether the service sends the newest submission first: false for the oldest first, and `None` if the pages
/// do not show that it sorts by time. `pages` holds the rows of the first page of each of several lists. The first list
/// is the whole query. Each other list has an earlier `end_date`, so it begins with older submissions if the newest are
/// sent first.
pub(super) fn newest_first(pages: &[Vec<ChainRow>]) -> Option<bool> {
    let times = |page: &Vec<ChainRow>| page.iter().filter_map(|row| row.created).map(minute).collect::<Vec<i64>>();
    let whole = times(pages.first()?);
    let (first, last) = (whole.first()?, whole.last()?);
    match (whole.is_sorted_by(|one, other| one >= other), whole.is_sorted()) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
        // All times are the same.
        (true, true) => {
            let is_later = |page: &Vec<ChainRow>| times(page).first().is_some_and(|time| time < first.min(last));
            pages.iter().skip(1).any(is_later).then_some(true)
        }
    }
}

/// Returns the number of the minute of a time. Times are compared by their minutes, since services send some times
/// without seconds.
fn minute(time: Timestamp) -> i64 {
    time.as_second().div_euclid(60)
}

fn digest(text: &str) -> Option<u128> {
    u128::from_str_radix(text, 16).ok()
}

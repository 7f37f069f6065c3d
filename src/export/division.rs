//! Computes the days at which the lists of an export with `--jobs` begin. See [`super::chain`] for what the lists are.
//!
//! A day is given as its number in the order of the service: 0 is the day with which the whole list begins.

/// State of one of the lists that an export with several jobs fetches at the same time: the day at which the list
/// begins, and how far it was fetched.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListSpan {
    pub(super) begin: u32,
    /// Number of the day of the last fetched row of the list. Before any row was fetched, the day at which the list
    /// begins.
    pub(super) position: u32,
    /// Number of rows that were fetched.
    pub(super) rows: u64,
    /// Whether further pages of the list are fetched.
    pub(super) is_open: bool,
}

/// Divides `days` days into `jobs` ranges of equal length, and returns the numbers of the days at which the ranges
/// begin, in order. The first range begins at day 0. If there are fewer days than `jobs`, each range has one day.
pub(super) fn equal_ranges(days: u32, jobs: u32) -> Vec<u32> {
    let jobs = jobs.min(days).max(1);
    (0..jobs).map(|job| u32::try_from(u64::from(days) * u64::from(job) / u64::from(jobs)).unwrap_or(0)).collect()
}

/// Returns the number of the day at which a further list should begin. The further list takes over about half of the
/// rows that another list still has to fetch. The other list is the one in `spans` with the largest estimated number of
/// rows left. Its next page is already requested, so the further list begins after the days of that page. `days` is the
/// number of days of the whole list, and `page` the number of rows on a page. Returns `None` if no list has enough rows
/// and days left.
pub(super) fn day_to_divide(spans: &[ListSpan], days: u32, page: u64) -> Option<u32> {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| span.begin);
    let (mut all_rows, mut all_days) = (0, 0);
    for span in spans.iter().filter(|span| span.rows > 0) {
        all_rows += span.rows;
        all_days += fetched_days(span);
    }
    let next_begins = spans.iter().skip(1).map(|span| span.begin).chain([days]);
    let rests = spans.iter().zip(next_begins).filter(|(span, _)| span.is_open).filter_map(|(span, end)| {
        let rest = end.checked_sub(span.position).filter(|rest| *rest >= 2)?;
        // The rows of a few days say little about the days that follow.
        let (rows, passed) = if span.rows >= page { (span.rows, fetched_days(span)) } else { (all_rows, all_days) };
        // Of the day of the last row, half may have been fetched.
        let rows = (u64::from(rest) * 2 - 1) * rows / (passed * 2).max(1);
        // A shorter rest is fetched before a further list would help.
        let left = rows.checked_sub(page).filter(|left| *left > page)?;
        let days_before = u64::from(rest) * (page + left / 2) / rows;
        let day = span.position + u32::try_from(days_before).unwrap_or(u32::MAX) + 1;
        Some((left, day.min(end - 1)))
    });
    rests.max_by_key(|(left, _)| *left).map(|(_, day)| day)
}

/// Returns how many days of a list were fetched, from its first day to the day of the last fetched row.
fn fetched_days(span: &ListSpan) -> u64 {
    u64::from(span.position.saturating_sub(span.begin)) + 1
}

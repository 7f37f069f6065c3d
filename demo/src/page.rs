//! Selects the submissions for one page of a list, and makes the page key with which the client requests the next page.

use super::behaviour::{Behaviour, Order, Rows};
use super::data::{DemoData, SubmissionPlan, fnv1a_hash};
use super::refusal::DemoRefusal;
use super::request::{NextPageKey, SubmissionRequest};

/// Number of rows on a page if the request has no parameter `count` (documented).
const DEFAULT_PAGE_SIZE: usize = 50;

/// The character between the submission id and a number in the page key of an empty page, such as `6xx28lo115832~2`. (A
/// page key is what the client sends to get the next page.) No submission id contains this character.
pub(super) const EMPTY_PAGE_MARK: char = '~';

/// A page of a list of submissions, before the server turns it into JSON.
pub(super) struct DemoPage<'a> {
    /// All submissions of the list that match the filters of the request, in the order of the list. The page shows some
    /// of them.
    pub(super) matching: Vec<&'a SubmissionPlan>,
    /// Index in `matching` of the first row of this page, counted from 0.
    pub(super) start: usize,
    /// Number of rows on each page of this list (the last page may have fewer); never 0.
    pub(super) size: usize,
    /// The submissions on this page.
    pub(super) rows: Vec<&'a SubmissionPlan>,
    /// The page key with which the client requests the next page; `None` if the list ends with this page.
    pub(super) key: Option<NextPageKey>,
}

impl<'a> DemoPage<'a> {
    /// Selects the rows of the page that a client requests. `request` holds the query parameters of the request, and
    /// `behaviour` the settings of the server. `has_empty_pages` is true if the scenario has pages without rows. The
    /// page key, with which the client requests the page after them, then ends with [`EMPTY_PAGE_MARK`] and a number.
    /// The error is the reason why the server refuses the request.
    pub(super) fn of(
        data: &'a DemoData,
        behaviour: &Behaviour,
        request: &SubmissionRequest,
        has_empty_pages: bool,
    ) -> Result<Self, DemoRefusal> {
        let place =
            request.cursor.as_ref().map(|cursor| if has_empty_pages { without_turn(cursor) } else { &cursor.id });
        // A page key is a place in the whole order, whatever the filters: a client that does not repeat the filters
        // gets other rows.
        let (mut matching, mut start) = (Vec::new(), request.cursor.is_none().then_some(0));
        for plan in ordered(data, behaviour.order) {
            if matches_filters(plan, request, behaviour) {
                matching.push(plan);
            }
            let is_place = |cursor: &NextPageKey| place == Some(&plan.id) && cursor.created_at == plan.created_at();
            if request.cursor.as_ref().is_some_and(is_place) {
                start = Some(matching.len());
            }
        }
        let start = start.ok_or_else(|| DemoRefusal::Parameter("nextpage_id".to_owned()))?;
        let asked = request.count.unwrap_or(DEFAULT_PAGE_SIZE.min(behaviour.max_count));
        let size = match behaviour.rows {
            Rows::AsAsked => asked,
            Rows::Fewer => asked.div_ceil(2),
            Rows::More => asked.saturating_add(10),
        };
        let rows: Vec<&SubmissionPlan> = matching.iter().skip(start).take(size).copied().collect();
        let more = start + rows.len() < matching.len() || behaviour.empty_last_page;
        let key = rows.last().filter(|_| more).map(|plan| key(plan));
        Ok(Self { matching, start, size, rows, key })
    }
}

/// Returns the submission id in `cursor`, the page key with which a client requests the next page. In the page key of
/// an empty page, a number (the turn) follows the id; this number is left out.
fn without_turn(cursor: &NextPageKey) -> &str {
    cursor.id.split_once(EMPTY_PAGE_MARK).map_or(&cursor.id, |(id, _)| id)
}

/// Returns the page key with which a client requests the page that begins directly after the submission `last`.
pub(super) fn key(last: &SubmissionPlan) -> NextPageKey {
    NextPageKey { id: last.id.clone(), created_at: last.created_at() }
}

fn ordered(data: &DemoData, order: Order) -> Vec<&SubmissionPlan> {
    let mut plans: Vec<&SubmissionPlan> = data.newest_first().collect();
    match order {
        Order::NewestFirst => {}
        Order::OldestFirst => plans.reverse(),
        Order::Unordered => plans.sort_by_cached_key(|plan| fnv1a_hash(&plan.id)),
    }
    plans
}

/// Returns whether a submission matches all filters of the request `request`. `behaviour` says in which time zone days
/// are counted, and whether the first and the last date are included. The dates of the request are compared with the
/// day of `created_at` (assumed, because the documentation does not say with which day).
pub(super) fn matches_filters(plan: &SubmissionPlan, request: &SubmissionRequest, behaviour: &Behaviour) -> bool {
    let day = || plan.at.shifted_east(behaviour.date_zone).date();
    let same = |asked: &Option<String>, own: Option<&str>| asked.as_deref().is_none_or(|asked| own == Some(asked));
    same(&request.userid, plan.userid())
        && same(&request.email, plan.email())
        && request.start.is_none_or(|start| if behaviour.start_date_included { day() >= start } else { day() > start })
        && request.end.is_none_or(|end| if behaviour.end_date_included { day() <= end } else { day() < end })
}

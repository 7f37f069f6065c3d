//! However a service counts its days, and whichever end comes first, the lists of a chain are the rows of one walk.

use std::collections::{BTreeMap, HashSet, VecDeque};

use argos_testkit::dice::Dice;
use argos_testkit::long_run::cases;
use jiff::ToSpan;

use super::invented_service::{FIRST_DAY, InventedService, Sorting};
use crate::export::chain::{ChainRow, ListChain, ListEnd, newest_first};
use crate::export::date_range::DateRange;
use crate::export::division;
use crate::query::Params;

/// What is fetched of one list.
#[derive(Default)]
struct Fetching {
    after: Option<u128>,
    first: Option<(Vec<ChainRow>, Option<u128>)>,
    met: HashSet<u128>,
    kept: Vec<Option<u128>>,
}

/// Fetches everything as one list.
fn one_walk(service: &mut InventedService, params: &Params, walk: &mut Fetching) {
    loop {
        let (rows, next) = service.page(params, walk.after);
        let new = rows.iter().filter(|row| row.digest.is_none_or(|digest| !walk.met.contains(&digest)));
        let new: Vec<ChainRow> = new.copied().collect();
        walk.met.extend(new.iter().filter_map(|row| row.digest));
        walk.kept.extend(new.iter().map(|row| row.digest));
        walk.after = next;
        if next.is_none() {
            return;
        }
    }
}

/// Fetches everything by several jobs, whose answers come in any order. Returns the rows in their order; unreadable items
/// are left out.
fn by_jobs(service: &mut InventedService, params: &Params, jobs: usize, dice: &mut Dice) -> (Vec<u128>, bool) {
    let guess = DateRange::of(params, true).unwrap();
    let begins = division::equal_ranges(guess.days(), u32::try_from(jobs).unwrap());
    let mut firsts: Vec<_> = begins.iter().map(|day| service.page(&guess.params(params, *day), None)).collect();
    let mut fetchings: BTreeMap<usize, Fetching> = BTreeMap::new();
    let pages: Vec<Vec<ChainRow>> = firsts.iter().map(|page| page.0.clone()).collect();
    let order =
        newest_first(&pages).and_then(|order| fetched(service, params, jobs, dice, order, &mut firsts, &mut fetchings));
    let (order, is_divided) = match order {
        Some(order) => (order, true),
        None => {
            let mut walk = Fetching::default();
            one_walk(service, params, &mut walk);
            fetchings.insert(0, walk);
            (vec![0], false)
        }
    };
    (order.iter().flat_map(|number| fetchings[number].kept.iter().flatten().copied()).collect(), is_divided)
}

fn fetched(
    service: &mut InventedService,
    params: &Params,
    jobs: usize,
    dice: &mut Dice,
    newest_first: bool,
    firsts: &mut Vec<(Vec<ChainRow>, Option<u128>)>,
    fetchings: &mut BTreeMap<usize, Fetching>,
) -> Option<Vec<usize>> {
    let range = DateRange::of(params, newest_first).unwrap();
    let mut chain = ListChain::new(range, jobs);
    let (mut waiting, mut running) = (VecDeque::from(chain.unfinished_lists()), Vec::new());
    loop {
        while running.len() < jobs {
            let Some(number) = waiting.pop_front().or_else(|| chain.begin_further_list()) else { break };
            let first = if newest_first && !firsts.is_empty() { Some(firsts.remove(0)) } else { None };
            fetchings.insert(number, Fetching { first, ..Fetching::default() });
            running.push(number);
        }
        if running.is_empty() {
            return chain.list_order();
        }
        let number = running.swap_remove(dice.below(running.len()));
        let fetching = fetchings.get_mut(&number).unwrap();
        let params = range.params(params, chain.list(number).unwrap().begin);
        let (rows, next) = fetching.first.take().unwrap_or_else(|| service.page(&params, fetching.after));
        let met = fetching.met.clone();
        let rows: Vec<ChainRow> =
            rows.into_iter().filter(|row| row.digest.is_none_or(|digest| !met.contains(&digest))).collect();
        fetching.met.extend(rows.iter().filter_map(|row| row.digest));
        let taken = chain.take_page(number, &rows, next.is_none());
        if chain.is_broken() {
            return None;
        }
        let Some(list) = chain.list(number) else { continue };
        fetching.kept.extend(rows[taken.skip..taken.skip + taken.keep].iter().map(|row| row.digest));
        fetching.after = next;
        match list.end {
            ListEnd::Open => running.push(number),
            ListEnd::Closing { .. } => {
                assert!(next.is_some(), "a list that ended is closed or broken");
                running.push(number);
            }
            ListEnd::Closed(_) | ListEnd::Complete => {}
        }
    }
}

fn whole(days: i64) -> Params {
    let end = FIRST_DAY.checked_add((days - 1).days()).unwrap();
    Params { start_date: Some(FIRST_DAY), end_date: Some(end), ..Params::default() }
}

#[test]
fn lists_of_a_chain_are_one_walk_whatever_the_service_does() {
    let (mut divided, mut fell_back) = (0, 0);
    for seed in 0..cases(600_u64, 20_000) {
        let mut dice = Dice::new(seed);
        let sorting = [
            Sorting::NewestFirst,
            Sorting::NewestFirst,
            Sorting::OldestFirst,
            Sorting::Unordered,
            Sorting::MostlyNewestFirst,
        ][dice.below(5)];
        let days = [2, 3, 12, 90][dice.below(4)];
        let mut service = InventedService::draw(&mut dice, sorting, days);
        let (params, jobs) = (whole(days), [2, 4, 16][dice.below(3)]);
        let mut walk = Fetching::default();
        one_walk(&mut service, &params, &mut walk);
        let wanted: Vec<u128> = walk.kept.into_iter().flatten().collect();
        let in_one_walk = std::mem::take(&mut service.requests);
        let (rows, is_divided) = by_jobs(&mut service, &params, jobs, &mut dice);
        if sorting == Sorting::MostlyNewestFirst {
            // Such a service may hide rows where nobody looks; none comes twice, and they keep their order.
            let mut left = wanted.iter();
            assert!(rows.iter().all(|row| left.any(|wanted| wanted == row)), "seed {seed}: {rows:?}");
        } else {
            assert_eq!(rows, wanted, "seed {seed}, {sorting:?}, {days} days, {jobs} jobs");
        }
        divided += usize::from(is_divided);
        fell_back += usize::from(!is_divided);
        // A page at each end of a list is fetched twice, and small pages need some more to be sure.
        let most = 2 * in_one_walk + 12 * 32;
        assert!(service.requests <= most, "seed {seed}: {} requests for {in_one_walk}", service.requests);
    }
    assert!(divided > 100 && fell_back > 50, "{divided} divided, {fell_back} as one list");
}

#[test]
fn days_without_rows_cost_no_request_each() {
    // All rows are of two days of a year.
    let mut dice = Dice::new(1);
    let mut service = InventedService::draw(&mut dice, Sorting::NewestFirst, 2);
    let params = whole(365);
    let mut walk = Fetching::default();
    one_walk(&mut service, &params, &mut walk);
    let in_one_walk = std::mem::take(&mut service.requests);
    let (rows, _) = by_jobs(&mut service, &params, 4, &mut dice);
    assert_eq!(rows, walk.kept.into_iter().flatten().collect::<Vec<u128>>());
    assert!(service.requests < in_one_walk + 16, "{} requests for {in_one_walk}", service.requests);
}

//! Walks along servers whose submissions come, go and move between two answers, and along servers that never end.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use super::server::{Carried, Change, EndSignal, Fault, Order, Paging, Server};
use crate::api::Page;
use crate::kit::Ticket;
use crate::query::Params;
use crate::store::{Answer, Content, End, Listing, Stop};
use crate::submission::read;
use crate::submission::row::Column;
use crate::text::Safe;
use argos_testkit::long_run::cases;

/// What happens between two answers of the walk, and how the next answer is asked for.
#[derive(Clone, Debug)]
struct Step {
    changes: Vec<Change>,
    /// Submissions that the server looks at for its answer, whatever was asked for.
    most: usize,
    /// The first page is asked for once more.
    refresh: Option<usize>,
    /// One submission is asked for by itself.
    single: Option<usize>,
    /// The walk is stopped in a way that it may be resumed from.
    pause: Option<Stop>,
}

#[derive(Clone, Debug)]
struct History {
    rows: Vec<(u8, bool)>,
    order: Order,
    paging: Paging,
    ending: EndSignal,
    fault: Fault,
    steps: Vec<Step>,
}

/// What one answer to the walk was worth.
struct Walked {
    items: usize,
    new: usize,
    carried: Carried,
}

/// Somebody who loads everything.
struct Reader {
    server: Server,
    listing: Listing,
    walked: Vec<Walked>,
    /// The newest text that a list answer held for an id.
    listed: HashMap<String, String>,
    /// The newest text that any answer held for it.
    newest: HashMap<String, String>,
    /// What matched the query from the first request on, and was never moved.
    steady: HashSet<String>,
}

impl Reader {
    fn new(history: &History) -> Self {
        let server = Server::new(history.order, history.paging, history.ending, history.fault, &history.rows);
        let steady = server.matching().collect();
        let listing = Listing::new(Params::default(), Ticket::default(), Timestamp::UNIX_EPOCH);
        Self { server, listing, walked: Vec::new(), listed: HashMap::new(), newest: HashMap::new(), steady }
    }

    fn step(&mut self, step: &Step) {
        for change in &step.changes {
            if let Some(id) = self.server.change(*change, self.listing.walk.next()) {
                self.steady.remove(&id);
            }
        }
        if let Some(most) = step.refresh {
            let answer = self.server.refreshed(most);
            let page = self.page(&answer);
            self.listing.refresh(page, Timestamp::UNIX_EPOCH);
        }
        if let Some((id, text)) = step.single.and_then(|which| self.server.single(which)) {
            let raw = Bytes::from(text.clone());
            let row = read::row(&raw, true);
            self.listing.store.take_single(&id, Answer::new(raw, Timestamp::UNIX_EPOCH), &row, false);
            if self.listed.contains_key(&id) {
                self.newest.insert(id, text);
            }
        }
        if let Some(why) = &step.pause {
            self.listing.walk.stop(why.clone());
            assert_eq!(self.listing.walk.end(), &End::Stopped(why.clone()));
            assert!(self.listing.walk.resume(), "nothing resumes after {why:?}");
        }
        let answer = self.server.answer(self.listing.walk.next(), step.most);
        let page = self.page(&answer);
        let taken = self.listing.take(page, Timestamp::UNIX_EPOCH);
        self.walked.push(Walked { items: taken.items, new: taken.new, carried: answer.carried });
    }

    /// Reads an answer.
    fn page(&mut self, answer: &super::server::Answer) -> Page {
        let page = Page::read(&Bytes::from(answer.body.clone())).ok().unwrap();
        assert_eq!(page.items.len(), answer.items.len());
        for (id, text) in &answer.items {
            self.listed.insert(id.clone(), text.clone());
            self.newest.insert(id.clone(), text.clone());
        }
        page
    }

    /// Everything that was sent is there, once.
    fn check_ids(&self) {
        let store = &self.listing.store;
        let ids: HashSet<_> = (0..).take(store.len()).map(|index| store.id(index).unwrap()).collect();
        assert_eq!(ids.len(), store.len(), "an id stands twice");
        assert_eq!(ids.len(), self.listed.len(), "something sent is not there");
    }

    /// Each of them has the content that was sent last.
    fn check_content(&self) {
        let store = &self.listing.store;
        for (id, text) in &self.listed {
            let index = store.index_of(id).unwrap();
            let Content::Readable { list: Some(list), .. } = store.get(index).unwrap().content() else {
                unreachable!("it was listed")
            };
            assert_eq!(list.raw(), text.as_bytes(), "{id} is not what the list said last");
            let newest = read::row(self.newest[id].as_bytes(), false);
            for column in [Column::UserId, Column::Created] {
                assert_eq!(
                    store.row(index).cell(column).text(),
                    newest.cell(column).text(),
                    "{id} shows older content"
                );
            }
        }
    }

    /// The end of the walk is what the answers justify, no more and no less.
    fn check_end(&self) {
        let last = self.walked.last().unwrap();
        let cursors = || self.walked.iter().filter(|walked| matches!(walked.carried, Carried::Cursor(_)));
        let seen_before = cursors().filter(|walked| walked.carried == last.carried).count() > 1;
        let mut with_rows = self.walked.iter().rev().filter(|walked| walked.items > 0);
        let barren = last.items > 0 && with_rows.by_ref().take(2).filter(|walked| walked.new == 0).count() == 2;
        let empty = self.walked.iter().rev().take_while(|walked| walked.items == 0).count() >= 10;
        let expected = match &last.carried {
            Carried::Nothing => End::Complete,
            Carried::Unusable => End::Stopped(Stop::CursorUnusable),
            Carried::Cursor(_) if seen_before => End::Stopped(Stop::CursorRepeats),
            Carried::Cursor(_) if barren => End::Stopped(Stop::ServerRepeats),
            Carried::Cursor(_) if empty => End::Stopped(Stop::OnlyEmptyPages),
            Carried::Cursor(_) => End::More,
        };
        assert_eq!(self.listing.walk.end(), &expected, "after {} answers", self.walked.len());
        let scope = self.listing.scope(None);
        let told = scope.as_str().strip_prefix(&format!("{} loaded · ", self.listing.store.len())).unwrap();
        assert!(
            told == "more" || told == "complete" || told.strip_prefix("stopped: ").is_some_and(|why| !why.is_empty())
        );
        assert_eq!(told == "complete", last.carried == Carried::Nothing, "{told}");
    }

    /// Answers after which a walk must have ended: between two that bring something new lie nine empty ones, one with
    /// known rows, and nine empty ones at most.
    fn bound(&self) -> usize {
        20 * (self.listing.store.len() + 1)
    }
}

fn read(history: &History) -> Reader {
    let mut reader = Reader::new(history);
    let quiet = Step { changes: Vec::new(), most: 3, refresh: None, single: None, pause: None };
    let mut steps = history.steps.iter();
    while reader.listing.walk.end() == &End::More {
        reader.step(steps.next().unwrap_or(&quiet));
        reader.check_ids();
        reader.check_end();
        assert!(reader.walked.len() <= reader.bound(), "the walk does not end");
    }
    reader.check_content();
    if reader.listing.walk.end() == &End::Complete && history.paging != Paging::Offset {
        let lost: Vec<&String> = reader.steady.iter().filter(|id| !reader.listed.contains_key(*id)).collect();
        assert!(lost.is_empty(), "there all the time and not loaded: {lost:?}");
    }
    reader
}

fn change() -> impl Strategy<Value = Change> {
    let which = || 0..64_usize;
    prop_oneof![
        (0..6_u8).prop_map(|created| Change::Insert { created }),
        which().prop_map(Change::Delete),
        Just(Change::DeleteCursor),
        (which(), 0..6_u8).prop_map(|(which, created)| Change::Move { which, created }),
        which().prop_map(Change::Update),
        (which(), any::<bool>()).prop_map(|(which, matches)| Change::Match { which, matches }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let pauses = vec![Stop::ByUser, Stop::Cap(10), Stop::Failed(Safe::from_static("x"))];
    (
        prop::collection::vec(change(), 0..4),
        1..9_usize,
        prop::option::weighted(0.2, 1..9_usize),
        prop::option::weighted(0.2, 0..64_usize),
        prop::option::weighted(0.1, select(pauses)),
    )
        .prop_map(|(changes, most, refresh, single, pause)| Step { changes, most, refresh, single, pause })
}

fn fault() -> impl Strategy<Value = Fault> {
    let at = || 0..6_usize;
    prop_oneof![
        6 => Just(Fault::None),
        1 => (at(), 1..=10_usize, 0..4_usize).prop_map(|(at, length, rows)| Fault::Cycle { at, length, rows }),
        1 => (at(), 1..=10_usize).prop_map(|(at, empty_every)| Fault::Stuck { at, empty_every }),
        1 => at().prop_map(|at| Fault::Empty { at }),
        1 => at().prop_map(|at| Fault::Unusable { at }),
    ]
}

fn history() -> impl Strategy<Value = History> {
    let matches = prop_oneof![4 => Just(true), 1 => Just(false)];
    (
        prop::collection::vec((0..6_u8, matches), 0..40),
        select(vec![Order::Newest, Order::Oldest, Order::Scattered]),
        select(vec![Paging::Keyset, Paging::Keyset, Paging::Overlapping, Paging::Offset]),
        select(vec![EndSignal::Absent, EndSignal::Null, EndSignal::Empty, EndSignal::Blank, EndSignal::Late]),
        fault(),
        prop::collection::vec(step(), 0..16),
    )
        .prop_map(|(rows, order, paging, ending, fault, steps)| History {
            rows,
            order,
            paging,
            ending,
            fault,
            steps,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(1_000, 100_000)))]

    #[test]
    fn any_history_of_a_server_is_read_without_loss_repetition_or_false_completeness(history in history()) {
        read(&history);
    }
}

/// A history without changes: the server alone decides.
fn calm(rows: usize, fault: Fault) -> History {
    let rows = (0..rows).map(|row| (u8::try_from(row % 4).unwrap(), true)).collect();
    let (order, paging, ending) = (Order::Newest, Paging::Keyset, EndSignal::Absent);
    History { rows, order, paging, ending, fault, steps: Vec::new() }
}

#[test]
fn cycles_of_every_length_at_every_position_stop_when_the_first_cursor_comes_back() {
    for length in 1..=10 {
        for at in 0..=10 {
            // Fifty rows in pages of three: the walk would go on for longer than to any of these positions.
            let reader = read(&calm(50, Fault::Cycle { at, length, rows: 1 }));
            assert_eq!(reader.walked.len(), at + length + 1, "{length} from {at}");
            assert_eq!(reader.listing.walk.end(), &End::Stopped(Stop::CursorRepeats));
            assert_eq!(reader.listing.store.len(), 3 * at + length, "earlier rows stay");
        }
    }
}

#[test]
fn known_rows_with_empty_pages_between_them_stop_too() {
    for empty_every in 1..=10 {
        let reader = read(&calm(9, Fault::Stuck { at: 2, empty_every }));
        let stop = if empty_every == 1 { Stop::OnlyEmptyPages } else { Stop::ServerRepeats };
        assert_eq!(reader.listing.walk.end(), &End::Stopped(stop), "{empty_every}");
        assert!(reader.walked.len() <= 12, "{} answers", reader.walked.len());
    }
}

#[test]
fn a_calm_server_is_read_to_its_end_in_every_order_and_with_every_ending() {
    for order in [Order::Newest, Order::Oldest, Order::Scattered] {
        for paging in [Paging::Keyset, Paging::Overlapping, Paging::Offset] {
            for ending in [EndSignal::Absent, EndSignal::Null, EndSignal::Empty, EndSignal::Blank, EndSignal::Late] {
                let reader = read(&History { order, paging, ending, ..calm(10, Fault::None) });
                assert_eq!(reader.listing.walk.end(), &End::Complete, "{order:?} {paging:?} {ending:?}");
                assert_eq!(reader.listing.store.len(), 10);
            }
        }
    }
}

#[test]
fn the_row_of_the_cursor_may_vanish_without_a_loss() {
    let step = Step { changes: vec![Change::DeleteCursor], most: 2, refresh: None, single: None, pause: None };
    let reader = read(&History { steps: vec![step; 20], ..calm(20, Fault::None) });
    assert_eq!(reader.listing.walk.end(), &End::Complete);
    assert_eq!(reader.listing.store.len(), 20);
}
